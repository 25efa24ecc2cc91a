/* From the markup of a story's body to blocks.
 *
 * Each element has a role, whatever vocabulary it is from: <p> and NITF's <hl2>, <bq>, <media-caption> stand in one table.  The
 * walk keeps one piece of text open; an element with a role of its own ends it, and what it holds is a block of that role's kind:
 *
 *	<blockquote><p>One</p>	a blockquote "One"
 *	Two <b>three</b>	a blockquote "Two three"
 *	</blockquote>
 *
 * A kind that holds others out (a caption, a list item, a table's row) gives its name to all paragraphs in it. */
#include "read/body.h"

#include "read/addresses.h"
#include "read/comments.h"
#include "read/plain.h"
#include "util/str.h"

#include <string.h>
#include <strings.h>

enum role {
	INLINE,			/* part of the line; so is whatever is unknown */
	HIDDEN,			/* nobody reads it */
	LINE_BREAK,
	PARAGRAPH,		/* a block, kind unsaid */
	CROSSHEAD,
	QUOTE, ITEM,
	FIGURE,			/* what is in it is a caption, unless it says otherwise */
	CAPTION, CREDIT,
	TABLE, ROW, CELL,
	COPY,			/* preformatted: plain copy */
	RULE,
	NOTE,
};

static const struct { const char *name; enum role role; } roles[] = {
	{ "address", PARAGRAPH }, { "article", PARAGRAPH }, { "aside", PARAGRAPH }, { "audio", HIDDEN }, { "block", PARAGRAPH },
	{ "blockquote", QUOTE }, { "body", PARAGRAPH }, { "body.content", PARAGRAPH }, { "body.end", PARAGRAPH }, { "bq", QUOTE },
	{ "br", LINE_BREAK }, { "button", HIDDEN }, { "canvas", HIDDEN }, { "caption", PARAGRAPH }, { "center", PARAGRAPH },
	{ "credit", PARAGRAPH }, { "datasource", PARAGRAPH }, { "dd", ITEM }, { "details", PARAGRAPH }, { "div", PARAGRAPH },
	{ "dl", PARAGRAPH }, { "dt", ITEM }, { "embed", HIDDEN }, { "fieldset", PARAGRAPH }, { "figcaption", CAPTION },
	{ "figure", FIGURE }, { "fn", NOTE }, { "footer", PARAGRAPH }, { "form", PARAGRAPH }, { "h1", CROSSHEAD }, { "h2", CROSSHEAD },
	{ "h3", CROSSHEAD }, { "h4", CROSSHEAD }, { "h5", CROSSHEAD }, { "h6", CROSSHEAD }, { "head", HIDDEN }, { "header", PARAGRAPH },
	{ "hl1", CROSSHEAD }, { "hl2", CROSSHEAD }, { "hr", RULE }, { "iframe", HIDDEN }, { "input", HIDDEN }, { "legend", PARAGRAPH },
	{ "li", ITEM }, { "main", PARAGRAPH }, { "media", FIGURE }, { "media-caption", CAPTION }, { "media-metadata", HIDDEN },
	{ "media-object", HIDDEN }, { "media-producer", CREDIT }, { "media-reference", HIDDEN }, { "menu", PARAGRAPH },
	{ "nav", HIDDEN }, { "noscript", HIDDEN }, { "note", NOTE }, { "object", HIDDEN }, { "ol", PARAGRAPH }, { "option", HIDDEN },
	{ "p", PARAGRAPH }, { "pre", COPY }, { "script", HIDDEN }, { "section", PARAGRAPH }, { "select", HIDDEN }, { "style", HIDDEN },
	{ "summary", PARAGRAPH }, { "svg", HIDDEN }, { "table", TABLE }, { "tbody", PARAGRAPH }, { "td", CELL }, { "template", HIDDEN },
	{ "textarea", HIDDEN }, { "tfoot", PARAGRAPH }, { "th", CELL }, { "thead", PARAGRAPH }, { "title", HIDDEN }, { "tr", ROW },
	{ "ul", PARAGRAPH }, { "video", HIDDEN },
};

static bool
says_style(const struct xml_attr *style, const char *property, const char *value)
{
	const char *s = style->value, *end = s + style->n;

	while ((s = str_case_find(s, (size_t)(end - s), property)) != NULL) {
		const char *at = s++ + strlen(property);

		while (at < end && (*at == ' ' || *at == ':'))
			at++;
		if (str_case_begins(at, (size_t)(end - at), value))
			return true;
	}
	return false;
}

bool
body_is_hidden(const struct dom *el)
{
	const struct xml_attr *style;

	if (el->kind != DOM_ELEMENT || el->nattrs == 0)
		return false;
	if (dom_attr(el, "hidden") != NULL || dom_attr_is(el, "aria-hidden", "true"))
		return true;
	style = dom_attr(el, "style");
	return style != NULL && (says_style(style, "display", "none") || says_style(style, "visibility", "hidden"));
}

static enum role
role_of(const char *name)
{
	size_t low = 0, high = sizeof roles / sizeof *roles;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int d = strcmp(name, roles[mid].name);

		if (d == 0)
			return roles[mid].role;
		if (d < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return INLINE;
}

struct body {
	struct flow *f;
	const struct layer *l;
	body_skip_fn *skip;
	void *arg;
	const struct dom *above;	/* the element before the one that is looked at, in the same one; NULL */
	enum block_kind kind;		/* of the open piece */
	unsigned level;			/* of a crosshead */
	bool in_figure;
	bool in_row;			/* of a table: no block ends before the row does */
	bool blank_lines;		/* they end paragraphs */
	bool after_break;		/* <br> was the last thing: a second one ends a paragraph */
	size_t made;
};

bool
body_has_word(const struct dom *el, const char *attr, const char *words)
{
	const struct xml_attr *a = dom_attr(el, attr);
	const char *s, *end;

	if (a == NULL)
		return false;
	for (s = a->value, end = s + a->n; s < end;) {
		const char *word = s;
		const char *w = words;

		while (s < end && *s != ' ' && *s != '\t' && *s != '\n')
			s++;
		while (*w != '\0') {
			size_t n = strcspn(w, " ");

			if (n != 0 && n == (size_t)(s - word) && strncasecmp(word, w, n) == 0)
				return true;
			w += n;
			w += strspn(w, " ");
		}
		s += s < end;
	}
	return false;
}

/* Ends the open piece as a block of the kind that it is in. */
static void
end_piece(struct body *b)
{
	struct block *block;

	if (b->in_row)
		return;
	b->after_break = false;
	if (b->kind == BLOCK_PARAGRAPH)
		block = flow_paragraph(b->f);
	else if (b->in_figure && (b->kind == BLOCK_CREDIT || b->kind == BLOCK_CAPTION))
		block = flow_block_beside(b->f, b->kind, SURE, true);
	else
		block = flow_block(b->f, b->kind, SURE, true);
	if (block == NULL)
		return;
	block->level = b->level & 15;
	b->made++;
}

static void walk(struct body *b, const struct dom *el);

/* What stands in `el` is of that kind. */
static void
walk_as(struct body *b, const struct dom *el, enum block_kind kind, unsigned level)
{
	enum block_kind kind_before = b->kind;
	unsigned level_before = b->level;

	end_piece(b);
	b->kind = kind;
	b->level = level;
	walk(b, el);
	end_piece(b);
	b->kind = kind_before;
	b->level = level_before;
}

/* Does the kind give its name to all paragraphs in it? */
static bool
names_paragraphs(enum block_kind kind)
{
	return kind != BLOCK_PARAGRAPH && kind != BLOCK_CROSSHEAD;
}

static bool
is_post(const struct dom *el)
{
	return body_has_word(el, "class", "twitter-tweet twitter-video instagram-media tiktok-embed bluesky-embed fb-post reddit-card");
}

/* A table that only arranges a page: a cell of it holds a whole passage. */
static bool
is_layout(const struct dom *table)
{
	for (const struct dom *d = dom_next(table, table); d != NULL; d = dom_next(table, d)) {
		unsigned paragraphs = 0;

		if (!dom_is(d, "td") && !dom_is(d, "th"))
			continue;
		for (const struct dom *c = d->first; c != NULL; c = c->next)
			if (dom_is(c, "p") || dom_is(c, "table") || dom_is(c, "div") || dom_is(c, "h1"))
				paragraphs++;
		if (paragraphs >= 3)
			return true;
	}
	return false;
}

static void
walk_table(struct body *b, const struct dom *el)
{
	if (b->in_row || is_layout(el))
		walk_as(b, el, b->kind, 0);
	else
		walk_as(b, el, BLOCK_TABLE, 0);
}

static void
walk_row(struct body *b, const struct dom *el)
{
	bool before = b->in_row;

	if (b->kind != BLOCK_TABLE || b->in_row) {
		walk_as(b, el, b->kind, 0);
		return;
	}
	end_piece(b);
	b->in_row = true;
	walk(b, el);
	b->in_row = before;
	end_piece(b);
}

/* Preformatted text that is a program, or what one printed, and no copy: it says so, or the page gives it colours. */
static bool
is_program(const struct dom *pre)
{
	static const char words[] = "highlight codehilite sourceCode code-block code programlisting literal-block console terminal prettyprint";
	const struct dom *d;

	for (d = dom_next(pre, pre); d != NULL; d = dom_next(pre, d))
		if (d->kind == DOM_ELEMENT && dom_is_one_of(d, "code kbd samp tt"))
			return true;
	for (d = pre; d != NULL && (d == pre || dom_is(d, "div")); d = d->parent)
		if (body_has_word(d, "class", words))
			return true;
	return false;
}

static void
walk_copy(struct body *b, const struct dom *el)
{
	struct text text;
	struct layer l;

	if (names_paragraphs(b->kind) || b->in_row) {
		walk_as(b, el, b->kind, b->level);
		return;
	}
	if (is_program(el)) {
		walk_as(b, el, BLOCK_EMBED, 0);
		return;
	}
	end_piece(b);
	text_init(&text);
	body_text(&text, b->l, el);
	l = layer_of_text(&text);
	b->made += plain_blocks(b->f, &l, 0, l.n);
	text_release(&text);
}

/* Is one of the words that make up a class among these?  "article-photo_wide" has three. */
static bool
has_class_part(const struct xml_attr *class, const char *const *words)
{
	const char *s = class->value, *end = s + class->n;

	while (s < end) {
		const char *part = s;

		while (s < end && *s != ' ' && *s != '-' && *s != '_' && *s != '\t' && *s != '\n')
			s++;
		for (size_t i = 0; words[i] != NULL; i++)
			if (words[i][0] == (*part | 32) && (size_t)(s - part) == strlen(words[i]) && strncasecmp(part, words[i], (size_t)(s - part)) == 0)
				return true;
		s += s < end;
	}
	return false;
}

/* A picture in a box that says so by its class, with a few words below: a figure by another name. */
static bool
is_picture_box(const struct dom *el)
{
	static const char *const pictures[] = {
		"photo", "foto", "image", "img", "picture", "pic", "bild", "imagen", "figure", NULL
	};
	static const char *const others[] = { "author", "avatar", "byline", "bio", "profile", "logo", "gallery", "related", NULL };
	enum { LONGEST = 500, MOST = 200 };	/* bytes of text: more is no caption; nodes, as boxes in boxes are looked through time and again */
	const struct xml_attr *class = dom_attr(el, "class");
	bool picture = false;
	size_t n = 0, nodes = 0;

	if (class == NULL || !has_class_part(class, pictures) || has_class_part(class, others))
		return false;
	for (const struct dom *d = dom_next(el, el); d != NULL; d = dom_next(el, d)) {
		if (++nodes > MOST)
			return false;
		if (d->kind == DOM_TEXT && !dom_is_one_of(d->parent, "script style noscript") && (n += d->end - d->at) > LONGEST)
			return false;
		if (d->kind == DOM_ELEMENT && dom_is_one_of(d, "figure ul ol h1 h2 h3 form iframe"))
			return false;
		picture = picture || (d->kind == DOM_ELEMENT && dom_is(d, "img"));
	}
	return picture;
}

/* Does a picture stand right above what is looked at now? */
static bool
is_below_picture(const struct body *b)
{
	return b->above != NULL && (dom_is(b->above, "img") || dom_find(b->above, "img") != NULL);
}

/* The kind that an element's class says, in a story's body; BLOCK_COUNT if it says none. */
static enum block_kind
kind_by_class(const struct body *b, const struct dom *el)
{
	if (dom_attr(el, "class") == NULL && dom_attr(el, "itemprop") == NULL)
		return BLOCK_COUNT;
	if (b->in_figure && body_has_word(el, "class", "credit credits photo-credit image-credit media-credit caption-credit "
	    "figure-credit wp-media-credit copyright photographer photo-byline image__credit caption__credit figure__credit "
	    "photocredit imagecredit photo_credit image_credit source photo-source image-source"))
		return BLOCK_CREDIT;
	if (body_has_word(el, "itemprop", "copyrightHolder creditText") && b->in_figure)
		return BLOCK_CREDIT;
	/* a span may be the mark alone that the page sets large */
	if (role_of(el->name) != INLINE && body_has_word(el, "class", "pullquote pull-quote pull_quote pullQuote wp-block-pullquote"))
		return BLOCK_PULL_QUOTE;
	if (body_has_word(el, "class", "wp-caption-text cutline photo-caption image-caption media-caption figcaption imagecaption photocaption"))
		return BLOCK_CAPTION;
	if (body_has_word(el, "class", "caption") && role_of(el->name) == PARAGRAPH && is_below_picture(b))
		return BLOCK_CAPTION;
	return BLOCK_COUNT;
}

/* A figure, or a caption without one: its captions and credits are one paragraph. */
static void
walk_figure(struct body *b, const struct dom *el)
{
	bool before = b->in_figure;

	end_piece(b);
	if (!before)
		b->f->paragraph++;
	b->in_figure = true;
	walk_as(b, el, BLOCK_CAPTION, 0);
	b->in_figure = before;
}

static void
walk_block(struct body *b, const struct dom *el, enum role role)
{
	switch (role) {
	case CROSSHEAD:
		walk_as(b, el, names_paragraphs(b->kind) ? b->kind : BLOCK_CROSSHEAD, (unsigned)(el->name[strlen(el->name) - 1] - '0'));
		break;
	case QUOTE:
		walk_as(b, el, is_post(el) ? BLOCK_EMBED : BLOCK_BLOCKQUOTE, 0);
		break;
	case ITEM:
		walk_as(b, el, names_paragraphs(b->kind) ? b->kind : BLOCK_LIST_ITEM, 0);
		break;
	case NOTE:
		walk_as(b, el, dom_is(el, "note") ? BLOCK_EDITOR_NOTE : BLOCK_PARAGRAPH, 0);
		break;
	case CAPTION:
		walk_figure(b, el);
		break;
	case CREDIT:
		walk_as(b, el, BLOCK_CREDIT, 0);
		break;
	default:
		walk_as(b, el, names_paragraphs(b->kind) ? b->kind : BLOCK_PARAGRAPH, 0);
	}
}

static void
walk_element(struct body *b, const struct dom *el)
{
	enum role role = role_of(el->name);
	enum block_kind kind;

	if (role == HIDDEN || body_is_hidden(el))
		return;
	if (b->skip != NULL && b->skip(el, b->arg)) {
		/* what stands before and behind it is two paragraphs all the same */
		if (role != INLINE && !b->in_row)
			end_piece(b);
		return;
	}
	if (role == LINE_BREAK) {
		if (b->after_break && !b->in_row)
			end_piece(b);
		flow_blank(b->f, b->l, el->at, el->end);
		b->after_break = true;
		return;
	}
	if (b->in_row && role != INLINE) {
		flow_blank(b->f, b->l, el->at, el->in);
		walk(b, el);
		return;
	}
	if (role == PARAGRAPH && b->kind == BLOCK_PARAGRAPH && !b->in_figure && is_picture_box(el)) {
		walk_figure(b, el);
		return;
	}
	if (role != TABLE && role != ROW && (kind = kind_by_class(b, el)) != BLOCK_COUNT) {
		if (kind == BLOCK_CAPTION)
			walk_figure(b, el);
		else
			walk_as(b, el, kind, 0);
		return;
	}
	switch (role) {
	case INLINE:
		walk(b, el);
		break;
	case RULE:
		end_piece(b);
		break;
	case FIGURE:
		walk_figure(b, el);
		break;
	case TABLE:
		walk_table(b, el);
		break;
	case ROW:
		walk_row(b, el);
		break;
	case COPY:
		walk_copy(b, el);
		break;
	default:
		walk_block(b, el, role);
	}
}

static bool
all_blank(const struct layer *l, uint32_t a, uint32_t z)
{
	while (a < z && (l->s[a] == ' ' || (l->s[a] >= '\t' && l->s[a] <= '\r')))
		a++;
	return a == z;
}

/* Behind the first blank line in [a, z); 0 if there is none. */
static uint32_t
find_blank_line(const struct layer *l, uint32_t a, uint32_t z)
{
	while (a < z) {
		const char *lf = memchr(l->s + a, '\n', z - a);

		if (lf == NULL)
			return 0;
		a = (uint32_t)(lf + 1 - l->s);
		while (a < z && (l->s[a] == ' ' || l->s[a] == '\t' || l->s[a] == '\r'))
			a++;
		if (a < z && l->s[a] == '\n')
			return a + 1;
	}
	return 0;
}

static void
walk_text(struct body *b, const struct dom *d)
{
	enum flow_mode mode = d->kind == DOM_TEXT ? FLOW_MARKUP : FLOW_LITERAL;
	uint32_t a = d->at, next;

	if (b->after_break && !all_blank(b->l, d->at, d->end))
		b->after_break = false;
	for (; b->blank_lines && !b->in_row && (next = find_blank_line(b->l, a, d->end)) != 0; a = next) {
		flow_put(b->f, b->l, a, next, mode);
		end_piece(b);
	}
	flow_put(b->f, b->l, a, d->end, mode);
}

static void
walk(struct body *b, const struct dom *el)
{
	const struct dom *above = NULL;

	for (const struct dom *d = el->first; d != NULL; d = d->next)
		switch (d->kind) {
		case DOM_ELEMENT:
			b->above = above;
			walk_element(b, d);
			above = d;
			break;
		case DOM_TEXT:
		case DOM_CDATA:
			walk_text(b, d);
			break;
		case DOM_COMMENT:
			break;
		}
}

static size_t
walk_all(struct body *b, const struct dom *el)
{
	b->kind = BLOCK_PARAGRAPH;
	flow_drop(b->f);
	walk(b, el);
	end_piece(b);
	addresses_seen(b->f, b->l, el, b->skip, b->arg);
	addresses_loaded(b->f, b->l, el, NULL, NULL);
	return b->made;
}

size_t
body_markup_but(struct flow *f, const struct layer *l, const struct dom *el, body_skip_fn *skip, void *arg)
{
	struct body b = { .f = f, .l = l, .skip = skip, .arg = arg };

	return walk_all(&b, el);
}

size_t
body_markup(struct flow *f, const struct layer *l, const struct dom *el)
{
	return body_markup_but(f, l, el, NULL, NULL);
}

size_t
body_element(struct flow *f, const struct layer *l, const struct dom *el)
{
	struct body b = { .f = f, .l = l, .kind = BLOCK_PARAGRAPH };

	flow_drop(f);
	walk_element(&b, el);
	end_piece(&b);
	return b.made;
}

void
body_text(struct text *to, const struct layer *l, const struct dom *el)
{
	for (const struct dom *d = dom_next(el, el); d != NULL; d = dom_next(el, d))
		if (d->kind == DOM_TEXT)
			layer_decode(to, l, d->at, d->end);
		else if (d->kind == DOM_CDATA)
			layer_copy(to, l, d->at, d->end);
}

void
body_put(struct flow *f, const struct layer *l, const struct dom *el)
{
	for (const struct dom *d = el->first; d != NULL; d = d->next) {
		enum role role;

		switch (d->kind) {
		case DOM_TEXT:
			flow_put(f, l, d->at, d->end, FLOW_MARKUP);
			break;
		case DOM_CDATA:
			flow_put(f, l, d->at, d->end, FLOW_LITERAL);
			break;
		case DOM_COMMENT:
			break;
		case DOM_ELEMENT:
			role = role_of(d->name);
			if ((role == HIDDEN && !dom_is(d, "title")) || body_is_hidden(d))
				break;
			if (role != INLINE)
				flow_blank(f, l, d->at, d->in);
			body_put(f, l, d);
			if (role != INLINE)
				flow_blank(f, l, d->out, d->end);
		}
	}
}

static size_t
read_html(struct flow *f, const struct layer *l, bool blank_lines)
{
	struct body b = { .f = f, .l = l, .blank_lines = blank_lines };
	struct arena arena;
	const struct dom *top;
	size_t made;

	if (l->n == 0)
		return 0;
	if (memchr(l->s, '<', l->n) == NULL) {
		struct text text;
		struct layer plain;

		text_init(&text);
		layer_decode(&text, l, 0, l->n);
		plain = layer_of_text(&text);
		made = plain_blocks(f, &plain, 0, plain.n);
		text_release(&text);
		return made;
	}
	arena_init(&arena);
	top = dom_html(&arena, l->s, l->n);
	comments_take(f->a->src, l, top, true);
	made = walk_all(&b, top);
	arena_release(&arena);
	return made;
}

size_t
body_html(struct flow *f, const struct layer *l)
{
	return read_html(f, l, false);
}

size_t
body_html_lines(struct flow *f, const struct layer *l)
{
	return read_html(f, l, true);
}

void
body_put_html(struct flow *f, const struct layer *l)
{
	struct arena arena;
	const struct dom *top;

	arena_init(&arena);
	top = dom_html(&arena, l->s, l->n);
	comments_take(f->a->src, l, top, true);
	body_put(f, l, top);
	arena_release(&arena);
}
