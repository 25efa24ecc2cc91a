/* An archive: a database of SQLite. */
#include "archive/archive_int.h"

#include "util/path.h"
#include "util/str.h"
#include "util/xmalloc.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	PATIENCE = 120000,		/* milliseconds that another's transaction is waited for */
	CACHE = 64 << 10,		/* KiB */
	LIKELY_MOST = 96, WITNESSES = 64,	/* stories that are looked at for one: those that may share copy, and those that share a phrase */
	ENOUGH = 8,			/* weight, as reuse_index.c has it */
};

static const char schema[] =
    "CREATE TABLE story(number INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT NOT NULL, ordinal INTEGER NOT NULL, digest BLOB NOT NULL, "
    "stored BLOB NOT NULL);"
    "CREATE UNIQUE INDEX story_path ON story(path, ordinal);"
    "CREATE TABLE run(id INTEGER PRIMARY KEY, bits INTEGER NOT NULL, numbers INTEGER NOT NULL);"
    "CREATE TABLE chunk(id INTEGER PRIMARY KEY, numbers BLOB NOT NULL);"
    "CREATE TABLE gone(story INTEGER PRIMARY KEY);";

/* ---- what went wrong ---- */

static bool
say(struct archive *a, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(a->why, sizeof a->why, fmt, ap);
	va_end(ap);
	return false;
}

const char *
archive_why(const struct archive *a)
{
	return a->why;
}

bool
archive_damaged(struct archive *a, const char *what)
{
	return say(a, "is damaged: %s cannot be read", what);
}

bool
archive_failed(struct archive *a, int code)
{
	int system = sqlite3_system_errno(a->db);

	switch (code & 0xff) {
	case SQLITE_NOTADB:
		return say(a, "is no archive of wirelint");
	case SQLITE_CORRUPT:
		return say(a, "is damaged: %s", sqlite3_errmsg(a->db));
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return say(a, "is being written to by another process, which was waited for in vain; try again");
	case SQLITE_FULL:
		return say(a, "cannot be written: no space is left");
	case SQLITE_READONLY:
		return say(a, "cannot be written: it is read-only");
	case SQLITE_IOERR:
	case SQLITE_CANTOPEN:
		if (system != 0)
			return say(a, "cannot be %s: %s", a->writes ? "written" : "read", strerror(system));
		break;
	}
	return say(a, "cannot be %s: %s", a->writes ? "written" : "read", sqlite3_errmsg(a->db));
}

bool
archive_execute(struct archive *a, const char *sql)
{
	int code = sqlite3_exec(a->db, sql, NULL, NULL, NULL);

	return code == SQLITE_OK || archive_failed(a, code);
}

sqlite3_stmt *
archive_statement(struct archive *a, sqlite3_stmt **s, const char *sql)
{
	int code;

	if (*s == NULL && (code = sqlite3_prepare_v3(a->db, sql, -1, SQLITE_PREPARE_PERSISTENT, s, NULL)) != SQLITE_OK) {
		archive_failed(a, code);
		return NULL;
	}
	sqlite3_reset(*s);
	return *s;
}

/* The one number that a statement gives. */
static bool
number(struct archive *a, const char *sql, int64_t *out)
{
	sqlite3_stmt *s;
	int code = sqlite3_prepare_v2(a->db, sql, -1, &s, NULL);

	*out = 0;
	if (code == SQLITE_OK && (code = sqlite3_step(s)) == SQLITE_ROW)
		*out = sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	return code == SQLITE_ROW || archive_failed(a, code);
}

/* ---- making one ---- */

/* Made under another name, so that what is there under its own is whole. */
bool
archive_create(const char *path, char **why)
{
	struct archive a = { .writes = true };
	struct buf name = BUF_INIT;
	char sql[200];
	bool ok;

	*why = NULL;
	buf_printf(&name, "%s.new-%ld", path, (long)getpid());
	unlink(name.s);
	snprintf(sql, sizeof sql, "PRAGMA page_size = 16384; PRAGMA application_id = %d; PRAGMA user_version = %d; BEGIN;", ARCHIVE_ID, ARCHIVE_VERSION);
	if (access(path, F_OK) == 0)
		ok = say(&a, "is there already");
	else if (sqlite3_open_v2(name.s, &a.db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL) != SQLITE_OK)
		ok = archive_failed(&a, sqlite3_errcode(a.db));
	else
		ok = archive_execute(&a, sql) && archive_execute(&a, schema) && archive_execute(&a, "COMMIT; PRAGMA journal_mode = WAL");
	sqlite3_close(a.db);
	if (ok && link(name.s, path) != 0)
		ok = errno == EEXIST ? say(&a, "is there already") : (errno == EPERM || errno == ENOTSUP) && rename(name.s, path) == 0 ? true :
		    say(&a, "cannot be written: %s", strerror(errno));
	unlink(name.s);
	if (!ok)
		*why = xstrdup(a.why);
	buf_release(&name);
	return ok;
}

/* ---- opening ---- */

static bool
is_ours(struct archive *a)
{
	int64_t id, version;

	if (!number(a, "PRAGMA application_id", &id) || !number(a, "PRAGMA user_version", &version))
		return false;
	if (id != ARCHIVE_ID)
		return say(a, "is no archive of wirelint");
	if (version != ARCHIVE_VERSION)
		return say(a, "is an archive of version %lld, expected %d", (long long)version, ARCHIVE_VERSION);
	return true;
}

static bool
connect_as(struct archive *a, int flags, bool immutable)
{
	struct buf uri = BUF_INIT;
	int code;
	int64_t n;

	buf_puts(&uri, "file:");
	for (const char *p = a->path; *p != '\0'; p++)
		if (strchr("%?#", *p) != NULL)
			buf_printf(&uri, "%%%02X", (unsigned char)*p);
		else
			buf_putc(&uri, *p);
	if (immutable)
		buf_puts(&uri, "?immutable=1");
	code = sqlite3_open_v2(uri.s, &a->db, flags | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL);
	buf_release(&uri);
	if (code != SQLITE_OK)
		return archive_failed(a, code);
	sqlite3_busy_timeout(a->db, PATIENCE);
	return number(a, "SELECT count(*) FROM sqlite_master", &n);
}

static bool
has_bytes(const char *path, const char *suffix)
{
	char *name = xmalloc(strlen(path) + strlen(suffix) + 1);
	struct stat st;
	bool has;

	strcpy(name, path);
	strcat(name, suffix);
	has = stat(name, &st) == 0 && st.st_size != 0;
	free(name);
	return has;
}

static bool
open_it(struct archive *a)
{
	struct stat st;
	char pragma[120];

	if (stat(a->path, &st) != 0)
		return errno == ENOENT ? say(a, "is not there, expected an archive; 'wirelint archive create' makes one") :
		    say(a, "cannot be opened: %s", strerror(errno));
	if (!S_ISREG(st.st_mode))
		return say(a, "is no archive of wirelint");
	if (access(a->path, R_OK) != 0)
		return say(a, "cannot be opened: %s", strerror(errno));
	if (a->writes && access(a->path, W_OK) != 0)
		return say(a, "cannot be written: %s", strerror(errno));
	if (st.st_size == 0)
		return say(a, "is no archive of wirelint");
	if (!connect_as(a, a->writes ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY, false)) {
		/* where nothing can be written beside it, nobody else writes to it either */
		if (a->writes || has_bytes(a->path, "-wal") || (sqlite3_errcode(a->db) & 0xff) != SQLITE_CANTOPEN)
			return false;
		sqlite3_close(a->db);
		if (!connect_as(a, SQLITE_OPEN_READONLY, true))
			return false;
	}
	if (!is_ours(a))
		return false;
	snprintf(pragma, sizeof pragma, "PRAGMA synchronous = FULL; PRAGMA cache_size = -%d; PRAGMA temp_store = MEMORY", CACHE);
	return archive_execute(a, pragma);
}

struct archive *
archive_open(const char *path, bool writes, char **why)
{
	struct archive *a = xcalloc(1, sizeof *a);

	a->path = xstrdup(path);
	a->writes = writes;
	a->keys = archive_keys_new();
	*why = NULL;
	if (open_it(a))
		return a;
	*why = xstrdup(a->why);
	archive_close(a);
	return NULL;
}

void
archive_close(struct archive *a)
{
	if (a == NULL)
		return;
	archive_keys_free(a->keys);
	sqlite3_finalize(a->find);
	sqlite3_finalize(a->put);
	sqlite3_finalize(a->drop);
	sqlite3_finalize(a->get);
	sqlite3_finalize(a->items);
	sqlite3_finalize(a->gone);
	sqlite3_close(a->db);
	free(a->path);
	free(a);
}

/* ---- writing ---- */

bool
archive_begin(struct archive *a)
{
	archive_keys_forget(a->keys);
	return a->inside = archive_execute(a, "BEGIN IMMEDIATE");
}

bool
archive_commit(struct archive *a)
{
	if (archive_keys_write(a) && archive_execute(a, "COMMIT")) {
		a->inside = false;
		return true;
	}
	archive_rollback(a);
	return false;
}

void
archive_rollback(struct archive *a)
{
	archive_keys_forget(a->keys);
	if (a->inside)
		sqlite3_exec(a->db, "ROLLBACK", NULL, NULL, NULL);
	a->inside = false;
}

static bool
drop(struct archive *a, int64_t story)
{
	char sql[120];

	snprintf(sql, sizeof sql, "DELETE FROM story WHERE number = %lld; INSERT INTO gone(story) VALUES(%lld)", (long long)story,
	    (long long)story);
	return archive_execute(a, sql);
}

static bool
same_blob(sqlite3_stmt *s, int column, const void *bytes, size_t n)
{
	return (size_t)sqlite3_column_bytes(s, column) == n && (n == 0 || memcmp(sqlite3_column_blob(s, column), bytes, n) == 0);
}

enum archive_put
archive_put(struct archive *a, const char *path, uint32_t ordinal, const struct digest *d, const void *digest, size_t ndigest,
    const void *stored, size_t nstored)
{
	sqlite3_stmt *s = archive_statement(a, &a->find, "SELECT number, digest, stored FROM story WHERE path = ? AND ordinal = ?");
	int64_t old = -1, story;
	int code;

	if (s == NULL)
		return ARCHIVE_FAILED;
	sqlite3_bind_text(s, 1, path, -1, SQLITE_STATIC);
	sqlite3_bind_int64(s, 2, ordinal);
	if ((code = sqlite3_step(s)) == SQLITE_ROW) {
		bool same = same_blob(s, 1, digest, ndigest) && same_blob(s, 2, stored, nstored);

		old = sqlite3_column_int64(s, 0);
		sqlite3_reset(s);
		if (same)
			return ARCHIVE_SAME;
	} else {
		sqlite3_reset(s);
		if (code != SQLITE_DONE) {
			archive_failed(a, code);
			return ARCHIVE_FAILED;
		}
	}
	if (old >= 0 && !drop(a, old))
		return ARCHIVE_FAILED;
	s = archive_statement(a, &a->put, "INSERT INTO story(path, ordinal, digest, stored) VALUES(?, ?, ?, ?)");
	if (s == NULL)
		return ARCHIVE_FAILED;
	sqlite3_bind_text(s, 1, path, -1, SQLITE_STATIC);
	sqlite3_bind_int64(s, 2, ordinal);
	sqlite3_bind_blob64(s, 3, digest, ndigest, SQLITE_STATIC);
	sqlite3_bind_blob64(s, 4, stored, nstored, SQLITE_STATIC);
	code = sqlite3_step(s);
	sqlite3_reset(s);
	if (code != SQLITE_DONE) {
		archive_failed(a, code);
		return ARCHIVE_FAILED;
	}
	story = sqlite3_last_insert_rowid(a->db);
	if (story >= (int64_t)1 << STORY_BITS) {
		say(a, "is full: it has held %d stories", 1 << STORY_BITS);
		return ARCHIVE_FAILED;
	}
	archive_keys_take(a->keys, d, (uint32_t)story);
	return old >= 0 ? ARCHIVE_REPLACED : ARCHIVE_NEW;
}

/* Drops the stories that a statement lists. */
static bool
drop_all(struct archive *a, sqlite3_stmt *s, size_t *dropped)
{
	int64_t *v = NULL;
	size_t n = 0, cap = 0;
	int code;
	bool ok = true;

	while ((code = sqlite3_step(s)) == SQLITE_ROW)
		XPUSH(v, n, cap) = sqlite3_column_int64(s, 0);
	sqlite3_reset(s);
	if (code != SQLITE_DONE)
		ok = archive_failed(a, code);
	for (size_t i = 0; ok && i < n; i++)
		ok = drop(a, v[i]);
	*dropped = ok ? n : 0;
	free(v);
	return ok;
}

bool
archive_cut(struct archive *a, const char *path, uint32_t stories, size_t *dropped)
{
	sqlite3_stmt *s = archive_statement(a, &a->items, "SELECT number FROM story WHERE path = ? AND ordinal >= ?");

	*dropped = 0;
	if (s == NULL)
		return false;
	sqlite3_bind_text(s, 1, path, -1, SQLITE_STATIC);
	sqlite3_bind_int64(s, 2, stories);
	return drop_all(a, s, dropped);
}

bool
archive_remove(struct archive *a, const char *path, size_t *dropped)
{
	size_t n = strlen(path);
	struct buf below = BUF_INIT, behind = BUF_INIT;
	sqlite3_stmt *s;
	bool ok = false;

	*dropped = 0;
	while (n > 1 && path[n - 1] == '/')
		n--;
	/* all that begins with "PATH/" stands before "PATH0", the next character */
	buf_add(&below, path, n);
	buf_add(&behind, path, n);
	buf_putc(&below, '/');
	buf_putc(&behind, '/' + 1);
	s = archive_statement(a, &a->drop, "SELECT number FROM story WHERE path = ? UNION ALL SELECT number FROM story WHERE path >= ? AND path < ?");
	if (s != NULL) {
		sqlite3_bind_text(s, 1, path, (int)n, SQLITE_STATIC);
		sqlite3_bind_text(s, 2, below.s, (int)below.n, SQLITE_STATIC);
		sqlite3_bind_text(s, 3, behind.s, (int)behind.n, SQLITE_STATIC);
		ok = drop_all(a, s, dropped);
	}
	buf_release(&below);
	buf_release(&behind);
	return ok;
}

/* ---- reading ---- */

bool
archive_freeze(struct archive *a)
{
	int64_t n;

	return archive_execute(a, "BEGIN") && number(a, "SELECT count(*) FROM run", &n);
}

bool
archive_stat(struct archive *a, struct archive_count *c)
{
	static const char *const sql[] = { "SELECT count(*) FROM story", "SELECT count(DISTINCT path) FROM story", "SELECT count(*) FROM run",
		"SELECT coalesce(sum(numbers), 0) FROM run", "SELECT coalesce(sum(length(digest)), 0) FROM story",
		"SELECT coalesce(sum(length(stored)), 0) FROM story" };
	int64_t v[6];
	struct stat st;

	for (int i = 0; i < 6; i++)
		if (!number(a, sql[i], &v[i]))
			return false;
	*c = (struct archive_count){ (uint64_t)v[0], (uint64_t)v[1], (uint64_t)v[2], (uint64_t)v[3], (uint64_t)v[4], (uint64_t)v[5],
		stat(a->path, &st) == 0 ? (uint64_t)st.st_size : 0 };
	return true;
}

static int
by_weight(const void *p, const void *q)
{
	const struct archive_hit *a = p, *b = q;

	if (a->weight != b->weight)
		return a->weight > b->weight ? -1 : 1;
	return a->story < b->story ? -1 : a->story > b->story;
}

static int
by_story(const void *p, const void *q)
{
	uint32_t a = *(const uint32_t *)p, b = *(const uint32_t *)q;

	return a < b ? -1 : a > b;
}

/* Of one story's hits, those that are worth a look. */
static void
choose(struct archive_hit *v, size_t n, struct archive_list *out)
{
	size_t likely = 0, witnesses = 0;

	qsort(v, n, sizeof *v, by_weight);
	for (size_t i = 0; i < n; i++)
		if (v[i].weight >= ENOUGH ? likely++ < LIKELY_MOST : witnesses++ < WITNESSES)
			XPUSH(out->v, out->n, out->cap) = v[i].story;
}

bool
archive_find(struct archive *a, struct archive_query *q, struct archive_list *out)
{
	struct archive_hit *hits;
	size_t n, kept = 0;
	bool ok = archive_keys_find(a, q, &hits, &n);

	for (size_t i = 0, k; ok && i < n; i = k) {
		for (k = i + 1; k < n && hits[k].owner == hits[i].owner; k++)
			;
		choose(hits + i, k - i, out);
	}
	free(hits);
	if (out->n != 0)
		qsort(out->v, out->n, sizeof *out->v, by_story);
	for (size_t i = 0; i < out->n; i++)
		if (kept == 0 || out->v[kept - 1] != out->v[i])
			out->v[kept++] = out->v[i];
	out->n = kept;
	q->n = q->owners = 0;
	return ok;
}

bool
archive_get(struct archive *a, uint32_t story, struct buf *digest, struct buf *stored, bool *there)
{
	sqlite3_stmt *s = archive_statement(a, &a->get, "SELECT digest, stored FROM story WHERE number = ?");
	int code;

	*there = false;
	if (s == NULL)
		return false;
	sqlite3_bind_int64(s, 1, story);
	if ((code = sqlite3_step(s)) == SQLITE_ROW) {
		*there = true;
		buf_add(digest, sqlite3_column_blob(s, 0), (size_t)sqlite3_column_bytes(s, 0));
		buf_add(stored, sqlite3_column_blob(s, 1), (size_t)sqlite3_column_bytes(s, 1));
	}
	sqlite3_reset(s);
	if (code == SQLITE_DONE) {
		/* a key says that it was there: so it was taken out, or is lost */
		char sql[80];
		int64_t gone;

		snprintf(sql, sizeof sql, "SELECT count(*) FROM gone WHERE story = %u", story);
		return number(a, sql, &gone) && (gone != 0 || archive_damaged(a, "one of its stories"));
	}
	return code == SQLITE_ROW || archive_failed(a, code);
}
