/* Messages of the wire: SOH header STX text ETX trailer EOT, with junk and DEL between them. */
#include "read/wire.h"

#include <string.h>

static uint32_t
find(const struct source *src, uint32_t from, char c, uint32_t end)
{
	const char *at = from < end ? memchr(src->s + from, c, end - from) : NULL;

	return at != NULL ? (uint32_t)(at - src->s) : end;
}

bool
wire_next(const struct source *src, uint32_t at, struct wire *out)
{
	uint32_t n = (uint32_t)src->len;

	for (;;) {
		uint32_t head = find(src, at, SOH, n);

		if (head == n)
			return false;
		out->head = head + 1;
		out->next = find(src, head + 1, SOH, n);
		out->text = find(src, head + 1, STX, out->next);
		if (out->text == out->next) {		/* a header without a text */
			at = out->next;
			continue;
		}
		out->text++;
		out->end = find(src, out->text, ETX, out->next);
		if (find(src, out->text, EOT, out->next) < out->end)
			out->end = find(src, out->text, EOT, out->next);
		return true;
	}
}

static bool
is_blank(char c)
{
	return (unsigned char)c <= ' ' || c == DEL;
}

struct wire_line
wire_line_at(const char *s, uint32_t at, uint32_t end)
{
	struct wire_line l = { .a = at, .z = at };

	while (l.z < end && s[l.z] != '\n' && s[l.z] != '\r')
		l.z++;
	l.next = l.z < end ? l.z + 1 : l.z;
	if (l.next < end && s[l.z] == '\r' && s[l.next] == '\n')
		l.next++;
	while (l.a < l.z && is_blank(s[l.a]))
		l.a++;
	while (l.z > l.a && is_blank(s[l.z - 1]))
		l.z--;
	return l;
}
