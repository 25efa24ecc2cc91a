/* The reader of AP's JSON: answers of the Media API (an item, or a feed of them), and items as AP's own systems keep them.  The text
 * is often a file of its own that the item links to; then the item holds a headline or a caption alone.
 *
 * A story that is given in several forms (body_nitf, body_text) is an article for each, as in ninjs. */
#include "read/json_body.h"
#include "reader.h"
#include "sniff.h"

#include <string.h>

static const struct json_key keys[] = {
	{ "located", FIELD_LOCATED }, { "datelinelocation/city", FIELD_LOCATED }, { "locationline", FIELD_LOCATED },
	{ "provider", FIELD_PROVIDER }, { "infosource", FIELD_SOURCE }, { "sources", FIELD_SOURCE },
	{ "description_creditline", FIELD_CREDITLINE }, { "creditline", FIELD_CREDITLINE }, { "copyrightholder", FIELD_COPYRIGHT_HOLDER },
	{ "copyrightnotice", FIELD_COPYRIGHT_NOTICE }, { "copyrightline", FIELD_COPYRIGHT_NOTICE }, { "usageterms", FIELD_USAGE_TERMS },
	{ "rightsline", FIELD_USAGE_TERMS }, { "pubstatus", FIELD_PUB_STATUS }, { "embargoed", FIELD_EMBARGOED },
	{ "releasedatetime", FIELD_EMBARGOED }, { "version", FIELD_VERSION }, { "signals", FIELD_SIGNAL }, { "ednote", FIELD_ED_NOTE },
	{ "language", FIELD_LANGUAGE }, { "versioncreated", FIELD_PUBLISHED }, { "arrivaldatetime", FIELD_PUBLISHED },
	{ "canonicallink", FIELD_CANONICAL },
};
static const struct json_key longer[] = { { "headline_extended", FIELD_HEADLINE } };	/* behind the headline itself */

/* Forms of one text, then what is told beside it. */
static const char *const forms[] = { "body_nitf", "body_xhtml", "body_html", "body_text", "body" };
enum { FORMS = sizeof forms / sizeof *forms };
static const char *const others[] = { "main", "script", "storyline", "shotlist" };

static void
put_bylines(struct flow *f, const struct json_file *x, const struct json *item)
{
	const struct json *all = json_get(item, "bylines");

	json_block_field(f, x, json_get(item, "byline"), BLOCK_BYLINE, FIELD_BYLINE);
	for (const struct json *v = all != NULL ? all->first : NULL; v != NULL; v = v->next)
		if (json_block_field(f, x, json_get(v, "by"), BLOCK_BYLINE, FIELD_BYLINE) == NULL)
			json_block_field(f, x, json_get(v, "name"), BLOCK_BYLINE, FIELD_BYLINE);
}

static void
put_images(struct flow *f, const struct json_file *x, const struct json *item)
{
	const struct json *all = json_get(item, "renditions");

	for (const struct json *v = all != NULL ? all->first : NULL; v != NULL; v = v->next)
		if (json_is(x->layer.s, json_get(v, "type"), "picture"))
			json_field(f, &x->layer, json_get(v, "href"), FLOW_LITERAL, FIELD_IMAGE, "renditions", x->src);
}

/* A text that is given as a string, or as {"nitf": "...", "words": 6}. */
static const struct json *
text_of(const struct json *v)
{
	if (v != NULL && v->kind == JSON_OBJECT)
		v = json_get(v, "nitf");
	return json_is_text(v) ? v : NULL;
}

static size_t
put_text(struct flow *f, const struct json_file *x, const struct json *v, enum block_kind kind)
{
	v = text_of(v);
	return v == NULL ? 0 : json_body_form(f, x, v, kind, json_form_of(v->key, strlen(v->key)));
}

/* A caption, and its credit unless it ends with one: "... in the bay. (AP Photo/Lea Holm)". */
static void
put_caption(struct flow *f, const struct json_file *x, const struct json *item, const struct json *caption)
{
	const struct json *credit = json_get(item, "description_creditline");

	if (!json_is_text(credit))
		credit = json_at(item, "photographer/name");
	if (put_text(f, x, caption, BLOCK_CAPTION) == 0 || !json_is_text(credit) || f->a->text.s[f->a->text.n - 1] == ')')
		return;
	json_put(f, &x->layer, credit, FLOW_MARKUP, x->src);
	flow_block_beside(f, BLOCK_CREDIT, SURE, true);
}

/* Pictures that go with a story; most are links alone. */
static void
put_pictures(struct flow *f, const struct json_file *x, const struct json *item)
{
	const struct json *all = json_get(item, "associations");

	for (const struct json *v = all != NULL ? all->first : NULL; v != NULL; v = v->next) {
		put_caption(f, x, v, json_get(v, "description_caption"));
		put_images(f, x, v);
	}
}

/* `body`: the form of the text that this article is; `first`: of the articles of its item. */
static void
put_item(struct flow *f, const struct json_file *x, const struct json *item, const struct json *body, bool first)
{
	json_fields(f, x, item, keys, sizeof keys / sizeof *keys);
	json_block(f, x, json_get(item, "slugline"), BLOCK_SLUG);
	if (json_block_field(f, x, json_get(item, "headline"), BLOCK_HEADLINE, FIELD_HEADLINE) == NULL)
		json_block_field(f, x, json_get(item, "title"), BLOCK_HEADLINE, FIELD_HEADLINE);
	json_fields(f, x, item, longer, 1);
	put_text(f, x, json_get(item, "description_summary"), BLOCK_STANDFIRST);
	put_bylines(f, x, item);
	json_block_field(f, x, json_get(item, "dateline"), BLOCK_DATELINE, FIELD_DATELINE);
	put_text(f, x, body, BLOCK_PARAGRAPH);
	for (size_t i = 0; i < sizeof others / sizeof *others && first; i++)
		put_text(f, x, json_get(item, others[i]), BLOCK_PARAGRAPH);
	put_caption(f, x, item, json_get(item, "description_caption"));
	put_caption(f, x, item, json_get(item, "caption"));
	put_images(f, x, item);
	put_pictures(f, x, item);
}

static void
read_item(struct json_file *x, struct intake *in, const struct json *item, uint32_t end, bool many)
{
	const char *id = json_name(&x->arena, x, json_at(item, "altids/itemid"));
	const struct json *bodies[FORMS];
	size_t n = 0;

	if (id == NULL)
		id = json_name(&x->arena, x, json_get(item, "itemid"));
	for (const struct json *v = item->first; v != NULL && item->kind == JSON_OBJECT; v = v->next)
		for (size_t i = 0; i < FORMS && n < FORMS; i++)
			if (strcmp(v->key, forms[i]) == 0 && text_of(v) != NULL)
				bodies[n++] = v;
	if (n == 0)
		bodies[n++] = NULL;
	for (size_t i = 0; i < n; i++) {
		struct flow f;
		const char *name = id;

		if (n > 1)
			name = arena_printf(&x->arena, "%s %s", id != NULL ? id : "item", bodies[i]->key);
		flow_init(&f, intake_item(in, x->src, "ap-json", name, many || n > 1));
		put_item(&f, x, item, bodies[i], i == 0);
		intake_done(in, i + 1 < n ? bodies[i]->end : end, KIND(BLOCK_SLUG) | KIND(BLOCK_BYLINE) | KIND(BLOCK_DATELINE),
		    "an item without any text");
	}
}

static int
sniff(const struct look *k)
{
	if (!k->json)
		return 0;
	if (look_key(k, "api_version") && look_key(k, "data"))
		return 90;
	if (look_key(k, "altids") && (look_key(k, "bylines") || look_key(k, "headline_extended") ||
	    look_key(k, "datelinelocation")))
		return 80;		/* an item taken out of its answer */
	return look_key(k, "itemid") && look_key(k, "headline") &&
	    (look_key(k, "recordid") || look_key(k, "friendlykey") || look_key(k, "filings")) ? 80 : 0;
}

static bool
read_ap(struct source *src, struct intake *in)
{
	struct json_file x;
	const struct json *data, *items;

	json_file_open(&x, src);
	data = json_get(x.root, "data");
	items = json_get(data != NULL ? data : x.root, "items");
	if (items != NULL) {
		for (const struct json *v = items->first; v != NULL; v = v->next)
			read_item(&x, in, json_get(v, "item") != NULL ? json_get(v, "item") : v, v->next != NULL ? v->end : UINT32_MAX, true);
	} else if (data != NULL) {
		read_item(&x, in, json_get(data, "item") != NULL ? json_get(data, "item") : data, UINT32_MAX, false);
	} else {
		const struct json *item = json_next_item(&x, NULL), *next;
		bool many = item != NULL && json_next_item(&x, item) != NULL;

		for (; item != NULL; item = next) {
			next = json_next_item(&x, item);
			read_item(&x, in, item, next != NULL ? item->end : UINT32_MAX, many);
		}
	}
	in->refusal = "AP's JSON without any text";
	json_file_release(&x);
	return in->made != 0;
}

const struct reader reader_ap_json = {
	.name = "ap-json",
	.title = "AP's JSON: items and feeds of the Media API",
	.suffixes = "json",
	.signs = "a JSON object with the keys 'api_version' and 'data', or with AP's 'itemid' and 'headline', or 'altids' and 'bylines'",
	.fields = "headline (headline_extended) byline (bylines) dateline located (datelinelocation, locationline) provider source (infosource, "
	    "sources) creditline copyright-holder copyright-notice usage-terms (rightsline) pub-status embargoed version signal ed-note "
	    "language published (versioncreated) canonical image (renditions)",
	.reserved = "\"\\",
	.sniff = sniff,
	.read = read_ap,
};
