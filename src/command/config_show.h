/* `wirelint config`: the configuration in force, and `--check`, which judges it. */
#ifndef WL_CONFIG_SHOW_H
#define WL_CONFIG_SHOW_H

#include "options.h"

/* Exit status: 0, 1 (--check: warnings only) or 2. */
int config_command(const struct options *o);

#endif
