/* UTF-8: decoding, encoding, and what a character is.  Damage is cut into maximal subparts, one U+FFFD each, as
 * Unicode recommends (chapter 3, "U+FFFD Substitution of Maximal Subparts") and as Python and browsers do. */
#ifndef WL_UTF8_H
#define WL_UTF8_H

#include <stdbool.h>
#include <stddef.h>

/* The character at s < end: sets *cp, returns its bytes (1 to 4).  Damage: *cp = UTF8_BAD, the length of the
 * maximal subpart. */
#define UTF8_BAD 0xFFFFFFFFu
size_t utf8_decode(const char *s, const char *end, unsigned *cp);

/* For text known valid: the same without checks; the character before s (s > begin). */
static inline size_t utf8_next(const char *s, unsigned *cp);
static inline size_t utf8_prev(const char *begin, const char *s, unsigned *cp);

size_t utf8_encode(unsigned cp, char out[4]);		/* returns 1 to 4; a surrogate or > 10FFFF becomes U+FFFD */
size_t utf8_valid(const char *s, size_t n);		/* length of the valid start; n when all is valid */
size_t utf8_count(const char *s, size_t n);		/* code points of valid text */

/* Classes and case, by Unicode's tables, whatever the locale.  `turkic` folds I to dotless i and dotted I to i. */
bool utf8_is_letter(unsigned cp);
bool utf8_is_upper(unsigned cp);			/* upper or title case */
bool utf8_is_lower(unsigned cp);
bool utf8_is_digit(unsigned cp);
static inline bool utf8_is_space(unsigned cp);		/* white space, no-break spaces too */
unsigned utf8_fold(unsigned cp, bool turkic);		/* simple lower case */
unsigned utf8_upper(unsigned cp);			/* simple upper case */
unsigned utf8_base(unsigned cp);			/* lower case without its accents: U+00C9 gives e; else itself */
unsigned utf8_width(unsigned cp);			/* columns on a terminal: 0, 1 or 2 */

/* Is the byte part of a word, as the matcher sees it: ASCII letters and digits, and bytes from 0x80 but those of
 * general punctuation (E2 80, E2 81), C2 A0, C2 AB, C2 BB and CJK punctuation (E3 80).  `s` points at the first
 * byte of a character; returns its length if it is of a word, else 0. */
static inline size_t utf8_word(const char *s, const char *end);

/* ---- asked of nearly every character: ASCII is answered in place, the rest by the functions behind ---- */

size_t utf8_next_far(const char *s, unsigned *cp);
size_t utf8_word_far(const char *s, const char *end);
bool utf8_is_space_far(unsigned cp);

static inline size_t
utf8_next(const char *s, unsigned *cp)
{
	if ((unsigned char)*s >= 0x80)
		return utf8_next_far(s, cp);
	*cp = (unsigned char)*s;
	return 1;
}

static inline size_t
utf8_prev(const char *begin, const char *s, unsigned *cp)
{
	const char *p = s - 1;

	while (p > begin && ((unsigned char)*p & 0xC0) == 0x80)
		p--;
	utf8_next(p, cp);
	return (size_t)(s - p);
}

/* ASCII letters and digits */
static inline bool
utf8_ascii_word(unsigned char c)
{
	return (c | 0x20u) - 'a' < 26 || c - (unsigned)'0' < 10;
}

static inline size_t
utf8_word(const char *s, const char *end)
{
	if (s >= end)
		return 0;
	return (unsigned char)*s < 0x80 ? utf8_ascii_word((unsigned char)*s) : utf8_word_far(s, end);
}

static inline bool
utf8_is_space(unsigned cp)
{
	return cp < 0x80 ? cp == ' ' || cp - 9u < 5 : utf8_is_space_far(cp);
}

#endif
