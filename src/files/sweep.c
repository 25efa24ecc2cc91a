/* Temporary files that an interrupted run must not leave. */
#include "files/sweep.h"

#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <unistd.h>

enum { MOST = 24 };

/* A handler may look at lock-free atomics only; so this is the one mutable table that the program has for itself. */
static const char *_Atomic paths[MOST];

static void
sweep(int sig)
{
	int i;

	for (i = 0; i < MOST; i++) {
		const char *path = atomic_load(&paths[i]);

		if (path != NULL && unlink(path) != 0)
			rmdir(path);
	}
	signal(sig, SIG_DFL);
	raise(sig);
}

static void
listen_to(int sig)
{
	struct sigaction act;

	/* what nohup or a shell has switched off stays off */
	if (sigaction(sig, NULL, &act) == 0 && act.sa_handler == SIG_DFL)
		signal(sig, sweep);
}

void
sweep_add(const char *path)
{
	int i;

	listen_to(SIGINT);
	listen_to(SIGTERM);
	listen_to(SIGHUP);
	for (i = 0; i < MOST; i++)
		if (atomic_load(&paths[i]) == NULL) {
			atomic_store(&paths[i], path);
			return;
		}
}

void
sweep_remove(const char *path)
{
	int i;

	for (i = 0; i < MOST; i++)
		if (atomic_load(&paths[i]) == path)
			atomic_store(&paths[i], NULL);
}
