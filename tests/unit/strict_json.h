/* A strict JSON reader for tests: finds what is no JSON, and hands out values by path. */
#ifndef WL_STRICT_JSON_H
#define WL_STRICT_JSON_H

#include <stdbool.h>
#include <stddef.h>

/* Is s[0..n) one JSON value, by RFC 8259 to the letter, in valid UTF-8, no key twice in an object? */
bool strict_json(const char *s, size_t n);
/* The value at a path such as "findings/0/span": its raw bytes, or NULL if it is not there.  s is known to be strict. */
const char *strict_at(const char *s, const char *path, size_t *n);
/* Is the value at the path written exactly so? */
bool strict_is(const char *s, const char *path, const char *raw);
/* Hands out the members of an object or the elements of an array (key NULL) in order, until `each` says false; s is known
 * to be strict and ends at `end`. */
typedef bool strict_fn(void *arg, const char *key, size_t nkey, const char *value, const char *end);
bool strict_each(const char *s, const char *end, strict_fn *each, void *arg);
/* The keys of the object at the path, in order, joined by blanks; "" if it is no object.  Overwritten by the next call. */
const char *strict_keys(const char *s, const char *path);

#endif
