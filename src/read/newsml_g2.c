/* The reader of NewsML-G2: a news item, or a message with several.
 *
 * A story is its headline, what its own `by` and `dateline` say, and its content; a picture is its caption and credit line.
 * Packages, concepts, plans and the like are no stories: they are told of and passed over. */
#include "read/news_content.h"
#include "read/news_items.h"
#include "read/nitf.h"
#include "read/xml_file.h"
#include "sniff.h"
#include "util/str.h"

#include <string.h>
#include <strings.h>

static const struct { const char *name, *why; } others[] = {
	{ "packageItem", "a package of links to other items, no story" },
	{ "conceptItem", "a concept, no story" },
	{ "knowledgeItem", "a collection of concepts, no story" },
	{ "planningItem", "a plan of coverage, no story" },
	{ "catalogItem", "a catalogue of vocabularies, no story" },
};

static const struct news_row rows[] = {
	{ "itemMeta/provider", NEWS_PARTY, FIELD_PROVIDER, "provider" },
	{ "contentMeta/infoSource", NEWS_PARTY, FIELD_SOURCE, "infoSource" },
	{ "contentMeta/located", NEWS_PARTY, FIELD_LOCATED, "located" },
	{ "itemMeta/located", NEWS_PARTY, FIELD_LOCATED, "located" },
	{ "rightsInfo/copyrightHolder", NEWS_PARTY, FIELD_COPYRIGHT_HOLDER, "copyrightHolder" },
	{ "rightsInfo/copyrightNotice", NULL, FIELD_COPYRIGHT_NOTICE, "copyrightNotice" },
	{ "rightsInfo/usageTerms", NULL, FIELD_USAGE_TERMS, "usageTerms" },
	{ "itemMeta/pubStatus", "qcode", FIELD_PUB_STATUS, "pubStatus/@qcode" },
	{ "itemMeta/pubStatus", "uri", FIELD_PUB_STATUS, "pubStatus/@uri" },
	{ "itemMeta/signal", "qcode", FIELD_SIGNAL, "signal/@qcode" },
	{ "itemMeta/signal", "uri", FIELD_SIGNAL, "signal/@uri" },
	{ "itemMeta/signal", "literal", FIELD_SIGNAL, "signal/@literal" },
	{ "itemMeta/edNote", NULL, FIELD_ED_NOTE, "edNote" },
	{ "itemMeta/ednote", NULL, FIELD_ED_NOTE, "ednote" },
};

/* Why an item of that name is no story; NULL for <newsItem> and for what is no item. */
static const char *
other_item(const char *name, size_t n)
{
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (str_is(name, n, others[i].name))
			return others[i].why;
	return NULL;
}

/* Does the attribute hold these letters, in any case?  Codes begin with a prefix that each provider chooses. */
static bool
attr_holds(const struct dom *el, const char *attr, const char *word)
{
	const struct xml_attr *a = dom_attr(el, attr);

	return a != NULL && str_case_find(a->value, a->n, word) != NULL;
}

static bool
attr_holds_one(const struct dom *el, const char *attr, const char *const *words)
{
	for (; *words != NULL; words++)
		if (attr_holds(el, attr, *words))
			return true;
	return false;
}

static bool
is_class(const struct dom *item, const char *word)
{
	const struct dom *class = dom_path(item, "itemMeta/itemClass");

	return attr_holds(class, "qcode", word) || attr_holds(class, "uri", word);
}

static bool
is_address(const struct xml_attr *a)
{
	return a != NULL && a->n > 8 && (strncasecmp(a->value, "http://", 7) == 0 || strncasecmp(a->value, "https://", 8) == 0);
}

/* ---- fields ---- */

static void
put_embargo(const struct dom *el, void *arg)
{
	struct news *g = arg;

	/* embargoed until further notice */
	if (xml_field(&g->flow, &g->x.layer, el, FIELD_EMBARGOED, "embargoed") == NULL)
		news_empty_field(&g->flow, el->in, el->in, FIELD_EMBARGOED, "embargoed");
}

/* Who wrote or took it, where no line is there that says so in words. */
static void
put_creator(const struct dom *el, void *arg)
{
	struct news *g = arg;

	if (attr_holds(el, "role", "source"))
		news_party(&g->flow, &g->x.layer, el, FIELD_SOURCE, "creator");
	else if (g->head.first[HEAD_BYLINE] == NULL && (dom_child(el, "name") != NULL || dom_attr(el, "literal") != NULL))
		news_party(&g->flow, &g->x.layer, el, FIELD_BYLINE, "creator");
}

static void
put_link(const struct dom *el, void *arg)
{
	struct news *g = arg;

	if (is_address(dom_attr(el, "href")))
		xml_attr_field(&g->flow, &g->x.layer, el, "href", attr_holds(el, "rel", "canonical") ? FIELD_CANONICAL : FIELD_LINK,
		    "link/@href");
}

static void
put_remote(const struct dom *el, void *arg)
{
	struct news *g = arg;
	bool is_image = attr_holds(el, "contenttype", "image/") || (dom_attr(el, "contenttype") == NULL && is_class(g->item, "picture"));

	if (is_image || is_address(dom_attr(el, "href")))
		xml_attr_field(&g->flow, &g->x.layer, el, "href", is_image ? FIELD_IMAGE : FIELD_LINK, "remoteContent/@href");
}

/* By the first of these that says so. */
static void
put_first(struct news *g, const struct news_row *choice, size_t n)
{
	for (size_t i = 0; i < n && !news_has_field(&g->seen, g->flow.a, choice[i].field); i++)
		news_rows(&g->flow, &g->x.layer, g->item, &choice[i], 1);
}

static void
put_fields(struct news *g)
{
	static const struct news_row languages[] = {
		{ "contentMeta/language", "tag", FIELD_LANGUAGE, "language/@tag" },
		{ "contentSet/inlineXML", "lang", FIELD_LANGUAGE, "xml:lang" },
		{ "contentSet/inlineXML/html", "lang", FIELD_LANGUAGE, "xml:lang" },
		{ "contentSet/inlineXML/nitf", "baselang", FIELD_LANGUAGE, "nitf/@baselang" },
		{ "contentSet/inlineData", "lang", FIELD_LANGUAGE, "xml:lang" },
	};
	static const struct news_row dates[] = {
		{ "itemMeta/firstCreated", NULL, FIELD_PUBLISHED, "firstCreated" },
		{ "itemMeta/versionCreated", NULL, FIELD_PUBLISHED, "versionCreated" },
		{ "contentMeta/contentCreated", NULL, FIELD_PUBLISHED, "contentCreated" },
	};
	static const struct news_row version = { "itemMeta/versionCreated", NULL, FIELD_VERSION, "versionCreated" };
	const struct layer *l = &g->x.layer;
	const struct dom *nitf;

	put_first(g, languages, sizeof languages / sizeof *languages);
	if (!news_has_field(&g->seen, g->flow.a, FIELD_LANGUAGE))
		xml_attr_field(&g->flow, l, g->item, "lang", FIELD_LANGUAGE, "xml:lang");
	news_rows(&g->flow, l, g->item, rows, sizeof rows / sizeof *rows);
	xml_attr_field(&g->flow, l, g->item, "version", FIELD_VERSION, "newsItem/@version");
	news_rows(&g->flow, l, g->item, &version, 1);
	put_first(g, dates, sizeof dates / sizeof *dates);
	news_each(g->item, "itemMeta/embargoed", put_embargo, g);
	news_each(g->item, "contentMeta/creator", put_creator, g);
	news_each(g->item, "itemMeta/link", put_link, g);
	news_each(g->item, "contentSet/remoteContent", put_remote, g);
	for (const struct dom *d = dom_path(g->item, "contentSet/inlineXML"); d != NULL; d = dom_sibling(d, "inlineXML"))
		if ((nitf = content_nitf(d)) != NULL)
			nitf_fields(&g->flow, l, nitf, &g->seen);
}

/* ---- the head ---- */

static enum head_slot
slot_of(const struct dom *headline)
{
	if (attr_holds(headline, "role", "sub"))
		return HEAD_SUBHEAD;
	return attr_holds(headline, "role", "kicker") || attr_holds(headline, "role", "overline") ? HEAD_KICKER : HEAD_HEADLINE;
}

/* Of several headlines the first is what stands above the story; the others are for other places. */
static void
add_headline(const struct dom *el, void *arg)
{
	struct news *g = arg;
	enum head_slot slot = slot_of(el);

	if (slot != HEAD_HEADLINE || g->head.first[slot] == NULL)
		head_add(&g->head, slot, el, NULL, "headline");
}

static void
put_other_headline(const struct dom *el, void *arg)
{
	struct news *g = arg;

	if (slot_of(el) == HEAD_HEADLINE && el != g->head.first[HEAD_HEADLINE]->el)
		xml_field(&g->flow, &g->x.layer, el, FIELD_HEADLINE, "headline");
}

static void
add_slugline(const struct dom *el, void *arg)
{
	head_add(&((struct news *)arg)->head, HEAD_SLUG, el, NULL, "slugline");
}

static void
add_by(const struct dom *el, void *arg)
{
	head_add(&((struct news *)arg)->head, HEAD_BYLINE, el, NULL, "by");
}

static void
add_dateline(const struct dom *el, void *arg)
{
	head_add(&((struct news *)arg)->head, HEAD_DATELINE, el, NULL, "dateline");
}

/* What a <description> is: above the story, a caption, or (a video's shot list) running text. */
static enum block_kind
description_kind(const struct dom *el, bool is_text)
{
	static const char *const decks[] = { "summary", "abstract", "intro", "teaser", "synthe", NULL };

	if (attr_holds(el, "role", "caption"))
		return BLOCK_CAPTION;
	if (attr_holds_one(el, "role", decks))
		return BLOCK_STANDFIRST;
	if (dom_attr(el, "role") == NULL)
		return is_text ? BLOCK_STANDFIRST : BLOCK_CAPTION;
	return BLOCK_PARAGRAPH;
}

static bool
has_content(const struct layer *l, const struct dom *item)
{
	const struct dom *set = dom_child(item, "contentSet");

	for (const struct dom *d = set != NULL ? set->first : NULL; d != NULL; d = d->next)
		if ((dom_is(d, "inlineXML") || dom_is(d, "inlineData")) && news_has_text(l, d))
			return true;
	return false;
}

static void
put_head(struct news *g, bool is_text)
{
	news_each(g->item, "contentMeta/slugline", add_slugline, g);
	news_each(g->item, "contentMeta/headline", add_headline, g);
	news_each(g->item, "contentMeta/by", add_by, g);
	news_each(g->item, "contentMeta/dateline", add_dateline, g);
	for (const struct dom *d = dom_path(g->item, "contentMeta/description"); d != NULL; d = dom_sibling(d, "description"))
		if (description_kind(d, is_text) == BLOCK_STANDFIRST)
			head_add(&g->head, HEAD_STANDFIRST, d, NULL, "description");
	for (const struct dom *d = dom_path(g->item, "contentSet/inlineXML"); d != NULL; d = dom_sibling(d, "inlineXML"))
		if (content_nitf(d) != NULL)
			nitf_head(&g->head, content_nitf(d));
		else
			content_asides(&g->flow, &g->x.layer, d, &g->head);
}

/* ---- body, captions, credit ---- */

static void
put_content(struct news *g)
{
	const struct dom *set = dom_child(g->item, "contentSet");
	size_t from = g->flow.a->nblocks;

	for (const struct dom *d = set != NULL ? set->first : NULL; d != NULL; d = d->next)
		if ((dom_is(d, "inlineXML") || dom_is(d, "inlineData")) && !attr_holds(d, "encoding", "base64") &&
		    !attr_holds(d, "contenttype", "json"))
			content_put(&g->flow, &g->x.layer, d, attr_holds(d, "contenttype", "html"), &g->head);
	content_headline(&g->flow, from);
}

static void
put_object(const struct dom *el, void *arg)
{
	struct news *g = arg;

	content_object(&g->flow, &g->x.layer, el);
}

/* Captions and what else there is of descriptions; then the credit, beside the last caption. */
static void
put_descriptions(struct news *g, bool is_text)
{
	struct article *a = g->flow.a;
	const struct dom *credit = dom_path(g->item, "contentMeta/creditline");
	bool any = false;
	size_t before = a->nblocks;

	if (!is_text)
		news_each(g->item, "contentMeta/metadata/object", put_object, g);
	any = a->nblocks > before;
	for (const struct dom *d = dom_path(g->item, "contentMeta/description"); d != NULL; d = dom_sibling(d, "description")) {
		enum block_kind kind = description_kind(d, is_text);
		size_t from = a->nblocks;

		if (kind == BLOCK_STANDFIRST)
			continue;
		content_description(&g->flow, &g->x.layer, d, &g->head);
		if (kind == BLOCK_CAPTION)
			flow_name(&g->flow, from, kind);
		any = any || (kind == BLOCK_CAPTION && a->nblocks > from);
	}
	for (; credit != NULL; credit = dom_sibling(credit, "creditline")) {
		if (!any) {
			xml_field(&g->flow, &g->x.layer, credit, FIELD_CREDITLINE, "creditline");
			continue;
		}
		flow_drop(&g->flow);
		news_put(&g->flow, &g->x.layer, credit);
		flow_field_of(&g->flow, flow_block_beside(&g->flow, BLOCK_CREDIT, SURE, true), FIELD_CREDITLINE, "creditline");
	}
}

/* ---- items ---- */

/* Has the item any words of a story? */
static bool
may_be_story(const struct layer *l, const struct dom *item)
{
	const struct dom *meta = dom_child(item, "contentMeta");

	if (!dom_is(item, "newsItem"))
		return false;
	for (const struct dom *d = meta != NULL ? meta->first : NULL; d != NULL; d = d->next)
		if (d->kind == DOM_ELEMENT && news_has_text(l, d) &&
		    (dom_is(d, "headline") || dom_is(d, "description") || dom_is(d, "metadata")))
			return true;
	return has_content(l, item);
}

static const char *
why_no_story(const struct dom *item)
{
	const char *why = other_item(item->name, strlen(item->name));

	if (why != NULL)
		return why;
	if (is_class(item, "picture") || is_class(item, "graphic") || is_class(item, "photo"))
		return "a picture without headline or caption, no story";
	if (is_class(item, "video"))
		return "a video without any text, no story";
	if (is_class(item, "audio"))
		return "a recording without any text, no story";
	return "a news item without any text, no story";
}

static const char *
id_of(struct news *g, const struct dom *item)
{
	const struct xml_attr *a = dom_attr(item, "guid");

	return a != NULL && a->n != 0 ? arena_strndup(&g->x.src->arena, a->value, a->n) : NULL;
}

/* The next item behind `d`, whatever it is; items do not stand in items. */
static const struct dom *
next_item(const struct dom *top, const struct dom *d)
{
	d = d == NULL ? top : dom_after(top, d);
	while (d != NULL && (d->kind != DOM_ELEMENT || (!dom_is(d, "newsItem") && other_item(d->name, strlen(d->name)) == NULL)))
		d = dom_next(top, d);
	return d;
}

static void
put_item(struct news *g)
{
	bool is_text = has_content(&g->x.layer, g->item) || is_class(g->item, "text");

	put_head(g, is_text);
	put_fields(g);
	head_put(&g->head, &g->flow);
	if (g->head.first[HEAD_HEADLINE] != NULL)
		news_each(g->item, "contentMeta/headline", put_other_headline, g);
	put_content(g);
	put_descriptions(g, is_text);
}

/* ---- the reader ---- */

static int
sniff(const struct look *k)
{
	const struct sniffed *root = &k->root;

	if (!k->rooted)
		return 0;
	if (str_is(root->name, root->n, "newsItem") || str_is(root->name, root->n, "newsMessage"))
		return 95;
	return other_item(root->name, root->n) != NULL ? 95 : 0;
}

static bool
read_newsml_g2(struct source *src, struct intake *in)
{
	static const struct news_format format = {
		"newsml-g2", "a message without any item", next_item, may_be_story, why_no_story, id_of, put_item
	};

	return news_read(src, in, &format);
}

const struct reader reader_newsml_g2 = {
	.name = "newsml-g2",
	.title = "NewsML-G2: a news item, or a message with several",
	.suffixes = "xml newsml",
	.signs = "the outermost element newsItem or newsMessage, or another item of NewsML-G2",
	.fields = "headline byline dateline located provider source (infoSource) creditline copyright-holder copyright-notice usage-terms "
	    "pub-status embargoed version signal ed-note language published canonical link image",
	.reserved = "&<",
	.sniff = sniff,
	.read = read_newsml_g2,
};
