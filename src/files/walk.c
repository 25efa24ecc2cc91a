/* Which files are to be checked. */
#include "files/walk.h"

#include "reader.h"
#include "util/buf.h"
#include "util/path.h"
#include "util/xmalloc.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
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

	for (i = 0; i < w->ninputs; i++) {
		free(w->inputs[i].path);
		free(w->inputs[i].absolute);
	}
	for (i = 0; i < w->nfolders; i++) {
		free(w->folders[i].path);
		free(w->folders[i].absolute);
	}
	skips_release(&w->skips);
	free(w->inputs);
	free(w->folders);
	walk_init(w);
}

static void
skip(struct walk *w, const char *path, const char *why)
{
	skips_add(&w->skips, path, NULL, why);
}

static void
input(struct walk *w, const char *path, bool named)
{
	struct input *in = &XPUSH(w->inputs, w->ninputs, w->capinputs);

	in->path = xstrdup(path);
	in->absolute = NULL;
	in->named = named;
}

static bool
excluded(const struct walk *w, const char *path)
{
	return w->excludes != NULL && w->excludes(w->arg, path);
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
	if (w->enters != NULL)
		w->enters(w->arg, path);
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
	size_t inputs = w->ninputs, before = w->excluded, said = errors->n, number = w->nfolders;

	XPUSH(w->folders, w->nfolders, w->capfolders) = (struct walked){ xstrdup(path), path_of_folder(path), false };
	XPUSH(todo.v, todo.n, todo.cap) = xstrdup(path);
	while (todo.n != 0) {
		char *next = todo.v[--todo.n];

		read_folder(w, &todo, next, errors);
		free(next);
	}
	free(todo.v);
	w->folders[number].excused = w->excluded != before || errors->n != said;
	if (w->ninputs == inputs && !w->folders[number].excused)
		finding_message(errors, MSG_INPUT_NO_FILES, path, "folder holds no file that is read as an article");
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

/* ---- one file, one input ---- */

/* a.txt, ./a.txt and sub/../a.txt are one file; of the ways to write it, the shortest comes first and stays. */
static int
by_file(const void *a, const void *b)
{
	const struct input *x = a, *y = b;
	size_t n = strlen(x->path), m = strlen(y->path);
	int d;

	if (x->absolute == NULL || y->absolute == NULL)
		return (x->absolute != NULL) - (y->absolute != NULL);
	d = strcmp(x->absolute, y->absolute);
	if (d == 0 && n != m)
		d = n < m ? -1 : 1;
	return d != 0 ? d : strcmp(x->path, y->path);
}

static bool
same_file(const struct input *a, const struct input *b)
{
	return a->absolute == NULL || b->absolute == NULL ? a->absolute == b->absolute : strcmp(a->absolute, b->absolute) == 0;
}

struct left_out { struct skip skip; char *absolute; };

static int
by_left_out_file(const void *a, const void *b)
{
	const struct left_out *x = a, *y = b;
	size_t n = strlen(x->skip.path), m = strlen(y->skip.path);
	int d = strcmp(x->absolute, y->absolute);

	if (d == 0 && n != m)
		d = n < m ? -1 : 1;
	return d != 0 ? d : strcmp(x->skip.path, y->skip.path);
}

static int
by_path(const void *a, const void *b)
{
	return strcmp(((const struct input *)a)->path, ((const struct input *)b)->path);
}

static int
by_skipped_path(const void *a, const void *b)
{
	return strcmp(((const struct skip *)a)->path, ((const struct skip *)b)->path);
}

static void
drop_double_inputs(struct walk *w)
{
	size_t i, n = 0;

	for (i = 0; i < w->ninputs; i++)
		w->inputs[i].absolute = strcmp(w->inputs[i].path, "-") == 0 ? NULL : path_absolute(w->inputs[i].path);
	if (w->ninputs > 1)
		qsort(w->inputs, w->ninputs, sizeof *w->inputs, by_file);
	for (i = 0; i < w->ninputs; i++) {
		if (n != 0 && same_file(&w->inputs[n - 1], &w->inputs[i])) {
			w->inputs[n - 1].named |= w->inputs[i].named;
			free(w->inputs[i].path);
			free(w->inputs[i].absolute);
		} else {
			w->inputs[n++] = w->inputs[i];
		}
	}
	w->ninputs = n;
}

/* Met twice, or left out in a folder but named besides.  The inputs are in the order of files here. */
static void
drop_double_skips(struct walk *w)
{
	struct skips *l = &w->skips;
	struct left_out *v = xcalloc(l->n + 1, sizeof *v);
	size_t i, k = 0, n = 0;

	for (i = 0; i < l->n; i++)
		v[i] = (struct left_out){ l->v[i], path_absolute(l->v[i].path) };
	if (l->n > 1)
		qsort(v, l->n, sizeof *v, by_left_out_file);
	for (i = 0; i < l->n; i++) {
		while (k < w->ninputs && (w->inputs[k].absolute == NULL || strcmp(w->inputs[k].absolute, v[i].absolute) < 0))
			k++;
		if ((k < w->ninputs && strcmp(w->inputs[k].absolute, v[i].absolute) == 0)
		    || (i != 0 && strcmp(v[i - 1].absolute, v[i].absolute) == 0))
			skips_free_one(&v[i].skip);
		else
			l->v[n++] = v[i].skip;
	}
	for (i = 0; i < l->n; i++)
		free(v[i].absolute);
	free(v);
	l->n = n;
}

static void
sort_skips(struct walk *w)
{
	if (w->skips.n > 1)
		qsort(w->skips.v, w->skips.n, sizeof *w->skips.v, by_skipped_path);
}

void
walk_finish(struct walk *w)
{
	drop_double_inputs(w);
	drop_double_skips(w);
	if (w->ninputs > 1)
		qsort(w->inputs, w->ninputs, sizeof *w->inputs, by_path);
	sort_skips(w);
}

void
walk_leave_out(struct walk *w, bool (*is)(void *arg, const struct input *in), void *arg, const char *why)
{
	size_t n = 0;

	for (size_t i = 0; i < w->ninputs; i++) {
		struct input *in = &w->inputs[i];

		if (!is(arg, in)) {
			w->inputs[n++] = *in;
			continue;
		}
		skip(w, in->path, why);
		free(in->path);
		free(in->absolute);
	}
	w->ninputs = n;
	sort_skips(w);
}

void
walk_judge_folders(const struct walk *w, const bool *checked, struct finding_list *errors)
{
	for (size_t k = 0; k < w->nfolders; k++) {
		const struct walked *f = &w->folders[k];
		bool any = false, excused = f->excused;

		for (size_t i = 0; !excused && i < w->ninputs; i++)
			if (w->inputs[i].absolute != NULL && path_within(f->absolute, w->inputs[i].absolute) != NULL) {
				any = true;
				excused = checked[i];
			}
		if (any && !excused)
			finding_message(errors, MSG_INPUT_NO_FILES, f->path, "folder holds no article");
	}
}
