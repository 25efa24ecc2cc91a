/* Writing JSON into a buffer. */
#ifndef WL_JSON_H
#define WL_JSON_H

#include "util/buf.h"

#include <stddef.h>

/* A string with its quotes.  Valid UTF-8 stays as it is; control characters, quotes and backslashes are escaped. */
void json_string(struct buf *out, const char *s, size_t n);
void json_cstring(struct buf *out, const char *s);	/* null for NULL */

#endif
