/* What the first bytes of a file of JSON say. */
#include "read/sniff.h"

#include <string.h>

enum { LOOK_MOST = 256 * 1024 };

static const char *
skip_blanks(const char *s, const char *end)
{
	while (s < end && (*s == ' ' || *s == '\t' || *s == '\n' || *s == '\r'))
		s++;
	return s;
}

/* Behind the string that begins at s with its quotation mark; `end` if it does not end. */
static const char *
skip_string(const char *s, const char *end)
{
	for (s++; s < end && *s != '"'; s++)
		if (*s == '\\' && s + 1 < end)
			s++;
	return s < end ? s + 1 : end;
}

/* Inside of the outermost object, or of the first object of the outermost array; NULL if there is none. */
static const char *
first_object(const struct source *src, const char **end)
{
	const char *s = src->s;

	*end = s + (src->len < LOOK_MOST ? src->len : LOOK_MOST);
	s = skip_blanks(s, *end);
	if (s < *end && *s == '[')
		s = skip_blanks(s + 1, *end);
	return s < *end && *s == '{' ? s + 1 : NULL;
}

bool
sniff_json(const struct source *src)
{
	const char *end, *s = first_object(src, &end);

	if (s == NULL)
		return false;
	s = skip_blanks(s, end);
	if (s < end && *s == '}')
		return true;
	if (s == end || *s != '"')
		return false;
	s = skip_blanks(skip_string(s, end), end);
	return s < end && *s == ':';
}

bool
sniff_json_key(const struct source *src, const char *key)
{
	const char *end, *s = first_object(src, &end);
	size_t n = strlen(key);
	unsigned depth = 0;
	bool prefix = n != 0 && key[n - 1] == '*';

	n -= prefix;

	while (s != NULL && s < end) {
		if (*s == '"') {
			const char *name = s + 1;

			s = skip_string(s, end);
			if (depth == 0 && (prefix ? (size_t)(s - name) > n + 1 : (size_t)(s - name) == n + 1) && memcmp(name, key, n) == 0) {
				s = skip_blanks(s, end);
				if (s < end && *s == ':')
					return true;
			}
			continue;
		}
		if (*s == '{' || *s == '[')
			depth++;
		else if ((*s == '}' || *s == ']') && depth-- == 0)
			return false;
		s++;
	}
	return false;
}
