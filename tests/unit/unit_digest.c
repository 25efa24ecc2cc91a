/* What is kept of a story to find copies of it by. */
#include "unit.h"

#include "analysis/digest.h"
#include "lint/pipeline.h"
#include "random.h"
#include "util/buf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct analysis analysis;
static struct passage passage;
static struct digest digest;

static void
setup(void)
{
	analysis_init(&analysis);
	passage_init(&passage);
	digest_init(&digest);
}

static void
teardown(void)
{
	analysis_release(&analysis);
	passage_release(&passage);
	digest_release(&digest);
}

static void
take_it(struct pipeline *p, void *arg)
{
	(void)arg;
	analysis_start(&analysis, &p->article);
	passage_take(&passage, &analysis);
	digest_take(&digest, &p->article, &passage);
}

static void
take(const char *path, const char *s)
{
	struct finding_list l;
	struct pipeline p;

	pipeline_init(&p);
	finding_list_init(&l);
	p.each = take_it;
	pipeline_mem(&p, path, s, strlen(s), &l);
	finding_list_release(&l);
	pipeline_release(&p);
}

#define STORY "HARBOURVILLE, Nov 24 (Reuters) - The port reopened on Tuesday after a storm that had kept ships outside for three days, " \
	"and the first tanker came in at dawn.\n\n\"We have waited for this day, and all of us are glad that it has come,\" Ada Brandt said.\n\n" \
	"Forty ships were waiting in the bay for their turn.\n"

START_TEST(both_ways)
{
	struct buf one = BUF_INIT, two = BUF_INIT;
	struct digest again;
	const char *why;

	take("port.txt", STORY);
	ck_assert_str_eq(digest.path, "port.txt");
	ck_assert_str_eq(digest.agency, "Reuters");
	ck_assert_uint_eq(digest.nparagraphs, 3);
	ck_assert_uint_eq(digest.paragraphs[1].units, 19);
	ck_assert_uint_eq(digest.paragraphs[1].quoted, 16);
	ck_assert_uint_eq(digest.quoted, 16);
	ck_assert_uint_ne(digest.nprints, 0);
	ck_assert_mem_eq(STORY + digest.paragraphs[2].at.a, "Forty ships", 11);
	digest_encode(&digest, &one);
	digest_init(&again);
	ck_assert(digest_decode(&again, one.s, one.n, &why));
	digest_encode(&again, &two);
	ck_assert_uint_eq(one.n, two.n);
	ck_assert_mem_eq(one.s, two.s, one.n);
	/* whatever is cut off or turned over is noticed */
	for (size_t n = 0; n < one.n; n++) {
		ck_assert(!digest_decode(&again, one.s, n, &why));
		two.s[n] ^= (char)(1 << n % 8);
		ck_assert(!digest_decode(&again, two.s, two.n, &why));
		two.s[n] = one.s[n];
	}
	two.s[2] = 9;
	ck_assert(!digest_decode(&again, two.s, two.n, &why));
	ck_assert_str_eq(why, "is a digest of version 9, expected 1");
	digest_release(&again);
	buf_release(&one);
	buf_release(&two);
}
END_TEST

/* The bytes of this version, for other machines: a change of them is another version. */
START_TEST(known_bytes)
{
	struct buf out = BUF_INIT, hex = BUF_INIT;

	take("a", "One day it rained in the town of Portalder.\n");
	digest_encode(&digest, &out);
	for (size_t i = 0; i < out.n; i++)
		buf_printf(&hex, "%02x", (unsigned char)out.s[i]);
	ck_assert_str_eq(hex.s, "5744010900b32ef2cdb2825df6000000016100000000000100002b0900b32ef2cdb2825df6012b1d9a4de63e3c2ee9");
	buf_release(&hex);
	buf_release(&out);
}
END_TEST

static bool
shares(const uint64_t *v, size_t n)
{
	for (size_t i = 0; i < passage.nprints; i++)
		for (size_t k = 0; k < n; k++)
			if (passage.prints[i].hash == v[k])
				return true;
	return false;
}

/* Whatever stands around them, PRINT_SURE words in a row share a print. */
START_TEST(runs_share)
{
	struct random r = { TEST_SEED };

	for (int round = 0; round < 200; round++) {
		struct buf a = BUF_INIT, b = BUF_INIT, run = BUF_INIT;
		uint64_t *v;
		size_t n;

		for (unsigned i = 0, many = PRINT_SURE + random_below(&r, 5); i < many; i++)
			buf_printf(&run, "word%u ", random_below(&r, round % 2 ? 3 : 5000));
		for (unsigned i = random_below(&r, 200); i-- > 0;)
			buf_printf(&a, "that%u ", random_below(&r, 5000));
		for (unsigned i = random_below(&r, 200); i-- > 0;)
			buf_printf(&b, "this%u ", random_below(&r, 5000));
		buf_puts(&a, run.s);
		buf_puts(&b, run.s);
		for (unsigned i = random_below(&r, 200); i-- > 0;)
			buf_printf(&a, "other%u ", random_below(&r, 5000));
		buf_puts(&a, "end.\n");
		buf_puts(&b, "over.\n");
		take("a", a.s);
		n = passage.nprints;
		v = malloc((n + 1) * sizeof *v);
		for (size_t i = 0; i < n; i++)
			v[i] = passage.prints[i].hash;
		take("b", b.s);
		ck_assert_msg(shares(v, n), "%s\n%s", a.s, b.s);
		free(v);
		buf_release(&a);
		buf_release(&b);
		buf_release(&run);
	}
}
END_TEST

START_TEST(alike)
{
	uint64_t whole;

	take("a", "\"We don't know,\" the mayor of Portalder said - and left the hall before the vote was taken.\n");
	whole = passage.whole;
	take("b", "\xe2\x80\x9cWe don\xe2\x80\x99t know,\xe2\x80\x9d the Mayor of Portalder said\xe2\x80\x94" "and left the hall before the\xc2\xa0vote was taken.\n");
	ck_assert_uint_eq(passage.whole, whole);
}
END_TEST

/* Scripts without blanks: a character is a unit, and counts half. */
START_TEST(characters)
{
	take("a", "港湾当局は火曜日、嵐のため三日間外にいた船が入港したと発表した。iPhone発売。\n");
	ck_assert_uint_eq(passage.words.n, 33);
	ck_assert_uint_ne(passage.nprints, 0);
	ck_assert_uint_eq(passage_words(&passage, 0, passage.words.n, true), 17);
	take("b", "ท่าเรือเปิดอีกครั้งเมื่อวันอังคารหลังพายุ\n");
	ck_assert_uint_gt(passage.words.n, 30);
	take("c", "Порт открылся во вторник.\n");
	ck_assert_uint_eq(passage.words.n, 4);
	take("d", "항구가 화요일에 다시 열렸다.\n");
	ck_assert_uint_eq(passage.words.n, 4);
}
END_TEST

START_TEST(small)
{
	take("a", "Rain.\n");
	ck_assert_uint_eq(digest.words, 1);
	ck_assert_uint_eq(digest.nprints, 0);
	take("a", "---\n");
	ck_assert_uint_eq(digest.nprints, 0);
}
END_TEST

Suite *
unit_digest(void)
{
	Suite *s = suite_create("digest");
	TCase *c = tcase_create("digest");

	tcase_add_checked_fixture(c, setup, teardown);
	tcase_add_test(c, both_ways);
	tcase_add_test(c, known_bytes);
	tcase_add_test(c, runs_share);
	tcase_add_test(c, alike);
	tcase_add_test(c, characters);
	tcase_add_test(c, small);
	suite_add_tcase(s, c);
	return s;
}
