/* The readings of a story's marks that are kept side by side: what the two files of the pairing share. */
#ifndef WL_QUOTATIONS_PAIR_H
#define WL_QUOTATIONS_PAIR_H

#include "analysis/quotations_emit.h"
#include "analysis/quotations_int.h"

enum {
	DEPTH = 6,			/* quotations in quotations */
	BEAM = 10,			/* readings kept */
	SLACK = 44,			/* one that costs so much more than the best is dropped */
	LOOK_AHEAD = 6,			/* paragraphs that a quotation may run on without an opening mark */
	PENDING = 65536,			/* steps not yet settled: more, and the best reading is taken */
	NO_STEP = -1,

	COST_UNCLOSED = 20,
	COST_UNOPENED = 20,
	COST_MISMATCH = 8,		/* straight for curly ... */
	COST_OTHER_CLASS = 14,		/* double for single ... */
	COST_REVERSED = 10,
	COST_GAP = 18,			/* the next paragraph lacks its opening mark */
	COST_GAP_MORE = 8,
	COST_GAP_REOPENED = 20,
};

struct frame {
	uint32_t mark;			/* index into an->marks */
	uint8_t glyph;
	uint8_t gaps;			/* paragraphs without an opening mark */
	bool partial;			/* begins within a sentence: must not run on */
	bool inner;			/* it stands inside another of its class, and the outer one is rather the faulty one */
	bool nested_same;
	bool held_same;			/* another of its class stood in it */
	bool held_closed;		/* and was closed: that mark may have been meant for this one */
	uint32_t held;			/* the mark that opened it */
	bool ran;			/* it has gone on from a paragraph before */
};
struct state {
	uint32_t cost;
	int32_t last;			/* the newest step of its history */
	uint8_t depth;
	uint8_t expect;			/* marks at the start of this paragraph that go on with a running quotation */
	struct frame frames[DEPTH];
};
struct pairing {
	struct analysis *an;
	const struct conventions *conv;
	struct tokens tokens;		/* of the block at hand */
	size_t nbeam, nnext;		/* readings kept, and those of the next generation */
	struct history { struct step step; int32_t before; } *history;
	size_t nhistory, caphistory;
	struct step *line;		/* a history laid out, for settling */
	size_t nline, capline;
	struct emit emit;
	uint32_t block, first_mark;	/* of the block at hand */
	bool doubt;			/* what is being noted could be read otherwise */
	struct state beam[BEAM], next[BEAM];	/* beyond their number nothing is set */
};

static inline enum mark_class
class_of(unsigned glyph)
{
	return glyphs[glyph].class;
}

/* Marks typed for others, ``so'': a pair of their own, which goes on with none but its like. */
static inline bool
substitute(unsigned glyph)
{
	return glyph == GLYPH_TWO_GRAVES || glyph == GLYPH_TWO_SINGLES;
}

/* One step more in the history of a reading. */
void pairing_step(struct pairing *p, struct state *s, enum step_act act, uint32_t mark, uint32_t partner, enum mark_fault fault);
/* Keep the reading if it is among the best; of two with the same open marks the cheaper one (the earlier at a draw). */
void pairing_keep(struct pairing *p, const struct state *s);
/* The next generation takes over, without what costs far more than the best. */
void pairing_turn(struct pairing *p);
/* Take away the frames above `depth`, each unclosed. */
void pairing_drop(struct pairing *p, struct state *s, unsigned depth);
/* The paragraph `b` ends, `next` goes on with the story (NULL: nothing does): what is open runs on or was never closed. */
void pairing_end_block(struct pairing *p, const struct block *b, const struct block *next);

#endif
