/* The reader of AP's JSON: answers of the Media API (an item, or a feed of them), and items as AP's own systems keep them.  The text
 * is often a file of its own that the item links to; then the item holds a headline or a caption alone. */
#include "read/json_file.h"
#include "read/sniff.h"
#include "reader.h"

#include <string.h>

static const struct json_key keys[] = {
	{ "headline_extended", FIELD_HEADLINE }, { "datelinelocation/city", FIELD_LOCATED }, { "locationline", FIELD_LOCATED },
	{ "provider", FIELD_PROVIDER }, { "infosource", FIELD_SOURCE }, { "sources", FIELD_SOURCE },
	{ "description_creditline", FIELD_CREDITLINE }, { "creditline", FIELD_CREDITLINE }, { "copyrightholder", FIELD_COPYRIGHT_HOLDER },
	{ "copyrightnotice", FIELD_COPYRIGHT_NOTICE }, { "copyrightline", FIELD_COPYRIGHT_NOTICE }, { "usageterms", FIELD_USAGE_TERMS },
	{ "rightsline", FIELD_USAGE_TERMS }, { "pubstatus", FIELD_PUB_STATUS }, { "embargoed", FIELD_EMBARGOED },
	{ "releasedatetime", FIELD_EMBARGOED }, { "version", FIELD_VERSION }, { "signals", FIELD_SIGNAL }, { "ednote", FIELD_ED_NOTE },
	{ "language", FIELD_LANGUAGE }, { "versioncreated", FIELD_PUBLISHED }, { "arrivaldatetime", FIELD_PUBLISHED },
	{ "canonicallink", FIELD_CANONICAL },
};

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
static size_t
put_text(struct flow *f, const struct json_file *x, const struct json *v, enum block_kind kind)
{
	return json_body(f, x, v != NULL && v->kind == JSON_OBJECT ? json_get(v, "nitf") : v, kind);
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

static void
put_item(struct flow *f, const struct json_file *x, const struct json *item)
{
	static const char *const bodies[] = { "body_nitf", "body_text", "body_xhtml", "body", "main", "script", "storyline", "shotlist" };
	json_fields(f, x, item, keys, sizeof keys / sizeof *keys);
	json_block(f, x, json_get(item, "slugline"), BLOCK_SLUG);
	if (json_block_field(f, x, json_get(item, "headline"), BLOCK_HEADLINE, FIELD_HEADLINE) == NULL)
		json_block_field(f, x, json_get(item, "title"), BLOCK_HEADLINE, FIELD_HEADLINE);
	put_text(f, x, json_get(item, "description_summary"), BLOCK_STANDFIRST);
	put_bylines(f, x, item);
	json_block_field(f, x, json_get(item, "dateline"), BLOCK_DATELINE, FIELD_DATELINE);
	for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
		put_text(f, x, json_get(item, bodies[i]), BLOCK_PARAGRAPH);
	put_caption(f, x, item, json_get(item, "description_caption"));
	put_caption(f, x, item, json_get(item, "caption"));
	put_images(f, x, item);
}

static void
read_item(struct json_file *x, struct intake *in, const struct json *item, uint32_t end, bool many)
{
	const char *id = json_name(&x->arena, x, json_at(item, "altids/itemid"));
	struct flow f;

	if (id == NULL)
		id = json_name(&x->arena, x, json_get(item, "itemid"));
	flow_init(&f, intake_item(in, x->src, "ap-json", id, many));
	put_item(&f, x, item);
	intake_done(in, end, KIND(BLOCK_SLUG) | KIND(BLOCK_BYLINE) | KIND(BLOCK_DATELINE), "an item without any text");
}

static int
sniff(const struct source *src)
{
	if (!sniff_json(src))
		return 0;
	if (sniff_json_key(src, "api_version") && sniff_json_key(src, "data"))
		return 90;
	return sniff_json_key(src, "itemid") && sniff_json_key(src, "headline") &&
	    (sniff_json_key(src, "recordid") || sniff_json_key(src, "friendlykey") || sniff_json_key(src, "filings")) ? 80 : 0;
}

static bool
read_ap(struct source *src, struct intake *in)
{
	struct json_file x;
	const struct json *data, *items;

	json_file_open(&x, src);
	data = json_get(x.root, "data");
	if (data == NULL)
		data = x.root;
	items = json_get(data, "items");
	if (items != NULL) {
		for (const struct json *v = items->first; v != NULL; v = v->next)
			read_item(&x, in, json_get(v, "item") != NULL ? json_get(v, "item") : v, v->next != NULL ? v->end : UINT32_MAX, true);
	} else if (data != NULL) {
		read_item(&x, in, json_get(data, "item") != NULL ? json_get(data, "item") : data, UINT32_MAX, false);
	}
	in->refusal = "AP's JSON without any text";
	json_file_release(&x);
	return in->made != 0;
}

const struct reader reader_ap_json = {
	.name = "ap-json",
	.title = "AP's JSON: items and feeds of the Media API",
	.suffixes = "json",
	.signs = "a JSON object with the keys 'api_version' and 'data', or with AP's 'itemid' and 'headline'",
	.fields = "headline (headline_extended) byline (bylines) dateline located (datelinelocation, locationline) provider source (infosource, "
	    "sources) creditline copyright-holder copyright-notice usage-terms (rightsline) pub-status embargoed version signal ed-note "
	    "language published (versioncreated) canonical image (renditions)",
	.sniff = sniff,
	.read = read_ap,
};
