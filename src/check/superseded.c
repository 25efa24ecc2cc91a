/* The check `superseded`: what a note takes back must not stand in the text any more.
 *
 *	<superseded in="lead paragraph">
 *	  <pair scope="correction"><pattern>, not\b</pattern></pair>			"in Dodoma, not Dar es Salaam"
 *	  <pair scope="correction" first="was"><pattern>rather than\b</pattern></pair>	"incorrectly said 12 ships rather than 14"
 *	</superseded>
 *
 * A pair is found by what stands between its two sides, or by the groups `was` and `now` of its pattern.  Of each side counts
 * the name or the number that lies nearest: a number with the word that it counts, since 12 alone stands for many things.  The text
 * is read once a pair, by words; of many pairs the first PAIRS_MOST. */
#include "check/superseded.h"

#include "analysis/analysis.h"
#include "util/arena.h"
#include "util/rx.h"
#include "util/xml.h"

#include <string.h>

enum {
	PAIRS_MOST = 12,
	COUNTED_WITHIN = 3,		/* words between a number and what it counts: "12 large cargo ships" */
	AGAIN_MOST = 4,
};

struct pair_of {
	const struct finder *finder;
	const char *lang;		/* NULL: any */
	bool was_first;
};
struct superseded {
	struct pair_of *pairs;
	size_t n;
	kind_set in;
};

/* ---- compile ---- */

static void *
compile(struct rule_build *b, const struct node *el)
{
	struct superseded *d = ARENA_NEW(rule_arena(b), struct superseded);
	const struct node *child;
	size_t count = 0;
	bool good = true;

	rule_known_attrs(b, el, "in");
	rule_known_children(b, el, "pair");
	d->in = rule_attr_scope(b, el, "in", kind_set_group(GROUP_BODY));
	for (child = el->first; child != NULL; child = child->next)
		count += strcmp(child->name, "pair") == 0;
	if (count == 0) {
		rule_error(b, el, NULL, "'superseded' without <pair>, expected what tells a pair of what was said and what is right");
		return NULL;
	}
	d->pairs = ARENA_ARRAY(rule_arena(b), struct pair_of, count);
	for (child = el->first; child != NULL; child = child->next) {
		struct pair_of *p = &d->pairs[d->n];
		int first;

		if (strcmp(child->name, "pair") != 0)
			continue;
		rule_known_attrs(b, child, "first lang scope quoted block part agency field kind trigger");
		first = rule_attr_choice(b, child, "first", "now was", 0);
		p->lang = rule_attr(b, child, "lang", NULL);
		p->was_first = first == 1;
		p->finder = rule_finder(b, child, "pair");
		if (first < 0 || p->finder == NULL)
			good = false;
		else
			d->n++;
	}
	return good ? d : NULL;
}

/* ---- the text ---- */

static bool
same_thing(const struct check_ctx *c, const struct token *a, const struct token *b)
{
	const char *s = c->article->text.s;

	return a->hash == b->hash || (range_len(a->at) > 3 && range_len(b->at) > 3 && words_kin(s, a->at, s, b->at));
}

/* Do the core's words stand here, of which `t` is the first?  `before` is the word before it. */
static bool
stands_here(const struct check_ctx *c, const struct core *core, struct reading r, struct token t, const struct token *before,
    bool title, struct range *at)
{
	uint32_t start = t.at.a;
	size_t i = 0;

	for (;;) {
		if (t.number != core->t[i].number || t.hash != core->t[i].hash || (core->t[i].capital && !t.capital))
			return false;
		*at = (struct range){ start, t.at.z };
		if (++i == core->n)
			break;
		if (!superseded_next(&r, &t) || t.parted)
			return false;
	}
	if (core->counts < 0)
		return before != NULL && !t.parted && before->hash == core->beside.hash;
	if (core->counts > 0) {
		for (int k = 0; k < COUNTED_WITHIN; k++) {
			if (!superseded_next(&r, &t) || t.parted)
				return false;
			if (same_thing(c, &t, &core->beside))
				return true;
		}
		return false;
	}
	/* "Orlando" is no part of "Orlando Sentinel"; in a title all words have capitals */
	return core->n > 1 || core->has_number || title || !superseded_next(&r, &t) || t.parted || !t.capital ||
	    memchr(r.w.s + at->z, '.', t.at.a - at->z) != NULL;
}

struct found { struct range at[1 + AGAIN_MOST]; size_t n; };

/* Where the core stands in the text; `quoted` too: also among words that somebody said. */
static void
look_for(struct check_ctx *c, const struct superseded *d, const struct core *core, bool quoted, struct found *out)
{
	const struct article *a = c->article;

	out->n = 0;
	for (size_t i = 0; i < a->nblocks && out->n < sizeof out->at / sizeof out->at[0]; i++) {
		const struct block *b = &a->blocks[i];
		bool title = (KIND(b->kind) & kind_set_group(GROUP_HEAD)) != 0 || b->kind == BLOCK_CROSSHEAD;
		struct reading r = superseded_read(c, b->at);
		struct token t, before;
		bool first = true;

		if ((KIND(b->kind) & d->in) == 0)
			continue;
		for (; out->n < sizeof out->at / sizeof out->at[0] && superseded_next(&r, &t); before = t, first = false) {
			struct range at;

			if (t.hash == core->t[0].hash && stands_here(c, core, r, t, first ? NULL : &before, title, &at) &&
			    (quoted || !analysis_quoted(c->analysis, at)))
				out->at[out->n++] = at;
		}
	}
}

/* Does any word that tells the core from the other one stand in the text? */
static bool
stands_somewhere(struct check_ctx *c, const struct superseded *d, const struct core *core, const struct core *other)
{
	struct found f;

	if (core->n == 1) {
		look_for(c, d, core, true, &f);
		return f.n != 0;
	}
	for (size_t i = 0; i < core->n; i++) {
		struct core one = { .n = 1, .has_number = core->t[i].number };
		bool shared = false;

		for (size_t k = 0; k < other->n; k++)
			shared |= other->t[k].hash == core->t[i].hash;
		/* where numbers differ, what they count does not */
		if (shared || (core->has_number && other->has_number ? !core->t[i].number : !core->t[i].capital))
			continue;
		one.t[0] = core->t[i];
		if (one.has_number && i > 0) {
			one.beside = core->t[i - 1];
			one.counts = -1;
		} else if (one.has_number && i + 1 < core->n) {
			one.beside = core->t[i + 1];
			one.counts = 1;
		}
		look_for(c, d, &one, true, &f);
		if (f.n != 0)
			return true;
	}
	return false;
}

/* Are the words of the one a part of the other: "Dakota" of "North Dakota"? */
static bool
is_part_of(const struct core *one, const struct core *all)
{
	for (size_t from = 0; from + one->n <= all->n; from++) {
		size_t i = 0;

		while (i < one->n && one->t[i].hash == all->t[from + i].hash)
			i++;
		if (i == one->n)
			return true;
	}
	return false;
}

/* Does the core prove something where it stands?  A small number that counts nothing, or a year, stands for many things. */
static bool
tells(const struct check_ctx *c, const struct core *core)
{
	const struct token *t = &core->t[0];

	if (core->n > 1 || !core->has_number)
		return core->n > 1 || range_len(t->at) > 2;
	return core->counts != 0 || t->sign || range_len(t->at) > 4 || memchr(text_at(&c->article->text, t->at), '.', range_len(t->at)) != NULL;
}

/* Of "14 Schiffe" that takes the place of 12 the number alone. */
static struct range
core_in_place_of(const struct core *core, const struct core *other)
{
	for (size_t i = 0; other->n == 1 && other->has_number && i < core->n; i++)
		if (core->t[i].number)
			return core->t[i].at;
	return (struct range){ core->t[0].at.a, core->t[core->n - 1].at.z };
}

/* A day or month alone stands in most stories, for whatever happened then. */
static bool
is_day(const struct check_ctx *c, const struct core *core)
{
	const struct language *l = facts_language(c->lang);
	const char *s = text_at(&c->article->text, core->t[0].at);
	size_t n = range_len(core->t[0].at);

	return core->n == 1 && (facts_number(l, LIST_WEEKDAYS, s, n) != 0 || facts_number(l, LIST_MONTHS, s, n) != 0);
}

static struct range
core_range(const struct core *core)
{
	return (struct range){ core->t[0].at.a, core->t[core->n - 1].at.z };
}

static void
report_pair(struct check_ctx *c, const struct superseded *d, const struct core *was, const struct core *now)
{
	const struct text *text = &c->article->text;
	struct report_note notes[1 + AGAIN_MOST];
	struct report r = { .certainty = SURE, .notes = notes };
	struct range right = now->n != 0 ? core_in_place_of(now, was) : (struct range){ 0, 0 };
	const char *expected, *problem;
	struct found f;

	if (now->n != 0 && is_part_of(was, now))
		return;
	look_for(c, d, was, false, &f);
	if (f.n == 0)
		return;
	if (now->n == 0)
		r.certainty = was->has_number || !tells(c, was) ? WEAK : LIKELY;
	else if (!tells(c, was) || stands_somewhere(c, d, now, was))
		r.certainty = WEAK;
	else if (is_day(c, was))
		r.certainty = LIKELY;
	r.at = f.at[0];
	notes[0] = (struct report_note){ .at = core_range(was) };
	for (r.nnotes = 1; r.nnotes < f.n; r.nnotes++)
		notes[r.nnotes] = (struct report_note){ .at = f.at[r.nnotes], .message = "again here" };
	expected = now->n == 0 ? "what is right" :
	    arena_printf(c->arena, "'%.*s'", (int)range_len(right), text_at(text, right));
	problem = r.certainty == WEAK ? "may be what a note takes back" : "still stands here, though a note takes it back";
	report_arg(&r, "problem", problem, strlen(problem));
	report_arg(&r, "expected", expected, strlen(expected));
	if (now->n != 0 && r.certainty == SURE)
		report_arg(&r, "now", text_at(text, right), range_len(right));
	check_report(c, &r);
}

/* ---- run ---- */

/* What stands before and behind a hit in its sentence. */
static void
sides_of(struct check_ctx *c, const struct hit *h, struct range *before, struct range *behind)
{
	struct range s = analysis_sentence_at(c->analysis, h->at.a);

	if (s.a == s.z)
		s = c->article->blocks[h->block].at;
	*before = (struct range){ s.a, h->at.a };
	*behind = (struct range){ h->at.z, s.z > h->at.z ? s.z : h->at.z };
}

/* A side that the pattern names itself, from its beginning to the end of its sentence; false: it has no such group. */
static bool
named_side(struct check_ctx *c, const struct hit *h, const char *name, struct range *at)
{
	const struct range *groups = hit_groups(h);
	int g = groups != NULL ? rx_group_number(hit_pattern(h)->rx, name) : -1;
	struct range s;

	*at = (struct range){ 0, 0 };
	if (g < 0)
		return false;
	if (groups[g].a == UINT32_MAX)
		return true;
	*at = groups[g];
	s = analysis_sentence_at(c->analysis, at->a);
	if (s.z > at->a)
		at->z = s.z;
	return true;
}

static void
look_at_pair(struct check_ctx *c, const struct pair_of *p, const struct hit *h, struct core *was, struct core *now)
{
	struct range before, behind, was_at, now_at;
	bool was_named, now_named;
	struct side side;

	memset(was, 0, sizeof *was);
	memset(now, 0, sizeof *now);
	sides_of(c, h, &before, &behind);
	was_named = named_side(c, h, "was", &was_at);
	now_named = named_side(c, h, "now", &now_at);
	if (was_named || !p->was_first) {
		superseded_side(c, was_named ? was_at : behind, false, &side);
		if (!superseded_first(&side, was))
			return;
	} else {
		/* a number is where the right one is: look at that first */
		superseded_side(c, now_named ? now_at : behind, false, &side);
		if (!superseded_first(&side, now))
			return;
		superseded_side(c, before, true, &side);
		if (!superseded_last(&side, now->has_number, was)) {
			was->n = 0;
			return;
		}
	}
	if (now->n == 0 && (now_named || p->was_first)) {
		superseded_side(c, now_named ? now_at : behind, false, &side);
		if (!superseded_first(&side, now))
			now->n = 0;
	} else if (now->n == 0) {
		superseded_side(c, before, true, &side);
		if (!superseded_last(&side, was->has_number, now))
			now->n = 0;
	}
	/* "the number of ships as 12" */
	if (was->n == 1 && was->has_number && named_side(c, h, "counted", &before) && range_len(before) != 0) {
		superseded_side(c, before, false, &side);
		was->beside = side.t[0];
		was->counts = side.n != 0 ? 1 : 0;
	}
	if (now->n != 0)
		superseded_share(was, now);
	else if (!now_named)
		was->n = 0;	/* "the director, not Roth, spoke": who is right cannot be told, nor whether anything was wrong */
}

static void
run(struct check_ctx *c, const void *data)
{
	const struct superseded *d = data;
	struct range seen[PAIRS_MOST];
	size_t nseen = 0;

	for (size_t i = 0; i < d->n; i++) {
		const struct pair_of *p = &d->pairs[i];
		const struct hit *hits;
		size_t n;

		if (p->lang != NULL && (strncmp(c->lang, p->lang, strlen(p->lang)) != 0 ||
		    (c->lang[strlen(p->lang)] != '\0' && c->lang[strlen(p->lang)] != '-')))
			continue;
		hits = check_hits(c, p->finder, &n);
		for (size_t k = 0; k < n && nseen < PAIRS_MOST; k++) {
			struct core was, now;
			size_t j = 0;

			if (hits[k].block == UINT32_MAX)
				continue;
			look_at_pair(c, p, &hits[k], &was, &now);
			if (was.n == 0)
				continue;
			while (j < nseen && seen[j].a != was.t[0].at.a)
				j++;
			if (j < nseen)
				continue;
			seen[nseen++] = core_range(&was);
			report_pair(c, d, &was, &now);
		}
	}
}

static const struct param_doc params[] = {
	{ "in", "kinds of blocks", "where what was taken back must not stand; default: body" },
	{ "<pair>", "finder", "what stands between what is right and what was said, or a pattern with groups named was and now" },
	{ "first", "now, was", "of <pair>: which side stands before what is found; default: now" },
	{ "lang", "language", "of <pair>: only in articles of this language" },
	{ NULL, NULL, NULL }
};
static const char *const placeholders[] = { "expected", "problem", "now", NULL };

const struct check check_superseded = {
	.name = "superseded",
	.doc = "What a note takes back must not stand in the text any more.  Of both sides the nearest name or number counts, of five"
	    " words at most; a number with the word that it counts.  Sure where the text has what was taken back and not what is right,"
	    " likely where the note does not say what is right or takes back a mere day, weak where the text has both or a bare number.  What"
	    " stands in quotation marks may stay.  {problem} says how sure it is, {expected} what is right, {now} its words where that is sure.",
	.params = params,
	.placeholders = placeholders,
	.note = "the note is here",
	.compile = compile,
	.run = run,
};
