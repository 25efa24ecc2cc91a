/* One line a finding, as compilers write it and editors' error formats read it:
 *
 *	story.txt:2:1: warning: lead repeats the photo caption word for word [caption/duplicate-lead]
 *	story.txt:1:1: note: the caption is here
 *
 * A note without a rule belongs to the finding above it. */
#include "emitter.h"

#include <string.h>

static void
put_note(struct buf *out, struct emit_places *places, const struct finding *f, const struct note *n)
{
	struct emit_places other;
	struct place at;
	bool placed = emit_note_placed(n, f, places->src);

	if (placed) {
		at = emit_place(emit_note_places(places, n, &other), n->at.a);
		emit_places_release(&other);
	}
	emit_where(out, n->path != NULL ? n->path : f->path, placed ? &at : NULL);
	buf_puts(out, "note: ");
	emit_plain(out, n->message, strlen(n->message));
	buf_putc(out, '\n');
}

static void
put_finding(struct buf *out, struct emit_places *places, const struct finding *f)
{
	struct place at;
	bool placed = emit_finding_placed(f, places->src);

	if (placed)
		at = emit_place(places, f->at.a);
	emit_where(out, f->path, placed ? &at : NULL);
	buf_puts(out, severity_name(f->severity));
	buf_puts(out, ": ");
	emit_message(out, f);
	buf_puts(out, " [");
	buf_puts(out, f->rule);
	buf_puts(out, "]\n");
	for (size_t i = 0; i < f->nnotes; i++)
		put_note(out, places, f, &f->notes[i]);
}

static void
gcc_file(struct buf *out, const struct emit_options *opt, struct source *src, const struct finding_list *l)
{
	struct emit_places places;

	emit_places_init(&places, src, opt->unit);
	for (size_t i = 0; i < l->n; i++)
		put_finding(out, &places, &l->v[i]);
	emit_places_release(&places);
}

const struct emitter emitter_gcc = {
	.name = "gcc",
	.title = "a line a finding, as compilers write it: path:line:column: severity: message [rule]",
	.file = gcc_file,
};
