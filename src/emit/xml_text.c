/* Words in XML.  emit_plain() leaves of what XML cannot hold U+FFFE and U+FFFF alone. */
#include "emit/xml_text.h"

#include "util/utf8.h"

#include <string.h>

static void
put_escaped(struct buf *out, const char *s, size_t n)
{
	const char *end = s + n;

	while (s < end) {
		unsigned cp;
		size_t len = utf8_decode(s, end, &cp);

		if (cp == '&')
			buf_puts(out, "&amp;");
		else if (cp == '<')
			buf_puts(out, "&lt;");
		else if (cp == '>')
			buf_puts(out, "&gt;");
		else if (cp == '"' || cp == '\t')
			buf_printf(out, "&#%u;", cp);
		else if (cp == 0xFFFE || cp == 0xFFFF)
			buf_printf(out, "&lt;U+%04X&gt;", cp);
		else
			buf_add(out, s, len);
		s += len;
	}
}

void
xml_text(struct buf *out, const char *s, size_t n)
{
	struct buf plain = BUF_INIT;

	emit_plain(&plain, s, n);
	put_escaped(out, plain.s, plain.n);
	buf_release(&plain);
}

void
xml_attribute(struct buf *out, const char *name, const char *value)
{
	buf_printf(out, " %s=\"", name);
	xml_text(out, value, strlen(value));
	buf_putc(out, '"');
}

void
xml_path(struct buf *out, const char *name, const char *path)
{
	struct buf safe = BUF_INIT;

	emit_path_bare(&safe, path);
	buf_printf(out, " %s=\"", name);
	put_escaped(out, safe.s, safe.n);
	buf_putc(out, '"');
	buf_release(&safe);
}
