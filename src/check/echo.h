/* What the files of the check `echo` share. */
#ifndef WL_CHECK_ECHO_H
#define WL_CHECK_ECHO_H

#include "check.h"

#include <stdbool.h>
#include <stdint.h>

enum echo_unit { UNIT_BLOCK, UNIT_SENTENCE, UNIT_QUOTATION, UNIT_MATCH };
struct echo_side {
	kind_set scope;
	enum echo_unit unit;
	const struct finder *finder;	/* UNIT_MATCH */
	uint32_t first;			/* only so many units; 0: all */
	uint32_t least;			/* with fewer units nothing is held against any: an item of one paragraph is no story */
	bool direct;			/* UNIT_QUOTATION: whole sentences only, no titles and no single words */
	bool apart;			/* what a separator parts may say the same: each entry of a running account */
};
struct echo {
	struct echo_side of, in;
	bool self;			/* no <in>: each unit is held against the earlier ones */
	bool must_be;
	bool contains;
	bool at_in;			/* reported is where the words of <of> stand in <in> */
	uint32_t min_words;
	double similarity, weak_similarity;	/* 0: only the same words count */
};

/* Small, since a file may hold a million of them. */
struct unit {
	struct range at;		/* what is reported */
	uint64_t hash;			/* of all its words, and of its part of the article where parts are held apart */
	uint64_t seen;			/* a bit for each of its words, by hash: texts alike differ in few */
	uint32_t words;
	uint16_t before, behind;	/* bytes of `at` at its ends whose words do not count: marks */
};
struct units {
	struct unit *v;
	size_t n, cap;
};

static inline struct range
unit_text(const struct unit *u)
{
	return (struct range){u->at.a + u->before, u->at.z - u->behind};
}

enum { SKETCH = 8 };			/* hashes a unit is known by, at most */
/* What is done with each unit of a side. */
struct echo_walk {
	struct check_ctx *c;
	const struct echo_side *side;
	uint32_t min_words;
	unsigned sketch;		/* how many of a unit's hashes are wanted, at most SKETCH */
	bool count;			/* nothing but how many there are at most, into `n` */
	uint32_t section;		/* separators passed, where the side holds apart what they part */
	size_t n;			/* units met, those with too few words too */
	void (*each)(void *arg, const struct unit *u, const uint32_t *smallest);	/* UINT32_MAX: none */
	void *arg;
};
void echo_walk(struct echo_walk *w);
/* How many units a side has at most. */
size_t echo_count(struct check_ctx *c, const struct echo_side *side, uint32_t min_words);

enum echo_how { ECHO_SAME, ECHO_NEARLY, ECHO_PARTLY, ECHO_NOWHERE, ECHO_UNQUOTED };
/* Reports the unit; `other` is where the words stand besides, NULL if nowhere. */
void echo_report(struct check_ctx *c, const struct unit *u, const struct range *other, enum echo_how how, enum certainty certainty);
/* The same for a unit whose words were there before, and come once more at each of `more`, out of `total` places. */
enum { ECHO_NOTES = 10 };
void echo_report_again(struct check_ctx *c, const struct unit *u, const struct range *other, const struct range *more, size_t nmore,
    size_t total);
/* The words of each unit must, or must not, occur as a run in the blocks of `in`. */
void echo_contains(struct check_ctx *c, const struct echo *e, const struct units *of);

#endif
