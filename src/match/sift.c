/* From what was found to what counts: without the hits that an exception covers or that stand on the wrong side of quotation
 * marks, and with the blocks, parts and fields that the finder asks for.  Done for a finder when a check first asks. */
#include "match/matcher_int.h"

#include "analysis/analysis.h"
#include "facts/facts.h"
#include "rule/profile.h"
#include "rule/word.h"
#include "util/utf8.h"
#include "util/xmalloc.h"

#include <stdlib.h>
#include <string.h>

/* ---- exceptions ---- */

static void
except(struct scan *s, uint32_t a, uint32_t z)
{
	struct range *r = &XPUSH(s->excepted, s->nexcepted, s->capexcepted);

	r->a = a;
	r->z = z;
}

static void
except_by_terms(struct scan *s, const struct finder *f, struct range block)
{
	const char *text = s->article->text.s;
	bool first[256] = { false }, in_word = false;
	uint64_t words = 0, h;

	/* words whose hash is not among these 64 bits begin no term */
	for (size_t i = 0; i < f->nexcept_terms; i++) {
		const struct term *t = &f->except_terms[i];
		size_t n = 0;

		if (t->n == 0)
			continue;
		first[(unsigned char)t->s[0]] = true;
		if (t->s[0] == '\'')
			first[0xE2] = true;
		while (n < t->n) {
			unsigned cp;
			size_t k = utf8_next(t->s + n, &cp);

			if (!word_char(cp))
				break;
			n += k;
		}
		if (n > 0)
			words |= 1ull << (matcher_word_hash(t->s, n) & 63);
	}
	for (uint32_t at = block.a; at < block.z;) {
		unsigned cp;
		size_t n = utf8_next(text + at, &cp);
		bool is = word_char(cp), starts = is && !in_word, try = !is && first[(unsigned char)text[at]];

		if (starts) {
			uint32_t z = at;

			while (z < block.z) {
				unsigned c;
				size_t k = utf8_next(text + z, &c);

				if (!word_char(c))
					break;
				z += (uint32_t)k;
			}
			h = matcher_word_hash(text + at, z - at);
			try = words >> (h & 63) & 1;
		}
		for (size_t i = 0; try && i < f->nexcept_terms; i++) {
			const struct term *t = &f->except_terms[i];
			uint32_t z = 0;

			if (t->n != 0 && (starts || !term_begins_with_word(t)))
				z = term_match(t, text, at, block.z, s->turkic);
			if (z != 0)
				except(s, at, z);
		}
		in_word = is;
		at += (uint32_t)n;
	}
}

static void
except_by_pattern(struct scan *s, const struct finder *f, struct pattern *p, struct range block, uint32_t index)
{
	const char *text = s->article->text.s;
	const struct rx *rx = finder_rx(p);
	uint32_t at = block.a;

	while (rx != NULL && at < block.z) {
		unsigned cut;
		struct range see = scan_piece(text, block.a, block.z, at, &cut);
		const size_t *ov;
		unsigned cp;
		int found = rx_match_piece(rx, s->rx, text + see.a, see.z - see.a, at - see.a, cut);

		if (found < 0)
			break;
		if (found == 0) {
			/* in a huge block: on with the next piece, which overlaps with this one */
			if (!(cut & RX_CUT_AFTER))
				return;
			at = see.z - (see.z - at) / 2;
			while (at < block.z && ((unsigned char)text[at] & 0xC0) == 0x80)
				at++;
			continue;
		}
		ov = rx_ovector(s->rx);
		if (ov[1] > ov[0])
			except(s, see.a + (uint32_t)ov[0], see.a + (uint32_t)ov[1]);
		if (see.a + ov[1] > at)
			at = see.a + (uint32_t)ov[1];
		else
			at += (uint32_t)utf8_next(text + at, &cp);
	}
	if (at < block.z) {
		struct stop *t = &XPUSH(s->stops, s->nstops, s->capstops);

		t->finder = f;
		t->pattern = p;
		t->at.a = t->at.z = at;
		t->block = index;
		t->broken = rx == NULL;
	}
}

static int
by_start(const void *a, const void *b)
{
	const struct range *x = a, *y = b;

	if (x->a != y->a)
		return x->a < y->a ? -1 : 1;
	return x->z < y->z ? -1 : x->z > y->z;
}

/* The exceptions of a finder in a block, by their start; each one's end made the furthest of all up to it. */
static void
find_exceptions(struct scan *s, const struct finder *f, struct range at, uint32_t block)
{
	uint32_t furthest = 0;

	s->nexcepted = 0;
	if (f->nexcept_terms != 0)
		except_by_terms(s, f, at);
	for (size_t i = 0; i < f->nexcept_patterns; i++)
		except_by_pattern(s, f, &f->except_patterns[i], at, block);
	if (s->nexcepted > 1)
		qsort(s->excepted, s->nexcepted, sizeof *s->excepted, by_start);
	for (size_t i = 0; i < s->nexcepted; i++) {
		if (s->excepted[i].z < furthest)
			s->excepted[i].z = furthest;
		furthest = s->excepted[i].z;
	}
}

static bool
is_excepted(const struct scan *s, struct range r)
{
	size_t lo = 0, hi = s->nexcepted;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (s->excepted[mid].a <= r.a)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo > 0 && s->excepted[lo - 1].z >= r.z;
}

/* ---- blocks, parts and fields ---- */

static void
add_whole(struct hits *h, struct range at, uint32_t block)
{
	XPUSH(h->v, h->n, h->cap) = (struct hit){ .at = at, .block = block };
}

/* agency="wire": the registry knows what the agency supplies; one that it does not know is none of these. */
static bool
agency_wanted(const struct article *a, const struct finder *f, const struct part *p)
{
	const struct agency *agency;
	const char *name;
	size_t n;

	if (f->agencies == 0 || p->name != PART_AGENCY)
		return true;
	name = part_value(a, p, &n);
	agency = facts_agency(name, n);
	return agency != NULL && f->agencies >> agency->kind & 1;
}

static void
add_wholes(struct scan *s, const struct finder *f, struct hits *h)
{
	const struct article *a = s->article;

	for (size_t i = 0; i < a->nblocks && (f->blocks != 0 || f->parts != 0); i++) {
		const struct block *b = &a->blocks[i];

		if (f->blocks & KIND(b->kind))
			add_whole(h, text_trim(&s->article->text, b->at), (uint32_t)i);
		if (f->parts != 0 && f->scope & KIND(b->kind))
			for (uint32_t k = 0; k < b->nparts; k++)
				if (f->parts >> b->parts[k].name & 1 && agency_wanted(a, f, &b->parts[k]))
					add_whole(h, b->parts[k].at, (uint32_t)i);
	}
	for (size_t i = 0; i < a->nfields && f->fields != 0; i++)
		if (f->fields >> a->fields[i].name & 1)
			add_whole(h, a->fields[i].at, UINT32_MAX);
}

static int
by_place(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;
	struct range v = hit_whole(x), w = hit_whole(y);

	if (v.a != w.a)
		return v.a < w.a ? -1 : 1;
	if (v.z != w.z)
		return v.z > w.z ? -1 : 1;
	return hit_pattern(x) < hit_pattern(y) ? -1 : hit_pattern(x) > hit_pattern(y);
}

/* ---- all ---- */

static bool
has_word(const char *s, const char *end)
{
	unsigned cp;

	for (; s < end; s += utf8_next(s, &cp))
		if (utf8_word(s, end) != 0)
			return true;
	return false;
}

/* Is the hit all that its block or field says?  A label ("By") and a date say nothing of their own. */
static bool
is_whole(const struct article *a, const struct hit *h, struct range text)
{
	const struct block *b = h->block != UINT32_MAX ? &a->blocks[h->block] : NULL;
	struct range whole = hit_whole(h);
	const char *s = a->text.s;
	uint32_t at = text.a;

	for (uint32_t i = 0; b != NULL && i < b->nparts; i++) {
		const struct part *p = &b->parts[i];

		if (p->name != PART_LABEL && p->name != PART_DATE)
			continue;
		if (p->at.a >= whole.z && at < whole.z) {
			if (at > whole.a || has_word(s + at, s + whole.a))
				return false;
			at = whole.z;
		}
		if (p->at.a < at)
			continue;
		if (has_word(s + at, s + p->at.a))
			return false;
		at = p->at.z;
	}
	if (at < whole.z) {
		if (at > whole.a || has_word(s + at, s + whole.a))
			return false;
		at = whole.z;
	}
	return !has_word(s + at, s + text.z);
}

static struct range
text_of_hit(const struct article *a, const struct hit *h)
{
	return h->block != UINT32_MAX ? a->blocks[h->block].at : a->fields[h->field].at;
}

/* `looked` is the text whose exceptions are known: they are found once a text. */
static bool
counts(struct scan *s, const struct finder *f, const struct hit *h, struct range *looked)
{
	struct range text = text_of_hit(s->article, h);
	const struct pattern *p = hit_pattern(h);

	if (hit_term(h) != NULL && hit_term(h)->whole && !is_whole(s->article, h, text))
		return false;
	if (p != NULL && p->style != NULL && !standing_has_style(s->standing, p->style, p->style_is))
		return false;
	if (f->nexcept_terms + f->nexcept_patterns != 0) {
		if (text.a != looked->a || text.z != looked->z)
			find_exceptions(s, f, text, h->block);
		*looked = text;
		if (is_excepted(s, h->at))
			return false;
	}
	if (f->quoted == QUOTED_ANY)
		return true;
	return analysis_quoted(s->analysis, h->at) == (f->quoted == QUOTED_IN);
}

/* What was found is what counts: it need not be gone through. */
static bool
takes_all(const struct finder *f)
{
	for (size_t i = 0; i < f->npatterns; i++)
		if (f->patterns[i].style != NULL)
			return false;
	return f->quoted == QUOTED_ANY && f->nexcept_terms + f->nexcept_patterns == 0 && f->blocks == 0 && f->parts == 0
	    && f->fields == 0 && !f->whole_terms && f->opening == 0;
}

/* Of hits in order: those in the first so many blocks of the scope. */
static size_t
first_blocks(const struct article *a, const struct finder *f, const struct hit *v, size_t n)
{
	uint32_t block = 0, met = 0, kept = 0;

	while (block < a->nblocks && (met += (KIND(a->blocks[block].kind) & f->scope) != 0) < f->opening)
		block++;
	while (kept < n && (v[kept].block == UINT32_MAX || v[kept].block <= block))
		kept++;
	return kept;
}

uint32_t
scan_key(const struct finder *f)
{
	return f == NULL || f->late || f->blocks != 0 || f->parts != 0 || f->fields != 0 ? UINT32_MAX : (uint32_t)f->index;
}

const struct hit *
scan_hits(struct scan *s, const struct finder *f, size_t *n)
{
	struct hits *h = &s->hits[f->index];

	scan_late(s, f);
	if (!h->sifted) {
		struct range looked = { UINT32_MAX, UINT32_MAX };
		size_t kept = takes_all(f) ? h->n : 0;

		h->sifted = true;
		for (size_t i = kept; i < h->n; i++)
			if (counts(s, f, &h->v[i], &looked))
				h->v[kept++] = h->v[i];
		h->n = kept;
		if (s->active[f->index] && (f->blocks != 0 || f->parts != 0 || f->fields != 0)) {
			size_t words = h->n;

			add_wholes(s, f, h);
			if (h->n > 1 && (words != 0 || f->fields != 0))
				qsort(h->v, h->n, sizeof *h->v, by_place);
		}
		if (f->opening != 0)
			h->n = first_blocks(s->article, f, h->v, h->n);
	}
	*n = h->n;
	return h->v;
}
