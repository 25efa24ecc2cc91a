/* An emitter turns findings into bytes of one output form.  One form, one file in emit/, one line in emit/list.def.
 *
 * file() is called by workers, each for a whole input file, into a buffer of its own; the buffers are then written in the
 * order of the files, `between` between two that are not empty.  So output is the same at any -j. */
#ifndef WL_EMITTER_H
#define WL_EMITTER_H

#include "finding.h"
#include "source.h"
#include "util/buf.h"

#include <stdbool.h>
#include <stddef.h>

enum column_unit { COLUMN_CHAR, COLUMN_BYTE, COLUMN_UTF16, COLUMN_DISPLAY };
bool column_unit_parse(const char *s, enum column_unit *out);

struct emit_options {
	bool colour;
	bool links;			/* terminal hyperlinks on rule ids */
	enum column_unit unit;
	const char *version;		/* of wirelint */
};

struct totals {
	size_t findings[4];		/* by enum severity */
	size_t fatal;			/* findings that mean exit status 2 */
	size_t files, files_with_findings, articles;
	struct skipped { const char *path, *why; } *skipped;
	size_t nskipped, capskipped;
	bool failed;			/* findings at or above --fail-on */
};

struct emitter {
	const char *name;		/* "gcc": what --format takes */
	const char *title;
	const char *between;		/* between the output of two files; NULL: nothing */
	void (*begin)(struct buf *out, const struct emit_options *opt);				/* may be NULL */
	void (*file)(struct buf *out, const struct emit_options *opt, struct source *src, const struct finding_list *l);
	void (*end)(struct buf *out, const struct emit_options *opt, const struct totals *t);	/* may be NULL */
};

const struct emitter *const *emitter_list(void);
const struct emitter *emitter_by_name(const char *name);

/* Shared by emitters (emitter.c). */
/* The column of an offset in the unit asked for, from 1; `line_start` is the offset of its line on disk. */
uint32_t emit_column(struct source *src, uint32_t raw_offset, enum column_unit unit);
/* A path for machines: bytes that are not UTF-8, control bytes and % written %HH. */
void emit_path(struct buf *out, const char *path);
/* A path for people: control bytes as \ooo, so that a newline in a name does not make two lines. */
void emit_path_plain(struct buf *out, const char *path);

#endif
