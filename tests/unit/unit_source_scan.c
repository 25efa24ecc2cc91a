/* source_scan: the twin that uses no instructions of its machine against the one that does. */
#include "unit.h"

#include "random.h"
#include "source.h"

#include <stdlib.h>
#include <string.h>

/* The portable twin under a name of its own. */
#define SCAN_PORTABLE
#define source_scan portable_scan
#include "source_scan.c"
#undef source_scan
bool source_scan(struct source *src, bool *ascii);

static const char *const pieces[] = { "a", " ", "\t", "\n", "\r", "\r\n", "\x01", "\x1f", "\x7f", "~", "\xc3\xa9", "\xe2\x80\x99", "\xc2\x85",
	"\xff", "\x80", "sixteen letters!", "and thirty-two of them, as it is.", "\n\n\n\n" };
enum { PIECES = sizeof pieces / sizeof *pieces, MOST = 60, ROUNDS = 20000, LONGEST = 40 };

static void
same_remarks(const struct source *x, const struct source *y, int round)
{
	ck_assert_msg(x->nremarks == y->nremarks && x->has_cr == y->has_cr, "round %d", round);
	for (size_t i = 0; i < x->nremarks; i++) {
		const struct remark *a = &x->remarks[i], *b = &y->remarks[i];

		ck_assert_msg(a->kind == b->kind && a->at.a == b->at.a && a->at.z == b->at.z && a->count == b->count, "round %d", round);
		ck_assert_msg((a->detail == NULL) == (b->detail == NULL) && (a->detail == NULL || strcmp(a->detail, b->detail) == 0), "round %d", round);
	}
}

START_TEST(twins)
{
	struct random r = { TEST_SEED };
	struct source x, y;

	source_init(&x);
	source_init(&y);
	for (int round = 0; round < ROUNDS; round++) {
		char text[MOST * LONGEST];
		uint32_t n = random_below(&r, MOST), some = random_below(&r, 3) == 0 ? PIECES : 12;
		size_t len = 0;
		bool xascii, yascii, xgood, ygood;
		char *s;

		for (uint32_t i = 0; i < n; i++) {
			const char *p = pieces[random_below(&r, 2) == 0 ? random_below(&r, some) : 15];

			memcpy(text + len, p, strlen(p));
			len += strlen(p);
		}
		s = malloc(len + 1);	/* of the very size, so that a sanitizer sees what reads behind it */
		memcpy(s, text, len);
		source_load_mem(&x, "x", "", 0, NULL);
		source_load_mem(&y, "x", "", 0, NULL);
		x.nremarks = y.nremarks = 0;
		memset(x.remarked, 0, sizeof x.remarked);
		memset(y.remarked, 0, sizeof y.remarked);
		x.s = y.s = s;
		x.len = y.len = len;
		xgood = source_scan(&x, &xascii);
		ygood = portable_scan(&y, &yascii);
		ck_assert_msg(xgood == ygood && xascii == yascii, "round %d", round);
		same_remarks(&x, &y, round);
		free(s);
	}
	x.s = y.s = "";
	x.len = y.len = 0;
	source_release(&x);
	source_release(&y);
}
END_TEST

Suite *
unit_source_scan(void)
{
	Suite *s = suite_create("source_scan");
	TCase *c = tcase_create("source_scan");

	tcase_add_test(c, twins);
	suite_add_tcase(s, c);
	return s;
}
