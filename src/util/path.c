/* Paths. */
#include "util/path.h"

#include "util/buf.h"
#include "util/xmalloc.h"

#include <fnmatch.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Adds the parts of `path` to an absolute path that ends without a slash ("" for the root). */
static void
add_parts(struct buf *out, const char *path)
{
	while (*path != '\0') {
		size_t n = strcspn(path, "/");

		if (n == 2 && memcmp(path, "..", 2) == 0) {
			while (out->n != 0 && out->s[--out->n] != '/')
				;
		} else if (n != 0 && !(n == 1 && *path == '.')) {
			buf_putc(out, '/');
			buf_add(out, path, n);
		}
		path += n;
		path += strspn(path, "/");
	}
}

static char *
taken(struct buf *out)
{
	char *s = out->n == 0 ? xstrdup("/") : xstrndup(out->s, out->n);

	buf_release(out);
	return s;
}

/* The folder as the disk knows it; what of it is not there is taken by its words. */
static char *
resolve(const char *folder)
{
	char *found = realpath(folder, NULL), *up, *resolved, *out;

	if (found != NULL || strcmp(folder, "/") == 0) {
		out = xstrdup(found != NULL ? found : "/");
		free(found);
		return out;
	}
	up = path_folder(folder);
	resolved = resolve(up);
	out = path_join(resolved, strrchr(folder, '/') + 1);
	free(resolved);
	free(up);
	return out;
}

/* Files come folder by folder: the folder asked for last, as it was called and as it is.  One a thread. */
static _Thread_local struct { char called[PATH_MAX], is[PATH_MAX]; } last;

static void
add_resolved(struct buf *out, const char *folder)
{
	if (strcmp(folder, "/") != 0)
		buf_puts(out, folder);
}

static void
add_folder(struct buf *out, const char *called)
{
	if (strcmp(last.called, called) != 0) {
		char *is = resolve(called);

		if (strlen(is) >= PATH_MAX || strlen(called) >= PATH_MAX) {
			add_resolved(out, is);
			free(is);
			return;
		}
		strcpy(last.called, called);
		strcpy(last.is, is);
		free(is);
	}
	add_resolved(out, last.is);
}

char *
path_absolute(const char *path)
{
	struct buf folder = BUF_INIT, out = BUF_INIT;
	char here[PATH_MAX];
	size_t n = strlen(path);
	const char *name;

	while (n > 1 && path[n - 1] == '/')
		n--;
	for (name = path + n; name > path && name[-1] != '/'; name--)
		;
	if (*path != '/')		/* a working folder that is gone has no name: the root stands for it */
		buf_printf(&folder, "%s/", getcwd(here, sizeof here) != NULL ? here : "");
	/* "..", "." and a folder's own name are folders through and through */
	if (strncmp(name, "..", n - (size_t)(name - path)) == 0 || *name == '\0') {
		buf_add(&folder, path, n);
		add_folder(&out, folder.n != 0 ? folder.s : "/");
	} else {
		buf_add(&folder, path, (size_t)(name - path));
		add_folder(&out, folder.n != 0 ? folder.s : "/");
		buf_putc(&out, '/');
		buf_add(&out, name, n - (size_t)(name - path));
	}
	buf_release(&folder);
	return taken(&out);
}

char *
path_of_folder(const char *path)
{
	struct buf inside = BUF_INIT;
	char *out;

	buf_printf(&inside, "%s/.", path);
	out = path_absolute(inside.s);
	buf_release(&inside);
	return out;
}

char *
path_folder(const char *absolute)
{
	const char *slash = strrchr(absolute, '/');

	return slash == absolute || slash == NULL ? xstrdup("/") : xstrndup(absolute, (size_t)(slash - absolute));
}

char *
path_join(const char *folder, const char *name)
{
	struct buf out = BUF_INIT;

	if (*name != '/')
		add_parts(&out, folder);
	add_parts(&out, name);
	return taken(&out);
}

const char *
path_within(const char *folder, const char *absolute)
{
	size_t n = strcmp(folder, "/") == 0 ? 0 : strlen(folder);

	if (strncmp(folder, absolute, n) != 0 || (absolute[n] != '/' && absolute[n] != '\0'))
		return NULL;
	return absolute[n] == '/' ? absolute + n + 1 : absolute + n;
}

char *
path_from(const char *folder, const char *absolute)
{
	struct buf out = BUF_INIT;
	char *base = xstrdup(folder);
	const char *rest;

	while ((rest = path_within(base, absolute)) == NULL) {
		char *up = path_folder(base);

		buf_puts(&out, out.n == 0 ? ".." : "/..");
		free(base);
		base = up;
	}
	free(base);
	if (*rest != '\0' && out.n != 0)
		buf_putc(&out, '/');
	buf_puts(&out, rest);
	if (out.n == 0)
		buf_putc(&out, '.');
	return taken(&out);
}

bool
path_is_folder(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* ---- globs ---- */

bool
path_glob_is_empty(const char *glob)
{
	return glob[strspn(glob, "./")] == '\0';
}

/* The next part between slashes; false at the end. */
static bool
next_part(const char **s, char part[NAME_MAX + 1])
{
	size_t n;

	*s += strspn(*s, "/");
	n = strcspn(*s, "/");
	if (n == 0)
		return false;
	memcpy(part, *s, n < NAME_MAX ? n : NAME_MAX);
	part[n < NAME_MAX ? n : NAME_MAX] = '\0';
	*s += n;
	return true;
}

/* Parts of the glob against parts of the path.  A "**" that was met last takes one part more where the rest does not fit: no
 * other need be tried again, so the time is the product of both lengths at most. */
static bool
parts_match(const char *glob, const char *path)
{
	const char *again_glob = NULL, *again_path = NULL;
	char want[NAME_MAX + 1], have[NAME_MAX + 1];

	if (path_glob_is_empty(glob))
		return false;
	for (;;) {
		const char *g = glob, *p = path;

		if (!next_part(&g, want))
			return true;			/* the path, or a folder that it lies in */
		if (strcmp(want, "**") == 0) {
			again_glob = glob = g;
			again_path = path;
			if (glob[strspn(glob, "/")] == '\0')
				return path[strspn(path, "/")] != '\0';	/* all that is in it, but not the folder */
			continue;
		}
		if (next_part(&p, have) && fnmatch(want, have, 0) == 0) {
			glob = g;
			path = p;
			continue;
		}
		if (again_glob == NULL || !next_part(&again_path, have))
			return false;
		glob = again_glob;
		path = again_path;
	}
}

bool
path_matches(const char *glob, const char *relative)
{
	const char *slash;
	char part[NAME_MAX + 1];

	if (strncmp(glob, "./", 2) == 0)
		glob += 1;
	slash = strchr(glob, '/');
	if (slash != NULL && slash[strspn(slash, "/")] != '\0')
		return parts_match(glob, relative);
	while (*relative != '\0') {
		const char *here = relative;

		if (!next_part(&relative, part))
			return false;
		/* wire/: a folder, so something must lie in it */
		if ((slash == NULL || *relative == '/') && parts_match(glob, here))
			return true;
	}
	return false;
}

bool
path_could_match(const char *glob, const char *folder)
{
	const char *slash;
	char want[NAME_MAX + 1], have[NAME_MAX + 1];

	if (path_glob_is_empty(glob))
		return false;
	if (strncmp(glob, "./", 2) == 0)
		glob += 1;
	slash = strchr(glob, '/');
	if (slash == NULL || slash[strspn(slash, "/")] == '\0')
		return true;			/* any part may be it */
	while (next_part(&glob, want) && next_part(&folder, have) && strcmp(want, "**") != 0)
		if (fnmatch(want, have, 0) != 0)
			return false;
	return true;
}
