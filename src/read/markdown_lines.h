/* Where lines stand that are no text, and of which a parser of Markdown says only that they are there. */
#ifndef WL_MARKDOWN_LINES_H
#define WL_MARKDOWN_LINES_H

#include <stdbool.h>
#include <stdint.h>

/* The first thematic break behind the line in which the text before it ends, at `last`: its marks are [*a, *z). */
bool markdown_rule(const char *s, uint32_t base, uint32_t last, uint32_t n, uint32_t *a, uint32_t *z);
/* Behind the underline of the heading whose text ends at `last`; `last` itself where it has none. */
uint32_t markdown_underline(const char *s, uint32_t base, uint32_t last, uint32_t n);
/* The first comment of the form `[//]: # (...)` on the lines that begin in [*from, to), which are no text: what stands between its
 * brackets or marks is [*a, *z), and *from is behind it. */
bool markdown_comment(const char *s, uint32_t base, uint32_t *from, uint32_t to, uint32_t *a, uint32_t *z);
/* The address [*a, *z) of the link whose text ends at `last`: "](address".  false if none stands there. */
bool markdown_address(const char *s, uint32_t n, uint32_t last, uint32_t *a, uint32_t *z);
/* Is there nothing in the characters, one at least, that Markdown could read as a mark?  They begin with a letter, and their full stops
 * and colons are of no address. */
bool markdown_is_literal(const char *s, uint32_t n);

#endif
