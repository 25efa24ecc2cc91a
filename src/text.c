/* text: decoded characters plus the segment map back to the source. */
#include "text.h"

#include "util/utf8.h"
#include "util/xmalloc.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* What text_clear() keeps at most: one huge article must not hold memory for ever. */
enum { KEEP = 8 * 1024 * 1024 };

static const char *const kind_names[] = { "verbatim", "entity", "escape", "break" };

const char *
seg_kind_name(enum seg_kind k)
{
	return kind_names[k];
}

void
text_init(struct text *t)
{
	memset(t, 0, sizeof *t);
}

void
text_clear(struct text *t)
{
	if (t->cap > KEEP || t->cap == 0 || t->capsegs > KEEP / sizeof *t->segs)
		text_release(t);
	t->n = t->nsegs = 0;
}

void
text_release(struct text *t)
{
	if (t->cap != 0)
		free(t->s);
	free(t->segs);
	text_init(t);
}

static void
add_bytes(struct text *t, const char *s, size_t n)
{
	if (n == 0)
		return;
	if (t->cap < t->n + n) {
		size_t cap = t->cap + t->cap / 2;

		if (t->cap == 0 && t->n != 0)
			cap = t->n + t->n / 2;
		if (cap < t->n + n)
			cap = t->n + n;
		if (cap < 256)
			cap = 256;
		if (t->cap == 0 && t->n != 0) {
			char *own = xmalloc(cap);

			memcpy(own, t->s, t->n);
			t->s = own;
		} else {
			t->s = xrealloc(t->cap != 0 ? t->s : NULL, cap);
		}
		t->cap = cap;
	}
	memcpy(t->s + t->n, s, n);
	t->n += n;
}

static void
add_seg(struct text *t, enum seg_kind kind, struct extent src)
{
	XPUSH(t->segs, t->nsegs, t->capsegs) =
	    (struct seg){ .text = (uint32_t)t->n, .src = src.a, .src_len = src.z - src.a < SEG_MAX ? src.z - src.a : SEG_MAX, .kind = kind };
}

/* The segments of `n` characters that are about to be added as they stand in the source. */
static void
add_verbatim(struct text *t, size_t n, uint32_t src)
{
	struct seg *last = t->nsegs != 0 ? &t->segs[t->nsegs - 1] : NULL;
	size_t done = 0, more;

	assert(t->n + n <= UINT32_MAX);
	if (last != NULL && last->kind == SEG_VERBATIM && last->src + last->src_len == src) {
		more = (size_t)SEG_MAX - last->src_len;
		done = n < more ? n : more;
		last->src_len += (uint32_t)done;
	}
	for (; done < n; done += more) {
		more = n - done < SEG_MAX ? n - done : SEG_MAX;
		XPUSH(t->segs, t->nsegs, t->capsegs) = (struct seg){ .text = (uint32_t)(t->n + done), .src = src + (uint32_t)done,
		    .src_len = (uint32_t)more, .kind = SEG_VERBATIM };
	}
}

void
text_verbatim(struct text *t, const char *s, size_t n, uint32_t src)
{
	if (n == 0)
		return;
	add_verbatim(t, n, src);
	add_bytes(t, s, n);
}

void
text_borrow(struct text *t, const char *s, size_t n, uint32_t src)
{
	assert(t->n == 0 && t->nsegs == 0 && n <= UINT32_MAX);
	if (n == 0)
		return;
	if (t->cap != 0)
		free(t->s);
	t->s = (char *)(uintptr_t)s;	/* never written to: whoever appends copies first */
	t->cap = 0;
	add_verbatim(t, n, src);
	t->n = n;
}

void
text_segment(struct text *t, enum seg_kind kind, const char *s, size_t n, struct extent src)
{
	if (kind == SEG_VERBATIM) {
		assert(n == src.z - src.a);
		text_verbatim(t, s, n, src.a);
		return;
	}
	assert(t->n + n <= UINT32_MAX);
	add_seg(t, kind, src);
	add_bytes(t, s, n);
}

size_t
text_seg_at(const struct text *t, uint32_t at)
{
	size_t low = 0, high = t->nsegs;

	/* the last segment that begins at or before `at`: of several at one place, all but the last are empty */
	while (high - low > 1) {
		size_t mid = low + (high - low) / 2;

		if (t->segs[mid].text <= at)
			low = mid;
		else
			high = mid;
	}
	return low;
}

static uint32_t
seg_end(const struct text *t, size_t i)
{
	return i + 1 < t->nsegs ? t->segs[i + 1].text : (uint32_t)t->n;
}

/* Where in the source the characters before text offset `z` (> 0) end. */
static uint32_t
source_end(const struct text *t, uint32_t z)
{
	const struct seg *g = &t->segs[text_seg_at(t, z - 1)];

	return g->kind == SEG_VERBATIM ? g->src + (z - g->text) : g->src + g->src_len;
}

struct extent
text_extent(const struct text *t, struct range r)
{
	const struct seg *g;
	struct extent e = { 0, 0 };

	if (t->nsegs == 0)
		return e;
	if (r.a == r.z) {
		e.a = e.z = r.a == 0 || t->n == 0 ? t->segs[0].src : source_end(t, r.a);
		return e;
	}
	g = &t->segs[text_seg_at(t, r.a)];
	e.a = g->kind == SEG_VERBATIM ? g->src + (r.a - g->text) : g->src;
	e.z = source_end(t, r.z);
	return e;
}

void
text_append(struct text *to, const struct text *from, struct range r)
{
	size_t i;

	if (r.a >= r.z)
		return;
	/* empty segments right before the first character are left out, those between characters come along */
	for (i = text_seg_at(from, r.a); i < from->nsegs && from->segs[i].text < r.z; i++) {
		const struct seg *g = &from->segs[i];
		uint32_t a = g->text > r.a ? g->text : r.a, z = seg_end(from, i);

		if (z > r.z)
			z = r.z;
		if (g->kind == SEG_VERBATIM)
			text_verbatim(to, from->s + a, z - a, g->src + (a - g->text));
		else
			text_segment(to, g->kind, from->s + a, z - a, (struct extent){ g->src, g->src + g->src_len });
	}
}

void
text_compose(struct text *to, const struct text *outer, const struct text *inner, struct range r)
{
	size_t i;

	if (r.a >= r.z)
		return;
	for (i = text_seg_at(inner, r.a); i < inner->nsegs && inner->segs[i].text < r.z; i++) {
		const struct seg *g = &inner->segs[i];
		uint32_t a = g->text > r.a ? g->text : r.a, z = seg_end(inner, i);

		if (z > r.z)
			z = r.z;
		if (g->kind == SEG_VERBATIM)
			text_append(to, outer, (struct range){ g->src + (a - g->text), g->src + (z - g->text) });
		else
			text_segment(to, g->kind, inner->s + a, z - a,
			    text_extent(outer, (struct range){ g->src, g->src + g->src_len }));
	}
}

struct range
text_trim(const struct text *t, struct range r)
{
	unsigned cp;
	size_t k;

	while (r.a < r.z) {
		k = utf8_next(t->s + r.a, &cp);
		if (!utf8_is_space(cp))
			break;
		r.a += (uint32_t)k;
	}
	while (r.a < r.z) {
		k = utf8_prev(t->s + r.a, t->s + r.z, &cp);
		if (!utf8_is_space(cp))
			break;
		r.z -= (uint32_t)k;
	}
	return r;
}
