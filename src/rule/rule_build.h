/* What is at hand while the rules of one file are made: the file, for places; the rule being built; its mistakes.
 * Shared by the loader (rule_load.c), the parts of rules (rule_parts.c), and the functions that checks call (check.h). */
#ifndef WL_RULE_BUILD_H
#define WL_RULE_BUILD_H

#include "check.h"
#include "finding.h"
#include "rule/rule.h"
#include "source/source.h"
#include "util/xml.h"

#include <stdbool.h>
#include <stddef.h>

enum { PLACEHOLDERS = 64 };

struct rule_build {
	struct rule_set *set;
	struct arena *arena;		/* the set's */
	struct finding_list *errors;
	const char *path;		/* as messages and rule->path name it */
	const char *file;		/* the path that words.txt is relative to; "rules/x.xml" for a built-in file */
	const struct source *source;	/* NULL for a built-in file: bytes are bytes there */
	const char *s;			/* the decoded file */
	size_t n;
	bool builtin;
	size_t nerrors;			/* in this file */
	const char *family;
	struct rule *rule;		/* being built */
	const char *placeholders[PLACEHOLDERS];	/* that the rule's check has announced */
	size_t nplaceholders;
	unsigned groups;		/* most groups that one of its patterns has */
	bool has_use;
	uint32_t line_at, line;		/* lines are counted on from here */
	uint32_t line_start;
};

/* The attribute name for rule_error() that means the element's text. */
#define RULE_TEXT ""

/* An error at bytes [a, z) of the decoded file. */
void rule_error_at(struct rule_build *b, uint32_t a, uint32_t z, const char *fmt, ...) __attribute__((format(printf, 4, 5)));
/* "unknown WHAT 'word'; did you mean 'name'?", or else the list of the names.  `where`: "" or " in 'rule'". */
void rule_error_unknown(struct rule_build *b, uint32_t a, uint32_t z, const char *what, const char *word, size_t n,
    const char *where, const char *const *names);
/* The same for a word of an attribute's value, which points into attr->value, or of the element's text (attr NULL). */
void rule_error_word(struct rule_build *b, const struct node *el, const struct xml_attr *attr, const char *what, const char *word,
    size_t n, const char *const *names);

/* The next blank-separated word of *s; its length, 0 at the end.  *s points behind it. */
size_t rule_word(const char **s, const char **word);
/* Is there nothing but white space in the element's text? */
bool rule_blank(const struct node *el);
/* The element's text with white space folded, in the arena. */
const char *rule_folded(struct rule_build *b, const char *s, size_t n);
void rule_place(struct rule_build *b, uint32_t at, uint32_t *line, uint32_t *column);

/* What a message may fill in: the check's words, {match}, {use}, groups.  Reports unknown ones in the element's text. */
void rule_check_placeholders(struct rule_build *b, const struct node *el, const struct check *check);

/* The parts of a rule besides its check (rule_parts.c). */
void rule_part_when(struct rule_build *b, const struct node *el);
void rule_part_fix(struct rule_build *b, const struct node *el);
void rule_part_silences(struct rule_build *b, const struct node *el);
void rule_part_upstream(struct rule_build *b, const struct node *el);
void rule_part_example(struct rule_build *b, const struct node *el, bool bad);

/* Parameters of the configuration for the rule being built, onto the element of its check (rule_parameters.c); true if there are any. */
bool rule_take_parameters(struct rule_build *b, const struct check *check, const struct node *el);
/* The mistakes from number `from` on are those of the parameters. */
void rule_blame_parameters(struct rule_build *b, size_t from);
/* After the last file: parameters for rules that are not there. */
void rule_unused_parameters(struct rule_set *set);
/* Files whose root is <profiles> (profile_load.c), and what of them needs all rules to be there. */
#define PROFILES_NAMESPACE "urn:wirelint:profiles:1"
void profile_load(struct rule_build *b, const struct node *root);
void profile_load_finish(struct rule_set *set, struct finding_list *errors);

#endif
