/* The reader of Markdown: CommonMark with tables, strikethrough and bare addresses, and front matter in YAML or TOML.
 *
 * md4c parses, without a tree: it calls for each block, span and piece of text.  A piece is a pointer into what it was given, and so its
 * own place; line ends between pieces are not, but stand in the gap between the pieces about them:
 *
 *	> a [link](http://x.example)	"a ", "link", a soft break, "and more": in the gap `](http://x.example)\n> ` the line end
 *	> and more			is the white space that becomes a blank; the rest leaves no trace
 *
 * Shortcodes are overwritten before md4c sees them (markdown_codes.h), without a change of any place. */
#include "read/markdown.h"

#include "read/body.h"
#include "read/comments.h"
#include "read/front.h"
#include "read/markdown_codes.h"
#include "read/markdown_lines.h"
#include "reader.h"
#include "sniff.h"
#include "util/str.h"
#include "util/xmalloc.h"

#include <md4c.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { FLAGS = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_PERMISSIVEAUTOLINKS, NESTED = 512 };

enum gap { GAP_NONE, GAP_LINE, GAP_CELL };
enum shape { SHAPE_START, SHAPE_IMAGE, SHAPE_EMPHASIS, SHAPE_OTHER };	/* of a paragraph: an image and an emphasised line is a caption */

struct address { uint32_t a, z; enum { OF_PICTURE, TITLE, OF_LINK } of; };
struct walk {
	struct flow *f;
	const struct layer *l;
	const char *buf;		/* what md4c sees: the layer's bytes from `base` on, or those overwritten */
	uint32_t base;
	const struct codes *codes;
	size_t args_done;
	uint32_t last;			/* where the last piece of text ended */
	uint32_t seen;			/* the same, but for what was passed over: comments were looked for up to here */
	uint32_t comment;		/* an inline comment is open since; UINT32_MAX: none */
	enum gap gap;			/* white space is to come between the last piece and the next */
	unsigned breaks;		/* hard ones in a row: the second ends a paragraph */
	enum block_kind nested[NESTED];	/* blockquotes and list items that are open */
	unsigned depth;
	enum block_kind kind;		/* of a heading, code or row; BLOCK_COUNT elsewhere */
	unsigned level;
	bool in_code, fenced, in_html, in_row;
	bool headline;			/* there is one */
	bool no_rules;			/* a thematic break was not found: no more are looked for */
	unsigned images, emphasis;	/* spans that are open */
	enum shape shape;
	char hidden[12];		/* an inline element whose content nobody reads: its name */
	struct text html;		/* of a block of HTML */
	struct address *addresses;	/* in the open block, and the titles of its pictures: to be told of behind it */
	size_t naddresses, capaddresses;
	bool find_address;		/* of the open link: md4c has handed out a copy */
	size_t made;
	bool line;			/* markdown_line(): one paragraph, left open */
	bool plain;			/* ... no: something else */
};

/* The place of a piece; false if md4c made it up. */
static bool
place(const struct walk *w, const char *text, size_t n, uint32_t *a)
{
	const char *buf = w->buf + w->base;

	if (text < buf || text + n > w->buf + w->l->n)
		return false;
	*a = (uint32_t)(text - w->buf);
	return true;
}

/* The white space in the gap before `b`: about the first line end, or about the last bar of a table's row. */
static void
put_gap(struct walk *w, uint32_t b)
{
	const char *s = w->l->s;
	uint32_t a = w->last, at, end;

	if (w->gap == GAP_NONE)
		return;
	if (w->last > b)
		a = b;
	if (w->gap == GAP_LINE) {
		for (at = a; at < b && s[at] != '\n' && s[at] != '\r'; at++)
			;
	} else {
		for (at = b; at > a && s[at - 1] != '|'; at--)
			;
		at -= at > a;
	}
	end = at < b && (at != a || s[at] == '|' || str_is_space(s[at])) ? at + 1 : at;
	while (at > a && str_is_space(s[at - 1]))
		at--;
	while (end < b && str_is_space(s[end]))
		end++;
	flow_blank(w->f, w->l, at, end);
	w->gap = GAP_NONE;
}

static void
put_args(struct walk *w, uint32_t before)
{
	const struct codes *c = w->codes;

	if (c == NULL)
		return;
	for (; w->args_done < c->nargs && c->args[w->args_done].code < before; w->args_done++) {
		const struct code_arg *arg = &c->args[w->args_done];
		bool beside = w->args_done != 0 && arg[-1].code == arg->code;
		struct text text;
		struct layer inner;
		struct block *b;

		text_init(&text);
		codes_value(&text, w->l, arg);
		inner = layer_of_text(&text);
		flow_drop(w->f);
		markdown_line(w->f, &inner);
		text_release(&text);
		b = beside ? flow_block_beside(w->f, arg->credit ? BLOCK_CREDIT : BLOCK_CAPTION, SURE, true) :
		    flow_block(w->f, arg->credit ? BLOCK_CREDIT : BLOCK_CAPTION, SURE, true);
		w->made += b != NULL;
	}
}

/* Titles of the pictures, and addresses, in the block that has ended. */
static void
put_addresses(struct walk *w)
{
	for (size_t i = 0; i < w->naddresses; i++) {
		struct address *p = &w->addresses[i];
		uint32_t run = p->a;

		flow_drop(w->f);
		for (uint32_t at = p->a; p->of == TITLE && at + 1 < p->z; at++)
			if (w->l->s[at] == '\\' && strchr("\"'()\\", w->l->s[at + 1]) != NULL) {
				flow_put(w->f, w->l, run, at, FLOW_MARKUP);
				run = ++at;
			}
		flow_put(w->f, w->l, run, p->z, p->of == OF_PICTURE ? FLOW_LITERAL : FLOW_MARKUP);
		if (p->of == TITLE)
			w->made += flow_block(w->f, BLOCK_CAPTION, SURE, true) != NULL;
		else
			flow_field(w->f, p->of == OF_LINK ? FIELD_LINK : FIELD_IMAGE, p->of == OF_LINK ? "a/@href" : "img/@src");
	}
	w->naddresses = 0;
}

static void
end_piece(struct walk *w)
{
	struct block *b = NULL;
	enum block_kind kind = w->kind;

	if (w->line)
		return;
	if (kind == BLOCK_COUNT && w->shape == SHAPE_EMPHASIS)
		kind = BLOCK_CAPTION;
	if (w->depth != 0 && (kind == BLOCK_COUNT || kind == BLOCK_CROSSHEAD))
		kind = w->nested[w->depth < NESTED ? w->depth - 1 : NESTED - 1];
	b = kind == BLOCK_COUNT ? flow_paragraph(w->f) : flow_block(w->f, kind, SURE, true);
	if (b != NULL) {
		w->made++;
		if (w->level != 0)
			b->level = w->level & 15;
		if (kind == BLOCK_HEADLINE) {
			flow_field_of(w->f, b, FIELD_HEADLINE, "h1");
			w->headline = true;
		}
	}
	w->gap = GAP_NONE;
	w->breaks = 0;
	w->hidden[0] = '\0';
	w->shape = SHAPE_START;
	put_addresses(w);
	put_args(w, w->last);
}

/* The characters [a, z) of the layer, but for what was overwritten. */
static void
put(struct walk *w, uint32_t a, uint32_t z, enum flow_mode mode)
{
	if (w->hidden[0] != '\0') {
		w->last = z;
		return;
	}
	if (!w->f->any && !w->line)
		put_args(w, a);
	put_gap(w, a);
	for (uint32_t run = a; run < z;) {
		const char *code = memchr(w->buf + run, CODE_BYTE, z - run);
		uint32_t end = code != NULL ? (uint32_t)(code - w->buf) : z;

		for (uint32_t i = run; i < end && w->shape != SHAPE_OTHER; i++)
			if (!str_is_space(w->l->s[i]))
				w->shape = w->emphasis == 0 || w->shape == SHAPE_START ? SHAPE_OTHER : SHAPE_EMPHASIS;
		if (end > run) {
			flow_put(w->f, w->l, run, end, mode);
			w->breaks = 0;
		}
		for (run = end; run < z && (unsigned char)w->buf[run] == CODE_BYTE; run++)
			;
	}
	w->last = z;
}

/* The tag's name in small letters; "" if it is none. */
static void
tag_name(const char *s, uint32_t a, uint32_t z, char out[12])
{
	size_t n = 0;

	while (a < z && n < 11 && ((s[a] | 32) >= 'a' && (s[a] | 32) <= 'z'))
		out[n++] = (char)(s[a++] | 32);
	out[n] = '\0';
}

static void
hard_break(struct walk *w, uint32_t a, uint32_t z)
{
	flow_blank(w->f, w->l, a, z);
	if (++w->breaks == 2 && !w->in_row && !w->line)
		end_piece(w);
}

/* A comment within a line may run over several, each of which is a piece. */
static void
inline_comment(struct walk *w, uint32_t a, uint32_t z)
{
	const char *s = w->l->s;

	if (w->comment == UINT32_MAX && z - a >= 4 && memcmp(s + a, "<!--", 4) == 0)
		w->comment = a + 4;
	if (w->comment == UINT32_MAX || z < w->comment + 3 || memcmp(s + z - 3, "-->", 3) != 0)
		return;
	source_comment(w->f->a->src, layer_extent(w->l, w->comment, z - 3), s + w->comment, z - 3 - w->comment, false);
	w->comment = UINT32_MAX;
}

static void
inline_html(struct walk *w, uint32_t a, uint32_t z)
{
	static const char *const hidden[] = { "script", "style", "iframe", "video", "audio", "object", "svg", "noscript" };
	const char *s = w->l->s;
	char name[12];
	bool closing;

	w->last = z;
	inline_comment(w, a, z);
	if (z - a < 3 || s[a] != '<')
		return;
	closing = s[a + 1] == '/';
	tag_name(s, a + 1 + closing, z, name);
	if (w->hidden[0] != '\0') {
		if (closing && strcmp(name, w->hidden) == 0)
			w->hidden[0] = '\0';
	} else if (strcmp(name, "br") == 0) {
		hard_break(w, a, z);
	} else if (!closing && s[z - 2] != '/') {
		for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++)
			if (strcmp(name, hidden[i]) == 0)
				memcpy(w->hidden, name, sizeof name);
	}
}

/* A line of a block of HTML.  Line ends are no pieces: what stands in the gap is taken, but not what begins lines in a quotation. */
static void
html_piece(struct walk *w, uint32_t a, uint32_t z)
{
	const char *nl = w->html.n != 0 && w->last < a ? memchr(w->l->s + w->last, '\n', a - w->last) : NULL;

	if (nl != NULL)
		layer_copy(&w->html, w->l, (uint32_t)(nl - w->l->s), (uint32_t)(nl - w->l->s) + 1);
	for (uint32_t run = a; run < z;) {
		const char *code = memchr(w->buf + run, CODE_BYTE, z - run);
		uint32_t end = code != NULL ? (uint32_t)(code - w->buf) : z;

		layer_copy(&w->html, w->l, run, end);
		for (run = end; run < z && (unsigned char)w->buf[run] == CODE_BYTE; run++)
			;
	}
	w->last = z;
}

static void
end_html(struct walk *w)
{
	struct layer inner = layer_of_text(&w->html);

	if (inner.n != 0) {
		struct arena arena;
		const struct dom *top;

		arena_init(&arena);
		top = dom_html(&arena, inner.s, inner.n);
		comments_take(w->f->a->src, &inner, top, false);
		w->made += body_markup(w->f, &inner, top);
		arena_release(&arena);
	}
	text_clear(&w->html);
	put_args(w, w->last);
}

/* A thematic break: md4c does not say where, but nothing that is text stands between the last piece and it. */
static void
put_rule(struct walk *w)
{
	uint32_t a, z;

	if (w->no_rules || w->line)
		return;
	if (!markdown_rule(w->buf, w->base, w->last, w->l->n, &a, &z)) {
		w->no_rules = true;
		return;
	}
	put_args(w, a);
	flow_put(w->f, w->l, a, z, FLOW_LITERAL);
	w->made += flow_block(w->f, BLOCK_SEPARATOR, SURE, true) != NULL;
	w->last = z;
}

static int
enter_block(MD_BLOCKTYPE type, void *detail, void *arg)
{
	struct walk *w = arg;
	bool item = type == MD_BLOCK_LI;

	if (w->line) {
		w->plain = w->plain || (type != MD_BLOCK_DOC && (type != MD_BLOCK_P || w->made++ != 0));
		return w->plain;
	}
	switch (type) {
	case MD_BLOCK_QUOTE:
	case MD_BLOCK_LI:
		end_piece(w);
		if (w->depth++ < NESTED)
			w->nested[w->depth - 1] = item ? BLOCK_LIST_ITEM : BLOCK_BLOCKQUOTE;
		break;
	case MD_BLOCK_HR:
		end_piece(w);
		put_rule(w);
		break;
	case MD_BLOCK_H:
		end_piece(w);
		w->level = ((MD_BLOCK_H_DETAIL *)detail)->level;
		w->kind = w->level == 1 && !w->headline && w->depth == 0 ? BLOCK_HEADLINE : BLOCK_CROSSHEAD;
		break;
	case MD_BLOCK_CODE:
		end_piece(w);
		w->kind = BLOCK_EMBED;
		w->in_code = true;
		w->fenced = ((MD_BLOCK_CODE_DETAIL *)detail)->fence_char != 0;
		break;
	case MD_BLOCK_HTML:
		end_piece(w);
		w->in_html = true;
		break;
	case MD_BLOCK_TR:
		end_piece(w);
		w->kind = BLOCK_TABLE;
		w->in_row = true;
		break;
	case MD_BLOCK_TH:
	case MD_BLOCK_TD:
		w->gap = w->f->any ? GAP_CELL : GAP_NONE;
		break;
	default:
		end_piece(w);
	}
	return 0;
}

static int
leave_block(MD_BLOCKTYPE type, void *detail, void *arg)
{
	struct walk *w = arg;

	(void)detail;
	if (w->line || type == MD_BLOCK_TH || type == MD_BLOCK_TD)
		return 0;
	if (w->in_html || (type == MD_BLOCK_CODE && w->html.n != 0))
		end_html(w);
	else
		end_piece(w);
	if (type == MD_BLOCK_H)
		w->last = markdown_underline(w->buf, w->base, w->last, w->l->n);
	if ((type == MD_BLOCK_QUOTE || type == MD_BLOCK_LI) && w->depth != 0)
		w->depth--;
	w->kind = BLOCK_COUNT;
	w->level = 0;
	w->in_code = w->in_html = w->in_row = false;
	return 0;
}

static void
remember(struct walk *w, uint32_t a, uint32_t z, int of)
{
	/* a shortcode stood there */
	if (a < z && memchr(w->buf + a, CODE_BYTE, z - a) == NULL)
		XPUSH(w->addresses, w->naddresses, w->capaddresses) = (struct address){ a, z, of };
}

/* The title behind an address: md4c hands out a copy where references or escapes stand in it. */
static void
find_title(struct walk *w, uint32_t at)
{
	const char *s = w->l->s;
	uint32_t from;
	char close;

	while (at < w->l->n && (s[at] == '>' || str_is_space(s[at])))
		at++;
	if (at >= w->l->n || strchr("\"'(", s[at]) == NULL || s[at] == '\0')
		return;
	close = s[at] == '(' ? ')' : s[at];
	for (from = ++at; at < w->l->n && s[at] != close; at++)
		at += s[at] == '\\';
	if (at < w->l->n)
		remember(w, from, at, TITLE);
}

static int
enter_span(MD_SPANTYPE type, void *detail, void *arg)
{
	struct walk *w = arg;
	const MD_SPAN_IMG_DETAIL *img = detail;
	uint32_t at, src;

	if (type == MD_SPAN_EM)
		w->emphasis++;
	if (type == MD_SPAN_A && !w->line) {
		const MD_SPAN_A_DETAIL *link = detail;

		w->find_address = link->href.size != 0 && !place(w, link->href.text, link->href.size, &at);
		if (link->href.size != 0 && !w->find_address)
			remember(w, at, at + link->href.size, OF_LINK);
	}
	if (type != MD_SPAN_IMG || w->images++ != 0 || w->line)
		return 0;
	w->shape = w->shape <= SHAPE_IMAGE ? SHAPE_IMAGE : SHAPE_OTHER;
	if (img->src.text == NULL || !place(w, img->src.text, img->src.size, &src)) {
		src = UINT32_MAX;
	} else {
		remember(w, src, src + img->src.size, OF_PICTURE);
	}
	if (img->title.text == NULL || img->title.size == 0)
		return 0;
	if (place(w, img->title.text, img->title.size, &at))
		remember(w, at, at + img->title.size, TITLE);
	else if (src != UINT32_MAX)
		find_title(w, src + img->src.size);
	return 0;
}

static int
leave_span(MD_SPANTYPE type, void *detail, void *arg)
{
	struct walk *w = arg;
	uint32_t a, z;

	(void)detail;
	if (type == MD_SPAN_EM && w->emphasis != 0)
		w->emphasis--;
	if (type == MD_SPAN_A && w->find_address && markdown_address(w->l->s, w->l->n, w->last, &a, &z))
		remember(w, a, z, OF_LINK);
	w->find_address = w->find_address && type != MD_SPAN_A;
	if (type == MD_SPAN_IMG && w->images != 0)
		w->images--;
	return 0;
}

/* Definitions of references stand between pieces of text: one that nothing refers to is how Markdown is commented. */
static void
look_for_comments(struct walk *w, uint32_t before)
{
	uint32_t a, z;

	if (w->line)
		return;
	while (w->seen < before && markdown_comment(w->l->s, w->base, &w->seen, before, &a, &z))
		source_comment(w->f->a->src, (struct extent){ a, z }, w->l->s + a, z - a, false);
}

static int
text_piece(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE n, void *arg)
{
	struct walk *w = arg;
	uint32_t a = 0;
	bool placed = n != 0 && place(w, text, n, &a);

	if (!placed) {
		if (!w->in_html && w->images == 0 && type != MD_TEXT_NULLCHAR &&
		    (type == MD_TEXT_BR || type == MD_TEXT_SOFTBR || (n != 0 && (*text == '\n' || !w->in_code)))) {
			w->gap = GAP_LINE;
			if (w->in_code && w->html.n != 0)
				w->gap = GAP_NONE;
		}
		return 0;
	}
	look_for_comments(w, a);
	w->seen = a + (uint32_t)n;
	if (w->in_html) {
		html_piece(w, a, a + n);
	} else if (w->images != 0) {
		w->last = a + n;
	} else if (type == MD_TEXT_HTML) {
		inline_html(w, a, a + n);
	} else if (w->in_code && !w->fenced && (w->html.n != 0 || (!w->f->any && *text == '<'))) {
		html_piece(w, a, a + n);	/* markup that was set in below a blank line, as templates have it */
	} else {
		put(w, a, a + n, type == MD_TEXT_ENTITY ? FLOW_MARKUP : FLOW_LITERAL);
	}
	return 0;
}

static void
parse(struct walk *w)
{
	static const MD_PARSER parser = {
		.flags = FLAGS, .enter_block = enter_block, .leave_block = leave_block, .enter_span = enter_span,
		.leave_span = leave_span, .text = text_piece,
	};

	w->kind = BLOCK_COUNT;
	w->last = w->seen = w->base;
	w->comment = UINT32_MAX;
	/* no callback ends it before time here: it had no memory */
	if (md_parse(w->buf + w->base, w->l->n - w->base, &parser, w) != 0 && !w->plain)
		xmalloc_failed(w->l->n);
	look_for_comments(w, w->l->n);
	text_release(&w->html);
	free(w->addresses);
}

/* Is the layer one paragraph? */
static int
no_span(MD_SPANTYPE type, void *detail, void *arg)
{
	(void)type;
	(void)detail;
	(void)arg;
	return 0;
}

static int
no_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE n, void *arg)
{
	(void)type;
	(void)text;
	(void)n;
	(void)arg;
	return 0;
}

static bool
is_paragraph(const struct layer *l)
{
	static const MD_PARSER parser = {
		.flags = FLAGS, .enter_block = enter_block, .leave_block = leave_block, .enter_span = no_span, .leave_span = no_span,
		.text = no_text,
	};
	struct walk w = { .line = true };

	md_parse(l->s, l->n, &parser, &w);
	return !w.plain;
}

void
markdown_line(struct flow *f, const struct layer *l)
{
	struct walk w = { .f = f, .l = l, .buf = l->s, .line = true };

	if (l->n == 0)
		return;
	if (markdown_is_literal(l->s, l->n))
		flow_put(f, l, 0, l->n, FLOW_LITERAL);
	else if (is_paragraph(l))
		parse(&w);
	else
		flow_put(f, l, 0, l->n, FLOW_MARKUP);
}

static bool
is_named(const struct source *src)
{
	static const char *const suffixes[] = { "md", "markdown", "mdown", "mkd" };
	const char *dot = strrchr(src->path, '.');

	for (size_t i = 0; dot != NULL && i < sizeof suffixes / sizeof *suffixes; i++)
		if (strcasecmp(dot + 1, suffixes[i]) == 0)
			return true;
	return false;
}

/* Plain copy has stars and dashes too: only front matter says what it is by itself.  A file whose name says so may begin with any
 * tag. */
static int
sniff(const struct look *k)
{
	struct front front;

	if (front_find(k->src, &front) && (front.closed || is_named(k->src)))
		return 80;
	return is_named(k->src) && k->src->len != 0 && k->src->s[0] == '<' ? 3 : 1;
}

static bool
read_markdown(struct source *src, struct intake *in)
{
	struct article *a = intake_begin(in, src, "markdown", NULL);
	struct layer l = layer_of_source(src);
	struct front front = { 0 };
	struct codes codes;
	struct flow f;
	struct walk w = { .f = &f, .l = &l, .codes = &codes };

	flow_init(&f, a);
	if (front_find(src, &front))
		front_put(&f, src, in, &front);
	else
		front.end = 0;
	w.headline = article_find_block(a, KIND(BLOCK_HEADLINE)) != NULL;
	w.base = front.end;
	codes_find(&codes, &l, w.base);
	w.buf = codes.blanked != NULL ? codes.blanked : src->s;
	parse(&w);
	put_args(&w, UINT32_MAX);
	codes_release(&codes);
	if (a->nblocks == 0) {
		in->refusal = front.end != 0 ? "front matter without any text of a story" : "markup without any text";
		return false;
	}
	intake_end(in, UINT32_MAX);
	return true;
}

const struct reader reader_markdown = {
	.name = "markdown",
	.title = "Markdown, with front matter in YAML or TOML",
	.suffixes = "md markdown mdown mkd",
	.signs = "a first line '---' or '+++' with keys behind it; without front matter by its name",
	.fields = "what front matter says: headline byline dateline located provider source creditline copyright-holder copyright-notice "
	    "usage-terms pub-status embargoed version signal ed-note language published canonical link image loaded",
	.sniff = sniff,
	.read = read_markdown,
};
