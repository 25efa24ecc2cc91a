/* Private to sarif*.c. */
#ifndef WL_SARIF_H
#define WL_SARIF_H

#include "emitter.h"
#include "emit/pieces.h"

#include <stdbool.h>
#include <stddef.h>

/* What goes first where there are too many results goes by the rank of its piece, from the last. */
enum sarif_rank { SARIF_ERROR, SARIF_WARNING, SARIF_NOTE, SARIF_SUPPRESSED, SARIF_BASELINED, SARIF_ABSENT, SARIF_RANKS };

/* A piece for each finding of the list: the id of its rule, a NUL, and the result without its brackets and rule. */
void sarif_results(struct buf *out, const struct emit_options *opt, struct source *src, const struct finding_list *l);

/* Ids of the rules that results name: each once, sorted.  They point into the pieces. */
struct sarif_rules { const char **ids; size_t n, cap; };
void sarif_rules_add(struct sarif_rules *r, const char *id);
size_t sarif_rules_index(const struct sarif_rules *r, const char *id);
/* The array of reportingDescriptors. */
void sarif_rules_put(struct buf *out, const struct sarif_rules *r, const struct emit_options *opt);

#endif
