/* Writing a file beside its place. */
#include "files/replace.h"

#include "files/sweep.h"
#include "util/xmalloc.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* In the folder of the file, under a name that is short and hidden.  No signal comes between making it and noting that it is to be swept
 * away. */
static int
make_temporary(struct replacement *r)
{
	static const char name[] = ".wirelint-XXXXXX";
	const char *slash = strrchr(r->path, '/');
	size_t n = slash != NULL ? (size_t)(slash - r->path) + 1 : 0;
	sigset_t all, before;
	int fd;

	r->temporary = xmalloc(n + sizeof name);
	memcpy(r->temporary, r->path, n);
	memcpy(r->temporary + n, name, sizeof name);
	sigfillset(&all);
	pthread_sigmask(SIG_BLOCK, &all, &before);
	fd = mkstemp(r->temporary);
	if (fd >= 0)
		sweep_add(r->temporary);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return fd;
}

bool
replace_begin(struct replacement *r, const char *path)
{
	struct stat st;
	int error;

	r->temporary = NULL;
	r->path = realpath(path, NULL);
	if (r->path == NULL)
		r->path = xstrdup(path);
	if (stat(r->path, &st) == 0 && !S_ISREG(st.st_mode)) {
		r->fd = open(r->path, O_WRONLY | O_CLOEXEC);
		return r->fd >= 0;
	}
	r->fd = make_temporary(r);
	if (r->fd < 0) {
		error = errno;
		free(r->temporary);
		r->temporary = NULL;
		errno = error;
		return false;
	}
	return true;
}

/* With the mode that a new or the old file has.  Closed before it is moved: some file systems say only then that the disk is
 * full. */
bool
replace_end(struct replacement *r)
{
	struct stat st;
	mode_t mask = umask(0);
	bool ok;

	umask(mask);
	ok = r->temporary == NULL || fchmod(r->fd, stat(r->path, &st) == 0 ? st.st_mode & 07777 : 0666 & ~mask) == 0;
	ok = close(r->fd) == 0 && ok;
	r->fd = -1;
	if (ok && r->temporary != NULL)
		ok = rename(r->temporary, r->path) == 0;
	if (!ok)
		return false;
	if (r->temporary != NULL)
		sweep_remove(r->temporary);
	free(r->temporary);
	r->temporary = NULL;
	return true;
}

void
replace_release(struct replacement *r)
{
	int error = errno;

	if (r->fd >= 0)
		close(r->fd);
	if (r->temporary != NULL) {
		unlink(r->temporary);
		sweep_remove(r->temporary);
	}
	free(r->temporary);
	free(r->path);
	*r = (struct replacement){ .fd = -1 };
	errno = error;
}

bool
replace_as(struct replacement *r, const struct stat *was)
{
	struct stat st;

	if (fstat(r->fd, &st) != 0)
		return false;
	return (st.st_uid == was->st_uid && st.st_gid == was->st_gid) || fchown(r->fd, was->st_uid, was->st_gid) == 0;
}

bool
replace_write(int fd, const char *s, size_t n)
{
	while (n != 0) {
		ssize_t put = write(fd, s, n);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return false;
		s += put;
		n -= (size_t)put;
	}
	return true;
}

bool
replace_file(const char *path, const char *s, size_t n)
{
	struct replacement r;
	bool ok = replace_begin(&r, path) && replace_write(r.fd, s, n) && replace_end(&r);

	replace_release(&r);
	return ok;
}
