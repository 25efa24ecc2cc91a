/* Workflow commands of GitHub Actions: an annotation a finding, at its place in the change.
 *
 *	::warning file=story.txt,line=1,col=10,endLine=1,endColumn=14,title=house/kyiv::'Kiev': house style is 'Kyiv'
 *
 * GitHub shows ten annotations of each severity for a step and drops the rest without a word.  So errors come first, what is over
 * ten (nine of notes) is a plain line of the log, as gcc has it, and a last notice counts what is not shown.
 *
 * Words of an article must not become commands.  In a command they are escaped; a plain line is one only where it begins with "::" or
 * holds "##[", the older form: neither is let stand. */
#include "emit/pieces.h"
#include "emitter.h"

#include <string.h>

enum { SHOWN = 10 };

static const char *
command_for(enum severity s)
{
	return s == SEV_ERROR ? "error" : s == SEV_WARNING ? "warning" : "notice";
}

static void
put_data(struct buf *out, const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (s[i] == '%' || s[i] == '\r' || s[i] == '\n')
			buf_printf(out, "%%%02X", (unsigned char)s[i]);
		else
			buf_putc(out, s[i]);
}

static void
put_property(struct buf *out, const char *name, const char *s, size_t n)
{
	buf_puts(out, name);
	for (size_t i = 0; i < n; i++)
		if (s[i] == ':' || s[i] == ',')
			buf_printf(out, "%%%02X", (unsigned char)s[i]);
		else
			put_data(out, s + i, 1);
}

/* Columns of a place over several lines GitHub does not take. */
static void
put_lines(struct buf *out, struct emit_places *places, struct span at)
{
	struct place from = emit_place(places, at.a), to = emit_place(places, at.z);

	buf_printf(out, ",line=%u", (unsigned)from.line);
	if (from.line == to.line)
		buf_printf(out, ",col=%u,endLine=%u,endColumn=%u", (unsigned)from.column, (unsigned)to.line, (unsigned)to.column);
	else
		buf_printf(out, ",endLine=%u", (unsigned)emit_last_line(places, at));
}

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
	buf_putc(out, '\n');
	emit_where(out, n->path != NULL ? n->path : f->path, placed ? &at : NULL);
	buf_puts(out, "note: ");
	emit_plain(out, n->message, strlen(n->message));
}

static void
put_command(struct buf *out, struct emit_places *places, const struct finding *f)
{
	struct buf words = BUF_INIT;

	buf_printf(out, "::%s ", command_for(f->severity));
	if (f->path != NULL) {
		emit_path_bare(&words, f->path);
		put_property(out, "file=", words.s, words.n);
		if (emit_finding_placed(f, places->src))
			put_lines(out, places, f->at);
		buf_putc(out, ',');
	}
	put_property(out, "title=", f->rule, strlen(f->rule));
	buf_puts(out, "::");
	buf_clear(&words);
	emit_message(&words, f);
	for (size_t i = 0; i < f->nnotes; i++)
		put_note(&words, places, f, &f->notes[i]);
	put_data(out, words.s, words.n);
	buf_release(&words);
}

/* A line of the log that is no command; GitHub passes over any blank before "::". */
static void
put_line(struct buf *out, const char *s, size_t n)
{
	if (n != 0 && (s[0] == ':' || s[0] <= ' ' || s[0] > '~'))
		buf_puts(out, "./");
	for (size_t i = 0; i < n; i++) {
		if (s[i] == '[' && i >= 2 && s[i - 1] == '#' && s[i - 2] == '#')
			buf_putc(out, ' ');
		buf_putc(out, s[i]);
	}
	buf_putc(out, '\n');
}

static void
put_plain(struct buf *out, struct emit_places *places, const struct finding *f)
{
	struct buf lines = BUF_INIT;
	struct place at;
	bool placed = emit_finding_placed(f, places->src);
	const char *s, *end, *line;

	if (placed)
		at = emit_place(places, f->at.a);
	emit_where(&lines, f->path, placed ? &at : NULL);
	buf_puts(&lines, severity_name(f->severity));
	buf_puts(&lines, ": ");
	emit_message(&lines, f);
	buf_printf(&lines, " [%s]", f->rule);
	for (size_t i = 0; i < f->nnotes; i++)
		put_note(&lines, places, f, &f->notes[i]);
	end = lines.s + lines.n;
	for (s = lines.s; s < end; s = line + 1) {
		line = memchr(s, '\n', (size_t)(end - s));
		line = line != NULL ? line : end;
		put_line(out, s, (size_t)(line - s));
	}
	buf_release(&lines);
}

/* The command, and behind it the lines that stand in its place where there are too many. */
static void
github_file(struct buf *out, const struct emit_options *opt, struct source *src, const struct finding_list *l)
{
	struct emit_places places;

	emit_places_init(&places, src, opt->unit);
	for (size_t i = 0; i < l->n; i++) {
		size_t begun = piece_begin(out, (unsigned char)l->v[i].severity);

		put_command(out, &places, &l->v[i]);
		buf_putc(out, '\n');
		put_plain(out, &places, &l->v[i]);
		piece_end(out, begun);
	}
	emit_places_release(&places);
}

/* Those of a severity from the number `from` to the number `to`: commands or plain lines. */
static void
put_some(struct buf *out, const struct buf *pieces, enum severity severity, bool plain, size_t from, size_t to)
{
	size_t at = 0, n = 0;
	struct piece p;

	while (n < to && piece_next(pieces, &at, &p))
		if (p.rank == severity && n++ >= from) {
			size_t line = (size_t)((const char *)memchr(p.s, '\n', p.n) - p.s) + 1;

			buf_add(out, plain ? p.s + line : p.s, plain ? p.n - line : line);
		}
}

static void
github_whole(struct buf *out, const struct emit_options *opt, const struct totals *t, const struct buf *pieces)
{
	size_t n[4] = { 0 }, shown[4] = { 0 }, at = 0, hidden = 0;
	const char *before = " (";
	struct piece p;

	(void)opt;
	(void)t;
	while (piece_next(pieces, &at, &p))
		n[p.rank]++;
	for (int pass = 0; pass < 2; pass++)		/* one of the notices is wanted to say that something is hidden */
		for (enum severity s = SEV_NOTE; s <= SEV_ERROR; s++) {
			size_t most = hidden != 0 && s == SEV_NOTE ? SHOWN - 1 : SHOWN;

			shown[s] = n[s] < most ? n[s] : most;
			hidden += pass == 0 ? n[s] - shown[s] : 0;
		}
	for (enum severity s = SEV_ERROR; s >= SEV_NOTE; s--)
		put_some(out, pieces, s, false, 0, shown[s]);
	for (enum severity s = SEV_ERROR; s >= SEV_NOTE; s--)
		put_some(out, pieces, s, true, shown[s], n[s]);
	if (hidden == 0)
		return;
	buf_printf(out, "::notice title=wirelint::%zu of %zu findings are not shown here", n[SEV_ERROR] + n[SEV_WARNING] + n[SEV_NOTE] -
	    shown[SEV_ERROR] - shown[SEV_WARNING] - shown[SEV_NOTE], n[SEV_ERROR] + n[SEV_WARNING] + n[SEV_NOTE]);
	for (enum severity s = SEV_ERROR; s >= SEV_NOTE; s--)
		if (n[s] > shown[s]) {
			buf_printf(out, "%s%zu %s%s", before, n[s] - shown[s], severity_name(s), n[s] - shown[s] == 1 ? "" : "s");
			before = ", ";
		}
	buf_printf(out, "): of each severity GitHub shows %d a step; all are in the log\n", SHOWN);
}

const struct emitter emitter_github = {
	.name = "github",
	.title = "workflow commands of GitHub Actions: an annotation for each finding, the gravest first",
	.file = github_file,
	.whole = github_whole,
};
