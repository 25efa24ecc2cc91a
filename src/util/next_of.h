/* Where one of a few bytes comes next: sixteen are looked at in one go.  For what is rare in text, as stops and quotation marks are:
 *
 *	static const struct byte_set stops = {{'.', '!', '?', '.', '.', '.'}, 0xE2, 0xFF};
 *	at = next_of(s, at, z, &stops);
 */
#ifndef WL_UTIL_NEXT_OF_H
#define WL_UTIL_NEXT_OF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#if defined __SSE2__ && !defined NEXT_OF_PORTABLE
#include <emmintrin.h>
#endif

struct byte_set {
	unsigned char is[6];		/* one may stand there twice */
	unsigned char from, to;		/* and every byte from one to the other, round by 0 where `to` is less; to 0: none */
};

static inline bool
byte_set_has(const struct byte_set *set, unsigned char c)
{
	return c == set->is[0] || c == set->is[1] || c == set->is[2] || c == set->is[3] || c == set->is[4] || c == set->is[5] ||
	    (set->to != 0 && (unsigned char)(c - set->from) <= (unsigned char)(set->to - set->from));
}

#if defined __SSE2__ && !defined NEXT_OF_PORTABLE
static inline __m128i
next_of_load(const char *s)
{
	return _mm_loadu_si128((const __m128i *)(const void *)s);
}

/* Which of sixteen bytes are in the set? */
static inline __m128i
byte_set_among(const struct byte_set *set, __m128i v)
{
#define IS(i) _mm_cmpeq_epi8(v, _mm_set1_epi8((char)set->is[i]))
	__m128i is = _mm_or_si128(_mm_or_si128(_mm_or_si128(IS(0), IS(1)), _mm_or_si128(IS(2), IS(3))), _mm_or_si128(IS(4), IS(5)));
#undef IS

	if (set->to != 0) {
		__m128i past = _mm_sub_epi8(v, _mm_set1_epi8((char)set->from));

		is = _mm_or_si128(is, _mm_cmpeq_epi8(past, _mm_min_epu8(past, _mm_set1_epi8((char)(set->to - set->from)))));
	}
	return is;
}
#endif

/* The first byte of s[at..z) that is in the set; z if there is none.  No byte from z on is read.  It is quickest where `set` is a constant that the
 * compiler sees. */
static inline size_t
next_of(const char *s, size_t at, size_t z, const struct byte_set *set)
{
#if defined __SSE2__ && !defined NEXT_OF_PORTABLE
	for (; z - at >= 16; at += 16) {
		unsigned bits = (unsigned)_mm_movemask_epi8(byte_set_among(set, next_of_load(s + at)));

		if (bits != 0)
			return at + (unsigned)__builtin_ctz(bits);
	}
#endif
	while (at < z && !byte_set_has(set, (unsigned char)s[at]))
		at++;
	return at;
}

/* The same, or where `twice` stands two times in a row. */
static inline size_t
next_of_or_twice(const char *s, size_t at, size_t z, const struct byte_set *set, char twice)
{
#if defined __SSE2__ && !defined NEXT_OF_PORTABLE
	for (; z - at > 16; at += 16) {
		__m128i v = next_of_load(s + at), one = _mm_set1_epi8(twice);
		__m128i two = _mm_and_si128(_mm_cmpeq_epi8(v, one), _mm_cmpeq_epi8(next_of_load(s + at + 1), one));
		unsigned bits = (unsigned)_mm_movemask_epi8(_mm_or_si128(two, byte_set_among(set, v)));

		if (bits != 0)
			return at + (unsigned)__builtin_ctz(bits);
	}
#endif
	while (at < z && !byte_set_has(set, (unsigned char)s[at]) && !(z - at > 1 && s[at] == twice && s[at + 1] == twice))
		at++;
	return at;
}

#endif
