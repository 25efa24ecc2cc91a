/* Pieces of the page: what is counted of rules, sources and files, and articles as they are shown.
 *
 * Sums are added up, and of files and articles the worst are kept, the earlier of two that are alike; what is dropped is counted.  Since what
 * comes later can only push out and never bring back, it makes no difference when, and how often, that is done. */
#include "emit/html_int.h"

#include "util/xmalloc.h"

#include <stdlib.h>
#include <string.h>

void
html_piece_begin(struct buf *out, enum html_rank rank, const struct html_tally *t, const char *key, size_t *begun)
{
	*begun = piece_begin(out, (unsigned char)rank);
	buf_add(out, t, sizeof *t);
	buf_add(out, key, strlen(key) + 1);
}

void
html_count_in(struct html_tally *t, const struct finding *f)
{
	t->counts[f->pass != PASS_NOT ? COUNT_PASSED : f->fatal ? COUNT_FATAL : f->severity == SEV_ERROR ? COUNT_ERROR : f->severity == SEV_WARNING ? COUNT_WARNING : COUNT_NOTE]++;
}

uint32_t
html_findings(const struct html_tally *t)
{
	return t->counts[COUNT_FATAL] + t->counts[COUNT_ERROR] + t->counts[COUNT_WARNING] + t->counts[COUNT_NOTE];
}

static void
add(struct html_tally *to, const struct html_tally *t)
{
	for (int i = 0; i < COUNTS; i++)
		to->counts[i] += t->counts[i];
	to->files += t->files;
	to->articles += t->articles;
	to->clean += t->clean;
}

static int
by_key(const void *x, const void *y)
{
	return strcmp(((const struct html_piece *)x)->key, ((const struct html_piece *)y)->key);
}

/* Most findings first. */
static int
by_sum(const void *x, const void *y)
{
	const struct html_piece *a = x, *b = y;
	uint32_t n = html_findings(&a->tally), k = html_findings(&b->tally);

	if (n != k)
		return n > k ? -1 : 1;
	if (a->tally.files != b->tally.files)
		return a->tally.files > b->tally.files ? -1 : 1;
	return strcmp(a->key, b->key);
}

/* The worst first; of those that are alike, the earlier: keys lie in one buffer in their order. */
static int
by_worst(const void *x, const void *y)
{
	const struct html_piece *a = x, *b = y;

	for (int i = 0; i < COUNTS; i++)
		if (a->tally.counts[i] != b->tally.counts[i])
			return a->tally.counts[i] > b->tally.counts[i] ? -1 : 1;
	return a->key < b->key ? -1 : a->key > b->key;
}

static void
order(struct html_pieces *p, enum html_rank rank, int (*how)(const void *x, const void *y))
{
	if (p->n[rank] > 1)
		qsort(p->v[rank], p->n[rank], sizeof *p->v[rank], how);
}

static void
merge(struct html_pieces *p, enum html_rank rank)
{
	struct html_piece *v = p->v[rank];
	size_t n = 0;

	order(p, rank, by_key);
	for (size_t i = 0; i < p->n[rank]; i++)
		if (n != 0 && strcmp(v[n - 1].key, v[i].key) == 0)
			add(&v[n - 1].tally, &v[i].tally);
		else
			v[n++] = v[i];
	p->n[rank] = n;
	order(p, rank, by_sum);
}

/* Leaves the first `keep` of a rank, and counts the others. */
static void
drop(struct html_pieces *p, enum html_rank rank, enum html_rank more, size_t keep)
{
	struct html_tally sum = { 0 };

	if (keep >= p->n[rank])
		return;
	for (size_t i = keep; i < p->n[rank]; i++)
		add(&sum, &p->v[rank][i].tally);
	p->n[rank] = keep;
	if (p->n[more] == 0)
		XPUSH(p->v[more], p->n[more], p->cap[more]) = (struct html_piece){ .key = "", .body = "" };
	add(&p->v[more][0].tally, &sum);
}

static bool
is_clean(const struct html_piece *p)
{
	return html_findings(&p->tally) + p->tally.counts[COUNT_PASSED] == 0;
}

static size_t
room_for_articles(const struct html_pieces *p)
{
	const struct html_piece *v = p->v[HTML_ARTICLE];
	size_t n = p->n[HTML_ARTICLE], bytes = 0, keep = 0;
	bool many = n > MOST_CLEAN || p->n[HTML_MORE_ARTICLES] != 0;

	while (keep < n && keep < MOST_ARTICLES && !(many && is_clean(&v[keep]))) {
		bytes += v[keep].nbody;
		if (bytes > MOST_BYTES && keep != 0)
			break;
		keep++;
	}
	return keep;
}

void
html_pieces_take(struct html_pieces *p, const struct buf *pieces)
{
	size_t at = 0;
	struct piece one;

	*p = (struct html_pieces){ 0 };
	while (piece_next(pieces, &at, &one)) {
		struct html_piece new;

		memcpy(&new.tally, one.s, sizeof new.tally);
		new.key = one.s + sizeof new.tally;
		new.body = new.key + strlen(new.key) + 1;
		new.nbody = one.n - (size_t)(new.body - one.s);
		XPUSH(p->v[one.rank], p->n[one.rank], p->cap[one.rank]) = new;
	}
	merge(p, HTML_RULE);
	merge(p, HTML_SOURCE);
	merge(p, HTML_MORE_FILES);
	merge(p, HTML_MORE_ARTICLES);
	order(p, HTML_FILE, by_worst);
	order(p, HTML_ARTICLE, by_worst);
	drop(p, HTML_FILE, HTML_MORE_FILES, MOST_FILES);
	drop(p, HTML_ARTICLE, HTML_MORE_ARTICLES, room_for_articles(p));
}

void
html_pieces_release(struct html_pieces *p)
{
	for (int i = 0; i < HTML_RANKS; i++)
		free(p->v[i]);
}

void
html_trim(struct buf *pieces)
{
	struct html_pieces p;
	struct buf out;
	size_t begun;

	buf_init(&out);
	html_pieces_take(&p, pieces);
	for (int rank = 0; rank < HTML_RANKS; rank++)
		for (size_t i = 0; i < p.n[rank]; i++) {
			html_piece_begin(&out, (enum html_rank)rank, &p.v[rank][i].tally, p.v[rank][i].key, &begun);
			buf_add(&out, p.v[rank][i].body, p.v[rank][i].nbody);
			piece_end(&out, begun);
		}
	html_pieces_release(&p);
	buf_release(pieces);
	*pieces = out;
}
