/* Trees of markup, references, and blocks made of them: each with its exact bytes. */
#include "unit.h"

#include "read/body.h"
#include "util/buf.h"
#include "util/entity.h"

#include <stdlib.h>
#include <string.h>

static struct arena arena;
static struct buf out;

static void
setup(void)
{
	arena_init(&arena);
	buf_init(&out);
}

static void
teardown(void)
{
	arena_release(&arena);
	buf_release(&out);
}

/* p("One" b("two")): text as it stands. */
static void
draw(const char *s, const struct dom *el)
{
	for (const struct dom *d = el->first; d != NULL; d = d->next) {
		if (d != el->first)
			buf_putc(&out, ' ');
		if (d->kind == DOM_ELEMENT) {
			ck_assert(s[d->at] == '<');
			ck_assert(d->at < d->in && d->in <= d->out && d->out <= d->end);
			buf_puts(&out, d->name);
			buf_putc(&out, '(');
			draw(s, d);
			buf_putc(&out, ')');
		} else {
			buf_puts(&out, d->kind == DOM_TEXT ? "'" : d->kind == DOM_CDATA ? "[" : "!'");
			buf_add(&out, s + d->at, d->end - d->at);
			buf_puts(&out, d->kind == DOM_CDATA ? "]" : "'");
		}
	}
}

static const char *
html(const char *s)
{
	buf_clear(&out);
	draw(s, dom_html(&arena, s, strlen(s)));
	return out.s;
}

static const char *
xml(const char *s, struct xml_error *damage)
{
	buf_clear(&out);
	draw(s, dom_xml(&arena, s, strlen(s), damage));
	return out.s;
}

START_TEST(implied_ends)
{
	ck_assert_str_eq(html("<p>One<p>Two"), "p('One') p('Two')");
	ck_assert_str_eq(html("<P CLASS=a>One<DIV>Two</DIV>three"), "p('One') div('Two') 'three'");
	ck_assert_str_eq(html("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>"), "ul(li('a') li('b' ul(li('c'))) li('d'))");
	ck_assert_str_eq(html("<dl><dt>a<dd>b<dt>c</dl>"), "dl(dt('a') dd('b') dt('c'))");
	ck_assert_str_eq(html("<table><tr><td>a<td>b<tr><td>c</table>d"), "table(tr(td('a') td('b')) tr(td('c'))) 'd'");
	ck_assert_str_eq(html("<table><tr><td><table><tr><td>a</table>b<td>c</table>"),
	    "table(tr(td(table(tr(td('a'))) 'b') td('c')))");
	ck_assert_str_eq(html("<head><title>a</title><p>b"), "head(title('a')) p('b')");
	ck_assert_str_eq(html("a<br>b<br/>c<img src=x>"), "'a' br() 'b' br() 'c' img()");
}
END_TEST

START_TEST(wrong_order)
{
	ck_assert_str_eq(html("<b><p>One</b> two</p>three</b>"), "b(p('One' ' two') 'three')");
	ck_assert_str_eq(html("<div><p>One</div>two"), "div(p('One')) 'two'");
	ck_assert_str_eq(html("<table><tr><td>a</div>b</td></tr></table>"), "table(tr(td('a' 'b')))");
	ck_assert_str_eq(html("</p>a</div>b"), "'a' 'b'");
	ck_assert_str_eq(html("<i>a<b>b</i>c</b>"), "i('a' b('b')) 'c'");
}
END_TEST

START_TEST(what_is_no_tag)
{
	ck_assert_str_eq(html("a < b <3 </ c"), "'a < b <3 </ c'");
	ck_assert_str_eq(html("<!-- a <b> -->c<!doctype html>d<?php e ?>f"), "!' a <b> ' 'c' 'd' 'f'");
	ck_assert_str_eq(html("a<!-- never > ends"), "'a' ' ends'");
	ck_assert_str_eq(html("<script>if (a < b) '</p>'</script>c"), "script([if (a < b) '</p>']) 'c'");
	ck_assert_str_eq(html("<title>a <b> c</title>"), "title('a <b> c')");
	ck_assert_str_eq(html("<a href=\"x>y</a>z"), "a('y') 'z'");
	ck_assert_str_eq(html(""), "");
	ck_assert_str_eq(html("<"), "'<'");
	ck_assert_str_eq(html("<p"), "p()");
}
END_TEST

START_TEST(attributes)
{
	const char *s = "<a HREF='x&amp;y' class=\"b  c\" data-x=1 hidden title=\"A&ouml;\n\">";
	const struct dom *a = dom_find(dom_html(&arena, s, strlen(s)), "a");
	const struct xml_attr *href = dom_attr(a, "href");

	ck_assert_uint_eq(a->nattrs, 5);
	ck_assert(href->n == 3 && memcmp(href->value, "x&y", 3) == 0);
	ck_assert_uint_eq(href->at, 9);
	ck_assert_uint_eq(href->end, 16);
	ck_assert(dom_attr_is(a, "data-x", "1"));
	ck_assert(dom_attr(a, "hidden") != NULL && dom_attr(a, "hidden")->n == 0);
	ck_assert(dom_attr_is(a, "title", "A\xC3\xB6 "));
	ck_assert(body_has_word(a, "class", "a c"));
	ck_assert(!body_has_word(a, "class", "a d"));
}
END_TEST

START_TEST(damaged_xml)
{
	struct xml_error damage;

	ck_assert_str_eq(xml("<a><b>x</b><c/>y<![CDATA[z]]></a>", &damage), "a(b('x') c() 'y' [z])");
	ck_assert_str_eq(damage.message, "");
	ck_assert_str_eq(xml("<a><b>x</c>y</b><d>z</d></a>", &damage), "a(b('x' 'y') d('z'))");
	ck_assert_uint_eq(damage.at, 7);
	ck_assert_str_ne(damage.message, "");
	ck_assert_str_eq(xml("<a><b>x &nbsp;y</b>z", &damage), "a(b('x &nbsp;y') 'z')");
	ck_assert_uint_eq(damage.at, 8);
	ck_assert_str_eq(xml("<m:a><m:b>x</m:b>&</m:a>", &damage), "a(b('x') '&')");
	ck_assert_str_eq(xml("<a>x", &damage), "a('x')");
	ck_assert_str_eq(xml("junk<a>x</a>", &damage), "'junk' a('x')");
	ck_assert_uint_eq(damage.at, 0);
}
END_TEST

START_TEST(depth)
{
	enum { DEEP = 100000 };
	char *s = malloc(DEEP * 3 + 10);
	struct xml_error damage;
	const struct dom *d, *root;
	unsigned found = 0;

	for (size_t i = 0; i < DEEP; i++)
		memcpy(s + 3 * i, "<b>", 3);
	memcpy(s + 3 * DEEP, "deep", 4);
	for (int k = 0; k < 2; k++) {
		root = k == 0 ? dom_html(&arena, s, DEEP * 3 + 4) : dom_xml(&arena, s, DEEP * 3 + 4, &damage);
		for (d = root; d != NULL; d = dom_next(root, d))
			found += d->kind == DOM_TEXT && d->end - d->at == 4;
	}
	ck_assert_uint_eq(found, 2);
	ck_assert_str_ne(damage.message, "");
	free(s);
}
END_TEST

START_TEST(references)
{
	static const struct { const char *s, *is; size_t n; } t[] = {
		{ "&amp;x", "&", 5 }, { "&amp x", "&", 4 }, { "&mdash;", "\xE2\x80\x94", 7 }, { "&mdash ", NULL, 0 }, { "&copy=1", NULL, 0 },
		{ "&copy 2026", "\xC2\xA9", 5 }, { "&#65;", "A", 5 }, { "&#x41", "A", 5 }, { "&#146;", "\xE2\x80\x99", 6 },
		{ "&#xD800;", "\xEF\xBF\xBD", 8 }, { "&#99999999999;", "\xEF\xBF\xBD", 14 }, { "&#;", NULL, 0 }, { "&;", NULL, 0 }, { "&", NULL, 0 },
		{ "&bogus;", NULL, 0 }, { "&NotEqualTilde;", "\xE2\x89\x82\xCC\xB8", 15 }, { "&apos;", "'", 6 }, { "&#", NULL, 0 },
	};

	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		char c[ENTITY_MOST];
		size_t n = 0, len = entity_at(t[i].s, strlen(t[i].s), c, &n);

		ck_assert_msg(len == t[i].n, "%s: %zu", t[i].s, len);
		if (len != 0)
			ck_assert(n == strlen(t[i].is) && memcmp(c, t[i].is, n) == 0);
	}
}
END_TEST

/* Blocks of a piece of HTML: "kind@source-start text|". */
static const char *
blocks(const char *s)
{
	struct article a;
	struct source src;
	struct flow f;
	struct layer l;

	buf_clear(&out);
	source_init(&src);
	article_init(&a);
	ck_assert_int_eq(source_load_mem(&src, "x", s, strlen(s), NULL), SOURCE_OK);
	article_reset(&a, &src, "html");
	flow_init(&f, &a);
	l = layer_of_source(&src);
	body_html(&f, &l);
	for (size_t i = 0; i < a.nblocks; i++) {
		size_t n;
		const char *t = block_text(&a, &a.blocks[i], &n);

		buf_printf(&out, "%s@%u ", block_kind_name(a.blocks[i].kind), text_extent(&a.text, a.blocks[i].at).a);
		buf_add(&out, t, n);
		buf_putc(&out, '|');
	}
	article_release(&a);
	source_release(&src);
	return out.s;
}

START_TEST(kinds_of_blocks)
{
	ck_assert_str_eq(blocks("<p> AT&amp;T  <b>rose</b>\n&nbsp;</p><h2>Then</h2>fell"),
	    "paragraph@4 AT&T rose|crosshead@40 Then|paragraph@49 fell|");
	ck_assert_str_eq(blocks("<blockquote><p>One</p>Two</blockquote><ul><li>a<p>b</ul>"),
	    "blockquote@15 One|blockquote@22 Two|list-item@46 a|list-item@50 b|");
	ck_assert_str_eq(blocks("<figure><img><figcaption>Ships <span class='credit'>Jane Doe</span></figcaption></figure>"),
	    "caption@25 Ships|credit@52 Jane Doe|");
	ck_assert_str_eq(blocks("<table><tr><td>a</td><td>b</td></tr><tr><th>c</table>d"), "table@15 a b|table@44 c|paragraph@53 d|");
	ck_assert_str_eq(blocks("one<br>line<br><br>two<script>x</script>"), "paragraph@0 one line|paragraph@19 two|");
	ck_assert_str_eq(blocks("<media><media-caption>Ships</media-caption><media-producer>Doe</media-producer></media><bq><block><p>Q</p>"
	    "</block></bq><hl2>H</hl2>"), "caption@22 Ships|credit@59 Doe|blockquote@101 Q|crosshead@124 H|");
	ck_assert_str_eq(blocks("a &amp; b"), "paragraph@0 a & b|");
}
END_TEST

/* Escaped HTML in a layer: both layers of references are one segment. */
START_TEST(layers)
{
	const char *s = "x&lt;p&gt;Rates &amp;mdash; up&lt;/p&gt;";
	struct article a;
	struct source src;
	struct flow f;
	struct text inner;
	struct layer l;
	struct range dash;
	struct extent e;

	source_init(&src);
	article_init(&a);
	text_init(&inner);
	source_load_mem(&src, "x", s, strlen(s), NULL);
	article_reset(&a, &src, "rss");
	flow_init(&f, &a);
	l = layer_of_source(&src);
	layer_decode(&inner, &l, 1, l.n);
	l = layer_of_text(&inner);
	ck_assert_uint_eq(body_html(&f, &l), 1);
	ck_assert(range_len(a.blocks[0].at) == 12 && memcmp(text_at(&a.text, a.blocks[0].at), "Rates \xE2\x80\x94 up", 12) == 0);
	dash = (struct range){ a.blocks[0].at.a + 6, a.blocks[0].at.a + 9 };
	e = text_extent(&a.text, dash);
	ck_assert_uint_eq(e.a, 16);
	ck_assert_uint_eq(e.z, 27);
	ck_assert(a.text.segs[text_seg_at(&a.text, dash.a)].kind == SEG_ENTITY);
	text_release(&inner);
	article_release(&a);
	source_release(&src);
}
END_TEST

Suite *
unit_dom(void)
{
	Suite *s = suite_create("dom");
	TCase *t = tcase_create("dom");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, implied_ends);
	tcase_add_test(t, wrong_order);
	tcase_add_test(t, what_is_no_tag);
	tcase_add_test(t, attributes);
	tcase_add_test(t, damaged_xml);
	tcase_add_test(t, depth);
	tcase_add_test(t, references);
	tcase_add_test(t, kinds_of_blocks);
	tcase_add_test(t, layers);
	suite_add_tcase(s, t);
	return s;
}
