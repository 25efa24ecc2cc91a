/* The addresses in the markup of a story, as fields.  They stand behind the blocks they are from: a block's text is in one piece. */
#include "read/addresses.h"

#include <string.h>

static void
put(struct flow *f, const struct layer *l, const struct dom *el, const char *attr, enum field_name name, const char *key)
{
	const struct xml_attr *a = dom_attr(el, attr);

	if (a != NULL && a->at < a->end)
		flow_whole_field(f, l, a->at, a->end, FLOW_MARKUP, name, key);
}

/* Does the attribute say that it is a point, or nothing at all? */
static bool
is_point(const struct dom *el, const char *attr)
{
	return dom_attr_is(el, attr, "0") || dom_attr_is(el, attr, "1") || dom_attr_is(el, attr, "1px") || dom_attr_is(el, attr, "0px");
}

static bool
is_dot(const struct dom *el)
{
	return dom_is(el, "amp-pixel") || (is_point(el, "width") && is_point(el, "height"));
}

/* A picture that nobody sees: it is there to be loaded. */
static bool
is_counter(const struct dom *el, const struct dom *top)
{
	if (is_dot(el))
		return true;
	for (; el != NULL && el != top; el = el->parent)
		if (dom_is(el, "noscript") || body_is_hidden(el))
			return true;
	return false;
}

static bool
is_picture(const struct dom *el)
{
	return dom_is(el, "img") || dom_is(el, "amp-img") || dom_is(el, "amp-pixel");
}

void
addresses_seen(struct flow *f, const struct layer *l, const struct dom *el, body_skip_fn *skip, void *arg)
{
	const struct dom *d = dom_next(el, el);

	while (d != NULL) {
		if (d->kind == DOM_ELEMENT && (dom_is_one_of(d, "nav svg template button select noscript") || body_is_hidden(d) ||
		    (skip != NULL && skip(d, arg)))) {
			d = dom_after(el, d);
			continue;
		}
		if (dom_is(d, "a"))
			put(f, l, d, "href", FIELD_LINK, "a/@href");
		else if (d->kind == DOM_ELEMENT && is_picture(d) && !is_dot(d))		/* what hides it was passed over */
			put(f, l, d, "src", FIELD_IMAGE, "img/@src");
		d = dom_next(el, d);
	}
}

void
addresses_loaded(struct flow *f, const struct layer *l, const struct dom *el, body_skip_fn *skip, void *arg)
{
	const struct dom *d = dom_next(el, el);

	while (d != NULL) {
		if (d->kind == DOM_ELEMENT && skip != NULL && skip(d, arg)) {
			d = dom_after(el, d);
			continue;
		}
		if (dom_is(d, "script"))
			put(f, l, d, "src", FIELD_LOADED, "script/@src");
		else if (dom_is(d, "iframe") || dom_is(d, "embed"))
			put(f, l, d, "src", FIELD_LOADED, "iframe/@src");
		else if (d->kind == DOM_ELEMENT && is_picture(d) && is_counter(d, el))
			put(f, l, d, "src", FIELD_LOADED, "img/@src");
		d = dom_next(el, d);
	}
}
