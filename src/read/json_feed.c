/* The reader of JSON Feed 1.0 and 1.1 (jsonfeed.org): each item is an article; one that gives its text as HTML and as plain text is an
 * article for each, as in ninjs. */
#include "read/json_body.h"
#include "reader.h"
#include "sniff.h"

#include <string.h>

/* Of an item; what it does not say is the feed's. */
static const struct json_key of_item[] = {
	{ "external_url", FIELD_LINK }, { "url", FIELD_CANONICAL }, { "image", FIELD_IMAGE }, { "banner_image", FIELD_IMAGE },
	{ "date_published", FIELD_PUBLISHED }, { "date_modified", FIELD_VERSION },
};

/* What the feed says is put into each item: so little of it that the time goes by the size of the file. */
enum {
	FEED_AUTHORS = 16,
	FEED_STRING = 1024,		/* bytes of its title, its language, a name */
};

struct feed {
	struct json_file x;
	const struct json *title, *language, *authors, *author;
};

/* The string of that key, unless it is too long to be put into each item. */
static const struct json *
short_string(const struct json *v, const char *key)
{
	const struct json *s = json_get(v, key);

	return json_is_text(s) && s->end - s->at <= FEED_STRING ? s : NULL;
}

/* 1.1 has a list of authors, 1.0 has one. */
static bool
put_authors(struct flow *f, const struct json_file *x, const struct json *authors, const struct json *author, size_t most)
{
	for (const struct json *one = authors != NULL ? authors->first : NULL; one != NULL && most != 0; one = one->next, most--)
		if (most == SIZE_MAX || short_string(one, "name") != NULL)
			json_block_field(f, x, json_get(one, "name"), BLOCK_BYLINE, FIELD_BYLINE);
	json_block_field(f, x, json_get(author, "name"), BLOCK_BYLINE, FIELD_BYLINE);
	return article_find_field(f->a, FIELD_BYLINE) != NULL;
}

/* `body`: what is the story, in that form; `summary`: stands before it. */
static void
put_item(struct flow *f, const struct feed *feed, const struct json *item, const struct json *body, enum json_form form,
    const struct json *summary)
{
	const struct json_file *x = &feed->x;
	const struct json *language = json_get(item, "language");

	json_fields(f, x, item, of_item, sizeof of_item / sizeof *of_item);
	json_field(f, &x->layer, feed->title, FLOW_LITERAL, FIELD_PROVIDER, "title", x->src);
	json_field(f, &x->layer, language != NULL ? language : feed->language, FLOW_LITERAL, FIELD_LANGUAGE, "language", x->src);
	json_block_field(f, x, json_get(item, "title"), BLOCK_HEADLINE, FIELD_HEADLINE);
	json_body(f, x, summary, BLOCK_STANDFIRST);
	if (!put_authors(f, x, json_get(item, "authors"), json_get(item, "author"), SIZE_MAX))
		put_authors(f, x, feed->authors, feed->author, FEED_AUTHORS);
	json_body_form(f, x, body, BLOCK_PARAGRAPH, form);
}

static void
read_item(struct feed *feed, struct intake *in, const struct json *item, uint32_t end)
{
	static const struct { const char *key; enum json_form form; } forms[] = {
		{ "content_html", JSON_FORM_HTML }, { "content_text", JSON_FORM_PLAIN }
	};
	struct json_file *x = &feed->x;
	const char *id = json_name(&x->arena, x, json_get(item, "id"));
	const struct json *summary = json_get(item, "summary"), *html = json_get(item, forms[0].key), *text = json_get(item, forms[1].key);
	bool both = json_is_text(html) && json_is_text(text);
	struct flow f;

	for (size_t i = 0; i < 2; i++) {
		const struct json *body = i == 0 ? html : text;

		if (!json_is_text(body))
			continue;
		flow_init(&f, intake_item(in, x->src, "json-feed",
		    both ? arena_printf(&x->arena, "%s %s", id != NULL ? id : "item", forms[i].key) : id, true));
		put_item(&f, feed, item, body, forms[i].form, summary);
		intake_done(in, both && i == 0 ? body->end : end, KIND(BLOCK_BYLINE), "an item without any text");
	}
	if (json_is_text(html) || json_is_text(text))
		return;
	flow_init(&f, intake_item(in, x->src, "json-feed", id, true));
	put_item(&f, feed, item, summary, JSON_FORM_UNSAID, NULL);
	intake_done(in, end, KIND(BLOCK_BYLINE), "an item without any text");
}

static int
sniff(const struct look *k)
{
	if (!k->json || !look_key(k, "items"))
		return 0;
	if (!look_key(k, "version") || !look_key(k, "title"))
		return 0;
	return memmem(k->src->s, k->src->len < 4096 ? k->src->len : 4096, "jsonfeed.org", 12) != NULL ||
	    memmem(k->src->s, k->src->len < 4096 ? k->src->len : 4096, "jsonfeed.org\\/", 14) != NULL ? 95 : 0;
}

static bool
read_feed(struct source *src, struct intake *in)
{
	struct feed feed;
	const struct json *items;

	json_file_open(&feed.x, src);
	items = json_get(feed.x.root, "items");
	feed.title = short_string(feed.x.root, "title");
	feed.language = short_string(feed.x.root, "language");
	feed.authors = json_get(feed.x.root, "authors");
	feed.author = json_get(feed.x.root, "author");
	if (short_string(feed.author, "name") == NULL)
		feed.author = NULL;
	for (const struct json *v = items != NULL ? items->first : NULL; v != NULL; v = v->next)
		read_item(&feed, in, v, v->next != NULL ? v->end : UINT32_MAX);
	in->refusal = in->met == 0 ? "a feed without items" : "a feed whose items hold no text";
	json_file_release(&feed.x);
	return in->made != 0;
}

const struct reader reader_json_feed = {
	.name = "json-feed",
	.title = "JSON Feed 1.0 and 1.1",
	.suffixes = "json",
	.signs = "a JSON object with 'items' and a 'version' of jsonfeed.org",
	.fields = "headline byline provider (the feed's title) version (date_modified) language published canonical (url) link (external_url) image",
	.reserved = "\"\\",
	.sniff = sniff,
	.read = read_feed,
};
