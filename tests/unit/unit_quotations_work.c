/* Quotations: in how many steps, and in how much time.  Twice the text is twice the work, whatever the marks are; the times are
 * told, as a comment, and held against nothing. */
#include "unit.h"

#include "lines.h"

#include <stdio.h>
#include <time.h>

enum { TWICE_PERCENT = 220 };		/* so much work, in percent, twice the text may be */

static double seconds;			/* of the last analysis */

/* The work for so many times the unit, which is in English. */
static uint64_t
work_of(const char *unit, size_t times)
{
	struct timespec from, to;
	struct buf b;

	buf_init(&b);
	for (size_t i = 0; i < times; i++)
		buf_puts(&b, unit);
	clock_gettime(CLOCK_MONOTONIC, &from);
	lines_read("en", b.s);
	analysis_sentences(&lines_an);
	clock_gettime(CLOCK_MONOTONIC, &to);
	seconds = (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
	buf_release(&b);
	return lines_an.work;
}

/* ---- rows of marks ---- */

static const char *const rows[] = {"“", "\"", "'", "’", " ‘a", "'a ", "”", "“a ", " ”a", "“a”\n", "“a\n", "\"a \"b\n", "«", "‘’",
    "6' 2\" "};

START_TEST(rows_of_marks)
{
	uint64_t once = work_of(rows[_i], 20000), twice = work_of(rows[_i], 40000);

	ck_assert_msg(twice * 100 <= once * TWICE_PERCENT, "'%s': %llu, %llu", rows[_i], (unsigned long long)once, (unsigned long long)twice);
	ck_assert_msg(twice <= 40000ull * 200, "'%s': %llu", rows[_i], (unsigned long long)twice);
}
END_TEST

/* ---- large texts ---- */

static const struct { const char *what, *unit; size_t times; } large[] = {
	{"prose in one paragraph",
	    "The bay was full by noon. “We will not wait,” the pilot’s wife said of ‘the long night,’ and left. ", 20000},
	{"prose in many", "“We will not wait,” the pilot’s wife said. “The bay is full.”\n", 20000},
	{"prose, straight", "\"We will not wait,\" the pilot's wife said of 'the long night,' and left. ", 20000},
	{"running quotations", "“We waited for three days,” he said. “The bay was full.\n“Then the wind fell.\n“We went in.” It was late.\n", 10000},
	{"prose with a mark lost in each", "“We will not wait, the pilot said. The bay was full by noon, and nobody slept. ", 10000},
	{"a paragraph with a mark lost in each", "“We will not wait, the pilot said. The bay was full by noon.\nNobody slept, he said.\n", 10000},
	{"opening marks in one paragraph", "“", 100000},
	{"opening marks before words", "“so ", 100000},
	{"opening marks in many", "“So it was.\n", 100000},
	{"opening marks, many in each of many", "“so “it “was “all “of “the “day “and “the “night.\n", 10000},
	{"apostrophes in one paragraph", "’", 100000},
	{"apostrophes in words", "the boys’ coats ", 100000},
	{"apostrophes in many", "the boys’ coats and ol' hats\n", 50000},
	{"apostrophes, straight", "'", 100000},
	{"straight marks in one paragraph", "\"", 100000},
	{"straight marks before words", "\"so ", 100000},
	{"straight marks in many", "\"So it was.\n", 100000},
	{"straight marks, one in each", "So it was\" then.\n", 100000},
};

START_TEST(large_texts)
{
	uint64_t once = work_of(large[_i].unit, large[_i].times), twice;
	double time_once = seconds;

	twice = work_of(large[_i].unit, large[_i].times * 2);
	fprintf(stderr, "# %s: %.3f s, twice the text %.3f s; work %llu, %llu\n", large[_i].what, time_once, seconds, (unsigned long long)once,
	    (unsigned long long)twice);
	ck_assert_uint_gt(once, 0);
	ck_assert_msg(twice * 100 <= once * TWICE_PERCENT, "%s: %llu, %llu", large[_i].what, (unsigned long long)once, (unsigned long long)twice);
}
END_TEST

/* A damaged text is one cause, not a hundred thousand faults. */
START_TEST(no_flood)
{
	work_of("“", 100000);
	ck_assert_uint_le(lines_an.nproblems, 140);
	work_of("“a ", 100000);
	ck_assert_uint_le(lines_an.nproblems, 140);
}
END_TEST

Suite *
unit_quotations_work(void)
{
	Suite *s = suite_create("quotations_work");
	TCase *c = tcase_create("quotations_work");

	tcase_add_checked_fixture(c, lines_setup, lines_teardown);
	tcase_add_loop_test(c, rows_of_marks, 0, sizeof rows / sizeof rows[0]);
	tcase_add_loop_test(c, large_texts, 0, sizeof large / sizeof large[0]);
	tcase_add_test(c, no_flood);
	suite_add_tcase(s, c);
	return s;
}
