/* Where two lists of words differ, and which copy an article was made from. */
#include "unit.h"

#include "hunks.h"
#include "lint/pipeline.h"
#include "lint/upstream.h"
#include "random.h"
#include "util/buf.h"
#include "util/xmalloc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* ---- hunks ---- */

static uint32_t
words(const char *s, uint64_t *out)
{
	uint32_t n = 0;

	for (; *s != '\0'; s++)
		out[n++] = (unsigned char)*s;
	return n;
}

/* A letter a word.  The hunks as "a0-a1:b0-b1". */
static const char *
found(const char *a, const char *b)
{
	static char out[512];
	uint64_t x[256], y[256];
	struct hunks h = { NULL, 0, 0 };
	struct buf said = BUF_INIT;

	hunks_find(&h, x, words(a, x), y, words(b, y));
	for (size_t i = 0; i < h.n; i++)
		buf_printf(&said, "%s%u-%u:%u-%u", i == 0 ? "" : " ", h.v[i].a0, h.v[i].a1, h.v[i].b0, h.v[i].b1);
	snprintf(out, sizeof out, "%s", said.n != 0 ? said.s : "");
	hunks_release(&h);
	buf_release(&said);
	return out;
}

START_TEST(small)
{
	ck_assert_str_eq(found("abcd", "abcd"), "");
	ck_assert_str_eq(found("abcd", "abxcd"), "2-2:2-3");
	ck_assert_str_eq(found("abxcd", "abcd"), "2-3:2-2");
	ck_assert_str_eq(found("abcd", "axyd"), "1-3:1-3");
	ck_assert_str_eq(found("", "ab"), "0-0:0-2");
	ck_assert_str_eq(found("ab", ""), "0-2:0-0");
	ck_assert_str_eq(found("", ""), "");
	ck_assert_str_eq(found("abcdef", "bcdefg"), "0-1:0-0 6-6:5-6");
}
END_TEST

/* Whatever the lists are: the hunks go forward, what lies between them is the same in both, and all of both is told of. */
static void
holds(const uint64_t *a, uint32_t na, const uint64_t *b, uint32_t nb)
{
	struct hunks h = { NULL, 0, 0 };
	uint32_t x = 0, y = 0;

	hunks_find(&h, a, na, b, nb);
	for (size_t i = 0; i <= h.n; i++) {
		uint32_t toa = i < h.n ? h.v[i].a0 : na, tob = i < h.n ? h.v[i].b0 : nb;

		ck_assert_uint_ge(toa, x);
		ck_assert_uint_eq(toa - x, tob - y);
		for (; x < toa; x++, y++)
			ck_assert_uint_eq(a[x], b[y]);
		if (i < h.n) {
			ck_assert(h.v[i].a0 < h.v[i].a1 || h.v[i].b0 < h.v[i].b1);
			x = h.v[i].a1;
			y = h.v[i].b1;
		}
	}
	hunks_release(&h);
}

START_TEST(any_lists)
{
	struct random r = { TEST_SEED };
	static uint64_t a[3000], b[3000];

	for (int round = 0; round < 300; round++) {
		uint32_t na = random_below(&r, round % 10 == 0 ? 2500 : 60), nb = 0, kinds = 1 + random_below(&r, 40) * random_below(&r, 40);

		for (uint32_t i = 0; i < na; i++)
			a[i] = random_below(&r, kinds);
		/* the same with words dropped, put in and changed */
		for (uint32_t i = 0; i < na && nb < 2900; i++)
			switch (random_below(&r, 12)) {
			case 0:
				break;
			case 1:
				b[nb++] = random_below(&r, kinds);
				/* fallthrough */
			default:
				b[nb++] = a[i];
			}
		holds(a, na, b, nb);
		holds(b, nb, a, na);
	}
}
END_TEST

/* Twice the words take about twice the time, also where nothing is the same, or everything. */
START_TEST(linear)
{
	enum { N = 100000 };
	uint64_t *a = xcalloc(2 * N, sizeof *a), *b = xcalloc(2 * N, sizeof *b);

	for (int kind = 0; kind < 3; kind++) {
		double spent[2];

		for (int twice = 0; twice < 2; twice++) {
			uint32_t n = N << twice;
			struct hunks h = { NULL, 0, 0 };
			clock_t t;

			for (uint32_t i = 0; i < n; i++) {
				a[i] = kind == 0 ? i % 50 : kind == 1 ? i : 1;
				b[i] = kind == 0 ? i * 7 % 50 : kind == 1 ? 0x10000000u + i : 1 + i % 2;
			}
			t = clock();
			hunks_find(&h, a, n, b, n);
			spent[twice] = (double)(clock() - t);
			hunks_release(&h);
		}
		ck_assert_msg(spent[1] < 4 * spent[0] + 0.05 * CLOCKS_PER_SEC, "kind %d: %g, %g", kind, spent[0], spent[1]);
	}
	free(a);
	free(b);
}
END_TEST

/* ---- originals ---- */

#define PORT "The port reopened on Tuesday after a storm that had kept ships outside for three days, and the first tanker came in at dawn." \
	"\n\nPilots guided it along the grey wall of the harbour, the office said, and forty ships were waiting for their turn.\n"
#define MILL "The mill bought grain in October, and its owner said that it had enough of it for the winter and the spring." \
	"\n\nBakers from the hills were glad to hear of it, and bought flour by the cart.\n"

static struct rule_set rules;
static struct upstream *upstream;
static struct upstream_reader *reader;
static struct finding_list errors;
static struct upstream_match match;
static bool is_found;

static void
setup(void)
{
	rule_set_init(&rules);
	finding_list_init(&errors);
	upstream = upstream_new(&rules);
}

static void
teardown(void)
{
	upstream_reader_free(reader);
	reader = NULL;
	upstream_free(upstream);
	finding_list_release(&errors);
	rule_set_release(&rules);
}

static void
ask(struct pipeline *p, void *arg)
{
	(void)arg;
	is_found = upstream_find(reader, &p->article, &match);
}

static void
look_for(const char *s)
{
	struct finding_list l;
	struct pipeline p;

	if (reader == NULL) {
		upstream_finish(upstream);
		reader = upstream_reader_new(upstream);
	}
	pipeline_init(&p);
	finding_list_init(&l);
	p.each = ask;
	pipeline_mem(&p, "ours", s, strlen(s), &l);
	finding_list_release(&l);
	pipeline_release(&p);
}

static bool
is_from(const struct original *o, const char *path)
{
	return strcmp(o->article.src->path, path) == 0;
}

START_TEST(its_original)
{
	upstream_add_text(upstream, "port", NULL, PORT, strlen(PORT), &errors);
	upstream_add_text(upstream, "mill", NULL, MILL, strlen(MILL), &errors);
	ck_assert_uint_eq(upstream_count(upstream), 2);
	look_for("By Ada Brandt\n\nIt is spring. " MILL);
	ck_assert(is_found && match.derived && is_from(match.original, "mill") && match.newest == match.original);
	look_for("By Ada Brandt\n\n" PORT);
	ck_assert(is_found && match.derived && is_from(match.original, "port"));
	look_for("The school of Portalder opens its doors on Monday, and its head said that every chair had been mended.\n");
	ck_assert(!is_found);
}
END_TEST

/* A sentence of it in a long story of another: they share a passage, and that is all. */
START_TEST(a_passage)
{
	struct buf story = BUF_INIT;

	upstream_add_text(upstream, "port", NULL, PORT MILL, strlen(PORT MILL), &errors);
	buf_puts(&story, "The school of Portalder has been mended.\n\nAs was said by the harbour office, the port reopened on Tuesday after a storm that had kept ships outside for three days.\n\n");
	for (int i = 0; i < 60; i++)
		buf_printf(&story, "Chair number %d of the school was mended by hand %d in the month %d of a year that had %d days in all.\n\n", i, i * 3, i * 7, i * 11);
	look_for(story.s);
	ck_assert(is_found && !match.derived);
	buf_release(&story);
}
END_TEST

/* Made from the first version, while a third is there. */
START_TEST(its_latest)
{
#define ITEM(v) "{\"uri\": \"urn:example:" v "\", \"type\": \"text\", \"version\": \"" v "\", \"headline\": \"Port reopens\", \"body_text\": \"The port reopened on " \
	"Tuesday after a storm that had kept ships outside for three days.\\n\\nPilots guided number " v " in at dawn, the harbour office said.\"}"
	upstream_add_text(upstream, "one", NULL, ITEM("1"), strlen(ITEM("1")), &errors);
	upstream_add_text(upstream, "three", NULL, ITEM("3"), strlen(ITEM("3")), &errors);
	upstream_add_text(upstream, "two", NULL, ITEM("2"), strlen(ITEM("2")), &errors);
	look_for("The port reopened on Tuesday after a storm that had kept ships outside for three days.\n\nPilots guided number 1 in at dawn, the "
	    "harbour office said.\n");
	ck_assert(is_found && is_from(match.original, "one") && is_from(match.newest, "three"));
}
END_TEST

START_TEST(no_article)
{
	upstream_add_text(upstream, "empty", NULL, "", 0, &errors);
	ck_assert_uint_eq(upstream_count(upstream), 0);
	ck_assert_uint_eq(errors.n, 1);
	ck_assert_str_eq(errors.v[0].rule, "input/empty");
	upstream_add(upstream, "/nowhere/at/all", true, &errors);
	ck_assert_uint_eq(errors.n, 2);
	look_for(PORT);
	ck_assert(!is_found);
}
END_TEST

Suite *
unit_hunks(void)
{
	Suite *s = suite_create("hunks");
	TCase *t = tcase_create("lists"), *o = tcase_create("originals");

	tcase_add_test(t, small);
	tcase_add_test(t, any_lists);
	tcase_add_test(t, linear);
	suite_add_tcase(s, t);
	tcase_add_checked_fixture(o, setup, teardown);
	tcase_add_test(o, its_original);
	tcase_add_test(o, a_passage);
	tcase_add_test(o, its_latest);
	tcase_add_test(o, no_article);
	suite_add_tcase(s, o);
	return s;
}
