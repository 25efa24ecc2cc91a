/* Where two lists of words differ.
 *
 * Runs of words that stand once in either list are anchors: the longest chain of them that goes forward in both parts the lists into
 * pieces, which are looked at in the same way with shorter runs, and small pieces by a table of their longest common subsequence.  Each
 * step is linear in what it looks at, and there are five of them. */
#include "hunks.h"

#include "util/hash.h"
#include "util/xmalloc.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { TABLE = 400 };			/* words of a piece for which the table is made */

struct piece { uint32_t a0, a1, b0, b1; };
struct anchor { uint32_t a, b; };

struct finding_hunks {
	struct hunks *out;
	const uint64_t *a, *b;
	uint16_t *table;		/* (TABLE + 1) squared; NULL until it is needed */
};

/* Adjoining hunks are one. */
static void
add(struct finding_hunks *f, struct piece p)
{
	struct hunks *h = f->out;
	struct hunk *last = h->n != 0 ? &h->v[h->n - 1] : NULL;

	if (p.a0 == p.a1 && p.b0 == p.b1)
		return;
	if (last != NULL && last->a1 == p.a0 && last->b1 == p.b0) {
		last->a1 = p.a1;
		last->b1 = p.b1;
		return;
	}
	XPUSH(h->v, h->n, h->cap) = (struct hunk){ p.a0, p.a1, p.b0, p.b1 };
}

/* ---- small pieces ---- */

static void
by_table(struct finding_hunks *f, struct piece p)
{
	uint32_t n = p.a1 - p.a0, m = p.b1 - p.b0, i, j;
	const uint64_t *a = f->a + p.a0, *b = f->b + p.b0;
	uint16_t *t;

	if (f->table == NULL)
		f->table = xmalloc((TABLE + 1) * (TABLE + 1) * sizeof *f->table);
	t = f->table;
	/* t[i][j]: the longest common subsequence of what follows i and j */
	for (i = n + 1; i-- != 0;)
		for (j = m + 1; j-- != 0;) {
			uint16_t *at = &t[i * (m + 1) + j];

			if (i == n || j == m)
				*at = 0;
			else if (a[i] == b[j])
				*at = (uint16_t)(at[m + 2] + 1);
			else
				*at = at[m + 1] > at[1] ? at[m + 1] : at[1];
		}
	for (i = j = 0; i < n || j < m;) {
		uint32_t x = i, y = j;

		while ((i < n || j < m) && !(i < n && j < m && a[i] == b[j])) {
			if (j == m || (i < n && t[(i + 1) * (m + 1) + j] >= t[i * (m + 1) + j + 1]))
				i++;
			else
				j++;
		}
		add(f, (struct piece){ p.a0 + x, p.a0 + i, p.b0 + y, p.b0 + j });
		while (i < n && j < m && a[i] == b[j])
			i++, j++;
	}
}

/* ---- anchors ---- */

/* A run of words and where it stands; `many`: more than once in a list. */
struct seen { uint64_t hash; uint32_t a, b; bool many; };
enum { NOWHERE = UINT32_MAX };

static uint64_t
run_hash(const uint64_t *v, uint32_t k)
{
	return hash_bytes(v, k * sizeof *v, HASH_INIT) | 1;
}

static struct seen *
seen_slot(struct seen *table, size_t mask, uint64_t h)
{
	size_t i = h & mask;

	while (table[i].hash != 0 && table[i].hash != h)
		i = (i + 1) & mask;
	return &table[i];
}

/* Runs of k words that stand once in either stretch, in the order of the first. */
static struct anchor *
find_anchors(const struct finding_hunks *f, struct piece p, uint32_t k, size_t *n)
{
	uint32_t na = p.a1 - p.a0, nb = p.b1 - p.b0, i;
	struct anchor *out = xmalloc(((size_t)na + 1) * sizeof *out);
	size_t size = 16;
	struct seen *table;

	*n = 0;
	if (na < k || nb < k)
		return out;
	while (size < ((size_t)na + nb) * 2)
		size *= 2;
	table = xcalloc(size, sizeof *table);
	for (i = 0; i + k <= na; i++) {
		uint64_t h = run_hash(f->a + p.a0 + i, k);
		struct seen *s = seen_slot(table, size - 1, h);

		s->many = s->hash != 0;
		s->hash = h;
		s->a = p.a0 + i;
		s->b = NOWHERE;
	}
	for (i = 0; i + k <= nb; i++) {
		struct seen *s = seen_slot(table, size - 1, run_hash(f->b + p.b0 + i, k));

		if (s->hash == 0)
			continue;
		s->many = s->many || s->b != NOWHERE;
		s->b = p.b0 + i;
	}
	for (i = 0; i + k <= na; i++) {
		const struct seen *s = seen_slot(table, size - 1, run_hash(f->a + p.a0 + i, k));

		if (!s->many && s->b != NOWHERE)
			out[(*n)++] = (struct anchor){ p.a0 + i, s->b };
	}
	free(table);
	return out;
}

/* Keeps the longest chain that goes forward in the second list too. */
static size_t
longest_chain(struct anchor *v, size_t n)
{
	size_t *tails = xmalloc((n + 1) * sizeof *tails), *before = xmalloc((n + 1) * sizeof *before), length = 0, i, k;

	for (i = 0; i < n; i++) {
		size_t lo = 0, hi = length;

		while (lo < hi) {
			size_t mid = (lo + hi) / 2;

			if (v[tails[mid]].b < v[i].b)
				lo = mid + 1;
			else
				hi = mid;
		}
		before[i] = lo != 0 ? tails[lo - 1] : SIZE_MAX;
		tails[lo] = i;
		if (lo == length)
			length++;
	}
	for (i = length != 0 ? tails[length - 1] : 0, k = length; k-- != 0; i = before[i])
		tails[k] = i;
	for (k = 0; k < length; k++)
		v[k] = v[tails[k]];
	free(tails);
	free(before);
	return length;
}

static void
by_anchors(struct finding_hunks *f, struct piece p, unsigned step)
{
	static const uint32_t lengths[] = { 6, 3, 1 };
	struct anchor *v;
	size_t n, i;

	while (p.a0 < p.a1 && p.b0 < p.b1 && f->a[p.a0] == f->b[p.b0])
		p.a0++, p.b0++;
	while (p.a0 < p.a1 && p.b0 < p.b1 && f->a[p.a1 - 1] == f->b[p.b1 - 1])
		p.a1--, p.b1--;
	if (p.a0 == p.a1 || p.b0 == p.b1) {
		add(f, p);
		return;
	}
	if (p.a1 - p.a0 <= TABLE && p.b1 - p.b0 <= TABLE) {
		by_table(f, p);
		return;
	}
	if (step == sizeof lengths / sizeof *lengths) {
		add(f, p);
		return;
	}
	v = find_anchors(f, p, lengths[step], &n);
	n = longest_chain(v, n);
	for (i = 0; i <= n; i++) {
		struct piece part = { p.a0, i < n ? v[i].a : p.a1, p.b0, i < n ? v[i].b : p.b1 };

		if (i < n && (v[i].a < p.a0 || v[i].b < p.b0))
			continue;	/* it lies in the run of the one before */
		by_anchors(f, part, step + 1);
		if (i == n)
			break;
		p.a0 = v[i].a;
		p.b0 = v[i].b;
		while (p.a0 < p.a1 && p.b0 < p.b1 && f->a[p.a0] == f->b[p.b0])
			p.a0++, p.b0++;
	}
	free(v);
}

void
hunks_find(struct hunks *out, const uint64_t *a, uint32_t na, const uint64_t *b, uint32_t nb)
{
	struct finding_hunks f = { .out = out, .a = a, .b = b };

	by_anchors(&f, (struct piece){ 0, na, 0, nb }, 0);
	free(f.table);
}

void
hunks_release(struct hunks *h)
{
	free(h->v);
	*h = (struct hunks){ NULL, 0, 0 };
}
