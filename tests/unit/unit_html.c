/* The page of `--format html`: what is dropped of a long run, and marks in a text that is made of pieces. */
#include "article.h"
#include "emitter.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct emit_options opt = { .version = "1.2.3" };

/* A file of one article, with so many findings. */
static void
put_file(struct buf *pieces, int number, int findings)
{
	static const struct source_options any;
	static const char s[] = "The port of Harbourville reopened on Tuesday, the harbour office said.";
	const struct emitter *e = emitter_by_name("html");
	struct finding_list list;
	struct article a;
	struct source src;
	struct buf out;
	char path[40];

	buf_init(&out);
	finding_list_init(&list);
	article_init(&a);
	source_init(&src);
	snprintf(path, sizeof path, "%d/%04d.txt", number % 5, number);
	ck_assert_int_eq(source_load_mem(&src, path, s, strlen(s), &any), SOURCE_OK);
	article_reset(&a, &src, "text");
	text_verbatim(&a.text, src.s, src.len, 0);
	article_block(&a, BLOCK_LEAD, SURE, 0);
	e->article(&out, &opt, &a);
	for (int i = 0; i < findings; i++) {
		struct finding *f = finding_add(&list);

		f->rule = i % 2 != 0 ? "house/port" : "house/office";
		f->path = path;
		f->severity = number % 3 == 0 ? SEV_ERROR : SEV_NOTE;
		f->placed = true;
		f->block = "lead";
		f->at = (struct span){ (uint32_t)i, (uint32_t)i + 4 };
		f->message = "so it is";
	}
	e->file(&out, &opt, &src, &list);
	buf_add(pieces, out.s, out.n);
	source_release(&src);
	article_release(&a);
	finding_list_release(&list);
	buf_release(&out);
}

/* However often, and whenever, what will not be shown is dropped, the page is the same. */
START_TEST(trimmed)
{
	static const int every[] = { 1, 7, 100, 333 };
	const struct emitter *e = emitter_by_name("html");
	const struct totals t = { .findings = { 0, 1, 0, 1 }, .files = 1500, .failed = true };
	struct buf all, page;

	buf_init(&all);
	buf_init(&page);
	for (int i = 0; i < 1500; i++)
		put_file(&all, i, i * 7 % 11);
	e->whole(&page, &opt, &t, &all);
	ck_assert_ptr_nonnull(strstr(page.s, "The worst 300 articles are shown. Not shown: 1,063 articles with "));
	for (size_t k = 0; k < sizeof every / sizeof *every; k++) {
		struct buf some, same;

		buf_init(&some);
		buf_init(&same);
		for (int i = 0; i < 1500; i++) {
			put_file(&some, i, i * 7 % 11);
			if (i % every[k] == 0)
				e->trim(&some);
		}
		ck_assert_uint_lt(some.n, all.n);
		e->whole(&same, &opt, &t, &some);
		ck_assert_uint_eq(same.n, page.n);
		ck_assert_int_eq(memcmp(same.s, page.s, page.n), 0);
		buf_release(&some);
		buf_release(&same);
	}
	buf_release(&all);
	buf_release(&page);
}
END_TEST

/* A mark over an entity, a break and a tag, and one of what is missing behind the last character. */
START_TEST(marked)
{
	static const struct source_options any;
	static const char s[] = "<p>Rates &amp;\n  <b>fe</b>ll</p>";
	static const struct span spans[] = { { 9, 21 }, { 27, 27 }, { 3, 4 } };
	const struct emitter *e = emitter_by_name("html");
	const struct totals t = { .findings = { 0, 3, 0, 0 }, .files = 1, .articles = 1, .files_with_findings = 1 };
	struct finding_list list;
	struct article a;
	struct source src;
	struct buf out, page;

	buf_init(&out);
	buf_init(&page);
	finding_list_init(&list);
	article_init(&a);
	source_init(&src);
	ck_assert_int_eq(source_load_mem(&src, "a.html", s, strlen(s), &any), SOURCE_OK);
	article_reset(&a, &src, "html");
	text_verbatim(&a.text, s + 3, 6, 3);
	text_segment(&a.text, SEG_ENTITY, "&", 1, (struct extent){ 9, 14 });
	text_segment(&a.text, SEG_BREAK, " ", 1, (struct extent){ 14, 20 });
	text_verbatim(&a.text, s + 20, 2, 20);
	text_segment(&a.text, SEG_BREAK, "", 0, (struct extent){ 22, 26 });
	text_verbatim(&a.text, s + 26, 2, 26);
	article_block(&a, BLOCK_PARAGRAPH, SURE, 0);
	e->article(&out, &opt, &a);
	for (size_t i = 0; i < 3; i++) {
		struct finding *f = finding_add(&list);

		*f = (struct finding){ .rule = "house/x", .path = "a.html", .severity = SEV_NOTE, .placed = true, .block = "paragraph", .at = spans[i], .message = "x" };
	}
	e->file(&out, &opt, &src, &list);
	e->whole(&page, &opt, &t, &out);
	ck_assert_msg(strstr(page.s, "<mark class=\"note\" data-f=\"3\">R</mark><a class=\"ref note\" href=\"#f1-3\"") != NULL, "%s", page.s);
	ck_assert_msg(strstr(page.s, "ates <span id=\"m1-1\"></span><mark class=\"note\" data-f=\"1\">&amp; f</mark>") != NULL, "%s", page.s);
	ck_assert_msg(strstr(page.s, ">el<span id=\"m1-2\"></span>") != NULL || strstr(page.s, "el<span id=\"m1-2\"></span><span class=\"caret note\"") != NULL,
	    "%s", page.s);
	source_release(&src);
	article_release(&a);
	finding_list_release(&list);
	buf_release(&out);
	buf_release(&page);
}
END_TEST

Suite *
unit_html(void)
{
	Suite *s = suite_create("html");
	TCase *c = tcase_create("html");

	tcase_set_timeout(c, 120);
	tcase_add_test(c, trimmed);
	tcase_add_test(c, marked);
	suite_add_tcase(s, c);
	return s;
}
