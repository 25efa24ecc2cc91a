/* A mark too many at the end of a paragraph: the speaker goes on in the next one, which has nothing but his words.
 *
 *     He said: “It is like rain.”         the mark at the end says that he has finished
 *     “It is exactly like rain.”          and nothing says who speaks here
 *
 * A question may have been answered by somebody else, a short sentence may be an answer, and a few quoted words are closed in any case. */
#include "analysis/quotations_int.h"

#include "util/utf8.h"
#include "util/xmalloc.h"

#include <string.h>

enum {
	OUTSIDE = 600,		/* characters and words of a paragraph outside of marks that are searched for a verb of speech */
	GOES_ON = 7,		/* words of the next paragraph at least: a shorter one is rather an answer */
	WORDS = 20		/* words of a quotation that are looked at */
};

static bool
is_paragraph(const struct block *b)
{
	return b->kind == BLOCK_LEAD || b->kind == BLOCK_PARAGRAPH;
}

/* Is there anything but blanks? */
static bool
is_blank(const char *s, uint32_t a, uint32_t z)
{
	while (a < z && (s[a] == ' ' || s[a] == '\t' || s[a] == '\n'))
		a++;
	return a >= z;
}

/* Bytes of a character of a word, apostrophes and hyphens included; 0 if it is none. */
static uint32_t
word_piece(const char *s, const char *end)
{
	if (s < end && (*s == '\'' || *s == '-'))
		return 1;
	if (end - s >= 3 && memcmp(s, "’", 3) == 0)
		return 3;
	return s < end ? (uint32_t)utf8_word(s, end) : 0;
}

/* A whole sentence or more, with its stop inside.  A question is none: what follows may be the answer, or be one.  Nor are words of which
 * half have capitals, "The Long Night of the Bay." */
static bool
is_whole(const struct analysis *an, const struct quotation *q, unsigned min_words)
{
	const char *s = an->article->text.s;
	unsigned first = 0, last = 0, words = 0, capitals = 0, cp;

	if (!q->closed || (q->kind != QUOTATION_DIRECT && q->kind != QUOTATION_PARTIAL) || range_len(q->inside) == 0)
		return false;
	utf8_next(s + q->inside.a, &first);
	utf8_prev(s + q->inside.a, s + q->inside.z, &last);
	if (!utf8_is_upper(first) || (last != '.' && last != '!'))
		return false;
	for (uint32_t i = q->inside.a; i < q->inside.z && words < WORDS; ) {
		uint32_t start = i, n;

		while ((n = word_piece(s + i, s + q->inside.z)) != 0)
			i += n;
		if (i == start) {
			i += (uint32_t)utf8_next(s + i, &cp);
			continue;
		}
		words++;
		utf8_next(s + start, &cp);
		capitals += utf8_is_upper(cp);
	}
	return words >= min_words && (capitals * 2 < words || words == WORDS);
}

/* Does somebody speak outside of the marks?  The quotations of the block begin at `first`. */
static bool
speaks_outside(const struct analysis *an, const struct block *b, size_t first)
{
	const char *s = an->article->text.s;
	uint32_t i = b->at.a, start, seen = 0;
	unsigned cp;

	for (size_t q = first; i < b->at.z && seen < OUTSIDE; seen++) {
		while (q < an->nquotations && (an->quotations[q].level > 0 || an->quotations[q].at.z <= i))
			q++;
		if (q < an->nquotations && an->quotations[q].at.a <= i) {
			i = an->quotations[q].at.z;
			continue;
		}
		for (start = i; i < b->at.z; i += (uint32_t)utf8_word(s + i, s + b->at.z))
			if (utf8_word(s + i, s + b->at.z) == 0)
				break;
		if (i == start)
			i += (uint32_t)utf8_next(s + i, &cp);
		else if (facts_in_list(an->language, LIST_SPEECH_VERBS, s + start, i - start))
			return true;
	}
	return false;
}

/* One quotation is all that the paragraph holds. */
static bool
is_bare(const struct analysis *an, const struct quotation *q)
{
	const struct block *b = &an->article->blocks[q->block];
	const char *s = an->article->text.s;

	return is_paragraph(b) && is_blank(s, b->at.a, q->at.a) && is_blank(s, q->at.z, b->at.z);
}

static bool
same_mark(const char *s, const struct quotation *q, const struct quotation *r)
{
	uint32_t n = q->inside.a - q->at.a;

	return n > 0 && n == r->inside.a - r->at.a && memcmp(s + q->at.a, s + r->at.a, n) == 0;
}

void
find_extra_closes(struct analysis *an, const struct conventions *c)
{
	const struct article *a = an->article;
	const char *s = a->text.s;
	size_t first = 0, end, last;		/* the block's quotations; the last of level 0 */
	uint32_t runs_from = UINT32_MAX;	/* a paragraph of bare words, whose speaker is known from the ones before */

	if (!c->known || c->multi != MULTI_OPEN_EACH)
		return;
	for (; first < an->nquotations; first = end) {
		const struct quotation *q, *next;
		const struct block *b = &a->blocks[an->quotations[first].block];
		struct mark_problem *p;

		last = first;
		for (end = first; end < an->nquotations && an->quotations[end].block == an->quotations[first].block; end++)
			if (an->quotations[end].level == 0)
				last = end;
		if (end == an->nquotations)
			break;
		q = &an->quotations[last];
		next = &an->quotations[end];
		if (next->block != q->block + 1 || !is_paragraph(b) || next->level > 0 || !is_bare(an, next) || !same_mark(s, q, next) ||
		    !is_blank(s, q->at.z, b->at.z) || !is_whole(an, q, 2) || !is_whole(an, next, GOES_ON) ||
		    (runs_from != q->block && !speaks_outside(an, b, first)))
			continue;
		runs_from = next->block;
		p = &XPUSH(an->problems, an->nproblems, an->capproblems);
		*p = (struct mark_problem){.fault = FAULT_CONTINUATION_CLOSE, .at = {q->inside.z, q->at.z}, .block = q->block,
		    .partner = {next->at.a, next->inside.a}, .certainty = LIKELY};
	}
}
