/* What the readers of RSS and Atom share.
 *
 * Most of a feed's text is HTML, escaped or in CDATA: a second layer.  The element's own text is made first, then read as HTML; the
 * maps of both are composed, so that in `&lt;p&gt;Rates &amp;mdash; up` the dash is the nine bytes `&amp;mdash;`. */
#include "read/feed.h"

#include "read/plain.h"
#include "read/wordpress.h"
#include "util/str.h"

#include <string.h>

static const struct { const char *module, *ns; } modules[] = {
	{ "dc", "purl.org/dc/" }, { "content", "purl.org/rss/1.0/modules/content" }, { "media", "search.yahoo.com/mrss" },
	{ "wp", "wordpress.org/export" }, { "excerpt", "wordpress.org/export" }, { "cc", "creativecommons" },
	{ "creativeCommons", "creativeCommons" }, { "xhtml", "www.w3.org/1999/xhtml" },
};

/* The vocabularies that feeds are written in themselves.  RSS has none, and feeds make one up for it: without a prefix, all that is
 * not known to be another is the feed's. */
static bool
is_own(const struct dom *el)
{
	static const char *const own[] = { "purl.org/atom", "w3.org/2005/Atom", "my.netscape.com/rdf", "userland.com", "purl.org/rss/1.0/" };

	if (el->ns == NULL)
		return el->prefix == NULL || strcmp(el->prefix, "rss") == 0 || strcmp(el->prefix, "atom") == 0;
	if (strcmp(el->ns, "http://www.w3.org/2005/Atom") == 0)		/* as most do */
		return true;
	if (el->prefix == NULL) {
		for (size_t i = 0; i < sizeof modules / sizeof *modules; i++)
			if (strstr(el->ns, modules[i].ns) != NULL)
				return false;
		return true;
	}
	if (strstr(el->ns, "/modules/") != NULL)
		return false;
	for (size_t i = 0; i < sizeof own / sizeof *own; i++)
		if (strstr(el->ns, own[i]) != NULL)
			return true;
	return false;
}

bool
feed_is_of(const struct dom *el, const char *module)
{
	if (module == NULL)
		return is_own(el);
	if (el->prefix != NULL && strcmp(el->prefix, module) == 0)
		return true;
	for (size_t i = 0; el->ns != NULL && i < sizeof modules / sizeof *modules; i++)
		if (strcmp(modules[i].module, module) == 0)
			return strstr(el->ns, modules[i].ns) != NULL;
	return false;
}

const struct dom *
feed_child(const struct dom *el, const char *module, const char *name)
{
	if (el == NULL || el->first == NULL)
		return NULL;
	return feed_is(el->first, module, name) ? el->first : feed_next(el->first, module, name);
}

const struct dom *
feed_next(const struct dom *el, const char *module, const char *name)
{
	while ((el = el->next) != NULL)
		if (feed_is(el, module, name))
			return el;
	return NULL;
}

/* Takes the elements so called out of all that is below `top`. */
static void
take_out(const struct dom *top, const char *name)
{
	for (const struct dom *d = top; d != NULL; d = dom_next(top, d)) {
		struct dom *el = (struct dom *)d, *kept = NULL, *next;		/* the tree is this file's own */

		if (d->kind != DOM_ELEMENT)
			continue;
		for (struct dom *child = el->first; child != NULL; child = next) {
			next = child->next;
			if (feed_is(child, NULL, name))
				continue;
			if (kept != NULL)
				kept->next = child;
			else
				el->first = child;
			kept = child;
		}
		if (kept != NULL)
			kept->next = NULL;
		else
			el->first = NULL;
		el->last = kept;
	}
}

const struct dom *const *
feed_items(struct xml_file *x, const char *name)
{
	const struct dom **items, *outer = NULL;
	size_t n = 0;
	bool nested = false;

	for (const struct dom *d = x->root; d != NULL; d = dom_next(x->root, d))
		n += feed_is(d, NULL, name);
	items = ARENA_ARRAY(&x->arena, const struct dom *, n + 1);
	n = 0;
	for (const struct dom *d = x->root; d != NULL; d = dom_next(x->root, d))
		if (feed_is(d, NULL, name)) {
			items[n++] = d;
			if (outer != NULL && d->at < outer->end)
				nested = true;
			else
				outer = d;
		}
	items[n] = NULL;
	for (size_t i = 0; nested && i < n; i++)
		take_out(items[i], name);
	return items;
}

static bool
type_begins(const struct xml_attr *type, const char *with)
{
	return str_case_begins(type->value, type->n, with);
}

enum feed_type
feed_type_of(const struct dom *el)
{
	const struct xml_attr *type = dom_attr(el, "type");

	if (dom_attr_is(el, "mode", "base64"))
		return FEED_OTHER;
	/* whatever it says it is: elements are no text that holds markup */
	if (dom_first_element(el) != NULL)
		return FEED_XHTML;
	if (type == NULL || type->n == 0)
		return FEED_PLAIN;
	if (type_begins(type, "xhtml") || type_begins(type, "application/xhtml"))
		return FEED_XHTML;
	if (type_begins(type, "html") || type_begins(type, "text/html"))
		return FEED_HTML;
	return type_begins(type, "text") ? FEED_PLAIN : FEED_OTHER;
}

size_t
feed_weight(const struct layer *l, const struct dom *el)
{
	struct text text;
	size_t weight = 0;

	if (el == NULL || el->in == el->out)
		return 0;
	text_init(&text);
	body_text(&text, l, el);
	for (const char *s = text.s, *end = s + text.n; s < end; s++) {
		for (; s < end && *s != '<'; s++)
			weight += (unsigned char)*s > ' ' && *s != '>';
		if (s == end || (s = memchr(s, '>', (size_t)(end - s))) == NULL)
			break;
	}
	text_release(&text);
	return weight;
}

void
feed_put(struct flow *f, const struct layer *l, const struct dom *el, enum feed_type type)
{
	struct text text;
	struct layer inner;

	if (type == FEED_XHTML || dom_first_element(el) != NULL) {
		body_put(f, l, el);
		return;
	}
	if (type == FEED_OTHER)
		return;
	text_init(&text);
	body_text(&text, l, el);
	inner = layer_of_text(&text);
	if (type == FEED_HTML && memchr(inner.s, '<', inner.n) != NULL)
		body_put_html(f, &inner);
	else
		flow_put(f, &inner, 0, inner.n, type == FEED_HTML ? FLOW_MARKUP : FLOW_LITERAL);
	text_release(&text);
}

struct field *
feed_field(struct flow *f, const struct layer *l, const struct dom *el, enum feed_type type, enum field_name name, const char *key)
{
	if (el == NULL)
		return NULL;
	flow_drop(f);
	feed_put(f, l, el, type);
	return flow_field(f, name, key);
}

size_t
feed_body(struct flow *f, const struct layer *l, const struct dom *el, enum feed_type type, enum block_kind kind)
{
	size_t made = 0, before = f->a->nblocks;
	struct text text;
	struct layer inner;

	if (el == NULL || type == FEED_OTHER)
		return 0;
	if (type == FEED_XHTML || dom_first_element(el) != NULL) {
		made = body_markup(f, l, el);
	} else {
		text_init(&text);
		body_text(&text, l, el);
		inner = layer_of_text(&text);
		made = type == FEED_HTML ? body_html(f, &inner) : type == FEED_POST ? wordpress_body(f, &inner) :
		    plain_blocks(f, &inner, 0, inner.n);
		text_release(&text);
	}
	if (kind != BLOCK_PARAGRAPH)
		flow_name(f, before, kind);
	return made;
}

void
feed_image(struct flow *f, const struct layer *l, const struct dom *el, const char *attr, const char *key)
{
	const struct xml_attr *type = dom_attr(el, "type"), *medium = dom_attr(el, "medium");

	if (type != NULL && type->n != 0 ? type_begins(type, "image/") : medium == NULL || type_begins(medium, "image"))
		xml_attr_field(f, l, el, attr, FIELD_IMAGE, key);
}

bool
feed_said(const struct flow *f, enum block_kind kind)
{
	enum { FAR = 64 };
	const struct article *a = f->a;
	const char *s = a->text.s + f->start;
	size_t n = a->text.n - f->start, stop = a->nblocks > FAR ? a->nblocks - FAR : 0;

	for (size_t i = a->nblocks; f->any && i > stop; i--) {
		const struct block *b = &a->blocks[i - 1];

		if (b->kind == kind && range_len(b->at) == n && memcmp(text_at(&a->text, b->at), s, n) == 0)
			return true;
	}
	return false;
}

/* The open piece as a caption or a credit; `beside`: of the same picture as the last block.  Feeds list a picture in several sizes, and
 * say the same of each: it is shown once.  Whether the last block is what belongs to the picture now. */
static bool
put_once(struct flow *f, enum block_kind kind, bool beside)
{
	if (feed_said(f, kind)) {
		const struct block *last = &f->a->blocks[f->a->nblocks - 1];

		flow_drop(f);
		return last->kind == BLOCK_CAPTION || last->kind == BLOCK_CREDIT;
	}
	return (beside ? flow_block_beside : flow_block)(f, kind, SURE, true) != NULL || beside;
}

/* Does the element say what can be seen?  A title does where nothing else does, unless it is the story's. */
static bool
is_caption(const struct dom *el, const struct dom *within)
{
	if (feed_is(el, "media", "description") || feed_is(el, "media", "text"))
		return true;
	return feed_is(el, "media", "title") && (feed_is(within, "media", "content") || feed_is(within, "media", "group")) &&
	    feed_child(within, "media", "description") == NULL;
}

/* What belongs to a picture stands with it or with what it stands in: captions first, then those of the pictures within, then credits.
 * Whether the last block is a caption or a credit. */
static bool
put_media(struct flow *f, const struct layer *l, const struct dom *within)
{
	bool beside = false;

	for (const struct dom *d = within->first; d != NULL; d = d->next) {
		if (feed_is(d, NULL, "enclosure"))
			feed_image(f, l, d, "url", "enclosure");
		else if (feed_is(d, "media", "content") || feed_is(d, "media", "thumbnail"))
			feed_image(f, l, d, "url", d->name[0] == 'c' ? "media:content" : "media:thumbnail");
		else if (feed_is(d, "media", "copyright"))
			feed_field(f, l, d, FEED_HTML, FIELD_COPYRIGHT_NOTICE, "media:copyright");
	}
	for (const struct dom *d = within->first; d != NULL; d = d->next) {
		if (!is_caption(d, within))
			continue;
		flow_drop(f);
		feed_put(f, l, d, FEED_HTML);
		if (!feed_is(d, "media", "title") || !feed_said(f, BLOCK_HEADLINE))
			beside = put_once(f, BLOCK_CAPTION, false);
		flow_drop(f);
	}
	for (const struct dom *d = within->first; d != NULL; d = d->next)
		if (feed_is(d, "media", "group") || feed_is(d, "media", "content"))
			beside = put_media(f, l, d) || beside;
	for (const struct dom *d = within->first; d != NULL; d = d->next)
		if (feed_is(d, "media", "credit")) {
			flow_drop(f);
			feed_put(f, l, d, FEED_HTML);
			beside = put_once(f, BLOCK_CREDIT, beside);
		}
	return beside;
}

void
feed_media(struct flow *f, const struct layer *l, const struct dom *item)
{
	put_media(f, l, item);
}

void
feed_head(struct feed_head *out, const struct dom *feed)
{
	/* of what concerns a story; so little that a feed of a hundred thousand items is read in a time that goes by its size */
	enum { MOST_BYTES = 8192 };
	static const char names[] = "title language copyright rights license author creator contributor link";
	size_t bytes = 0;

	out->n = 0;
	for (const struct dom *d = feed != NULL ? feed->first : NULL; d != NULL && out->n < sizeof out->v / sizeof *out->v; d = d->next) {
		if (d->kind != DOM_ELEMENT || !dom_is_one_of(d, names))
			continue;
		if (dom_is(d, "link") && !dom_attr_is(d, "rel", "license"))
			continue;
		if (bytes + (d->end - d->at) > MOST_BYTES)
			continue;
		bytes += d->end - d->at;
		out->v[out->n++] = d;
	}
}

const struct dom *
feed_head_child(const struct feed_head *head, const char *name)
{
	for (size_t i = 0; i < head->n; i++)
		if (feed_is(head->v[i], NULL, name))
			return head->v[i];
	return NULL;
}

static void
put_rights(struct flow *f, const struct layer *l, const struct dom *d)
{
	if (feed_is(d, "dc", "rights"))
		feed_field(f, l, d, FEED_HTML, FIELD_COPYRIGHT_NOTICE, "dc:rights");
	else if (feed_is(d, NULL, "copyright") || feed_is(d, NULL, "rights"))
		feed_field(f, l, d, feed_type_of(d) == FEED_PLAIN ? FEED_HTML : feed_type_of(d), FIELD_COPYRIGHT_NOTICE, d->name);
	else if (feed_is(d, "cc", "license") || feed_is(d, "creativeCommons", "license")) {
		if (xml_attr_field(f, l, d, "resource", FIELD_USAGE_TERMS, "cc:license") == NULL)
			xml_field(f, l, d, FIELD_USAGE_TERMS, "cc:license");
	} else if (feed_is(d, NULL, "link") && dom_attr_is(d, "rel", "license"))
		xml_attr_field(f, l, d, "href", FIELD_USAGE_TERMS, "link rel=license");
}

void
feed_rights(struct flow *f, const struct layer *l, const struct dom *item, const struct feed_head *head)
{
	for (const struct dom *d = item != NULL ? item->first : NULL; d != NULL; d = d->next)
		put_rights(f, l, d);
	for (size_t i = 0; head != NULL && i < head->n; i++)
		put_rights(f, l, head->v[i]);
}

static bool
put_language(struct flow *f, const struct layer *l, const struct dom *d)
{
	return (feed_is(d, NULL, "language") || feed_is(d, "dc", "language")) && xml_field(f, l, d, FIELD_LANGUAGE, "language") != NULL;
}

void
feed_language(struct flow *f, const struct layer *l, const struct dom *item, const struct feed_head *head)
{
	for (const struct dom *d = item->first; d != NULL; d = d->next)
		if (put_language(f, l, d))
			return;
	if (xml_attr_field(f, l, item, "lang", FIELD_LANGUAGE, "xml:lang") != NULL)
		return;
	for (size_t i = 0; i < head->n; i++)
		if (put_language(f, l, head->v[i]))
			return;
	for (const struct dom *el = item->parent; el != NULL; el = el->parent)
		if (xml_attr_field(f, l, el, "lang", FIELD_LANGUAGE, "xml:lang") != NULL)
			return;
}

const char *
feed_words(struct arena *arena, const struct layer *l, const struct dom *el)
{
	enum { LONGEST = 300 };
	struct text text;
	const char *words = NULL;

	if (el == NULL)
		return NULL;
	text_init(&text);
	body_text(&text, l, el);
	if (text.n != 0) {
		struct range r = text_trim(&text, (struct range){ 0, (uint32_t)text.n });

		if (r.a < r.z && range_len(r) <= LONGEST && memchr(text.s + r.a, '\0', range_len(r)) == NULL)
			words = arena_strndup(arena, text.s + r.a, range_len(r));
	}
	text_release(&text);
	return words;
}
