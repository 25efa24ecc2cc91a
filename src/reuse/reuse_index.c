/* Which of many stories may share copy, by their digests. */
#include "reuse/reuse_index.h"

#include "analysis/overlap.h"
#include "util/hash.h"
#include "util/sort64.h"
#include "util/xmalloc.h"

#include <stdlib.h>
#include <string.h>

/* A key with the story that has it, so that sorting the numbers sorts by key, and by story within one: 38 bits of the key, 25 of the story's
 * number, one whether it stands in a quotation. */
enum { STORY_BITS = 25, QUOTED = 1, STORY_SHIFT = 1, KEY_SHIFT = STORY_SHIFT + STORY_BITS };

enum {
	LEAST_WORDS = 20,		/* a story of fewer is not compared */
	LEAST_CAPTION = 8,		/* units of a caption that nobody writes twice */
	LEAST_PARAGRAPH = 20,		/* units of a paragraph that tells on its own */
	PRINT_WEIGHT = 4, QUOTED_WEIGHT = 1, PARAGRAPH_WEIGHT = 8, ENOUGH = 8,
	OF_ONE_SITE = 3, OF_NO_SITE = 4,	/* stories unlike each other, from which on what they share is furniture */
	ROOM = 1 << 17,			/* pairs gathered before they are counted together */
};
static const double KIN = 0.5;		/* of the prints of the shorter story: the two are versions of one */

struct story { uint64_t whole; uint32_t words, site, prints, kin; };
/* kin: a story that it is a version of, its own number where there is none (a forest, flattened at the end) */

struct link { uint64_t pair; uint32_t weight; bool star; };

struct reuse_index {
	struct story *stories;
	size_t nstories, capstories;
	uint64_t *keys;
	size_t nkeys, capkeys;
	struct link *links;
	size_t nlinks, caplinks, limit;
	struct reuse_pair *pairs;
	size_t npairs, cappairs;
	uint64_t *common;		/* an open table of keys, 0 empty */
	size_t ncommon, capcommon;
	struct caption { uint64_t hash; uint32_t story; } *captions;
	size_t ncaptions, capcaptions;
	uint32_t *beside, *first;	/* the others of story i: beside[first[i]] up to first[i + 1] */
};

struct reuse_index *
reuse_index_new(void)
{
	struct reuse_index *x = xcalloc(1, sizeof *x);

	x->limit = ROOM;
	return x;
}

void
reuse_index_free(struct reuse_index *x)
{
	if (x == NULL)
		return;
	free(x->stories);
	free(x->keys);
	free(x->links);
	free(x->pairs);
	free(x->common);
	free(x->captions);
	free(x->beside);
	free(x->first);
	free(x);
}

size_t
reuse_index_stories(const struct reuse_index *x)
{
	return x->nstories;
}

const struct reuse_pair *
reuse_index_pairs(const struct reuse_index *x, size_t *n)
{
	*n = x->npairs;
	return x->pairs;
}

/* ---- filling ---- */

static uint32_t
site_of(const struct digest *d)
{
	size_t n;
	const char *s = digest_host(d->url, &n);

	if (n == 0) {
		s = *d->outlet != '\0' ? d->outlet : d->agency;
		n = strlen(s);
	}
	return n == 0 ? 0 : (uint32_t)hash_bytes(s, n, HASH_INIT) | 1;
}

/* The lowest bit of a key says whether it is a paragraph's, and is kept. */
static uint64_t
short_key(uint64_t key)
{
	return (key >> 2 << 1 | (key & 1)) & (((uint64_t)1 << (64 - KEY_SHIFT)) - 1);
}

static uint32_t
story_of(uint64_t key)
{
	return (uint32_t)(key >> STORY_SHIFT & (STORIES_MOST - 1));
}

bool
reuse_index_add(struct reuse_index *x, const struct digest *d)
{
	uint64_t number = x->nstories;
	struct story *s;

	if (number >= STORIES_MOST)
		return false;
	s = &XPUSH(x->stories, x->nstories, x->capstories);
	*s = (struct story){ d->whole, d->words, site_of(d), (uint32_t)d->nprints, (uint32_t)number };
	for (size_t i = 0; i < d->nparagraphs; i++)
		if (d->paragraphs[i].kind == PARAGRAPH_CAPTION && d->paragraphs[i].units >= LEAST_CAPTION)
			XPUSH(x->captions, x->ncaptions, x->capcaptions) = (struct caption){ d->paragraphs[i].hash, (uint32_t)number };
	if (d->words < LEAST_WORDS)
		return true;
	for (size_t i = 0; i < d->nprints; i++)
		XPUSH(x->keys, x->nkeys, x->capkeys) = short_key(print_key(d->prints[i].hash)) << KEY_SHIFT | number << STORY_SHIFT |
		    (d->prints[i].quoted ? QUOTED : 0);
	for (size_t i = 0; i < d->nparagraphs; i++)
		if (d->paragraphs[i].kind == PARAGRAPH_PROSE && d->paragraphs[i].units >= LEAST_PARAGRAPH)
			XPUSH(x->keys, x->nkeys, x->capkeys) = short_key(paragraph_key(d->paragraphs[i].hash)) << KEY_SHIFT | number << STORY_SHIFT;
	return true;
}

/* ---- pairs ---- */

static int
by_pair(const void *p, const void *q)
{
	const struct link *a = p, *b = q;

	return a->pair < b->pair ? -1 : a->pair > b->pair;
}

/* Links of one pair become one. */
static void
join_links(struct reuse_index *x)
{
	size_t n = 0;

	if (x->nlinks != 0)
		qsort(x->links, x->nlinks, sizeof *x->links, by_pair);
	for (size_t i = 0; i < x->nlinks; i++)
		if (n != 0 && x->links[n - 1].pair == x->links[i].pair) {
			x->links[n - 1].weight += x->links[i].weight;
			x->links[n - 1].star = x->links[n - 1].star && x->links[i].star;
		} else
			x->links[n++] = x->links[i];
	x->nlinks = n;
	if (n > x->limit / 2)
		x->limit = n * 2;
}

static void
link_two(struct reuse_index *x, uint32_t a, uint32_t b, uint32_t weight, bool star)
{
	if (x->nlinks >= x->limit)
		join_links(x);
	XPUSH(x->links, x->nlinks, x->caplinks) = (struct link){ (uint64_t)a << 32 | b, weight, star };
}

/* ---- twins: stories whose words are all the same ---- */

static const struct story *sorting;	/* the main thread's alone */

static int
by_words(const void *p, const void *q)
{
	uint32_t a = *(const uint32_t *)p, b = *(const uint32_t *)q;
	const struct story *x = &sorting[a], *y = &sorting[b];

	if (x->whole != y->whole)
		return x->whole < y->whole ? -1 : 1;
	if (x->words != y->words)
		return x->words < y->words ? -1 : 1;
	return a < b ? -1 : a > b;
}

static bool
are_twins(const struct story *a, const struct story *b)
{
	return a->whole == b->whole && a->words == b->words;
}

/* Those of many for which the first stands: a pair each; and their keys are dropped. */
static void
fold_twins(struct reuse_index *x)
{
	uint32_t *order = xcalloc(x->nstories + 1, sizeof *order);
	bool *dropped = xcalloc(x->nstories + 1, sizeof *dropped);
	size_t n = 0, kept = 0;

	for (size_t i = 0; i < x->nstories; i++)
		if (x->stories[i].words >= LEAST_WORDS)
			order[n++] = (uint32_t)i;
	sorting = x->stories;
	if (n != 0)
		qsort(order, n, sizeof *order, by_words);
	for (size_t i = 0, k; i < n; i = k) {
		for (k = i + 1; k < n && are_twins(&x->stories[order[i]], &x->stories[order[k]]); k++)
			;
		for (size_t j = i + 1; k - i > TWINS && j < k; j++) {
			dropped[order[j]] = true;
			x->stories[order[j]].kin = order[i];
			XPUSH(x->pairs, x->npairs, x->cappairs) = (struct reuse_pair){ order[i], order[j], true };
		}
	}
	for (size_t i = 0; i < x->nkeys; i++)
		if (!dropped[story_of(x->keys[i])])
			x->keys[kept++] = x->keys[i];
	x->nkeys = kept;
	free(order);
	free(dropped);
}

/* ---- what a key says ---- */

struct group { const uint64_t *v; size_t n; uint64_t key; };	/* stories that have the key, each once, in order */

/* The next group from *i on of those with two stories or more; what is double is dropped, and its place is left with the first. */
static bool
next_group(struct reuse_index *x, size_t *i, struct group *g)
{
	while (*i < x->nkeys) {
		size_t first = *i, n = 1, k;

		g->key = x->keys[first] >> KEY_SHIFT;
		for (k = first + 1; k < x->nkeys && x->keys[k] >> KEY_SHIFT == g->key; k++) {
			uint64_t *last = &x->keys[first + n - 1];

			if (story_of(*last) != story_of(x->keys[k]))
				x->keys[first + n++] = x->keys[k];
			else
				*last &= x->keys[k] | ~(uint64_t)QUOTED;	/* once outside of quotations is enough */
		}
		/* what is left over between the groups has the last one's number again, and is passed over likewise the next time */
		for (size_t rest = first + n; rest < k; rest++)
			x->keys[rest] = x->keys[first + n - 1];
		*i = k;
		g->v = &x->keys[first];
		g->n = n;
		if (n > 1)
			return true;
	}
	return false;
}

static uint32_t
story_at(const struct group *g, size_t i)
{
	return story_of(g->v[i]);
}

static void
link_group(struct reuse_index *x, const struct group *g, bool counted)
{
	bool star = g->n > KEY_STORIES;

	for (size_t i = 0; i < g->n; i++)
		for (size_t k = i + 1; k < g->n && (!star || i == 0); k++) {
			bool quoted = (g->v[i] | g->v[k]) & QUOTED;

			link_two(x, story_at(g, i), story_at(g, k), counted ? (g->key & 1) == 0 : g->key & 1 ? PARAGRAPH_WEIGHT :
			    quoted ? QUOTED_WEIGHT : PRINT_WEIGHT, star);
		}
}

/* ---- versions of one story ---- */

static uint32_t
root(struct reuse_index *x, uint32_t i)
{
	while (x->stories[i].kin != i)
		i = x->stories[i].kin = x->stories[x->stories[i].kin].kin;
	return i;
}

static void
find_kin(struct reuse_index *x)
{
	struct group g;
	size_t i = 0;

	while (next_group(x, &i, &g))
		link_group(x, &g, true);
	join_links(x);
	for (size_t k = 0; k < x->nlinks; k++) {
		uint32_t a = (uint32_t)(x->links[k].pair >> 32), b = (uint32_t)x->links[k].pair;
		uint32_t least = x->stories[a].prints < x->stories[b].prints ? x->stories[a].prints : x->stories[b].prints;

		if (x->links[k].weight >= KIN * least && x->links[k].weight != 0) {
			uint32_t ra = root(x, a), rb = root(x, b);

			/* the lower number is the root: the same whatever the order */
			if (ra < rb)
				x->stories[rb].kin = ra;
			else
				x->stories[ra].kin = rb;
		}
	}
	x->nlinks = 0;
	for (uint32_t k = 0; k < x->nstories; k++)
		x->stories[k].kin = root(x, k);
}

/* ---- furniture ---- */

static void
put_common(struct reuse_index *x, uint64_t key)
{
	size_t i;

	if ((x->ncommon + 1) * 2 > x->capcommon) {
		size_t old = x->capcommon;
		uint64_t *from = x->common;

		x->capcommon = old == 0 ? 1024 : old * 2;
		x->common = xcalloc(x->capcommon, sizeof *x->common);
		for (size_t k = 0; k < old; k++)
			if (from[k] != 0) {
				for (i = hash_mix(from[k]) & (x->capcommon - 1); x->common[i] != 0; i = (i + 1) & (x->capcommon - 1))
					;
				x->common[i] = from[k];
			}
		free(from);
	}
	for (i = hash_mix(key + 1) & (x->capcommon - 1); x->common[i] != 0; i = (i + 1) & (x->capcommon - 1))
		if (x->common[i] == key + 1)
			return;
	x->common[i] = key + 1;
	x->ncommon++;
}

static bool
has_common(const struct reuse_index *x, uint64_t key)
{
	if (x->ncommon == 0)
		return false;
	for (size_t i = hash_mix(key + 1) & (x->capcommon - 1); x->common[i] != 0; i = (i + 1) & (x->capcommon - 1))
		if (x->common[i] == key + 1)
			return true;
	return false;
}

bool
reuse_index_is_common(const void *index, uint64_t key)
{
	return has_common(index, short_key(key));
}

/* Does the key stand in many stories of one site that are no versions of each other? */
static bool
is_furniture(const struct reuse_index *x, const struct group *g, uint64_t *scratch)
{
	size_t n = 0, same = 0;

	if (g->n < OF_ONE_SITE)
		return false;
	for (size_t i = 0; i < g->n; i++) {
		const struct story *s = &x->stories[story_at(g, i)];

		scratch[n++] = (uint64_t)s->site << 32 | s->kin;
	}
	sort64(scratch, n);
	for (size_t i = 0; i < n; i++) {
		if (i != 0 && scratch[i] == scratch[i - 1])
			continue;
		same = i != 0 && scratch[i] >> 32 == scratch[i - 1] >> 32 ? same + 1 : 1;
		if (same >= (scratch[i] >> 32 != 0 ? OF_ONE_SITE : OF_NO_SITE))
			return true;
	}
	return false;
}

static void
link_all(struct reuse_index *x)
{
	uint64_t *scratch = NULL;
	size_t room = 0, i = 0;
	struct group g;

	while (next_group(x, &i, &g)) {
		if (g.n > room) {
			room = g.n * 2;
			scratch = xrealloc(scratch, room * sizeof *scratch);
		}
		if (is_furniture(x, &g, scratch))
			put_common(x, g.key);
		else
			link_group(x, &g, false);
	}
	free(scratch);
	join_links(x);
}

static int
by_stories(const void *p, const void *q)
{
	const struct reuse_pair *a = p, *b = q;

	if (a->a != b->a)
		return a->a < b->a ? -1 : 1;
	return a->b < b->b ? -1 : a->b > b->b;
}

static int
by_caption(const void *p, const void *q)
{
	const struct caption *a = p, *b = q;

	if (a->hash != b->hash)
		return a->hash < b->hash ? -1 : 1;
	return a->story < b->story ? -1 : a->story > b->story;
}

/* Pairs both ways; of a caption, each story with the first that has it. */
static void
set_beside(struct reuse_index *x)
{
	uint64_t *v = xcalloc(2 * (x->npairs + x->ncaptions) + 1, sizeof *v);
	size_t n = 0, kept = 0, head = 0;

	for (size_t i = 0; i < x->npairs; i++) {
		v[n++] = (uint64_t)x->pairs[i].a << 32 | x->pairs[i].b;
		v[n++] = (uint64_t)x->pairs[i].b << 32 | x->pairs[i].a;
	}
	if (x->ncaptions != 0)
		qsort(x->captions, x->ncaptions, sizeof *x->captions, by_caption);
	for (size_t i = 1; i < x->ncaptions; i++) {
		head = x->captions[i].hash == x->captions[head].hash ? head : i;
		if (x->captions[i].story != x->captions[head].story)
			v[n++] = (uint64_t)x->captions[i].story << 32 | x->captions[head].story;
	}
	sort64(v, n);
	x->beside = xcalloc(n + 1, sizeof *x->beside);
	x->first = xcalloc(x->nstories + 2, sizeof *x->first);
	for (size_t i = 0; i < n; i++)
		if (i == 0 || v[i] != v[i - 1]) {
			x->first[(v[i] >> 32) + 1]++;
			x->beside[kept++] = (uint32_t)v[i];
		}
	for (size_t i = 0; i < x->nstories; i++)
		x->first[i + 1] += x->first[i];
	free(v);
	free(x->captions);
	x->captions = NULL;
}

size_t
reuse_index_beside(const struct reuse_index *x, uint32_t story, const uint32_t **others)
{
	*others = x->beside + x->first[story];
	return x->first[story + 1] - x->first[story];
}

void
reuse_index_finish(struct reuse_index *x)
{
	fold_twins(x);
	sort64(x->keys, x->nkeys);
	find_kin(x);
	link_all(x);
	for (size_t i = 0; i < x->nlinks; i++)
		if (x->links[i].weight >= ENOUGH)
			XPUSH(x->pairs, x->npairs, x->cappairs) = (struct reuse_pair){ (uint32_t)(x->links[i].pair >> 32),
				(uint32_t)x->links[i].pair, x->links[i].star };
	if (x->npairs != 0)
		qsort(x->pairs, x->npairs, sizeof *x->pairs, by_stories);
	set_beside(x);
	free(x->keys);
	free(x->links);
	x->keys = NULL;
	x->links = NULL;
	x->nkeys = x->nlinks = 0;
}
