/* What is worked out once per article, on demand: quotations, sentences.  Over the whole article, not line by line. */
#ifndef WL_ANALYSIS_H
#define WL_ANALYSIS_H

#include "article.h"
#include "facts/facts.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum quotation_kind { QUOTATION_DIRECT, QUOTATION_PARTIAL, QUOTATION_TITLE, QUOTATION_SCARE, QUOTATION_HEADLINE, QUOTATION_BLOCK };
const char *quotation_kind_name(enum quotation_kind k);

/* Where the words stand that say who speaks a quotation. */
enum sourced {
	SOURCED_UNASKED,		/* nobody need be named: a title, a few words, a block quote, a language without verbs of speech */
	SOURCED_NOWHERE,
	SOURCED_DOUBTFULLY,		/* the paragraph before reports what somebody said, and may or may not mean this one */
	SOURCED_BESIDE,			/* in the same sentence, or one that leads to it or follows at once */
	SOURCED_PARAGRAPH,		/* elsewhere in its paragraph */
	SOURCED_LABEL,			/* a name before it, or a dash and a name behind it */
	SOURCED_BEFORE,			/* the paragraph before ends by introducing it */
	SOURCED_RUN,			/* it goes on with what somebody says in the paragraph before */
	SOURCED_AFTER,			/* the next paragraph begins with the speaker */
};
const char *sourced_name(enum sourced s);

/* A quotation: from its opening mark to its closing one.  A run over several paragraphs is one a paragraph, `run` ties
 * them.  Unclosed: `at` ends with the paragraph. */
struct quotation {
	struct range at;		/* marks included */
	struct range inside;		/* without them */
	uint32_t block;			/* index into article->blocks */
	uint32_t run;			/* same number: one quotation over several paragraphs */
	uint32_t outer;			/* index of the quotation around it; its own at level 0 */
	enum quotation_kind kind : 8;
	uint8_t level;			/* 0 outermost, 1 nested ... */
	bool closed;
	bool continues;			/* the next paragraph goes on with it (running quotation) */
	bool continued;			/* it goes on from the paragraph before */
	/* By analysis_attributions(); empty if none.  Presence is what is tested: the words may be of another quotation beside it. */
	bool follows;			/* nobody speaks the paragraph before either, which is nothing but quotations: one finding is enough */
	enum sourced sourced : 8;
	struct range cue, speaker;
	struct range before, after;	/* cues beside it */
	struct range looked;		/* the paragraph before, where something was looked for in vain or with doubt */
};

/* The few words right beside a quotation that name who speaks it: she said; said Ada Brandt, the pilot; Ada Brandt told reporters: */
enum speaker_kind { SPEAKER_NONE, SPEAKER_PRONOUN, SPEAKER_NAME, SPEAKER_NOUN };
struct tag {
	struct range at;		/* speaker and verb; empty: there is none */
	struct range speaker;		/* of a name, the words in capitals alone */
	struct range verb;
	enum speaker_kind kind : 8;
	bool inverted;			/* the verb comes first: said Ada Brandt */
	bool aside;			/* something stands between: Ada Brandt, who saw it, said */
	bool led;			/* before a quotation: a comma or colon leads to it */
	bool begins;			/* before a quotation: the speaker begins the sentence, and has its capital whatever it is */
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
/* A word, or the longest phrase that begins with it, that may say who speaks; the bits of `class` are the attribution's. */
struct cue { struct range at; unsigned class; };

struct analysis {
	const struct article *article;
	const struct language *language;
	struct arena *arena;		/* the article's */
	bool have_quotations, have_sentences, have_attributions;
	struct quotation *quotations;	/* in order of their opening mark; of all blocks */
	size_t nquotations, capquotations;
	struct mark *marks;
	size_t nmarks, capmarks;
	struct mark_problem *problems;
	size_t nproblems, capproblems;
	struct sentence *sentences;	/* of prose, captions, headlines and notes */
	size_t nsentences, capsentences;
	struct cue *cues;		/* of the blocks that hold a story; by analysis_attributions() */
	size_t ncues, capcues;
	struct conventions *conventions;	/* of the last language whose quotations were looked for */
	struct tag_memo *tags;		/* of the first quotations, in the arena: several checks ask for the same; NULL before anybody has */
	uint64_t work;			/* marks read and readings of them weighed: what tests hold to be linear */
};

void analysis_init(struct analysis *an);
void analysis_start(struct analysis *an, struct article *a);	/* forget the last article, begin with this one */
void analysis_forget_cues(struct analysis *an);	/* attributions are known: nobody asks for cues any more */
void analysis_release(struct analysis *an);

void analysis_quotations(struct analysis *an);	/* fills quotations, marks, problems; cheap when done already */
void analysis_sentences(struct analysis *an);
void analysis_attributions(struct analysis *an);	/* who speaks the quotations: their `sourced` and what follows it */

/* The tags of a quotation; `kind` is SPEAKER_NONE where there is none. */
struct tag analysis_tag_before(struct analysis *an, const struct quotation *q);	/* in the sentence that leads to it */
struct tag analysis_tag_behind(struct analysis *an, const struct quotation *q);	/* beginning at its closing mark, or a comma behind it */

/* Does the range lie wholly inside the marks of a quotation?  (A block quote counts as one.) */
bool analysis_quoted(struct analysis *an, struct range r);
/* The sentence that holds the byte; an empty range if none. */
struct range analysis_sentence_at(struct analysis *an, uint32_t at);

struct language;
/* Makes the tables of a language for the attributions, which else its first article does: for what is frozen. */
void attribution_prepare(const struct language *l);

#endif
