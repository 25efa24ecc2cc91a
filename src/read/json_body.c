/* A JSON string that holds a story.
 *
 * It is a layer of its own over the file: its escapes are resolved first, then it is read as what it is.  NITF and XHTML with elements
 * that end where they begin are read as XML (in HTML, <media-reference/> would hold all that follows it), other markup as HTML. */
#include "read/json_body.h"

#include "read/body.h"
#include "read/comments.h"
#include "read/news_content.h"
#include "read/nitf.h"
#include "read/plain.h"
#include "util/dom.h"
#include "util/str.h"

#include <string.h>

enum json_form
json_form_of(const char *s, size_t n)
{
	if (n > 64)
		n = 64;
	if (str_case_find(s, n, "xhtml") != NULL || str_case_find(s, n, "nitf") != NULL || str_case_find(s, n, "xml") != NULL)
		return JSON_FORM_XML;
	if (str_case_find(s, n, "html") != NULL || str_case_find(s, n, "rich") != NULL)
		return JSON_FORM_HTML;
	return str_case_find(s, n, "text/plain") != NULL ? JSON_FORM_PLAIN : JSON_FORM_UNSAID;
}

/* ---- what it is ---- */

struct markup {
	bool any;			/* a tag of HTML or NITF stands in it; "a < b" is none */
	bool nitf;			/* one that is NITF's alone */
	bool void_open;			/* <br>, which HTML ends by itself */
	bool self_closed;		/* <iframe/>, which HTML does not end */
};

static bool
is_one_of(const char *s, size_t n, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (n != 0 && (*s | 0x20) == names[i][0] && str_case_is(s, n, names[i]))
			return true;
	return false;
}
#define IS_ONE_OF(s, n, names) is_one_of(s, n, names, sizeof names / sizeof *names)

/* What the names of these elements are made of. */
static const bool of_name[256] = {
	['a' ... 'z'] = true, ['A' ... 'Z'] = true, ['0' ... '9'] = true, ['.'] = true, ['-'] = true,
};

static struct markup
markup_in(const struct text *t)
{
	static const char *const html[] = {
		"p", "br", "div", "b", "i", "em", "strong", "a", "ul", "ol", "li", "table", "span", "h1", "h2", "h3", "h4", "blockquote", "figure",
		"img", "block", "hl2", "media", "pre", "u", "sup", "sub", "iframe", "section", "article", "html", "body", "h5", "h6", "hr", "header",
		"main", "aside", "q", "cite", "small"
	};
	static const char *const nitf[] = {
		"nitf", "body.head", "body.content", "body.end", "block", "hl1", "hl2", "media", "media-reference", "media-caption", "bq", "hedline"
	};
	static const char *const voids[] = { "br", "img", "hr", "input", "meta", "link", "col", "source", "wbr", "embed" };
	struct markup m = { false, false, false, false };
	const char *s = t->s, *end = s + t->n, *close = s;

	while (s < end && (s = memchr(s, '<', (size_t)(end - s))) != NULL) {
		const char *name = s + (s + 1 < end && s[1] == '/' ? 2 : 1);
		size_t n = 0;
		bool ends;

		while (name + n < end && n < 16 && of_name[(unsigned char)name[n]])
			n++;
		s = name;
		if (n == 0 || name + n == end || strchr(" >/\n\r\t", name[n]) == NULL)
			continue;
		if (close <= name)		/* each '>' is looked for once */
			close = memchr(name, '>', (size_t)(end - name));
		if (close == NULL)
			close = end;
		ends = close < end && close[-1] == '/';
		m.any = m.any || IS_ONE_OF(name, n, html) || IS_ONE_OF(name, n, nitf);
		m.nitf = m.nitf || IS_ONE_OF(name, n, nitf);
		if (name[-1] == '/')
			continue;
		if (!IS_ONE_OF(name, n, voids))
			m.self_closed = m.self_closed || ends;
		else
			m.void_open = m.void_open || !ends;
	}
	return m;
}

bool
json_has_tags(const struct text *t)
{
	return markup_in(t).any;
}

/* ---- as XML ---- */

enum { HEAD_BLOCKS = 16 };

/* Does a block of that kind say what `el` says?  Only the first few are asked, so that the time stays linear. */
static bool
is_said(const struct flow *f, enum block_kind kind, const struct layer *l, const struct dom *el)
{
	struct text text;
	bool said = false;

	text_init(&text);
	body_text(&text, l, el);
	for (size_t i = 0; i < f->a->nblocks && i < HEAD_BLOCKS && !said; i++) {
		const struct block *b = &f->a->blocks[i];
		const char *s = f->a->text.s + b->at.a;
		size_t n = range_len(b->at), at = 0, k = 0;

		if (b->kind != kind)
			continue;
		for (;;) {
			while (at < n && s[at] <= ' ' && s[at] >= 0)
				at++;
			while (k < text.n && text.s[k] <= ' ' && text.s[k] >= 0)
				k++;
			if (at == n || k == text.n || s[at] != text.s[k])
				break;
			at++;
			k++;
		}
		said = at == n && k == text.n;
	}
	text_release(&text);
	return said;
}

/* What the item says itself, its NITF need not say again: a line of the head that is there already is left out. */
static void
put_head(struct flow *f, const struct layer *l, struct head *h)
{
	static const struct { enum head_slot slot; enum block_kind kind; } kinds[] = {
		{ HEAD_HEADLINE, BLOCK_HEADLINE }, { HEAD_SUBHEAD, BLOCK_SUBHEAD }, { HEAD_STANDFIRST, BLOCK_STANDFIRST },
		{ HEAD_BYLINE, BLOCK_BYLINE }, { HEAD_DATELINE, BLOCK_DATELINE },
	};

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		for (struct head_line **line = &h->first[kinds[i].slot]; *line != NULL;)
			if ((*line)->attr == NULL && is_said(f, kinds[i].kind, l, (*line)->el))
				*line = (*line)->next;
			else
				line = &(*line)->next;
	head_put(h, f);
}

static void
put_xml(struct flow *f, const struct layer *l, struct source *src)
{
	struct arena arena;
	struct xml_error damage;
	const struct dom *root, *nitf;

	arena_init(&arena);
	root = dom_xml(&arena, l->s, l->n, &damage);
	comments_take(src, l, root, true);
	nitf = content_nitf(root);
	if (nitf != NULL) {
		struct news_seen seen = { 0, 0 };
		struct head head;

		if (damage.message[0] != '\0')
			source_remark(src, REMARK_DAMAGED, layer_extent(l, damage.at, damage.at), arena_strdup(&src->arena, damage.message));
		head_init(&head, &arena, l);
		nitf_fields(f, l, nitf, &seen);
		nitf_head(&head, nitf);
		put_head(f, l, &head);
		nitf_body(f, l, nitf);
	} else {
		body_markup(f, l, root);	/* paragraphs without anything around them: no damage */
	}
	arena_release(&arena);
}

/* ---- all of it ---- */

size_t
json_body_form(struct flow *f, const struct json_file *x, const struct json *v, enum block_kind kind, enum json_form form)
{
	struct text text, words;
	struct layer l, plain;
	struct markup m;
	size_t before = f->a->nblocks;

	if (!json_is_text(v))
		return 0;
	text_init(&text);
	json_text(&text, &x->layer, v, x->src);
	l = layer_of_text(&text);
	m = markup_in(&text);
	if (m.nitf || (form == JSON_FORM_XML && m.self_closed && !m.void_open))
		put_xml(f, &l, x->src);
	else if (m.any || form == JSON_FORM_HTML)
		body_html(f, &l);
	else if (form != JSON_FORM_PLAIN && memchr(text.s, '&', text.n) != NULL) {
		/* "R&amp;D" or "R&D": lines and <jane@example.org> stay what they are */
		text_init(&words);
		layer_decode(&words, &l, 0, l.n);
		plain = layer_of_text(&words);
		plain_blocks(f, &plain, 0, plain.n);
		text_release(&words);
	} else
		plain_blocks(f, &l, 0, l.n);
	text_release(&text);
	if (kind != BLOCK_PARAGRAPH)
		flow_name(f, before, kind);
	return f->a->nblocks - before;
}

size_t
json_body(struct flow *f, const struct json_file *x, const struct json *v, enum block_kind kind)
{
	return json_body_form(f, x, v, kind, JSON_FORM_UNSAID);
}

/* ---- two forms of one text ---- */

/* Marks and blanks of Unicode that a form may have where another has an ASCII one: U+00A0, quotation marks, dashes. */
static size_t
mark_at(const char *s, size_t n)
{
	const unsigned char *u = (const unsigned char *)s;

	if (n >= 2 && u[0] == 0xC2 && (u[1] == 0xA0 || u[1] == 0xAB || u[1] == 0xBB || u[1] == 0xAD))
		return 2;
	return n >= 3 && u[0] == 0xE2 && u[1] == 0x80 ? 3 : 0;
}

void
json_letters(struct buf *to, const struct json_file *x, const struct json *v)
{
	struct text raw, text;
	struct layer l;
	uint32_t at = 0;

	text_init(&raw);
	text_init(&text);
	json_text(&raw, &x->layer, v, NULL);
	l = layer_of_text(&raw);
	while (at < l.n) {
		const char *tag = memchr(l.s + at, '<', l.n - at);
		uint32_t to_tag = tag != NULL ? (uint32_t)(tag - l.s) : l.n;

		layer_decode(&text, &l, at, to_tag);
		tag = tag != NULL ? memchr(tag, '>', l.n - to_tag) : NULL;
		at = tag != NULL ? (uint32_t)(tag - l.s) + 1 : l.n;
	}
	for (size_t i = 0; i < text.n;) {
		char c = text.s[i];
		size_t mark = mark_at(text.s + i, text.n - i);

		if (mark == 0 && ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c < 0))
			buf_putc(to, c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c);
		i += mark != 0 ? mark : 1;
	}
	text_release(&text);
	text_release(&raw);
}

bool
json_begins_with(const struct json_file *x, const struct json *v, const struct json *start)
{
	struct buf a = BUF_INIT, b = BUF_INIT;
	bool is;

	if (!json_is_text(v) || !json_is_text(start))
		return false;
	json_letters(&a, x, v);
	json_letters(&b, x, start);
	is = b.n != 0 && b.n <= a.n && memcmp(a.s, b.s, b.n) == 0;
	buf_release(&a);
	buf_release(&b);
	return is;
}
