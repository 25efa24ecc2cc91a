/* JSON as a tree, whole and damaged; its strings as text. */
#include "unit.h"

#include "read/json_file.h"
#include "util/buf.h"

#include <stdlib.h>
#include <string.h>

static struct arena arena;
static struct buf out;
static struct json_error damage;

static void
setup(void)
{
	arena_init(&arena);
	buf_init(&out);
}

static void
teardown(void)
{
	arena_release(&arena);
	buf_release(&out);
}

static void
draw(const char *s, const struct json *v)
{
	if (*v->key != '\0')
		buf_printf(&out, "%s:", v->key);
	switch (v->kind) {
	case JSON_OBJECT:
	case JSON_ARRAY:
		buf_putc(&out, v->kind == JSON_OBJECT ? '{' : '[');
		for (const struct json *c = v->first; c != NULL; c = c->next) {
			if (c != v->first)
				buf_putc(&out, ' ');
			draw(s, c);
		}
		buf_putc(&out, v->kind == JSON_OBJECT ? '}' : ']');
		break;
	case JSON_STRING:
		buf_putc(&out, '\'');
		buf_add(&out, s + v->at, v->end - v->at);
		buf_putc(&out, '\'');
		break;
	default:
		buf_add(&out, s + v->at, v->end - v->at);
	}
}

static const char *
tree(const char *s)
{
	const struct json *v = json_tree(&arena, s, strlen(s), &damage);

	buf_clear(&out);
	if (v == NULL)
		return "";
	draw(s, v);
	return out.s;
}

START_TEST(whole)
{
	ck_assert_str_eq(tree("{\"a\": [1, -2.5e3, true, null, \"b\\n\\u0041\"], \"c\\u0064\": {\"e\": false}}"),
	    "{a:[1 -2.5e3 true null 'b\\n\\u0041'] cd:{e:false}}");
	ck_assert_ptr_null(damage.message);
	ck_assert_str_eq(tree(" [ ] "), "[]");
	ck_assert_str_eq(tree("\"x\""), "'x'");
	ck_assert_str_eq(tree("[{\"a\":{}},{}]"), "[{a:{}} {}]");
	ck_assert_ptr_null(damage.message);
	ck_assert_str_eq(tree(""), "");
}
END_TEST

START_TEST(damaged)
{
	static const struct { const char *s, *is; uint32_t at; } t[] = {
		{ "{\"a\": \"b", "{a:'b'}", 6 }, { "{\"a\": [1, 2", "{a:[1 2]}", 11 }, { "{\"a\": 1,}", "{a:1}", 8 }, { "[1,,2]", "[1 2]", 3 },
		{ "{\"a\": 1 \"b\": 2}", "{a:1 b:2}", 8 }, { "[1]]", "[1]", 3 }, { "{\"a\": [1}", "{a:[1]}", 8 }, { "{\"a\": x, \"b\": 1}", "{b:1}", 6 },
		{ "[\"a\tb\"]", "['a\tb']", 3 }, { "[\"a\\qb\"]", "['a\\qb']", 3 }, { "[1] x", "[1]", 4 }, { "{\"a\"}", "{}", 1 }, { "x", "", 0 },
	};

	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		ck_assert_str_eq(tree(t[i].s), t[i].is);
		ck_assert_msg(damage.message != NULL, "%s: no damage", t[i].s);
		ck_assert_msg(damage.at == t[i].at, "%s: damage at %u", t[i].s, damage.at);
	}
}
END_TEST

/* The first of each kind of damage is told of. */
START_TEST(damaged_twice)
{
	const char *s = "{\"a\": \"b\tc\td\", \"e\": [1,], \"f\": \"\\q\"";

	ck_assert_str_eq(tree(s), "{a:'b\tc\td' e:[1] f:'\\q'}");
	ck_assert_uint_eq(damage.at, 8);
	ck_assert_ptr_nonnull(damage.more);
	ck_assert_uint_eq(damage.more->at, 23);
	ck_assert_uint_eq(damage.more->more->at, 32);
	ck_assert_str_eq(damage.more->more->more->message, "JSON does not end, expected a closing bracket");
	ck_assert_uint_eq(damage.more->more->more->at, (unsigned)strlen(s));
	ck_assert_ptr_null(damage.more->more->more->more);
}
END_TEST

/* Values behind the end: an object a line is no damage. */
START_TEST(behind)
{
	const struct json *v;

	ck_assert_str_eq(tree("{\"a\": 1}\n{\"b\": 2}\n{}\n"), "{a:1}");
	ck_assert_ptr_null(damage.message);
	v = json_tree(&arena, "{\"a\": 1} {\"b\": 2}", 17, &damage);
	ck_assert_uint_eq(damage.at, 9);
	ck_assert(v->next != NULL && v->next->kind == JSON_OBJECT && v->next->next == NULL);
	ck_assert_str_eq(v->next->first->key, "b");
	ck_assert_str_eq(tree("{\"a\": 1}\n\"b\""), "{a:1}");
	ck_assert_uint_eq(damage.at, 9);
}
END_TEST

START_TEST(deep)
{
	enum { DEEP = 100000 };
	char *s = malloc(DEEP + 1);

	memset(s, '[', DEEP);
	s[DEEP] = '\0';
	ck_assert(json_tree(&arena, s, DEEP, &damage) != NULL);
	ck_assert_str_eq(damage.message, "JSON nests deeper than 256");
	memset(s + DEEP / 2, ']', DEEP / 2);
	ck_assert(json_tree(&arena, s, DEEP, &damage) != NULL);
	free(s);
}
END_TEST

START_TEST(ways)
{
	const char *s = "{\"a\": {\"b\": \"c\"}, \"d\": 1}";
	const struct json *v = json_tree(&arena, s, strlen(s), &damage);

	ck_assert(json_is(s, json_at(v, "a/b"), "c"));
	ck_assert(json_at(v, "a/x") == NULL);
	ck_assert(json_at(v, "d/x") == NULL);
	ck_assert(json_get(NULL, "a") == NULL);
	ck_assert(!json_is(s, json_get(v, "d"), "1"));
}
END_TEST

/* "text a..z: what the bytes are|" of each segment. */
static const char *
segments(const char *s)
{
	const struct json *v = json_tree(&arena, s, strlen(s), &damage);
	struct layer l = { s, (uint32_t)strlen(s), NULL };
	struct text t;

	text_init(&t);
	json_text(&t, &l, v, NULL);
	buf_clear(&out);
	for (size_t i = 0; i < t.nsegs; i++) {
		uint32_t end = i + 1 < t.nsegs ? t.segs[i + 1].text : (uint32_t)t.n;

		buf_add(&out, t.s + t.segs[i].text, end - t.segs[i].text);
		buf_printf(&out, "@%u-%u ", t.segs[i].src, t.segs[i].src + t.segs[i].src_len);
		buf_puts(&out, seg_kind_name(t.segs[i].kind));
		buf_putc(&out, '|');
	}
	text_release(&t);
	return out.s;
}

START_TEST(strings)
{
	ck_assert_str_eq(segments("\"ab\\u00e9c\""), "ab@1-3 verbatim|\xC3\xA9@3-9 escape|c@9-10 verbatim|");
	ck_assert_str_eq(segments("\"\\ud83d\\ude00\""), "\xF0\x9F\x98\x80@1-13 escape|");
	ck_assert_str_eq(segments("\"\\\"\\/\""), "\"@1-3 escape|/@3-5 escape|");
	ck_assert_str_eq(segments("\"\\ud83dx\""), "\xEF\xBF\xBD@1-7 escape|x@7-8 verbatim|");
	ck_assert_str_eq(segments("\"\\ude00\\ud83d\""), "\xEF\xBF\xBD@1-7 escape|\xEF\xBF\xBD@7-13 escape|");
	ck_assert_str_eq(segments("\"a\\qb\""), "a\\qb@1-5 verbatim|");
}
END_TEST

Suite *
unit_json_tree(void)
{
	Suite *s = suite_create("json_tree");
	TCase *t = tcase_create("json_tree");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, whole);
	tcase_add_test(t, damaged);
	tcase_add_test(t, damaged_twice);
	tcase_add_test(t, behind);
	tcase_add_test(t, deep);
	tcase_add_test(t, ways);
	tcase_add_test(t, strings);
	suite_add_tcase(s, t);
	return s;
}
