/* Rule files: what loads, and each mistake with its exact place and words. */
#include "unit.h"

#include "check.h"
#include "frozen/builtin.h"
#include "rule/rule_load.h"
#include "source/source.h"
#include "util/buf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define HEAD "<rules xmlns=\"urn:wirelint:rules:1\" family=\"house\">\n"
#define TITLE "<title>t</title>"
#define EXAMPLES "<bad>Talks in [[Kiev]].</bad><good>Talks.</good>"
#define TERMS "<terms><term>Kiev</term></terms>"
#define MESSAGE "<message>m</message>"
#define TAIL "</rule>\n</rules>\n"
#define RULE "<rule id=\"a\" severity=\"note\">"

static struct rule_set set;
static struct finding_list errors;
static struct buf out;

static void
load(const char *text)
{
	struct source src;
	size_t i;

	finding_list_init(&errors);
	rule_set_init(&set);
	rule_load_mem(&set, "house.xml", text, strlen(text), false, &errors);
	rule_load_finish(&set, &errors);
	finding_list_sort(&errors);
	source_init(&src);
	source_load_mem(&src, "house.xml", text, strlen(text), &(struct source_options){ true, ENC_UTF8, NULL });
	buf_clear(&out);
	for (i = 0; i < errors.n; i++) {
		struct place p = source_place(&src, errors.v[i].at.a);

		ck_assert_str_eq(errors.v[i].rule, "config/rules");
		ck_assert_str_eq(errors.v[i].path, "house.xml");
		ck_assert(errors.v[i].placed && errors.v[i].fatal);
		buf_printf(&out, "%u:%u: %s\n", p.line, p.column, errors.v[i].message);
	}
	source_release(&src);
}

static void
unload(void)
{
	rule_set_release(&set);
	finding_list_release(&errors);
}

static void
expect(const char *text, const char *wanted)
{
	load(text);
	ck_assert_str_eq(out.s, wanted);
	unload();
}

START_TEST(test_good)
{
	const struct rule *r;

	load(HEAD
	    "  <rule id=\"kyiv\" severity=\"error\" likely=\"warning\" weak=\"off\" tier=\"strict\" scope=\"lead caption\" quoted=\"out\">\n"
	    "    <title>Kyiv,\n      not Kiev</title>\n"
	    "    <when kind=\"wire own\" lang=\"en\"/><when field=\"provider\" is=\"AFP\" not=\"yes\"/>\n"
	    "    <terms><term use=\"Kyiv\">Kiev</term></terms><except>chicken  Kiev</except><except pattern=\"Kiev \\d\"/>\n"
	    "    <message>'{match}': house style is '{use}'</message>\n"
	    "    <note>here</note>\n"
	    "    <why link=\"https://example.org/style\">The desk &amp; the capital.</why>\n"
	    "    <fix class=\"safe\" description=\"write {use}\">{use}</fix>\n"
	    "    <silences rule=\"house/other\"/>\n"
	    "    <bad lang=\"en-GB\" block=\"caption\">Talks in [[Kiev]] resumed.</bad>\n"
	    "    <good>Talks in Kyiv resumed over chicken Kiev.</good>\n"
	    "  </rule>\n"
	    "  <rule id=\"other\" severity=\"note\">" TITLE TERMS MESSAGE EXAMPLES TAIL);
	ck_assert_str_eq(out.s, "");
	ck_assert_uint_eq(set.n, 2);
	r = rule_find(&set, "house/kyiv");
	ck_assert_ptr_nonnull(r);
	ck_assert_int_eq(r->severity[SURE], SEV_ERROR);
	ck_assert_int_eq(r->severity[LIKELY], SEV_WARNING);
	ck_assert_int_eq(r->severity[WEAK], SEV_OFF);
	ck_assert_int_eq(r->tier, TIER_STRICT);
	ck_assert_uint_eq(r->scope, KIND(BLOCK_LEAD) | KIND(BLOCK_CAPTION));
	ck_assert_int_eq(r->quoted, QUOTED_OUT);
	ck_assert_str_eq(r->title, "Kyiv, not Kiev");
	ck_assert_uint_eq(r->nwhens, 2);
	ck_assert_uint_eq(r->whens[0].kinds, 1u << COPY_WIRE | 1u << COPY_OWN);
	ck_assert_int_eq(r->whens[1].field, FIELD_PROVIDER);
	ck_assert(r->whens[1].has_field && r->whens[1].negate && !r->whens[0].negate);
	ck_assert_str_eq(r->check->name, "terms");
	ck_assert_uint_eq(r->nfinders, 1);
	ck_assert_uint_eq(r->finders[0]->nterms, 1);
	ck_assert_str_eq(r->finders[0]->terms[0].use, "Kyiv");
	ck_assert_uint_eq(r->finders[0]->terms[0].line, 6);
	ck_assert_str_eq(r->finders[0]->except_terms[0].s, "chicken Kiev");
	ck_assert_str_eq(r->finders[0]->except_patterns[0].source, "Kiev \\d");
	ck_assert_str_eq(r->why, "The desk & the capital.");
	ck_assert_str_eq(r->link, "https://example.org/style");
	ck_assert_str_eq(r->fix, "{use}");
	ck_assert_int_eq(r->fix_class, FIX_SAFE);
	ck_assert_str_eq(r->silences[0], "house/other");
	ck_assert_uint_eq(r->nexamples, 2);
	ck_assert_int_eq(r->examples[0].block, BLOCK_CAPTION);
	ck_assert_uint_eq(r->examples[0].line, 12);
	ck_assert_uint_eq(r->examples[0].column, 5);
	ck_assert_str_eq(r->path, "house.xml");
	ck_assert_uint_eq(r->line, 2);
	ck_assert_ptr_null(rule_find(&set, "house/none"));
	unload();
}
END_TEST

START_TEST(test_front_matter)
{
	struct key_meaning m;

	load(HEAD "<front-matter key=\"Hed my_kop\" is=\"headline\"/>\n<front-matter key=\"photo.by\" is=\"credit\"/>\n"
	    "<front-matter key=\"hed\" is=\"nothing\"/>\n</rules>\n");
	ck_assert_str_eq(out.s, "");
	ck_assert(rule_set_meaning(&set, "my-kop", &m));
	ck_assert_int_eq(m.use, MEANS_BOTH);
	ck_assert_int_eq(m.kind, BLOCK_HEADLINE);
	ck_assert(rule_set_meaning(&set, "photo.by", &m));
	ck_assert_int_eq(m.use, MEANS_BLOCK);
	ck_assert(rule_set_meaning(&set, "hed", &m));
	ck_assert_int_eq(m.use, MEANS_NOTHING);
	ck_assert(!rule_set_meaning(&set, "title", &m));
	unload();
}
END_TEST

START_TEST(test_one_bad_rule_does_not_stop_the_others)
{
	load(HEAD "<rule id=\"a\" severity=\"note\">" TITLE "<balence/>" MESSAGE EXAMPLES "</rule>\n"
	    "<rule id=\"b\" severity=\"note\">" TITLE TERMS MESSAGE EXAMPLES "</rule>\n"
	    "<rule id=\"c\" severity=\"nope\">" TITLE TERMS MESSAGE EXAMPLES TAIL);
	ck_assert_str_eq(out.s, "2:46: unknown check 'balence'; did you mean 'balance'?\n"
	    "4:24: unknown severity 'nope'; did you mean 'note'?\n");
	ck_assert_uint_eq(set.n, 1);
	ck_assert_uint_eq(set.nfinders, 1);
	ck_assert_uint_eq(set.finders[0]->index, 0);
	ck_assert_str_eq(set.rules[0]->id, "house/b");
	unload();
}
END_TEST

static const struct { const char *text, *messages; } mistakes[] = {
	/* the file */
	{ HEAD RULE, "2:30: file ends inside 'rule', which begins on line 2\n" },
	{ HEAD RULE "</rules>", "2:30: end tag '/rules', expected '/rule' for the start tag on line 2\n" },
	{ "<rule/>", "1:1: outermost element 'rule', expected <rules xmlns=\"urn:wirelint:rules:1\" family=\"...\"> "
	    "or <profiles xmlns=\"urn:wirelint:profiles:1\">\n" },
	{ "<rules family=\"x\"/>", "1:1: namespace '', expected xmlns=\"urn:wirelint:rules:1\"\n" },
	{ "<rules xmlns=\"urn:wirelint:rules:1\"/>", "1:1: 'rules' without 'family', expected an attribute such as family=\"house\"\n" },
	{ "<rules xmlns=\"urn:wirelint:rules:1\" family=\"My House\"/>",
	  "1:45: 'My House' is no family, expected small letters, digits and hyphens\n" },
	{ HEAD "<rle/></rules>", "2:1: unknown element 'rle' in 'rules'; did you mean 'rule'?\n" },
	{ HEAD "<front-matter key=\"hed\"/></rules>",
	  "2:1: 'front-matter' without 'is', expected one such as <front-matter key=\"hed\" is=\"headline\"/>\n" },
	{ HEAD "<front-matter key=\"hed\" is=\"hedline\"/></rules>", "2:29: unknown meaning 'hedline'; did you mean 'headline'?\n" },
	{ HEAD "<front-matter key=\"hed\" is=\"headline\" as=\"x\"/></rules>",
	  "2:43: unknown attribute 'as' of 'front-matter'; did you mean 'is'?\n" },
	/* the rule */
	{ HEAD "<rule severity=\"note\">" TITLE TERMS MESSAGE EXAMPLES TAIL,
	  "2:1: rule without 'id', expected an attribute such as id=\"short-name\"\n" },
	{ HEAD "<rule id=\"A b\" severity=\"note\">" TITLE TERMS MESSAGE EXAMPLES TAIL,
	  "2:11: 'A b' is no id, expected small letters, digits and hyphens\n" },
	{ HEAD RULE TITLE TERMS MESSAGE EXAMPLES "</rule>\n" RULE TITLE TERMS MESSAGE EXAMPLES TAIL,
	  "3:11: rule 'house/a' exists already, at house.xml:2; expected a new id\n" },
	{ HEAD "<rule id=\"a\" severty=\"note\">" TITLE TERMS MESSAGE EXAMPLES TAIL,
	  "2:1: rule without 'severity', expected error, warning or note\n"
	  "2:23: unknown attribute 'severty' of 'rule'; did you mean 'severity'?\n" },
	{ HEAD "<rule id=\"a\" severity=\"note\" tier=\"cor\" scope=\"body\npose\" quoted=\"no\">" TITLE TERMS MESSAGE EXAMPLES TAIL,
	  "2:36: unknown tier 'cor'; did you mean 'core'?\n"
	  "3:1: unknown block kind 'pose'; did you mean 'prose'?\n"
	  "3:15: unknown quoted 'no', expected one of any, in, out\n" },
	{ HEAD RULE TERMS MESSAGE EXAMPLES TAIL, "2:1: rule without 'title', expected an element <title>\n" },
	{ HEAD RULE TITLE TERMS EXAMPLES TAIL, "2:1: rule without 'message', expected an element <message>\n" },
	{ HEAD RULE TITLE TERMS "<message> </message>" EXAMPLES TAIL, "2:78: 'message' is empty, expected text\n" },
	{ HEAD RULE TITLE TITLE TERMS MESSAGE EXAMPLES TAIL, "2:46: second 'title' in one rule, expected one\n" },
	{ HEAD RULE TITLE TERMS "<mesage>m</mesage>" MESSAGE EXAMPLES TAIL,
	  "2:78: unknown element 'mesage'; did you mean 'message'?\n" },
	{ HEAD RULE TITLE MESSAGE EXAMPLES TAIL,
	  "2:1: rule without a check, expected one element such as <terms> or <pattern>\n" },
	{ HEAD RULE TITLE TERMS "<remark names=\"tab\"/>" MESSAGE EXAMPLES TAIL,
	  "2:78: second check 'remark' in one rule, expected one; the first is 'terms'\n" },
	{ HEAD RULE TITLE "<remark names=\"tab final-newlin\"/>" MESSAGE EXAMPLES TAIL,
	  "2:65: unknown remark 'final-newlin'; did you mean 'final-newline'?\n" },
	{ HEAD RULE TITLE TERMS "x" MESSAGE EXAMPLES TAIL, "2:78: text between the elements of a rule, expected none\n" },
	{ HEAD RULE TITLE TERMS MESSAGE EXAMPLES "<silences rule=\"house/a house/b\"/>" TAIL,
	  "2:170: unknown rule 'house/b'; did you mean 'house/a'?\n" },
	/* when */
	{ HEAD RULE TITLE "<when/>" TERMS MESSAGE EXAMPLES TAIL,
	  "2:46: 'when' says no condition, expected one of kind, profile, lang, format, stage, country, use, field\n" },
	{ HEAD RULE TITLE "<when kind=\"wire onw\"/>" TERMS MESSAGE EXAMPLES TAIL,
	  "2:63: unknown kind of copy 'onw'; did you mean 'own'?\n" },
	{ HEAD RULE TITLE "<when field=\"provder\"/>" TERMS MESSAGE EXAMPLES TAIL,
	  "2:59: unknown field 'provder'; did you mean 'provider'?\n" },
	{ HEAD RULE TITLE "<when format=\"txt\"/>" TERMS MESSAGE EXAMPLES TAIL,
	  "2:60: unknown format 'txt'; did you mean 'text'?\n" },
	{ HEAD RULE TITLE "<when stage=\"publsh\"/>" TERMS MESSAGE EXAMPLES TAIL,
	  "2:59: unknown stage 'publsh'; did you mean 'publish'?\n" },
	{ HEAD RULE TITLE "<when is=\"AFP\" lang=\"en\"/>" TERMS MESSAGE EXAMPLES TAIL,
	  "2:56: 'is' without 'field', expected the name of a field too\n" },
	/* examples */
	{ HEAD RULE TITLE TERMS MESSAGE "<good>x</good>" TAIL,
	  "2:1: rule without a bad example, expected <bad> with [[ ]] around what is reported\n" },
	{ HEAD RULE TITLE TERMS MESSAGE "<bad>[[x]]</bad>" TAIL, "2:1: rule without a good example, expected <good>\n" },
	{ HEAD RULE TITLE TERMS MESSAGE "<bad>Kiev</bad><good>x</good>" TAIL,
	  "2:98: bad example without [[ ]], expected marks around what is reported\n" },
	{ HEAD RULE TITLE TERMS MESSAGE "<bad>\xc3\xa9 &amp; [[Kiev]</bad><good>x</good>" TAIL,
	  "2:111: '[[' that is not closed, expected ']]' after it\n" },
	{ HEAD RULE TITLE TERMS MESSAGE "<bad>Kiev]]</bad><good>x</good>" TAIL,
	  "2:107: ']]' that closes nothing, expected '[[' before it\n" },
	{ HEAD RULE TITLE TERMS MESSAGE "<bad>[[a [[b]]</bad><good>x</good>" TAIL,
	  "2:107: '[[' within '[[', expected ']]' first\n" },
	{ HEAD RULE TITLE TERMS MESSAGE "<bad>[[a]]</bad><good>[[x]]</good>" TAIL,
	  "2:114: good example with [[ ]], expected none: nothing in it is reported\n" },
	{ HEAD RULE TITLE TERMS MESSAGE "<bad now='noon'>[[a]]</bad><good>b</good>" TAIL,
	  "2:108: 'noon' is no time, expected one such as 2026-11-23T14:00+03:00\n" },
	{ HEAD RULE TITLE TERMS MESSAGE "<bad with='house/a hose'>[[a]]</bad><good>b</good>" TAIL,
	  "2:117: unknown rule 'hose', expected the id of a rule that is loaded\n" },
	{ HEAD RULE TITLE TERMS MESSAGE "<bad run='no'>[[a]]</bad><good>b</good>" TAIL,
	  "2:1: an example with run=\"no\" in a rule of 'terms', expected none: its examples can be run\n" },
	{ HEAD RULE TITLE "<suppression/>" MESSAGE EXAMPLES TAIL,
	  "2:46: 'suppression' without 'kind', expected an attribute such as kind=\"unused\"\n" },
	{ HEAD RULE TITLE "<suppression kind='unsued'/>" MESSAGE EXAMPLES TAIL,
	  "2:65: unknown kind 'unsued'; did you mean 'unused'?\n" },
	{ HEAD RULE TITLE TERMS MESSAGE "<bad>[[a]]</bad><good> </good>" TAIL, "2:114: 'good' is empty, expected an example\n" },
	{ HEAD RULE TITLE TERMS MESSAGE "<bad block=\"captoin\">[[a]]</bad><good>x</good>" TAIL,
	  "2:110: unknown block kind 'captoin'; did you mean 'caption'?\n" },
	/* patterns, terms, placeholders */
	{ HEAD RULE TITLE "<terms/>" MESSAGE EXAMPLES TAIL,
	  "2:46: no words in 'terms', expected <term> elements, a file or a list\n" },
	{ HEAD RULE TITLE "<terms><term/></terms>" MESSAGE EXAMPLES TAIL,
	  "2:53: 'term' is empty, expected a word or phrase\n" },
	{ HEAD RULE TITLE "<terms><tem>x</tem></terms>" MESSAGE EXAMPLES TAIL,
	  "2:53: unknown element 'tem' in 'terms'; did you mean 'term'?\n" },
	{ HEAD RULE TITLE "<terms><term case=\"smrt\">x</term></terms>" MESSAGE EXAMPLES TAIL,
	  "2:65: unknown case 'smrt'; did you mean 'smart'?\n" },
	{ HEAD RULE TITLE "<terms file=\"no-such-words.txt\"/>" MESSAGE EXAMPLES TAIL,
	  "2:59: cannot read 'no-such-words.txt': No such file or directory\n" },
	{ HEAD RULE TITLE "<terms list=\"xx/none\"/>" MESSAGE EXAMPLES TAIL, "2:59: unknown word list 'xx/none'\n" },
	{ HEAD RULE TITLE "<pattern> </pattern>" MESSAGE EXAMPLES TAIL, "2:46: pattern is empty, expected a regular expression\n" },
	{ HEAD RULE TITLE "<pattern> x*</pattern>" MESSAGE EXAMPLES TAIL,
	  "2:56: pattern matches the empty string, expected one that takes a character at least\n" },
	{ HEAD RULE TITLE "<pattern>\n  a&lt;(b</pattern>" MESSAGE EXAMPLES TAIL,
	  "3:10: pattern is not understood: missing closing parenthesis\n" },
	{ HEAD RULE TITLE "<terms><term>Kiev</term></terms><except pattern=\"[a\"/>" MESSAGE EXAMPLES TAIL,
	  "2:97: pattern is not understood: missing terminating ] for character class\n" },
	{ HEAD RULE TITLE "<pattern>a(b)(?&lt;who>c)</pattern><message>{match} {1} {2} {who} {3}</message>" EXAMPLES TAIL,
	  "2:113: unknown placeholder '3', expected one of match, block, code, decoded, who, 1, 2\n" },
	{ HEAD RULE TITLE TERMS "<message>a {mtch} {{x}} { y}, { or</message>" EXAMPLES TAIL,
	  "2:90: unknown placeholder 'mtch'; did you mean 'match'?\n"
	  "2:102: '{' that begins no placeholder, expected a name and '}'; '{{' stands for a brace\n" },
};

START_TEST(test_mistake)
{
	expect(mistakes[_i].text, mistakes[_i].messages);
}
END_TEST

START_TEST(test_any_cut_is_an_error)
{
	const char *whole = HEAD RULE TITLE TERMS MESSAGE "<why link=\"x\">&lt;</why>" EXAMPLES TAIL;
	size_t n, end = strlen(whole) - 1;

	for (n = 0; n < end; n++) {
		finding_list_init(&errors);
		rule_set_init(&set);
		ck_assert(!rule_load_mem(&set, "house.xml", whole, n, false, &errors));
		ck_assert_uint_ge(errors.n, 1);
		unload();
	}
}
END_TEST

START_TEST(test_words_file)
{
	char folder[] = "/tmp/wirelint-words-XXXXXX", words[64], rules[64];
	FILE *f;

	ck_assert_ptr_nonnull(mkdtemp(folder));
	snprintf(words, sizeof words, "%s/words.txt", folder);
	snprintf(rules, sizeof rules, "%s/house.xml", folder);
	f = fopen(words, "w");
	fputs("# places\nKiev = Kyiv\n\n  Burma\nRio de  Janeiro", f);
	fclose(f);
	f = fopen(rules, "w");
	fputs(HEAD RULE TITLE "<terms file=\"words.txt\" case=\"exact\"/>" "<message>{use}</message>" EXAMPLES TAIL, f);
	fclose(f);
	finding_list_init(&errors);
	rule_set_init(&set);
	ck_assert(rule_load_file(&set, rules, &errors));
	ck_assert_uint_eq(set.finders[0]->nterms, 3);
	ck_assert_str_eq(set.finders[0]->terms[0].s, "Kiev");
	ck_assert_str_eq(set.finders[0]->terms[0].use, "Kyiv");
	ck_assert_str_eq(set.finders[0]->terms[1].s, "Burma");
	ck_assert_ptr_null(set.finders[0]->terms[1].use);
	ck_assert_str_eq(set.finders[0]->terms[2].s, "Rio de Janeiro");
	ck_assert_int_eq(set.finders[0]->terms[2].fold, CASE_EXACT);
	unload();
	unlink(words);
	unlink(rules);
	rmdir(folder);
}
END_TEST

START_TEST(test_unreadable)
{
	finding_list_init(&errors);
	rule_set_init(&set);
	ck_assert(!rule_load_file(&set, "/no/such/rules.xml", &errors));
	ck_assert(!rule_load_file(&set, "/", &errors));
	ck_assert_uint_eq(errors.n, 2);
	ck_assert_str_eq(errors.v[0].rule, "config/rules");
	ck_assert_str_eq(errors.v[0].path, "/no/such/rules.xml");
	ck_assert_str_eq(errors.v[0].message, "cannot read: No such file or directory");
	ck_assert(!errors.v[0].placed);
	unload();
}
END_TEST

static void
no_errors(void)
{
	size_t i;

	buf_clear(&out);
	for (i = 0; i < errors.n; i++)
		buf_printf(&out, "%s %u: %s\n", errors.v[i].path, errors.v[i].at.a, errors.v[i].message);
	ck_assert_str_eq(out.s, "");
}

/* At start the built-in files are taken at their word; here they go through all that is asked of a desk's pack. */
START_TEST(test_builtin)
{
	const struct builtin *f;
	size_t n;

	finding_list_init(&errors);
	rule_set_init(&set);
	rule_load_builtin(&set, &errors);
	rule_load_finish(&set, &errors);
	no_errors();
	n = set.n;
	ck_assert_uint_ge(n, 40);
	for (; n > 0; n--)
		ck_assert_ptr_nonnull(set.rules[n - 1]->why);
	n = set.n;
	unload();
	finding_list_init(&errors);
	rule_set_init(&set);
	for (f = builtins; f->path != NULL; f++)
		if (strncmp(f->path, "rules/", 6) == 0 && strchr(f->path + 6, '/') == NULL)
			ck_assert_int_eq(rule_load_mem(&set, f->path, f->s, f->n, false, &errors), errors.n == 0);
	rule_load_finish(&set, &errors);
	no_errors();
	ck_assert_uint_eq(set.n, n);
	unload();
}
END_TEST

Suite *
unit_rule_load(void)
{
	Suite *s = suite_create("rule_load");
	TCase *t = tcase_create("rule_load");

	buf_init(&out);
	tcase_add_test(t, test_good);
	tcase_add_test(t, test_front_matter);
	tcase_add_test(t, test_one_bad_rule_does_not_stop_the_others);
	tcase_add_loop_test(t, test_mistake, 0, (int)(sizeof mistakes / sizeof mistakes[0]));
	tcase_add_test(t, test_any_cut_is_an_error);
	tcase_add_test(t, test_words_file);
	tcase_add_test(t, test_unreadable);
	tcase_add_test(t, test_builtin);
	suite_add_tcase(s, t);
	return s;
}
