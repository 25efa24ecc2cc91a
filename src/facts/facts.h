/* Facts: what is known of agencies, languages and (later) licences.  Data from rules/facts/, XML, embedded at build time
 * and parsed on demand (agencies at first use, a language at its first use).  Const after that; safe from any thread. */
#ifndef WL_FACTS_H
#define WL_FACTS_H

#include "article.h"
#include "finding.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum agency_kind {
	AGENCY_WIRE,		/* a news agency: Reuters, AP, Anadolu */
	AGENCY_OUTLET,		/* a newspaper, broadcaster or site that may be a source of copy: BBC, TRT World */
	AGENCY_PHOTO,		/* supplies pictures only: Getty Images, EPA, Shutterstock */
	AGENCY_PLATFORM,	/* where things are found: X, Facebook, YouTube */
	AGENCY_GENERATOR,	/* makes pictures: Midjourney, DALL-E */
};
const char *agency_kind_name(enum agency_kind k);	/* "wire"; NULL beyond the last */
struct agency {
	const char *name;		/* canonical: "Reuters" */
	enum agency_kind kind;
	const char *const *aliases;	/* other spellings that mean it, NULL at the end */
	const char *const *forms;	/* house forms of its photo credit, templates such as "(AP Photo/{person})"; for profiles */
	const char *parent;		/* "TRT" for "TRT World": naming one is not in conflict with the other; NULL */
	bool no_near;			/* so near to a common word or place that a near miss proves nothing: Antara, Ankara */
};

/* By name or alias; case, accents, blanks, hyphens, dots and a leading "the" folded unless the alias is an abbreviation of up to three letters (AP, PA, DPA in
 * lower case count only where the registry lists them so).  NULL if unknown. */
const struct agency *facts_agency(const char *s, size_t n);
/* The longest agency name that begins at s (at a word start) and ends at a word end; *len its bytes.  NULL if none. */
const struct agency *facts_agency_prefix(const char *s, size_t n, size_t *len);
/* Do two canonical names speak of one house (same, one the parent of the other, or both of the same parent)? */
bool facts_agency_kin(const char *a, const char *b);

/* Quotation marks and habits of a language: reference CLDR and docutils' smartquotes. */
enum multi_paragraph { MULTI_OPEN_EACH, MULTI_CLOSE_EACH, MULTI_SEPARATE, MULTI_EITHER };
struct mark_pair { const char *open, *close; };	/* UTF-8 */
struct language {
	const char *code;		/* "en-GB"; en-GB falls back to en for whatever it does not say */
	const struct mark_pair *outer;	/* first the primary, then accepted alternates; {NULL, NULL} at the end */
	const struct mark_pair *inner;
	enum multi_paragraph multi;
	bool turkic_case;
	bool space_inside;		/* French: a no-break space inside the marks is right */
	bool same_mark;			/* sv, fi: one mark opens and closes */
	bool single_primary;		/* single marks are the outer ones */
	const char *const *lists[80];	/* indexed by enum list_name; never NULL after load (may be empty) */
};

/* Word lists of a language, for classify, dates and analysis: lists.def, LIST(MONTHS, "months", doc). */
enum list_name {
#define LIST(id, name, doc) LIST_##id,
#include "lists.def"
#undef LIST
	LIST_COUNT
};
_Static_assert(LIST_COUNT <= 80, "struct language holds 80 lists");

/* The facts of a language tag, falling back from en-GB to en to the neutral set "und"; never NULL.  A list of en-GB holds
 * its own items, then those of en, then those of und.  The `l` given to the functions below must come from here. */
const struct language *facts_language(const char *tag);
/* Has it facts of its own (not only und)? */
bool facts_language_known(const char *tag);
/* The number of the language among those with facts, for tables of what is made of each; below FACTS_LANGUAGES_MAX. */
unsigned facts_language_number(const struct language *l);
enum { FACTS_LANGUAGES_MAX = 128 };
/* The codes of all languages with facts, NULL at the end. */
const char *const *facts_language_codes(void);
/* In which languages is the word frequent?  A bit each; facts_voter() gives the language of a bit, NULL if there is none. */
uint64_t facts_voters(const char *word, size_t n);
const char *facts_voter(unsigned bit);
const char *const *facts_list(const struct language *l, enum list_name name);	/* NULL-terminated */
/* Folded comparison: case, kinds of apostrophe and of blanks.  Of an item `January=1` only the name counts. */
bool facts_in_list(const struct language *l, enum list_name name, const char *s, size_t n);
/* Does the item begin the text, compared likewise, as whole words?  Its bytes there, or 0. */
static inline size_t facts_begins(const struct language *l, const char *item, const char *s, const char *end);
size_t facts_begins_with(const struct language *l, const char *item, const char *s, const char *end);
/* The number of such an item, a full stop behind the word ignored ("Nov." gives 11); 0 if it is not in the list. */
unsigned facts_number(const struct language *l, enum list_name name, const char *s, size_t n);

/* A word list by its name in rules, for terms from facts: "en/american" (spelling.xml), "ap/states" (places.xml), "en/months" (a list of a language),
 * "agencies", "generators" (the registry).  Its words, NULL at the end; NULL if there is none so called.  While rules are
 * loaded, by one thread. */
const char *const *facts_words(const char *name);

/* What a key of front matter stands for (rules/facts/front-matter.xml), by its folded path: "image.caption".  False if unknown. */
bool facts_meaning(const char *path, struct key_meaning *out);

/* Parse everything now and report damage (for `wirelint test` and make check); true if sound. */
bool facts_check(struct finding_list *errors);

/* Asked of whole lists at many a place: most items begin with another letter than the text. */
static inline size_t
facts_begins(const struct language *l, const char *item, const char *s, const char *end)
{
	if (s == end || ((unsigned char)(*item | *s) < 0x80 && ((*item ^ *s) & ~0x20) != 0))
		return 0;
	return facts_begins_with(l, item, s, end);
}

#endif
