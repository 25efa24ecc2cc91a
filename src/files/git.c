/* What git knows of files, by git itself. */
#include "files/git.h"

#include "files/sweep.h"
#include "util/child.h"
#include "util/path.h"
#include "util/str.h"
#include "util/xmalloc.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_ARGS = 24 };

/* What a hook of git hands down, of the repository and the index it runs for: here each file is looked up where it lies.
 * Settings (GIT_CONFIG_COUNT ...) stay, an administrator's safe.directory among them. */
static const char *const unset[] = {
	"GIT_DIR", "GIT_WORK_TREE", "GIT_IMPLICIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_NAMESPACE",
	"GIT_OBJECT_DIRECTORY", "GIT_EXTERNAL_DIFF", "GIT_DIFF_OPTS", NULL
};
static const char *const set[] = { "LC_ALL=C", "GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0", NULL };

/* Runs git in the repository.  No hook, no watcher, no pager; a split index might write its other half into the repository. */
static int
run(const struct git_repo *r, struct child *c, char **env, const char *const *args)
{
	static const char *const always[] = {
		"git", "--no-pager", "-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-c", "core.splitIndex=false", "-C"
	};
	const char *argv[MOST_ARGS];
	size_t n = 0, i;

	for (i = 0; i < sizeof always / sizeof *always; i++)
		argv[n++] = always[i];
	argv[n++] = r->top;
	for (i = 0; args[i] != NULL; i++)
		argv[n++] = args[i];
	argv[n] = NULL;
	c->argv = argv;
	c->env = env;
	return child_run(c);
}

#define RUN(r, c, env, ...) run((r), (c), (env), (const char *const[]){ __VA_ARGS__, NULL })

static bool
failed(struct child *c, int status, struct buf *why)
{
	const char *said = child_complaint(c);

	buf_clear(why);
	if (status == CHILD_NOT_RUN)
		buf_printf(why, "cannot run 'git': %s", strerror(errno));
	else if (status == CHILD_KILLED)
		buf_puts(why, "git was ended by a signal");
	else if (status == CHILD_TOO_MUCH)
		buf_puts(why, "git gave more than can be read");
	else if (*said != '\0')
		buf_printf(why, "git says: %s", said);
	else
		buf_printf(why, "git ended with status %d", status);
	return false;
}

/* ---- the repository ---- */

/* "TOP\nfalse\nINDEX\n": names may hold newlines, so what is between them is looked for. */
static bool
understand(struct git_repo *r, char *s, size_t n)
{
	char *no = strstr(s, "\nfalse\n"), *yes = strstr(s, "\ntrue\n"), *mid = no != NULL && (yes == NULL || no < yes) ? no : yes;
	char *index;

	if (mid == NULL || s[n - 1] != '\n')
		return false;
	s[n - 1] = *mid = '\0';
	index = strchr(mid + 1, '\n') + 1;
	r->shallow = mid == yes;
	r->index = path_join(r->top, index);	/* said from where git was run */
	free(r->top);
	r->top = xstrdup(s);
	return true;
}

bool
git_open(struct git_repo *r, const char *folder, struct buf *why)
{
	struct child c;
	int status;
	bool ok;

	memset(r, 0, sizeof *r);
	r->top = xstrdup(folder);
	r->env = child_env(unset, set);
	child_init(&c);
	status = RUN(r, &c, r->env, "rev-parse", "--show-toplevel", "--is-shallow-repository", "--git-path", "index");
	ok = status == 0 && understand(r, c.out.s, c.out.n);
	if (!ok)
		failed(&c, status, why);
	child_release(&c);
	return ok;
}

void
git_close(struct git_repo *r)
{
	free(r->top);
	free(r->index);
	free(r->commit);
	free(r->env);
}

/* ---- the commit ---- */

/* What is wrong with a revision that is no commit: another thing, a name like another, not there. */
static void
explain_revision(struct git_repo *r, const char *rev, struct buf *why)
{
	struct child c;
	struct nearest near;
	char *line, *save = NULL;

	child_init(&c);
	if (RUN(r, &c, r->env, "cat-file", "-t", rev) == 0 && c.out.n > 1) {
		buf_printf(why, "'%s' is a %.*s of the repository '%s', expected a commit", rev, (int)(c.out.n - 1), c.out.s, r->top);
		child_release(&c);
		return;
	}
	buf_printf(why, "revision '%s' is not in the repository '%s'", rev, r->top);
	nearest_init(&near, rev, strlen(rev));
	if (RUN(r, &c, r->env, "for-each-ref", "--format=%(refname:short)") == 0)
		for (line = strtok_r(c.out.s, "\n", &save); line != NULL; line = strtok_r(NULL, "\n", &save))
			nearest_try(&near, line);
	if (r->shallow)
		buf_puts(why, ", which is a shallow clone: fetch the revision, or everything with 'git fetch --unshallow'");
	else if (near.best != NULL)
		buf_printf(why, "; did you mean '%s'?", near.best);
	child_release(&c);
}

bool
git_commit(struct git_repo *r, const char *rev, struct buf *why)
{
	struct buf arg = BUF_INIT;
	struct child c;
	int status;

	child_init(&c);
	buf_printf(&arg, "%s^{commit}", rev);
	status = RUN(r, &c, r->env, "rev-parse", "--verify", "--quiet", arg.s);
	buf_clear(why);
	if (status == 0 && c.out.n > 1)
		r->commit = xstrndup(c.out.s, c.out.n - 1);
	else if (status < 0)
		failed(&c, status, why);
	else
		explain_revision(r, rev, why);
	buf_release(&arg);
	child_release(&c);
	return r->commit != NULL;
}

/* ---- the index ---- */

bool
git_tracked(struct git_repo *r, git_tracked_fn *each, void *arg, struct buf *why)
{
	struct child c;
	const char *s, *end;
	int status;

	child_init(&c);
	status = RUN(r, &c, r->env, "ls-files", "-z", "-v");
	if (status != 0)
		failed(&c, status, why);
	end = c.out.s + c.out.n;
	for (s = c.out.s; status == 0 && s + 2 < end; s += strlen(s) + 1)
		each(arg, s[0], s + 2);
	child_release(&c);
	return status == 0;
}

static bool
write_all(int fd, const char *s, size_t n)
{
	while (n != 0) {
		ssize_t put = write(fd, s, n);

		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			return false;
		s += put;
		n -= (size_t)put;
	}
	return true;
}

static bool
write_file(const char *path, const struct buf *b)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	bool ok;

	if (fd < 0)
		return false;
	ok = write_all(fd, b->s, b->n);
	return close(fd) == 0 && ok;
}

/* An index that is not there is an empty one.  The copy keeps the time of the original: by it git tells which files may have been
 * changed so soon after the index was written that their own times do not tell. */
static bool
copy_index(const char *from, const char *to)
{
	static const size_t piece = 64 * 1024;
	struct timespec times[2];
	struct buf b = BUF_INIT;
	int in = open(from, O_RDONLY | O_CLOEXEC), out;
	struct stat st;
	ssize_t got;
	bool ok;

	if (in < 0)
		return errno == ENOENT;
	out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	ok = out >= 0 && fstat(in, &st) == 0;
	buf_room(&b, piece);
	do {
		got = ok ? read(in, b.s, piece) : 0;
		ok = ok && (got >= 0 || errno == EINTR) && write_all(out, b.s, got > 0 ? (size_t)got : 0);
	} while (ok && got != 0);
	if (ok) {
		times[0] = st.st_atim;
		times[1] = st.st_mtim;
		ok = futimens(out, times) == 0;
	}
	if (out >= 0 && close(out) != 0)
		ok = false;
	close(in);
	buf_release(&b);
	return ok;
}

/* A folder of our own for a copy of the index, swept away on signals too. */
struct scratch { char *folder, *index, *lock, *list; bool swept; };

static bool
scratch_open(struct scratch *s)
{
	const char *tmp = getenv("TMPDIR");
	struct buf b = BUF_INIT;

	buf_printf(&b, "%s/wirelint.XXXXXX", tmp != NULL && *tmp != '\0' ? tmp : "/tmp");
	memset(s, 0, sizeof *s);
	s->folder = path_absolute(b.s);		/* git is run elsewhere */
	buf_release(&b);
	if (mkdtemp(s->folder) == NULL)
		return false;
	s->index = path_join(s->folder, "index");
	s->lock = path_join(s->folder, "index.lock");
	s->list = path_join(s->folder, "list");
	sweep_add(s->list);
	sweep_add(s->lock);
	sweep_add(s->index);
	sweep_add(s->folder);
	s->swept = true;
	return true;
}

static void
scratch_close(struct scratch *s)
{
	if (s->swept) {
		unlink(s->list);
		unlink(s->lock);
		unlink(s->index);
		rmdir(s->folder);
		sweep_remove(s->list);
		sweep_remove(s->lock);
		sweep_remove(s->index);
		sweep_remove(s->folder);
	}
	free(s->folder);
	free(s->index);
	free(s->lock);
	free(s->list);
}

/* The lines that `update-index --index-info` takes.  A file of which only the path is known (it is said to be empty) is one that
 * git looks at; an entry that was in conflict, or assumed to be unchanged, is replaced by it. */
static void
list_anew(const struct git_repo *r, const struct buf *anew, struct buf *out)
{
	const char *empty = strlen(r->commit) == 64 ? "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813" :
	    "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391", *s;

	for (s = anew->s; s < anew->s + anew->n; s += strlen(s) + 1) {
		buf_printf(out, "100644 %s\t", empty);
		buf_add(out, s, strlen(s) + 1);
	}
}

/* Makes a copy of the index that has the files besides, and knows which files are really changed. */
static bool
index_anew(struct git_repo *r, const struct scratch *s, char **env, const struct buf *anew)
{
	struct buf list = BUF_INIT;
	struct child c;
	bool ok;
	int status;

	list_anew(r, anew, &list);
	ok = copy_index(r->index, s->index) && write_file(s->list, &list);
	buf_release(&list);
	if (!ok)
		return false;
	child_init(&c);
	c.input = s->list;
	status = RUN(r, &c, env, "update-index", "-q", "--ignore-submodules", "--refresh", "-z", "--index-info");
	child_release(&c);
	return status == 0 || status == 1;		/* 1: some file is changed */
}

/* ---- changes ---- */

/* "M\0path\0R087\0from\0to\0". */
static void
each_change(const struct buf *out, git_change_fn *each, void *arg)
{
	const char *s = out->s, *end = s + out->n;

	while (s < end) {
		char status = *s;
		const char *path = s + strlen(s) + 1, *from = NULL;

		if (path >= end)
			return;
		if (status == 'R' || status == 'C') {
			from = path;
			path += strlen(path) + 1;
			if (path >= end)
				return;
		}
		each(arg, status, path, from);
		s = path + strlen(path) + 1;
	}
}

bool
git_changes(struct git_repo *r, const struct buf *anew, bool *seen, git_change_fn *each, void *arg, struct buf *why)
{
	struct buf var = BUF_INIT;
	struct scratch s;
	struct child c;
	char **env = NULL;
	int status;

	*seen = false;
	if (scratch_open(&s)) {
		const char *with[] = { set[0], set[1], set[2], NULL, NULL };

		buf_printf(&var, "GIT_INDEX_FILE=%s", s.index);
		with[3] = var.s;
		env = child_env(unset, with);
		*seen = index_anew(r, &s, env, anew);
	}
	child_init(&c);
	/* diff-index asks no setting of diff.*: no external program, no order of its own */
	status = RUN(r, &c, *seen ? env : r->env, "diff-index", "-z", "-M", "--name-status", "--no-ext-diff", "--no-textconv",
	    "--ignore-submodules=all", r->commit, "--");
	if (status == 0)
		each_change(&c.out, each, arg);
	else
		failed(&c, status, why);
	child_release(&c);
	scratch_close(&s);
	free(env);
	buf_release(&var);
	return status == 0;
}

/* ---- content ---- */

bool
git_has(const struct git_repo *r, const char *path)
{
	struct buf name = BUF_INIT;
	struct child c;
	bool has;

	child_init(&c);
	buf_printf(&name, "%s:%s", r->commit, path);
	has = RUN(r, &c, r->env, "cat-file", "-e", name.s) == 0;
	buf_release(&name);
	child_release(&c);
	return has;
}

bool
git_content(const struct git_repo *r, const char *path, size_t most, struct buf *out, struct buf *why)
{
	struct buf name = BUF_INIT, had;
	struct child c;
	int status;

	child_init(&c);
	c.most = most;
	had = c.out;
	c.out = *out;
	buf_printf(&name, "%s:%s", r->commit, path);
	status = RUN(r, &c, r->env, "cat-file", "--filters", name.s);
	*out = c.out;
	c.out = had;
	if (status != 0)
		failed(&c, status, why);
	buf_release(&name);
	child_release(&c);
	return status == 0;
}
