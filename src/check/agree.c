/* agree: parts and fields that must name the same:
 *
 *	<agree part="agency">			ANKARA, Nov. 23 (Reuters) - ... and Source: AFP
 *	  <party scope="dateline"/>
 *	  <party scope="source signoff"/>
 *	</agree>
 *
 * A line that names several agrees with each of them, and so does one that says more than names ("and agencies", "with
 * files from"): only two lines that have nothing in common contradict each other.  With mode="alias" one thing must be
 * named one way: the rarer of two ways is reported, the later where they are equal. */
#include "analysis/analysis.h"
#include "check/agree.h"
#include "facts/facts.h"
#include "util/arena.h"
#include "util/utf8.h"
#include "util/xmalloc.h"
#include "util/xml.h"

#include <stdlib.h>
#include <string.h>

enum { KNOWN = 64 };		/* names that are agreed on */

/* A name where it stands. */
struct mention {
	struct range at;
	struct range line;		/* the block or field that names it */
	const char *value;		/* canonical */
	size_t n;
	bool known;			/* the facts know it */
	bool wire;
};

/* ---- compile ---- */

/* The parties of mode="sides" stand in pairs, the two sides of one part; for the language, fields alone. */
static bool
paired(struct rule_build *b, const struct node *el, const struct agree *d)
{
	for (size_t i = 0; i < d->n; i++) {
		const struct party *p = &d->parties[i];

		if (p->part == PART_LANGUAGE && p->fields != 0)
			continue;
		if (p->part == PART_LANGUAGE || i + 1 == d->n || p[1].part != p->part) {
			rule_error(b, el, NULL, "mode=\"sides\" compares parties in pairs, expected two of each part, or one of fields for "
			    "the language");
			return false;
		}
		i++;
	}
	return true;
}

static void *
agree_compile(struct rule_build *b, const struct node *el)
{
	static const char parts[] = "agency person place date role label platform language";
	struct agree *d = ARENA_NEW(rule_arena(b), struct agree);
	static const int numbers[] = { PART_AGENCY, PART_PERSON, PART_PLACE, PART_DATE, PART_ROLE, PART_LABEL, PART_PLATFORM, PART_LANGUAGE };
	size_t children = 0;
	int mode, part;

	rule_known_attrs(b, el, "part mode");
	rule_known_children(b, el, "party");
	mode = rule_attr_choice(b, el, "mode", "same alias sides", AGREE_SAME);
	part = rule_attr_choice(b, el, "part", "agency person place date role label platform", 0);
	if (mode < 0 || part < 0)
		return NULL;
	d->mode = (enum agree_mode)mode;
	d->part = (enum part_name)numbers[part];
	for (const struct node *p = el->first; p != NULL; p = p->next)
		children++;
	if (children == 0) {
		rule_error(b, el, NULL, "'agree' lacks <party>, expected the lines that must name the same");
		return NULL;
	}
	d->parties = ARENA_ARRAY(rule_arena(b), struct party, children);
	for (const struct node *p = el->first; p != NULL; p = p->next) {
		struct party *party = &d->parties[d->n++];
		int own;

		rule_known_attrs(b, p, d->mode == AGREE_SIDES ? "scope field part" : "scope field");
		rule_known_children(b, p, "");
		own = rule_attr_choice(b, p, "part", parts, part);
		if (own < 0)
			return NULL;
		party->part = numbers[own];
		party->scope = rule_attr_scope(b, p, "scope", 0);
		party->fields = rule_attr_fields(b, p, "field");
		if (node_attr(p, "field") != NULL && party->fields == 0)
			return NULL;
		if (party->scope == 0 && party->fields == 0)
			party->scope = rule_being_built(b)->scope;
	}
	return d->mode != AGREE_SIDES || paired(b, el, d) ? d : NULL;
}

/* ---- mentions ---- */

struct mentions {
	struct mention *v;
	size_t n, cap;
};

static void
add_mention(struct mentions *m, const struct agree *d, const char *s, size_t n, struct range at, struct range line)
{
	struct mention new = {.at = at, .line = line, .value = s, .n = n};

	if (d->part == PART_AGENCY) {
		const struct agency *a = facts_agency(s, n);

		if (a != NULL) {
			/* pictures and platforms supply no text */
			if (a->kind == AGENCY_PHOTO || a->kind == AGENCY_PLATFORM || a->kind == AGENCY_GENERATOR)
				return;
			new.value = a->name;
			new.n = strlen(a->name);
			new.known = true;
			new.wire = a->kind == AGENCY_WIRE;
		}
	}
	XPUSH(m->v, m->n, m->cap) = new;
}

static int
by_place(const void *x, const void *y)
{
	const struct mention *a = x, *b = y;

	return a->at.a < b->at.a ? -1 : a->at.a > b->at.a;
}

static void
collect(const struct check_ctx *c, const struct agree *d, struct mentions *m)
{
	const struct article *a = c->article;
	kind_set scope = 0;
	uint32_t fields = 0;

	for (size_t i = 0; i < d->n; i++) {
		scope |= d->parties[i].scope;
		fields |= d->parties[i].fields;
	}
	for (size_t i = 0; i < a->nblocks; i++) {
		const struct block *b = &a->blocks[i];

		if (!(KIND(b->kind) & scope))
			continue;
		for (uint32_t k = 0; k < b->nparts; k++) {
			size_t n;
			const char *s = part_value(a, &b->parts[k], &n);

			if (b->parts[k].name == d->part)
				add_mention(m, d, s, n, b->parts[k].at, b->at);
		}
	}
	for (size_t i = 0; i < a->nfields; i++) {
		const struct field *f = &a->fields[i];

		if (fields >> f->name & 1)
			add_mention(m, d, text_at(&a->text, f->at), range_len(f->at), f->at, f->at);
	}
	if (m->n > 1)
		qsort(m->v, m->n, sizeof *m->v, by_place);
}

/* ---- agreement ---- */

static bool
same_value(const struct agree *d, const struct mention *a, const struct mention *b)
{
	if (d->part == PART_AGENCY && a->known && b->known)
		return facts_agency_kin(a->value, b->value);
	if (a->n != b->n && d->part != PART_AGENCY)
		return false;
	for (const char *s = a->value, *t = b->value, *se = s + a->n, *te = t + b->n;;) {
		unsigned x, y;

		if (s == se || t == te)
			return s == se && t == te;
		s += utf8_next(s, &x);
		t += utf8_next(t, &y);
		if (utf8_base(x) != utf8_base(y))
			return false;
	}
}

/* Does the line say more than names: "and agencies", "with files from", a house that the facts do not know?  Then it may well
 * mean the other too.  Looked for are words of five letters or more outside the block's parts and behind its label. */
static bool
says_more(const struct article *a, const struct mention *m)
{
	const struct block *b = article_block_at(a, m->line);
	const char *s = a->text.s;
	uint32_t i, label = m->line.a, part = 0, letters = 0;

	if (b == NULL || !(KIND(b->kind) & (KIND(BLOCK_SOURCE) | KIND(BLOCK_SIGNOFF))))
		return false;
	for (uint32_t k = b->at.a; k < m->at.a; k++)
		if (s[k] == ':')
			label = k + 1;
	for (i = label; i < b->at.z;) {
		size_t n;
		unsigned cp;

		while (part < b->nparts && b->parts[part].at.z <= i)
			part++;
		if (part < b->nparts && i >= b->parts[part].at.a) {
			i = b->parts[part].at.z;
			letters = 0;
			continue;
		}
		n = utf8_next(s + i, &cp);
		letters = utf8_is_letter(cp) ? letters + 1 : 0;
		if (letters >= 5)
			return true;
		i += (uint32_t)n;
	}
	return false;
}

static void
report_mention(struct check_ctx *c, enum part_name part, const struct mention *m, const struct mention *other, enum certainty certainty)
{
	const struct text *t = &c->article->text;
	struct report r = {.at = m->at, .certainty = certainty};
	struct report_note note = {.at = other->at};

	report_arg(&r, "value", m->value, m->n);
	report_arg(&r, "other", text_at(t, other->at), range_len(other->at));
	r.notes = &note;
	r.nnotes = 1;
	report_arg(&r, "part", part_name_str(part), strlen(part_name_str(part)));
	check_report(c, &r);
}

/* Line by line: one that shares no name with those before contradicts them. */
static void
find_conflicts(struct check_ctx *c, const struct agree *d, const struct mentions *m)
{
	const struct mention *known[KNOWN];
	size_t nknown = 0, i, end, k, j;

	for (i = 0; i < m->n; i = end) {
		bool agrees = nknown == 0, more;

		for (end = i; end < m->n && m->v[end].line.a == m->v[i].line.a; end++)
			for (k = 0; k < nknown && !agrees; k++)
				agrees = same_value(d, &m->v[end], known[k]);
		more = says_more(c->article, &m->v[i]);
		if (!agrees && !more) {
			const struct mention *other = known[0];

			report_mention(c, d->part, &m->v[i], other, d->part != PART_AGENCY || (m->v[i].wire && other->wire) ? SURE : LIKELY);
			continue;
		}
		if (more && nknown == 0)
			return;		/* the first says "and agencies": nothing contradicts that */
		for (j = i; j < end && nknown < KNOWN; j++)
			known[nknown++] = &m->v[j];
	}
}

/* One thing, one name. */
struct way { const char *value; size_t n, count; const struct mention *first; };

/* Past the white space at s; *cp is a blank for it, or the character there. */
static const char *
next_or_blank(const char *s, const char *end, unsigned *cp)
{
	const char *next = s + utf8_decode(s, end, cp);

	if (!utf8_is_space(*cp))
		return next;
	while (next < end) {
		unsigned more;
		size_t n = utf8_decode(next, end, &more);

		if (!utf8_is_space(more))
			break;
		next += n;
	}
	*cp = ' ';
	return next;
}

/* Spelt alike; one blank is as good as another. */
static bool
same_spelling(const struct text *t, struct range a, struct range b)
{
	const char *s = text_at(t, a), *s_end = s + range_len(a), *u = text_at(t, b), *u_end = u + range_len(b);
	unsigned c, d;

	while (s < s_end && u < u_end) {
		s = next_or_blank(s, s_end, &c);
		u = next_or_blank(u, u_end, &d);
		if (c != d)
			return false;
	}
	return s == s_end && u == u_end;
}

static void
find_aliases(struct check_ctx *c, const struct agree *d, const struct mentions *m)
{
	const struct text *t = &c->article->text;
	struct way ways[KNOWN];
	size_t nways = 0, i, k;

	for (i = 0; i < m->n; i++) {
		if (!m->v[i].known)
			continue;
		for (k = 0; k < nways && !(ways[k].value == m->v[i].value && same_spelling(t, ways[k].first->at, m->v[i].at)); k++)
			;
		if (k == nways) {
			if (nways == KNOWN)
				continue;
			ways[nways++] = (struct way){m->v[i].value, m->v[i].n, 0, &m->v[i]};
		}
		ways[k].count++;
	}
	for (i = 0; i < m->n; i++) {
		const struct way *own = NULL, *best = NULL;

		for (k = 0; k < nways; k++) {
			if (ways[k].value != m->v[i].value)
				continue;
			if (same_spelling(t, ways[k].first->at, m->v[i].at))
				own = &ways[k];
			if (best == NULL || ways[k].count > best->count)
				best = &ways[k];
		}
		if (own != NULL && own != best)
			report_mention(c, d->part, &m->v[i], best->first, SURE);
	}
}

static void
agree_run(struct check_ctx *c, const void *data)
{
	const struct agree *d = data;
	struct mentions m = {0};

	if (d->mode == AGREE_SIDES) {
		agree_sides(c, d);
		return;
	}
	collect(c, d, &m);
	if (m.n > 1 && d->mode == AGREE_ALIAS)
		find_aliases(c, d, &m);
	else if (m.n > 1)
		find_conflicts(c, d, &m);
	free(m.v);
}

static const struct param_doc params[] = {
	{"part", "part", "what must agree: agency (default), person, place, date, role, label or platform"},
	{"mode", "same, alias, sides", "same (default): lines must not contradict each other; alias: one agency is named one way; sides:"
	    " parties are compared in pairs of one part, what the text names against what fields name, and contradict each other"
	    " only where nothing is in common"},
	{"party", "element", "where it is named: scope (kinds of blocks) or field (names of fields); with sides also part, which may be language"},
	{NULL, NULL, NULL}
};
static const char *const placeholders[] = {"value", "other", "part", "problem", NULL};

const struct check check_agree = {
	.name = "agree",
	.doc = "Parts of blocks and fields that must name the same. Lines contradict each other only when they have no name in common;"
	    " one house and its parent agree, and so does a line that says more than names. Two news agencies that differ are sure,"
	    " anything else is likely. The later line is reported.",
	.params = params,
	.placeholders = placeholders,
	.note = "the other name is here",
	.compile = agree_compile,
	.run = agree_run,
};
