/* The baseline as a document; and that what it holds finds its finding again after edits elsewhere. */
#include "unit.h"

#include "files/replace.h"
#include "lint/baseline.h"
#include "lint/pipeline.h"
#include "lint/policy.h"
#include "random.h"
#include "rule/rule_load.h"
#include "schema.h"
#include "util/buf.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct finding_list errors, found;
static struct baseline b;
static struct buf out;
static char folder[64];

static void
setup(void)
{
	strcpy(folder, "/tmp/wirelint-unit.XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	ck_assert_int_eq(chdir(folder), 0);
	finding_list_init(&errors);
	finding_list_init(&found);
	baseline_init(&b, "b.json");
	out = (struct buf)BUF_INIT;
}

static void
teardown(void)
{
	unlink("b.json");
	unlink("link");
	ck_assert_int_eq(chdir("/"), 0);
	ck_assert_int_eq(rmdir(folder), 0);		/* nothing was left */
	finding_list_release(&errors);
	finding_list_release(&found);
	baseline_release(&b);
	buf_release(&out);
}

static bool
read_text(const char *json)
{
	finding_list_reset(&errors);
	ck_assert(replace_file("b.json", json, strlen(json)));
	return baseline_read(&b, "b.json", &errors);
}

#define HEAD "{\"version\":1,\"tool\":\"wirelint\",\"findings\":["
#define FIRST "{\"path\":\"a.txt\",\"item\":null,\"rule\":\"x/y\",\"fingerprint\":\"00000000000000ab\",\"count\":1,\"severity\":\"note\",\"message\":\"m\"}"

/* What is written is read again, and written again the same; the schema holds of it. */
START_TEST(round_trip)
{
	static const char doc[] = HEAD "\n" FIRST ",\n"
	    "{\"path\":\"b%25%0A%FF.txt\",\"item\":\"urn:\\\"1\\\"\",\"rule\":\"x/y\",\"fingerprint\":\"fedcba9876543210\",\"count\":3,\"severity\":\"error\",\"message\":null}\n]}\n";
	char dir[512];
	struct schemas all;

	ck_assert(read_text(doc));
	ck_assert_uint_eq(b.n, 2);
	ck_assert_str_eq(b.v[1].path + strlen(folder), "/b%\n\xff.txt");
	ck_assert_str_eq(b.v[1].item, "urn:\"1\"");
	ck_assert_uint_eq(b.v[1].fingerprint, 0xfedcba9876543210);
	ck_assert_uint_eq(b.v[1].count, 3);
	baseline_sort(&b, false);
	baseline_write(&b, &out);
	ck_assert_str_eq(out.s, doc);
	snprintf(dir, sizeof dir, "%s/doc", getenv("srcdir") != NULL ? getenv("srcdir") : ".");
	schemas_init(&all, dir);
	ck_assert_msg(schema_holds(&all, "baseline.schema.json", out.s, out.n), "%s", all.why);
	ck_assert(!schema_holds(&all, "baseline.schema.json", "{\"version\":2,\"findings\":[]}", 27));
	schemas_release(&all);
}
END_TEST

START_TEST(other_forms)
{
	ck_assert(read_text("\n{ \"findings\": [\n{\"fingerprint\":\"00000000000000ab\",\n\"rule\":\"x\\/y\",\"path\":\"\\u0061.txt\"}],\r\n\"version\": 1 }\n\n"));
	ck_assert_uint_eq(b.n, 1);
	ck_assert_str_eq(b.v[0].rule, "x/y");
	ck_assert_str_eq(b.v[0].path + strlen(folder), "/a.txt");
	ck_assert_uint_eq(b.v[0].count, 1);
	ck_assert(read_text(HEAD "]}"));
}
END_TEST

START_TEST(sorted)
{
	ck_assert(read_text(HEAD "{\"path\":\"b\",\"rule\":\"x/y\",\"fingerprint\":\"00000000000000ab\",\"count\":2}," FIRST ","
	    "{\"path\":\"b\",\"rule\":\"x/y\",\"fingerprint\":\"00000000000000ab\",\"count\":3},"
	    "{\"path\":\"b\",\"rule\":\"x/a\",\"fingerprint\":\"10000000000000ab\"}]}"));
	baseline_sort(&b, false);
	ck_assert_uint_eq(b.n, 3);
	ck_assert_str_eq(b.v[0].path + strlen(folder), "/a.txt");
	ck_assert_str_eq(b.v[1].rule, "x/a");
	ck_assert_uint_eq(b.v[2].count, 3);
	b.v[1] = b.v[2];
	baseline_sort(&b, true);
	ck_assert_uint_eq(b.n, 2);
	ck_assert_uint_eq(b.v[1].count, 6);
}
END_TEST

START_TEST(mistakes)
{
	static const struct { const char *json, *says, *at; } m[] = {
		{ "", "is empty, expected a baseline", NULL },
		{ "<<<<<<< ours\n" HEAD "]}", "is no JSON: text where JSON has a value", NULL },
		{ HEAD FIRST ",]}", "is no JSON: a comma before the closing bracket in JSON", NULL },
		{ HEAD "]", "is no JSON: JSON does not end, expected a closing bracket", NULL },
		{ "[]", "is no baseline, expected one object with 'version' and 'findings'", NULL },
		{ HEAD "]}\n{}", "is no baseline, expected one object with 'version' and 'findings'", "{}" },
		{ "{\"findings\":[]}", "is no baseline: 'version' is missing", NULL },
		{ "{\"version\":1}", "is no baseline: 'findings' is missing", NULL },
		{ "{\"version\":2,\"findings\":[]}", "version is 2, expected 1", "2," },
		{ "{\"version\":\"1\",\"findings\":[]}", "version is 1, expected 1", "1\"," },
		{ "{\"version\":1,\"findings\":{}}", "'findings' is no array", "{}}" },
		{ "{\"version\":1,\"findings\":[],\"finding\":1}", "unknown key 'finding'; did you mean 'findings'?", "1}" },
		{ "{\"version\":1,\"version\":1,\"findings\":[]}", "key 'version' stands twice", "1,\"findings" },
		{ HEAD "1]}", "an entry is no object", "1]" },
		{ HEAD "{\"rule\":\"x/y\",\"fingerprint\":\"00000000000000ab\"}]}", "entry has no 'path'", "{\"rule" },
		{ HEAD "{\"path\":\"a\",\"fingerprint\":\"00000000000000ab\"}]}", "entry has no 'rule'", "{\"path" },
		{ HEAD "{\"path\":\"a\",\"rule\":\"x/y\"}]}", "entry has no 'fingerprint'", "{\"path" },
		{ HEAD "{\"path\":\"a\",\"rule\":\"x/y\",\"fingerprint\":\"AB\"}]}",
		    "'fingerprint' is not of the form 0123456789abcdef, as --format json prints it", "AB\"" },
		{ HEAD "{\"path\":\"a%4\",\"rule\":\"x/y\",\"fingerprint\":\"00000000000000ab\"}]}",
		    "path 'a%4' has a '%' without two hexadecimal digits", "a%4" },
		{ HEAD "{\"path\":\"/a\",\"rule\":\"x/y\",\"fingerprint\":\"00000000000000ab\"}]}",
		    "path '/a' is absolute, expected one relative to the baseline", "/a" },
		{ HEAD "{\"path\":3,\"rule\":\"x/y\",\"fingerprint\":\"00000000000000ab\"}]}", "'path' is no string", "3," },
		{ HEAD "{\"path\":\"a\",\"rule\":\"\",\"fingerprint\":\"00000000000000ab\"}]}", "'rule' is no name of a rule", "\",\"finger" },
		{ HEAD "{\"path\":\"a\",\"rule\":\"x/y\",\"fingerprint\":\"00000000000000ab\",\"count\":0}]}", "'count' is no number from 1 on", "0}" },
		{ HEAD "{\"path\":\"a\",\"rule\":\"x/y\",\"fingerprint\":\"00000000000000ab\",\"severity\":\"off\"}]}",
		    "'severity' is none of error, warning and note", "off" },
		{ HEAD "{\"path\":\"a\",\"rule\":\"x/y\",\"fingerprint\":\"00000000000000ab\",\"line\":1}]}", "unknown key 'line'", "1}]" },
		{ HEAD "{\"path\":\"a\xff\",\"rule\":\"x/y\",\"fingerprint\":\"00000000000000ab\"}]}", "bytes that are not UTF-8", NULL },
	};

	for (size_t i = 0; i < sizeof m / sizeof *m; i++) {
		ck_assert_msg(!read_text(m[i].json), "%s", m[i].json);
		ck_assert_uint_eq(b.n, 0);
		ck_assert_uint_ge(errors.n, 1);
		ck_assert_str_eq(errors.v[0].message, m[i].says);
		ck_assert(errors.v[0].fatal && errors.v[0].placed);
		ck_assert_msg(m[i].at == NULL || strncmp(m[i].json + errors.v[0].at.a, m[i].at, strlen(m[i].at)) == 0, "%s: %u", m[i].json,
		    errors.v[0].at.a);
	}
	ck_assert(!baseline_read(&b, "absent.json", &errors));
	ck_assert(!baseline_read(&b, "/", &errors));
}
END_TEST

/* Cut short anywhere it is no baseline, and nothing of it is kept. */
START_TEST(cut_short)
{
	static const char doc[] = HEAD "\n" FIRST ",\n" FIRST "\n]}\n";
	char part[sizeof doc];

	for (size_t n = 0; n + 2 < sizeof doc; n++) {
		memcpy(part, doc, n);
		part[n] = '\0';
		ck_assert_msg(!read_text(part), "%s", part);
		ck_assert_uint_eq(b.n, 0);
	}
	ck_assert(read_text(doc));
}
END_TEST

/* Written beside its place and moved there: through links, with the mode that there was; nothing is left where it fails. */
START_TEST(replacing)
{
	struct stat st;
	char text[8] = "";
	int fd;

	ck_assert(replace_file("b.json", "one", 3));
	ck_assert_int_eq(chmod("b.json", 0640), 0);
	ck_assert_int_eq(symlink("b.json", "link"), 0);
	ck_assert(replace_file("link", "three", 5));
	ck_assert_int_eq(lstat("link", &st), 0);
	ck_assert(S_ISLNK(st.st_mode));
	ck_assert_int_eq(stat("b.json", &st), 0);
	ck_assert_uint_eq(st.st_mode & 07777, 0640);
	fd = open("b.json", O_RDONLY);
	ck_assert_int_eq(read(fd, text, 7), 5);
	close(fd);
	ck_assert_str_eq(text, "three");
	ck_assert(!replace_file("none/b.json", "x", 1));
	ck_assert_int_eq(errno, ENOENT);
	ck_assert(!replace_file(".", "x", 1));
}
END_TEST

/* ---- fingerprints ---- */

static struct rule_set set;
static struct policy policy;
static struct matcher *matcher;
static struct pipeline pipeline;

static void
lint_setup(void)
{
	setup();
	rule_set_init(&set);
	rule_load_builtin(&set, &errors);
	rule_load_finish(&set, &errors);
	policy_init(&policy, &set);
	policy_switch(&policy, "all", true, NULL);
	matcher = lint_matcher(&policy, MATCH_TRIGGERED);
	pipeline_init(&pipeline);
	pipeline.lint = lint_new(&policy, matcher);
	pipeline.rules = &set;
}

static void
lint_teardown(void)
{
	lint_free(pipeline.lint);
	pipeline_release(&pipeline);
	matcher_free(matcher);
	policy_release(&policy);
	rule_set_release(&set);
	teardown();
}

static void
lint_text(const char *s)
{
	finding_list_reset(&found);
	pipeline_mem(&pipeline, "story.txt", s, strlen(s), &found);
}

static bool
has(const char *rule, uint64_t fingerprint)
{
	for (size_t i = 0; i < found.n; i++)
		if (strcmp(found.v[i].rule, rule) == 0 && found.v[i].fingerprint == fingerprint)
			return true;
	return false;
}

static size_t
count_of(const char *rule)
{
	size_t n = 0;

	for (size_t i = 0; i < found.n; i++)
		n += strcmp(found.v[i].rule, rule) == 0;
	return n;
}

/* Paragraphs with a fault each, of rules that speak of what stands there. */
static const char *const faulty[] = {
	"The council said it would pay TK dollars for the new pumps at the quay.",
	"Traders said the market had been quiet &amp; that prices had not moved since the spring.",
	"A \"temporary\xe2\x80\x9d bridge was closed on the northern road after the rain.",
	"The harbour office counted forty boats on Tuesday, November 23, 2026, and none the day after.",
	"Advertisement",
};
static const char *const clean[] = {
	"The mill opened its gates at dawn and the first carts rolled in.",
	"Farmers from the valley had waited for two days beside the river.",
	"Nobody was hurt, and the water had gone down by the evening.",
	"The road to the coast was open again before the weekend came.",
	"Officials met in the town hall and talked for more than an hour.",
	"A second meeting is planned for the end of the month.",
};
enum { FAULTY = sizeof faulty / sizeof *faulty, CLEAN = sizeof clean / sizeof *clean };
static const char *const tracked[] = { "copy/placeholder", "copy/markup-residue", "quote/mismatched-pair", "date/weekday-mismatch", "copy/boilerplate" };

/* A paragraph in lines of that width; some blanks doubled, where it is to vary. */
static void
put_paragraph(struct random *r, const char *s, bool varied, size_t width)
{
	size_t line = out.n, n;

	for (; *s != '\0'; s += n) {
		s += *s == ' ';
		n = strcspn(s, " ");
		if (out.n != line && out.n - line + n + 2 > width) {
			buf_putc(&out, '\n');
			line = out.n;
		} else if (out.n != line)
			buf_puts(&out, varied && random_below(r, 8) == 0 ? "  " : " ");
		buf_add(&out, s, n);
	}
	buf_puts(&out, "\n\n");
}

/* The story with clean paragraphs at random between the faulty ones, wrapped at a random width, some blanks
 * doubled. */
static void
make_story(struct random *r, bool varied)
{
	size_t width = varied ? 64 + random_below(r, 30) : 70;

	buf_clear(&out);
	buf_puts(&out, "Pumps are late at the quay\n\nHARBOURVILLE, Nov 24 (Reuters) - The pumps for the quay came late again this year.\n\n");
	for (size_t i = 0; i < FAULTY; i++) {
		for (uint32_t k = varied ? random_below(r, 3) : 0; k > 0; k--) {
			put_paragraph(r, clean[random_below(r, CLEAN)], true, width);
		}
		put_paragraph(r, faulty[i], varied, width);
	}
	buf_printf(&out, "The last cart left at %u.\n", varied ? random_below(r, 12) + 1 : 8);
}

START_TEST(edits_elsewhere)
{
	struct random r = { TEST_SEED };
	uint64_t first[FAULTY];

	make_story(&r, false);
	lint_text(out.s);
	for (size_t i = 0; i < FAULTY; i++) {
		ck_assert_msg(count_of(tracked[i]) == 1, "%s", tracked[i]);
		for (size_t k = 0; k < found.n; k++)
			if (strcmp(found.v[k].rule, tracked[i]) == 0)
				first[i] = found.v[k].fingerprint;
	}
	for (int turn = 0; turn < 300; turn++) {
		make_story(&r, true);
		lint_text(out.s);
		for (size_t i = 0; i < FAULTY; i++)
			ck_assert_msg(has(tracked[i], first[i]), "turn %d, %s:\n%s", turn, tracked[i], out.s);
	}
}
END_TEST

/* What is missing at the end stays what it is, whatever the last paragraph says; so do faults of the file. */
START_TEST(missing_at_the_end)
{
	static const char *const ends[] = {
		"The road was open.", "The road was closed again by noon, the police said.", "Nobody knows.\n\nSo it went on.",
	};
	uint64_t source = 0, file = 0;

	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		buf_clear(&out);
		buf_printf(&out, "Pumps are late\n\nThe pumps for the quay came late this year, and nobody minded.\n\n%s", ends[i]);
		lint_text(out.s);
		ck_assert_uint_eq(count_of("source/missing"), 1);
		ck_assert_uint_eq(count_of("copy/file-hygiene"), 1);
		for (size_t k = 0; k < found.n; k++) {
			uint64_t *known = strcmp(found.v[k].rule, "source/missing") == 0 ? &source :
			    strcmp(found.v[k].rule, "copy/file-hygiene") == 0 ? &file : NULL;

			ck_assert(known == NULL || i == 0 || *known == found.v[k].fingerprint);
			if (known != NULL)
				*known = found.v[k].fingerprint;
		}
	}
	ck_assert_uint_ne(source, file);
}
END_TEST

/* A fault that is there twice in the same words: the second is another; with the first mended, one is left of two. */
START_TEST(repeats)
{
	uint64_t one, two;

	lint_text("Pumps\n\nThe council will pay TK dollars for it.\n\nNobody was hurt.\n\nThe council will pay TK dollars for it.\n");
	ck_assert_uint_eq(count_of("copy/placeholder"), 2);
	one = two = 0;
	for (size_t k = 0; k < found.n; k++)
		if (strcmp(found.v[k].rule, "copy/placeholder") == 0) {
			two = one;
			one = found.v[k].fingerprint;
		}
	ck_assert_uint_ne(one, two);
	lint_text("Pumps\n\nThe council will pay ten dollars for it.\n\nNobody was hurt.\n\nThe council will pay TK dollars for it.\n");
	ck_assert_uint_eq(count_of("copy/placeholder"), 1);
	ck_assert(has("copy/placeholder", one) || has("copy/placeholder", two));
	/* mended there, and a new one in other words: it is neither of them */
	lint_text("Pumps\n\nThe council will pay ten dollars for it.\n\nSome TK people were hurt.\n\nThe council will pay ten dollars for it.\n");
	ck_assert_uint_eq(count_of("copy/placeholder"), 1);
	ck_assert(!has("copy/placeholder", one) && !has("copy/placeholder", two));
}
END_TEST

Suite *
unit_baseline(void)
{
	Suite *s = suite_create("baseline");
	TCase *t = tcase_create("document"), *l = tcase_create("fingerprints");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, round_trip);
	tcase_add_test(t, other_forms);
	tcase_add_test(t, sorted);
	tcase_add_test(t, mistakes);
	tcase_add_test(t, cut_short);
	tcase_add_test(t, replacing);
	suite_add_tcase(s, t);
	tcase_add_checked_fixture(l, lint_setup, lint_teardown);
	tcase_add_test(l, edits_elsewhere);
	tcase_add_test(l, missing_at_the_end);
	tcase_add_test(l, repeats);
	suite_add_tcase(s, l);
	return s;
}
