/* A wording that somebody asks for, found with small changes: compared by words, in any case; most of them, in order. */
#ifndef WL_WORDING_H
#define WL_WORDING_H

#include "text.h"

#include <stdbool.h>

/* The first place in `in` where the wording stands.  Of up to three words all must be there, one behind the other; of more, three
 * in four, with few others between.  A word may be a choice: "published|produced".  The words of `names` (NULL at the end; may be
 * NULL) are never missing, and have their capital. */
bool wording_find(const struct text *t, struct range in, const char *wording, const char *const *names, struct range *at);

#endif
