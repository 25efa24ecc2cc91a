/* The matcher: terms, patterns, exceptions, scopes; and the triggered scan against the plain one. */
#include "unit.h"

#include "analysis/analysis.h"
#include "lint/lint.h"
#include "lint/policy.h"
#include "match/matcher_int.h"
#include "util/buf.h"
#include "util/rx.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 80 };

static struct arena arena;
static struct rule_set set;
static struct rule rule, *rules[1] = { &rule };
static struct finder finders[MOST], *list[MOST];
static struct policy policy;
static struct article article;
static struct source source;
static struct analysis analysis;
static struct buf out;

static void
setup(void)
{
	arena_init(&arena);
	memset(&set, 0, sizeof set);
	memset(&rule, 0, sizeof rule);
	memset(finders, 0, sizeof finders);
	rule.id = "test/rule";
	set.rules = rules;
	set.n = 1;
	set.finders = list;
	policy_init(&policy, &set);
	source_init(&source);
	article_init(&article);
	article_reset(&article, &source, "text");
	article.lang = "en";
	analysis_init(&analysis);
	out = (struct buf)BUF_INIT;
}

static void
teardown(void)
{
	for (size_t i = 0; i < set.nfinders; i++) {
		finder_release(&finders[i]);
		free(finders[i].terms);
		free(finders[i].patterns);
		free(finders[i].except_terms);
		free(finders[i].except_patterns);
	}
	policy_release(&policy);
	analysis_release(&analysis);
	article_release(&article);
	source_release(&source);
	arena_release(&arena);
	buf_release(&out);
}

static struct finder *
finder(void)
{
	struct finder *f = &finders[set.nfinders];

	f->index = (unsigned)set.nfinders;
	f->scope = kind_set_parse("all", 3);
	f->rule = &rule;
	list[set.nfinders++] = f;
	ck_assert_uint_le(set.nfinders, MOST);
	return f;
}

static struct finder *
term(struct finder *f, const char *s, enum term_case fold)
{
	f->terms = realloc(f->terms, (f->nterms + 1) * sizeof *f->terms);
	f->terms[f->nterms++] = (struct term){ .s = s, .n = strlen(s), .fold = fold };
	return f;
}

static struct finder *
except_term(struct finder *f, const char *s)
{
	f->except_terms = realloc(f->except_terms, (f->nexcept_terms + 1) * sizeof *f->except_terms);
	f->except_terms[f->nexcept_terms++] = (struct term){ .s = s, .n = strlen(s), .fold = CASE_FOLD };
	return f;
}

static void
prepare(struct pattern *p, const char *s, uint32_t flags)
{
	char *why;
	size_t at;

	memset(p, 0, sizeof *p);
	p->source = s;
	p->flags = flags;
	ck_assert_msg(finder_prepare(&arena, p, NULL, false, &why, &at), "%s", s);
}

static struct finder *
pattern(struct finder *f, const char *s, uint32_t flags)
{
	f->patterns = realloc(f->patterns, (f->npatterns + 1) * sizeof *f->patterns);
	prepare(&f->patterns[f->npatterns++], s, flags);
	return f;
}

static struct finder *
except_pattern(struct finder *f, const char *s)
{
	f->except_patterns = realloc(f->except_patterns, (f->nexcept_patterns + 1) * sizeof *f->except_patterns);
	prepare(&f->except_patterns[f->nexcept_patterns++], s, RX_UNANCHORED);
	return f;
}

static struct block *
block(enum block_kind kind, const char *s)
{
	uint32_t start = (uint32_t)article.text.n;

	text_verbatim(&article.text, s, strlen(s), start);
	return article_block(&article, kind, SURE, start);
}

/* All hits of all finders, "a-z" each, or their words where `words`. */
static const char *
scan(int mode, bool words)
{
	struct matcher *m = lint_matcher(&policy, mode);
	struct scan s;
	bool runs[1] = { true };

	scan_init(&s, m);
	analysis_start(&analysis, &article);
	scan_article(&s, &article, &analysis, runs, policy.kind, NULL);
	buf_clear(&out);
	for (size_t i = 0; i < set.nfinders; i++) {
		size_t n;
		const struct hit *h = scan_hits(&s, list[i], &n);

		for (size_t k = 0; k < n; k++) {
			if (out.n != 0)
				buf_putc(&out, '|');
			if (words)
				buf_add(&out, article.text.s + h[k].at.a, range_len(h[k].at));
			else
				buf_printf(&out, "%zu:%u-%u", i, h[k].at.a, h[k].at.z);
		}
	}
	for (size_t i = 0; i < s.nstops; i++)
		buf_printf(&out, "!%s@%u", s.stops[i].broken ? "broken" : "limit", s.stops[i].at.a);
	scan_release(&s);
	matcher_free(m);
	return out.s;
}

/* Both ways give the same words. */
static void
finds(const char *words)
{
	ck_assert_str_eq(scan(MATCH_TRIGGERED, true), words);
	ck_assert_str_eq(scan(MATCH_PLAIN, true), words);
	ck_assert_str_eq(scan(MATCH_NO_JIT, true), words);
}

START_TEST(boundaries)
{
	term(finder(), "port", CASE_SMART);
	block(BLOCK_PARAGRAPH, "port ports Port airport port-side (port) \xc2\xa3port port\xe2\x80\x99s \xc3\xa9port port\xc3\xa9 "
	    "PORT port\xcc\x81 5port port");
	finds("port|Port|port|port|port|port|PORT|port");
}
END_TEST

START_TEST(cases)
{
	term(finder(), "Kiev", CASE_SMART);
	term(finder(), "kiev", CASE_EXACT);
	term(finder(), "KIEV", CASE_FOLD);
	block(BLOCK_PARAGRAPH, "Kiev KIEV kiev kIEV");
	finds("Kiev|KIEV|kiev|Kiev|KIEV|kiev|kIEV");
}
END_TEST

START_TEST(phrases)
{
	struct finder *f = finder();

	term(f, "prime minister", CASE_SMART);
	term(f, "minister", CASE_SMART);
	term(f, "don't know", CASE_SMART);
	term(f, "'tis", CASE_SMART);
	term(f, "--", CASE_SMART);
	block(BLOCK_PARAGRAPH, "The prime  minister, a minister: don\xe2\x80\x99t\nknow, don't know; \xe2\x80\x99tis 'tis -- prime\xc2\xa0minister");
	finds("prime  minister|minister|don\xe2\x80\x99t\nknow|don't know|\xe2\x80\x99tis|'tis|--|prime\xc2\xa0minister");
}
END_TEST

/* In Turkish I is the capital of dotless i, and dotted I that of i. */
START_TEST(turkish)
{
	term(finder(), "istanbul", CASE_SMART);
	term(finder(), "\xc4\xb1r", CASE_FOLD);
	block(BLOCK_PARAGRAPH, "istanbul \xc4\xb0stanbul ISTANBUL IR \xc4\xb1r ir \xc4\xb0STANBUL");
	article.lang = "tr";
	finds("istanbul|\xc4\xb0stanbul|\xc4\xb0STANBUL|IR|\xc4\xb1r");
	article.lang = "en";
	finds("istanbul|\xc4\xb0stanbul|ISTANBUL|\xc4\xb0STANBUL|\xc4\xb1r");
}
END_TEST

START_TEST(scopes)
{
	struct finder *f = term(finder(), "port", CASE_SMART), *g = pattern(finder(), "p\\w+", 0);

	f->scope = KIND(BLOCK_CAPTION) | KIND(BLOCK_LEAD);
	g->scope = KIND(BLOCK_PARAGRAPH);
	block(BLOCK_CAPTION, "port one ");
	block(BLOCK_LEAD, "port two ");
	block(BLOCK_PARAGRAPH, "port pier");
	ck_assert_str_eq(scan(MATCH_TRIGGERED, false), "0:0-4|0:9-13|1:18-22|1:23-27");
	ck_assert_str_eq(scan(MATCH_PLAIN, false), "0:0-4|0:9-13|1:18-22|1:23-27");
	g->kinds = 1u << COPY_WIRE;
	ck_assert_str_eq(scan(MATCH_TRIGGERED, false), "0:0-4|0:9-13");
	policy.kind = COPY_WIRE;
	ck_assert_str_eq(scan(MATCH_TRIGGERED, false), "0:0-4|0:9-13|1:18-22|1:23-27");
}
END_TEST

START_TEST(wholes)
{
	struct finder *f = finder();
	struct part parts[2] = { { PART_AGENCY, { 5, 7 }, NULL }, { PART_PERSON, { 0, 3 }, NULL } };
	struct block *b = block(BLOCK_CREDIT, "Ann, AP ");

	block_set_parts(&article, b, parts, 2);
	block(BLOCK_SOURCE, "Source: AP");
	term(f, "source", CASE_FOLD);
	f->blocks = KIND(BLOCK_SOURCE);
	f->parts = 1u << PART_AGENCY;
	ck_assert_str_eq(scan(MATCH_TRIGGERED, false), "0:5-7|0:8-18|0:8-14");
	f->scope = KIND(BLOCK_SOURCE);
	ck_assert_str_eq(scan(MATCH_TRIGGERED, false), "0:8-18|0:8-14");
}
END_TEST

/* The subject is the block: ^, $ and \b do not see beyond it. */
START_TEST(blocks_are_subjects)
{
	pattern(finder(), "^\\w+", 0);
	pattern(finder(), "\\w+$", 0);
	pattern(finder(), "(?<=a )b", 0);
	block(BLOCK_PARAGRAPH, "one two");
	block(BLOCK_PARAGRAPH, "three a ");
	block(BLOCK_PARAGRAPH, "b a b");
	finds("one|three|b|two|b|b");
}
END_TEST

START_TEST(not_overlapping)
{
	struct finder *f = pattern(finder(), "aa", 0);

	pattern(f, "a+b", 0);
	block(BLOCK_PARAGRAPH, "aaaab aa");
	finds("aa|aaaab|aa|aa");
}
END_TEST

START_TEST(marked_group)
{
	pattern(finder(), "Source(?<mark>\\s+):", 0);
	pattern(finder(), "x(?<mark>y)?", 0);
	block(BLOCK_PARAGRAPH, "Source  : x xy");
	ck_assert_str_eq(scan(MATCH_TRIGGERED, false), "0:6-8|1:10-11|1:13-14");
}
END_TEST

START_TEST(exceptions)
{
	struct finder *f = term(finder(), "Kiev", CASE_SMART);

	except_term(f, "chicken Kiev");
	except_term(f, "Kiev's");
	except_pattern(f, "Kiev \\d+");
	except_pattern(f, "\"[^\"]*\"");
	block(BLOCK_PARAGRAPH, "Kiev, Chicken  Kiev, Kiev 4 Kiev\xe2\x80\x99s \"Kiev and Kiev\" Kiev");
	block(BLOCK_PARAGRAPH, "chicken Kiev Kiev");
	ck_assert_str_eq(scan(MATCH_TRIGGERED, false), "0:0-4|0:53-57|0:70-74");
	ck_assert_str_eq(scan(MATCH_PLAIN, false), "0:0-4|0:53-57|0:70-74");
}
END_TEST

START_TEST(inside_and_outside_quotations)
{
	struct finder *f = term(finder(), "port", CASE_SMART);

	block(BLOCK_PARAGRAPH, "The port said \xe2\x80\x9cthe port is closed\xe2\x80\x9d on Monday.");
	f->quoted = QUOTED_OUT;
	ck_assert_str_eq(scan(MATCH_TRIGGERED, false), "0:4-8");
	f->quoted = QUOTED_IN;
	ck_assert_str_eq(scan(MATCH_TRIGGERED, false), "0:21-25");
	f->quoted = QUOTED_ANY;
	ck_assert_str_eq(scan(MATCH_TRIGGERED, false), "0:4-8|0:21-25");
}
END_TEST

/* A pattern that gives up is said once a paragraph, and is tried again in the next. */
START_TEST(limits)
{
	static char bad[60];

	pattern(finder(), "\\b(?:a|a|aa)+[cd]", 0);
	memset(bad, 'a', sizeof bad - 2);
	bad[sizeof bad - 2] = ' ';
	block(BLOCK_PARAGRAPH, bad);
	block(BLOCK_PARAGRAPH, "aac");
	ck_assert_str_eq(scan(MATCH_TRIGGERED, false), "0:59-62!limit@0");
	ck_assert_str_eq(scan(MATCH_NO_JIT, false), "0:59-62!limit@0");
}
END_TEST

START_TEST(broken)
{
	struct finder *f = pattern(finder(), "abc", 0);

	f->patterns[0].source = "a(bc";
	block(BLOCK_PARAGRAPH, "abc abc");
	ck_assert_str_eq(scan(MATCH_TRIGGERED, false), "!broken@0");
}
END_TEST

/* ---- triggered against plain ---- */

static const char *const patterns[] = {
	"\\bfoo\\b", "\\bfoo", "foo\\b", "\\b(?:foo|bar)(?:s|ed)?\\b", "\\bcaf\xc3\xa9\\b", "\\bno\\b", "\\bI\\b", "\\bkiev\\b",
	"[\"\xe2\x80\x9c][^\"\xe2\x80\x9d]{1,20}[\"\xe2\x80\x9d]", "(?<=\\p{L})['\xe2\x80\x99](?=\\p{L})", "\\b[A-Z]\\w+", "\\b\\p{Lu}\\w*",
	"\\b\\d{1,2}\\b", "\\d+", "\\b(\\w+)\\s+\\1\\b", "^\\w+", "\\w+$", "\\s{2,}", "[.!?]\\s", "\\bfoo[- ]?bar\\b", "\\b_\\w",
	"(?i:FOO)", "\\b(?:I|i)ran\\b", "\\bstan\\b", "s\\b", "k", "\\bK", "[^\\x00-\\x7f]", "[^a-z ]x", "\\b\\w\\b", "\\W\\w\\W",
	"(?<!\\w)bar(?!\\w)", "\\bfoo(?!\\w)", "\\bfoo(?=\\s)", "\xe2\x80\x94\\w", "\\w\xe2\x80\x94", "\xc2\xa3\\w+", "\\b\xc3\xa9\\w*", "\\Bo",
	"o+", "(?:a|b)?foo", "(?:\\bfoo|bar\\b)", "\\b(?:|b)ar\\b", "x?\\bfoo\\b", "\\bgr[ae]y\\b", "\\bcolou?r\\s", "\\bMr\\.? \\w",
	"(?|foo|bar)s?", "(a)(b)?", "\\bfoo\\w*\\b", "\\b[a-f]+\\b", "\\b[^\\W\\d]+", "\\R", "\\h+", "\\p{P}+", "\\b\\p{Han}+", "[[:upper:]]+",
	"\\bfoo(?:[- ]bar)+\\b", "(?=f)foo", "^(\\w)\\w*\\s\\1", "\\b(a|b)\\g{-1}?", "[\\x20x]\\w",
	"(?!foos)(?:foo|bar)\\w*", ("\\bt\xc3\xbcrk\xc3\xa7" "e\\b"),
};

static const char *const pieces[] = {
	"foo", "bar", "foos", "baring", "Foo", "BAR", "caf\xc3\xa9", "cafe\xcc\x81", "no", "NO", "I", "i", "\xc4\xb0", "\xc4\xb1", "iran", "\xc4\xb0ran", "IRAN",
	"kiev", "\xe2\x84\xaaiev", "\xc5\xbftan", "STAN", " ", " ", " ", "  ", "\n", "\"", "\xe2\x80\x9c", "\xe2\x80\x9d", "'", "\xe2\x80\x99", "-", "\xe2\x80\x94", ".",
	"!", "_", "_x", "5", "17", "\xc2\xa3", "\xe2\x82\xac", "\xc3\xa9", "\xc3\x89", "\xe2\x80\xa6", "\xc2\xa0", "gray", "grey", "color ", "colour", "Mr", "Mr. ",
	"\xe4\xb8\xad\xe6\x96\x87", "\xef\xbc\x95", "x", "s", "k", "K", "\xc2\xb2", "\xc2\xbd", "T\xc3\xbcrk\xc3\xa7" "e", ("t\xc3\xbcrk\xc3\xa7" "e"), "\xe2\x80\x8b", "\xc2\xad", "\xe3\x80\x8c",
	"\xf0\x9f\x98\x80", "ab", "a", "b",
};

static const char *const terms[] = {
	"foo", "Foo bar", "caf\xc3\xa9", "\xc4\xb0ran", "iran", "no", "I", "foo's", "'s", "Mr.", "\xe2\x80\x94", ("t\xc3\xbcrk\xc3\xa7" "e"), "\xe4\xb8\xad\xe6\x96\x87", "5", "_x", "foo-bar", "x",
	"\xc2\xa3 foo", "kiev",
};

static uint64_t seed;

static unsigned
any(unsigned n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (unsigned)(seed >> 33) % n;
}

static void
random_article(unsigned round)
{
	struct buf b = BUF_INIT;

	article_reset(&article, &source, "text");
	article.lang = round % 3 == 0 ? "tr" : "en";
	for (unsigned i = 0, n = 1 + any(4); i < n; i++) {
		buf_clear(&b);
		for (unsigned k = any(30); k > 0; k--)
			buf_puts(&b, pieces[any(sizeof pieces / sizeof *pieces)]);
		block(any(2) ? BLOCK_PARAGRAPH : BLOCK_CAPTION, b.s);
	}
	buf_release(&b);
}

START_TEST(triggers_lose_nothing)
{
	struct finder *f;

	for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++)
		pattern(finder(), patterns[i], i % 3 == 0 ? RX_CASELESS : 0);
	f = finder();
	for (size_t i = 0; i < sizeof terms / sizeof *terms; i++)
		term(f, terms[i], (enum term_case)(i % 3));
	f = finder();
	f->scope = KIND(BLOCK_CAPTION);
	for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i += 3)
		pattern(f, patterns[i], RX_CASELESS);
	term(f, "bar", CASE_FOLD);
	seed = 0x9e3779b97f4a7c15ull;
	for (unsigned round = 0; round < 400; round++) {
		char *plain;

		random_article(round);
		plain = strdup(scan(MATCH_PLAIN, false));
		ck_assert_str_eq(scan(MATCH_TRIGGERED, false), plain);
		free(plain);
	}
}
END_TEST

Suite *
unit_matcher(void)
{
	Suite *s = suite_create("matcher");
	TCase *t = tcase_create("matcher");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, boundaries);
	tcase_add_test(t, cases);
	tcase_add_test(t, phrases);
	tcase_add_test(t, turkish);
	tcase_add_test(t, scopes);
	tcase_add_test(t, wholes);
	tcase_add_test(t, blocks_are_subjects);
	tcase_add_test(t, not_overlapping);
	tcase_add_test(t, marked_group);
	tcase_add_test(t, exceptions);
	tcase_add_test(t, inside_and_outside_quotations);
	tcase_add_test(t, limits);
	tcase_add_test(t, broken);
	tcase_add_test(t, triggers_lose_nothing);
	suite_add_tcase(s, t);
	return s;
}
