/* Writing a whole file at once. */
#include "replace.h"

#include "sweep.h"
#include "util/xmalloc.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool
write_all(int fd, const char *s, size_t n)
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

/* Closed before it is moved: some file systems say only then that the disk is full. */
static bool
fill(int fd, const char *temporary, const char *path, const char *s, size_t n)
{
	struct stat st;
	mode_t mask = umask(0);
	bool ok;

	umask(mask);
	ok = write_all(fd, s, n) && fchmod(fd, stat(path, &st) == 0 ? st.st_mode & 07777 : 0666 & ~mask) == 0;
	if (close(fd) != 0)
		ok = false;
	return ok && rename(temporary, path) == 0;
}

bool
replace_file(const char *path, const char *s, size_t n)
{
	char *real = realpath(path, NULL), *temporary;
	size_t len;
	bool ok = false;
	int fd, error = 0;

	if (real != NULL)
		path = real;
	len = strlen(path);
	temporary = xmalloc(len + 8);
	memcpy(temporary, path, len);
	memcpy(temporary + len, ".XXXXXX", 8);
	fd = mkstemp(temporary);
	if (fd >= 0) {
		sweep_add(temporary);
		ok = fill(fd, temporary, path, s, n);
		error = errno;
		if (!ok)
			unlink(temporary);
		sweep_remove(temporary);
	} else
		error = errno;
	free(temporary);
	free(real);
	errno = error;
	return ok;
}
