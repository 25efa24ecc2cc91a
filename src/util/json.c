/* Writing JSON into a buffer. */
#include "util/json.h"

#include "util/utf8.h"

#include <string.h>

static const char hex[] = "0123456789abcdef";

static void
escape(struct buf *out, unsigned char c)
{
	const char *at = strchr("\"\\\b\f\n\r\t", c);
	char t[6] = { '\\', 'u', '0', '0', hex[c >> 4], hex[c & 15] };

	if (c != 0 && at != NULL) {
		buf_putc(out, '\\');
		buf_putc(out, "\"\\bfnrt"[at - "\"\\\b\f\n\r\t"]);
	} else {
		buf_add(out, t, 6);
	}
}

/* Bytes that are not UTF-8 become U+FFFD, one a maximal subpart: what is written is always valid JSON. */
void
json_string(struct buf *out, const char *s, size_t n)
{
	const char *end = s + n, *from = s;
	unsigned cp;

	buf_room(out, n + 2);
	buf_putc(out, '"');
	while (s < end) {
		unsigned char c = (unsigned char)*s;
		size_t k = 1;

		if (c >= 0x20 && c < 0x7F && c != '"' && c != '\\') {
			s++;
			continue;
		}
		cp = c;
		if (c >= 0x80) {
			k = utf8_decode(s, end, &cp);
			if (cp != UTF8_BAD) {
				s += k;
				continue;
			}
		}
		buf_add(out, from, (size_t)(s - from));
		if (cp == UTF8_BAD)
			buf_putcp(out, 0xFFFD);
		else
			escape(out, c);
		s += k;
		from = s;
	}
	buf_add(out, from, (size_t)(s - from));
	buf_putc(out, '"');
}

void
json_cstring(struct buf *out, const char *s)
{
	if (s == NULL)
		buf_puts(out, "null");
	else
		json_string(out, s, strlen(s));
}
