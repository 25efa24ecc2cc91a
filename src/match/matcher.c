/* The matcher's tables. */
#include "match/matcher_int.h"

#include "frozen/frozen.h"
#include "rule/word.h"
#include "util/utf8.h"
#include "util/xmalloc.h"

#include <stdlib.h>
#include <string.h>

static void
push(struct entries *to, const struct entry *e)
{
	XPUSH(to->v, to->n, to->cap) = *e;
}

/* ---- one table ---- */

/* While a table is made: its entries, and with which byte or hash each may begin. */
struct keyed { uint64_t key; uint32_t entry, slot; };
struct keyeds { struct keyed *v; size_t n, cap; };
struct making { struct entries e; struct keyeds any, at_word, words; };

/* The entry pushed last may begin so. */
static void
push_keyed(struct making *m, struct keyeds *to, uint64_t key)
{
	XPUSH(to->v, to->n, to->cap) = (struct keyed){ key, (uint32_t)m->e.n - 1, 0 };
}

static void
add_first_word(struct making *m, const struct entry *e)
{
	const struct term *t = e->term;
	size_t n = 0;

	while (n < t->n) {
		unsigned cp;
		size_t k = utf8_next(t->s + n, &cp);

		if (!word_char(cp))
			break;
		n += k;
	}
	push_keyed(m, &m->words, matcher_word_hash(t->s, n));
}

static void
add_term(struct making *m, const struct entry *e)
{
	if (e->term->n == 0)
		return;
	push(&m->e, e);
	if (term_begins_with_word(e->term))
		add_first_word(m, e);
	else {
		push_keyed(m, &m->any, (unsigned char)e->term->s[0]);
		if (e->term->s[0] == '\'')
			push_keyed(m, &m->any, 0xE2);
	}
}

static void
add_pattern(struct table *t, struct making *m, const struct entry *e)
{
	const struct pattern *p = e->pattern;

	push(&m->e, e);
	switch (p->trigger) {
	case TRIGGER_START:
		push(&t->start, e);
		break;
	case TRIGGER_WORDS:
		for (size_t i = 0; i < p->nwords; i++)
			push_keyed(m, &m->words, p->words[i]);
		break;
	case TRIGGER_NONE:
	case TRIGGER_BYTES:
		for (unsigned b = 0; b < 256; b++)
			if (p->trigger == TRIGGER_NONE || p->bytes[b >> 3] >> (b & 7) & 1)
				push_keyed(m, p->trigger == TRIGGER_BYTES && p->bytes_at_word ? &m->at_word : &m->any, b);
		break;
	}
}

static struct entry *
room(struct entries *to, size_t n)
{
	to->n = to->cap = n;
	return to->v = n != 0 ? xcalloc(n, sizeof *to->v) : NULL;
}

/* Entries by their bytes, those of one byte in their order. */
static void
place_bytes(const struct making *m, const struct keyeds *from, struct entries *to, uint32_t first[257])
{
	struct entry *v = room(to, from->n);
	uint32_t at[256];

	for (size_t i = 0; i < from->n; i++)
		first[from->v[i].key + 1]++;
	for (unsigned b = 0; b < 256; b++)
		first[b + 1] += first[b];
	memcpy(at, first, sizeof at);
	for (size_t i = 0; i < from->n; i++)
		v[at[from->v[i].key]++] = m->e.v[from->v[i].entry];
}

/* The same by their hashes: counted, then given room by the order of the slots. */
static void
place_words(const struct making *m, struct table *t)
{
	const struct keyeds *from = &m->words;
	struct entry *v = room(&t->words, from->n);
	size_t size = 16, first = 0;

	while (size < from->n * 2)
		size *= 2;
	t->slots = xcalloc(size, sizeof *t->slots);
	t->mask = size - 1;
	for (size_t i = 0; i < from->n; i++) {
		uint64_t h = from->v[i].key;
		size_t at = h & t->mask;

		while (t->slots[at].n != 0 && t->slots[at].hash != h)
			at = (at + 1) & t->mask;
		t->slots[at].hash = h;
		t->slots[at].n++;
		from->v[i].slot = (uint32_t)at;
		h %= SEEN_BITS;
		t->seen[h / 64] |= 1ull << h % 64;
	}
	for (size_t i = 0; i < size; i++) {
		t->slots[i].first = (uint32_t)first;
		first += t->slots[i].n;
		t->slots[i].n = 0;
	}
	for (size_t i = 0; i < from->n; i++) {
		struct word_slot *slot = &t->slots[from->v[i].slot];

		v[slot->first + slot->n++] = m->e.v[from->v[i].entry];
	}
}

/* What a text is: a block of a kind, or a field. */
struct sort { kind_set kind; uint32_t field; };

static bool
looks_at(const struct finder *f, struct sort sort)
{
	return (f->scope & sort.kind) != 0 || (f->text_of & sort.field) != 0;
}

static void
make_table(struct table *t, const struct finder *const *finders, const uint32_t *ids, size_t n, struct sort sort, bool plain)
{
	struct making m = { .e = { NULL, 0, 0 } };

	memset(t, 0, sizeof *t);
	for (size_t i = 0; i < n; i++) {
		const struct finder *f = finders[i];
		struct entry e = { .finder = f, .id = ids[i] };

		if (!looks_at(f, sort))
			continue;
		for (size_t k = 0; k < f->nterms; k++) {
			e.term = &f->terms[k];
			if (plain)
				push(term_begins_with_word(e.term) ? &t->all_words : &t->all, &e);
			add_term(&m, &e);
		}
		e.term = NULL;
		for (size_t k = 0; k < f->npatterns; k++) {
			e.pattern = &f->patterns[k];
			e.id++;
			if (plain)
				push(&t->all, &e);
			add_pattern(t, &m, &e);
		}
	}
	for (unsigned b = 0; b < 256; b++)
		t->byte[b] = b >= 0x80 ? CLASS_HIGH : utf8_ascii_word((unsigned char)b) ? CLASS_WORD : 0;
	place_bytes(&m, &m.any, &t->any, t->any_first);
	place_bytes(&m, &m.at_word, &t->at_word, t->at_word_first);
	place_words(&m, t);
	for (size_t i = 0; i < m.any.n; i++) {
		t->byte[m.any.v[i].key] |= BEGINS;
		if (utf8_ascii_word((unsigned char)m.any.v[i].key))
			*(m.any.v[i].key <= '9' ? &t->inside_numbers : &t->inside_words) = true;
	}
	for (size_t i = 0; i < m.at_word.n; i++)
		t->byte[m.at_word.v[i].key] |= BEGINS_AT_WORD;
	free(m.e.v);
	free(m.any.v);
	free(m.at_word.v);
	free(m.words.v);
}

/* ---- all ---- */

static bool
same_finders(const struct finder *const *finders, size_t n, struct sort a, struct sort b)
{
	for (size_t i = 0; i < n; i++)
		if (looks_at(finders[i], a) != looks_at(finders[i], b))
			return false;
	return true;
}

static bool
any_finder(const struct finder *const *finders, size_t n, struct sort sort)
{
	for (size_t i = 0; i < n; i++)
		if (looks_at(finders[i], sort))
			return true;
	return false;
}

/* Kinds of block, then fields, by one number. */
enum { SORTS = (int)BLOCK_COUNT + (int)FIELD_COUNT };

static struct sort
sort_of(unsigned k)
{
	return k < BLOCK_COUNT ? (struct sort){ KIND(k), 0 } : (struct sort){ 0, 1u << (k - BLOCK_COUNT) };
}

/* A table for each set of finders: those that look at the same share it. */
static void
make_tables(struct tables *m, const struct finder *const *finders, const uint32_t *ids, size_t n, int mode)
{
	unsigned of[SORTS] = { 0 };	/* number of the table from 1 */

	for (unsigned k = 0; k < SORTS; k++) {
		unsigned like = 0;

		if (!any_finder(finders, n, sort_of(k)))
			continue;
		while (like < k && (of[like] == 0 || !same_finders(finders, n, sort_of(like), sort_of(k))))
			like++;
		if (like == k) {
			m->v = xrealloc(m->v, (m->n + 1) * sizeof *m->v);
			make_table(&m->v[m->n], finders, ids, n, sort_of(k), mode & MATCH_PLAIN);
			of[k] = (unsigned)++m->n;
		} else
			of[k] = of[like];
		m->fields = m->fields || k >= BLOCK_COUNT;
	}
	for (unsigned k = 0; k < SORTS; k++)
		if (of[k] != 0 && k < BLOCK_COUNT)
			m->of_kind[k] = &m->v[of[k] - 1];
		else if (of[k] != 0)
			m->of_field[k - BLOCK_COUNT] = &m->v[of[k] - 1];
}

/* The matcher of the image, if it is of these rules; else NULL. */
static struct matcher *
thaw(const struct rule_set *set, const bool *wanted, int mode)
{
	const struct frozen_matcher *f = frozen_find("matcher", sizeof *f);
	struct matcher *m;

	if (f == NULL || (mode & MATCH_PLAIN) || set->nfrozen != set->n || f->n != set->n ||
	    memcmp(f->wanted, wanted, f->n * sizeof *wanted) != 0)
		return NULL;
	m = xcalloc(1, sizeof *m);
	*m = *f->matcher;
	m->set = set;
	m->mode = mode;
	m->frozen = f->matcher;
	m->late = xcalloc(m->nfinders + 1, sizeof *m->late);
	memcpy(m->late, m->frozen->late, m->nfinders * sizeof *m->late);
	pthread_mutex_init(&m->lock, NULL);
	return m;
}

static struct matcher *
make(const struct rule_set *set, const bool *wanted, int mode)
{
	struct matcher *m = xcalloc(1, sizeof *m);
	const struct finder **finders = xcalloc(set->nfinders + 1, sizeof *finders);
	uint32_t *ids = xcalloc(set->nfinders + 1, sizeof *ids);
	size_t n = 0;

	m->set = set;
	m->mode = mode;
	m->nfinders = set->nfinders;
	m->late = xcalloc(set->nfinders + 1, sizeof *m->late);
	pthread_mutex_init(&m->lock, NULL);
	for (size_t i = 0; i < set->nfinders; i++) {
		const struct finder *f = set->finders[i];

		if (f->rule != NULL && !wanted[f->rule->index])
			continue;
		if (f->nterms + f->npatterns == 0)
			continue;
		ids[n] = m->nids;
		m->nids += 1 + (uint32_t)f->npatterns;
		if (f->late)
			m->late[f->index] = (struct late){ .id = ids[n], .is = true };
		else
			finders[n++] = f;
	}
	make_tables(&m->tables, finders, ids, n, mode);
	free(finders);
	free(ids);
	return m;
}

struct matcher *
matcher_new(const struct rule_set *set, const bool *wanted, int mode)
{
	struct matcher *m = thaw(set, wanted, mode);

	return m != NULL ? m : make(set, wanted, mode);
}

const struct tables *
matcher_late(struct matcher *m, const struct finder *f)
{
	struct late *l = &m->late[f->index];

	pthread_mutex_lock(&m->lock);
	if (l->tables == NULL) {
		l->tables = xcalloc(1, sizeof *l->tables);
		make_tables(l->tables, &f, &l->id, 1, m->mode);
	}
	pthread_mutex_unlock(&m->lock);
	return l->tables;
}

static void
tables_release(struct tables *all)
{
	for (size_t i = 0; i < all->n; i++) {
		struct table *t = &all->v[i];

		free(t->any.v);
		free(t->at_word.v);
		free(t->start.v);
		free(t->words.v);
		free(t->all.v);
		free(t->all_words.v);
		free(t->slots);
	}
	free(all->v);
}

void
matcher_free(struct matcher *m)
{
	if (m == NULL)
		return;
	if (m->frozen == NULL)
		tables_release(&m->tables);
	for (size_t i = 0; i < m->nfinders; i++)
		if (m->late[i].tables != NULL && (m->frozen == NULL || m->late[i].tables != m->frozen->late[i].tables)) {
			tables_release(m->late[i].tables);
			free(m->late[i].tables);
		}
	free(m->late);
	pthread_mutex_destroy(&m->lock);
	free(m);
}
