/* What two stories have in common.
 *
 * Runs of six units of the one lie in a table; the other is read once, and where its next six stand in the table, the longest of the runs that
 * begin so is taken. */
#include "analysis/overlap.h"

#include "alike.h"
#include "analysis/digest.h"
#include "util/hash.h"
#include "util/xmalloc.h"

#include <stdlib.h>
#include <string.h>

enum {
	GRAM = 6,
	CHAIN = 16,			/* places of equal runs that are tried: beyond, a text repeats itself */
	LONG_PARAGRAPH = 20,		/* words: is not written twice by chance */
	SPOKEN = 20,			/* one in so many words of it must be the story's own: "...", she said */
	TELLING = 50, TELLING_RUN = 20,
};
static const double MUCH = 0.3;		/* of a story: then furniture counts too, being most of what is shared */

void
overlap_init(struct overlap *o)
{
	memset(o, 0, sizeof *o);
}

void
overlap_release(struct overlap *o)
{
	free(o->v);
	free(o->table);
	free(o->next);
	free(o->seen);
	overlap_init(o);
}

/* ---- runs ---- */

static uint64_t
gram(const struct copy_words *w, uint32_t i)
{
	uint64_t h = HASH_INIT;

	for (uint32_t k = i; k < i + GRAM; k++)
		h = (h ^ w->hash[k]) * 0xff51afd7ed558ccdull;
	return hash_mix(h);
}

/* Chains go backwards: the first of equal runs is met last, and so wins where several are as long. */
static size_t
fill(struct overlap *o, const struct copy_words *w)
{
	size_t size = 64;

	while (size < (size_t)w->n * 2)
		size *= 2;
	if (size > o->captable) {
		o->captable = size;
		o->table = xrealloc(o->table, size * sizeof *o->table);
	}
	if (w->n > o->capnext) {
		o->capnext = w->n;
		o->next = xrealloc(o->next, o->capnext * sizeof *o->next);
	}
	memset(o->table, 0, size * sizeof *o->table);
	for (uint32_t i = 0; i + GRAM <= w->n; i++) {
		uint32_t *slot = &o->table[gram(w, i) & (size - 1)];

		o->next[i] = *slot;
		*slot = i + 1;
	}
	return size - 1;
}

struct sides {
	const struct passage *a, *b;
	const struct text *ta, *tb;
};

static uint32_t
same_from(const struct sides *s, uint32_t i, uint32_t j)
{
	const struct copy_words *x = &s->a->words, *y = &s->b->words;
	uint32_t n = 0;

	while (i + n < x->n && j + n < y->n && x->hash[i + n] == y->hash[j + n] &&
	    words_same(s->ta->s, x->at[i + n], s->tb->s, y->at[j + n]))
		n++;
	return n;
}

static void
measure(struct shared_words *r, const struct sides *s)
{
	uint32_t halves = 0, free = 0;

	for (uint32_t k = 0; k < r->n; k++) {
		uint8_t m = s->a->marks[r->a + k] | s->b->marks[r->b + k];
		uint32_t weight = m & UNIT_CHARACTER ? 1 : 2;

		halves += weight;
		free += m & UNIT_QUOTED ? 0 : weight;
	}
	r->words = halves / 2;
	r->unquoted = free / 2;
}

/* Is there a whole sentence in the run, in both of the two? */
static bool
has_sentence(const struct sides *s, const struct shared_words *r)
{
	uint32_t from = UINT32_MAX;

	for (uint32_t k = 0; k < r->n; k++) {
		uint8_t both = s->a->marks[r->a + k] & s->b->marks[r->b + k];

		if (both & UNIT_BEGINS)
			from = k;
		if (both & UNIT_ENDS && from != UINT32_MAX && passage_words(s->b, r->b + from, r->b + k + 1, true) >= SHARED_LEAST)
			return true;
	}
	return false;
}

void
overlap_find(struct overlap *o, const struct passage *a, const struct text *ta, const struct passage *b, const struct text *tb)
{
	struct sides s = { a, b, ta, tb };
	size_t mask = fill(o, &a->words);
	uint32_t j = 0;

	o->n = 0;
	while (j + GRAM <= b->words.n) {
		struct shared_words best = { .b = j };
		unsigned tried = 0;

		for (uint32_t i = o->table[gram(&b->words, j) & mask]; i != 0 && tried < CHAIN; i = o->next[i - 1]) {
			uint32_t n = same_from(&s, i - 1, j);

			tried += n >= GRAM;
			if (n >= best.n) {
				best.n = n;
				best.a = i - 1;
			}
		}
		if (best.n >= GRAM) {
			measure(&best, &s);
			if (best.words >= SHARED_LEAST) {
				XPUSH(o->v, o->n, o->cap) = best;
				j += best.n;
				continue;
			}
		}
		j++;
	}
}

/* ---- furniture ---- */

/* Units of a that are shared, each once. */
static uint32_t
covered(struct overlap *o, const struct passage *a)
{
	uint32_t n = 0;

	if (a->words.n > o->capseen) {
		o->capseen = a->words.n;
		o->seen = xrealloc(o->seen, o->capseen);
	}
	if (a->words.n != 0)
		memset(o->seen, 0, a->words.n);
	for (size_t i = 0; i < o->n; i++)
		for (uint32_t k = 0; k < o->v[i].n; k++)
			if (!o->seen[o->v[i].a + k]) {
				o->seen[o->v[i].a + k] = 1;
				n++;
			}
	return n;
}

/* Of the shorter of the two, how much stands in the other. */
static double
containment(struct overlap *o, const struct passage *a, const struct passage *b)
{
	uint32_t n = 0;

	if (a->words.n <= b->words.n)
		return a->words.n != 0 ? (double)covered(o, a) / a->words.n : 0;
	for (size_t i = 0; i < o->n; i++)
		n += o->v[i].n;
	return b->words.n != 0 ? (double)n / b->words.n : 0;
}

static size_t
paragraph_of(const struct passage *p, size_t k, uint32_t unit)
{
	while (p->paragraphs[k].end <= unit)
		k++;
	return k;
}

/* "Sign up for our newsletter, and we will ..." */
static bool
speaks_to_reader(const struct copy_words *w, uint32_t i, uint32_t z, const struct text *t, const struct language *l)
{
	const char *const *cues = facts_list(l, LIST_BOILERPLATE_CUES);
	const char *end = t->s + w->at[z - 1].z;
	bool reader = false, cue = false;

	for (; i < z && !(reader && cue); i++) {
		const char *s = t->s + w->at[i].a;
		size_t n = range_len(w->at[i]);

		reader = reader || (n < 16 && facts_in_list(l, LIST_READER_WORDS, s, n));
		for (const char *const *c = cues; !cue && *c != NULL; c++)
			cue = facts_begins(l, *c, s, end) != 0;
	}
	return reader && cue;
}

void
overlap_set_aside(struct overlap *o, const struct passage *a, const struct passage *b, const struct text *tb, const struct language *l,
    bool (*is_common)(const void *arg, uint64_t key), const void *arg)
{
	struct sides s = { a, b, NULL, NULL };
	struct shared_words *old = o->v;
	size_t n = o->n, k = 0, p = 0;
	bool little = containment(o, a, b) < MUCH;

	o->v = NULL;
	o->n = o->cap = 0;
	for (size_t i = 0; i < n; i++) {
		uint32_t end = old[i].b + old[i].n, at = old[i].b;

		while (at < end) {
			const struct paragraph *g = &b->paragraphs[k = paragraph_of(b, k, at)];
			uint32_t to = g->end < end ? g->end : end;
			struct shared_words r = { .a = old[i].a + (at - old[i].b), .b = at, .n = to - at };
			unsigned prints = 0, common = 0;

			for (; p < b->nprints && b->prints[p].unit < to; p++)
				if (b->prints[p].unit >= at && is_common != NULL) {
					prints++;
					common += is_common(arg, print_key(b->prints[p].hash));
				}
			r.common = (common != 0 && common * 2 >= prints) || (is_common != NULL && at == g->first && to == g->end &&
			    is_common(arg, paragraph_key(g->hash))) || (little && speaks_to_reader(&b->words, at, to, tb, l));
			r.sentence = has_sentence(&s, &r);
			measure(&r, &s);
			XPUSH(o->v, o->n, o->cap) = r;
			at = to;
		}
	}
	free(old);
}

/* ---- the sum ---- */

static bool
is_paragraph(const struct passage *p, uint32_t first, uint32_t n)
{
	size_t lo = 0, hi = p->nparagraphs;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (p->paragraphs[mid].first < first)
			lo = mid + 1;
		else
			hi = mid;
	}
	/* those that are no prose have no units */
	while (lo < p->nparagraphs && p->paragraphs[lo].kind != PARAGRAPH_PROSE && p->paragraphs[lo].first == first)
		lo++;
	return lo < p->nparagraphs && p->paragraphs[lo].first == first && p->paragraphs[lo].end == first + n;
}

/* Whole paragraphs of both. */
static void
count_paragraphs(struct overlap *o, const struct passage *a, const struct passage *b, bool all, struct overlap_sum *sum)
{
	size_t k = 0;

	for (size_t i = 0; i < o->n; i++) {
		const struct shared_words *r = &o->v[i];

		for (; k < b->nparagraphs && b->paragraphs[k].first < r->b + r->n; k++) {
			const struct paragraph *g = &b->paragraphs[k];
			uint32_t words;

			if (g->kind != PARAGRAPH_PROSE || g->first < r->b)
				continue;
			if (g->end > r->b + r->n)
				break;
			if ((r->common && !all) || g->units < PARAGRAPH_LEAST || !is_paragraph(a, r->a + (g->first - r->b), g->units))
				continue;
			sum->paragraphs++;
			words = passage_words(b, g->first, g->end, true);
			if (words >= LONG_PARAGRAPH && b->marks[g->end - 1] & UNIT_ENDS &&
			    passage_words(b, g->first, g->end, false) * SPOKEN >= words)
				sum->whole_paragraph = true;
		}
	}
}

struct overlap_sum
overlap_sum(struct overlap *o, const struct passage *a, const struct passage *b)
{
	struct overlap_sum sum = { .words = 0 };
	uint32_t end = 0, run = 0, own = 0;	/* own: unquoted, of runs with whole sentences */
	bool all;

	sum.containment = containment(o, a, b);
	all = sum.containment >= MUCH;
	for (size_t i = 0; i < o->n; i++) {
		const struct shared_words *r = &o->v[i];

		if (r->common && !all)
			continue;
		sum.words += r->words;
		sum.unquoted += r->unquoted;
		own += r->sentence ? r->unquoted : 0;
		/* pieces of one run */
		run = r->b == end && i != 0 && r->a == o->v[i - 1].a + o->v[i - 1].n ? run + r->words : r->words;
		end = r->b + r->n;
		if (run > sum.longest)
			sum.longest = run;
	}
	count_paragraphs(o, a, b, all, &sum);
	sum.tells = sum.whole_paragraph || (sum.longest >= TELLING_RUN && (all || own >= TELLING));
	return sum;
}
