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

void
wire_is_copy(struct wire_file *x, uint32_t a, uint32_t z)
{
	source_unremark(x->src, REMARK_CONTROL, (struct extent){ x->done, a });
	x->done = z;
}

/* What stands between messages and is none: words behind EOT or before SOH, a header without a text.  Behind ETX a line or two of
 * trailer may stand. */
static void
say_outside(struct source *src, uint32_t a, uint32_t z)
{
	enum { TRAILER = 80 };
	uint32_t eot = find(src, a, EOT, z), letters = 0;

	if (eot < z)
		a = eot + 1;
	for (uint32_t i = a; i < z; i++)
		letters += (unsigned char)src->s[i] > ' ' && src->s[i] != DEL;
	if (letters > (eot < z ? 8u : TRAILER))
		source_remark(src, REMARK_DAMAGED, (struct extent){ a, z }, "text outside of any message is not read, expected SOH, a header and STX");
}

bool
wire_read(struct source *src, struct intake *in, const char *format, void (*put)(struct flow *f, struct wire_file *x, const struct wire *w))
{
	struct wire_file x = { src, layer_of_source(src), 0 };
	struct wire w, next;
	bool more = wire_next(src, 0, &w), many = false;

	if (more)
		say_outside(src, 0, w.head - 1);
	while (more) {
		struct flow f;

		more = wire_next(src, w.next, &next);
		many = many || more;
		flow_init(&f, intake_item(in, src, format, NULL, many));
		put(&f, &x, &w);
		wire_is_copy(&x, more ? next.head : (uint32_t)src->len, more ? next.head : (uint32_t)src->len);
		if (w.end == w.next && w.next == src->len)
			source_remark(src, REMARK_DAMAGED, (struct extent){ w.end, w.end }, "message is cut short, expected ETX");
		if (w.end < w.next)
			say_outside(src, w.end + 1, more ? next.head - 1 : (uint32_t)src->len);
		intake_done(in, more ? w.next : UINT32_MAX, KIND(BLOCK_SLUG), "a message without text");
		w = next;
	}
	in->refusal = in->met == 0 ? "no message framed by SOH and STX" : "messages without text";
	return in->made != 0;
}
