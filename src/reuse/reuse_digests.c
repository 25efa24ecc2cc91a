/* Stories of a set that are in none of its files. */
#include "reuse/reuse_digests.h"

#include "emitter.h"
#include "options.h"
#include "util/base64.h"
#include "util/hash.h"
#include "util/packed.h"
#include "util/xmalloc.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct reuse_extra *
add_extra(struct reuse_set *s, const struct digest *d, size_t n, size_t ndigest)
{
	struct reuse_extra *e = &XPUSH(s->extras, s->nextras, s->capextras);

	*e = (struct reuse_extra){ .path = xstrdup(d->path), .n = n };
	reuse_set_story(s, (uint32_t)(s->ninputs + s->nextras - 1), 0, d, ndigest);
	return e;
}

/* ---- an archive's ---- */

bool
reuse_archive_look(struct reuse_set *s, const struct digest *d)
{
	enum { AT_ONCE = 4 << 20 };	/* keys: of some 40,000 stories */

	archive_query_add(&s->query, d);
	return s->query.n < AT_ONCE || archive_find(s->archive, &s->query, &s->looked);
}

static int
by_path(const void *p, const void *q)
{
	return strcmp(p, ((const struct input *)q)->path);
}

/* The file is read itself: an older form of it is no other story. */
static bool
is_at_hand(const struct reuse_set *s, const char *path)
{
	return s->ninputs != 0 && bsearch(path, s->inputs, s->ninputs, sizeof *s->inputs, by_path) != NULL;
}

bool
reuse_archive_add(struct reuse_set *s)
{
	struct buf digest = BUF_INIT, stored = BUF_INIT;
	struct digest d;
	const char *why;
	bool ok = archive_find(s->archive, &s->query, &s->looked), there;

	digest_init(&d);
	for (size_t i = 0; ok && i < s->looked.n; i++) {
		buf_clear(&digest);
		buf_clear(&stored);
		ok = archive_get(s->archive, s->looked.v[i], &digest, &stored, &there);
		if (!ok || !there)
			continue;
		if (!digest_decode(&d, digest.s, digest.n, &why)) {
			s->damaged = s->looked.v[i];
			ok = false;
		} else if (!is_at_hand(s, d.path))
			add_extra(s, &d, stored.n, digest.n)->stored = xstrndup(stored.s, stored.n);
	}
	s->first = s->nstories;
	digest_release(&d);
	buf_release(&digest);
	buf_release(&stored);
	return ok;
}

struct archive *
reuse_archive_open(const char *path, struct finding_list *errors)
{
	struct archive *a;
	char *why;

	if (path == NULL)
		return NULL;
	a = archive_open(path, false, &why);
	if (a != NULL && !archive_freeze(a)) {
		why = xstrdup(archive_why(a));
		archive_close(a);
		a = NULL;
	}
	if (a == NULL)
		finding_message(errors, MSG_RUN_ARCHIVE, path, arena_strdup(&errors->arena, why));
	free(why);
	return a;
}

void
reuse_archive_judge(const struct reuse_set *s, const char *path, struct finding_list *errors)
{
	if (!s->archive_failed)
		return;
	finding_message(errors, MSG_RUN_ARCHIVE, path, s->damaged != 0 ?
	    arena_printf(&errors->arena, "is damaged: its story number %u cannot be read", s->damaged) : archive_why(s->archive));
}

/* ---- lines ---- */

/* What a line says lies in the spool: the digest, and behind it what is stored.  So memory holds little of a story, however many there are. */
struct line {
	off_t at;
	size_t n, stored;		/* where what is stored begins */
	uint64_t hash;			/* of all of it */
	char *path;
	uint32_t ordinal;
};
struct reuse_lines {
	struct line *v;
	size_t n, cap;
	FILE *spool;
	off_t end;
	struct digest digest;
	struct stored *scratch;
	struct buf value;
};

struct reuse_lines *
reuse_lines_new(void)
{
	struct reuse_lines *l = xcalloc(1, sizeof *l);

	digest_init(&l->digest);
	l->scratch = xcalloc(1, sizeof *l->scratch);
	stored_init(l->scratch);
	buf_init(&l->value);
	return l;
}

void
reuse_lines_free(struct reuse_lines *l)
{
	for (size_t i = 0; i < l->n; i++)
		free(l->v[i].path);
	free(l->v);
	if (l->spool != NULL)
		fclose(l->spool);
	digest_release(&l->digest);
	stored_release(l->scratch);
	free(l->scratch);
	buf_release(&l->value);
	free(l);
}

/* In the folder for such files; it has no name from the beginning. */
static bool
open_spool(struct reuse_lines *l)
{
	const char *folder = getenv("TMPDIR");
	struct buf name = BUF_INIT;
	int fd;

	buf_printf(&name, "%s/wirelint.XXXXXX", folder != NULL && *folder != '\0' ? folder : "/tmp");
	fd = mkstemp(name.s);
	if (fd >= 0) {
		unlink(name.s);
		l->spool = fdopen(fd, "w+");
	}
	if (l->spool == NULL)
		options_complain("cannot write '%s': %s", name.s, strerror(errno));
	buf_release(&name);
	return l->spool != NULL;
}

static bool
complain(const char *name, size_t number, const char *why)
{
	struct buf path = BUF_INIT;

	emit_path_plain(&path, strcmp(name, "-") == 0 ? "<stdin>" : name);
	options_complain("%s:%zu: the line %s", path.s, number, why);
	buf_release(&path);
	return false;
}

static bool
take_line(struct reuse_lines *l, const char *name, size_t number, const char *s, size_t n)
{
	const char *tab = memchr(s, '\t', n), *why;
	struct packed b;
	struct line *to;
	uint64_t length;

	if (tab == NULL)
		return complain(name, number, "is none of 'wirelint digest', expected a key, a tab and a value");
	buf_clear(&l->value);
	if (!base64_decode(&l->value, tab + 1, n - (size_t)(tab + 1 - s)))
		return complain(name, number, "is damaged, or not all of it is there");
	b = (struct packed){ (const unsigned char *)l->value.s, (const unsigned char *)l->value.s + l->value.n, false };
	length = get_number(&b);
	if (b.bad || length > (uint64_t)(b.end - b.s))
		return complain(name, number, "is damaged, or not all of it is there");
	if (!digest_decode(&l->digest, b.s, (size_t)length, &why) ||
	    !stored_decode(l->scratch, b.s + length, (size_t)(b.end - b.s) - (size_t)length, &why))
		return complain(name, number, why);
	to = &XPUSH(l->v, l->n, l->cap);
	*to = (struct line){ .at = l->end, .n = (size_t)(b.end - b.s), .stored = (size_t)length, .path = xstrdup(l->digest.path),
		.ordinal = l->scratch->ordinal };
	to->hash = hash_bytes(b.s, to->n, HASH_INIT);
	l->end += (off_t)to->n;
	if (fwrite(b.s, 1, to->n, l->spool) == to->n)
		return true;
	options_complain("cannot write a temporary file: %s", strerror(errno));
	return false;
}

bool
reuse_lines_read(struct reuse_lines *l, const char *name)
{
	FILE *f = strcmp(name, "-") == 0 ? stdin : fopen(name, "re");
	char *s = NULL;
	size_t room = 0, number = 0;
	ssize_t n;
	bool ok = true;

	if (f == NULL) {
		options_complain("cannot open '%s': %s", name, strerror(errno));
		return false;
	}
	ok = l->spool != NULL || open_spool(l);
	while (ok && (n = getline(&s, &room, f)) > 0) {
		number++;
		while (n > 0 && (s[n - 1] == '\n' || s[n - 1] == '\r'))
			n--;
		ok = n == 0 || take_line(l, name, number, s, (size_t)n);
	}
	if (ok && ferror(f)) {
		options_complain("cannot read '%s': %s", name, strerror(errno));
		ok = false;
	}
	free(s);
	if (f != stdin)
		fclose(f);
	return ok;
}

static int
by_story(const void *p, const void *q)
{
	const struct line *a = p, *b = q;
	int d = strcmp(a->path, b->path);

	return d != 0 ? d : a->ordinal < b->ordinal ? -1 : a->ordinal > b->ordinal;
}

/* The digest of a line, from the spool. */
static bool
read_digest(struct reuse_lines *l, const struct line *v)
{
	const char *why;

	buf_clear(&l->value);
	buf_room(&l->value, v->stored);
	return pread(fileno(l->spool), l->value.s, v->stored, v->at) == (ssize_t)v->stored &&
	    digest_decode(&l->digest, l->value.s, v->stored, &why);
}

bool
reuse_lines_finish(struct reuse_lines *l, struct reuse_set *s)
{
	const char *last = NULL;

	if (l->n != 0)
		qsort(l->v, l->n, sizeof *l->v, by_story);
	reuse_set_empty(s);
	if (l->spool != NULL && (fflush(l->spool) != 0 || (s->spool = dup(fileno(l->spool))) < 0)) {
		options_complain("cannot write a temporary file: %s", strerror(errno));
		return false;
	}
	for (size_t i = 0; i < l->n; i++) {
		struct line *v = &l->v[i], *before = i != 0 ? v - 1 : NULL;

		if (before != NULL && by_story(before, v) == 0) {
			if (before->n == v->n && before->hash == v->hash)
				continue;
			options_complain("two lines of '%s' are not the same: the file has changed in between", v->path);
			return false;
		}
		if (!read_digest(l, v)) {
			options_complain("cannot read a temporary file: %s", strerror(errno));
			return false;
		}
		add_extra(s, &l->digest, v->n - v->stored, v->stored)->at = v->at + (off_t)v->stored;
		s->files += last == NULL || strcmp(last, v->path) != 0;
		last = v->path;
	}
	reuse_index_finish(s->index);
	return true;
}
