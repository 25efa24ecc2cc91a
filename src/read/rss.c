/* The reader of RSS 0.9x and 2.0, of RSS 1.0 (RDF), and of WordPress' exports: each item is an article. */
#include "read/feed.h"
#include "reader.h"
#include "sniff.h"
#include "util/str.h"

#include <string.h>

struct rss {
	struct xml_file x;
	struct feed_head head;		/* of the channel */
	struct flow flow;
};

/* Where the name stands in "jane@example.org (Jane Doe)", "Jane Doe (jane@example.org)" and "Jane Doe <jane@example.org>"; all of it
 * where there is none. */
static struct range
find_name(const char *s, size_t n)
{
	const char *at = memchr(s, '@', n), *open = memchr(s, '(', n), *close, *angle = memchr(s, '<', n);
	struct range all = { 0, (uint32_t)n };

	if (at == NULL)
		return all;
	if (open != NULL && at < open && (close = memchr(open, ')', n - (size_t)(open - s))) != NULL && close > open + 1)
		return (struct range){ (uint32_t)(open + 1 - s), (uint32_t)(close - s) };
	if (open == NULL || (angle != NULL && angle < open))
		open = angle;
	for (const char *p = s; open != NULL && open < at && p < open; p++)
		if (*p > ' ')
			return (struct range){ 0, (uint32_t)(open - s) };
	return all;
}

static void
put_author(struct rss *r, const struct dom *el)
{
	const struct dom *name = feed_child(el, NULL, "name");		/* an element of Atom's */
	struct flow *f = &r->flow;
	struct text text;
	struct layer inner;
	struct range at;

	text_init(&text);
	body_text(&text, &r->x.layer, name != NULL ? name : el);
	inner = layer_of_text(&text);
	at = text.n != 0 ? find_name(text.s, text.n) : (struct range){ 0, 0 };
	flow_drop(f);
	if (range_len(at) == text.n)
		feed_put(f, &r->x.layer, name != NULL ? name : el, FEED_HTML);
	else
		flow_put(f, &inner, at.a, at.z, FLOW_MARKUP);
	/* <author> and <dc:creator> often name the same */
	if (feed_said(f, BLOCK_BYLINE))
		flow_field(f, FIELD_BYLINE, el->name);
	else
		flow_field_of(f, flow_block(f, BLOCK_BYLINE, SURE, true), FIELD_BYLINE, el->name);
	text_release(&text);
}

static void
put_fields(struct rss *r, const struct dom *item)
{
	const struct layer *l = &r->x.layer;
	struct flow *f = &r->flow;

	feed_language(f, l, item, &r->head);
	feed_field(f, l, feed_head_child(&r->head, "title"), FEED_HTML, FIELD_PROVIDER, "channel/title");
	for (const struct dom *d = item->first; d != NULL; d = d->next) {
		if (feed_is(d, NULL, "pubDate") || feed_is(d, NULL, "published") || feed_is(d, "dc", "date"))
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

/* May the element hold the story, or a summary of it? */
static bool
holds_text(const struct dom *d)
{
	return feed_is(d, "content", "encoded") || feed_is(d, "xhtml", "body") || feed_is(d, "xhtml", "div") || feed_is(d, NULL, "description") ||
	    feed_is(d, NULL, "content") || feed_is(d, NULL, "summary");
}

/* The story: content:encoded and its like, the description where that is much longer, as it is where the content is but a picture. */
static const struct dom *
find_body(const struct layer *l, const struct dom *item)
{
	const struct dom *body = NULL;
	size_t weight = 0;
	bool best_is_content = false;

	for (const struct dom *d = item->first; d != NULL; d = d->next) {
		bool is_content;
		size_t w;

		if (!holds_text(d))
			continue;
		is_content = !dom_is(d, "description") && !dom_is(d, "summary");
		w = feed_weight(l, d);
		if (w == 0)
			continue;
		if (body == NULL || (is_content == best_is_content ? w > weight : is_content ? w >= weight / 2 : w / 2 > weight)) {
			body = d;
			weight = w;
			best_is_content = is_content;
		}
	}
	return body;
}

static void
put_item(struct rss *r, const struct dom *item)
{
	const struct layer *l = &r->x.layer;
	const struct dom *body = find_body(l, item);
	struct flow *f = &r->flow;

	put_fields(r, item);
	for (const struct dom *d = feed_child(item, NULL, "title"); d != NULL; d = feed_next(d, NULL, "title")) {
		flow_drop(f);
		feed_put(f, l, d, FEED_HTML);
		flow_field_of(f, flow_block(f, BLOCK_HEADLINE, SURE, true), FIELD_HEADLINE, "title");
	}
	for (const struct dom *d = item->first; d != NULL; d = d->next)
		if (d != body && (holds_text(d) || feed_is(d, "excerpt", "encoded")))
			feed_body(f, l, d, FEED_HTML, BLOCK_STANDFIRST);
	for (const struct dom *d = item->first; d != NULL; d = d->next)
		if (feed_is(d, NULL, "author") || feed_is(d, "dc", "creator") || feed_is(d, "dc", "author") ||
		    feed_is(d, "dc", "contributor"))
			put_author(r, d);
	feed_body(f, l, body, feed_child(item, "wp", "post_type") != NULL ? FEED_POST : FEED_HTML, BLOCK_PARAGRAPH);
	feed_media(f, l, item);
}

/* Is the text of el, which may be NULL, one of the words of that list? */
static bool
says(const struct layer *l, const struct dom *el, const char *words)
{
	struct text text;
	struct range r;
	bool found = false;

	if (el == NULL)
		return false;
	text_init(&text);
	body_text(&text, l, el);
	if (text.n != 0) {
		r = text_trim(&text, (struct range){ 0, (uint32_t)text.n });
		found = str_in_list(text_at(&text, r), range_len(r), words);
	}
	text_release(&text);
	return found;
}

/* Why an item of a WordPress export is no story; NULL if it is one.  Types of the desk's own are stories. */
static const char *
no_story(const struct layer *l, const struct dom *item)
{
	const struct dom *type = feed_child(item, "wp", "post_type"), *status = feed_child(item, "wp", "status");

	if (says(l, type, "attachment"))
		return "an attachment, no story";
	if (says(l, type, "page"))
		return "a page of the site, no story";
	if (says(l, type, "nav_menu_item revision custom_css customize_changeset oembed_cache user_request wp_block wp_template wp_template_part "
	    "wp_global_styles wp_navigation wp_font_family wp_font_face"))
		return "a part of the site, no story";
	if (says(l, status, "auto-draft"))
		return "a draft that nobody has begun";
	return says(l, status, "trash") ? "a story thrown away" : NULL;
}

static int
sniff(const struct look *k)
{
	return look_root_is(k, "rss") || look_root_is(k, "RDF") ? 95 : 0;
}

static bool
read_rss(struct source *src, struct intake *in)
{
	struct rss r;
	const struct dom *const *items;
	bool others = false;		/* items that are no stories, with text or without */

	xml_file_open(&r.x, src);
	feed_head(&r.head, dom_find(r.x.root, "channel"));
	for (items = feed_items(&r.x, "item"); *items != NULL; items++) {
		const struct dom *item = items[0], *next = items[1];
		const char *id = feed_words(&r.x.arena, &r.x.layer, feed_child(item, NULL, "guid"));
		const struct xml_attr *about = dom_attr(item, "about");
		const char *why = no_story(&r.x.layer, item);

		if (id == NULL && about != NULL && about->n != 0)
			id = arena_strndup(&r.x.arena, about->value, about->n);
		flow_init(&r.flow, intake_item(in, src, "rss", id, true));
		if (why == NULL)
			put_item(&r, item);
		else
			others = true;
		intake_done(in, feed_item_end(item, next), 0, why != NULL ? why : "an item without any text");
	}
	in->refusal = in->met == 0 ? "a feed without items" : others ? "an export without stories" : "a feed whose items hold no text";
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
	.reserved = "&<",
	.sniff = sniff,
	.read = read_rss,
};
