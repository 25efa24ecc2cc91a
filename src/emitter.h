/* An emitter turns findings into bytes of one output form.  One form, one file in emit/, one line in emit/list.def.
 *
 * file() is called by workers, each for a whole input file, into a buffer of its own; the buffers are then written in the
 * order of the files, `between` between two that are not empty.  So output is the same at any -j.
 *
 * A form whose beginning hangs on its end (counts in a head, the gravest first, no more than so many) has whole() in place of begin(),
 * between and end(): file() writes pieces (emit/pieces.h), which are kept until all files are done.  So that
 * memory stays bounded, trim() may drop of them what will not be shown. */
#ifndef WL_EMITTER_H
#define WL_EMITTER_H

#include "finding.h"
#include "source/source.h"
#include "util/buf.h"

#include <stdbool.h>
#include <stddef.h>

enum column_unit { COLUMN_CHAR, COLUMN_BYTE, COLUMN_UTF16, COLUMN_DISPLAY };
bool column_unit_parse(const char *s, enum column_unit *out);
extern const char *const column_units[];	/* the names, NULL at the end: for nearest names */

struct rule_set;
struct emit_options {
	bool colour;
	bool links;			/* terminal hyperlinks on rule ids */
	enum column_unit unit;
	const char *version;		/* of wirelint */
	bool has_baseline;		/* one is in use */
	const struct rule_set **sets;	/* that findings are of; a rule may be in several */
	size_t nsets;
};

struct totals {
	size_t findings[4];		/* by enum severity */
	size_t fatal;			/* findings that mean exit status 2 */
	size_t suppressed;		/* let pass by comments in files; in none of the other counts */
	size_t files, files_with_findings, articles;
	struct skipped { const char *path, *item, *why; } *skipped;	/* item NULL: the whole file */
	size_t nskipped, capskipped, skipped_items;
	size_t compared;		/* articles whose original is known; of interest where has_upstream */
	bool has_upstream;
	size_t old;			/* findings that the version before has too: not in `findings` */
	bool failed;			/* findings at or above --fail-on */
	size_t waived, baselined;	/* findings that were let pass */
	bool has_baseline;		/* one is in use */
};

struct emitter {
	const char *name;		/* "gcc": what --format takes */
	const char *title;
	const char *between;		/* between the output of two files; NULL: nothing */
	bool shows_passed, shows_absent;	/* list->passed, list->absent is asked for, too */
	void (*begin)(struct buf *out, const struct emit_options *opt);				/* may be NULL */
	/* NULL, or told of each article of a file, with its blocks named, before its findings are known; it is gone when file() is called, its
	 * source is not.  What is added to `out` here is in it when file() is called, which takes it out again. */
	void (*article)(struct buf *out, const struct emit_options *opt, const struct article *a);
	/* The findings of one file, in order.  `src` NULL: the file could not be read, no finding has a place. */
	void (*file)(struct buf *out, const struct emit_options *opt, struct source *src, const struct finding_list *l);
	void (*end)(struct buf *out, const struct emit_options *opt, const struct totals *t);	/* may be NULL */
	/* NULL, or the whole output of what file() has written, one after the other in `pieces`. */
	void (*whole)(struct buf *out, const struct emit_options *opt, const struct totals *t, const struct buf *pieces);
	/* NULL, or drops pieces; called whenever there are twice as many bytes of them as after the last time.  What whole() makes of the rest must
	 * not hang on when that was. */
	void (*trim)(struct buf *pieces);
};

const struct emitter *const *emitter_list(void);		/* NULL at the end */
const struct emitter *emitter_by_name(const char *name);	/* NULL if there is none */

/* ---- Shared by emitters (emitter.c) ---- */

/* Line and column of offsets on disk, the column in the unit asked for.  char is code points, byte is bytes of the file on
 * disk, utf16 is UTF-16 units, display is terminal columns with tab stops every 8.  A table of columns is made when a
 * line is first found to be long, so that a question costs no more than a few kilobytes even in a line of 300 MB. */
struct emit_places {
	struct source *src;
	enum column_unit unit;
	struct emit_mark { uint32_t at, column; } *marks;	/* private: every few kilobytes of the decoded text */
	size_t nmarks, capmarks;
};
void emit_places_init(struct emit_places *p, struct source *src, enum column_unit unit);	/* src may be NULL */
void emit_places_release(struct emit_places *p);
struct place emit_place(struct emit_places *p, uint32_t raw_offset);

/* Has the finding or note a place in this source? */
bool emit_finding_placed(const struct finding *f, const struct source *src);
/* A note's, too; in another file (n->src) whatever that of the finding is. */
bool emit_note_placed(const struct note *n, const struct finding *f, const struct source *src);
/* Whose columns are counted: `p`, or for a note in another file `other`, begun for it here; emit_places_release(other) behind it. */
struct emit_places *emit_note_places(struct emit_places *p, const struct note *n, struct emit_places *other);

/* A fingerprint for each finding of the list, to be freed: of the path, the rule and what it found, so that no two of a run are alike.
 * Of what has none of its own, it is of message and place. */
uint64_t *emit_fingerprints(const struct finding_list *l);

/* A path for machines ("wirelint" for NULL): bytes that are not UTF-8, control bytes and % written %HH. */
void emit_path(struct buf *out, const char *path);
/* A path for other tools, which look for the file by it: the same, but % stands for itself, and no ./ before it. */
void emit_path_bare(struct buf *out, const char *path);
/* Where it has none. */
const char *emit_path_begin(const char *path);
/* The last line that the span has something of; what ends with a line's end does not reach into the next. */
uint32_t emit_last_line(struct emit_places *p, struct span at);
/* A path for people: control bytes as \ooo, so that a newline in a name does not make two lines. */
void emit_path_plain(struct buf *out, const char *path);
/* Words for people: a character that would move the cursor, or that nobody would see (controls, bidirectional marks, zero
 * width spaces), is written <U+202E>, a byte that is not UTF-8 <FF>. */
void emit_plain(struct buf *out, const char *s, size_t n);
/* The finding's message, and the item that it is of: "... (item 2)"; as emit_plain() writes it, for people. */
void emit_message(struct buf *out, const struct finding *f);
/* Is it such a character? */
bool emit_hidden(unsigned cp);
/* Is it an address of the web, of characters that an address may have? */
bool emit_is_address(const char *s);
/* `path:line:col: `; `path: ` where `at` is NULL. */
void emit_where(struct buf *out, const char *path, const struct place *at);

#endif
