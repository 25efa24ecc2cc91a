/* Hashes.  hash_bytes() is FNV-1a with a final mix: for tables and fingerprints, the same on every machine. */
#ifndef WL_HASH_H
#define WL_HASH_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define HASH_INIT 0xcbf29ce484222325ull
#define EACH(byte) (0x0101010101010101ull * (byte))	/* eight bytes, each this one */

static inline uint64_t
hash_byte(uint64_t h, unsigned char c)
{
	return (h ^ c) * 0x100000001b3ull;
}

static inline uint64_t
hash_mix(uint64_t h)
{
	h ^= h >> 33;
	h *= 0xff51afd7ed558ccdull;
	h ^= h >> 33;
	return h;
}

static inline uint64_t
hash_bytes(const void *p, size_t n, uint64_t h)
{
	const unsigned char *s = p;

	while (n-- != 0)
		h = hash_byte(h, *s++);
	return hash_mix(h);
}

/* Up to seven bytes as the first ones of eight in memory, the others 0: without a call of memcpy(), and nothing behind them is read. */
static inline uint64_t
hash_tail(const char *s, size_t n)
{
	uint64_t w = 0;

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	if (n >= 4) {
		uint32_t from, to;		/* they meet in the same bytes */

		memcpy(&from, s, 4);
		memcpy(&to, s + n - 4, 4);
		return from | (uint64_t)to << 8 * (n - 4);
	}
	for (size_t i = 0; i < n; i++)
		w |= (uint64_t)(unsigned char)s[i] << 8 * i;
#else
	memcpy(&w, s, n);
#endif
	return w;
}

static inline uint64_t
hash_step(uint64_t h, uint64_t w)
{
	h = (h ^ w) * 0xff51afd7ed558ccdull;
	return h ^ h >> 32;
}

/* Of a short string, eight bytes at a time: for tables only. */
static inline uint64_t
hash_short(const void *p, size_t n)
{
	const char *s = p;
	uint64_t h = n * 0x9e3779b97f4a7c15ull, w;

	for (; n >= 8; s += 8, n -= 8) {
		memcpy(&w, s, 8);
		h = hash_step(h, w);
	}
	return n != 0 ? hash_step(h, hash_tail(s, n)) : h;
}

#endif
