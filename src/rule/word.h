/* Words as the matcher sees them: runs of letters and decimal digits, and what they are known by.
 *
 * A word's hash knows ASCII letters and digits and Cyrillic's letters only, case folded, an i with or without its dot: so "IRAN", "iran" and a Turkish
 * "İran" are one, and a letter with an accent counts for nothing.  Entries of one hash are compared in full afterwards. */
#ifndef WL_WORD_H
#define WL_WORD_H

#include "util/utf8.h"
#include "util/words.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The hash of s[0..n); characters that are of no word count for nothing. */
static inline uint64_t
matcher_word_hash(const char *s, size_t n)
{
	return words_hash(s, n);
}

static inline bool
word_char(unsigned cp)
{
	return cp < 0x80 ? utf8_ascii_word((unsigned char)cp) : utf8_is_letter(cp) || utf8_is_digit(cp);
}

#endif
