/* What a check says, as a finding will carry it: placeholders filled, text ranges turned into places of the source, the
 * severity picked, the fingerprint taken. */
#include "lint/lint_int.h"

#include "rule/word.h"
#include "util/buf.h"
#include "util/hash.h"
#include "util/utf8.h"
#include "util/xmalloc.h"

#include <stdio.h>
#include <string.h>

enum { LONGEST = 80 };			/* characters of a value in a message */

/* ---- what checks call ---- */

const struct hit *
check_hits(struct check_ctx *c, const struct finder *f, size_t *n)
{
	return scan_hits(&c->lint->scan, f, n);
}

void
check_failed(struct check_ctx *c, const char *why)
{
	struct finding_list *out = c->lint->out;
	struct finding *f = finding_message(out, MSG_RUN_PATTERN, c->article->src->path, c->rule->id, why);

	if (c->article->item != NULL)
		f->item = arena_strdup(&out->arena, c->article->item);
}

void
check_unplaced(struct check_ctx *c, const char *why)
{
	struct finding_list *out = c->lint->out;
	struct finding *f = finding_message(out, MSG_RUN_UNPLACED, c->article->src->path, c->rule->id, why);

	if (c->article->item != NULL)
		f->item = arena_strdup(&out->arena, c->article->item);
}

/* ---- templates ---- */

static const struct arg *
find_arg(const struct report *r, const char *name, size_t n)
{
	for (size_t i = 0; i < r->nargs; i++)
		if (strlen(r->args[i].name) == n && memcmp(r->args[i].name, name, n) == 0)
			return &r->args[i];
	return NULL;
}

/* A value in a message: on one line, and not longer than anybody reads. */
void
report_short(struct buf *b, const char *s, size_t n)
{
	const char *end = s + n;
	unsigned cp;
	size_t k, points = 0, from = b->n, cut = 0;

	while (s < end) {
		k = utf8_decode(s, end, &cp);
		if (points == LONGEST - 1)
			cut = b->n;
		if (points++ == LONGEST) {
			b->n = cut;
			while (b->n > from && b->s[b->n - 1] == ' ')
				b->n--;
			buf_puts(b, "…");
			return;
		}
		if (cp < 0x20 || cp == 0x7F)
			buf_putc(b, ' ');
		else
			buf_add(b, s, k);
		s += k;
	}
}

/* false: a placeholder has no value here, as that of a group that took no part. */
static bool
fill(struct buf *b, const char *template, const struct report *r, bool whole)
{
	const char *p = template, *end;
	bool known = true;

	while (*p != '\0') {
		const struct arg *a;

		if ((p[0] == '{' || p[0] == '}') && p[1] == p[0]) {
			buf_putc(b, *p);
			p += 2;
			continue;
		}
		if (*p != '{' || (end = strchr(p, '}')) == NULL) {
			buf_putc(b, *p++);
			continue;
		}
		a = find_arg(r, p + 1, (size_t)(end - p - 1));
		if (a != NULL && (whole || a->ours))
			buf_add(b, a->s, a->n);
		else if (a != NULL)
			report_short(b, a->s, a->n);
		known = known && a != NULL;
		p = end + 1;
	}
	return known;
}

const char *
report_fill(struct arena *arena, const char *template, const struct report *r, bool whole)
{
	struct buf b = BUF_INIT;
	const char *s;

	if (template == NULL)
		return NULL;
	/* what is to be written has to be known whole; in a message a gap does no harm */
	s = fill(&b, template, r, whole) || !whole ? arena_strndup(arena, b.s, b.n) : NULL;
	buf_release(&b);
	return s;
}

const char *
report_filled(const struct check_ctx *c, const char *template, const struct report *r)
{
	return report_fill(c->arena, template, r, true);
}

/* ---- fingerprints ---- */

static uint64_t
hash_folded(uint64_t h, unsigned cp)
{
	char t[4];
	size_t n = utf8_encode(utf8_fold(cp, false), t);

	for (size_t i = 0; i < n; i++)
		h = hash_byte(h, (unsigned char)t[i]);
	return h;
}

/* Words only, folded, a blank between: white space and marks may change. */
static uint64_t
hash_words(uint64_t h, const char *s, const char *end, unsigned most)
{
	enum { LOOK = 4096 };		/* bytes */
	bool in = false;

	if (end - s > LOOK)
		end = s + LOOK;
	while (s < end) {
		unsigned cp;

		s += utf8_next(s, &cp);
		if (word_char(cp)) {
			if (!in && most-- == 0)
				break;
			h = hash_folded(h, cp);
		} else if (in)
			h = hash_byte(h, ' ');
		in = word_char(cp);
	}
	return hash_byte(h, 1);
}

/* Where n words before s begin.  A row of marks without words is not searched to its end for each finding in it. */
static const char *
words_before(const char *begin, const char *s, unsigned n)
{
	enum { LOOK = 4096 };		/* bytes */
	bool in = false;

	if (s - begin > LOOK)
		begin = s - LOOK;
	while (s > begin) {
		unsigned cp;
		const char *p = s - utf8_prev(begin, s, &cp);

		if (in && !word_char(cp) && --n == 0)
			break;
		in = word_char(cp);
		s = p;
	}
	return s;
}

/* The marked text as it is but for white space, and three words on either side, within the block or line: what happens
 * elsewhere in the file makes no difference.  What the article as a whole lacks has no words around it: the last paragraph may
 * be written anew, and the source is missing as before. */
static uint64_t
fingerprint(const struct rule *rule, const char *begin, const char *a, const char *z, const char *end)
{
	uint64_t h = hash_bytes(rule->id, strlen(rule->id), HASH_INIT);
	bool space = false;

	for (const char *s = a; s < z;) {
		unsigned cp;

		s += utf8_next(s, &cp);
		if (!utf8_is_space(cp))
			h = hash_folded(space ? hash_byte(h, ' ') : h, cp);
		space = utf8_is_space(cp);
	}
	h = hash_byte(h, 1);
	h = hash_words(h, words_before(begin, a, 3), a, 3);
	return hash_mix(hash_words(h, z, end, 3));
}

/* Of something that has no words: the rule and where it looked for them. */
static uint64_t
anchored_fingerprint(const struct rule *rule, const char *anchor)
{
	return hash_bytes(anchor, strlen(anchor), hash_bytes(rule->id, strlen(rule->id), HASH_INIT));
}

static uint64_t
text_fingerprint(const struct check_ctx *c, const struct block *b, struct range at)
{
	const struct text *t = &c->article->text;
	struct range in = b != NULL ? b->at : at;

	if (t->s == NULL)
		return fingerprint(c->rule, "", "", "", "");
	if (in.a > at.a)
		in.a = at.a;
	if (in.z < at.z)
		in.z = at.z;
	return fingerprint(c->rule, t->s + in.a, t->s + at.a, t->s + at.z, t->s + in.z);
}

static uint64_t
source_fingerprint(const struct check_ctx *c, struct extent at)
{
	const struct source *src = c->article->src;
	uint32_t a = at.a, z = at.z;

	if (src->s == NULL)
		return fingerprint(c->rule, "", "", "", "");
	while (a > 0 && at.a - a < 200 && src->s[a - 1] != '\n')
		a--;
	while (a < at.a && ((unsigned char)src->s[a] & 0xC0) == 0x80)
		a++;
	while (z < src->len && z - at.z < 200 && src->s[z] != '\n')
		z++;
	while (z > at.z && z < src->len && ((unsigned char)src->s[z] & 0xC0) == 0x80)
		z--;
	return fingerprint(c->rule, src->s + a, src->s + at.a, src->s + at.z, src->s + z);
}

/* ---- reports ---- */

static enum severity
pick_severity(const struct check_ctx *c, const struct report *r, enum certainty certainty)
{
	const struct policy *policy = c->lint->policy;
	enum severity s = c->rule->severity[certainty], said = policy->severity[c->rule->index];

	/* what a <when> says is for sure evidence: it takes nothing back of what the rule says of weaker */
	if (c->lint->by_when[c->rule->index] != SEV_OFF &&
	    (s >= c->rule->severity[SURE] || s > c->lint->by_when[c->rule->index]))
		s = c->lint->by_when[c->rule->index];
	if (r->at_most != SEV_OFF && s > r->at_most)
		s = r->at_most;
	return said != SEV_OFF ? said : s;
}

static void
take_notes(struct check_ctx *c, const struct report *r, struct pending *p)
{
	p->nnotes = r->nnotes;
	if (r->nnotes != 0)
		p->notes = arena_alloc(c->arena, r->nnotes * sizeof *p->notes);
	for (size_t i = 0; i < r->nnotes; i++) {
		const char *s = r->notes[i].message;

		p->notes[i].src = r->notes[i].in != NULL ? r->notes[i].in->src : NULL;
		p->notes[i].at = text_extent(r->notes[i].in != NULL ? &r->notes[i].in->text : &c->article->text, r->notes[i].at);
		if (s != NULL)
			s = arena_strdup(c->arena, s);
		else if (c->rule->note != NULL)
			s = report_fill(c->arena, c->rule->note, r, false);
		else
			s = c->rule->check->note != NULL ? c->rule->check->note : "see here";
		p->notes[i].message = s;
	}
}

void
report_take(struct check_ctx *c, const struct report *given)
{
	struct lint *l = c->lint;
	struct report r = *given;
	const struct block *b = NULL;
	struct pending *p;
	enum certainty certainty = r.certainty;
	enum severity severity;
	const char *name;

	if (!r.in_source)
		b = article_block_at(c->article, r.at);
	/* a guess about what a block is weakens what is said of it; prose is what is left when nothing else was guessed */
	if (b != NULL && b->confidence < certainty && !(KIND(b->kind) & kind_set_group(GROUP_PROSE)))
		certainty = b->confidence;
	severity = pick_severity(c, &r, certainty);
	if (severity == SEV_OFF)
		return;
	if (!r.in_source && find_arg(&r, "match", 5) == NULL)
		report_arg(&r, "match", range_len(r.at) != 0 ? text_at(&c->article->text, r.at) : "", range_len(r.at));
	if (find_arg(&r, "block", 5) == NULL) {
		name = b != NULL ? block_kind_name(b->kind) : "article";
		report_arg(&r, "block", name, strlen(name));
	}
	p = &XPUSH(l->pending, l->npending, l->cappending);
	memset(p, 0, sizeof *p);
	p->rule = c->rule;
	p->link = r.link;
	p->order = l->npending;
	p->block = b;
	p->severity = severity;
	p->certainty = certainty;
	p->at = r.in_source ? r.extent : text_extent(&c->article->text, r.at);
	p->whole = !r.in_source && r.at.a == r.at.z;
	p->message = report_fill(c->arena, c->rule->message, &r, false);
	if (p->message == NULL)
		p->message = c->rule->title != NULL ? c->rule->title : c->rule->id;
	p->fingerprint = r.anchor != NULL ? anchored_fingerprint(c->rule, r.anchor) :
	    r.in_source ? source_fingerprint(c, r.extent) : text_fingerprint(c, b, r.at);
	take_notes(c, &r, p);
	report_take_fix(c, &r, p);
}

struct finding *
lint_say(const struct policy *p, const struct rule *r, struct finding_list *out, const char *path, const char *detail)
{
	enum severity said = p->severity[r->index];
	struct report filler = { .certainty = SURE };
	struct finding *f;

	if (!policy_enabled(p, r) || p->off[r->index])
		return NULL;
	report_arg(&filler, "detail", detail, strlen(detail));
	f = finding_add(out);
	f->rule = r->id;
	f->link = r->link;
	f->path = path;
	f->severity = said != SEV_OFF ? said : r->severity[SURE];
	f->certainty = SURE;
	/* {detail} is a message of ours already, and not to be shortened */
	f->message = report_fill(&out->arena, r->message, &filler, true);
	return f;
}

void
check_report(struct check_ctx *c, const struct report *r)
{
	report_take(c, r);
}
