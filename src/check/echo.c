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
 * words meet by the hash of all their words, similar ones by the smallest hashes of their three-word runs in each of eight ranges, which
 * similar texts share.  So the work is linear in the number of units. */
#include "check/echo.h"

#include "alike.h"
#include "util/arena.h"
#include "util/xmalloc.h"
#include "util/xml.h"

#include <stdlib.h>
#include <string.h>

enum {
	SKETCH_MANY = 4,		/* hashes a unit is known by where there are very many */
	SKETCH_FEW = 2,
	MANY = 65536,
	VERY_MANY = 500000,
	WORDS_MAX = 2048,		/* compared word by word; of longer units their beginnings */
};
static const double COMMON = 0.85;	/* of the words in the same order, for a likely echo */

/* ---- compile ---- */

static bool
compile_side(struct rule_build *b, const struct node *el, struct echo_side *side, const char *name)
{
	int unit;
	long first;

	rule_known_attrs(b, el, "scope unit first least quotations apart quoted block part agency field kind trigger");
	unit = rule_attr_choice(b, el, "unit", "block sentence quotation match", UNIT_BLOCK);
	first = rule_attr_int(b, el, "first", 1, 1000000, 0);
	side->scope = rule_attr_scope(b, el, "scope", rule_being_built(b)->scope);
	if (unit < 0)
		return false;
	side->unit = (enum echo_unit)unit;
	side->direct = rule_attr_choice(b, el, "quotations", "any direct", 0) == 1;
	side->apart = rule_attr_choice(b, el, "apart", "no separator", 0) == 1;
	side->first = (uint32_t)first;
	side->least = (uint32_t)rule_attr_int(b, el, "least", 1, 1000000, 0);
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

	rule_known_attrs(b, el, "must contains at min-words similarity weak-similarity");
	rule_known_children(b, el, "of in");
	must = rule_attr_choice(b, el, "must", "not be", 0);
	e->must_be = must == 1;
	e->contains = rule_attr_bool(b, el, "contains", false);
	e->at_in = rule_attr_choice(b, el, "at", "of in", 0) == 1;
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
	if (e->at_in && (e->must_be || !e->contains)) {
		rule_error(b, el, "at", "at=\"in\" needs contains=\"yes\" and words that must not be there");
		good = false;
	}
	if (e->self && (e->must_be || e->contains)) {
		rule_error(b, el, NULL, "'echo' without <in> finds what is there twice; must=\"be\" and contains=\"yes\" need <in>");
		good = false;
	}
	return good ? e : NULL;
}

/* ---- report ---- */

static void
report_echo(struct check_ctx *c, const struct unit *u, const struct range *other, enum echo_how how, enum certainty certainty,
    const struct range *more, size_t nmore, size_t total)
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
	struct report_note n[1 + ECHO_NOTES] = {{.message = said[how].note}};
	const struct block *b = article_block_at(c->article, u->at);

	report_number(&r, c, "words", u->words);
	report_arg(&r, "block", b != NULL ? block_kind_name(b->kind) : "text", strlen(b != NULL ? block_kind_name(b->kind) : "text"));
	report_arg(&r, "how", said[how].how, strlen(said[how].how));
	report_arg(&r, "where", said[how].where, strlen(said[how].where));
	if (other != NULL) {
		n[0].at = *other;
		r.notes = n;
		r.nnotes = 1;
		for (size_t i = 0; i < nmore && i < ECHO_NOTES; i++) {
			n[r.nnotes].at = more[i];
			n[r.nnotes++].message = i + 1 < ECHO_NOTES || total <= ECHO_NOTES ? "again here" :
			    arena_printf(c->arena, "again here, and in %zu more places", total - ECHO_NOTES);
		}
	}
	report_arg(&r, "other", text_at(t, n[0].at), range_len(n[0].at));
	check_report(c, &r);
}

void
echo_report(struct check_ctx *c, const struct unit *u, const struct range *other, enum echo_how how, enum certainty certainty)
{
	report_echo(c, u, other, how, certainty, NULL, 0, 0);
}

void
echo_report_again(struct check_ctx *c, const struct unit *u, const struct range *other, const struct range *more, size_t nmore,
    size_t total)
{
	report_echo(c, u, other, ECHO_SAME, SURE, more, nmore, total);
}

/* ---- meeting by hash ---- */

/* Two open tables of units by number, 0 for a free place: those with the same words, of which the first is kept, and for each
 * hash of a sketch the latest unit that has it, since copies of copies differ least from their neighbours. */
struct meeting {
	struct check_ctx *c;
	const struct echo *e;
	struct units in;
	uint32_t *same;
	uint32_t *other;		/* with <in>: beside each of `same` the last unit of its words, as <in> may hold the unit itself */
	struct slot { uint32_t key, unit; } *alike;
	size_t same_mask, alike_mask;
	unsigned sketch;
	double least;			/* of the words in common */
	uint64_t *a, *b;		/* room for word hashes, made when needed */
	/* Without <in>: what is there again with the same words is one finding a text, made in the end. */
	uint32_t *repeat;		/* for each unit by number the repeats of its words, 0 for none */
	struct repeats { uint32_t unit, count, head, tail; } *repeats;
	size_t nrepeats, caprepeats;
	struct again { struct range at; uint32_t next; } *again;	/* a few places for each, next 0 for the last */
	size_t nagain, capagain;
};

/* The power of two for `n` things, a quarter of the places free at least. */
static size_t
table_size(size_t n)
{
	size_t size = 16;

	while (size / 4 * 3 < n)
		size *= 2;
	return size;
}

static void
meeting_init(struct meeting *m, struct check_ctx *c, const struct echo *e, size_t most)
{
	double one = e->similarity, other = e->weak_similarity;

	memset(m, 0, sizeof *m);
	m->c = c;
	m->e = e;
	m->least = one == 0 || (other > 0 && other < one) ? other : one;
	m->sketch = m->least == 0 ? 0 : most > VERY_MANY ? SKETCH_FEW : most > MANY ? SKETCH_MANY : SKETCH;
	m->same_mask = table_size(most) - 1;
	m->same = xcalloc(m->same_mask + 1, sizeof *m->same);
	m->other = e->self ? NULL : xcalloc(m->same_mask + 1, sizeof *m->other);
	if (m->sketch > 0) {
		m->alike_mask = table_size(most * m->sketch) - 1;
		m->alike = xcalloc(m->alike_mask + 1, sizeof *m->alike);
	}
}

static void
meeting_release(struct meeting *m)
{
	free(m->same);
	free(m->other);
	free(m->alike);
	free(m->in.v);
	free(m->a);
	free(m->repeat);
	free(m->repeats);
	free(m->again);
}

/* The place of the unit with this hash: its own, or the free one where it belongs. */
static uint32_t *
same_place(const struct meeting *m, uint64_t hash)
{
	size_t i = hash & m->same_mask;

	while (m->same[i] != 0 && m->in.v[m->same[i] - 1].hash != hash)
		i = (i + 1) & m->same_mask;
	return &m->same[i];
}

static struct slot *
alike_place(const struct meeting *m, uint32_t key)
{
	size_t i = (key * 0x9e3779b97f4a7c15ull >> 32) & m->alike_mask;

	while (m->alike[i].unit != 0 && m->alike[i].key != key)
		i = (i + 1) & m->alike_mask;
	return &m->alike[i];
}

static size_t
hashes(const struct article *a, const struct unit *u, uint64_t *out)
{
	struct words w = words_of(&a->text, unit_text(u));
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
	/* nor if more words stand in one only than the share allows: each bit that differs is one at least */
	if (u->words <= WORDS_MAX && o->words <= WORDS_MAX &&
	    __builtin_popcountll(u->seen ^ o->seen) * (1 + m->least) > (1 - m->least) * (u->words + o->words) + 1e-6)
		return -1;
	if (m->a == NULL) {
		m->a = xmalloc(2 * WORDS_MAX * sizeof *m->a);
		m->b = m->a + WORDS_MAX;
	}
	na = hashes(a, u, m->a);
	nb = hashes(a, o, m->b);
	common = words_common(m->a, na, m->b, nb, least * COMMON);
	jaccard = words_jaccard(m->a, na, m->b, nb);
	if (m->e->similarity > 0 && jaccard >= m->e->similarity && common >= COMMON)
		return LIKELY;
	return m->e->weak_similarity > 0 && jaccard >= m->e->weak_similarity && common > 0 ? WEAK : -1;
}

static void
insert(void *arg, const struct unit *u, const uint32_t *key)
{
	struct meeting *m = arg;
	uint32_t *same = same_place(m, u->hash), number;

	XPUSH(m->in.v, m->in.n, m->in.cap) = *u;
	number = (uint32_t)m->in.n;
	if (*same == 0)
		*same = number;
	if (m->other != NULL)
		m->other[same - m->same] = number;
	for (unsigned k = 0; k < m->sketch; k++)
		if (key[k] != UINT32_MAX)
			*alike_place(m, key[k]) = (struct slot){key[k], number};
}

static bool
overlap(struct range a, struct range b)
{
	return a.a < b.z && b.a < a.z;
}

/* The unit among those inserted that is most alike; *best its certainty. */
static const struct unit *
meet(struct meeting *m, const struct unit *u, const uint32_t *key, enum certainty *best)
{
	uint32_t *place = same_place(m, u->hash), same = *place;
	const struct unit *found = NULL;
	uint32_t tried[SKETCH];
	unsigned ntried = 0;

	if (same != 0 && m->other != NULL && overlap(m->in.v[same - 1].at, u->at))
		same = m->other[place - m->same];
	if (same != 0 && m->in.v[same - 1].words == u->words && !overlap(m->in.v[same - 1].at, u->at)) {
		*best = SURE;
		return &m->in.v[same - 1];
	}
	for (unsigned k = 0; k < m->sketch; k++) {
		uint32_t number = key[k] != UINT32_MAX ? alike_place(m, key[k])->unit : 0;
		const struct unit *o;
		unsigned i;
		int how;

		if (number == 0)
			continue;
		o = &m->in.v[number - 1];
		if (overlap(o->at, u->at))
			continue;
		for (i = 0; i < ntried && tried[i] != number; i++)
			;
		if (i < ntried)
			continue;
		tried[ntried++] = number;
		how = alike(m, u, o);
		if (how >= 0 && (found == NULL || how > (int)*best)) {
			found = o;
			*best = (enum certainty)how;
		}
	}
	return found;
}

/* The words of unit `number` once more.  Of the places only those are kept that will be told. */
static void
note_again(struct meeting *m, uint32_t number, struct range at)
{
	struct repeats *r;

	if (m->repeat[number] == 0) {
		XPUSH(m->repeats, m->nrepeats, m->caprepeats) = (struct repeats){.unit = number, .head = (uint32_t)m->nagain};
		m->repeat[number] = (uint32_t)m->nrepeats;
	}
	r = &m->repeats[m->repeat[number] - 1];
	if (r->count++ > ECHO_NOTES)
		return;
	XPUSH(m->again, m->nagain, m->capagain) = (struct again){.at = at};
	if (r->count > 1)
		m->again[r->tail].next = (uint32_t)(m->nagain - 1);
	r->tail = (uint32_t)(m->nagain - 1);
}

static void
report_repeats(struct meeting *m)
{
	for (size_t i = 0; i < m->nrepeats; i++) {
		const struct repeats *r = &m->repeats[i];
		const struct unit *first = &m->in.v[r->unit];
		struct unit u = {.at = m->again[r->head].at, .words = first->words};
		struct range more[ECHO_NOTES];
		size_t n = 0;

		for (uint32_t k = m->again[r->head].next; k != 0 && n < ECHO_NOTES; k = m->again[k].next)
			more[n++] = m->again[k].at;
		echo_report_again(m->c, &u, &first->at, more, n, r->count - 1);
	}
}

static void
hold_against(void *arg, const struct unit *u, const uint32_t *key)
{
	struct meeting *m = arg;
	enum certainty how = SURE;
	const struct unit *o = meet(m, u, key, &how);

	if (m->e->self && o != NULL && how == SURE) {
		note_again(m, (uint32_t)(o - m->in.v), u->at);
		return;
	}
	if (m->e->must_be && o == NULL)
		echo_report(m->c, u, NULL, ECHO_NOWHERE, SURE);
	else if (!m->e->must_be && o != NULL)
		echo_report(m->c, u, &o->at, how == SURE ? ECHO_SAME : how == LIKELY ? ECHO_NEARLY : ECHO_PARTLY, how);
	if (m->e->self)
		insert(m, u, key);
}

static void
keep_unit(void *arg, const struct unit *u, const uint32_t *key)
{
	struct units *to = arg;

	(void)key;
	XPUSH(to->v, to->n, to->cap) = *u;
}

static void
echo_run(struct check_ctx *c, const void *data)
{
	const struct echo *e = data;
	struct echo_walk of = {.c = c, .side = &e->of, .min_words = e->min_words}, in = of;
	struct meeting m;
	size_t nof, nin;

	if (e->contains) {
		struct units units = {0};

		of.each = keep_unit;
		of.arg = &units;
		echo_walk(&of);
		if (units.n > 0)
			echo_contains(c, e, &units);
		free(units.v);
		return;
	}
	in.side = &e->in;
	in.min_words = e->must_be ? 1 : e->min_words;
	nof = echo_count(c, &e->of, e->min_words);
	nin = e->self ? nof : nof > 0 ? echo_count(c, &e->in, in.min_words) : 0;
	if (nof < e->of.least || nin < e->in.least || nof == 0 || (e->self && nof == 1) || (nin == 0 && !e->must_be))
		return;
	meeting_init(&m, c, e, nin);
	of.sketch = in.sketch = m.sketch;
	if (e->self)
		m.repeat = xcalloc(nof, sizeof *m.repeat);
	if (!e->self) {
		in.each = insert;
		in.arg = &m;
		echo_walk(&in);
	}
	of.each = hold_against;
	of.arg = &m;
	echo_walk(&of);
	report_repeats(&m);
	meeting_release(&m);
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
	{"at", "of, in", "with contains: what is reported, the unit (default) or the words that were found in <in>; the note points to the"
	    " other"},
	{"of", "element", "what is looked for: scope, unit (block, sentence, quotation, or match, which holds terms or patterns), first"
	    " (only so many), least (where there are fewer, nothing is compared), quotations (direct: those of whole sentences only), apart (separator: blocks that a separator parts"
	    " may say the same)"},
	{"in", "element", "where: the same attributes; without <in> each unit is held against those before it"},
	{NULL, NULL, NULL}
};
static const char *const placeholders[] = {"words", "block", "how", "where", "other", NULL};

const struct check check_echo = {
	.name = "echo",
	.doc = "Words of one part of the article must, or must not, come again in another; without <in>, the same words that come"
	    " several times are one finding, and its notes show where. Case, quotation marks, dashes and blanks"
	    " do not count. What <of> names is reported, the note points to the other place. {words} is how many words it has, {block} where it stands, {how}"
	    " says ' word for word', ' nearly word for word' or ' in large part', {where} what the text has instead.",
	.params = params,
	.placeholders = placeholders,
	.note = "the same words are here",
	.compile = echo_compile,
	.run = echo_run,
};
