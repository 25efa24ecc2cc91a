/* What the readers of RSS and Atom share.
 *
 * Most of a feed's text is HTML, escaped or in CDATA: a second layer.  The element's own text is made first, then read as HTML; the
 * maps of both are composed, so that in `&lt;p&gt;Rates &amp;mdash; up` the dash is the nine bytes `&amp;mdash;`. */
#include "read/feed.h"

#include "read/plain.h"

#include <string.h>
#include <strings.h>

static const struct { const char *module, *ns; } modules[] = {
	{ "dc", "purl.org/dc/" }, { "content", "purl.org/rss/1.0/modules/content" }, { "media", "search.yahoo.com/mrss" },
	{ "wp", "wordpress.org/export" }, { "excerpt", "wordpress.org/export" }, { "cc", "creativecommons" },
	{ "creativeCommons", "creativeCommons" }, { "atom", "www.w3.org/2005/Atom" },
};

/* The vocabularies that feeds are written in themselves. */
static bool
is_own(const struct dom *el)
{
	static const char *const own[] = { "purl.org/atom", "w3.org/2005/Atom", "my.netscape.com/rdf", "userland.com", "purl.org/rss/1.0/" };

	if (el->prefix == NULL)
		return true;
	if (el->ns == NULL)
		return strcmp(el->prefix, "rss") == 0 || strcmp(el->prefix, "atom") == 0;
	if (strstr(el->ns, "/modules/") != NULL)
		return false;
	for (size_t i = 0; i < sizeof own / sizeof *own; i++)
		if (strstr(el->ns, own[i]) != NULL)
			return true;
	return false;
}

bool
feed_is(const struct dom *el, const char *module, const char *name)
{
	if (el->kind != DOM_ELEMENT || !dom_is(el, name))
		return false;
	if (module == NULL)
		return is_own(el);
	if (el->prefix != NULL && strcmp(el->prefix, module) == 0)
		return true;
	for (size_t i = 0; el->ns != NULL && i < sizeof modules / sizeof *modules; i++)
		if (strcmp(modules[i].module, module) == 0)
			return el->prefix != NULL && strstr(el->ns, modules[i].ns) != NULL;
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

static bool
has_elements(const struct dom *el)
{
	for (const struct dom *d = el->first; d != NULL; d = d->next)
		if (d->kind == DOM_ELEMENT)
			return true;
	return false;
}

enum feed_type
feed_type_of(const struct dom *el)
{
	const struct xml_attr *type = dom_attr(el, "type");

	if (dom_attr_is(el, "mode", "base64"))
		return FEED_OTHER;
	if (type == NULL || type->n == 0)
		return has_elements(el) ? FEED_XHTML : FEED_PLAIN;
	if (dom_attr_is(el, "type", "xhtml") || dom_attr_is(el, "type", "application/xhtml+xml"))
		return FEED_XHTML;
	if (dom_attr_is(el, "type", "html") || dom_attr_is(el, "type", "text/html"))
		return has_elements(el) ? FEED_XHTML : FEED_HTML;
	if (dom_attr_is(el, "type", "text") || (type->n >= 5 && strncasecmp(type->value, "text/", 5) == 0))
		return has_elements(el) ? FEED_XHTML : FEED_PLAIN;
	return has_elements(el) ? FEED_XHTML : FEED_OTHER;
}

void
feed_put(struct flow *f, const struct layer *l, const struct dom *el, enum feed_type type)
{
	struct text text;
	struct layer inner;
	struct arena arena;

	if (type == FEED_XHTML || has_elements(el)) {
		body_put(f, l, el);
		return;
	}
	if (type == FEED_OTHER)
		return;
	text_init(&text);
	body_text(&text, l, el);
	inner = layer_of_text(&text);
	if (type == FEED_HTML && memchr(inner.s, '<', inner.n) != NULL) {
		arena_init(&arena);
		body_put(f, &inner, dom_html(&arena, inner.s, inner.n));
		arena_release(&arena);
	} else {
		flow_put(f, &inner, 0, inner.n, type == FEED_HTML ? FLOW_MARKUP : FLOW_LITERAL);
	}
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
	if (type == FEED_XHTML || has_elements(el)) {
		made = body_markup(f, l, el);
	} else {
		text_init(&text);
		body_text(&text, l, el);
		inner = layer_of_text(&text);
		made = type == FEED_HTML ? body_html(f, &inner) : plain_blocks(f, &inner, 0, inner.n);
		text_release(&text);
	}
	if (kind != BLOCK_PARAGRAPH)
		flow_name(f, before, kind);
	return made;
}

static void
put_image(struct flow *f, const struct layer *l, const struct dom *el, const char *key)
{
	const struct xml_attr *type = dom_attr(el, "type");

	if (type == NULL || (type->n >= 6 && strncasecmp(type->value, "image/", 6) == 0))
		xml_attr_field(f, l, el, "url", FIELD_IMAGE, key);
}

void
feed_media(struct flow *f, const struct layer *l, const struct dom *item)
{
	for (const struct dom *d = dom_next(item, item); d != NULL; d = dom_next(item, d)) {
		if (d->kind != DOM_ELEMENT)
			continue;
		if (feed_is(d, NULL, "enclosure"))
			put_image(f, l, d, "enclosure");
		else if (feed_is(d, "media", "content") || feed_is(d, "media", "thumbnail"))
			put_image(f, l, d, "media");
		else if (feed_is(d, "media", "copyright"))
			feed_field(f, l, d, FEED_HTML, FIELD_COPYRIGHT_NOTICE, "media:copyright");
		else if (feed_is(d, "media", "description") || feed_is(d, "media", "text"))
			feed_body(f, l, d, FEED_HTML, BLOCK_CAPTION);
		else if (feed_is(d, "media", "credit")) {
			flow_drop(f);
			feed_put(f, l, d, FEED_HTML);
			flow_block_beside(f, BLOCK_CREDIT, SURE, true);
		}
	}
}

void
feed_head(struct feed_head *out, const struct dom *feed, const char *item)
{
	out->n = 0;
	for (const struct dom *d = feed != NULL ? feed->first : NULL; d != NULL && out->n < sizeof out->v / sizeof *out->v; d = d->next)
		if (d->kind == DOM_ELEMENT && !dom_is(d, item))
			out->v[out->n++] = d;
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
