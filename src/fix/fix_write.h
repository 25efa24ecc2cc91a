/* A mended file in the place of the old one: all of it or nothing. */
#ifndef WL_FIX_WRITE_H
#define WL_FIX_WRITE_H

#include "util/buf.h"

#include <stdbool.h>

/* The file that `path` leads to, which held the bytes `old` when it was read, holds `new` now; owner, group and mode stay.  false: it is
 * as it was, and *why says the reason. */
bool fix_write(const char *path, const struct buf *old, const struct buf *new, struct buf *why);

#endif
