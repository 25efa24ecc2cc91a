/* A check is a kind of question that rules ask: pattern, terms, presence, echo ...  One file in check/, one line in
 * check/list.def, one const struct.  A check reports text ranges; lint turns them into findings. */
#ifndef WL_CHECK_H
#define WL_CHECK_H

#include "article.h"
#include "finding.h"
#include "rule/finder.h"
#include "rule/rule.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct analysis;
struct companions;
struct comparison;
struct node;			/* util/xml.h: an element of a rule file */
struct remark;
struct rule_build;
struct standing;
struct view;

/* What a check is told and may ask while it runs on one article. */
struct check_ctx {
	const struct article *article;
	struct analysis *analysis;
	struct view *view;
	const struct rule *rule;
	struct arena *arena;		/* the article's: whatever a check allocates dies with it */
	enum copy_kind kind;
	const char *lang;
	int64_t now;			/* seconds since 1970, UTC */
	int now_offset;			/* seconds east of UTC that --now carried */
	struct comparison *comparison;		/* comparison.h: with the copy that was sent; its `original` is NULL where none is known */
	const struct companions *companions;	/* companions.h: other stories of the run; NULL: none */
	const struct standing *standing;	/* profile.h: the profiles in force, what the desk holds; never NULL */
	struct lint *lint;		/* private to lint.c */
};

/* The hits of a finder in this article, in order, exceptions and `quoted` already applied. */
const struct hit *check_hits(struct check_ctx *c, const struct finder *f, size_t *n);

/* A value for a placeholder. */
struct arg { const char *name; const char *s; size_t n; bool ours; };	/* ours: words of the tool, which are not shortened */

struct report_note {
	struct range at;
	const char *message;		/* NULL: the rule's <note>, or the check's default */
	const struct article *in;	/* the article that `at` lies in, which lives until the findings are printed; NULL: the one at hand */
};

struct report_edit { struct range at; const char *text; };	/* what is written in the place of `at` */

enum { REPORT_ARGS = 32 };
struct report {
	struct range at;		/* empty: something is missing there */
	bool in_source;			/* for remarks: `extent` holds instead of `at` */
	struct extent extent;
	/* Not NULL: what is said is not of the words here but of the whole (something is missing, the file is so), and the
	 * fingerprint is of the rule and this name alone, so that the neighbouring words may change. */
	const char *anchor;
	enum certainty certainty;
	enum severity at_most;		/* SEV_OFF: no limit */
	struct arg args[REPORT_ARGS];
	size_t nargs;
	const struct report_note *notes;
	size_t nnotes;
	/* How a rule that has a <fix> mends this one.  By default its template is written in the place of `at`. */
	bool no_fix;			/* the rule's fix is not for this one */
	bool fix_elsewhere;		/* `fix_at` is replaced and not `at` */
	struct range fix_at;
	const char *fix_text;		/* written instead of the template; NULL: the template */
	const struct report_edit *edits;	/* instead of all that: these, in order; all of them are offered, or none */
	size_t nedits;
	const struct remark *remark;	/* in_source: what mends this, where anything does */
	const char *link;		/* the address of the policy, where the rule has none; outlives the findings; NULL */
};
/* Everything is copied.  {match} is set from `at` unless given, {block} to the kind of the block it lies in. */
void check_report(struct check_ctx *c, const struct report *r);
void report_arg(struct report *r, const char *name, const char *s, size_t n);
void report_said(struct report *r, const char *name, const char *s);	/* words of the tool */
void report_number(struct report *r, const struct check_ctx *c, const char *name, size_t n);
/* A report of a hit: place, {match}, {code} (U+00AD, of its characters), {use}, numbered and named groups that took part. */
void report_hit(struct report *r, const struct check_ctx *c, const struct hit *h);
/* A template with its placeholders filled, in the article's arena. */
const char *report_filled(const struct check_ctx *c, const char *template, const struct report *r);
/* Is anything that something missing could be put after?  If not, check_unplaced() has been called: ask only when there is something to
 * report.  The empty range at the end of the body (last block of group
 * body, else of the text), at the head's end, ...: `at` names of rule files, "body-end", "head-end", "end", "start". */
bool check_place(struct check_ctx *c, const char *name, struct range *at);
extern const char *const check_places[];	/* NULL at the end */

/* The rule could not be run on this article to its end: becomes run/pattern with these words, exit status 2. */
void check_failed(struct check_ctx *c, const char *why);
/* What it would report has no place in the file, and must not be lost: run/unplaced, exit status 2. */
void check_unplaced(struct check_ctx *c, const char *why);

struct param_doc { const char *name, *type, *doc; };	/* an attribute or child element, for `wirelint checks` and the schema */

/* What of other stories a rule looks at: nothing; their words; their captions, too. */
enum beside { BESIDE_NOTHING, BESIDE_WORDS, BESIDE_CAPTIONS };

struct check {
	const char *name;
	const char *doc;		/* one or two sentences for rule authors */
	const struct param_doc *params;	/* {NULL, NULL, NULL} at the end */
	const char *const *placeholders;	/* besides {match} and pattern groups; NULL at the end */
	const char *note;		/* default words of its notes; NULL if it makes none */
	/* From the rule's check element to its data; NULL after rule_error().  Lives in b's arena. */
	void *(*compile)(struct rule_build *b, const struct node *el);
	void (*run)(struct check_ctx *c, const void *data);
	/* The finder without a hit of which there is nothing to run for; NULL, or may be NULL: there always is. */
	const struct finder *(*only)(const void *data);
	/* What the rule needs of the configuration and does not have: "no origins are mapped"; NULL: it can run.  May be NULL. */
	const char *(*lacks)(const void *data, const struct standing *st);
	/* Does the rule look at the other stories of a run?  May be NULL: it does not. */
	enum beside (*beside)(const void *data);
	/* Does the rule look after duties so called, where the duty names no rule?  May be NULL. */
	bool (*looks_after)(const void *data, const char *duty);
};

#define CHECK(name) extern const struct check check_##name;
#include "check/list.def"
#undef CHECK
const struct check *const *check_list(void);			/* NULL at the end */
const struct check *check_by_name(const char *name, size_t n);

/* ---- While rules are loaded (rule_build.c) ---- */

/* An error at an element (attr NULL), at an attribute's value, or at the element's text (attr "").  Goes on: more errors may follow. */
void rule_error(struct rule_build *b, const struct node *el, const char *attr, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
struct arena *rule_arena(struct rule_build *b);
const struct rule *rule_being_built(const struct rule_build *b);

/* Attributes, typed; each reports an error of its own.  `known` is a blank-separated list of the attributes that the element
 * may have; anything else is an error with the nearest name. */
void rule_known_attrs(struct rule_build *b, const struct node *el, const char *known);
void rule_known_children(struct rule_build *b, const struct node *el, const char *known);
const char *rule_attr(struct rule_build *b, const struct node *el, const char *name, const char *otherwise);
long rule_attr_int(struct rule_build *b, const struct node *el, const char *name, long min, long max, long otherwise);
double rule_attr_real(struct rule_build *b, const struct node *el, const char *name, double min, double max, double otherwise);
bool rule_attr_bool(struct rule_build *b, const struct node *el, const char *name, bool otherwise);	/* yes, no */
kind_set rule_attr_scope(struct rule_build *b, const struct node *el, const char *name, kind_set otherwise);
/* A set of fields by their blank-separated names, bit an enum field_name; 0 where the attribute is absent or wrong. */
uint32_t rule_attr_fields(struct rule_build *b, const struct node *el, const char *name);
/* One of the blank-separated `choices`: its number, or `otherwise` where the attribute is absent, or -1 after an error. */
int rule_attr_choice(struct rule_build *b, const struct node *el, const char *name, const char *choices, int otherwise);
/* A required attribute of blank-separated words, each one of the `n` names of `what`; NULL-terminated, in the arena.  NULL
 * after an error. */
const char *const *rule_attr_names(struct rule_build *b, const struct node *el, const char *name, const char *what,
    const char *const *names, size_t n);
/* The attribute `at`: *place becomes a place of check_place(), or the one word `besides`; it stays where the attribute is
 * absent.  false after an error. */
bool rule_attr_place(struct rule_build *b, const struct node *el, const char *besides, const char **place);
/* A finder of the <pattern>, <terms>, <except> children of `el` (or of `el` itself where it is one of these) and of el's
 * attributes block, part, field and kind (finder.h); scope and quoted from el's attributes, else the rule's.  Registered with the rule.  NULL after an error. */
struct finder *rule_finder(struct rule_build *b, const struct node *el, const char *name);
/* A name that messages may use as a {placeholder}, found while compiling (a form's name, a group's). */
void rule_placeholder(struct rule_build *b, const char *name);

#endif
