/* From settings and the command line to what a run needs.  Each returns false after wrong use, which it has said on standard error. */
#ifndef WL_RUN_OPTIONS_H
#define WL_RUN_OPTIONS_H

#include "desk/desk.h"
#include "files/walk.h"
#include "finding.h"
#include "options.h"
#include "run/sink.h"

#include <stdbool.h>

struct pipeline;

/* The rules of a governed file, its format and encoding, for a pipeline. */
void run_govern(struct pipeline *p, const struct governed *g);
/* format, output, color, column-unit. */
bool run_sinks(struct sinks *sinks, const struct settings *all);
/* An output of an earlier run that lies among the stories is none of them, unless it is named. */
void run_leave_out(const struct sinks *sinks, struct walk *w);
/* A file that is met under two names, by links, is one input. */
void run_once(struct walk *w);
/* false, and said, if an output would be written over a file that is read. */
bool run_spares(const struct sinks *sinks, const struct walk *w, const struct desks *d);
/* The files, folders and lists named, without what is excluded.  What cannot be checked goes to `errors`. */
bool run_inputs(struct walk *w, struct desks *d, const struct settings *all, struct finding_list *errors);

/* Of a file's findings: it is no article, met in a folder or allowed by --skip-unknown, and is counted and no error.  An empty one, which a story
 * may have been, is let pass only where it was named with that option; one that cannot be opened never. */
bool run_is_skip(const struct input *in, bool skip_unknown, const struct finding_list *l);

/* Globs of configurations that have meant nothing in the folders walked. */
void run_judge_globs(struct desks *d, const struct walk *w, struct finding_list *out);

/* Waivers and baselines that lie about the inputs, or that are named (run_accepted.c).  Without `baseline`, waivers alone.  True if
 * there is a baseline.  Mistakes go to `errors`. */
struct accept;
/* For accept_end(), with the desks: desks_folders() has been called. */
const struct policy *run_policy_of(void *desks, const char *folder);
bool run_load_accepted(struct accept *a, struct desks *d, const struct walk *w, bool baseline, struct finding_list *errors);
/* The same about these files, of which number i is governed by by[i], for one who has no walk. */
void run_load_accepted_of(struct accept *a, struct desks *d, const char *const *paths, const struct governed *const *by, size_t n,
    struct finding_list *errors);

#endif
