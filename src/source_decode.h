/* The parts of a source among themselves: decoding, the map between decoded and raw offsets, lines. */
#ifndef WL_SOURCE_DECODE_H
#define WL_SOURCE_DECODE_H

#include "source.h"

/* From src->raw to src->s, with encoding, bom, map and remarks.  `opt` may be NULL. */
void source_decode(struct source *src, const struct source_options *opt);

void source_map_free(struct source_map *m);		/* NULL is fine */
void source_lines_free(struct source_lines *l);		/* NULL is fine */

#endif
