/* The page around the articles: its head with the policy of what it may load, the verdict, the rules explained. */
#include "emit/html_int.h"
#include "emit/rule_of.h"

#include "frozen/builtin.h"
#include "util/base64.h"
#include "util/sha256.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_SKIPPED = 500 };

/* Style and script as they stand in the page, and so as they are hashed: in a section of XML's that HTML takes for a comment. */
static void
put_embedded(struct buf *out, const char *path)
{
	const struct builtin *b = builtin_find(path);

	buf_puts(out, "/*<![CDATA[*/\n");
	if (b != NULL)
		buf_add(out, b->s, b->n);
	buf_puts(out, "/*]]>*/");
}

static void
put_hash(struct buf *out, const struct buf *b)
{
	unsigned char hash[32];

	sha256(b->s, b->n, hash);
	buf_puts(out, "'sha256-");
	base64_encode(out, hash, sizeof hash);
	buf_putc(out, '\'');
}

static size_t
all_findings(const struct totals *t)
{
	return t->findings[SEV_ERROR] + t->findings[SEV_WARNING] + t->findings[SEV_NOTE];
}

static void
put_title(struct buf *out, const struct html_pieces *p, const struct totals *t)
{
	size_t n = all_findings(t);

	if (n == 0)
		buf_puts(out, "Nothing found");
	else
		html_count(out, n, "finding", "findings");
	if (p->n[HTML_FILE] == 1) {
		buf_puts(out, " in ");
		html_path(out, p->v[HTML_FILE][0].key);
	} else {
		buf_puts(out, " in ");
		html_count(out, t->files, "file", "files");
	}
}

/* Title without elements in it. */
static void
put_plain_title(struct buf *out, const struct html_pieces *p, const struct totals *t)
{
	buf_puts(out, t->fatal != 0 ? "Incomplete: " : t->failed ? "Failed: " : "Passed: ");
	html_number(out, all_findings(t));
	buf_puts(out, all_findings(t) == 1 ? " finding" : " findings");
	if (p->n[HTML_FILE] == 1 && p->v[HTML_FILE][0].key[0] != '\0') {
		buf_puts(out, " in ");
		html_value(out, emit_path_begin(p->v[HTML_FILE][0].key));
	}
}

static void
put_head(struct buf *out, const struct html_pieces *p, const struct totals *t, const struct buf *style, const struct buf *script)
{
	buf_puts(out, "<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n"
	    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src ");
	put_hash(out, style);
	buf_puts(out, "; script-src ");
	put_hash(out, script);
	buf_puts(out, "; base-uri 'none'; form-action 'none'\"/>\n<meta name=\"generator\" content=\"wirelint\"/>\n<meta name=\"referrer\" content=\"no-referrer\"/>\n"
	    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<meta name=\"color-scheme\" content=\"light dark\"/>\n<title>");
	put_plain_title(out, p, t);
	buf_puts(out, "</title>\n<style>");
	buf_add(out, style->s, style->n);
	buf_puts(out, "</style>\n</head>\n");
}

/* ---- the verdict ---- */

static void
put_severity(struct buf *out, size_t n, const char *class, const char *one, const char *many)
{
	buf_printf(out, "<li class=\"%s%s\" data-severity=\"%s\"><b>", class, n == 0 ? " zero" : "", class);
	html_number(out, n);
	buf_printf(out, "</b> %s</li>\n", n == 1 ? one : many);
}

static void
also(struct buf *out, bool *any, size_t n, const char *one, const char *many)
{
	if (n == 0)
		return;
	buf_puts(out, *any ? "; " : "");
	html_count(out, n, one, many);
	*any = true;
}

static void
put_skipped(struct buf *out, const struct totals *t)
{
	if (t->nskipped == 0)
		return;
	buf_puts(out, "<details>\n<summary>");
	html_count(out, t->nskipped, "file or item was no article and was skipped", "files or items were no articles and were skipped");
	buf_puts(out, "</summary>\n<ul>\n");
	for (size_t i = 0; i < t->nskipped && i < MOST_SKIPPED; i++) {
		buf_puts(out, "<li>");
		html_path(out, t->skipped[i].path);
		if (t->skipped[i].item != NULL) {
			buf_puts(out, ", item ");
			html_words(out, t->skipped[i].item);
		}
		buf_puts(out, ": ");
		html_words(out, t->skipped[i].why);
		buf_puts(out, "</li>\n");
	}
	if (t->nskipped > MOST_SKIPPED) {
		buf_puts(out, "<li>and ");
		html_number(out, t->nskipped - MOST_SKIPPED);
		buf_puts(out, " more</li>\n");
	}
	buf_puts(out, "</ul>\n</details>\n");
}

static void
put_verdict(struct buf *out, const struct html_pieces *p, const struct totals *t)
{
	const char *verdict = t->fatal != 0 ? "incomplete" : t->failed ? "failed" : "passed";
	size_t errors = t->findings[SEV_ERROR] - (t->fatal < t->findings[SEV_ERROR] ? t->fatal : t->findings[SEV_ERROR]);
	struct html_tally sum = { .counts = { (uint32_t)t->fatal, (uint32_t)errors, (uint32_t)t->findings[SEV_WARNING], (uint32_t)t->findings[SEV_NOTE] } };
	bool any = false;

	buf_printf(out, "<header id=\"top\" class=\"verdict %s\">\n<p class=\"badge\">%s</p>\n<h1>", verdict, verdict);
	put_title(out, p, t);
	buf_puts(out, "</h1>\n<ul class=\"totals\" aria-label=\"By severity\">\n");
	if (t->fatal != 0)
		put_severity(out, t->fatal, "fatal", "thing that could not be checked", "things that could not be checked");
	put_severity(out, errors, "error", "error", "errors");
	put_severity(out, t->findings[SEV_WARNING], "warning", "warning", "warnings");
	put_severity(out, t->findings[SEV_NOTE], "note", "note", "notes");
	buf_puts(out, "</ul>\n");
	if (html_findings(&sum) != 0) {
		buf_puts(out, "<p class=\"all\">");
		html_bar(out, &sum, html_findings(&sum));
		buf_puts(out, "</p>\n");
	}
	buf_puts(out, "<p class=\"meta\">");
	html_count(out, t->articles, "article", "articles");
	buf_puts(out, " in ");
	html_count(out, t->files, "file", "files");
	buf_puts(out, "; ");
	html_count(out, t->files_with_findings, "file has findings", "files have findings");
	if (t->has_upstream) {
		buf_puts(out, "; ");
		html_count(out, t->compared, "was compared with its original", "were compared with their originals");
	}
	any = true;
	also(out, &any, t->suppressed, "finding let pass by a comment in its file", "findings let pass by comments in their files");
	also(out, &any, t->waived, "waived", "waived");
	also(out, &any, t->baselined, "in the baseline", "in the baseline");
	also(out, &any, t->old, "that the version before has, too", "that the version before has, too");
	buf_puts(out, ".</p>\n");
	if (t->fatal != 0)
		buf_puts(out, "<p class=\"left\">Not everything could be checked: what is said here is not all there is to say.</p>\n");
	put_skipped(out, t);
	buf_puts(out, "</header>\n");
}

/* ---- articles and rules ---- */

static void
put_articles(struct buf *out, const struct html_pieces *p)
{
	if (p->n[HTML_MORE_ARTICLES] != 0) {
		const struct html_tally *t = &p->v[HTML_MORE_ARTICLES][0].tally;

		buf_puts(out, "<p class=\"left\" id=\"not-shown\">");
		if (t->clean == t->articles && html_findings(t) == 0) {
			html_count(out, t->articles, "article, in which nothing was found, is", "articles, in which nothing was found, are");
			buf_puts(out, " not shown.");
		} else {
			buf_puts(out, "The worst ");
			html_count(out, p->n[HTML_ARTICLE], "article is", "articles are");
			buf_puts(out, " shown. Not shown: ");
			html_count(out, t->articles - t->clean, "article", "articles");
			buf_puts(out, " with ");
			html_count(out, html_findings(t), "finding", "findings");
			buf_puts(out, ", and ");
			html_count(out, t->clean, "article without one", "articles without one");
			buf_puts(out, "; check fewer files to see them.");
		}
		buf_puts(out, "</p>\n");
	}
	for (size_t i = 0; i < p->n[HTML_ARTICLE]; i++)
		html_number_in(out, p->v[HTML_ARTICLE][i].body, p->v[HTML_ARTICLE][i].nbody, i + 1);
}

static void
put_folded(struct buf *out, const char *s)
{
	const char *blank = "";

	for (size_t n; *(s += strspn(s, " \t\r\n")) != '\0'; s += n) {
		n = strcspn(s, " \t\r\n");
		buf_puts(out, blank);
		html_text(out, s, n);
		blank = " ";
	}
}

static void
put_rule(struct buf *out, const struct emit_options *opt, const char *id)
{
	const struct rule *r = rule_of(opt, id);

	buf_puts(out, "<article class=\"rule\" id=\"rule-");
	html_value(out, id);
	buf_puts(out, "\">\n<h3>");
	html_words(out, id);
	buf_puts(out, "</h3>\n<p class=\"title\">");
	if (r != NULL)
		put_folded(out, r->title);
	else
		buf_puts(out, "wirelint's own message; wirelint(1) explains it under DIAGNOSTICS.");
	buf_puts(out, "</p>\n");
	if (r != NULL && r->why != NULL) {
		buf_puts(out, "<p class=\"why\">");
		put_folded(out, r->why);
		buf_puts(out, "</p>\n");
	}
	if (r != NULL && r->link != NULL && emit_is_address(r->link)) {
		buf_puts(out, "<p class=\"link\"><a href=\"");
		html_value(out, r->link);
		buf_puts(out, "\">");
		html_words(out, r->link);
		buf_puts(out, "</a></p>\n");
	}
	if (r != NULL) {
		buf_puts(out, "<p class=\"pass\">To let one pass: <code>wirelint-disable-next ");
		html_words(out, id);
		buf_puts(out, " reason: …</code></p>\n");
	}
	buf_puts(out, "</article>\n");
}

static int
by_id(const void *x, const void *y)
{
	return strcmp(((const struct html_piece *)x)->key, ((const struct html_piece *)y)->key);
}

static void
put_rules(struct buf *out, const struct emit_options *opt, struct html_pieces *p)
{
	if (p->n[HTML_RULE] == 0)
		return;
	if (p->n[HTML_RULE] > 1)
		qsort(p->v[HTML_RULE], p->n[HTML_RULE], sizeof *p->v[HTML_RULE], by_id);
	buf_puts(out, "<section id=\"rules\" aria-labelledby=\"t-rules\">\n<h2 id=\"t-rules\">The rules</h2>\n");
	for (size_t i = 0; i < p->n[HTML_RULE]; i++)
		put_rule(out, opt, p->v[HTML_RULE][i].key);
	buf_puts(out, "</section>\n");
}

void
html_whole(struct buf *out, const struct emit_options *opt, const struct totals *t, const struct buf *pieces)
{
	struct buf style, script;
	struct html_pieces p;

	buf_init(&style);
	buf_init(&script);
	put_embedded(&style, "src/emit/html/report.css");
	put_embedded(&script, "src/emit/html/report.js");
	html_pieces_take(&p, pieces);
	put_head(out, &p, t, &style, &script);
	buf_puts(out, "<body>\n<a class=\"skip\" href=\"#articles\">To the articles</a>\n");
	put_verdict(out, &p, t);
	buf_puts(out, "<nav id=\"tools\" aria-label=\"Filters\" hidden=\"hidden\"></nav>\n");
	html_overview(out, &p);
	buf_puts(out, "<main id=\"articles\" tabindex=\"-1\">\n");
	put_articles(out, &p);
	buf_puts(out, "</main>\n");
	put_rules(out, opt, &p);
	buf_puts(out, "<footer><p>Made by wirelint ");
	html_words(out, opt->version);
	buf_puts(out, ". This page loads nothing from elsewhere.</p></footer>\n<script>");
	buf_add(out, script.s, script.n);
	buf_puts(out, "</script>\n</body>\n</html>\n");
	html_pieces_release(&p);
	buf_release(&style);
	buf_release(&script);
}
