/* Small things on strings: nearest name for a misspelt one, comparison of a counted string with a C string, lines. */
#ifndef WL_STR_H
#define WL_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Damerau-Levenshtein distance (one for a swap of neighbours) in code points, at most `limit` + 1. */
unsigned str_distance(const char *a, size_t na, const char *b, size_t nb, unsigned limit);

/* The name nearest to `s` that is near enough to be meant (a third of its length, at least 1); NULL if none.
 * Feed candidates one by one: struct nearest n; nearest_init(&n, s); nearest_try(&n, name) ...; n.best */
struct nearest {
	const char *word, *best;
	size_t len;
	unsigned distance;
};
void nearest_init(struct nearest *n, const char *word, size_t len);
void nearest_try(struct nearest *n, const char *candidate);

bool str_is(const char *s, size_t n, const char *z);		/* counted string equals C string */
bool str_folded_is(const char *s, size_t n, const char *z);	/* the same, case folded (full UTF-8) */
bool str_in_list(const char *s, size_t n, const char *list);	/* is s one of the blank-separated words of list? */

/* The same in any case, of ASCII letters alone. */
bool str_case_is(const char *s, size_t n, const char *z);
bool str_case_begins(const char *s, size_t n, const char *with);
const char *str_case_find(const char *s, size_t n, const char *what);	/* the first place; NULL; `what` is not empty */

/* Behind the line feed that ends the line at `at`; n, if none does. */
uint32_t str_line_end(const char *s, uint32_t at, uint32_t n);

/* White space of ASCII: a no-break space is none. */
static inline bool
str_is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static inline bool
str_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The number that so many digits make, fewer where others begin; s need not end with a NUL.  For a handful: it does not look out for more. */
static inline int
str_digits(const char *s, size_t n)
{
	int x = 0;

	for (; n > 0 && str_is_digit(*s); n--)
		x = x * 10 + (*s++ - '0');
	return x;
}

#endif
