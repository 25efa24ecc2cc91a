/* The pass over an article.
 *
 * The loop walks from word to word, which come with their hashes (util/words.h); a word of other than ASCII letters and digits is
 * decoded (scan_mixed).  Curly marks and dashes (E2 80) between words are not decoded.  What may begin with a byte or a word is tried
 * there and nowhere else. */
#include "match/matcher_int.h"

#include "analysis/analysis.h"
#include "rule/profile.h"
#include "rule/word.h"
#include "util/utf8.h"
#include "util/xmalloc.h"

#include <stdlib.h>
#include <string.h>

enum {
	HUGE_BLOCK = 256 * 1024,	/* in a longer one a pattern sees a piece: */
	PIECE = 64 * 1024, BEFORE = 1024
};

/* ---- hits ---- */

/* Hits come nearly in order: a word's own hit after those that begin inside it. */
static void
add_hit(struct scan *s, const struct finder *f, struct hit hit)
{
	struct hits *h = &s->hits[f->index];
	struct range whole = hit_whole(&hit);
	size_t i = h->n;

	h->v = xgrow(h->v, h->n, &h->cap, sizeof *h->v);
	h->n++;
	for (; i > 0; i--) {
		uint32_t before = hit_whole(&h->v[i - 1]).a;

		if (before < whole.a || (before == whole.a && hit_pattern(&h->v[i - 1]) <= hit_pattern(&hit)))
			break;
		h->v[i] = h->v[i - 1];
	}
	h->v[i] = hit;
	h->v[i].block = s->block;
	h->v[i].field = s->field;
}

/* What the pattern has found just now. */
static void
add_match(struct scan *s, const struct entry *e, const struct rx *rx, struct range whole, uint32_t base)
{
	const size_t *ov = rx_ovector(s->rx);
	uint32_t n = rx_groups(rx);
	struct match *m;
	struct range *groups, at = whole;
	int mark;

	if (n == 0) {
		add_hit(s, e->finder, (struct hit){ .at = whole, .kind = HIT_PATTERN, .of.pattern = e->pattern });
		return;
	}
	m = arena_alloc(&s->article->arena, sizeof *m + (n + 1) * sizeof *groups);
	m->pattern = e->pattern;
	groups = m->groups;
	for (uint32_t i = 0; i <= n; i++)
		if (ov[2 * i] == SIZE_MAX || ov[2 * i + 1] == SIZE_MAX)
			groups[i].a = groups[i].z = UINT32_MAX;
		else {
			groups[i].a = base + (uint32_t)ov[2 * i];
			groups[i].z = base + (uint32_t)ov[2 * i + 1];
		}
	mark = rx_group_number(rx, "mark");
	if (mark > 0 && groups[mark].a != UINT32_MAX && groups[mark].a <= groups[mark].z)
		at = groups[mark];
	add_hit(s, e->finder, (struct hit){ .at = at, .kind = HIT_MATCH, .of.match = m });
}

static void
stop(struct scan *s, const struct entry *e, uint32_t at, bool broken)
{
	struct stop *t = &XPUSH(s->stops, s->nstops, s->capstops);

	t->finder = e->finder;
	t->pattern = e->pattern;
	t->at.a = t->at.z = at;
	t->block = s->block;
	t->broken = broken;
	/* a limit: not in this block again; broken: not in this article */
	s->resume[e->id] = broken ? UINT32_MAX : s->z;
}

static uint32_t
character_start(const char *s, uint32_t at, uint32_t end)
{
	while (at < end && ((unsigned char)s[at] & 0xC0) == 0x80)
		at++;
	return at;
}

struct range
scan_piece(const char *s, uint32_t a, uint32_t z, uint32_t at, unsigned *cut)
{
	struct range r = { a, z };
	uint32_t base;

	*cut = 0;
	if (z - a <= HUGE_BLOCK)
		return r;
	base = a + (at - a) / PIECE * PIECE;
	if (base > a) {
		r.a = character_start(s, base - BEFORE, at);
		*cut |= RX_CUT_BEFORE;
	}
	if (z - base > 2 * PIECE) {
		r.z = character_start(s, base + 2 * PIECE, z);
		*cut |= RX_CUT_AFTER;
	}
	return r;
}

static void
scan_pattern(struct scan *s, const struct entry *e, uint32_t at)
{
	const struct rx *rx;
	struct range see, whole;
	const size_t *ov;
	unsigned cut;
	int found;

	if (at < s->resume[e->id] || !s->active[e->finder->index])
		return;
	s->tries[e->finder->index]++;
	rx = finder_rx(e->pattern);
	if (rx == NULL) {
		stop(s, e, at, true);
		return;
	}
	see = scan_piece(s->text, s->a, s->z, at, &cut);
	found = rx_match_piece(rx, s->rx, s->text + see.a, see.z - see.a, at - see.a, cut);
	if (found == 0)
		return;
	if (found < 0) {
		stop(s, e, at, false);
		return;
	}
	ov = rx_ovector(s->rx);
	if (ov[0] >= ov[1])	/* nothing, or turned round by \K */
		return;
	whole.a = see.a + (uint32_t)ov[0];
	whole.z = see.a + (uint32_t)ov[1];
	add_match(s, e, rx, whole, see.a);
	s->resume[e->id] = whole.z;
}

static void
scan_terms(struct scan *s, const struct entry *e, size_t n, uint32_t at)
{
	const struct term *best = NULL;
	struct range whole = { at, 0 };

	if (at < s->resume[e->id] || !s->active[e->finder->index])
		return;
	for (size_t i = 0; i < n; i++) {
		uint32_t z;

		if (e[i].term->style != NULL && !standing_has_style(s->standing, e[i].term->style, e[i].term->style_is))
			continue;
		z = term_match(e[i].term, s->text, at, s->z, s->turkic);
		if (z > whole.z) {
			whole.z = z;
			best = e[i].term;
		}
	}
	if (best == NULL)
		return;
	add_hit(s, e->finder, (struct hit){ .at = whole, .kind = HIT_TERM, .of.term = best });
	s->resume[e->id] = whole.z;
}

/* ---- triggers ---- */

static bool
has(const uint8_t bytes[32], unsigned char b)
{
	return bytes[b >> 3] >> (b & 7) & 1;
}

/* What the pattern begins with, as far as that is known, stands here. */
static inline bool
may_begin(const struct scan *s, const struct beginning *o, uint32_t at)
{
	const char *p = s->text + at;
	unsigned cp;

	if (o->nliteral != 0 && (s->z - at < o->nliteral || memcmp(p, o->literal, o->nliteral) != 0))
		return false;
	if (!o->looks)
		return true;
	if ((unsigned char)*p == 0xE2 && (unsigned char)p[1] == 0x80 && !(o->marks >> ((unsigned char)p[2] & 63) & 1))
		return false;
	at += (uint32_t)utf8_next(p, &cp);
	return o->one || (at < s->z && has(o->next, (unsigned char)s->text[at]));
}

/* Entries that may begin here: patterns one by one, a finder's terms together. */
static void
try_entries(struct scan *s, const struct entry *e, size_t n, uint32_t at)
{
	for (size_t i = 0; i < n;) {
		size_t k = i + 1;

		if (e[i].term == NULL) {
			if (may_begin(s, &e[i].pattern->beginning, at))
				scan_pattern(s, &e[i], at);
		} else {
			while (k < n && e[k].term != NULL && e[k].id == e[i].id)
				k++;
			scan_terms(s, &e[i], k - i, at);
		}
		i = k;
	}
}

static void
try_byte(struct scan *s, uint32_t at)
{
	const struct table *t = s->table;
	unsigned b = (unsigned char)s->text[at];

	try_entries(s, t->any.v + t->any_first[b], t->any_first[b + 1] - t->any_first[b], at);
}

static void
try_byte_at_word(struct scan *s, uint32_t at)
{
	const struct table *t = s->table;
	unsigned b = (unsigned char)s->text[at];

	try_entries(s, t->at_word.v + t->at_word_first[b], t->at_word_first[b + 1] - t->at_word_first[b], at);
}

static void
try_hash(struct scan *s, uint64_t h, uint32_t at)
{
	const struct table *t = s->table;
	size_t i = h & t->mask;

	while (t->slots[i].n != 0) {
		if (t->slots[i].hash == h) {
			try_entries(s, t->words.v + t->slots[i].first, t->slots[i].n, at);
			return;
		}
		i = (i + 1) & t->mask;
	}
}

static inline void
try_word(struct scan *s, uint64_t h, uint32_t at)
{
	uint64_t bit = h % SEEN_BITS;

	if (s->table->seen[bit / 64] >> bit % 64 & 1)
		try_hash(s, h, at);
}

/* The characters of at..z one by one: a word that holds characters from 0x80, or one of these that is of no word. */
static void
scan_mixed(struct scan *s, uint32_t at, uint32_t z)
{
	const uint8_t *byte = s->table->byte;
	bool in_word = false;
	uint32_t word = at;

	while (at < z) {
		const char *p = s->text + at;
		uint8_t class = byte[(unsigned char)*p];
		unsigned cp;
		size_t n = utf8_next(p, &cp);
		bool is = word_char(cp);

		if (in_word && !is)
			try_word(s, words_hash(s->text + word, at - word), word);
		if (class & BEGINS)
			try_byte(s, at);
		/* the pattern's own idea of a word may be narrower: it may begin at what is no letter here */
		if (class & BEGINS_AT_WORD && !(in_word && is))
			try_byte_at_word(s, at);
		if (is && !in_word)
			word = at;
		in_word = is;
		at += (uint32_t)n;
	}
	if (in_word)
		try_word(s, words_hash(s->text + word, at - word), word);
}

/* What stands between two words. */
static void
scan_gap(struct scan *s, uint32_t at, uint32_t z)
{
	const uint8_t *byte = s->table->byte;

	while (at < z) {
		const char *p = s->text + at;
		uint8_t class = byte[(unsigned char)*p];
		unsigned cp;
		uint32_t n;

		if (!(class & CLASS_HIGH)) {
			if (class != 0)
				try_byte(s, at);
			at++;
			continue;
		}
		n = (uint32_t)utf8_next(p, &cp);
		if (cp < 0x2000 || cp >= 0x2040)
			scan_mixed(s, at, at + n);
		else if (class & BEGINS)
			try_byte(s, at);
		at += n;
	}
}

static void
scan_block(struct scan *s)
{
	const struct table *t = s->table;
	struct words_reader words;
	const struct words_run *w;
	uint32_t done = s->a;

	for (size_t i = 0; i < t->start.n; i++) {
		const struct pattern *pattern = t->start.v[i].pattern;

		if (has(pattern->bytes, (unsigned char)s->text[s->a]) && may_begin(s, &pattern->beginning, s->a))
			scan_pattern(s, &t->start.v[i], s->a);
	}
	article_words(s->article, (struct range){s->a, s->z}, &words);
	for (; (w = words_read(&words)) != NULL; done = w->at + w->n) {
		uint8_t class = t->byte[(unsigned char)s->text[w->at]];

		/* nearly always a blank, with which nothing begins */
		if (w->at != done + 1 || t->byte[(unsigned char)s->text[done]] != 0)
			scan_gap(s, done, w->at);
		if (w->high) {
			scan_mixed(s, w->at, w->at + w->n);
			continue;
		}
		if (class & BEGINS)
			try_byte(s, w->at);
		if (class & BEGINS_AT_WORD)
			try_byte_at_word(s, w->at);
		try_word(s, w->hash, w->at);
		for (uint32_t i = t->inside_words || (t->inside_numbers && w->digit) ? 1 : w->n; i < w->n; i++)
			if (t->byte[(unsigned char)s->text[w->at + i]] & BEGINS)
				try_byte(s, w->at + i);
	}
	scan_gap(s, done, s->z);
}

/* ---- for tests: everything everywhere ---- */

static void
try_all(struct scan *s, const struct entries *all, uint32_t at)
{
	for (size_t i = 0, k; i < all->n; i = k) {
		k = i + 1;
		if (all->v[i].term == NULL) {
			scan_pattern(s, &all->v[i], at);
			continue;
		}
		while (k < all->n && all->v[k].term != NULL && all->v[k].id == all->v[i].id)
			k++;
		scan_terms(s, &all->v[i], k - i, at);
	}
}

static void
scan_block_plain(struct scan *s)
{
	bool in_word = false, is;

	for (uint32_t at = s->a; at < s->z; in_word = is) {
		unsigned cp;
		size_t n = utf8_next(s->text + at, &cp);

		is = word_char(cp);
		try_all(s, &s->table->all, at);
		if (is && !in_word)
			try_all(s, &s->table->all_words, at);
		at += (uint32_t)n;
	}
}

/* ---- articles ---- */

void
scan_init(struct scan *s, struct matcher *m)
{
	memset(s, 0, sizeof *s);
	s->matcher = m;
	s->rx = rx_scratch_new();
	if (m->mode & MATCH_NO_JIT)
		rx_scratch_interpret(s->rx);
	s->hits = xcalloc(m->nfinders + 1, sizeof *s->hits);
	s->askers = xcalloc(m->nfinders + 1, sizeof *s->askers);
	for (size_t i = 0; i < m->nfinders; i++) {
		const struct finder *f = m->set->finders[i];

		s->askers[f->index] = (struct asker){ f->rule != NULL ? (uint32_t)f->rule->index : UINT32_MAX, f->kinds };
	}
	s->active = xcalloc(m->nfinders + 1, sizeof *s->active);
	s->tries = xcalloc(m->nfinders + 1, sizeof *s->tries);
	s->resume = xcalloc(m->nids + 1, sizeof *s->resume);
}

void
scan_release(struct scan *s)
{
	for (size_t i = 0; i < s->matcher->nfinders; i++)
		free(s->hits[i].v);
	rx_scratch_free(s->rx);
	free(s->hits);
	free(s->askers);
	free(s->active);
	free(s->tries);
	free(s->resume);
	free(s->stops);
	free(s->excepted);
}

enum { KEEP = 1 << 14 };	/* hits whose memory a finder keeps for the next article */

static void
give_back(struct hits *h)
{
	h->n = 0;
	if (h->cap > KEEP) {
		free(h->v);
		h->v = NULL;
		h->cap = 0;
	}
}

void
scan_forget(struct scan *s, const struct rule *r)
{
	const struct rule_set *set = s->matcher->set;

	for (size_t i = 0; i < set->nfinders; i++) {
		struct hits *h = &s->hits[set->finders[i]->index];

		if (set->finders[i]->rule == r && h->cap > KEEP)
			give_back(h);
	}
}

static void
forget(struct scan *s)
{
	for (size_t i = 0; i < s->matcher->nfinders; i++) {
		struct hits *h = &s->hits[i];

		give_back(h);
		h->sifted = h->scanned = false;
	}
	memset(s->resume, 0, s->matcher->nids * sizeof *s->resume);
	s->nstops = 0;
}

static void
scan_text(struct scan *s, const struct table *t, struct range at)
{
	if (t == NULL || at.a >= at.z)
		return;
	s->table = t;
	s->a = at.a;
	s->z = at.z;
	if (s->matcher->mode & MATCH_PLAIN)
		scan_block_plain(s);
	else
		scan_block(s);
}

static void
scan_field(struct scan *s, const struct tables *t, uint32_t field)
{
	const struct field *f = &s->article->fields[field];

	s->block = UINT32_MAX;
	s->field = field;
	scan_text(s, t->of_field[f->name], f->at);
}

struct placed { uint32_t at, field; };

static int
placed_first(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return x->field < y->field ? -1 : x->field > y->field;
}

/* The fields that something looks at, by their place: nothing is found twice, and hits come in order.  A field may have a block's
 * characters, from long before. */
static const uint32_t *
fields_looked_at(const struct scan *s, const struct tables *t, size_t *n)
{
	struct article *a = s->article;
	struct placed *v;
	uint32_t *out;
	size_t k = 0, i;

	*n = 0;
	for (i = 0; i < a->nfields; i++)
		*n += t->of_field[a->fields[i].name] != NULL;
	if (*n == 0)
		return NULL;
	v = xmalloc(*n * sizeof *v);
	for (i = 0; i < a->nfields; i++)
		if (t->of_field[a->fields[i].name] != NULL)
			v[k++] = (struct placed){ a->fields[i].at.a, (uint32_t)i };
	qsort(v, *n, sizeof *v, placed_first);
	out = ARENA_ARRAY(&a->arena, uint32_t, *n);
	for (i = 0; i < *n; i++)
		out[i] = v[i].field;
	free(v);
	return out;
}

static void
scan_all(struct scan *s, const struct tables *t)
{
	const struct article *a = s->article;
	const uint32_t *fields;
	size_t n = 0, k = 0;

	fields = t->fields ? fields_looked_at(s, t, &n) : NULL;
	for (size_t i = 0; i < a->nblocks; i++) {
		const struct block *b = &a->blocks[i];

		while (k < n && a->fields[fields[k]].at.a < b->at.a)
			scan_field(s, t, fields[k++]);
		s->block = (uint32_t)i;
		scan_text(s, t->of_kind[b->kind], b->at);
	}
	while (k < n)
		scan_field(s, t, fields[k++]);
}

void
scan_late(struct scan *s, const struct finder *f)
{
	if (!s->matcher->late[f->index].is || s->hits[f->index].scanned)
		return;
	s->hits[f->index].scanned = true;
	if (s->active[f->index])
		scan_all(s, matcher_late(s->matcher, f));
}

void
scan_article(struct scan *s, struct article *a, struct analysis *an, const bool *runs, enum copy_kind kind,
    const struct standing *standing)
{
	forget(s);
	s->article = a;
	s->analysis = an;
	s->standing = standing;
	s->turkic = an->language != NULL && an->language->turkic_case;
	s->text = a->text.s;
	for (size_t i = 0; i < s->matcher->nfinders; i++) {
		const struct asker *k = &s->askers[i];

		s->active[i] = (k->rule == UINT32_MAX || runs[k->rule]) && (k->kinds == 0 || k->kinds >> kind & 1);
	}
	scan_all(s, &s->matcher->tables);
}
