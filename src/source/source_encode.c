/* The way back: characters as bytes of an encoding. */
#include "source/source.h"

#include "util/utf8.h"

#include <string.h>

/* One unit of UTF-16. */
static void
put_unit(struct buf *out, unsigned u, bool big)
{
	buf_putc(out, (char)(big ? u >> 8 : u & 0xFF));
	buf_putc(out, (char)(big ? u & 0xFF : u >> 8));
}

static void
put_utf16(struct buf *out, unsigned cp, bool big)
{
	if (cp >= 0x10000) {
		put_unit(out, 0xD800 + ((cp - 0x10000) >> 10), big);
		put_unit(out, 0xDC00 + ((cp - 0x10000) & 0x3FF), big);
	} else {
		put_unit(out, cp, big);
	}
}

/* The byte that stands for it in a single-byte encoding; -1: none does. */
static int
single_byte(enum encoding e, unsigned cp)
{
	uint16_t high[128];

	if (cp < 0x80)
		return (int)cp;
	encoding_high(e, high);
	for (int i = 0; i < 128; i++)
		if (high[i] == cp && cp != 0xFFFD)
			return 0x80 + i;
	return -1;
}

bool
encoding_holds(enum encoding e, unsigned cp)
{
	return e <= ENC_UTF16BE || single_byte(e, cp) >= 0;
}

bool
encoding_put(struct buf *out, enum encoding e, const char *s, size_t n, unsigned *strange)
{
	const char *end = s + n;
	unsigned cp;

	if (e == ENC_UTF8) {
		buf_add(out, s, n);
		return true;
	}
	while (s < end) {
		s += utf8_decode(s, end, &cp);
		if (e <= ENC_UTF16BE) {
			put_utf16(out, cp, e == ENC_UTF16BE);
			continue;
		}
		if (single_byte(e, cp) < 0) {
			*strange = cp;
			return false;
		}
		buf_putc(out, (char)single_byte(e, cp));
	}
	return true;
}
