/* The readers of NITF, NewsML and NewsML-G2: each text at exactly its bytes, however it is wrapped. */
#include "unit.h"

#include "reading.h"

#include <string.h>

static void
note_all(struct intake *i)
{
	note_blocks(i);
	for (size_t k = 0; k < article.nfields; k++)
		note_text(field_name_str(article.fields[k].name), article.fields[k].at);
}

static bool
read_file(const struct reader *r, void (*item)(struct intake *))
{
	ck_assert(reading_load("story.xml", file.s, file.n, item) == r);
	return r->read(&src, &in);
}

static void
set_file(const char *before, const char *s, const char *behind)
{
	buf_clear(&file);
	buf_puts(&file, before);
	buf_puts(&file, s);
	buf_puts(&file, behind);
}

#define NITF "<nitf><body><body.head><hedline><hl1>Port reopens</hl1></hedline></body.head><body.content>"
#define NITF_END "</body.content></body></nitf>"

static void
nitf_fault(const char *s, const char *kind, const char *what)
{
	set_file(NITF, s, NITF_END);
	ck_assert(read_file(&reader_nitf, note_faults));
	ck_assert_str_eq(out.s, fault_at(kind, what));
}

START_TEST(places_in_nitf)
{
	nitf_fault("<p>AT&amp;T and Xfault rose.</p>", "paragraph", "Xfault");
	nitf_fault("<p>It <em>all Xfault</em> rose.</p>", "paragraph", "Xfault");
	nitf_fault("<p>It X<em>fau</em>lt rose.</p>", "paragraph", "X<em>fau</em>lt");
	nitf_fault("<p>It <![CDATA[& <p> Xfault]]> rose.</p>", "paragraph", "Xfault");
	nitf_fault("<p>It X&#x66;ault rose.</p>", "paragraph", "X&#x66;ault");
	nitf_fault("<p>\303\251\342\200\234 Xfault rose.</p>", "paragraph", "Xfault");
	nitf_fault("<media><media-caption>A Xfault tug</media-caption></media><p>It rose.</p>", "caption", "Xfault");
	/* a line break in the word is a blank, not a part of it */
	set_file(NITF, "<p>One<br/>two\n three<!-- x -->four</p>", NITF_END);
	ck_assert(read_file(&reader_nitf, note_all));
	ck_assert_str_eq(out.s, "headline: Port reopens|paragraph: One two threefour|headline: Port reopens|");
}
END_TEST

START_TEST(places_in_attributes)
{
	set_file("<nitf><head><docdata><ed-msg info='\303\251 &quot;X&#102;ault&quot;'/></docdata></head><body><body.content>", "<p>It rose.</p>", NITF_END);
	ck_assert(read_file(&reader_nitf, note_faults));
	ck_assert_str_eq(out.s, fault_at("ed-note", "X&#102;ault"));
	set_file("<nitf><head><docdata><doc.rights\n  type = \"a &lt; b\"\n  limitations=\"no\tXfault\"/></docdata></head><body><body.content>",
	    "<p>It rose.</p>", NITF_END);
	ck_assert(read_file(&reader_nitf, note_faults));
	ck_assert_str_eq(out.s, fault_at("usage-terms", "Xfault"));
}
END_TEST

START_TEST(places_in_second_layers)
{
#define NEWSML "<NewsML><NewsItem><NewsComponent><ContentItem><Format FormalName='HTML'/><DataContent>"
#define NEWSML_END "</DataContent></ContentItem></NewsComponent></NewsItem></NewsML>"
	set_file(NEWSML, "&lt;p&gt;AT&amp;amp;T and X&amp;#102;a&lt;b&gt;ult&lt;/b&gt; rose.&lt;/p&gt;&lt;p&gt;It fell.&lt;/p&gt;", NEWSML_END);
	ck_assert(read_file(&reader_newsml, note_faults));
	ck_assert_str_eq(out.s, fault_at("paragraph", "X&amp;#102;a&lt;b&gt;ult"));
	ck_assert_uint_eq(article.nblocks, 2);
	set_file(NEWSML, "<![CDATA[<p>AT&amp;T and Xfa<i>ult</i> rose.</p>]]>", NEWSML_END);
	ck_assert(read_file(&reader_newsml, note_faults));
	ck_assert_str_eq(out.s, fault_at("paragraph", "Xfa<i>ult"));
	set_file(NEWSML, "<P>AT&amp;T and Xfault rose.</P><P>It fell.</P>", NEWSML_END);
	ck_assert(read_file(&reader_newsml, note_faults));
	ck_assert_str_eq(out.s, fault_at("paragraph", "Xfault"));
	ck_assert_uint_eq(article.nblocks, 2);
}
END_TEST

START_TEST(nitf_in_newsml_g2)
{
	set_file("<n:newsItem xmlns:n='http://iptc.org/std/nar/2006-10-01/'><n:contentMeta><n:headline>Port reopens</n:headline></n:contentMeta>"
	    "<n:contentSet><n:inlineXML>",
	    NITF "<p>The port \342\200\224 Xfault &amp; all \342\200\224 opened.</p>" NITF_END, "</n:inlineXML></n:contentSet></n:newsItem>");
	ck_assert(read_file(&reader_newsml_g2, note_faults));
	ck_assert_str_eq(out.s, fault_at("paragraph", "Xfault"));
	/* the headline that both have is there once */
	ck_assert_uint_eq(article.nblocks, 2);
}
END_TEST

START_TEST(far_down)
{
	buf_clear(&file);
	buf_puts(&file, NITF "\n");
	for (unsigned i = 0; i < 70000; i++)
		buf_putc(&file, '\n');
	buf_puts(&file, "<p>It X&#102;ault\nrose.</p>" NITF_END);
	ck_assert(read_file(&reader_nitf, note_faults));
	ck_assert_str_eq(out.s, fault_at("paragraph", "X&#102;ault"));
	ck_assert_uint_eq(source_place(&src, (uint32_t)(strstr(file.s, "X&#102;") - file.s)).line, 70002);
}
END_TEST

START_TEST(latin_1)
{
	buf_clear(&file);
	buf_puts(&file, "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>\n" NITF);
	for (unsigned i = 0; i < 8000; i++)
		buf_puts(&file, "<p>\351t\351 \340 la plage.</p>\n");
	buf_puts(&file, "<p>\351t\351 Xfault.</p>" NITF_END);
	ck_assert_uint_gt(file.n, 0x20000);
	ck_assert(read_file(&reader_nitf, note_faults));
	ck_assert_int_eq(src.encoding, ENC_ISO_8859_1);
	ck_assert_str_eq(out.s, fault_at("paragraph", "Xfault"));
}
END_TEST

START_TEST(heads_of_nitf)
{
	set_file("<nitf><head><title>Not shown</title><docdata><du-key key='port'/></docdata></head><body><body.head><hedline><hl1>Port</hl1>"
	    "<hl2>Two ships</hl2><hl2 id='originalHeadline'>Old</hl2></hedline><byline>By<person>ADA BRANDT</person><byttl>Writer</byttl></byline>"
	    "<dateline><location><city>Bay</city>, <state>N.</state></location> <story.date norm='1'>20261124T08</story.date></dateline></body.head>"
	    "<body.content>", "<p>It rose.</p>", "</body.content><body.end><tagline>X helped.</tagline></body.end></body></nitf>");
	ck_assert(read_file(&reader_nitf, note_all));
	ck_assert_str_eq(out.s, "slug: port|headline: Port|subhead: Two ships|byline: By ADA BRANDT Writer|dateline: Bay, N.|"
	    "paragraph: It rose.|signoff: X helped.|published: 1|located: Bay|headline: Port|byline: By ADA BRANDT Writer|dateline: Bay, N.|");
	set_file("<nitf><head><title>Port</title></head><body><body.content>", "<p>It rose.</p>", NITF_END);
	ck_assert(read_file(&reader_nitf, note_all));
	ck_assert_str_eq(out.s, "headline: Port|paragraph: It rose.|headline: Port|");
}
END_TEST

/* An embargo without an end is there, without a value, where it stands. */
START_TEST(empty_embargo)
{
	const struct field *f;

	set_file("<newsItem><itemMeta><embargoed/></itemMeta><contentMeta><headline>Port</headline></contentMeta>", "", "</newsItem>");
	ck_assert(read_file(&reader_newsml_g2, note_all));
	f = article_find_field(&article, FIELD_EMBARGOED);
	ck_assert_ptr_nonnull(f);
	ck_assert_uint_eq(range_len(f->at), 0);
	ck_assert_uint_eq(source_span(&src, text_extent(&article.text, f->at)).a, strstr(file.s, "</itemMeta>") - file.s);
	set_file("<nitf><head><docdata management-status='Embargoed'><date.release norm='2026'/></docdata></head><body><body.content>", "<p>It rose.</p>", NITF_END);
	ck_assert(read_file(&reader_nitf, note_all));
	ck_assert_str_eq(out.s, "paragraph: It rose.|pub-status: Embargoed|embargoed: 2026|");
}
END_TEST

START_TEST(messages)
{
	set_file("<newsMessage><itemSet><packageItem guid='p'/><newsItem guid='a'><contentMeta><headline>One</headline></contentMeta></newsItem>"
	    "<conceptItem guid='c'/><newsItem guid='b'><contentMeta><description role='x:caption'>Two</description><creditline>Me</creditline>"
	    "</contentMeta></newsItem><newsItem><itemMeta><itemClass qcode='n:picture'/></itemMeta></newsItem>", "", "</itemSet></newsMessage>");
	ck_assert(read_file(&reader_newsml_g2, note_all));
	ck_assert_uint_eq(items, 2);
	ck_assert_uint_eq(skipped, 3);
	ck_assert_str_eq(out.s, "(p: a package of links to other items, no story)[a] headline: One|headline: One|(c: a concept, no story)"
	    "[b] caption: Two|credit: Me|creditline: Me|(5: a picture without headline or caption, no story)");
	ck_assert_uint_eq(article.whole.z, UINT32_MAX);
	set_file("<planningItem/>", "", "");
	ck_assert(!read_file(&reader_newsml_g2, note_all));
	ck_assert_str_eq(in.refusal, "a plan of coverage, no story");
	set_file("<newsMessage><itemSet/></newsMessage>", "", "");
	ck_assert(!read_file(&reader_newsml_g2, note_all));
	ck_assert_str_eq(in.refusal, "a message without any item");
	set_file("<NewsML><NewsItem/></NewsML>", "", "");
	ck_assert(!read_file(&reader_newsml, note_all));
	ck_assert_str_eq(in.refusal, "a news item without any text, no story");
	set_file("<nitf><body/></nitf>", "", "");
	ck_assert(!read_file(&reader_nitf, note_all));
	ck_assert_str_eq(in.refusal, "an NITF file without any text");
}
END_TEST

/* What is cut off or torn is read all the same, and a remark says so. */
START_TEST(damage)
{
	set_file(NITF, "<p>It rose.</p><p>It <b>fell</p><p>Xfault & that was it.", "");
	ck_assert(read_file(&reader_nitf, note_faults));
	ck_assert_str_eq(out.s, fault_at("paragraph", "Xfault"));
	ck_assert_uint_eq(article.nblocks, 4);
	ck_assert_uint_eq(src.remarked[REMARK_DAMAGED].n, 1);
}
END_TEST

Suite *
unit_read_xml(void)
{
	Suite *s = suite_create("read_xml");
	TCase *c = tcase_create("read_xml");

	tcase_add_checked_fixture(c, reading_setup, reading_teardown);
	tcase_add_test(c, places_in_nitf);
	tcase_add_test(c, places_in_attributes);
	tcase_add_test(c, places_in_second_layers);
	tcase_add_test(c, nitf_in_newsml_g2);
	tcase_add_test(c, far_down);
	tcase_add_test(c, latin_1);
	tcase_add_test(c, heads_of_nitf);
	tcase_add_test(c, empty_embargo);
	tcase_add_test(c, messages);
	tcase_add_test(c, damage);
	suite_add_tcase(s, c);
	return s;
}
