/* A file's bytes: decoded to UTF-8, with the way back to the bytes on disk and to lines and columns.
 *
 * Three kinds of position go through wirelint, each its own type so that the compiler keeps them apart:
 *
 *	struct span	bytes of the file as it lies on disk: what a finding carries and an emitter prints
 *	struct extent	bytes of the decoded source (source->s): what a reader works with
 *	struct range	bytes of an article's text (text.h): what a rule works with
 *
 * A range becomes an extent by the text's segment map, an extent becomes a span by source_span(). */
#ifndef WL_SOURCE_H
#define WL_SOURCE_H

#include "util/arena.h"
#include "util/buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct span { uint32_t a, z; };		/* on disk; a <= z, z is exclusive; a == z: something missing there */
struct extent { uint32_t a, z; };	/* decoded source */

enum encoding {
	ENC_UTF8, ENC_UTF16LE, ENC_UTF16BE, ENC_ISO_8859_1, ENC_ISO_8859_9, ENC_ISO_8859_15, ENC_WINDOWS_1252,
	ENC_WINDOWS_1254, ENC_ISO_8859_2, ENC_WINDOWS_1250, ENC_WINDOWS_1251, ENC_KOI8_R, ENC_COUNT
};
const char *encoding_name(enum encoding e);			/* "utf-8", "iso-8859-9" ... */
bool encoding_parse(const char *name, enum encoding *e);	/* by name or common alias, any case */
/* What the bytes from 80 on stand for in a single-byte encoding; U+FFFD: nothing. */
void encoding_high(enum encoding e, uint16_t high[128]);
/* Appends UTF-8 as bytes of the encoding, without a byte order mark; false: it has nothing for the character *strange. */
bool encoding_put(struct buf *out, enum encoding e, const char *s, size_t n, unsigned *strange);
bool encoding_holds(enum encoding e, unsigned cp);

/* What source and reader noticed, for rules of the check `remark` to turn into findings.  remark.def lists them:
 * REMARK(FINAL_NEWLINE, "final-newline", "last line does not end with a newline"). */
enum remark_kind {
#define REMARK(id, name, doc) REMARK_##id,
#include "remark.def"
#undef REMARK
	REMARK_COUNT
};
extern const char *const remark_names[REMARK_COUNT];
extern const char *const remark_docs[REMARK_COUNT];

struct remark {
	enum remark_kind kind;
	struct extent at;
	const char *detail;	/* for the placeholder {detail}; a string that lives as long as the source; NULL if none */
	uint32_t count;		/* how many of this kind there were where only the first is kept; else 1 */
};
enum { REMARKS_EACH = 1000 };	/* kept of one kind; the last of them counts those that follow it too */

/* A comment in which somebody speaks to wirelint (suppress.h). */
struct comment {
	struct extent at;		/* what stands inside of it */
	const char *s;			/* its characters: in source->s, or in the source's arena where they stand there escaped */
	uint32_t n;
	bool key;			/* not a comment but the value of the key `wirelint` of front matter */
	bool inner;			/* an item holds it: it speaks of that item alone */
};

/* A place in the file.  `byte` counts from 0, the others from 1.  `column` is in code points. */
struct place { uint32_t byte, line, column; };

struct source_map;		/* decoded offset <-> offset on disk, where they differ */
struct source_lines;		/* line table with checkpoints, made at first use */

struct source {
	const char *path;		/* as the user named it; "-" or --stdin-filename for standard input */
	const char *raw;		/* the bytes on disk */
	size_t raw_len;
	const char *s;			/* decoded to UTF-8, a BOM taken off; may be raw itself; not terminated */
	size_t len;
	enum encoding encoding;
	bool bom;
	struct remark *remarks;
	size_t nremarks, capremarks;
	struct { uint32_t n; size_t last; } remarked[REMARK_COUNT];	/* how many of a kind are kept, and where the last is */
	struct comment *comments;	/* in the order in which readers met them */
	size_t ncomments, capcomments;
	struct arena arena;		/* details of remarks; forgotten with the next load */
	bool has_cr;			/* some line ends with CR or CRLF */
	const char *binary;		/* not UTF-8 and so clearly no text that it was not decoded (len is 0): what it is */
	struct source_map *map;		/* NULL: offset on disk = decoded offset + (bom ? 3 : 0) */
	struct source_lines *lines;
	char *own_raw, *own_s;		/* what source_release() frees */
	size_t own_raw_cap;
};

/* How a file is to be decoded. */
struct source_options {
	bool forced;			/* --encoding was given: `encoding` holds, whatever the file says */
	enum encoding encoding;
	const char *lang;		/* helps to tell windows-1254 from windows-1252; NULL if unknown */
};

enum source_status {
	SOURCE_OK,
	SOURCE_UNREADABLE,		/* errno tells */
	SOURCE_TOO_LARGE,		/* over SOURCE_MAX */
};
enum { SOURCE_MAX = 0x40000000 };	/* 1 GiB: positions are 32 bits and text may grow when decoded */

/* Reads the file open on `fd` to its end (a pipe too).  source_init() once; source_load() may follow again and
 * again, the buffer is kept; source_release() at the end. */
void source_init(struct source *src);
enum source_status source_load_fd(struct source *src, const char *path, int fd, const struct source_options *opt);
/* The same from memory that outlives the source. */
enum source_status source_load_mem(struct source *src, const char *path, const char *s, size_t n,
    const struct source_options *opt);
void source_release(struct source *src);

/* Bytes that are no text at all: many NUL or control bytes in a file that is not UTF-16, or a known binary signature.  A
 * text with a stray NUL is a text.  Ask this before asking whether it is empty.  Sets *what to words for the
 * message ("a JPEG image", "a ZIP archive", "binary data"). */
bool source_is_binary(const struct source *src, const char **what);

/* Whole characters: an end inside of one is moved outwards, so that it is covered. */
struct span source_span(const struct source *src, struct extent e);
/* Lines end with LF, CRLF or a lone CR.  A BOM and damaged bytes: no column, and one each U+FFFD.  An offset inside of a
 * character is at its beginning, one past the end at the end.  Each call is O(4096) in any order; the first call is O(n). */
struct place source_place(struct source *src, uint32_t raw_offset);
/* A line without its end, on disk; line from 1.  Past the last line: empty, at the end. */
struct span source_line_span(struct source *src, uint32_t line);
/* Lines, the last whether or not it ends with a newline; what follows the last newline is no line where it is empty. */
uint32_t source_line_count(struct source *src);

/* The decoded text of a span that begins and ends between characters.  Points into source->s. */
const char *source_slice(const struct source *src, struct span on_disk, size_t *n);
struct extent source_extent(const struct source *src, struct span on_disk);

/* Drops what was remarked of a kind in a part of the file: bytes that belong to its format. */
void source_unremark(struct source *src, enum remark_kind kind, struct extent at);
/* `detail` is copied by nobody: pass a literal or memory that outlives the source. */
void source_remark(struct source *src, enum remark_kind kind, struct extent at, const char *detail);

/* Does "wirelint-" stand in it, in small letters or in capitals? */
bool source_addressed(const char *s, size_t n);
/* What stands inside of a comment, of which `s` are the characters; copied where they are not those of the file.  Kept only if
 * wirelint is addressed in it. */
void source_comment(struct source *src, struct extent at, const char *s, size_t n, bool inner);
/* The value of front matter's key `wirelint`. */
void source_comment_key(struct source *src, struct extent at, const char *s, size_t n);

#endif
