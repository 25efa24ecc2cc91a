/* Other stories of a run that share words with the one at hand: what checks that look beside it are given. */
#ifndef WL_COMPANIONS_H
#define WL_COMPANIONS_H

#include "analysis/overlap.h"
#include "analysis/passage.h"

#include <stdbool.h>
#include <stddef.h>

/* Of the overlap, a is the companion and b the story at hand. */
struct companion {
	const struct article *article;
	const struct passage *passage;
	const struct overlap *overlap;
	struct overlap_sum sum;
	bool earlier;			/* it stands before the story at hand in the order of paths */
};
struct companions {
	const struct passage *ours;
	const struct companion *v;
	size_t n;
};

/* Are the two versions of one story, not only that one holds some of the other? */
static inline bool
companion_is_version(const struct companion *other, const struct passage *ours)
{
	uint32_t most = other->passage->words.n > ours->words.n ? other->passage->words.n : ours->words.n, shared = 0;

	for (size_t i = 0; i < other->overlap->n; i++)
		shared += other->overlap->v[i].n;
	return shared * 2 >= most;
}

/* Are they forms of one story: port.txt and port.expected.html, of which one holds nearly all of the other?  A repository may hold a story in several,
 * and not each of them says all.  `ours`: the path of the story at hand. */
bool companion_is_form(const struct companion *other, const char *ours);

enum { COMPANIONS_MOST = 32 };		/* for one story; of more the first ones */

#endif
