/* The commands besides check: show, explain, rules, checks, formats, test, baseline. */
#ifndef WL_COMMANDS_H
#define WL_COMMANDS_H

#include "options.h"

/* Exit status: 0, 1 (test: an example failed) or 2. */
int command_run(const struct options *o);
/* `wirelint baseline`: 0, or 2 where nothing was written. */
int command_baseline(const struct options *o);

/* `wirelint archive`, `wirelint digest`: 0, or 2 where not all was done. */
int command_archive(const struct options *o);
int command_digest(const struct options *o);

/* `wirelint completion`: the script on standard output; 0, or 2 for a shell that is not known. */
int command_completion(const struct options *o);

#endif
