/* echo: words of one part of the article must, or must not, come again in another:
 *
 *	<echo must="not" min-words="8" similarity="0.9" weak-similarity="0.8">	a lead that repeats the caption
 *	  <of scope="lead paragraph" first="3"/>
 *	  <in scope="caption"/>
 *	</echo>
 *	<echo must="be" contains="yes">						a headline's quotation that nobody said
 *	  <of scope="headline" unit="quotation"/>
 *	  <in scope="body"/>
 *	</echo>
 *
 * Without <in>, each unit is held against those before it (a paragraph printed twice).  Never by pairs: units with the same
 * words meet by the hash of all their words, similar ones by the smallest hashes of their three-word runs, which similar
 * texts share.  So the work is linear in the number of units. */
#include "check/echo.h"

#include "analysis.h"
#include "util/arena.h"
#include "util/hash.h"
#include "util/xmalloc.h"
#include "util/xml.h"
#include "alike.h"

#include <stdlib.h>
#include <string.h>

enum {
	SKETCH = 8,			/* hashes a unit is known by */
	SKETCH_MANY = 4,		/* the same where there are very many units */
	MANY = 65536,
	WORDS_MAX = 2048,		/* compared word by word; of longer units their beginnings */
};
static const double COMMON = 0.85;	/* of the words in the same order, for a likely echo */

/* ---- compile ---- */

static bool
compile_side(struct rule_build *b, const struct node *el, struct echo_side *side, const char *name)
{
	int unit;
	long first;

	rule_known_attrs(b, el, "scope unit first quotations apart quoted block part agency field kind trigger");
	unit = rule_attr_choice(b, el, "unit", "block sentence quotation match", UNIT_BLOCK);
	first = rule_attr_int(b, el, "first", 1, 1000000, 0);
	side->scope = rule_attr_scope(b, el, "scope", rule_being_built(b)->scope);
	if (unit < 0)
		return false;
	side->unit = (enum echo_unit)unit;
	side->direct = rule_attr_choice(b, el, "quotations", "any direct", 0) == 1;
	side->apart = rule_attr_choice(b, el, "apart", "no separator", 0) == 1;
	side->first = (uint32_t)first;
	if (side->unit == UNIT_MATCH) {
		side->finder = rule_finder(b, el, name);
		return side->finder != NULL;
	}
	rule_known_children(b, el, "");
	return true;
}

static void *
echo_compile(struct rule_build *b, const struct node *el)
{
	struct echo *e = ARENA_NEW(rule_arena(b), struct echo);
	const struct node *of = node_child(el, "of"), *in = node_child(el, "in");
	int must;
	bool good = true;

	rule_known_attrs(b, el, "must contains min-words similarity weak-similarity");
	rule_known_children(b, el, "of in");
	must = rule_attr_choice(b, el, "must", "not be", 0);
	e->must_be = must == 1;
	e->contains = rule_attr_bool(b, el, "contains", false);
	e->min_words = (uint32_t)rule_attr_int(b, el, "min-words", 1, 10000, 1);
	e->similarity = rule_attr_real(b, el, "similarity", 0, 1, 0);
	e->weak_similarity = rule_attr_real(b, el, "weak-similarity", 0, 1, 0);
	if (of == NULL) {
		rule_error(b, el, NULL, "'echo' lacks <of>, expected what is looked for again");
		return NULL;
	}
	good = must >= 0 && compile_side(b, of, &e->of, "of");
	e->self = in == NULL;
	if (in != NULL)
		good = compile_side(b, in, &e->in, "in") && good;
	if (e->self && (e->must_be || e->contains)) {
		rule_error(b, el, NULL, "'echo' without <in> finds what is there twice; must=\"be\" and contains=\"yes\" need <in>");
		good = false;
	}
	return good ? e : NULL;
}

/* ---- units ---- */

/* A hash among the smallest, if it is one of them. */
static void
note_smallest(uint32_t *smallest, uint32_t h)
{
	unsigned i = SKETCH - 1;

	/* twice the same run is one; an empty place holds the largest number */
	for (unsigned k = 0; k < SKETCH; k++)
		if (smallest[k] == h)
			return;
	for (; i > 0 && smallest[i - 1] > h; i--)
		smallest[i] = smallest[i - 1];
	smallest[i] = h;
}

/* Counts and hashes the unit's words; `smallest`, if not NULL, gets the smallest hashes of its three-word runs. */
static void
measure(const struct article *a, struct unit *u, uint32_t *smallest)
{
	struct words w = words_of(&a->text, u->text);
	struct word word;
	uint64_t all = HASH_INIT, run = 0, one = 0, two = 0;
	uint32_t n = 0;

	if (smallest != NULL)
		memset(smallest, 0xff, SKETCH * sizeof *smallest);
	while (words_next(&w, &word)) {
		all = (all ^ word.hash) * 0x9e3779b97f4a7c15ull;
		all ^= all >> 29;
		if (smallest == NULL) {
			n++;
			continue;
		}
		run = (one ^ (two << 21 | two >> 43) ^ (word.hash << 42 | word.hash >> 22)) * 0xff51afd7ed558ccdull;
		one = two;
		two = word.hash;
		if (++n >= 3 && (uint32_t)(run >> 32) < smallest[SKETCH - 1])
			note_smallest(smallest, (uint32_t)(run >> 32));
	}
	u->hash = hash_mix(all);
	u->words = n;
}

/* false: the side has all the units it wants. */
static bool
add_unit(const struct check_ctx *c, struct units *to, const struct echo *e, const struct echo_side *side, struct range at,
    struct range text, uint32_t section)
{
	struct unit u = {.at = at, .text = text};
	uint32_t smallest[SKETCH];
	bool similar = (e->similarity > 0 || e->weak_similarity > 0) && !e->contains;

	measure(c->article, &u, similar ? smallest : NULL);
	if (side->apart && section != 0) {
		u.hash = hash_mix(u.hash ^ section);
		for (unsigned k = 0; similar && k < SKETCH && smallest[k] != UINT32_MAX; k++)
			smallest[k] = (uint32_t)(hash_mix((uint64_t)section << 32 | smallest[k]) >> 33);
	}
	if (u.words >= e->min_words) {
		XPUSH(to->v, to->n, to->cap) = u;
		for (unsigned k = 0; similar && k < SKETCH; k++)
			XPUSH(to->sketches, to->nsketches, to->capsketches) = smallest[k];
	}
	return ++to->seen != side->first;
}

static void
collect(struct check_ctx *c, struct units *to, const struct echo *e, const struct echo_side *side)
{
	const struct article *a = c->article;
	uint32_t section = 0;
	size_t i, n;

	switch (side->unit) {
	case UNIT_BLOCK:
		for (i = 0; i < a->nblocks; i++) {
			section += a->blocks[i].kind == BLOCK_SEPARATOR;
			if ((KIND(a->blocks[i].kind) & side->scope) &&
			    !add_unit(c, to, e, side, a->blocks[i].at, a->blocks[i].at, section))
				return;
		}
		break;
	case UNIT_SENTENCE:
		analysis_sentences(c->analysis);
		for (i = 0; i < c->analysis->nsentences; i++) {
			const struct sentence *s = &c->analysis->sentences[i];

			if ((KIND(a->blocks[s->block].kind) & side->scope) && !add_unit(c, to, e, side, s->at, s->at, 0))
				return;
		}
		break;
	case UNIT_QUOTATION:
		analysis_quotations(c->analysis);
		for (i = 0; i < c->analysis->nquotations; i++) {
			const struct quotation *q = &c->analysis->quotations[i];

			if ((KIND(a->blocks[q->block].kind) & side->scope) && q->level == 0 && (q->closed || q->continues) &&
			    (!side->direct || q->kind == QUOTATION_DIRECT) &&
			    !add_unit(c, to, e, side, q->at, q->inside, 0))
				return;
		}
		break;
	case UNIT_MATCH: {
		const struct hit *h = check_hits(c, side->finder, &n);

		for (i = 0; i < n; i++)
			if (!add_unit(c, to, e, side, h[i].at, h[i].at, 0))
				return;
		break;
	}
	}
}

/* ---- report ---- */

void
echo_report(struct check_ctx *c, const struct unit *u, const struct range *other, enum echo_how how, enum certainty certainty)
{
	static const struct { const char *how, *where, *note; } said[] = {
		[ECHO_SAME] = {" word for word", "the same words stand elsewhere", NULL},
		[ECHO_NEARLY] = {" nearly word for word", "nearly the same words stand elsewhere", NULL},
		[ECHO_PARTLY] = {" in large part", "much the same words stand elsewhere", NULL},
		[ECHO_NOWHERE] = {"", "the text does not have these words", NULL},
		[ECHO_UNQUOTED] = {"", "the text has the words, but not as a quotation", "the words are here, but not as a quotation"},
	};
	const struct text *t = &c->article->text;
	struct report r = {.at = u->at, .certainty = certainty};
	struct report_note n = {{0, 0}, said[how].note};
	const struct block *b = article_block_at(c->article, u->at);
	const char *count = arena_printf(c->arena, "%u", u->words);

	report_arg(&r, "words", count, strlen(count));
	report_arg(&r, "block", b != NULL ? block_kind_name(b->kind) : "text", strlen(b != NULL ? block_kind_name(b->kind) : "text"));
	report_arg(&r, "how", said[how].how, strlen(said[how].how));
	report_arg(&r, "where", said[how].where, strlen(said[how].where));
	if (other != NULL) {
		n.at = *other;
		r.notes = &n;
		r.nnotes = 1;
	}
	report_arg(&r, "other", text_at(t, n.at), range_len(n.at));
	check_report(c, &r);
}

/* ---- meeting by hash ---- */

/* Open addressing; a key met again keeps its first unit. */
struct table {
	struct slot { uint64_t key; uint32_t unit; } *v;
	size_t mask;
};

static void
table_init(struct table *t, size_t n)
{
	size_t size = 16;

	while (size < n * 2)
		size *= 2;
	t->v = xcalloc(size, sizeof *t->v);
	t->mask = size - 1;
}

/* The slot of the key: its own, or the free one where it belongs. */
static struct slot *
table_slot(const struct table *t, uint64_t key)
{
	size_t i = hash_mix(key) & t->mask;

	while (t->v[i].key != 0 && t->v[i].key != key)
		i = (i + 1) & t->mask;
	return &t->v[i];
}

struct meeting {
	struct check_ctx *c;
	const struct echo *e;
	struct table same, alike;
	unsigned sketch;
	uint64_t *a, *b;		/* room for word hashes */
};

static size_t
hashes(const struct article *a, const struct unit *u, uint64_t *out)
{
	struct words w = words_of(&a->text, u->text);
	struct word word;
	size_t n = 0;

	while (n < WORDS_MAX && words_next(&w, &word))
		out[n++] = word.hash;
	return n;
}

/* How much alike two units are: SURE for the same words; -1 if not alike. */
static int
alike(struct meeting *m, const struct unit *u, const struct unit *o)
{
	const struct article *a = m->c->article;
	double least = m->e->weak_similarity > 0 ? m->e->weak_similarity : m->e->similarity, jaccard, common;
	size_t na, nb;

	if (u->hash == o->hash && u->words == o->words)
		return SURE;
	/* unions are at least as large as the longer: cannot be */
	if (u->words * least > o->words * 1.5 || o->words * least > u->words * 1.5)
		return -1;
	na = hashes(a, u, m->a);
	nb = hashes(a, o, m->b);
	common = words_common(m->a, na, m->b, nb, least * COMMON);
	jaccard = words_jaccard(m->a, na, m->b, nb);
	if (m->e->similarity > 0 && jaccard >= m->e->similarity && common >= COMMON)
		return LIKELY;
	return m->e->weak_similarity > 0 && jaccard >= m->e->weak_similarity && common > 0 ? WEAK : -1;
}

static void
insert(struct meeting *m, const struct units *in, uint32_t i)
{
	struct slot *s = table_slot(&m->same, in->v[i].hash | 1);

	if (s->key == 0)
		*s = (struct slot){in->v[i].hash | 1, i};
	if (m->sketch > 0) {
		const uint32_t *key = &in->sketches[(size_t)i * SKETCH];

		for (unsigned k = 0; k < m->sketch && key[k] != UINT32_MAX; k++) {
			s = table_slot(&m->alike, (uint64_t)key[k] + 1);
			/* the latest: copies of copies differ least from their neighbours */
			*s = (struct slot){(uint64_t)key[k] + 1, i};
		}
	}
}

static bool
overlap(struct range a, struct range b)
{
	return a.a < b.z && b.a < a.z;
}

/* The unit among those inserted that is most alike; *best its certainty. */
static const struct unit *
meet(struct meeting *m, const struct units *in, const struct unit *u, const uint32_t *key, enum certainty *best)
{
	const struct slot *s = table_slot(&m->same, u->hash | 1);
	const struct unit *found = NULL;
	uint32_t tried[SKETCH];
	unsigned ntried = 0;

	if (s->key != 0 && in->v[s->unit].words == u->words && !overlap(in->v[s->unit].at, u->at)) {
		*best = SURE;
		return &in->v[s->unit];
	}
	for (unsigned k = 0; k < m->sketch && key[k] != UINT32_MAX; k++) {
		const struct unit *o;
		unsigned i;
		int how;

		s = table_slot(&m->alike, (uint64_t)key[k] + 1);
		if (s->key == 0 || overlap(in->v[s->unit].at, u->at))
			continue;
		for (i = 0; i < ntried && tried[i] != s->unit; i++)
			;
		if (i < ntried)
			continue;
		tried[ntried++] = s->unit;
		o = &in->v[s->unit];
		how = alike(m, u, o);
		if (how >= 0 && (found == NULL || how > (int)*best)) {
			found = o;
			*best = (enum certainty)how;
		}
	}
	return found;
}

static void
run_meeting(struct check_ctx *c, const struct echo *e, const struct units *of, const struct units *in)
{
	struct meeting m = {.c = c, .e = e};
	bool similar = e->similarity > 0 || e->weak_similarity > 0;
	size_t i;

	m.sketch = !similar ? 0 : in->n > MANY ? SKETCH_MANY : SKETCH;
	table_init(&m.same, in->n);
	table_init(&m.alike, in->n * m.sketch);
	m.a = xmalloc(2 * WORDS_MAX * sizeof *m.a);
	m.b = m.a + WORDS_MAX;
	if (!e->self)
		for (i = 0; i < in->n; i++)
			insert(&m, in, (uint32_t)i);
	for (i = 0; i < of->n; i++) {
		const struct unit *u = &of->v[i];
		enum certainty how = SURE;
		const struct unit *o = meet(&m, in, u, m.sketch > 0 ? &of->sketches[i * SKETCH] : NULL, &how);

		if (e->self)
			insert(&m, in, (uint32_t)i);
		if (e->must_be && o == NULL)
			echo_report(c, u, NULL, ECHO_NOWHERE, SURE);
		else if (!e->must_be && o != NULL)
			echo_report(c, u, &o->at, how == SURE ? ECHO_SAME : how == LIKELY ? ECHO_NEARLY : ECHO_PARTLY, how);
	}
	free(m.same.v);
	free(m.alike.v);
	free(m.a);
}

static void
echo_run(struct check_ctx *c, const void *data)
{
	const struct echo *e = data;
	struct units of = {0}, in = {0};

	collect(c, &of, e, &e->of);
	if (of.n > 0 && e->contains) {
		echo_contains(c, e, &of);
	} else if (of.n > 0 && e->self) {
		run_meeting(c, e, &of, &of);
	} else if (of.n > 0) {
		struct echo all = *e;

		all.min_words = 1;
		collect(c, &in, e->must_be ? &all : e, &e->in);
		run_meeting(c, e, &of, &in);
	}
	free(of.v);
	free(of.sketches);
	free(in.v);
	free(in.sketches);
}

static const struct param_doc params[] = {
	{"must", "not, be", "not (default): it is wrong that the words come again; be: it is wrong that they do not"},
	{"min-words", "number", "units with fewer words are not looked at; default 1"},
	{"similarity", "0 to 1", "share of the words in common from which units that are not the same are a likely echo (0.85 of the words"
	    " in the same order besides); default: only the same words are one"},
	{"weak-similarity", "0 to 1", "the same for a weak one"},
	{"contains", "yes, no", "yes: the words are looked for as a run inside the text of <in>, with an ellipsis and one other ending"
	    " allowed; with must=\"be\": found among quoted words it is in order, found only outside quotation marks is likely wrong,"
	    " found nowhere surely"},
	{"of", "element", "what is looked for: scope, unit (block, sentence, quotation, or match, which holds terms or patterns), first"
	    " (only so many), quotations (direct: those of whole sentences only), apart (separator: blocks that a separator parts"
	    " may say the same)"},
	{"in", "element", "where: the same attributes; without <in> each unit is held against those before it"},
	{NULL, NULL, NULL}
};
static const char *const placeholders[] = {"words", "block", "how", "where", "other", NULL};

const struct check check_echo = {
	.name = "echo",
	.doc = "Words of one part of the article must, or must not, come again in another. Case, quotation marks, dashes and blanks"
	    " do not count. What <of> names is reported, the note points to the other place. {words} is how many words it has, {block} where it stands, {how}"
	    " says ' word for word', ' nearly word for word' or ' in large part', {where} what the text has instead.",
	.params = params,
	.placeholders = placeholders,
	.note = "the same words are here",
	.compile = echo_compile,
	.run = echo_run,
};
