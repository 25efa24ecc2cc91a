/* A finding and a span as JSON, for every output that is JSON. */
#ifndef WL_FINDING_JSON_H
#define WL_FINDING_JSON_H

#include "emitter.h"

/* {"start":{"byte","line","column"},"end":{...}}: byte from 0 on disk, line and column from 1. */
void json_span(struct buf *out, struct emit_places *places, struct span at);
/* A path as emit_path() writes it, in quotes. */
void json_path(struct buf *out, const char *path);
/* As emit_path_bare() writes it. */
void json_path_bare(struct buf *out, const char *path);
/* One object on one line, without a newline at the end. */
void json_finding(struct buf *out, struct emit_places *places, const struct finding *f);

#endif
