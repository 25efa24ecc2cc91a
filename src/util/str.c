/* Small things on strings: nearest name for a misspelt one, comparisons. */
#include "util/str.h"

#include "util/next_of.h"
#include "util/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* A name longer than this is no near miss of anything: rows fit the stack. */
enum { LONGEST = 128 };

static size_t
code_points(const char *s, size_t n, unsigned *out)
{
	const char *end = s + n;
	size_t k = 0;

	while (s < end) {
		if (k == LONGEST)
			return LONGEST + 1;
		if ((unsigned char)*s < 0x80)
			out[k++] = (unsigned char)*s++;
		else
			s += utf8_decode(s, end, &out[k++]);
	}
	return k;
}

static unsigned
min2(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

unsigned
str_distance(const char *a, size_t na, const char *b, size_t nb, unsigned limit)
{
	unsigned ca[LONGEST], cb[LONGEST], rows[3][LONGEST + 1];
	unsigned *before = rows[0], *last = rows[1], *row = rows[2], *t;
	size_t la = code_points(a, na, ca), lb = code_points(b, nb, cb), i, j, from, to;

	if (la > LONGEST || lb > LONGEST)
		return na == nb && memcmp(a, b, na) == 0 ? 0 : limit + 1;
	if ((la > lb ? la - lb : lb - la) > limit)
		return limit + 1;
	for (j = 0; j <= lb; j++)
		last[j] = (unsigned)j;
	/* what lies further from the diagonal than the limit is over it */
	for (i = 1; i <= la; i++) {
		unsigned least = limit + 2;

		from = i > limit ? i - limit : 1;
		to = lb < i + limit ? lb : i + limit;
		row[from - 1] = from == 1 ? (unsigned)i : limit + 1;
		if (from == 1)
			least = min2(least, (unsigned)i);
		if (i + limit <= lb)
			last[to] = limit + 1;
		for (j = from; j <= to; j++) {
			unsigned d = last[j - 1] + (ca[i - 1] != cb[j - 1]);

			d = min2(d, min2(last[j], row[j - 1]) + 1);
			if (i > 1 && j > 1 && ca[i - 1] == cb[j - 2] && ca[i - 2] == cb[j - 1])
				d = min2(d, before[j - 2] + 1);
			row[j] = d;
			least = min2(least, d);
		}
		/* a swap reaches back two rows, hence one more than the limit */
		if (least > limit + 1)
			return limit + 1;
		t = before, before = last, last = row, row = t;
	}
	return min2(last[lb], limit + 1);
}

void
nearest_init(struct nearest *n, const char *word, size_t len)
{
	size_t points = utf8_count(word, len);

	n->word = word;
	n->len = len;
	n->best = NULL;
	n->distance = (unsigned)(points / 3 > 1 ? points / 3 : 1);
}

void
nearest_try(struct nearest *n, const char *candidate)
{
	/* once there is a best one, only a nearer one beats it: the first of equals wins */
	unsigned limit = n->best != NULL ? n->distance - 1 : n->distance, d;

	if (n->best != NULL && n->distance == 0)
		return;
	d = str_distance(n->word, n->len, candidate, strlen(candidate), limit);
	if (d <= limit) {
		n->best = candidate;
		n->distance = d;
	}
}

bool
str_is(const char *s, size_t n, const char *z)
{
	return strlen(z) == n && memcmp(s, z, n) == 0;
}

bool
str_folded_is(const char *s, size_t n, const char *z)
{
	const char *end = s + n, *zend = z + strlen(z);
	unsigned a, b;

	while (s < end && z < zend) {
		s += utf8_decode(s, end, &a);
		z += utf8_decode(z, zend, &b);
		if (utf8_fold(a, false) != utf8_fold(b, false))
			return false;
	}
	return s == end && z == zend;
}

/* Is it a byte of a word in a list?  Blanks and the end are none. */
static inline bool
is_listed(char c)
{
	return (unsigned char)c > ' ';
}

bool
str_in_list(const char *s, size_t n, const char *list)
{
	while (*list != '\0') {
		size_t k = 0;

		while (k < n && list[k] == s[k] && is_listed(list[k]))
			k++;
		list += k;
		if (k == n && n != 0 && !is_listed(*list))
			return true;
		while (is_listed(*list))
			list++;
		while (*list != '\0' && !is_listed(*list))
			list++;
	}
	return false;
}

bool
str_case_is(const char *s, size_t n, const char *z)
{
	/* most begin with another letter; the cases of one differ in a bit */
	return (n == 0 || ((*s ^ *z) & ~0x20) == 0) && strlen(z) == n && strncasecmp(s, z, n) == 0;
}

bool
str_case_begins(const char *s, size_t n, const char *with)
{
	size_t k = strlen(with);

	return n >= k && strncasecmp(s, with, k) == 0;
}

const char *
str_case_find(const char *s, size_t n, const char *what)
{
	size_t k = strlen(what), end = n >= k ? n - k + 1 : 0;		/* where it may begin */
	unsigned char c = (unsigned char)*what, other = (c | 0x20u) - 'a' < 26 ? c ^ 0x20 : c;
	const struct byte_set first = {{c, other, c, c, c, c}, 0, 0};

	for (size_t at = 0; (at = next_of(s, at, end, &first)) < end; at++)
		if (strncasecmp(s + at, what, k) == 0)
			return s + at;
	return NULL;
}

uint32_t
str_line_end(const char *s, uint32_t at, uint32_t n)
{
	const char *nl = memchr(s + at, '\n', n - at);

	return nl != NULL ? (uint32_t)(nl - s) + 1 : n;
}
