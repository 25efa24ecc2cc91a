/* Which configurations govern a file, and what of them holds for it.
 *
 * Configurations are looked for from the file's folder upwards, to the repository's root (the folder that holds .git) or one that says
 * `root: true`; the nearest is the strongest, the command line stronger still.  Files for which the same settings hold share one
 * `struct governed`; governed files with the same rule packs and parameters share one `struct domain`.  All is made before the
 * first file is checked, and const from then on. */
#ifndef WL_DESK_H
#define WL_DESK_H

#include "desk/config.h"
#include "desk/settings.h"
#include "lint/policy.h"
#include "match/matcher.h"
#include "options.h"
#include "rule/rule.h"

#include <stdbool.h>
#include <stddef.h>

/* Rules as they are loaded for some packs and parameters. */
struct domain {
	char *key;			/* packs and parameters, to tell it from others */
	struct rule_set set;
	struct matcher *matcher;
	unsigned number;
};

/* Which parts of which configurations hold, weakest first. */
struct layers {
	struct layer_part { struct config *config; struct config_part *part; } *v;
	size_t n, cap;
};

struct governed {
	struct layers layers;
	struct settings settings;	/* theirs, and the command line's */
	struct policy policy;
	struct domain *domain;
	const struct reader *as;	/* NULL: by content */
	bool forced_encoding;
	enum encoding encoding;
	size_t files;			/* how many it governs; none, if it is of the run alone */
	size_t checked;			/* how many of them were articles; the main thread's */
	size_t counts[4];		/* findings of the run, by enum severity; the main thread's */
	unsigned number;
};

#define WAIVERS_FILE_NAME ".wirelint-waivers.yaml"
#define BASELINE_FILE_NAME ".wirelint-baseline.json"

struct folder {
	char *path;			/* absolute */
	struct folder *up;		/* NULL: nothing above it counts */
	struct config *config;		/* its own; NULL if it has none */
	bool waivers, baseline;		/* has it such a file? */
	struct governed *governed;	/* by desks_folders(): what holds for what is said of these files */
};

struct desks {
	const struct options *options;
	struct finding_list *errors;
	char *here;			/* the working folder */
	struct settings given;		/* the command line's */
	struct arena arena;
	bool compares;			/* there is a copy to compare with; before desks_settle() */
	bool beside;			/* there are other stories to look at; likewise */
	bool isolated;			/* nothing is looked for */
	struct config *only;		/* --config: in place of those found */
	struct folder **folders;	/* an open table by path */
	size_t nfolders, capfolders;
	struct governed **governed;
	size_t ngoverned, capgoverned;
	struct domain **domains;
	size_t ndomains, capdomains;
	size_t nconfigs;		/* files of configuration read, but for those extended */
};

/* false: wrong use, said on standard error.  Mistakes in configurations go to `errors`, which must live as long. */
bool desks_init(struct desks *d, const struct options *o, struct finding_list *errors);
void desks_release(struct desks *d);

/* A path as messages name it: from the working folder where it lies in it.  To be freed. */
char *desks_shown(const struct desks *d, const char *absolute);
/* The folder and those above it that count, from the disk at first. */
struct folder *desks_folder(struct desks *d, const char *absolute);
struct folder *desks_folder_of(struct desks *d, const char *path);		/* that a file lies in */
/* The folder that files and folders lie in, or are; the working folder, where there are none. */
struct folder *desks_common(struct desks *d, const char *const *paths, size_t n);
/* What holds for a file, by its path as the user gave it ("-" is as a file of the working folder). */
struct governed *desks_file(struct desks *d, const char *path);
/* What holds for a run over files and folders, of keys that concern a run: what governs the folder that all of them lie in; the
 * working folder, where none is named. */
struct governed *desks_run(struct desks *d, const char *const *paths, size_t n);
/* Does a glob of `exclude`, on the command line or in a configuration, mean the path? */
bool desks_excludes(struct desks *d, const char *path);

/* What governs the folders that hold a configuration, waivers or a baseline.  Before desks_settle(). */
void desks_folders(struct desks *d);
/* Every part of every configuration, for `config --check`: each as if it meant a file.  Before desks_settle(). */
void desks_all_parts(struct desks *d);
/* After the last desks_file(): loads rules, makes policies and matchers.  false: wrong use, said. */
bool desks_settle(struct desks *d, int match_mode);

/* Globs that have meant nothing, of configurations whose folder lies in this one, an absolute path: all of it was walked.  Each
 * configuration once. */
void desks_judge_globs(struct desks *d, const char *walked, struct finding_list *out);

#endif
