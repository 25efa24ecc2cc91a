/* Output for a terminal: the mark stands under what it marks. */
#include "emit/snippet.h"
#include "emitter.h"
#include "unit.h"
#include "util/utf8.h"

#include <string.h>

static struct source src;
static struct buf out;

static const char *
snippet(const char *s, size_t n, uint32_t a, uint32_t z, const char *colour)
{
	static const struct source_options any;

	source_init(&src);
	buf_release(&out);
	buf_init(&out);
	ck_assert_int_eq(source_load_mem(&src, "x", s, n, &any), SOURCE_OK);
	snippet_put(&out, &src, (struct span){ a, z }, colour);
	source_release(&src);
	return out.s;
}
#define SNIPPET(s, a, z) snippet(s, strlen(s), a, z, NULL)

START_TEST(plain)
{
	ck_assert_str_eq(SNIPPET("x\nTalks in Kiev resumed.\n", 11, 15),
	    "    2 | Talks in Kiev resumed.\n"
	    "      |          ^~~~\n");
	ck_assert_str_eq(SNIPPET("ab", 0, 1), "    1 | ab\n      | ^\n");
	ck_assert_str_eq(snippet("Kiev.", 5, 0, 4, "<C>"),
	    "    1 | <C>Kiev\033[0m.\n"
	    "      | <C>^~~~\033[0m\n");
}
END_TEST

START_TEST(missing)
{
	ck_assert_str_eq(SNIPPET("The end.\n", 8, 8),
	    "    1 | The end.\n"
	    "      |         ^\n");
	ck_assert_str_eq(SNIPPET("The end.", 8, 8),
	    "    1 | The end.\n"
	    "      |         ^\n");
	ck_assert_str_eq(SNIPPET("", 0, 0), "    1 | \n      | ^\n");
	ck_assert_str_eq(snippet("ab", 2, 1, 1, "<C>"), "    1 | ab\n      |  <C>^\033[0m\n");
}
END_TEST

START_TEST(wide)
{
	ck_assert_str_eq(SNIPPET("日本語「引用」", 9, 12),
	    "    1 | 日本語「引用」\n"
	    "      |       ^~\n");
	ck_assert_str_eq(SNIPPET("😀 Kiev", 5, 9),
	    "    1 | 😀 Kiev\n"
	    "      |    ^~~~\n");
	ck_assert_str_eq(SNIPPET("cafe\xCC\x81 Kiev", 7, 11),
	    "    1 | cafe\xCC\x81 Kiev\n"
	    "      |      ^~~~\n");
	ck_assert_str_eq(SNIPPET("\tKiev\tx", 1, 5),
	    "    1 |         Kiev    x\n"
	    "      |         ^~~~\n");
	ck_assert_str_eq(SNIPPET("ab\tx", 2, 3),
	    "    1 | ab      x\n"
	    "      |   ^~~~~~\n");
}
END_TEST

START_TEST(hidden)
{
	ck_assert_str_eq(SNIPPET("a\xE2\x80\xAE" "b Kiev", 6, 10),
	    "    1 | a<U+202E>b Kiev\n"
	    "      |            ^~~~\n");
	ck_assert_str_eq(SNIPPET("a\xE2\x80\xAE" "b", 1, 4),
	    "    1 | a<U+202E>b\n"
	    "      |  ^~~~~~~~\n");
	ck_assert_str_eq(SNIPPET("\x1B[31mK\x07", 5, 6),
	    "    1 | <U+001B>[31mK<U+0007>\n"
	    "      |             ^\n");
	ck_assert_str_eq(snippet("a\0b", 3, 2, 3, NULL),
	    "    1 | a<U+0000>b\n"
	    "      |          ^\n");
}
END_TEST

START_TEST(several_lines)
{
	ck_assert_str_eq(SNIPPET("say \"we\r\nare\" x\n", 4, 13),
	    "    1 | say \"we\n"
	    "      |     ^~~\n"
	    "  ... |\n");
	ck_assert_str_eq(SNIPPET("ab\ncd\n", 2, 3),		/* a line's end alone */
	    "    1 | ab\n"
	    "      |   ^\n"
	    "  ... |\n");
}
END_TEST

/* A line of 60 words "0123456 ": the mark decides what is seen. */
static void
long_line(struct buf *b)
{
	buf_init(b);
	for (int i = 0; i < 60; i++)
		buf_printf(b, "word%03d ", i);
}

static unsigned
cells(const char *s, const char *end)
{
	unsigned w = 0;

	while (s < end) {
		unsigned cp;

		s += utf8_decode(s, end, &cp);
		w += utf8_width(cp);
	}
	return w;
}

START_TEST(windows)
{
	struct buf b;

	long_line(&b);
	ck_assert_str_eq(snippet(b.s, b.n, 8, 15, NULL),	/* from the line's start */
	    "    1 | word000 word001 word002 word003 word004 word005 word006 word007 word008 word009 word010 word011…\n"
	    "      |         ^~~~~~~\n");
	ck_assert_str_eq(snippet(b.s, b.n, 240, 247, NULL),	/* in the middle */
	    "    1 | …word025 word026 word027 word028 word029 word030 word031 word032 word033 word034 word035 word036…\n"
	    "      |                                          ^~~~~~~\n");
	ck_assert_str_eq(snippet(b.s, b.n, 472, 479, NULL),	/* at its end */
	    "    1 | …word048 word049 word050 word051 word052 word053 word054 word055 word056 word057 word058 word059 \n"
	    "      |                                                                                          ^~~~~~~\n");
	ck_assert_str_eq(snippet(b.s, b.n, 480, 480, NULL),	/* behind it */
	    "    1 | …word048 word049 word050 word051 word052 word053 word054 word055 word056 word057 word058 word059 \n"
	    "      |                                                                                                  ^\n");
	ck_assert_str_eq(snippet(b.s, b.n, 80, 400, NULL),	/* longer than what is shown */
	    "    1 | …word007 word008 word009 word010 word011 word012 word013 word014 word015 word016 word017 word018 wo…\n"
	    "      |                          ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n");
	buf_release(&b);
}
END_TEST

/* Wherever the mark is and whatever the line is made of: never wider than said, and the mark stands under its first cell. */
START_TEST(windows_everywhere)
{
	static const char *const units[] = { "a", "語", "😀", "e\xCC\x81", "\xE2\x80\xAE", "b " };
	struct buf b = BUF_INIT;

	for (int i = 0; i < 400; i++)
		buf_puts(&b, units[i * 7 % 6]);
	for (uint32_t at = 0; at < b.n;) {
		unsigned cp;
		uint32_t len = (uint32_t)utf8_decode(b.s + at, b.s + b.n, &cp);
		const char *line, *end, *mark;

		snippet(b.s, b.n, at, at + len, NULL);
		line = out.s + 8;
		end = strchr(line, '\n');
		mark = strchr(end, '^');
		ck_assert_uint_le(cells(line, end), SNIPPET_WIDTH + 8);	/* <U+202E> is not split */
		ck_assert_uint_ge(cells(line, end), SNIPPET_WIDTH - 20);
		if (utf8_width(cp) != 0 && cp != 0x202E && cp != 'e') {
			unsigned want = (unsigned)(mark - end - 1 - 8), w = 0;
			const char *s = line;

			while (w < want)
				s += utf8_next(s, &(unsigned){ 0 }), w = cells(line, s);
			ck_assert_uint_eq(w, want);
			while (memcmp(s, b.s + at, len) != 0 && (unsigned char)*s >= 0x80 && cells(line, s) == want)
				s += utf8_next(s, &(unsigned){ 0 });	/* combining ones before it take no cell */
			ck_assert_msg(memcmp(s, b.s + at, len) == 0, "byte %u: %s", at, out.s);
		}
		at += len;
	}
	buf_release(&b);
}
END_TEST

static const char *
emit(const char *s, struct finding *f, bool colour, bool links)
{
	static const struct source_options any;
	const struct emit_options opt = { .colour = colour, .links = links };
	struct finding_list l = { .v = f, .n = 1 };

	source_init(&src);
	buf_release(&out);
	buf_init(&out);
	source_load_mem(&src, f->path, s, strlen(s), &any);
	emitter_by_name("tty")->file(&out, &opt, &src, &l);
	source_release(&src);
	return out.s;
}

START_TEST(finding)
{
	struct edit edit = { { 5, 9 }, "Kyiv" };
	struct fix fixes[] = {
		{ .class = FIX_SAFE, .edits = &edit, .nedits = 1 },
		{ .class = FIX_UNSAFE, .description = "drop it", .edits = (struct edit[]){ { { 5, 9 }, "" } }, .nedits = 1 },
		{ .class = FIX_DISPLAY, .description = "ask the desk" },
		{ .class = FIX_SAFE, .description = "write 'Kyiv'", .edits = &edit, .nedits = 1 },
		{ .class = FIX_SAFE, .description = "as the city does", .edits = &edit, .nedits = 1 },
		{ .class = FIX_SAFE, .edits = (struct edit[]){ { { 5, 9 }, "" } }, .nedits = 1 },
		{ .class = FIX_SAFE, .edits = (struct edit[]){ { { 0, 0 }, "a\tb\n" } }, .nedits = 1 },
	};
	struct note note = { .message = "the first one is here", .at = { 0, 4 } };
	struct finding f = { .rule = "house/kyiv", .link = "https://example.org/a b", .path = "s.txt", .severity = SEV_WARNING,
		.certainty = SURE, .placed = true, .at = { 5, 9 }, .message = "'Kiev'", .notes = &note, .nnotes = 1, .fixes = fixes,
		.nfixes = 7, .item = "3" };

	ck_assert_str_eq(emit("Kyiv Kiev", &f, false, false),
	    "s.txt:1:6: warning: 'Kiev' (item 3) [house/kyiv]\n"
	    "    1 | Kyiv Kiev\n"
	    "      |      ^~~~\n"
	    "      | fix: replace with 'Kyiv'\n"
	    "      | fix (unsafe): drop it\n"
	    "      | suggestion: ask the desk\n"
	    "      | fix: write 'Kyiv'\n"
	    "      | fix: as the city does: replace with 'Kyiv'\n"
	    "      | fix: delete this\n"
	    "      | fix: insert 'a\tb<U+000A>'\n"
	    "s.txt:1:1: note: the first one is here\n"
	    "    1 | Kyiv Kiev\n"
	    "      | ^~~~\n");
	f.nfixes = 1;
	f.nnotes = 0;
	f.item = NULL;
	ck_assert_str_eq(emit("Kyiv Kiev", &f, true, true),
	    "\033[1ms.txt:1:6: \033[0m\033[1;35mwarning\033[0m: \033[1m'Kiev'\033[0m "
	    "[\033]8;;https://example.org/a%20b\033\\\033[1;35mhouse/kyiv\033[0m\033]8;;\033\\]\n"
	    "    1 | Kyiv \033[1;35mKiev\033[0m\n"
	    "      |      \033[1;35m^~~~\033[0m\n"
	    "      | fix: replace with '\033[32mKyiv\033[0m'\n");
}
END_TEST

Suite *
unit_tty(void)
{
	Suite *s = suite_create("tty");
	TCase *c = tcase_create("tty");

	tcase_add_test(c, plain);
	tcase_add_test(c, missing);
	tcase_add_test(c, wide);
	tcase_add_test(c, hidden);
	tcase_add_test(c, several_lines);
	tcase_add_test(c, windows);
	tcase_add_test(c, windows_everywhere);
	tcase_add_test(c, finding);
	suite_add_tcase(s, c);
	return s;
}
