/* A finding as one JSON object, in the shape that doc/finding.schema.json describes. */
#include "emit/finding_json.h"
#include "util/json.h"

#include <inttypes.h>

static void
put_place(struct buf *out, const char *name, struct place at)
{
	buf_putc(out, '"');
	buf_puts(out, name);
	buf_puts(out, "\":{\"byte\":");
	buf_putu(out, at.byte);
	buf_puts(out, ",\"line\":");
	buf_putu(out, at.line);
	buf_puts(out, ",\"column\":");
	buf_putu(out, at.column);
	buf_putc(out, '}');
}

void
json_span(struct buf *out, struct emit_places *places, struct span at)
{
	buf_putc(out, '{');
	put_place(out, "start", emit_place(places, at.a));
	buf_putc(out, ',');
	put_place(out, "end", emit_place(places, at.z));
	buf_putc(out, '}');
}

void
json_path(struct buf *out, const char *path)
{
	struct buf safe = BUF_INIT;

	emit_path(&safe, path);
	json_string(out, safe.s, safe.n);
	buf_release(&safe);
}

void
json_path_bare(struct buf *out, const char *path)
{
	struct buf safe = BUF_INIT;

	emit_path_bare(&safe, path);
	json_string(out, safe.s, safe.n);
	buf_release(&safe);
}

static void
put_note(struct buf *out, struct emit_places *places, const struct finding *f, const struct note *n)
{
	struct emit_places other;

	buf_puts(out, "{\"message\":");
	json_cstring(out, n->message);
	buf_puts(out, ",\"path\":");
	json_path(out, n->path != NULL ? n->path : f->path);
	buf_puts(out, ",\"span\":");
	if (emit_note_placed(n, f, places->src)) {
		json_span(out, emit_note_places(places, n, &other), n->at);
		emit_places_release(&other);
	} else
		buf_puts(out, "null");
	buf_putc(out, '}');
}

static void
put_fix(struct buf *out, struct emit_places *places, const struct fix *fix)
{
	buf_puts(out, "{\"class\":");
	json_cstring(out, fix_class_name(fix->class));
	buf_puts(out, ",\"description\":");
	json_cstring(out, fix->description);
	buf_puts(out, ",\"edits\":[");
	for (size_t i = 0; i < fix->nedits; i++) {
		buf_puts(out, i == 0 ? "{\"span\":" : ",{\"span\":");
		json_span(out, places, fix->edits[i].at);
		buf_puts(out, ",\"text\":");
		json_cstring(out, fix->edits[i].text);
		buf_putc(out, '}');
	}
	buf_puts(out, "]}");
}

void
json_finding(struct buf *out, struct emit_places *places, const struct finding *f)
{
	bool placed = emit_finding_placed(f, places->src);

	buf_puts(out, "{\"path\":");
	json_path(out, f->path);
	buf_puts(out, ",\"item\":");
	json_cstring(out, f->item);
	buf_puts(out, ",\"rule\":");
	json_cstring(out, f->rule);
	buf_puts(out, ",\"severity\":");
	json_cstring(out, severity_name(f->severity));
	buf_puts(out, ",\"certainty\":");
	json_cstring(out, certainty_name(f->certainty));
	buf_puts(out, ",\"message\":");
	json_cstring(out, f->message);
	buf_puts(out, ",\"block\":");
	json_cstring(out, f->block);
	buf_puts(out, ",\"span\":");
	if (placed)
		json_span(out, places, f->at);
	else
		buf_puts(out, "null");
	buf_puts(out, ",\"notes\":[");
	for (size_t i = 0; i < f->nnotes; i++) {
		if (i != 0)
			buf_putc(out, ',');
		put_note(out, places, f, &f->notes[i]);
	}
	buf_puts(out, "],\"fixes\":[");
	for (size_t i = 0; placed && i < f->nfixes; i++) {
		if (i != 0)
			buf_putc(out, ',');
		put_fix(out, places, &f->fixes[i]);
	}
	buf_printf(out, "],\"fingerprint\":\"%016" PRIx64 "\"}", f->fingerprint);
}
