/* Moments as metadata and options write them, by ISO 8601. */
#ifndef WL_MOMENT_H
#define WL_MOMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct moment {
	int64_t at;			/* seconds since 1970; in UTC where the zone is not said */
	int offset;			/* seconds east of UTC */
	bool has_clock;			/* a time of day; else the day begins */
	bool has_zone;
};

/* "2026-11-23", "2026-11-23T14:00", "2026-11-23 14:00:30.5Z", "20261123T140000+0300": all of s.  false if it is none. */
bool date_moment(const char *s, size_t n, struct moment *m);

#endif
