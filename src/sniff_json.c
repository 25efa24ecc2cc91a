/* What the first bytes of a file of JSON say. */
#include "sniff.h"

#include "util/xmalloc.h"

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
	const char *begin = ++s;

	while (s < end && (s = memchr(s, '"', (size_t)(end - s))) != NULL) {
		const char *slash = s;

		while (slash > begin && slash[-1] == '\\')
			slash--;
		s++;
		if ((s - 1 - slash) % 2 == 0)
			return s;
	}
	return end;
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

static bool
begins_object(const char *s, const char *end)
{
	s = skip_blanks(s, end);
	if (s < end && *s == '}')
		return true;
	if (s == end || *s != '"')
		return false;
	s = skip_blanks(skip_string(s, end), end);
	return s < end && *s == ':';
}

/* What begins or ends something. */
static const bool tells[256] = { ['"'] = true, ['{'] = true, ['['] = true, ['}'] = true, [']'] = true };

void
look_json(struct look *k)
{
	const char *end, *s = first_object(k->src, &end);
	unsigned depth = 0;

	if (s == NULL)
		return;
	k->json = begins_object(s, end);
	while (s < end) {
		if (!tells[(unsigned char)*s]) {
			s++;
			continue;
		}
		if (*s == '"') {
			const char *name = s + 1, *colon;

			s = skip_string(s, end);
			colon = depth == 0 ? skip_blanks(s, end) : end;
			if (colon < end && *colon == ':')
				XPUSH(k->keys, k->nkeys, k->capkeys) = (struct look_key){ name, (size_t)(s - 1 - name) };
			continue;
		}
		if (*s == '{' || *s == '[')
			depth++;
		else if ((*s == '}' || *s == ']') && depth-- == 0)
			return;
		s++;
	}
}

bool
look_key(const struct look *k, const char *key)
{
	size_t n = strlen(key);
	bool prefix = n != 0 && key[n - 1] == '*';

	n -= prefix;
	for (size_t i = 0; i < k->nkeys; i++)
		if ((prefix ? k->keys[i].n > n : k->keys[i].n == n) && memcmp(k->keys[i].s, key, n) == 0)
			return true;
	return false;
}
