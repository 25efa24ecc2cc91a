/* Lint and policy: messages, severities, fixes, silences, fingerprints, conditions. */
#include "unit.h"

#include "lint/lint.h"
#include "lint/pipeline.h"
#include "lint/policy.h"
#include "rule/rule_load.h"
#include "util/buf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct rule_set set;
static struct policy policy;
static struct finding_list errors, found;
static struct buf out;

static void
setup(void)
{
	rule_set_init(&set);
	finding_list_init(&errors);
	finding_list_init(&found);
	out = (struct buf)BUF_INIT;
	policy_init(&policy, &set);
}

static void
teardown(void)
{
	policy_release(&policy);
	rule_set_release(&set);
	finding_list_release(&errors);
	finding_list_release(&found);
	buf_release(&out);
}

/* Rules with the bodies given; what every rule needs besides is added. */
static void
load(const char *rules)
{
	struct buf b = BUF_INIT;

	buf_puts(&b, "<rules xmlns=\"urn:wirelint:rules:1\" family=\"t\">");
	buf_puts(&b, rules);
	buf_puts(&b, "</rules>");
	rule_load_mem(&set, "t.xml", b.s, b.n, false, &errors);
	rule_load_finish(&set, &errors);
	ck_assert_msg(errors.n == 0, "%s", errors.n != 0 ? errors.v[0].message : "");
	policy_release(&policy);
	policy_init(&policy, &set);
	buf_release(&b);
}

#define RULE(id, attrs, body) "<rule id=\"" id "\" " attrs "><title>x</title>" body "<why>x</why><bad>[[x]]</bad><good>y</good></rule>"

static void
lint_text(const char *text)
{
	struct matcher *m = lint_matcher(&policy, MATCH_TRIGGERED);
	struct pipeline p;

	finding_list_reset(&found);
	pipeline_init(&p);
	p.lint = lint_new(&policy, m);
	pipeline_mem(&p, "story.txt", text, strlen(text), &found);
	lint_free(p.lint);
	matcher_free(m);
	pipeline_release(&p);
}

/* What was found: "rule severity a-z message", a line each. */
static const char *
lint(const char *text)
{
	lint_text(text);
	buf_clear(&out);
	for (size_t i = 0; i < found.n; i++)
		buf_printf(&out, "%s%s %s %u-%u %s", i != 0 ? "; " : "", found.v[i].rule, severity_name(found.v[i].severity),
		    found.v[i].at.a, found.v[i].at.z, found.v[i].message);
	return out.s;
}

START_TEST(filled_messages)
{
	char text[400];

	load(RULE("a", "severity=\"warning\" scope=\"all\"", "<pattern>(?&lt;n>q\\w+)-(z)?</pattern>"
	    "<message>{{{match}}} {n}/{1}/{2}</message>"));
	ck_assert_str_eq(lint("One qx- two.\n"), "t/a warning 4-7 {qx-} qx/qx/");
	/* a long value is cut for the eye */
	memset(text, 'x', 200);
	text[0] = 'q';
	memcpy(text + 200, "- and so on.\n", 14);
	lint_text(text);
	ck_assert_uint_eq(found.n, 1);
	ck_assert_ptr_nonnull(strstr(found.v[0].message, "xxx…} qxx"));
	ck_assert_uint_eq(strcspn(found.v[0].message, " "), 1 + 79 + strlen("…") + 1);
}
END_TEST

START_TEST(severities)
{
	const char *nearest;

	load(RULE("a", "severity=\"error\" scope=\"all\"", "<pattern>qx</pattern><message>m</message>")
	    RULE("b", "severity=\"note\" scope=\"all\"", "<when kind=\"wire\" severity=\"warning\"/><pattern>qy</pattern><message>m</message>")
	    RULE("c", "severity=\"note\" tier=\"strict\" scope=\"all\"", "<pattern>qz</pattern><message>m</message>"));
	ck_assert_str_eq(lint("One qx qy qz.\n"), "t/a error 4-6 m; t/b note 7-9 m");
	policy.kind = COPY_WIRE;
	ck_assert_str_eq(lint("One qx qy qz.\n"), "t/a error 4-6 m; t/b warning 7-9 m");
	/* severities are for whoever shows them: what is let pass by name must be known before */
	lint_text("One qx qy qz.\n");
	finding_list_at_least(&found, SEV_ERROR);
	ck_assert_uint_eq(found.n, 1);
	ck_assert(policy_severity(&policy, "t/b", SEV_ERROR, &nearest));
	ck_assert(policy_switch(&policy, "tier:strict", true, &nearest));
	ck_assert(policy_switch(&policy, "t/a", false, &nearest));
	ck_assert_str_eq(lint("One qx qy qz.\n"), "t/b error 7-9 m; t/c note 10-12 m");
	ck_assert(!policy_switch(&policy, "t/d", false, &nearest));
	ck_assert_str_eq(nearest, "t/a");
	ck_assert(!policy_switch(&policy, "tier:stric", false, &nearest));
	ck_assert_str_eq(nearest, "tier:strict");
	policy_clear(&policy);
	ck_assert_str_eq(lint("One qx qy qz.\n"), "");
	ck_assert(policy_switch(&policy, "t", true, &nearest));
	ck_assert(policy_severity(&policy, "all", SEV_OFF, &nearest));
	ck_assert_str_eq(lint("One qx qy qz.\n"), "");
}
END_TEST

/* A severity by <when> is for sure evidence: what the rule says of weaker evidence stays where it is lower. */
START_TEST(severity_by_when_and_certainty)
{
	static const char same[] = "The old port reopened on Monday after a storm.\n\nThe old port reopened on Monday after a storm.\n";
	static const char near[] = "The old port reopened on Monday after a storm.\n\nThe old port reopened on Sunday after a storm.\n";

	load(RULE("a", "severity=\"error\" likely=\"note\" scope=\"all\"", "<when kind=\"wire\" severity=\"warning\"/>"
	    "<echo similarity=\"0.6\"><of unit=\"block\"/></echo><message>m</message>"));
	ck_assert_str_eq(lint(same), "t/a error 48-94 m");
	ck_assert_str_eq(lint(near), "t/a note 48-94 m");
	policy.kind = COPY_WIRE;
	ck_assert_str_eq(lint(same), "t/a warning 48-94 m");
	ck_assert_str_eq(lint(near), "t/a note 48-94 m");
}
END_TEST

START_TEST(conditions)
{
	load(RULE("a", "severity=\"note\" scope=\"all\"", "<when lang=\"en\"/><pattern>q</pattern><message>m</message>")
	    RULE("b", "severity=\"note\" scope=\"all\"", "<when kind=\"own wire\"/><pattern>q</pattern><message>m</message>")
	    RULE("c", "severity=\"note\" scope=\"all\"", "<when kind=\"own\" not=\"yes\"/><pattern>q</pattern><message>m</message>")
	    RULE("d", "severity=\"note\" scope=\"all\"", "<when stage=\"draft\"/><pattern>q</pattern><message>m</message>")
	    RULE("e", "severity=\"note\" scope=\"all\"", "<when profile=\"ap dpa\"/><pattern>q</pattern><message>m</message>"));
	policy.lang = "en-GB";
	ck_assert_str_eq(lint("A q.\n"), "t/a note 2-3 m; t/c note 2-3 m");
	policy.lang = "enm";
	ck_assert_str_eq(lint("A q.\n"), "t/c note 2-3 m");
	policy.kind = COPY_OWN;
	ck_assert_str_eq(lint("A q.\n"), "t/b note 2-3 m");
	policy.stage = "draft";
	policy.profiles = "house dpa";
	ck_assert_str_eq(lint("A q.\n"), "t/b note 2-3 m; t/d note 2-3 m; t/e note 2-3 m");
}
END_TEST

START_TEST(fixes)
{
	load(RULE("a", "severity=\"note\" scope=\"all\"", "<terms><term use=\"colour\">color</term></terms><message>m</message>"
	    "<fix class=\"safe\">{use}</fix>")
	    RULE("b", "severity=\"note\" scope=\"all\"", "<pattern>\\h\\h+</pattern><message>m</message><fix class=\"safe\"> </fix>"));
	lint_text("Color the port in  color, said Ada.\n");
	ck_assert_uint_eq(found.n, 3);
	ck_assert_uint_eq(found.v[0].nfixes, 1);
	ck_assert_str_eq(found.v[0].fixes->edits->text, "Colour");
	ck_assert_uint_eq(found.v[0].fixes->edits->at.a, 0);
	ck_assert_uint_eq(found.v[0].fixes->edits->at.z, 5);
	ck_assert_str_eq(found.v[0].fixes->description, "replace by 'Colour'");
	ck_assert_str_eq(found.v[1].fixes->edits->text, " ");
	/* somebody's words are not rewritten; the blanks among them may be */
	lint_text("The mayor said: \"We color  the port,\" and left for the day.\n");
	ck_assert_uint_eq(found.n, 2);
	ck_assert_uint_eq(found.v[0].nfixes, 0);
	ck_assert_uint_eq(found.v[1].nfixes, 1);
}
END_TEST

START_TEST(silences)
{
	static const char loud[] = RULE("loud", "severity=\"note\" scope=\"all\"", "<pattern>aq+</pattern><message>m</message><silences rule=\"t/quiet\"/>"),
	    quiet[] = RULE("quiet", "severity=\"note\" scope=\"all\"", "<pattern>q+\\b</pattern><message>m</message>");
	struct buf b = BUF_INIT;

	buf_puts(&b, loud);
	buf_puts(&b, quiet);
	load(b.s);
	ck_assert_str_eq(lint("One aqq and qq.\n"), "t/loud note 4-7 m; t/quiet note 12-14 m");
	rule_set_release(&set);
	rule_set_init(&set);
	buf_clear(&b);
	buf_puts(&b, quiet);
	buf_puts(&b, loud);
	load(b.s);
	ck_assert_str_eq(lint("One aqq and qq.\n"), "t/loud note 4-7 m; t/quiet note 12-14 m");
	buf_release(&b);
}
END_TEST

START_TEST(something_missing_silences_all)
{
	load(RULE("loud", "severity=\"note\" scope=\"all\"", "<presence min=\"1\" at=\"end\"><any><pattern>zz</pattern></any></presence>"
	    "<message>m</message><silences rule=\"t/quiet\"/>")
	    RULE("quiet", "severity=\"note\" scope=\"all\"", "<pattern>q</pattern><message>m</message>"));
	ck_assert_str_eq(lint("One q and a q.\n"), "t/loud note 14-14 m");
	ck_assert_str_eq(lint("One q and zz.\n"), "t/quiet note 4-5 m");
}
END_TEST

/* Edits elsewhere do not change a fingerprint; of two equal ones the second has its own. */
START_TEST(fingerprints)
{
	uint64_t first, second;

	load(RULE("a", "severity=\"note\" scope=\"all\"", "<pattern>q+</pattern><message>m</message>"));
	lint_text("The port saw q and nothing else on Monday morning.\n");
	ck_assert_uint_eq(found.n, 1);
	first = found.v[0].fingerprint;
	lint_text("It was late.\n\nYesterday the port saw  q and nothing else, of course, nobody came.\n");
	ck_assert_uint_eq(found.n, 1);
	ck_assert_uint_eq(found.v[0].fingerprint, first);
	lint_text("The port saw q and nothing more on Monday morning.\n");
	ck_assert_uint_ne(found.v[0].fingerprint, first);
	lint_text("The port saw qq and nothing else on Monday morning.\n");
	ck_assert_uint_ne(found.v[0].fingerprint, first);
	lint_text("The port saw q and nothing else here.\n\nThe port saw q and nothing else there.\n");
	ck_assert_uint_eq(found.n, 2);
	ck_assert_uint_eq(found.v[0].fingerprint, first);
	second = found.v[1].fingerprint;
	ck_assert_uint_ne(second, first);
}
END_TEST

/* What the article as a whole lacks is the same whatever stands at its end; what a paragraph lacks is not. */
START_TEST(fingerprints_of_article)
{
	uint64_t first;

	load(RULE("a", "severity=\"note\" scope=\"all\"", "<presence min=\"1\"><pattern>q+</pattern></presence><message>m</message>"));
	lint_text("The port was open.\n\nThe mayor said it would stay so.\n");
	ck_assert_uint_eq(found.n, 1);
	first = found.v[0].fingerprint;
	lint_text("The port was open.\n\nThe mayor hopes for the best.\n\nNobody else did.\n");
	ck_assert_uint_eq(found.n, 1);
	ck_assert_uint_eq(found.v[0].fingerprint, first);
}
END_TEST

START_TEST(fingerprints_of_paragraph)
{
	uint64_t first;

	load(RULE("a", "severity=\"note\" scope=\"lead paragraph\"",
	    "<presence min=\"1\" per=\"paragraph\" at=\"paragraph-end\"><pattern>q+</pattern></presence><message>m</message>"));
	lint_text("The mayor said it would stay so.\n");
	ck_assert_uint_eq(found.n, 1);
	first = found.v[0].fingerprint;
	lint_text("The mayor hopes for the best.\n");
	ck_assert_uint_eq(found.n, 1);
	ck_assert_uint_ne(found.v[0].fingerprint, first);
}
END_TEST

/* An article without a block: what it lacks cannot be placed, and is not lost for that. */
START_TEST(unplaced)
{
	struct article article;
	struct source source;
	struct matcher *m;
	struct lint *l;

	load(RULE("a", "severity=\"note\" scope=\"all\"", "<presence min=\"1\"><pattern>q+</pattern></presence><message>m</message>"));
	source_init(&source);
	ck_assert_int_eq(source_load_mem(&source, "story.txt", "x\n", 2, &(struct source_options){ .lang = NULL }), SOURCE_OK);
	article_init(&article);
	article_reset(&article, &source, "text");
	article.lang = "en";
	m = lint_matcher(&policy, MATCH_TRIGGERED);
	l = lint_new(&policy, m);
	finding_list_reset(&found);
	lint_article(l, &article, &found);
	ck_assert_uint_eq(found.n, 1);
	ck_assert_str_eq(found.v[0].rule, "run/unplaced");
	ck_assert_str_eq(found.v[0].message, "rule 't/a' found something that has no place in the file: the article has no text");
	ck_assert(found.v[0].fatal);
	lint_free(l);
	matcher_free(m);
	article_release(&article);
	source_release(&source);
}
END_TEST

START_TEST(a_limit_is_said)
{
	load(RULE("a", "severity=\"note\" scope=\"all\"", "<pattern>\\b(?:a|a|aa)+[cd]</pattern><message>m</message>"));
	lint_text("We saw aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa there.\n");
	ck_assert_uint_eq(found.n, 1);
	ck_assert_str_eq(found.v[0].rule, "run/match-limit");
	ck_assert(found.v[0].fatal && found.v[0].placed);
	ck_assert_uint_eq(found.v[0].at.a, 7);
}
END_TEST

START_TEST(clock)
{
	static const struct { const char *s; int64_t now; int offset; bool ok; } cases[] = {
		{ "1970-01-01", 0, 0, true }, { "2026-11-23", 1795392000, 0, true }, { "2026-11-23T14:00", 1795442400, 0, true },
		{ "2026-11-23T14:00Z", 1795442400, 0, true }, { "2026-11-23T14:00:30+03:00", 1795431630, 10800, true },
		{ "2026-11-23T14:00-0530", 1795462200, -19800, true }, { "2024-02-29", 1709164800, 0, true },
		{ "2026-02-29", 0, 0, false }, { "2026-13-01", 0, 0, false }, { "2026-11-23T", 0, 0, false },
		{ "2026-11-23T25:00", 0, 0, false }, { "2026-11-23T14", 0, 0, false }, { "23.11.2026", 0, 0, false }, { "", 0, 0, false },
		{ "2026-11-23T14:00+", 0, 0, false }, { "2026-11-23 x", 0, 0, false },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int64_t now = 0;
		int offset = 0;

		ck_assert_msg(policy_parse_now(cases[i].s, &now, &offset) == cases[i].ok, "%s", cases[i].s);
		ck_assert_int_eq(now, cases[i].now);
		ck_assert_int_eq(offset, cases[i].offset);
	}
}
END_TEST

/* What a finding holds outlives the article, also where a rule could not be run. */
static void
name_item(struct pipeline *p, void *arg)
{
	p->article.item = *(const char **)arg = arena_strdup(&p->article.arena, "item-7");
}

START_TEST(items_are_kept)
{
	const char *given = NULL, text[] = "One qx two.\n";
	struct matcher *m;
	struct pipeline p;

	load(RULE("a", "severity=\"warning\" scope=\"all\"", "<pattern>qx</pattern><message>m</message>")
	    RULE("b", "severity=\"warning\" scope=\"all\"", "<assert context=\"string(/article)\" test=\"true()\"/><message>m</message>"));
	m = lint_matcher(&policy, MATCH_TRIGGERED);
	pipeline_init(&p);
	p.lint = lint_new(&policy, m);
	p.each = name_item;
	p.arg = &given;
	pipeline_mem(&p, "story.txt", text, strlen(text), &found);
	ck_assert_uint_eq(found.n, 2);
	for (size_t i = 0; i < found.n; i++) {
		ck_assert_str_eq(found.v[i].item, "item-7");
		ck_assert_ptr_ne(found.v[i].item, given);
	}
	lint_free(p.lint);
	matcher_free(m);
	pipeline_release(&p);
}
END_TEST

Suite *
unit_lint(void)
{
	Suite *s = suite_create("lint");
	TCase *t = tcase_create("lint");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, filled_messages);
	tcase_add_test(t, severities);
	tcase_add_test(t, items_are_kept);
	tcase_add_test(t, severity_by_when_and_certainty);
	tcase_add_test(t, conditions);
	tcase_add_test(t, fixes);
	tcase_add_test(t, silences);
	tcase_add_test(t, something_missing_silences_all);
	tcase_add_test(t, fingerprints);
	tcase_add_test(t, unplaced);
	tcase_add_test(t, fingerprints_of_article);
	tcase_add_test(t, fingerprints_of_paragraph);
	tcase_add_test(t, a_limit_is_said);
	tcase_add_test(t, clock);
	suite_add_tcase(s, t);
	return s;
}
