/* Which files are to be checked. */
#include "walk.h"

#include "reader.h"
#include "util/buf.h"
#include "util/xmalloc.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

void
walk_init(struct walk *w)
{
	memset(w, 0, sizeof *w);
}

void
walk_release(struct walk *w)
{
	size_t i;

	for (i = 0; i < w->ninputs; i++)
		free(w->inputs[i].path);
	for (i = 0; i < w->nskips; i++)
		free(w->skips[i].path);
	free(w->inputs);
	free(w->skips);
	free(w->excludes);
	walk_init(w);
}

static void
skip(struct walk *w, const char *path, const char *why)
{
	struct skip *s = &XPUSH(w->skips, w->nskips, w->capskips);

	s->path = xstrdup(path);
	s->why = why;
}

static void
input(struct walk *w, const char *path, bool named)
{
	struct input *in = &XPUSH(w->inputs, w->ninputs, w->capinputs);

	in->path = xstrdup(path);
	in->named = named;
}

static bool
excluded(const struct walk *w, const char *path)
{
	const char *slash = strrchr(path, '/'), *last = slash != NULL ? slash + 1 : path;
	size_t i;

	for (i = 0; i < w->nexcludes; i++)
		if (fnmatch(w->excludes[i], path, 0) == 0 || fnmatch(w->excludes[i], last, 0) == 0)
			return true;
	return false;
}

static const char *
kind_of(mode_t mode)
{
	return S_ISCHR(mode) ? "character device" : S_ISBLK(mode) ? "block device" : S_ISSOCK(mode) ? "socket" :
	    S_ISFIFO(mode) ? "pipe" : "special file";
}

/* A stack of folders still to be read: no recursion, so depth is bounded by memory and path length only. */
struct pending { char **v; size_t n, cap; };

/* What a folder holds.  Hidden names are left out.  A link to a folder is not followed, so that no walk goes in circles. */
static void
met(struct walk *w, struct pending *todo, const char *path, unsigned char type, struct finding_list *errors)
{
	struct stat st;
	bool link = false;

	if (excluded(w, path)) {
		skip(w, path, "excluded");
		w->excluded++;
		return;
	}
	if (type == DT_UNKNOWN) {
		if (lstat(path, &st) != 0)
			return;		/* gone since the folder was read */
		type = S_ISDIR(st.st_mode) ? DT_DIR : S_ISREG(st.st_mode) ? DT_REG : S_ISLNK(st.st_mode) ? DT_LNK : DT_FIFO;
	}
	if (type == DT_LNK) {
		link = true;
		if (stat(path, &st) != 0) {
			if (reader_claims(path))
				finding_message(errors, MSG_INPUT_MISSING, path, strerror(errno));
			else
				skip(w, path, "link that leads nowhere");
			return;
		}
		type = S_ISDIR(st.st_mode) ? DT_DIR : S_ISREG(st.st_mode) ? DT_REG : DT_FIFO;
	}
	if (type == DT_DIR) {
		if (link)
			skip(w, path, "link to a folder");
		else
			XPUSH(todo->v, todo->n, todo->cap) = xstrdup(path);
	} else if (type != DT_REG)
		skip(w, path, "no regular file");
	else if (!reader_claims(path))
		skip(w, path, "suffix of no known format");
	else
		input(w, path, false);
}

static void
read_folder(struct walk *w, struct pending *todo, const char *path, struct finding_list *errors)
{
	struct buf name = BUF_INIT;
	DIR *dir = opendir(path);
	struct dirent *e;
	size_t n;

	if (dir == NULL) {
		finding_message(errors, MSG_INPUT_MISSING, path, strerror(errno));
		return;
	}
	buf_puts(&name, path);
	if (name.n != 0 && name.s[name.n - 1] != '/')
		buf_putc(&name, '/');
	n = name.n;
	errno = 0;
	while ((e = readdir(dir)) != NULL) {
		if (e->d_name[0] != '.') {
			name.n = n;
			buf_puts(&name, e->d_name);
			met(w, todo, name.s, e->d_type, errors);
		}
		errno = 0;
	}
	if (errno != 0)
		finding_message(errors, MSG_INPUT_UNREADABLE, path, strerror(errno));
	closedir(dir);
	buf_release(&name);
}

static void
folder(struct walk *w, const char *path, struct finding_list *errors)
{
	struct pending todo = { NULL, 0, 0 };
	size_t inputs = w->ninputs, before = w->excluded;

	XPUSH(todo.v, todo.n, todo.cap) = xstrdup(path);
	while (todo.n != 0) {
		char *next = todo.v[--todo.n];

		read_folder(w, &todo, next, errors);
		free(next);
	}
	free(todo.v);
	if (w->ninputs == inputs && w->excluded == before)
		finding_message(errors, MSG_INPUT_NO_FILES, path);
}

void
walk_add(struct walk *w, const char *path, struct finding_list *errors)
{
	struct stat st;

	if (strcmp(path, "-") == 0) {
		input(w, path, true);
		return;
	}
	if (w->force_exclude && excluded(w, path)) {
		skip(w, path, "excluded");
		w->excluded++;
		return;
	}
	if (stat(path, &st) != 0)
		finding_message(errors, MSG_INPUT_MISSING, path, strerror(errno));
	else if (S_ISDIR(st.st_mode))
		folder(w, path, errors);
	else if (S_ISREG(st.st_mode) || S_ISFIFO(st.st_mode))
		input(w, path, true);
	else
		finding_message(errors, MSG_INPUT_NOT_A_FILE, path, kind_of(st.st_mode));
}

void
walk_add_list(struct walk *w, const char *s, size_t n, char separator, struct finding_list *errors)
{
	const char *end = s + n, *stop;

	for (; s < end; s = stop + 1) {
		stop = memchr(s, separator, (size_t)(end - s));
		if (stop == NULL)
			stop = end;
		if (stop > s) {
			char *path = xstrndup(s, (size_t)(stop - s));

			walk_add(w, path, errors);
			free(path);
		}
	}
}

static int
by_path(const void *a, const void *b)
{
	const struct input *x = a, *y = b;
	int d = strcmp(x->path, y->path);

	return d != 0 ? d : (int)y->named - (int)x->named;
}

static int
by_skipped_path(const void *a, const void *b)
{
	return strcmp(((const struct skip *)a)->path, ((const struct skip *)b)->path);
}

void
walk_finish(struct walk *w)
{
	size_t i, n = 0;

	if (w->ninputs > 1)
		qsort(w->inputs, w->ninputs, sizeof *w->inputs, by_path);
	for (i = 0; i < w->ninputs; i++) {
		if (n != 0 && strcmp(w->inputs[n - 1].path, w->inputs[i].path) == 0)
			free(w->inputs[i].path);
		else
			w->inputs[n++] = w->inputs[i];
	}
	w->ninputs = n;
	if (w->nskips > 1)
		qsort(w->skips, w->nskips, sizeof *w->skips, by_skipped_path);
}
