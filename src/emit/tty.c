/* For people at a terminal, as gcc and clang write it: what is wrong, the source line with the place marked, notes with
 * their own line, and how it can be mended.
 *
 *	story.txt:1:10: warning: 'Kiev': house style is 'Kyiv' [house/kyiv]
 *	    1 | Talks in Kiev resumed.
 *	      |          ^~~~
 *	      | fix: replace with 'Kyiv' */
#include "emit/snippet.h"
#include "util/utf8.h"

#include <string.h>

#define BOLD "\033[1m"
#define GREEN "\033[32m"
#define PLAIN "\033[0m"

struct tty {
	struct buf *out;
	const struct emit_options *opt;
	struct emit_places places;
};

static const char *
severity_colour(enum severity s)
{
	switch (s) {
	case SEV_ERROR:
		return "\033[1;31m";
	case SEV_WARNING:
		return "\033[1;35m";
	default:
		return "\033[1;36m";
	}
}

static void
put_coloured(struct tty *t, const char *colour, const char *s)
{
	if (t->opt->colour)
		buf_puts(t->out, colour);
	emit_plain(t->out, s, strlen(s));
	if (t->opt->colour)
		buf_puts(t->out, PLAIN);
}

/* Path, place and severity. */
static void
put_head(struct tty *t, struct emit_places *places, const char *path, const struct span *at, enum severity severity)
{
	struct place place;

	if (at != NULL)
		place = emit_place(places, at->a);
	if (t->opt->colour)
		buf_puts(t->out, BOLD);
	emit_where(t->out, path, at != NULL ? &place : NULL);
	if (t->opt->colour)
		buf_puts(t->out, PLAIN);
	put_coloured(t, severity_colour(severity), severity_name(severity));
	buf_puts(t->out, ": ");
}

/* The address goes to the terminal, which opens it: only characters that an address may have. */
static void
put_address(struct buf *out, const char *s)
{
	for (; *s != '\0'; s++)
		if ((unsigned char)*s > 0x20 && (unsigned char)*s < 0x7F)
			buf_putc(out, *s);
		else
			buf_printf(out, "%%%02X", (unsigned char)*s);
}

static void
put_rule(struct tty *t, const struct finding *f)
{
	bool link = t->opt->links && f->link != NULL;

	buf_puts(t->out, " [");
	if (link) {
		buf_puts(t->out, "\033]8;;");
		put_address(t->out, f->link);
		buf_puts(t->out, "\033\\");
	}
	put_coloured(t, severity_colour(f->severity), f->rule);
	if (link)
		buf_puts(t->out, "\033]8;;\033\\");
	buf_puts(t->out, "]\n");
}

/* Quoted words, cut where they are long. */
static void
put_quoted(struct tty *t, const char *s, const char *colour)
{
	const char *end = s + strlen(s), *at = s;
	unsigned cp;

	for (unsigned n = 0; at < end && n < SNIPPET_WIDTH; n++)
		at += utf8_decode(at, end, &cp);
	buf_putc(t->out, '\'');
	if (t->opt->colour)
		buf_puts(t->out, colour);
	emit_plain(t->out, s, (size_t)(at - s));
	if (t->opt->colour)
		buf_puts(t->out, PLAIN);
	buf_puts(t->out, at < end ? "…'" : "'");
}

static void
put_edit(struct tty *t, const struct edit *e)
{
	if (e->text[0] == '\0') {
		buf_puts(t->out, "delete this");
		return;
	}
	buf_puts(t->out, e->at.a == e->at.z ? "insert " : "replace with ");
	put_quoted(t, e->text, GREEN);
}

/* Does the description say already what will stand there? */
static bool
says_edit(const char *description, const struct edit *e)
{
	return e->text[0] == '\0' || strstr(description, e->text) != NULL;
}

static void
put_fix(struct tty *t, const struct fix *fix)
{
	bool described = fix->description != NULL && fix->description[0] != '\0';

	snippet_gutter(t->out);
	buf_puts(t->out, fix->class == FIX_SAFE ? "fix: " : fix->class == FIX_UNSAFE ? "fix (unsafe): " : "suggestion: ");
	if (described)
		put_coloured(t, GREEN, fix->description);
	if (fix->nedits == 1 && !(described && says_edit(fix->description, &fix->edits[0]))) {
		buf_puts(t->out, described ? ": " : "");
		put_edit(t, &fix->edits[0]);
	} else if (fix->nedits > 1) {
		buf_printf(t->out, "%s%zu edits", described ? ": " : "", fix->nedits);
	}
	buf_putc(t->out, '\n');
}

static void
put_note(struct tty *t, const struct finding *f, const struct note *n)
{
	bool placed = emit_note_placed(n, f, t->places.src);
	struct emit_places other, *places = emit_note_places(&t->places, n, &other);

	put_head(t, places, n->path != NULL ? n->path : f->path, placed ? &n->at : NULL, SEV_NOTE);
	emit_plain(t->out, n->message, strlen(n->message));
	buf_putc(t->out, '\n');
	if (placed)
		snippet_put(t->out, places->src, n->at, t->opt->colour ? severity_colour(SEV_NOTE) : NULL);
	emit_places_release(&other);
}

static void
put_finding(struct tty *t, const struct finding *f)
{
	bool placed = emit_finding_placed(f, t->places.src);

	put_head(t, &t->places, f->path, placed ? &f->at : NULL, f->severity);
	if (t->opt->colour)
		buf_puts(t->out, BOLD);
	emit_plain(t->out, f->message, strlen(f->message));
	if (t->opt->colour)
		buf_puts(t->out, PLAIN);
	if (f->item != NULL) {
		buf_puts(t->out, " (item ");
		emit_plain(t->out, f->item, strlen(f->item));
		buf_putc(t->out, ')');
	}
	put_rule(t, f);
	if (placed) {
		snippet_put(t->out, t->places.src, f->at, t->opt->colour ? severity_colour(f->severity) : NULL);
		for (size_t i = 0; i < f->nfixes; i++)
			put_fix(t, &f->fixes[i]);
	}
	for (size_t i = 0; i < f->nnotes; i++)
		put_note(t, f, &f->notes[i]);
}

static void
tty_file(struct buf *out, const struct emit_options *opt, struct source *src, const struct finding_list *l)
{
	struct tty t = { .out = out, .opt = opt };

	emit_places_init(&t.places, src, opt->unit);
	for (size_t i = 0; i < l->n; i++)
		put_finding(&t, &l->v[i]);
	emit_places_release(&t.places);
}

const struct emitter emitter_tty = {
	.name = "tty",
	.title = "for a terminal: the source line with the place marked, notes and fixes, in colour",
	.file = tty_file,
};
