/* Plots of a run: bars of findings by rule and source, and the table of files.
 *
 * Bars are SVG with its own attributes, since the page's policy forbids styles in elements; the numbers stand beside them. */
#include "emit/html_int.h"

#include <string.h>

enum { MOST_SOURCES = 15, WIDTH = 200 };

void
html_bar(struct buf *out, const struct html_tally *t, uint32_t most)
{
	static const char *const classes[] = { "fatal", "error", "warning", "note" };
	double at = 0;

	buf_printf(out, "<svg class=\"bar\" viewBox=\"0 0 %d 8\" preserveAspectRatio=\"none\" aria-hidden=\"true\" focusable=\"false\">", WIDTH);
	for (int i = COUNT_FATAL; i <= COUNT_NOTE && most != 0; i++) {
		double w = (double)t->counts[i] * WIDTH / most;

		if (t->counts[i] == 0)
			continue;
		if (w < 1)
			w = 1;
		buf_printf(out, "<rect class=\"%s\" x=\"%.2f\" y=\"0\" width=\"%.2f\" height=\"8\"/>", classes[i], at, w);
		at += w;
	}
	buf_puts(out, "</svg>");
}

static void
put_cell(struct buf *out, size_t n, const char *class)
{
	buf_printf(out, "<td class=\"num %s%s\">", class, n == 0 ? " zero" : "");
	html_number(out, n);
	buf_puts(out, "</td>");
}

static uint32_t
most_of(const struct html_piece *v, size_t n)
{
	uint32_t most = 0;

	for (size_t i = 0; i < n; i++)
		if (html_findings(&v[i].tally) > most)
			most = html_findings(&v[i].tally);
	return most;
}

static void
put_rules(struct buf *out, const struct html_pieces *p)
{
	const struct html_piece *v = p->v[HTML_RULE];
	uint32_t most = most_of(v, p->n[HTML_RULE]);

	if (most == 0)
		return;
	buf_puts(out, "<section class=\"plot\" id=\"by-rule\" aria-labelledby=\"t-rule\">\n<h2 id=\"t-rule\">By rule</h2>\n"
	    "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"t-rule\">\n<table>\n"
	    "<thead><tr><th scope=\"col\">rule</th><th scope=\"col\"><span class=\"off\">bar</span></th><th scope=\"col\" class=\"num\">findings</th>"
	    "<th scope=\"col\" class=\"num\">files</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < p->n[HTML_RULE] && html_findings(&v[i].tally) != 0; i++) {
		buf_puts(out, "<tr data-rule=\"");
		html_value(out, v[i].key);
		buf_puts(out, "\"><th scope=\"row\"><a href=\"#rule-");
		html_value(out, v[i].key);
		buf_puts(out, "\">");
		html_words(out, v[i].key);
		buf_puts(out, "</a></th><td class=\"bars\">");
		html_bar(out, &v[i].tally, most);
		buf_puts(out, "</td>");
		put_cell(out, html_findings(&v[i].tally), "");
		put_cell(out, v[i].tally.files, "");
		buf_puts(out, "</tr>\n");
	}
	buf_puts(out, "</tbody>\n</table>\n</div>\n</section>\n");
}

static void
put_sources(struct buf *out, const struct html_pieces *p)
{
	const struct html_piece *v = p->v[HTML_SOURCE];
	size_t n = p->n[HTML_SOURCE];
	uint32_t most = most_of(v, n);

	if (n < 2)
		return;
	buf_puts(out, "<section class=\"plot\" id=\"by-source\" aria-labelledby=\"t-source\">\n<h2 id=\"t-source\">By source</h2>\n<table>\n"
	    "<thead><tr><th scope=\"col\">agency or folder</th><th scope=\"col\"><span class=\"off\">bar</span></th>"
	    "<th scope=\"col\" class=\"num\">findings</th><th scope=\"col\" class=\"num\">files</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < n && i < MOST_SOURCES; i++) {
		buf_puts(out, "<tr><th scope=\"row\">");
		html_words(out, v[i].key);
		buf_puts(out, "</th><td class=\"bars\">");
		html_bar(out, &v[i].tally, most);
		buf_puts(out, "</td>");
		put_cell(out, html_findings(&v[i].tally), "");
		put_cell(out, v[i].tally.files, "");
		buf_puts(out, "</tr>\n");
	}
	if (n > MOST_SOURCES) {
		size_t findings = 0, files = 0;

		for (size_t i = MOST_SOURCES; i < n; i++) {
			findings += html_findings(&v[i].tally);
			files += v[i].tally.files;
		}
		buf_puts(out, "<tr class=\"rest\"><th scope=\"row\">");
		html_number(out, n - MOST_SOURCES);
		buf_puts(out, " others</th><td></td>");
		put_cell(out, findings, "");
		put_cell(out, files, "");
		buf_puts(out, "</tr>\n");
	}
	buf_puts(out, "</tbody>\n</table>\n</section>\n");
}

/* The article shown of a file: its number in the page, from 1; 0: none is shown. */
static size_t
article_of(const struct html_pieces *p, const char *path)
{
	for (size_t i = 0; i < p->n[HTML_ARTICLE]; i++)
		if (strcmp(p->v[HTML_ARTICLE][i].key, path) == 0)
			return i + 1;
	return 0;
}

static void
put_file(struct buf *out, const struct html_pieces *p, const struct html_piece *f, uint32_t most, const bool shown[COUNTS])
{
	static const char *const classes[COUNTS] = { "fatal", "error", "warning", "note", "pass" };
	const struct html_tally *t = &f->tally;
	size_t n = article_of(p, f->key);

	buf_puts(out, "<tr data-rules=\"");
	buf_add(out, f->body, f->nbody);
	buf_puts(out, "\"><th scope=\"row\">");
	if (n != 0)
		buf_printf(out, "<a href=\"#a%zu\">", n);
	html_path(out, f->key[0] != '\0' ? f->key : NULL);
	buf_puts(out, n != 0 ? "</a></th><td class=\"bars\">" : "</th><td class=\"bars\">");
	html_bar(out, t, most);
	buf_puts(out, "</td>");
	for (int i = 0; i < COUNTS; i++)
		if (shown[i])
			put_cell(out, t->counts[i], classes[i]);
	buf_puts(out, "</tr>\n");
}

static void
put_files(struct buf *out, const struct html_pieces *p)
{
	static const char *const columns[COUNTS] = { "not checked", "errors", "warnings", "notes", "let pass" };
	const struct html_piece *v = p->v[HTML_FILE];
	uint32_t most = most_of(v, p->n[HTML_FILE]);
	bool shown[COUNTS] = { false, true, true, true, false };	/* the others where there are any */

	if (p->n[HTML_FILE] < 2)
		return;
	for (size_t i = 0; i < p->n[HTML_FILE]; i++)
		for (int k = 0; k < COUNTS; k++)
			shown[k] = shown[k] || v[i].tally.counts[k] != 0;
	buf_puts(out, "<section class=\"plot wide\" id=\"by-file\" aria-labelledby=\"t-file\">\n<h2 id=\"t-file\">By file</h2>\n<div class=\"scroll\" "
	    "tabindex=\"0\" role=\"region\" aria-labelledby=\"t-file\">\n<table class=\"files\">\n<thead><tr><th scope=\"col\">file</th>"
	    "<th scope=\"col\"><span class=\"off\">bar</span></th>");
	for (int i = 0; i < COUNTS; i++)
		if (shown[i])
			buf_printf(out, "<th scope=\"col\" class=\"num\">%s</th>", columns[i]);
	buf_puts(out, "</tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < p->n[HTML_FILE]; i++)
		put_file(out, p, &v[i], most, shown);
	buf_puts(out, "</tbody>\n</table>\n</div>\n");
	if (p->n[HTML_MORE_FILES] != 0) {
		const struct html_tally *t = &p->v[HTML_MORE_FILES][0].tally;

		buf_puts(out, "<p class=\"left\">The worst are listed. Not listed: ");
		html_count(out, t->files, "file", "files");
		buf_puts(out, " with ");
		html_count(out, html_findings(t), "finding", "findings");
		buf_puts(out, ", all in the counts above.</p>\n");
	}
	buf_puts(out, "</section>\n");
}

static size_t
all_findings(const struct html_pieces *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->n[HTML_RULE]; i++)
		n += html_findings(&p->v[HTML_RULE][i].tally);
	return n;
}

void
html_overview(struct buf *out, const struct html_pieces *p)
{
	bool many = p->n[HTML_FILE] > 1;

	if (all_findings(p) == 0 && !many)
		return;
	buf_puts(out, many ? "<section id=\"overview\" aria-label=\"Overview\">\n" :
	    "<details id=\"overview\">\n<summary>By rule</summary>\n");
	if (many)
		buf_puts(out, "<p class=\"legend\"><svg viewBox=\"0 0 8 8\" aria-hidden=\"true\"><rect class=\"error\" width=\"8\" height=\"8\"/></svg> errors "
		    "<svg viewBox=\"0 0 8 8\" aria-hidden=\"true\"><rect class=\"warning\" width=\"8\" height=\"8\"/></svg> warnings "
		    "<svg viewBox=\"0 0 8 8\" aria-hidden=\"true\"><rect class=\"note\" width=\"8\" height=\"8\"/></svg> notes</p>\n");
	put_rules(out, p);
	put_sources(out, p);
	put_files(out, p);
	buf_puts(out, many ? "</section>\n" : "</details>\n");
}
