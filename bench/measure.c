/* measure IN OUT COMMAND...: runs a command with standard input from IN and standard output to OUT (its errors to OUT.err) and
 * prints what it took, of the command and of what it waited for:
 *
 *	microseconds of the processor (user and system), of the clock, peak of memory in kilobytes, exit status
 *
 * A program of its own, because the peak of a process begins with that of the one which made it: this one is small.  A command
 * that takes more than ten minutes of the processor is ended (status 128 and the signal). */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { LIMIT = 600 };		/* seconds of the processor */

static void
redirect(const char *name, int flags, int to)
{
	int fd = open(name, flags, 0666);

	if (fd < 0 || dup2(fd, to) < 0) {
		perror(name);
		_exit(127);
	}
	close(fd);
}

static void
run(char **argv)
{
	struct rlimit limit = { LIMIT, LIMIT };
	char errors[4096];

	setrlimit(RLIMIT_CPU, &limit);
	redirect(argv[1], O_RDONLY, 0);
	redirect(argv[2], O_WRONLY | O_CREAT | O_TRUNC, 1);
	snprintf(errors, sizeof errors, "%s.err", argv[2]);
	redirect(errors, O_WRONLY | O_CREAT | O_TRUNC, 2);
	execvp(argv[3], argv + 3);
	perror(argv[3]);
	_exit(127);
}

static long long
micro(long seconds, long rest)
{
	return seconds * 1000000LL + rest;
}

int
main(int argc, char **argv)
{
	struct rusage used;
	struct timespec from, to;
	int status;
	pid_t pid;

	if (argc < 4) {
		fputs("usage: measure IN OUT COMMAND...\n", stderr);
		return 2;
	}
	clock_gettime(CLOCK_MONOTONIC, &from);
	pid = fork();
	if (pid == 0)
		run(argv);
	if (pid < 0 || wait4(pid, &status, 0, &used) != pid) {
		perror("measure");
		return 2;
	}
	clock_gettime(CLOCK_MONOTONIC, &to);
	printf("%lld %lld %ld %d\n",
	    micro(used.ru_utime.tv_sec + used.ru_stime.tv_sec, used.ru_utime.tv_usec + used.ru_stime.tv_usec),
	    micro(to.tv_sec - from.tv_sec, (to.tv_nsec - from.tv_nsec) / 1000), used.ru_maxrss,
	    WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
	return 0;
}
