/* `wirelint init`: files to start from, out of rules/start/. */
#include "command/start.h"

#include "desk/config.h"
#include "frozen/builtin.h"
#include "util/buf.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* What is there already is the user's: never written over. */
static int
write_new(const char *path, const char *from)
{
	const struct builtin *b = builtin_find(from);
	const char *s = b->s;
	size_t n = b->n;
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);

	if (fd < 0 && errno == EEXIST) {
		options_complain("'%s' exists, expected a name that is free", path);
		return 2;
	}
	while (fd >= 0 && n != 0) {
		ssize_t put = write(fd, s, n);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			break;
		s += put;
		n -= (size_t)put;
	}
	if (fd < 0 || n != 0 || close(fd) != 0) {
		options_complain("cannot write '%s': %s", path, strerror(errno));
		if (fd >= 0)
			unlink(path);
		return 2;
	}
	printf("%s\n", path);
	return 0;
}

int
start_command(const struct options *o)
{
	const char *rules = options_value(o, OPT_RULES);
	struct buf path = BUF_INIT;
	int status;

	if (o->nwords > 1 || (rules != NULL && o->nwords != 0)) {
		options_complain("'init' writes one file, expected %s", rules != NULL ? "--rules=FILE alone" : "one folder at most");
		return 2;
	}
	if (rules != NULL)
		return write_new(rules, "rules/start/house.xml");
	if (o->nwords == 0)
		return write_new(CONFIG_FILE_NAME, "rules/start/wirelint.yaml");
	buf_printf(&path, "%s/" CONFIG_FILE_NAME, o->words[0]);
	status = write_new(path.s, "rules/start/wirelint.yaml");
	buf_release(&path);
	return status;
}
