/* What has been said of how to check: a list of settings from the weakest to the strongest, each with its origin.  Configurations and
 * the command line both become such settings, so that an option and the key of its name mean the same and are complained of alike:
 * the one with a place in the file, the other on standard error. */
#ifndef WL_SETTINGS_H
#define WL_SETTINGS_H

#include "finding.h"
#include "lint/policy.h"
#include "options.h"
#include "util/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct config;
struct yaml;

enum key {
#define KEY(id, name, type, where, words, help) KEY_##id,
#include "desk/settings.def"
#undef KEY
	KEY_COUNT
};
enum key_type { KEY_IS_BOOL, KEY_IS_TEXT, KEY_IS_LIST, KEY_IS_NUMBER, KEY_IS_MAP, KEY_IS_MAPS, KEY_IS_ORIGIN, KEY_IS_PARTS };
enum key_where { KEY_ANYWHERE, KEY_TOP, KEY_RUN };
struct key_row {
	const char *name;
	enum key_type type;
	enum key_where where;
	const char *const *(*words)(void);	/* NULL: open */
	const char *help;
};
extern const struct key_row key_rows[KEY_COUNT];
bool key_find(const char *name, enum key *key);

/* One thing said.  An item of a list and an entry of a mapping are a setting each. */
struct setting {
	enum key key;
	const char *value;		/* of `origin`: a profile; the field where `name` is NULL */
	const char *name;		/* severity, parameters: the rule; origin: what the field says; else NULL */
	const char *parameter;		/* parameters: its name */
	struct config *config;		/* where it is written; NULL: on the command line */
	const char *variable;		/* that says it in place of the command line; NULL */
	const struct yaml *at;		/* its value there */
};
struct settings { struct setting *v; size_t n, cap; };

/* The options given that are settings too, in their order, and WIRELINT_FORMAT; strings are copied to the arena.  false: wrong use, said. */
bool settings_options(struct settings *s, const struct options *o, struct arena *arena);

/* A complaint about a setting: a finding config/file with a place in its file, or wrong use on standard error.  Returns false. */
bool setting_complain(const struct setting *s, struct finding_list *errors, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* "unknown WHAT 'word'; did you mean 'near'?"; near NULL: the hint behind the word. */
bool setting_unknown(const struct setting *s, struct finding_list *errors, const char *what, const char *word, const char *near,
    const char *hint);
/* Is its value one of the key's words, or a number where one is wanted?  Complains. */
bool setting_check(const struct setting *s, struct finding_list *errors);

/* The last setting of a key; NULL. */
const struct setting *settings_last(const struct settings *s, enum key key);
bool settings_bool(const struct settings *s, enum key key);
const char *settings_text(const struct settings *s, enum key key);		/* NULL */
long settings_number(const struct settings *s, enum key key, long otherwise);

/* Does number i, a `select`, replace what was selected before it?  Each layer's does; those of one layer (a list, an option given
 * again) add up. */
bool settings_begin_selection(const struct settings *s, size_t i);

/* Rules, severities, stage, profiles ... of all settings onto a policy that policy_init() made.  What is wrong in a configuration goes to
 * `errors`, and the rest holds all the same.  */
/* Why a rule that was asked for by name (*asked) cannot run: what it needs is not there.  NULL: it can, or nobody asked.  After
 * settings_profiles(). */
const char *settings_lack(const struct settings *s, struct policy *p, const struct rule *r, const struct setting **asked);
/* Profiles, stage, origins, and what the desk holds (settings_profiles.c); after what is said of rules.  false: said on standard error. */
bool settings_profiles(const struct settings *s, struct policy *p, struct finding_list *errors);
void settings_apply(const struct settings *s, struct policy *p, struct finding_list *errors);

#endif
