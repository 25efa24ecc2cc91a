/* The commands that do not check: show, explain, rules, checks, formats, test. */
#ifndef WL_COMMANDS_H
#define WL_COMMANDS_H

#include "options.h"

/* Exit status: 0, 1 (test: an example failed) or 2. */
int command_run(const struct options *o);

#endif
