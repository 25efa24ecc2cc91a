/* Fixes put into the bytes of a file: those that do not meet at once, the others when the file has been checked again. */
#ifndef WL_FIX_APPLY_H
#define WL_FIX_APPLY_H

#include "finding.h"
#include "source/source.h"
#include "util/buf.h"

#include <stdbool.h>
#include <stddef.h>

/* Places that are not to be mended: what is let pass by its fingerprint, which a fix nearby changes. */
struct kept { struct { const char *rule; struct span at; } *v; size_t n, cap; };

/* What of the list may be put in: the first fix of a finding, if it is safe, or unsafe and these are asked for. */
bool fix_may(const struct finding *f, bool unsafe, const struct kept *kept);

/* Appends the bytes of `src`, mended by as many fixes as do not meet, those of one place before others; how many.  Places in `kept` are moved to
 * where they lie then.  0 and *strange set: the encoding of the file has nothing for that character, which the finding *by would write. */
size_t fix_apply(const struct source *src, const struct finding_list *l, bool unsafe, struct kept *kept, struct buf *out, unsigned *strange,
    const struct finding **by);

#endif
