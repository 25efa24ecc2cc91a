/* Pairs of stories that share copy, for people, for tables and for machines. */
#include "command/reuse.h"

#include "emit/finding_json.h"
#include "emitter.h"
#include "util/json.h"

#include <string.h>

static const char *const relations[] = { "same-words", "same-address", "same-host", "apart" };
static const char *const relation_words[] = { ", word for word", ", of the same address", ", of the same host", "" };

/* What a run of shared words covers on disk. */
static struct span
span_of(const struct read_story *s, uint32_t first, uint32_t n)
{
	const struct copy_words *w = &s->passage.words;
	struct range r = { w->at[first].a, w->at[first + n - 1].z };

	return source_span(s->article.src, text_extent(&s->article.text, r));
}

static void
path_and_item(struct buf *out, const struct read_story *s, void (*path)(struct buf *out, const char *path))
{
	path(out, s->article.src->path);
	if (s->article.item != NULL) {
		buf_putc(out, '#');
		path(out, s->article.item);
	}
}

static const struct shared_words *
longest(const struct overlap *o)
{
	const struct shared_words *best = NULL;

	for (size_t i = 0; i < o->n; i++)
		if (best == NULL || (best->common && !o->v[i].common) || (best->common == o->v[i].common && o->v[i].words > best->words))
			best = &o->v[i];
	return best;
}

static void
where(struct buf *out, struct read_story *s, uint32_t unit)
{
	struct place at = source_place(s->article.src, span_of(s, unit, 1).a);

	path_and_item(out, s, emit_path_plain);
	buf_printf(out, ":%u:%u", at.line, at.column);
}

static void
text(struct buf *out, const struct reuse_found *f)
{
	const struct shared_words *most = longest(f->overlap);

	where(out, f->b, most->b);
	buf_printf(out, ": shares %u %s", f->sum.words, f->sum.words == 1 ? "word" : "words");
	if (f->sum.paragraphs != 0)
		buf_printf(out, " (%u whole %s)", f->sum.paragraphs, f->sum.paragraphs == 1 ? "paragraph" : "paragraphs");
	buf_puts(out, " with ");
	where(out, f->a, most->a);
	buf_printf(out, ", %.0f %% of the shorter%s%s\n", f->sum.containment * 100, relation_words[f->relation],
	    f->star ? ", the first of many that share them" : "");
}

static void
side(struct buf *out, const char *name, const struct read_story *s)
{
	buf_printf(out, "\"%s\":{\"path\":", name);
	json_path(out, s->article.src->path);
	buf_puts(out, ",\"item\":");
	json_cstring(out, s->article.item);
	buf_printf(out, ",\"words\":%u}", passage_words(&s->passage, 0, s->passage.words.n, true));
}

static void
json(struct buf *out, const struct reuse_found *f)
{
	struct emit_places a, b;

	emit_places_init(&a, f->a->article.src, COLUMN_CHAR);
	emit_places_init(&b, f->b->article.src, COLUMN_CHAR);
	buf_putc(out, '{');
	side(out, "a", f->a);
	buf_putc(out, ',');
	side(out, "b", f->b);
	buf_printf(out, ",\"containment\":%.4f,\"paragraphs\":%u,\"words\":%u,\"unquoted\":%u,\"relation\":\"%s\",\"first_of_many\":%s,\"shared\":[",
	    f->sum.containment, f->sum.paragraphs, f->sum.words, f->sum.unquoted, relations[f->relation], f->star ? "true" : "false");
	for (size_t i = 0; i < f->overlap->n; i++) {
		const struct shared_words *r = &f->overlap->v[i];

		buf_puts(out, i == 0 ? "{\"a\":" : ",{\"a\":");
		json_span(out, &a, span_of(f->a, r->a, r->n));
		buf_puts(out, ",\"b\":");
		json_span(out, &b, span_of(f->b, r->b, r->n));
		buf_printf(out, ",\"words\":%u,\"unquoted\":%u,\"set_aside\":%s}", r->words, r->unquoted, r->common ? "true" : "false");
	}
	buf_puts(out, "]}");
	emit_places_release(&a);
	emit_places_release(&b);
}

void
reuse_emit_begin(struct buf *out, enum reuse_form form)
{
	if (form == REUSE_JSON)
		buf_puts(out, "{\"version\":\"" PACKAGE_VERSION "\",\"pairs\":[");
}

void
reuse_emit_pair(struct buf *out, enum reuse_form form, const struct reuse_found *f, bool first)
{
	switch (form) {
	case REUSE_TEXT:
		text(out, f);
		break;
	case REUSE_TSV:
		path_and_item(out, f->a, emit_path);
		buf_putc(out, '\t');
		path_and_item(out, f->b, emit_path);
		buf_printf(out, "\t%.4f\t%u\t%s\n", f->sum.containment, f->sum.paragraphs, relations[f->relation]);
		break;
	case REUSE_JSON:
		buf_puts(out, first ? "\n" : ",\n");
		json(out, f);
		break;
	}
}

void
reuse_emit_end(struct buf *out, enum reuse_form form, size_t stories, size_t files, size_t pairs)
{
	if (form == REUSE_JSON)
		buf_printf(out, "%s],\"stories\":%zu,\"files\":%zu}\n", pairs != 0 ? "\n" : "", stories, files);
}
