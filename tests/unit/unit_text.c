/* text: random texts made of all sorts of segments, held against a model that knows of every character where it is from. */
#include "unit.h"

#include "random.h"
#include "text.h"
#include "util/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { CHARS = 400, BYTES = CHARS * 16 };

/* A made-up layer: a source and the text that a reader would make of it. */
struct layer {
	char src[BYTES];
	uint32_t nsrc;
	struct text text;
	struct { uint32_t text, a, z; enum seg_kind kind; } chars[CHARS];	/* of each character: text offset, its source */
	size_t n;
};

static const char *const letters[] = { "a", "b", " ", "\xC3\xA9", "\xC4\xB1", "\xE2\x80\x99", "\xF0\x9F\x98\x80" };
static const char *const entities[][2] = {
	{ "&amp;", "&" }, { "&#233;", "\xC3\xA9" }, { "&rsquo;", "\xE2\x80\x99" }, { "&#x1F600;", "\xF0\x9F\x98\x80" }
};
static const char *const escapes[][2] = { { "\\n", "\n" }, { "\\u00e9", "\xC3\xA9" }, { "\\\"", "\"" } };
static const char *const breaks[][2] = { { "\n  ", " " }, { "<br/>", " " }, { "</p><p>", " " }, { "<i>", "" } };

static void
put_source(struct layer *l, const char *s)
{
	memcpy(l->src + l->nsrc, s, strlen(s));
	l->nsrc += (uint32_t)strlen(s);
}

static void
put(struct layer *l, enum seg_kind kind, const char *src, const char *text)
{
	uint32_t at = l->nsrc;

	put_source(l, src);
	if (*text != '\0') {
		l->chars[l->n].text = (uint32_t)l->text.n;
		l->chars[l->n].a = at;
		l->chars[l->n].z = l->nsrc;
		l->chars[l->n++].kind = kind;
	}
	if (kind == SEG_VERBATIM)
		text_verbatim(&l->text, text, strlen(text), at);
	else
		text_segment(&l->text, kind, text, strlen(text), (struct extent){ at, l->nsrc });
}

static void
fill(struct layer *l, struct random *r, size_t n)
{
	memset(l, 0, sizeof *l);
	text_init(&l->text);
	while (l->n < n) {
		const char *c = letters[random_below(r, 7)];

		switch (random_below(r, 8)) {
		case 0: {
			const char *const *e = entities[random_below(r, 4)];

			put(l, SEG_ENTITY, e[0], e[1]);
			break;
		}
		case 1: {
			const char *const *e = escapes[random_below(r, 3)];

			put(l, SEG_ESCAPE, e[0], e[1]);
			break;
		}
		case 2: {
			const char *const *e = breaks[random_below(r, 4)];

			if (l->nsrc + 100 < BYTES)
				put(l, SEG_BREAK, e[0], e[1]);
			break;
		}
		case 3:			/* markup that leaves no trace */
			if (l->nsrc + 100 < BYTES)
				put_source(l, "<b>");
			break;
		default:
			put(l, SEG_VERBATIM, c, c);
		}
	}
}

static uint32_t
text_offset(const struct layer *l, size_t i)
{
	return i < l->n ? l->chars[i].text : (uint32_t)l->text.n;
}

static void
check_segments(const struct text *t)
{
	for (size_t i = 0; i < t->nsegs; i++) {
		uint32_t end = i + 1 < t->nsegs ? t->segs[i + 1].text : (uint32_t)t->n;

		if (i == 0)
			ck_assert_uint_eq(t->segs[i].text, 0);
		ck_assert_uint_le(t->segs[i].text, end);
		if (t->segs[i].kind == SEG_VERBATIM)
			ck_assert_uint_eq(end - t->segs[i].text, t->segs[i].src_len);
	}
}

START_TEST(test_extent)
{
	struct random r = { TEST_SEED };
	static struct layer l;

	for (int round = 0; round < 300; round++) {
		fill(&l, &r, 1 + random_below(&r, 100));
		check_segments(&l.text);
		for (size_t i = 0; i < l.n; i++) {
			size_t g = text_seg_at(&l.text, l.chars[i].text);

			ck_assert_msg(l.text.segs[g].kind == l.chars[i].kind, "seed %d round %d char %zu", TEST_SEED, round, i);
			for (size_t j = i; j <= l.n; j++) {
				struct extent e = text_extent(&l.text, (struct range){ text_offset(&l, i), text_offset(&l, j) });
				uint32_t a = l.chars[i].a, z = j > i ? l.chars[j - 1].z : 0;

				if (i == j)
					a = z = i == 0 ? l.text.segs[0].src : l.chars[i - 1].z;
				if (e.a != a || e.z != z)	/* an assertion each would take most of the time */
					ck_abort_msg("seed %d round %d %zu..%zu: %u..%u, not %u..%u", TEST_SEED, round, i, j, e.a,
					    e.z, a, z);
			}
			if (l.chars[i].kind == SEG_VERBATIM)
				ck_assert_mem_eq(l.text.s + l.chars[i].text, l.src + l.chars[i].a, l.chars[i].z - l.chars[i].a);
		}
		text_release(&l.text);
	}
}
END_TEST

START_TEST(test_append)
{
	struct random r = { TEST_SEED };
	static struct layer l;

	for (int round = 0; round < 500; round++) {
		struct text t;
		size_t i, j, k;

		fill(&l, &r, 1 + random_below(&r, 60));
		i = random_below(&r, (uint32_t)l.n);
		j = i + random_below(&r, (uint32_t)(l.n - i + 1));
		text_init(&t);
		text_append(&t, &l.text, (struct range){ text_offset(&l, i), text_offset(&l, j) });
		check_segments(&t);
		ck_assert_uint_eq(t.n, text_offset(&l, j) - text_offset(&l, i));
		for (k = i; k < j; k++) {
			uint32_t at = l.chars[k].text - l.chars[i].text;
			struct extent e = text_extent(&t, (struct range){ at, text_offset(&l, k + 1) - text_offset(&l, i) });

			ck_assert_msg(e.a == l.chars[k].a && e.z == l.chars[k].z, "seed %d round %d char %zu", TEST_SEED, round, k);
			ck_assert_int_eq(t.segs[text_seg_at(&t, at)].kind, l.chars[k].kind);
		}
		if (t.n != 0)
			ck_assert_mem_eq(t.s, l.text.s + text_offset(&l, i), t.n);
		text_release(&t);
		text_release(&l.text);
	}
}
END_TEST

/* Inner's source is the outer text: made by cutting it into pieces of whole characters, some of which stay verbatim, some
 * of which an entity or a break takes together. */
START_TEST(test_compose)
{
	struct random r = { TEST_SEED };
	static struct layer l;

	for (int round = 0; round < 500; round++) {
		struct { uint32_t text; size_t first, last; enum seg_kind kind; } made[CHARS];
		struct text inner, t;
		size_t n = 0, i, from, to;
		uint32_t start, stop;

		fill(&l, &r, 1 + random_below(&r, 80));
		text_init(&inner);
		for (i = 0; i < l.n;) {
			size_t take = 1 + random_below(&r, 4);
			enum seg_kind kind = random_below(&r, 3) == 0 ? SEG_ENTITY : random_below(&r, 6) == 0 ? SEG_BREAK : SEG_VERBATIM;
			uint32_t a = l.chars[i].text;

			if (kind == SEG_VERBATIM || take > l.n - i)
				take = 1;
			made[n].text = (uint32_t)inner.n;
			made[n].first = i;
			made[n].last = i + take - 1;
			made[n++].kind = kind;
			i += take;
			if (kind == SEG_VERBATIM)
				text_verbatim(&inner, l.text.s + a, text_offset(&l, i) - a, a);
			else
				text_segment(&inner, kind, kind == SEG_BREAK ? " " : "\xC3\xA9", kind == SEG_BREAK ? 1 : 2,
				    (struct extent){ a, text_offset(&l, i) });
		}
		from = random_below(&r, (uint32_t)n);
		to = from + random_below(&r, (uint32_t)(n - from + 1));
		start = made[from].text;
		stop = to < n ? made[to].text : (uint32_t)inner.n;
		text_init(&t);
		text_compose(&t, &l.text, &inner, (struct range){ start, stop });
		check_segments(&t);
		ck_assert_uint_eq(t.n, stop - start);
		if (t.n != 0)
			ck_assert_mem_eq(t.s, inner.s + start, t.n);
		for (i = from; i < to; i++) {
			uint32_t a = made[i].text - start, z = (i + 1 < n ? made[i + 1].text : (uint32_t)inner.n) - start;
			struct extent e = text_extent(&t, (struct range){ a, z });
			enum seg_kind kind = made[i].kind != SEG_VERBATIM ? made[i].kind : l.chars[made[i].first].kind;

			ck_assert_msg(e.a == l.chars[made[i].first].a && e.z == l.chars[made[i].last].z, "seed %d round %d piece %zu",
			    TEST_SEED, round, i);
			ck_assert_int_eq(t.segs[text_seg_at(&t, a)].kind, kind);
		}
		text_release(&t);
		text_release(&inner);
		text_release(&l.text);
	}
}
END_TEST

START_TEST(test_edges)
{
	struct text t;
	struct extent e;
	struct range r;

	text_init(&t);
	e = text_extent(&t, (struct range){ 0, 0 });
	ck_assert(e.a == 0 && e.z == 0);
	text_verbatim(&t, "x", 0, 7);
	ck_assert_uint_eq(t.nsegs, 0);
	text_verbatim(&t, "ab", 2, 10);
	text_verbatim(&t, "cd", 2, 12);
	ck_assert_uint_eq(t.nsegs, 1);
	text_verbatim(&t, "e", 1, 15);
	ck_assert_uint_eq(t.nsegs, 2);
	e = text_extent(&t, (struct range){ 0, 0 });
	ck_assert(e.a == 10 && e.z == 10);
	e = text_extent(&t, (struct range){ 4, 4 });	/* behind the d, not before the e */
	ck_assert(e.a == 14 && e.z == 14);
	e = text_extent(&t, (struct range){ 3, 5 });
	ck_assert(e.a == 13 && e.z == 16);
	text_clear(&t);
	text_verbatim(&t, " \xC2\xA0x y\xE2\x80\x89\n", 10, 0);
	r = text_trim(&t, (struct range){ 0, 10 });
	ck_assert(r.a == 3 && r.z == 6);
	r = text_trim(&t, (struct range){ 0, 3 });
	ck_assert_uint_eq(range_len(r), 0);
	ck_assert_str_eq(seg_kind_name(SEG_BREAK), "break");
	text_release(&t);
}
END_TEST

/* What is longer than a segment can say: nothing reads the bytes, so they cost no memory. */
START_TEST(test_longer_than_a_segment)
{
	const size_t n = 3 * (size_t)SEG_MAX + 5;
	const char *s = mmap(NULL, n, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	struct text t;
	struct extent e;

	ck_assert_ptr_ne(s, MAP_FAILED);
	text_init(&t);
	text_borrow(&t, s, n, 7);
	ck_assert_uint_eq(t.n, n);
	ck_assert_uint_eq(t.nsegs, 4);
	ck_assert_uint_eq(t.segs[3].text, 3 * (uint32_t)SEG_MAX);
	ck_assert_uint_eq(t.segs[3].src_len, 5);
	for (uint32_t at = SEG_MAX - 1; at < n; at += SEG_MAX) {
		e = text_extent(&t, (struct range){ at, at + 2 });
		ck_assert_uint_eq(e.a, at + 7);
		ck_assert_uint_eq(e.z, at + 9);
	}
	text_release(&t);
	text_verbatim(&t, "a", 1, 0);
	text_segment(&t, SEG_BREAK, " ", 1, (struct extent){ 1, 3 * (uint32_t)SEG_MAX });
	text_verbatim(&t, "b", 1, 3 * (uint32_t)SEG_MAX);
	ck_assert_uint_eq(t.segs[1].src_len, SEG_MAX);
	e = text_extent(&t, (struct range){ 2, 3 });
	ck_assert_uint_eq(e.a, 3 * (uint32_t)SEG_MAX);
	text_release(&t);
	ck_assert_int_eq(munmap((void *)(uintptr_t)s, n), 0);
}
END_TEST

Suite *
unit_text(void)
{
	Suite *s = suite_create("text");
	TCase *c = tcase_create("text");

	tcase_set_timeout(c, 120);
	tcase_add_test(c, test_extent);
	tcase_add_test(c, test_append);
	tcase_add_test(c, test_compose);
	tcase_add_test(c, test_edges);
	tcase_add_test(c, test_longer_than_a_segment);
	suite_add_tcase(s, c);
	return s;
}
