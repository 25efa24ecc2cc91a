/* Private to accept*.c: waivers and entries of baselines as they lie in memory. */
#ifndef WL_ACCEPT_INT_H
#define WL_ACCEPT_INT_H

#include "lint/accept.h"

#include "source/source.h"
#include "util/arena.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Several values of a key; 0 is no node. */
struct multi {
	struct multi_node { uint64_t key; void *value; uint32_t next; } *v;
	size_t n, cap;
	uint32_t *heads;		/* a power of two of them */
	size_t nheads;
};
void multi_add(struct multi *m, uint64_t key, void *value);
uint32_t multi_first(const struct multi *m, uint64_t key);
uint32_t multi_next(const struct multi *m, uint32_t node);
void multi_release(struct multi *m);

struct waiver_file {
	const char *path;		/* as messages name it */
	const char *folder;		/* absolute */
};

struct waiver_word {			/* a rule or a family */
	const char *name;
	bool family;
	struct span at;
	atomic_bool used;
};
struct waiver_path {
	struct waiver *waiver;
	const char *glob;		/* as path_matches() takes it */
	const char *exact;		/* the one place in the folder that it names; NULL: a glob, or a name anywhere */
	struct span at;
	atomic_bool seen;		/* means a file of this run */
	atomic_bool itself;		/* and is its very path */
	atomic_bool partly;		/* of a file that was not checked in full, or not by all rules of the waiver */
	atomic_bool used;
};
struct waiver_mark {
	struct waiver *waiver;
	uint64_t fingerprint;
	struct span at;
	atomic_bool used;
};

struct waiver {
	const struct waiver_file *file;
	struct waiver_word *words;
	struct waiver_path *paths;	/* none: any file in the folder */
	struct waiver_mark *marks;	/* none: any finding of the rules */
	size_t nwords, npaths, nmarks;
	const char *reason;		/* NULL: none */
	const char *owner, *lacks;	/* lacks: "reason", "owner", "reason and owner"; NULL: nothing */
	const char *expires;		/* as written; NULL: never */
	long last_day;			/* since 1970; the last on which it holds */
	struct span at, expires_at;
	atomic_bool met;		/* it would have let something pass in this run */
};

struct accept_entry {			/* of a baseline */
	const char *path, *rule;
	uint64_t fingerprint;
	uint32_t count;
	enum severity severity;
	const char *item, *message;	/* NULL: none */
};

struct accept {
	struct arena arena;
	struct waiver **waivers;
	size_t nwaivers, capwaivers;
	struct multi paths;		/* literal paths, by the hash of the absolute path: struct waiver_path */
	struct multi names;		/* literal names without a slash, by their hash: struct waiver_path */
	struct multi marks;		/* by fingerprint: struct waiver_mark */
	struct waiver_path **globs;	/* the others: looked at for each file */
	size_t nglobs, capglobs;
	struct multi entries;		/* by accept_key(): struct accept_entry */
	struct multi of_file;		/* the same by the hash of the path */
	char **covered;			/* absolute */
	size_t ncovered, capcovered;
	const struct rule_set **sets;	/* whose rules waivers may name */
	size_t nsets, capsets;
	atomic_bool incomplete;		/* some file was not checked in full */
};

uint64_t accept_key(uint64_t hash_of_path, uint64_t fingerprint);
uint64_t accept_hash(const char *s, size_t n);

#endif
