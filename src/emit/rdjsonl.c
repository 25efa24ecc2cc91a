/* Reviewdog's diagnostic format, an object a line.  Its columns are bytes of UTF-8, whatever --column-unit says, also where the file is in
 * another encoding: reviewdog compares with what git shows. */
#include "emit/finding_json.h"
#include "util/json.h"
#include "util/utf8.h"

#include <string.h>

enum { LONGEST = 16384 };		/* bytes that a suggestion may bridge between its edits */

static void
put_position(struct buf *out, const char *name, struct source *src, uint32_t at)
{
	struct place place = source_place(src, at);
	uint32_t line = source_extent(src, source_line_span(src, place.line)).a;
	uint32_t here = source_extent(src, (struct span){ at, at }).a;

	buf_printf(out, "\"%s\":{\"line\":%u,\"column\":%u}", name, (unsigned)place.line, (unsigned)(here > line ? here - line + 1 : 1));
}

static void
put_range(struct buf *out, struct source *src, struct span at)
{
	buf_puts(out, "\"range\":{");
	put_position(out, "start", src, at.a);
	buf_putc(out, ',');
	put_position(out, "end", src, at.z);
	buf_putc(out, '}');
}

/* `src` NULL: it has no place. */
static void
put_location(struct buf *out, const char *path, struct source *src, struct span at)
{
	buf_puts(out, "\"location\":{\"path\":");
	json_path_bare(out, path);
	if (src != NULL) {
		buf_putc(out, ',');
		put_range(out, src, at);
	}
	buf_putc(out, '}');
}

/* What the edits make of all that they lie in.  false: they are out of order, too far from each other to be one suggestion,
 * or have bytes between them that are no text. */
static bool
join(struct buf *text, struct span *at, struct source *src, const struct fix *fix)
{
	if (fix->nedits == 0)
		return false;
	*at = (struct span){ fix->edits[0].at.a, fix->edits[0].at.a };
	for (size_t i = 0; i < fix->nedits; i++) {
		const struct edit *e = &fix->edits[i];
		const char *s;
		size_t n;

		if (e->at.a < at->z || e->at.a - at->z > LONGEST)
			return false;
		s = source_slice(src, (struct span){ at->z, e->at.a }, &n);
		if (utf8_valid(s, n) != n)		/* damage would be written as something else */
			return false;
		buf_add(text, s, n);
		buf_puts(text, e->text);
		at->z = e->at.z;
	}
	return true;
}

/* A fix of several edits is one suggestion, since each suggestion is taken on its own.  One that is there to be looked at is none. */
static void
put_suggestions(struct buf *out, struct source *src, const struct finding *f)
{
	bool any = false;

	for (size_t i = 0; i < f->nfixes; i++) {
		struct buf text = BUF_INIT;
		struct span at;

		if (f->fixes[i].class != FIX_DISPLAY && join(&text, &at, src, &f->fixes[i])) {
			buf_puts(out, any ? ",{" : ",\"suggestions\":[{");
			any = true;
			put_range(out, src, at);
			buf_puts(out, ",\"text\":");
			json_string(out, text.s, text.n);
			buf_putc(out, '}');
		}
		buf_release(&text);
	}
	if (any)
		buf_putc(out, ']');
}

static void
put_notes(struct buf *out, struct source *src, const struct finding *f)
{
	for (size_t i = 0; i < f->nnotes; i++) {
		const struct note *n = &f->notes[i];
		struct source *in = n->src != NULL ? n->src : src;

		buf_puts(out, i == 0 ? ",\"related_locations\":[{\"message\":" : ",{\"message\":");
		json_cstring(out, n->message);
		buf_putc(out, ',');
		put_location(out, n->path != NULL ? n->path : f->path, emit_note_placed(n, f, src) ? in : NULL, n->at);
		buf_putc(out, '}');
	}
	if (f->nnotes != 0)
		buf_putc(out, ']');
}

static void
put_finding(struct buf *out, struct source *src, const struct finding *f)
{
	bool placed = emit_finding_placed(f, src);
	struct buf message = BUF_INIT;

	emit_message(&message, f);
	buf_puts(out, "{\"message\":");
	json_string(out, message.s, message.n);
	buf_putc(out, ',');
	put_location(out, f->path, placed ? src : NULL, f->at);
	buf_printf(out, ",\"severity\":\"%s\",\"source\":{\"name\":\"wirelint\"},\"code\":{\"value\":",
	    f->severity == SEV_ERROR ? "ERROR" : f->severity == SEV_WARNING ? "WARNING" : "INFO");
	json_cstring(out, f->rule);
	if (f->link != NULL) {
		buf_puts(out, ",\"url\":");
		json_cstring(out, f->link);
	}
	buf_putc(out, '}');
	if (placed)
		put_suggestions(out, src, f);
	put_notes(out, src, f);
	buf_puts(out, "}\n");
	buf_release(&message);
}

static void
rdjsonl_file(struct buf *out, const struct emit_options *opt, struct source *src, const struct finding_list *l)
{
	(void)opt;
	for (size_t i = 0; i < l->n; i++)
		put_finding(out, src, &l->v[i]);
}

const struct emitter emitter_rdjsonl = {
	.name = "rdjsonl",
	.title = "reviewdog's diagnostic format, a JSON object a line",
	.file = rdjsonl_file,
};
