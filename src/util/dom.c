/* A tree of a marked-up file.
 *
 * XML is read by libxml2 as far as it is well-formed, and by the looser scan of markup.c from the damage on, into the same tree.
 * HTML is read by that scan alone.  What an author of HTML may leave out is put in here: a <p> ends where a block begins, a <li>
 * where the next begins; and what is closed in the wrong order does not tear the tree: </b> never closes a paragraph, </div>
 * never a table's cell.
 *
 *	<p>One<p>Two <b>three</p> four</b>	p "One", p ("Two ", b "three"), " four"
 */
#include "util/dom.h"

#include "util/markup.h"
#include "util/str.h"
#include "util/xmalloc.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum { DEPTH = 256 };

/* What is known of HTML's elements. */
enum {
	VOID = 1,		/* has no content and no end tag */
	BLOCK = 2,		/* begins on a new line: ends an open <p> */
	WALL = 4,		/* what is open outside of it is not closed from inside */
	HEAD = 8,		/* may stand in <head> */
};
static const struct { const char *name; unsigned is; } elements[] = {
	{ "address", BLOCK }, { "area", VOID }, { "article", BLOCK }, { "aside", BLOCK }, { "base", VOID | HEAD },
	{ "blockquote", BLOCK }, { "body", BLOCK }, { "br", VOID }, { "button", WALL }, { "caption", BLOCK | WALL }, { "center", BLOCK },
	{ "col", VOID }, { "dd", BLOCK }, { "details", BLOCK }, { "dir", BLOCK }, { "div", BLOCK }, { "dl", BLOCK }, { "dt", BLOCK },
	{ "embed", VOID }, { "fieldset", BLOCK }, { "figcaption", BLOCK }, { "figure", BLOCK }, { "footer", BLOCK }, { "form", BLOCK },
	{ "h1", BLOCK }, { "h2", BLOCK }, { "h3", BLOCK }, { "h4", BLOCK }, { "h5", BLOCK }, { "h6", BLOCK }, { "header", BLOCK },
	{ "hgroup", BLOCK }, { "hr", VOID | BLOCK }, { "html", WALL }, { "img", VOID }, { "input", VOID }, { "li", BLOCK },
	{ "link", VOID | HEAD }, { "main", BLOCK }, { "menu", BLOCK }, { "meta", VOID | HEAD }, { "nav", BLOCK },
	{ "noscript", HEAD }, { "object", WALL }, { "ol", BLOCK }, { "p", BLOCK }, { "param", VOID }, { "pre", BLOCK },
	{ "script", HEAD }, { "section", BLOCK }, { "source", VOID }, { "style", HEAD }, { "summary", BLOCK }, { "table", BLOCK | WALL },
	{ "tbody", BLOCK }, { "td", BLOCK | WALL }, { "template", WALL | HEAD }, { "tfoot", BLOCK }, { "th", BLOCK | WALL },
	{ "thead", BLOCK }, { "title", HEAD }, { "tr", BLOCK }, { "track", VOID }, { "ul", BLOCK }, { "wbr", VOID },
};

static unsigned
kind_of(const char *name)
{
	size_t low = 0, high = sizeof elements / sizeof *elements;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int d = strcmp(name, elements[mid].name);

		if (d == 0)
			return elements[mid].is;
		if (d < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return 0;
}

struct grow {
	struct arena *arena;
	const char *s;
	bool html, loose;		/* loose: behind the damage of XML */
	unsigned depth;
	uint32_t deeper;		/* elements open beyond that */
	uint32_t done;			/* behind the last event */
	uint32_t nodes;
	struct markup_names names;
	struct { const char *from, *to; } kept[64];	/* names that libxml2 keeps, by their address, and ours */
	/* Beyond depth nothing is set. */
	struct dom *open[DEPTH + 1];	/* open[0] is the root */
	unsigned is[DEPTH + 1];		/* what each is in HTML */
};

static struct dom *
add(struct grow *g, enum dom_kind kind, uint32_t at, uint32_t end)
{
	struct dom *d = kind == DOM_ELEMENT ? arena_alloc(g->arena, sizeof *d) : arena_alloc(g->arena, DOM_SHORT), *parent = g->open[g->depth];

	d->kind = kind;
	d->number = ++g->nodes;
	d->at = at;
	d->end = end;
	d->parent = parent;
	if (parent->last != NULL)
		parent->last->next = d;
	else
		parent->first = d;
	parent->last = d;
	return d;
}

/* Ends the open elements down to and with open[to]; the end tag, if there is one, is open[to]'s. */
static void
close_to(struct grow *g, unsigned to, uint32_t at, uint32_t end)
{
	while (g->depth >= to) {
		struct dom *el = g->open[g->depth];

		el->out = at;
		el->end = g->depth == to ? end : at;
		g->depth--;
	}
}

/* The nearest open element so called that no wall hides; 0 if there is none. */
static unsigned
find_open(const struct grow *g, const char *name, const char *stop)
{
	for (unsigned i = g->depth; i > 0; i--) {
		if (g->open[i]->name == name || strcmp(g->open[i]->name, name) == 0)
			return i;
		if (g->html && ((g->is[i] & WALL) || (stop != NULL && dom_is_one_of(g->open[i], stop))))
			return 0;
	}
	return 0;
}

/* Ends what the start tag of `name` ends though its end tag was left out. */
static void
end_implied(struct grow *g, const char *name, unsigned is, uint32_t at)
{
	static const struct { const char *names, *ends, *stop; } rules[] = {
		{ "li", "li", "ul ol menu" },
		{ "dt dd", "dt", "dl" },
		{ "dt dd", "dd", "dl" },
		{ "option", "option", "select" },
	};
	static const char *const table[] = { "td", "th", "tr", "thead", "tbody", "tfoot" };
	unsigned i, p;

	if ((is & BLOCK) && (p = find_open(g, "p", "")) != 0)
		close_to(g, p, at, at);
	for (size_t r = 0; r < sizeof rules / sizeof *rules; r++)
		if (str_in_list(name, strlen(name), rules[r].names) && (p = find_open(g, rules[r].ends, rules[r].stop)) != 0)
			close_to(g, p, at, at);
	if (!(is & HEAD) && g->depth > 0 && strcmp(name, "head") != 0 && (p = find_open(g, "head", NULL)) != 0)
		close_to(g, p, at, at);
	if (name[0] != 't')
		return;
	/* <td> ends an open cell, <tr> a row, <tbody> a part of the table: each with what is in it */
	for (size_t first = 0; first < 6; first++) {
		if (strcmp(name, table[first]) != 0)
			continue;
		for (i = g->depth; i > 0 && strcmp(g->open[i]->name, "table") != 0; i--)
			for (size_t k = first < 2 ? 0 : first < 3 ? 2 : 3; k < 6; k++)
				if (strcmp(g->open[i]->name, table[k]) == 0) {
					/* an inner table's cells were passed by its own end */
					if ((first < 2 && k < 2) || (first == 2 && k == 2) || (first > 2 && k > 2))
						close_to(g, i, at, at);
					k = 6;
				}
	}
}

/* Our copy of a name: libxml2 has each but once, at one address as long as it reads. */
static const char *
keep(struct grow *g, const char *name)
{
	size_t i;

	if (g->html || g->loose)
		return markup_name(&g->names, name, strlen(name), MARKUP_XML);
	i = ((uintptr_t)name >> 3 ^ (uintptr_t)name >> 9) % (sizeof g->kept / sizeof *g->kept);

	if (g->kept[i].from != name) {
		g->kept[i].to = markup_name(&g->names, name, strlen(name), MARKUP_XML);
		g->kept[i].from = name;
	}
	return g->kept[i].to;
}

static void
start_element(struct grow *g, const struct xml_event *e)
{
	unsigned is = g->html ? kind_of(e->name) : 0;
	struct dom *el;

	if (g->html && g->deeper == 0)
		end_implied(g, e->name, is, e->at);
	el = add(g, DOM_ELEMENT, e->at, e->end);
	el->in = el->out = e->end;
	el->name = g->loose || g->html ? e->name : keep(g, e->name);
	if (e->ns != NULL)
		el->ns = keep(g, e->ns);
	if (e->prefix != NULL)
		el->prefix = keep(g, e->prefix);
	if (e->nattrs != 0) {
		struct xml_attr *attrs = ARENA_ARRAY(g->arena, struct xml_attr, e->nattrs);

		for (size_t i = 0; i < e->nattrs; i++) {
			attrs[i] = e->attrs[i];
			if (g->html || g->loose)
				continue;
			attrs[i].name = keep(g, attrs[i].name);
			attrs[i].value = markup_value(g->arena, g->s, attrs[i].at, attrs[i].end, &attrs[i].n);
		}
		el->attrs = attrs;
		el->nattrs = (uint32_t)e->nattrs;
	}
	if (is & VOID)
		return;
	if (g->depth == DEPTH || g->deeper != 0) {
		g->deeper++;
		return;
	}
	g->open[++g->depth] = el;
	g->is[g->depth] = is;
}

/* An end tag without a start tag is passed over. */
static void
end_element(struct grow *g, const struct xml_event *e)
{
	unsigned i;

	if (g->deeper != 0) {
		g->deeper--;
		return;
	}
	i = g->depth != 0 && g->open[g->depth]->name == e->name ? g->depth : find_open(g, e->name, NULL);
	if (i == 0 && g->html && (kind_of(e->name) & WALL))
		for (i = g->depth; i > 0 && strcmp(g->open[i]->name, e->name) != 0; i--)
			if (strcmp(g->open[i]->name, "table") == 0) {
				i = 0;
				break;
			}
	if (i == 0)
		return;
	/* in HTML a tag within a line does not end what begins on a line of its own */
	if (g->html && !(g->is[i] & (BLOCK | WALL)))
		for (unsigned k = i + 1; k <= g->depth; k++)
			if (g->is[k] & BLOCK)
				return;
	close_to(g, i, e->at, e->end);
}

static void
grow(void *arg, const struct xml_event *e)
{
	struct grow *g = arg;
	struct dom *last = g->open[g->depth]->last;

	switch (e->kind) {
	case XML_START:
		start_element(g, e);
		break;
	case XML_END:
		end_element(g, e);
		break;
	case XML_TEXT:
	case XML_ENTITY:
		if (last != NULL && last->kind == DOM_TEXT && last->end == e->at)
			last->end = e->end;
		else
			add(g, DOM_TEXT, e->at, e->end);
		break;
	case XML_CDATA:
		/* HTML has it for what a <script> or its like holds, which was left out for its depth */
		if (g->html && g->deeper != 0)
			break;
		add(g, DOM_CDATA, (uint32_t)(e->s - g->s), (uint32_t)(e->s - g->s + (ptrdiff_t)e->n));
		break;
	case XML_COMMENT:
		add(g, DOM_COMMENT, (uint32_t)(e->s - g->s), (uint32_t)(e->s - g->s + (ptrdiff_t)e->n));
		break;
	case XML_PI:
		break;
	}
	if (e->end > g->done)
		g->done = e->end;
}

static struct grow *
start(struct arena *arena, const char *s, size_t n)
{
	struct grow *g = xmalloc(sizeof *g);
	struct dom *root = ARENA_NEW(arena, struct dom);

	memset(g, 0, offsetof(struct grow, open));
	g->is[0] = 0;
	root->kind = DOM_ELEMENT;
	root->name = "";
	root->end = root->out = (uint32_t)n;
	g->arena = g->names.arena = arena;
	g->s = s;
	g->open[0] = root;
	return g;
}

static struct dom *
finish(struct grow *g, size_t n)
{
	struct dom *root = g->open[0];

	if (g->depth > 0)
		close_to(g, 1, (uint32_t)n, (uint32_t)n);
	free(g);
	return root;
}

struct dom *
dom_html(struct arena *arena, const char *s, size_t n)
{
	struct grow *g = start(arena, s, n);

	g->html = true;
	markup_scan(arena, s, n, 0, MARKUP_HTML, grow, g);
	return finish(g, n);
}

struct dom *
dom_xml(struct arena *arena, const char *s, size_t n, struct xml_error *damage)
{
	struct grow *g = start(arena, s, n);

	damage->message[0] = '\0';
	damage->at = 0;
	if (!xml_parse(s, n, grow, g, damage)) {
		g->loose = true;
		markup_scan(arena, s, n, g->done, MARKUP_XML, grow, g);
	}
	return finish(g, n);
}

/* ---- looking around ---- */

const struct dom *
dom_sibling(const struct dom *el, const char *name)
{
	while ((el = el->next) != NULL)
		if (dom_is(el, name))
			return el;
	return NULL;
}

const struct dom *
dom_child(const struct dom *el, const char *name)
{
	if (el == NULL || el->first == NULL)
		return NULL;
	if (dom_is(el->first, name))
		return el->first;
	return dom_sibling(el->first, name);
}

const struct dom *
dom_path(const struct dom *el, const char *path)
{
	char name[64];

	while (el != NULL && *path != '\0') {
		size_t n = strcspn(path, "/");

		if (n >= sizeof name)
			return NULL;
		memcpy(name, path, n);
		name[n] = '\0';
		el = dom_child(el, name);
		path += n + (path[n] == '/');
	}
	return el;
}

const struct dom *
dom_find(const struct dom *el, const char *name)
{
	if (el == NULL)
		return NULL;
	for (const struct dom *d = dom_next(el, el); d != NULL; d = dom_next(el, d))
		if (dom_is(d, name))
			return d;
	return NULL;
}

const struct xml_attr *
dom_attr(const struct dom *el, const char *name)
{
	if (el == NULL || el->kind != DOM_ELEMENT)
		return NULL;
	for (uint32_t i = 0; i < el->nattrs; i++)
		if (el->attrs[i].name[0] == name[0] && strcmp(el->attrs[i].name, name) == 0)
			return &el->attrs[i];
	return NULL;
}

bool
dom_attr_is(const struct dom *el, const char *name, const char *value)
{
	const struct xml_attr *a = dom_attr(el, name);

	return a != NULL && str_case_is(a->value, a->n, value);
}

bool
dom_is_one_of(const struct dom *d, const char *names)
{
	return d->kind == DOM_ELEMENT && str_in_list(d->name, strlen(d->name), names);
}

bool
dom_is_in(const struct dom *d, const struct dom *outer)
{
	while (d != NULL && d != outer)
		d = d->parent;
	return d != NULL;
}

const struct dom *
dom_first_element(const struct dom *el)
{
	const struct dom *d = el->first;

	while (d != NULL && d->kind != DOM_ELEMENT)
		d = d->next;
	return d;
}

const struct dom *
dom_next(const struct dom *top, const struct dom *d)
{
	return d->kind == DOM_ELEMENT && d->first != NULL ? d->first : dom_after(top, d);
}

const struct dom *
dom_after(const struct dom *top, const struct dom *d)
{
	while (d != top && d->next == NULL)
		d = d->parent;
	return d != top ? d->next : NULL;
}
