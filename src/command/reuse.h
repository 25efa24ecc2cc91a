/* `wirelint reuse`: which stories share copy. */
#ifndef WL_REUSE_H
#define WL_REUSE_H

#include "analysis/overlap.h"
#include "options.h"
#include "reuse/reuse_set.h"
#include "util/buf.h"

#include <stdbool.h>
#include <stddef.h>

/* 0: no pair; 1: pairs; 2: something could not be read, or wrong use. */
int reuse_command(const struct options *o);

/* ---- how pairs are written (reuse_emit.c) ---- */

enum reuse_form { REUSE_TEXT, REUSE_TSV, REUSE_JSON };
/* How two stories stand to each other, besides what they share. */
enum reuse_relation { REUSE_SAME_WORDS, REUSE_SAME_ADDRESS, REUSE_SAME_HOST, REUSE_APART };

/* A pair that holds. */
struct reuse_found {
	struct read_story *a, *b;
	const struct overlap *overlap;	/* a's units are those of story a */
	struct overlap_sum sum;
	enum reuse_relation relation;
	bool star;
};
void reuse_emit_begin(struct buf *out, enum reuse_form form);
void reuse_emit_pair(struct buf *out, enum reuse_form form, const struct reuse_found *f, bool first);
void reuse_emit_end(struct buf *out, enum reuse_form form, size_t stories, size_t files, size_t pairs);

#endif
