/* Bytes as letters. */
#include "util/base64.h"

#include <stdint.h>
#include <string.h>

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void
base64_encode(struct buf *out, const void *bytes, size_t n)
{
	const unsigned char *s = bytes;
	char *to;

	buf_room(out, (n + 2) / 3 * 4 + 1);
	to = out->s + out->n;
	for (; n >= 3; n -= 3, s += 3) {
		uint32_t v = (uint32_t)s[0] << 16 | (uint32_t)s[1] << 8 | s[2];

		for (int k = 18; k >= 0; k -= 6)
			*to++ = letters[v >> k & 63];
	}
	if (n != 0) {
		uint32_t v = (uint32_t)s[0] << 16 | (n == 2 ? (uint32_t)s[1] << 8 : 0);

		*to++ = letters[v >> 18 & 63];
		*to++ = letters[v >> 12 & 63];
		*to++ = n == 2 ? letters[v >> 6 & 63] : '=';
		*to++ = '=';
	}
	out->n = (size_t)(to - out->s);
	*to = '\0';
}

static int
value_of(unsigned char c)
{
	return c >= 'A' && c <= 'Z' ? c - 'A' : c >= 'a' && c <= 'z' ? c - 'a' + 26 : c >= '0' && c <= '9' ? c - '0' + 52 : c == '+' ? 62 : c == '/' ? 63 : -1;
}

bool
base64_decode(struct buf *out, const char *s, size_t n)
{
	size_t pad = 0;

	if (n % 4 != 0)
		return false;
	while (pad < 2 && pad < n && s[n - 1 - pad] == '=')
		pad++;
	buf_room(out, n / 4 * 3);
	for (size_t i = 0; i < n; i += 4) {
		uint32_t v = 0;
		size_t here = i + 4 == n ? 4 - pad : 4;

		for (size_t k = 0; k < 4; k++) {
			int c = k < here ? value_of((unsigned char)s[i + k]) : 0;

			if (c < 0)
				return false;
			v = v << 6 | (uint32_t)c;
		}
		for (size_t k = 0; k + 1 < here; k++)
			buf_putc(out, (char)(v >> (16 - 8 * k)));
	}
	return true;
}
