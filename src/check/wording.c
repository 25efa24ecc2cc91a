/* Wordings with small changes: a weighted longest common subsequence of words, looked for from each word that may begin it. */
#include "check/wording.h"

#include "alike.h"
#include "rule/word.h"
#include "util/utf8.h"

#include <string.h>

enum {
	WORDS = 48, CHOICES = 6,
	NAME = 1000,			/* what a word of a name weighs; any other: 1 */
	SHORT = 4,			/* letters of an abbreviation that must be in capitals */
};

struct wanted {
	uint64_t hash[CHOICES];
	unsigned n;
	bool name;
	bool capital;			/* without it, it is another word */
	const char *exact;		/* an abbreviation: its letters; NULL */
	size_t len;
};

struct wording {
	struct wanted v[WORDS];
	unsigned n, names, need;
};

/* The next word: of letters and figures alone, so that a sign behind a name is none of it. */
static bool
next_word(struct words *w, struct word *out)
{
	const char *p = w->s + w->at, *end = w->s + w->end;
	unsigned cp = 0;
	size_t n = 0;

	for (; p < end && !word_char((utf8_decode(p, end, &cp), cp)); p += utf8_decode(p, end, &cp))
		;
	out->at.a = (uint32_t)(p - w->s);
	out->hash = HASH_INIT;
	for (; p < end && (n = utf8_decode(p, end, &cp)) != 0 && word_char(cp); p += n)
		for (cp = utf8_fold(cp, false); cp != 0; cp >>= 8)
			out->hash = hash_byte(out->hash, (unsigned char)cp);
	out->at.z = w->at = (uint32_t)(p - w->s);
	return out->at.a < out->at.z;
}

static struct words
words_in(const char *s)
{
	return (struct words){ s, 0, (uint32_t)strlen(s) };
}

static bool
is_name(uint64_t hash, const char *const *names)
{
	for (; names != NULL && *names != NULL; names++) {
		struct words w = words_in(*names);
		struct word word;

		while (next_word(&w, &word))
			if (word.hash == hash)
				return true;
	}
	return false;
}

static bool
is_abbreviation(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (s[i] < 'A' || s[i] > 'Z')
			return false;
	return n > 1 && n <= SHORT;
}

static void
parse(struct wording *g, const char *wording, const char *const *names)
{
	struct words w = words_in(wording), the = words_in("the");
	struct word word, article;
	uint32_t before = 0;
	bool proper = false;

	memset(g, 0, sizeof *g);
	next_word(&the, &article);
	while (next_word(&w, &word)) {
		bool choice = g->n != 0 && word.at.a == before + 1 && wording[before] == '|';
		struct wanted *x = choice ? &g->v[g->n - 1] : &g->v[g->n];

		before = word.at.z;
		if (choice) {
			if (x->n < CHOICES)
				x->hash[x->n++] = word.hash;
			continue;
		}
		if (g->n == WORDS)
			break;
		x->hash[x->n++] = word.hash;
		x->name = word.hash != article.hash && is_name(word.hash, names);
		x->capital = word_capital(wording, word.at);
		x->len = range_len(word.at);
		x->exact = is_abbreviation(wording + word.at.a, x->len) ? wording + word.at.a : NULL;
		g->names += x->name;
		proper = proper || (x->name && x->capital);
		g->n++;
	}
	/* "The 19th": nothing but the article tells it from "the 19th century" */
	for (unsigned i = 0; i < g->n; i++)
		g->v[i].capital = g->v[i].capital && (g->v[i].name || !proper);
	g->need = g->n <= 3 ? g->n : (g->n * 3 + 3) / 4;
}

static unsigned
weight(const struct wanted *x, const char *s, const struct word *word)
{
	bool same = false;

	for (unsigned i = 0; i < x->n; i++)
		same = same || x->hash[i] == word->hash;
	if (!same || (x->exact != NULL && memcmp(s + word->at.a, x->exact, x->len) != 0))
		return 0;
	if (x->capital && !word_capital(s, word->at))
		return 0;
	return x->name ? NAME + 1 : 1;
}

/* Does the wording stand from here on?  *end: where it ends. */
static bool
stands(const struct wording *g, struct words w, uint32_t *end)
{
	unsigned best[WORDS + 1] = { 0 }, window = g->n <= 3 ? g->n : g->n + g->n / 2 + 2, most = 0;
	struct word word;

	for (unsigned k = 0; k < window && next_word(&w, &word); k++) {
		unsigned diagonal = 0;

		for (unsigned j = 0; j < g->n; j++) {
			unsigned above = best[j + 1], add = weight(&g->v[j], w.s, &word);

			if (add != 0 && diagonal + add > best[j + 1])
				best[j + 1] = diagonal + add;
			if (best[j] > best[j + 1])
				best[j + 1] = best[j];
			diagonal = above;
		}
		if (best[g->n] > most) {
			most = best[g->n];
			*end = word.at.z;
		}
	}
	return most / NAME >= g->names && most % NAME >= g->need;
}

bool
wording_find(const struct text *t, struct range in, const char *wording, const char *const *names, struct range *at)
{
	struct words w = words_of(t, in), here = w;
	struct wording g;
	struct word word;

	parse(&g, wording, names);
	if (g.n == 0)
		return false;
	for (; next_word(&w, &word); here = w) {
		bool may = false;

		for (unsigned j = 0; j <= g.n - g.need; j++)
			may = may || weight(&g.v[j], t->s, &word) != 0;
		if (!may || !stands(&g, here, &at->z))
			continue;
		at->a = word.at.a;
		return true;
	}
	return false;
}
