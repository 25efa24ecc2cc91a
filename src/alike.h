/* Words made alike for comparison: case, accents and apostrophes folded, quotation marks, dashes and blanks left out.
 * "Don’t go—now" and "don't go - now" are the same words. */
#ifndef WL_ALIKE_H
#define WL_ALIKE_H

#include "text.h"
#include "util/hash.h"
#include "util/utf8.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* An apostrophe at s, by its length; 0 if there is none. */
static inline size_t
word_apostrophe(const char *s, const char *end)
{
	if (s >= end || (*s != '\'' && *s != '\xe2'))
		return 0;
	if (*s == '\'')
		return 1;
	return end - s >= 3 && s[1] == '\x80' && (s[2] == '\x98' || s[2] == '\x99') ? 3 : 0;
}

struct words {
	const char *s;
	uint32_t at, end;
};
struct word {
	struct range at;		/* as written */
	uint64_t hash;			/* of the folded characters */
};

static inline struct words
words_of(const struct text *t, struct range r)
{
	return (struct words){t->s, r.a, r.z};
}

extern const unsigned char words_plain[256];	/* ASCII letters and digits, folded; 0 for the rest */
void words_finish(struct words *w, struct word *out);

/* Inline for words of ASCII letters, nearly all there are. */
static inline bool
words_next(struct words *w, struct word *out)
{
	const unsigned char *s = (const unsigned char *)w->s, *at = s + w->at, *end = s + w->end;
	uint64_t h = HASH_INIT;

	while (at < end && words_plain[*at] == 0) {
		if (*at >= 0x80) {
			unsigned cp;

			if (utf8_word((const char *)at, (const char *)end) != 0)
				break;
			at += utf8_next((const char *)at, &cp) - 1;
		}
		at++;
	}
	w->at = out->at.a = (uint32_t)(at - s);
	if (at >= end)
		return false;
	while (at < end && words_plain[*at] != 0)
		h = hash_byte(h, words_plain[*at++]);
	w->at = out->at.z = (uint32_t)(at - s);
	out->hash = h;
	if (at < end && (*at >= 0x80 || *at == '\''))
		words_finish(w, out);
	return true;
}
/* Scripts that write no blanks between words (Chinese, Japanese, Thai, Lao, Khmer, Burmese): is the word a row of their characters, with or
 * without others among them?  Each of these characters is then a word, and what stands between them. */
bool word_is_row(const char *s, struct range at);
bool words_next_in_row(struct words *w, struct word *out);	/* `w`: the word */
bool word_is_character(const char *s, struct range at);		/* one such character */
/* Are the two the same, as folded?  What equal hashes promise, by the characters. */
bool words_same(const char *s, struct range a, const char *t, struct range b);
/* A hash of the first three folded characters: what an inflection does not change. */
uint64_t word_start(const char *s, struct range at);
bool word_capital(const char *s, struct range at);	/* begins with an upper-case letter */
/* Folded characters of a word, at most n of them; how many there are of them. */
size_t word_fold(const char *s, struct range at, unsigned *out, size_t n);
/* Are the two the same but for an ending: one letter differs, two in words of eight letters or more? */
bool words_kin(const char *s, struct range a, const char *t, struct range b);

/* Of two lists of word hashes: shared by distinct words, 0 to 1; and the longest common subsequence as a share of the longer
 * list, 0 where it is below `least`.  Both linear in the words for lists that are alike. */
double words_jaccard(uint64_t *a, size_t na, uint64_t *b, size_t nb);	/* sorts both */
double words_common(const uint64_t *a, size_t na, const uint64_t *b, size_t nb, double least);

#endif
