/* What is kept of a story to find copies of it by: taken, written as bytes, read again. */
#include "analysis/digest.h"

#include "analysis/moment.h"
#include "facts/facts.h"
#include "rule/profile.h"
#include "util/hash.h"
#include "util/packed.h"
#include "util/str.h"
#include "util/xmalloc.h"

#include <stdlib.h>
#include <string.h>

void
digest_init(struct digest *d)
{
	memset(d, 0, sizeof *d);
	arena_init(&d->arena);
	d->path = d->item = d->url = d->outlet = d->agency = d->byline = "";
}

void
digest_release(struct digest *d)
{
	free(d->paragraphs);
	free(d->prints);
	arena_release(&d->arena);
	digest_init(d);
}

static void
forget(struct digest *d)
{
	struct digest old = *d;

	arena_reset(&old.arena);
	memset(d, 0, sizeof *d);
	d->arena = old.arena;
	d->paragraphs = old.paragraphs;
	d->capparagraphs = old.capparagraphs;
	d->prints = old.prints;
	d->capprints = old.capprints;
	d->path = d->item = d->url = d->outlet = d->agency = d->byline = "";
}

const char *
digest_host(const char *url, size_t *n)
{
	const char *s = strstr(url, "://");

	*n = 0;
	if (s == NULL)
		return url;
	s += 3;
	if (str_case_begins(s, strlen(s), "www."))
		s += 4;
	*n = strcspn(s, "/?#:");
	return s;
}

/* ---- taking ---- */

static const char *
value(struct arena *arena, const struct article *a, const struct field *f)
{
	enum { LONGEST = 200 };		/* what is longer is no name and no address */
	struct range at = text_trim(&a->text, f->at);

	if (range_len(at) > LONGEST || memchr(text_at(&a->text, at), '\0', range_len(at)) != NULL)
		return "";
	return arena_strndup(arena, text_at(&a->text, at), range_len(at));
}

static void
take_field(struct digest *d, struct arena *arena, const struct article *a, const struct field *f)
{
	struct range at = text_trim(&a->text, f->at);
	const char *s = text_at(&a->text, at);
	struct moment m;

	if (range_len(at) == 0)
		return;
	if (f->name == FIELD_CANONICAL && *d->url == '\0')
		d->url = value(arena, a, f);
	else if ((f->name == FIELD_PROVIDER || f->name == FIELD_COPYRIGHT_HOLDER || f->name == FIELD_SOURCE) && *d->outlet == '\0')
		d->outlet = value(arena, a, f);
	else if (f->name == FIELD_BYLINE && *d->byline == '\0')
		d->byline = value(arena, a, f);
	else if ((f->name == FIELD_PUBLISHED || f->name == FIELD_VERSION) && date_moment(s, range_len(at), &m))
		d->published = m.at > d->published ? m.at : d->published;
	else if (f->name == FIELD_VERSION && range_len(at) < 10)
		d->version = (uint32_t)strtoul(value(arena, a, f), NULL, 10);
	d->withdrawn = d->withdrawn || article_is_withdrawn(a, f);
}

void
digest_about(struct digest *d, const struct article *a, struct arena *arena)
{
	struct provenance p = { .block = 0 };
	const char *agency = provenance_next(a, &p);

	d->path = d->item = d->url = d->outlet = d->agency = d->byline = "";
	d->path = arena_strdup(arena, a->src->path != NULL ? a->src->path : "");
	d->item = a->item != NULL ? arena_strdup(arena, a->item) : "";
	d->agency = agency != NULL ? arena_strdup(arena, agency) : "";
	for (size_t i = 0; i < a->nfields; i++)
		take_field(d, arena, a, &a->fields[i]);
	for (size_t i = 0; i < a->nblocks; i++) {
		const struct block *b = &a->blocks[i];
		const struct part *person = b->kind == BLOCK_BYLINE && *d->byline == '\0' ? block_part(b, PART_PERSON) : NULL;

		d->corrected = d->corrected || b->kind == BLOCK_CORRECTION;
		if (person != NULL)
			d->byline = arena_strndup(arena, text_at(&a->text, person->at), range_len(person->at));
	}
}

void
digest_take(struct digest *d, const struct article *a, const struct passage *p)
{
	size_t k = 0;

	forget(d);
	digest_about(d, a, &d->arena);
	d->words = p->words.n;
	d->quoted = p->quoted;
	d->whole = p->whole;
	for (size_t i = 0; i < p->nparagraphs; i++) {
		const struct paragraph *g = &p->paragraphs[i];
		struct digest_paragraph *to = &XPUSH(d->paragraphs, d->nparagraphs, d->capparagraphs);

		*to = (struct digest_paragraph){ .kind = g->kind, .at = source_span(a->src, text_extent(&a->text, g->at)), .units = g->units,
			.quoted = g->quoted, .first = (uint32_t)d->nprints };
		to->hash = g->kind != PARAGRAPH_PROSE || g->units >= PARAGRAPH_LEAST ? g->hash : 0;
		for (; g->kind == PARAGRAPH_PROSE && k < p->nprints && p->prints[k].unit < g->end; k++)
			XPUSH(d->prints, d->nprints, d->capprints) = (struct digest_print){ p->prints[k].hash, p->prints[k].quoted };
		to->nprints = (uint32_t)d->nprints - to->first;
	}
}

/* ---- writing ---- */

void
digest_encode(const struct digest *d, struct buf *out)
{
	size_t start = out->n;
	uint32_t end = 0;

	buf_add(out, "WD", 2);
	buf_putc(out, DIGEST_VERSION);
	put_number(out, d->words);
	put_number(out, d->quoted);
	put_bytes(out, d->whole, 8);
	put_signed(out, d->published);
	put_number(out, d->version);
	put_number(out, (d->corrected ? 1 : 0) | (d->withdrawn ? 2 : 0));
	put_string(out, d->path);
	put_string(out, d->item);
	put_string(out, d->url);
	put_string(out, d->outlet);
	put_string(out, d->agency);
	put_string(out, d->byline);
	put_number(out, d->nparagraphs);
	for (size_t i = 0; i < d->nparagraphs; i++) {
		const struct digest_paragraph *g = &d->paragraphs[i];

		buf_putc(out, (char)g->kind);
		put_signed(out, (int64_t)g->at.a - end);
		put_number(out, g->at.z - g->at.a);
		end = g->at.z;
		put_number(out, g->units);
		put_number(out, g->quoted);
		if (g->kind != PARAGRAPH_PROSE || g->units >= PARAGRAPH_LEAST)
			put_bytes(out, g->hash, 8);
		if (g->kind != PARAGRAPH_PROSE)
			continue;
		put_number(out, g->nprints);
		for (uint32_t k = g->first; k < g->first + g->nprints; k++)
			put_bytes(out, d->prints[k].hash | (uint64_t)d->prints[k].quoted << PRINT_BITS, 5);
	}
	put_bytes(out, hash_bytes(out->s + start, out->n - start, HASH_INIT) & 0xffffffffu, 4);
}

/* ---- reading ---- */

static void
get_paragraph(struct digest *d, struct packed *b, int64_t *end)
{
	struct digest_paragraph g = { .kind = (enum paragraph_kind)get_bytes(b, 1) };
	int64_t a = *end + get_signed(b), z = a + get_small(b);

	if (g.kind >= PARAGRAPH_COUNT || a < 0 || z > UINT32_MAX) {
		b->bad = true;
		return;
	}
	g.at = (struct span){ (uint32_t)a, (uint32_t)z };
	*end = z;
	g.units = get_small(b);
	g.quoted = get_small(b);
	if (g.kind != PARAGRAPH_PROSE || g.units >= PARAGRAPH_LEAST)
		g.hash = get_bytes(b, 8);
	g.first = (uint32_t)d->nprints;
	g.nprints = g.kind == PARAGRAPH_PROSE ? get_small(b) : 0;
	if (g.nprints > (size_t)(b->end - b->s) / 5) {
		b->bad = true;
		return;
	}
	for (uint32_t k = 0; k < g.nprints; k++) {
		uint64_t v = get_bytes(b, 5);

		XPUSH(d->prints, d->nprints, d->capprints) = (struct digest_print){ v & (((uint64_t)1 << PRINT_BITS) - 1), v >> PRINT_BITS };
	}
	XPUSH(d->paragraphs, d->nparagraphs, d->capparagraphs) = g;
}

bool
digest_decode(struct digest *d, const void *bytes, size_t n, const char **why)
{
	struct packed b = { bytes, (const unsigned char *)bytes + n, false };
	uint64_t count, flags;
	int64_t end = 0;

	forget(d);
	if (n < 7 || memcmp(b.s, "WD", 2) != 0) {
		*why = "is no digest of a story";
		return false;
	}
	if (b.s[2] != DIGEST_VERSION) {
		*why = arena_printf(&d->arena, "is a digest of version %u, expected %d", b.s[2], DIGEST_VERSION);
		return false;
	}
	*why = "is damaged";
	b.end -= 4;
	b.s = b.end;
	b.end += 4;
	if (get_bytes(&b, 4) != (hash_bytes(bytes, n - 4, HASH_INIT) & 0xffffffffu))
		return false;
	b = (struct packed){ (const unsigned char *)bytes + 3, (const unsigned char *)bytes + n - 4, false };
	d->words = get_small(&b);
	d->quoted = get_small(&b);
	d->whole = get_bytes(&b, 8);
	d->published = get_signed(&b);
	d->version = get_small(&b);
	flags = get_number(&b);
	d->corrected = flags & 1;
	d->withdrawn = flags & 2;
	d->path = get_string(&b, &d->arena);
	d->item = get_string(&b, &d->arena);
	d->url = get_string(&b, &d->arena);
	d->outlet = get_string(&b, &d->arena);
	d->agency = get_string(&b, &d->arena);
	d->byline = get_string(&b, &d->arena);
	count = get_number(&b);
	while (!b.bad && count-- > 0)
		get_paragraph(d, &b, &end);
	return !b.bad && b.s == b.end;
}
