/* The article as it was read, for people (a line a block), for rule authors (the XML that `assert` sees) and for
 * programs (JSON with the map from each character to its bytes on disk; doc/show.schema.json). */
#include "analysis/analysis.h"
#include "command/show.h"
#include "emit/finding_json.h"
#include "emitter.h"
#include "util/json.h"
#include "view/view.h"

#include <stdio.h>
#include <string.h>

const char *const show_forms[] = { "text", "xml", "json", NULL };

bool
show_form_parse(const char *s, enum show_form *out)
{
	for (size_t i = 0; show_forms[i] != NULL; i++)
		if (strcmp(show_forms[i], s) == 0) {
			*out = (enum show_form)i;
			return true;
		}
	return false;
}

static struct span
disk(const struct article *a, struct range r)
{
	return source_span(a->src, text_extent(&a->text, r));
}

/* ---- Text ---- */

static void
text_line(struct buf *out, const struct article *a, const char *name, struct range r)
{
	struct place at = source_place(a->src, disk(a, r).a);
	char where[32];

	snprintf(where, sizeof(where), "%u:%u", (unsigned)at.line, (unsigned)at.column);
	buf_printf(out, "%-16s %-9s ", name, where);
	emit_plain(out, text_at(&a->text, r), range_len(r));
	buf_putc(out, '\n');
}

static void
show_text(struct buf *out, const struct article *a)
{
	for (size_t i = 0; i < a->nfields; i++) {
		char name[48];

		snprintf(name, sizeof(name), "@%s", field_name_str(a->fields[i].name));
		text_line(out, a, name, a->fields[i].at);
	}
	for (size_t i = 0; i < a->nblocks; i++)
		text_line(out, a, block_kind_name(a->blocks[i].kind), a->blocks[i].at);
}

/* direct beside    3:1-3:31   cue "told", speaker "Ada Brandt": "We will stay,"  In a run or nested: so much further to the right. */
static void
show_quotations(struct buf *out, const struct article *a, struct analysis *an)
{
	analysis_attributions(an);
	for (size_t i = 0; i < an->nquotations; i++) {
		const struct quotation *q = &an->quotations[i];
		struct place from = source_place(a->src, disk(a, q->at).a), to = source_place(a->src, disk(a, q->at).z);
		const struct { const char *name; struct range at; } parts[] = {{"cue", q->cue}, {"speaker", q->speaker}};
		char where[64];

		snprintf(where, sizeof where, "%u:%u-%u:%u", (unsigned)from.line, (unsigned)from.column, (unsigned)to.line, (unsigned)to.column);
		buf_printf(out, "%-8s %-9s %-13s %*s", quotation_kind_name(q->kind), sourced_name(q->sourced), where, 2 * q->level, "");
		for (size_t k = 0; k < sizeof parts / sizeof *parts; k++) {
			if (range_len(parts[k].at) == 0)
				continue;
			buf_printf(out, "%s '", parts[k].name);
			emit_plain(out, text_at(&a->text, parts[k].at), range_len(parts[k].at));
			buf_puts(out, "' ");
		}
		buf_puts(out, q->continued ? "(goes on) " : "");
		buf_puts(out, q->closed || q->continues ? "" : "(not closed) ");
		emit_plain(out, text_at(&a->text, q->at), range_len(q->at));
		buf_putc(out, '\n');
	}
}

/* ---- JSON ---- */

static void
put_key(struct buf *out, const char *key)
{
	buf_puts(out, ",\"");
	buf_puts(out, key);
	buf_puts(out, "\":");
}

static void
put_text_span(struct buf *out, struct emit_places *places, const struct article *a, struct range r)
{
	put_key(out, "text");
	json_string(out, text_at(&a->text, r), range_len(r));
	put_key(out, "span");
	json_span(out, places, disk(a, r));
}

/* The segments that lie over the range, cut to it.  Only verbatim ones can be cut: the others are one character or break. */
static void
put_map(struct buf *out, const struct article *a, struct range r)
{
	const struct text *t = &a->text;
	const char *comma = "";

	put_key(out, "map");
	buf_putc(out, '[');
	for (size_t i = r.a < r.z ? text_seg_at(t, r.a) : t->nsegs; i < t->nsegs && t->segs[i].text < r.z; i++) {
		const struct seg *seg = &t->segs[i];
		uint32_t from = seg->text, to = i + 1 < t->nsegs ? seg[1].text : (uint32_t)t->n;
		struct extent e = { seg->src, seg->src + seg->src_len };
		struct span s;

		if (from < r.a) {
			if (seg->kind == SEG_VERBATIM)
				e.a += r.a - from;
			from = r.a;
		}
		if (to > r.z) {
			if (seg->kind == SEG_VERBATIM)
				e.z -= to - r.z;
			to = r.z;
		}
		s = source_span(a->src, e);
		buf_puts(out, comma);
		buf_puts(out, "{\"text\":[");
		buf_putu(out, from - r.a);
		buf_putc(out, ',');
		buf_putu(out, to - r.a);
		buf_puts(out, "],\"source\":[");
		buf_putu(out, s.a);
		buf_putc(out, ',');
		buf_putu(out, s.z);
		buf_puts(out, "],\"kind\":");
		json_cstring(out, seg_kind_name(seg->kind));
		buf_putc(out, '}');
		comma = ",";
	}
	buf_putc(out, ']');
}

static void
put_field(struct buf *out, struct emit_places *places, const struct article *a, const struct field *f)
{
	buf_puts(out, "{\"name\":");
	json_cstring(out, field_name_str(f->name));
	put_text_span(out, places, a, f->at);
	put_map(out, a, f->at);
	buf_putc(out, '}');
}

static void
put_block(struct buf *out, struct emit_places *places, const struct article *a, const struct block *b)
{
	buf_puts(out, "{\"kind\":");
	json_cstring(out, block_kind_name(b->kind));
	put_key(out, "confidence");
	json_cstring(out, certainty_name(b->confidence));
	put_key(out, "parts");
	buf_putc(out, '[');
	for (uint32_t i = 0; i < b->nparts; i++) {
		buf_puts(out, i == 0 ? "{\"name\":" : ",{\"name\":");
		json_cstring(out, part_name_str(b->parts[i].name));
		put_text_span(out, places, a, b->parts[i].at);
		buf_putc(out, '}');
	}
	buf_putc(out, ']');
	put_text_span(out, places, a, b->at);
	put_map(out, a, b->at);
	buf_putc(out, '}');
}

static void
put_span_or_null(struct buf *out, struct emit_places *places, const struct article *a, const char *key, struct range r)
{
	put_key(out, key);
	if (r.a < r.z)
		json_span(out, places, disk(a, r));
	else
		buf_puts(out, "null");
}

static void
put_quotation(struct buf *out, struct emit_places *places, const struct article *a, const struct quotation *q)
{
	buf_puts(out, "{\"kind\":");
	json_cstring(out, quotation_kind_name(q->kind));
	put_key(out, "closed");
	buf_puts(out, q->closed ? "true" : "false");
	put_text_span(out, places, a, q->at);
	put_span_or_null(out, places, a, "cue", q->cue);
	put_span_or_null(out, places, a, "speaker", q->speaker);
	buf_putc(out, '}');
}

static void
show_json(struct buf *out, const struct article *a, struct analysis *an)
{
	struct emit_places places;

	emit_places_init(&places, a->src, COLUMN_CHAR);
	buf_puts(out, "{\"path\":");
	json_path(out, a->src->path);
	put_key(out, "item");
	json_cstring(out, a->item);
	put_key(out, "format");
	json_cstring(out, a->format);
	put_key(out, "encoding");
	json_cstring(out, encoding_name(a->src->encoding));
	put_key(out, "language");
	json_cstring(out, a->lang);
	put_key(out, "fields");
	buf_putc(out, '[');
	for (size_t i = 0; i < a->nfields; i++) {
		buf_puts(out, i == 0 ? "\n" : ",\n");
		put_field(out, &places, a, &a->fields[i]);
	}
	buf_putc(out, ']');
	put_key(out, "blocks");
	buf_putc(out, '[');
	for (size_t i = 0; i < a->nblocks; i++) {
		buf_puts(out, i == 0 ? "\n" : ",\n");
		put_block(out, &places, a, &a->blocks[i]);
	}
	buf_putc(out, ']');
	put_key(out, "quotations");
	buf_putc(out, '[');
	if (an != NULL)
		analysis_attributions(an);
	for (size_t i = 0; an != NULL && i < an->nquotations; i++) {
		buf_puts(out, i == 0 ? "\n" : ",\n");
		put_quotation(out, &places, a, &an->quotations[i]);
	}
	buf_puts(out, "]}");
	emit_places_release(&places);
}

/* ---- One file ---- */

void
show_next(struct show *s, struct buf *out, const struct article *a, struct analysis *an)
{
	if (s->n++ == 0) {
		s->many = s->many || a->item != NULL;
		if (s->many && s->form == SHOW_JSON)
			buf_putc(out, '[');
		if (s->many && s->form == SHOW_XML)
			buf_puts(out, "<articles>\n");
	} else if (s->form == SHOW_JSON) {
		buf_puts(out, ",\n");
	} else if (s->form == SHOW_TEXT) {
		buf_putc(out, '\n');
	}
	switch (s->form) {
	case SHOW_TEXT:
		if (s->many) {
			emit_path_plain(out, a->src->path);
			if (a->item != NULL) {
				buf_puts(out, " item ");
				emit_plain(out, a->item, strlen(a->item));
			}
			buf_putc(out, '\n');
		}
		if (s->quotations)
			show_quotations(out, a, an);
		else
			show_text(out, a);
		break;
	case SHOW_XML:
		view_print(a, out);
		break;
	case SHOW_JSON:
		show_json(out, a, an);
		break;
	}
}

void
show_end(struct show *s, struct buf *out)
{
	if (s->n != 0 && s->many && s->form == SHOW_JSON)
		buf_putc(out, ']');
	if (s->n != 0 && s->many && s->form == SHOW_XML)
		buf_puts(out, "</articles>\n");
	if (s->form == SHOW_JSON && s->n != 0)
		buf_putc(out, '\n');
}
