/* A story as it is kept without its file. */
#include "unit.h"

#include "lint/pipeline.h"
#include "stored.h"
#include "util/base64.h"
#include "util/buf.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct stored again;
static size_t stories;

static void
same_string(const char *a, const char *b)
{
	ck_assert_int_eq(a == NULL, b == NULL);
	if (a != NULL)
		ck_assert_str_eq(a, b);
}

static void
same_article(struct article *a, struct article *b)
{
	ck_assert_uint_eq(a->text.n, b->text.n);
	if (a->text.n != 0)
		ck_assert_mem_eq(a->text.s, b->text.s, a->text.n);
	same_string(a->src->path, b->src->path);
	same_string(a->format, b->format);
	same_string(a->item, b->item);
	same_string(a->lang, b->lang);
	ck_assert_int_eq(a->lang_certainty, b->lang_certainty);
	ck_assert_uint_eq(a->nblocks, b->nblocks);
	ck_assert_uint_eq(a->nfields, b->nfields);
	ck_assert_uint_eq(a->nwords, b->nwords);
	for (size_t i = 0; i < a->nblocks; i++) {
		const struct block *x = &a->blocks[i], *y = &b->blocks[i];
		struct span p = source_span(a->src, text_extent(&a->text, x->at)), q = source_span(b->src, text_extent(&b->text, y->at));
		struct place u = source_place(a->src, p.a), v = source_place(b->src, q.a);

		ck_assert_uint_eq(x->at.a, y->at.a);
		ck_assert_uint_eq(x->at.z, y->at.z);
		ck_assert_int_eq(x->kind, y->kind);
		ck_assert_int_eq(x->confidence, y->confidence);
		ck_assert_uint_eq(x->paragraph, y->paragraph);
		ck_assert_uint_eq(x->level, y->level);
		ck_assert_uint_eq(x->from_markup, y->from_markup);
		ck_assert_uint_eq(x->blank_before, y->blank_before);
		ck_assert_uint_eq(p.a, q.a);
		ck_assert_uint_eq(p.z, q.z);
		ck_assert_uint_eq(u.line, v.line);
		ck_assert_uint_eq(u.column, v.column);
		ck_assert_uint_eq(x->nparts, y->nparts);
		for (uint32_t k = 0; k < x->nparts; k++) {
			ck_assert_int_eq(x->parts[k].name, y->parts[k].name);
			ck_assert_uint_eq(x->parts[k].at.a, y->parts[k].at.a);
			ck_assert_uint_eq(x->parts[k].at.z, y->parts[k].at.z);
			same_string(x->parts[k].value, y->parts[k].value);
		}
	}
	for (size_t i = 0; i < a->nfields; i++) {
		ck_assert_int_eq(a->fields[i].name, b->fields[i].name);
		ck_assert_uint_eq(a->fields[i].at.a, b->fields[i].at.a);
		ck_assert_uint_eq(a->fields[i].at.z, b->fields[i].at.z);
		same_string(a->fields[i].key, b->fields[i].key);
	}
}

static void
both_ways(struct pipeline *p, void *arg)
{
	struct buf b = BUF_INIT;
	const char *why = "";

	(void)arg;
	stored_encode(&p->article, (uint32_t)(p->articles - 1), &b);
	ck_assert_msg(stored_decode(&again, b.s, b.n, &why), "%s: %s", p->source.path, why);
	ck_assert_uint_eq(again.ordinal, p->articles - 1);
	same_article(&p->article, &again.article);
	buf_release(&b);
	stories++;
}

/* Every story of the cases, in all formats and encodings. */
START_TEST(cases)
{
	const char *srcdir = getenv("srcdir");
	struct buf name = BUF_INIT;
	struct finding_list l;
	struct pipeline p;
	struct dirent *e, *f;
	DIR *all, *one;

	buf_printf(&name, "%s/tests/cases", srcdir != NULL ? srcdir : ".");
	all = opendir(name.s);
	ck_assert_ptr_nonnull(all);
	pipeline_init(&p);
	finding_list_init(&l);
	stored_init(&again);
	p.each = both_ways;
	while ((e = readdir(all)) != NULL) {
		if (e->d_name[0] == '.')
			continue;
		buf_clear(&name);
		buf_printf(&name, "%s/tests/cases/%s", srcdir != NULL ? srcdir : ".", e->d_name);
		if ((one = opendir(name.s)) == NULL)
			continue;
		while ((f = readdir(one)) != NULL)
			if (strncmp(f->d_name, "input.", 6) == 0) {
				struct buf path = BUF_INIT;

				buf_printf(&path, "%s/%s", name.s, f->d_name);
				pipeline_path(&p, path.s, NULL, &l);
				buf_release(&path);
			}
		closedir(one);
	}
	closedir(all);
	ck_assert_uint_gt(stories, 100);
	stored_release(&again);
	pipeline_release(&p);
	finding_list_release(&l);
	buf_release(&name);
}
END_TEST

static struct buf kept;

static void
keep(struct pipeline *p, void *arg)
{
	(void)arg;
	stored_encode(&p->article, 0, &kept);
}

START_TEST(damaged)
{
	static const char story[] = "By Ada Brandt\n\nHARBOURVILLE, Nov 24 (Reuters) - The port reopened on Tuesday \xe2\x80\x93 after a storm.\n\nSource: Reuters\n";
	struct finding_list l;
	struct pipeline p;
	struct buf b = BUF_INIT;
	const char *why;

	buf_init(&kept);
	pipeline_init(&p);
	finding_list_init(&l);
	stored_init(&again);
	p.each = keep;
	pipeline_mem(&p, "port.txt", story, sizeof story - 1, &l);
	ck_assert(stored_decode(&again, kept.s, kept.n, &why));
	for (size_t n = 0; n < kept.n; n++)
		ck_assert(!stored_decode(&again, kept.s, n, &why));
	for (size_t i = 0; i < kept.n; i++)
		for (int bit = 0; bit < 8; bit++) {
			buf_clear(&b);
			buf_add(&b, kept.s, kept.n);
			b.s[i] ^= (char)(1 << bit);
			/* some bits of zlib's say nothing; whatever is read then is what was written */
			if (stored_decode(&again, b.s, b.n, &why))
				ck_assert_uint_eq(again.article.nblocks, p.article.nblocks);
		}
	kept.s[2] = 9;
	ck_assert(!stored_decode(&again, kept.s, kept.n, &why));
	ck_assert_str_eq(why, "is stored in version 9, expected 1");
	ck_assert(!stored_decode(&again, "nothing", 7, &why));
	ck_assert_str_eq(why, "is no stored story");
	buf_release(&b);
	buf_release(&kept);
	stored_release(&again);
	pipeline_release(&p);
	finding_list_release(&l);
}
END_TEST

START_TEST(letters)
{
	struct buf b = BUF_INIT, c = BUF_INIT;
	char bytes[64];

	for (size_t n = 0; n < sizeof bytes; n++) {
		for (size_t i = 0; i < n; i++)
			bytes[i] = (char)(i * 37 + n * 101);
		buf_clear(&b);
		buf_clear(&c);
		base64_encode(&b, bytes, n);
		ck_assert_uint_eq(b.n, (n + 2) / 3 * 4);
		ck_assert(base64_decode(&c, b.s, b.n));
		ck_assert_uint_eq(c.n, n);
		if (n != 0)
			ck_assert_mem_eq(c.s, bytes, n);
	}
	buf_clear(&b);
	base64_encode(&b, "port", 4);
	ck_assert_str_eq(b.s, "cG9ydA==");
	ck_assert(!base64_decode(&c, "cG9ydA=", 7));
	ck_assert(!base64_decode(&c, "cG9y!A==", 8));
	ck_assert(!base64_decode(&c, "cG=ydA==", 8));
	buf_release(&b);
	buf_release(&c);
}
END_TEST

Suite *
unit_stored(void)
{
	Suite *s = suite_create("stored");
	TCase *t = tcase_create("stored");

	tcase_add_test(t, cases);
	tcase_add_test(t, damaged);
	tcase_add_test(t, letters);
	suite_add_tcase(s, t);
	return s;
}
