/* Bytes of articles, names of files and words of rules as text of the page, whatever they are: nothing of them is markup, and what nobody
 * would see is named. */
#include "emit/html_int.h"

#include "util/utf8.h"

#include <string.h>

enum { IN_VALUE = 1 };

static void
put_odd(struct buf *out, unsigned cp, const char *s, size_t len, int how)
{
	buf_puts(out, how == IN_VALUE ? "&lt;" : "<span class=\"odd\">");
	if (cp == UTF8_BAD)
		for (size_t i = 0; i < len; i++)
			buf_printf(out, "%02X", (unsigned char)s[i]);
	else
		buf_printf(out, "U+%04X", cp);
	buf_puts(out, how == IN_VALUE ? "&gt;" : "</span>");
}

static void
put(struct buf *out, const char *s, size_t n, int how)
{
	const char *end = s + n;

	while (s < end) {
		unsigned cp;
		size_t len = 0;

		while (s + len < end && s[len] >= ' ' && s[len] <= '~' && s[len] != '<' && s[len] != '>' && s[len] != '&' && s[len] != '"')
			len++;
		buf_add(out, s, len);
		s += len;
		if (s == end)
			break;
		len = utf8_decode(s, end, &cp);
		if (cp == '<')
			buf_puts(out, "&lt;");
		else if (cp == '>')
			buf_puts(out, "&gt;");
		else if (cp == '&')
			buf_puts(out, "&amp;");
		else if (cp == '"')
			buf_puts(out, "&quot;");
		else if (cp == '\n' && how != IN_VALUE)
			buf_putc(out, '\n');
		else if (emit_hidden(cp) || cp == UTF8_BAD || (cp & 0xFFFE) == 0xFFFE)
			put_odd(out, cp, s, len, how);
		else
			buf_add(out, s, len);
		s += len;
	}
}

void
html_text(struct buf *out, const char *s, size_t n)
{
	put(out, s, n, 0);
}

void
html_words(struct buf *out, const char *s)
{
	put(out, s, strlen(s), 0);
}

void
html_value(struct buf *out, const char *s)
{
	put(out, s, strlen(s), IN_VALUE);
}

void
html_path(struct buf *out, const char *path)
{
	const char *s = path != NULL ? emit_path_begin(path) : "wirelint", *end = s + strlen(s), *nl;

	/* a newline in a name is none of the page's */
	for (; (nl = memchr(s, '\n', (size_t)(end - s))) != NULL; s = nl + 1) {
		put(out, s, (size_t)(nl - s), 0);
		put_odd(out, '\n', nl, 1, 0);
	}
	put(out, s, (size_t)(end - s), 0);
}

void
html_cut(struct buf *out, const char *s, size_t n, size_t most)
{
	size_t at = n;

	if (n > most) {
		at = most;
		while (at > 0 && ((unsigned char)s[at] & 0xC0) == 0x80)
			at--;
	}
	put(out, s, at, 0);
	if (at < n)
		buf_puts(out, "…");
}

void
html_number(struct buf *out, size_t n)
{
	if (n >= 1000) {
		html_number(out, n / 1000);
		buf_printf(out, ",%03u", (unsigned)(n % 1000));
	} else
		buf_putu(out, n);
}

void
html_count(struct buf *out, size_t n, const char *one, const char *many)
{
	html_number(out, n);
	buf_putc(out, ' ');
	buf_puts(out, n == 1 ? one : many);
}

const char *
html_class(const struct finding *f)
{
	return f->fatal ? "fatal" : severity_name(f->severity);
}

void
html_number_in(struct buf *out, const char *s, size_t n, size_t number)
{
	const char *end = s + n, *here;

	for (; (here = memchr(s, HTML_HERE[0], (size_t)(end - s))) != NULL; s = here + 1) {
		buf_add(out, s, (size_t)(here - s));
		buf_putu(out, number);
	}
	buf_add(out, s, (size_t)(end - s));
}
