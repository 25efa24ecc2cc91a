/* What the files of the archive share: the database and its index. */
#ifndef WL_ARCHIVE_INT_H
#define WL_ARCHIVE_INT_H

#include "archive/archive.h"

#include <sqlite3.h>

struct archive {
	char *path;
	sqlite3 *db;
	bool writes, inside;		/* inside: of a transaction */
	char why[512];
	sqlite3_stmt *find, *put, *drop, *get, *items, *gone;	/* made when they are first asked for */
	struct archive_keys *keys;
};

/* The statement, made at its first use and reset; NULL: failed, and a->why says so. */
sqlite3_stmt *archive_statement(struct archive *a, sqlite3_stmt **s, const char *sql);
bool archive_execute(struct archive *a, const char *sql);
/* Says what the database says; returns false. */
bool archive_failed(struct archive *a, int code);
bool archive_damaged(struct archive *a, const char *what);

/* ---- the index (archive_keys.c) ----
 *
 * A key with the story that has it is a number of 64 bits: 39 of the key, spread evenly, and 25 of the story.  Each transaction adds its numbers as a run of its
 * own, sorted and cut into chunks by the first bits: so a key's chunk is known without a search.  As soon as the runs behind one hold a sixth of what it
 * holds, they are made one: runs grow by the factor of six at least, so there are few of them, and every number is written anew only as
 * often as there are sizes.  A tree of all keys would be written to in as many places as there are keys in a transaction.
 *
 * A story that was taken out stays in the runs, and its number stands in the table `gone` until a run that holds it is written anew. */

enum { STORY_BITS = 25 };
struct archive_keys *archive_keys_new(void);
void archive_keys_free(struct archive_keys *k);		/* may be NULL; before the database is closed */
void archive_keys_take(struct archive_keys *k, const struct digest *d, uint32_t story);	/* kept for archive_keys_write() */
void archive_keys_forget(struct archive_keys *k);
bool archive_keys_write(struct archive *a);		/* within a transaction */
/* Stories that have keys in common with those that are asked for, sorted by these and by number, each with what its keys weigh; of those that have a key, the
 * first KEY_MOST count.  To be freed. */
struct archive_hit { uint32_t owner, story, weight; };
bool archive_keys_find(struct archive *a, struct archive_query *q, struct archive_hit **hits, size_t *n);

#endif
