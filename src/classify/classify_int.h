/* What the files of classify share: lines as they look (classify_line.c), cue words (classify_cues.c), the rules for the head
 * and the foot of an article (classify_head.c, classify_foot.c), and the parsers of lines with parts (classify_parts.c). */
#ifndef WL_CLASSIFY_INT_H
#define WL_CLASSIFY_INT_H

#include "article.h"
#include "facts/facts.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- classify_parts.c: lines with parts ----
 *
 * `line` is a range of a->text, without blanks at its ends.  True if it holds what is looked for; then out->at is the stretch
 * (no blanks at its ends), out->parts are its parts in order.  Work is bounded: they look at the first or last 300 bytes. */
enum { PARSED_PARTS = 8 };
struct parsed {
	struct range at;
	struct part parts[PARSED_PARTS];
	size_t nparts;
	enum certainty certainty;	/* sure: a form of a known agency; weak: only the shape fits */
};

/* The dateline that a paragraph begins with, agency tag and dash included: "LONDON, Nov 23 (Reuters) -", "PARIS —", "(CNN)",
 * "STOCKPORT, Ohio –".  A line that is a dateline and nothing else counts too. */
bool parse_dateline(const struct article *a, const struct language *l, struct range line, struct parsed *out);
/* The credit that a line ends with, brackets included: "(Photo/Reuters)", "(AP Photo/Jane Doe, File)", "REUTERS/Jane Doe",
 * "[Jane Doe/AFP]", "Photo: Jane Doe/AP", "Jane Doe/Getty Images". */
bool parse_trailing_credit(const struct article *a, const struct language *l, struct range line, struct parsed *out);
/* A line that is a credit as a whole: "Photo: Jane Doe/Getty Images", "Image copyright Getty Images", "(Reuters photo: Jane Doe)". */
bool parse_credit_line(const struct article *a, const struct language *l, struct range line, struct parsed *out);

/* ---- classify_dateline.c: dates ---- */

struct date { unsigned year, month, day, weekday; };	/* 0 where it does not say */
/* The date that s begins with: "Monday, Nov. 23, 2026", "23 November", "2026-11-23"; its bytes, 0 if none. */
size_t parse_date(const struct language *l, const char *s, size_t n, struct date *out);
/* "2026-11-23", "11-23" without a year; NULL without a day. */
const char *date_value(struct arena *arena, const struct date *d);

/* ---- classify_line.c: how a line looks, whatever its words ---- */

/* Counts stop at some length: a line that long is prose in any case. */
struct look {
	const char *s;
	size_t n;			/* bytes */
	unsigned words;			/* counted up to LOOK_WORDS */
	unsigned capitals;		/* words that begin with a capital */
	unsigned small;			/* words in lower case of four letters or more: few in a title */
	bool final;			/* ends as a sentence does: . ! ? and closing marks behind it */
	bool question;			/* ends with ? */
	bool colon;			/* ends with a colon */
	bool shouted;			/* letters, but none in lower case */
	bool begins_lower;
	bool begins_quote;
	bool ends_quote;
};
enum { LOOK_WORDS = 60 };
void look_at(const struct article *a, const struct block *b, struct look *out);

bool look_is_separator(const struct look *l);		/* "___", "* * *", a lone dot */
bool look_is_item(const struct look *l);		/* begins with a bullet or "3. " */
bool look_is_name(const struct look *l);		/* two to four words that could be a person's name, nothing else */
bool look_is_post(const struct look *l);		/* a post set off as a line: "... — Name (@name) June 1, 2020" */
bool look_is_label(const struct look *l);		/* "SYRIA CRISIS: 8 latest developments", "Pay gap:What we know" */
bool look_is_stage(const struct look *l);		/* a line in brackets and capitals: "(SOUNDBITE OF MUSIC)" */
bool look_is_bracketed(const struct look *l);		/* a line in brackets that is no sentence: "[Ferries ask for pumps]" */
bool look_is_desk_note(const struct look *l);		/* in brackets from end to end, no sentence: "(Adds quotes)" */
bool look_is_tagged(const struct look *l);		/* a title behind what wires put before it: "UPDATE 1-Port reopens" */
bool look_is_routing(const struct look *l);		/* "BC-US--Budget,0750": "between cycles", as wires begin their slugs */
bool look_is_slug(const struct look *l);		/* "eu-summit/1st-lead", "BC-US--Budget,0750" */
/* Marked off as a desk's line: in brackets, its first word in capitals, or a colon behind it.  "Budget talks went on" is none. */
bool look_is_desk_line(const struct look *l);
/* Can it be a paragraph of running text? */
static inline bool
look_is_prose(const struct look *l)
{
	return (l->final && l->words >= 7) || l->n > 250;
}

/* ---- classify_cues.c: cue words of a language ----
 *
 * A cue is looked for at the start of a line, as a whole line, or anywhere at a word's start, in any case; ' also stands for
 * U+2019, a blank for any white space, # for a number ("4:34", "1,200").  Brackets, dashes and bullets before a line's
 * first word do not count. */
enum cue {
#define CUE(list, where) CUE_##list,
#include "classify/classify_cues.def"
#undef CUE
	CUE_COUNT
};
#define CUE_BIT(c) ((uint32_t)1 << CUE_##c)
struct cues;
const struct cues *cues_of(const struct language *l);
/* The cues that a line of the article holds, as a set; *distinct: how many different ones of FURNITURE_WORDS.  Looks no further than `most` bytes for
 * those that may stand anywhere. */
uint32_t cues_find(const struct cues *c, const struct article *a, const char *s, size_t n, size_t most, unsigned *distinct);

/* ---- classify.c ---- */

struct cut { uint32_t block; enum block_kind kind; enum certainty confidence; struct range at; struct part *parts; uint32_t nparts; };

struct classifier {
	struct article *a;
	const struct language *lang;
	const struct cues *cues;
	struct cut *cuts;		/* pieces that become blocks of their own, in order */
	size_t ncuts, capcuts;
	bool transcript;		/* many lines begin with a speaker's name in capitals */
};

/* What a line is by itself, wherever it stands: BLOCK_PARAGRAPH if nothing speaks against it.  Sets kind and confidence, and
 * notes a credit to be cut off. */
struct verdict { enum block_kind kind; enum certainty confidence; bool has_credit; struct parsed credit; uint32_t cues; };
void judge_line(struct classifier *c, const struct block *b, const struct look *l, struct verdict *v);

static inline void
name_block(struct block *b, enum block_kind kind, enum certainty confidence)
{
	b->kind = kind;
	b->confidence = confidence;
}

/* From the top: names the head and the lead; the index after the lead (0 if there is no prose at all). */
size_t classify_head(struct classifier *c);
/* classify_embargo.c: does the line say until when the copy is held? */
bool is_embargo(const struct article *a, const struct look *l);
/* A line on the author: a name, then words like "is a reporter", and `elsewhere` does not mention that name. */
bool is_line_on_author(const struct classifier *c, const struct look *l, struct range elsewhere);
/* From the bottom: what `classify` took for prose and is none. */
void classify_foot(struct classifier *c, size_t after_lead);

/* A caption that markup has named: its credit becomes a block of its own; a line that is all credit is one. */
void classify_caption(struct classifier *c, size_t i);
/* Notes that `at` of the block `i` becomes a block of its own. */
void classify_cut(struct classifier *c, size_t i, enum block_kind kind, enum certainty confidence, const struct parsed *p);

#endif
