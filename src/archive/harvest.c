/* Files read by several threads for what is kept of their stories.
 *
 * Workers take files in order and are never more than AHEAD of the one that is handed over next, so that memory holds little whatever the number of files. */
#include "archive/harvest.h"

#include "analysis/digest.h"
#include "analysis/passage.h"
#include "desk/desk.h"
#include "files/progress.h"
#include "lint/pipeline.h"
#include "run/run.h"
#include "run/run_files.h"
#include "stored.h"
#include "util/xmalloc.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { AHEAD = 256 };

/* What one file came to: offsets, since the bytes move while they grow. */
struct extent_of { size_t digest, ndigest, stored, nstored; };
struct yield {
	struct buf bytes;
	struct extent_of *v;
	size_t n, cap;
	struct finding_list errors;
	bool skipped, done;
};

struct job {
	struct harvest *harvest;
	const struct options *options;
	struct run_files files;
	struct progress *progress;
	struct yield *ring;

	pthread_mutex_t lock;
	pthread_cond_t changed;
	size_t next, delivered;
	bool stop;
};

struct harvester {
	struct job *job;
	struct yield *yield;
	struct analysis analysis;
	struct passage passage;
	struct digest digest;
};

static void
take_story(struct pipeline *p, void *arg)
{
	struct harvester *w = arg;
	struct yield *y = w->yield;
	struct extent_of e = { .digest = y->bytes.n };

	analysis_start(&w->analysis, &p->article);
	passage_take(&w->passage, &w->analysis);
	digest_take(&w->digest, &p->article, &w->passage);
	digest_encode(&w->digest, &y->bytes);
	e.ndigest = y->bytes.n - e.digest;
	e.stored = y->bytes.n;
	stored_encode(&p->article, (uint32_t)y->n, &y->bytes);
	e.nstored = y->bytes.n - e.stored;
	XPUSH(y->v, y->n, y->cap) = e;
}

static void
read_one(struct harvester *w, struct pipeline *p, size_t number, struct finding_list *l)
{
	struct job *j = w->job;
	const struct input *in = &j->files.walk.inputs[number];
	const char *as = options_value(j->options, OPT_STDIN_FILENAME);
	struct yield *y = w->yield;

	buf_clear(&y->bytes);
	y->n = 0;
	finding_list_reset(l);
	finding_list_reset(&y->errors);
	run_files_govern(&j->files, p, number);
	pipeline_path(p, in->path, strcmp(in->path, "-") != 0 ? NULL : as != NULL ? as : "<stdin>", l);
	y->skipped = run_files_is_skip(&j->files, number, l);
	for (size_t i = 0; !y->skipped && i < l->n; i++)
		if (l->v[i].fatal || l->v[i].severity == SEV_ERROR) {
			struct finding *f = finding_add(&y->errors);

			*f = (struct finding){ .rule = l->v[i].rule, .severity = l->v[i].severity, .fatal = l->v[i].fatal };
			f->path = l->v[i].path != NULL ? arena_strdup(&y->errors.arena, l->v[i].path) : NULL;
			f->message = arena_strdup(&y->errors.arena, l->v[i].message);
		}
}

static void *
work(void *arg)
{
	struct harvester w = { .job = arg };
	struct job *j = arg;
	struct finding_list l;
	struct pipeline p;

	pipeline_init(&p);
	finding_list_init(&l);
	analysis_init(&w.analysis);
	passage_init(&w.passage);
	digest_init(&w.digest);
	p.each = take_story;
	p.arg = &w;
	for (;;) {
		size_t i;

		pthread_mutex_lock(&j->lock);
		while (!j->stop && j->next < j->files.walk.ninputs && j->next >= j->delivered + AHEAD)
			pthread_cond_wait(&j->changed, &j->lock);
		i = j->next++;
		if (j->stop || i >= j->files.walk.ninputs) {
			pthread_mutex_unlock(&j->lock);
			break;
		}
		pthread_mutex_unlock(&j->lock);
		w.yield = &j->ring[i % AHEAD];
		read_one(&w, &p, i, &l);
		pthread_mutex_lock(&j->lock);
		w.yield->done = true;
		pthread_cond_broadcast(&j->changed);
		pthread_mutex_unlock(&j->lock);
	}
	digest_release(&w.digest);
	passage_release(&w.passage);
	analysis_release(&w.analysis);
	finding_list_release(&l);
	pipeline_release(&p);
	return NULL;
}

/* ---- handing over ---- */

static bool
hand_over(struct job *j, size_t number)
{
	struct yield *y = &j->ring[number % AHEAD];
	struct harvested *v = xcalloc(y->n + 1, sizeof *v);
	const char *path = j->files.walk.inputs[number].path, *as = options_value(j->options, OPT_STDIN_FILENAME);
	bool ok;

	if (strcmp(path, "-") == 0)
		path = as != NULL ? as : "<stdin>";
	for (size_t i = 0; i < y->n; i++)
		v[i] = (struct harvested){ y->bytes.s + y->v[i].digest, y->bytes.s + y->v[i].stored, y->v[i].ndigest, y->v[i].nstored };
	for (size_t i = 0; i < y->errors.n; i++) {
		struct finding *f = finding_add(&j->files.errors);

		*f = y->errors.v[i];
		f->path = f->path != NULL ? arena_strdup(&j->files.errors.arena, f->path) : NULL;
		f->message = arena_strdup(&j->files.errors.arena, f->message);
	}
	j->harvest->stories += y->n;
	j->harvest->files += y->n != 0;
	j->harvest->skipped += y->skipped;
	ok = y->n == 0 || j->harvest->file(j->harvest->arg, path, v, y->n);
	free(v);
	return ok;
}

static void
all_files(struct job *j)
{
	pthread_t *threads = xcalloc((size_t)j->files.jobs, sizeof *threads);
	long started = 0;
	bool ok = true;

	for (long k = 0; k < j->files.jobs; k++)
		if (pthread_create(&threads[started], NULL, work, j) == 0)
			started++;
	if (started == 0) {
		options_complain("cannot start a thread");
		ok = false;
	}
	for (size_t i = 0; ok && i < j->files.walk.ninputs; i++) {
		struct yield *y = &j->ring[i % AHEAD];

		pthread_mutex_lock(&j->lock);
		while (!y->done)
			pthread_cond_wait(&j->changed, &j->lock);
		pthread_mutex_unlock(&j->lock);
		ok = hand_over(j, i);
		progress_step(j->progress);
		pthread_mutex_lock(&j->lock);
		y->done = false;
		j->delivered = i + 1;
		j->stop = !ok;
		pthread_cond_broadcast(&j->changed);
		pthread_mutex_unlock(&j->lock);
	}
	for (long k = 0; k < started; k++)
		pthread_join(threads[k], NULL);
	j->harvest->stopped = !ok;
	free(threads);
}

bool
harvest_run(struct harvest *h, const struct options *o)
{
	struct job j = { .harvest = h, .options = o };
	bool ok;

	pthread_mutex_init(&j.lock, NULL);
	pthread_cond_init(&j.changed, NULL);
	run_files_init(&j.files);
	ok = run_files_take(&j.files, o);
	if (ok) {
		j.ring = xcalloc(AHEAD, sizeof *j.ring);
		for (size_t i = 0; i < AHEAD; i++)
			finding_list_init(&j.ring[i].errors);
		j.progress = progress_new(options_has(o, OPT_QUIET));
		progress_start(j.progress, "read", "files", j.files.walk.ninputs);
		all_files(&j);
		progress_free(j.progress);
		h->skipped += j.files.walk.skips.n;
		h->errors = j.files.errors.n;
		run_print_errors(&j.files.errors);
		for (size_t i = 0; i < AHEAD; i++) {
			buf_release(&j.ring[i].bytes);
			free(j.ring[i].v);
			finding_list_release(&j.ring[i].errors);
		}
	}
	free(j.ring);
	run_files_release(&j.files);
	pthread_cond_destroy(&j.changed);
	pthread_mutex_destroy(&j.lock);
	return ok;
}

void
harvest_end_line(const struct harvest *h)
{
	if (h->errors != 0)
		fprintf(stderr, "; %zu not read in full", h->errors);
	if (h->skipped != 0)
		fprintf(stderr, "; %zu skipped", h->skipped);
	fputc('\n', stderr);
}
