/* The content of an item. */
#include "read/news_content.h"

#include "read/body.h"
#include "read/nitf.h"
#include "read/plain.h"
#include "util/str.h"

#include <string.h>

const struct dom *
content_nitf(const struct dom *holder)
{
	const struct dom *el = dom_child(holder, "nitf");

	if (el != NULL)
		return el;
	if ((el = dom_child(holder, "body.content")) != NULL)
		return el;
	el = dom_child(holder, "body");
	return el != NULL && (dom_child(el, "body.content") != NULL || dom_child(el, "body.head") != NULL) ? el : NULL;
}

static bool
is_slug(const struct dom *el)
{
	return body_has_word(el, "class", "slugline");
}

static bool
is_note(const struct dom *el)
{
	return body_has_word(el, "class", "notepad np-nonpublic np-public ednote ed-note editorialnote");
}

/* A heading that says what the headline says, and asides. */
static bool
skip(const struct dom *el, void *arg)
{
	return (dom_is_one_of(el, "h1 h2 h3 hl1 hl2") && head_says(arg, el)) || is_slug(el) || is_note(el);
}

void
content_asides(struct flow *f, const struct layer *l, const struct dom *holder, struct head *head)
{
	const struct dom *d = dom_next(holder, holder);

	while (d != NULL) {
		if (d->kind == DOM_ELEMENT && is_slug(d)) {
			head_add(head, HEAD_SLUG, d, NULL, "slugline");
		} else if (d->kind == DOM_ELEMENT && is_note(d)) {
			flow_drop(f);
			news_put(f, l, d);
			flow_field(f, FIELD_ED_NOTE, "notepad");
		} else {
			d = dom_next(holder, d);
			continue;
		}
		d = dom_after(holder, d);
	}
}

/* Copy with tags in it: a '<' before a letter or '/', and a '>'. */
static bool
has_tags(const struct text *t)
{
	const char *s = t->s, *end = s + t->n;

	if (t->n == 0)
		return false;
	while (s < end && (s = memchr(s, '<', (size_t)(end - s))) != NULL) {
		s++;
		if (s < end && (*s == '/' || *s == '!' || (*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z')))
			return memchr(s, '>', (size_t)(end - s)) != NULL;
	}
	return false;
}

static void
put_text(struct flow *f, const struct layer *l, const struct dom *holder, bool is_html)
{
	struct text text;
	struct layer inner;

	text_init(&text);
	body_text(&text, l, holder);
	inner = layer_of_text(&text);
	if (text.n != 0 && (is_html || has_tags(&text)))
		body_html(f, &inner);
	else if (text.n != 0)
		plain_blocks(f, &inner, 0, inner.n);
	text_release(&text);
}

/* HTML in capitals, which XML takes for names unknown. */
static void
put_capitals(struct flow *f, const struct layer *l, const struct dom *holder)
{
	struct text text;
	struct layer inner;

	text_init(&text);
	layer_copy(&text, l, holder->in, holder->out);
	inner = layer_of_text(&text);
	body_html(f, &inner);
	text_release(&text);
}

/* ---- vocabularies of others ---- */

static void
put_line(struct flow *f, const struct layer *l, const struct dom *el, enum block_kind kind, bool beside)
{
	flow_drop(f);
	news_put(f, l, el);
	if (kind == BLOCK_PARAGRAPH)
		flow_paragraph(f);
	else if (beside)
		flow_block_beside(f, kind, SURE, true);
	else
		flow_block(f, kind, SURE, true);
}

/* <element type="body">: the paragraphs of some editors' own format. */
static void
put_typed(struct flow *f, const struct layer *l, const struct dom *el, const struct head *head)
{
	static const struct { const char *type; enum block_kind kind; } types[] = {
		{ "headline", BLOCK_HEADLINE }, { "subheadline", BLOCK_CROSSHEAD }, { "subheadline1", BLOCK_CROSSHEAD },
		{ "subheadline2", BLOCK_CROSSHEAD }, { "subheadline3", BLOCK_CROSSHEAD }, { "dateline", BLOCK_DATELINE },
		{ "leadin", BLOCK_STANDFIRST }, { "preamble", BLOCK_STANDFIRST }, { "preleadin", BLOCK_KICKER },
		{ "vignette", BLOCK_KICKER }, { "blockquote", BLOCK_BLOCKQUOTE }, { "pullquote", BLOCK_PULL_QUOTE },
	};

	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (dom_attr_is(el, "type", types[i].type)) {
			if (types[i].kind != BLOCK_HEADLINE || !head_says(head, el))
				put_line(f, l, el, types[i].kind, false);
			return;
		}
	put_line(f, l, el, BLOCK_PARAGRAPH, false);
}

void
content_object(struct flow *f, const struct layer *l, const struct dom *object)
{
	const struct dom *data = dom_find(object, "data");

	if (dom_child(data, "text") == NULL)
		return;
	put_line(f, l, dom_child(data, "text"), BLOCK_CAPTION, false);
	if (dom_child(data, "credit") != NULL)
		put_line(f, l, dom_child(data, "credit"), BLOCK_CREDIT, true);
}

/* Something else: results, events.  What stands in it of running text is read. */
static void
put_foreign(struct flow *f, const struct layer *l, const struct dom *holder, const struct head *head)
{
	const struct dom *d = dom_next(holder, holder);

	while (d != NULL) {
		if (d->kind != DOM_ELEMENT) {
			d = dom_next(holder, d);
			continue;
		}
		if (dom_is(d, "nitf"))
			nitf_body(f, l, d);
		else if (dom_is(d, "element") && dom_attr(d, "type") != NULL)
			put_typed(f, l, d, head);
		else if (dom_is(d, "object") && dom_attr_is(d, "type", "x-im/image"))
			content_object(f, l, d);
		else if (dom_is(d, "name") && d->parent != NULL && dom_is(d->parent, "event"))
			put_line(f, l, d, BLOCK_CROSSHEAD, false);
		else if (dom_is_one_of(d, "definition description"))
			body_markup(f, l, d);
		else if (dom_is_one_of(d, "html body body.content p h1 h2 h3 h4 h5 h6 ul ol table blockquote pre figure"))
			body_element(f, l, d);
		else {
			d = dom_next(holder, d);
			continue;
		}
		d = dom_after(holder, d);
	}
}

/* Is there running text, five words in one element, and not only the names and figures of results? */
static bool
runs(const struct layer *l, const struct dom *holder)
{
	for (const struct dom *d = dom_next(holder, holder); d != NULL; d = dom_next(holder, d)) {
		unsigned words = 0;

		if (d->kind != DOM_TEXT && d->kind != DOM_CDATA)
			continue;
		for (uint32_t i = d->at; i < d->end; i++)
			words += (unsigned char)l->s[i] > ' ' && (i == d->at || (unsigned char)l->s[i - 1] <= ' ');
		if (words >= 5)
			return true;
	}
	return false;
}

void
content_put(struct flow *f, const struct layer *l, const struct dom *holder, bool is_html, struct head *head)
{
	const struct dom *el = dom_first_element(holder), *nitf = content_nitf(holder);

	if (nitf != NULL)
		nitf_body(f, l, nitf);
	else if (el == NULL)
		put_text(f, l, holder, is_html);
	else if (el->name[0] >= 'A' && el->name[0] <= 'Z')
		put_capitals(f, l, holder);
	else if (dom_is_one_of(el, "html head body p div section article main header h1 h2 h3 h4 h5 h6 ul ol dl table blockquote pre figure img "
	    "hr span br em strong a b i u block hl2 bq media"))
		body_markup_but(f, l, holder, skip, head);
	else {
		size_t before = f->a->nblocks;

		put_foreign(f, l, holder, head);
		if (f->a->nblocks == before && runs(l, holder))		/* <story><para>The port ...: copy all the same */
			body_markup_but(f, l, holder, skip, head);
	}
}

void
content_description(struct flow *f, const struct layer *l, const struct dom *el, struct head *head)
{
	struct text text;
	bool is_plain;

	text_init(&text);
	body_text(&text, l, el);
	is_plain = dom_first_element(el) == NULL && !has_tags(&text);
	text_release(&text);
	if (is_plain)
		body_markup(f, l, el);
	else
		content_put(f, l, el, false, head);
}

void
content_headline(struct flow *f, size_t from)
{
	struct article *a = f->a;

	if (article_find_block(a, KIND(BLOCK_HEADLINE)) != NULL || from >= a->nblocks)
		return;
	if (a->blocks[from].kind == BLOCK_CROSSHEAD && a->blocks[from].level == 1) {
		a->blocks[from].kind = BLOCK_HEADLINE;
		flow_field_of(f, &a->blocks[from], FIELD_HEADLINE, "h1");
	}
}
