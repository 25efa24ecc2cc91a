/* Layers and flows: from what a reader looks at to fields and blocks, without losing the way back. */
#include "read/layer.h"

#include "util/entity.h"
#include "util/next_of.h"
#include "util/str.h"
#include "util/utf8.h"

#include <string.h>

struct layer
layer_of_source(const struct source *src)
{
	return (struct layer){ src->s, (uint32_t)src->len, NULL };
}

struct layer
layer_of_text(const struct text *t)
{
	return (struct layer){ t->n != 0 ? t->s : "", (uint32_t)t->n, t };	/* never NULL: memchr() and its kind want that */
}

struct extent
layer_extent(const struct layer *l, uint32_t a, uint32_t z)
{
	return l->outer == NULL ? (struct extent){ a, z } : text_extent(l->outer, (struct range){ a, z });
}

void
layer_copy(struct text *to, const struct layer *l, uint32_t a, uint32_t z)
{
	if (l->outer == NULL)
		text_verbatim(to, l->s + a, z - a, a);
	else
		text_append(to, l->outer, (struct range){ a, z });
}

void
layer_decode(struct text *to, const struct layer *l, uint32_t a, uint32_t z)
{
	uint32_t run = a;

	while (a < z) {
		const char *amp = memchr(l->s + a, '&', z - a);
		char c[ENTITY_MOST];
		size_t n = 0, len;

		if (amp == NULL)
			break;
		a = (uint32_t)(amp - l->s);
		len = entity_at(amp, z - a, c, &n);
		if (len == 0) {
			a++;
			continue;
		}
		layer_copy(to, l, run, a);
		text_segment(to, SEG_ENTITY, c, n, layer_extent(l, a, a + (uint32_t)len));
		run = a += (uint32_t)len;
	}
	if (run < z)
		layer_copy(to, l, run, z);
}

void
flow_init(struct flow *f, struct article *a)
{
	memset(f, 0, sizeof *f);
	f->a = a;
	f->start = (uint32_t)a->text.n;
}

/* Something that is no blank is about to be put, from `at` of the source: what must stand before it. */
static void
begin(struct flow *f, uint32_t at)
{
	struct text *t = &f->a->text;

	if (!f->any) {
		/* words of two blocks must not run together for those who look at the text as a whole */
		if (t->n != 0)
			text_segment(t, SEG_BREAK, "\n", 1, (struct extent){ at, at });
		f->start = (uint32_t)t->n;
	} else if (f->blank) {
		/* a group of base64 may hold the blank and what follows it */
		if (f->blank_at.a > at)
			f->blank_at.a = f->blank_at.z = at;
		text_segment(t, f->blank_kind, &f->blank_char, 1, f->blank_at);
	}
	f->any = true;
	f->blank = false;
}

/* What the characters of a layer's text stand for; l->outer is not NULL. */
static const struct seg *
seg_of(const struct layer *l, uint32_t at)
{
	return &l->outer->segs[text_seg_at(l->outer, at)];
}

static bool
is_verbatim(const struct layer *l, uint32_t at)
{
	return seg_of(l, at)->kind == SEG_VERBATIM;
}

/* A blank that stands in the file as a reference or as a long escape: no white space to whoever looks there. */
static bool
is_reference(const struct seg *seg)
{
	return (seg->kind == SEG_ENTITY || seg->kind == SEG_ESCAPE) && seg->src_len > 2;
}

/* White space [a, z) of a layer some of which may be references: the first that is none stands for all of it, else the first. */
static void
find_blank(struct flow *f, const struct layer *l, uint32_t a, uint32_t z)
{
	bool any = false;

	for (uint32_t i = a; i < z && !any; i++)
		any = is_reference(seg_of(l, i));
	if (!any)
		return;
	for (uint32_t i = a; i < z; i++)
		if (!is_reference(seg_of(l, i))) {
			f->blank_at = layer_extent(l, i, i + 1);
			return;
		}
	f->blank_at = layer_extent(l, a, a + 1);
	f->blank_char = l->s[a];
	f->blank_kind = seg_of(l, a)->kind;
}

void
flow_blank(struct flow *f, const struct layer *l, uint32_t a, uint32_t z)
{
	if (!f->any || f->blank)
		return;
	f->blank = true;
	f->blank_at = layer_extent(l, a, z);
	f->blank_char = ' ';
	f->blank_kind = l->outer == NULL && z - a == 1 && l->s[a] == ' ' ? SEG_VERBATIM : SEG_BREAK;
	if (a < z && l->s[a] == '<' && l->s[z - 1] != '>')
		f->blank_at.z = f->blank_at.a;		/* the file ends inside of the tag */
	if (l->outer == NULL || a >= z || f->blank_at.z - f->blank_at.a == z - a)
		return;
	if (str_is_space(l->s[a]))
		find_blank(f, l, a, z);
	/* a tag whose own brackets are escaped (&lt;br&gt; in a feed) is text to whoever looks at the file: the blank is behind it */
	else if (l->s[a] == '<' && !(is_verbatim(l, a) && is_verbatim(l, z - 1)))
		f->blank_at.a = f->blank_at.z;
}

void
flow_char(struct flow *f, const struct layer *l, enum seg_kind kind, const char *s, size_t n, uint32_t a, uint32_t z)
{
	struct extent e = layer_extent(l, a, z);

	if (n == 0)
		return;
	if (n == 1 && str_is_space(*s)) {
		bool waiting = f->blank;

		flow_blank(f, l, a, z);
		if (!waiting) {
			f->blank_char = *s;
			f->blank_kind = kind;
		}
		return;
	}
	begin(f, e.a);
	text_segment(&f->a->text, kind, s, n, e);
}

static void
put_run(struct flow *f, const struct layer *l, uint32_t a, uint32_t z)
{
	if (a >= z)
		return;
	begin(f, layer_extent(l, a, z).a);
	layer_copy(&f->a->text, l, a, z);
}

/* What is no part of a run: white space, and what may be a reference. */
enum { SPACE = 1, AMP = 2 };
static const unsigned char parts[256] = { [' '] = SPACE, ['\t' ... '\r'] = SPACE, ['&'] = AMP };

/* Where the words that begin at `a` end, single spaces between them included: at white space that is more, or a possible reference. */
static uint32_t
skip_words(const char *s, uint32_t a, uint32_t z)
{
	static const struct byte_set ends = {{'&', '&', '&', '&', '&', '&'}, '\t', '\r'};
	uint32_t end = (uint32_t)next_of_or_twice(s, a, z, &ends, ' ');

	/* a space at its end is none between two words */
	return s[end - 1] == ' ' && (end == z || s[end] != '&') ? end - 1 : end;
}

void
flow_put(struct flow *f, const struct layer *l, uint32_t a, uint32_t z, enum flow_mode mode)
{
	uint32_t run = a, end;

	while (a < z) {
		char c = l->s[a];

		if (parts[(unsigned char)c] == 0) {
			if ((a = skip_words(l->s, a, z)) == z)
				break;
			c = l->s[a];
		}
		if (parts[(unsigned char)c] == SPACE) {
			for (end = a + 1; end < z && parts[(unsigned char)l->s[end]] == SPACE; end++)
				;
			/* one space between two words stays what it is */
			if (!(c == ' ' && end == a + 1 && end < z && run < a)) {
				put_run(f, l, run, a);
				flow_blank(f, l, a, end);
				run = end;
			}
			a = end;
		} else if (mode == FLOW_MARKUP) {
			char out[ENTITY_MOST];
			size_t n = 0, len = entity_at(l->s + a, z - a, out, &n);

			if (len == 0) {
				a++;
				continue;
			}
			put_run(f, l, run, a);
			end = a + (uint32_t)len;
			flow_char(f, l, SEG_ENTITY, out, n, a, end);
			run = a = end;
		} else {
			a++;
		}
	}
	put_run(f, l, run, z);
}

/* Ends the open piece; false if there is nothing in it but white space of any kind. */
static bool
close_piece(struct flow *f, struct range *r)
{
	bool any = f->any;

	f->any = f->blank = false;
	if (!any)
		return false;
	*r = text_trim(&f->a->text, (struct range){ f->start, (uint32_t)f->a->text.n });
	return r->a < r->z;
}

static struct block *
add_block(struct flow *f, enum block_kind kind, enum certainty c, bool from_markup, bool beside)
{
	struct range r;
	struct block *b;

	if (!close_piece(f, &r))
		return NULL;
	b = article_block(f->a, kind, c, r.a);
	b->at.z = r.z;
	b->from_markup = from_markup;
	b->blank_before = !beside;
	b->paragraph = beside && f->paragraph != 0 ? f->paragraph : ++f->paragraph;
	return b;
}

struct block *
flow_block(struct flow *f, enum block_kind kind, enum certainty c, bool from_markup)
{
	return add_block(f, kind, c, from_markup, false);
}

struct block *
flow_block_beside(struct flow *f, enum block_kind kind, enum certainty c, bool from_markup)
{
	return add_block(f, kind, c, from_markup, true);
}

struct block *
flow_paragraph(struct flow *f)
{
	return flow_block(f, BLOCK_PARAGRAPH, WEAK, false);
}

struct field *
flow_field(struct flow *f, enum field_name name, const char *key)
{
	struct range r;
	struct field *field;

	if (!close_piece(f, &r))
		return NULL;
	field = article_field(f->a, name, r.a);
	field->at.z = r.z;
	field->key = key;
	return field;
}

struct field *
flow_field_of(struct flow *f, const struct block *b, enum field_name name, const char *key)
{
	struct field *field;

	if (b == NULL)
		return NULL;
	field = article_field(f->a, name, b->at.a);
	field->at.z = b->at.z;
	field->key = key;
	return field;
}

void
flow_name(struct flow *f, size_t from, enum block_kind kind)
{
	for (size_t i = from; i < f->a->nblocks; i++) {
		struct block *b = &f->a->blocks[i];

		if (b->kind != BLOCK_PARAGRAPH)
			continue;
		b->kind = kind;
		b->confidence = SURE;
		b->from_markup = true;
	}
}

void
flow_drop(struct flow *f)
{
	struct range r;

	close_piece(f, &r);
}

struct field *
flow_whole_field(struct flow *f, const struct layer *l, uint32_t a, uint32_t z, enum flow_mode mode,
    enum field_name name, const char *key)
{
	flow_drop(f);
	flow_put(f, l, a, z, mode);
	return flow_field(f, name, key);
}

struct block *
flow_whole_block(struct flow *f, const struct layer *l, uint32_t a, uint32_t z, enum flow_mode mode, enum block_kind kind)
{
	flow_drop(f);
	flow_put(f, l, a, z, mode);
	return flow_block(f, kind, SURE, true);
}
