/* The reader of dpa's digitalwires JSON: one story, or an array of them, or {"entries": [...]} of the API.
 *
 * Notes to editors say of themselves whether they may be published ("is_publishable"); only those are text of the story. */
#include "read/json_file.h"
#include "read/sniff.h"
#include "reader.h"

#include <string.h>

static const struct json_key keys[] = {
	{ "located", FIELD_LOCATED }, { "provider", FIELD_PROVIDER }, { "source", FIELD_SOURCE }, { "sources", FIELD_SOURCE },
	{ "creditline", FIELD_CREDITLINE }, { "copyrightholder", FIELD_COPYRIGHT_HOLDER }, { "copyrightnotice", FIELD_COPYRIGHT_NOTICE },
	{ "usageterms", FIELD_USAGE_TERMS }, { "pubstatus", FIELD_PUB_STATUS }, { "embargoed", FIELD_EMBARGOED },
	{ "version", FIELD_VERSION }, { "signal", FIELD_SIGNAL }, { "language", FIELD_LANGUAGE }, { "version_created", FIELD_PUBLISHED },
	{ "canonical", FIELD_CANONICAL }, { "link", FIELD_LINK },
};

/* "ednotes": [{"role", "ednote", "is_publishable"}]; a string is a note to editors. */
static void
put_notes(struct flow *f, const struct json_file *x, const struct json *item, bool publishable)
{
	const struct json *all = json_get(item, "ednotes");

	for (const struct json *v = all != NULL ? all->first : NULL; v != NULL; v = v->next) {
		const struct json *flag = json_get(v, "is_publishable"), *text = json_get(v, "ednote");
		bool open = flag != NULL && flag->kind == JSON_BOOL && flag->value;

		if (text == NULL)
			text = json_get(v, "text") != NULL ? json_get(v, "text") : v;
		if (open && publishable)
			json_body(f, x, text, BLOCK_EDITOR_NOTE);
		else if (!open && !publishable)
			json_field(f, &x->layer, text, FLOW_MARKUP, FIELD_ED_NOTE, "ednotes", x->src);
	}
}

static void
put_pictures(struct flow *f, const struct json_file *x, const struct json *item)
{
	const struct json *all = json_get(item, "associations");

	for (const struct json *v = all != NULL ? all->first : NULL; v != NULL; v = v->next) {
		const struct json *renditions = json_get(v, "renditions"), *credit = json_get(v, "creditline");

		if (json_body(f, x, json_get(v, "caption"), BLOCK_CAPTION) != 0 && json_is_text(credit)) {
			flow_drop(f);
			json_put(f, &x->layer, credit, FLOW_MARKUP, x->src);
			flow_block_beside(f, BLOCK_CREDIT, SURE, true);
		}
		for (const struct json *r = renditions != NULL ? renditions->first : NULL; r != NULL; r = r->next)
			json_field(f, &x->layer, json_get(r, "url"), FLOW_LITERAL, FIELD_IMAGE, "renditions", x->src);
	}
}

static void
put_item(struct flow *f, const struct json_file *x, const struct json *item)
{
	json_fields(f, x, item, keys, sizeof keys / sizeof *keys);
	put_notes(f, x, item, false);
	json_block(f, x, json_get(item, "kicker"), BLOCK_KICKER);
	json_block(f, x, json_get(item, "slugline"), BLOCK_SLUG);
	json_block_field(f, x, json_get(item, "headline"), BLOCK_HEADLINE, FIELD_HEADLINE);
	json_block(f, x, json_get(item, "subhead"), BLOCK_SUBHEAD);
	json_body(f, x, json_get(item, "teaser"), BLOCK_STANDFIRST);
	json_block_field(f, x, json_get(item, "byline"), BLOCK_BYLINE, FIELD_BYLINE);
	json_block_field(f, x, json_get(item, "dateline"), BLOCK_DATELINE, FIELD_DATELINE);
	json_body(f, x, json_get(item, "article_html"), BLOCK_PARAGRAPH);
	put_pictures(f, x, item);
	put_notes(f, x, item, true);
}

static int
sniff(const struct source *src)
{
	if (!sniff_json(src))
		return 0;
	if (sniff_json_key(src, "article_html"))
		return 90;
	if (sniff_json_key(src, "ednotes") && sniff_json_key(src, "urn"))
		return 90;
	return sniff_json_key(src, "entries") && memmem(src->s, src->len < 65536 ? src->len : 65536, "\"article_html\"", 14) != NULL ? 90 : 0;
}

static bool
read_dpa(struct source *src, struct intake *in)
{
	struct json_file x;
	const struct json *all, *v;
	bool many;

	json_file_open(&x, src);
	all = json_get(x.root, "entries");
	if (all == NULL)
		all = x.root;
	many = all != NULL && all->kind == JSON_ARRAY;
	for (v = many ? all->first : all; v != NULL; v = many ? v->next : NULL) {
		struct flow f;

		flow_init(&f, intake_item(in, src, "dpa-json", json_name(&x.arena, &x, json_get(v, "urn")), many));
		put_item(&f, &x, v);
		intake_done(in, many && v->next != NULL ? v->end : UINT32_MAX,
		    KIND(BLOCK_SLUG) | KIND(BLOCK_BYLINE) | KIND(BLOCK_DATELINE), "an entry without any text");
	}
	in->refusal = "dpa's JSON without any text";
	json_file_release(&x);
	return in->made != 0;
}

const struct reader reader_dpa_json = {
	.name = "dpa-json",
	.title = "dpa's digitalwires JSON",
	.suffixes = "json",
	.signs = "a JSON object, or an array of them, with the key 'article_html', or with 'ednotes' and 'urn'",
	.fields = "headline byline dateline located provider source creditline copyright-holder copyright-notice usage-terms pub-status embargoed "
	    "version signal ed-note (ednotes that are not publishable) language published (version_created) canonical link image",
	.sniff = sniff,
	.read = read_dpa,
};
