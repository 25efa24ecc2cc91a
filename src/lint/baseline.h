/* The baseline: findings of a day that are let pass, as a document beside the stories.
 *
 *	{"version":1,"tool":"wirelint","findings":[
 *	{"path":"wire/a.xml","item":null,"rule":"caption/missing","fingerprint":"0123456789abcdef","count":1,"severity":"warning","message":"..."}
 *	]}
 *
 * One line an entry, sorted, no line numbers: it changes only where findings come and go. */
#ifndef WL_BASELINE_H
#define WL_BASELINE_H

#include "finding.h"
#include "util/arena.h"
#include "util/buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Path, rule and fingerprint together tell an entry; the rest is for those who read the file. */
struct baseline_entry {
	const char *path;		/* absolute */
	const char *rule;
	uint64_t fingerprint;
	uint32_t count;			/* so many findings alike: items of a file may share an id */
	enum severity severity;		/* SEV_OFF: not said */
	const char *item, *message;	/* NULL: none */
};

struct baseline {
	struct baseline_entry *v;
	size_t n, cap;
	char *folder;			/* absolute; what paths in the document are relative to */
	bool found;			/* by its name it is one that is looked for: it speaks of its own folder only */
	struct arena arena;		/* all strings */
};

/* `path` of the document, which need not be there. */
void baseline_init(struct baseline *b, const char *path);
void baseline_release(struct baseline *b);
/* Reads the document at `path`, in time linear in its size.  false: it is none; config/baseline in `errors` says where and why, and no
 * entry is kept. */
bool baseline_read(struct baseline *b, const char *path, struct finding_list *errors);
/* Sorts, and makes one of entries of the same path, rule and fingerprint: with the sum of their counts, or with the highest. */
void baseline_sort(struct baseline *b, bool sum);
int baseline_compare(const struct baseline_entry *x, const struct baseline_entry *y);	/* by path, rule, fingerprint */
/* The document; sort before. */
void baseline_write(const struct baseline *b, struct buf *out);
/* Would an entry for this path never be looked for? */
bool baseline_is_outside(const struct baseline *b, const char *absolute);
/* How the document calls an absolute path: relative to its folder, odd bytes as %HH. */
void baseline_name(const struct baseline *b, const char *absolute, struct buf *out);

#endif
