/* The reader of Markdown: what is a block, and where the bytes of each word are. */
#include "unit.h"

#include "facts/facts.h"
#include "reading.h"

#include <string.h>

static void
count_item(struct intake *i)
{
	(void)i;
}

static bool
meaning(const struct intake *i, const char *path, struct key_meaning *m)
{
	(void)i;
	return facts_meaning(path, m);
}

static void
read_it(const char *s)
{
	reading_load("story.md", s, strlen(s), count_item);
	in.meaning = meaning;
	ck_assert_msg(reader_markdown.read(&src, &in), "%s", in.refusal);
}

/* kind:text, each followed by a bar. */
static const char *
blocks_of(const char *s)
{
	read_it(s);
	buf_clear(&out);
	for (size_t i = 0; i < article.nblocks; i++) {
		size_t n;
		const char *t = block_text(&article, &article.blocks[i], &n);

		buf_printf(&out, "%s:%.*s|", block_kind_name(article.blocks[i].kind), (int)n, t);
	}
	return out.s;
}

START_TEST(blocks)
{
	ck_assert_str_eq(blocks_of("# Storm\n\nIt *came*\nat night.\n\n## Damage\n\n> One\n> two\n\n- a\n- b\n\n    c\n\n1. d\n"),
	    "headline:Storm|paragraph:It came at night.|crosshead:Damage|blockquote:One two|list-item:a|list-item:b|list-item:c|list-item:d|");
	ck_assert_uint_eq(article.blocks[2].level, 2);
	ck_assert_str_eq(blocks_of("a | b\n---|---\n1 | *2*\n\n---\n\n```\ncode\n```\n\n    more\n"),
	    "table:a b|table:1 2|separator:---|embed:code|embed:more|");
	ck_assert_str_eq(blocks_of("Head\n---\n\n---\n\nText\n\n* * *\n"), "crosshead:Head|separator:---|paragraph:Text|separator:* * *|");
	ck_assert_str_eq(blocks_of("![alt](a.jpg)\n*The quay.*\n\n![](b.jpg \"A \\\"boat\\\" &amp; crew\")\n\nText\n"),
	    "caption:The quay.|caption:A \"boat\" & crew|paragraph:Text|");
	ck_assert_str_eq(blocks_of("<figure><img src=a><figcaption>A &eacute;</figcaption></figure>\n\nText <!-- no --> here<br>and\\\nthere\n"),
	    "caption:A \xc3\xa9|paragraph:Text here and there|");
	ck_assert_str_eq(blocks_of("Text[^1] [a][b].\n\n[^1]: Note\nmore\n\n[b]: http://x.example\n"), "paragraph:Text a.|paragraph:Note more|");
}
END_TEST

START_TEST(places)
{
	read_it("Tom &amp; *Ann* sail.\n\n> A [long\n> link](http://x.example \"t\") ends\n> here \\*so\\*.\n");
	ck_assert_str_eq(bytes_of("& Ann"), "&amp; *Ann");
	ck_assert_str_eq(bytes_of("&"), "&amp;");
	ck_assert_str_eq(bytes_of("Ann"), "Ann");
	ck_assert_str_eq(bytes_of("Ann s"), "Ann* s");
	ck_assert_str_eq(bytes_of("link"), "link");
	ck_assert_str_eq(bytes_of("long link"), "long\n> link");
	ck_assert_str_eq(bytes_of("g "), "g\n");
	ck_assert_str_eq(bytes_of("ends"), "ends");
	ck_assert_str_eq(bytes_of("s h"), "s\n> h");
	ck_assert_str_eq(bytes_of("so*"), "so\\*");
}
END_TEST

START_TEST(shortcodes)
{
	ck_assert_str_eq(blocks_of("{{< figure src=\"a.jpg\"\n  caption=\"The \\\"old\\\" *quay* &mdash; at night\"\n  attr='Sam' >}}\n\n"
	    "See {{< ref \"x.md\" >}} [this]({{< ref \"y.md\" >}}) now.\n\n{% include photo.html caption='Two' %}\n"),
	    "caption:The \"old\" quay \xe2\x80\x94 at night|credit:Sam|paragraph:See this now.|caption:Two|");
	ck_assert_str_eq(bytes_of("\"old\""), "\\\"old\\\"");
	ck_assert_str_eq(bytes_of("quay"), "quay");
	ck_assert_str_eq(bytes_of("\xe2\x80\x94"), "&mdash;");
	ck_assert_str_eq(bytes_of("Sam"), "Sam");
	ck_assert_str_eq(bytes_of("this now"), "this]({{< ref \"y.md\" >}}) now");
	ck_assert_uint_eq(article.blocks[0].paragraph, article.blocks[1].paragraph);
	ck_assert_str_eq(blocks_of("{% comment %}\nno\n{% endcomment %}\n{{< note >}}Yes{{< /note >}}\n{: .lead}\n\n## Head {#id}\n\nA {{ open\n"),
	    "paragraph:Yes|crosshead:Head|paragraph:A {{ open|");
	/* what is no figure has no captions */
	ck_assert_str_eq(blocks_of("{{< youtube id=\"x\" title=\"No\" >}}\n\nText\n"), "paragraph:Text|");
}
END_TEST

START_TEST(front_matter)
{
	ck_assert_str_eq(blocks_of("---\nhed: \"Storm &amp;\n  *flood*\"\nauthors:\n- Ann Poe\n- name: Max Roe\n"
	    "Photo_Credit: 'Sam''s'\nfeatured-image: {cutline: The quay, path: a.jpg}\nsummary: >\n  One\n  two\ntags: [no]\nsource: ~\n---\n# Sub\n"),
	    "headline:Storm & flood|standfirst:One two|byline:Ann Poe|byline:Max Roe|credit:Sam's|caption:The quay|crosshead:Sub|");
	ck_assert_str_eq(bytes_of("flood"), "flood");
	ck_assert_str_eq(bytes_of("Storm &"), "Storm &amp;");
	ck_assert_str_eq(bytes_of("& f"), "&amp;\n  *f");
	ck_assert_str_eq(bytes_of("One two"), "One\n  two");
	ck_assert_str_eq(bytes_of("m's"), "m''s");
	ck_assert_str_eq(bytes_of("The quay"), "The quay");
	ck_assert_ptr_nonnull(article_find_field(&article, FIELD_IMAGE));
	ck_assert_ptr_null(article_find_field(&article, FIELD_SOURCE));
	ck_assert_str_eq(blocks_of("+++\ntitle = \"Caf\\u00e9 \\\"Sol\\\"\"\n[params]\nsubtitle = '''\nIt's\nover'''\n+++\nText.\n"),
	    "headline:Caf\xc3\xa9 \"Sol\"|subhead:It's over|paragraph:Text.|");
	ck_assert_str_eq(bytes_of("\xc3\xa9"), "\\u00e9");
	ck_assert_str_eq(bytes_of("Sol"), "Sol");
	ck_assert_str_eq(bytes_of("It's over"), "It's\nover");
}
END_TEST

START_TEST(broken_front_matter)
{
	ck_assert_str_eq(blocks_of("---\ntitle: Flood: the bridge\nbyline: \"By Ann\n---\nText.\n"),
	    "headline:Flood: the bridge|byline:By Ann|paragraph:Text.|");
	ck_assert_uint_eq(src.remarks[0].kind, REMARK_DAMAGED);
	ck_assert_str_eq(blocks_of("---\ntitle: Flood\n\nText.\n"), "headline:Flood|paragraph:Text.|");
	ck_assert_str_eq(src.remarks[0].detail, "front matter without an end");
	ck_assert_str_eq(blocks_of("---\n\nIt is text.\n\n---\n"), "separator:---|paragraph:It is text.|separator:---|");
}
END_TEST

static int
sniffed(const char *path, const char *s)
{
	ck_assert_int_eq(source_load_mem(&src, path, s, strlen(s), NULL), SOURCE_OK);
	return strcmp(reader_choose(&src)->name, "markdown") == 0;
}

START_TEST(detection)
{
	ck_assert(sniffed("a.txt", "---\ntitle: A\n---\nText\n"));
	ck_assert(sniffed("a", "+++\ntitle = 'A'\n+++\nText\n"));
	ck_assert(!sniffed("a.txt", "A *star* or\n\n* two\n"));
	ck_assert(sniffed("a.md", "A *star* or\n\n* two\n"));
	ck_assert(sniffed("a.MARKDOWN", "<picture><img></picture>\n\nText\n"));
	ck_assert(!sniffed("a.txt", "---\ntitle: A\n\nText\n"));
	ck_assert(!sniffed("a.md", "{\"uri\": \"x\", \"headline\": \"y\", \"type\": \"text\"}"));
}
END_TEST

Suite *
unit_read_markdown(void)
{
	Suite *s = suite_create("read_markdown");
	TCase *t = tcase_create("read_markdown");

	tcase_add_checked_fixture(t, reading_setup, reading_teardown);
	tcase_add_test(t, blocks);
	tcase_add_test(t, places);
	tcase_add_test(t, shortcodes);
	tcase_add_test(t, front_matter);
	tcase_add_test(t, broken_front_matter);
	tcase_add_test(t, detection);
	suite_add_tcase(s, t);
	return s;
}
