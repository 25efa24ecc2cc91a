#include "fix/fix_write.h"

#include "files/replace.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Does the file hold these bytes still, and no more? */
static bool
holds(int fd, const struct buf *old)
{
	char piece[65536];
	size_t at = 0;

	for (;;) {
		ssize_t got = read(fd, piece, sizeof piece);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return got == 0 && at == old->n;
		if ((size_t)got > old->n - at || memcmp(piece, old->s + at, (size_t)got) != 0)
			return false;
		at += (size_t)got;
	}
}

/* Nobody has put another file there, or edited it, since it was read. */
static bool
is_as_read(const char *path, const struct stat *was, const struct buf *old)
{
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	bool same = fd >= 0 && fstat(fd, &st) == 0 && st.st_dev == was->st_dev && st.st_ino == was->st_ino && holds(fd, old);

	if (fd >= 0)
		close(fd);
	return same;
}

/* May it be replaced at all?  A file that may not be written is not written by way of its folder either. */
static bool
may_replace(const char *path, struct stat *st, struct buf *why)
{
	if (stat(path, st) != 0)
		buf_puts(why, strerror(errno));
	else if (!S_ISREG(st->st_mode))
		buf_puts(why, "is no regular file");
	else if (st->st_nlink > 1)
		buf_printf(why, "has %lu names (hard links), of which the others would keep the old text", (unsigned long)st->st_nlink);
	else if (faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) != 0)
		buf_puts(why, strerror(errno));
	else
		return true;
	return false;
}

bool
fix_write(const char *path, const struct buf *old, const struct buf *new, struct buf *why)
{
	struct replacement r = { .fd = -1 };
	struct stat st;
	bool ok = false;

	if (!may_replace(path, &st, why))
		return false;
	if (!replace_begin(&r, path))
		buf_printf(why, "no temporary file can be made beside it: %s", strerror(errno));
	else if (!replace_as(&r, &st))
		buf_printf(why, "its owner and group cannot be kept: %s", strerror(errno));
	else if (!replace_write(r.fd, new->s, new->n) || fsync(r.fd) != 0)
		buf_puts(why, strerror(errno));
	else if (!is_as_read(path, &st, old))
		buf_puts(why, "it was changed by somebody else meanwhile");
	else if (!replace_end(&r))
		buf_puts(why, strerror(errno));
	else
		ok = true;
	replace_release(&r);
	return ok;
}
