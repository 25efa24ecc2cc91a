/* The addresses in the markup of a story: what it points to, its pictures, what it loads. */
#ifndef WL_ADDRESSES_H
#define WL_ADDRESSES_H

#include "read/body.h"

/* Fields link and image of what stands inside `el` and can be seen, but for what `skip` (may be NULL) says of. */
void addresses_seen(struct flow *f, const struct layer *l, const struct dom *el, body_skip_fn *skip, void *arg);
/* Fields loaded: scripts, frames, and pictures that nobody sees, such as counters. */
void addresses_loaded(struct flow *f, const struct layer *l, const struct dom *el, body_skip_fn *skip, void *arg);

#endif
