/* Numbers and strings as bytes, the same on every machine: numbers in seven bits a byte, the lowest first (LEB128); signed ones zigzag (0, -1, 1, -2 ...
 * are 0, 1, 2, 3 ...); hashes in so many bytes, the highest first; a string as its length and its bytes. */
#ifndef WL_UTIL_PACKED_H
#define WL_UTIL_PACKED_H

#include "util/arena.h"
#include "util/buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

static inline void
put_number(struct buf *out, uint64_t v)
{
	for (; v >= 0x80; v >>= 7)
		buf_putc(out, (char)(v | 0x80));
	buf_putc(out, (char)v);
}

static inline void
put_signed(struct buf *out, int64_t v)
{
	put_number(out, v < 0 ? ~((uint64_t)v << 1) : (uint64_t)v << 1);
}

static inline void
put_bytes(struct buf *out, uint64_t v, int n)
{
	while (n-- > 0)
		buf_putc(out, (char)(v >> (8 * n)));
}

static inline void
put_string(struct buf *out, const char *s)
{
	size_t n = strlen(s);

	put_number(out, n);
	buf_add(out, s, n);
}

/* What is read: s moves on.  After the first that is not as it should be, `bad` is set, and whatever is read is 0. */
struct packed {
	const unsigned char *s, *end;
	bool bad;
};

static inline uint64_t
get_number(struct packed *b)
{
	uint64_t v = 0;

	for (int shift = 0; shift < 64 && !b->bad && b->s < b->end; shift += 7) {
		unsigned char c = *b->s++;

		v |= (uint64_t)(c & 0x7f) << shift;
		if (c < 0x80)
			return v;
	}
	b->bad = true;
	return 0;
}

static inline uint32_t
get_small(struct packed *b)
{
	uint64_t v = get_number(b);

	b->bad = b->bad || v > UINT32_MAX;
	return b->bad ? 0 : (uint32_t)v;
}

static inline int64_t
get_signed(struct packed *b)
{
	uint64_t v = get_number(b);

	return (int64_t)(v & 1 ? ~(v >> 1) : v >> 1);
}

static inline uint64_t
get_bytes(struct packed *b, int n)
{
	uint64_t v = 0;

	if (b->bad || b->end - b->s < n) {
		b->bad = true;
		return 0;
	}
	while (n-- > 0)
		v = v << 8 | *b->s++;
	return v;
}

/* Terminated, in the arena; one with a NUL in it is bad. */
static inline const char *
get_string(struct packed *b, struct arena *arena)
{
	uint64_t n = get_number(b);
	const char *s = (const char *)b->s;

	if (b->bad || n > (uint64_t)(b->end - b->s) || memchr(s, '\0', (size_t)n) != NULL) {
		b->bad = true;
		return "";
	}
	b->s += n;
	return arena_strndup(arena, s, (size_t)n);
}

#endif
