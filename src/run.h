/* `wirelint check`: rules, policy and inputs from the options; files over threads; findings to the outputs in order. */
#ifndef WL_RUN_H
#define WL_RUN_H

#include "options.h"

/* Exit status: 0, 1 or 2. */
int run_check(const struct options *o);

/* Findings of several files that belong to no article, those of one file together: appended to `out`. */
struct buf;
struct finding_list;
struct emit_options;
struct emitter;
void run_emit_errors(const struct emitter *e, struct buf *out, const struct emit_options *opt,
    const struct finding_list *errors);
/* Prints findings that stand before all files (rules, configuration) as `path:line:col: error: ...` on standard error. */
void run_print_errors(const struct finding_list *errors);

#endif
