/* A story as a row of words that others are compared with: the words themselves, which of them are quoted, its paragraphs, and prints, a few
 * of the hashes of its runs of eight words.
 *
 * Prints are chosen by winnowing (Schleimer, Wilkerson, Aiken 2003): of any sixteen runs that follow each other the one with the smallest hash.
 * What is chosen hangs on the words alone, so two stories that share PRINT_SURE words in a row share a print, whatever stands around; about one
 * word in eight and a half begins one.
 *
 * Words are folded as alike.h says.  In scripts that write no blanks between words (Chinese, Japanese, Thai, Lao, Khmer, Burmese) each character
 * is a unit of its own and counts as half a word. */
#ifndef WL_PASSAGE_H
#define WL_PASSAGE_H

#include "analysis/analysis.h"
#include "analysis/comparison.h"
#include "article.h"

#include <stdbool.h>
#include <stdint.h>

enum {
	PRINT_WORDS = 8, PRINT_WINDOW = 16, PRINT_SURE = PRINT_WORDS + PRINT_WINDOW - 1,
	PRINT_BITS = 39,		/* of a hash, that are kept */
};

enum { UNIT_QUOTED = 1, UNIT_CHARACTER = 2, UNIT_BEGINS = 4, UNIT_ENDS = 8 };	/* begins: a sentence, or its paragraph; ends: a sentence */

enum paragraph_kind { PARAGRAPH_PROSE, PARAGRAPH_EMBED, PARAGRAPH_CAPTION, PARAGRAPH_CREDIT, PARAGRAPH_COUNT };
struct paragraph {
	struct range at;		/* in the article's text */
	uint64_t hash;			/* of its units, in their order; 0 if there are none */
	uint32_t first, end;		/* its units; for prose alone */
	uint32_t units, quoted;		/* quoted: how many of them stand in quotations */
	uint32_t block;			/* index into article->blocks */
	enum paragraph_kind kind;
};

struct print { uint64_t hash; uint32_t unit; bool quoted; };	/* quoted: more than half of it */

struct passage {
	struct copy_words words;	/* of the prose of the body; embeds, tables, captions and credits are none */
	uint8_t *marks;			/* UNIT_*, one a word */
	size_t capmarks;
	struct paragraph *paragraphs;	/* in the order of the article */
	size_t nparagraphs, capparagraphs;
	struct print *prints;		/* in the order of the text; a hash may stand twice */
	size_t nprints, capprints;
	uint64_t whole;			/* of all words */
	uint32_t quoted;
};

void passage_init(struct passage *p);
void passage_release(struct passage *p);
/* Forgets what it holds and takes the article, which has been classified. */
void passage_take(struct passage *p, struct analysis *an);
/* The same of one that has not, quickly: nothing is known of quotations and sentences, and whatever is no caption by its markup counts as prose.  Runs
 * that both hold share prints all the same. */
void passage_take_raw(struct passage *p, const struct article *a);

/* Units i up to z as words, those in quotations left out unless `quoted`. */
uint32_t passage_words(const struct passage *p, uint32_t i, uint32_t z, bool quoted);

#endif
