/* What the files of the check `superseded` share: the names and numbers of a side of a pair. */
#ifndef WL_CHECK_SUPERSEDED_H
#define WL_CHECK_SUPERSEDED_H

#include "check.h"

#include "alike.h"
#include "facts/facts.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	CORE_MOST = 5,			/* words of a name or number */
	SIDE_MOST = 32,			/* words of a side that are looked at */
};

struct token {
	struct range at;		/* without its ending */
	uint64_t hash;			/* of the word; of a number, its digits */
	bool number, capital, parted;	/* parted: a mark of punctuation or a line stands before it */
	bool sign;			/* of a number: a currency or per cent stands beside it */
};

struct reading {
	const struct check_ctx *c;
	const struct language *language;
	struct words w;
	uint32_t last;			/* where the word before ended */
	bool any;
};

/* A name or a number: the words that have to stand one behind the other. */
struct core {
	struct token t[CORE_MOST];
	size_t n;
	bool has_number;
	/* Of a number alone: the word that it counts, or the name before it (a month). */
	struct token beside;
	int counts;			/* 1: `beside` follows, -1: it stands before, 0: there is none */
};

struct side {
	struct token t[SIDE_MOST];
	size_t n;
	struct reading r;
};

struct reading superseded_read(const struct check_ctx *c, struct range at);
bool superseded_next(struct reading *r, struct token *t);	/* false: there is no further word */
/* The words of a side: its first ones or, `from_end`, its last. */
void superseded_side(const struct check_ctx *c, struct range at, bool from_end, struct side *out);
/* The first name or number of what stands behind; false: there is none near enough, or it has too many words. */
bool superseded_first(const struct side *s, struct core *out);
/* The last name of what stands before, or number where `number`: a number may stand far off. */
bool superseded_last(const struct side *s, bool number, struct core *out);
/* "14 ships, not 12", "Nov. 14, not 12": what the one number counts, the other counts too. */
void superseded_share(struct core *was, struct core *now);

#endif
