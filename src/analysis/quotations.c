/* Quotations of an article: which blocks belong together, and what kind each quotation is.
 *
 * The paragraphs of the story are read as one sequence, since a quotation may run on from one to the next; whatever stands
 * between them (a crosshead, a caption, a list) is read by itself and does not break it.  The entries of a list are a sequence
 * too: a paper that is quoted point by point opens each of them, and closes the last. */
#include "analysis/quotations_int.h"

#include "util/utf8.h"
#include "util/xmalloc.h"

#include <stdlib.h>
#include <string.h>

static const kind_set STORY = KIND(BLOCK_LEAD) | KIND(BLOCK_PARAGRAPH) | KIND(BLOCK_BLOCKQUOTE);
static const kind_set ALONE = KIND(BLOCK_HEADLINE) | KIND(BLOCK_SUBHEAD) | KIND(BLOCK_STANDFIRST) | KIND(BLOCK_KICKER) |
    KIND(BLOCK_CROSSHEAD) | KIND(BLOCK_PULL_QUOTE) | KIND(BLOCK_CAPTION) | KIND(BLOCK_CORRECTION) | KIND(BLOCK_EDITOR_NOTE);
/* what a running quotation may step over */
static const kind_set BETWEEN = KIND(BLOCK_CROSSHEAD) | KIND(BLOCK_PULL_QUOTE) | KIND(BLOCK_LIST_ITEM) | KIND(BLOCK_CAPTION) |
    KIND(BLOCK_CREDIT) | KIND(BLOCK_TABLE) | KIND(BLOCK_EMBED) | KIND(BLOCK_SEPARATOR);

/* ---- kinds ---- */

struct shape_of_words {
	unsigned words, capitals, long_lower;
	bool upper_first;
	unsigned last;			/* the last character that is no blank; 'x' for one of a word */
	unsigned end;			/* the last that is no quotation mark either */
};

/* Of a long quotation its ends tell, and the middle is passed over: quotations may be nested as deep as there are marks,
 * and to read each whole would take the square of their number. */
enum { AN_END = 200 };

static void
look_at_words(const char *s, uint32_t a, uint32_t z, struct shape_of_words *w)
{
	uint32_t i = a, start, skip = z - a > 2 * AN_END ? a + AN_END : UINT32_MAX;
	unsigned cp;

	memset(w, 0, sizeof *w);
	while (i < z) {
		if (i >= skip) {
			if (i < z - AN_END)
				for (i = z - AN_END; (s[i] & 0xC0) == 0x80; )
					i++;
			skip = UINT32_MAX;
		}
		if (utf8_word(s + i, s + z) == 0) {
			uint32_t from = i;
			enum glyph ignore;

			i += (uint32_t)utf8_next(s + i, &cp);
			if (!utf8_is_space(cp)) {
				w->last = cp;
				if (mark_glyph(s + from, s + z, &ignore) == 0)
					w->end = cp;
			}
			continue;
		}
		start = i;
		while (i < z) {
			size_t len = utf8_word(s + i, s + z);

			if (len == 0 && !((s[i] == '\'' || s[i] == '-') && i > start))
				break;
			i += (uint32_t)(len != 0 ? len : 1);
		}
		utf8_next(s + start, &cp);
		if (w->words == 0)
			w->upper_first = utf8_is_upper(cp);
		w->words++;
		if (utf8_is_upper(cp))
			w->capitals++;
		else if (i - start > 4)
			w->long_lower++;
		w->last = w->end = 'x';
	}
}

static bool
is_stop(unsigned cp)
{
	return cp == '.' || cp == '!' || cp == '?' || cp == 0x2026 || cp == 0x3002 || cp == 0xff01 || cp == 0xff1f;
}

static enum quotation_kind
kind_of(const struct article *a, const struct quotation *q)
{
	const struct block *b = &a->blocks[q->block];
	struct shape_of_words w;
	bool ends;

	if (b->kind == BLOCK_HEADLINE || b->kind == BLOCK_SUBHEAD || b->kind == BLOCK_CROSSHEAD || b->kind == BLOCK_KICKER)
		return QUOTATION_HEADLINE;
	look_at_words(a->text.s, q->inside.a, q->inside.z, &w);
	/* “We will stay,” she said; „Wir bleiben“, sagte sie */
	ends = is_stop(w.end) || (w.upper_first && (w.end == ',' || (q->closed && q->at.z < b->at.z && a->text.s[q->at.z] == ',')));
	/* "The Harbour: A Story of the Sea," with its stop inside: no longer word without a capital */
	if (w.words >= 6 && w.words <= 24 && w.long_lower == 0 && w.capitals * 2 > w.words && w.capitals < w.words && w.last != '!')
		return QUOTATION_TITLE;
	if (q->continues || q->continued || (w.words >= 6 && ends))
		return QUOTATION_DIRECT;
	if (w.words >= 1 && w.words <= 10 && w.long_lower == 0 && w.capitals * 2 > w.words && !(is_stop(w.last) && w.words < 2) &&
	    (w.words >= 2 || w.capitals == 1) && w.last == 'x' && w.words != 1)
		return QUOTATION_TITLE;
	return w.words <= 2 ? QUOTATION_SCARE : QUOTATION_PARTIAL;
}

/* ---- order ---- */

struct order { uint32_t at, was; };

static int
by_place(const void *x, const void *y)
{
	const struct order *a = x, *b = y;

	return a->at != b->at ? (a->at < b->at ? -1 : 1) : a->was < b->was ? -1 : a->was > b->was;
}

/* In order of their opening marks; what stood between the paragraphs of a run was found before these. */
static void
put_in_order(struct analysis *an)
{
	struct order *order;
	struct quotation *sorted;
	uint32_t *becomes;
	size_t i, n = an->nquotations;

	for (i = 1; i < n; i++)
		if (an->quotations[i].at.a < an->quotations[i - 1].at.a)
			break;
	if (i >= n)
		return;
	order = xmalloc(n * sizeof *order);
	sorted = xmalloc(n * sizeof *sorted);
	becomes = xmalloc(n * sizeof *becomes);
	for (i = 0; i < n; i++)
		order[i] = (struct order){an->quotations[i].at.a, (uint32_t)i};
	qsort(order, n, sizeof *order, by_place);
	for (i = 0; i < n; i++) {
		sorted[i] = an->quotations[order[i].was];
		becomes[order[i].was] = (uint32_t)i;
	}
	for (i = 0; i < n; i++) {
		sorted[i].run = becomes[sorted[i].run];
		sorted[i].outer = becomes[sorted[i].outer];
	}
	for (i = 0; i < an->nmarks; i++)
		if (an->marks[i].quotation != UINT32_MAX)
			an->marks[i].quotation = becomes[an->marks[i].quotation];
	memcpy(an->quotations, sorted, n * sizeof *sorted);
	free(order);
	free(sorted);
	free(becomes);
}

static int
by_problem(const void *x, const void *y)
{
	const struct mark_problem *a = x, *b = y;

	if (a->at.a != b->at.a)
		return a->at.a < b->at.a ? -1 : 1;
	return a->fault < b->fault ? -1 : a->fault > b->fault;
}

/* Marks inside the same marks are a fault of their own only where both quotations close: else one mark too many is all. */
static void
drop_half_nested(struct analysis *an)
{
	size_t n = 0;

	for (size_t i = 0; i < an->nproblems; i++) {
		const struct mark_problem *p = &an->problems[i];
		size_t lo = 0, hi = an->nquotations;

		while (p->fault == FAULT_NESTED_SAME && lo < hi) {
			size_t mid = (lo + hi) / 2;

			if (an->quotations[mid].at.a < p->partner.a)
				lo = mid + 1;
			else
				hi = mid;
		}
		if (p->fault != FAULT_NESTED_SAME || (lo < an->nquotations && an->quotations[lo].closed))
			an->problems[n++] = *p;
	}
	an->nproblems = n;
}

/* Which of an odd number of straight marks opens is a guess, and so is a blank inside one of them. */
static void
drop_guessed_blanks(struct analysis *an)
{
	size_t n = 0, from, to;

	for (from = 0; from < an->nproblems; from = to) {
		bool lone = false;

		for (to = from; to < an->nproblems && an->problems[to].block == an->problems[from].block; to++)
			lone = lone || an->problems[to].fault == FAULT_UNCLOSED || an->problems[to].fault == FAULT_UNOPENED;
		for (size_t i = from; i < to; i++)
			if (!lone || an->problems[i].fault != FAULT_SPACE_INSIDE || an->problems[i].certainty == SURE)
				an->problems[n++] = an->problems[i];
	}
	an->nproblems = n;
}

/* ---- the article ---- */

/* A block quote is a quotation as a whole. */
static void
whole_block(struct analysis *an, uint32_t block)
{
	struct quotation *q = &XPUSH(an->quotations, an->nquotations, an->capquotations);

	memset(q, 0, sizeof *q);
	q->at = q->inside = an->article->blocks[block].at;
	q->block = block;
	q->kind = QUOTATION_BLOCK;
	q->closed = true;
	q->run = q->outer = (uint32_t)(an->nquotations - 1);
}

/* The paragraph that goes on with the story; NULL where something else breaks it off. */
static const struct block *
next_in_story(const struct article *a, size_t i)
{
	for (i++; i < a->nblocks; i++) {
		if (KIND(a->blocks[i].kind) & STORY)
			return &a->blocks[i];
		if (!(KIND(a->blocks[i].kind) & BETWEEN))
			return NULL;
	}
	return NULL;
}

void
analysis_quotations(struct analysis *an)
{
	const struct article *a = an->article;
	const struct conventions *conv;
	struct pairing *story, *alone;
	const struct block *next = NULL;
	size_t i, q;

	if (an->have_quotations)
		return;
	an->have_quotations = true;
	conv = conventions_of(an);
	story = pairing_new(an, conv);
	alone = pairing_new(an, conv);
	for (i = 0; i < a->nblocks; i++) {
		const struct block *b = &a->blocks[i];

		if (KIND(b->kind) & STORY) {
			if (next == NULL || next <= b)
				next = next_in_story(a, i);
			pairing_block(story, (uint32_t)i, next);
		} else if (b->kind == BLOCK_LIST_ITEM) {
			/* nothing stands between the entries of a run: what is read alone does not come in between */
			pairing_block(alone, (uint32_t)i, i + 1 < a->nblocks && b[1].kind == BLOCK_LIST_ITEM ? b + 1 : NULL);
		} else if (KIND(b->kind) & ALONE) {
			pairing_block(alone, (uint32_t)i, NULL);
		}
	}
	pairing_free(story);
	pairing_free(alone);
	for (q = 0; q < an->nquotations; q++)
		an->quotations[q].kind = kind_of(a, &an->quotations[q]);
	for (i = 0; i < a->nblocks; i++)
		if (a->blocks[i].kind == BLOCK_BLOCKQUOTE)
			whole_block(an, (uint32_t)i);
	put_in_order(an);
	drop_half_nested(an);
	find_extra_closes(an, conv);
	if (an->nproblems > 1)
		qsort(an->problems, an->nproblems, sizeof *an->problems, by_problem);
	drop_guessed_blanks(an);
}
