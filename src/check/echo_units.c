/* The units that the check `echo` compares: blocks, sentences, quotations or hits, one after the other, each with its hashes. */
#include "check/echo.h"

#include "alike.h"
#include "analysis/analysis.h"
#include "util/hash.h"
#include "util/utf8.h"
#include "util/words.h"

#include <string.h>

/* A word of more than ASCII letters, or one with an apostrophe in it: made alike first (alike.h).  Returns where it ends. */
static uint32_t
wider_word(const struct text *t, struct range in, uint64_t *hash)
{
	struct words one = words_of(t, in);
	unsigned letters[64];
	char key[4 * 64];
	struct word word;
	size_t n, k = 0;

	if (!words_next(&one, &word))
		return in.z;
	n = word_fold(t->s, word.at, letters, sizeof letters / sizeof *letters);
	for (size_t i = 0; i < n && i < sizeof letters / sizeof *letters; i++)
		k += utf8_encode(letters[i], key + k);
	*hash = hash_short(key, k) ^ (n > sizeof letters / sizeof *letters ? word.hash : 0);
	return word.at.z;
}

/* Counts and hashes the unit's words.  `smallest` gets `n` hashes of its three-word runs: hashes fall into as many equal ranges, and of each
 * the smallest is kept; UINT32_MAX where there is none. */
static void
measure(const struct article *a, struct unit *u, uint32_t *smallest, unsigned nsmallest)
{
	struct range in = unit_text(u);
	const char *s = a->text.s;
	struct words_reader words;
	const struct words_run *run;
	uint64_t all = HASH_INIT, triple = 0, one = 0, two = 0, seen = 0, hash;
	uint32_t n = 0, done = in.a;

	memset(smallest, 0xff, nsmallest * sizeof *smallest);
	article_words(a, in, &words);
	while ((run = words_read(&words)) != NULL) {
		if (run->at < done)
			continue;
		hash = run->hash;
		if (run->high || word_apostrophe(s + run->at + run->n, s + in.z) != 0)
			done = wider_word(&a->text, (struct range){run->at, in.z}, &hash);
		all = (all ^ hash) * 0x9e3779b97f4a7c15ull;
		all ^= all >> 29;
		seen |= 1ull << (hash >> 58);
		n++;
		if (nsmallest == 0)
			continue;
		triple = (one ^ (two << 21 | two >> 43) ^ (hash << 42 | hash >> 22)) * 0xff51afd7ed558ccdull;
		one = two;
		two = hash;
		if (n >= 3) {
			uint32_t h = (uint32_t)(triple >> 32), *least = &smallest[(uint64_t)h * nsmallest >> 32];

			*least = h < *least ? h : *least;
		}
	}
	u->hash = hash_mix(all);
	u->seen = seen;
	u->words = n;
}

/* Units of different sections never meet. */
static void
move_apart(struct unit *u, uint32_t *smallest, unsigned nsmallest, uint32_t section)
{
	u->hash = hash_mix(u->hash ^ section);
	for (unsigned k = 0; k < nsmallest; k++)
		if (smallest[k] != UINT32_MAX)
			smallest[k] = (uint32_t)(hash_mix((uint64_t)section << 32 | smallest[k]) >> 33);
}

/* false: the side has all the units it wants. */
static bool
visit(struct echo_walk *w, struct range at, struct range text)
{
	uint32_t smallest[SKETCH];

	w->n++;
	/* words are one byte at least, and one byte apart */
	if (!w->count && range_len(text) + 1 >= 2 * (size_t)w->min_words) {
		struct unit u = {.at = at};

		if (text.a - at.a <= UINT16_MAX && at.z - text.z <= UINT16_MAX) {
			u.before = (uint16_t)(text.a - at.a);
			u.behind = (uint16_t)(at.z - text.z);
		}
		measure(w->c->article, &u, smallest, w->sketch);
		if (w->section != 0)
			move_apart(&u, smallest, w->sketch, w->section);
		if (u.words >= w->min_words)
			w->each(w->arg, &u, smallest);
	} else if (w->count && range_len(text) + 1 < 2 * (size_t)w->min_words && w->side->first == 0) {
		w->n--;
	}
	return w->side->first == 0 || w->n < w->side->first;
}

void
echo_walk(struct echo_walk *w)
{
	struct check_ctx *c = w->c;
	const struct article *a = c->article;
	kind_set scope = w->side->scope;
	size_t i, n;

	w->n = 0;
	w->section = 0;
	switch (w->side->unit) {
	case UNIT_BLOCK:
		for (i = 0; i < a->nblocks; i++) {
			w->section += w->side->apart && a->blocks[i].kind == BLOCK_SEPARATOR;
			if ((KIND(a->blocks[i].kind) & scope) && !visit(w, a->blocks[i].at, a->blocks[i].at))
				return;
		}
		break;
	case UNIT_SENTENCE:
		analysis_sentences(c->analysis);
		for (i = 0; i < c->analysis->nsentences; i++) {
			const struct sentence *s = &c->analysis->sentences[i];

			if ((KIND(a->blocks[s->block].kind) & scope) && !visit(w, s->at, s->at))
				return;
		}
		break;
	case UNIT_QUOTATION:
		analysis_quotations(c->analysis);
		for (i = 0; i < c->analysis->nquotations; i++) {
			const struct quotation *q = &c->analysis->quotations[i];

			if ((KIND(a->blocks[q->block].kind) & scope) && q->level == 0 && (q->closed || q->continues) &&
			    (!w->side->direct || q->kind == QUOTATION_DIRECT) &&
			    !visit(w, q->at, q->inside))
				return;
		}
		break;
	case UNIT_MATCH: {
		const struct hit *h = check_hits(c, w->side->finder, &n);

		for (i = 0; i < n; i++)
			if (!visit(w, h[i].at, h[i].at))
				return;
		break;
	}
	}
}

size_t
echo_count(struct check_ctx *c, const struct echo_side *side, uint32_t min_words)
{
	struct echo_walk w = {.c = c, .side = side, .min_words = min_words, .count = true};

	echo_walk(&w);
	return w.n;
}
