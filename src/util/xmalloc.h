/* Allocation that cannot fail: out of memory prints one line and ends the program with status 2.
 * Everything else in wirelint is a returned error or a finding, so no caller tests these for NULL. */
#ifndef WL_XMALLOC_H
#define WL_XMALLOC_H

#include <stddef.h>

void *xmalloc(size_t n);
void *xcalloc(size_t n, size_t size);
void *xrealloc(void *p, size_t n);
char *xstrdup(const char *s);
char *xstrndup(const char *s, size_t n);

/* For a library that says it had no room for about n bytes: ends the program in the same way. */
void xmalloc_failed(size_t n);

/* Room for one more element in the array `p` of `n` elements, `cap` of them allocated: doubles, so a million
 * pushes cost linear time.  XPUSH(list->v, list->n, list->cap) = element; */
void *xgrow(void *p, size_t n, size_t *cap, size_t size);
#define XPUSH(p, n, cap) (*(((p) = xgrow((p), (n), &(cap), sizeof *(p))), &(p)[(n)++]))

#endif
