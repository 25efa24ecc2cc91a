/* echo with contains="yes": do the words of a unit occur as a run inside other text?
 *
 * All units are looked for in one pass: every word of the text is looked up among the first words of the units (by its
 * first three letters, so that another ending is found too), and only there the rest is compared.  The text is read twice:
 * quoted words alone, as one stream, since “We will,” he said, “never leave” says "We will never leave"; then all words. */
#include "check/echo.h"

#include "alike.h"
#include "analysis/analysis.h"
#include "util/xmalloc.h"

#include <stdlib.h>
#include <string.h>

enum {
	NEEDLE_WORDS = 64,		/* of a longer unit its beginning counts */
	GAP_WORDS = 60,			/* what an ellipsis may stand for */
	STEPS_PER_BYTE = 16,		/* words compared in all: a bound for text made to be slow */
};

enum found { FOUND_NOWHERE, FOUND_PROSE, FOUND_QUOTED };
struct needle {
	const struct unit *unit;
	struct needle *next;		/* with the same first letters */
	struct word *words;
	uint64_t start;			/* of the first letters */
	uint32_t n;
	uint64_t gaps;			/* bit a word before which something is left out */
	enum found found;
	bool exact;
	struct range at;		/* where */
};

struct search {
	struct check_ctx *c;
	const struct echo *e;
	struct needle *needles;
	size_t n;
	struct needle **heads;
	size_t mask;
	bool first[128];		/* the ASCII characters that a needle begins with, folded */
	long steps;
};

/* ---- words of the text ---- */

struct stream {
	const struct analysis *an;
	struct words w;
	uint32_t block;
	size_t quotation;		/* quoted words only: the one that comes next */
	bool quoted;
};

static bool
stream_next(struct stream *s, struct word *out)
{
	while (!words_next(&s->w, out)) {
		const struct quotation *q;

		if (!s->quoted)
			return false;
		do {
			if (s->quotation >= s->an->nquotations)
				return false;
			q = &s->an->quotations[s->quotation];
			if (q->block != s->block)
				return false;
			s->quotation++;
		} while (q->level != 0 || q->inside.z <= s->w.at);
		s->w.end = q->inside.z;
		if (q->inside.a > s->w.at)
			s->w.at = q->inside.a;
	}
	return true;
}

/* ---- needles ---- */

/* Does something between two words say that words are left out or put in: an ellipsis, brackets? */
static bool
gap_between(const char *s, uint32_t a, uint32_t z)
{
	uint32_t dots = 0;

	for (; a < z; a++) {
		if (s[a] == '[' || s[a] == ']' || (z - a >= 3 && memcmp(s + a, "…", 3) == 0))
			return true;
		dots = s[a] == '.' ? dots + 1 : s[a] == ' ' ? dots : 0;
		if (dots >= 3)
			return true;
	}
	return false;
}

/* The words of a unit, without what stands in brackets: the writer put that there. */
static void
make_needle(struct search *s, const struct unit *u)
{
	const struct text *t = &s->c->article->text;
	struct range text = unit_text(u);
	struct words w = words_of(t, text);
	struct word word, list[NEEDLE_WORDS];
	struct needle *n;
	uint32_t end = text.a, k = 0, i;
	uint64_t gaps = 0;
	bool bracket = false, gap = false;
	unsigned letter;
	struct needle **head;

	while (k < NEEDLE_WORDS && words_next(&w, &word)) {
		gap |= gap_between(t->s, end, word.at.a);
		for (i = end; i < word.at.a; i++)
			bracket = t->s[i] == '[' ? true : t->s[i] == ']' ? false : bracket;
		end = word.at.z;
		if (bracket)
			continue;
		if (gap && k > 0)
			gaps |= 1ull << k;
		gap = false;
		list[k++] = word;
	}
	if (k == 0)
		return;
	n = &s->needles[s->n];
	memset(n, 0, sizeof *n);
	n->unit = u;
	n->n = k;
	n->gaps = gaps;
	n->words = xmalloc(k * sizeof *n->words);
	memcpy(n->words, list, k * sizeof *list);
	n->start = word_start(t->s, list[0].at);
	if (word_fold(t->s, list[0].at, &letter, 1) != 0 && letter < 128)
		s->first[letter] = true;
	head = &s->heads[n->start & s->mask];
	n->next = *head;
	*head = n;
	s->n++;
}

/* ---- matching ---- */

static bool
same_word(struct search *s, const struct word *a, const struct word *b, bool *kin)
{
	const char *t = s->c->article->text.s;

	s->steps--;
	if (a->hash == b->hash)
		return true;
	if (*kin || word_start(t, a->at) != word_start(t, b->at) || !words_kin(t, a->at, t, b->at))
		return false;
	*kin = true;
	return true;
}

/* Do the needle's words follow from `first` on? */
static bool
follows(struct search *s, const struct needle *n, struct stream from, const struct word *first, struct range *at, bool *exact,
    bool *name)
{
	bool kin = false;
	struct word w = *first;
	uint32_t capitals = 0, longer = 0;

	if (!same_word(s, &n->words[0], &w, &kin))
		return false;
	for (uint32_t i = 0;;) {
		longer += range_len(w.at) > 3;
		capitals += range_len(w.at) > 3 && word_capital(s->c->article->text.s, w.at);
		if (++i == n->n)
			break;
		if (!stream_next(&from, &w))
			return false;
		if (n->gaps >> i & 1) {
			int skipped = 0;

			while (n->words[i].hash != w.hash)
				if (s->steps-- <= 0 || skipped++ == GAP_WORDS || !stream_next(&from, &w))
					return false;
		} else if (!same_word(s, &n->words[i], &w, &kin)) {
			return false;
		}
	}
	*at = (struct range){first->at.a, w.at.z};
	*exact = !kin;
	*name = n->n > 1 && longer > 0 && capitals == longer;
	return true;
}

static void
search_stream(struct search *s, struct stream stream)
{
	struct word w;

	while (s->steps > 0 && stream_next(&stream, &w)) {
		unsigned char letter = (unsigned char)s->c->article->text.s[w.at.a];
		struct needle *n;
		uint64_t start;

		if (letter < 128 && !s->first[words_plain[letter]])
			continue;
		start = word_start(s->c->article->text.s, w.at);
		n = s->heads[start & s->mask];
		for (; n != NULL && s->steps > 0; n = n->next) {
			struct range at;
			bool exact, name;

			s->steps--;
			if (n->start != start || n->found >= (stream.quoted ? FOUND_QUOTED : FOUND_PROSE))
				continue;
			if (w.at.a < n->unit->at.z && n->unit->at.a < w.at.z)
				continue;
			if (!follows(s, n, stream, &w, &at, &exact, &name))
				continue;
			/* a name or title needs no marks in the text */
			n->found = stream.quoted || name ? FOUND_QUOTED : FOUND_PROSE;
			n->at = at;
			n->exact = exact;
		}
	}
}

static void
search_all(struct search *s, bool quoted)
{
	const struct article *a = s->c->article;
	const struct analysis *an = s->c->analysis;
	size_t q = 0;

	for (size_t i = 0; i < a->nblocks; i++) {
		const struct block *b = &a->blocks[i];
		struct stream stream = {.an = an, .block = (uint32_t)i, .quoted = quoted};

		while (q < an->nquotations && an->quotations[q].block < i)
			q++;
		/* what is asked about answers nothing */
		if (!(KIND(b->kind) & s->e->in.scope) || (s->e->must_be && (KIND(b->kind) & s->e->of.scope)))
			continue;
		stream.w = words_of(&a->text, b->at);
		stream.quotation = q;
		if (quoted)
			stream.w.end = stream.w.at;
		search_stream(s, stream);
	}
}

void
echo_contains(struct check_ctx *c, const struct echo *e, const struct units *of)
{
	struct search s = {.c = c, .e = e};
	size_t size = 16;
	bool unanswered = false;

	while (size < of->n * 2)
		size *= 2;
	s.mask = size - 1;
	s.heads = xcalloc(size, sizeof *s.heads);
	s.needles = xcalloc(of->n, sizeof *s.needles);
	s.steps = 1000000 + (long)c->article->text.n * STEPS_PER_BYTE;
	for (size_t i = 0; i < of->n; i++)
		make_needle(&s, &of->v[i]);
	analysis_quotations(c->analysis);
	if (e->must_be)
		search_all(&s, true);
	search_all(&s, false);
	for (size_t i = 0; i < s.n; i++) {
		const struct needle *n = &s.needles[i];

		if (!e->must_be && n->found != FOUND_NOWHERE) {
			struct unit there = *n->unit;

			there.at = n->at;
			there.before = there.behind = 0;
			echo_report(c, e->at_in ? &there : n->unit, e->at_in ? &n->unit->at : &n->at, n->exact ? ECHO_SAME : ECHO_NEARLY,
			    n->exact ? SURE : LIKELY);
		}
		else if (e->must_be && n->found == FOUND_PROSE)
			echo_report(c, n->unit, &n->at, ECHO_UNQUOTED, LIKELY);
		else if (e->must_be && n->found == FOUND_NOWHERE && s.steps > 0)
			echo_report(c, n->unit, NULL, ECHO_NOWHERE, SURE);
		unanswered = unanswered || (n->found == FOUND_NOWHERE && s.steps <= 0);
		free(n->words);
	}
	if (unanswered)
		check_failed(c, "too many words here begin alike");
	free(s.heads);
	free(s.needles);
}
