/* Character references of HTML and XML. */
#include "util/entity.h"

#include "util/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST_NAME = 31 };

static const struct entity {
	const char *name;
	unsigned bare : 1;		/* known without a semicolon too */
	unsigned a : 21, b : 21;
} entities[] = {
#define E(name, bare, a, b) { #name, bare, a, b },
#include "util/entity.def"
#undef E
};

static int
compare(const void *key, const void *e)
{
	return strcmp(key, ((const struct entity *)e)->name);
}

static const struct entity *
find(const char *s, size_t n)
{
	char name[LONGEST_NAME + 1];

	if (n > LONGEST_NAME)
		return NULL;
	memcpy(name, s, n);
	name[n] = '\0';
	return bsearch(name, entities, sizeof entities / sizeof *entities, sizeof *entities, compare);
}

static int
is_alnum(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static int
hex_value(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : 99;
}

/* Browsers read the controls 80 to 9F as windows-1252, since that is what was meant: &#146; is an apostrophe. */
static unsigned
character_of(unsigned long cp)
{
	static const unsigned short high[32] = {
		0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D,
		0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD,
		0x017E, 0x0178
	};

	if (cp >= 0x80 && cp < 0xA0)
		return high[cp - 0x80];
	if ((cp < 0x20 && cp != '\n' && cp != '\t' && cp != '\r') || cp == 0x7F || (cp >= 0xD800 && cp < 0xE000) || cp > 0x10FFFF)
		return 0xFFFD;
	return (unsigned)cp;
}

static size_t
number_at(const char *s, size_t n, char *out, size_t *outlen)
{
	int base = n > 2 && (s[2] == 'x' || s[2] == 'X') ? 16 : 10;
	size_t first = base == 16 ? 3 : 2, i = first;
	unsigned long cp = 0;

	for (; i < n && hex_value(s[i]) < base; i++)
		if (cp <= 0x10FFFF)
			cp = cp * (unsigned)base + (unsigned)hex_value(s[i]);
	if (i == first || i > 60)
		return 0;
	*outlen = utf8_encode(character_of(cp), out);
	return i < n && s[i] == ';' ? i + 1 : i;
}

size_t
entity_at(const char *s, size_t n, char out[ENTITY_MOST], size_t *outlen)
{
	const struct entity *e = NULL;
	size_t i = 1;

	if (n < 3 || s[0] != '&')
		return 0;
	if (s[1] == '#')
		return number_at(s, n, out, outlen);
	while (i < n && i <= LONGEST_NAME + 1 && is_alnum(s[i]))
		i++;
	if (i > 1)
		e = find(s + 1, i - 1);
	if (e == NULL)
		return 0;
	if (i < n && s[i] == ';')
		i++;
	else if (!e->bare || (i < n && s[i] == '='))	/* "?a=1&copy=2" is an address */
		return 0;
	*outlen = utf8_encode(e->a, out);
	if (e->b != 0)
		*outlen += utf8_encode(e->b, out + *outlen);
	return i;
}
