/* UTF-8: decoding, encoding, and what a character is, by libutf8proc's tables. */
#include "util/utf8.h"

#include <stdatomic.h>
#include <stdint.h>
#include <string.h>
#include <utf8proc.h>

enum { REPLACEMENT = 0xFFFD };

/* Length of a well-formed sequence by its first byte, and the bounds of its second byte: only there do over-long
 * forms, surrogates and what lies above 10FFFF differ from good ones (Unicode, table 3-7). */
struct lead { uint8_t len, low, high; };

static inline struct lead
lead_of(unsigned char c)
{
	if (c < 0xC2)
		return (struct lead){ 0, 0, 0 };
	if (c < 0xE0)
		return (struct lead){ 2, 0x80, 0xBF };
	if (c < 0xF0)
		return (struct lead){ 3, c == 0xE0 ? 0xA0 : 0x80, c == 0xED ? 0x9F : 0xBF };
	if (c < 0xF5)
		return (struct lead){ 4, c == 0xF0 ? 0x90 : 0x80, c == 0xF4 ? 0x8F : 0xBF };
	return (struct lead){ 0, 0, 0 };
}

size_t
utf8_decode(const char *s, const char *end, unsigned *cp)
{
	const unsigned char *p = (const unsigned char *)s;
	size_t room = (size_t)(end - s), i;
	struct lead lead;
	unsigned v;

	if (p[0] < 0x80) {
		*cp = p[0];
		return 1;
	}
	*cp = UTF8_BAD;
	lead = lead_of(p[0]);
	if (lead.len == 0 || room < 2 || p[1] < lead.low || p[1] > lead.high)
		return 1;
	v = p[0] & (0x7Fu >> lead.len);
	v = v << 6 | (p[1] & 0x3F);
	for (i = 2; i < lead.len; i++) {
		if (i >= room || (p[i] & 0xC0) != 0x80)
			return i;
		v = v << 6 | (p[i] & 0x3F);
	}
	*cp = v;
	return lead.len;
}

size_t
utf8_next_far(const char *s, unsigned *cp)
{
	const unsigned char *p = (const unsigned char *)s;

	if (p[0] < 0xE0) {
		*cp = (p[0] & 0x1Fu) << 6 | (p[1] & 0x3F);
		return 2;
	}
	if (p[0] < 0xF0) {
		*cp = (p[0] & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3F);
		return 3;
	}
	*cp = (p[0] & 0x07u) << 18 | (p[1] & 0x3Fu) << 12 | (p[2] & 0x3Fu) << 6 | (p[3] & 0x3F);
	return 4;
}

size_t
utf8_encode(unsigned cp, char out[4])
{
	if (cp < 0x80) {
		out[0] = (char)cp;
		return 1;
	}
	if (cp < 0x800) {
		out[0] = (char)(0xC0 | cp >> 6);
		out[1] = (char)(0x80 | (cp & 0x3F));
		return 2;
	}
	if ((cp >= 0xD800 && cp < 0xE000) || cp > 0x10FFFF)
		cp = REPLACEMENT;
	if (cp < 0x10000) {
		out[0] = (char)(0xE0 | cp >> 12);
		out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
		out[2] = (char)(0x80 | (cp & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | cp >> 18);
	out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
	out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
	out[3] = (char)(0x80 | (cp & 0x3F));
	return 4;
}

static inline uint64_t
word_at(const char *p)
{
	uint64_t w;

	memcpy(&w, p, sizeof w);
	return w;
}

#define HIGH_BITS 0x8080808080808080ull
#define LOW_BITS 0x0101010101010101ull

size_t
utf8_valid(const char *s, size_t n)
{
	const char *p = s, *end = s + n;
	unsigned cp;

	for (;;) {
		while (end - p >= 32 && ((word_at(p) | word_at(p + 8) | word_at(p + 16) | word_at(p + 24)) & HIGH_BITS) == 0)
			p += 32;
		while (p < end && (unsigned char)*p < 0x80)
			p++;
		/* text that is not ASCII comes in stretches */
		while (p < end && (unsigned char)*p >= 0x80) {
			size_t k = utf8_decode(p, end, &cp);

			if (cp == UTF8_BAD)
				return (size_t)(p - s);
			p += k;
		}
		if (p == end)
			return n;
	}
}

size_t
utf8_count(const char *s, size_t n)
{
	const char *p = s, *end = s + n;
	size_t count = 0;

	/* characters are the bytes that do not continue one: 10xxxxxx */
	while (end - p >= 8) {
		const char *stop = end - p > 8 * 255 ? p + 8 * 255 : end - 7;
		uint64_t sum = 0;

		/* eight counters of a byte each, emptied before one can overflow */
		for (; p < stop; p += 8) {
			uint64_t w = word_at(p);

			sum += ((w >> 7 & ~(w >> 6)) & LOW_BITS) ^ LOW_BITS;
		}
		count += (sum & 0x00FF00FF00FF00FFull) * 0x0001000100010001ull >> 48;
		count += (sum >> 8 & 0x00FF00FF00FF00FFull) * 0x0001000100010001ull >> 48;
	}
	for (; p < end; p++)
		count += ((unsigned char)*p & 0xC0) != 0x80;
	return count;
}

/* What the library says of the letters of most alphabets, which take two bytes: its tables take three steps and more.  0: not asked yet;
 * else one more than the answer.  Threads that ask at once write the same. */
enum { NEAR = 0x800 };
static _Atomic uint16_t categories[NEAR], lowers[NEAR], bases[NEAR];

static inline unsigned
kept(_Atomic uint16_t answers[NEAR], unsigned cp, unsigned (*ask)(unsigned cp))
{
	unsigned known;

	if (cp >= NEAR)
		return ask(cp);
	known = atomic_load_explicit(&answers[cp], memory_order_relaxed);
	if (known == 0) {
		known = ask(cp) + 1;
		atomic_store_explicit(&answers[cp], (uint16_t)known, memory_order_relaxed);
	}
	return known - 1;
}

static unsigned
ask_category(unsigned cp)
{
	return cp > 0x10FFFF ? UTF8PROC_CATEGORY_CN : (unsigned)utf8proc_category((utf8proc_int32_t)cp);
}

static unsigned
category(unsigned cp)
{
	return kept(categories, cp, ask_category);
}

static unsigned
ask_lower(unsigned cp)
{
	return (unsigned)utf8proc_tolower((utf8proc_int32_t)cp);
}

bool
utf8_is_letter(unsigned cp)
{
	if (cp < 0x80)
		return (cp | 0x20) - 'a' < 26;
	switch (category(cp)) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT:
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
		return true;
	default:
		return false;
	}
}

bool
utf8_is_upper(unsigned cp)
{
	unsigned c;

	if (cp < 0x80)
		return cp - 'A' < 26;
	c = category(cp);
	return c == UTF8PROC_CATEGORY_LU || c == UTF8PROC_CATEGORY_LT;
}

bool
utf8_is_lower(unsigned cp)
{
	if (cp < 0x80)
		return cp - 'a' < 26;
	return category(cp) == UTF8PROC_CATEGORY_LL;
}

bool
utf8_is_digit(unsigned cp)
{
	if (cp < 0x80)
		return cp - '0' < 10;
	return category(cp) == UTF8PROC_CATEGORY_ND;
}

bool
utf8_is_space_far(unsigned cp)
{
	if (cp == 0x85)
		return true;
	if (cp > 0xA0 && cp < 0x1680)		/* no alphabet has one among its letters */
		return false;
	switch (category(cp)) {
	case UTF8PROC_CATEGORY_ZS:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
		return true;
	default:
		return false;
	}
}

unsigned
utf8_fold(unsigned cp, bool turkic)
{
	if (cp < 0x80) {
		if (turkic && cp == 'I')
			return 0x131;
		return cp - 'A' < 26 ? cp | 0x20 : cp;
	}
	if (cp > 0x10FFFF)
		return cp;
	if (cp == 0x130)	/* capital I with dot above: its simple lower case is i in every language */
		return 'i';
	return kept(lowers, cp, ask_lower);
}

unsigned
utf8_upper(unsigned cp)
{
	return cp > 0x10FFFF ? cp : (unsigned)utf8proc_toupper((utf8proc_int32_t)cp);
}

static unsigned
ask_base(unsigned cp)
{
	utf8proc_int32_t out[8];
	int boundary = 0;
	utf8proc_ssize_t n;

	n = utf8proc_decompose_char((utf8proc_int32_t)cp, out, 8, UTF8PROC_DECOMPOSE, &boundary);
	/* Hangul falls apart into letters and not into letter and accent */
	if (n >= 1 && n <= 8 && !(cp >= 0xAC00 && cp <= 0xD7A3))
		cp = (unsigned)out[0];
	cp = utf8_fold(cp, false);
	return cp == 0x131 ? 'i' : cp;
}

unsigned
utf8_base(unsigned cp)
{
	return cp < 0x80 || cp > 0x10FFFF ? utf8_fold(cp, false) : kept(bases, cp, ask_base);
}

unsigned
utf8_width(unsigned cp)
{
	int w;

	if (cp < 0x7F)
		return cp >= 0x20;
	if (cp > 0x10FFFF)
		return 1;
	w = utf8proc_charwidth((utf8proc_int32_t)cp);
	return w < 0 ? 0 : w > 2 ? 2 : (unsigned)w;
}

size_t
utf8_word_far(const char *s, const char *end)
{
	const unsigned char *p = (const unsigned char *)s;
	size_t room = (size_t)(end - s), n;

	if (room >= 2) {
		if (p[0] == 0xE2 && (p[1] == 0x80 || p[1] == 0x81))
			return 0;
		if (p[0] == 0xC2 && (p[1] == 0xA0 || p[1] == 0xAB || p[1] == 0xBB))
			return 0;
		if (p[0] == 0xE3 && p[1] == 0x80)
			return 0;
	}
	n = p[0] < 0xC0 ? 1 : p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
	return n < room ? n : room;
}
