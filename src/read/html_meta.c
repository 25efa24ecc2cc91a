/* What a page says of its story. */
#include "read/html_meta.h"

#include "read/html_ld.h"
#include "util/str.h"

#include <string.h>
#include <strings.h>

static const struct { const char *name; enum field_name field; } metas[] = {
	{ "og:title", FIELD_HEADLINE }, { "dc.title", FIELD_HEADLINE }, { "dcterms.title", FIELD_HEADLINE },
	{ "author", FIELD_BYLINE }, { "article:author", FIELD_BYLINE }, { "dc.creator", FIELD_BYLINE }, { "parsely-author", FIELD_BYLINE },
	{ "og:site_name", FIELD_PROVIDER }, { "dc.publisher", FIELD_PROVIDER }, { "publisher", FIELD_PROVIDER },
	{ "source", FIELD_SOURCE }, { "dc.source", FIELD_SOURCE }, { "original-source", FIELD_LINK }, { "syndication-source", FIELD_LINK },
	{ "copyright", FIELD_COPYRIGHT_NOTICE }, { "dc.rights", FIELD_COPYRIGHT_NOTICE }, { "dc.copyright", FIELD_COPYRIGHT_NOTICE },
	{ "dcterms.rights", FIELD_COPYRIGHT_NOTICE }, { "prism.copyright", FIELD_COPYRIGHT_NOTICE }, { "rights", FIELD_COPYRIGHT_NOTICE },
	{ "article:published_time", FIELD_PUBLISHED }, { "dc.date", FIELD_PUBLISHED }, { "dcterms.created", FIELD_PUBLISHED },
	{ "date", FIELD_PUBLISHED }, { "parsely-pub-date", FIELD_PUBLISHED }, { "pubdate", FIELD_PUBLISHED },
	{ "article:modified_time", FIELD_VERSION }, { "og:image", FIELD_IMAGE }, { "og:url", FIELD_LINK }, { "og:locale", FIELD_LANGUAGE },
	{ "dc.language", FIELD_LANGUAGE }, { "geo.placename", FIELD_LOCATED },
	{ "robots", FIELD_ROBOTS }, { "googlebot", FIELD_ROBOTS }, { "googlebot-news", FIELD_ROBOTS },
};

static const struct { const char *rel; enum field_name field; const char *key; } rels[] = {
	{ "canonical", FIELD_CANONICAL, "rel=canonical" }, { "license", FIELD_USAGE_TERMS, "rel=license" },
	{ "syndication-source", FIELD_LINK, "rel=syndication-source" }, { "original-source", FIELD_LINK, "rel=original-source" },
};

static bool
is_address(const struct xml_attr *a)
{
	return (a->n > 7 && strncasecmp(a->value, "http://", 7) == 0) || (a->n > 8 && strncasecmp(a->value, "https://", 8) == 0);
}

static void
meta(struct flow *f, const struct layer *l, const struct dom *el)
{
	const struct xml_attr *name = dom_attr(el, "property"), *content = dom_attr(el, "content");

	if (name == NULL)
		name = dom_attr(el, "name");
	if (name == NULL || content == NULL || content->n == 0)
		return;
	for (size_t i = 0; i < sizeof metas / sizeof *metas; i++)
		if (str_case_is(name->value, name->n, metas[i].name)) {
			/* publishers link to authors, too */
			if (is_address(content) && (metas[i].field == FIELD_BYLINE || metas[i].field == FIELD_PROVIDER))
				return;
			flow_whole_field(f, l, content->at, content->end, FLOW_MARKUP, metas[i].field, metas[i].name);
			return;
		}
}

void
html_meta(struct flow *f, const struct layer *l, const struct dom *root)
{
	for (const struct dom *d = dom_next(root, root); d != NULL; d = dom_next(root, d)) {
		const struct xml_attr *a;

		if (d->kind != DOM_ELEMENT)
			continue;
		if (dom_is(d, "meta"))
			meta(f, l, d);
		else if (dom_is(d, "script") && dom_attr_is(d, "type", "application/ld+json"))
			html_ld(f, l, d->in, d->out);
		else if (dom_is(d, "html") && (a = dom_attr(d, "lang")) != NULL)
			flow_whole_field(f, l, a->at, a->end, FLOW_MARKUP, FIELD_LANGUAGE, "lang");
		else if ((dom_is(d, "link") || dom_is(d, "a")) && (a = dom_attr(d, "href")) != NULL)
			for (size_t i = 0; i < sizeof rels / sizeof *rels; i++)
				if (dom_attr_is(d, "rel", rels[i].rel))
					flow_whole_field(f, l, a->at, a->end, FLOW_MARKUP, rels[i].field, rels[i].key);
	}
}
