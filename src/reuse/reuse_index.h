/* Which of many stories may share copy, by their digests: pairs to be held against the text.
 *
 * Each story is a number from 0, in the order in which they are added; its digest's keys lie with its number in one array of 8 bytes a key, which
 * is sorted once.  Stories that have a key in common are a pair; of a key that more than KEY_STORIES of them have, each is paired with the first alone, so that
 * the pairs grow with the stories and not with their square.  More than TWINS stories whose words are all the same are one: the first stands for
 * all, and each other is paired with it alone.
 *
 * Text that stands in several stories which have little else in common is furniture (of a site, of a series) and makes no pair: how often, hangs on
 * whether they are known to be of one site. */
#ifndef WL_REUSE_INDEX_H
#define WL_REUSE_INDEX_H

#include "analysis/digest.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { KEY_STORIES = 24, TWINS = 8, STORIES_MOST = 1 << 25 };

struct reuse_pair {
	uint32_t a, b;			/* numbers of stories, a < b */
	bool star;			/* b is one of many that share this, and is paired with the first of them alone */
};

struct reuse_index;
struct reuse_index *reuse_index_new(void);
void reuse_index_free(struct reuse_index *x);		/* may be NULL */
/* The next story.  false: there are STORIES_MOST already, and it was left out. */
bool reuse_index_add(struct reuse_index *x, const struct digest *d);
/* After the last one; const from here on. */
void reuse_index_finish(struct reuse_index *x);

size_t reuse_index_stories(const struct reuse_index *x);
const struct reuse_pair *reuse_index_pairs(const struct reuse_index *x, size_t *n);	/* sorted by a, then b */
/* The stories that one is paired with, and those that have a caption of it; how many.  In their order. */
size_t reuse_index_beside(const struct reuse_index *x, uint32_t story, const uint32_t **others);
/* Is it furniture?  For overlap_set_aside(). */
bool reuse_index_is_common(const void *index, uint64_t key);

#endif
