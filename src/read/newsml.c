/* The reader of NewsML 1.x: news items made of components in components.
 *
 * The lines of the first component that has them (NewsLines) are the head of the story.  A component with a Role says what its
 * content is: a caption, a title, an abstract; else it is the body.  What stands in the NewsLines of a picture's component is
 * the picture's.
 *
 *	NewsItem
 *	  NewsComponent			NewsLines: HeadLine, ByLine, DateLine
 *	    NewsComponent Role=Main	ContentItem: the body
 *	    NewsComponent
 *	      NewsComponent Role=Caption	ContentItem: the caption of ...
 *	      NewsComponent		ContentItem: ... a picture */
#include "read/news_content.h"
#include "read/news_items.h"
#include "read/nitf.h"
#include "read/xml_file.h"
#include "sniff.h"
#include "util/str.h"

#include <string.h>
#include <strings.h>

/* Below a NewsItem. */
static const struct news_row item_rows[] = {
	{ "NewsManagement/Status", "FormalName", FIELD_PUB_STATUS, "Status/@FormalName" },
	{ "NewsManagement/Instruction", "FormalName", FIELD_SIGNAL, "Instruction/@FormalName" },
	{ "NewsManagement/Instruction", NULL, FIELD_SIGNAL, "Instruction" },
	{ "Identification/NewsIdentifier/RevisionId", NULL, FIELD_VERSION, "RevisionId" },
};

/* Below each NewsComponent. */
static const struct news_row component_rows[] = {
	{ "AdministrativeMetadata/Provider/Party", "FormalName", FIELD_PROVIDER, "Provider/Party/@FormalName" },
	{ "AdministrativeMetadata/Source/Party", "FormalName", FIELD_SOURCE, "Source/Party/@FormalName" },
	{ "NewsLines/CopyrightLine", NULL, FIELD_COPYRIGHT_NOTICE, "CopyrightLine" },
	{ "NewsLines/RightsLine", NULL, FIELD_USAGE_TERMS, "RightsLine" },
	{ "RightsMetadata/Copyright/CopyrightHolder", NULL, FIELD_COPYRIGHT_HOLDER, "CopyrightHolder" },
	{ "RightsMetadata/UsageRights/RightsHolder", NULL, FIELD_COPYRIGHT_HOLDER, "RightsHolder" },
	{ "RightsMetadata/UsageRights/UsageType", NULL, FIELD_USAGE_TERMS, "UsageType" },
	{ "RightsMetadata/UsageRights/Limitations", NULL, FIELD_USAGE_TERMS, "Limitations" },
	{ "RightsMetadata/UsageRights/Geography", NULL, FIELD_USAGE_TERMS, "Geography" },
	{ "DescriptiveMetadata/Language", "FormalName", FIELD_LANGUAGE, "Language/@FormalName" },
};

/* What a <NewsLine> is, by its NewsLineType: an ed-note, if by none of these. */
static const struct { const char *type; enum field_name field; bool is_slug; } line_types[] = {
	{ "CatchWord", FIELD_COUNT, true }, { "CatchLine", FIELD_COUNT, true }, { "SlugLine", FIELD_COUNT, true },
	{ "Correction", FIELD_SIGNAL, false }, { "CorrectionLine", FIELD_SIGNAL, false },
	{ "CopyrightLine", FIELD_COPYRIGHT_NOTICE, false },
	{ "RightsLine", FIELD_USAGE_TERMS, false }, { "CreditLine", FIELD_CREDITLINE, false },
};

static bool
has_field(struct news *n, enum field_name name)
{
	return news_has_field(&n->seen, n->flow.a, name);
}

static bool
is_component(const struct dom *d)
{
	return dom_is(d, "NewsComponent");
}

/* Looked up once for all that a component holds: it may hold very much. */
static const struct xml_attr *
role_of(const struct dom *component)
{
	return dom_attr(dom_child(component, "Role"), "FormalName");
}

static bool
role_is(const struct xml_attr *a, const char *role)
{
	size_t n = strlen(role);

	/* "Belga caption", "PhotoCaption" */
	return a != NULL && a->n >= n && strncasecmp(a->value + a->n - n, role, n) == 0;
}

/* Is what the item links to, or holds in base64, a picture or a recording? */
static bool
is_media(const struct dom *content_item)
{
	static const char *const types[] = { "Photo", "Picture", "Image", "Graphic", "Video", "Audio", "ComplexData", "Animation" };
	const struct dom *type = dom_child(content_item, "MediaType"), *mime = dom_child(content_item, "MimeType");
	const struct xml_attr *a = dom_attr(mime, "FormalName");

	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (dom_attr_is(type, "FormalName", types[i]))
			return true;
	return a != NULL && a->n > 6 && strncasecmp(a->value, "image/", 6) == 0;
}

/* A component of a picture: a content item of it, or of a component directly in it, is one, and none of them is a body. */
static bool
is_picture(const struct dom *component)
{
	const struct xml_attr *own = role_of(component);
	bool any = false;

	for (const struct dom *d = component->first; d != NULL; d = d->next) {
		const struct dom *from = is_component(d) ? d : component;
		const struct xml_attr *role = from == component ? own : role_of(d);

		if (d->kind != DOM_ELEMENT || (from == component && !dom_is(d, "ContentItem")))
			continue;
		for (const struct dom *c = from == component ? d : dom_child(d, "ContentItem"); c != NULL;
		    c = from == component ? NULL : dom_sibling(c, "ContentItem")) {
			if (is_media(c))
				any = true;
			else if (dom_child(c, "DataContent") != NULL && !role_is(role, "Caption"))
				return false;
		}
	}
	return any;
}

/* ---- fields ---- */

static void
put_embargo(struct news *n)
{
	const struct dom *management = dom_child(n->item, "NewsManagement"), *status = dom_child(management, "Status");
	const struct dom *when = dom_path(management, "StatusWillChange/DateAndTime");
	const struct dom *becomes = dom_path(management, "StatusWillChange/FutureStatus");
	const struct layer *l = &n->x.layer;
	bool is_embargoed = dom_attr_is(status, "FormalName", "Embargoed") || dom_attr_is(status, "FormalName", "Embargo");

	if (!is_embargoed && !dom_attr_is(becomes, "FormalName", "Usable"))
		return;
	if (xml_field(&n->flow, l, when, FIELD_EMBARGOED, "StatusWillChange/DateAndTime") == NULL && is_embargoed)
		news_empty_field(&n->flow, status->in, status->in, FIELD_EMBARGOED, "Status");
}

static void
put_item_fields(struct news *n)
{
	static const struct news_row dates[] = {
		{ "NewsManagement/FirstCreated", NULL, FIELD_PUBLISHED, "FirstCreated" },
		{ "NewsManagement/ThisRevisionCreated", NULL, FIELD_PUBLISHED, "ThisRevisionCreated" },
		{ "Identification/NewsIdentifier/DateId", NULL, FIELD_PUBLISHED, "DateId" },
	};
	const struct layer *l = &n->x.layer;
	const struct dom *revision = dom_path(n->item, "Identification/NewsIdentifier/RevisionId");

	news_rows(&n->flow, l, n->item, item_rows, sizeof item_rows / sizeof *item_rows);
	/* U: an update, A: additional; N, none of both, says nothing */
	if (!dom_attr_is(revision, "Update", "N"))
		xml_attr_field(&n->flow, l, revision, "Update", FIELD_SIGNAL, "RevisionId/@Update");
	for (size_t i = 0; i < sizeof dates / sizeof *dates && !has_field(n, FIELD_PUBLISHED); i++)
		news_rows(&n->flow, l, n->item, &dates[i], 1);
	put_embargo(n);
}

/* The city where it happened, else the widest that is said. */
static void
put_place(struct news *n, const struct dom *descriptive)
{
	static const char *const names[] = { "City", "Region", "CountryArea", "Area", "Country" };

	for (const struct dom *l = dom_child(descriptive, "Location"); l != NULL; l = dom_sibling(l, "Location"))
		if (dom_attr(l, "HowPresent") == NULL || dom_attr_is(l, "HowPresent", "Origin"))
			for (size_t i = 0; i < sizeof names / sizeof *names && !has_field(n, FIELD_LOCATED); i++)
				for (const struct dom *p = dom_child(l, "Property"); p != NULL; p = dom_sibling(p, "Property"))
					if (dom_attr_is(p, "FormalName", names[i]))
						xml_attr_field(&n->flow, &n->x.layer, p, "Value", FIELD_LOCATED, "Location/Property/@Value");
	for (const struct dom *p = dom_child(descriptive, "Property"); p != NULL; p = dom_sibling(p, "Property"))
		if (dom_attr_is(p, "FormalName", "City") && !has_field(n, FIELD_LOCATED))
			xml_attr_field(&n->flow, &n->x.layer, p, "Value", FIELD_LOCATED, "Property/@Value");
}

/* Who wrote it, where no line says so in words. */
static void
put_author(struct news *n, const struct dom *administrative)
{
	const struct dom *creator = dom_child(administrative, "Creator");

	if (n->head.first[HEAD_BYLINE] != NULL || has_field(n, FIELD_BYLINE))
		return;
	for (; creator != NULL; creator = dom_sibling(creator, "Creator"))
		for (const struct dom *p = dom_child(creator, "Party"); p != NULL; p = dom_sibling(p, "Party"))
			xml_attr_field(&n->flow, &n->x.layer, p, "FormalName", FIELD_BYLINE, "Creator/Party/@FormalName");
	for (const struct dom *p = dom_child(administrative, "Property"); p != NULL; p = dom_sibling(p, "Property"))
		if (dom_attr_is(p, "FormalName", "author"))
			xml_attr_field(&n->flow, &n->x.layer, p, "Value", FIELD_BYLINE, "Property/@Value");
}

static void
put_line_field(struct news *n, const struct dom *line)
{
	const struct dom *type = dom_child(line, "NewsLineType");
	enum field_name field = FIELD_ED_NOTE;

	for (size_t i = 0; i < sizeof line_types / sizeof *line_types; i++)
		if (dom_attr_is(type, "FormalName", line_types[i].type))
			field = line_types[i].field;
	if (field == FIELD_COUNT)
		return;
	for (const struct dom *t = dom_child(line, "NewsLineText"); t != NULL; t = dom_sibling(t, "NewsLineText"))
		xml_field(&n->flow, &n->x.layer, t, field, "NewsLine");
}

static void
put_content_fields(struct news *n, const struct dom *item)
{
	const struct dom *data = dom_child(item, "DataContent");
	const struct xml_attr *a = dom_attr(item, "Href");

	if (data != NULL && content_nitf(data) != NULL)
		nitf_fields(&n->flow, &n->x.layer, content_nitf(data), &n->seen);
	if (a != NULL && is_media(item) && !dom_attr_is(dom_child(item, "MediaType"), "FormalName", "Video") &&
	    !dom_attr_is(dom_child(item, "MediaType"), "FormalName", "Audio"))
		xml_attr_field(&n->flow, &n->x.layer, item, "Href", FIELD_IMAGE, "ContentItem/@Href");
}

/* The fields of a component, then of those in it. */
static void
put_fields(struct news *n, const struct dom *component)
{
	static const struct news_row credit = { "NewsLines/CreditLine", NULL, FIELD_CREDITLINE, "CreditLine" };
	const struct layer *l = &n->x.layer;
	const struct dom *lines = dom_child(component, "NewsLines");

	news_rows(&n->flow, l, component, component_rows, sizeof component_rows / sizeof *component_rows);
	if (!is_picture(component))
		news_rows(&n->flow, l, component, &credit, 1);
	put_place(n, dom_child(component, "DescriptiveMetadata"));
	put_author(n, dom_child(component, "AdministrativeMetadata"));
	for (const struct dom *d = dom_child(lines, "NewsLine"); d != NULL; d = dom_sibling(d, "NewsLine"))
		put_line_field(n, d);
	for (const struct dom *d = component->first; d != NULL; d = d->next)
		if (is_component(d))
			put_fields(n, d);
		else if (dom_is(d, "ContentItem"))
			put_content_fields(n, d);
}

/* ---- the head ---- */

/* The lines of a component, and of those in it; those of pictures are left to them.  *has_lines: some component had a headline. */
static void
add_lines(struct news *n, const struct dom *component, bool *has_lines)
{
	static const struct { const char *name; enum head_slot slot; } names[] = {
		{ "SlugLine", HEAD_SLUG }, { "HeadLine", HEAD_HEADLINE }, { "SubHeadLine", HEAD_SUBHEAD }, { "ByLine", HEAD_BYLINE },
		{ "ByLineTitle", HEAD_BYLINE }, { "DateLine", HEAD_DATELINE },
	};
	const struct dom *lines = dom_child(component, "NewsLines");
	const struct xml_attr *role = role_of(component);
	bool is_first = !*has_lines;

	for (const struct dom *d = lines != NULL ? lines->first : NULL; d != NULL; d = d->next) {
		if (d->kind != DOM_ELEMENT)
			continue;
		for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
			if (!dom_is(d, names[i].name) || (n->head.first[names[i].slot] != NULL && !is_first))
				continue;
			head_add(&n->head, names[i].slot, d, NULL, names[i].name);
			*has_lines = *has_lines || names[i].slot == HEAD_HEADLINE;
		}
		for (size_t i = 0; i < sizeof line_types / sizeof *line_types; i++)
			if (line_types[i].is_slug && dom_is(d, "NewsLine") &&
			    dom_attr_is(dom_child(d, "NewsLineType"), "FormalName", line_types[i].type))
				head_add(&n->head, HEAD_SLUG, dom_child(d, "NewsLineText"), NULL, "NewsLine");
	}
	for (const struct dom *d = component->first; d != NULL; d = d->next) {
		const struct dom *data;

		if (d->kind != DOM_ELEMENT)
			continue;
		if (is_component(d) && !is_picture(d) && !role_is(role_of(d), "Caption"))
			add_lines(n, d, has_lines);
		data = dom_is(d, "ContentItem") ? dom_child(d, "DataContent") : NULL;
		if (data == NULL)
			continue;
		if (content_nitf(data) != NULL)
			nitf_head(&n->head, content_nitf(data));
		else if (dom_child(data, "html") != NULL)
			content_asides(&n->flow, &n->x.layer, data, &n->head);
		else if (role_is(role, "Title") || role_is(role, "Headline"))
			head_add(&n->head, HEAD_HEADLINE, data, NULL, "DataContent");
	}
}

/* Without a slug line, the item's label or its keywords are it. */
static void
add_slug(struct news *n)
{
	const struct dom *label = dom_path(n->item, "Identification/NameLabel"), *keywords;

	if (n->head.first[HEAD_SLUG] == NULL)
		head_add(&n->head, HEAD_SLUG, label, NULL, "NameLabel");
	keywords = dom_path(n->item, "NewsComponent/NewsLines/KeywordLine");
	if (n->head.first[HEAD_SLUG] == NULL)
		head_add(&n->head, HEAD_SLUG, keywords, NULL, "KeywordLine");
}

/* ---- body, captions, credits ---- */

static void put_component(struct news *n, const struct dom *component, bool in_picture);

static bool
is_html(const struct dom *content_item)
{
	static const char *const elements[] = { "Format", "MimeType" };

	for (size_t i = 0; i < 2; i++) {
		const struct xml_attr *a = dom_attr(dom_child(content_item, elements[i]), "FormalName");

		if (a != NULL && str_case_find(a->value, a->n, "html") != NULL)
			return true;
	}
	return false;
}

static void
put_data(struct news *n, const struct xml_attr *role, const struct dom *content_item, bool in_picture)
{
	const struct dom *data = dom_child(content_item, "DataContent");
	size_t from = n->flow.a->nblocks;

	if (data == NULL || is_media(content_item) || role_is(role, "Title") || role_is(role, "Headline"))
		return;
	content_put(&n->flow, &n->x.layer, data, is_html(content_item), &n->head);
	if (in_picture || role_is(role, "Caption"))
		flow_name(&n->flow, from, BLOCK_CAPTION);
	else if (role_is(role, "Credit") || role_is(role, "Copyright"))
		flow_name(&n->flow, from, BLOCK_CREDIT);
	else if (role_is(role, "Abstract") || role_is(role, "Summary") || role_is(role, "Intro"))
		flow_name(&n->flow, from, BLOCK_STANDFIRST);
}

/* The credit lines of a picture's component: behind the captions that came out of it they are blocks. */
static void
put_credit(struct news *n, const struct dom *component, size_t from)
{
	struct article *a = n->flow.a;
	const struct dom *lines = dom_child(component, "NewsLines"), *d = is_picture(component) ? dom_child(lines, "CreditLine") : NULL;
	bool has_caption = a->nblocks > from && a->blocks[a->nblocks - 1].kind == BLOCK_CAPTION;

	for (; d != NULL; d = dom_sibling(d, "CreditLine")) {
		if (!has_caption) {
			xml_field(&n->flow, &n->x.layer, d, FIELD_CREDITLINE, "CreditLine");
			continue;
		}
		flow_drop(&n->flow);
		news_put(&n->flow, &n->x.layer, d);
		flow_field_of(&n->flow, flow_block_beside(&n->flow, BLOCK_CREDIT, SURE, true), FIELD_CREDITLINE, "CreditLine");
	}
}

/* Content items of one component say the same in several formats: the first that has text is read.  Where they are of one
 * format, each is a piece of the story. */
static bool
is_another_format(const struct dom *read, const struct dom *item)
{
	const struct xml_attr *a = dom_attr(dom_child(read, "Format"), "FormalName");
	const struct xml_attr *b = dom_attr(dom_child(item, "Format"), "FormalName");

	return a != NULL && b != NULL && !str_case_is(a->value, a->n, b->value);
}

static void
put_component(struct news *n, const struct dom *component, bool in_picture)
{
	struct article *a = n->flow.a;
	const struct dom *read = NULL, *lines = dom_child(component, "NewsLines");
	size_t from = a->nblocks;
	const struct xml_attr *role = role_of(component);
	bool equivalents = dom_attr_is(component, "EquivalentsList", "yes");

	in_picture = in_picture || is_picture(component);
	for (const struct dom *d = component->first; d != NULL; d = d->next) {
		size_t before = a->nblocks;

		if (d->kind != DOM_ELEMENT)
			continue;
		if (is_component(d)) {
			if (!equivalents || a->nblocks == from)
				put_component(n, d, in_picture);
		} else if (dom_is(d, "ContentItem") && (read == NULL || !is_another_format(read, d))) {
			put_data(n, role, d, in_picture);
			if (a->nblocks > before)
				read = d;
		}
	}
	/* a picture whose caption stands among its lines */
	if (in_picture && a->nblocks == from && lines != NULL && component != dom_child(n->item, "NewsComponent")) {
		xml_block(&n->flow, &n->x.layer, dom_child(lines, "HeadLine"), BLOCK_CAPTION);
		xml_block(&n->flow, &n->x.layer, dom_child(lines, "SubHeadLine"), BLOCK_CAPTION);
	}
	put_credit(n, component, from);
}

/* ---- items ---- */

static bool
may_be_story(const struct layer *l, const struct dom *item)
{
	for (const struct dom *d = dom_next(item, item); d != NULL; d = dom_next(item, d))
		if (d->kind == DOM_ELEMENT && (dom_is(d, "DataContent") || dom_is(d, "HeadLine")) && news_has_text(l, d))
			return true;
	return false;
}

static const char *
why_no_story(const struct dom *item)
{
	if (dom_child(item, "TopicSet") != NULL)
		return "a set of topics, no story";
	if (dom_child(item, "Catalog") != NULL)
		return "a catalogue, no story";
	if (dom_find(item, "NewsItemRef") != NULL)
		return "a list of links to other items, no story";
	return "a news item without any text, no story";
}

static const char *
id_of(struct news *n, const struct dom *item)
{
	const struct dom *id = dom_path(item, "Identification/NewsIdentifier/PublicIdentifier");
	const struct xml_attr *a = dom_attr(item, "Duid");
	struct text text;
	struct range r;
	const char *s = NULL;

	if (id != NULL) {
		text_init(&text);
		body_text(&text, &n->x.layer, id);
		r = text_trim(&text, (struct range){ 0, (uint32_t)text.n });
		if (r.a < r.z)
			s = arena_strndup(&n->x.src->arena, text_at(&text, r), range_len(r));
		text_release(&text);
	}
	return s == NULL && a != NULL && a->n != 0 ? arena_strndup(&n->x.src->arena, a->value, a->n) : s;
}

static const struct dom *
next_item(const struct dom *root, const struct dom *d)
{
	return d == NULL ? dom_child(root, "NewsItem") : dom_sibling(d, "NewsItem");
}

static void
put_item(struct news *n)
{
	const struct layer *l = &n->x.layer;
	const struct dom *first = dom_child(n->item, "NewsComponent");
	bool has_lines = false;
	size_t from;

	for (const struct dom *c = first; c != NULL; c = dom_sibling(c, "NewsComponent"))
		add_lines(n, c, &has_lines);
	add_slug(n);
	put_item_fields(n);
	for (const struct dom *c = first; c != NULL; c = dom_sibling(c, "NewsComponent"))
		put_fields(n, c);
	if (!has_field(n, FIELD_LANGUAGE) && xml_attr_field(&n->flow, l, n->item, "lang", FIELD_LANGUAGE, "xml:lang") == NULL)
		xml_attr_field(&n->flow, l, first, "lang", FIELD_LANGUAGE, "xml:lang");
	if (!has_field(n, FIELD_PROVIDER))
		xml_field(&n->flow, l, dom_path(n->item, "Identification/NewsIdentifier/ProviderId"), FIELD_PROVIDER, "ProviderId");
	head_put(&n->head, &n->flow);
	from = n->flow.a->nblocks;
	for (const struct dom *c = first; c != NULL; c = dom_sibling(c, "NewsComponent"))
		put_component(n, c, false);
	content_headline(&n->flow, from);
}

/* ---- the reader ---- */

static int
sniff(const struct look *k)
{
	return k->rooted && str_is(k->root.name, k->root.n, "NewsML") ? 95 : 0;
}

static bool
read_newsml(struct source *src, struct intake *in)
{
	static const struct news_format format = {
		"newsml", "NewsML without a news item", next_item, may_be_story, why_no_story, id_of, put_item
	};

	return news_read(src, in, &format);
}

const struct reader reader_newsml = {
	.name = "newsml",
	.title = "NewsML 1.x: news items of components",
	.suffixes = "xml newsml",
	.signs = "the outermost element NewsML",
	.fields = "headline byline dateline located provider source creditline copyright-holder copyright-notice usage-terms pub-status "
	    "embargoed version signal ed-note language published link image",
	.reserved = "&<",
	.sniff = sniff,
	.read = read_newsml,
};
