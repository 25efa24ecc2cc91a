/* Inside the matcher: one pass over an article's blocks that finds what all finders look for.
 *
 *	matcher		the tables of all finders of the enabled rules, made once, shared by all threads
 *	scan		a thread's own: match data, and the hits of one article after the other
 *
 * Blocks differ in which finders look there, so there is a table for each set of finders that some kind of block has.  A
 * table knows for each byte whether anything begins with it, and for each word's hash what begins with that word; a text in
 * which nothing begins costs no more than hashing its words. */
#ifndef WL_MATCHER_INT_H
#define WL_MATCHER_INT_H

#include "match/matcher.h"
#include "rule/finder.h"
#include "rule/rule.h"
#include "util/rx.h"

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- tables ---- */

/* Something that may begin at a place: a term or a pattern of a finder. */
struct entry {
	const struct finder *finder;
	const struct term *term;	/* one of these two */
	struct pattern *pattern;
	uint32_t id;			/* into scan->resume: a pattern's own; that of all terms of a finder */
};
struct entries { struct entry *v; size_t n, cap; };

struct word_slot { uint64_t hash; uint32_t first, n; };		/* n == 0: free */

enum {
	CLASS_WORD = 1, CLASS_HIGH = 2, CLASS = 3,	/* of a byte: ASCII letter or digit; from 0x80; neither */
	BEGINS = 4,			/* something may begin with this byte, anywhere */
	BEGINS_AT_WORD = 8,		/* the same where a word begins */
	SEEN_BITS = 1 << 15
};

struct table {
	uint8_t byte[256];
	bool inside_words, inside_numbers;	/* something may begin with a letter, a digit, inside a word */
	struct entries any, at_word, start;
	uint32_t any_first[257], at_word_first[257];	/* entries of byte b: first[b] to first[b + 1] */
	struct entries words;		/* in groups of one hash; in a group, terms by finder */
	struct word_slot *slots;
	size_t mask;
	uint64_t seen[SEEN_BITS / 64];	/* a bit for each hash that is in slots */
	struct entries all, all_words;	/* MATCH_PLAIN: all of it, and the terms that begin with a letter or digit */
};

struct tables {
	struct table *v;
	size_t n;
	const struct table *of_kind[BLOCK_COUNT];	/* NULL: nothing looks there */
	const struct table *of_field[FIELD_COUNT];	/* the same */
	bool fields;			/* something looks in some field */
};

struct matcher {
	const struct rule_set *set;
	int mode;
	struct tables tables;		/* of all finders but those that are `late` */
	struct late {
		struct tables *tables;	/* of one late finder; NULL until it is first asked for, under `lock` */
		uint32_t id;
		bool is;
	} *late;			/* by finder->index */
	pthread_mutex_t lock;
	size_t nfinders;
	uint32_t nids;
	const struct matcher *frozen;	/* the tables are those of this one, of the image: frozen.h */
};
/* In the image: the matcher of the built-in rules that run where nobody says anything. */
struct frozen_matcher { const bool *wanted; size_t n; const struct matcher *matcher; };
/* The tables of a late finder. */
const struct tables *matcher_late(struct matcher *m, const struct finder *f);

/* ---- an article's pass ---- */

struct hits {
	struct hit *v;			/* in order of place */
	size_t n, cap;
	bool sifted, scanned;		/* sifted: without what scan_hits() leaves out; scanned: a late finder has been looked for */
};

/* A pattern that gave up or could not run. */
struct stop {
	const struct finder *finder;
	const struct pattern *pattern;
	struct range at;		/* where it was tried */
	uint32_t block;			/* UINT32_MAX: in a field */
	bool broken;			/* it did not compile */
};

struct analysis;
struct scan {
	struct matcher *matcher;
	struct rx_scratch *rx;
	struct hits *hits;		/* by finder->index */
	struct asker { uint32_t rule, kinds; } *askers;	/* by finder->index: its rule's index, UINT32_MAX if it has none, and its kinds of copy */
	bool *active;			/* the same: is it looked for in the article at hand? */
	uint32_t *resume;		/* by entry.id: nothing of it is tried before this byte of the text */
	uint64_t *tries;		/* by finder->index, since scan_init() */
	struct stop *stops;
	size_t nstops, capstops;
	struct article *article;
	struct analysis *analysis;
	const struct standing *standing;	/* NULL: no profile is in force */
	bool turkic;

	/* the block at hand */
	const struct table *table;
	const char *text;		/* of the article */
	uint32_t a, z;			/* the block's range */
	uint32_t block, field;		/* its index; block UINT32_MAX: that of the field */

	struct range *excepted;		/* of the block at hand, while sifting */
	size_t nexcepted, capexcepted;
};

void scan_init(struct scan *s, struct matcher *m);
void scan_release(struct scan *s);
/* Finds all hits of the finders whose rules run (by rule->index), in copy of this kind.  `an` has been started on the article. */
void scan_article(struct scan *s, struct article *a, struct analysis *an, const bool *runs, enum copy_kind kind,
    const struct standing *standing);
/* Looks for a late finder, if that has not been done in this article. */
void scan_late(struct scan *s, const struct finder *f);
/* Gives back what the hits of the rule's finders take, if that is much: its check has run, and nobody else asks for them. */
void scan_forget(struct scan *s, const struct rule *r);
/* What scan_has() wants of a finder, which may be NULL: one number, so that thousands are quickly asked for. */
uint32_t scan_key(const struct finder *f);
/* May scan_hits() have something for it? */
static inline bool
scan_has(const struct scan *s, uint32_t key)
{
	return key == UINT32_MAX || s->hits[key].n != 0;
}
/* What is left of a finder's hits after exceptions, `quoted` and `kinds`, blocks, parts and fields included. */
const struct hit *scan_hits(struct scan *s, const struct finder *f, size_t *n);

/* ---- terms and pieces ---- */

/* The end of the term where it begins at `at`, a place where words begin, in s[..z); 0 if it does not. */
uint32_t term_match(const struct term *t, const char *s, uint32_t at, uint32_t z, bool turkic);
/* Does the term begin with a letter or digit (so it is looked for where words begin)? */
bool term_begins_with_word(const struct term *t);
/* The stretch of a block of s[a..z) that a pattern tried at `at` sees: the block itself unless that is huge. */
struct range scan_piece(const char *s, uint32_t a, uint32_t z, uint32_t at, unsigned *cut);

#endif
