/* An archive: the digests of many stories in one file, and of each what makes it an article again (stored.h), so that copy can be held against stories whose
 * files are not at hand.  The file is a database of SQLite, in which many may read while one adds; what a transaction has written stands or is not there,
 * whatever ends the program.
 *
 * A story is known by the path that it was added by, as given, and by its place in that file.  Errors are words in archive_why(), to be put behind
 * the archive's name: "is no archive of wirelint". */
#ifndef WL_ARCHIVE_H
#define WL_ARCHIVE_H

#include "analysis/digest.h"
#include "util/buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ARCHIVE_VERSION = 1, ARCHIVE_ID = 0x574c4152 };	/* "WLAR", the file's application id */

struct archive;
/* A new file; false if it is there already, or cannot be made.  *why: to be freed. */
bool archive_create(const char *path, char **why);
/* NULL: *why says why not; to be freed. */
struct archive *archive_open(const char *path, bool writes, char **why);
void archive_close(struct archive *a);			/* may be NULL; what was not committed is not in it */
const char *archive_why(const struct archive *a);	/* after something returned false */

/* ---- writing ---- */

bool archive_begin(struct archive *a);			/* waits for whoever else writes, for some time */
bool archive_commit(struct archive *a);			/* true: it is on disk */
void archive_rollback(struct archive *a);
enum archive_put { ARCHIVE_NEW, ARCHIVE_REPLACED, ARCHIVE_SAME, ARCHIVE_FAILED };
/* The story `ordinal` of the file `path`: its digest and what is stored of it, as bytes. */
enum archive_put archive_put(struct archive *a, const char *path, uint32_t ordinal, const struct digest *d, const void *digest, size_t ndigest,
    const void *stored, size_t nstored);
/* The file holds so many stories now: those behind are dropped.  *dropped: how many. */
bool archive_cut(struct archive *a, const char *path, uint32_t stories, size_t *dropped);
/* All stories of a file, or of the files in a folder; those that it had. */
bool archive_remove(struct archive *a, const char *path, size_t *dropped);

/* ---- reading ---- */

struct archive_count { uint64_t stories, files, runs, keys, digests, stored, bytes; };	/* bytes: of the file */
bool archive_stat(struct archive *a, struct archive_count *c);
/* From here to the end of the archive nothing that others add is seen. */
bool archive_freeze(struct archive *a);
/* What is asked for: the keys of stories.  All at once, so that each part of the index is read once, in order. */
struct archive_query {
	struct archive_key { uint64_t key; uint32_t owner, room; } *v;	/* owner: which of the stories asked for */
	size_t n, cap;
	uint32_t owners;
};
void archive_query_add(struct archive_query *q, const struct digest *d);
/* Stories that may share copy with those that are asked for, and those that tell whether what they share is furniture: their numbers, in order, each once;
 * with those that were in the list before.  The query is empty then. */
struct archive_list { uint32_t *v; size_t n, cap; };
bool archive_find(struct archive *a, struct archive_query *q, struct archive_list *out);
/* Appended to the two.  *there false: no such story any more. */
bool archive_get(struct archive *a, uint32_t story, struct buf *digest, struct buf *stored, bool *there);

#endif
