/* The text of examples inside rules: indentation, escapes, marks. */
#include "unit.h"

#include "lint/rule_test.h"

#include <stdlib.h>
#include <string.h>

static void
text_is(const char *raw, bool escaped, const char *expected)
{
	struct example e = { .text = raw, .n = strlen(raw), .escaped = escaped };
	struct buf out = BUF_INIT;

	example_text(&out, &e);
	ck_assert_str_eq(out.s, expected);
	buf_release(&out);
}

START_TEST(indentation_of_further_lines_goes)
{
	text_is("one line", false, "one line");
	text_is("first\n      second\n      third", false, "first\nsecond\nthird");
	text_is("first\n\n      second\n        deeper", false, "first\n\nsecond\n  deeper");
}
END_TEST

START_TEST(text_may_begin_on_the_next_line)
{
	text_is("\n    first\n    second\n  ", false, "first\nsecond\n");
}
END_TEST

START_TEST(newline_before_the_end_tag_stays)
{
	text_is("only\n      ", false, "only\n");
	text_is("only", false, "only");
}
END_TEST

START_TEST(escapes_are_bytes)
{
	text_is("a\\x41\\n\\t\\\\", true, "aA\n\t\\");
	text_is("a\\x4", true, "ax4");
	text_is("a\\x41", false, "a\\x41");
}
END_TEST

static void
marks_are(const char *marked, const char *text, size_t n, const struct span *spans)
{
	struct marked m;
	size_t i;

	ck_assert(marked_parse(&m, marked, strlen(marked)));
	ck_assert_str_eq(m.s, text);
	ck_assert_uint_eq(m.nspans, n);
	for (i = 0; i < n; i++) {
		ck_assert_uint_eq(m.spans[i].a, spans[i].a);
		ck_assert_uint_eq(m.spans[i].z, spans[i].z);
	}
	marked_release(&m);
}

START_TEST(marks_become_places)
{
	marks_are("Talks in [[Kiev]] resumed.", "Talks in Kiev resumed.", 1, (struct span[]){ { 9, 13 } });
	marks_are("He died.[[]]", "He died.", 1, (struct span[]){ { 8, 8 } });
	marks_are("[[a]]b[[c]]", "abc", 2, (struct span[]){ { 0, 1 }, { 2, 3 } });
	marks_are("no [1] mark ]] here", "no [1] mark ]] here", 0, NULL);
}
END_TEST

START_TEST(brackets_inside_a_mark)
{
	marks_are("said [[[name]]] of", "said [name] of", 1, (struct span[]){ { 5, 11 } });
	marks_are("x [[[+24 chars]]]", "x [+24 chars]", 1, (struct span[]){ { 2, 13 } });
}
END_TEST

START_TEST(open_mark_is_refused)
{
	struct marked m;

	ck_assert(!marked_parse(&m, "a [[b", 5));
	marked_release(&m);
}
END_TEST

Suite *
unit_rule_test(void)
{
	Suite *s = suite_create("rule_test");
	TCase *c = tcase_create("examples");

	tcase_add_test(c, indentation_of_further_lines_goes);
	tcase_add_test(c, text_may_begin_on_the_next_line);
	tcase_add_test(c, newline_before_the_end_tag_stays);
	tcase_add_test(c, escapes_are_bytes);
	tcase_add_test(c, marks_become_places);
	tcase_add_test(c, brackets_inside_a_mark);
	tcase_add_test(c, open_mark_is_refused);
	suite_add_tcase(s, c);
	return s;
}
