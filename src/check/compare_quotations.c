/* Quoted words that are not those that were quoted.
 *
 * All words that the original quotes lie in one list, quotation after quotation.  For each quotation of ours the place in that list is
 * looked for that shares most pairs of words with it, and the two are compared word by word there: "We'll never leave" beside "We will
 * never leave".  A part of what was said may be quoted, and words may be left out where an ellipsis or a bracket says so; what may not be is
 * another word, or one more, or one less in silence.  Words that the original says in its own voice and ours puts in quotation marks are
 * nobody's words. */
#include "check/compare.h"

#include "alike.h"
#include "hunks.h"
#include "util/arena.h"
#include "util/hash.h"

#include <stdlib.h>
#include <string.h>

enum { MIN_WORDS = 4, PROSE_WORDS = 6, MARGIN = 6, PAIRS_AT = 64, RUN = 4 };

/* A list of words with a table of its pairs: hash of two words to their places. */
struct quoted_words {
	struct copy_words w;
	struct pair { uint64_t hash; uint32_t at; } *pairs;	/* sorted */
	size_t npairs;
	uint64_t *runs;			/* an open table of its runs of RUN words */
	size_t mask;
};

static int
by_hash(const void *x, const void *y)
{
	const struct pair *a = x, *b = y;

	if (a->hash != b->hash)
		return a->hash < b->hash ? -1 : 1;
	return a->at < b->at ? -1 : a->at > b->at;
}

static uint64_t
pair_hash(const uint64_t *w)
{
	return hash_mix(w[0] * 31 + w[1]);
}

static void
index_pairs(struct check_ctx *c, struct quoted_words *q)
{
	q->pairs = ARENA_ARRAY(c->arena, struct pair, (size_t)q->w.n + 1);
	for (uint32_t i = 0; i + 1 < q->w.n; i++)
		q->pairs[q->npairs++] = (struct pair){ pair_hash(q->w.hash + i), i };
	if (q->npairs > 1)
		qsort(q->pairs, q->npairs, sizeof *q->pairs, by_hash);
}

static size_t
run_slot(const struct quoted_words *q, const uint64_t *w)
{
	uint64_t h = hash_bytes(w, RUN * sizeof *w, HASH_INIT) | 1;
	size_t i = h & q->mask;

	while (q->runs[i] != 0 && q->runs[i] != h)
		i = (i + 1) & q->mask;
	return i;
}

static void
index_runs(struct check_ctx *c, struct quoted_words *q)
{
	q->mask = 15;
	while (q->mask < (size_t)q->w.n * 2)
		q->mask = q->mask * 2 + 1;
	q->runs = arena_alloc(c->arena, (q->mask + 1) * sizeof *q->runs);
	for (uint32_t i = 0; i + RUN <= q->w.n; i++)
		q->runs[run_slot(q, q->w.hash + i)] = hash_bytes(q->w.hash + i, RUN * sizeof *q->w.hash, HASH_INIT) | 1;
}

/* Does every run of our words i..z stand there?  Then they are quoted right, wherever: a story may quote much the same twice. */
static bool
all_runs(const struct quoted_words *q, const struct copy_words *ours, uint32_t i, uint32_t z)
{
	for (; i + RUN <= z; i++)
		if (q->runs[run_slot(q, ours->hash + i)] == 0)
			return false;
	return true;
}

static const struct pair *
find_pair(const struct quoted_words *q, uint64_t h)
{
	size_t lo = 0, hi = q->npairs;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (q->pairs[mid].hash < h)
			lo = mid + 1;
		else
			hi = mid;
	}
	return &q->pairs[lo];
}

/* All that the article quotes. */
static void
take_quoted(struct check_ctx *c, struct original *o, struct quoted_words *q)
{
	struct analysis *an = &o->analysis;
	struct copy_words all = { .n = 0 };
	uint32_t k = 0;

	analysis_quotations(an);
	copy_words_take(&all, &o->article, ~(kind_set)0);
	/* in place: what is not quoted goes */
	for (uint32_t i = 0; i < all.n; i++)
		if (analysis_quoted(an, all.at[i])) {
			all.at[k] = all.at[i];
			all.hash[k] = all.hash[i];
			all.block[k++] = all.block[i];
		}
	all.n = k;
	q->w = all;
	index_pairs(c, q);
	index_runs(c, q);
}

static void
take_all(struct check_ctx *c, const struct article *a, struct quoted_words *q)
{
	copy_words_take(&q->w, a, ~(kind_set)0);
	index_pairs(c, q);
	index_runs(c, q);
}

/* The place in `q` where our words i..z lie best: their first word would be at *at.  How many pairs agree. */
static uint32_t
best_place(struct check_ctx *c, const struct quoted_words *q, const struct copy_words *ours, uint32_t i, uint32_t z, int64_t *at)
{
	struct votes { int64_t at; uint32_t n; } *v;
	uint32_t most = 0;
	size_t size = 16, met = 0;

	while (size < (size_t)(z - i) * 8)
		size *= 2;
	v = arena_alloc(c->arena, size * sizeof *v);
	for (uint32_t k = i; k + 1 < z; k++) {
		const struct pair *p = find_pair(q, pair_hash(ours->hash + k));
		size_t seen = 0;

		for (; p < q->pairs + q->npairs && p->hash == pair_hash(ours->hash + k) && seen < PAIRS_AT; p++, seen++) {
			/* words left out shift what follows: places near one another vote together */
			int64_t place = (int64_t)p->at - (k - i);
			size_t s = hash_mix((uint64_t)(place >> 3) + 7) & (size - 1);

			while (v[s].n != 0 && v[s].at >> 3 != place >> 3)
				s = (s + 1) & (size - 1);
			if (v[s].n == 0 && ++met >= size - 1)
				return most;
			if (v[s].n == 0)
				v[s].at = place;
			if (++v[s].n > most) {
				most = v[s].n;
				*at = v[s].at;
			}
		}
	}
	return most;
}

/* Is there something between or beside the words that says that they were cut or put in: an ellipsis, a bracket, a dash that breaks off? */
static bool
is_marked(const struct text *t, struct range around)
{
	for (uint32_t i = around.a; i < around.z; i++)
		if (t->s[i] == '[' || t->s[i] == ']' || t->s[i] == '(' || t->s[i] == ')' || (t->s[i] == '.' && i + 1 < around.z && t->s[i + 1] == '.') ||
		    (around.z - i >= 3 && memcmp(t->s + i, "\xe2\x80\xa6", 3) == 0) || t->s[i] == '"')
			return true;
	return false;
}

struct quoting {
	struct check_ctx *c;
	const struct copy_words *ours;	/* the words of our quotation */
	struct range at;
	const struct copy_words *theirs;
	const struct quoted_words *all;	/* of the original, quoted or not */
};

/* The words that differ from what was quoted stand so in the original, with those around them: marks are missing or are read otherwise on
 * one side, and nobody's words were changed. */
static bool
is_verbatim(const struct quoting *q, const struct hunk *h)
{
	uint32_t i = h->b0 > RUN - 1 ? h->b0 - (RUN - 1) : 0, z = h->b1 + RUN - 1 < q->ours->n ? h->b1 + RUN - 1 : q->ours->n;

	return z - i >= RUN && all_runs(q->all, q->ours, i, z);
}

static void
report(const struct quoting *q, struct range ours, struct range theirs, const char *problem, enum certainty certainty)
{
	const struct article *original = &q->c->comparison->original->article;
	struct report_note note = compare_note(q->c, theirs);
	struct report r = { .at = ours, .certainty = certainty, .notes = &note, .nnotes = 1 };

	report_said(&r, "problem", problem);
	report_arg(&r, "original", text_at(&original->text, theirs), range_len(theirs));
	check_report(q->c, &r);
}

static struct range
whole(const struct copy_words *w, uint32_t i, uint32_t z)
{
	return (struct range){ w->at[i].a, w->at[z - 1].z };
}

/* One place where the quotation differs from what was quoted.  Words of the original before its first and behind its last are not
 * there: a part may be quoted. */
static void
difference(const struct quoting *q, const struct hunk *h, uint32_t from)
{
	const struct article *theirs = &q->c->comparison->original->article;
	const struct text *t = &q->c->article->text;
	uint32_t a0 = h->a0 + from, a1 = h->a1 + from;
	struct range around = { h->b0 > 0 ? q->ours->at[h->b0 - 1].z : q->at.a, h->b1 < q->ours->n ? q->ours->at[h->b1].a : q->at.z };
	struct range ours, was;
	const char *words;

	if (is_marked(t, around) || is_verbatim(q, h))
		return;
	if (h->b0 == h->b1) {
		/* what is left out across the end of a quotation is what the reporter says in between */
		if (is_marked(&theirs->text, (struct range){ q->theirs->at[a0 - 1].z, q->theirs->at[a1].a }) ||
		    q->theirs->block[a0 - 1] != q->theirs->block[a1] ||
		    !analysis_quoted(&q->c->comparison->original->analysis, (struct range){ q->theirs->at[a0 - 1].a, q->theirs->at[a1].z }))
			return;
		ours = (struct range){ around.a, around.a };
		was = whole(q->theirs, a0, a1);
		words = arena_printf(q->c->arena, "'%s' is left out of the quotation without a mark",
		    compare_excerpt(q->c, theirs, was));
		report(q, ours, was, words, SURE);
		return;
	}
	ours = whole(q->ours, h->b0, h->b1);
	/* what the original does not quote in one piece: a mark that is missing on either side, and not another word */
	if (a0 < a1 && !analysis_quoted(&q->c->comparison->original->analysis, whole(q->theirs, a0, a1)))
		return;
	was = a0 < a1 ? whole(q->theirs, a0, a1) : (struct range){ q->theirs->at[a0 > 0 ? a0 - 1 : 0].z, q->theirs->at[a0 > 0 ? a0 - 1 : 0].z };
	if (a0 == a1)
		words = arena_printf(q->c->arena, "'%s' is not in what the original quotes", compare_excerpt(q->c, q->c->article, ours));
	else
		words = arena_printf(q->c->arena, "'%s' is quoted, where the original quotes '%s'", compare_excerpt(q->c, q->c->article, ours),
		    compare_excerpt(q->c, theirs, was));
	/* at its ends, more may have been said than the original quotes */
	report(q, ours, was, words, a0 == a1 && (h->b0 == 0 || h->b1 == q->ours->n) ? LIKELY : SURE);
}

static unsigned
first_letter(const struct article *a, struct range word)
{
	unsigned cp = 0;

	word_fold(a->text.s, word, &cp, 1);
	return cp;
}

/* Where the words begin that stand in the place of ours, which are fewer. */
static uint32_t
begins_alike(const struct quoting *q, const struct hunk *h, uint32_t from)
{
	const struct article *theirs = &q->c->comparison->original->article;
	uint32_t at = h->a1 - (h->b1 - h->b0);

	for (uint32_t i = at; i > h->a0 && at - i <= 2; i--)
		if (first_letter(theirs, q->theirs->at[from + i - 1]) == first_letter(q->c->article, q->ours->at[h->b0]))
			return i - 1;
	return at;
}

/* Our quotation beside the stretch of the original's quoted words in which it lies.  false: it is another quotation. */
static bool
beside(struct quoting *q, const struct quoted_words *theirs, int64_t place)
{
	const struct copy_words *w = &theirs->w;
	int64_t from = place - MARGIN, to = place + q->ours->n + q->ours->n / 4 + 2 * MARGIN;
	struct hunks h = { NULL, 0, 0 };
	uint32_t n, differing = 0;
	bool same;

	from = from < 0 ? 0 : from;
	to = to > w->n ? w->n : to;
	n = (uint32_t)(to - from);
	hunks_find(&h, w->hash + from, n, q->ours->hash, q->ours->n);
	for (size_t i = 0; i < h.n; i++)
		differing += h.v[i].b1 - h.v[i].b0;
	same = differing * 10 <= q->ours->n * 4u;
	q->theirs = w;
	for (size_t i = 0; same && i < h.n; i++) {
		struct hunk *k = &h.v[i];
		bool first = k->b0 == 0, last = k->b1 == q->ours->n;

		if (k->b0 == k->b1 && (first || last || k->a0 == 0 || k->a1 == n))
			continue;		/* before or behind the part that is quoted */
		/* of the margin, as many words stand in the place of ours, or a little more where they begin alike: "We have" for "We've" */
		if (first && k->a1 - k->a0 > k->b1 - k->b0)
			k->a0 = begins_alike(q, k, (uint32_t)from);
		if (last && k->a1 - k->a0 > k->b1 - k->b0)
			k->a1 = k->a0 + (k->b1 - k->b0);
		difference(q, k, (uint32_t)from);
	}
	hunks_release(&h);
	return same;
}

/* Does the original say all of it, and in its own voice? */
static bool
is_prose(struct check_ctx *c, const struct quoted_words *all, const struct copy_words *ours, struct range *at)
{
	struct analysis *an = &c->comparison->original->analysis;
	int64_t place;
	uint32_t k;

	if (ours->n < PROSE_WORDS || best_place(c, all, ours, 0, ours->n, &place) + 1 < ours->n || place < 0)
		return false;
	for (k = 0; k < ours->n && place + k < all->w.n && all->w.hash[place + k] == ours->hash[k]; k++)
		if (analysis_quoted(an, all->w.at[place + k]))
			return false;
	if (k < ours->n || all->w.block[place] != all->w.block[place + k - 1])
		return false;
	*at = whole(&all->w, (uint32_t)place, (uint32_t)place + k);
	return true;
}

static void
one_quotation(struct check_ctx *c, const struct quotation *quotation, const struct quoted_words *quoted, const struct quoted_words *all)
{
	struct copy_words ours = { .n = 0 };
	struct quoting q = { .c = c, .ours = &ours, .at = quotation->inside, .all = all };
	struct words words = words_of(&c->article->text, quotation->inside);
	struct word word;
	int64_t place = 0;
	struct range at;

	/* few words: they are taken one by one, by the block that they stand in */
	while (words_next(&words, &word))
		copy_words_push(&ours, &word, quotation->block);
	if (ours.n >= MIN_WORDS && !all_runs(quoted, &ours, 0, ours.n) && !(best_place(c, quoted, &ours, 0, ours.n, &place) >= 2 && beside(&q, quoted, place)) &&
	    is_prose(c, all, &ours, &at))
		report(&q, quotation->inside, at, "words in quotation marks that the original says in its own voice", LIKELY);
	copy_words_release(&ours);
}

void
compare_quotations(struct check_ctx *c)
{
	struct quoted_words quoted = { .npairs = 0 }, all = { .npairs = 0 };
	struct analysis *an = c->analysis;

	analysis_quotations(an);
	if (an->nquotations == 0)
		return;
	take_quoted(c, c->comparison->original, &quoted);
	take_all(c, &c->comparison->original->article, &all);
	for (size_t i = 0; i < an->nquotations; i++)
		if (an->quotations[i].level == 0)
			one_quotation(c, &an->quotations[i], &quoted, &all);
	copy_words_release(&quoted.w);
	copy_words_release(&all.w);
}
