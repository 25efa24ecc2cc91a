/* Two versions of a file as a patch in the unified form, which `git apply` and `patch -p1` take. */
#ifndef WL_FIX_DIFF_H
#define WL_FIX_DIFF_H

#include "util/buf.h"

/* What a patch calls the file: relative to the working folder; what lies outside of it, from the root on.  To be freed. */
char *fix_diff_name(const char *path);
/* Appends the patch; nothing, if the two are the same.  Lines end with a line feed and nothing else; the bytes are those of the file. */
void fix_diff(struct buf *out, const char *name, const char *a, size_t na, const char *b, size_t nb);

#endif
