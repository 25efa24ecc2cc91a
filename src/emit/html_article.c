/* An article with its findings in place: its name, what was found outside of its blocks, its metadata, its blocks in their order, each with
 * its kind in the margin and what is said of it beside it.
 *
 * Marks may lie in one another or overlap: the text is cut at all their ends, and each stretch carries the numbers of all that cover it and
 * looks like the gravest.  A long article is shown in extracts: what is marked and what stands around it. */
#include "emit/html_int.h"

#include "util/xmalloc.h"

#include <stdlib.h>
#include <string.h>

enum {
	CUT_OVER = 900, CUT_TO = 300,	/* an extract: of a stretch without a mark, bytes that are kept at each of its ends */
};

struct page {
	struct buf *out;
	struct html_file *h;
	const struct html_story *story;	/* NULL: the file is no article */
	struct html_shown *shown;
	size_t nshown;
	struct html_marks marks;
	size_t next_mark;
	bool extracts;
	size_t folded;			/* blocks passed over, not yet said */
};

/* ---- text with marks ---- */

static const char *
worse(const char *a, const char *b)
{
	static const char *const order = "fatal error warning note see";

	return a == NULL || strstr(order, b) < strstr(order, a) ? b : a;
}

static const char *
class_of(const struct page *p, const struct html_mark *m)
{
	return m->note != 0 ? "see" : html_class(p->shown[m->number - 1].f);
}

/* A stretch between two ends of marks; an extract of it, if it is long and `cut`. */
static void
put_stretch(struct buf *out, const char *s, size_t n, bool cut, bool first)
{
	size_t a = CUT_TO, z;

	if (!cut || n <= CUT_OVER) {
		html_text(out, s, n);
		return;
	}
	z = n - CUT_TO;
	while (a > 0 && ((unsigned char)s[a] & 0xC0) == 0x80)
		a--;
	while (z > a && ((unsigned char)s[z] & 0xC0) == 0x80)
		z--;
	if (first)
		a = 0;
	html_text(out, s, a);
	buf_puts(out, " <span class=\"cut\">[… ");
	html_count(out, z - a, "byte", "bytes");
	buf_puts(out, " …]</span> ");
	html_text(out, s + z, n - z);
}

/* The marks that cover a stretch, as one element around it. */
static void
open_mark(const struct page *p, const struct html_mark *const *on, size_t n)
{
	const char *class = NULL;
	bool any = false;

	for (size_t i = 0; i < n; i++)
		class = worse(class, class_of(p, on[i]));
	buf_printf(p->out, "<mark class=\"%s\"", class);
	for (size_t i = 0; i < n; i++)
		if (on[i]->note == 0) {
			buf_printf(p->out, any ? " %u" : " data-f=\"%u", (unsigned)on[i]->number);
			any = true;
		}
	buf_puts(p->out, any ? "\">" : ">");
}

static void
put_anchor(const struct page *p, const struct html_mark *m)
{
	if (!m->first)
		return;
	if (m->note == 0)
		buf_printf(p->out, "<span id=\"m" HTML_HERE "-%u\"></span>", (unsigned)m->number);
	else
		buf_printf(p->out, "<span id=\"s" HTML_HERE "-%u-%u\"></span>", (unsigned)m->number, (unsigned)m->note);
	if (m->a == m->z) {
		buf_printf(p->out, "<span class=\"caret %s\"", class_of(p, m));
		if (m->note == 0)
			buf_printf(p->out, " data-f=\"%u\"", (unsigned)m->number);
		buf_puts(p->out, " role=\"img\" aria-label=\"here\">\xe2\x80\xb8</span>");
	}
}

static void
put_reference(const struct page *p, const struct html_mark *m)
{
	if (m->note == 0 && m->last)
		buf_printf(p->out, "<a class=\"ref %s\" href=\"#f" HTML_HERE "-%u\" aria-label=\"%s %u\">%u</a>", class_of(p, m),
		    (unsigned)m->number, class_of(p, m), (unsigned)m->number, (unsigned)m->number);
}

/* A unit's text with its marks, which are sorted by where they begin. */
static void
put_marked(const struct page *p, const char *s, uint32_t n, const struct html_mark *marks, size_t nmarks)
{
	const struct html_mark **on = xcalloc(nmarks + 1, sizeof *on);
	size_t non = 0, next = 0;
	uint32_t at = 0;

	for (;;) {
		uint32_t to = n;
		size_t left = 0;

		for (size_t i = 0; i < non; i++)		/* those that end here, in the order in which they began */
			if (on[i]->z <= at)
				put_reference(p, on[i]);
			else
				on[left++] = on[i];
		non = left;
		for (; next < nmarks && marks[next].a <= at; next++) {
			put_anchor(p, &marks[next]);
			if (marks[next].a < marks[next].z)
				on[non++] = &marks[next];
			else
				put_reference(p, &marks[next]);
		}
		if (at >= n)
			break;
		if (next < nmarks && marks[next].a < to)
			to = marks[next].a;
		for (size_t i = 0; i < non; i++)
			if (on[i]->z < to)
				to = on[i]->z;
		if (non != 0)
			open_mark(p, on, non);
		put_stretch(p->out, s + at, to - at, p->extracts, at == 0 && to < n && non == 0 && to - at > CUT_OVER);
		if (non != 0)
			buf_puts(p->out, "</mark>");
		at = to;
	}
	free(on);
}

/* ---- units ---- */

static bool
has_cards(const struct page *p, size_t unit)
{
	for (size_t i = 0; i < p->nshown; i++)
		if (p->shown[i].unit == unit)
			return true;
	return false;
}

static void
put_cards(const struct page *p, size_t unit)
{
	bool any = false;

	for (size_t i = 0; i < p->nshown; i++) {
		if (p->shown[i].unit != unit)
			continue;
		if (!any)
			buf_puts(p->out, "<ol class=\"cards\">\n");
		any = true;
		html_card(p->out, p->h, p->shown[i].f, (uint32_t)i + 1, &p->marks, unit == SIZE_MAX);
	}
	if (any)
		buf_puts(p->out, "</ol>\n");
}

static const char *
tag_of(enum block_kind k)
{
	switch (k) {
	case BLOCK_HEADLINE:
		return "h3";
	case BLOCK_CROSSHEAD:
		return "h4";
	case BLOCK_BLOCKQUOTE:
		return "blockquote";
	default:
		return "p";
	}
}

static void
put_fold(struct page *p)
{
	if (p->folded != 0) {
		buf_puts(p->out, "<p class=\"fold\">");
		html_count(p->out, p->folded, "block without a finding is not shown", "blocks without findings are not shown");
		buf_puts(p->out, "</p>\n");
	}
	p->folded = 0;
}

static bool
is_language(const char *s)
{
	return strcmp(s, "und") != 0 && s[0] != '\0' && s[strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-")] == '\0';
}

static void
put_text(const struct page *p, size_t unit, const struct html_mark *marks, size_t nmarks)
{
	const struct html_unit *u = &p->story->units[unit];
	struct buf room;

	buf_init(&room);
	if (is_language(p->story->lang))
		buf_printf(p->out, " lang=\"%s\"", p->story->lang);
	buf_puts(p->out, " dir=\"auto\">");
	put_marked(p, html_unit_text(p->story, u, p->h->src, &room), u->n, marks, nmarks);
	buf_release(&room);
}

/* The marks of the next unit, in whose order they lie. */
static size_t
take_marks(struct page *p, size_t unit, const struct html_mark **marks)
{
	size_t from = p->next_mark;

	while (p->next_mark < p->marks.n && p->marks.v[p->next_mark].unit == unit)
		p->next_mark++;
	*marks = p->marks.v + from;
	return p->next_mark - from;
}

static void
put_block(struct page *p, size_t unit, const struct html_mark *marks, size_t nmarks)
{
	const struct html_unit *u = &p->story->units[unit];
	const char *kind = block_kind_name((enum block_kind)u->kind), *tag = tag_of((enum block_kind)u->kind);

	if (p->extracts && nmarks == 0 && u->kind != BLOCK_HEADLINE && !has_cards(p, unit)) {
		p->folded++;
		return;
	}
	put_fold(p);
	buf_printf(p->out, "<div class=\"unit k-%s\"><span class=\"kind\">%s%s</span>\n<%s class=\"text\"", kind, kind, u->weak ? "?" : "", tag);
	put_text(p, unit, marks, nmarks);
	buf_printf(p->out, "</%s>\n", tag);
	put_cards(p, unit);
	buf_puts(p->out, "</div>\n");
}

static void
put_field(struct page *p, size_t unit, const struct html_mark *marks, size_t nmarks)
{
	const char *name = field_name_str((enum field_name)p->story->units[unit].kind);

	buf_printf(p->out, "<div class=\"unit field\"><span class=\"kind\">%s</span>\n<p class=\"text\"", name);
	put_text(p, unit, marks, nmarks);
	buf_puts(p->out, "</p>\n");
	put_cards(p, unit);
	buf_puts(p->out, "</div>\n");
}

/* Fields that something was found in are open to see; the others can be opened. */
static void
put_fields(struct page *p)
{
	struct buf *out = p->out, found, others;
	const struct html_mark *marks;
	size_t nfound = 0, nothers = 0;

	buf_init(&found);
	buf_init(&others);
	for (size_t i = 0; i < p->story->nunits && p->story->units[i].field; i++) {
		size_t n = take_marks(p, i, &marks);
		bool here = n != 0 || has_cards(p, i);

		if (!here && nothers > 100) {
			nothers++;
			continue;
		}
		p->out = here ? &found : &others;
		here ? nfound++ : nothers++;
		put_field(p, i, marks, n);
	}
	p->out = out;
	if (nfound != 0)
		buf_printf(out, "<section class=\"fields\" aria-label=\"metadata with findings\">\n%s</section>\n", found.s);
	if (nothers != 0) {
		buf_puts(out, "<details class=\"fields\">\n<summary>");
		html_count(out, nothers, nfound != 0 ? "other field of metadata" : "field of metadata", nfound != 0 ? "other fields of metadata" :
		    "fields of metadata");
		buf_printf(out, "</summary>\n%s</details>\n", others.s);
	}
	buf_release(&found);
	buf_release(&others);
}

/* ---- the article ---- */

static int
by_weight(const void *x, const void *y)
{
	const struct finding *const *a = x, *const *b = y;

	if ((*a)->fatal != (*b)->fatal)
		return (*a)->fatal ? -1 : 1;
	if ((*a)->severity != (*b)->severity)
		return (*a)->severity > (*b)->severity ? -1 : 1;
	return *a < *b ? -1 : *a > *b;
}

static int
by_order(const void *x, const void *y)
{
	const struct finding *const *a = x, *const *b = y;

	return *a < *b ? -1 : *a > *b;
}

/* The gravest that there is room for, in their order. */
static void
choose(struct page *p, const struct finding **v, size_t n)
{
	p->nshown = n < MOST_FINDINGS ? n : MOST_FINDINGS;
	p->shown = xcalloc(n + 1, sizeof *p->shown);
	if (n > MOST_FINDINGS) {
		qsort(v, n, sizeof *v, by_weight);
		qsort(v, p->nshown, sizeof *v, by_order);
	}
	for (size_t i = 0; i < p->nshown; i++)
		p->shown[i].f = v[i], p->shown[i].unit = SIZE_MAX;
}

static void
put_counts(struct buf *out, const struct html_tally *t)
{
	static const char *const names[COUNTS][2] = { { "not checked", "not checked" }, { "error", "errors" }, { "warning", "warnings" },
		{ "note", "notes" }, { "let pass", "let pass" } };
	static const char *const classes[COUNTS] = { "fatal", "error", "warning", "note", "pass" };
	bool any = false;

	for (int i = 0; i < COUNTS; i++)
		if (t->counts[i] != 0) {
			buf_printf(out, "<span class=\"tag %s\">", classes[i]);
			html_count(out, t->counts[i], names[i][0], names[i][1]);
			buf_puts(out, "</span> ");
			any = true;
		}
	if (!any)
		buf_puts(out, "<span class=\"tag clean\">nothing found</span>");
}

static void
put_head(struct page *p, const char *path, const struct html_tally *t)
{
	struct buf *out = p->out;

	buf_puts(out, "<header>\n<h2 id=\"t" HTML_HERE "\">");
	html_path(out, path);
	if (p->story != NULL && p->story->item != NULL) {
		buf_puts(out, " <span class=\"item\">item ");
		html_cut(out, p->story->item, strlen(p->story->item), 120);
		buf_puts(out, "</span>");
	}
	buf_puts(out, "</h2>\n<p class=\"counts\">");
	put_counts(out, t);
	if (p->story != NULL) {
		buf_printf(out, " <span class=\"meta\">%s", p->story->format);
		if (is_language(p->story->lang))
			buf_printf(out, ", %s", p->story->lang);
		if (p->story->origin[0] != '\0') {
			buf_puts(out, ", copy of ");
			html_words(out, p->story->origin);
		}
		buf_puts(out, "</span>");
	}
	buf_puts(out, "</p>\n</header>\n");
}

static void
put_left_out(struct page *p, size_t n)
{
	if (n > p->nshown) {
		buf_puts(p->out, "<p class=\"left\">");
		html_count(p->out, n - p->nshown, "finding more", "findings more");
		buf_puts(p->out, " of this article, none graver than these, not shown one by one.</p>\n");
	}
	if (p->extracts)
		buf_puts(p->out, "<p class=\"left\">A long article, shown in extracts: what is marked and what stands around it.</p>\n");
	if (p->story != NULL && p->story->dropped != 0) {
		buf_puts(p->out, "<p class=\"left\">");
		html_count(p->out, p->story->dropped, "block", "blocks");
		buf_puts(p->out, " at its end not shown; what was found there is at the head, with its line.</p>\n");
	}
}

void
html_article(struct buf *out, struct html_file *h, size_t story, const char *path, const struct finding **v, size_t n,
    const struct finding **passed, size_t npassed)
{
	struct page p = { .out = out, .h = h, .story = story < h->nstories ? &h->stories[story] : NULL };
	struct html_tally t = { .articles = p.story != NULL, .clean = p.story != NULL && n == 0 };
	const struct html_mark *marks;
	size_t begun;

	for (size_t i = 0; i < n; i++)
		html_count_in(&t, v[i]);
	t.counts[COUNT_PASSED] = (uint32_t)npassed;
	choose(&p, v, n);
	html_marks_make(h, story, p.shown, p.nshown, &p.marks);
	p.extracts = p.story != NULL && p.story->text_n > LONG_STORY;
	html_piece_begin(out, HTML_ARTICLE, &t, path != NULL ? path : "", &begun);
	buf_puts(out, "<article class=\"story\" id=\"a" HTML_HERE "\" aria-labelledby=\"t" HTML_HERE "\">\n");
	put_head(&p, path, &t);
	put_left_out(&p, n);
	put_cards(&p, SIZE_MAX);
	if (p.story != NULL) {
		put_fields(&p);
		buf_puts(out, "<div class=\"body\">\n");
		for (size_t i = 0; i < p.story->nunits; i++)
			if (!p.story->units[i].field) {
				size_t nmarks = take_marks(&p, i, &marks);

				put_block(&p, i, marks, nmarks);
			}
		put_fold(&p);
		buf_puts(out, "</div>\n");
	}
	html_passed(out, h, passed, npassed);
	buf_puts(out, "</article>\n");
	piece_end(out, begun);
	free(p.shown);
	free(p.marks.v);
}
