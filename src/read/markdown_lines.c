/* Thematic breaks, the underlines of headings, and lines without any mark. */
#include "read/markdown_lines.h"

#include "util/str.h"

#include <string.h>

static bool
is_prefix(char c)
{
	return c == '>' || c == ' ' || c == '\t';
}

/* A line of nothing but three or more of one mark, perhaps in a quotation. */
static bool
is_rule(const char *s, uint32_t *a, uint32_t *z)
{
	char mark;
	unsigned n = 0;
	uint32_t i;

	while (*z > *a && str_is_space(s[*z - 1]))
		--*z;
	if (*z == *a || strchr("-*_", mark = s[*z - 1]) == NULL || mark == '\0')
		return false;
	for (i = *z; i > *a && (s[i - 1] == mark || str_is_space(s[i - 1])); i--)
		n += s[i - 1] == mark;
	while (s[i] != mark)
		i++;
	/* before it: what opens quotations and lists */
	for (uint32_t k = *a; k < i; k++)
		if (!is_prefix(s[k]) && (strchr("-*+.)0123456789", s[k]) == NULL || s[k] == '\0'))
			return false;
	*a = i;
	return n >= 3;
}

bool
markdown_rule(const char *s, uint32_t base, uint32_t last, uint32_t n, uint32_t *a, uint32_t *z)
{
	/* the rest of the last piece's line is its own */
	while (last > base && last < n && s[last - 1] != '\n' && s[last] != '\n')
		last++;
	for (uint32_t next; last < n; last = next) {
		next = str_line_end(s, last, n);
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
	uint32_t line = last, at = last < n ? str_line_end(s, last, n) : n, mark;

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
	return at > mark && (at == n || str_is_space(s[at])) ? at : last;
}

/* Behind `[//]: # (` and its like; 0 if the line begins otherwise. */
static uint32_t
comment_start(const char *s, uint32_t at, uint32_t end)
{
	static const char *const labels[] = { "[//]:", "[comment]:" }, *const targets[] = { "#", "<#>", "<>" };
	size_t i, k, n;

	while (at < end && is_prefix(s[at]))
		at++;
	for (i = 0; i < sizeof labels / sizeof *labels; i++)
		if ((n = strlen(labels[i])) < end - at && memcmp(s + at, labels[i], n) == 0)
			break;
	if (i == sizeof labels / sizeof *labels)
		return 0;
	for (at += (uint32_t)n; at < end && str_is_space(s[at]); at++)
		;
	for (k = 0; k < sizeof targets / sizeof *targets; k++)
		if ((n = strlen(targets[k])) < end - at && memcmp(s + at, targets[k], n) == 0 && str_is_space(s[at + n]))
			break;
	if (k == sizeof targets / sizeof *targets)
		return 0;
	for (at += (uint32_t)n; at < end && str_is_space(s[at]); at++)
		;
	return at < end && (s[at] == '(' || s[at] == '"' || s[at] == '\'') ? at + 1 : 0;
}

bool
markdown_comment(const char *s, uint32_t base, uint32_t *from, uint32_t to, uint32_t *a, uint32_t *z)
{
	uint32_t at = *from, end;

	/* the rest of the last piece's line is its own */
	if (at > base && s[at - 1] != '\n')
		at = str_line_end(s, at, to);
	for (; at < to; at = end) {
		char close;

		end = str_line_end(s, at, to);
		if ((*a = comment_start(s, at, end)) == 0)
			continue;
		close = s[*a - 1] == '(' ? ')' : s[*a - 1];
		for (*z = *a; *z < to && s[*z] != close; ++*z)
			*z += s[*z] == '\\' && *z + 1 < to;
		if (*z >= to)
			break;
		*from = *z;
		return true;
	}
	*from = to;
	return false;
}

bool
markdown_address(const char *s, uint32_t n, uint32_t last, uint32_t *a, uint32_t *z)
{
	uint32_t at = last;

	while (at < n && s[at] != '\0' && strchr("*_`~", s[at]) != NULL)
		at++;
	if (n - at < 3 || s[at] != ']' || s[at + 1] != '(')
		return false;
	at += 2 + (s[at + 2] == '<');
	for (*a = *z = at; *z < n && !str_is_space(s[*z]) && s[*z] != ')' && s[*z] != '>'; ++*z)
		;
	return *z > *a;
}

bool
markdown_is_literal(const char *s, uint32_t n)
{
	static const bool literal[256] = {
		['a' ... 'z'] = true, ['A' ... 'Z'] = true, ['0' ... '9'] = true, [0x80 ... 0xFF] = true, [' '] = true, [','] = true, ['\''] = true,
		['"'] = true, ['?'] = true, [';'] = true, ['('] = true, [')'] = true, ['-'] = true, ['/'] = true, ['.'] = true, [':'] = true,
	};

	if (!((s[0] | 0x20) >= 'a' && (s[0] | 0x20) <= 'z') || s[n - 1] == ' ')
		return false;
	for (uint32_t i = 0; i < n; i++)
		if (!literal[(unsigned char)s[i]] || (s[i] == '.' && (s[i - 1] | 0x20) == 'w') ||
		    (s[i] == ':' && i + 1 < n && s[i + 1] == '/'))
			return false;
	return true;
}
