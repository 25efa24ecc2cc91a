/* What the page says of a finding: severity, message, place, rule, what notes point to, how it can be mended. */
#include "emit/html_int.h"
#include "emit/rule_of.h"

#include <inttypes.h>
#include <string.h>

enum {
	BEFORE = 60, AFTER = 100,	/* bytes of a source line that are shown around what is marked */
	AROUND = 28,			/* of what stands around a change */
	LONGEST = 240,			/* of what is marked or changed */
};

/* ---- the source line ---- */

/* The beginning of the character that s[at] is in. */
static uint32_t
whole(const char *s, uint32_t at, uint32_t least)
{
	while (at > least && ((unsigned char)s[at] & 0xC0) == 0x80)
		at--;
	return at;
}

/* Up to `most` bytes of the line before an offset, and behind one. */
static void
put_before(struct buf *out, const struct source *src, uint32_t line, uint32_t at, uint32_t most)
{
	uint32_t from = at - line > most ? at - most : line;

	while (from < at && ((unsigned char)src->s[from] & 0xC0) == 0x80)
		from++;
	if (from > line)
		buf_puts(out, "…");
	html_text(out, src->s + from, at - from);
}

static void
put_behind(struct buf *out, const struct source *src, uint32_t at, uint32_t end, uint32_t most)
{
	uint32_t to = end - at > most ? whole(src->s, at + most, at) : end;

	html_text(out, src->s + at, to - at);
	if (to < end)
		buf_puts(out, "…");
}

/* The line that an extent begins in, and the end of the line that it ends in. */
static struct extent
lines_of(struct source *src, struct span at)
{
	struct extent a = source_extent(src, source_line_span(src, source_place(src, at.a).line));
	struct extent z = source_extent(src, source_line_span(src, source_place(src, at.z).line));

	return (struct extent){ a.a, z.z };
}

static void
put_line(struct buf *out, struct source *src, struct span at, const char *class)
{
	struct place place = source_place(src, at.a);
	struct extent e = source_extent(src, at), line = source_extent(src, source_line_span(src, place.line));
	uint32_t a = e.a < line.a ? line.a : e.a > line.z ? line.z : e.a, z = e.z > line.z ? line.z : e.z;

	if (src->len == 0)
		return;
	buf_printf(out, "<p class=\"line\"><span class=\"no\">%u</span><code>", (unsigned)place.line);
	put_before(out, src, line.a, a, BEFORE);
	if (a < z) {
		buf_printf(out, "<mark class=\"%s\">", class);
		html_cut(out, src->s + a, z - a, LONGEST);
		buf_puts(out, "</mark>");
	} else {
		buf_printf(out, "<span class=\"caret %s\" role=\"img\" aria-label=\"here\">\xe2\x80\xb8</span>", class);
		z = a;
	}
	put_behind(out, src, z, line.z, AFTER);
	buf_puts(out, "</code></p>\n");
}

static void
put_place(struct buf *out, struct emit_places *p, uint32_t at)
{
	struct place place = emit_place(p, at);

	buf_printf(out, "line %u, column %u", (unsigned)place.line, (unsigned)place.column);
}

/* ---- fixes ---- */

/* White space that is put in or taken out is to be seen. */
static void
put_change(struct buf *out, const char *tag, const char *s, size_t n)
{
	size_t a = 0, z = n;

	if (n == 0)
		return;
	buf_printf(out, "<%s>", tag);
	if (n <= LONGEST) {
		while (a < z && (s[a] == ' ' || s[a] == '\n' || s[a] == '\r' || s[a] == '\t'))
			buf_puts(out, s[a] == ' ' ? "·" : s[a] == '\n' ? "⏎" : s[a] == '\t' ? "⇥" : ""), a++;
		while (z > a && s[z - 1] == ' ')
			z--;
	}
	while (a < z) {				/* a no-break space looks like another */
		size_t k = a;

		while (k < z && memcmp(s + k, "\xc2\xa0", z - k < 2 ? z - k : 2) != 0)
			k++;
		if (k > a && z - a > LONGEST) {
			html_cut(out, s + a, z - a, LONGEST);
			break;
		}
		html_text(out, s + a, k - a);
		if (k < z)
			buf_puts(out, "⍽");
		a = k < z ? k + 2 : z;
	}
	for (; z < n; z++)
		buf_puts(out, "·");
	buf_printf(out, "</%s>", tag);
}

static void
put_edit(struct buf *out, struct html_file *h, const struct edit *e)
{
	struct extent at = source_extent(h->src, e->at), line = lines_of(h->src, e->at);

	buf_puts(out, "<p class=\"diff\"><code>");
	put_before(out, h->src, line.a < at.a ? line.a : at.a, at.a, AROUND);
	put_change(out, "del", h->src->s + at.a, at.z - at.a);
	put_change(out, "ins", e->text, strlen(e->text));
	put_behind(out, h->src, at.z, line.z > at.z ? line.z : at.z, AROUND);
	buf_puts(out, "</code></p>\n");
}

static void
put_fix(struct buf *out, struct html_file *h, const struct fix *fix)
{
	buf_printf(out, "<div class=\"fix\"><p><b>%s</b>", fix->class == FIX_SAFE ? "Fix" : fix->class == FIX_UNSAFE ? "Fix, needs a look" : "Suggestion");
	if (fix->description != NULL && fix->description[0] != '\0') {
		buf_puts(out, ": ");
		html_words(out, fix->description);
	}
	buf_puts(out, "</p>\n");
	for (size_t i = 0; i < fix->nedits && i < MOST_EDITS; i++)
		put_edit(out, h, &fix->edits[i]);
	if (fix->nedits > MOST_EDITS) {
		buf_puts(out, "<p>and ");
		html_count(out, fix->nedits - MOST_EDITS, "change more", "changes more");
		buf_puts(out, "</p>\n");
	}
	buf_puts(out, "</div>\n");
}

/* ---- notes ---- */

static bool
is_marked(const struct html_marks *marks, uint32_t number, size_t note)
{
	for (size_t i = 0; i < marks->n; i++)
		if (marks->v[i].number == number && marks->v[i].note == note)
			return true;
	return false;
}

static void
put_note(struct buf *out, struct html_file *h, const struct finding *f, size_t i, uint32_t number, const struct html_marks *marks)
{
	const struct note *n = &f->notes[i];
	bool placed = emit_note_placed(n, f, h->src), marked = placed && is_marked(marks, number, i + 1);
	struct emit_places other, *places = emit_note_places(&h->places, n, &other);

	buf_puts(out, "<li>");
	html_words(out, n->message);
	buf_puts(out, marked ? " " : " <span class=\"where\">");
	if (marked)
		buf_printf(out, "<a class=\"where\" href=\"#s" HTML_HERE "-%u-%zu\">", (unsigned)number, i + 1);
	if (n->path != NULL && (f->path == NULL || strcmp(n->path, f->path) != 0)) {
		html_path(out, n->path);
		buf_puts(out, placed ? ", " : "");
	}
	if (placed)
		put_place(out, places, n->at.a);
	buf_puts(out, marked ? "</a>" : "</span>");
	if (placed && !marked && (n->at.a != f->at.a || n->at.z != f->at.z || n->src != NULL)) {
		buf_putc(out, '\n');
		put_line(out, places->src, n->at, "see");
	}
	buf_puts(out, "</li>\n");
	emit_places_release(&other);
}

static void
put_notes(struct buf *out, struct html_file *h, const struct finding *f, uint32_t number, const struct html_marks *marks)
{
	if (f->nnotes == 0)
		return;
	buf_puts(out, "<ul class=\"notes\">\n");
	for (size_t i = 0; i < f->nnotes && i < MOST_NOTES; i++)
		put_note(out, h, f, i, number, marks);
	if (f->nnotes > MOST_NOTES) {
		buf_puts(out, "<li>and ");
		html_count(out, f->nnotes - MOST_NOTES, "note more", "notes more");
		buf_puts(out, "</li>\n");
	}
	buf_puts(out, "</ul>\n");
}

/* ---- the card ---- */

static void
put_rule(struct buf *out, const struct html_file *h, const struct finding *f)
{
	const struct rule *r = rule_of(h->opt, f->rule);
	const char *link = f->link != NULL ? f->link : r != NULL ? r->link : NULL;

	buf_puts(out, "<a class=\"rule\" href=\"#rule-");
	html_value(out, f->rule);
	buf_puts(out, "\">");
	html_words(out, f->rule);
	buf_puts(out, "</a>");
	if (link != NULL && emit_is_address(link)) {
		buf_puts(out, " \xc2\xb7 <a href=\"");
		html_value(out, link);
		buf_puts(out, "\">policy</a>");
	}
}

static void
put_message(struct buf *out, const struct finding *f)
{
	buf_printf(out, "<strong class=\"sev\">%s</strong> <span class=\"say\">", f->fatal ? "not checked" : severity_name(f->severity));
	html_words(out, f->message);
	buf_puts(out, "</span>");
}

void
html_card(struct buf *out, struct html_file *h, const struct finding *f, uint32_t number, const struct html_marks *marks, bool head)
{
	bool placed = emit_finding_placed(f, h->src);

	buf_printf(out, "<li class=\"card %s\" id=\"f" HTML_HERE "-%u\" data-rule=\"", html_class(f), (unsigned)number);
	html_value(out, f->rule);
	if (!f->fatal && f->fingerprint != 0)
		buf_printf(out, "\" data-id=\"%016" PRIx64, f->fingerprint);
	buf_puts(out, "\" tabindex=\"-1\">\n<p class=\"msg\">");
	if (is_marked(marks, number, 0))
		buf_printf(out, "<a class=\"n\" href=\"#m" HTML_HERE "-%u\" aria-label=\"finding %u, to its place\">%u</a> ", (unsigned)number,
		    (unsigned)number, (unsigned)number);
	else
		buf_printf(out, "<span class=\"n\">%u</span> ", (unsigned)number);
	put_message(out, f);
	buf_puts(out, "</p>\n");
	if (head && placed)
		put_line(out, h->src, f->at, html_class(f));
	for (size_t i = 0; placed && i < f->nfixes; i++)
		put_fix(out, h, &f->fixes[i]);
	put_notes(out, h, f, number, marks);
	buf_puts(out, "<p class=\"meta\">");
	put_rule(out, h, f);
	if (placed) {
		buf_puts(out, " \xc2\xb7 ");
		put_place(out, &h->places, f->at.a);
	}
	if (!f->fatal && f->certainty != SURE)
		buf_printf(out, " \xc2\xb7 evidence: %s", certainty_name(f->certainty));
	buf_puts(out, "</p>\n</li>\n");
}

void
html_passed(struct buf *out, struct html_file *h, const struct finding **v, size_t n)
{
	static const char *const how[] = { "", "comment in the file", "waiver", "baseline" };

	if (n == 0)
		return;
	buf_puts(out, "<details class=\"passed\">\n<summary>");
	html_count(out, n, "finding was let pass", "findings were let pass");
	buf_puts(out, "</summary>\n<ul>\n");
	for (size_t i = 0; i < n && i < MOST_PASSED; i++) {
		const struct finding *f = v[i];

		buf_printf(out, "<li class=\"%s\">", html_class(f));
		put_message(out, f);
		buf_printf(out, " <span class=\"meta\">by %s", how[f->pass]);
		if (f->pass_reason != NULL && f->pass_reason[0] != '\0') {
			buf_puts(out, ": ");
			html_words(out, f->pass_reason);
		}
		buf_puts(out, " \xc2\xb7 ");
		put_rule(out, h, f);
		if (emit_finding_placed(f, h->src)) {
			buf_puts(out, " \xc2\xb7 ");
			put_place(out, &h->places, f->at.a);
		}
		buf_puts(out, "</span></li>\n");
	}
	if (n > MOST_PASSED) {
		buf_puts(out, "<li>and ");
		html_number(out, n - MOST_PASSED);
		buf_puts(out, " more</li>\n");
	}
	buf_puts(out, "</ul>\n</details>\n");
}
