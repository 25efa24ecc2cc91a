/* Comments that let findings pass: what they reach, who is counted, what is said of them. */
#include "unit.h"

#include "lint/lint.h"
#include "lint/pipeline.h"
#include "lint/policy.h"
#include "rule/rule_load.h"
#include "util/buf.h"

#include <string.h>

static struct rule_set set;
static struct policy policy;
static struct finding_list errors, found;
static struct buf out, page;
static size_t gone;
static bool passed_over;

#define RULE(id, attrs, body) "<rule id=\"" id "\" severity=\"warning\" scope=\"all\" " attrs "><title>x</title>" body \
    "<message>{match}</message><why>x</why><bad>[[x]]</bad><good>y</good></rule>"
#define OF_COMMENTS(id) "<rule id=\"" id "\" severity=\"warning\"><title>x</title><suppression kind=\"" id "\"/><message>{detail}</message>" \
    "<why>x</why><bad>[[x]]</bad><good>y</good></rule>"

static void
load(const char *family, const char *rules)
{
	struct buf b = BUF_INIT;

	buf_printf(&b, "<rules xmlns=\"urn:wirelint:rules:1\" family=\"%s\">%s</rules>", family, rules);
	rule_load_mem(&set, "t.xml", b.s, b.n, false, &errors);
	buf_release(&b);
}

static void
setup(void)
{
	rule_set_init(&set);
	finding_list_init(&errors);
	finding_list_init(&found);
	out = page = (struct buf)BUF_INIT;
	passed_over = false;
	load("suppress", OF_COMMENTS("unused") OF_COMMENTS("no-reason") OF_COMMENTS("unknown-rule") OF_COMMENTS("unknown-directive"));
	load("t", RULE("x", "", "<pattern>qx</pattern>") RULE("y", "", "<pattern>qy</pattern>")
	    RULE("wire", "", "<when kind=\"wire\"/><pattern>qw</pattern>") RULE("strict", "tier=\"strict\"", "<pattern>qs</pattern>"));
	load("m", RULE("missing", "", "<presence min=\"1\" at=\"body-end\"><pattern>never</pattern></presence>"));
	rule_load_finish(&set, &errors);
	ck_assert_msg(errors.n == 0, "%s", errors.n != 0 ? errors.v[0].message : "");
	policy_init(&policy, &set);
	policy_switch(&policy, "m", false, NULL);
}

static void
teardown(void)
{
	policy_release(&policy);
	rule_set_release(&set);
	finding_list_release(&errors);
	finding_list_release(&found);
	buf_release(&out);
	buf_release(&page);
}

/* What is left of a file's findings: "rule 'what stands there'", parted by bars; what the message says, for those on comments. */
static const char *
left(const char *name, const char *text)
{
	struct matcher *m = lint_matcher(&policy, MATCH_TRIGGERED);
	struct pipeline p;

	finding_list_reset(&found);
	pipeline_init(&p);
	p.lint = lint_new(&policy, m);
	p.no_suppressions = passed_over;
	pipeline_mem(&p, name, text, strlen(text), &found);
	gone = p.suppressed;
	buf_clear(&out);
	buf_puts(&out, "");
	for (size_t i = 0; i < found.n; i++) {
		const struct finding *f = &found.v[i];

		buf_printf(&out, "%s%s '%.*s'", i != 0 ? "|" : "", f->rule, (int)(f->at.z - f->at.a), text + f->at.a);
	}
	lint_free(p.lint);
	matcher_free(m);
	pipeline_release(&p);
	return out.s;
}

static const char *
html(const char *body)
{
	buf_clear(&page);
	buf_printf(&page, "<!DOCTYPE html><html lang=\"en\"><body><article><h1>Port reopens</h1>%s</article></body></html>", body);
	return left("page.html", page.s);
}

#define P(words) "<p>" words " The port of Harbourville reopened after the storm.</p>"

START_TEST(next_is_one_paragraph)
{
	ck_assert_str_eq(html(P("qx 1") "<!-- wirelint-disable-next t/x reason: a -->" P("qx 2 qy qx 3") P("qx 4")), "t/x 'qx'|t/y 'qy'|t/x 'qx'");
	ck_assert_uint_eq(gone, 2);
	ck_assert_uint_lt(found.v[0].at.a, found.v[1].at.a);
	/* the comment stands in the paragraph, before its words and behind them */
	ck_assert_str_eq(html("<p><!-- wirelint-disable-next t/x reason: a -->qx 1 and more of it.</p>" P("qx 2")), "t/x 'qx'");
	ck_assert_str_eq(html("<p>qx 1 and more of it.<!-- wirelint-disable-next t/x reason: a --></p>" P("qx 2")), "t/x 'qx'");
	/* a dateline and its lead are two blocks and one paragraph; so are a caption and its credit */
	ck_assert_str_eq(html("<!-- wirelint-disable-next t/x reason: a --><p>HARBOURVILLE, Nov 24 (Reuters) - qx the port reopened on "
	    "Tuesday.</p>" P("qx 2")), "t/x 'qx'");
	ck_assert_uint_eq(gone, 1);
}
END_TEST

START_TEST(what_is_missing_at_the_end)
{
	policy_switch(&policy, "m", true, NULL);
	ck_assert_str_eq(html(P("a") "<!-- wirelint-disable-next m reason: a -->" P("b")), "");
	ck_assert_uint_eq(gone, 1);
	ck_assert_str_eq(html("<!-- wirelint-disable-next t/x reason: a -->" P("a")), "suppress/unused 'wirelint-disable-next t/x reason: a'|m/missing ''");
}
END_TEST

START_TEST(ranges)
{
	ck_assert_str_eq(html(P("qx 1") "<!-- wirelint-disable t reason: a -->" P("qx 2 qy") "<!-- wirelint-enable t -->" P("qy 3")),
	    "t/x 'qx'|t/y 'qy'");
	/* by the same name only */
	ck_assert_str_eq(html("<!-- wirelint-disable t/x reason: a -->" P("qx 2") "<!-- wirelint-enable t -->" P("qx 3")),
	    "suppress/unused 'wirelint-enable t'");
	ck_assert_str_eq(html("<!-- wirelint-disable t/x, t/y reason: a -->" P("qx 2 qy") "<!-- wirelint-enable t/x -->" P("qx 3 qy")
	    "<!-- wirelint-enable -->" P("qy 4")), "t/x 'qx'|t/y 'qy'");
	ck_assert_uint_eq(gone, 3);
	/* what a directive without effect would have begun, ends without a word */
	ck_assert_str_eq(html("<!-- wirelint-disable t/x -->" P("a") "<!-- wirelint-enable t/x -->"), "suppress/no-reason 'wirelint-disable t/x'");
	ck_assert_str_eq(html("<!-- wirelint-disable t/x -->" P("a") "<!-- wirelint-enable -->"), "suppress/no-reason 'wirelint-disable t/x'");
	/* a second one takes over, and leaves nothing to the first */
	ck_assert_str_eq(html("<!-- wirelint-disable t/x reason: a -->" P("a") "<!-- wirelint-disable t/x reason: b -->" P("qx")),
	    "suppress/unused 'wirelint-disable t/x reason: a'");
}
END_TEST

START_TEST(the_narrowest_is_counted)
{
	ck_assert_str_eq(html("<!-- wirelint-disable-file t reason: a --><!-- wirelint-disable t/x reason: b -->"
	    "<!-- wirelint-disable-next t/x reason: c -->" P("qx")), "suppress/unused 'wirelint-disable t/x reason: b'");
	policy.kind = COPY_WIRE;
	ck_assert_str_eq(html("<!-- wirelint-disable-file t reason: a --><!-- wirelint-disable-next t/x reason: c -->" P("qx")),
	    "suppress/unused 'wirelint-disable-file t reason: a'");
}
END_TEST

START_TEST(judged_if_it_could_have_spoken)
{
	ck_assert_str_eq(html("<!-- wirelint-disable-next t/x reason: a -->" P("a")), "suppress/unused 'wirelint-disable-next t/x reason: a'");
	/* off; of a tier that is off; another kind of copy; a family with such a rule */
	ck_assert_str_eq(html("<!-- wirelint-disable-next t/strict reason: a -->" P("a")), "");
	ck_assert_str_eq(html("<!-- wirelint-disable-next t/wire reason: a -->" P("a")), "");
	ck_assert_str_eq(html("<!-- wirelint-disable-next t reason: a -->" P("a")), "");
	policy.kind = COPY_WIRE;
	ck_assert_str_eq(html("<!-- wirelint-disable-next t/wire reason: a -->" P("a")), "suppress/unused 'wirelint-disable-next t/wire reason: a'");
	/* a rule of tier strict keeps nobody from judging its family */
	ck_assert_str_eq(html("<!-- wirelint-disable-next t reason: a -->" P("a")), "suppress/unused 'wirelint-disable-next t reason: a'");
	policy_severity(&policy, "t/x", SEV_OFF, NULL);
	ck_assert_str_eq(html("<!-- wirelint-disable-next t/x, t/y reason: a -->" P("a")), "suppress/unused 'wirelint-disable-next t/x, t/y reason: a'");
	ck_assert_ptr_nonnull(strstr(found.v[0].message, "no finding of 't/y'"));
	policy_switch(&policy, "suppress", false, NULL);
	ck_assert_str_eq(html("<!-- wirelint-disable-next t/y reason: a -->" P("a")), "");
}
END_TEST

START_TEST(mistakes)
{
	ck_assert_str_eq(html("<!-- wirelint-disable-next t/x -->" P("qx")), "suppress/no-reason 'wirelint-disable-next t/x'|t/x 'qx'");
	ck_assert_str_eq(html("<!-- wirelint-disable-next t/x reason:  -- -->" P("qx")),
	    "suppress/no-reason 'wirelint-disable-next t/x reason:  --'|t/x 'qx'");
	ck_assert_str_eq(html("<!-- wirelint-disable-next t/x REASON: d'accord -->" P("qx")), "");
	ck_assert_str_eq(html("<!-- wirelint-disable-next t/z,t/x reason: a -->" P("qx")), "suppress/unknown-rule 't/z'");
	ck_assert_str_eq(found.v[0].message, "unknown rule or family 't/z'; did you mean 't/x'?");
	ck_assert_str_eq(html("<!-- wirelint-disable-next t/z reason: a -->" P("qx")), "suppress/unknown-rule 't/z'|t/x 'qx'");
	ck_assert_str_eq(html("<!-- wirelint-disable-line t/x reason: a -->" P("qx")), "suppress/unknown-directive 'wirelint-disable-line'|t/x 'qx'");
	ck_assert_str_eq(html("<!-- wirelint-disable-file reason: a -->" P("qx")), "suppress/unknown-rule 'wirelint-disable-file reason: a'|t/x 'qx'");
	ck_assert_str_eq(html("<!-- wirelint-disable-file all reason: a -->" P("qx")), "suppress/unknown-rule 'all'|t/x 'qx'");
	/* nor by themselves */
	ck_assert_str_eq(html("<!-- wirelint-disable-file suppress reason: a -->" P("a")), "suppress/unknown-rule 'suppress'");
	/* talk about it */
	ck_assert_str_eq(html("<!-- see wirelint-disable-next t/x reason: a -->" P("qx")), "t/x 'qx'");
	ck_assert_str_eq(html("<!-- wirelint-disable-next t/x reason: a -->"
	    P("a") "<!-- wirelint-disable-next t/x reason: b -->"), "suppress/unused 'wirelint-disable-next t/x reason: a'|"
	    "suppress/unused 'wirelint-disable-next t/x reason: b'");
	passed_over = true;
	ck_assert_str_eq(html("<!-- wirelint-disable-next t/x reason: a -->" P("qx") "<!-- wirelint-off -->"), "t/x 'qx'");
}
END_TEST

START_TEST(what_failed_is_not_let_pass)
{
	policy_release(&policy);
	load("f", RULE("bad", "", "<assert context=\"string(/article)\" test=\"true()\"/>"));
	rule_load_finish(&set, &errors);
	policy_init(&policy, &set);
	policy_switch(&policy, "m", false, NULL);
	html("<!-- wirelint-disable-file f, t/x reason: a -->" P("a"));
	ck_assert_uint_eq(found.n, 1);
	ck_assert(found.v[0].fatal);
	ck_assert_uint_eq(gone, 0);
}
END_TEST

START_TEST(fingerprints)
{
	uint64_t first, second;

	html("<!-- wirelint-disable-next t/x reason: a -->" P("a") "<!-- wirelint-disable-next t/x reason: a -->" P("a"));
	ck_assert_uint_eq(found.n, 2);
	first = found.v[0].fingerprint;
	second = found.v[1].fingerprint;
	ck_assert(first != second && first != 0);
	/* other lines, other blanks */
	html(P("b") "\n\n<!--  wirelint-disable-next\n t/x  reason: a\n-->" P("a"));
	ck_assert_uint_eq(found.n, 1);
	ck_assert(found.v[0].fingerprint == first);
	html("<!-- wirelint-disable-next t/x reason: b -->" P("a"));
	ck_assert(found.v[0].fingerprint != first);
}
END_TEST

START_TEST(layers)
{
	/* a word of a comment that is escaped in the file: all of the comment */
	ck_assert_str_eq(left("feed.xml", "<rss version=\"2.0\"><channel><title>T</title><item><guid>one</guid><title>Port</title><description>"
	    "&lt;!-- wirelint-disable-next t/x, zz reason: &amp;c. --&gt;&lt;p&gt;The qx port reopened.&lt;/p&gt;&lt;p&gt;qx again.&lt;/p&gt;"
	    "</description></item></channel></rss>"),
	    "suppress/unknown-rule ' wirelint-disable-next t/x, zz reason: &amp;c. '|t/x 'qx'");
	ck_assert_str_eq(found.v[0].item, "one");
	ck_assert_uint_eq(gone, 1);
	/* one that is of no item but the whole file's */
	ck_assert_str_eq(left("feed.xml", "<rss version=\"2.0\"><channel><title>T</title><!-- wirelint-disable-file t/y reason: a --><item>"
	    "<guid>one</guid><title>Port</title><description>The qx port reopened.</description></item></channel></rss>"),
	    "suppress/unused 'wirelint-disable-file t/y reason: a'|t/x 'qx'");
	ck_assert_ptr_null(found.v[0].item);
	/* in a JSON string */
	ck_assert_str_eq(left("item.json", "{\"uri\":\"u\",\"type\":\"text\",\"versioncreated\":\"2026-11-24\",\"headline\":\"Port\",\"body_xhtml\":"
	    "\"<p>One qx here.</p>\\n<!-- wirelint-disable-next t/x reason: \\\"a\\\" --><p>Two qx here.</p>\"}"), "t/x 'qx'");
	ck_assert_uint_eq(gone, 1);
}
END_TEST

Suite *
unit_suppress(void)
{
	Suite *s = suite_create("suppress");
	TCase *t = tcase_create("suppress");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, next_is_one_paragraph);
	tcase_add_test(t, what_is_missing_at_the_end);
	tcase_add_test(t, ranges);
	tcase_add_test(t, the_narrowest_is_counted);
	tcase_add_test(t, judged_if_it_could_have_spoken);
	tcase_add_test(t, mistakes);
	tcase_add_test(t, what_failed_is_not_let_pass);
	tcase_add_test(t, fingerprints);
	tcase_add_test(t, layers);
	suite_add_tcase(s, t);
	return s;
}
