/* A story as it is kept where its file may not be at hand. */
#include "stored.h"

#include "util/hash.h"
#include "util/packed.h"
#include "util/xmalloc.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { LEVEL = 6, MOST = SOURCE_MAX };

void
stored_init(struct stored *s)
{
	memset(s, 0, sizeof *s);
	source_init(&s->source);
	article_init(&s->article);
	buf_init(&s->bytes);
	arena_init(&s->arena);
}

void
stored_release(struct stored *s)
{
	article_release(&s->article);
	source_release(&s->source);
	buf_release(&s->bytes);
	arena_release(&s->arena);
	stored_init(s);
}

/* ---- writing ---- */

static void
put_optional(struct buf *out, const char *s)
{
	buf_putc(out, s != NULL);
	if (s != NULL)
		put_string(out, s);
}

/* The file with all ASCII characters blank that no segment is made of.  What is UTF-16 stays as it is. */
static void
put_file(struct buf *out, const struct article *a)
{
	const struct source *src = a->src;
	size_t start;

	put_number(out, src->encoding);
	put_number(out, src->raw_len);
	start = out->n;
	buf_add(out, src->raw, src->raw_len);
	if (src->encoding == ENC_UTF16LE || src->encoding == ENC_UTF16BE)
		return;
	for (char *s = out->s + start, *end = out->s + out->n; s < end; s++)
		if ((unsigned char)*s < 0x80 && *s != '\n' && *s != '\r')
			*s = ' ';
	/* fields and blocks need not follow each other as they do in the file */
	for (size_t i = 0; i < a->text.nsegs; i++) {
		const struct seg *g = &a->text.segs[i];
		struct span keep = source_span(src, (struct extent){ g->src, g->src + g->src_len });

		if (g->kind != SEG_BREAK)
			memcpy(out->s + start + keep.a, src->raw + keep.a, keep.z - keep.a);
	}
}

static void
put_segments(struct buf *out, const struct text *t)
{
	uint32_t end = 0;

	put_number(out, t->nsegs);
	for (size_t i = 0; i < t->nsegs; i++) {
		const struct seg *g = &t->segs[i];
		uint32_t z = i + 1 < t->nsegs ? t->segs[i + 1].text : (uint32_t)t->n;

		buf_putc(out, (char)g->kind);
		put_signed(out, (int64_t)g->src - end);
		put_number(out, g->src_len);
		end = g->src + g->src_len;
		if (g->kind == SEG_VERBATIM)
			continue;
		put_number(out, z - g->text);
		buf_add(out, t->s + g->text, z - g->text);
	}
}

static void
put_blocks(struct buf *out, const struct article *a)
{
	uint32_t end = 0, paragraph = 0;

	put_number(out, a->nblocks);
	for (size_t i = 0; i < a->nblocks; i++) {
		const struct block *b = &a->blocks[i];

		buf_putc(out, (char)b->kind);
		buf_putc(out, (char)(b->confidence | b->blank_before << 2 | b->from_markup << 3 | b->level << 4));
		put_signed(out, (int64_t)b->at.a - end);
		put_number(out, range_len(b->at));
		put_signed(out, (int64_t)b->paragraph - paragraph);
		end = b->at.z;
		paragraph = b->paragraph;
		put_number(out, b->nparts);
		for (uint32_t k = 0; k < b->nparts; k++) {
			buf_putc(out, (char)b->parts[k].name);
			put_signed(out, (int64_t)b->parts[k].at.a - b->at.a);
			put_number(out, range_len(b->parts[k].at));
			put_optional(out, b->parts[k].value);
		}
	}
}

static void
put_fields(struct buf *out, const struct article *a)
{
	uint32_t end = 0;

	put_number(out, a->nfields);
	for (size_t i = 0; i < a->nfields; i++) {
		const struct field *f = &a->fields[i];

		buf_putc(out, (char)f->name);
		put_signed(out, (int64_t)f->at.a - end);
		put_number(out, range_len(f->at));
		end = f->at.z;
		put_optional(out, f->key);
	}
}

void
stored_encode(const struct article *a, uint32_t ordinal, struct buf *out)
{
	struct buf plain = BUF_INIT;
	uLongf n;

	put_string(&plain, a->src->path != NULL ? a->src->path : "");
	put_string(&plain, a->format);
	put_optional(&plain, a->item);
	put_number(&plain, ordinal);
	put_string(&plain, a->lang != NULL ? a->lang : "und");
	buf_putc(&plain, (char)a->lang_certainty);
	put_file(&plain, a);
	put_segments(&plain, &a->text);
	put_blocks(&plain, a);
	put_fields(&plain, a);
	put_bytes(&plain, hash_bytes(plain.s, plain.n, HASH_INIT), 8);

	buf_add(out, "WS", 2);
	buf_putc(out, STORED_VERSION);
	put_number(out, plain.n);
	n = compressBound(plain.n);
	buf_room(out, n);
	if (compress2((Bytef *)out->s + out->n, &n, (const Bytef *)plain.s, plain.n, LEVEL) != Z_OK)
		n = 0;			/* no memory: xmalloc.h says what becomes of that, and this will not be read */
	out->n += n;
	buf_release(&plain);
}

/* ---- reading ---- */

static const char *
get_optional(struct packed *b, struct arena *arena)
{
	return get_bytes(b, 1) != 0 ? get_string(b, arena) : NULL;
}

/* So many bytes; NULL, and bad, if they are not there. */
static const char *
get_run(struct packed *b, uint64_t n)
{
	const char *s = (const char *)b->s;

	if (b->bad || n > (uint64_t)(b->end - b->s)) {
		b->bad = true;
		return NULL;
	}
	b->s += n;
	return s;
}

/* A place: `gap` behind or before `from`, so long, within `most`. */
static struct range
get_range(struct packed *b, uint32_t from, uint32_t most)
{
	int64_t a = from + get_signed(b), n = get_small(b);

	if (b->bad || a < 0 || a > most || n > most - a) {
		b->bad = true;
		return (struct range){ 0, 0 };
	}
	return (struct range){ (uint32_t)a, (uint32_t)(a + n) };
}

static void
get_segments(struct packed *b, struct article *a)
{
	uint32_t end = 0;

	for (uint32_t left = get_small(b); left > 0 && !b->bad; left--) {
		uint64_t kind = get_bytes(b, 1), n;
		struct range at = get_range(b, end, (uint32_t)a->src->len);
		const char *s;

		end = at.z;
		n = kind == SEG_VERBATIM ? range_len(at) : get_number(b);
		s = kind == SEG_VERBATIM ? a->src->s + at.a : get_run(b, n);
		b->bad = b->bad || kind > SEG_BREAK || a->text.n + n > MOST;
		if (!b->bad)
			text_segment(&a->text, (enum seg_kind)kind, s, (size_t)n, (struct extent){ at.a, at.z });
	}
}

static void
get_parts(struct packed *b, struct article *a, struct block *to)
{
	uint32_t n = get_small(b);

	if (n > UINT16_MAX || n > (size_t)(b->end - b->s)) {
		b->bad = true;
		return;
	}
	to->parts = n != 0 ? arena_alloc(&a->arena, n * sizeof *to->parts) : NULL;
	for (uint32_t k = 0; k < n && !b->bad; k++) {
		uint64_t name = get_bytes(b, 1);

		to->parts[k].at = get_range(b, to->at.a, (uint32_t)a->text.n);
		to->parts[k].value = get_optional(b, &a->arena);
		to->parts[k].name = (enum part_name)name;
		b->bad = b->bad || name >= PART_COUNT;
	}
	to->nparts = (uint16_t)n;
}

static void
get_blocks(struct packed *b, struct article *a)
{
	uint32_t end = 0;
	int64_t paragraph = 0;

	for (uint32_t left = get_small(b); left > 0 && !b->bad; left--) {
		uint64_t kind = get_bytes(b, 1), bits = get_bytes(b, 1);
		struct block *to;

		if (b->bad || kind >= BLOCK_COUNT || (bits & 3) > SURE) {
			b->bad = true;
			return;
		}
		to = &XPUSH(a->blocks, a->nblocks, a->capblocks);
		*to = (struct block){ .kind = (enum block_kind)kind, .confidence = (enum certainty)(bits & 3), .blank_before = bits >> 2 & 1,
			.from_markup = bits >> 3 & 1, .level = bits >> 4 };
		to->at = get_range(b, end, (uint32_t)a->text.n);
		b->bad = b->bad || to->at.a < end;	/* they lie in order */
		end = to->at.z;
		paragraph += get_signed(b);
		b->bad = b->bad || paragraph < 0 || paragraph > UINT32_MAX;
		to->paragraph = (uint32_t)paragraph;
		get_parts(b, a, to);
	}
}

static void
get_fields(struct packed *b, struct article *a)
{
	uint32_t end = 0;

	for (uint32_t left = get_small(b); left > 0 && !b->bad; left--) {
		uint64_t name = get_bytes(b, 1);
		struct range at = get_range(b, end, (uint32_t)a->text.n);
		const char *key = get_optional(b, &a->arena);

		end = at.z;
		b->bad = b->bad || name >= FIELD_COUNT;
		if (!b->bad)
			XPUSH(a->fields, a->nfields, a->capfields) = (struct field){ (enum field_name)name, at, key };
	}
}

static void
get_article(struct stored *s, struct packed *b)
{
	struct article *a = &s->article;
	struct source_options opt = { .forced = true };
	const char *path = get_string(b, &s->arena), *format = get_string(b, &s->arena), *item = get_optional(b, &s->arena), *lang, *raw;
	uint64_t certainty, encoding, n;

	s->ordinal = get_small(b);
	lang = get_string(b, &s->arena);
	certainty = get_bytes(b, 1);
	encoding = get_number(b);
	n = get_number(b);
	raw = get_run(b, n);
	if (b->bad || certainty > SURE || encoding >= ENC_COUNT) {
		b->bad = true;
		return;
	}
	opt.encoding = (enum encoding)encoding;
	if (source_load_mem(&s->source, path, raw, (size_t)n, &opt) != SOURCE_OK) {
		b->bad = true;
		return;
	}
	article_reset(a, &s->source, format);
	a->item = item;
	a->lang = lang;
	a->lang_certainty = (enum certainty)certainty;
	a->whole = (struct extent){ 0, (uint32_t)s->source.len };
	get_segments(b, a);
	get_blocks(b, a);
	get_fields(b, a);
	if (!b->bad && b->s == b->end)
		article_read_words(a);
}

bool
stored_decode(struct stored *s, const void *bytes, size_t n, const char **why)
{
	struct packed b = { bytes, (const unsigned char *)bytes + n, false };
	uint64_t length;
	uLongf got;

	arena_reset(&s->arena);
	buf_clear(&s->bytes);
	if (n < 4 || memcmp(b.s, "WS", 2) != 0) {
		*why = "is no stored story";
		return false;
	}
	if (b.s[2] != STORED_VERSION) {
		*why = arena_printf(&s->arena, "is stored in version %u, expected %d", b.s[2], STORED_VERSION);
		return false;
	}
	*why = "is damaged";
	b.s += 3;
	length = get_number(&b);
	/* zlib makes at most 1032 bytes of one */
	if (b.bad || length < 8 || length > MOST || length > (uint64_t)(b.end - b.s) * 1032 + 64)
		return false;
	buf_room(&s->bytes, (size_t)length);
	got = (uLongf)length;
	if (uncompress((Bytef *)s->bytes.s, &got, b.s, (uLong)(b.end - b.s)) != Z_OK || got != length)
		return false;
	s->bytes.n = (size_t)length;
	b = (struct packed){ (const unsigned char *)s->bytes.s + length - 8, (const unsigned char *)s->bytes.s + length, false };
	if (get_bytes(&b, 8) != hash_bytes(s->bytes.s, (size_t)length - 8, HASH_INIT))
		return false;
	b = (struct packed){ (const unsigned char *)s->bytes.s, (const unsigned char *)s->bytes.s + length - 8, false };
	get_article(s, &b);
	return !b.bad && b.s == b.end;
}
