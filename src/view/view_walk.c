/* One walk over the article says what its XML is; two sinks take it: one prints it, the other (view.c) grows a tree for
 * XPath.  So what an author sees is what a rule asks. */
#include "util/utf8.h"
#include "view/view.h"
#include "view/view_walk.h"

#include <string.h>

/* ---- The walk ---- */

static void
attr_cstr(struct sink *k, const char *name, const char *s, struct range at)
{
	if (s != NULL)
		k->attr(k, name, s, strlen(s), at);
}

/* Where the story begins and ends: the indices of the lead (without one, of the first block of group body) and behind the
 * last block of that group. */
struct bounds { size_t lead, behind; };

static struct bounds
bounds_of(const struct article *a)
{
	kind_set body = kind_set_group(GROUP_BODY);
	struct bounds b = { 0, a->nblocks };

	while (b.lead < a->nblocks && a->blocks[b.lead].kind != BLOCK_LEAD)
		b.lead++;
	if (b.lead == a->nblocks)
		for (b.lead = 0; b.lead < a->nblocks && !(KIND(a->blocks[b.lead].kind) & body);)
			b.lead++;
	while (b.behind > 0 && !(KIND(a->blocks[b.behind - 1].kind) & body))
		b.behind--;
	return b;
}

/* Zone and neighbours are attributes, so that a rule on order needs no sibling axis: those take a walk over the article for
 * each block that is asked about. */
static void
walk_block(struct sink *k, const struct article *a, size_t i, const struct bounds *bounds)
{
	const struct block *b = &a->blocks[i];
	uint32_t at = b->at.a;
	bool seen[PART_COUNT] = { false };

	k->start(k, "block", b->at);
	attr_cstr(k, "kind", block_kind_name(b->kind), b->at);
	attr_cstr(k, "confidence", certainty_name(b->confidence), b->at);
	attr_cstr(k, "zone", i < bounds->lead ? "head" : i < bounds->behind ? "body" : "foot", b->at);
	attr_cstr(k, "previous", i > 0 ? block_kind_name(b[-1].kind) : NULL, b->at);
	attr_cstr(k, "next", i + 1 < a->nblocks ? block_kind_name(b[1].kind) : NULL, b->at);
	for (uint32_t j = 0; j < b->nparts; j++) {
		const struct part *p = &b->parts[j];
		size_t n;
		const char *s = part_value(a, p, &n);

		if (!seen[p->name])
			k->attr(k, part_name_str(p->name), s, n, p->at);
		seen[p->name] = true;
	}
	for (uint32_t j = 0; j < b->nparts; j++) {
		const struct part *p = &b->parts[j];
		size_t n;
		const char *s = part_value(a, p, &n);

		if (p->at.a < at || p->at.z > b->at.z)	/* an attribute only: elements do not overlap */
			continue;
		k->text(k, a->text.s + at, p->at.a - at);
		k->start(k, "part", p->at);
		attr_cstr(k, "name", part_name_str(p->name), p->at);
		k->attr(k, "value", s, n, p->at);
		k->text(k, a->text.s + p->at.a, range_len(p->at));
		k->end(k);
		at = p->at.z;
	}
	k->text(k, a->text.s + at, b->at.z - at);
	k->end(k);
}

/* Of a run of paragraphs that are alike, the first and last few: a neighbour of a neighbour is still what it was. */
enum { RUN_ENDS = 4 };

static bool
plain_paragraph(const struct block *b, enum certainty confidence)
{
	return b->kind == BLOCK_PARAGRAPH && b->nparts == 0 && b->confidence == confidence;
}

/* The index behind the run of plain paragraphs that begins at i; i itself if none does. */
static size_t
run_end(const struct article *a, size_t i)
{
	enum certainty confidence = a->blocks[i].confidence;

	while (i < a->nblocks && plain_paragraph(&a->blocks[i], confidence))
		i++;
	return i;
}

static void
walk_blocks(struct sink *k, const struct article *a)
{
	struct bounds bounds = bounds_of(a);

	for (size_t i = 0, end, skip; i < a->nblocks; i = end) {
		if ((k->form.kinds & KIND(a->blocks[i].kind)) == 0) {
			end = i + 1;
			continue;
		}
		end = k->form.runs != RUNS_WHOLE ? run_end(a, i) : i;
		skip = end - i > 2 * RUN_ENDS ? end - i - 2 * RUN_ENDS : 0;
		if (end == i)
			end++;
		for (size_t j = i; j < end; j++) {
			if (skip != 0 && j == i + RUN_ENDS) {
				j += skip;
				if (j == end)
					break;
			}
			walk_block(k, a, j, &bounds);
		}
	}
}

void
view_walk(struct sink *k, const struct article *a)
{
	struct range whole = { (uint32_t)a->text.n, (uint32_t)a->text.n };

	k->start(k, "article", whole);
	attr_cstr(k, "format", a->format, whole);
	attr_cstr(k, "lang", a->lang, whole);
	attr_cstr(k, "item", a->item, whole);
	for (size_t i = 0; i < (k->form.kinds == VIEW_ALL ? a->nfields : 0); i++) {
		const struct field *f = &a->fields[i];

		k->start(k, "field", f->at);
		attr_cstr(k, "name", field_name_str(f->name), f->at);
		attr_cstr(k, "key", f->key, f->at);
		k->text(k, text_at(&a->text, f->at), range_len(f->at));
		k->end(k);
	}
	walk_blocks(k, a);
	k->end(k);
}

bool
view_xml_char(unsigned cp)
{
	return cp >= 0x20 ? cp <= 0xFFFD || (cp >= 0x10000 && cp <= 0x10FFFF) : cp == '\t' || cp == '\n' || cp == '\r';
}

/* ---- Printed ---- */

struct printer {
	struct sink sink;
	struct buf *out;
	unsigned depth;
	bool open;			/* the start tag still lacks its '>' */
	const char *names[3];		/* article, block, part */
};

static void
print_escaped(struct buf *out, const char *s, size_t n, bool attr)
{
	const char *end = s + n;

	while (s < end) {
		unsigned cp;
		size_t len = utf8_decode(s, end, &cp);

		if (cp == UTF8_BAD || !view_xml_char(cp))
			buf_putcp(out, 0xFFFD);
		else if (cp == '&')
			buf_puts(out, "&amp;");
		else if (cp == '<')
			buf_puts(out, "&lt;");
		else if (cp == '>')
			buf_puts(out, "&gt;");
		else if ((cp == '"' && attr) || cp == '\r' || (attr && (cp == '\t' || cp == '\n')))
			buf_printf(out, "&#%u;", cp);
		else
			buf_add(out, s, len);
		s += len;
	}
}

static void
print_close_tag(struct printer *p)
{
	if (p->open)
		buf_putc(p->out, '>');
	p->open = false;
}

static void
print_start(struct sink *k, const char *name, struct range at)
{
	struct printer *p = (struct printer *)k;

	(void)at;
	print_close_tag(p);
	if (p->depth == 1)
		buf_puts(p->out, "\n  ");
	buf_putc(p->out, '<');
	buf_puts(p->out, name);
	p->names[p->depth++] = name;
	p->open = true;
}

static void
print_attr(struct sink *k, const char *name, const char *s, size_t n, struct range at)
{
	struct printer *p = (struct printer *)k;

	(void)at;
	buf_putc(p->out, ' ');
	buf_puts(p->out, name);
	buf_puts(p->out, "=\"");
	print_escaped(p->out, s, n, true);
	buf_putc(p->out, '"');
}

static void
print_text(struct sink *k, const char *s, size_t n)
{
	struct printer *p = (struct printer *)k;

	print_close_tag(p);
	print_escaped(p->out, s, n, false);
}

static void
print_end(struct sink *k)
{
	struct printer *p = (struct printer *)k;

	print_close_tag(p);
	if (--p->depth == 0)
		buf_putc(p->out, '\n');
	buf_puts(p->out, "</");
	buf_puts(p->out, p->names[p->depth]);
	buf_putc(p->out, '>');
}

void
view_print(const struct article *a, struct buf *out)
{
	struct printer p = { .sink = { { true, VIEW_ALL, RUNS_WHOLE }, print_start, print_attr, print_text, print_end }, .out = out };

	view_walk(&p.sink, a);
	buf_putc(out, '\n');
}
