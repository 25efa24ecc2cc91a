/* `wirelint fix`: a run whose findings are mended where they say how, and the files written. */
#ifndef WL_FIX_H
#define WL_FIX_H

#include "options.h"

/* Exit status: as that of check for what is left; with --diff, 1 if something would change; 2 if something could not be checked or not
 * be written. */
int fix_command(const struct options *o);

#endif
