/* The readers of RSS and Atom: each text at exactly its bytes, through both layers of references; what belongs to which item. */
#include "unit.h"

#include "reading.h"

#include <string.h>

/* The article of a file that is one entry by itself has no name. */
static void
note_entry(struct intake *i)
{
	if (article.item == NULL)
		buf_puts(&out, "[-] ");
	note_blocks(i);
}

static void
note_fields(struct intake *i)
{
	(void)i;
	items++;
	buf_printf(&out, "[%s] ", article.item != NULL ? article.item : "-");
	for (size_t k = 0; k < article.nfields; k++)
		note_text(field_name_str(article.fields[k].name), article.fields[k].at);
}

static bool
read_feed(void (*item)(struct intake *), const char *head, const char *s, const char *foot)
{
	const struct reader *r;

	buf_clear(&file);
	buf_puts(&file, head);
	buf_puts(&file, s);
	buf_puts(&file, foot);
	r = reading_load("feed.xml", file.s, file.n, item);
	ck_assert(r == &reader_rss || r == &reader_atom);
	return r->read(&src, &in);
}

#define RSS "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:dc='http://purl.org/dc/elements/1.1/' " \
	"xmlns:media='http://search.yahoo.com/mrss/' xmlns:wp='http://wordpress.org/export/1.2/'><channel>"
#define RSS_END "</channel></rss>"
#define ATOM "<feed xmlns='http://www.w3.org/2005/Atom'>"
#define ATOM_END "</feed>"

/* Read from that feed, the word stands in `kind` and where `what` stands first. */
static void
fault(const char *head, const char *s, const char *foot, const char *kind, const char *what)
{
	ck_assert_msg(read_feed(note_faults, head, s, foot), "%s", s);
	ck_assert_str_eq(out.s, fault_at(kind, what));
}

static void
rss_fault(const char *s, const char *kind, const char *what)
{
	fault(RSS "<item>", s, "</item>" RSS_END, kind, what);
}

static void
atom_fault(const char *s, const char *kind, const char *what)
{
	fault(ATOM "<entry>", s, "</entry>" ATOM_END, kind, what);
}

static const char *
rss_blocks(const char *s)
{
	ck_assert_msg(read_feed(note_entry, RSS "<item>", s, "</item>" RSS_END), "%s", s);
	return out.s;
}

static const char *
atom_blocks(const char *s)
{
	ck_assert_msg(read_feed(note_entry, ATOM "<entry>", s, "</entry>" ATOM_END), "%s", s);
	return out.s;
}

START_TEST(places_in_rss)
{
	/* escaped HTML: as it is, with inline markup in it, with references of the outer layer, of the inner, of both */
	rss_fault("<description>&lt;p&gt;It, Xfault, rose.&lt;/p&gt;</description>", "paragraph", "Xfault");
	rss_fault("<description>&lt;p&gt;&amp;eacute; Xfa&lt;b&gt;ul&lt;/b&gt;t&lt;/p&gt;</description>", "paragraph", "Xfa&lt;b&gt;ul&lt;/b&gt;t");
	rss_fault("<description>&lt;p&gt;X&#102;ault&lt;/p&gt;</description>", "paragraph", "X&#102;ault");
	rss_fault("<description>&lt;p&gt;X&amp;#102;ault&lt;/p&gt;</description>", "paragraph", "X&amp;#102;ault");
	rss_fault("<description>&lt;p&gt;X&#38;#10&#50;;ault&lt;/p&gt;</description>", "paragraph", "X&#38;#10&#50;;ault");
	rss_fault("<description>No markup &amp;mdash; X&amp;#102;ault</description>", "paragraph", "X&amp;#102;ault");
	/* CDATA: one layer; in pieces */
	rss_fault("<content:encoded><![CDATA[<p>&eacute; X&#102;ault</p>]]></content:encoded>", "paragraph", "X&#102;ault");
	rss_fault("<content:encoded><![CDATA[<p>é Xfa]]><![CDATA[ult</p>]]></content:encoded>", "paragraph", "Xfa]]><![CDATA[ult");
	rss_fault("<content:encoded>&lt;p&gt;<![CDATA[Xfault]]>&lt;/p&gt;</content:encoded>", "paragraph", "Xfault");
	rss_fault("<title>A</title><content:encoded><![CDATA[<ul><li>Xfault</li></ul>]]></content:encoded>", "list-item", "Xfault");
	/* without escaping, as it should not be */
	rss_fault("<description><p>It <b>Xfau</b>lt</p></description>", "paragraph", "Xfau</b>lt");
	/* attributes */
	rss_fault("<title>A</title><source url='x?a=1&amp;X&#102;ault'/>", "link", "X&#102;ault");
	rss_fault("<title>A</title><enclosure url='http://example.org/é/Xfault.jpg' type='image/jpeg'/>", "image", "Xfault");
	rss_fault("<title>A</title><media:content url='Xfault.jpg'/>", "image", "Xfault");
	/* a headline is both */
	ck_assert(read_feed(note_faults, RSS "<item>", "<title>&lt;i&gt;X&amp;#102;ault&lt;/i&gt;</title>", "</item>" RSS_END));
	ck_assert_str_eq(out.s, "headline X&amp;#102;ault @239|headline X&amp;#102;ault @239|");
	ck_assert_mem_eq(file.s + 239, "X&amp;#102;ault", 15);
}
END_TEST

START_TEST(places_in_atom)
{
	atom_fault("<content type='html'>&lt;p&gt;X&amp;#102;ault&lt;/p&gt;</content>", "paragraph", "X&amp;#102;ault");
	atom_fault("<content type='text/html; charset=utf-8'>&lt;p&gt;Xfault&lt;/p&gt;</content>", "paragraph", "Xfault");
	atom_fault("<content type='html'><![CDATA[<p>X&#102;ault</p>]]></content>", "paragraph", "X&#102;ault");
	atom_fault("<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>It &amp; Xfa<b>ul</b>t</p></div></content>", "paragraph", "Xfa<b>ul</b>t");
	atom_fault("<content type='xhtml'><x:div xmlns:x='http://www.w3.org/1999/xhtml'><x:h2>X&#102;ault</x:h2></x:div></content>", "crosshead",
	    "X&#102;ault");
	/* plain text: its references are of one layer, its tags are text */
	atom_fault("<content>It rose.\n\nIt fell &lt;b&gt;X&#102;ault</content>", "paragraph", "X&#102;ault");
	atom_fault("<content type='text'>&amp;#102; Xfault</content>", "paragraph", "Xfault");
	atom_fault("<title>A</title><link rel='via' href='X&#102;ault'/>", "link", "X&#102;ault");
	atom_fault("<title>A</title><content src='Xfault'/>", "link", "Xfault");
	ck_assert_str_eq(atom_blocks("<content type='text'>A &lt;b&gt; &amp;amp; B</content>"), "[1] paragraph: A <b> &amp; B|");
}
END_TEST

/* What stands in the file for the blank of a text "a b", and as what. */
static void
blank_is(const char *s, const char *want)
{
	const struct seg *seg;
	struct buf got;

	ck_assert_msg(read_feed(note_entry, RSS "<item>", s, "</item>" RSS_END), "%s", s);
	ck_assert_uint_eq(article.blocks[0].at.z - article.blocks[0].at.a, 3);
	seg = &article.text.segs[text_seg_at(&article.text, article.blocks[0].at.a + 1)];
	buf_init(&got);
	buf_printf(&got, "%s ", seg_kind_name(seg->kind));
	buf_add(&got, file.s + seg->src, seg->src_len);
	buf_putc(&got, '|');
	ck_assert_str_eq(got.s, want);
	buf_release(&got);
}

/* A blank stands over white space or a tag that are such in the file itself, or is the one reference that stands for it. */
START_TEST(blanks)
{
	blank_is("<title>a b</title>", "verbatim a b|");
	blank_is("<title>a \n b</title>", "break  \n |");
	blank_is("<title>a&#10;b</title>", "entity &#10;|");
	blank_is("<title>a&amp;#10;b</title>", "entity &amp;#10;|");
	blank_is("<title>a&#13;\nb</title>", "break \n|");
	blank_is("<title>a &#13;&#10;b</title>", "break  |");
	blank_is("<title>a<br/>b</title>", "break <br/>|");
	blank_is("<title><![CDATA[a<br>b]]></title>", "break <br>|");
	blank_is("<title>a&lt;br /&gt;b</title>", "break |");
	blank_is("<title>a&lt;br> b</title>", "break |");
}
END_TEST

/* Names that several vocabularies have in common, prefixes that were never declared, vocabularies without a prefix or with another. */
START_TEST(vocabularies)
{
	static const char want[] = "[1] headline: Port reopens|paragraph: It rose.|";

	ck_assert_str_eq(rss_blocks("<media:title>No</media:title><title>Port reopens</title><itunes:title>No</itunes:title>"
	    "<description>It rose.</description><itunes:summary>No</itunes:summary>"), want);
	ck_assert_uint_eq(src.remarked[REMARK_DAMAGED].n, 0);
	ck_assert_str_eq(rss_blocks("<title xmlns='http://search.yahoo.com/mrss/'>No</title><title>Port reopens</title>"
	    "<encoded xmlns='http://purl.org/rss/1.0/modules/content/'>&lt;p&gt;It rose.&lt;/p&gt;</encoded>"), want);
	ck_assert_str_eq(rss_blocks("<title>Port reopens</title><c:encoded xmlns:c='http://purl.org/rss/1.0/modules/content/'>It rose.</c:encoded>"), want);
	ck_assert_str_eq(rss_blocks("<title>Port reopens</title><body xmlns='http://www.w3.org/1999/xhtml'><p>It rose.</p></body>"), want);
	ck_assert_str_eq(rss_blocks("<title>Port reopens</title><a10:content xmlns:a10='http://www.w3.org/2005/Atom' type='text'>It rose.</a10:content>"), want);
	/* no declarations at all */
	ck_assert(read_feed(note_entry, "<rss><channel><item>", "<media:title>No</media:title><title>Port reopens</title>"
	    "<content:encoded><![CDATA[<p>It rose.</p>]]></content:encoded><dc:creator>Ada Brandt</dc:creator>", "</item></channel></rss>"));
	ck_assert_str_eq(out.s, "[1] headline: Port reopens|byline: Ada Brandt|paragraph: It rose.|");
	/* behind damage there are no names of vocabularies */
	ck_assert_str_eq(rss_blocks("<link>x?a=1&b=2</link><media:title>No</media:title><title>Port reopens</title>"
	    "<content:encoded><![CDATA[<p>It rose.</p>]]></content:encoded>"), want);
	ck_assert_uint_eq(src.remarked[REMARK_DAMAGED].n, 1);
	/* all with a prefix */
	ck_assert(read_feed(note_entry, "<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:rss='http://purl.org/rss/1.0/'>"
	    "<rss:channel r:about='c'><rss:title>Coast News</rss:title></rss:channel><rss:item r:about='tag:1'>",
	    "<rss:title>Port reopens</rss:title><rss:description>It rose.</rss:description>", "</rss:item></r:RDF>"));
	ck_assert_str_eq(out.s, "[tag:1] headline: Port reopens|paragraph: It rose.|");
	ck_assert(read_feed(note_entry, "<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:entry>",
	    "<a:title>Port reopens</a:title><a:content>It rose.</a:content>", "</a:entry></a:feed>"));
	ck_assert_str_eq(out.s, want);
}
END_TEST

START_TEST(entities)
{
	ck_assert_str_eq(rss_blocks("<title>M&uuml;hle&nbsp;&mdash; zu</title>"), "[1] headline: M\u00fchle\u00a0\u2014 zu|");
	ck_assert_uint_eq(src.remarked[REMARK_DAMAGED].n, 1);
	ck_assert(read_feed(note_entry, "<!DOCTYPE rss [<!ENTITY a 'no'><!ENTITY b SYSTEM '/etc/passwd'>]>" RSS "<item>",
	    "<title>A &a; b &b; c</title>", "</item>" RSS_END));
	ck_assert(memmem(out.s, out.n, "root:", 5) == NULL);
}
END_TEST

/* Which text is the story, and which its standfirst. */
START_TEST(story)
{
	ck_assert_str_eq(rss_blocks("<description>In short.</description><content:encoded>At length.</content:encoded>"),
	    "[1] standfirst: In short.|paragraph: At length.|");
	ck_assert_str_eq(rss_blocks("<content:encoded>&lt;img src='x'&gt;</content:encoded><description>In short.</description>"),
	    "[1] paragraph: In short.|");
	ck_assert_str_eq(rss_blocks("<description>Twelve ships wait in the bay, its office said.</description><content:encoded>More ...</content:encoded>"),
	    "[1] standfirst: More ...|paragraph: Twelve ships wait in the bay, its office said.|");
	ck_assert_str_eq(rss_blocks("<description>Said twice.</description><content:encoded>Said twice.</content:encoded>"),
	    "[1] standfirst: Said twice.|paragraph: Said twice.|");
	ck_assert_str_eq(atom_blocks("<summary>In short.</summary><content type='html'>&lt;p&gt;At length.</content>"),
	    "[1] standfirst: In short.|paragraph: At length.|");
	ck_assert_str_eq(atom_blocks("<summary>In short.</summary><content src='x'/>"), "[1] paragraph: In short.|");
	ck_assert_str_eq(atom_blocks("<summary>In short.</summary><content mode='base64'>SW4gc2hvcnQu</content>"), "[1] paragraph: In short.|");
}
END_TEST

START_TEST(people)
{
	ck_assert_str_eq(rss_blocks("<author>jane@example.org (Jane Doe)</author>"), "[1] byline: Jane Doe|");
	ck_assert_str_eq(rss_blocks("<author><![CDATA[jane@example.org (Jane & Jo)]]></author>"), "[1] byline: Jane & Jo|");
	ck_assert_str_eq(rss_blocks("<author>Jane Doe (jane@example.org)</author>"), "[1] byline: Jane Doe|");
	ck_assert_str_eq(rss_blocks("<author>Jane Doe &lt;jane@example.org&gt;</author>"), "[1] byline: Jane Doe|");
	ck_assert_str_eq(rss_blocks("<author>jane@example.org</author>"), "[1] byline: jane@example.org|");
	ck_assert_str_eq(rss_blocks("<author>Jane Doe (Coast News)</author>"), "[1] byline: Jane Doe (Coast News)|");
	ck_assert_str_eq(rss_blocks("<author>a@example.org (Jane Doe)</author><dc:creator>Jane Doe</dc:creator><dc:creator>Jo Roe</dc:creator>"),
	    "[1] byline: Jane Doe|byline: Jo Roe|");
	ck_assert_str_eq(rss_blocks("<a:author xmlns:a='http://www.w3.org/2005/Atom'><a:name>Jane Doe</a:name><a:uri>x</a:uri></a:author>"),
	    "[1] byline: Jane Doe|");
	ck_assert_str_eq(atom_blocks("<author><name>Jane Doe</name><email>jane@example.org</email></author>"), "[1] byline: Jane Doe|");
	ck_assert_str_eq(atom_blocks("<author><email>jane@example.org</email><uri>x</uri></author>"), "[1] byline: jane@example.org|");
	/* the entry's, else those of its source, else the feed's */
	ck_assert(read_feed(note_entry, ATOM "<author><name>Desk</name></author>", "<entry><author><name>Ada</name></author></entry>"
	    "<entry><source><author><name>Wire</name></author></source><contributor><name>Mia</name></contributor></entry>"
	    "<entry><contributor><name>Lea</name></contributor></entry>", ATOM_END));
	ck_assert_str_eq(out.s, "[1] byline: Ada|[2] byline: Wire|byline: Mia|[3] byline: Desk|byline: Lea|");
}
END_TEST

START_TEST(pictures)
{
	ck_assert_str_eq(rss_blocks("<title>A</title><media:group><media:credit>Lea Holm</media:credit><media:content url='1.jpg'><media:title>A tug</media:title>"
	    "</media:content><media:content url='2.jpg'><media:title>A tug</media:title></media:content></media:group>"),
	    "[1] headline: A|caption: A tug|credit: Lea Holm|");
	ck_assert_uint_eq(article.blocks[1].paragraph, article.blocks[2].paragraph);
	ck_assert_uint_ne(article.blocks[0].paragraph, article.blocks[1].paragraph);
	ck_assert_str_eq(rss_blocks("<title>A</title><media:content><media:title>A</media:title></media:content><media:credit>Lea</media:credit>"),
	    "[1] headline: A|credit: Lea|");
	ck_assert_uint_ne(article.blocks[0].paragraph, article.blocks[1].paragraph);
	ck_assert(read_feed(note_fields, RSS "<item>", "<title>A</title><enclosure url='1.mp3' type='audio/mpeg'/><media:content url='2.mp4' medium='video'/>"
	    "<media:content url='3.jpg' medium='image'/><media:thumbnail url='4.jpg'/>", "</item>" RSS_END));
	ck_assert_str_eq(out.s, "[1] headline: A|image: 3.jpg|image: 4.jpg|");
}
END_TEST

/* What the channel says is a field of each item, at the same bytes. */
START_TEST(channel)
{
	ck_assert(read_feed(note_fields, RSS "<title>Coast News</title><link>x</link><language>en-GB</language><copyright>Coast</copyright>",
	    "<item><guid>tag:1</guid><title>A</title></item><item><title>B</title><dc:rights>Wire</dc:rights></item>", RSS_END));
	ck_assert_str_eq(out.s, "[tag:1] language: en-GB|provider: Coast News|copyright-notice: Coast|headline: A|"
	    "[2] language: en-GB|provider: Coast News|copyright-notice: Wire|copyright-notice: Coast|headline: B|");
	ck_assert(read_feed(note_fields, "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='de'><title>Coast</title><rights>C</rights>",
	    "<entry><title>A</title><content xml:lang='fr'>x</content><updated>2026-11-24</updated></entry>"
	    "<entry><title>B</title><published>2026-11-23</published><updated>2026-11-24</updated><source><title>Wire</title></source></entry>", ATOM_END));
	ck_assert_str_eq(out.s, "[1] language: fr|provider: Coast|published: 2026-11-24|version: 2026-11-24|copyright-notice: C|headline: A|"
	    "[2] language: de|provider: Coast|source: Wire|published: 2026-11-23|version: 2026-11-24|copyright-notice: C|headline: B|");
	/* a file of one entry has no items */
	ck_assert(read_feed(note_entry, "<entry xmlns='http://www.w3.org/2005/Atom'>", "<id>tag:1</id><title>A</title>", "</entry>"));
	ck_assert_str_eq(out.s, "[-] headline: A|");
}
END_TEST

START_TEST(items_without_text)
{
	ck_assert(read_feed(note_entry, RSS, "<item><guid>a</guid></item><item><title>A</title></item><item><title> </title></item>", RSS_END));
	ck_assert_str_eq(out.s, "(a: an item without any text)[2] headline: A|(3: an item without any text)");
	ck_assert(!read_feed(note_entry, RSS, "<title>Coast News</title>", RSS_END));
	ck_assert_str_eq(in.refusal, "a feed without items");
	ck_assert(!read_feed(note_entry, RSS, "<item/>", RSS_END));
	ck_assert_str_eq(in.refusal, "a feed whose items hold no text");
	ck_assert(!read_feed(note_entry, ATOM, "<title>Coast News</title>", ATOM_END));
	ck_assert_str_eq(in.refusal, "a feed without entries");
	ck_assert(!read_feed(note_entry, ATOM, "<entry><id>1</id></entry>", ATOM_END));
	ck_assert_str_eq(in.refusal, "a feed whose entries hold no text");
}
END_TEST

/* The end of an item was lost: what follows is an item of its own all the same, and none is read twice. */
START_TEST(damage)
{
	ck_assert(read_feed(note_entry, RSS, "<item><title>A</title><description>One.</description><item><title>B</title>"
	    "<description>Two.</description></item><item><title>C</title></item>", RSS_END));
	ck_assert_str_eq(out.s, "[1] headline: A|paragraph: One.|[2] headline: B|paragraph: Two.|[3] headline: C|");
	ck_assert_uint_eq(src.remarked[REMARK_DAMAGED].n, 1);
	ck_assert(read_feed(note_entry, RSS, "<item><title>A</title><description>One.<item><title>B</title></item>", ""));
	ck_assert_str_eq(out.s, "[1] headline: A|paragraph: One.|[2] headline: B|");
	ck_assert(read_feed(note_entry, ATOM, "<entry><title>A</title><content>One.</content>", ""));
	ck_assert_str_eq(out.s, "[1] headline: A|paragraph: One.|");
}
END_TEST

START_TEST(wordpress)
{
#define POST(s) "<content:encoded><![CDATA[" s "]]></content:encoded><wp:post_type>post</wp:post_type>"
	ck_assert_str_eq(rss_blocks(POST("One\ntwo <b>three</b>.\n\n<em>Four.\n \nFive.</em>\n<h2>Six</h2>\nSeven.")),
	    "[1] paragraph: One two three.|paragraph: Four.|paragraph: Five.|crosshead: Six|paragraph: Seven.|");
	ck_assert_str_eq(rss_blocks(POST("[dropcap]T[/dropcap]he port [sic], [the mayor] said.\n\n[caption id=\"a\" width=\"3\"]<img src='x'/> A tug[/caption]\n\n"
	    "[gallery ids=\"1,2\"]\n\n[my_form]Out.")), "[1] paragraph: The port [sic], [the mayor] said.|caption: A tug|paragraph: Out.|");
	ck_assert_str_eq(rss_blocks(POST("[caption")), "[1] paragraph: [caption|");
	ck_assert_str_eq(rss_blocks(POST("[/caption] [ [] [/] [x=")), "[1] paragraph: [ [] [/] [x=|");
	rss_fault(POST("[caption width=\"3\"]<img src='x'/> \u00e9 X&#102;ault[/caption]"), "caption", "X&#102;ault");
	rss_fault(POST("<b>A</b> Xfa[x]ul[/x]t"), "paragraph", "Xfa[x]ul[/x]t");
	/* in a feed blank lines are nothing, and brackets are text */
	ck_assert_str_eq(rss_blocks("<content:encoded>&lt;b&gt;One&lt;/b&gt;\n\ntwo [x a=b]</content:encoded>"), "[1] paragraph: One two [x a=b]|");
	ck_assert(read_feed(note_entry, RSS, "<item><wp:post_type>attachment</wp:post_type><title>A</title></item><item><wp:post_type>page</wp:post_type>"
	    "<title>B</title></item><item><wp:post_type>post</wp:post_type><wp:status><![CDATA[ draft ]]></wp:status><title>C</title></item>"
	    "<item><wp:post_type>post</wp:post_type><wp:status>trash</wp:status><title>D</title></item>"
	    "<item><wp:post_type>story</wp:post_type><wp:status>future</wp:status><title>E</title></item>", RSS_END));
	ck_assert_str_eq(out.s, "(1: an attachment, no story)(2: a page of the site, no story)[3] headline: C|(4: a story thrown away)[5] headline: E|");
	ck_assert(!read_feed(note_entry, RSS, "<item><wp:post_type>page</wp:post_type><title>B</title></item>", RSS_END));
	ck_assert_str_eq(in.refusal, "an export without stories");
}
END_TEST

/* A hundred thousand items, and a channel that has much to say of itself. */
START_TEST(many)
{
	struct buf s;

	buf_init(&s);
	buf_puts(&s, "<title>");
	for (size_t i = 0; i < 100000; i++)
		buf_puts(&s, "Coast News ");
	buf_puts(&s, "</title>");
	for (size_t i = 0; i < 100000; i++)
		buf_puts(&s, "<item><title>A</title></item>");
	ck_assert(read_feed(note_faults, RSS, s.s, RSS_END));
	ck_assert_uint_eq(items, 100000);
	ck_assert_uint_eq(article.nfields, 1);
	buf_release(&s);
}
END_TEST

Suite *
unit_read_feeds(void)
{
	Suite *s = suite_create("read_feeds");
	TCase *c = tcase_create("read_feeds");

	tcase_add_checked_fixture(c, reading_setup, reading_teardown);
	tcase_add_test(c, places_in_rss);
	tcase_add_test(c, places_in_atom);
	tcase_add_test(c, blanks);
	tcase_add_test(c, vocabularies);
	tcase_add_test(c, entities);
	tcase_add_test(c, story);
	tcase_add_test(c, people);
	tcase_add_test(c, pictures);
	tcase_add_test(c, channel);
	tcase_add_test(c, items_without_text);
	tcase_add_test(c, damage);
	tcase_add_test(c, wordpress);
	tcase_add_test(c, many);
	suite_add_tcase(s, c);
	return s;
}
