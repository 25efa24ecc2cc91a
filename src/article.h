/* The one model of an article: fields (metadata) and blocks (what a reader of the story sees), all of whose characters
 * lie in one text.  Readers fill it, classify names its blocks, rules read it. */
#ifndef WL_ARTICLE_H
#define WL_ARTICLE_H

#include "text.h"
#include "util/arena.h"
#include "util/words.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum block_kind {
#define BLOCK(id, name, groups) BLOCK_##id,
#include "block.def"
#undef BLOCK
	BLOCK_COUNT
};
typedef uint32_t kind_set;			/* a bit a kind */
#define KIND(k) ((kind_set)1 << (k))

enum { GROUP_PROSE = 1, GROUP_BODY = 2, GROUP_HEAD = 4, GROUP_FOOT = 8, GROUP_PROVENANCE = 16, GROUP_NOTES = 32 };

const char *block_kind_name(enum block_kind k);
bool block_kind_parse(const char *s, size_t n, enum block_kind *k);
/* A kind or a group by name ("prose", "all") as a set; 0 if there is none such. */
kind_set kind_set_parse(const char *s, size_t n);
kind_set kind_set_group(unsigned group);		/* the kinds of a group, GROUP_PROSE ... */
const char *const *kind_set_names(void);	/* kinds and groups, NULL at the end: for nearest names */

enum field_name {
#define FIELD(id, name) FIELD_##id,
#include "field.def"
#undef FIELD
	FIELD_COUNT
};
const char *field_name_str(enum field_name f);
bool field_name_parse(const char *s, size_t n, enum field_name *f);
extern const char *const field_names[FIELD_COUNT + 1];	/* NULL at the end: for nearest names */

/* What a key of a story's front matter (or of such a head) stands for. */
struct key_meaning {
	enum { MEANS_NOTHING, MEANS_GROUP, MEANS_ROLE, MEANS_FIELD, MEANS_BLOCK, MEANS_BOTH } use;	/* group: its keys are the
							 * story's own; role: of the person in the byline before it */
	enum field_name field;
	enum block_kind kind;
};
/* "headline" (block and field), "provider" (a field), "caption" (a block), "byline-role", "group", "nothing". */
bool key_meaning_parse(const char *word, size_t n, struct key_meaning *out);
extern const char *const key_meaning_names[];		/* NULL at the end: for nearest names */
/* The next of blank-separated keys, folded, in the arena; NULL at the end of them. */
const char *key_next(struct arena *arena, const char **keys);
/* A key as keys are compared: small letters, a hyphen for a blank or underline.  In place. */
void key_fold(char *key);

enum certainty { WEAK, LIKELY, SURE };
const char *certainty_name(enum certainty c);		/* "weak", "likely", "sure" */

/* A part of a credit, dateline, byline, source line or signoff. */
enum part_name { PART_AGENCY, PART_PERSON, PART_PLACE, PART_DATE, PART_ROLE, PART_LABEL, PART_PLATFORM, PART_COUNT };
const char *part_name_str(enum part_name p);		/* "agency" ... */
bool part_name_parse(const char *s, size_t n, enum part_name *p);

struct part {
	enum part_name name;
	struct range at;
	const char *value;		/* canonical: "Reuters" for REUTERS, 2026-11-23 for a date; NULL: the text itself */
};

/* Small, since a file may hold a million of them. */
struct block {
	struct range at;		/* in article->text; blocks lie in order and never overlap */
	struct part *parts;		/* in article->arena, in order */
	uint32_t paragraph;		/* number of the source paragraph: dateline and lead, caption and credit share it */
	uint16_t nparts;
	enum block_kind kind : 6;
	enum certainty confidence : 2;	/* that the kind is right: sure from markup or unmistakable, weak if guessed */
	unsigned blank_before : 1;	/* plain text: a blank line stands before it */
	unsigned from_markup : 1;	/* the kind was said by markup, not guessed: classify leaves it */
	unsigned level : 4;		/* of a headline or crosshead in markup, 1 to 6; else 0 */
};

struct field {
	enum field_name name;
	struct range at;		/* in article->text */
	const char *key;		/* what the format calls it, for messages; may be NULL */
};

struct article {
	struct source *src;
	const char *format;		/* the reader's name: "text" ... */
	const char *item;		/* the item's id or its number from 1; NULL if the file holds one article */
	struct extent whole;		/* the part of the file it was read from; what is remarked there is its own */
	struct extent own;		/* of that, what stands behind items that are no articles */
	const char *lang;		/* "en", "en-GB", "tr" ...; "und" if it could not be told */
	enum certainty lang_certainty;	/* sure: declared; else by its words */
	struct text text;
	struct block *blocks;
	size_t nblocks, capblocks;
	struct field *fields;
	size_t nfields, capfields;
	struct words_run *words;	/* by article_read_words() */
	size_t nwords, capwords;
	uint16_t *word_from;		/* by number, for each so many bytes of the text, the first word that begins there or behind */
	struct arena arena;		/* whatever belongs to this article; reset with it */
};

void article_init(struct article *a);
void article_reset(struct article *a, struct source *src, const char *format);	/* empty, memory kept */
void article_release(struct article *a);

/* Append a block or field whose text is what was appended to a->text since `start`. */
struct block *article_block(struct article *a, enum block_kind kind, enum certainty c, uint32_t start);
struct field *article_field(struct article *a, enum field_name name, uint32_t start);

/* The words of an article that is not very long are read once, when its text is whole, for all who ask for them. */
void article_read_words(struct article *a);
void article_forget_words(struct article *a);	/* where the article is kept, and nobody will ask for many */
void article_words(const struct article *a, struct range in, struct words_reader *r);

/* Set a block's parts (copied into the arena). */
void block_set_parts(struct article *a, struct block *b, const struct part *parts, size_t n);
const struct part *block_part(const struct block *b, enum part_name name);	/* the first, or NULL */
/* The part's canonical value, or its text; *n its length. */
const char *part_value(const struct article *a, const struct part *p, size_t *n);

const struct field *article_find_field(const struct article *a, enum field_name name);	/* the first, or NULL */
/* Does the field say that the copy is not to be used, or not any more: a status withheld or cancelled, a signal to kill? */
bool article_is_withdrawn(const struct article *a, const struct field *f);
const struct block *article_find_block(const struct article *a, kind_set kinds);	/* the first, or NULL */

static inline const char *block_text(const struct article *a, const struct block *b, size_t *n)
{
	*n = range_len(b->at);
	return a->text.s + b->at.a;
}
/* Which block a range lies in; NULL if none (a field, or between blocks). */
const struct block *article_block_at(const struct article *a, struct range r);

#endif
