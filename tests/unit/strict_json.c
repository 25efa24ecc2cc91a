/* A strict JSON reader for tests. */
#include "strict_json.h"
#include "util/utf8.h"

#include <ctype.h>
#include <string.h>

static const char *value(const char *s, const char *end, int depth);

static const char *
blank(const char *s, const char *end)
{
	while (s < end && *s != '\0' && strchr(" \t\r\n", *s) != NULL)
		s++;
	return s;
}

static const char *
string(const char *s, const char *end)
{
	if (s == end || *s++ != '"')
		return NULL;
	while (s < end && *s != '"') {
		if ((unsigned char)*s < 0x20)
			return NULL;
		if (*s++ != '\\')
			continue;
		if (s == end)
			return NULL;
		if (*s == 'u') {
			for (int i = 1; i <= 4; i++)
				if (s + i >= end || !isxdigit((unsigned char)s[i]))
					return NULL;
			s += 5;
		} else if (*s != '\0' && strchr("\"\\/bfnrt", *s) != NULL) {
			s++;
		} else {
			return NULL;
		}
	}
	return s < end ? s + 1 : NULL;
}

static const char *
number(const char *s, const char *end)
{
	const char *digits;

	if (s < end && *s == '-')
		s++;
	for (digits = s; s < end && isdigit((unsigned char)*s); s++)
		;
	if (s == digits || (*digits == '0' && s > digits + 1))
		return NULL;
	if (s < end && *s == '.') {	/* exponents are never written */
		for (digits = ++s; s < end && isdigit((unsigned char)*s); s++)
			;
		return s == digits ? NULL : s;
	}
	return s;
}

static bool
key_again(const char *from, const char *key, size_t n)
{
	/* Keys of this object only: those at depth 0 before this one. */
	while (from < key) {
		const char *e = string(from, key + n);
		const char *v;

		if (e != NULL && (size_t)(e - from) == n && from != key && memcmp(from, key, n) == 0)
			return true;
		if (e == NULL || (v = value(blank(blank(e, key + n) + 1, key + n), key + n, 0)) == NULL)
			return false;
		from = blank(blank(v, key + n) + 1, key + n);
	}
	return false;
}

static const char *
object(const char *s, const char *end, int depth)
{
	const char *first;

	s = first = blank(s + 1, end);
	if (s < end && *s == '}')
		return s + 1;
	for (;;) {
		const char *e = string(s, end);

		if (e == NULL || key_again(first, s, (size_t)(e - s)))
			return NULL;
		s = blank(e, end);
		if (s == end || *s != ':' || (s = value(blank(s + 1, end), end, depth)) == NULL)
			return NULL;
		s = blank(s, end);
		if (s < end && *s == '}')
			return s + 1;
		if (s == end || *s != ',')
			return NULL;
		s = blank(s + 1, end);
	}
}

static const char *
array(const char *s, const char *end, int depth)
{
	s = blank(s + 1, end);
	if (s < end && *s == ']')
		return s + 1;
	for (;;) {
		if ((s = value(s, end, depth)) == NULL)
			return NULL;
		s = blank(s, end);
		if (s < end && *s == ']')
			return s + 1;
		if (s == end || *s != ',')
			return NULL;
		s = blank(s + 1, end);
	}
}

static const char *
value(const char *s, const char *end, int depth)
{
	static const char *const words[] = { "true", "false", "null" };

	if (s >= end || depth > 20)
		return NULL;
	if (*s == '{')
		return object(s, end, depth + 1);
	if (*s == '[')
		return array(s, end, depth + 1);
	if (*s == '"')
		return string(s, end);
	for (size_t i = 0; i < 3; i++)
		if ((size_t)(end - s) >= strlen(words[i]) && memcmp(s, words[i], strlen(words[i])) == 0)
			return s + strlen(words[i]);
	return number(s, end);
}

bool
strict_json(const char *s, size_t n)
{
	const char *end = s + n, *e;

	if (utf8_valid(s, n) != n || (e = value(blank(s, end), end, 0)) == NULL)
		return false;
	return blank(e, end) == end;
}

bool
strict_each(const char *s, const char *end, strict_fn *each, void *arg)
{
	bool is_object = *s == '{';

	for (s = blank(s + 1, end); s < end && *s != '}' && *s != ']';) {
		const char *key = NULL, *next;
		size_t nkey = 0;

		if (is_object) {
			next = string(s, end);
			key = s + 1;
			nkey = (size_t)(next - s) - 2;
			s = blank(blank(next, end) + 1, end);
		}
		next = value(s, end, 0);
		if (!each(arg, key, nkey, s, next))
			return false;
		s = blank(next, end);
		s = s < end && *s == ',' ? blank(s + 1, end) : s;
	}
	return true;
}

const char *
strict_at(const char *s, const char *path, size_t *n)
{
	const char *end = s + strlen(s);

	for (s = blank(s, end); *path != '\0'; path += strcspn(path, "/"), path += *path == '/') {
		size_t len = strcspn(path, "/");
		bool is_object = *s == '{', found = false;
		size_t i = 0;

		if (!is_object && *s != '[')
			return NULL;
		for (s = blank(s + 1, end); s < end && *s != '}' && *s != ']'; i++) {
			const char *key = s;

			if (is_object) {
				s = string(s, end);
				found = (size_t)(s - key) == len + 2 && memcmp(key + 1, path, len) == 0;
				s = blank(blank(s, end) + 1, end);
			} else {
				size_t want = 0;

				for (size_t k = 0; k < len; k++)
					want = want * 10 + (size_t)(path[k] - '0');
				found = i == want;
			}
			if (found)
				break;
			s = blank(value(s, end, 0), end);
			s = *s == ',' ? blank(s + 1, end) : s;
		}
		if (!found)
			return NULL;
	}
	*n = (size_t)(value(s, end, 0) - s);
	return s;
}

bool
strict_is(const char *s, const char *path, const char *raw)
{
	size_t n;
	const char *at = strict_at(s, path, &n);

	return at != NULL && n == strlen(raw) && memcmp(at, raw, n) == 0;
}

const char *
strict_keys(const char *s, const char *path)
{
	static char keys[512];
	const char *end = s + strlen(s), *at;
	size_t n, used = 0;

	keys[0] = '\0';
	if ((at = strict_at(s, path, &n)) == NULL || *at != '{')
		return keys;
	for (at = blank(at + 1, end); *at == '"';) {
		const char *e = string(at, end);
		size_t len = (size_t)(e - at) - 2;

		if (used + len + 2 > sizeof(keys))
			break;
		if (used != 0)
			keys[used++] = ' ';
		memcpy(keys + used, at + 1, len);
		used += len;
		at = blank(value(blank(blank(e, end) + 1, end), end, 0), end);
		at = *at == ',' ? blank(at + 1, end) : at;
	}
	keys[used] = '\0';
	return keys;
}
