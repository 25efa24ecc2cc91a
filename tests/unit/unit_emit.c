/* Emitters: columns in every unit, paths, words, the forms gcc, jsonl and json. */
#include "emit/finding_json.h"
#include "emitter.h"
#include "schema.h"
#include "strict_json.h"
#include "unit.h"
#include "util/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct source src;
static struct finding_list list;
static struct buf out;

static void
load(const char *path, const char *s, size_t n)
{
	static const struct source_options any;

	source_init(&src);
	finding_list_init(&list);
	buf_init(&out);
	ck_assert_int_eq(source_load_mem(&src, path, s, n, &any), SOURCE_OK);
}

static void
unload(void)
{
	source_release(&src);
	finding_list_release(&list);
	buf_release(&out);
}

static struct finding *
add(uint32_t a, uint32_t z, const char *message)
{
	struct finding *f = finding_add(&list);

	f->rule = "house/kyiv";
	f->path = src.path;
	f->severity = SEV_WARNING;
	f->certainty = SURE;
	f->placed = true;
	f->at = (struct span){ a, z };
	f->message = message;
	f->fingerprint = 0x0123456789abcdef;
	return f;
}

static const char *
emit(const char *name, enum column_unit unit)
{
	const struct emit_options opt = { .unit = unit, .version = "1.2.3" };

	buf_clear(&out);
	emitter_by_name(name)->file(&out, &opt, &src, &list);
	return out.s;
}

static void
check_schema(const char *name)
{
	struct schemas all;
	char folder[400];

	snprintf(folder, sizeof(folder), "%s/doc", getenv("srcdir") != NULL ? getenv("srcdir") : ".");
	schemas_init(&all, folder);
	ck_assert_msg(schema_holds(&all, name, out.s, out.n), "%s", all.why);
	schemas_release(&all);
}

static uint32_t
column(uint32_t at, enum column_unit unit)
{
	struct emit_places p;
	uint32_t c;

	emit_places_init(&p, &src, unit);
	c = emit_place(&p, at).column;
	emit_places_release(&p);
	return c;
}

/* Each row: an offset on disk and its column as characters, bytes, UTF-16 units and cells. */
static void
check_columns(const char *s, const uint32_t (*rows)[5], size_t n)
{
	load("x", s, strlen(s));
	for (size_t i = 0; i < n; i++)
		for (enum column_unit u = COLUMN_CHAR; u <= COLUMN_DISPLAY; u++)
			ck_assert_msg(column(rows[i][0], u) == rows[i][u + 1], "'%s' byte %u unit %s: %u, not %u", s,
			    rows[i][0], column_units[u], column(rows[i][0], u), rows[i][u + 1]);
	unload();
}
#define COLUMNS(s, ...) do { \
	static const uint32_t rows[][5] = { __VA_ARGS__ }; \
	check_columns(s, rows, sizeof(rows) / sizeof(*rows)); \
} while (0)

START_TEST(columns)
{
	COLUMNS("abc", { 0, 1, 1, 1, 1 }, { 2, 3, 3, 3, 3 }, { 3, 4, 4, 4, 4 });
	COLUMNS("x\n日本語", { 2, 1, 1, 1, 1 }, { 5, 2, 4, 2, 3 }, { 8, 3, 7, 3, 5 }, { 11, 4, 10, 4, 7 });
	COLUMNS("😀a", { 0, 1, 1, 1, 1 }, { 4, 2, 5, 3, 3 }, { 5, 3, 6, 4, 4 });
	COLUMNS("e\xCC\x81z", { 1, 2, 2, 2, 2 }, { 3, 3, 4, 3, 2 }, { 4, 4, 5, 4, 3 });	/* a combining accent */
	COLUMNS("\ta\tb", { 1, 2, 2, 2, 9 }, { 2, 3, 3, 3, 10 }, { 3, 4, 4, 4, 17 });
	COLUMNS("a\r\nb", { 3, 1, 1, 1, 1 }, { 4, 2, 2, 2, 2 });
	COLUMNS("", { 0, 1, 1, 1, 1 });
	COLUMNS("\xEF\xBB\xBF" "ab", { 3, 1, 1, 1, 1 }, { 4, 2, 2, 2, 2 });
}
END_TEST

/* A long line goes by the table: the same columns as counted from the line's start. */
START_TEST(columns_of_a_long_line)
{
	struct buf b = BUF_INIT;
	struct emit_places p;

	buf_puts(&b, "head\n");
	for (int i = 0; i < 3000; i++)
		buf_puts(&b, "日😀\tx");		/* 9 bytes; 5 UTF-16 units; a multiple of 8 and 1 column */
	buf_puts(&b, "\nafter");
	load("x", b.s, b.n);
	emit_places_init(&p, &src, COLUMN_UTF16);
	for (uint32_t i = 0; i < 3000; i++)
		ck_assert_uint_eq(emit_place(&p, 5 + i * 9).column, 1 + i * 5);
	ck_assert_uint_eq(emit_place(&p, 5 + 3000 * 9 + 1).column, 1);
	emit_places_release(&p);
	emit_places_init(&p, &src, COLUMN_DISPLAY);
	for (uint32_t i = 3000; i-- != 0;)
		ck_assert_uint_eq(emit_place(&p, 5 + i * 9 + 8).column, i * 8 + 9);
	ck_assert_uint_eq(emit_place(&p, 5 + 3000 * 9 + 3).column, 3);
	emit_places_release(&p);
	buf_release(&b);
	unload();
}
END_TEST

START_TEST(unit_names)
{
	enum column_unit u;

	ck_assert(column_unit_parse("utf16", &u) && u == COLUMN_UTF16);
	ck_assert(!column_unit_parse("columns", &u));
	ck_assert_ptr_null(emitter_by_name("gc"));
	ck_assert_str_eq(emitter_by_name("jsonl")->name, "jsonl");
}
END_TEST

static const char *
path(void (*fn)(struct buf *, const char *), const char *s)
{
	buf_clear(&out);
	fn(&out, s);
	return out.s;
}

START_TEST(paths)
{
	buf_init(&out);
	ck_assert_str_eq(path(emit_path, "a b/Çarşı.txt"), "a b/Çarşı.txt");
	ck_assert_str_eq(path(emit_path, "100%\n\x7F"), "100%25%0A%7F");
	ck_assert_str_eq(path(emit_path, "caf\xE9.txt"), "caf%E9.txt");
	ck_assert_str_eq(path(emit_path, "\xC2\x85"), "%C2%85");
	ck_assert_str_eq(path(emit_path, "\xE2\x80"), "%E2%80");
	ck_assert_str_eq(path(emit_path_plain, "100%\n\x1B[m"), "100%\\012\\033[m");
	ck_assert_str_eq(path(emit_path_plain, "caf\xE9"), "caf\xE9");
	buf_release(&out);
}
END_TEST

START_TEST(plain_words)
{
	static const char s[] = "a\nb\0c\xE2\x80\xAE" "d\xFF\xC2\xAD\te\xF0\x9F\x91\xA9\xE2\x80\x8D";

	buf_init(&out);
	emit_plain(&out, s, sizeof(s) - 1);
	ck_assert_str_eq(out.s, "a<U+000A>b<U+0000>c<U+202E>d<FF><U+00AD>\te\xF0\x9F\x91\xA9\xE2\x80\x8D");
	buf_release(&out);
}
END_TEST

START_TEST(gcc)
{
	static const char s[] = "Kyiv\nTalks in Kiev.\n";
	struct finding *f;

	load("a\nb.txt", s, strlen(s));
	f = add(14, 18, "'Kiev':\nhouse style");
	f->item = "7";
	f->notes = (struct note[]){ { .message = "here", .at = { 0, 4 } }, { .message = "there", .path = "b", .at = { 0, 1 } } };
	f->nnotes = 2;
	add(0, 0, "x")->severity = SEV_ERROR;
	ck_assert_str_eq(emit("gcc", COLUMN_CHAR),
	    "a\\012b.txt:2:10: warning: 'Kiev':<U+000A>house style (item 7) [house/kyiv]\n"
	    "a\\012b.txt:1:1: note: here\n"
	    "b: note: there\n"
	    "a\\012b.txt:1:1: error: x [house/kyiv]\n");
	unload();
}
END_TEST

START_TEST(gcc_without_a_place)
{
	static const struct emit_options opt;

	load("gone.txt", "", 0);
	add(0, 0, "cannot open")->placed = false;
	emitter_by_name("gcc")->file(&out, &opt, NULL, &list);
	ck_assert_str_eq(out.s, "gone.txt: warning: cannot open [house/kyiv]\n");
	buf_clear(&out);
	list.v[0].placed = true;		/* in a file that is not at hand */
	emitter_by_name("tty")->file(&out, &opt, NULL, &list);
	ck_assert_str_eq(out.s, "gone.txt: warning: cannot open [house/kyiv]\n");
	unload();
}
END_TEST

START_TEST(jsonl)
{
	static const char s[] = "Çay\nTalks in Kiev.\n";
	struct finding *f;

	load("50%.txt", s, strlen(s));
	f = add(14, 18, "say \"Kyiv\"");
	f->block = "paragraph";
	f->notes = (struct note[]){ { .message = "here", .at = { 0, 2 } }, { .message = "there", .path = "b", .at = { 0, 1 } } };
	f->nnotes = 2;
	f->fixes = (struct fix[]){ { .class = FIX_SAFE, .edits = (struct edit[]){ { { 14, 18 }, "Kyiv" } }, .nedits = 1 } };
	f->nfixes = 1;
	emit("jsonl", COLUMN_CHAR);
	ck_assert_str_eq(out.s,
	    "{\"path\":\"50%25.txt\",\"item\":null,\"rule\":\"house/kyiv\",\"severity\":\"warning\",\"certainty\":\"sure\","
	    "\"message\":\"say \\\"Kyiv\\\"\",\"block\":\"paragraph\","
	    "\"span\":{\"start\":{\"byte\":14,\"line\":2,\"column\":10},\"end\":{\"byte\":18,\"line\":2,\"column\":14}},"
	    "\"notes\":[{\"message\":\"here\",\"path\":\"50%25.txt\","
	    "\"span\":{\"start\":{\"byte\":0,\"line\":1,\"column\":1},\"end\":{\"byte\":2,\"line\":1,\"column\":2}}},"
	    "{\"message\":\"there\",\"path\":\"b\",\"span\":null}],"
	    "\"fixes\":[{\"class\":\"safe\",\"description\":null,\"edits\":["
	    "{\"span\":{\"start\":{\"byte\":14,\"line\":2,\"column\":10},\"end\":{\"byte\":18,\"line\":2,\"column\":14}},"
	    "\"text\":\"Kyiv\"}]}],\"fingerprint\":\"0123456789abcdef\"}\n");
	check_schema("finding.schema.json");
	emit("jsonl", COLUMN_BYTE);
	ck_assert(strict_is(out.s, "notes/0/span/end/column", "3"));
	unload();
}
END_TEST

/* Every byte, wherever words come from: what is written is JSON. */
START_TEST(json_of_any_byte)
{
	char s[257], expected[16];
	size_t n;

	for (int i = 1; i < 256; i++)
		s[i - 1] = (char)i;
	s[255] = '\0';
	load(s, "abc", 3);
	add(0, 1, s)->item = s;
	emit("jsonl", COLUMN_CHAR);
	check_schema("finding.schema.json");
	ck_assert_ptr_eq(memchr(out.s, '\n', out.n), out.s + out.n - 1);
	ck_assert_ptr_nonnull(strict_at(out.s, "path", &n));
	for (int i = 0; i < 0x20; i++) {
		char c = (char)i;

		buf_clear(&out);
		json_string(&out, &c, 1);
		ck_assert(strict_json(out.s, out.n));
		ck_assert_uint_ge(out.n, 4);
		snprintf(expected, sizeof(expected), "\"\\u%04x\"", i);
		if (strchr("\b\f\n\r\t", c) == NULL || c == '\0')
			ck_assert_str_eq(out.s, expected);
	}
	unload();
}
END_TEST

START_TEST(json)
{
	const struct emitter *e = emitter_by_name("json");
	const struct emit_options opt = { .version = "1.2.3" };
	struct skipped skipped[] = { { "p%\n", NULL, "is a JPEG image" } };
	struct totals t = { .findings = { 0, 1, 2, 3 }, .files = 4, .files_with_findings = 1, .articles = 5, .suppressed = 2, .skipped = skipped,
		.nskipped = 1, .old = 6, .failed = true };
	struct buf file = BUF_INIT;

	load("a.txt", "abc", 3);
	add(0, 1, "one");
	add(1, 1, "two");
	e->begin(&out, &opt);
	e->file(&out, &opt, &src, &list);
	buf_puts(&out, e->between);
	e->file(&out, &opt, &src, &list);
	e->end(&out, &opt, &t);
	check_schema("report.schema.json");
	ck_assert_str_eq(strict_keys(out.s, ""), "version findings skipped counts verdict");
	ck_assert_str_eq(strict_keys(out.s, "findings/3"),
	    "path item rule severity certainty message block span notes fixes fingerprint");
	ck_assert_str_eq(strict_keys(out.s, "findings/3/span/start"), "byte line column");
	ck_assert(strict_is(out.s, "version", "\"1.2.3\""));
	ck_assert(strict_is(out.s, "findings/2/message", "\"one\""));
	ck_assert(strict_is(out.s, "skipped", "[\n{\"path\":\"p%25%0A\",\"reason\":\"is a JPEG image\"}]"));
	ck_assert(strict_is(out.s, "counts",
	    "{\"error\":3,\"warning\":2,\"note\":1,\"files\":4,\"files_with_findings\":1,\"articles\":5,\"skipped\":1,\"suppressed\":2,\"waived\":0,\"baselined\":0,\"old\":6}"));
	ck_assert(strict_is(out.s, "verdict", "\"fail\""));

	t.fatal = 1;
	buf_clear(&out);
	e->begin(&out, &opt);
	e->file(&file, &opt, NULL, &(struct finding_list){ 0 });
	ck_assert_uint_eq(file.n, 0);
	e->end(&out, &opt, &t);
	check_schema("report.schema.json");
	ck_assert(strict_is(out.s, "findings", "[\n\n]"));
	ck_assert(strict_is(out.s, "verdict", "\"incomplete\""));

	buf_clear(&out);
	e->begin(&out, &opt);
	e->end(&out, &opt, &(struct totals){ 0 });
	ck_assert(strict_is(out.s, "verdict", "\"pass\""));
	check_schema("report.schema.json");
	buf_release(&file);
	unload();
}
END_TEST

/* The reader that these tests lean on says no where it should. */
START_TEST(strict_reader)
{
	static const char *const wrong[] = { "", "{", "{\"a\":1,}", "[1,]", "01", "\"\n\"", "\"\\x\"", "{\"a\":1,\"b\":[],\"a\":2}",
		"\"\xFF\"", "nul", "[] []", "{\"a\" 1}", "\"a", "{1:2}" };

	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		ck_assert_msg(!strict_json(wrong[i], strlen(wrong[i])), "%s", wrong[i]);
	ck_assert(strict_json(" {\"a\" : [1, {\"b\":null}], \"c\":\"\\u00e9\"}\n", 38));
	ck_assert(strict_is("{\"a\" : [1, {\"b\":null}], \"c\":2}", "a/1/b", "null"));
	ck_assert(!strict_is("{\"a\" : [1, {\"b\":null}], \"c\":2}", "a/2", "null"));
	ck_assert_str_eq(strict_keys("{\"a\" : [1, {\"b\":null}], \"c\":2}", ""), "a c");
}
END_TEST

Suite *
unit_emit(void)
{
	Suite *s = suite_create("emit");
	TCase *c = tcase_create("emit");

	tcase_add_test(c, columns);
	tcase_add_test(c, columns_of_a_long_line);
	tcase_add_test(c, unit_names);
	tcase_add_test(c, paths);
	tcase_add_test(c, plain_words);
	tcase_add_test(c, gcc);
	tcase_add_test(c, gcc_without_a_place);
	tcase_add_test(c, jsonl);
	tcase_add_test(c, json_of_any_byte);
	tcase_add_test(c, json);
	tcase_add_test(c, strict_reader);
	suite_add_tcase(s, c);
	return s;
}
