/* Words, 64 bytes at a time. */
#include "util/words.h"

#include "util/hash.h"
#include "util/utf8.h"

#include <string.h>
#if defined __SSE2__ && !defined WORDS_PORTABLE
#include <emmintrin.h>
#endif

/* What a character from 0x80 on counts as: a letter of ASCII that it is but for case; of Cyrillic's basic letters, of which whole
 * languages are made, a byte from 0x80; else 0. */
static unsigned
key_of(unsigned cp)
{
	static const unsigned short old[] = { 0x432, 0x434, 0x43E, 0x441, 0x442, 0x442, 0x44A };	/* forms of them that fold to them */

	if (cp >= 0x1C80 && cp < 0x1C80 + sizeof old / sizeof *old)
		cp = old[cp - 0x1C80];
	if (cp >= 0x400 && cp < 0x430)
		cp += cp < 0x410 ? 0x50 : 0x20;
	if (cp >= 0x430 && cp < 0x460)
		return cp - 0x430 + 0x80;
	return cp == 0x130 || cp == 0x131 ? 'i' : cp == 0x212A ? 'k' : cp == 0x17F ? 's' : 0;
}

/* The word has other than ASCII letters and digits, or very many. */
static uint64_t
hash_wide(const char *s, size_t n)
{
	const char *end = s + n;
	char key[64];
	size_t k = 0;
	uint64_t h = 0;

	while (s < end) {
		unsigned cp;

		s += utf8_decode(s, end, &cp);
		if (cp >= 0x80)
			cp = key_of(cp);
		else if (!utf8_ascii_word((unsigned char)cp))
			continue;
		if (cp == 0)
			continue;
		if (k == sizeof key) {
			h = hash_mix(h ^ hash_short(key, k));
			k = 0;
		}
		key[k++] = (char)(cp | 0x20);
	}
	return h ^ hash_short(key, k);
}

uint64_t
words_hash(const char *s, size_t n)
{
	char key[64];
	size_t k;

	for (k = 0; k < n && k < sizeof key && utf8_ascii_word((unsigned char)s[k]); k++)
		key[k] = (char)(s[k] | 0x20);
	return k == n ? hash_short(key, n) : hash_wide(s, n);
}

enum { WORDS_IN_WINDOW = 32 };		/* at most: of a letter each */

/* 64 bytes, a bit each: what is an ASCII letter or digit, and what is from 0x80. */
struct bits { uint64_t word, high; };

#if defined __SSE2__ && !defined WORDS_PORTABLE
static inline void
look_at(const char *s, struct bits *b)
{
	b->word = b->high = 0;
	for (unsigned i = 0; i < 64; i += 16) {
		__m128i v = _mm_loadu_si128((const __m128i *)(const void *)(s + i)), letter = _mm_or_si128(v, _mm_set1_epi8(0x20));

		/* signed: what is from 0x80 is below all others */
		letter = _mm_and_si128(_mm_cmpgt_epi8(letter, _mm_set1_epi8('a' - 1)), _mm_cmplt_epi8(letter, _mm_set1_epi8('z' + 1)));
		letter = _mm_or_si128(letter, _mm_and_si128(_mm_cmpgt_epi8(v, _mm_set1_epi8('0' - 1)), _mm_cmplt_epi8(v, _mm_set1_epi8('9' + 1))));
		b->word |= (uint64_t)(unsigned)_mm_movemask_epi8(letter) << i;
		b->high |= (uint64_t)(unsigned)_mm_movemask_epi8(v) << i;
	}
}
#else
/* A bit for each of eight bytes whose highest bit is set. */
static inline uint64_t
gather(uint64_t w)
{
	return ((w & EACH(0x80)) >> 7) * 0x0102040810204080ull >> 56;
}

static inline void
look_at(const char *s, struct bits *b)
{
	b->word = b->high = 0;
	for (unsigned i = 0; i < 64; i += 8) {
		uint64_t w, letter, digit;

		memcpy(&w, s + i, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
		w = __builtin_bswap64(w);
#endif
		digit = w & EACH(0x7F);
		letter = digit | EACH(0x20);
		letter = (letter + EACH(0x80 - 'a')) & ~(letter + EACH(0x80 - 'z' - 1));
		digit = (digit + EACH(0x80 - '0')) & ~(digit + EACH(0x80 - '9' - 1));
		b->word |= gather((letter | digit) & ~w) << i;
		b->high |= gather(w) << i;
	}
}
#endif

static struct bits
look(const char *s, uint32_t n)
{
	struct bits b;

	if (n == 64) {
		look_at(s, &b);
	} else {
		char rest[64] = {0};

		memcpy(rest, s, n);
		look_at(rest, &b);
	}
	return b;
}

/* The first n bytes of eight as they lie in memory. */
static const uint64_t first_bytes[9] = {
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	0, 0xFF, 0xFFFF, 0xFFFFFF, 0xFFFFFFFF, 0xFFFFFFFFFF, 0xFFFFFFFFFFFF, 0xFFFFFFFFFFFFFF, UINT64_MAX
#else
	0, 0xFFull << 56, 0xFFFFull << 48, 0xFFFFFFull << 40, 0xFFFFFFFFull << 32, 0xFFFFFFFFFFull << 24, 0xFFFFFFFFFFFFull << 16,
	    0xFFFFFFFFFFFFFFull << 8, UINT64_MAX
#endif
};

/* A word of ASCII: its hash is hash_short() of the word folded.  Bit 32 folds letters, and is set in digits; bit 64 is in letters alone.
 * `room`: bytes that may be read. */
static inline void
hash_plain(struct words_run *run, const char *s, uint32_t room)
{
	uint32_t n = run->n;
	uint64_t h = n * 0x9e3779b97f4a7c15ull, w = 0, letters = EACH(0x40);

	while (n > 8) {
		memcpy(&w, s, 8);
		letters &= w;
		h = (h ^ (w | EACH(0x20))) * 0xff51afd7ed558ccdull;
		h ^= h >> 32;
		s += 8;
		n -= 8;
		room -= 8;
	}
	if (room >= 8)
		memcpy(&w, s, 8);
	else
		memcpy(&w, s, n);
	h = (h ^ ((w | EACH(0x20)) & first_bytes[n])) * 0xff51afd7ed558ccdull;
	run->hash = h ^ h >> 32;
	run->digit = (letters & (w | ~first_bytes[n])) != EACH(0x40);
	if (run->n > 64)
		run->hash = words_hash(s - (run->n - n), run->n);
}

void
words_start(struct words_reader *r, const char *s, uint32_t a, uint32_t z)
{
	r->s = s;
	r->at = a;
	r->z = z;
	r->next = r->end = r->run;
	r->most = WORDS_IN_WINDOW;
}

/* A word from `at` that reaches the end of its window; returns where it ends. */
static uint32_t
walk(const struct words_reader *r, uint32_t at, bool *high)
{
	size_t k;

	*high = false;
	while ((k = utf8_word(r->s + at, r->s + r->z)) != 0) {
		*high = *high || k > 1;
		at += (uint32_t)k;
	}
	return at;
}

/* Which characters from 0x80 are of a word; returns how many bytes the last one, if it is none, reaches out of the window. */
static unsigned
look_closer(const struct words_reader *r, uint32_t base, struct bits *b)
{
	unsigned out = 0;

	for (uint64_t left = b->high; left != 0;) {
		unsigned i = (unsigned)__builtin_ctzll(left);
		unsigned char c = (unsigned char)r->s[base + i];
		unsigned bytes = c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
		uint64_t mask = (((uint64_t)1 << bytes) - 1) << i;

		left &= ~mask;
		if (utf8_word_far(r->s + base + i, r->s + r->z) != 0)
			b->word |= mask;
		else if (i + bytes > 64)
			out = i + bytes - 64;
	}
	return out;
}

/* From r->at, where no word is under way, as many words as there is room for.  A window of 64 bytes begins there; a word that reaches
 * its end begins the next one, or is walked if it fills it. */
void
words_more(struct words_reader *r)
{
	struct words_run *run = r->run, *most = run + r->most - WORDS_IN_WINDOW;
	const char *s = r->s;
	uint32_t base = r->at, z = r->z;

	while (base < z && run <= most) {
		uint32_t n = z - base < 64 ? z - base : 64;
		struct bits b = look(s + base, n);
		uint64_t starts, ends;

		if (b.high != 0)
			n += look_closer(r, base, &b);
		starts = b.word & ~(b.word << 1);
		ends = ~b.word & (b.word << 1);
		for (; ends != 0; run++) {
			unsigned from = (unsigned)__builtin_ctzll(starts), to = (unsigned)__builtin_ctzll(ends);

			starts &= starts - 1;
			ends &= ends - 1;
			run->at = base + from;
			run->n = to - from;
			run->high = b.high != 0 && (b.high >> from & (UINT64_MAX >> (64 - (to - from)))) != 0;
			if (!run->high)
				hash_plain(run, s + base + from, z - base - from);
		}
		if ((starts & ~(uint64_t)1) != 0) {
			n = (uint32_t)__builtin_ctzll(starts);
		} else if (starts != 0) {
			run->at = base;
			n = walk(r, base, &run->high) - base;
			run->n = n;
			if (!run->high)
				hash_plain(run, s + base, z - base);
			run++;
		}
		base += n;
	}
	r->at = base;
	r->next = r->run;
	r->end = run;
	r->most = WORDS_AT_ONCE;
}
