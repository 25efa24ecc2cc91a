/* What is let pass: waivers and baselines against findings that are made by hand. */
#include "unit.h"

#include "lint/accept.h"
#include "rule/rule_load.h"
#include "util/buf.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static struct rule_set set;
static struct policy policy;
static struct finding_list errors, list, said;
static struct accept *a;
static struct accept_count counts;
static struct buf out;
static char folder[64];

static void
setup(void)
{
	strcpy(folder, "/tmp/wirelint-unit.XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	ck_assert_int_eq(chdir(folder), 0);
	rule_set_init(&set);
	finding_list_init(&errors);
	finding_list_init(&list);
	finding_list_init(&said);
	rule_load_builtin(&set, &errors);
	rule_load_finish(&set, &errors);
	ck_assert_uint_eq(errors.n, 0);
	policy_init(&policy, &set);
	ck_assert(policy_parse_now("2026-11-23T12:00Z", &policy.now, &policy.now_offset));
	a = accept_new();
	accept_add_rules(a, &set);
	counts = (struct accept_count){ 0 };
	out = (struct buf)BUF_INIT;
}

static void
teardown(void)
{
	unlink("w.yaml");
	unlink("b.json");
	ck_assert_int_eq(chdir("/"), 0);
	rmdir(folder);
	accept_free(a);
	policy_release(&policy);
	rule_set_release(&set);
	finding_list_release(&errors);
	finding_list_release(&list);
	finding_list_release(&said);
	buf_release(&out);
}

static void
write_file(const char *path, const char *s)
{
	FILE *f = fopen(path, "w");

	ck_assert_ptr_nonnull(f);
	ck_assert_uint_eq(fwrite(s, 1, strlen(s), f), strlen(s));
	ck_assert_int_eq(fclose(f), 0);
}

/* "rule from-to message|" of each */
static const char *
told(const struct finding_list *l)
{
	buf_clear(&out);
	for (size_t i = 0; i < l->n; i++)
		buf_printf(&out, "%s %u-%u %s|", l->v[i].rule, l->v[i].at.a, l->v[i].at.z, l->v[i].message);
	return out.s;
}

static const struct policy *
same_policy(void *arg, const char *where)
{
	(void)where;
	return arg;
}

static bool
waivers(const char *yaml)
{
	finding_list_reset(&errors);
	write_file("w.yaml", yaml);
	return accept_add_waivers(a, "w.yaml", &errors);
}

#define WAIVER(more) "waivers:\n  - reason: r\n    owner: o\n" more

static void
find(const char *rule, uint64_t fingerprint)
{
	struct finding *f = finding_add(&list);

	f->rule = rule;
	f->severity = SEV_WARNING;
	f->fingerprint = fingerprint;
	f->message = "m";
}

/* The rules that are left of the findings of that file, each with a blank. */
static const char *
left(const char *path)
{
	accept_file(a, &policy, path, &list, &counts);
	buf_clear(&out);
	for (size_t i = 0; i < list.n; i++)
		buf_printf(&out, "%s ", list.v[i].rule);
	finding_list_reset(&list);
	return out.s;
}

/* Is a finding of the rule waived in the file? */
static bool
waived(const char *path, const char *rule)
{
	find(rule, 0x1234);
	return *left(path) == '\0';
}

static const char *
end(void)
{
	finding_list_reset(&said);
	accept_end(a, same_policy, &policy, &said);
	return told(&said);
}

START_TEST(paths)
{
	ck_assert(waivers(WAIVER("    rule: caption/leaked\n    path: [wire/a.txt, ap, '*.xml', 'x/*/y.txt', ./top.txt, 'eng/']\n")));
	ck_assert(waived("wire/a.txt", "caption/leaked"));
	ck_assert(waived("./wire/../wire/a.txt", "caption/leaked"));
	ck_assert(waived("wire/a.txt/b", "caption/leaked"));	/* were it a folder */
	ck_assert(!waived("sub/wire/a.txt", "caption/leaked"));
	ck_assert(!waived("wire/aa.txt", "caption/leaked"));
	ck_assert(waived("ap/b.txt", "caption/leaked"));
	ck_assert(waived("deep/er/ap/b.txt", "caption/leaked"));
	ck_assert(waived("ap", "caption/leaked"));
	ck_assert(!waived("apx/b.txt", "caption/leaked"));
	ck_assert(waived("deep/b.xml", "caption/leaked"));
	ck_assert(waived("x/1/y.txt", "caption/leaked"));
	ck_assert(!waived("x/1/2/y.txt", "caption/leaked"));
	ck_assert(waived("top.txt", "caption/leaked"));
	ck_assert(!waived("sub/top.txt", "caption/leaked"));
	ck_assert(waived("a/eng/b.txt", "caption/leaked"));
	ck_assert(!waived("a/eng", "caption/leaked"));
	ck_assert(!waived("../wire/a.txt", "caption/leaked"));
	ck_assert(!waived("/wire/a.txt", "caption/leaked"));
	ck_assert(!waived("wire/a.txt", "caption/missing-x"));
	ck_assert(!waived("wire/a.txt", "caption/leaked2"));
}
END_TEST

START_TEST(rules_and_fingerprints)
{
	ck_assert(waivers(WAIVER("    rule: [caption, quote/unbalanced]\n    fingerprint: [00000000000000aa, 00000000000000bb]\n")
	    "  - {rule: source, path: a.txt, fingerprint: 00000000000000cc, reason: r, owner: o}\n"));
	find("caption/leaked", 0xaa);
	find("caption/leaked", 0xac);
	find("quote/unbalanced", 0xbb);
	find("quote/reversed", 0xbb);
	find("source/missing", 0xcc);
	ck_assert_str_eq(left("a.txt"), "caption/leaked quote/reversed ");
	ck_assert_uint_eq(counts.waived, 3);
	find("source/missing", 0xcc);
	find("caption/leaked", 0xaa);
	ck_assert_str_eq(left("b.txt"), "source/missing ");
	find("caption/leaked", 0xaa);				/* not in the folder of the waivers */
	ck_assert_str_eq(left("/elsewhere/b.txt"), "caption/leaked ");
}
END_TEST

START_TEST(fatal_stays)
{
	ck_assert(waivers(WAIVER("    rule: caption\n    path: '*'\n")));
	find("caption/leaked", 1);
	list.v[0].fatal = true;
	ck_assert_str_eq(left("a.txt"), "caption/leaked ");
	accept_covered(a, ".");
	ck_assert_str_eq(end(), "");				/* nor is the waiver judged by a file that was not checked */
}
END_TEST

START_TEST(expiry)
{
	static const struct { const char *now; bool holds; } days[] = {
		{ "2026-11-23T23:59Z", true }, { "2026-11-24T00:00Z", false },
		{ "2026-11-24T02:00+03:00", false }, { "2026-11-23T23:59+03:00", true },
		{ "2026-11-23T23:00-05:00", true },		/* the 24th in UTC, but the desk's clock counts */
	};

	ck_assert(waivers(WAIVER("    rule: caption\n    path: ./a.txt\n    expires: 2026-11-23\n")));
	for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
		ck_assert(policy_parse_now(days[i].now, &policy.now, &policy.now_offset));
		ck_assert_msg(waived("a.txt", "caption/leaked") == days[i].holds, "%s", days[i].now);
	}
	ck_assert_str_eq(end(), "");
	policy.now += 86400;
	ck_assert_str_eq(end(), "suppress/expired 85-95 waiver of 'caption' by o held until 2026-11-23, and holds no longer|");
}
END_TEST

START_TEST(expired_elsewhere)
{
	ck_assert(waivers(WAIVER("    rule: caption\n    path: ./a.txt\n    expires: 2026-01-01\n") "  - {rule: quote, path: ./a.txt}\n"));
	ck_assert(!waived("b.txt", "caption/leaked"));
	ck_assert_str_eq(end(), "");				/* a.txt is not of this run */
	accept_covered(a, "sub");
	ck_assert_str_eq(end(), "");
	accept_covered(a, "/");
	ck_assert_uint_eq((end(), said.n), 2);
}
END_TEST

START_TEST(lacking)
{
	ck_assert(waivers("waivers:\n  - {rule: caption, path: ./a.txt, owner: o}\n  - {rule: caption, path: ./a.txt, reason: r, owner: ' '}\n"
	    "  - {rule: caption, path: ./a.txt, reason: }\n"));
	ck_assert(!waived("a.txt", "caption/leaked"));
	ck_assert_str_eq(end(), "suppress/no-reason 20-27 waiver of 'caption' has no reason, and so no effect|"
	    "suppress/no-reason 65-72 waiver of 'caption' has no owner, and so no effect|"
	    "suppress/no-reason 123-130 waiver of 'caption' has no reason and no owner, and so no effect|");
}
END_TEST

#define UNUSED "suppress/unused 46-60 waiver of 'caption/leaked' lets nothing pass any more|"

START_TEST(unused_exact)
{
	ck_assert(waivers(WAIVER("    rule: caption/leaked\n    path: ./a.txt\n")));
	ck_assert_str_eq(end(), "");
	ck_assert_str_eq(left("b.txt"), "");
	ck_assert_str_eq(end(), "");
	policy_switch(&policy, "caption/leaked", false, NULL);
	ck_assert_str_eq(left("a.txt"), "");
	ck_assert_str_eq(end(), "");				/* the rule did not run */
	accept_free(a);
	a = accept_new();
	accept_add_rules(a, &set);
	policy_switch(&policy, "caption/leaked", true, NULL);
	ck_assert(waivers(WAIVER("    rule: caption/leaked\n    path: ./a.txt\n")));
	ck_assert_str_eq(left("a.txt"), "");
	ck_assert_str_eq(end(), UNUSED);
	ck_assert(waived("a.txt", "caption/leaked"));
	ck_assert_str_eq(end(), "");
}
END_TEST

START_TEST(unused_glob)
{
	ck_assert(waivers(WAIVER("    rule: caption/leaked\n    path: 'a*.txt'\n")));
	ck_assert_str_eq(left("a.txt"), "");
	ck_assert_str_eq(end(), "");				/* another file may need it */
	accept_covered(a, ".");
	ck_assert_str_eq(end(), UNUSED);
}
END_TEST

START_TEST(glob_of_nothing)
{
	ck_assert(waivers(WAIVER("    rule: caption/leaked\n    path: [b*.txt, ./c.txt, ./a.txt]\n")));
	ck_assert(waived("a.txt", "caption/leaked"));
	ck_assert_str_eq(end(), "");
	accept_covered(a, ".");
	ck_assert_str_eq(end(), "config/glob 72-78 'b*.txt' means no file that was checked|"
	    "config/glob 80-87 './c.txt' means no file that was checked|");
}
END_TEST

START_TEST(unused_fingerprint)
{
	ck_assert(waivers(WAIVER("    rule: caption/leaked\n    fingerprint: 00000000000000aa\n")));
	ck_assert(!waived("a.txt", "caption/leaked"));
	ck_assert_str_eq(end(), "");
	accept_covered(a, ".");
	ck_assert_str_eq(end(), UNUSED);
	find("caption/leaked", 0xaa);
	ck_assert_str_eq(left("b.txt"), "");
	ck_assert_str_eq(end(), "");
}
END_TEST

START_TEST(unused_parts)
{
	ck_assert(waivers(WAIVER("    rule: [caption, quote]\n    path: [./a.txt, ./b.txt]\n    fingerprint: [00000000000000aa, 00000000000000bb]\n")));
	find("caption/leaked", 0xaa);
	ck_assert_str_eq(left("a.txt"), "");
	ck_assert_str_eq(end(), "");				/* the rest may be for b.txt */
	ck_assert_str_eq(left("b.txt"), "");
	ck_assert_str_eq(end(), "suppress/unused 56-61 waiver lets nothing of 'quote' pass any more|"
	    "suppress/unused 83-90 waiver of 'caption' and 1 more lets nothing pass in './b.txt' any more|"
	    "suppress/unused 128-144 waiver of 'caption' and 1 more: no finding has the fingerprint '00000000000000bb' any more|");
}
END_TEST

START_TEST(family_off)
{
	ck_assert(waivers(WAIVER("    rule: caption\n    path: ./a.txt\n")));
	policy_switch(&policy, "caption/leaked", false, NULL);
	ck_assert_str_eq(left("a.txt"), "");
	ck_assert_str_eq(end(), "");
}
END_TEST

START_TEST(mistakes)
{
	static const struct { const char *yaml, *says; } m[] = {
		{ "waiver: []\n", "unknown key 'waiver'; did you mean 'waivers'?" },
		{ "waivers: x\n", "'waivers' is one value, expected a list" },
		{ "waivers:\n", "'waivers' is empty, expected a list" },
		{ "waivers: {a: b}\n", "'waivers' is a mapping, expected a list" },
		{ "waivers: [a]\n", "a waiver is no mapping, expected rule, path or fingerprint, reason and owner" },
		{ "- a\n", "is no mapping, expected keys and values" },
		{ WAIVER("    path: a\n"), "waiver has no 'rule', expected a rule, a family or a list of them" },
		{ WAIVER("    rule: caption\n"), "waiver has neither 'path' nor 'fingerprint', expected one of them or both" },
		{ WAIVER("    rule: captoin/leaked\n    path: a\n"), "unknown rule or family 'captoin/leaked'; did you mean 'caption/leaked'?" },
		{ WAIVER("    rule: captoin\n    path: a\n"), "unknown rule or family 'captoin'; did you mean 'caption'?" },
		{ WAIVER("    rule: zzz\n    path: a\n"), "unknown rule or family 'zzz'; see 'wirelint rules'" },
		{ WAIVER("    rule: input/empty\n    path: a\n"), "'input/empty' says that something was not checked, which cannot be waived" },
		{ WAIVER("    rule: []\n    path: a\n"), "'rule' is an empty list" },
		{ WAIVER("    rule: caption\n    path: []\n"), "'path' is an empty list" },
		{ WAIVER("    rule: caption\n    path: ../a\n"), "path '../a' leaves the folder of the file of waivers, expected one in it" },
		{ WAIVER("    rule: caption\n    fingerprint: 12\n"), "fingerprint '12' is not of the form 0123456789abcdef, as --format json prints it" },
		{ WAIVER("    rule: caption\n    fingerprint: 0123456789ABCDEF\n"), "fingerprint '0123456789ABCDEF' is not of the form 0123456789abcdef, as --format json prints it" },
		{ WAIVER("    rule: caption\n    path: a\n    expires: soon\n"), "'expires' is 'soon', expected a day such as 2026-12-31" },
		{ WAIVER("    rule: caption\n    path: a\n    expires: 2026-11-31\n"), "'expires' is '2026-11-31', a day that no calendar has" },
		{ WAIVER("    rule: caption\n    path: a\n    expires: 2026-11-30T10:00\n"), "'expires' is '2026-11-30T10:00', expected a day such as 2026-12-31" },
		{ WAIVER("    rule: caption\n    path: a\n    ower: x\n"), "unknown key 'ower'; did you mean 'owner'?" },
		{ "waivers:\n  - {rule: caption, path: a, owner: [a], reason: r}\n", "'owner' is a list, expected one value" },
	};

	for (size_t i = 0; i < sizeof m / sizeof *m; i++) {
		ck_assert_msg(!waivers(m[i].yaml), "%s", m[i].yaml);
		ck_assert_msg(errors.n == 1, "%s: %s", m[i].yaml, told(&errors));
		ck_assert_str_eq(errors.v[0].message, m[i].says);
		ck_assert_str_eq(errors.v[0].rule, "config/waivers");
		ck_assert(errors.v[0].fatal && errors.v[0].placed);
	}
	ck_assert(!accept_add_waivers(a, "absent.yaml", &errors));
	ck_assert(waivers(""));
	ck_assert(waivers("waivers: []\n"));
}
END_TEST

/* One mistake, and none of the file's waivers holds; those of another file do. */
START_TEST(one_for_all)
{
	ck_assert(!waivers(WAIVER("    rule: caption\n    path: a.txt\n") "  - {rule: quote, path: a, owner: o, reason: r, until: x}\n"));
	ck_assert(!waived("a.txt", "caption/leaked"));
	ck_assert(waivers(WAIVER("    rule: quote\n    path: a.txt\n")));
	ck_assert(!waived("a.txt", "caption/leaked"));
	ck_assert(waived("a.txt", "quote/reversed"));
}
END_TEST

#define ENTRY(path, rule, mark, count) "{\"path\":\"" path "\",\"rule\":\"" rule "\",\"fingerprint\":\"" mark "\",\"count\":" count "}"
#define BASELINE(entries) "{\"version\":1,\"tool\":\"wirelint\",\"findings\":[" entries "]}"

static bool
baseline(const char *json)
{
	finding_list_reset(&errors);
	write_file("b.json", json);
	return accept_add_baseline(a, "b.json", &errors);
}

START_TEST(baselined)
{
	ck_assert(baseline(BASELINE(ENTRY("wire/a.txt", "caption/leaked", "00000000000000aa", "2") ","
	    ENTRY("caf%E9%25.txt", "quote/reversed", "00000000000000bb", "1"))));
	find("caption/leaked", 0xaa);
	find("caption/leaked", 0xaa);
	find("caption/leaked", 0xaa);				/* one more than there were */
	find("caption/leaked", 0xab);
	find("quote/reversed", 0xaa);
	ck_assert_str_eq(left("wire/a.txt"), "caption/leaked caption/leaked quote/reversed ");
	ck_assert_uint_eq(counts.baselined, 2);
	find("caption/leaked", 0xaa);
	ck_assert_str_eq(left("wire/b.txt"), "caption/leaked ");
	find("quote/reversed", 0xbb);
	ck_assert_str_eq(left("caf\xe9%.txt"), "");
	ck_assert_str_eq((find("caption/leaked", 0xaa), left("wire/a.txt")), "");	/* the next run of the same file */
}
END_TEST

/* One mended and one new of the same rule in the same file: the new one is seen. */
START_TEST(mended_and_new)
{
	ck_assert(baseline(BASELINE(ENTRY("a.txt", "caption/leaked", "00000000000000aa", "1") ","
	    ENTRY("a.txt", "caption/leaked", "00000000000000bb", "1"))));
	find("caption/leaked", 0xbb);
	find("caption/leaked", 0xcc);
	ck_assert_str_eq(left("a.txt"), "caption/leaked ");
	ck_assert_uint_eq(counts.baselined, 1);
}
END_TEST

START_TEST(never_baselined)
{
	ck_assert(baseline(BASELINE(ENTRY("a.txt", "suppress/unused", "00000000000000aa", "1") ","
	    ENTRY("a.txt", "input/empty", "00000000000000aa", "1"))));
	find("suppress/unused", 0xaa);
	find("input/empty", 0xaa);
	list.v[1].fatal = true;
	ck_assert_str_eq(left("a.txt"), "suppress/unused input/empty ");
}
END_TEST

START_TEST(waived_first)
{
	ck_assert(baseline(BASELINE(ENTRY("a.txt", "caption/leaked", "00000000000000aa", "1"))));
	ck_assert(waivers(WAIVER("    rule: caption\n    path: ./a.txt\n")));
	find("caption/leaked", 0xaa);
	ck_assert_str_eq(left("a.txt"), "");
	ck_assert_uint_eq(counts.waived, 1);
	ck_assert_uint_eq(counts.baselined, 0);
	ck_assert_str_eq(end(), "");
}
END_TEST

enum { MANY = 200000, FILES = 2000, THREADS = 4 };

static void *
check_many(void *arg)
{
	struct finding_list l;
	struct accept_count *c = arg;

	finding_list_init(&l);
	for (int i = 0; i < FILES; i++) {
		char path[64];

		snprintf(path, sizeof path, "d%d/f%d.txt", i % 10, i);
		finding_list_reset(&l);
		for (unsigned k = 0; k < 4; k++)
			*finding_add(&l) = (struct finding){ .rule = "caption/leaked", .message = "m", .fingerprint = (unsigned)i * 100u + k };
		accept_file(a, &policy, path, &l, c);
	}
	finding_list_release(&l);
	return NULL;
}

/* Time a file does not grow with what there is for other files; and threads come to the same. */
START_TEST(many)
{
	struct accept_count each[THREADS] = { { 0 } };
	pthread_t threads[THREADS];
	struct buf b = BUF_INIT, y = BUF_INIT;
	clock_t from;
	double one;

	buf_puts(&b, "{\"version\":1,\"findings\":[");
	buf_puts(&y, "waivers:\n");
	for (int i = 0; i < MANY; i++)
		buf_printf(&b, "%s{\"path\":\"d%d/f%d.txt\",\"rule\":\"caption/leaked\",\"fingerprint\":\"%016x\"}\n", i == 0 ? "" : ",",
		    i / 100 % 10, i / 100, (unsigned)i);
	for (int i = 0; i < FILES; i++)
		buf_printf(&y, "  - {rule: caption, path: d%d/f%d.txt, fingerprint: '%016x', reason: r, owner: o}\n", i % 10, i, (unsigned)i * 100u);
	buf_puts(&b, "]}");
	from = clock();
	ck_assert(baseline(b.s));
	ck_assert(waivers(y.s));
	one = (double)(clock() - from) / CLOCKS_PER_SEC;
	ck_assert_msg(one < 20, "loading took %f s", one);
	for (int i = 0; i < THREADS; i++)
		ck_assert_int_eq(pthread_create(&threads[i], NULL, check_many, &each[i]), 0);
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	for (int i = 0; i < THREADS; i++) {
		ck_assert_uint_eq(each[i].waived, FILES);
		ck_assert_uint_eq(each[i].baselined, 3 * FILES);
	}
	ck_assert_str_eq(end(), "");
	buf_release(&b);
	buf_release(&y);
}
END_TEST

Suite *
unit_accept(void)
{
	Suite *s = suite_create("accept");
	TCase *t = tcase_create("accept");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, paths);
	tcase_add_test(t, rules_and_fingerprints);
	tcase_add_test(t, fatal_stays);
	tcase_add_test(t, expiry);
	tcase_add_test(t, expired_elsewhere);
	tcase_add_test(t, lacking);
	tcase_add_test(t, unused_exact);
	tcase_add_test(t, unused_glob);
	tcase_add_test(t, glob_of_nothing);
	tcase_add_test(t, unused_fingerprint);
	tcase_add_test(t, unused_parts);
	tcase_add_test(t, family_off);
	tcase_add_test(t, mistakes);
	tcase_add_test(t, one_for_all);
	tcase_add_test(t, baselined);
	tcase_add_test(t, mended_and_new);
	tcase_add_test(t, never_baselined);
	tcase_add_test(t, waived_first);
	tcase_add_test(t, many);
	suite_add_tcase(s, t);
	return s;
}
