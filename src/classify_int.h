/* What the files of classify share: the stage itself (classify.c), its rules for the head and the foot of an article
 * (classify_head.c, classify_foot.c), and the parsers of lines with parts (classify_parts.c). */
#ifndef WL_CLASSIFY_INT_H
#define WL_CLASSIFY_INT_H

#include "article.h"
#include "facts.h"

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

#endif
