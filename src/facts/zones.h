/* Time zones: what they are east of UTC, in winter and in summer. */
#ifndef WL_ZONES_H
#define WL_ZONES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ZONE_EAST = 14 * 3600, ZONE_WEST = 12 * 3600 };	/* no zone on earth lies further from UTC */

/* Which law moves its clocks by an hour in summer. */
enum daylight { DAYLIGHT_NONE, DAYLIGHT_US, DAYLIGHT_EU };
enum { ZONE_MEANINGS = 4 };
/* What a name may stand for: "IST" is the time of three countries. */
struct zone {
	size_t n;
	struct { int offset; enum daylight daylight; } may[ZONE_MEANINGS];	/* offset: seconds east of UTC, in winter */
};

/* "+3", "+03", "+0300", "+03:00", "-5.30" as seconds; its bytes, 0 if s begins with none. */
size_t zone_offset(const char *s, size_t n, int *offset);

/* The moments that a clock of the zone can mean by `local` (seconds since 1970 as if it were UTC's). */
void zone_moments(const struct zone *z, int64_t local, int64_t *earliest, int64_t *latest);

/* The value of an item of the facts' list `zones`: "-05:00/us", "+03:00".  false if it is none. */
bool zone_value(const char *s, int *offset, enum daylight *daylight);

#endif
