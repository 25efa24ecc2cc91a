/* UTF-8, strings, JSON strings. */
#include "unit.h"

#include "random.h"
#include "util/base64.h"
#include "util/json.h"
#include "util/sha256.h"
#include "util/str.h"
#include "util/utf8.h"

#include <stdbool.h>
#include <string.h>
#include <utf8proc.h>

/* Unicode's table 3-7, written out: the bounds of each byte of each sort of sequence. */
static const unsigned char sorts[9][4][2] = {
	{ { 0x00, 0x7F } },
	{ { 0xC2, 0xDF }, { 0x80, 0xBF } },
	{ { 0xE0, 0xE0 }, { 0xA0, 0xBF }, { 0x80, 0xBF } },
	{ { 0xE1, 0xEC }, { 0x80, 0xBF }, { 0x80, 0xBF } },
	{ { 0xED, 0xED }, { 0x80, 0x9F }, { 0x80, 0xBF } },
	{ { 0xEE, 0xEF }, { 0x80, 0xBF }, { 0x80, 0xBF } },
	{ { 0xF0, 0xF0 }, { 0x90, 0xBF }, { 0x80, 0xBF }, { 0x80, 0xBF } },
	{ { 0xF1, 0xF3 }, { 0x80, 0xBF }, { 0x80, 0xBF }, { 0x80, 0xBF } },
	{ { 0xF4, 0xF4 }, { 0x80, 0x8F }, { 0x80, 0xBF }, { 0x80, 0xBF } },
};

/* The length of the character or of the maximal subpart at s, straight from the table. */
static size_t
model_length(const unsigned char *s, size_t n, bool *good)
{
	*good = false;
	for (int i = 0; i < 9; i++) {
		size_t k = 0, len = i == 0 ? 1 : i == 1 ? 2 : i < 6 ? 3 : 4;

		while (k < len && k < n && s[k] >= sorts[i][k][0] && s[k] <= sorts[i][k][1])
			k++;
		if (k > 0) {
			*good = k == len;
			return k;
		}
	}
	return 1;
}

START_TEST(test_utf8_decode)
{
	static const unsigned char likely[] = { 0x41, 0x80, 0x9F, 0xA0, 0xBF, 0xC1, 0xC2, 0xE0, 0xE2, 0xED, 0xEF, 0xF0, 0xF4, 0xF5 };
	struct random r = { TEST_SEED };

	for (int round = 0; round < 20000; round++) {
		unsigned char s[16];
		size_t n = 1 + random_below(&r, 16), at = 0, valid = n;

		for (size_t i = 0; i < n; i++)
			s[i] = (unsigned char)(random_below(&r, 4) == 0 ? random_next(&r) : likely[random_below(&r, sizeof likely)]);
		while (at < n) {
			bool good;
			size_t want = model_length(s + at, n - at, &good), got;
			unsigned cp;

			got = utf8_decode((char *)s + at, (char *)s + n, &cp);
			ck_assert_msg(got == want && (cp != UTF8_BAD) == good, "seed %d round %d at %zu", TEST_SEED, round, at);
			if (!good && valid == n)
				valid = at;
			if (good) {
				char back[4];
				unsigned again;

				ck_assert_uint_eq(utf8_encode(cp, back), got);
				ck_assert_mem_eq(back, s + at, got);
				ck_assert_uint_eq(utf8_next(back, &again), got);
				ck_assert_uint_eq(again, cp);
				ck_assert_uint_eq(utf8_prev(back, back + got, &again), got);
				ck_assert_uint_eq(again, cp);
			}
			at += got;
		}
		ck_assert_uint_eq(utf8_valid((char *)s, n), valid);
	}
}
END_TEST

START_TEST(test_utf8_long)
{
	/* damage at every place of a buffer longer than any stride */
	char s[200];

	for (size_t i = 0; i < sizeof s; i++) {
		memset(s, 'a', sizeof s);
		s[i] = (char)0xFF;
		ck_assert_uint_eq(utf8_valid(s, sizeof s), i);
	}
	for (size_t n = 0; n < 100; n++) {
		memset(s, 'a', sizeof s);
		for (size_t i = 0; i < n; i++)
			memcpy(s + 2 * i, "\xC3\xA9", 2);
		ck_assert_uint_eq(utf8_count(s, sizeof s), sizeof s - n);
		ck_assert_uint_eq(utf8_valid(s, sizeof s), sizeof s);
	}
}
END_TEST

START_TEST(test_utf8_count_much)
{
	static char s[100000];

	memset(s, 'a', sizeof s);
	ck_assert_uint_eq(utf8_count(s, sizeof s), sizeof s);
	memset(s, 0x80, 50000);
	ck_assert_uint_eq(utf8_count(s, sizeof s), 50000);
}
END_TEST

START_TEST(test_utf8_classes)
{
	ck_assert(utf8_is_letter('a') && utf8_is_letter(0xE7) && utf8_is_letter(0x416) && !utf8_is_letter('1') && !utf8_is_letter(0x2019));
	ck_assert(utf8_is_upper('A') && utf8_is_upper(0x130) && !utf8_is_upper(0x131));
	ck_assert(utf8_is_lower(0x131) && !utf8_is_lower('A'));
	ck_assert(utf8_is_digit('7') && utf8_is_digit(0x667) && !utf8_is_digit('x'));
	ck_assert(utf8_is_space(' ') && utf8_is_space('\n') && utf8_is_space(0xA0) && utf8_is_space(0x2009) && utf8_is_space(0x85));
	ck_assert(!utf8_is_space('_') && !utf8_is_space(0x200B));
	ck_assert_uint_eq(utf8_fold('I', false), 'i');
	ck_assert_uint_eq(utf8_fold('I', true), 0x131);
	ck_assert_uint_eq(utf8_fold(0x130, true), 'i');
	ck_assert_uint_eq(utf8_fold(0x130, false), 'i');
	ck_assert_uint_eq(utf8_fold(0x15E, false), 0x15F);
	ck_assert_uint_eq(utf8_base(0xC9), 'e');
	ck_assert_uint_eq(utf8_base(0x11F), 'g');
	ck_assert_uint_eq(utf8_base(0x131), 'i');
	ck_assert_uint_eq(utf8_base(0xAC01), 0xAC01);
	ck_assert_uint_eq(utf8_width('a'), 1);
	ck_assert_uint_eq(utf8_width(0x4E2D), 2);
	ck_assert_uint_eq(utf8_width(0x301), 0);
	ck_assert_uint_eq(utf8_width(7), 0);
}
END_TEST

/* What is kept of the library's answers is what it says, when first asked and after. */
START_TEST(test_utf8_kept)
{
	for (unsigned i = 0; i < 2 * 0x3100; i++) {
		unsigned cp = 0x80 + i / 2;
		utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)cp);
		bool space = c == UTF8PROC_CATEGORY_ZS || c == UTF8PROC_CATEGORY_ZL || c == UTF8PROC_CATEGORY_ZP || cp == 0x85;
		utf8proc_int32_t out[8];
		int boundary = 0;

		ck_assert_msg(utf8_is_space(cp) == space, "%X", cp);
		ck_assert_msg(utf8_is_lower(cp) == (c == UTF8PROC_CATEGORY_LL), "%X", cp);
		ck_assert_msg(utf8_fold(cp, false) == (cp == 0x130 ? 'i' : (unsigned)utf8proc_tolower((utf8proc_int32_t)cp)), "%X", cp);
		if (utf8proc_decompose_char((utf8proc_int32_t)cp, out, 8, UTF8PROC_DECOMPOSE, &boundary) == 1 && cp != 0x131)
			ck_assert_msg(utf8_base(cp) == utf8_fold((unsigned)out[0], false), "%X", cp);
	}
	ck_assert_uint_eq(utf8_base(0xC9), 'e');
	ck_assert_uint_eq(utf8_base(0x131), 'i');
}
END_TEST

/* The distance by all cells of the table. */
static unsigned
plain_distance(const char *a, size_t la, const char *b, size_t lb, unsigned limit)
{
	unsigned d[16][16];

	for (size_t i = 0; i <= la; i++)
		for (size_t j = 0; j <= lb; j++) {
			unsigned best = i == 0 ? (unsigned)j : j == 0 ? (unsigned)i : d[i - 1][j - 1] + (a[i - 1] != b[j - 1]);

			if (i > 0 && j > 0) {
				best = d[i - 1][j] + 1 < best ? d[i - 1][j] + 1 : best;
				best = d[i][j - 1] + 1 < best ? d[i][j - 1] + 1 : best;
				if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && d[i - 2][j - 2] + 1 < best)
					best = d[i - 2][j - 2] + 1;
			}
			d[i][j] = best;
		}
	return d[la][lb] < limit + 1 ? d[la][lb] : limit + 1;
}

START_TEST(test_str_search)
{
	struct random r = { TEST_SEED };

	for (int round = 0; round < 50000; round++) {
		char a[15], b[15];
		size_t la = random_below(&r, 14), lb = random_below(&r, 14), at = 0;
		unsigned limit = random_below(&r, 5);
		const char *found;

		for (size_t i = 0; i < sizeof a; i++) {
			a[i] = "abAB"[random_below(&r, 4)];
			b[i] = random_below(&r, 4) != 0 ? a[i] : "abAB"[random_below(&r, 4)];
		}
		ck_assert_msg(str_distance(a, la, b, lb, limit) == plain_distance(a, la, b, lb, limit), "round %d", round);
		b[1 + random_below(&r, 3)] = '\0';
		while (at + strlen(b) <= la && !str_case_begins(a + at, la - at, b))
			at++;
		found = str_case_find(a, la, b);
		ck_assert_msg(found == (at + strlen(b) <= la ? a + at : NULL), "round %d", round);
	}
	ck_assert_ptr_null(str_case_find("x-y", 3, "--"));
	ck_assert_str_eq(str_case_find("x--Y", 4, "-y"), "-Y");
	ck_assert(str_in_list("dd", 2, " dt\tdd\n") && !str_in_list("d", 1, "dt dd") && !str_in_list("dt dd", 5, "dt dd") && !str_in_list("", 0, "a  b"));
}
END_TEST

START_TEST(test_utf8_word)
{
	static const struct { const char *s; size_t n; } cases[] = {
		{ "a", 1 }, { "7", 1 }, { "-", 0 }, { "'", 0 }, { "\xC3\xA9", 2 }, { "\xE2\x80\x99", 0 }, { "\xE2\x81\xA0", 0 },
		{ "\xC2\xA0", 0 }, { "\xC2\xAB", 0 }, { "\xC2\xBB", 0 }, { "\xC2\xB5", 2 }, { "\xE3\x80\x8C", 0 },
		{ "\xE3\x81\x82", 3 }, { "\xE2\x82\xAC", 3 }, { "\xF0\x9F\x98\x80", 4 },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		ck_assert_uint_eq(utf8_word(cases[i].s, cases[i].s + strlen(cases[i].s)), cases[i].n);
}
END_TEST

static unsigned
distance(const char *a, const char *b, unsigned limit)
{
	return str_distance(a, strlen(a), b, strlen(b), limit);
}

START_TEST(test_str)
{
	struct nearest n;

	ck_assert_uint_eq(distance("credit", "credit", 3), 0);
	ck_assert_uint_eq(distance("creidt", "credit", 3), 1);
	ck_assert_uint_eq(distance("credti", "creidt", 3), 2);
	ck_assert_uint_eq(distance("", "abc", 3), 3);
	ck_assert_uint_eq(distance("kitten", "sitting", 5), 3);
	ck_assert_uint_eq(distance("kitten", "sitting", 2), 3);
	ck_assert_uint_eq(distance("\xC3\xA9t\xC3\xA9", "ete", 5), 2);
	nearest_init(&n, "balence", 7);
	nearest_try(&n, "pattern");
	ck_assert_ptr_null(n.best);
	nearest_try(&n, "balances");
	nearest_try(&n, "balance");
	nearest_try(&n, "valence");
	ck_assert_str_eq(n.best, "balance");
	nearest_init(&n, "x", 1);
	nearest_try(&n, "terms");
	ck_assert_ptr_null(n.best);
	ck_assert(str_is("abc", 2, "ab") && !str_is("abc", 3, "ab"));
	ck_assert(str_folded_is("\xC3\x89T\xC3\x89", 5, "\xC3\xA9t\xC3\xA9") && !str_folded_is("ab", 2, "a"));
	ck_assert(str_in_list("b", 1, " a b  c") && !str_in_list("ab", 2, "a b") && !str_in_list("", 0, "a  b"));
}
END_TEST

START_TEST(test_json)
{
	struct buf b;

	buf_init(&b);
	json_string(&b, "a\"\\/\n\0\x1F\x7F\xC3\xA9\xFF\xE2\x82z", 14);
	ck_assert_str_eq(b.s, "\"a\\\"\\\\/\\n\\u0000\\u001f\\u007f\xC3\xA9\xEF\xBF\xBD\xEF\xBF\xBDz\"");
	buf_clear(&b);
	json_cstring(&b, NULL);
	json_cstring(&b, "");
	ck_assert_str_eq(b.s, "null\"\"");
	buf_release(&b);
}
END_TEST

/* Examples of FIPS 180-2, and lengths around the padding as Python's hashlib has them. */
START_TEST(test_sha256)
{
	static const struct { const char *s; size_t times; const char *want; } cases[] = {
		{ "", 0, "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" },
		{ "abc", 1, "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=" },
		{ "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1, "JI1qYdIGOLjlwCaTDD5gOaM85Flk/yFn9uzt1BnbBsE=" },
		{ "a", 55, "n0OQ+NMMLdkuyfCVtl4rmumwqSWlJY4kHJ8ekQ9zQxg=" }, { "a", 64, "/+BU/nrgy23GXDr5th1SCfQ5hR20PQulmXM33xVGaOs=" }, { "a", 119, "MeulHDE6XAgiat8Y1KNZz9/Y0ugWsT9K+VL36mWE3Ps=" }, { "a", 1000000, "zcduXJkU+5KBocfihNc+Z/GAmkiklyAOBG05zMcRLNA=" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		unsigned char hash[32];
		struct buf b, got;

		buf_init(&b);
		buf_init(&got);
		for (size_t k = 0; k < cases[i].times; k++)
			buf_puts(&b, cases[i].s);
		sha256(b.s, b.n, hash);
		base64_encode(&got, hash, sizeof hash);
		ck_assert_str_eq(got.s, cases[i].want);
		buf_release(&got);
		buf_release(&b);
	}
}
END_TEST

Suite *
unit_util(void)
{
	Suite *s = suite_create("util");
	TCase *c = tcase_create("util");

	tcase_set_timeout(c, 120);
	tcase_add_test(c, test_utf8_decode);
	tcase_add_test(c, test_utf8_long);
	tcase_add_test(c, test_utf8_count_much);
	tcase_add_test(c, test_utf8_classes);
	tcase_add_test(c, test_utf8_kept);
	tcase_add_test(c, test_str_search);
	tcase_add_test(c, test_utf8_word);
	tcase_add_test(c, test_str);
	tcase_add_test(c, test_json);
	tcase_add_test(c, test_sha256);
	suite_add_tcase(s, c);
	return s;
}
