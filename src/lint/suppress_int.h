/* Private to suppress.c, suppress_parse.c and suppress_say.c. */
#ifndef WL_SUPPRESS_INT_H
#define WL_SUPPRESS_INT_H

#include "check/suppression.h"
#include "lint/suppress.h"
#include "source/source.h"
#include "util/buf.h"

#include <stdint.h>

/* Names of rules and families are numbers: a rule's index, and behind those the families. */
enum { NAME_UNKNOWN = -1 };

enum directive_kind { DIRECTIVE_NEXT, DIRECTIVE_FROM, DIRECTIVE_END, DIRECTIVE_FILE, DIRECTIVE_NONE };
extern const char *const directive_words[DIRECTIVE_NONE];

struct directive {
	enum directive_kind kind;
	bool reason;			/* it has one */
	const char *why;		/* its words, where it has */
	uint32_t nwhy;
	bool closes;			/* DIRECTIVE_END: it ended something */
	bool named;			/* it has names, known or not */
	struct extent at;		/* of the comment's words */
	const struct comment *comment;
	uint64_t hash;			/* of its words */
	size_t first, n;		/* its names */
};
/* A name in a directive. */
struct use {
	int name;
	bool used;
	size_t directive;		/* its number */
	const char *s;			/* the word */
	uint32_t n;
};

/* An article of the file: what belongs to it, and of that what is not of an item that was left out before it. */
struct suppress_article { struct extent whole, own; const char *item; };

struct suppressing {
	const struct policy *policy;
	struct source *src;
	struct finding_list *out;
	const char *path;		/* in the list's arena */
	struct suppress *file;
	const char **families;		/* their names, n of them */
	size_t nfamilies, capfamilies;
	int *family_of;			/* by rule->index: its family's number */
	struct directive *directives;
	size_t ndirectives, capdirectives;
	struct use *uses;
	size_t nuses, capuses;
	unsigned guesses;		/* nearest names that were looked for */
	struct equal_hash { uint64_t hash; size_t at; } *said;	/* hashes of the findings made, to number equal ones */
	size_t nsaid, capsaid;
	struct buf words;		/* of the message that is being made */
};

/* Reads the comment, of which `d->comment` is set; says what is wrong.  False if it is no directive or has no effect. */
bool suppress_parse(struct suppressing *s, struct directive *d);
/* Says s->words as a finding of the rules of that kind, at `at`. */
void suppress_say(struct suppressing *s, enum suppression_kind kind, const struct directive *d, struct extent at);
/* Appends a word to s->words, in quotes, with nothing in it that a message cannot hold. */
void suppress_quote(struct suppressing *s, const char *word, size_t n);
/* "'wirelint-disable'": the directive's own word, to s->words, which it clears. */
void suppress_quote_directive(struct suppressing *s, const struct directive *d);
/* Says which of the directive's names let nothing pass, if any. */
void suppress_say_unused(struct suppressing *s, const struct directive *d);
/* When all has been said: equal findings get fingerprints of their own. */
void suppress_number_equal(struct suppressing *s);
/* Of the directive's words, whatever stands between them. */
uint64_t suppress_hash(const struct comment *c);
/* The article in which a comment stands; NULL: none, as of an item that is no article. */
const struct suppress_article *suppress_article_of(const struct suppress *s, const struct comment *c);
/* Did all that the name means run on the whole file, so that a comment can be called unused? */
bool suppress_is_judged(const struct suppressing *s, int name);
int suppress_name(const struct suppressing *s, const char *word, size_t n);	/* NAME_UNKNOWN */

#endif
