/* How far a run is, on a terminal. */
#include "files/progress.h"

#include "util/clock.h"
#include "util/xmalloc.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct progress {
	pthread_mutex_t lock;
	const char *verb, *things;
	size_t done, total;
	double began, shown;
	bool on_screen;
};

struct progress *
progress_new(bool quiet)
{
	struct progress *p;

	if (quiet || !isatty(STDERR_FILENO))
		return NULL;
	p = xcalloc(1, sizeof *p);
	pthread_mutex_init(&p->lock, NULL);
	return p;
}

void
progress_start(struct progress *p, const char *verb, const char *things, size_t total)
{
	if (p == NULL)
		return;
	pthread_mutex_lock(&p->lock);
	p->verb = verb;
	p->things = things;
	p->total = total;
	p->done = 0;
	p->began = clock_seconds();
	pthread_mutex_unlock(&p->lock);
}

/* Under the lock. */
static void
show(struct progress *p, double at)
{
	double rate = (double)p->done / (at - p->began);

	fprintf(stderr, "\r\033[Kwirelint: %s %zu of %zu %s (%zu %%), %.0f a second, %.0f s left", p->verb, p->done, p->total, p->things,
	    p->done * 100 / p->total, rate, (double)(p->total - p->done) / rate);
	fflush(stderr);
	p->on_screen = true;
}

void
progress_step(struct progress *p)
{
	double at;

	if (p == NULL)
		return;
	pthread_mutex_lock(&p->lock);
	p->done++;
	at = clock_seconds();
	if (at - p->began >= 1 && at - p->shown >= 0.2 && p->done <= p->total) {
		p->shown = at;
		show(p, at);
	}
	pthread_mutex_unlock(&p->lock);
}

void
progress_free(struct progress *p)
{
	if (p == NULL)
		return;
	if (p->on_screen)
		fputs("\r\033[K", stderr);
	pthread_mutex_destroy(&p->lock);
	free(p);
}
