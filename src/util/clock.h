/* Seconds that pass, whatever is done to the time of day. */
#ifndef WL_CLOCK_H
#define WL_CLOCK_H

#include <time.h>

static inline double
clock_seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

#endif
