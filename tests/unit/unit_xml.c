/* XML with exact positions. */
#include "unit.h"

#include "frozen/builtin.h"
#include "util/buf.h"
#include "util/xml.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define STRING(s) s, strlen(s)

static struct buf out;
static const char *input;

static void
print(void *arg, const struct xml_event *e)
{
	static const char *const kinds[] = { "start", "end", "text", "entity", "cdata", "comment", "pi" };
	size_t i;

	(void)arg;
	buf_printf(&out, "%s %u-%u", kinds[e->kind], e->at, e->end);
	if (e->name != NULL)
		buf_printf(&out, " %s", e->name);
	if (e->s != NULL)
		buf_printf(&out, " '%.*s'", (int)e->n, e->s);
	for (i = 0; i < e->nattrs; i++)
		buf_printf(&out, " %s='%.*s'@%u-%u", e->attrs[i].name, (int)e->attrs[i].n, e->attrs[i].value, e->attrs[i].at,
		    e->attrs[i].end);
	buf_putc(&out, '\n');
}

static const char *
events(const char *s)
{
	struct xml_error err;

	buf_clear(&out);
	input = s;
	if (!xml_parse(s, strlen(s), print, NULL, &err))
		buf_printf(&out, "error %u: %s\n", err.at, err.message);
	return out.s;
}

START_TEST(test_places)
{
	ck_assert_str_eq(events("<p>AT&amp;T &#8212;<b>x</b></p>"),
	    "start 0-3 p\ntext 3-5 'AT'\nentity 5-10 '&'\ntext 10-12 'T '\nentity 12-19 '\xe2\x80\x94'\n"
	    "start 19-22 b\ntext 22-23 'x'\nend 23-27 b\nend 27-31 p\n");
	ck_assert_str_eq(events("<p><![CDATA[a<b]]]><!-- & < -->\xc3\xa9<?pi x?></p>\n"),
	    "start 0-3 p\ncdata 3-19 'a<b]'\ncomment 19-31 ' & < '\ntext 31-33 '\xc3\xa9'\npi 33-41 'pi x'\nend 41-45 p\n");
	ck_assert_str_eq(events("<a\n  x = '1 &gt; 0'\txmlns:q=\"u\" q:y=\">\"><c/>\xc3\xa9<c z=''/></a>"),
	    "start 0-40 a x='1 > 0'@10-18 y='>'@37-38\nstart 40-44 c\nend 44-44 c\ntext 44-46 '\xc3\xa9'\n"
	    "start 46-55 c z=''@52-52\nend 55-55 c\nend 55-59 a\n");
}
END_TEST

START_TEST(test_prolog)
{
	ck_assert_str_eq(events("<?xml version='1.0' encoding='ISO-8859-1'?>\n<!-- a --><!DOCTYPE a [ <!-- '>' --> <!ELEMENT a ANY> ]>"
	    "\n<a>\xc3\xa9</a>\n<!-- z -->"),
	    "comment 44-54 ' a '\nstart 101-104 a\ntext 104-106 '\xc3\xa9'\nend 106-110 a\ncomment 111-121 ' z '\n");
}
END_TEST

START_TEST(test_mistakes)
{
	static const struct { const char *s, *error; } cases[] = {
		{ "", "error 0: file is empty, expected an XML document\n" },
		{ "hello", "error 0: text, expected an XML start tag\n" },
		{ "<a><b>x</a>", "error 7: end tag '/a', expected '/b' for the start tag on line 1\n" },
		{ "<a>\n<b>x</b>\n", "error 13: file ends inside 'a', which begins on line 1\n" },
		{ "<a>\n<b x=\"1", "error 11: file ends inside 'a', which begins on line 1\n" },
		{ "<a>Smith & Co</a>", "error 9: '&' or '<' that begins nothing, expected '&amp;' or '&lt;'\n" },
		{ "<a>AT&T x</a>", "error 5: '&' or '<' that begins nothing, expected '&amp;' or '&lt;'\n" },
		{ "<a>1 < 2</a>", "error 5: '&' or '<' that begins nothing, expected '&amp;' or '&lt;'\n" },
		{ "<a>x &foo; y</a>", "error 5: entity '&foo;' is none of XML's own (amp, lt, gt, quot, apos)\n" },
		{ "<a x='1' x='2'/>", "error 14: attribute stands twice in one tag\n" },
		{ "<a/><b/>", "error 4: something after the end of the document, expected one outermost element\n" },
	};
	size_t i;

	for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const char *got = events(cases[i].s), *e = strstr(got, "error");

		ck_assert_ptr_nonnull(e);
		ck_assert_str_eq(e, cases[i].error);
	}
	/* what stands before the mistake has been handed out */
	ck_assert_str_eq(events("<a>one <b>two &c; three</b></a>"),
	    "start 0-3 a\ntext 3-7 'one '\nstart 7-10 b\ntext 10-14 'two '\n"
	    "error 14: entity '&c;' is none of XML's own (amp, lt, gt, quot, apos)\n");
}
END_TEST

START_TEST(test_any_cut_is_an_error)
{
	const char *whole = "<?xml version='1.0'?><a x='1'><!-- c --><b>t&amp;<![CDATA[x]]></b><?p q?></a>";
	size_t n;
	struct xml_error err;

	buf_clear(&out);
	for (n = 0; n < strlen(whole); n++) {
		ck_assert(!xml_parse(whole, n, print, NULL, &err));
		ck_assert_uint_le(err.at, n);
		ck_assert_str_ne(err.message, "");
	}
	ck_assert(xml_parse(whole, n, print, NULL, &err));
}
END_TEST

static char *
repeat(const char *s, size_t times)
{
	size_t n = strlen(s), i;
	char *r = malloc(n * times + 1);

	for (i = 0; i < times; i++)
		memcpy(r + n * i, s, n);
	r[n * times] = '\0';
	return r;
}

START_TEST(test_bombs)
{
	struct xml_error err;
	char *deep = repeat("<a>", 100000), *text;
	struct buf b = BUF_INIT;

	buf_clear(&out);
	ck_assert(!xml_parse(deep, strlen(deep), print, NULL, &err));
	ck_assert_str_eq(err.message, "elements nest deeper than 256");
	free(deep);
	deep = repeat("<a>", 256);
	text = repeat("</a>", 256);
	buf_printf(&b, "%s%s", deep, text);
	ck_assert(xml_parse(b.s, b.n, print, NULL, &err));
	free(deep);
	free(text);

	/* an entity that grows: not declared for us, so not one byte of it */
	buf_clear(&b);
	buf_puts(&b, "<!DOCTYPE a [<!ENTITY x 'ha'><!ENTITY y '&x;&x;&x;'><!ENTITY z '&y;&y;&y;'>]><a>&z;</a>");
	buf_clear(&out);
	if (xml_parse(b.s, b.n, print, NULL, &err))
		ck_assert_ptr_nonnull(strstr(out.s, "'&z;'"));
	else
		ck_assert_ptr_nonnull(strstr(err.message, "entity '&z;'"));
	ck_assert_ptr_null(strstr(out.s, "ha"));
	buf_release(&b);
}
END_TEST

START_TEST(test_opens_no_file)
{
	char path[] = "/tmp/wirelint-xml-XXXXXX";
	int fd = mkstemp(path);
	struct buf b = BUF_INIT;
	struct xml_error err;

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, "secret", 6), 6);
	close(fd);
	buf_printf(&b, "<!DOCTYPE a SYSTEM '%s' [<!ENTITY x SYSTEM '%s'>]><a>one &x; two</a>", path, path);
	buf_clear(&out);
	xml_parse(b.s, b.n, print, NULL, &err);
	ck_assert_ptr_null(strstr(out.s, "secret"));
	unlink(path);
	buf_release(&b);
}
END_TEST

START_TEST(test_unknown_entity_with_dtd)
{
	/* an outside DTD might define it: no mistake, handed out as it stands */
	ck_assert_str_eq(events("<!DOCTYPE a SYSTEM 'a.dtd'><a>one &uuml; two</a>"),
	    "start 27-30 a\ntext 30-34 'one '\nentity 34-40 '&uuml;'\ntext 40-44 ' two'\nend 44-48 a\n");
}
END_TEST

START_TEST(test_tree)
{
	struct arena arena;
	struct xml_error err;
	const char *s = "<r xmlns='urn:x' f='a&amp;b'>\n  <t>one\r\n&lt;two&gt; <i>no</i><![CDATA[<3>]]></t>\n  <e/>\n</r>";
	struct node *r;
	const struct node *t;

	arena_init(&arena);
	r = xml_tree(&arena, s, strlen(s), &err);
	ck_assert_ptr_nonnull(r);
	ck_assert_str_eq(r->name, "r");
	ck_assert_str_eq(r->ns, "urn:x");
	ck_assert_uint_eq(r->text_len, 0);
	ck_assert_uint_eq(r->nattrs, 1);
	ck_assert_str_eq(node_attr(r, "f")->value, "a&b");
	ck_assert_uint_eq(xml_attr_place(s, node_attr(r, "f"), 2), (unsigned)(strstr(s, "b'>") - s));
	t = node_child(r, "t");
	ck_assert_str_eq(t->text, "one\n<two> <3>");
	ck_assert_uint_eq(t->text_at, (unsigned)(strstr(s, "one") - s));
	ck_assert_uint_eq(t->at, (unsigned)(strstr(s, "<t>") - s));
	ck_assert_uint_eq(t->end, (unsigned)(strstr(s, "</t>") + 4 - s));
	ck_assert_uint_eq(node_text_place(s, t, 0), (unsigned)(strstr(s, "one") - s));
	ck_assert_uint_eq(node_text_place(s, t, 4), (unsigned)(strstr(s, "&lt;two") - s));
	ck_assert_uint_eq(node_text_place(s, t, 5), (unsigned)(strstr(s, "two&gt;") - s));
	ck_assert_uint_eq(node_text_place(s, t, 10), (unsigned)(strstr(s, "<3>") - s));
	ck_assert_uint_eq(node_text_place(s, t, 11), (unsigned)(strstr(s, "3>]]") - s));
	ck_assert_str_eq(t->next->name, "e");
	ck_assert_str_eq(t->next->text, "");
	ck_assert_ptr_null(t->next->next);
	ck_assert_ptr_null(node_attr(t, "f"));
	arena_release(&arena);
}
END_TEST

/* Built back from its events, a file is itself: nothing is lost and nothing overlaps. */
struct rebuild { uint32_t at; unsigned bad; };

static void
follow(void *arg, const struct xml_event *e)
{
	struct rebuild *r = arg;

	if (e->at < r->at || e->end < e->at)
		r->bad++;
	if (e->kind == XML_START && input[e->at] != '<')
		r->bad++;
	if (e->kind == XML_START && input[e->end - 1] != '>')
		r->bad++;
	if (e->kind == XML_TEXT && memcmp(input + e->at, e->s, e->n) != 0)
		r->bad++;
	if (e->at != r->at)
		r->bad++;
	r->at = e->end;
}

START_TEST(test_gapless)
{
	struct rebuild r = { 0, 0 };
	char *inner = repeat("<p a='&lt;'>x\xc3\xa9&amp;<![CDATA[]]><b/>\xe2\x80\x9cy\r\n</p><!--c-->", 20000);
	struct buf b = BUF_INIT;
	struct xml_error err;

	buf_printf(&b, "<r>%s</r>", inner);
	input = b.s;
	ck_assert(xml_parse(b.s, b.n, follow, &r, &err));
	ck_assert_uint_eq(r.bad, 0);
	ck_assert_uint_eq(r.at, b.n);
	free(inner);
	buf_release(&b);
}
END_TEST

static void
count(void *arg, const struct xml_event *e)
{
	*(size_t *)arg += e->end - e->at;
}

static void *
worker(void *arg)
{
	size_t n = 0;
	int i;

	for (i = 0; i < 200; i++) {
		xml_parse("<a><b>x</b>&amp;</a>", 20, count, &n, NULL);
		xml_parse("<a><b>x</c>", 11, count, &n, NULL);
	}
	*(size_t *)arg = n;
	return NULL;
}

START_TEST(test_threads)
{
	pthread_t t[2];
	size_t n[2];
	int i;

	for (i = 0; i < 2; i++)
		pthread_create(&t[i], NULL, worker, &n[i]);
	for (i = 0; i < 2; i++)
		pthread_join(t[i], NULL);
	ck_assert_uint_eq(n[0], n[1]);
	ck_assert_uint_eq(n[0], 200 * (20 + 7));
}
END_TEST

static void
same_tree(const struct node *a, const struct node *b)
{
	size_t i;

	while (a != NULL && b != NULL) {
		ck_assert_str_eq(a->name, b->name);
		ck_assert_str_eq(a->ns != NULL ? a->ns : "-", b->ns != NULL ? b->ns : "-");
		ck_assert_uint_eq(a->at, b->at);
		ck_assert_uint_eq(a->tag_end, b->tag_end);
		ck_assert_uint_eq(a->end, b->end);
		ck_assert_uint_eq(a->text_at, b->text_at);
		ck_assert_str_eq(a->text, b->text);
		ck_assert_uint_eq(a->nattrs, b->nattrs);
		for (i = 0; i < a->nattrs; i++) {
			ck_assert_str_eq(a->attrs[i].name, b->attrs[i].name);
			ck_assert_str_eq(a->attrs[i].value, b->attrs[i].value);
			ck_assert_uint_eq(a->attrs[i].n, b->attrs[i].n);
			ck_assert_uint_eq(a->attrs[i].at, b->attrs[i].at);
			ck_assert_uint_eq(a->attrs[i].end, b->attrs[i].end);
		}
		same_tree(a->first, b->first);
		a = a->next;
		b = b->next;
	}
	ck_assert(a == NULL && b == NULL);
}

static void
compare_ways(const char *s, size_t n)
{
	struct arena arena;
	struct xml_error err;
	const struct node *a, *b;

	arena_init(&arena);
	a = xml_tree(&arena, s, n, &err);
	b = xml_tree_known(&arena, s, n);
	ck_assert_msg(a != NULL, "%s", err.message);
	ck_assert_ptr_nonnull(b);
	same_tree(a, b);
	arena_release(&arena);
}

START_TEST(test_known_as_checked)
{
	const char *odd = "<?xml version='1.0'?>\n<!-- <a> --><a xmlns='u' x = '1\n2&#10;3'\ty=\"&lt;'>\">t<b/>"
	    "<q:c xmlns:q='v' q:z=''  />&amp;<![CDATA[<]]>\r\n<d xmlns='w'><e /></d ><f></f></a>\n<?p?>";
	const struct builtin *f;
	struct arena arena;
	size_t n;

	for (f = builtins; f->path != NULL; f++)
		if (strcmp(f->path + strlen(f->path) - 4, ".xml") == 0)
			compare_ways(f->s, f->n);
	arena_init(&arena);
	for (n = 0; n < strlen(odd); n++)	/* cut anywhere it must not crash */
		xml_tree_known(&arena, odd, n);
	ck_assert_ptr_nonnull(xml_tree_known(&arena, odd, n));
	arena_release(&arena);
}
END_TEST

START_TEST(test_known_odd)
{
	compare_ways(STRING("<a>\n <b x='1\n2&#10;3'\ty = \"&lt;'>\">t<c/>&amp;<![CDATA[<]]>\r\n</b ><c></c></a>\n<?p?>"));
	compare_ways(STRING("<?xml version='1.0'?><!-- <a> --><a xmlns='u'><b xmlns='w'><c/></b><c z=''  /></a>"));
}
END_TEST

Suite *
unit_xml(void)
{
	Suite *s = suite_create("xml");
	TCase *t = tcase_create("xml");

	tcase_add_test(t, test_places);
	tcase_add_test(t, test_prolog);
	tcase_add_test(t, test_mistakes);
	tcase_add_test(t, test_any_cut_is_an_error);
	tcase_add_test(t, test_bombs);
	tcase_add_test(t, test_opens_no_file);
	tcase_add_test(t, test_unknown_entity_with_dtd);
	tcase_add_test(t, test_tree);
	tcase_add_test(t, test_known_as_checked);
	tcase_add_test(t, test_known_odd);
	tcase_add_test(t, test_gapless);
	tcase_add_test(t, test_threads);
	suite_add_tcase(s, t);
	return s;
}
