/* What two stories have in common, word for word and wherever it stands in them: the exact check behind equal hashes.  Linear in both. */
#ifndef WL_OVERLAP_H
#define WL_OVERLAP_H

#include "analysis/passage.h"
#include "facts/facts.h"
#include "text.h"

#include <stdbool.h>
#include <stdint.h>

/* Units a up to a + n of the one are units b up to b + n of the other: as folded, character by character. */
struct shared_words {
	uint32_t a, b, n;
	uint32_t words, unquoted;	/* unquoted: in neither of the two */
	bool sentence;			/* it holds a whole sentence of eight words or more; by overlap_set_aside(), like the next */
	bool common;			/* furniture: said of it by the caller, see overlap_set_aside() */
};

struct overlap {
	struct shared_words *v;		/* in the order of b; none overlaps another in b */
	size_t n, cap;
	uint32_t *table, *next;		/* scratch: the runs of a by hash */
	size_t captable, capnext;
	unsigned char *seen;
	size_t capseen;
};

enum { SHARED_LEAST = 8 };		/* words: a shorter run is chance */

void overlap_init(struct overlap *o);
void overlap_release(struct overlap *o);
void overlap_find(struct overlap *o, const struct passage *a, const struct text *ta, const struct passage *b, const struct text *tb);
/* Runs are cut where a paragraph of b ends, and each piece is furniture if most of its prints, or its paragraph as a whole, are so; and where little is
 * shared in all, if it speaks to the reader of newsletters and the like, in words that a site of that language uses (facts.h).  `is_common` NULL: no
 * key is. */
void overlap_set_aside(struct overlap *o, const struct passage *a, const struct passage *b, const struct text *tb, const struct language *l,
    bool (*is_common)(const void *arg, uint64_t key), const void *arg);

/* Keys of prints and of whole paragraphs, as they are looked up; PRINT_BITS wide. */
static inline uint64_t print_key(uint64_t hash) { return hash & ~(uint64_t)1; }
static inline uint64_t paragraph_key(uint64_t hash) { return hash >> (64 - PRINT_BITS) | 1; }

struct overlap_sum {
	uint32_t words, unquoted;	/* shared, furniture left out; unquoted in both */
	uint32_t longest;		/* of the runs, in words, furniture left out */
	uint32_t paragraphs;		/* whole ones of PARAGRAPH_LEAST units, furniture left out */
	bool whole_paragraph;		/* one of them is of twenty words or more, and not a quotation alone */
	double containment;		/* 0 to 1: how much of the shorter story stands in the other, furniture included */
	bool tells;			/* enough is shared to call one a copy, or part a copy, of the other */
};
struct overlap_sum overlap_sum(struct overlap *o, const struct passage *a, const struct passage *b);

#endif
