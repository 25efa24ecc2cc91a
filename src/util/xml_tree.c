/* Small XML files as trees; and from decoded characters back to the bytes of the file.
 *
 * Built-in files are read at each start of the program, and make check has proved that they are well-formed: they are scanned
 * without libxml2, in a third of the time.  A test compares the two ways. */
#include "util/xml_int.h"

#include "util/hash.h"
#include "util/str.h"
#include "util/xmalloc.h"

#include <stdlib.h>
#include <string.h>

struct grow {
	struct arena *arena;
	struct node *root, *at;
	unsigned depth;
	struct buf text[XML_DEPTH + 2];	/* of the open elements */
	unsigned nbufs;			/* of them ever used */
	struct { const char *key, *copy; } names[64];	/* libxml2 gives one pointer a name: copied once each */
};

static const char *
keep_name(struct grow *g, const char *name)
{
	size_t slot = ((uintptr_t)name >> 3 ^ (uintptr_t)name >> 9) % 64;

	if (name == NULL)
		return NULL;
	if (g->names[slot].key != name) {
		g->names[slot].key = name;
		g->names[slot].copy = arena_strdup(g->arena, name);
	}
	return g->names[slot].copy;
}

/* Character data, with line ends as XML wants them: one newline each. */
static void
add_text(struct grow *g, const struct xml_event *e)
{
	struct buf *b = &g->text[g->depth - 1];
	const char *s = e->s, *end = e->s + e->n;

	if (g->at->text == NULL) {
		g->at->text = "";
		g->at->text_at = e->kind == XML_CDATA ? e->at + 9 : e->at;
	}
	if (e->kind == XML_ENTITY || memchr(s, '\r', e->n) == NULL) {
		buf_add(b, s, e->n);
		return;
	}
	for (; s < end; s++) {
		if (*s != '\r')
			buf_putc(b, *s);
		else if (s + 1 == end || s[1] != '\n')
			buf_putc(b, '\n');
	}
}

static void
add_start(struct grow *g, const struct xml_event *e)
{
	struct node *el = ARENA_NEW(g->arena, struct node);
	size_t i;

	el->name = keep_name(g, e->name);
	el->ns = keep_name(g, e->ns);
	el->at = e->at;
	el->tag_end = e->end;
	el->nattrs = e->nattrs;
	if (e->nattrs != 0) {
		struct xml_attr *attrs = ARENA_ARRAY(g->arena, struct xml_attr, e->nattrs);

		for (i = 0; i < e->nattrs; i++) {
			attrs[i] = e->attrs[i];
			attrs[i].name = keep_name(g, e->attrs[i].name);
			attrs[i].value = arena_strndup(g->arena, e->attrs[i].value, e->attrs[i].n);
		}
		el->attrs = attrs;
	}
	el->parent = g->at;
	if (g->at == NULL)
		g->root = el;
	else if (g->at->last != NULL)
		g->at->last->next = el;
	else
		g->at->first = el;
	if (g->at != NULL)
		g->at->last = el;
	g->at = el;
	while (g->nbufs <= g->depth)
		buf_init(&g->text[g->nbufs++]);
	buf_clear(&g->text[g->depth++]);
}

static void
add_end(struct grow *g, const struct xml_event *e)
{
	struct node *el = g->at;
	const struct buf *b = &g->text[--g->depth];
	bool blank = el->first != NULL && strspn(b->s, " \t\n") == b->n;	/* only the indentation of its children */

	if (el->text == NULL)
		el->text_at = el->tag_end;
	el->text_len = blank ? 0 : b->n;
	el->text = el->text_len != 0 ? arena_strndup(g->arena, b->s, b->n) : "";
	el->end = e->end;
	g->at = el->parent;
}

static void
grow(void *arg, const struct xml_event *e)
{
	struct grow *g = arg;

	switch (e->kind) {
	case XML_START:
		add_start(g, e);
		break;
	case XML_END:
		add_end(g, e);
		break;
	case XML_TEXT:
	case XML_ENTITY:
	case XML_CDATA:
		if (g->at != NULL)
			add_text(g, e);
		break;
	case XML_COMMENT:
	case XML_PI:
		break;
	}
}

/* ---- files known to be well-formed ---- */

/* Names as C strings, one copy each. */
struct names {
	struct arena *arena;
	const char *v[256];
};

static const char *
name_of(struct names *t, const char *s, size_t n)
{
	size_t i = hash_bytes(s, n, HASH_INIT) % 256, tries;

	for (tries = 0; tries < 256 && t->v[i] != NULL; tries++, i = (i + 1) % 256)
		if (str_is(s, n, t->v[i]))
			return t->v[i];
	return tries < 256 ? (t->v[i] = arena_strndup(t->arena, s, n)) : arena_strndup(t->arena, s, n);
}

static uint32_t
skip(const struct xml_scan *p, uint32_t at, bool blanks)
{
	while (at < p->n && xml_is_blank(p->s[at]) == blanks && (blanks || (p->s[at] != '=' && p->s[at] != '>' && p->s[at] != '/')))
		at++;
	return at;
}

static const char *
local_name(struct names *t, const char *s, size_t n)
{
	const char *colon = memchr(s, ':', n);

	return colon == NULL ? name_of(t, s, n) : name_of(t, colon + 1, (size_t)(s + n - colon - 1));
}

/* The start tag at p->pos.  false: it does not end. */
static bool
plain_start(struct xml_scan *p, struct names *t)
{
	struct xml_event e = { .kind = XML_START, .at = p->pos };
	uint32_t at = skip(p, p->pos + 1, false), name = p->pos + 1, close;

	e.name = local_name(t, p->s + name, at - name);
	e.ns = p->depth != 0 ? p->open[p->depth - 1].ns : NULL;
	while ((at = skip(p, at, true)) < p->n && p->s[at] != '>' && p->s[at] != '/') {
		const char *end;

		name = at;
		close = skip(p, at, false);
		at = skip(p, close, true) + 1;		/* the equals sign */
		at = skip(p, at, true);
		end = at < p->n ? memchr(p->s + at + 1, p->s[at], p->n - at - 1) : NULL;
		if (end == NULL || close == name)
			return false;
		at++;
		if (str_is(p->s + name, close - name, "xmlns")) {
			e.ns = name_of(t, p->s + at, (size_t)(end - (p->s + at)));
		} else if (close - name < 6 || memcmp(p->s + name, "xmlns:", 6) != 0) {
			XPUSH(p->attrs, e.nattrs, p->capattrs) = (struct xml_attr){ local_name(t, p->s + name, close - name),
			    p->s + at, (size_t)(end - (p->s + at)), at, (uint32_t)(end - p->s) };
		}
		at = (uint32_t)(end - p->s) + 1;
	}
	p->empty = at < p->n && p->s[at] == '/';
	if (at + p->empty >= p->n || p->depth == XML_DEPTH)
		return false;
	p->pos = e.end = at + 1 + p->empty;
	xml_decode_values(p, e.nattrs);
	e.attrs = p->attrs;
	p->open[p->depth].name = e.name;
	p->open[p->depth++].ns = e.ns;
	p->each(p->arg, &e);
	return true;
}

static bool
plain_end(struct xml_scan *p)
{
	struct xml_event e = { .kind = XML_END, .at = p->pos };
	const char *close = p->empty ? p->s + p->pos - 1 : memchr(p->s + p->pos, '>', p->n - p->pos);

	if (close == NULL || p->depth == 0)
		return false;
	p->empty = false;
	p->depth--;
	e.name = p->open[p->depth].name;
	e.ns = p->open[p->depth].ns;
	p->pos = e.end = (uint32_t)(close - p->s) + 1;
	p->each(p->arg, &e);
	return true;
}

static bool
plain_parse(struct arena *arena, const char *s, size_t n, xml_event_fn *each, void *arg)
{
	struct xml_scan p = { .s = s, .n = n, .each = each, .arg = arg };
	struct names t = { .arena = arena };
	bool ok = true, any = false;

	buf_init(&p.values);
	while (ok) {
		if (!p.empty)
			xml_gap(&p, (uint32_t)n);
		if (p.pos >= n && !p.empty)
			break;
		ok = p.empty || (p.pos + 1 < n && s[p.pos + 1] == '/') ? plain_end(&p) : (p.depth != 0 || !any) && plain_start(&p, &t);
		any = true;
	}
	free(p.attrs);
	buf_release(&p.values);
	return ok && any && p.depth == 0;
}

static struct node *
build(struct arena *arena, const char *s, size_t n, bool known, struct xml_error *err)
{
	struct grow *g = xcalloc(1, sizeof *g);
	struct node *root;
	bool ok;
	unsigned i;

	g->arena = arena;
	ok = known ? plain_parse(arena, s, n, grow, g) : xml_parse(s, n, grow, g, err);
	root = ok ? g->root : NULL;
	for (i = 0; i < g->nbufs; i++)
		buf_release(&g->text[i]);
	free(g);
	return root;
}

struct node *
xml_tree(struct arena *arena, const char *s, size_t n, struct xml_error *err)
{
	return build(arena, s, n, false, err);
}

struct node *
xml_tree_known(struct arena *arena, const char *s, size_t n)
{
	return build(arena, s, n, true, NULL);
}

const struct xml_attr *
node_attr(const struct node *el, const char *name)
{
	size_t i;

	for (i = 0; i < el->nattrs; i++)
		if (strcmp(el->attrs[i].name, name) == 0)
			return &el->attrs[i];
	return NULL;
}

const struct node *
node_child(const struct node *el, const char *name)
{
	const struct node *c;

	for (c = el->first; c != NULL; c = c->next)
		if (strcmp(c->name, name) == 0)
			return c;
	return NULL;
}

/* ---- from decoded characters back to raw bytes ---- */

/* Advances over one raw character or reference of character data; returns how many decoded bytes it makes. */
static size_t
step(const char *s, uint32_t *at, uint32_t end)
{
	char c[4];
	size_t outlen, len;

	if (s[*at] == '&' && (len = xml_reference(s + *at, end - *at, c, &outlen)) != 0) {
		*at += (uint32_t)len;
		return outlen;
	}
	*at += s[*at] == '\r' && *at + 1 < end && s[*at + 1] == '\n' ? 2 : 1;
	return 1;
}

uint32_t
xml_attr_place(const char *s, const struct xml_attr *a, size_t off)
{
	uint32_t at = a->at;
	size_t done = 0;

	while (done < off && at < a->end)
		done += step(s, &at, a->end);
	return at;
}

struct seek {
	const char *s;
	const struct node *el;
	size_t off, done;
	unsigned depth;
	uint32_t found;
	bool ready;
};

static void
seek(void *arg, const struct xml_event *e)
{
	struct seek *k = arg;
	uint32_t at, end;

	if (e->kind == XML_START)
		k->depth++;
	else if (e->kind == XML_END)
		k->depth--;
	if (k->ready || k->depth != 1 || (e->kind != XML_TEXT && e->kind != XML_ENTITY && e->kind != XML_CDATA))
		return;
	at = e->kind == XML_CDATA ? e->at + 9 : e->at;
	end = e->kind == XML_CDATA ? e->end - 3 : e->end;
	while (at < end && k->done < k->off)
		k->done += e->kind == XML_CDATA ? (at++, 1) : step(k->s, &at, end);
	k->found = at;
	k->ready = k->done >= k->off && at < end;	/* else the next piece begins with it */
}

uint32_t
node_text_place(const char *s, const struct node *el, size_t off)
{
	struct seek k = { .s = s + el->at, .el = el, .off = off };

	k.found = el->tag_end - el->at;
	if (off > el->text_len)
		return el->end;
	xml_parse(s + el->at, el->end - el->at, seek, &k, NULL);
	return el->at + k.found;
}
