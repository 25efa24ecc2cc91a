/* A story as a row of words that others are compared with. */
#include "analysis/passage.h"

#include "facts/facts.h"
#include "util/hash.h"
#include "util/utf8.h"
#include "util/xmalloc.h"

#include <stdlib.h>
#include <string.h>

void
passage_init(struct passage *p)
{
	memset(p, 0, sizeof *p);
}

void
passage_release(struct passage *p)
{
	copy_words_release(&p->words);
	free(p->marks);
	free(p->paragraphs);
	free(p->prints);
	passage_init(p);
}

/* ---- words ---- */

static enum paragraph_kind
kind_of(enum block_kind k, kind_set body)
{
	switch (k) {
	case BLOCK_EMBED:
		return PARAGRAPH_EMBED;
	case BLOCK_CAPTION:
		return PARAGRAPH_CAPTION;
	case BLOCK_CREDIT:
		return PARAGRAPH_CREDIT;
	case BLOCK_TABLE:
		return PARAGRAPH_COUNT;
	default:
		return KIND(k) & body ? PARAGRAPH_PROSE : PARAGRAPH_COUNT;
	}
}

static uint64_t
hash_of(const struct copy_words *w, uint32_t i, uint32_t z)
{
	uint64_t h = HASH_INIT;

	if (i == z)
		return 0;
	for (; i < z; i++) {
		h = (h ^ hash_mix(w->hash[i])) * 0x9e3779b97f4a7c15ull;
		h ^= h >> 29;
	}
	h = hash_mix(h);
	return h != 0 ? h : 1;
}

static void
take_block(struct passage *p, const struct article *a, uint32_t block, enum paragraph_kind kind)
{
	struct paragraph *g;
	uint32_t first = p->words.n;

	copy_words_block(&p->words, a, block);
	if (p->words.n == first)
		return;
	g = &XPUSH(p->paragraphs, p->nparagraphs, p->capparagraphs);
	*g = (struct paragraph){ .at = a->blocks[block].at, .hash = hash_of(&p->words, first, p->words.n), .first = first, .end = p->words.n,
		.units = p->words.n - first, .block = block, .kind = kind };
	if (kind != PARAGRAPH_PROSE) {
		g->first = g->end = first;
		p->words.n = first;
	}
}

/* Does a sentence end with the word, up to where the next word or the end of the paragraph is?  A full stop behind an abbreviation, or with no blank
 * behind it, ends none amid a paragraph. */
static bool
ends_with(const struct analysis *an, struct range before, uint32_t next, bool last)
{
	const char *s = an->article->text.s, *p = s + before.z, *end = s + next;
	bool stop = false, other = false;
	unsigned cp;

	while (p < end) {
		p += utf8_next(p, &cp);
		if (cp == 0x3002 || cp == 0xff01 || cp == 0xff1f)
			return true;
		if (cp == '.' || cp == '!' || cp == '?' || cp == 0x2026) {
			stop = true;
			other = cp != '.';
		} else if (stop && utf8_is_space(cp))
			return other || (range_len(before) > 1 && !facts_in_list(an->language, LIST_ABBREVIATIONS, s + before.a, range_len(before) + 1));
	}
	return stop && last;
}

/* Both the words and the quotations lie in the order of the text. */
static void
mark(struct passage *p, struct analysis *an)
{
	const struct text *t = &an->article->text;
	const struct copy_words *w = &p->words;
	size_t q = 0;
	uint32_t reach = 0, last = UINT32_MAX;

	analysis_quotations(an);
	for (uint32_t i = 0; i < w->n; i++) {
		bool quoted, begins = w->block[i] != last;

		for (; q < an->nquotations && an->quotations[q].at.a <= w->at[i].a; q++)
			if (an->quotations[q].at.z > reach)
				reach = an->quotations[q].at.z;
		/* a block quote counts as one */
		if (begins) {
			last = w->block[i];
			if (an->article->blocks[last].kind == BLOCK_BLOCKQUOTE && an->article->blocks[last].at.z > reach)
				reach = an->article->blocks[last].at.z;
		}
		quoted = w->at[i].a < reach;
		if (quoted)
			p->quoted++;
		p->marks[i] = (uint8_t)((quoted ? UNIT_QUOTED : 0) | (word_is_character(t->s, w->at[i]) ? UNIT_CHARACTER : 0) |
		    (begins || p->marks[i - 1] & UNIT_ENDS ? UNIT_BEGINS : 0));
		begins = i + 1 == w->n || w->block[i + 1] != last;
		if (ends_with(an, w->at[i], begins ? an->article->blocks[last].at.z : w->at[i + 1].a, begins))
			p->marks[i] |= UNIT_ENDS;
	}
	for (size_t k = 0; k < p->nparagraphs; k++)
		for (uint32_t i = p->paragraphs[k].first; i < p->paragraphs[k].end; i++)
			p->paragraphs[k].quoted += p->marks[i] & UNIT_QUOTED;
}

/* ---- prints ---- */

enum { RUNS = 32 };			/* room for a window of them; a power of two */
static const uint64_t FACTOR = 0x9e3779b97f4a7c15ull;

/* The hash of the run of words that begins at i, from that of the run before it. */
static uint64_t
roll(const struct copy_words *w, uint32_t i, uint64_t before, uint64_t high)
{
	uint64_t h = before;

	if (i == 0) {
		h = 0;
		for (uint32_t k = 0; k < PRINT_WORDS; k++)
			h = h * FACTOR + hash_mix(w->hash[k]);
		return h;
	}
	h -= hash_mix(w->hash[i - 1]) * high;
	return h * FACTOR + hash_mix(w->hash[i + PRINT_WORDS - 1]);
}

static void
put_print(struct passage *p, uint64_t hash, uint32_t unit)
{
	struct print *r = &XPUSH(p->prints, p->nprints, p->capprints);
	unsigned quoted = 0;

	for (uint32_t i = unit; i < unit + PRINT_WORDS; i++)
		quoted += p->marks[i] & UNIT_QUOTED;
	*r = (struct print){ hash, unit, quoted * 2 > PRINT_WORDS };
}

/* The rightmost smallest of each window, each once. */
static void
choose(struct passage *p)
{
	const struct copy_words *w = &p->words;
	uint64_t ring[RUNS], h = 0, high = 1;
	uint32_t runs = w->n >= PRINT_WORDS ? w->n - PRINT_WORDS + 1 : 0, best = 0;
	bool any = false;

	for (int k = 1; k < PRINT_WORDS; k++)
		high *= FACTOR;
	for (uint32_t i = 0; i < runs; i++) {
		uint32_t from = i + 1 > PRINT_WINDOW ? i + 1 - PRINT_WINDOW : 0;

		h = roll(w, i, h, high);
		ring[i % RUNS] = hash_mix(h) >> (64 - PRINT_BITS);
		if (i == 0 || ring[i % RUNS] <= ring[best % RUNS]) {
			best = i;
			any = false;
		} else if (best < from) {
			best = from;
			for (uint32_t k = from; k <= i; k++)
				if (ring[k % RUNS] <= ring[best % RUNS])
					best = k;
			any = false;
		}
		if (!any && (i + 1 >= PRINT_WINDOW || i + 1 == runs)) {
			put_print(p, ring[best % RUNS], best);
			any = true;
		}
	}
}

static void
take_blocks(struct passage *p, const struct article *a)
{
	const kind_set body = kind_set_group(GROUP_BODY);

	copy_words_clear(&p->words);
	p->nparagraphs = p->nprints = 0;
	for (uint32_t i = 0; i < a->nblocks; i++) {
		enum paragraph_kind kind = kind_of(a->blocks[i].kind, body);

		if (kind != PARAGRAPH_COUNT)
			take_block(p, a, i, kind);
	}
	if (p->capmarks < p->words.n || p->marks == NULL) {
		p->capmarks = p->words.n + 1024;
		p->marks = xrealloc(p->marks, p->capmarks);
	}
	memset(p->marks, 0, p->words.n);
	p->quoted = 0;
}

static void
finish(struct passage *p)
{
	p->whole = hash_of(&p->words, 0, p->words.n);
	choose(p);
}

void
passage_take(struct passage *p, struct analysis *an)
{
	take_blocks(p, an->article);
	mark(p, an);
	finish(p);
}

void
passage_take_raw(struct passage *p, const struct article *a)
{
	take_blocks(p, a);
	finish(p);
}

uint32_t
passage_words(const struct passage *p, uint32_t i, uint32_t z, bool quoted)
{
	uint32_t halves = 0;

	for (; i < z; i++)
		if (quoted || !(p->marks[i] & UNIT_QUOTED))
			halves += p->marks[i] & UNIT_CHARACTER ? 1 : 2;
	return halves / 2;
}
