/* What the files of the quotation analysis share: the glyphs, a mark with its surroundings, the conventions of a language. */
#ifndef WL_QUOTATIONS_INT_H
#define WL_QUOTATIONS_INT_H

#include "analysis/analysis.h"

enum glyph {
	GLYPH_DOUBLE,			/* "   */
	GLYPH_TWO_SINGLES,		/* ''  typed for " */
	GLYPH_TWO_GRAVES,		/* ``  typed for an opening one, with '' to close */
	GLYPH_CURLY_OPEN, GLYPH_CURLY_CLOSE, GLYPH_LOW, GLYPH_REVERSED_NINE,
	GLYPH_TWO_CURLY_OPEN, GLYPH_TWO_CURLY_CLOSE,	/* two curly singles typed for a curly double */
	GLYPH_DOUBLE_PRIME,		/* inches, typed for a closing mark */
	GLYPH_SINGLE,			/* '   */
	GLYPH_SINGLE_OPEN, GLYPH_SINGLE_CLOSE, GLYPH_SINGLE_LOW,
	GLYPH_GUILLEMET_LEFT, GLYPH_GUILLEMET_RIGHT, GLYPH_ANGLE_LEFT, GLYPH_ANGLE_RIGHT,
	GLYPH_CORNER_OPEN, GLYPH_CORNER_CLOSE, GLYPH_WHITE_OPEN, GLYPH_WHITE_CLOSE,
	GLYPH_COUNT
};
enum mark_class { CLASS_DOUBLE, CLASS_SINGLE, CLASS_GUILLEMET, CLASS_ANGLE, CLASS_CORNER, CLASS_WHITE };
struct glyph_fact { const char *s; enum mark_class class; enum mark_shape shape; };
extern const struct glyph_fact glyphs[GLYPH_COUNT];

/* What a language does with its marks, ready for use. */
struct conventions {
	const struct language *of;
	bool opens[GLYPH_COUNT], closes[GLYPH_COUNT];
	bool pair[GLYPH_COUNT][GLYPH_COUNT];		/* [opening][closing] */
	const char *close_of[GLYPH_COUNT], *open_of[GLYPH_COUNT];
	enum multi_paragraph multi;
	bool space_inside, single_primary, known;
};
const struct conventions *conventions_of(struct analysis *an);	/* of the article's language */

/* What stands beside a mark. */
enum beside { BESIDE_EDGE, BESIDE_SPACE, BESIDE_BRACKET, BESIDE_DASH, BESIDE_STOP, BESIDE_ELLIPSIS, BESIDE_WORD, BESIDE_DIGIT,
	BESIDE_WIDE, BESIDE_SYMBOL, BESIDE_MARK };

/* A mark in its surroundings.  Costs say how odd it would be in that role (2 is a little odd, 20 a fault). */
enum { COST_NEVER = 200 };
struct token {
	uint32_t at;
	uint8_t len;
	uint8_t glyph;
	uint8_t before, after;		/* enum beside, looking through neighbouring marks */
	uint8_t open, close;		/* costs */
	uint8_t apostrophe, prime;	/* costs; COST_NEVER: cannot be */
	bool settled;			/* an apostrophe or prime beyond doubt: takes no part in pairing */
	bool lower_after;		/* a lower-case letter follows */
};
struct tokens {
	struct token *v;
	size_t n, cap;
};

/* The marks of a block, in order.  Tokens are appended. */
void marks_scan(struct tokens *out, const struct analysis *an, const struct conventions *c, struct range block);
/* The mark that the text begins with, blanks skipped; false if it begins with something else. */
bool marks_first(const struct analysis *an, const struct conventions *c, struct range block, struct token *first);
/* Length of a mark at s; 0 if there is none. */
size_t mark_glyph(const char *s, const char *end, enum glyph *g);

/* Evidence from words (quotations_evidence.c). */
bool speech_before(const struct analysis *an, uint32_t at, uint32_t from);
bool other_speaker(const struct analysis *an, const struct conventions *c, const struct block *b, uint32_t opener, uint32_t from,
    const struct block *next);
/* Does the mark open before a name within a sentence: the last time “Harbour First was sung?  It does not run on. */
bool quotes_name(const struct analysis *an, struct range block, struct range mark);
/* Is there more than one sentence in it, or a piece of one? */
bool holds_sentences(const struct analysis *an, struct range r);
/* Does somebody speak in it without marks: ", he said." or ", said Kessel", loosely also ", the office said in a note"?  Then
 * it should have been closed before. */
bool holds_attribution(const struct analysis *an, struct range r, bool loosely);
struct range last_sentence(const struct analysis *an, struct range r);
enum block_end { ENDS_SENTENCE, ENDS_OPEN, ENDS_QUOTED };
enum block_end block_end(const struct analysis *an, const struct tokens *tokens, const struct block *b);
bool verse_lines(const struct analysis *an, const struct block *b, const struct block *next);
/* Does the block go on in lower case, as the rest of a line that was broken? */
bool torn_line(const struct analysis *an, const struct block *next);

/* Quotations that close at the end of a paragraph and go on in the next become problems (quotations_extra.c). */
void find_extra_closes(struct analysis *an, const struct conventions *c);

/* Pairing (quotations_pair.c): blocks are fed in order; what is decided goes to the analysis. */
struct pairing;
struct pairing *pairing_new(struct analysis *an, const struct conventions *c);
void pairing_free(struct pairing *p);
/* One block.  `next`: the paragraph that goes on the story, NULL if none does (the run must end). */
void pairing_block(struct pairing *p, uint32_t block, const struct block *next);

#endif
