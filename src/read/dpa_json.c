/* The reader of dpa's digitalwires JSON: one story, or an array of them, or {"entries": [...]} of the API.
 *
 * Notes to editors say of themselves what they are ("role") and whether they may be published ("is_publishable"); only those are text
 * of the story.  Who provides it and where it is from stand among the categories: {"type": "dnltype:provider", "name": "dpa"}. */
#include "read/json_body.h"
#include "reader.h"
#include "sniff.h"

#include <string.h>

static const struct json_key keys[] = {
	{ "located", FIELD_LOCATED }, { "provider", FIELD_PROVIDER }, { "source", FIELD_SOURCE }, { "sources", FIELD_SOURCE },
	{ "creditline", FIELD_CREDITLINE }, { "copyrightholder", FIELD_COPYRIGHT_HOLDER }, { "copyrightnotice", FIELD_COPYRIGHT_NOTICE },
	{ "autopublishnotice", FIELD_COPYRIGHT_NOTICE }, { "usageterms", FIELD_USAGE_TERMS }, { "pubstatus", FIELD_PUB_STATUS },
	{ "embargoed", FIELD_EMBARGOED }, { "version", FIELD_VERSION }, { "signal", FIELD_SIGNAL }, { "language", FIELD_LANGUAGE },
	{ "version_created", FIELD_PUBLISHED }, { "canonical", FIELD_CANONICAL }, { "link", FIELD_LINK },
};

static void
put_categories(struct flow *f, const struct json_file *x, const struct json *item)
{
	const struct json *all = json_get(item, "categories");

	for (const struct json *v = all != NULL ? all->first : NULL; v != NULL; v = v->next) {
		const struct json *type = json_get(v, "type"), *name = json_get(v, "name");

		if (json_is(x->layer.s, type, "dnltype:provider"))
			json_field(f, &x->layer, name, FLOW_LITERAL, FIELD_PROVIDER, "dnltype:provider", x->src);
		else if (json_is(x->layer.s, type, "dnltype:infosource"))
			json_field(f, &x->layer, name, FLOW_LITERAL, FIELD_SOURCE, "dnltype:infosource", x->src);
	}
}

/* ---- notes ---- */

/* What a note that is published is. */
static enum block_kind
kind_of_note(const struct json_file *x, const struct json *role)
{
	static const struct { const char *role; enum block_kind kind; } roles[] = {
		{ "dpaednoterole:closingline", BLOCK_SIGNOFF },		/* "dpa abc xy z2 def": who wrote and who sent it */
		{ "dpaednoterole:correction", BLOCK_CORRECTION }, { "dpaednoterole:embargo", BLOCK_EMBARGO },
	};

	for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
		if (json_is(x->layer.s, role, roles[i].role))
			return roles[i].kind;
	return BLOCK_EDITOR_NOTE;
}

/* "ednotes": [{"role", "ednote", "is_publishable"}]; a string is a note to editors.  The number of notes. */
static size_t
put_notes(struct flow *f, const struct json_file *x, const struct json *item, bool publishable)
{
	const struct json *all = json_get(item, "ednotes");
	size_t n = 0;

	for (const struct json *v = all != NULL ? all->first : NULL; v != NULL; v = v->next, n++) {
		const struct json *flag = json_get(v, "is_publishable"), *text = json_get(v, "ednote"), *role = json_get(v, "role");
		bool open = flag != NULL && flag->kind == JSON_BOOL && flag->value;

		/* the same once more, for lines that are short */
		open = open && !json_is(x->layer.s, role, "dpaednoterole:correctionshort");
		if (text == NULL)
			text = json_get(v, "text") != NULL ? json_get(v, "text") : v;
		if (open && publishable)
			json_body(f, x, text, kind_of_note(x, role));
		else if (!open && !publishable)
			json_field(f, &x->layer, text, FLOW_MARKUP, FIELD_ED_NOTE, "ednotes", x->src);
	}
	return n;
}

/* "notepad": {"public_html", "nonpublic_html"}: the same notes as a passage of HTML; read where they are not given one by one. */
static void
put_notepad(struct flow *f, const struct json_file *x, const struct json *item)
{
	size_t from = f->a->nblocks;

	json_field(f, &x->layer, json_at(item, "notepad/nonpublic_html"), FLOW_MARKUP, FIELD_ED_NOTE, "notepad/nonpublic_html", x->src);
	json_body(f, x, json_at(item, "notepad/public_html"), BLOCK_EDITOR_NOTE);
	for (; from < f->a->nblocks; from++)
		f->a->blocks[from].kind = BLOCK_EDITOR_NOTE;		/* its lists and headings too */
}

/* ---- pictures ---- */

/* "descriptions": of an item that is a picture itself.  Its association mostly says the same. */
static void
put_descriptions(struct flow *f, const struct json_file *x, const struct json *item, const struct json *caption)
{
	const struct json *all = json_get(item, "descriptions");
	struct buf said = BUF_INIT, says = BUF_INIT;

	if (json_is_text(caption))
		json_letters(&said, x, caption);
	for (const struct json *v = all != NULL ? all->first : NULL; v != NULL; v = v->next) {
		const struct json *text = json_get(v, "description");
		bool is_caption = json_is(x->layer.s, json_get(v, "role"), "drol:caption");

		if (!json_is_text(text))
			continue;
		buf_clear(&says);
		json_letters(&says, x, text);
		if (says.n != said.n || memcmp(says.s, said.s, says.n) != 0)
			json_body(f, x, text, is_caption ? BLOCK_CAPTION : BLOCK_STANDFIRST);
	}
	buf_release(&said);
	buf_release(&says);
}

static void
put_pictures(struct flow *f, const struct json_file *x, const struct json *item)
{
	const struct json *all = json_get(item, "associations");

	put_descriptions(f, x, item, all != NULL ? json_get(all->first, "caption") : NULL);
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
	const struct json *story = json_get(item, "article_html"), *dateline = json_get(item, "dateline");
	size_t notes;

	json_fields(f, x, item, keys, sizeof keys / sizeof *keys);
	put_categories(f, x, item);
	notes = put_notes(f, x, item, false);
	json_block(f, x, json_get(item, "kicker"), BLOCK_KICKER);
	json_block(f, x, json_get(item, "slugline"), BLOCK_SLUG);
	json_block_field(f, x, json_get(item, "headline"), BLOCK_HEADLINE, FIELD_HEADLINE);
	json_block(f, x, json_get(item, "subhead"), BLOCK_SUBHEAD);
	json_body(f, x, json_get(item, "teaser"), BLOCK_STANDFIRST);
	json_block_field(f, x, json_get(item, "byline"), BLOCK_BYLINE, FIELD_BYLINE);
	if (json_begins_with(x, story, dateline))		/* then it is seen there */
		json_field(f, &x->layer, dateline, FLOW_LITERAL, FIELD_DATELINE, "dateline", x->src);
	else
		json_block_field(f, x, dateline, BLOCK_DATELINE, FIELD_DATELINE);
	json_body(f, x, story, BLOCK_PARAGRAPH);
	put_pictures(f, x, item);
	json_body(f, x, json_get(item, "infobox_html"), BLOCK_PARAGRAPH);
	json_body(f, x, json_get(item, "linkbox_html"), BLOCK_PARAGRAPH);
	if (notes != 0)
		put_notes(f, x, item, true);
	else
		put_notepad(f, x, item);
}

static int
sniff(const struct look *k)
{
	if (!k->json)
		return 0;
	if (look_key(k, "article_html"))
		return 90;
	if (look_key(k, "ednotes") && look_key(k, "urn"))
		return 90;
	return look_key(k, "entries") && memmem(k->src->s, k->src->len < 65536 ? k->src->len : 65536, "\"article_html\"", 14) != NULL ? 90 : 0;
}

static bool
read_dpa(struct source *src, struct intake *in)
{
	struct json_file x;
	const struct json *all, *v, *next;
	bool many;

	json_file_open(&x, src);
	all = json_get(x.root, "entries");
	v = all != NULL ? all->first : json_next_item(&x, NULL);
	many = all != NULL || (v != NULL && (x.root->kind == JSON_ARRAY || json_next_item(&x, v) != NULL));
	for (; v != NULL; v = next) {
		struct flow f;

		next = all != NULL ? v->next : json_next_item(&x, v);
		flow_init(&f, intake_item(in, src, "dpa-json", json_name(&x.arena, &x, json_get(v, "urn")), many));
		put_item(&f, &x, v);
		intake_done(in, next != NULL ? v->end : UINT32_MAX, KIND(BLOCK_SLUG) | KIND(BLOCK_BYLINE) | KIND(BLOCK_DATELINE),
		    "an entry without any text");
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
	.fields = "headline byline dateline located provider source creditline copyright-holder copyright-notice (autopublishnotice) usage-terms "
	    "pub-status embargoed version signal ed-note (ednotes that are not publishable) language published (version_created) canonical link image",
	.reserved = "\"\\",
	.sniff = sniff,
	.read = read_dpa,
};
