/* The article as XML and the questions that rules ask of it; the article as `show` prints it. */
#include "analysis/analysis.h"
#include "article.h"
#include "command/show.h"
#include "schema.h"
#include "strict_json.h"
#include "unit.h"
#include "view/view.h"
#include "view/view_names.h"

#include <stdlib.h>
#include <stdio.h>
#include <string.h>

/* A hand-made article: every sort of segment, parts, a field. */
static const char file[] =
	"Bo & Co <b>sued</b>\n"			/* 0: headline "Bo & Co sued", the markup a break */
	"(Photo/Reuters)\n"			/* 20: credit */
	"AT&amp;T\twon.\n"			/* 36: lead, an entity */
	"Source: TRT\n";			/* 50: source */
static struct source src;
static struct article a;
static struct buf out;

static void
verbatim(uint32_t at, uint32_t n)
{
	text_verbatim(&a.text, src.s + at, n, at);
}

static void
setup(void)
{
	static const struct source_options any;
	uint32_t at;
	struct part part;

	buf_init(&out);
	source_init(&src);
	article_init(&a);
	source_load_mem(&src, "a.txt", file, sizeof(file) - 1, &any);
	article_reset(&a, &src, "text");
	a.lang = "en";

	at = (uint32_t)a.text.n;
	verbatim(58, 3);
	article_field(&a, FIELD_PROVIDER, at);

	at = (uint32_t)a.text.n;
	verbatim(0, 7);
	text_segment(&a.text, SEG_BREAK, " ", 1, (struct extent){ 7, 11 });
	verbatim(11, 4);
	article_block(&a, BLOCK_HEADLINE, LIKELY, at);

	at = (uint32_t)a.text.n;
	verbatim(20, 15);
	article_block(&a, BLOCK_CREDIT, SURE, at);
	part = (struct part){ PART_AGENCY, { at + 7, at + 14 }, NULL };
	block_set_parts(&a, &a.blocks[1], &part, 1);

	at = (uint32_t)a.text.n;
	verbatim(36, 2);
	text_segment(&a.text, SEG_ENTITY, "&", 1, (struct extent){ 38, 43 });
	verbatim(43, 6);
	article_block(&a, BLOCK_LEAD, SURE, at);

	at = (uint32_t)a.text.n;
	verbatim(50, 11);
	article_block(&a, BLOCK_SOURCE, SURE, at);
	part = (struct part){ PART_AGENCY, { at + 8, at + 11 }, "TRT World" };
	block_set_parts(&a, &a.blocks[3], &part, 1);
}

static void
teardown(void)
{
	article_release(&a);
	source_release(&src);
	buf_release(&out);
}

static const char xml[] =
	"<article format=\"text\" lang=\"en\">\n"
	"  <field name=\"provider\">TRT</field>\n"
	"  <block kind=\"headline\" confidence=\"likely\" zone=\"head\" next=\"credit\">Bo &amp; Co sued</block>\n"
	"  <block kind=\"credit\" confidence=\"sure\" zone=\"head\" previous=\"headline\" next=\"lead\" agency=\"Reuters\">"
	"(Photo/<part name=\"agency\" value=\"Reuters\">Reuters</part>)</block>\n"
	"  <block kind=\"lead\" confidence=\"sure\" zone=\"body\" previous=\"credit\" next=\"source\">AT&amp;T\twon.</block>\n"
	"  <block kind=\"source\" confidence=\"sure\" zone=\"foot\" previous=\"lead\" agency=\"TRT World\">"
	"Source: <part name=\"agency\" value=\"TRT World\">TRT</part></block>\n"
	"</article>\n";

START_TEST(printed)
{
	view_print(&a, &out);
	ck_assert_str_eq(out.s, xml);
}
END_TEST

START_TEST(printed_what_xml_cannot_hold)
{
	static const char odd[] = "a\0b\x01\"<\r\n>\xEF\xBF\xBF";
	uint32_t at = (uint32_t)a.text.n;

	a.nblocks = a.nfields = 0;
	text_segment(&a.text, SEG_ESCAPE, odd, sizeof(odd) - 1, (struct extent){ 0, 1 });
	article_block(&a, BLOCK_PARAGRAPH, SURE, at);
	a.item = "\"<\n";
	view_print(&a, &out);
	ck_assert_str_eq(out.s, "<article format=\"text\" lang=\"en\" item=\"&#34;&lt;&#10;\">\n"
	    "  <block kind=\"paragraph\" confidence=\"sure\" zone=\"body\">a\xEF\xBF\xBD" "b\xEF\xBF\xBD\"&lt;&#13;\n&gt;\xEF\xBF\xBD</block>\n"
	    "</article>\n");
}
END_TEST

/* What an expression finds, as "a-z " for each node, "* " for the article as a whole; with `test`, only where it fails. */
struct finding_out { struct view *v; const char *test; unsigned id; char s[256]; };

static void
each(void *arg, const void *node, struct range at, bool whole)
{
	struct finding_out *f = arg;
	size_t n = strlen(f->s);
	bool holds = false;

	if (f->test != NULL) {
		ck_assert(view_holds(f->v, f->id, node, &holds));
		if (holds)
			return;
	}
	if (whole)
		snprintf(f->s + n, sizeof(f->s) - n, "* ");
	else
		snprintf(f->s + n, sizeof(f->s) - n, "%.*s|", (int)range_len(at), text_at(&a.text, at));
	if (whole)
		ck_assert(at.a == a.text.n && at.z == a.text.n);
}

static unsigned
compile(const char *expr)
{
	unsigned id = 0;
	char *why = NULL;

	ck_assert_msg(view_compile(expr, &id, &why), "%s: %s", expr, why);
	return id;
}

static const char *
ask(const char *context, const char *test)
{
	static struct finding_out f;
	unsigned id = compile(context);

	f = (struct finding_out){ .test = test };
	if (test != NULL)
		f.id = compile(test);
	f.v = view_new();
	view_start(f.v, &a);
	if (!view_select(f.v, id, test != NULL ? &f.id : NULL, each, &f))
		snprintf(f.s, sizeof(f.s), "!%s", view_error(f.v));
	view_free(f.v);
	return f.s;
}

START_TEST(selected)
{
	ck_assert_str_eq(ask("/article", NULL), "* ");
	ck_assert_str_eq(ask("/", NULL), "* ");
	ck_assert_str_eq(ask("block[@agency]", NULL), "(Photo/Reuters)|Source: TRT|");
	ck_assert_str_eq(ask("//block[@agency]", NULL), "(Photo/Reuters)|Source: TRT|");
	ck_assert_str_eq(ask("//part", NULL), "Reuters|TRT|");
	ck_assert_str_eq(ask("//block/@agency", NULL), "Reuters|TRT|");
	ck_assert_str_eq(ask("field[@name = 'provider']", NULL), "TRT|");
	ck_assert_str_eq(ask("//block[@kind='source'] | //block[@kind='credit']", NULL), "(Photo/Reuters)|Source: TRT|");
	ck_assert_str_eq(ask("//part/text()", NULL), "Reuters|TRT|");
	ck_assert_str_eq(ask("//block[@kind='lead']/preceding-sibling::block[1]", NULL), "(Photo/Reuters)|");
	ck_assert_str_eq(ask("//block[. = 'AT&T\twon.']", NULL), "AT&T\twon.|");
	ck_assert_str_eq(ask("//block[@kind='table']", NULL), "");
	ck_assert_str_eq(ask("count(//block)", NULL), "!gives a value, expected nodes");
}
END_TEST

START_TEST(held)
{
	ck_assert_str_eq(ask("/article", "block[@kind='source'][@agency='TRT World']"), "");
	ck_assert_str_eq(ask("/article", "block[@kind='source'][@agency='AFP']"), "* ");
	ck_assert_str_eq(ask("//block[@agency]", "part[@value = ../@agency] and contains(., 'Source')"), "(Photo/Reuters)|");
	ck_assert_str_eq(ask("//block", "string-length(.) > 11"), "AT&T\twon.|Source: TRT|");
	ck_assert_str_eq(ask("//block", "not(self::block)"), "Bo & Co sued|(Photo/Reuters)|AT&T\twon.|Source: TRT|");
}
END_TEST

START_TEST(several_articles)
{
	struct view *v = view_new();
	unsigned blocks = compile("//block[@kind='lead']"), again = compile("//block[@kind='lead']");
	struct finding_out f = { .v = v };

	ck_assert_uint_eq(blocks, again);
	for (int i = 0; i < 3; i++) {
		view_start(v, &a);
		f.s[0] = '\0';
		ck_assert(view_select(v, blocks, NULL, each, &f));
		ck_assert_str_eq(f.s, i < 2 ? "AT&T\twon.|" : "");
		if (i == 1)
			a.blocks[2].kind = BLOCK_PARAGRAPH;
	}
	view_start(v, NULL);
	ck_assert(!view_select(v, blocks, NULL, each, &f));
	ck_assert(!view_select(v, 100000, NULL, each, &f));
	view_free(v);
	view_free(NULL);
}
END_TEST

/* A hundred thousand blocks: what is linear is answered soon, what is quadratic is given up. */
START_TEST(budget)
{
	struct view *v = view_new();
	struct finding_out f = { .v = v, .test = "" };
	uint32_t at = a.blocks[2].at.a;
	unsigned all = compile("//block[@kind='table']"), sorted = compile("//block[@kind='paragraph'][last()]");

	for (int i = 0; i < 100000; i++) {
		struct block *b = article_block(&a, BLOCK_PARAGRAPH, SURE, at);

		b->at.z = b->at.a;
	}
	view_start(v, &a);
	ck_assert(view_select(v, all, NULL, each, &f));
	f.test = NULL;
	ck_assert(view_select(v, sorted, NULL, each, &f));
	ck_assert(!view_select(v, compile("//block[preceding-sibling::block[@kind='table']]"), NULL, each, &f));
	ck_assert_str_eq(view_error(v), "the article is too long for an expression this slow");
	view_free(v);
}
END_TEST

/* What the expression promises: t reads characters, c counts, the kind it begins with. */
static const char *
traits(const char *expr)
{
	static char words[64];
	struct view_traits t;
	char why[VIEW_WHY];

	ck_assert_msg(view_names_known(expr, &t, why), "%s: %s", expr, why);
	snprintf(words, sizeof(words), "%s%s%s", t.text ? "t" : "", t.counts ? "c" : "", t.has_kind ? block_kind_name(t.kind) : "");
	return words;
}

static bool
is_local(const char *expr)
{
	struct view_traits t;
	char why[VIEW_WHY];

	ck_assert_msg(view_names_known(expr, &t, why), "%s: %s", expr, why);
	return t.local;
}

/* A tree of the blocks of one kind will do for what has no path in it. */
START_TEST(what_stays_within)
{
	ck_assert(is_local("block[@kind='slug'][contains(., '/') or contains(., '..') or contains(., 'self::')]"));
	ck_assert(is_local("@agency or part[@name='role']"));
	ck_assert(!is_local("block[@kind='credit']/part"));
	ck_assert(!is_local("block[@kind='credit'][../field]"));
	ck_assert(!is_local("not(following-sibling::block)"));
}
END_TEST

START_TEST(what_is_looked_at)
{
	ck_assert_str_eq(traits("block[@kind='credit'][@agency][not(@role)]"), "credit");
	ck_assert_str_eq(traits(" //block[ @kind = \"credit\" ]/part[@name='role']"), "credit");
	ck_assert_str_eq(traits("/article/block[@kind='lead'][1]"), "lead");
	ck_assert_str_eq(traits("block[@kind='lead' or @agency]"), "");
	ck_assert_str_eq(traits("block[@kind!='lead']"), "");
	ck_assert_str_eq(traits("block[@kind='lead'] | field"), "");
	ck_assert_str_eq(traits("not(block[@kind='lead'])"), "");
	ck_assert_str_eq(traits("following-sibling::block[1][@kind!='separator']"), "");
	ck_assert_str_eq(traits("part/@value = 'x' and @agency = 'y' and (@role != @label)"), "");
	ck_assert_str_eq(traits("block[2]"), "c");
	ck_assert_str_eq(traits("count(block) > 1"), "c");
	ck_assert_str_eq(traits("block[last()]"), "c");
	ck_assert_str_eq(traits("block[position() = 1]"), "c");
	ck_assert_str_eq(traits("@person or count(part[@name='agency']) > 1 or part"), "");
	ck_assert_str_eq(traits("(block) > 1"), "t");
	ck_assert_str_eq(traits("not(count(part) > 1) and not(count(block) > 1)"), "c");
	ck_assert_str_eq(traits("@agency = part"), "t");
	ck_assert_str_eq(traits("@agency = ../field"), "t");
	ck_assert_str_eq(traits("part = 'x'"), "t");
	ck_assert_str_eq(traits("part[1] = 'x'"), "t");
	ck_assert_str_eq(traits("'x' = parent::block"), "t");
	ck_assert_str_eq(traits("contains(., 'x')"), "t");
	ck_assert_str_eq(traits("block[text()]"), "t");
	ck_assert_str_eq(traits(".."), "");
	ck_assert_str_eq(traits(". != 'x'"), "t");
}
END_TEST

/* A long run of paragraphs: what is asked in the shortened tree has the same answer. */
START_TEST(shortened)
{
	static const char *const questions[][2] = {
		{ "block[@kind='source']", "preceding-sibling::block[@kind='paragraph']" },
		{ "block[@kind='source']", "preceding-sibling::block[1][@kind='paragraph'] and not(preceding-sibling::block[@kind='table'])" },
		{ "block[@kind='lead']", "following-sibling::block[1]/following-sibling::block[1][@kind='paragraph']" },
		{ "block[@kind='source']", "following-sibling::block" },
		{ "block[@kind='credit']", "@person" },
		{ "block[@kind='source']", "@previous='lead'" },
		{ "block[@kind='source']", "@zone='body' and string-length(.) > 3" },
	};
	uint32_t at = a.blocks[2].at.z;
	struct block source = a.blocks[3];

	a.nblocks = 3;
	for (int i = 0; i < 50000; i++) {
		struct block *b = article_block(&a, BLOCK_PARAGRAPH, SURE, at);

		b->at.z = b->at.a = at;
	}
	*article_block(&a, BLOCK_SOURCE, SURE, source.at.a) = source;
	for (size_t i = 0; i < sizeof(questions) / sizeof(*questions); i++) {
		char whole[300], longer[200];

		snprintf(longer, sizeof(longer), "(%s) and string()", questions[i][1]);	/* needs the whole tree */
		snprintf(whole, sizeof(whole), "%s", ask(questions[i][0], longer));
		ck_assert_str_eq(ask(questions[i][0], questions[i][1]), whole);
		ck_assert_str_eq(whole, i < 3 ? "" : i == 4 ? "(Photo/Reuters)|" : "Source: TRT|");
	}
}
END_TEST

static const char *
refused(const char *expr)
{
	static char words[300];
	unsigned id;
	char *why = NULL;

	if (view_compile(expr, &id, &why))
		return "accepted";
	snprintf(words, sizeof(words), "%s", why);
	free(why);
	return words;
}

START_TEST(compile_errors)
{
	ck_assert_str_eq(refused("//block[@kind='lead'"), "expected ']'");
	ck_assert_str_eq(refused("//block[@kind=='lead']"), "expected an XPath 1.0 expression at '='lead']'");
	ck_assert_str_eq(refused("'lead"), "the quotation mark is not closed");
	ck_assert_str_eq(refused(""), "expected an XPath 1.0 expression");
	ck_assert_str_eq(refused("//blok"), "unknown element 'blok'; did you mean 'block'?");
	ck_assert_str_eq(refused("article/block"), "'article' does not stand inside 'article'; expected '/article'");
	ck_assert_str_eq(refused("//block[parent::article or ancestor::article[@lang='en']]"), "accepted");
	ck_assert_str_eq(refused("//x:block"), "unknown element 'x:block'; did you mean 'block'?");
	ck_assert_str_eq(refused("//block[@knd='lead']"), "unknown attribute 'knd'; did you mean 'kind'?");
	ck_assert_str_eq(refused("//block[attribute::agncy]"), "unknown attribute 'agncy'; did you mean 'agency'?");
	ck_assert_str_eq(refused("//block[@kind = 'leed']"), "unknown kind of block 'leed'; did you mean 'lead'?");
	ck_assert_str_eq(refused("//block[@kind != \"leed\"]"), "unknown kind of block 'leed'; did you mean 'lead'?");
	ck_assert_str_eq(refused("field[@name='providr']"), "unknown field or part 'providr'; did you mean 'provider'?");
	ck_assert_str_eq(refused("block[@confidence='shure']"), "unknown confidence 'shure'; did you mean 'sure'?");
	ck_assert_str_eq(refused("block[@zone='boddy']"), "unknown zone 'boddy'; did you mean 'body'?");
	ck_assert_str_eq(refused("block[@next='leed']"), "unknown kind of block 'leed'; did you mean 'lead'?");
	ck_assert_str_eq(refused("start-with(., 'x')"), "unknown function 'start-with'; did you mean 'starts-with'?");
	ck_assert_str_eq(refused("matches(., 'x')"), "unknown function 'matches'");
	ck_assert_str_eq(refused("//block[. = $word]"), "unknown variable '$word': there are none");
	ck_assert_str_eq(refused("//block[@kind='lead' and (@agency or not(part)) and 2 * 3 div 2 mod 4 > .5]"), "accepted");
	ck_assert_str_eq(refused("//*[self::block or self::field][position() - 1 = 0]/ancestor::article/node()"), "accepted");
	ck_assert_str_eq(refused("//block[contains(., '$x blok @kind=') and @lang != 'leed']"), "accepted");
}
END_TEST

/* ---- show ---- */

static struct schemas schemas;

static void
open_schemas(void)
{
	char folder[400];

	snprintf(folder, sizeof(folder), "%s/doc", getenv("srcdir") != NULL ? getenv("srcdir") : ".");
	schemas_init(&schemas, folder);
}

static void
check_schema(void)
{
	open_schemas();
	ck_assert_msg(schema_holds(&schemas, "show.schema.json", out.s, out.n), "%s", schemas.why);
	schemas_release(&schemas);
}

struct names { const char *(*name)(unsigned); unsigned n; };

static bool
same_name(void *arg, const char *key, size_t nkey, const char *value, const char *end)
{
	struct names *names = arg;
	const char *name = names->name(names->n++);

	(void)key, (void)nkey;
	ck_assert_msg((size_t)(end - value) == strlen(name) + 2 && memcmp(value + 1, name, strlen(name)) == 0, "%.*s, not %s",
	    (int)(end - value), value, name);
	return true;
}

static void
check_list(const char *schema, const char *path, unsigned count, const char *(*name)(unsigned))
{
	struct names names = { name, 0 };
	size_t n;
	const char *list = strict_at(schema, path, &n);

	ck_assert_msg(list != NULL, "%s", path);
	strict_each(list, list + n, same_name, &names);
	ck_assert_uint_eq(names.n, count);
}

static const char *kind(unsigned i) { return block_kind_name((enum block_kind)i); }
static const char *field(unsigned i) { return field_name_str((enum field_name)i); }
static const char *part_of(unsigned i) { return part_name_str((enum part_name)i); }
static const char *encoding(unsigned i) { return encoding_name((enum encoding)i); }
static const char *quotation(unsigned i) { return quotation_kind_name((enum quotation_kind)i); }

/* The schema names each kind, field, part, encoding and kind of quotation that there is, in the same order. */
START_TEST(schema_names)
{
	const char *s;

	open_schemas();
	s = schema_file(&schemas, "show.schema.json");
	ck_assert_msg(s != NULL, "%s", schemas.why);
	check_list(s, "$defs/block/properties/kind/enum", BLOCK_COUNT, kind);
	check_list(s, "$defs/field/properties/name/enum", FIELD_COUNT, field);
	check_list(s, "$defs/block/properties/parts/items/properties/name/enum", PART_COUNT, part_of);
	check_list(s, "$defs/article/properties/encoding/enum", ENC_COUNT, encoding);
	check_list(s, "$defs/quotation/properties/kind/enum", QUOTATION_BLOCK + 1, quotation);
	schemas_release(&schemas);
}
END_TEST

START_TEST(shown_as_json)
{
	struct show s = { .form = SHOW_JSON };

	show_next(&s, &out, &a, NULL);
	show_end(&s, &out);
	check_schema();
	ck_assert_str_eq(strict_keys(out.s, ""), "path item format encoding language fields blocks quotations");
	ck_assert(strict_is(out.s, "path", "\"a.txt\""));
	ck_assert(strict_is(out.s, "item", "null"));
	ck_assert(strict_is(out.s, "encoding", "\"utf-8\""));
	ck_assert(strict_is(out.s, "quotations", "[]"));
	ck_assert_str_eq(strict_keys(out.s, "fields/0"), "name text span map");
	ck_assert_str_eq(strict_keys(out.s, "blocks/1"), "kind confidence parts text span map");
	ck_assert_str_eq(strict_keys(out.s, "blocks/1/parts/0"), "name text span");
	ck_assert(strict_is(out.s, "fields/0/map", "[{\"text\":[0,3],\"source\":[58,61],\"kind\":\"verbatim\"}]"));
	ck_assert(strict_is(out.s, "blocks/0/text", "\"Bo & Co sued\""));
	ck_assert(strict_is(out.s, "blocks/0/map", "[{\"text\":[0,7],\"source\":[0,7],\"kind\":\"verbatim\"},"
	    "{\"text\":[7,8],\"source\":[7,11],\"kind\":\"break\"},{\"text\":[8,12],\"source\":[11,15],\"kind\":\"verbatim\"}]"));
	ck_assert(strict_is(out.s, "blocks/1/parts/0/span",
	    "{\"start\":{\"byte\":27,\"line\":2,\"column\":8},\"end\":{\"byte\":34,\"line\":2,\"column\":15}}"));
	ck_assert(strict_is(out.s, "blocks/2/text", "\"AT&T\\twon.\""));
	ck_assert(strict_is(out.s, "blocks/2/map", "[{\"text\":[0,2],\"source\":[36,38],\"kind\":\"verbatim\"},"
	    "{\"text\":[2,3],\"source\":[38,43],\"kind\":\"entity\"},{\"text\":[3,9],\"source\":[43,49],\"kind\":\"verbatim\"}]"));
}
END_TEST

/* A block that begins and ends within a segment, as a lead behind its dateline does. */
START_TEST(shown_map_is_cut)
{
	struct show s = { .form = SHOW_JSON };

	a.blocks[1].at.a += 1;
	a.blocks[1].at.z -= 1;
	a.blocks[2].at.a = a.blocks[2].at.z;		/* empty */
	show_next(&s, &out, &a, NULL);
	show_end(&s, &out);
	ck_assert(strict_is(out.s, "blocks/1/text", "\"Photo/Reuters\""));
	ck_assert(strict_is(out.s, "blocks/1/map", "[{\"text\":[0,13],\"source\":[21,34],\"kind\":\"verbatim\"}]"));
	ck_assert(strict_is(out.s, "blocks/2/map", "[]"));
}
END_TEST

START_TEST(shown_items)
{
	struct show s = { .form = SHOW_JSON };

	a.item = "tag:1";
	show_next(&s, &out, &a, NULL);
	show_next(&s, &out, &a, NULL);
	show_end(&s, &out);
	check_schema();
	ck_assert(strict_is(out.s, "1/item", "\"tag:1\""));

	buf_clear(&out);
	s = (struct show){ .form = SHOW_XML };
	a.nblocks = a.nfields = 0;
	show_next(&s, &out, &a, NULL);
	show_next(&s, &out, &a, NULL);
	show_end(&s, &out);
	ck_assert_str_eq(out.s, "<articles>\n<article format=\"text\" lang=\"en\" item=\"tag:1\">\n</article>\n"
	    "<article format=\"text\" lang=\"en\" item=\"tag:1\">\n</article>\n</articles>\n");

	buf_clear(&out);
	s = (struct show){ .form = SHOW_JSON };
	show_end(&s, &out);
	ck_assert_uint_eq(out.n, 0);
}
END_TEST

START_TEST(shown_as_text)
{
	struct show s = { 0 };

	ck_assert(show_form_parse("text", &s.form));
	ck_assert(!show_form_parse("yaml", &s.form));
	show_next(&s, &out, &a, NULL);
	show_end(&s, &out);
	ck_assert_str_eq(out.s,
	    "@provider        4:9       TRT\n"
	    "headline         1:1       Bo & Co sued\n"
	    "credit           2:1       (Photo/Reuters)\n"
	    "lead             3:1       AT&T\twon.\n"
	    "source           4:1       Source: TRT\n");
}
END_TEST

Suite *
unit_view(void)
{
	Suite *s = suite_create("view");
	TCase *c = tcase_create("view");

	tcase_add_checked_fixture(c, setup, teardown);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, printed);
	tcase_add_test(c, printed_what_xml_cannot_hold);
	tcase_add_test(c, selected);
	tcase_add_test(c, held);
	tcase_add_test(c, several_articles);
	tcase_add_test(c, budget);
	tcase_add_test(c, what_is_looked_at);
	tcase_add_test(c, what_stays_within);
	tcase_add_test(c, shortened);
	tcase_add_test(c, compile_errors);
	tcase_add_test(c, schema_names);
	tcase_add_test(c, shown_as_json);
	tcase_add_test(c, shown_map_is_cut);
	tcase_add_test(c, shown_items);
	tcase_add_test(c, shown_as_text);
	suite_add_tcase(s, c);
	return s;
}
