/* The readers of JSON: each text at exactly its bytes, through escapes, references and markup; what is read and what is refused. */
#include "unit.h"

#include "read/json_body.h"
#include "reading.h"
#include "sniff.h"

#include <stdio.h>
#include <string.h>

static void
put(const char *mark, const char *name, struct range r)
{
	buf_printf(&out, "%s%s ", mark, name);
	buf_add(&out, text_at(&article.text, r), range_len(r));
	buf_putc(&out, '|');
}

/* Blocks alone. */
static void
note_lines(struct intake *i)
{
	(void)i;
	items++;
	if (article.item != NULL)
		buf_printf(&out, "[%s] ", article.item);
	for (size_t k = 0; k < article.nblocks; k++)
		put("", block_kind_name(article.blocks[k].kind), article.blocks[k].at);
}

static void
note(struct intake *i)
{
	note_lines(i);
	for (size_t k = 0; k < article.nfields; k++)
		put("@", field_name_str(article.fields[k].name), article.fields[k].at);
}

static bool
read_json(const struct reader *r, const char *s, void (*item)(struct intake *))
{
	ck_assert_str_eq(reading_load("story.json", s, strlen(s), item)->name, r->name);
	return r->read(&src, &in);
}

/* ---- places ---- */

static void
fault(const char *key, const char *body, const char *kind, const char *bytes)
{
	buf_clear(&file);
	buf_printf(&file, "{\"uri\":\"u\",\"headline\":\"Port\",\"%s\":\"%s\"}\n", key, body);
	ck_assert(read_json(&reader_ninjs, file.s, note_faults));
	ck_assert_str_eq(out.s, fault_at(kind, bytes));
}

START_TEST(places)
{
	static const char *const words[] = {
		"Xfault", "X\\u0066ault", "\\u0058faul\\u0074", "X&#102;ault", "X&#x66;ault", "X\\u0026#102;ault", "X\\u0026\\u0023102;ault",
		"X<b>fau<\\/b>lt", "Xfa\\u003cem\\u003eult", "Xfa<span class=\\\"a\\\">ul<\\/span>t", "Xf<!-- \\\" -->ault",
	};
	static const char *const before[] = { "", "\\ud83d\\ude00 ", "\\\"\\/\\\\ ", "&eacute;\\u00e9\xC3\xA9 ", "\\t\\r\\n ", "<p>AT&amp;T.<\\/p>\\n<p>" };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		for (size_t k = 0; k < sizeof before / sizeof *before; k++) {
			char body[256];

			snprintf(body, sizeof body, "<p>%s%s rose.<\\/p>", before[k], words[i]);
			fault("body_html", body, "paragraph", words[i]);
		}
	fault("body_text", "One.\\n\\nTwo \\u201cXfault\\u201d rose.", "paragraph", "Xfault");
	fault("body_text", "One.\\r\\n\\r\\nTwo X\\u0066ault.", "paragraph", "X\\u0066ault");
	fault("description_text", "The X\\u0066ault.", "paragraph", "X\\u0066ault");
}
END_TEST

/* Every character of a text with all there is in it, and where each stands. */
START_TEST(segments)
{
	const char *s = "{\"uri\":\"u\",\"headline\":\"A\\ud83d\\ude00\\\"\\/&amp;\\u0026lt;\\ud83d.\"}";
	struct extent e;
	struct range r;

	ck_assert(read_json(&reader_ninjs, s, note));
	ck_assert_str_eq(out.s, "headline A\xF0\x9F\x98\x80\"/&<\xEF\xBF\xBD.|@headline A\xF0\x9F\x98\x80\"/&<\xEF\xBF\xBD.|");
	r = article.blocks[0].at;
	static const struct { unsigned n, at, end; } t[] = {
		{ 1, 23, 24 }, { 4, 24, 36 }, { 1, 36, 38 }, { 1, 38, 40 }, { 1, 40, 45 }, { 1, 45, 54 }, { 3, 54, 60 }, { 1, 60, 61 }
	};
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		e = text_extent(&article.text, (struct range){ r.a, r.a + t[i].n });
		ck_assert_msg(e.a == t[i].at && e.z == t[i].end, "character %zu: %u to %u", i, e.a, e.z);
		r.a += t[i].n;
	}
	ck_assert_uint_eq(r.a, r.z);
	ck_assert_uint_eq(src.remarked[REMARK_LONE_SURROGATE].n, 1);
	ck_assert_uint_eq(src.remarked[REMARK_DAMAGED].n, 0);
}
END_TEST

/* ---- what a string is ---- */

static void
body(const char *type, const char *value, const char *want)
{
	buf_clear(&file);
	buf_printf(&file, "{\"uri\":\"u\",\"headline\":\"H\",\"by\":\"By Lea Holm\",\"bodies\":[{\"contentType\":\"%s\",\"value\":\"%s\"}]}", type, value);
	ck_assert(read_json(&reader_ninjs, file.s, note_lines));
	ck_assert_str_eq(out.s, want);
}

START_TEST(bodies)
{
#define HEAD "headline H|byline By Lea Holm|"
	body("text/plain", "AT&amp;T.\\n\\n1 < 2 and 3 > 2.", HEAD "paragraph AT&amp;T.|paragraph 1 < 2 and 3 > 2.|");
	body("", "AT&amp;T.\\n\\nTwo.", HEAD "paragraph AT&T.|paragraph Two.|");
	body("text/plain", "<p>One.<\\/p><p>Two.<\\/p>", HEAD "paragraph One.|paragraph Two.|");
	body("text/html", "<p>One<br>two.<\\/p><hr><ul><li>Three<\\/ul>", HEAD "paragraph One two.|list-item Three|");
	body("text/html", "No tag &amp; one.", HEAD "paragraph No tag & one.|");
	/* an element that XML ends where it begins holds nothing */
	body("application/xhtml+xml", "<div><p>One.<\\/p><iframe src='x'/><p>Two.<\\/p><script/>Three<\\/div>",
	    HEAD "paragraph One.|paragraph Two.|paragraph Three|");
	body("application/xhtml+xml", "<p>One<br>two.<\\/p><iframe src='x'><\\/iframe><p>Three.<\\/p>", HEAD "paragraph One two.|paragraph Three.|");
	body("text/vnd.IPTC.NITF", "<nitf><body><body.head><hedline><hl1> H <\\/hl1><\\/hedline><byline>By Lea\\nHolm<\\/byline><dateline>HARBOURVILLE"
	    "<\\/dateline><\\/body.head><body.content><block><p>One.<\\/p><media><media-reference source=\\\"1.jpg\\\"/><media-caption>The bay."
	    "<\\/media-caption><\\/media><p>Two.<\\/p><\\/block><\\/body.content><\\/body><\\/nitf>",
	    HEAD "dateline HARBOURVILLE|paragraph One.|caption The bay.|paragraph Two.|");
	body("", "<block><p>One.<\\/p><hl2>Next<\\/hl2><p>Two.<\\/p><\\/block>", HEAD "paragraph One.|crosshead Next|paragraph Two.|");
	ck_assert_uint_eq(src.remarked[REMARK_DAMAGED].n, 0);
	body("", "<nitf><body><body.content><p>One.<\\/p><p>Two.", HEAD "paragraph One.|paragraph Two.|");
	ck_assert_uint_eq(src.remarked[REMARK_DAMAGED].n, 1);
}
END_TEST

START_TEST(forms)
{
	ck_assert_int_eq(json_form_of("text/plain", 10), JSON_FORM_PLAIN);
	ck_assert_int_eq(json_form_of("text/html", 9), JSON_FORM_HTML);
	ck_assert_int_eq(json_form_of("body_xhtml", 10), JSON_FORM_XML);
	ck_assert_int_eq(json_form_of("body_text", 9), JSON_FORM_UNSAID);
	ck_assert_int_eq(json_form_of("", 0), JSON_FORM_UNSAID);
}
END_TEST

/* Lines with tags in them, and with what only looks like one. */
START_TEST(lines)
{
	ck_assert(read_json(&reader_ninjs, "{\"uri\":\"u\",\"headlines\":[{\"value\":\"<h1>Port <b>re<\\/b>opens &amp; waits<\\/h1>\"}],\"by\":\"Lea <holm@example.org>\"}", note));
	ck_assert_str_eq(out.s, "headline Port reopens & waits|byline Lea <holm@example.org>|@headline Port reopens & waits|@byline Lea <holm@example.org>|");
}
END_TEST

/* ---- ninjs ---- */

START_TEST(descriptions)
{
	/* each form of the body with the description of its kind; the same in another form is not put twice */
	ck_assert(read_json(&reader_ninjs, "{\"uri\":\"u\",\"headline\":\"H\",\"description_text\":\"In \\\"short\\\".\",\"description_html\":"
	    "\"<p>In &ldquo;short&rdquo;.</p>\",\"body_text\":\"Long.\",\"body_html\":\"<p>Long.</p>\"}", note_lines));
	ck_assert_str_eq(out.s, "[u body_text] headline H|standfirst In \"short\".|paragraph Long.|"
	    "[u body_html] headline H|standfirst In \xE2\x80\x9Cshort\xE2\x80\x9D.|paragraph Long.|");
	ck_assert(read_json(&reader_ninjs, "{\"uri\":\"u\",\"headline\":\"H\",\"description_text\":\"In short.\",\"description_html\":\"<p>In short.</p>\","
	    "\"description_more\":\"And more.\",\"body_html\":\"<p>Long.</p>\"}", note_lines));
	ck_assert_str_eq(out.s, "headline H|standfirst In short.|standfirst And more.|paragraph Long.|");
	/* without a body it is the text itself */
	ck_assert(read_json(&reader_ninjs, "{\"uri\":\"u\",\"headline\":\"H\",\"description_text\":\"In short.\"}", note_lines));
	ck_assert_str_eq(out.s, "headline H|paragraph In short.|");
	/* of a picture it is the caption; roles that are no text become none */
	ck_assert(read_json(&reader_ninjs, "{\"uri\":\"u\",\"type\":\"picture\",\"by\":\"Lea Holm\",\"descriptions\":[{\"role\":\"creditline\",\"value\":\"Coast News\"},"
	    "{\"role\":\"writer\",\"value\":\"mlund\"},{\"role\":\"caption\",\"value\":\"The bay.\"}]}", note));
	ck_assert_str_eq(out.s, "caption The bay.|credit Coast News|@creditline Coast News|@byline Lea Holm|");
	ck_assert(read_json(&reader_ninjs, "{\"uri\":\"u\",\"type\":\"picture\",\"description_caption\":\"The bay. (AP Photo)\",\"description_creditline\":\"AP\"}",
	    note_lines));
	ck_assert_str_eq(out.s, "caption The bay. (AP Photo)|");
}
END_TEST

START_TEST(what_is_read)
{
	ck_assert(read_json(&reader_ninjs, "{\"uri\":\"u\",\"type\":\"event\",\"title\":\"Fair\",\"descriptions\":[{\"value\":\"It opens.\"}]}", note_lines));
	ck_assert_str_eq(out.s, "headline Fair|paragraph It opens.|");
	ck_assert(!read_json(&reader_ninjs, "{\"uri\":\"u\",\"type\":\"planning\",\"plannedCoverage\":[{\"title\":\"Fair\"}]}", note_lines));
	ck_assert_str_eq(in.refusal, "a planning item, no story");
	ck_assert(!read_json(&reader_ninjs, "{\"uri\":\"u\",\"type\":\"text\",\"slugline\":\"s\",\"byline\":\"b\"}", note_lines));
	ck_assert_str_eq(in.refusal, "ninjs without any text");
	ck_assert(!read_json(&reader_ninjs, "{\"uri\":\"u\",\"body_text\":\"\",\"headline\":\" \",\"description_text\":null}", note_lines));
	ck_assert_ptr_nonnull(in.refusal);
	/* stories among the associations are articles, pictures captions */
	ck_assert(read_json(&reader_ninjs, "{\"uri\":\"u\",\"headline\":\"H\",\"body_text\":\"One.\",\"associations\":{\"a\":{\"uri\":\"v\",\"type\":\"text\","
	    "\"headline\":\"I\",\"description_text\":\"Two.\"},\"b\":{\"type\":\"picture\",\"description_text\":\"The bay.\",\"byline\":\"Lea Holm\"}}}", note_lines));
	ck_assert_str_eq(out.s, "[u] headline H|paragraph One.|caption The bay.|credit Lea Holm|[v] headline I|paragraph Two.|");
	/* arrays, and an object a line */
	ck_assert(read_json(&reader_ninjs, "[{\"uri\":\"u\",\"headline\":\"H\"},1,{\"uri\":\"v\",\"type\":\"text\"},{\"headline\":\"I\"}]", note_lines));
	ck_assert_str_eq(out.s, "[u] headline H|(v: ninjs without any text)[3] headline I|");
	ck_assert(read_json(&reader_ninjs, "{\"uri\":\"u\",\"headline\":\"H\"}\n{\"uri\":\"v\",\"headline\":\"I\"}\n", note_lines));
	ck_assert_str_eq(out.s, "[u] headline H|[v] headline I|");
	ck_assert_uint_eq(src.remarked[REMARK_DAMAGED].n, 0);
	ck_assert(read_json(&reader_ninjs, "{\"uri\":\"u\",\"headline\":\"H\"} {\"uri\":\"v\",\"headline\":\"I\"}", note_lines));
	ck_assert_uint_eq(items, 2);
	ck_assert_uint_eq(src.remarked[REMARK_DAMAGED].n, 1);
}
END_TEST

START_TEST(many_forms)
{
	buf_clear(&file);
	buf_puts(&file, "{\"uri\":\"u\",\"headline\":\"H\",\"bodies\":[");
	for (unsigned i = 0; i < 40; i++)
		buf_printf(&file, "%s{\"role\":\"r%u\",\"value\":\"Text %u.\"}", i != 0 ? "," : "", i, i);
	buf_puts(&file, "]}");
	ck_assert(read_json(&reader_ninjs, file.s, note_lines));
	ck_assert_uint_eq(items, 32);
	ck_assert_uint_eq(src.remarked[REMARK_DAMAGED].n, 1);
}
END_TEST

/* ---- the others ---- */

START_TEST(agencies)
{
	ck_assert(read_json(&reader_ap_json, "{\"api_version\":\"1.1\",\"data\":{\"item\":{\"altids\":{\"itemid\":\"a\"},\"headline\":\"H\",\"headline_extended\":\"Longer\","
	    "\"bylines\":[{\"by\":\"By LEA HOLM\",\"title\":\"Writer\"}],\"body_text\":\"One.\",\"body_nitf\":\"<p>One.</p>\"}}}", note));
	ck_assert_str_eq(out.s, "[a body_text] headline H|byline By LEA HOLM|paragraph One.|@headline H|@headline Longer|@byline By LEA HOLM|"
	    "[a body_nitf] headline H|byline By LEA HOLM|paragraph One.|@headline H|@headline Longer|@byline By LEA HOLM|");
	ck_assert(read_json(&reader_ap_json, "[{\"altids\":{\"itemid\":\"a\"},\"uri\":\"u\",\"headline\":\"H\",\"bylines\":[]},{\"altids\":{\"itemid\":\"b\"},\"headline\":\"I\"}]",
	    note_lines));
	ck_assert_str_eq(out.s, "[a] headline H|[b] headline I|");
	ck_assert(read_json(&reader_dpa_json, "{\"urn\":\"u\",\"headline\":\"H\",\"dateline\":\"Hafen (dpa) - \",\"article_html\":\"<p><span>Hafen (dpa)</span> - Eins.</p>\","
	    "\"ednotes\":[{\"role\":\"dpaednoterole:contacts\",\"ednote\":\"555\",\"is_publishable\":false},{\"role\":\"dpaednoterole:closingline\",\"ednote\":\"dpa ab\","
	    "\"is_publishable\":true}],\"categories\":[{\"type\":\"dnltype:provider\",\"name\":\"dpa\"}]}", note));
	ck_assert_str_eq(out.s, "headline H|paragraph Hafen (dpa) - Eins.|signoff dpa ab|@provider dpa|@ed-note 555|@headline H|@dateline Hafen (dpa) -|");
	ck_assert(!read_json(&reader_dpa_json, "{\"urn\":\"u\",\"article_html\":null,\"ednotes\":[]}", note));
	ck_assert_ptr_nonnull(in.refusal);
	ck_assert(read_json(&reader_json_feed, "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"T\",\"authors\":[{\"name\":\"Coast News\"}],\"items\":["
	    "{\"id\":1,\"title\":\"H\",\"content_html\":\"<p>A &amp; B.</p>\",\"content_text\":\"A &amp; B.\"},{\"id\":2,\"summary\":\"Two.\"},{\"id\":3}]}", note_lines));
	ck_assert_str_eq(out.s, "[1 content_html] headline H|byline Coast News|paragraph A & B.|[1 content_text] headline H|byline Coast News|paragraph A &amp; B.|"
	    "[2] byline Coast News|paragraph Two.|(3: an item without any text)");
	ck_assert(!read_json(&reader_json_feed, "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"T\",\"items\":[]}", note));
	ck_assert_str_eq(in.refusal, "a feed without items");
}
END_TEST

/* Keys are those of the outermost object; what is inside of it, or in a string, tells nothing. */
START_TEST(foreign)
{
	static const char *const s[] = {
		"{\"a\":{\"uri\":1,\"headline\":2}}", "{\"a\":\"{\\\"uri\\\":1,\\\"headline\\\":2}\"}", "[[{\"uri\":1,\"headline\":2}]]", "[1,2]",
		"{\"$schema\":\"s\",\"uri\":1,\"type\":\"object\",\"properties\":{}}", "{\"uri\":\"u\\\",\\\"headline\\\":\"}", "{\"headline\":\"H\"}", "{\"name\":\"x\",\"version\":\"1\"}",
	};
	struct look k;

	for (size_t i = 0; i < sizeof s / sizeof *s; i++) {
		ck_assert_int_eq(source_load_mem(&src, "a.json", s[i], strlen(s[i]), NULL), SOURCE_OK);
		look_begin(&k, &src);
		ck_assert_msg(reader_ninjs.sniff(&k) < 70 && reader_ap_json.sniff(&k) == 0 && reader_dpa_json.sniff(&k) == 0 &&
		    reader_json_feed.sniff(&k) == 0, "%s", s[i]);
		look_end(&k);
	}
}
END_TEST

Suite *
unit_read_json(void)
{
	Suite *s = suite_create("read_json");
	TCase *t = tcase_create("read_json");

	tcase_add_checked_fixture(t, reading_setup, reading_teardown);
	tcase_add_test(t, places);
	tcase_add_test(t, segments);
	tcase_add_test(t, bodies);
	tcase_add_test(t, forms);
	tcase_add_test(t, lines);
	tcase_add_test(t, descriptions);
	tcase_add_test(t, what_is_read);
	tcase_add_test(t, many_forms);
	tcase_add_test(t, agencies);
	tcase_add_test(t, foreign);
	suite_add_tcase(s, t);
	return s;
}
