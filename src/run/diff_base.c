/* --diff-base: which version of each input a git revision holds, and which findings that one has too.
 *
 * Each input is followed to the file that it is, links included, and the nearest folder above with a `.git` is its repository.
 * There git is asked once how the working tree differs from the revision.  git leaves out what it does not track and what it was
 * told not to look at; such inputs are put into a copy of the index first, so that one that was moved by hand is found to be. */
#include "run/diff_base.h"

#include "files/git.h"
#include "util/path.h"
#include "util/xmalloc.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { NO_REPO = -1 };

struct entry {
	const struct input *in;
	char *path;			/* absolute, links followed */
	const char *rel;		/* of it: from the top of the repository */
	long repo;
	bool standard;			/* its bytes are not those of the file */
	bool tracked;			/* git sees what becomes of it */
	enum base_state state;
	char *from;			/* the path in the revision where it differs */
};

struct repo { struct git_repo git; char *folder; bool broken; };

struct diff_base {
	const char *rev;
	const struct walk *walk;
	struct entry *entries;		/* one an input, in the order of the inputs */
	struct entry **sorted;		/* by repository and path */
	struct repo *repos;
	size_t nrepos, caprepos;
	struct finding_list *errors;
	struct buf why;
};

bool
diff_base_is_revision(const char *rev)
{
	return *rev != '\0' && *rev != '-';
}

/* ---- which repository ---- */

/* The file that a path leads to; what of it is not there stays as it is said. */
static char *
follow(const char *path)
{
	char *real = realpath(path, NULL), *folder, *up, *whole;

	if (real != NULL)
		return real;
	whole = path_absolute(path);
	for (folder = path_folder(whole); (real = realpath(folder, NULL)) == NULL && strcmp(folder, "/") != 0; folder = up) {
		up = path_folder(folder);
		free(folder);
	}
	up = path_join(real != NULL ? real : "/", path_within(folder, whole));
	free(real);
	free(folder);
	free(whole);
	return up;
}

/* The nearest folder above that has a `.git`: a folder, or a file in a second working tree or a submodule; NULL if none has. */
static char *
find_top(const char *file)
{
	char *folder = path_folder(file), *up, *mark;
	struct stat st;
	bool found;

	for (;;) {
		mark = path_join(folder, ".git");
		found = stat(mark, &st) == 0;
		free(mark);
		if (found)
			return folder;
		if (strcmp(folder, "/") == 0) {
			free(folder);
			return NULL;
		}
		up = path_folder(folder);
		free(folder);
		folder = up;
	}
}

static void
complain(struct diff_base *d, const char *path)
{
	finding_message(d->errors, MSG_RUN_DIFF_BASE, path, d->why.s);
}

/* The repository at that folder, opened at its first use. */
static long
open_repo(struct diff_base *d, const char *folder)
{
	struct repo *r;
	size_t i;

	for (i = 0; i < d->nrepos; i++)
		if (strcmp(d->repos[i].folder, folder) == 0)
			return (long)i;
	r = &XPUSH(d->repos, d->nrepos, d->caprepos);
	memset(r, 0, sizeof *r);
	r->folder = xstrdup(folder);
	r->broken = !git_open(&r->git, folder, &d->why) || !git_commit(&r->git, d->rev, &d->why);
	if (r->broken)
		complain(d, NULL);
	return (long)i;
}

/* A pipe is no file that a revision could hold. */
static bool
is_file(const struct entry *e)
{
	struct stat st;

	return e->standard || stat(e->in->path, &st) != 0 || S_ISREG(st.st_mode);
}

static void
find_repo(struct diff_base *d, struct entry *e, const char *standard)
{
	char *top = NULL;

	e->repo = NO_REPO;
	e->standard = strcmp(e->in->path, "-") == 0;
	if (e->standard && standard == NULL)
		return;
	e->path = follow(e->standard ? standard : e->in->path);
	if (is_file(e))
		top = find_top(e->path);
	if (top != NULL) {
		e->repo = open_repo(d, top);
		if (!d->repos[e->repo].broken)
			e->rel = path_within(d->repos[e->repo].git.top, e->path);
	}
	free(top);
}

/* One message for all that have no repository: there may be thousands. */
static void
complain_of_strays(struct diff_base *d)
{
	const struct entry *first = NULL;
	size_t i, n = 0;

	for (i = 0; i < d->walk->ninputs; i++) {
		const struct entry *e = &d->entries[i];

		if (e->repo != NO_REPO && (e->rel != NULL || d->repos[e->repo].broken))
			continue;
		if (e->standard && e->path == NULL) {
			buf_clear(&d->why);
			buf_puts(&d->why, "standard input has no version in git; name the file that it stands for with --stdin-filename");
			complain(d, NULL);
			continue;
		}
		if (n++ == 0)
			first = e;
	}
	if (n == 0)
		return;
	buf_clear(&d->why);
	if (!is_file(first))
		buf_puts(&d->why, "is no regular file, so no revision has a version of it");
	else
		buf_printf(&d->why, "lies in no working tree of git, so '%s' has no version of it", d->rev);
	if (n > 1)
		buf_printf(&d->why, "; nor %s %zu more", n == 2 ? "has it of" : "of", n - 1);
	complain(d, first->in->path);
}

/* ---- what became of each ---- */

static int
compare_entries(long repo, const char *rel, const struct entry *e)
{
	return repo != e->repo ? (repo < e->repo ? -1 : 1) : strcmp(rel, e->rel);
}

static int
by_path(const void *a, const void *b)
{
	const struct entry *x = *(const struct entry *const *)a, *y = *(const struct entry *const *)b;

	return compare_entries(x->repo, x->rel, y);
}

/* What the answers of git are for: the inputs of one repository. */
struct asked { struct diff_base *d; long repo; struct entry **v; size_t n; };

/* The inputs that are this file: a path may be given twice, through a link. */
static struct entry **
find_inputs(const struct asked *a, const char *path, size_t *n)
{
	size_t low = 0, high = a->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (strcmp(a->v[mid]->rel, path) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	for (*n = 0; low + *n < a->n && strcmp(a->v[low + *n]->rel, path) == 0; ++*n)
		;
	return a->v + low;
}

static void
take_tracked(void *arg, char tag, const char *path)
{
	size_t n;
	struct entry **v = find_inputs(arg, path, &n);

	for (size_t i = 0; i < n; i++)
		v[i]->tracked = tag == 'H';
}

static void
differs(struct entry *e, const char *from)
{
	free(e->from);
	e->from = xstrdup(from);
	e->state = BASE_DIFFERS;
}

static void
take_change(void *arg, char status, const char *path, const char *from)
{
	size_t n;
	struct entry **v = find_inputs(arg, path, &n);

	for (size_t i = 0; i < n; i++)
		if (status == 'M' || status == 'D' || status == 'U')
			differs(v[i], path);
		else if (status == 'R')
			differs(v[i], from);
		else			/* 'A'; 'T': it was a link or a submodule; 'C': one file more */
			v[i]->state = BASE_NONE;
}

/* No version of a file in .git is ever kept, and git takes no notice of such a path. */
static bool
in_git_folder(const char *rel)
{
	return strncmp(rel, ".git/", 5) == 0 || strstr(rel, "/.git/") != NULL;
}

static void
ask(struct asked *a)
{
	struct diff_base *d = a->d;
	struct git_repo *git = &d->repos[a->repo].git;
	struct buf anew = BUF_INIT;
	struct stat st;
	bool seen, ok;
	size_t i;

	ok = git_tracked(git, take_tracked, a, &d->why);
	for (i = 0; ok && i < a->n; i++) {
		struct entry *e = a->v[i];

		e->state = BASE_SAME;
		if (!e->tracked && lstat(e->path, &st) == 0)
			buf_add(&anew, e->rel, strlen(e->rel) + 1);
	}
	ok = ok && git_changes(git, &anew, &seen, take_change, a, &d->why);
	if (!ok)
		complain(d, NULL);
	for (i = 0; i < a->n; i++) {
		struct entry *e = a->v[i];

		if (!ok)
			e->state = BASE_UNKNOWN;
		else if (!e->tracked && (!seen || in_git_folder(e->rel)))
			e->state = BASE_NONE;
		else if (e->standard && e->state != BASE_DIFFERS) {
			if (git_has(git, e->rel))
				differs(e, e->rel);
			else
				e->state = BASE_NONE;
		}
	}
	buf_release(&anew);
}

struct diff_base *
diff_base_new(const char *rev, const struct walk *w, const char *standard, struct finding_list *errors)
{
	struct diff_base *d = xcalloc(1, sizeof *d);
	size_t i, n = 0;

	d->rev = rev;
	d->walk = w;
	d->errors = errors;
	buf_init(&d->why);
	d->entries = xcalloc(w->ninputs + 1, sizeof *d->entries);
	d->sorted = xcalloc(w->ninputs + 1, sizeof(struct entry *));
	for (i = 0; i < w->ninputs; i++) {
		d->entries[i].in = &w->inputs[i];
		find_repo(d, &d->entries[i], standard);
		if (d->entries[i].rel != NULL)
			d->sorted[n++] = &d->entries[i];
	}
	complain_of_strays(d);
	if (n > 1)
		qsort(d->sorted, n, sizeof(struct entry *), by_path);
	for (i = 0; i < n;) {
		struct asked a = { .d = d, .repo = d->sorted[i]->repo, .v = d->sorted + i };

		while (i < n && d->sorted[i]->repo == a.repo) {
			a.n++;
			i++;
		}
		ask(&a);
	}
	return d;
}

void
diff_base_free(struct diff_base *d)
{
	size_t i;

	if (d == NULL)
		return;
	for (i = 0; i < d->walk->ninputs; i++) {
		free(d->entries[i].path);
		free(d->entries[i].from);
	}
	for (i = 0; i < d->nrepos; i++) {
		git_close(&d->repos[i].git);
		free(d->repos[i].folder);
	}
	free(d->entries);
	free(d->sorted);
	free(d->repos);
	buf_release(&d->why);
	free(d);
}

enum base_state
diff_base_state(const struct diff_base *d, const struct input *in)
{
	return d->entries[in - d->walk->inputs].state;
}

bool
diff_base_content(const struct diff_base *d, const struct input *in, struct buf *out, struct buf *why)
{
	const struct entry *e = &d->entries[in - d->walk->inputs];

	return git_content(&d->repos[e->repo].git, e->from, SOURCE_MAX, out, why);
}

/* ---- findings ---- */

struct key { const char *rule; uint64_t fingerprint; size_t left; };

static int
compare_keys(const struct key *a, const struct key *b)
{
	if (a->fingerprint != b->fingerprint)
		return a->fingerprint < b->fingerprint ? -1 : 1;
	return strcmp(a->rule, b->rule);
}

static int
by_key(const void *a, const void *b)
{
	return compare_keys(a, b);
}

/* Each once, with how often it is there. */
static size_t
gather(const struct finding_list *then, struct key *keys)
{
	size_t i, n = 0, kept = 0;

	for (i = 0; i < then->n; i++)
		if (!then->v[i].fatal)
			keys[n++] = (struct key){ then->v[i].rule, then->v[i].fingerprint, 1 };
	if (n > 1)
		qsort(keys, n, sizeof *keys, by_key);
	for (i = 0; i < n; i++)
		if (kept != 0 && compare_keys(&keys[kept - 1], &keys[i]) == 0)
			keys[kept - 1].left++;
		else
			keys[kept++] = keys[i];
	return kept;
}

size_t
diff_base_drop_old(struct finding_list *now, const struct finding_list *then)
{
	struct key *keys = xcalloc(then->n + 1, sizeof *keys), *old;
	size_t nkeys = gather(then, keys), i, n = 0, all = now->n;

	for (i = 0; i < all; i++) {
		struct key want = { now->v[i].rule, now->v[i].fingerprint, 0 };

		old = now->v[i].fatal ? NULL : bsearch(&want, keys, nkeys, sizeof *keys, by_key);
		if (old != NULL && old->left != 0)
			old->left--;
		else
			now->v[n++] = now->v[i];
	}
	now->n = n;
	free(keys);
	return all - n;
}

size_t
diff_base_drop_all(struct finding_list *now)
{
	size_t i, n = 0, all = now->n;

	for (i = 0; i < all; i++)
		if (now->v[i].fatal)
			now->v[n++] = now->v[i];
	now->n = n;
	return all - n;
}
