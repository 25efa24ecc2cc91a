/* What the parsers of lines with parts share: blanks, words, names, labels, separators (classify_credit.c,
 * classify_dateline.c, classify_parts.c). */
#ifndef WL_CLASSIFY_SCAN_H
#define WL_CLASSIFY_SCAN_H

#include "classify/classify_int.h"

enum { WINDOW = 300, CREDIT_MAX = 200, NAME_WORDS = 6 };

struct parser {
	const struct article *a;
	const char *t;			/* the article's text */
	const struct language *l;
	struct parsed *out;
	unsigned agencies, pictures, outlets, persons, roles, platforms, dates, unknown, doubtful, handles;	/* handles: names that are one word in lower case */
	bool label, colon, slash, via, joined, full_name;	/* colon: behind the label */
};

/* s..end are pointers into p->t; nothing is read outside of them. */
void scan_start(struct parser *p, const struct article *a, const struct language *l, struct parsed *out);
void scan_add(struct parser *p, enum part_name name, const char *s, const char *end, const char *value);	/* a part */
bool scan_listed(const struct parser *p, enum list_name list, const char *s, size_t n);
size_t scan_blanks(const char *s, const char *end);	/* bytes of white space */
bool scan_blank_before(const char *begin, const char *s);	/* does white space end there? */
const char *scan_trim_end(const char *s, const char *end);	/* end without the blanks before it */
/* The text in lower case, in the article's arena: a role's value. */
const char *scan_lower(struct parser *p, const char *s, const char *end);
/* Where `word` stands between blanks: the blank before it; *behind: what follows the blank after it.  NULL if it does not. */
const char *scan_joint(const char *s, const char *end, const char *word, const char **behind);
const char *scan_word_end(const char *s, const char *end);
bool scan_year(const char *s, const char *end);		/* four digits of this or the last century */
/* Does all of it look like a name?  *words counts its words. */
bool scan_name(struct parser *p, const char *s, const char *end, unsigned *words);
/* Where the next separator of parties stands, *len its bytes; end and 0 if there is none. */
const char *scan_separator(struct parser *p, const char *s, const char *end, size_t *len);
size_t scan_label(struct parser *p, enum list_name list, const char *s, const char *end);	/* bytes, 0 if none */

/* classify_credit.c: label and parties of s..end, brackets already off, into p->out. */
void scan_credit(struct parser *p, const char *s, const char *end);

#endif
