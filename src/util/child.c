/* Runs a program without a shell. */
#include "util/child.h"

#include "util/xmalloc.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

enum { PIECE = 64 * 1024 };

void
child_init(struct child *c)
{
	memset(c, 0, sizeof *c);
	buf_init(&c->out);
	buf_init(&c->err);
}

void
child_release(struct child *c)
{
	buf_release(&c->out);
	buf_release(&c->err);
}

static bool
named(const char *entry, const char *name, size_t n)
{
	return strncmp(entry, name, n) == 0 && entry[n] == '=';
}

char **
child_env(const char *const *unset, const char *const *set)
{
	size_t n = 0, cap = 0, i, k;
	char **env = NULL;

	for (i = 0; environ[i] != NULL; i++) {
		bool drop = false;

		for (k = 0; unset[k] != NULL && !drop; k++)
			drop = named(environ[i], unset[k], strlen(unset[k]));
		for (k = 0; set[k] != NULL && !drop; k++)
			drop = named(environ[i], set[k], strcspn(set[k], "="));
		if (!drop)
			XPUSH(env, n, cap) = environ[i];
	}
	for (k = 0; set[k] != NULL; k++)
		XPUSH(env, n, cap) = (char *)(uintptr_t)set[k];
	XPUSH(env, n, cap) = NULL;
	return env;
}

/* Both ends are closed by exec: a child that another thread starts at the same time must not hold them open. */
static bool
make_pipe(int ends[2])
{
	return pipe2(ends, O_CLOEXEC) == 0;
}

static void
close_pipe(int ends[2])
{
	for (int i = 0; i < 2; i++)
		if (ends[i] >= 0)
			close(ends[i]);
}

/* Starts it; an errno, 0 if it runs. */
static int
start(const struct child *c, int out, int err, pid_t *pid)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attr;
	sigset_t set;
	int e;

	if ((e = posix_spawn_file_actions_init(&actions)) != 0)
		return e;
	if ((e = posix_spawnattr_init(&attr)) != 0) {
		posix_spawn_file_actions_destroy(&actions);
		return e;
	}
	/* what is ignored here, and what a thread has blocked, must not stay so there */
	sigemptyset(&set);
	posix_spawnattr_setsigmask(&attr, &set);
	sigaddset(&set, SIGPIPE);
	posix_spawnattr_setsigdefault(&attr, &set);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	e = posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, c->input != NULL ? c->input : "/dev/null", O_RDONLY, 0);
	if (e == 0)
		e = posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
	if (e == 0)
		e = posix_spawn_file_actions_adddup2(&actions, err, STDERR_FILENO);
	if (e == 0)
		e = posix_spawnp(pid, c->argv[0], &actions, &attr, (char *const *)(uintptr_t)c->argv, c->env != NULL ? c->env : environ);
	posix_spawnattr_destroy(&attr);
	posix_spawn_file_actions_destroy(&actions);
	return e;
}

/* Takes what has come; false at its end. */
static bool
take(int fd, struct buf *b)
{
	ssize_t got;

	buf_room(b, PIECE);
	b->s[b->n] = '\0';
	got = read(fd, b->s + b->n, PIECE);
	if (got <= 0)
		return got < 0 && (errno == EINTR || errno == EAGAIN);
	b->n += (size_t)got;
	b->s[b->n] = '\0';
	return true;
}

/* Reads both to their ends, whichever has something; false if there was more than is wanted. */
static bool
take_both(struct child *c, int out, int err)
{
	struct pollfd fds[2] = { { .fd = out, .events = POLLIN }, { .fd = err, .events = POLLIN } };

	while (fds[0].fd >= 0 || fds[1].fd >= 0) {
		if (poll(fds, 2, -1) < 0)
			continue;
		if (fds[0].fd >= 0 && fds[0].revents != 0) {
			if (!take(out, &c->out))
				fds[0].fd = -1;
			if (c->most != 0 && c->out.n > c->most)
				return false;
		}
		if (fds[1].fd >= 0 && fds[1].revents != 0) {
			if (!take(err, &c->err))
				fds[1].fd = -1;
			if (c->err.n > CHILD_ERR) {
				c->err.n = CHILD_ERR;
				c->err.s[CHILD_ERR] = '\0';
			}
		}
	}
	return true;
}

int
child_run(struct child *c)
{
	int out[2] = { -1, -1 }, err[2] = { -1, -1 }, e = 0, status = 0;
	bool whole;
	pid_t pid;

	buf_clear(&c->out);
	buf_clear(&c->err);
	if (!make_pipe(out) || !make_pipe(err))
		e = errno;
	if (e == 0)
		e = start(c, out[1], err[1], &pid);
	if (e != 0) {
		close_pipe(out);
		close_pipe(err);
		errno = e;
		return CHILD_NOT_RUN;
	}
	close(out[1]);
	close(err[1]);
	out[1] = err[1] = -1;
	whole = take_both(c, out[0], err[0]);
	if (!whole)
		kill(pid, SIGKILL);
	close_pipe(out);
	close_pipe(err);
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return CHILD_KILLED;
	return !whole ? CHILD_TOO_MUCH : WIFEXITED(status) ? WEXITSTATUS(status) : CHILD_KILLED;
}

const char *
child_complaint(struct child *c)
{
	c->err.n = strcspn(c->err.s, "\n");
	if (c->err.n != 0)
		c->err.s[c->err.n] = '\0';
	return c->err.s;
}
