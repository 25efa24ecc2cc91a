/* Time zones by the names that copy gives them: GMT, EST, London time, +03:00.  The names are facts (list `zones`). */
#ifndef WL_INSTANT_ZONES_H
#define WL_INSTANT_ZONES_H

#include "facts/facts.h"
#include "facts/zones.h"

/* The zone whose name s begins with: its bytes, 0 if there is none.  Names of two letters and the lone Z count only where
 * `close` says that a time of day stands right before them. */
size_t zone_at(const struct language *l, const char *s, size_t n, bool close, struct zone *z);

#endif
