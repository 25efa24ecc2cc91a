/* The reader of RSS 0.9x and 2.0, of RSS 1.0 (RDF), and of WordPress' exports: each item is an article. */
#include "read/feed.h"
#include "read/sniff.h"
#include "reader.h"

#include <string.h>

struct rss {
	struct xml_file x;
	struct feed_head head;		/* of the channel */
	struct flow flow;
};

/* "jane@example.org (Jane Doe)": who it is stands in the brackets. */
static void
put_author(struct rss *r, const struct dom *el)
{
	const struct layer *l = &r->x.layer;
	const struct dom *text = el->first;
	const char *open, *close;

	if (text != NULL && text->kind == DOM_TEXT && text->next == NULL && memchr(l->s + text->at, '@', text->end - text->at) != NULL) {
		open = memchr(l->s + text->at, '(', text->end - text->at);
		close = open != NULL ? memchr(open, ')', (size_t)(l->s + text->end - open)) : NULL;
		flow_drop(&r->flow);
		if (close != NULL) {
			flow_put(&r->flow, l, (uint32_t)(open + 1 - l->s), (uint32_t)(close - l->s), FLOW_MARKUP);
			flow_field_of(&r->flow, flow_block(&r->flow, BLOCK_BYLINE, SURE, true), FIELD_BYLINE, el->name);
		} else {
			feed_field(&r->flow, l, el, FEED_HTML, FIELD_BYLINE, el->name);
		}
		return;
	}
	flow_drop(&r->flow);
	feed_put(&r->flow, l, el, FEED_HTML);
	flow_field_of(&r->flow, flow_block(&r->flow, BLOCK_BYLINE, SURE, true), FIELD_BYLINE, el->name);
}

static void
put_fields(struct rss *r, const struct dom *item)
{
	const struct layer *l = &r->x.layer;
	struct flow *f = &r->flow;

	feed_language(f, l, item, &r->head);
	feed_field(f, l, feed_head_child(&r->head, "title"), FEED_HTML, FIELD_PROVIDER, "channel/title");
	for (const struct dom *d = item->first; d != NULL; d = d->next) {
		if (feed_is(d, NULL, "pubDate") || feed_is(d, "dc", "date"))
			xml_field(f, l, d, FIELD_PUBLISHED, d->name);
		else if (dom_is(d, "link") && dom_attr_is(d, "rel", "canonical"))
			xml_attr_field(f, l, d, "href", FIELD_CANONICAL, "atom:link");
		else if (feed_is(d, NULL, "link"))
			xml_field(f, l, d, FIELD_LINK, "link");
		else if (feed_is(d, NULL, "source") || feed_is(d, "dc", "source")) {
			feed_field(f, l, d, FEED_HTML, FIELD_SOURCE, "source");
			xml_attr_field(f, l, d, "url", FIELD_LINK, "source/@url");
		} else if (feed_is(d, "dc", "publisher"))
			feed_field(f, l, d, FEED_HTML, FIELD_PROVIDER, "dc:publisher");
		else if (feed_is(d, "wp", "status"))
			xml_field(f, l, d, FIELD_PUB_STATUS, "wp:status");
	}
	feed_rights(f, l, item, &r->head);
}

/* The longest of the elements that may hold the story is it. */
static const struct dom *
find_body(const struct dom *item)
{
	const struct dom *body = feed_child(item, "content", "encoded");

	if (body == NULL || body->in == body->out)
		body = feed_child(item, NULL, "description");
	if (body == NULL || body->in == body->out) {
		const struct dom *other = feed_child(item, NULL, "summary");

		body = other != NULL ? other : feed_child(item, NULL, "content");
	}
	return body;
}

static void
put_item(struct rss *r, const struct dom *item)
{
	const struct layer *l = &r->x.layer;
	const struct dom *body = find_body(item);
	struct flow *f = &r->flow;

	put_fields(r, item);
	for (const struct dom *d = feed_child(item, NULL, "title"); d != NULL; d = feed_next(d, NULL, "title")) {
		flow_drop(f);
		feed_put(f, l, d, FEED_HTML);
		flow_field_of(f, flow_block(f, BLOCK_HEADLINE, SURE, true), FIELD_HEADLINE, "title");
	}
	for (const struct dom *d = item->first; d != NULL; d = d->next)
		if (d != body && (feed_is(d, NULL, "description") || feed_is(d, "excerpt", "encoded") || feed_is(d, NULL, "summary") ||
		    feed_is(d, NULL, "content")))
			feed_body(f, l, d, FEED_HTML, BLOCK_STANDFIRST);
	for (const struct dom *d = item->first; d != NULL; d = d->next)
		if (feed_is(d, NULL, "author") || feed_is(d, "dc", "creator") || feed_is(d, "dc", "contributor"))
			put_author(r, d);
	feed_body(f, l, body, FEED_HTML, BLOCK_PARAGRAPH);
	feed_media(f, l, item);
}

/* Why an item of a WordPress export is no story; NULL if it is one. */
static const char *
no_story(const struct layer *l, const struct dom *item)
{
	const struct dom *type = feed_child(item, "wp", "post_type");
	struct text text;
	const char *why = NULL;

	if (type == NULL)
		return NULL;
	text_init(&text);
	body_text(&text, l, type);
	if (text.n == 10 && memcmp(text.s, "attachment", 10) == 0)
		why = "an attachment, no story";
	else if (text.n == 13 && memcmp(text.s, "nav_menu_item", 13) == 0)
		why = "an entry of a menu, no story";
	text_release(&text);
	return why;
}

static const struct dom *
next_item(const struct dom *root, const struct dom *d)
{
	while ((d = dom_next(root, d)) != NULL)
		if (d->kind == DOM_ELEMENT && feed_is(d, NULL, "item"))
			return d;
	return NULL;
}

static int
sniff(const struct source *src)
{
	return sniff_root_is(src, "rss") || sniff_root_is(src, "RDF") ? 95 : 0;
}

static bool
read_rss(struct source *src, struct intake *in)
{
	struct rss r;
	const struct dom *item, *next;

	xml_file_open(&r.x, src);
	feed_head(&r.head, dom_find(r.x.root, "channel"), "item");
	for (item = r.x.root != NULL ? next_item(r.x.root, r.x.root) : NULL; item != NULL; item = next) {
		const char *id = feed_words(&r.x.arena, &r.x.layer, feed_child(item, NULL, "guid"));
		const struct xml_attr *about = dom_attr(item, "about");
		const char *why = no_story(&r.x.layer, item);

		next = next_item(r.x.root, item);
		if (id == NULL && about != NULL && about->n != 0)
			id = arena_strndup(&r.x.arena, about->value, about->n);
		flow_init(&r.flow, intake_item(in, src, "rss", id, true));
		if (why == NULL)
			put_item(&r, item);
		intake_done(in, next != NULL ? item->end : UINT32_MAX, 0, why != NULL ? why : "an item without any text");
	}
	in->refusal = in->met == 0 ? "a feed without items" : "a feed whose items hold no text";
	xml_file_release(&r.x);
	return in->made != 0;
}

const struct reader reader_rss = {
	.name = "rss",
	.title = "RSS 0.9x, 1.0 and 2.0, and WordPress exports",
	.suffixes = "rss rdf xml",
	.signs = "the outermost element is 'rss' or 'RDF'",
	.fields = "headline byline (author, dc:creator) provider (the channel's title, dc:publisher) source copyright-notice (copyright, dc:rights, "
	    "media:copyright) usage-terms (cc:license) pub-status (wp:status) language published (pubDate, dc:date) canonical link image "
	    "(enclosure, media:content)",
	.sniff = sniff,
	.read = read_rss,
};
