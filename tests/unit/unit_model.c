/* The article model's names and look-ups, and the order of findings. */
#include "unit.h"

#include "article.h"
#include "finding.h"
#include "random.h"

#include <stdio.h>
#include <string.h>

START_TEST(test_names)
{
	enum block_kind k;
	enum field_name f;
	enum part_name p;

	for (int i = 0; i < BLOCK_COUNT; i++) {
		const char *name = block_kind_name((enum block_kind)i);

		ck_assert(block_kind_parse(name, strlen(name), &k));
		ck_assert_int_eq(k, i);
		ck_assert_uint_eq(kind_set_parse(name, strlen(name)), KIND(i));
	}
	for (int i = 0; i < FIELD_COUNT; i++) {
		const char *name = field_name_str((enum field_name)i);

		ck_assert(field_name_parse(name, strlen(name), &f));
		ck_assert_int_eq(f, i);
	}
	for (int i = 0; i < PART_COUNT; i++) {
		const char *name = part_name_str((enum part_name)i);

		ck_assert(part_name_parse(name, strlen(name), &p));
		ck_assert_int_eq(p, i);
	}
	ck_assert(!block_kind_parse("prose", 5, &k) && !field_name_parse("lead", 4, &f) && !part_name_parse("", 0, &p));
	ck_assert(kind_set_parse("prose", 5) & KIND(BLOCK_LEAD));
	ck_assert(!(kind_set_parse("prose", 5) & KIND(BLOCK_CREDIT)));
	ck_assert_uint_eq(kind_set_parse("all", 3), ((uint64_t)1 << BLOCK_COUNT) - 1);
	ck_assert_uint_eq(kind_set_parse("nothing", 7), 0);
	for (const char *const *n = kind_set_names(); *n != NULL; n++)
		ck_assert_uint_ne(kind_set_parse(*n, strlen(*n)), 0);
}
END_TEST

START_TEST(test_article)
{
	struct article a;
	struct part part = { .name = PART_PLACE, .at = { 0, 6 } };
	const struct block *b;
	size_t n;

	article_init(&a);
	article_reset(&a, NULL, "text");
	text_verbatim(&a.text, "ANKARA - The lead.", 18, 0);
	a.text.n = 9;
	article_block(&a, BLOCK_DATELINE, SURE, 0);
	a.text.n = 18;
	article_block(&a, BLOCK_LEAD, LIKELY, 9);
	text_segment(&a.text, SEG_BREAK, " ", 1, (struct extent){ 18, 20 });
	text_verbatim(&a.text, "More.", 5, 20);
	article_block(&a, BLOCK_PARAGRAPH, LIKELY, 19);
	block_set_parts(&a, &a.blocks[0], &part, 1);
	ck_assert_mem_eq(part_value(&a, block_part(&a.blocks[0], PART_PLACE), &n), "ANKARA", 6);
	ck_assert_uint_eq(n, 6);
	ck_assert_ptr_null(block_part(&a.blocks[0], PART_DATE));
	ck_assert_ptr_eq(article_block_at(&a, (struct range){ 2, 4 }), &a.blocks[0]);
	ck_assert_ptr_eq(article_block_at(&a, (struct range){ 9, 12 }), &a.blocks[1]);
	ck_assert_ptr_eq(article_block_at(&a, (struct range){ 9, 9 }), &a.blocks[0]);
	ck_assert_ptr_eq(article_block_at(&a, (struct range){ 18, 18 }), &a.blocks[1]);
	ck_assert_ptr_null(article_block_at(&a, (struct range){ 18, 19 }));
	ck_assert_ptr_eq(article_block_at(&a, (struct range){ 24, 24 }), &a.blocks[2]);
	ck_assert_ptr_eq(article_block_at(&a, (struct range){ 19, 19 }), &a.blocks[2]);
	b = article_find_block(&a, kind_set_parse("prose", 5));
	ck_assert_ptr_eq(b, &a.blocks[1]);
	ck_assert_ptr_null(article_find_field(&a, FIELD_HEADLINE));
	article_field(&a, FIELD_HEADLINE, 19);
	ck_assert_ptr_eq(article_find_field(&a, FIELD_HEADLINE), &a.fields[0]);
	article_reset(&a, NULL, "text");
	ck_assert(a.nblocks == 0 && a.nfields == 0 && a.text.n == 0);
	ck_assert_ptr_null(article_block_at(&a, (struct range){ 0, 0 }));
	article_release(&a);
}
END_TEST

static void
random_findings(struct finding_list *l, struct random *r, size_t n)
{
	static const char *const rules[] = { "caption/leaked", "quote/unbalanced", "source/missing" };
	static const char *const words[] = { "one", "two" };

	while (n-- != 0) {
		struct finding *f = finding_add(l);

		f->placed = random_below(r, 10) != 0;
		if (f->placed) {
			f->at.a = random_below(r, 40);
			f->at.z = f->at.a + random_below(r, 3);
		}
		f->rule = rules[random_below(r, 3)];
		f->message = words[random_below(r, 2)];
		f->path = "x";
		f->severity = (enum severity)(1 + random_below(r, 3));
	}
}

START_TEST(test_sort)
{
	struct random r = { TEST_SEED };
	struct finding_list a, b;

	finding_list_init(&a);
	finding_list_init(&b);
	for (int round = 0; round < 100; round++) {
		finding_list_reset(&a);
		finding_list_reset(&b);
		random_findings(&a, &r, random_below(&r, 300));
		for (size_t i = a.n; i-- != 0;)		/* the other way round: the same must come out */
			*finding_add(&b) = a.v[i];
		finding_list_sort(&a);
		finding_list_sort(&b);
		ck_assert_uint_eq(a.n, b.n);
		for (size_t i = 0; i < a.n; i++) {
			const struct finding *f = &a.v[i], *g = i > 0 ? &a.v[i - 1] : NULL;

			ck_assert_msg(f->rule == b.v[i].rule && f->at.a == b.v[i].at.a && f->severity == b.v[i].severity &&
			    f->placed == b.v[i].placed, "seed %d round %d", TEST_SEED, round);
			if (g == NULL)
				continue;
			ck_assert(g->placed <= f->placed);
			if (g->placed == f->placed && f->placed)
				ck_assert(g->at.a < f->at.a || (g->at.a == f->at.a && (g->at.z > f->at.z || (g->at.z == f->at.z &&
				    (strcmp(g->rule, f->rule) < 0 || (g->rule == f->rule && strcmp(g->message, f->message) < 0))))));
		}
	}
	finding_list_release(&a);
	finding_list_release(&b);
}
END_TEST

START_TEST(test_doubles)
{
	struct finding_list l;

	finding_list_init(&l);
	for (int i = 0; i < 4; i++)
		finding_message(&l, MSG_RUN_PATTERN, "a.xml", "house/kyiv", "no memory")->item = i < 2 ? "1" : "2";
	finding_list_sort(&l);
	ck_assert_uint_eq(l.n, 2);
	ck_assert_str_eq(l.v[0].item, "1");
	ck_assert_str_eq(l.v[1].item, "2");
	finding_list_release(&l);
}
END_TEST

START_TEST(test_messages)
{
	struct finding_list l;
	struct finding *f;
	enum severity s;

	finding_list_init(&l);
	f = finding_message(&l, MSG_RUN_PATTERN, "a.txt", "house/kyiv", "no memory");
	ck_assert_str_eq(f->message, "rule 'house/kyiv' could not run: no memory");
	ck_assert_str_eq(f->rule, "run/pattern");
	ck_assert_str_eq(f->path, "a.txt");
	ck_assert(f->fatal && !f->placed && f->severity == SEV_ERROR && f->certainty == SURE);
	finding_list_release(&l);
	for (int i = 0; i < MSG_COUNT; i++) {
		ck_assert_ptr_nonnull(strchr(messages[i].name, '/'));
		for (int k = 0; k < i; k++)
			ck_assert_str_ne(messages[i].name, messages[k].name);
	}
	for (int i = SEV_OFF; i <= SEV_ERROR; i++)
		ck_assert(severity_parse(severity_name((enum severity)i), strlen(severity_name((enum severity)i)), &s) && (int)s == i);
}
END_TEST

Suite *
unit_model(void)
{
	Suite *s = suite_create("model");
	TCase *c = tcase_create("model");

	tcase_set_timeout(c, 120);
	tcase_add_test(c, test_names);
	tcase_add_test(c, test_article);
	tcase_add_test(c, test_sort);
	tcase_add_test(c, test_doubles);
	tcase_add_test(c, test_messages);
	suite_add_tcase(s, c);
	return s;
}
