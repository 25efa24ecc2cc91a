/* A profile is what an agency, a licence, a locale or a stage asks for, as data (rules/profiles/, a desk's own packs): settings
 * of rules, marks by which its copy is known, duties.  Const once loaded; everything lies in the rule set's arena. */
#ifndef WL_PROFILE_H
#define WL_PROFILE_H

#include "article.h"
#include "finding.h"
#include "rule/rule.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum profile_kind { PROFILE_AGENCY, PROFILE_LICENCE, PROFILE_LOCALE, PROFILE_STAGE };
const char *profile_kind_name(enum profile_kind k);	/* "agency" ... */

/* What a format must be able to show so that a duty can be looked after at all. */
enum shows {
	SHOWS_TEXT,			/* words */
	SHOWS_LINK,			/* an address, as a link or written out */
	SHOWS_MARKUP,			/* elements: a counter, the links within the text */
	SHOWS_PICTURE,			/* pictures, or their captions and credits */
	SHOWS_DATE,			/* the day on which it was published */
	SHOWS_NOTHING,			/* no copy shows it: what happens to it later, on the site */
};
extern const char *const shows_names;			/* "text link markup picture date nothing" */
const char *shows_name(enum shows s);
bool shows_in(enum shows s, const struct article *a);	/* can an article of its format show it?  A date: does it? */

extern const char *const change_names;			/* what may be changed: "time place style headline cut added any" */

struct duty {
	const char *id;			/* "origin-line", "tracker" */
	enum shows shows;
	enum severity severity;		/* at most a warning where the profile is from memory */
	const char *text;		/* what has to be done, in own words */
	const char *place;		/* "head" or "foot": where it belongs; NULL: anywhere */
	const char *host;		/* the host of a tracker or of a link, or several, blank-separated; NULL */
	bool story;			/* a link to the host's front page does not do */
	bool keep;			/* it is of what the original may have: copy without it proves little */
	unsigned days;			/* how long the copy may stand; 0: no limit */
	unsigned most;			/* how many paragraphs may be used; 0: no limit */
	const char *use;		/* it is a duty where the copy is used so: "online"; NULL: in any use */
	const char *role;		/* it is of pictures whose credit has this role: "handout"; NULL: of the story */
	const char *rule;		/* the id of the rule that looks after it; NULL: none */
	struct span rule_at;		/* where the profile's file says so */
	const char *allows;		/* of "edits": which changes, of change_names; "" where none is; NULL: not said */
	const char *const *phrases;	/* wordings, any of which does it, or breaks a duty "no-..."; NULL at the end */
};

struct profile_setting {
	enum { SETTING_ON, SETTING_OFF, SETTING_SEVERITY, SETTING_LANG, SETTING_KIND } what;
	const char *word;		/* a rule or family; a language */
	enum severity severity;
	enum copy_kind kind;
	struct span at;			/* of the word in the profile's file */
};

/* By what copy that is under the profile is known: one of the three. */
struct copy_mark {
	uint32_t fields;		/* bit an enum field_name: one of these fields is `is`; a byline, block or field, may end with it */
	const char *is;
	const char *agency;		/* the canonical name of an agency that the text, not a picture, is credited to */
	const char *phrase;		/* words at the head or the foot */
};

/* A form in which the house writes a line: "(AP Photo/{person})". */
struct form_piece {
	enum { PIECE_TEXT, PIECE_PART, PIECE_SOURCE } what;	/* words and marks; a part; a party besides the house: agency, platform or name */
	enum part_name part;
	enum { LETTERS_ANY, LETTERS_CAPITALS, LETTERS_PLAIN } letters;	/* of a place, up to its first comma */
	bool year;			/* of a date: with its year, else without */
	const char *s;			/* the words; the name of the part as the form has it */
	size_t n;
};
struct house_form {
	kind_set of;			/* what it is the form of */
	const char *agency;		/* canonical: lines that name it are written so; NULL: whoever is named */
	const char *text;
	bool from_memory;
	const struct form_piece *pieces;
	size_t npieces;
};
extern const char form_piece_names[];		/* "person, role ...": for messages */
/* Takes f->text apart; false: what stands between braces at *bad is no part. */
bool house_form_parse(struct arena *arena, const char *text, struct house_form *f, const char **bad, size_t *bad_len);

/* A choice that rules ask for: dash, spaced-em. */
struct house_style { const char *name, *is; };

struct profile {
	const char *id;
	enum profile_kind kind;
	unsigned index;			/* in its rule set */
	const char *title;
	const char *terms;		/* in own words */
	const char *licence;		/* "CC BY-ND 4.0"; NULL */
	const char *link;		/* the address of the terms; NULL */
	const char *read;		/* the day they were read: "2026-11-23"; NULL */
	bool from_memory;		/* nobody has read them: general knowledge */
	const char *const *names;	/* of the house that the copy is from, the first the one to use; NULL at the end */
	const struct profile_setting *settings;
	size_t nsettings;
	const struct copy_mark *marks;
	size_t nmarks;
	struct duty *duties;
	size_t nduties;
	const struct house_form *forms;
	size_t nforms;
	const struct house_style *styles;
	size_t nstyles;
	const char *path;		/* the file it is from */
	uint32_t line;
	bool builtin;
};

const struct profile *profile_find(const struct rule_set *set, const char *id, size_t n);	/* NULL if there is none */
/* The nearest id to what was written; `kind` -1: of any kind but stages. */
const char *profile_nearest(const struct rule_set *set, const char *id, size_t n, int kind);

/* origin: {field: source, map: {propublica: [propublica]}}: which profiles a value of a field stands for. */
struct origin {
	enum field_name field;
	const char *value;
	const struct profile *const *profiles;	/* NULL at the end; none: known, and under no profile */
};
const struct origin *origin_find(const struct origin *v, size_t n, enum field_name field, const char *value, size_t len);

/* What is in force for an article, for checks that ask. */
struct standing {
	const struct profile *const *profiles;
	size_t nprofiles;
	const char *stage;
	const struct origin *origins;
	size_t norigins;
	const char *const *held;	/* agencies whose copy may be used, NULL at the end; NULL: not declared */
	const char *const *licences;	/* profiles of licences under which copy may be used, the same */
	const char *const *own;		/* names of the house itself, the same */
	const char *country;		/* NULL: not declared */
	const char *const *uses;	/* the same as held: "online", "print", "archive" ... */
};
bool standing_uses(const struct standing *st, const char *use, bool undeclared);	/* `undeclared`: what no declaration means */
/* Does the list (NULL: empty) name the agency or outlet, by any of its names, or its house? */
bool names_agency(const char *const *list, const char *name);

/* Do profiles in force choose one of the blank-separated values for this style, and none of them another? */
bool standing_has_style(const struct standing *st, const char *name, const char *is);

/* Does the article bear this mark?  *at: where. */
bool copy_mark_holds(const struct copy_mark *m, const struct article *a, struct range *at);
/* The agencies that the text is credited to, one after the other, never those of pictures and of those who helped.  *p is zeroed at first.  The canonical
 * name; NULL at the end. */
struct provenance { size_t block, part, field; struct range at; };
const char *provenance_next(const struct article *a, struct provenance *p);
/* Words in a text, in any case of ASCII letters, white space of any kind and length; false if they are not there. */
bool phrase_find(const char *s, size_t n, const char *phrase, struct range *at);

#endif
