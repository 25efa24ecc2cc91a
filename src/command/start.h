/* `wirelint init`: files to start from. */
#ifndef WL_START_H
#define WL_START_H

#include "options.h"

/* A commented configuration in the folder named (default: the working folder), or with --rules=FILE a rule pack.  What is there
 * already is not touched.  Exit status: 0 or 2. */
int start_command(const struct options *o);

#endif
