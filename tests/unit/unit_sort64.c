/* util/sort64: held against qsort(). */
#include "unit.h"

#include "random.h"
#include "util/sort64.h"

#include <stdlib.h>
#include <string.h>

static int
by_number(const void *p, const void *q)
{
	uint64_t a = *(const uint64_t *)p, b = *(const uint64_t *)q;

	return a < b ? -1 : a > b;
}

/* Numbers of so many bits from `shift` on, all others the same. */
static void
hold_against_qsort(struct random *r, size_t n, unsigned bits, unsigned shift)
{
	uint64_t *v = calloc(n + 1, sizeof *v), *w = calloc(n + 1, sizeof *w);

	for (size_t i = 0; i < n; i++) {
		uint64_t x = (uint64_t)random_next(r) << 33 ^ (uint64_t)random_next(r) << 11 ^ random_next(r);

		v[i] = w[i] = (x & (UINT64_MAX >> (64 - bits))) << shift | (shift >= 8 ? 77 : 0);
	}
	qsort(w, n, sizeof *w, by_number);
	sort64(v, n);
	ck_assert_mem_eq(v, w, n * sizeof *v);
	free(v);
	free(w);
}

START_TEST(sorts)
{
	struct random r = {TEST_SEED};

	for (size_t n = 0; n < 300; n++)
		hold_against_qsort(&r, n, 64, 0);
	hold_against_qsort(&r, 100000, 64, 0);
	hold_against_qsort(&r, 100000, 1, 63);
	hold_against_qsort(&r, 100000, 3, 20);
	hold_against_qsort(&r, 100000, 17, 8);
	hold_against_qsort(&r, 100000, 12, 0);
}
END_TEST

Suite *
unit_sort64(void)
{
	Suite *s = suite_create("sort64");
	TCase *t = tcase_create("sort64");

	tcase_add_test(t, sorts);
	suite_add_tcase(s, t);
	return s;
}
