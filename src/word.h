/* Words as the matcher sees them: runs of letters and decimal digits, and what they are known by.
 *
 * A word's hash knows ASCII letters and digits only, case folded, and neither i nor I: so "IRAN", "iran" and a Turkish
 * "İran" are one, and an accent makes no difference.  Entries of one hash are compared in full afterwards. */
#ifndef WL_WORD_H
#define WL_WORD_H

#include "util/utf8.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The hash of s[0..n); characters that are of no word count for nothing. */
uint64_t matcher_word_hash(const char *s, size_t n);

#define WORD_HASH_INIT 0x2545f4914f6cdd1dull

static inline uint64_t
word_hash_add(uint64_t h, unsigned char c)
{
	uint64_t next = (h ^ (c | 0x20u)) * 0x9e3779b97f4a7c15ull;

	return (c | 0x20) == 'i' ? h : next;
}

/* A character from 0x80: nothing, but for the two that are an ASCII letter in another guise. */
static inline uint64_t
word_hash_add_high(uint64_t h, unsigned cp)
{
	return cp == 0x212A ? word_hash_add(h, 'k') : cp == 0x17F ? word_hash_add(h, 's') : h;
}

static inline uint64_t
word_hash_end(uint64_t h)
{
	return h ^ h >> 32;
}

static inline bool
word_ascii(unsigned char c)
{
	return (c | 0x20u) - 'a' < 26 || c - (unsigned)'0' < 10;
}

static inline bool
word_char(unsigned cp)
{
	return cp < 0x80 ? word_ascii((unsigned char)cp) : utf8_is_letter(cp) || utf8_is_digit(cp);
}

#endif
