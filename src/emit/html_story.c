/* What is noted of an article while it is there: where its fields and blocks stand, and those of their characters that do not stand in the
 * source as they are.  The rest is read from the source when the page is written, so that a note is small. */
#include "emit/html_int.h"

#include "util/xmalloc.h"

#include <stdlib.h>
#include <string.h>

enum { STORY_RANK };

struct noting {
	const struct article *a;
	struct html_story s;
	size_t capunits, capsegs;
	struct buf other;
};

/* The segments that a range lies in, cut to it. */
static void
note_unit(struct noting *w, struct range at, struct html_unit u)
{
	const struct text *t = &w->a->text;
	size_t nunits = w->s.nunits, nsegs = w->s.nsegs;

	if (at.a >= at.z || at.z > t->n)
		return;
	if (nunits >= MOST_UNITS) {
		w->s.dropped++;
		return;
	}
	u.seg = w->s.nsegs;
	u.a = UINT32_MAX;
	u.z = 0;
	u.n = at.z - at.a;
	for (size_t i = text_seg_at(t, at.a); i < t->nsegs && t->segs[i].text < at.z; i++) {
		const struct seg *from = &t->segs[i];
		uint32_t end = i + 1 < t->nsegs ? t->segs[i + 1].text : (uint32_t)t->n;
		uint32_t a = from->text > at.a ? from->text : at.a, z = end < at.z ? end : at.z;
		struct html_seg g = { z - a, from->src, from->src_len, (uint32_t)w->other.n };

		if (from->kind == SEG_VERBATIM) {
			g.src += a - from->text;
			g.src_len = z - a;
			g.other = UINT32_MAX;
		} else
			buf_add(&w->other, t->s + a, z - a);
		if (g.src < u.a)
			u.a = g.src;
		if (g.src + g.src_len > u.z)
			u.z = g.src + g.src_len;
		XPUSH(w->s.segs, nsegs, w->capsegs) = g;
	}
	u.nsegs = (uint32_t)nsegs - u.seg;
	w->s.nsegs = (uint32_t)nsegs;
	if (!u.field)
		w->s.text_n += u.n;
	XPUSH(w->s.units, nunits, w->capunits) = u;
	w->s.nunits = (uint32_t)nunits;
}

/* Whom the copy is of: a field says it, else an agency in the lines that tell of provenance. */
static void
put_origin(struct buf *out, const struct article *a)
{
	static const enum field_name fields[] = { FIELD_PROVIDER, FIELD_SOURCE };
	static const enum block_kind kinds[] = { BLOCK_SOURCE, BLOCK_DATELINE, BLOCK_BYLINE, BLOCK_SIGNOFF };
	enum { LONGEST = 60 };

	for (size_t i = 0; i < 2; i++) {
		const struct field *f = article_find_field(a, fields[i]);

		if (f != NULL && f->at.a < f->at.z && f->at.z - f->at.a <= LONGEST && memchr(a->text.s + f->at.a, '\0', f->at.z - f->at.a) == NULL) {
			buf_add(out, a->text.s + f->at.a, f->at.z - f->at.a);
			return;
		}
	}
	for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
		for (size_t i = 0; i < a->nblocks; i++) {
			const struct part *p = a->blocks[i].kind == kinds[k] ? block_part(&a->blocks[i], PART_AGENCY) : NULL;
			const char *s;
			size_t n;

			if (p == NULL)
				continue;
			s = part_value(a, p, &n);
			if (n != 0 && n <= LONGEST && memchr(s, '\0', n) == NULL) {
				buf_add(out, s, n);
				return;
			}
		}
}

static void
put_string(struct buf *out, const char *s)
{
	buf_add(out, s, strlen(s) + 1);
}

void
html_story_note(struct buf *out, const struct article *a)
{
	struct noting w = { .a = a, .s = { .whole = a->whole } };
	size_t begun;

	buf_init(&w.other);
	for (size_t i = 0; i < a->nfields; i++)
		note_unit(&w, a->fields[i].at, (struct html_unit){ .field = 1, .kind = (uint8_t)a->fields[i].name });
	for (size_t i = 0; i < a->nblocks; i++)
		note_unit(&w, a->blocks[i].at, (struct html_unit){ .kind = (uint8_t)a->blocks[i].kind, .weak = a->blocks[i].confidence == WEAK });
	w.s.nother = (uint32_t)w.other.n;
	begun = piece_begin(out, STORY_RANK);
	buf_add(out, &w.s, sizeof w.s);
	buf_add(out, w.s.units, w.s.nunits * sizeof *w.s.units);
	buf_add(out, w.s.segs, w.s.nsegs * sizeof *w.s.segs);
	buf_add(out, w.other.s, w.other.n);
	buf_putc(out, a->item != NULL);
	put_string(out, a->item != NULL ? a->item : "");
	put_string(out, a->lang != NULL ? a->lang : "und");
	put_string(out, a->format != NULL ? a->format : "");
	put_origin(out, a);
	buf_putc(out, '\0');
	piece_end(out, begun);
	buf_release(&w.other);
	free(w.s.units);
	free(w.s.segs);
}

static void *
copy(const char **s, size_t n, size_t size)
{
	void *p = xcalloc(n + 1, size);

	memcpy(p, *s, n * size);
	*s += n * size;
	return p;
}

static char *
copy_string(const char **s)
{
	char *p = xstrdup(*s);

	*s += strlen(*s) + 1;
	return p;
}

struct html_story *
html_stories_take(struct buf *out, size_t *n)
{
	struct html_story *v = NULL;
	size_t cap = 0, at = 0;
	struct piece p;

	*n = 0;
	while (piece_next(out, &at, &p)) {
		const char *s = p.s;
		struct html_story story;
		bool has_item;

		memcpy(&story, s, sizeof story);
		s += sizeof story;
		story.units = copy(&s, story.nunits, sizeof *story.units);
		story.segs = copy(&s, story.nsegs, sizeof *story.segs);
		story.other = copy(&s, story.nother, 1);
		has_item = *s++ != 0;
		story.item = copy_string(&s);
		if (!has_item) {
			free(story.item);
			story.item = NULL;
		}
		story.lang = copy_string(&s);
		story.format = copy_string(&s);
		story.origin = copy_string(&s);
		XPUSH(v, *n, cap) = story;
	}
	buf_clear(out);
	return v;
}

void
html_stories_free(struct html_story *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		free(v[i].units);
		free(v[i].segs);
		free(v[i].other);
		free(v[i].item);
		free(v[i].lang);
		free(v[i].format);
		free(v[i].origin);
	}
	free(v);
}

const char *
html_unit_text(const struct html_story *s, const struct html_unit *u, const struct source *src, struct buf *room)
{
	const struct html_seg *g = s->segs + u->seg;

	if (u->nsegs == 1 && g->other == UINT32_MAX)
		return src->s + g->src;
	buf_clear(room);
	for (; g < s->segs + u->seg + u->nsegs; g++)
		buf_add(room, g->other == UINT32_MAX ? src->s + g->src : s->other + g->other, g->n);
	return room->s;
}
