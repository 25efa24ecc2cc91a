/* The index of an archive: sorted runs of keys, each with the story that has it. */
#include "archive/archive_int.h"

#include "analysis/overlap.h"
#include "util/hash.h"
#include "util/xmalloc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	KEY_BITS = 39, IN_CHUNK = 400,	/* numbers in a chunk, on average */
	GROWS = 6, SUM_BYTES = 4,
	LEAST_WORDS = 20, LEAST_PARAGRAPH = 20, LEAST_CAPTION = 8,	/* as reuse_index.c has them */
	PRINT_WEIGHT = 4, PARAGRAPH_WEIGHT = 8,
	KEY_MOST = 24,			/* stories that count of those that have a key */
};
_Static_assert((int)KEY_BITS == (int)PRINT_BITS, "keys are as wide as prints");

struct numbers { uint64_t *v; size_t n, cap; };

struct archive_keys {
	struct numbers fresh;		/* of this transaction */
	sqlite3_stmt *runs, *chunk, *scan, *add_chunk, *add_run, *drop_run, *drop_chunks;
};

struct archive_keys *
archive_keys_new(void)
{
	return xcalloc(1, sizeof(struct archive_keys));
}

void
archive_keys_free(struct archive_keys *k)
{
	if (k == NULL)
		return;
	sqlite3_finalize(k->runs);
	sqlite3_finalize(k->chunk);
	sqlite3_finalize(k->scan);
	sqlite3_finalize(k->add_chunk);
	sqlite3_finalize(k->add_run);
	sqlite3_finalize(k->drop_run);
	sqlite3_finalize(k->drop_chunks);
	free(k->fresh.v);
	free(k);
}

void
archive_keys_forget(struct archive_keys *k)
{
	k->fresh.n = 0;
}

/* Prints are the smallest of many hashes, so their first bits are nearly all 0.  An odd factor spreads them, and no two fall together. */
static uint64_t
spread(uint64_t key)
{
	return key * 0x9e3779b97f4a7c15u & (((uint64_t)1 << KEY_BITS) - 1);
}

static int
by_number(const void *p, const void *q)
{
	uint64_t a = *(const uint64_t *)p, b = *(const uint64_t *)q;

	return a < b ? -1 : a > b;
}

static size_t
without_doubles(uint64_t *v, size_t n)
{
	size_t kept = 0;

	if (n != 0)
		qsort(v, n, sizeof *v, by_number);
	for (size_t i = 0; i < n; i++)
		if (kept == 0 || v[kept - 1] != v[i])
			v[kept++] = v[i];
	return kept;
}

/* The keys of a story, in the upper bits; in the lower what each weighs. */
static void
keys_of(const struct digest *d, struct numbers *out)
{
	if (d->words >= LEAST_WORDS)
		for (size_t i = 0; i < d->nprints; i++)
			XPUSH(out->v, out->n, out->cap) = spread(print_key(d->prints[i].hash)) << STORY_BITS | PRINT_WEIGHT;
	for (size_t i = 0; i < d->nparagraphs; i++) {
		const struct digest_paragraph *g = &d->paragraphs[i];

		if (g->kind == PARAGRAPH_PROSE && d->words >= LEAST_WORDS && g->units >= LEAST_PARAGRAPH)
			XPUSH(out->v, out->n, out->cap) = spread(paragraph_key(g->hash)) << STORY_BITS | PARAGRAPH_WEIGHT;
		/* a caption's key is none of a paragraph's */
		if (g->kind == PARAGRAPH_CAPTION && g->units >= LEAST_CAPTION)
			XPUSH(out->v, out->n, out->cap) = spread(paragraph_key(hash_mix(g->hash + 1))) << STORY_BITS | PARAGRAPH_WEIGHT;
	}
	out->n = without_doubles(out->v, out->n);
}

void
archive_keys_take(struct archive_keys *k, const struct digest *d, uint32_t story)
{
	struct numbers keys = { NULL, 0, 0 };

	keys_of(d, &keys);
	for (size_t i = 0; i < keys.n; i++)
		XPUSH(k->fresh.v, k->fresh.n, k->fresh.cap) = keys.v[i] >> STORY_BITS << STORY_BITS | story;
	free(keys.v);
}

/* ---- chunks ---- */

static int
bits_of(uint64_t n)
{
	int bits = 0;

	while (n >> bits > IN_CHUNK && bits < 31)
		bits++;
	return bits;
}

static int64_t
chunk_id(int64_t run, int bits, uint64_t number)
{
	return run << 32 | (int64_t)(bits == 0 ? 0 : number >> (64 - bits));
}

static uint32_t
sum_of(const void *bytes, size_t n)
{
	const unsigned char *s = bytes;
	uint64_t h = HASH_INIT, v;

	for (; n >= 8; n -= 8, s += 8) {
		memcpy(&v, s, 8);	/* as it lies: bytes are the same on every machine, and so is this up to their order */
		h = (h ^ v) * 0x9e3779b97f4a7c15u;
		h ^= h >> 32;
	}
	return (uint32_t)(h >> 16);
}

static uint64_t
number_at(const unsigned char *s, size_t i)
{
	uint64_t v = 0;

	for (int k = 7; k >= 0; k--)
		v = v << 8 | s[i * 8 + (size_t)k];
	return v;
}

static void
put_little(unsigned char *s, uint64_t v, int n)
{
	for (int k = 0; k < n; k++)
		s[k] = (unsigned char)(v >> (8 * k));
}

/* The numbers of a chunk that a statement has in this column; false: damaged. */
static bool
chunk_numbers(struct archive *a, sqlite3_stmt *s, int column, const unsigned char **v, size_t *n)
{
	size_t bytes = (size_t)sqlite3_column_bytes(s, column);
	unsigned char sum[SUM_BYTES];

	*v = sqlite3_column_blob(s, column);
	if (bytes < SUM_BYTES || (bytes - SUM_BYTES) % 8 != 0 || *v == NULL)
		return archive_damaged(a, "its index");
	put_little(sum, sum_of(*v + SUM_BYTES, bytes - SUM_BYTES), SUM_BYTES);
	if (memcmp(sum, *v, SUM_BYTES) != 0)
		return archive_damaged(a, "its index");
	*v += SUM_BYTES;
	*n = (bytes - SUM_BYTES) / 8;
	return true;
}

/* ---- writing a run ---- */

struct writer {
	struct archive *a;
	int64_t run;
	int bits;
	int64_t id;			/* of the chunk at hand */
	struct buf chunk;
	uint64_t n, left_out;		/* written; of stories that are gone */
};

/* Writes the chunk at hand, and those up to `next`, the number of another, which are empty: every chunk of a run is there, so that one which is not
 * is known to be lost. */
static bool
flush(struct writer *w, int64_t next)
{
	for (; w->id < next; w->id++) {
		sqlite3_stmt *s = archive_statement(w->a, &w->a->keys->add_chunk, "INSERT INTO chunk(id, numbers) VALUES(?, ?)");
		int code;

		if (s == NULL)
			return false;
		put_little((unsigned char *)w->chunk.s, sum_of(w->chunk.s + SUM_BYTES, w->chunk.n - SUM_BYTES), SUM_BYTES);
		sqlite3_bind_int64(s, 1, w->id);
		sqlite3_bind_blob64(s, 2, w->chunk.s, w->chunk.n, SQLITE_STATIC);
		code = sqlite3_step(s);
		sqlite3_reset(s);
		if (code != SQLITE_DONE)
			return archive_failed(w->a, code);
		w->chunk.n = SUM_BYTES;
	}
	return true;
}

static void
start(struct writer *w)
{
	w->id = chunk_id(w->run, w->bits, 0);
	buf_init(&w->chunk);
	buf_add(&w->chunk, "\0\0\0", SUM_BYTES);
}

static bool
write_number(struct writer *w, uint64_t number)
{
	unsigned char bytes[8];

	if (!flush(w, chunk_id(w->run, w->bits, number)))
		return false;
	put_little(bytes, number, 8);
	buf_add(&w->chunk, bytes, 8);
	w->n++;
	return true;
}

/* ---- runs made one ---- */

struct run { int64_t id; int bits; uint64_t n; };
enum { RUNS_MOST = 64 };

static bool
list_runs(struct archive *a, struct run *v, size_t *n)
{
	sqlite3_stmt *s = archive_statement(a, &a->keys->runs, "SELECT id, bits, numbers FROM run ORDER BY id");
	int code;

	*n = 0;
	if (s == NULL)
		return false;
	while ((code = sqlite3_step(s)) == SQLITE_ROW) {
		if (*n == RUNS_MOST || sqlite3_column_int(s, 1) < 0 || sqlite3_column_int(s, 1) > 31) {
			sqlite3_reset(s);
			return archive_damaged(a, "its index");
		}
		v[(*n)++] = (struct run){ sqlite3_column_int64(s, 0), sqlite3_column_int(s, 1), (uint64_t)sqlite3_column_int64(s, 2) };
	}
	sqlite3_reset(s);
	return code == SQLITE_DONE || archive_failed(a, code);
}

/* One of the runs that are read together, or the fresh numbers. */
struct source_run {
	sqlite3_stmt *s;		/* NULL: all there is is in v */
	const unsigned char *bytes;
	const uint64_t *v;
	size_t i, n;
	uint64_t now;
	bool ended;
};

static bool
advance(struct archive *a, struct source_run *r)
{
	while (r->i >= r->n && r->s != NULL && !r->ended) {
		int code = sqlite3_step(r->s);

		r->i = r->n = 0;
		r->ended = code == SQLITE_DONE;
		if (code == SQLITE_ROW ? !chunk_numbers(a, r->s, 0, &r->bytes, &r->n) : !r->ended && !archive_failed(a, code))
			return false;
	}
	r->ended = r->i >= r->n;
	if (!r->ended) {
		r->now = r->s != NULL ? number_at(r->bytes, r->i) : r->v[r->i];
		r->i++;
	}
	return true;
}

/* Stories that are gone, though their keys may not be: in order. */
struct gone { uint32_t *v; bool *met; size_t n, cap; };

static bool
read_gone(struct archive *a, struct gone *g)
{
	sqlite3_stmt *s = archive_statement(a, &a->gone, "SELECT story FROM gone ORDER BY story");
	int code;

	if (s == NULL)
		return false;
	while ((code = sqlite3_step(s)) == SQLITE_ROW)
		XPUSH(g->v, g->n, g->cap) = (uint32_t)sqlite3_column_int64(s, 0);
	sqlite3_reset(s);
	g->met = xcalloc(g->n + 1, sizeof *g->met);
	return code == SQLITE_DONE || archive_failed(a, code);
}

static bool
is_gone(struct gone *g, uint32_t story)
{
	size_t lo = 0, hi = g->n;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (g->v[mid] < story)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (lo == g->n || g->v[lo] != story)
		return false;
	g->met[lo] = true;
	return true;
}

static bool
merge(struct archive *a, struct writer *w, struct source_run *v, size_t n, struct gone *g)
{
	for (size_t i = 0; i < n; i++)
		if (!advance(a, &v[i]))
			return false;
	for (;;) {
		struct source_run *least = NULL;

		for (size_t i = 0; i < n; i++)
			if (!v[i].ended && (least == NULL || v[i].now < least->now))
				least = &v[i];
		if (least == NULL)
			return w->n == 0 || flush(w, chunk_id(w->run, w->bits, UINT64_MAX) + 1);
		if (g->n != 0 && is_gone(g, (uint32_t)(least->now & (((uint32_t)1 << STORY_BITS) - 1))))
			w->left_out++;
		else if (!write_number(w, least->now))
			return false;
		if (!advance(a, least))
			return false;
	}
}

static bool
forget_run(struct archive *a, int64_t id)
{
	sqlite3_stmt *s;
	int code;

	if ((s = archive_statement(a, &a->keys->drop_chunks, "DELETE FROM chunk WHERE id >= ?1 << 32 AND id < (?1 + 1) << 32")) == NULL)
		return false;
	sqlite3_bind_int64(s, 1, id);
	code = sqlite3_step(s);
	sqlite3_reset(s);
	if (code != SQLITE_DONE)
		return archive_failed(a, code);
	if ((s = archive_statement(a, &a->keys->drop_run, "DELETE FROM run WHERE id = ?")) == NULL)
		return false;
	sqlite3_bind_int64(s, 1, id);
	code = sqlite3_step(s);
	sqlite3_reset(s);
	return code == SQLITE_DONE || archive_failed(a, code);
}

/* All keys of a story lie in one run, so that one which was met is met no more; where all runs were read, none is. */
static bool
forget_gone(struct archive *a, const struct gone *g, bool all)
{
	char sql[80];

	if (all)
		return archive_execute(a, "DELETE FROM gone");
	for (size_t i = 0; i < g->n; i++) {
		snprintf(sql, sizeof sql, "DELETE FROM gone WHERE story = %u", g->v[i]);
		if (g->met[i] && !archive_execute(a, sql))
			return false;
	}
	return true;
}

static bool
record_run(struct archive *a, const struct writer *w)
{
	sqlite3_stmt *s = archive_statement(a, &a->keys->add_run, "INSERT INTO run(id, bits, numbers) VALUES(?, ?, ?)");
	int code;

	if (s == NULL)
		return false;
	sqlite3_bind_int64(s, 1, w->run);
	sqlite3_bind_int(s, 2, w->bits);
	sqlite3_bind_int64(s, 3, (int64_t)w->n);
	code = sqlite3_step(s);
	sqlite3_reset(s);
	return code == SQLITE_DONE || archive_failed(a, code);
}

static bool
write_merged(struct archive *a, const struct run *runs, size_t first, size_t n, uint64_t total, struct gone *g)
{
	struct source_run v[RUNS_MOST + 1];
	struct writer w = { .a = a, .run = n != 0 ? runs[n - 1].id + 1 : 1, .bits = bits_of(total) };
	struct numbers *fresh = &a->keys->fresh;
	size_t count = 0;
	bool ok = true;

	memset(v, 0, sizeof v);
	v[count++] = (struct source_run){ .v = fresh->v, .n = fresh->n };
	for (size_t i = first; ok && i < n; i++) {
		struct source_run *r = &v[count++];

		/* statements of their own: several runs are read at a time */
		ok = sqlite3_prepare_v2(a->db, "SELECT numbers FROM chunk WHERE id >= ?1 << 32 AND id < (?1 + 1) << 32 ORDER BY id", -1, &r->s,
		    NULL) == SQLITE_OK || archive_failed(a, sqlite3_errcode(a->db));
		if (ok)
			sqlite3_bind_int64(r->s, 1, runs[i].id);
	}
	start(&w);
	ok = ok && merge(a, &w, v, count, g);
	if (ok && w.n + w.left_out != total)
		ok = archive_damaged(a, "its index");	/* a chunk is lost */
	for (size_t i = 0; i < count; i++)
		sqlite3_finalize(v[i].s);
	for (size_t i = first; ok && i < n; i++)
		ok = forget_run(a, runs[i].id);
	ok = ok && (w.n == 0 || record_run(a, &w));
	buf_release(&w.chunk);
	return ok;
}

bool
archive_keys_write(struct archive *a)
{
	struct numbers *fresh = &a->keys->fresh;
	struct run runs[RUNS_MOST];
	struct gone g = { NULL, NULL, 0, 0 };
	size_t n, first;
	uint64_t total;
	bool ok;

	if (fresh->n == 0)
		return true;
	fresh->n = without_doubles(fresh->v, fresh->n);
	if (!list_runs(a, runs, &n))
		return false;
	total = fresh->n;
	for (first = n; first > 0 && runs[first - 1].n < GROWS * total; first--)
		total += runs[first - 1].n;
	ok = read_gone(a, &g) && write_merged(a, runs, first, n, total, &g) && forget_gone(a, &g, first == 0);
	free(g.v);
	free(g.met);
	fresh->n = 0;
	return ok;
}

/* ---- looking up ---- */

void
archive_query_add(struct archive_query *q, const struct digest *d)
{
	struct numbers keys = { NULL, 0, 0 };

	keys_of(d, &keys);
	for (size_t i = 0; i < keys.n; i++)
		XPUSH(q->v, q->n, q->cap) = (struct archive_key){ keys.v[i], q->owners, KEY_MOST };
	q->owners++;
	free(keys.v);
}

struct hits { struct archive_hit *v; size_t n, cap; };

/* First stories of a chunk that have the key. */
static void
hits_in(const unsigned char *v, size_t n, struct archive_key *k, struct hits *out)
{
	uint64_t key = k->key >> STORY_BITS;
	size_t lo = 0, hi = n;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (number_at(v, mid) >> STORY_BITS < key)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (; lo < n && number_at(v, lo) >> STORY_BITS == key && k->room > 0; lo++, k->room--)
		XPUSH(out->v, out->n, out->cap) = (struct archive_hit){ k->owner, (uint32_t)(number_at(v, lo) & (((uint64_t)1 << STORY_BITS) - 1)),
			(uint32_t)(k->key & 15) };
}

static bool
find_in_run(struct archive *a, const struct run *run, struct archive_query *q, struct hits *out)
{
	sqlite3_stmt *s = archive_statement(a, &a->keys->chunk, "SELECT numbers FROM chunk WHERE id = ?");
	const unsigned char *v = NULL;
	int64_t at = -1;
	size_t n = 0;

	if (s == NULL)
		return false;
	for (size_t i = 0; i < q->n; i++) {
		int64_t id = chunk_id(run->id, run->bits, q->v[i].key);

		if (id != at) {
			int code;

			sqlite3_reset(s);
			sqlite3_bind_int64(s, 1, id);
			code = sqlite3_step(s);
			if (code != SQLITE_ROW || !chunk_numbers(a, s, 0, &v, &n)) {
				if (code == SQLITE_DONE)
					archive_damaged(a, "its index");
				else if (code != SQLITE_ROW)
					archive_failed(a, code);
				sqlite3_reset(s);
				return false;
			}
			at = id;
		}
		hits_in(v, n, &q->v[i], out);
	}
	sqlite3_reset(s);
	return true;
}

static int
by_key(const void *p, const void *q)
{
	const struct archive_key *a = p, *b = q;

	return a->key < b->key ? -1 : a->key > b->key;
}

static int
by_owner(const void *p, const void *q)
{
	const struct archive_hit *a = p, *b = q;

	if (a->owner != b->owner)
		return a->owner < b->owner ? -1 : 1;
	return a->story < b->story ? -1 : a->story > b->story;
}

bool
archive_keys_find(struct archive *a, struct archive_query *q, struct archive_hit **hits, size_t *n)
{
	struct hits found = { NULL, 0, 0 };
	struct run runs[RUNS_MOST];
	size_t nruns, kept = 0;
	bool ok = list_runs(a, runs, &nruns);

	if (q->n != 0)
		qsort(q->v, q->n, sizeof *q->v, by_key);
	for (size_t i = 0; ok && i < nruns; i++)
		ok = find_in_run(a, &runs[i], q, &found);
	if (found.n != 0)
		qsort(found.v, found.n, sizeof *found.v, by_owner);
	for (size_t i = 0; i < found.n; i++)
		if (kept != 0 && by_owner(&found.v[kept - 1], &found.v[i]) == 0)
			found.v[kept - 1].weight += found.v[i].weight;
		else
			found.v[kept++] = found.v[i];
	*hits = found.v;
	*n = kept;
	return ok;
}
