/* Where findings lie in the blocks and fields of a file's articles.
 *
 * A finding carries bytes of the file; a unit knows by its segments where its text stands there.  All units of a file lie in one index, by
 * where they begin, each with the furthest end of all up to it, so that those a place lies in are found from behind. */
#include "emit/html_int.h"

#include "util/xmalloc.h"

#include <stdlib.h>
#include <string.h>

static int
by_place(const void *x, const void *y)
{
	const struct html_at *a = x, *b = y;

	if (a->a != b->a)
		return a->a < b->a ? -1 : 1;
	if (a->story != b->story)
		return a->story < b->story ? -1 : 1;
	return a->unit < b->unit ? -1 : a->unit > b->unit;
}

void
html_file_init(struct html_file *h, const struct emit_options *opt, struct source *src, struct buf *out)
{
	size_t cap = 0;
	uint32_t furthest = 0;

	*h = (struct html_file){ .opt = opt, .src = src };
	emit_places_init(&h->places, src, opt->unit);
	h->stories = html_stories_take(out, &h->nstories);
	for (size_t i = 0; i < h->nstories; i++)
		for (uint32_t k = 0; k < h->stories[i].nunits; k++)
			XPUSH(h->index, h->nindex, cap) = (struct html_at){ h->stories[i].units[k].a, h->stories[i].units[k].z, 0, (uint32_t)i, k };
	if (h->nindex > 1)
		qsort(h->index, h->nindex, sizeof *h->index, by_place);
	for (size_t i = 0; i < h->nindex; i++) {
		if (h->index[i].z > furthest)
			furthest = h->index[i].z;
		h->index[i].furthest = furthest;
	}
}

void
html_file_release(struct html_file *h)
{
	emit_places_release(&h->places);
	html_stories_free(h->stories, h->nstories);
	free(h->index);
}

static bool
touches(const struct html_at *u, struct extent e)
{
	return e.a == e.z ? u->a <= e.a && e.a <= u->z : u->a < e.z && e.a < u->z;
}

/* Behind the last unit that can touch it. */
static size_t
index_end(const struct html_file *h, struct extent e)
{
	size_t lo = 0, hi = h->nindex;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (h->index[mid].a <= e.z)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* From behind: the next unit before `i` that it touches; false: there is none. */
static bool
index_back(const struct html_file *h, struct extent e, size_t *i)
{
	while (*i > 0 && h->index[*i - 1].furthest >= e.a)
		if (touches(&h->index[--*i], e))
			return true;
	return false;
}

static bool
same_item(const char *a, const char *b)
{
	return (a == NULL && b == NULL) || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* How well the unit suits what the finding says of where it lies. */
static int
suits(const struct html_file *h, const struct html_at *at, const struct finding *f)
{
	const struct html_story *s = &h->stories[at->story];
	const struct html_unit *u = &s->units[at->unit];

	return 4 * same_item(s->item, f->item) + 2 * ((f->block != NULL) == !u->field) +
	    (f->block != NULL && !u->field && strcmp(block_kind_name((enum block_kind)u->kind), f->block) == 0);
}

static struct extent
extent_of(const struct html_file *h, struct span at)
{
	return source_extent(h->src, at);
}

/* The unit where it begins, in one story or (nstories) in any; NULL: in none. */
static const struct html_at *
home(const struct html_file *h, const struct finding *f, size_t story)
{
	struct extent e;
	size_t i;
	const struct html_at *best = NULL;
	int points = -1;

	if (!emit_finding_placed(f, h->src))
		return NULL;
	e = extent_of(h, f->at);
	for (i = index_end(h, e); index_back(h, e, &i);)
		if ((story == h->nstories || h->index[i].story == story) && suits(h, &h->index[i], f) >= points) {
			best = &h->index[i];
			points = suits(h, best, f);
		}
	return best;
}

size_t
html_story_of(const struct html_file *h, const struct finding *f)
{
	const struct html_at *at;
	struct extent e;

	if (h->nstories <= 1)
		return 0;
	if (!emit_finding_placed(f, h->src))
		return h->nstories;
	at = home(h, f, h->nstories);
	if (at != NULL && same_item(h->stories[at->story].item, f->item))
		return at->story;
	e = extent_of(h, f->at);
	for (size_t i = 0; i < h->nstories; i++)
		if (same_item(h->stories[i].item, f->item) && h->stories[i].whole.a <= e.a && e.a <= h->stories[i].whole.z)
			return i;
	for (size_t i = 0; i < h->nstories; i++)
		if (f->item != NULL && same_item(h->stories[i].item, f->item))
			return i;
	return h->nstories;
}

/* The part of a unit's text that comes of the extent; false: none does. */
static bool
map(const struct html_story *s, const struct html_unit *u, struct extent e, uint32_t *a, uint32_t *z)
{
	const struct html_seg *g = s->segs + u->seg, *end = g + u->nsegs;
	uint32_t at = 0;
	bool any = false;

	*a = *z = 0;
	for (; g < end; at += g->n, g++) {
		bool same = g->other == UINT32_MAX;
		uint32_t to = g->src + g->src_len;

		if (e.a == e.z) {
			if (to <= e.a)
				*a = at + g->n;
			else if (g->src < e.a)
				*a = same ? at + (e.a - g->src) : at + g->n;
			*z = *a;
			any = true;
		} else if (g->src < e.z && e.a < to) {
			if (!any)
				*a = same && e.a > g->src ? at + (e.a - g->src) : at;
			*z = same && e.z < to ? at + (e.z - g->src) : at + g->n;
			any = true;
		}
	}
	return any;
}

/* Marks one place in all units of a kind that it touches; the first is `at`. */
static void
mark(const struct html_file *h, const struct html_at *at, struct extent e, struct html_mark m, struct html_marks *out)
{
	const struct html_story *s = &h->stories[at->story];
	size_t from = out->n;
	bool field = s->units[at->unit].field;

	for (const struct html_at *i = at; i < h->index + h->nindex && (i == at || (i->a < e.z && e.a != e.z)); i++) {
		if (i != at && (i->story != at->story || field || s->units[i->unit].field))
			continue;
		m.unit = i->unit;
		if (map(s, &s->units[i->unit], e, &m.a, &m.z) && (m.a < m.z || e.a == e.z))
			XPUSH(out->v, out->n, out->cap) = m;
	}
	if (out->n > from) {
		out->v[from].first = true;
		out->v[out->n - 1].last = true;
	}
}

static void
mark_notes(const struct html_file *h, size_t story, const struct html_shown *w, uint32_t number, struct html_marks *out)
{
	for (size_t k = 0; k < w->f->nnotes && k < MOST_NOTES; k++) {
		const struct note *n = &w->f->notes[k];
		struct finding like = { .path = w->f->path, .item = w->f->item, .block = w->f->block, .placed = true, .at = n->at };
		const struct html_at *at;

		if (n->src != NULL || !emit_note_placed(n, w->f, h->src) || (n->at.a == w->f->at.a && n->at.z == w->f->at.z))
			continue;
		if ((at = home(h, &like, story)) != NULL)
			mark(h, at, extent_of(h, n->at), (struct html_mark){ .number = number, .note = (uint32_t)k + 1 }, out);
	}
}

static int
by_unit(const void *x, const void *y)
{
	const struct html_mark *a = x, *b = y;

	if (a->unit != b->unit)
		return a->unit < b->unit ? -1 : 1;
	if (a->a != b->a)
		return a->a < b->a ? -1 : 1;
	if (a->number != b->number)
		return a->number < b->number ? -1 : 1;
	return a->note < b->note ? -1 : a->note > b->note;
}

void
html_marks_make(const struct html_file *h, size_t story, struct html_shown *shown, size_t n, struct html_marks *out)
{
	*out = (struct html_marks){ 0 };
	for (size_t i = 0; i < n; i++) {
		const struct html_at *at = home(h, shown[i].f, story);
		size_t from = out->n;

		shown[i].unit = SIZE_MAX;
		if (at != NULL)
			mark(h, at, extent_of(h, shown[i].f->at), (struct html_mark){ .number = (uint32_t)i + 1 }, out);
		if (out->n > from)
			shown[i].unit = out->v[from].unit;
		mark_notes(h, story, &shown[i], (uint32_t)i + 1, out);
	}
	if (out->n > 1)
		qsort(out->v, out->n, sizeof *out->v, by_unit);
}
