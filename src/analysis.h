/* What is worked out once per article, on demand: quotations, sentences.  Over the whole article, not line by line. */
#ifndef WL_ANALYSIS_H
#define WL_ANALYSIS_H

#include "article.h"
#include "facts.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum quotation_kind { QUOTATION_DIRECT, QUOTATION_PARTIAL, QUOTATION_TITLE, QUOTATION_SCARE, QUOTATION_HEADLINE, QUOTATION_BLOCK };
const char *quotation_kind_name(enum quotation_kind k);

/* A quotation: from its opening mark to its closing one.  A run over several paragraphs is one a paragraph, `run` ties
 * them.  Unclosed: `at` ends with the paragraph. */
struct quotation {
	struct range at;		/* marks included */
	struct range inside;		/* without them */
	uint32_t block;			/* index into article->blocks */
	enum quotation_kind kind : 8;
	bool closed;
	uint8_t level;			/* 0 outermost, 1 nested ... */
	bool continues;			/* the next paragraph goes on with it (running quotation) */
	bool continued;			/* it goes on from the paragraph before */
	uint32_t run;			/* same number: one quotation over several paragraphs */
	uint32_t outer;			/* index of the quotation around it; its own at level 0 */
	struct range cue, speaker;	/* empty if none; filled by the attribution analysis */
};

/* What is wrong with a mark, for the check `balance`. */
enum mark_fault {
	FAULT_UNCLOSED,			/* opens and never closes */
	FAULT_UNOPENED,			/* closes what never opened */
	FAULT_MISMATCHED,		/* opened by one kind, closed by another */
	FAULT_REVERSED,			/* a closing mark opens, or an opening one closes */
	FAULT_SPACE_INSIDE,		/* a blank just inside a mark */
	FAULT_CONTINUATION_OPEN,	/* a running quotation's next paragraph lacks its opening mark */
	FAULT_NESTED_SAME,		/* the inner quotation uses the outer mark */
	FAULT_CONTINUATION_CLOSE,	/* it closes at the end of a paragraph, and the next has nothing but the speaker's further words */
	FAULT_COUNT
};
struct mark_problem {
	enum mark_fault fault;
	struct range at;		/* the mark that is wrong (with the blanks, for space-inside) */
	struct range partner;		/* the mark it belongs to; space-inside: the mark itself; unclosed: the one it opens inside;
					 * empty if none */
	const char *expected;		/* the mark that should stand there; NULL if unknown */
	uint32_t block;
	enum certainty certainty;
};

/* A quotation mark or apostrophe as it was understood. */
enum mark_role { MARK_OPEN, MARK_CLOSE, MARK_APOSTROPHE, MARK_PRIME, MARK_STRAY };
enum mark_shape { SHAPE_STRAIGHT_DOUBLE, SHAPE_CURLY_DOUBLE, SHAPE_STRAIGHT_SINGLE, SHAPE_CURLY_SINGLE, SHAPE_LOW,
	SHAPE_GUILLEMET, SHAPE_CJK, SHAPE_OTHER };
struct mark {
	struct range at;
	uint32_t block;
	enum mark_role role : 8;
	enum mark_shape shape : 8;
	uint32_t quotation;		/* index of the quotation it opens or closes; UINT32_MAX if none */
};

struct sentence { struct range at; uint32_t block; };

struct analysis {
	const struct article *article;
	const struct language *language;
	struct arena *arena;		/* the article's */
	bool have_quotations, have_sentences;
	struct quotation *quotations;	/* in order of their opening mark; of all blocks */
	size_t nquotations, capquotations;
	struct mark *marks;
	size_t nmarks, capmarks;
	struct mark_problem *problems;
	size_t nproblems, capproblems;
	struct sentence *sentences;	/* of prose, captions, headlines and notes */
	size_t nsentences, capsentences;
	uint64_t work;			/* readings of marks that were weighed: what tests hold to be linear */
};

void analysis_init(struct analysis *an);
void analysis_start(struct analysis *an, struct article *a);	/* forget the last article, begin with this one */
void analysis_release(struct analysis *an);

void analysis_quotations(struct analysis *an);	/* fills quotations, marks, problems; cheap when done already */
void analysis_sentences(struct analysis *an);

/* Does the range lie wholly inside the marks of a quotation?  (A block quote counts as one.) */
bool analysis_quoted(struct analysis *an, struct range r);
/* The sentence that holds the byte; an empty range if none. */
struct range analysis_sentence_at(struct analysis *an, uint32_t at);

#endif
