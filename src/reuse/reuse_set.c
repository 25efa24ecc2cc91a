/* The stories of many files, each by its digest. */
#include "reuse/reuse_set.h"

#include "analysis/digest.h"
#include "lint/pipeline.h"
#include "reuse/reuse_digests.h"
#include "util/hash.h"
#include "util/xmalloc.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Digests of a worker, one behind the other, in the order of its files. */
struct digested { uint32_t file, item; size_t at, n; };

struct reading {
	struct reuse_set *set;
	pthread_mutex_t lock;
	size_t next;			/* file */
	struct finding_list *errors;
};

struct reader_worker {
	struct reading *reading;
	struct analysis analysis;
	struct passage passage;
	struct digest digest;
	struct digested *v;
	size_t n, cap;
	struct buf bytes;
	uint32_t file, items;
	pthread_t thread;
	bool started;
};

void
reuse_set_init(struct reuse_set *s)
{
	memset(s, 0, sizeof *s);
	s->spool = -1;
}

void
reuse_set_release(struct reuse_set *s)
{
	free(s->stories);
	reuse_index_free(s->index);
	skips_release(&s->skips);
	for (size_t i = 0; s->kept != NULL && i < s->ninputs; i++)
		free(s->kept[i].s);
	free(s->kept);
	for (size_t i = 0; i < s->nextras; i++) {
		free(s->extras[i].path);
		free(s->extras[i].stored);
	}
	free(s->extras);
	free(s->query.v);
	free(s->looked.v);
	if (s->spool >= 0)
		close(s->spool);
	reuse_set_init(s);
}

static void
take_story(struct pipeline *p, void *arg)
{
	struct reader_worker *w = arg;
	struct digested *d = &XPUSH(w->v, w->n, w->cap);

	if (p->raw) {
		passage_take_raw(&w->passage, &p->article);
	} else {
		analysis_start(&w->analysis, &p->article);
		passage_take(&w->passage, &w->analysis);
	}
	digest_take(&w->digest, &p->article, &w->passage);
	*d = (struct digested){ w->file, w->items++, w->bytes.n, 0 };
	digest_encode(&w->digest, &w->bytes);
	d->n = w->bytes.n - d->at;
}

static bool
is_regular(const char *path)
{
	struct stat st;

	return strcmp(path, "-") != 0 && stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

/* Of what the file's findings say, all that is no skip. */
static void
settle(struct reader_worker *w, size_t file, struct pipeline *p, const struct finding_list *l)
{
	struct reading *r = w->reading;
	struct reuse_set *s = r->set;

	pthread_mutex_lock(&r->lock);
	s->files += p->articles != 0;
	if (s->is_skip != NULL && s->is_skip(s->arg, file, l))
		skips_add(&s->skips, s->inputs[file].path, NULL, p->skip_why);
	else if (s->is_skip != NULL) {
		skips_move(&s->skips, &p->skips);
		for (size_t i = 0; i < l->n; i++) {
			struct finding *f;

			if (!l->v[i].fatal && l->v[i].severity != SEV_ERROR)
				continue;
			f = finding_add(r->errors);
			*f = l->v[i];
			f->path = f->path != NULL ? arena_strdup(&r->errors->arena, f->path) : NULL;
			f->item = f->item != NULL ? arena_strdup(&r->errors->arena, f->item) : NULL;
			f->message = arena_strdup(&r->errors->arena, f->message);
			f->notes = NULL;
			f->fixes = NULL;
			f->nnotes = f->nfixes = 0;
		}
	}
	pthread_mutex_unlock(&r->lock);
}

static void
read_one(struct reader_worker *w, struct pipeline *p, size_t file, struct finding_list *l)
{
	struct reuse_set *s = w->reading->set;
	const char *path = s->inputs[file].path;
	bool once = !is_regular(path);

	w->file = (uint32_t)file;
	w->items = 0;
	if (once && s->is_skip == NULL)
		return;
	finding_list_reset(l);
	s->govern(s->arg, p, file);
	pipeline_path(p, path, strcmp(path, "-") == 0 ? "<stdin>" : NULL, l);
	if (once && p->source.raw_len != 0 && p->articles != 0) {
		s->kept[file].s = xstrndup(p->source.raw, p->source.raw_len);
		s->kept[file].n = p->source.raw_len;
	}
	settle(w, file, p, l);
}

static void *
read_files(void *arg)
{
	struct reader_worker *w = arg;
	struct reading *r = w->reading;
	struct finding_list l;
	struct pipeline p;

	pipeline_init(&p);
	finding_list_init(&l);
	p.raw = r->set->raw;
	p.each = take_story;
	p.arg = w;
	for (;;) {
		size_t i;

		pthread_mutex_lock(&r->lock);
		i = r->next++;
		pthread_mutex_unlock(&r->lock);
		if (i >= r->set->ninputs)
			break;
		read_one(w, &p, i, &l);
		progress_step(r->set->progress);
	}
	finding_list_release(&l);
	pipeline_release(&p);
	return NULL;
}

/* The next of all workers' digests in the order of files: each worker's are in that order already. */
static struct reader_worker *
next_worker(struct reader_worker *w, long jobs, const size_t *at)
{
	struct reader_worker *best = NULL;

	for (long k = 0; k < jobs; k++)
		if (at[k] < w[k].n && (best == NULL || w[k].v[at[k]].file < best->v[at[best - w]].file))
			best = &w[k];
	return best;
}

void
reuse_set_empty(struct reuse_set *s)
{
	s->index = reuse_index_new();
	if (s->kept == NULL)
		s->kept = xcalloc(s->ninputs + 1, sizeof *s->kept);
}

void
reuse_set_story(struct reuse_set *s, uint32_t file, uint32_t item, const struct digest *d, size_t ndigest)
{
	struct reuse_story *t;
	size_t n;
	const char *host = digest_host(d->url, &n);

	if (!reuse_index_add(s->index, d))
		return;
	t = &XPUSH(s->stories, s->nstories, s->capstories);
	*t = (struct reuse_story){ file, item, 0, 0, d->whole };
	if (*d->url != '\0')
		t->url = (uint32_t)hash_bytes(d->url, strlen(d->url), HASH_INIT) | 1;
	if (n != 0)
		t->site = (uint32_t)hash_bytes(host, n, HASH_INIT) | 1;
	s->digests += ndigest;
}

const char *
reuse_set_path(const struct reuse_set *s, uint32_t story)
{
	size_t file = s->stories[story].file;

	return file < s->ninputs ? s->inputs[file].path : s->extras[file - s->ninputs].path;
}

/* The archive's stories come before those of the files. */
static void
gather_archive(struct reuse_set *s, struct reader_worker *w, long jobs, struct digest *d)
{
	const char *why;
	bool ok = true;

	for (long k = 0; ok && k < jobs; k++)
		for (size_t i = 0; ok && i < w[k].n; i++)
			if (digest_decode(d, w[k].bytes.s + w[k].v[i].at, w[k].v[i].n, &why))
				ok = reuse_archive_look(s, d);
	s->archive_failed = !ok || !reuse_archive_add(s);
}

static void
gather(struct reuse_set *s, struct reader_worker *w, long jobs)
{
	size_t *at = xcalloc((size_t)jobs, sizeof *at);
	struct reader_worker *next;
	struct digest d;
	const char *why;

	digest_init(&d);
	if (s->archive != NULL)
		gather_archive(s, w, jobs, &d);
	while ((next = next_worker(w, jobs, at)) != NULL) {
		const struct digested *g = &next->v[at[next - w]++];

		if (digest_decode(&d, next->bytes.s + g->at, g->n, &why))
			reuse_set_story(s, g->file, g->item, &d, g->n);
	}
	digest_release(&d);
	free(at);
}

void
reuse_set_read(struct reuse_set *s, long jobs, struct finding_list *errors)
{
	struct reading r = { .set = s, .errors = errors };
	struct reader_worker *w;

	if ((size_t)jobs > s->ninputs)
		jobs = (long)s->ninputs;
	jobs = jobs < 1 ? 1 : jobs;
	w = xcalloc((size_t)jobs, sizeof *w);
	reuse_set_empty(s);
	pthread_mutex_init(&r.lock, NULL);
	progress_start(s->progress, "read", "files", s->ninputs);
	for (long k = 0; k < jobs; k++) {
		w[k].reading = &r;
		analysis_init(&w[k].analysis);
		passage_init(&w[k].passage);
		digest_init(&w[k].digest);
		buf_init(&w[k].bytes);
		w[k].started = k + 1 < jobs && pthread_create(&w[k].thread, NULL, read_files, &w[k]) == 0;
	}
	read_files(&w[jobs - 1]);
	for (long k = 0; k < jobs; k++)
		if (w[k].started)
			pthread_join(w[k].thread, NULL);
	gather(s, w, jobs);
	for (long k = 0; k < jobs; k++) {
		analysis_release(&w[k].analysis);
		passage_release(&w[k].passage);
		digest_release(&w[k].digest);
		buf_release(&w[k].bytes);
		free(w[k].v);
	}
	free(w);
	pthread_mutex_destroy(&r.lock);
	reuse_index_finish(s->index);
}

bool
reuse_set_find(const struct reuse_set *s, size_t file, uint32_t item, uint32_t *story)
{
	size_t lo = s->first, hi = s->nstories;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (s->stories[mid].file < file || (s->stories[mid].file == file && s->stories[mid].item < item))
			lo = mid + 1;
		else
			hi = mid;
	}
	*story = (uint32_t)lo;
	return lo < s->nstories && s->stories[lo].file == file && s->stories[lo].item == item;
}
