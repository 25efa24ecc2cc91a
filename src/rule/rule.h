/* A rule as it is after loading: const. */
#ifndef WL_RULE_H
#define WL_RULE_H

#include "article.h"
#include "finding.h"
#include "rule/finder.h"
#include "util/arena.h"
#include "util/buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct check;
struct profile;

enum tier { TIER_CORE, TIER_PROFILE, TIER_STRICT, TIER_COMPARE };
const char *tier_name(enum tier t);
bool tier_parse(const char *s, size_t n, enum tier *out);

/* What the copy is: declared by --kind or the configuration. */
enum copy_kind { COPY_UNDECLARED, COPY_OWN, COPY_WIRE, COPY_SYNDICATED, COPY_REPUBLISHED };
const char *copy_kind_name(enum copy_kind k);
bool copy_kind_parse(const char *s, size_t n, enum copy_kind *out);

/* What copy is used for: "online", "print" ...; NULL at the end. */
extern const char *const copy_uses[];
extern const char *const copy_use_names;	/* the same, blank-separated */

/* All conditions of a rule's <when> elements must hold; within one attribute, blank-separated alternatives. */
struct when {
	unsigned kinds;			/* bit a copy_kind; 0: any */
	const char *profiles;		/* blank-separated; NULL: any */
	const char *langs;		/* "en fr": en holds for en-GB; NULL: any */
	const char *formats;
	const char *stages;
	const char *countries, *uses;	/* where and for what the copy is published: "TR US", "print online" */
	bool has_field;			/* <when field="provider" is="AFP"/>, or without `is`: the field is there */
	enum field_name field;
	const char *is;
	bool negate;			/* <when ... not="yes"/> */
	enum severity severity;		/* SEV_OFF: the rule does not run unless it holds; else only the severity changes */
};

struct example {
	bool bad;
	bool escaped;			/* \xNN and \n in it stand for bytes */
	const char *text;		/* as in the rule file, indentation taken off, marks still in it */
	size_t n;
	uint32_t line, column;		/* of its start tag in the rule file */
	const char *format, *lang, *profile, *stage, *now;	/* NULL: default */
	unsigned beside;		/* the same: another story of the run */
	unsigned upstream;		/* number from 1 of the rule's <upstream> that it is compared with; 0: none */
	const char *country, *use;	/* where and for what it is published; NULL: not declared */
	const char *own;		/* names of the house itself, the same; NULL: not declared */
	const char *held;		/* agencies held, parted by semicolons; NULL: not declared */
	const char *origin;		/* "source=Reuters": the one value of the one field that is mapped; NULL: no map */
	enum copy_kind kind;
	enum block_kind block;		/* BLOCK_COUNT: read it as an article */
	const char *with;		/* rules and families that are on too; NULL: none */
	bool shown;			/* it is there to be read: what it shows is no article, and is not run */
};

struct rule {
	const char *id;			/* "caption/duplicate-lead" */
	unsigned index;			/* in its rule set */
	enum severity severity[3];	/* indexed by enum certainty */
	enum tier tier;
	kind_set scope;
	uint32_t text_of;		/* bit an enum field_name: fields whose words are looked at */
	enum quoted quoted;
	struct when *whens;
	size_t nwhens, capwhens;
	const char *title;
	const struct check *check;
	void *data;			/* the check's own, in the rule set's arena */
	const char *message;		/* with {placeholders} */
	const char *note;		/* for the check's notes; NULL: the check's own words */
	const char *why, *link;
	const char *fix;		/* replacement template for what is reported; NULL */
	const char *fix_description;
	enum fix_class fix_class;
	const char **silences;		/* ids of rules that say nothing where this one speaks */
	size_t nsilences, capsilences;
	struct example *examples;
	size_t nexamples, capexamples;
	struct upstream_text { const char *name; struct example text; } *upstreams;	/* copies that examples are compared with */
	size_t nupstreams, capupstreams;
	struct finder **finders;	/* in the order the check made them */
	size_t nfinders, capfinders;
	const char *path;		/* the rule file, "built-in:rules/caption.xml" for an embedded one */
	uint32_t line;
	bool builtin;
};

/* A parameter that a configuration gives to a rule; see rule_parameters.c. */
struct rule_parameter {
	const char *rule, *name, *value;
	const void *origin;		/* the giver's own: where it is said */
	bool used;
};

struct rule_set {
	struct rule **rules;		/* in order of loading; ids are unique */
	size_t n, cap;
	struct finder **finders;	/* of all rules; finder->index */
	size_t nfinders, capfinders;
	struct arena arena;
	unsigned *slots;		/* hash of ids: number of the rule from 1 */
	size_t nslots;
	struct front_key {		/* <front-matter>: the last of one path holds */
		const char *path;
		struct key_meaning means;
	} *front;
	size_t nfront, capfront;
	struct silence {		/* names in <silences> and in with="", looked up when all rules are there */
		const char *name, *path;
		struct span at;
		bool family;		/* a family's will do */
	} *pending;
	size_t npending, cappending;
	struct rule_parameter *parameters;	/* put in before rules are loaded */
	size_t nparameters, capparameters;
	void (*parameter_error)(void *arg, const struct rule_parameter *p, const char *text);	/* of those: what is wrong with one */
	void *parameter_arg;
	struct profile **profiles;	/* profile.h; in order of loading, ids are unique */
	size_t nprofiles, capprofiles;
	bool has_profiles;		/* rule_load_profiles() has been here */
	size_t nfrozen;			/* so many of the rules, the first ones, are those of the image: frozen.h */
};

void rule_set_init(struct rule_set *set);
void rule_set_release(struct rule_set *set);
/* Fills an empty set with the built-in rules as they were frozen; what is put into it goes on top.  false: there is no image. */
bool rule_set_thaw(struct rule_set *set);
const struct rule *rule_find(const struct rule_set *set, const char *id);	/* NULL if there is none */
void rule_set_add(struct rule_set *set, struct rule *r);	/* its id must be new; gives it its index */
/* What packs say of a key of front matter: reader.h. */
bool rule_set_meaning(const struct rule_set *set, const char *path, struct key_meaning *out);
/* An example's text: indentation taken off, escapes resolved, marks still in it. */
void example_text(struct buf *out, const struct example *e);
void rule_release(struct rule *r);				/* one that is in no set */

#endif
