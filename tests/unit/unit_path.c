/* Paths as words, and globs. */
#include "unit.h"

#include "util/path.h"

#include <stdlib.h>
#include <string.h>

static void
same(char *got, const char *expected)
{
	ck_assert_str_eq(got, expected);
	free(got);
}

START_TEST(test_join)
{
	same(path_absolute("/a/./b//../c/"), "/a/c");
	same(path_absolute("/.."), "/");
	same(path_folder("/a/b"), "/a");
	same(path_folder("/a"), "/");
	same(path_folder("/"), "/");
	same(path_join("/a", "../b/x"), "/b/x");
	same(path_join("/a", "/b"), "/b");
	same(path_join("/", "b"), "/b");
}
END_TEST

START_TEST(test_from)
{
	same(path_from("/a/b", "/a/b/c/d"), "c/d");
	same(path_from("/a/b", "/a/b"), ".");
	same(path_from("/a/b", "/a/bc"), "../bc");
	same(path_from("/a/b", "/"), "../..");
	same(path_from("/", "/x/y"), "x/y");
	ck_assert_str_eq(path_within("/a", "/a/b"), "b");
	ck_assert_str_eq(path_within("/a", "/a"), "");
	ck_assert_str_eq(path_within("/", "/a"), "a");
	ck_assert_ptr_null(path_within("/a", "/ab"));
	ck_assert_ptr_null(path_within("/a/b", "/a"));
}
END_TEST

START_TEST(test_globs)
{
	static const struct { const char *glob, *path; bool means; } t[] = {
		{ "*.html", "a/b/x.html", true }, { "*.html", "x.htm", false }, { "*.html", "x.html/y", true },
		{ "wire/ap", "wire/ap/x.txt", true }, { "wire/ap", "a/wire/ap", false }, { "/wire", "wire/x", true },
		{ "/wire", "a/wire", false }, { "./wire/x", "wire/x", true }, { "wire/", "a/wire/x", true }, { "wire/", "a/wire", false },
		{ "wire/**", "wire/a/b", true }, { "wire/**", "wire", false }, { "**/ap/*.txt", "x/y/ap/z.txt", true },
		{ "**/ap/*.txt", "ap/z.txt", true }, { "a/**/b", "a/b", true }, { "a/**/b", "a/x/y/b", true },
		{ "a/**/b/c", "a/b/x/b/c", true }, { "a/**/b/c", "a/b/x/b/d", false }, { "**", "x", true }, { "a*/b", "ab/b/c", true },
		{ "a/?", "a/b", true }, { "a/?", "a/bc", false }, { "[ab].txt", "c/b.txt", true }, { "a/*", "a", false },
		{ "**/x/**/y", "q/x/x/w/y", true }, { "../b/*", "../b/c", true }, { "*", ".hidden", true },
	};

	for (size_t i = 0; i < sizeof t / sizeof *t; i++)
		ck_assert_msg(path_matches(t[i].glob, t[i].path) == t[i].means, "'%s' and '%s'", t[i].glob, t[i].path);
}
END_TEST

/* A glob of many stars on a deep path must not take for ever. */
START_TEST(test_much)
{
	char glob[2000] = "", path[2000] = "";

	for (int i = 0; i < 300; i++) {
		strcat(glob, "**/a/");
		strcat(path, "a/b/");
	}
	strcat(glob, "c");
	ck_assert(!path_matches(glob, path));
}
END_TEST

Suite *
unit_path(void)
{
	Suite *s = suite_create("path");
	TCase *c = tcase_create("path");

	tcase_add_test(c, test_join);
	tcase_add_test(c, test_from);
	tcase_add_test(c, test_globs);
	tcase_add_test(c, test_much);
	suite_add_tcase(s, c);
	return s;
}
