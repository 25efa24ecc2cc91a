/* All rules as one page of HTML: doc/page.html, into which the index and the rules are put.  The page is well-formed XML, too. */
#include "command/catalogue.h"

#include "check.h"
#include "emitter.h"
#include "frozen/builtin.h"
#include "lint/explain.h"
#include "lint/rule_test.h"

#include <string.h>

/* Characters that nobody would see are named, as everywhere. */
static void
text(struct buf *out, const char *s, size_t n)
{
	struct buf plain = BUF_INIT;
	const char *end, *line;

	for (end = s + n; s < end; s = line) {
		line = memchr(s, '\n', (size_t)(end - s));
		if (line == NULL)
			line = end;
		emit_plain(&plain, s, (size_t)(line - s));
		if (line < end) {
			buf_putc(&plain, '\n');
			line++;
		}
	}
	for (s = plain.s, end = s + plain.n; s < end; s++)
		if (*s == '<')
			buf_puts(out, "&lt;");
		else if (*s == '>')
			buf_puts(out, "&gt;");
		else if (*s == '&')
			buf_puts(out, "&amp;");
		else if (*s == '"')
			buf_puts(out, "&quot;");
		else
			buf_putc(out, *s);
	buf_release(&plain);
}

static void
words(struct buf *out, const char *s)
{
	text(out, s, strlen(s));
}

/* The same with its white space folded. */
static void
folded(struct buf *out, const char *s)
{
	const char *blank = "";
	size_t n;

	for (; *(s += strspn(s, " \t\r\n")) != '\0'; s += n) {
		n = strcspn(s, " \t\r\n");
		buf_puts(out, blank);
		text(out, s, n);
		blank = " ";
	}
}

static void
example(struct buf *out, const struct example *e)
{
	struct example shown = *e;
	struct buf raw = BUF_INIT;
	struct marked m = { 0 };
	size_t at = 0, i;

	shown.escaped = false;
	example_text(&raw, &shown);
	buf_printf(out, "<h4>%s", e->bad ? "Bad" : "Good");
	if (e->format != NULL)
		buf_printf(out, ", in %s", e->format);
	buf_puts(out, "</h4>\n<pre>");
	if (!e->bad || !marked_parse(&m, raw.s, raw.n))
		text(out, raw.s, raw.n);
	else {
		for (i = 0; i < m.nspans; i++) {
			text(out, m.s + at, m.spans[i].a - at);
			buf_puts(out, m.spans[i].a == m.spans[i].z ? "<mark class=\"missing\">" : "<mark>");
			text(out, m.s + m.spans[i].a, m.spans[i].z - m.spans[i].a);
			buf_puts(out, "</mark>");
			at = m.spans[i].z;
		}
		text(out, m.s + at, m.n - at);
	}
	buf_puts(out, "</pre>\n");
	if (e->bad)
		marked_release(&m);
	buf_release(&raw);
}

static void
html_rule(struct buf *out, const struct rule *r)
{
	struct buf b = BUF_INIT;
	const struct example *e;

	buf_printf(out, "<article id=\"%s\">\n<h3><a href=\"#%s\">%s</a></h3>\n<p class=\"title\">", r->id, r->id, r->id);
	words(out, r->title);
	buf_printf(out, "</p>\n<p class=\"facts\"><strong class=\"%s\">", severity_name(r->severity[SURE]));
	explain_severities(out, r);
	buf_printf(out, "</strong> \xc2\xb7 tier %s \xc2\xb7 looks at: ", tier_name(r->tier));
	explain_scope(out, r->scope);
	buf_printf(out, "%s \xc2\xb7 check %s</p>\n", r->quoted == QUOTED_OUT ? ", outside quotation marks" :
	    r->quoted == QUOTED_IN ? ", inside quotation marks" : "", r->check->name);
	if (r->why != NULL) {
		buf_puts(out, "<p>");
		folded(out, r->why);
		buf_puts(out, "</p>\n");
	}
	if (r->link != NULL) {
		buf_puts(out, "<p><a href=\"");
		words(out, r->link);
		buf_puts(out, "\">");
		words(out, r->link);
		buf_puts(out, "</a></p>\n");
	}
	if ((e = catalogue_example(r, true)) != NULL)
		example(out, e);
	if ((e = catalogue_example(r, false)) != NULL)
		example(out, e);
	if (explain_fix(r) != NULL) {
		buf_printf(out, "<p>Fix (%s): ", explain_fix(r));
		folded(out, r->fix_description != NULL ? r->fix_description : r->fix);
		buf_puts(out, "</p>\n");
	}
	if (explain_precision(&b, r)) {
		buf_puts(out, "<p class=\"precision\">");
		words(out, b.s);
		buf_puts(out, "</p>\n");
	}
	buf_puts(out, "</article>\n");
	buf_release(&b);
}

static void
html_index(struct buf *out, const struct rule_set *set)
{
	size_t i;

	buf_puts(out, "<ul>\n");
	for (i = 0; i < set->n; i++) {
		const char *id = set->rules[i]->id;

		if (catalogue_begins(set, i))
			buf_printf(out, "%s<li><a href=\"#%.*s\">%.*s</a>\n<ul>\n", i != 0 ? "</ul></li>\n" : "", (int)strcspn(id, "/"), id,
			    (int)strcspn(id, "/"), id);
		buf_printf(out, "<li><a href=\"#%s\">%s</a> ", id, strchr(id, '/') != NULL ? strchr(id, '/') + 1 : id);
		words(out, set->rules[i]->title);
		buf_puts(out, "</li>\n");
	}
	buf_puts(out, set->n != 0 ? "</ul></li>\n</ul>\n" : "</ul>\n");
}

static void
html_rules(struct buf *out, const struct rule_set *set)
{
	size_t i;

	for (i = 0; i < set->n; i++) {
		const char *id = set->rules[i]->id;

		if (catalogue_begins(set, i))
			buf_printf(out, "%s<section id=\"%.*s\">\n<h2>%.*s</h2>\n", i != 0 ? "</section>\n" : "", (int)strcspn(id, "/"), id,
			    (int)strcspn(id, "/"), id);
		html_rule(out, set->rules[i]);
	}
	if (set->n != 0)
		buf_puts(out, "</section>\n");
}

void
catalogue_html(struct buf *out, const struct rule_set *set)
{
	static const struct { const char *mark; void (*put)(struct buf *out, const struct rule_set *set); } parts[] = {
		{ "@INDEX@\n", html_index },
		{ "@RULES@\n", html_rules },
	};
	const struct builtin *page = builtin_find("doc/page.html");
	const char *s, *mark;
	size_t i;

	if (page == NULL)
		return;
	for (s = page->s, i = 0; i < sizeof parts / sizeof *parts; i++) {
		if ((mark = strstr(s, parts[i].mark)) == NULL)
			continue;
		buf_add(out, s, (size_t)(mark - s));
		parts[i].put(out, set);
		s = mark + strlen(parts[i].mark);
	}
	buf_puts(out, s);
}
