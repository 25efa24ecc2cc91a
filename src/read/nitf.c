/* The reader of NITF, and NITF inside of other formats.
 *
 * Who sent the story (provider) is its distributor, the sources it was delivered by (del-list/from-src) and the one whose
 * number it bears (doc-id/@regsrc), in this order.  Where it is from (source) only some agencies' own <meta> say. */
#include "read/nitf.h"

#include "sniff.h"
#include "read/xml_file.h"

#include <string.h>
#include <strings.h>

static const struct news_row rows[] = {
	{ "body/body.head/distributor", NULL, FIELD_PROVIDER, "distributor" },
	{ "head/docdata/del-list/from-src", "src-name", FIELD_PROVIDER, "from-src/@src-name" },
	{ "head/docdata/doc-id", "regsrc", FIELD_PROVIDER, "doc-id/@regsrc" },
	{ "head/docdata/doc.copyright", "holder", FIELD_COPYRIGHT_HOLDER, "doc.copyright/@holder" },
	{ "head/docdata/doc.rights", "owner", FIELD_COPYRIGHT_HOLDER, "doc.rights/@owner" },
	{ "body/body.head/rights/rights.owner", NULL, FIELD_COPYRIGHT_HOLDER, "rights.owner" },
	{ "body/body.head/copyrite/copyrite.holder", NULL, FIELD_COPYRIGHT_HOLDER, "copyrite.holder" },
	{ "head/docdata/doc.rights", "type", FIELD_USAGE_TERMS, "doc.rights/@type" },
	{ "head/docdata/doc.rights", "limitations", FIELD_USAGE_TERMS, "doc.rights/@limitations" },
	{ "head/docdata/doc.rights", "geography", FIELD_USAGE_TERMS, "doc.rights/@geography" },
	{ "head/docdata", "management-status", FIELD_PUB_STATUS, "docdata/@management-status" },
	{ "head/docdata/du-key", "version", FIELD_VERSION, "du-key/@version" },
	{ "head/docdata/correction", "info", FIELD_SIGNAL, "correction/@info" },
	{ "head/docdata/ed-msg", "info", FIELD_ED_NOTE, "ed-msg/@info" },
	{ "head/docdata/ed-msg", NULL, FIELD_ED_NOTE, "ed-msg" },
	{ "head/revision-history", "comment", FIELD_ED_NOTE, "revision-history/@comment" },
	{ "head/docdata/revision-history", "comment", FIELD_ED_NOTE, "revision-history/@comment" },
	{ "head/pubdata", "ex-ref", FIELD_LINK, "pubdata/@ex-ref" },
};

/* What <meta name="..."> holds, of the names that several agencies use. */
static const struct { const char *name; enum field_name field; } metas[] = {
	{ "anpa-takekey", FIELD_VERSION }, { "aap-source", FIELD_SOURCE }, { "aap-original-source", FIELD_SOURCE },
	{ "ntbkilde", FIELD_SOURCE }, { "source", FIELD_SOURCE }, { "byline", FIELD_BYLINE }, { "copyright", FIELD_COPYRIGHT_NOTICE },
};

/* When it was published: by the first of these that says so. */
static void
put_date(struct flow *f, const struct layer *l, const struct dom *nitf, struct news_seen *seen)
{
	static const struct news_row dates[] = {
		{ "head/docdata/date.issue", "norm", FIELD_PUBLISHED, "date.issue/@norm" },
		{ "head/docdata/date.release", "norm", FIELD_PUBLISHED, "date.release/@norm" },
		{ "head/pubdata", "date.publication", FIELD_PUBLISHED, "pubdata/@date.publication" },
		{ "body/body.head/dateline/story.date", "norm", FIELD_PUBLISHED, "story.date/@norm" },
	};
	bool is_embargoed = dom_attr_is(dom_path(nitf, "head/docdata"), "management-status", "embargoed");

	for (size_t i = 0; i < sizeof dates / sizeof *dates && !news_has_field(seen, f->a, FIELD_PUBLISHED); i++)
		if (i != 1 || !is_embargoed)
			news_rows(f, l, nitf, &dates[i], 1);
	if (is_embargoed) {
		const struct dom *release = dom_path(nitf, "head/docdata/date.release");
		const struct xml_attr *a = dom_attr(dom_path(nitf, "head/docdata"), "management-status");

		if (xml_attr_field(f, l, release, "norm", FIELD_EMBARGOED, "date.release/@norm") == NULL)
			news_empty_field(f, a->end, a->end, FIELD_EMBARGOED, "docdata/@management-status");
	}
}

/* Where it happened: the place of the event, else that of the dateline. */
static void
put_place(struct flow *f, const struct layer *l, const struct dom *nitf)
{
	static const char *const places[] = { "city", "county-dist", "state-prov", "iso-cc" };
	const struct dom *event = dom_path(nitf, "head/docdata/evloc"), *location = dom_path(nitf, "body/body.head/dateline/location");

	for (size_t i = 0; i < sizeof places / sizeof *places; i++)
		if (xml_attr_field(f, l, event, places[i], FIELD_LOCATED, "evloc") != NULL)
			return;
	if (location == NULL)
		return;
	flow_drop(f);
	news_put(f, l, dom_child(location, "city") != NULL ? dom_child(location, "city") : location);
	flow_field(f, FIELD_LOCATED, "dateline/location");
}

static void
put_metas(struct flow *f, const struct layer *l, const struct dom *nitf)
{
	for (const struct dom *d = dom_path(nitf, "head/meta"); d != NULL; d = dom_sibling(d, "meta"))
		for (size_t i = 0; i < sizeof metas / sizeof *metas; i++)
			if (dom_attr_is(d, "name", metas[i].name))
				xml_attr_field(f, l, d, "content", metas[i].field, metas[i].name);
}

static void
put_images(struct flow *f, const struct layer *l, const struct dom *nitf)
{
	for (const struct dom *d = dom_next(nitf, nitf); d != NULL; d = dom_next(nitf, d)) {
		const struct xml_attr *mime;

		if (!dom_is(d, "media-reference"))
			continue;
		mime = dom_attr(d, "mime-type");
		if (dom_attr_is(d->parent, "media-type", "image") ||
		    (mime != NULL && mime->n > 6 && strncasecmp(mime->value, "image/", 6) == 0))
			xml_attr_field(f, l, d, "source", FIELD_IMAGE, "media-reference/@source");
	}
}

void
nitf_fields(struct flow *f, const struct layer *l, const struct dom *nitf, struct news_seen *seen)
{
	if (!news_has_field(seen, f->a, FIELD_LANGUAGE) &&
	    xml_attr_field(f, l, nitf, "baselang", FIELD_LANGUAGE, "nitf/@baselang") == NULL &&
	    xml_attr_field(f, l, nitf, "lang", FIELD_LANGUAGE, "xml:lang") == NULL)
		xml_attr_field(f, l, dom_child(nitf, "body"), "lang", FIELD_LANGUAGE, "xml:lang");
	news_rows(f, l, nitf, rows, sizeof rows / sizeof *rows);
	put_date(f, l, nitf, seen);
	put_place(f, l, nitf);
	put_metas(f, l, nitf);
	put_images(f, l, nitf);
}

/* ---- the head ---- */

static void
add_headline(const struct dom *el, void *arg)
{
	head_add(arg, HEAD_HEADLINE, el, NULL, "hl1");
}

static void
add_subhead(const struct dom *el, void *arg)
{
	/* the wire's own headline, before the desk wrote another: nobody reads it */
	if (!dom_attr_is(el, "id", "originalHeadline"))
		head_add(arg, HEAD_SUBHEAD, el, NULL, "hl2");
}

static void
add_abstract(const struct dom *el, void *arg)
{
	head_add(arg, HEAD_STANDFIRST, el, NULL, "abstract");
}

static void
add_byline(const struct dom *el, void *arg)
{
	head_add(arg, HEAD_BYLINE, el, NULL, "byline");
}

static void
add_dateline(const struct dom *el, void *arg)
{
	head_add(arg, HEAD_DATELINE, el, NULL, "dateline");
}

static void
add_note(const struct dom *el, void *arg)
{
	head_add(arg, HEAD_NOTE, el, NULL, "note");
}

static void
add_key(const struct dom *el, void *arg)
{
	const struct xml_attr *a = dom_attr(el, "key");

	if (a != NULL)
		head_add(arg, HEAD_SLUG, el, a, "du-key/@key");
}

static void
add_meta(const struct dom *el, void *arg)
{
	const struct xml_attr *a = dom_attr(el, "content");

	if (a != NULL && dom_attr_is(el, "name", "anpa-keyword"))
		head_add(arg, HEAD_SLUG, el, a, "anpa-keyword");
}

void
nitf_head(struct head *h, const struct dom *nitf)
{
	static const struct { const char *path; void (*add)(const struct dom *el, void *arg); } lines[] = {
		{ "head/docdata/du-key", add_key },
		{ "head/meta", add_meta },
		{ "body/body.head/hedline/hl1", add_headline },
		{ "body/body.head/hedline/hl2", add_subhead },
		{ "body/body.head/abstract", add_abstract },
		{ "body/body.head/byline", add_byline },
		{ "body/body.head/dateline", add_dateline },
		{ "body/body.head/note", add_note },
	};

	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		news_each(nitf, lines[i].path, lines[i].add, h);
		/* <nitf> itself may have been left out around a <body> */
		if (dom_is(nitf, "body") && strncmp(lines[i].path, "body/", 5) == 0)
			news_each(nitf, lines[i].path + 5, lines[i].add, h);
	}
	if (h->first[HEAD_HEADLINE] == NULL)
		head_add(h, HEAD_HEADLINE, dom_path(nitf, "head/title"), NULL, "title");
}

/* ---- body and end ---- */

static void
put_end(struct flow *f, const struct layer *l, const struct dom *end)
{
	for (const struct dom *d = end->first; d != NULL; d = d->next) {
		if (d->kind != DOM_ELEMENT)
			continue;
		if (dom_is(d, "tagline")) {
			flow_drop(f);
			news_put(f, l, d);
			flow_block(f, BLOCK_SIGNOFF, SURE, true);
		} else {
			body_markup(f, l, d);
		}
	}
}

/* Are there words but the owner's name? */
static bool
says_terms(const struct layer *l, const struct dom *rights)
{
	for (const struct dom *d = rights->first; d != NULL; d = d->next) {
		if (d->kind == DOM_ELEMENT && !dom_is(d, "rights.owner") && news_has_text(l, d))
			return true;
		if (d->kind == DOM_TEXT || d->kind == DOM_CDATA)
			for (uint32_t i = d->at; i < d->end; i++)
				if ((unsigned char)l->s[i] > ' ')
					return true;
	}
	return false;
}

static void
put_rights(struct flow *f, const struct layer *l, const struct dom *head)
{
	if (head == NULL)
		return;
	for (const struct dom *d = head->first; d != NULL; d = d->next) {
		bool is_rights = dom_is(d, "rights");
		struct block *b;

		if (!is_rights && !dom_is(d, "copyrite"))
			continue;
		flow_drop(f);
		news_put(f, l, d);
		b = flow_block(f, BLOCK_LICENCE, SURE, true);
		if (!is_rights)
			flow_field_of(f, b, FIELD_COPYRIGHT_NOTICE, "copyrite");
		else if (says_terms(l, d))
			flow_field_of(f, b, FIELD_USAGE_TERMS, "rights");
	}
}

static bool
is_not_content(const struct dom *el, void *arg)
{
	(void)arg;
	return dom_is(el, "body.head") || dom_is(el, "body.end");
}

void
nitf_body(struct flow *f, const struct layer *l, const struct dom *nitf)
{
	const struct dom *body = dom_is(nitf, "nitf") ? dom_child(nitf, "body") : nitf;

	if (body == NULL)
		return;
	if (dom_is(body, "body.content")) {
		body_markup(f, l, body);
		return;
	}
	/* with what nobody put into a <body.content> */
	body_markup_but(f, l, body, is_not_content, NULL);
	for (const struct dom *d = dom_child(body, "body.end"); d != NULL; d = dom_sibling(d, "body.end"))
		put_end(f, l, d);
	put_rights(f, l, dom_child(body, "body.head"));
}

/* ---- the reader ---- */

static int
sniff(const struct look *k)
{
	return look_root_is(k, "nitf") ? 95 : 0;
}

static bool
read_nitf(struct source *src, struct intake *in)
{
	struct xml_file x;
	struct flow flow;
	struct head head;
	struct news_seen seen = { 0, 0 };
	bool ok;

	xml_file_open(&x, src);
	flow_init(&flow, intake_begin(in, src, "nitf", NULL));
	if (x.root != NULL) {
		head_init(&head, &x.arena, &x.layer);
		nitf_fields(&flow, &x.layer, x.root, &seen);
		nitf_head(&head, x.root);
		head_put(&head, &flow);
		nitf_body(&flow, &x.layer, x.root);
	}
	ok = news_is_story(in->article);
	xml_file_release(&x);		/* before rules run: the tree takes more than the file */
	if (ok)
		intake_end(in, UINT32_MAX);
	else
		in->refusal = "an NITF file without any text";
	return ok;
}

const struct reader reader_nitf = {
	.name = "nitf",
	.title = "NITF: a story as news agencies mark it up",
	.suffixes = "xml nitf",
	.signs = "the outermost element nitf",
	.fields = "headline byline dateline located provider (distributor, from-src, regsrc) source (agencies' own meta) copyright-holder "
	    "copyright-notice usage-terms pub-status embargoed version signal ed-note language published link image",
	.reserved = "&<",
	.sniff = sniff,
	.read = read_nitf,
};
