/* Regular expressions: options, groups, first bytes, limits, with and without JIT. */
#include "unit.h"

#include "util/rx.h"

#include <stdlib.h>
#include <string.h>

static struct rx *
compile(const char *pattern, uint32_t flags)
{
	char *why = NULL;
	struct rx *rx = rx_compile(pattern, strlen(pattern), flags, &why, NULL);

	ck_assert_msg(rx != NULL, "'%s': %s", pattern, why);
	return rx;
}

static int
try_at(const struct rx *rx, struct rx_scratch *s, const char *subject, size_t from)
{
	return rx_match(rx, s, subject, strlen(subject), from);
}

START_TEST(anchored_sees_what_is_before)
{
	struct rx *rx = compile("\\bfoo\\b", 0);
	struct rx_scratch *s = rx_scratch_new();

	ck_assert_int_eq(try_at(rx, s, "a foo", 2), 1);
	ck_assert_uint_eq(rx_ovector(s)[0], 2);
	ck_assert_uint_eq(rx_ovector(s)[1], 5);
	ck_assert_int_eq(try_at(rx, s, "a foo", 0), 0);
	ck_assert_int_eq(try_at(rx, s, "afoo", 1), 0);
	ck_assert_int_eq(try_at(rx, s, "\xc3\xa9""foo", 2), 0);
	rx_free(rx);
	rx = compile("foo", RX_UNANCHORED);
	ck_assert_int_eq(try_at(rx, s, "a foo", 0), 1);
	rx_free(rx);
	rx_scratch_free(s);
}
END_TEST

static bool
found(const char *pattern, uint32_t flags, const char *subject)
{
	struct rx *rx = compile(pattern, flags);
	struct rx_scratch *s = rx_scratch_new();
	bool yes = try_at(rx, s, subject, 0) == 1 && rx_ovector(s)[1] == strlen(subject);

	rx_free(rx);
	rx_scratch_free(s);
	return yes;
}

#define NBSP "\xc2\xa0"

START_TEST(a_blank_is_any_blank)
{
	ck_assert(found("a b", 0, "a b"));
	ck_assert(found("a b", 0, "a" NBSP "b"));
	ck_assert(found("a\\ b", 0, "a" NBSP "b"));
	ck_assert(found("a\\ b", RX_EXTENDED, "a" NBSP "b"));
	ck_assert(found("a b", RX_EXTENDED, "ab"));
	ck_assert(found("a # [ no class\n b[ ]c", RX_EXTENDED, "ab" NBSP "c"));
	ck_assert(found("a # [ no class", RX_EXTENDED, "a"));
	ck_assert(found("(?x)a b", 0, "ab"));
	ck_assert(found("(?i:A )b", 0, "a" NBSP "b"));
	ck_assert(found("a +b", 0, "a" NBSP " b"));
	ck_assert(found("a(?<=a)[ -]b", 0, "a" NBSP "b"));
	ck_assert(found("a[]x ]b", 0, "a" NBSP "b"));
	ck_assert(found("a[^]x ]b", 0, "a.b"));
	ck_assert(!found("a[^x ]b", 0, "a" NBSP "b"));
	ck_assert(found("a[ -~]b", 0, "a~b"));
	ck_assert(found("a[\\t- ]b", 0, "a b"));
	ck_assert(!found("a[ -~]b", 0, "a" NBSP "b"));
	ck_assert(found("a\\\\ b", 0, "a\\" NBSP "b"));
	ck_assert(found("\\Qa b\\E b", 0, "a b" NBSP "b"));
	ck_assert(!found("a\\x20b", 0, "a" NBSP "b"));
}
END_TEST

START_TEST(errors_have_a_place)
{
	char *why = NULL;
	size_t at = 99;

	ck_assert_ptr_null(rx_compile("ab(c", 4, 0, &why, &at));
	ck_assert_uint_eq(at, 4);
	ck_assert_str_eq(why, "missing closing parenthesis");
	free(why);
	ck_assert_ptr_null(rx_compile("a b(c", 5, 0, &why, &at));
	ck_assert_uint_eq(at, 5);
	free(why);
	ck_assert_ptr_null(rx_compile("a\\Cb", 4, 0, &why, &at));
	free(why);
	ck_assert_ptr_null(rx_compile("(", 1, 0, NULL, NULL));
}
END_TEST

START_TEST(groups)
{
	struct rx *rx = compile("(?<who>a)|(b)", 0);
	struct rx_scratch *s = rx_scratch_new();

	ck_assert_uint_eq(rx_groups(rx), 2);
	ck_assert_str_eq(rx_group_name(rx, 1), "who");
	ck_assert_ptr_null(rx_group_name(rx, 2));
	ck_assert_int_eq(rx_group_number(rx, "who"), 1);
	ck_assert_int_eq(rx_group_number(rx, "what"), -1);
	ck_assert_int_eq(try_at(rx, s, "b", 0), 1);
	ck_assert(rx_ovector(s)[2] == SIZE_MAX);
	ck_assert_uint_eq(rx_ovector(s)[4], 0);
	ck_assert_int_eq(try_at(rx, s, "a", 0), 1);
	ck_assert_uint_eq(rx_ovector(s)[2], 0);
	ck_assert(rx_ovector(s)[4] == SIZE_MAX);
	rx_free(rx);
	rx_scratch_free(s);
}
END_TEST

START_TEST(empty_matches)
{
	struct rx *rx = compile("a*", 0);

	ck_assert(rx_matches_empty(rx));
	rx_free(rx);
	rx = compile("a+", 0);
	ck_assert(!rx_matches_empty(rx));
	rx_free(rx);
}
END_TEST

START_TEST(first_bytes)
{
	uint8_t bits[32], none[32] = { 0 };
	struct rx *rx = compile("[xz]1|q", RX_UNANCHORED);

	ck_assert(rx_first_bytes(rx, bits));
	none['x' >> 3] |= 1 << ('x' & 7);
	none['z' >> 3] |= 1 << ('z' & 7);
	none['q' >> 3] |= 1 << ('q' & 7);
	ck_assert_mem_eq(bits, none, 32);
	rx_free(rx);
}
END_TEST

/* Both ways of matching give up, and neither crashes or hangs. */
START_TEST(limits)
{
	enum { N = 30000 };
	struct rx *rx = compile("(a+)+$", 0), *deep = compile("(?:(a)|b)*c", 0);
	struct rx_scratch *s = rx_scratch_new();
	char *text = malloc(N + 1);

	memset(text, 'a', N);
	text[N] = 'b';
	for (int i = 0; i < 2; i++) {
		ck_assert_int_eq(rx_match(rx, s, text, N + 1, 0), -1);
		ck_assert_int_le(rx_match(deep, s, text, N + 1, 0), 0);
		/* and goes on working */
		ck_assert_int_eq(try_at(rx, s, "aaa", 0), 1);
		rx_scratch_interpret(s);
	}
	free(text);
	rx_free(rx);
	rx_free(deep);
	rx_scratch_free(s);
}
END_TEST

/* Tried often enough, a pattern is made into machine code: all tries answer alike. */
START_TEST(often)
{
	struct rx *rx = compile("(?<who>[a-z]+) said", 0);
	struct rx_scratch *s = rx_scratch_new();

	for (int i = 0; i < 1000; i++) {
		ck_assert_int_eq(rx_match(rx, s, "who said it", 11, 0), 1);
		ck_assert_uint_eq(rx_ovector(s)[3], 3);
		ck_assert_int_eq(rx_match(rx, s, "who says it", 11, 0), 0);
	}
	rx_scratch_free(s);
	rx_free(rx);
}
END_TEST

START_TEST(frozen)
{
	struct rx *rx = compile("(?<who>\\p{Lu}[a-z]+) (said|says)", RX_CASELESS), *back;
	struct rx_scratch *s = rx_scratch_new();
	size_t n;
	char *bytes = rx_freeze(rx, &n);

	ck_assert_ptr_nonnull(bytes);
	rx_free(rx);
	back = rx_thaw(bytes, RX_CASELESS);
	ck_assert_ptr_nonnull(back);
	ck_assert_uint_eq(rx_groups(back), 2);
	ck_assert_str_eq(rx_group_name(back, 1), "who");
	for (int i = 0; i < 1000; i++) {
		ck_assert_int_eq(rx_match(back, s, "Ada SAYS so", 11, 0), 1);
		ck_assert_uint_eq(rx_ovector(s)[1], 8);
	}
	rx_free(back);
	bytes[5] ^= 1;		/* another version's */
	ck_assert_ptr_null(rx_thaw(bytes, RX_CASELESS));
	free(bytes);
	rx_scratch_free(s);
}
END_TEST

START_TEST(a_piece_has_no_ends)
{
	struct rx *rx = compile("^a|b$", 0);
	struct rx_scratch *s = rx_scratch_new();

	ck_assert_int_eq(rx_match_piece(rx, s, "ab", 2, 0, 0), 1);
	ck_assert_int_eq(rx_match_piece(rx, s, "ab", 2, 0, RX_CUT_BEFORE), 0);
	ck_assert_int_eq(rx_match_piece(rx, s, "ab", 2, 1, RX_CUT_BEFORE), 1);
	ck_assert_int_eq(rx_match_piece(rx, s, "ab", 2, 1, RX_CUT_AFTER), 0);
	rx_free(rx);
	rx_scratch_free(s);
}
END_TEST

Suite *
unit_rx(void)
{
	Suite *s = suite_create("rx");
	TCase *t = tcase_create("rx");

	tcase_add_test(t, anchored_sees_what_is_before);
	tcase_add_test(t, a_blank_is_any_blank);
	tcase_add_test(t, errors_have_a_place);
	tcase_add_test(t, groups);
	tcase_add_test(t, empty_matches);
	tcase_add_test(t, first_bytes);
	tcase_add_test(t, limits);
	tcase_add_test(t, a_piece_has_no_ends);
	tcase_add_test(t, often);
	tcase_add_test(t, frozen);
	suite_add_tcase(s, t);
	return s;
}
