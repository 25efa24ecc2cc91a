/* util/next_of: random bytes, held against a walk byte by byte. */
#include "unit.h"

#include "random.h"
#include "util/next_of.h"

#include <stdlib.h>

enum { MOST = 80, ROUNDS = 20000 };

static size_t
walk(const char *s, size_t at, size_t z, const struct byte_set *set)
{
	while (at < z && !byte_set_has(set, (unsigned char)s[at]))
		at++;
	return at;
}

static size_t
walk_or_twice(const char *s, size_t at, size_t z, const struct byte_set *set, char twice)
{
	while (at < z && !byte_set_has(set, (unsigned char)s[at]) && (at + 1 == z || s[at] != twice || s[at + 1] != twice))
		at++;
	return at;
}

static void
hold_against_walk(const struct byte_set *set, uint32_t seldom)
{
	struct random r = {TEST_SEED};
	size_t found = 0, ends = 0;

	for (int round = 0; round < ROUNDS; round++) {
		size_t n = random_below(&r, MOST), at = random_below(&r, (uint32_t)n + 1), next;
		char *s = malloc(n + 1);	/* of the very size, so that a sanitizer sees what reads behind it */

		for (size_t i = 0; i < n; i++)
			s[i] = random_below(&r, seldom) != 0 ? "ab"[i % 2] : random_below(&r, 3) == 0 ? 'a' : (char)random_below(&r, 256);
		next = next_of(s, at, n, set);
		ck_assert_uint_eq(next, walk(s, at, n, set));
		ck_assert_uint_eq(next_of_or_twice(s, at, n, set, 'a'), walk_or_twice(s, at, n, set, 'a'));
		found += next < n;
		ends += next == n;
		s[n] = (char)set->is[0];	/* behind the end nothing counts */
		ck_assert_uint_eq(next_of(s, at, n, set), next);
		free(s);
	}
	ck_assert_uint_gt(found, ROUNDS / 40);
	ck_assert_uint_gt(ends, ROUNDS / 40);
}

START_TEST(finds_the_next)
{
	static const struct byte_set few = {{'.', '!', '?', '.', '.', '.'}, 0xE2, 0xFF},
	    six = {{'"', '\'', '`', 0xC2, 0xE2, 0xE3}, 0, 0}, digits = {{'0', '0', '0', '0', '0', '0'}, '0', '9'},
	    odd = {{0x7F, 0x7F, 0x7F, 0x7F, 0x7F, 0x7F}, 0x80, 0x1F};

	hold_against_walk(&few, 4);
	hold_against_walk(&few, 40);
	hold_against_walk(&six, 4);
	hold_against_walk(&six, 1);
	hold_against_walk(&digits, 2);
	hold_against_walk(&odd, 4);
	for (int c = 0; c < 256; c++)
		ck_assert_int_eq(byte_set_has(&odd, (unsigned char)c), c < 0x20 || c >= 0x7F);
}
END_TEST

Suite *
unit_next_of(void)
{
	Suite *s = suite_create("next_of");
	TCase *t = tcase_create("next_of");

	tcase_add_test(t, finds_the_next);
	suite_add_tcase(s, t);
	return s;
}
