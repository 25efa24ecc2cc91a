/* The reader of Atom 1.0 (RFC 4287) and 0.3: each entry is an article. */
#include "read/feed.h"
#include "reader.h"
#include "sniff.h"

#include <string.h>

struct atom {
	struct xml_file x;
	struct feed_head head;
	struct flow flow;
};

/* A person: <name>, else <email>; a person construct without either is as it stands. */
static bool
put_person(struct atom *r, const struct dom *el)
{
	const struct dom *name = feed_child(el, NULL, "name");
	struct flow *f = &r->flow;

	if (name == NULL || name->first == NULL)
		name = feed_child(el, NULL, "email");
	flow_drop(f);
	body_put(f, &r->x.layer, name != NULL ? name : el);
	if (feed_said(f, BLOCK_BYLINE))
		return flow_field(f, FIELD_BYLINE, el->name) != NULL;
	return flow_field_of(f, flow_block(f, BLOCK_BYLINE, SURE, true), FIELD_BYLINE, el->name) != NULL;
}

static bool
is_author(const struct dom *d)
{
	return feed_is(d, NULL, "author") || feed_is(d, "dc", "creator");
}

static bool
put_authors(struct atom *r, const struct dom *el)
{
	bool any = false;

	for (const struct dom *d = el != NULL ? el->first : NULL; d != NULL; d = d->next)
		if (is_author(d))
			any = put_person(r, d) || any;
	return any;
}

/* The entry's authors, else those of the feed that it is from, else this feed's; and who contributed. */
static void
put_people(struct atom *r, const struct dom *entry, const struct dom *source)
{
	if (!put_authors(r, entry) && !put_authors(r, source))
		for (size_t i = 0; i < r->head.n; i++)
			if (is_author(r->head.v[i]))
				put_person(r, r->head.v[i]);
	for (const struct dom *d = entry->first; d != NULL; d = d->next)
		if (feed_is(d, NULL, "contributor") || feed_is(d, "dc", "contributor"))
			put_person(r, d);
}

static void
put_links(struct atom *r, const struct dom *el)
{
	for (const struct dom *d = el->first; d != NULL; d = d->next) {
		if (!feed_is(d, NULL, "link"))
			continue;
		if (dom_attr_is(d, "rel", "canonical"))
			xml_attr_field(&r->flow, &r->x.layer, d, "href", FIELD_CANONICAL, "link rel=canonical");
		else if (dom_attr(d, "rel") == NULL || dom_attr_is(d, "rel", "alternate") || dom_attr_is(d, "rel", "via") ||
		    dom_attr_is(d, "rel", "related"))
			xml_attr_field(&r->flow, &r->x.layer, d, "href", FIELD_LINK, "link");
		else if (dom_attr_is(d, "rel", "enclosure"))
			feed_image(&r->flow, &r->x.layer, d, "href", "link rel=enclosure");
	}
}

static void
put_fields(struct atom *r, const struct dom *entry)
{
	static const struct { const char *name; enum field_name field; } dates[] = {
		{ "published", FIELD_PUBLISHED }, { "issued", FIELD_PUBLISHED }, { "updated", FIELD_VERSION }, { "modified", FIELD_VERSION },
	};
	const struct layer *l = &r->x.layer;
	const struct dom *source = feed_child(entry, NULL, "source"), *title;
	struct flow *f = &r->flow;

	if (xml_attr_field(f, l, feed_child(entry, NULL, "content"), "lang", FIELD_LANGUAGE, "xml:lang") == NULL)
		feed_language(f, l, entry, &r->head);
	if ((title = feed_head_child(&r->head, "title")) != NULL)
		feed_field(f, l, title, feed_type_of(title), FIELD_PROVIDER, "feed/title");
	if ((title = feed_child(source, NULL, "title")) != NULL)
		feed_field(f, l, title, feed_type_of(title), FIELD_SOURCE, "source/title");
	for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
		const struct dom *date = feed_child(entry, NULL, dates[i].name);

		/* <published> may be left out, <updated> may not: it dates a story that was never changed */
		if (dates[i].field == FIELD_VERSION && article_find_field(f->a, FIELD_PUBLISHED) == NULL)
			xml_field(f, l, date, FIELD_PUBLISHED, dates[i].name);
		xml_field(f, l, date, dates[i].field, dates[i].name);
	}
	put_links(r, entry);
	xml_attr_field(f, l, feed_child(entry, NULL, "content"), "src", FIELD_LINK, "content/@src");
	feed_rights(f, l, entry, NULL);
	feed_rights(f, l, source, &r->head);
}

/* The story: the content; the summary where that is elsewhere or nothing to read. */
static const struct dom *
find_body(const struct layer *l, const struct dom *entry)
{
	const struct dom *d = feed_child(entry, NULL, "content");

	while (d != NULL && (feed_type_of(d) == FEED_OTHER || feed_weight(l, d) == 0))
		d = feed_next(d, NULL, "content");
	return d != NULL ? d : feed_child(entry, NULL, "summary");
}

static void
put_entry(struct atom *r, const struct dom *entry)
{
	const struct layer *l = &r->x.layer;
	const struct dom *body = find_body(l, entry), *d;
	struct flow *f = &r->flow;

	put_fields(r, entry);
	for (d = feed_child(entry, NULL, "title"); d != NULL; d = feed_next(d, NULL, "title")) {
		flow_drop(f);
		feed_put(f, l, d, feed_type_of(d));
		flow_field_of(f, flow_block(f, BLOCK_HEADLINE, SURE, true), FIELD_HEADLINE, "title");
	}
	for (d = entry->first; d != NULL; d = d->next)
		if (feed_is(d, NULL, "subtitle") || feed_is(d, NULL, "tagline"))
			feed_body(f, l, d, feed_type_of(d), BLOCK_SUBHEAD);
		else if (feed_is(d, NULL, "summary") && d != body)
			feed_body(f, l, d, feed_type_of(d), BLOCK_STANDFIRST);
	put_people(r, entry, feed_child(entry, NULL, "source"));
	for (d = body; d != NULL; d = dom_is(d, "content") ? feed_next(d, NULL, "content") : NULL)
		feed_body(f, l, d, feed_type_of(d), BLOCK_PARAGRAPH);
	feed_media(f, l, entry);
}

static int
sniff(const struct look *k)
{
	if (look_root_is(k, "feed"))
		return 90;
	return look_root_is(k, "entry") && k->root.ns != NULL && memmem(k->root.ns, k->root.ns_len, "tom", 3) != NULL ? 90 : 0;
}

static bool
read_atom(struct source *src, struct intake *in)
{
	struct atom r;
	const struct dom *root, *const *entries;

	xml_file_open(&r.x, src);
	root = r.x.root;
	feed_head(&r.head, root != NULL && !dom_is(root, "entry") ? root : NULL);
	for (entries = feed_items(&r.x, "entry"); *entries != NULL; entries++) {
		const struct dom *entry = entries[0], *next = entries[1];
		const char *id = feed_words(&r.x.arena, &r.x.layer, feed_child(entry, NULL, "id"));

		flow_init(&r.flow, intake_item(in, src, "atom", id, entry != root));
		put_entry(&r, entry);
		intake_done(in, feed_item_end(entry, next), 0, "an entry without any text");
	}
	in->refusal = in->met == 0 ? "a feed without entries" : "a feed whose entries hold no text";
	xml_file_release(&r.x);
	return in->made != 0;
}

const struct reader reader_atom = {
	.name = "atom",
	.title = "Atom 1.0 and 0.3",
	.suffixes = "atom xml",
	.signs = "the outermost element is 'feed', or an 'entry' in Atom's namespace",
	.fields = "headline byline (author, contributor) provider (the feed's title) source (source/title) copyright-notice (rights) usage-terms "
	    "version (updated) language published (published, updated) canonical link image (link rel=enclosure)",
	.reserved = "&<",
	.sniff = sniff,
	.read = read_atom,
};
