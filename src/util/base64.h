/* Bytes as letters, digits, + and / (RFC 4648), on one line. */
#ifndef WL_UTIL_BASE64_H
#define WL_UTIL_BASE64_H

#include "util/buf.h"

#include <stdbool.h>
#include <stddef.h>

void base64_encode(struct buf *out, const void *bytes, size_t n);	/* appends */
/* Appends; false: it is none, and what was appended is part of it. */
bool base64_decode(struct buf *out, const char *s, size_t n);

#endif
