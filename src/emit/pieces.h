/* Pieces of output that are kept until all files are done: bytes with a rank, one after the other in a buffer.  What ranks mean is
 * their emitter's own. */
#ifndef WL_PIECES_H
#define WL_PIECES_H

#include "util/buf.h"

#include <stdbool.h>
#include <stddef.h>

struct piece { unsigned char rank; const char *s; size_t n; };

/* A new piece; what is added to `out` until piece_end() is of it.  They do not nest. */
size_t piece_begin(struct buf *out, unsigned char rank);
void piece_end(struct buf *out, size_t begun);
/* The piece at *at, which is 0 at first and moves on; false: that was the last. */
bool piece_next(const struct buf *pieces, size_t *at, struct piece *p);

#endif
