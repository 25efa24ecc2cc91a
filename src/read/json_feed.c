/* The reader of JSON Feed 1.0 and 1.1 (jsonfeed.org): each item is an article. */
#include "read/json_body.h"
#include "read/sniff.h"
#include "reader.h"

#include <string.h>

/* Of an item; what it does not say is the feed's. */
static const struct json_key of_item[] = {
	{ "external_url", FIELD_LINK }, { "url", FIELD_CANONICAL }, { "image", FIELD_IMAGE }, { "banner_image", FIELD_IMAGE },
	{ "date_published", FIELD_PUBLISHED }, { "date_modified", FIELD_VERSION },
};
static const struct json_key of_feed[] = { { "title", FIELD_PROVIDER } };

static void
put_author(struct flow *f, const struct json_file *x, const struct json *v)
{
	json_block_field(f, x, json_get(v, "name"), BLOCK_BYLINE, FIELD_BYLINE);
}

/* 1.1 has a list of authors, 1.0 has one. */
static bool
put_authors(struct flow *f, const struct json_file *x, const struct json *v)
{
	const struct json *all = json_get(v, "authors");

	for (const struct json *one = all != NULL ? all->first : NULL; one != NULL; one = one->next)
		put_author(f, x, one);
	put_author(f, x, json_get(v, "author"));
	return article_find_field(f->a, FIELD_BYLINE) != NULL;
}

static void
put_item(struct flow *f, const struct json_file *x, const struct json *item)
{
	static const struct json_key language[] = { { "language", FIELD_LANGUAGE } };
	const struct json *body = json_get(item, "content_html"), *text = json_get(item, "content_text"), *summary = json_get(item, "summary");

	json_fields(f, x, item, of_item, sizeof of_item / sizeof *of_item);
	json_fields(f, x, x->root, of_feed, sizeof of_feed / sizeof *of_feed);
	json_fields(f, x, json_get(item, "language") != NULL ? item : x->root, language, 1);
	json_block_field(f, x, json_get(item, "title"), BLOCK_HEADLINE, FIELD_HEADLINE);
	if (json_is_text(body) || json_is_text(text))
		json_body(f, x, summary, BLOCK_STANDFIRST);
	if (!put_authors(f, x, item))
		put_authors(f, x, x->root);
	if (!json_is_text(body))
		body = json_is_text(text) ? text : summary;
	json_body(f, x, body, BLOCK_PARAGRAPH);
}

static int
sniff(const struct source *src)
{
	if (!sniff_json(src) || !sniff_json_key(src, "items"))
		return 0;
	if (!sniff_json_key(src, "version") || !sniff_json_key(src, "title"))
		return 0;
	return memmem(src->s, src->len < 4096 ? src->len : 4096, "jsonfeed.org", 12) != NULL ||
	    memmem(src->s, src->len < 4096 ? src->len : 4096, "jsonfeed.org\\/", 14) != NULL ? 95 : 0;
}

static bool
read_feed(struct source *src, struct intake *in)
{
	struct json_file x;
	const struct json *items;

	json_file_open(&x, src);
	items = json_get(x.root, "items");
	for (const struct json *v = items != NULL ? items->first : NULL; v != NULL; v = v->next) {
		struct flow f;

		flow_init(&f, intake_item(in, src, "json-feed", json_name(&x.arena, &x, json_get(v, "id")), true));
		put_item(&f, &x, v);
		intake_done(in, v->next != NULL ? v->end : UINT32_MAX, KIND(BLOCK_BYLINE), "an item without any text");
	}
	in->refusal = in->met == 0 ? "a feed without items" : "a feed whose items hold no text";
	json_file_release(&x);
	return in->made != 0;
}

const struct reader reader_json_feed = {
	.name = "json-feed",
	.title = "JSON Feed 1.0 and 1.1",
	.suffixes = "json",
	.signs = "a JSON object with 'items' and a 'version' of jsonfeed.org",
	.fields = "headline byline provider (the feed's title) version (date_modified) language published canonical (url) link (external_url) image",
	.sniff = sniff,
	.read = read_feed,
};
