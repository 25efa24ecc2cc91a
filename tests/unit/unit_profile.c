/* Profiles: what they make of a policy, who wins, who disagrees, what articles choose; moments. */
#include "unit.h"

#include "analysis/moment.h"
#include "lint/lint.h"
#include "lint/pipeline.h"
#include "lint/policy.h"
#include "rule/rule_load.h"
#include "util/buf.h"

#include <stdio.h>
#include <string.h>

static struct rule_set set;
static struct policy policy;
static struct finding_list errors, found;
static struct buf out, conflict;

#define RULE(id, attrs, word) "<rule id='" id "' " attrs "><title>x</title><pattern>" word "</pattern><message>m</message>" \
	"<why>x</why><bad>[[x]]</bad><good>y</good></rule>"
#define PROFILE(id, kind, body) "<profile id='" id "' kind='" kind "'><title>x</title><terms>x</terms>" body "</profile>"

static const char rules[] = "<rules xmlns='urn:wirelint:rules:1' family='t'>" RULE("core", "severity='warning'", "alpha")
    RULE("graded", "severity='error' likely='warning' weak='note'", "beta") RULE("own", "severity='note' tier='profile'", "gamma")
    "</rules>";
static const char profiles[] = "<profiles xmlns='urn:wirelint:profiles:1'>"
    PROFILE("strict", "agency", "<on rule='t/own'/><set rule='t/core' severity='error'/><mark agency='AP'/>")
    PROFILE("lenient", "licence", "<set rule='t' severity='note'/><mark field='provider source' is='Harbour Review'/>"
        "<kind is='republished'/>")
    PROFILE("silent", "agency", "<off rule='t/own'/>")
    PROFILE("isles", "licence", "<mark phrase='first in Island News'/><kind is='wire'/>")
    PROFILE("coast", "licence", "<mark field='byline' is='Coast Wire'/>")
    PROFILE("family", "agency", "<set rule='t' severity='note'/><set rule='t/core' severity='error'/>")
    PROFILE("british", "locale", "<lang is='en-GB'/>") PROFILE("german", "locale", "<lang is='de'/>")
    PROFILE("publish", "stage", "") PROFILE("draft", "stage", "<set rule='t/core' severity='note'/><off rule='t/own'/>")
    "</profiles>";

static void
setup(void)
{
	rule_set_init(&set);
	finding_list_init(&errors);
	finding_list_init(&found);
	buf_init(&out);
	buf_init(&conflict);
	rule_load_mem(&set, "r.xml", rules, strlen(rules), false, &errors);
	rule_load_mem(&set, "p.xml", profiles, strlen(profiles), false, &errors);
	rule_load_finish(&set, &errors);
	ck_assert_msg(errors.n == 0, "%s", errors.n != 0 ? errors.v[0].message : "");
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
	buf_release(&conflict);
}

static void
choose(const char *id)
{
	ck_assert_msg(policy_profile(&policy, id, NULL), "%s", id);
}

static void
settle(void)
{
	ck_assert_msg(policy_settle(&policy, &conflict), "%s", conflict.s);
}

/* "rule severity" of what is found in the text, and the profiles that it chose. */
static const char *
lint(const char *name, const char *text)
{
	bool wanted[8] = { false };
	struct matcher *m;
	struct choices *choices;
	struct pipeline p;

	policy_wanted(&policy, wanted);
	m = matcher_new(&set, wanted, MATCH_TRIGGERED);
	finding_list_reset(&found);
	buf_clear(&out);
	pipeline_init(&p);
	p.lint = lint_new(&policy, m);
	pipeline_mem(&p, name, text, strlen(text), &found);
	for (size_t i = 0; i < found.n; i++)
		buf_printf(&out, "%s%s %s", i != 0 ? "; " : "", found.v[i].rule, severity_name(found.v[i].severity));
	choices = lint_choices(p.lint);
	for (size_t i = 0; i < choices->n; i++)
		buf_printf(&out, " | %s %s", choices->v[i].profile, choices->v[i].why);
	lint_free(p.lint);
	matcher_free(m);
	pipeline_release(&p);
	return out.n != 0 ? out.s : "";
}

static const char words[] = "By Ada Brandt\n\nThe alpha came first that morning, and then the beta.\n\nThe gamma was late again.\n";

START_TEST(profiles_turn_on_and_grade)
{
	settle();
	ck_assert_str_eq(lint("a.txt", words), "t/core warning; t/graded error");
	choose("strict");
	settle();
	ck_assert_str_eq(lint("a.txt", words), "t/core error; t/graded error; t/own note");
	ck_assert_str_eq(policy.profiles, "strict");
	choose("none");
	settle();
	ck_assert_ptr_null(policy.profiles);
	ck_assert_str_eq(lint("a.txt", words), "t/core warning; t/graded error");
	choose("family");
	settle();
	ck_assert_str_eq(lint("a.txt", words), "t/core error; t/graded note");
}
END_TEST

START_TEST(the_user_wins)
{
	const char *near;

	choose("strict");
	ck_assert(policy_switch(&policy, "t/own", false, &near));
	ck_assert(policy_severity(&policy, "t/core", SEV_NOTE, &near));
	settle();
	ck_assert_str_eq(lint("a.txt", words), "t/core note; t/graded error");
	policy_clear(&policy);
	ck_assert(policy_switch(&policy, "t/graded", true, &near));
	settle();
	ck_assert_str_eq(lint("a.txt", words), "t/graded error");
}
END_TEST

START_TEST(a_stage_gives_way_to_a_profile)
{
	ck_assert(policy_stage(&policy, "draft", NULL));
	settle();
	ck_assert_str_eq(lint("a.txt", words), "t/core note; t/graded error");
	choose("strict");
	settle();
	ck_assert_str_eq(lint("a.txt", words), "t/core error; t/graded error; t/own note");
	ck_assert_str_eq(policy.asked.standing.stage, "draft");
}
END_TEST

static void
disagree(const char *a, const char *b, const char *expected)
{
	policy_profile(&policy, "none", NULL);
	choose(a);
	choose(b);
	buf_clear(&conflict);
	ck_assert(!policy_settle(&policy, &conflict));
	ck_assert_str_eq(conflict.s, expected);
}

START_TEST(disagreement_names_both)
{
	const char *near;

	disagree("strict", "lenient", "profiles 'strict' and 'lenient' disagree on t/core: 'error' and 'note', expected one of the two "
	    "profiles, or --severity or --ignore");
	disagree("silent", "strict", "profiles 'silent' and 'strict' disagree on t/own: 'off' and 'on', expected one of the two "
	    "profiles, or --severity or --ignore");
	disagree("silent", "lenient", "profiles 'silent' and 'lenient' disagree on t/own: 'off' and 'note', expected one of the two "
	    "profiles, or --severity or --ignore");
	disagree("british", "german", "profiles 'british' and 'german' disagree on the language: 'en-GB' and 'de', expected one of the two "
	    "profiles, or --lang");
	disagree("isles", "lenient", "profiles 'isles' and 'lenient' disagree on the kind of copy: 'wire' and 'republished', expected one of "
	    "the two profiles, or --kind");
	policy.kind = COPY_WIRE;
	buf_clear(&conflict);
	settle();
	ck_assert_int_eq(policy_kind(&policy), COPY_WIRE);
	policy_profile(&policy, "none", NULL);
	choose("silent");
	choose("strict");
	ck_assert(policy_switch(&policy, "t/own", true, &near));
	settle();
	ck_assert_str_eq(lint("a.txt", words), "t/core error; t/graded error; t/own note");
}
END_TEST

START_TEST(language_and_kind_hold_unless_declared)
{
	choose("german");
	choose("lenient");
	settle();
	ck_assert_str_eq(policy_lang(&policy), "de");
	ck_assert_int_eq(policy_kind(&policy), COPY_REPUBLISHED);
	policy.lang = "fr";
	policy.kind = COPY_OWN;
	settle();
	ck_assert_str_eq(policy_lang(&policy), "fr");
	ck_assert_int_eq(policy_kind(&policy), COPY_OWN);
}
END_TEST

START_TEST(unknown_names_have_near_ones)
{
	const char *near;

	ck_assert(!policy_profile(&policy, "strikt", &near));
	ck_assert_str_eq(near, "strict");
	ck_assert(!policy_profile(&policy, "draft", &near));	/* a stage is no profile */
	ck_assert(!policy_stage(&policy, "strict", &near));
	ck_assert(!policy_stage(&policy, "drafd", &near));
	ck_assert_str_eq(near, "draft");
}
END_TEST

START_TEST(articles_choose_by_their_marks)
{
	choose("auto");
	settle();
	ck_assert_str_eq(lint("a.txt", words), "t/core warning; t/graded error");
	ck_assert_str_eq(lint("a.txt", "HARBOURVILLE (AP) - The alpha came first.\n\nThe gamma was late again.\n"),
	    "t/core error; t/own note | strict by agency 'AP' in dateline");
	ck_assert_str_eq(lint("a.txt", "The tanker at dawn. (AP Photo/Jan Roth)\n\nThe alpha came first, they said.\n\nThe gamma was late.\n"),
	    "t/core warning");
	ck_assert_str_eq(lint("a.md", "---\nsource: harbour review\n---\nThe alpha came first.\n"),
	    "t/core note | lenient by field 'source' 'Harbour Review'");
	ck_assert_str_eq(lint("a.txt", "The alpha came first.\n\nThe gamma was late.\n\nThis was First  in Island News.\n"),
	    "t/core warning | isles by the words 'first in Island News'");
	ck_assert_str_eq(lint("a.txt", "The alpha came first.\n\nIt was first in Island News.\n\nThe gamma was late.\n"), "t/core warning");
	ck_assert_str_eq(lint("a.txt", "The alpha came first in Island Newspapers.\n"), "t/core warning");
	ck_assert_str_eq(lint("a.txt", "The alpha came first.\n\nThe gamma was late.\n\nThis was not First in Island News.\n"),
	    "t/core warning");
	ck_assert_str_eq(lint("a.txt", "The alpha came first.\n\nThe gamma wasn\xe2\x80\x99t first in Island News, but was first in Island News.\n"),
	    "t/core warning | isles by the words 'first in Island News'");
}
END_TEST

/* Who helped is not who wrote it, and the name of a page's site not whose copy it is. */
START_TEST(help_and_the_name_of_a_site_choose_nothing)
{
	static const char page[] = "<!DOCTYPE html><html lang='en'><head><title>Port</title>"
	    "<meta property='og:site_name' content='%s'></head><body><article><h1>Port</h1>"
	    "<p>The alpha came first, the harbour office said on Tuesday after the storm.</p></article></body></html>";
	char text[1024];

	choose("auto");
	settle();
	ck_assert_str_eq(lint("a.txt", "By Ada Brandt\n\nThe alpha came first.\n\nThe gamma was late.\n\nContributing: The Associated Press\n"),
	    "t/core warning");
	snprintf(text, sizeof text, page, "The Associated Press");
	ck_assert_str_eq(lint("a.html", text), "t/core warning");
	snprintf(text, sizeof text, page, "Harbour Review");
	ck_assert_str_eq(lint("a.html", text), "t/core warning");
	ck_assert_str_eq(lint("a.md", "---\nprovider: The Associated Press\n---\nThe alpha came first.\n"),
	    "t/core error | strict by agency 'AP' in field 'provider'");
}
END_TEST

START_TEST(a_byline_ends_with_its_house)
{
	static const char *const yes[] = { "By Ada Brandt, Coast Wire", "By Ada Brandt of Coast Wire", "By Ada Brandt / Coast Wire",
		"By Ada Brandt/COAST WIRE", "By Ada Brandt for Coast Wire", "By Ada Brandt | Coast Wire" };
	static const char *const no[] = { "By Ada Brandt", "By Ada Brandt, Old Coast Wire", "By Ada Brandt, Coast Wireless",
		"By Ada Brandt, Coast Wire editor" };
	static const char story[] = "Port reopens\n\n%s\n\nThe alpha reopened on Tuesday after a storm that had kept ships outside.\n\n"
	    "Pilots guided the first tanker in at dawn, the harbour office said.\n";
	char text[512];

	choose("auto");
	settle();
	for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
		snprintf(text, sizeof text, story, yes[i]);
		ck_assert_str_eq(lint("a.txt", text), "t/core warning | coast by 'Coast Wire' in byline");
		snprintf(text, sizeof text, "---\nauthor: \"%s\"\n---\nThe alpha came first.\n", yes[i]);
		ck_assert_str_eq(lint("a.md", text), "t/core warning | coast by 'Coast Wire' in byline");
	}
	for (size_t i = 0; i < sizeof no / sizeof *no; i++) {
		snprintf(text, sizeof text, story, no[i]);
		ck_assert_str_eq(lint("a.txt", text), "t/core warning");
	}
}
END_TEST

START_TEST(articles_that_choose_two_that_disagree_say_so)
{
	choose("auto");
	settle();
	ck_assert_str_eq(lint("a.md", "---\nprovider: Harbour Review\n---\nHARBOURVILLE (AP) - The alpha came first.\n"),
	    "config/profiles error; t/core warning");
	ck_assert(found.v[0].fatal && found.v[0].placed);
	ck_assert_uint_eq(found.v[0].nnotes, 2);
	ck_assert_str_eq(found.v[0].notes[0].message, "profile 'strict' by agency 'AP' in dateline");
	ck_assert_str_eq(found.v[0].notes[1].message, "profile 'lenient' by field 'provider' 'Harbour Review'");
}
END_TEST

START_TEST(a_field_is_mapped_to_profiles)
{
	const struct profile *strict = profile_find(&set, "strict", 6);

	policy_origin(&policy, FIELD_SOURCE, "Harbour Review", &strict, 1);
	policy_origin(&policy, FIELD_SOURCE, "Island News", NULL, 0);
	settle();
	ck_assert_str_eq(lint("a.md", "---\nsource: HARBOUR review\n---\nThe alpha came first.\n\nThe gamma was late.\n"),
	    "t/core error; t/own note | strict by origin: field 'source' 'Harbour Review'");
	ck_assert_str_eq(lint("a.md", "---\nsource: Island News\n---\nThe alpha came first.\n\nThe gamma was late.\n"), "t/core warning");
	ck_assert_str_eq(lint("a.md", "---\nprovider: Harbour Review\n---\nThe alpha came first.\n"), "t/core warning");
	ck_assert_ptr_nonnull(origin_find(policy.origins, policy.norigins, FIELD_SOURCE, "island news", 11));
	ck_assert_ptr_null(origin_find(policy.origins, policy.norigins, FIELD_SOURCE, "island new", 10));
}
END_TEST

START_TEST(phrases_are_whole_words_in_any_case)
{
	struct range at;

	ck_assert(phrase_find("It was FIRST\n  published by Us.", 31, "first published by us", &at));
	ck_assert_uint_eq(at.a, 7);
	ck_assert_uint_eq(at.z, 30);
	ck_assert(!phrase_find("a firstborn", 11, "first", &at));
	ck_assert(!phrase_find("headfirst", 9, "first", &at));
	ck_assert(!phrase_find("first publishe", 14, "first published", &at));
}
END_TEST

START_TEST(formats_show_some_duties)
{
	struct article text = { .format = "text" }, html = { .format = "html" }, anpa = { .format = "anpa" };
	struct field published = { .name = FIELD_PUBLISHED };

	ck_assert(shows_in(SHOWS_TEXT, &text) && shows_in(SHOWS_LINK, &text) && shows_in(SHOWS_PICTURE, &text));
	ck_assert(!shows_in(SHOWS_MARKUP, &text) && shows_in(SHOWS_MARKUP, &html));
	ck_assert(!shows_in(SHOWS_PICTURE, &anpa) && !shows_in(SHOWS_NOTHING, &html));
	ck_assert(!shows_in(SHOWS_DATE, &html));
	html.fields = &published;
	html.nfields = 1;
	ck_assert(shows_in(SHOWS_DATE, &html));
}
END_TEST

START_TEST(moments_of_both_forms)
{
	static const struct { const char *s; int64_t at; bool clock, zone, ok; } cases[] = {
		{ "2026-11-24", 1795478400, false, false, true }, { "20261124", 1795478400, false, false, true },
		{ "2026-11-24T06:00:00+03:00", 1795489200, true, true, true }, { "20261124T060000+0300", 1795489200, true, true, true },
		{ "20261124T030000Z", 1795489200, true, true, true }, { "2026-11-24 03:00", 1795489200, true, false, true },
		{ "2026-11-24T03:00:00.25Z", 1795489200, true, true, true }, { "2026-11-23T22:00-05", 1795489200, true, true, true },
		{ "2026-13-24", 0, false, false, false }, { "2026-1124", 0, false, false, false }, { "202611-24", 0, false, false, false },
		{ "2026-11-24T3:00", 0, true, false, false }, { "2026-11-24T03:00 UTC", 0, true, false, false }, { "", 0, false, false, false },
		{ "2026-11-24 (Tuesday)", 0, false, false, false }, { "2026-11-24T03:00+", 0, true, false, false },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct moment m;

		ck_assert_msg(date_moment(cases[i].s, strlen(cases[i].s), &m) == cases[i].ok, "%s", cases[i].s);
		if (!cases[i].ok)
			continue;
		ck_assert_msg(m.at == cases[i].at && m.has_clock == cases[i].clock && m.has_zone == cases[i].zone, "%s", cases[i].s);
	}
}
END_TEST

START_TEST(built_in_profiles_are_sound)
{
	rule_set_release(&set);
	finding_list_reset(&errors);
	rule_load_builtin(&set, &errors);
	ck_assert_ptr_nonnull(profile_find(&set, "publish", 7));
	ck_assert_ptr_null(profile_find(&set, "ap", 2));
	rule_load_profiles(&set, &errors);
	rule_load_profiles(&set, &errors);
	rule_load_finish(&set, &errors);
	ck_assert_msg(errors.n == 0, "%s", errors.n != 0 ? errors.v[0].message : "");
	for (size_t i = 0; i < set.nprofiles; i++) {
		const struct profile *p = set.profiles[i];

		if (p->kind != PROFILE_AGENCY && p->kind != PROFILE_LICENCE)
			continue;
		ck_assert_msg(p->link != NULL && p->names[0] != NULL && p->nduties != 0, "%s", p->id);
		ck_assert_msg(p->from_memory == (p->read == NULL), "%s", p->id);
		for (size_t k = 0; p->from_memory && k < p->nduties; k++)
			ck_assert_msg(p->duties[k].severity < SEV_ERROR, "%s", p->id);
	}
}
END_TEST

Suite *
unit_profile(void)
{
	Suite *s = suite_create("profile");
	TCase *t = tcase_create("profile");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, profiles_turn_on_and_grade);
	tcase_add_test(t, the_user_wins);
	tcase_add_test(t, a_stage_gives_way_to_a_profile);
	tcase_add_test(t, disagreement_names_both);
	tcase_add_test(t, language_and_kind_hold_unless_declared);
	tcase_add_test(t, unknown_names_have_near_ones);
	tcase_add_test(t, articles_choose_by_their_marks);
	tcase_add_test(t, help_and_the_name_of_a_site_choose_nothing);
	tcase_add_test(t, a_byline_ends_with_its_house);
	tcase_add_test(t, articles_that_choose_two_that_disagree_say_so);
	tcase_add_test(t, a_field_is_mapped_to_profiles);
	tcase_add_test(t, phrases_are_whole_words_in_any_case);
	tcase_add_test(t, formats_show_some_duties);
	tcase_add_test(t, moments_of_both_forms);
	tcase_add_test(t, built_in_profiles_are_sound);
	suite_add_tcase(s, t);
	return s;
}
