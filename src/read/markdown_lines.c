/* Thematic breaks and the underlines of headings. */
#include "read/markdown_lines.h"

#include <string.h>

static bool
is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool
is_prefix(char c)
{
	return c == '>' || c == ' ' || c == '\t';
}

static uint32_t
line_end(const char *s, uint32_t at, uint32_t n)
{
	const char *nl = memchr(s + at, '\n', n - at);

	return nl != NULL ? (uint32_t)(nl - s) + 1 : n;
}

/* A line of nothing but three or more of one mark, perhaps in a quotation. */
static bool
is_rule(const char *s, uint32_t *a, uint32_t *z)
{
	char mark = 0;
	unsigned n = 0;
	uint32_t i = *a;

	while (i < *z && is_prefix(s[i]))
		i++;
	*a = i;
	for (; i < *z; i++) {
		if (is_blank(s[i]))
			continue;
		if ((s[i] != '-' && s[i] != '*' && s[i] != '_') || (mark != 0 && s[i] != mark))
			return false;
		mark = s[i];
		n++;
	}
	while (*z > *a && is_blank(s[*z - 1]))
		--*z;
	return n >= 3;
}

bool
markdown_rule(const char *s, uint32_t base, uint32_t last, uint32_t n, uint32_t *a, uint32_t *z)
{
	/* the rest of the last piece's line is its own */
	while (last > base && last < n && s[last - 1] != '\n' && s[last] != '\n')
		last++;
	for (uint32_t next; last < n; last = next) {
		next = line_end(s, last, n);
		*a = last;
		*z = next;
		if (is_rule(s, a, z))
			return true;
	}
	return false;
}

uint32_t
markdown_underline(const char *s, uint32_t base, uint32_t last, uint32_t n)
{
	uint32_t line = last, at = last < n ? line_end(s, last, n) : n, mark;

	while (line > base && s[line - 1] != '\n')
		line--;
	while (line < last && is_prefix(s[line]))
		line++;
	if (at >= n || s[line] == '#')
		return last;
	while (at < n && is_prefix(s[at]))
		at++;
	for (mark = at; at < n && (s[at] == '=' || s[at] == '-'); at++)
		;
	return at > mark && (at == n || is_blank(s[at])) ? at : last;
}
