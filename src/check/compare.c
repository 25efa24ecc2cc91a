/* compare: what became of the copy that was sent (--upstream FILE or DIR):
 *
 *	<compare on="quotations"/>	quoted words that are not those that were quoted
 *	<compare on="dateline"/>	a dateline, or the agency in it, that is gone
 *	<compare on="byline"/>		authors who are no longer named
 *	<compare on="links"/>		links that are gone
 *	<compare on="edits"/>		changes that a licence in force does not allow
 *	<compare on="disclosure"/>	changes that it wants to be said, and that nothing says
 *	<compare on="version"/>		a later version, a correction or a kill that was not taken
 *
 * It runs on articles whose original is known; on others it says nothing, and the run tells how many had one.  Only `version` looks at the other
 * stories of the run, too: one that is a version of this one may have been corrected. */
#include "check/compare.h"

#include "alike.h"
#include "analysis/companions.h"
#include "analysis/moment.h"
#include "facts/facts.h"
#include "util/arena.h"
#include "util/hash.h"
#include "util/str.h"
#include "util/xml.h"

#include <string.h>

enum question { ON_QUOTATIONS, ON_DATELINE, ON_BYLINE, ON_LINKS, ON_EDITS, ON_DISCLOSURE, ON_VERSION };
struct compare {
	enum question on;
	struct spellings spellings;	/* ON_EDITS and ON_DISCLOSURE */
};

/* ---- compile ---- */

static uint64_t
one_word(const char *s)
{
	struct words words = { s, 0, (uint32_t)strlen(s) };
	struct word word;

	return words_next(&words, &word) ? word.hash : 0;
}

static void
load_spellings(struct rule_build *b, const struct node *el, struct spellings *out)
{
	const char *const *american = facts_words("en/american"), *const *british = facts_words("en/british");
	size_t n = 0;

	while (american != NULL && american[n] != NULL && british != NULL && british[n] != NULL)
		n++;
	if (n == 0) {
		rule_error(b, el, NULL, "the facts hold no spellings, expected en/american and en/british");
		return;
	}
	out->v = ARENA_ARRAY(rule_arena(b), struct spelling, n);
	for (out->n = 0; out->n < n; out->n++)
		out->v[out->n] = (struct spelling){ one_word(american[out->n]), one_word(british[out->n]) };
}

static void *
compare_compile(struct rule_build *b, const struct node *el)
{
	struct compare *d = ARENA_NEW(rule_arena(b), struct compare);
	int on;

	rule_known_attrs(b, el, "on");
	rule_known_children(b, el, "");
	on = rule_attr_choice(b, el, "on", "quotations dateline byline links edits disclosure version", -2);
	if (on == -2)
		rule_error(b, el, NULL, "'compare' without 'on', expected quotations, dateline, byline, links, edits, disclosure or version");
	if (on < 0)
		return NULL;
	d->on = (enum question)on;
	if (d->on == ON_EDITS || d->on == ON_DISCLOSURE)
		load_spellings(b, el, &d->spellings);
	return d;
}

/* ---- shared ---- */

struct report_note
compare_note(const struct check_ctx *c, struct range theirs)
{
	return (struct report_note){ .at = theirs, .in = &c->comparison->original->article };
}

const char *
compare_excerpt(struct check_ctx *c, const struct article *a, struct range at)
{
	enum { SHOWN = 60 };
	size_t n = range_len(at);
	bool cut = n > SHOWN;
	char *s;

	for (n = cut ? SHOWN : n; cut && n > 0 && ((unsigned char)a->text.s[at.a + n] & 0xC0) == 0x80; n--)
		;
	s = arena_printf(c->arena, "%.*s%s", (int)n, text_at(&a->text, at), cut ? "…" : "");
	for (char *p = s; *p != '\0'; p++)
		if (str_is_space(*p))
			*p = ' ';
	return s;
}

/* ---- datelines ---- */

static const struct block *
dateline_of(const struct article *a)
{
	return article_find_block(a, KIND(BLOCK_DATELINE));
}

/* Is the agency credited anywhere for the text? */
static bool
credits(const struct article *a, const char *name)
{
	struct provenance p = { .block = 0 };
	const char *other;

	while ((other = provenance_next(a, &p)) != NULL)
		if (facts_agency_kin(name, other))
			return true;
	return false;
}

static void
compare_dateline(struct check_ctx *c)
{
	const struct article *ours = c->article, *theirs = &c->comparison->original->article;
	const struct block *was = dateline_of(theirs), *is = dateline_of(ours), *lead = article_find_block(ours, KIND(BLOCK_LEAD));
	const struct part *agency = was != NULL ? block_part(was, PART_AGENCY) : NULL;
	struct report r = { .certainty = SURE, .anchor = "dateline" };
	struct report_note note;
	const char *name = NULL;
	size_t n;

	if (was == NULL || was->confidence == WEAK || article_find_field(ours, FIELD_DATELINE) != NULL)
		return;
	if (is != NULL) {
		const char *s = agency != NULL ? part_value(theirs, agency, &n) : NULL;
		const struct agency *known = s != NULL ? facts_agency(s, n) : NULL;

		if (known == NULL || block_part(is, PART_AGENCY) != NULL || credits(ours, known->name))
			return;
		name = known->name;
		r.at = is->at;
	} else if (lead != NULL)
		r.at = (struct range){ lead->at.a, lead->at.a };
	else if (!check_place(c, "head-end", &r.at))
		return;
	report_arg(&r, "original", text_at(&theirs->text, was->at), range_len(was->at));
	if (name != NULL)
		report_said(&r, "problem", arena_printf(c->arena, "dateline without '%s', which it named in the original", name));
	else
		report_said(&r, "problem", arena_printf(c->arena, "the dateline of the original, '%s', is gone",
		    compare_excerpt(c, theirs, was->at)));
	note = compare_note(c, was->at);
	r.notes = &note;
	r.nnotes = 1;
	check_report(c, &r);
}

/* ---- bylines ---- */

/* Do the words of `name` stand one after the other in the range? */
static bool
names_within(const struct text *t, struct range in, const uint64_t *name, size_t n)
{
	struct words words = words_of(t, in);
	struct word word;
	size_t k = 0;

	/* names are of few words: one that fails in its middle may begin anew with the word at hand */
	while (words_next(&words, &word)) {
		k = word.hash == name[k] ? k + 1 : word.hash == name[0];
		if (k == n)
			return true;
	}
	return false;
}

enum { NAME_WORDS = 12 };
static size_t
name_words(const struct text *t, struct range at, uint64_t *out)
{
	struct words words = words_of(t, at);
	struct word word;
	size_t n = 0;

	while (n < NAME_WORDS && words_next(&words, &word))
		out[n++] = word.hash;
	return n;
}

/* Where an author may be named: all around the story, and in its first and last paragraph. */
static bool
names_author(const struct article *a, const uint64_t *name, size_t n)
{
	static const enum field_name fields[] = { FIELD_BYLINE, FIELD_CREDITLINE, FIELD_COPYRIGHT_HOLDER, FIELD_COPYRIGHT_NOTICE };
	kind_set around = kind_set_group(GROUP_HEAD) | kind_set_group(GROUP_FOOT);
	size_t first = a->nblocks, last = a->nblocks;

	for (size_t i = 0; i < a->nblocks; i++)
		if (KIND(a->blocks[i].kind) & kind_set_group(GROUP_PROSE)) {
			first = first == a->nblocks ? i : first;
			last = i;
		}
	for (size_t i = 0; i < a->nblocks; i++)
		if ((KIND(a->blocks[i].kind) & around || i == first || i == last) && names_within(&a->text, a->blocks[i].at, name, n))
			return true;
	for (size_t i = 0; i < a->nfields; i++)
		for (size_t k = 0; k < sizeof fields / sizeof *fields; k++)
			if (a->fields[i].name == fields[k] && names_within(&a->text, a->fields[i].at, name, n))
				return true;
	return false;
}

static void
compare_author(struct check_ctx *c, struct range at)
{
	const struct article *theirs = &c->comparison->original->article;
	const struct block *line = article_find_block(c->article, KIND(BLOCK_BYLINE));
	struct report r = { .certainty = SURE };
	struct report_note note = compare_note(c, at);
	uint64_t name[NAME_WORDS];
	size_t n = name_words(&theirs->text, at, name);

	if (n == 0 || names_author(c->article, name, n))
		return;
	if (line != NULL)
		r.at = line->at;
	else if (!check_place(c, "head-end", &r.at))
		return;
	r.anchor = arena_strndup(c->arena, text_at(&theirs->text, at), range_len(at));
	report_arg(&r, "original", text_at(&theirs->text, at), range_len(at));
	r.notes = &note;
	r.nnotes = 1;
	check_report(c, &r);
}

/* A field may hold more than a name: "By Ada Brandt", "Ada Brandt (ada@paper.example)", "Ada Brandt 1:39 PM ET".  *at becomes that of the
 * name; false: there is no telling. */
static bool
is_name(const struct text *t, struct range *at)
{
	struct words words;
	struct word word;
	size_t n = 0;

	for (uint32_t i = at->a; i < at->z; i++)
		if (strchr("(<@,;|/", t->s[i]) != NULL) {
			at->z = i;
			break;
		}
	words = words_of(t, *at);
	while (words_next(&words, &word)) {
		if (n++ == 0 && str_case_is(text_at(t, word.at), range_len(word.at), "by"))
			at->a = word.at.z;
		for (uint32_t i = word.at.a; i < word.at.z; i++)
			if (t->s[i] >= '0' && t->s[i] <= '9')
				return false;
	}
	*at = text_trim(t, *at);
	return n >= 2 && n <= 6;
}

static void
compare_byline(struct check_ctx *c)
{
	const struct article *theirs = &c->comparison->original->article;
	bool any = false;

	for (size_t i = 0; i < theirs->nblocks; i++) {
		const struct block *b = &theirs->blocks[i];

		for (uint32_t k = 0; b->kind == BLOCK_BYLINE && k < b->nparts; k++)
			if (b->parts[k].name == PART_PERSON) {
				any = true;
				compare_author(c, b->parts[k].at);
			}
	}
	for (size_t i = 0; !any && i < theirs->nfields; i++) {
		struct range at = text_trim(&theirs->text, theirs->fields[i].at);

		if (theirs->fields[i].name == FIELD_BYLINE && is_name(&theirs->text, &at) &&
		    facts_agency(text_at(&theirs->text, at), range_len(at)) == NULL)
			compare_author(c, at);
	}
}

/* ---- links ---- */

/* An address without its scheme, "www.", fragment, tracking parameters and last slash, hashed: what two copies of one link share.
 * 0: it leads to no other page. */
static uint64_t
link_hash(const char *s, size_t n)
{
	static const char *const tracking[] = { "utm_", "fbclid", "gclid", "mc_cid", "mc_eid", "cmpid", "ref=", "source=" };
	const char *end = s + n, *p;
	uint64_t h = HASH_INIT;
	size_t before = 0;

	if (n > 7 && strncmp(s, "http://", 7) == 0)
		s += 7;
	else if (n > 8 && strncmp(s, "https://", 8) == 0)
		s += 8;
	else
		return 0;
	if (end - s > 4 && strncmp(s, "www.", 4) == 0)
		s += 4;
	for (p = s; p < end && *p != '#'; p++)
		;
	end = p;
	for (p = s; p < end && *p != '?'; p++)
		;
	before = (size_t)(p - s);
	while (before > 0 && s[before - 1] == '/')
		before--;
	h = hash_bytes(s, before, h);
	while (p < end) {
		const char *q = ++p;
		bool drop = false;

		while (p < end && *p != '&' && *p != ';')
			p++;
		for (size_t i = 0; i < sizeof tracking / sizeof *tracking; i++)
			drop = drop || ((size_t)(p - q) >= strlen(tracking[i]) && strncmp(q, tracking[i], strlen(tracking[i])) == 0);
		if (!drop && p > q)
			h = hash_bytes(q, (size_t)(p - q), h);
	}
	return h | 1;
}

static uint64_t
address_of(const struct article *a, const struct field *f)
{
	struct range at = text_trim(&a->text, f->at);

	return link_hash(text_at(&a->text, at), range_len(at));
}

/* Does it stand in the text?  Those of the head say what the page is. */
static uint64_t
link_of(const struct article *a, const struct field *f)
{
	return f->name == FIELD_LINK && f->key != NULL && strcmp(f->key, "a/@href") == 0 ? address_of(a, f) : 0;
}

/* Its own address, as whatever stands in the head says it. */
static bool
is_own_address(const struct article *a, uint64_t h)
{
	for (size_t i = 0; i < a->nfields; i++)
		if ((a->fields[i].name == FIELD_CANONICAL || (a->fields[i].name == FIELD_LINK && link_of(a, &a->fields[i]) == 0)) &&
		    address_of(a, &a->fields[i]) == h)
			return true;
	return false;
}

static size_t
slot(const uint64_t *table, size_t mask, uint64_t h)
{
	size_t i = h & mask;

	while (table[i] != 0 && table[i] != h)
		i = (i + 1) & mask;
	return i;
}

/* Every link within the story of the original is to be in ours; one report says how many are gone, with a note on each of the first. */
static void
compare_links(struct check_ctx *c)
{
	enum { NOTES = 10 };
	const struct article *theirs = &c->comparison->original->article, *ours = c->article;
	struct report_note notes[NOTES] = { { .message = NULL } };
	struct report r = { .certainty = SURE, .anchor = "links", .notes = notes };
	size_t size = 16, total = 0, gone = 0;
	struct range first = { 0, 0 };
	uint64_t *table, h;

	if (!shows_in(SHOWS_MARKUP, ours) || !shows_in(SHOWS_MARKUP, theirs))
		return;			/* a format without links loses them all */
	while (size < (ours->nfields + theirs->nfields) * 2)
		size *= 2;
	table = arena_alloc(c->arena, size * sizeof *table);
	for (size_t i = 0; i < ours->nfields; i++)
		if ((h = link_of(ours, &ours->fields[i])) != 0)
			table[slot(table, size - 1, h)] = h;
	for (size_t i = 0; i < theirs->nfields; i++) {
		size_t at;

		if ((h = link_of(theirs, &theirs->fields[i])) == 0 || is_own_address(theirs, h))
			continue;
		total++;
		if (table[at = slot(table, size - 1, h)] != 0)
			continue;
		table[at] = h;		/* each address once */
		if (gone++ == 0)
			first = theirs->fields[i].at;
		if (r.nnotes < NOTES)
			notes[r.nnotes++] = compare_note(c, theirs->fields[i].at);
	}
	if (gone == 0 || !check_place(c, "body-end", &r.at))
		return;
	report_number(&r, c, "count", gone);
	report_number(&r, c, "total", total);
	report_arg(&r, "original", text_at(&theirs->text, first), range_len(first));
	check_report(c, &r);
}

/* ---- versions ---- */

static bool
is_number(const char *s, size_t n)
{
	size_t i = 0;

	while (i < n && s[i] >= '0' && s[i] <= '9')
		i++;
	return i == n && n != 0;
}

/* -1: the first is earlier; 0: the same, or nobody knows. */
static int
field_order(const struct article *a, const struct article *b, enum field_name name, struct range *later)
{
	const struct field *x = article_find_field(a, name), *y = article_find_field(b, name);
	struct moment m, k;
	struct range i, j;

	if (x == NULL || y == NULL)
		return 0;
	i = text_trim(&a->text, x->at);
	j = text_trim(&b->text, y->at);
	*later = j;
	if (range_len(i) == 0 || range_len(j) == 0)
		return 0;
	if (date_moment(text_at(&a->text, i), range_len(i), &m) && date_moment(text_at(&b->text, j), range_len(j), &k))
		return m.at < k.at && m.has_clock == k.has_clock && m.has_zone == k.has_zone ? -1 : 0;
	if (strcmp(a->format, b->format) == 0 && is_number(text_at(&a->text, i), range_len(i)) &&
	    is_number(text_at(&b->text, j), range_len(j)))
		return range_len(i) < range_len(j) || (range_len(i) == range_len(j) &&
		    memcmp(text_at(&a->text, i), text_at(&b->text, j), range_len(i)) < 0) ? -1 : 0;
	return 0;
}

static bool
is_withdrawn(const struct article *a, struct range *at)
{
	for (size_t i = 0; i < a->nfields; i++)
		if (article_is_withdrawn(a, &a->fields[i])) {
			*at = text_trim(&a->text, a->fields[i].at);
			return true;
		}
	return false;
}

/* A correction of the newer version that ours does not carry: most of its words stand in no note of ours. */
static bool
lacks_correction(struct check_ctx *c, const struct article *newest, struct range *at)
{
	const struct article *ours = c->article;

	for (size_t i = 0; i < newest->nblocks; i++) {
		const struct block *b = &newest->blocks[i];
		bool found = false;

		if (b->kind != BLOCK_CORRECTION)
			continue;
		for (size_t k = 0; k < ours->nblocks && !found; k++)
			found = ours->blocks[k].kind == BLOCK_CORRECTION;
		if (!found) {
			*at = b->at;
			return true;
		}
	}
	return false;
}

/* What the other version has that ours lacks, at *at; NULL: nothing.  `sent`: it is the copy that was sent; else another story of the run, of which
 * there may be many versions for a reason. */
static const char *
version_problem(struct check_ctx *c, const struct article *newest, bool sent, struct range *at)
{
	if (is_withdrawn(newest, at) && !is_withdrawn(c->article, &(struct range){ 0, 0 }))
		return sent ? "the original has been withdrawn" : "another version of this story has been withdrawn";
	if (lacks_correction(c, newest, at))
		return sent ? "the original has been corrected, and this copy carries no correction" :
		    "another version of this story has been corrected, and this one carries no correction";
	return sent && field_order(c->article, newest, FIELD_VERSION, at) < 0 ? "the original has a later version" : NULL;
}

static void
report_version(struct check_ctx *c, const struct article *newest, const char *problem, struct range at, enum certainty certainty)
{
	const struct block *head = article_find_block(c->article, KIND(BLOCK_HEADLINE) | KIND(BLOCK_LEAD));
	struct report r = { .certainty = certainty, .anchor = "version" };
	struct report_note note = { .in = newest, .at = at };

	if (head != NULL)
		r.at = head->at;
	else if (!check_place(c, "start", &r.at))
		return;
	report_said(&r, "problem", problem);
	report_arg(&r, "original", text_at(&newest->text, at), range_len(at));
	r.notes = &note;
	r.nnotes = 1;
	check_report(c, &r);
}

static void
compare_version(struct check_ctx *c)
{
	const struct article *newest = &c->comparison->newest->article;
	struct range at = { 0, 0 };
	const char *problem = version_problem(c, newest, true, &at);

	if (problem != NULL)
		report_version(c, newest, problem, at, SURE);
}

/* The other stories of the run: the first that is a version of this one, not known to be an earlier one. */
static void
compare_version_beside(struct check_ctx *c)
{
	for (size_t i = 0; c->companions != NULL && i < c->companions->n; i++) {
		const struct article *other = c->companions->v[i].article;
		struct range at = { 0, 0 }, later;
		const char *problem;

		if (!companion_is_version(&c->companions->v[i], c->companions->ours) ||
		    companion_is_form(&c->companions->v[i], c->article->src->path) || field_order(other, c->article, FIELD_PUBLISHED, &later) < 0 || (problem = version_problem(c, other, false, &at)) == NULL)
			continue;
		report_version(c, other, problem, at, LIKELY);
		return;
	}
}

/* ---- run ---- */

static void
compare_run(struct check_ctx *c, const void *data)
{
	const struct compare *d = data;

	if (d->on == ON_VERSION && (c->comparison == NULL || c->comparison->original == NULL))
		compare_version_beside(c);
	if (c->comparison == NULL || c->comparison->original == NULL || !c->comparison->derived)
		return;
	switch (d->on) {
	case ON_QUOTATIONS:
		compare_quotations(c);
		break;
	case ON_DATELINE:
		compare_dateline(c);
		break;
	case ON_BYLINE:
		compare_byline(c);
		break;
	case ON_LINKS:
		compare_links(c);
		break;
	case ON_EDITS:
		compare_edits(c, &d->spellings);
		break;
	case ON_DISCLOSURE:
		compare_disclosure(c, &d->spellings);
		break;
	case ON_VERSION:
		compare_version(c);
		break;
	}
}

static enum beside
compare_beside(const void *data)
{
	const struct compare *d = data;

	return d->on == ON_VERSION ? BESIDE_WORDS : BESIDE_NOTHING;
}

static const struct param_doc params[] = {
	{ "on", "quotations|dateline|byline|links|edits|disclosure|version", "what is compared: quoted words; the dateline; the authors;"
	    " the links; changes that a licence in force does not allow; changes that it wants to be said; a later version, a correction or a"
	    " kill" },
	{ NULL, NULL, NULL }
};
static const char *const placeholders[] = { "problem", "original", "count", "total", "profile", "allowed", NULL };

const struct check check_compare = {
	.name = "compare",
	.doc = "What became of the copy that was sent, which --upstream names.  Articles whose original is not known are not compared.",
	.params = params,
	.placeholders = placeholders,
	.note = "the original has it here",
	.compile = compare_compile,
	.run = compare_run,
	.beside = compare_beside,
};
