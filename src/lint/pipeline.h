/* From a path to findings: open, decode, choose a reader, read, classify, lint.  What check, show, test (and later the
 * language server) share. */
#ifndef WL_PIPELINE_H
#define WL_PIPELINE_H

#include "article.h"
#include "finding.h"
#include "lint/lint.h"
#include "lint/suppress.h"
#include "reader.h"
#include "skip.h"
#include "source/source.h"

#include <stdbool.h>

struct pipeline {
	struct source source;
	struct article article;
	struct lint *lint;		/* NULL: read only */
	const struct rule_set *rules;	/* what the desk's packs say of front matter; NULL: nothing */
	const struct reader *as;	/* --as; NULL: by content */
	const char *lang;		/* --lang; NULL: told from the article */
	struct source_options encoding;
	bool raw;			/* articles are as their reader leaves them: not classified, and not to be checked */
	bool no_suppressions;		/* comments that let findings pass are passed over */
	void (*each)(struct pipeline *p, void *arg);	/* after classify, before lint; may be NULL */
	void *arg;
	void (*checked)(struct pipeline *p, void *arg);	/* after lint; may be NULL */
	void *checked_arg;
	const char *skip_why;		/* set where the file is no article: the reason, for --skip-unknown */
	struct skips skips;		/* items of the last file that are no articles */
	size_t articles;		/* read from the last file */
	struct finding_list *findings;	/* of the file being read */
	struct suppress suppress;
	size_t suppressed;		/* findings of the last file that comments in it let pass */
};

void pipeline_init(struct pipeline *p);
void pipeline_release(struct pipeline *p);
/* Reads and judges from now on as `from` does; its struct lint is shared, so not at the same time. */
void pipeline_like(struct pipeline *p, const struct pipeline *from);
/* One file.  Findings (also of what could not be read) are appended, sorted.  `path` "-" reads standard input. */
void pipeline_path(struct pipeline *p, const char *path, const char *show_as, struct finding_list *out);
void pipeline_mem(struct pipeline *p, const char *path, const char *s, size_t n, struct finding_list *out);

#endif
