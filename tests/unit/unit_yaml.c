/* YAML as a tree, whole and damaged; the steps through its scalars; TOML as the same tree. */
#include "unit.h"

#include "read/toml.h"
#include "util/buf.h"
#include "util/yaml.h"

#include <string.h>

static struct arena arena;
static struct buf out;
static struct yaml_tree tree;
static const char *source;

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

/* {key:value [item item]}, each scalar with its style and raw bytes where these differ from what it says. */
static void
draw(const struct yaml *v)
{
	static const char *const styles[] = { "", "'", "\"", "|", ">", "r" };

	if (*v->key != '\0')
		buf_printf(&out, "%s:", v->key);
	switch (v->kind) {
	case YAML_MAPPING:
	case YAML_SEQUENCE:
		buf_putc(&out, v->kind == YAML_MAPPING ? '{' : '[');
		for (const struct yaml *c = v->first; c != NULL; c = c->next) {
			ck_assert_ptr_eq(c->parent, v);
			if (c != v->first)
				buf_putc(&out, ' ');
			draw(c);
		}
		buf_putc(&out, v->kind == YAML_MAPPING ? '}' : ']');
		break;
	case YAML_SCALAR:
		buf_printf(&out, "%s(%s)", styles[v->style], v->value);
		if (v->n != v->end - v->at || memcmp(v->value, source + v->at, v->n) != 0)
			buf_printf(&out, "<%.*s>", (int)(v->end - v->at), source + v->at);
		break;
	case YAML_NULL:
		buf_putc(&out, '~');
	}
}

static const char *
drawn(const char *s)
{
	source = s;
	buf_clear(&out);
	if (tree.root != NULL)
		draw(tree.root);
	for (const struct yaml_damage *d = tree.damage; d != NULL; d = d->next)
		buf_printf(&out, " !%u %s", (unsigned)d->at, d->message);
	return out.s;
}

static const char *
yaml(const char *s)
{
	yaml_parse(&arena, s, 0, (uint32_t)strlen(s), &tree);
	return drawn(s);
}

static const char *
toml(const char *s)
{
	toml_parse(&arena, s, 0, (uint32_t)strlen(s), &tree);
	return drawn(s);
}

START_TEST(styles_and_places)
{
	ck_assert_str_eq(yaml("a: plain words\nb: 'it''s'\nc: \"q \\\"x\\\" \\u00e9\"\n"),
	    "{a:(plain words) b:'(it's)<it''s> c:\"(q \"x\" \xc3\xa9)<q \\\"x\\\" \\u00e9>}");
	ck_assert_str_eq(yaml("a: one\n  two # no\nb:\n"), "{a:(one two)<one\n  two> b:~}");
	ck_assert_str_eq(yaml("a: |\n  one\n   two\n\nb: >-\n  one\n  two\n\n  three\n"),
	    "{a:|(one\n two)<  one\n   two\n\n> b:>(one two\nthree)<  one\n  two\n\n  three\n>}");
	ck_assert_str_eq(yaml("a: \"one\\\n  two\r\n  three\"\n"), "{a:\"(onetwo three)<one\\\n  two\r\n  three>}");
	ck_assert_str_eq(yaml("a: [x, 'y']\nb:\n- c: z\n  d: [1]\n"), "{a:[(x) '(y)] b:[{c:(z) d:[(1)]}]}");
}
END_TEST

START_TEST(damage)
{
	ck_assert_str_eq(yaml("a: b\ntitle: Flood: the bridge\nc: d\n"),
	    "{a:(b) title:(Flood: the bridge) c:(d)} !17 invalid nested block mapping on the same line");
	ck_assert_str_eq(yaml("a: b\na: c\n"), "{a:(b) a:(c)} !5 key 'a' stands a second time");
	ck_assert_str_eq(yaml("a: &x [y]\nb: *x\nc: [*x, d]\n"),
	    "{a:[(y)] b:~ c:[~ (d)]} !13 an alias, which is not expanded !20 an alias, which is not expanded");
	ck_assert_str_eq(yaml("a: *Storm*\nb: c\n"), "{a:(*Storm*) b:(c)} !3 a value that begins with '*' and no anchor");
	yaml_parse(&arena, "a: b\0c\nd: e\n", 0, 11, &tree);
	ck_assert_str_eq(yaml_get(tree.root, "d")->value, "e");
	yaml("a: 'open\nb: c\n");
	ck_assert_str_eq(yaml_get(tree.root, "a")->value, "open");
	ck_assert_str_eq(yaml_get(tree.root, "b")->value, "c");
	yaml("a:\n- b: c: d\n- e\nf: g\n");
	ck_assert_str_eq(yaml_get(tree.root, "a")->first->value, "b: c: d");
	ck_assert_str_eq(yaml_get(tree.root, "f")->value, "g");
	ck_assert_ptr_null(yaml_get(NULL, "a"));
}
END_TEST

START_TEST(deep)
{
	struct buf b;
	unsigned depth = 0;

	buf_init(&b);
	buf_puts(&b, "a: ");
	for (int i = 0; i < 5000; i++)
		buf_putc(&b, '[');
	for (int i = 0; i < 5000; i++)
		buf_putc(&b, ']');
	buf_puts(&b, "\nb: c\n");
	yaml_parse(&arena, b.s, 0, (uint32_t)b.n, &tree);
	for (const struct yaml *v = tree.root; v != NULL; v = v->first)
		depth++;
	ck_assert_uint_le(depth, YAML_DEPTH);
	ck_assert_uint_ge(tree.ndamages, 1);
	ck_assert_str_eq(yaml_get(tree.root, "b")->value, "c");
	buf_clear(&b);
	buf_puts(&b, "a = ");
	for (int i = 0; i < 5000; i++)
		buf_putc(&b, '[');
	toml_parse(&arena, b.s, 0, (uint32_t)b.n, &tree);
	ck_assert_uint_ge(tree.ndamages, 1);
	buf_release(&b);
}
END_TEST

START_TEST(toml_forms)
{
	ck_assert_str_eq(toml("a = \"q \\\"x\\\"\" # no\nb = 'c:\\d'\n\"e f\" = 2026-11-23T10:00:00Z\n"),
	    "{a:\"(q \"x\")<q \\\"x\\\"> b:r(c:\\d) e f:(2026-11-23T10:00:00Z)}");
	ck_assert_str_eq(toml("a = \"\"\"\none\ntwo \\\n  three\"\"\"\nb = '''\nx'y'''\n"),
	    "{a:\"(one two three)<one\ntwo \\\n  three> b:r(x'y)}");
	ck_assert_str_eq(toml("a = [\n 'x', # one\n \"y\",\n]\nb.c = 1\nb.d = true\n"), "{a:[r(x) \"(y)] b:{c:(1)} b:{d:(true)}}");
	ck_assert_str_eq(toml("[p]\na = {x = 1, y.z = 'q'}\n[[r.s]]\nb = 2\n"), "{p:{a:{x:(1) y:{z:r(q)}}} r:{s:{b:(2)}}}");
	ck_assert_str_eq(toml("a = \"open\nnonsense\nb = 1\nb = 2\n"), "{a:\"(open) nonsense:~ b:(1) b:(2)} !5 a string that does not end in its line"
	    " !10 not of TOML's grammar, which wants a key and '=' !25 key 'b' stands a second time");
}
END_TEST

Suite *
unit_yaml(void)
{
	Suite *s = suite_create("yaml");
	TCase *t = tcase_create("yaml");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, styles_and_places);
	tcase_add_test(t, damage);
	tcase_add_test(t, deep);
	tcase_add_test(t, toml_forms);
	suite_add_tcase(s, t);
	return s;
}
