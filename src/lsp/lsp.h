/* `wirelint lsp`: a language server on standard input and output. */
#ifndef WL_LSP_H
#define WL_LSP_H

#include "options.h"

/* Exit status: 0 after shutdown and exit, as the protocol has it; else 1; 2 after wrong use. */
int lsp_command(const struct options *o);

#endif
