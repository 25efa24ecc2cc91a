/* An article beside the copy that it was made from (--upstream): both as words, and where the words differ.  For checks that compare;
 * worked out once an article, when the first of them asks. */
#ifndef WL_COMPARISON_H
#define WL_COMPARISON_H

#include "alike.h"
#include "analysis/analysis.h"
#include "article.h"
#include "hunks.h"

#include <stdbool.h>
#include <stdint.h>

/* Words of a text in their order, folded as alike.h says. */
struct copy_words {
	struct range *at;		/* as written */
	uint64_t *hash;
	uint32_t *block;		/* index into article->blocks */
	uint32_t n;
	size_t cap;
};

/* A copy that was sent, read and classified like any other; never written to but for what its analysis works out. */
struct original {
	struct article article;
	struct analysis analysis;
};

struct comparison {
	struct article *ours;
	struct analysis *analysis;	/* of ours */
	struct original *original;	/* NULL: there is none, and nothing else here holds */
	struct original *newest;	/* the latest version of it that is known; may be the same */
	bool derived;			/* ours was made from it; else they only share some passages */
	bool have_words, have_hunks;
	struct copy_words words, original_words;	/* of the body: what a reader takes for the story */
	struct hunks hunks;		/* a: the original's words, b: ours */
};

void comparison_init(struct comparison *c);
void comparison_release(struct comparison *c);
/* Forgets the last article.  `original` NULL: none. */
void comparison_start(struct comparison *c, struct article *ours, struct analysis *analysis, struct original *original,
    struct original *newest, bool derived);
void comparison_words(struct comparison *c);	/* fills the words; cheap when done */
void comparison_hunks(struct comparison *c);	/* and the hunks */

/* The words of the blocks of these kinds are appended. */
void copy_words_take(struct copy_words *w, const struct article *a, kind_set kinds);
void copy_words_block(struct copy_words *w, const struct article *a, uint32_t block);	/* those of one */
/* Are the words of the two the same, character by character as folded? */
bool copy_words_equal(const struct text *t, struct range a, const struct text *u, struct range b);
void copy_words_push(struct copy_words *w, const struct word *word, uint32_t block);
void copy_words_clear(struct copy_words *w);
void copy_words_release(struct copy_words *w);
/* From word i up to word z, within the block that i lies in. */
struct range copy_words_range(const struct copy_words *w, uint32_t i, uint32_t z);
/* The empty range at which words that stood before word i are missing: behind the word before it, or the paragraph that this one ends. */
struct range copy_words_gap(const struct copy_words *w, const struct article *a, uint32_t i);

#endif
