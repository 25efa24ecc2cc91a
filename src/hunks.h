/* Where two lists of words differ, as hunks: a stretch of the one in the place of a stretch of the other.
 *
 *	they    The port will reopen on   Tuesday       the office said
 *	ours    The port will reopen on   next Tuesday  the office said at noon
 *	hunks                             ^ added                       ^ added
 */
#ifndef WL_HUNKS_H
#define WL_HUNKS_H

#include <stddef.h>
#include <stdint.h>

/* Words a0..a1 of the first list stand where words b0..b1 of the second do; either may be empty. */
struct hunk { uint32_t a0, a1, b0, b1; };

struct hunks { struct hunk *v; size_t n, cap; };

/* Appends the hunks, in order.  Words are given by their hashes.  The time is that of the lists' lengths, times a constant: where two
 * stretches have nothing in common that would tell how they belong together, they are one hunk. */
void hunks_find(struct hunks *out, const uint64_t *a, uint32_t na, const uint64_t *b, uint32_t nb);
void hunks_release(struct hunks *h);

#endif
