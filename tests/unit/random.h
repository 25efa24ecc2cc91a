/* A small generator of random numbers for property tests: the same numbers each run, on every machine. */
#ifndef WL_TEST_RANDOM_H
#define WL_TEST_RANDOM_H

#include <stdint.h>

enum { TEST_SEED = 20231 };

struct random { uint64_t state; };

static inline uint32_t
random_next(struct random *r)
{
	r->state = r->state * 6364136223846793005ull + 1442695040888963407ull;
	return (uint32_t)(r->state >> 33);
}

/* From 0 to n - 1. */
static inline uint32_t
random_below(struct random *r, uint32_t n)
{
	return random_next(r) % n;
}

#endif
