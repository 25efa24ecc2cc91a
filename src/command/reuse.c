/* `wirelint reuse`: which stories share copy.
 *
 * All are read once for their digests; what the index makes a pair of is read again, and held against each other word for word.  Workers take pairs in
 * order, some at a time, and write what came of them when it is their turn: the same bytes at any -j. */
#include "command/reuse.h"

#include "desk/desk.h"
#include "files/progress.h"
#include "lint/pipeline.h"
#include "reuse/reuse_digests.h"
#include "run/run.h"
#include "run/run_files.h"
#include "run/run_options.h"
#include "util/xmalloc.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { AT_A_TIME = 64 };		/* pairs */

struct job {
	const struct options *options;
	enum reuse_form form;
	struct run_files files;
	struct reuse_set set;
	struct archive *archive;	/* NULL: none */
	struct reuse_pair *pairs;
	size_t npairs;
	unsigned part, parts;		/* the pairs of this one of so many ranges */

	pthread_mutex_t lock;
	pthread_cond_t turned;
	size_t next, turn;		/* of the portions: to be taken, to be written */
	size_t found;
	bool failed;			/* nobody reads what follows */
};

/* ---- reading ---- */

static void
govern(void *arg, struct pipeline *p, size_t file)
{
	struct job *j = arg;

	run_files_govern(&j->files, p, file);
}

static bool
is_skip(void *arg, size_t file, const struct finding_list *l)
{
	struct job *j = arg;

	return run_files_is_skip(&j->files, file, l);
}

static int
by_path(const void *p, const void *q)
{
	const struct finding *a = p, *b = q;
	int c = strcmp(a->path != NULL ? a->path : "", b->path != NULL ? b->path : "");

	return c != 0 ? c : a->at.a != b->at.a ? (a->at.a < b->at.a ? -1 : 1) : strcmp(a->message, b->message);
}

/* The files, and how each is read.  false: wrong use, said. */
static bool
inputs(struct job *j)
{
	if (!run_files_take(&j->files, j->options))
		return false;
	j->set.inputs = j->files.walk.inputs;
	j->set.ninputs = j->files.walk.ninputs;
	j->set.govern = govern;
	j->set.is_skip = is_skip;
	j->set.arg = j;
	return true;
}

/* ---- the exact check ---- */

static enum reuse_relation
relation(const struct reuse_story *a, const struct reuse_story *b, const struct reuse_found *f)
{
	const struct overlap *o = f->overlap;
	uint32_t n = f->a->passage.words.n, same = 0;

	for (size_t i = 0; i < o->n && o->v[i].a == o->v[i].b; i++)
		same += o->v[i].n;
	if (same == n && f->b->passage.words.n == n)
		return REUSE_SAME_WORDS;
	if (a->url != 0 && a->url == b->url)
		return REUSE_SAME_ADDRESS;
	return a->site != 0 && a->site == b->site ? REUSE_SAME_HOST : REUSE_APART;
}

/* A file that has changed since is said, once. */
static void
changed(struct job *j, uint32_t story)
{
	const char *path = reuse_set_path(&j->set, story);
	bool said = false;

	pthread_mutex_lock(&j->lock);
	for (size_t i = 0; i < j->files.errors.n; i++)
		said = said || (j->files.errors.v[i].path != NULL && strcmp(j->files.errors.v[i].path, path) == 0);
	if (!said)
		finding_message(&j->files.errors, MSG_INPUT_UNREADABLE, arena_strdup(&j->files.errors.arena, path), "it has changed while it was compared");
	pthread_mutex_unlock(&j->lock);
}

static bool
compare(struct job *j, struct reuse_reader *r, struct overlap *o, const struct reuse_pair *pair, struct reuse_found *f)
{
	reuse_reader_forget(r);
	f->a = reuse_reader_story(r, pair->a);
	f->b = reuse_reader_story(r, pair->b);
	if (f->a == NULL || f->b == NULL) {
		changed(j, f->a == NULL ? pair->a : pair->b);
		return false;
	}
	overlap_find(o, &f->a->passage, &f->a->article.text, &f->b->passage, &f->b->article.text);
	overlap_set_aside(o, &f->a->passage, &f->b->passage, &f->b->article.text, facts_language(f->b->article.lang),
	    reuse_index_is_common, j->set.index);
	f->sum = overlap_sum(o, &f->a->passage, &f->b->passage);
	f->overlap = o;
	f->star = pair->star;
	if (f->sum.tells)
		f->relation = relation(&j->set.stories[pair->a], &j->set.stories[pair->b], f);
	return f->sum.tells;
}

/* Pairs of one portion in `out`; how many held. */
static size_t
portion(struct job *j, struct reuse_reader *r, struct overlap *o, size_t number, struct buf *out)
{
	struct reuse_found f;
	size_t end = (number + 1) * AT_A_TIME, n = 0;

	for (size_t i = number * AT_A_TIME; i < end && i < j->npairs; i++) {
		if (compare(j, r, o, &j->pairs[i], &f))
			reuse_emit_pair(out, j->form, &f, n++ == 0);
		progress_step(j->set.progress);
	}
	return n;
}

static void *
work(void *arg)
{
	struct job *j = arg;
	struct reuse_reader *r = reuse_reader_new(&j->set);
	struct overlap o;
	struct buf out = BUF_INIT;
	size_t portions = (j->npairs + AT_A_TIME - 1) / AT_A_TIME;

	overlap_init(&o);
	for (;;) {
		size_t number, n;

		pthread_mutex_lock(&j->lock);
		number = j->next++;
		pthread_mutex_unlock(&j->lock);
		if (number >= portions)
			break;
		buf_clear(&out);
		n = portion(j, r, &o, number, &out);
		pthread_mutex_lock(&j->lock);
		while (j->turn != number)
			pthread_cond_wait(&j->turned, &j->lock);
		/* whether one is the first of all is known only now: a comma for the newline that is in its place */
		if (n != 0 && j->found != 0 && j->form == REUSE_JSON)
			j->failed = j->failed || putchar(',') == EOF;
		j->failed = j->failed || fwrite(out.s, 1, out.n, stdout) != out.n;
		j->found += n;
		j->turn++;
		if (j->failed)
			j->next = portions;
		pthread_cond_broadcast(&j->turned);
		pthread_mutex_unlock(&j->lock);
	}
	buf_release(&out);
	overlap_release(&o);
	reuse_reader_free(r);
	return NULL;
}

static void
all_pairs(struct job *j)
{
	long most = (long)((j->npairs + AT_A_TIME - 1) / AT_A_TIME), n = j->files.jobs < most ? j->files.jobs : most, started = 0;
	pthread_t *threads = xcalloc((size_t)(n > 0 ? n : 1), sizeof *threads);

	progress_start(j->set.progress, "compared", "pairs", j->npairs);
	for (long k = 1; k < n; k++)
		if (pthread_create(&threads[started], NULL, work, j) == 0)
			started++;
	work(j);
	for (long k = 0; k < started; k++)
		pthread_join(threads[k], NULL);
	free(threads);
}

/* ---- which pairs ---- */

/* Where the range begins: of those that one story has with others, all are in the same. */
static size_t
begin_of(const struct reuse_pair *v, size_t n, unsigned part, unsigned parts)
{
	size_t i = (size_t)((double)n * (part - 1) / parts + 0.5);

	while (i > 0 && i < n && v[i].a == v[i - 1].a)
		i++;
	return i < n ? i : n;
}

/* Two stories of the archive are no news; of the rest, the range that is asked for. */
static void
choose_pairs(struct job *j)
{
	size_t all, n = 0, begin, end;
	const struct reuse_pair *v = reuse_index_pairs(j->set.index, &all);

	j->pairs = xcalloc(all + 1, sizeof *j->pairs);
	for (size_t i = 0; i < all; i++)
		if (v[i].b >= j->set.first)
			j->pairs[n++] = v[i];
	begin = begin_of(j->pairs, n, j->part, j->parts);
	end = begin_of(j->pairs, n, j->part + 1, j->parts);
	memmove(j->pairs, j->pairs + begin, (end - begin) * sizeof *j->pairs);
	j->npairs = end - begin;
}

/* --part=N/M */
static bool
part_of(struct job *j)
{
	const char *s = options_value(j->options, OPT_PART);
	char behind;

	j->part = j->parts = 1;
	if (s == NULL)
		return true;
	if (sscanf(s, "%u/%u%c", &j->part, &j->parts, &behind) == 2 && j->part >= 1 && j->part <= j->parts && j->parts <= 1000000)
		return true;
	options_complain("option '--part' has value '%s', expected a number and of how many, as 3/8", s);
	return false;
}

/* ---- the command ---- */

/* The stories: of lines that `wirelint digest` has made, or of files.  false: said. */
static bool
read_stories(struct job *j)
{
	const struct options *o = j->options;
	const char *archive = options_value(o, OPT_ARCHIVE);
	struct reuse_lines *lines;
	bool ok = true;

	if (!options_has(o, OPT_DIGESTS)) {
		if (!inputs(j))
			return false;
		j->set.progress = progress_new(options_has(o, OPT_QUIET));
		j->set.archive = j->archive = reuse_archive_open(archive, &j->files.errors);
		reuse_set_read(&j->set, j->files.jobs, &j->files.errors);
		reuse_archive_judge(&j->set, archive, &j->files.errors);
		return true;
	}
	if (o->nwords != 0 || archive != NULL || options_has(o, OPT_FILES_FROM)) {
		options_complain("--digests is in place of files, folders and archives");
		return false;
	}
	if (!desks_init(&j->files.desks, o, &j->files.errors))
		return false;
	j->files.jobs = settings_number(&desks_run(&j->files.desks, NULL, 0)->settings, KEY_JOBS, sysconf(_SC_NPROCESSORS_ONLN));
	lines = reuse_lines_new();
	for (size_t i = 0; ok && i < o->ngiven; i++)
		if (o->given[i].id == OPT_DIGESTS)
			ok = reuse_lines_read(lines, o->given[i].value);
	ok = ok && reuse_lines_finish(lines, &j->set);
	reuse_lines_free(lines);
	if (ok)
		j->set.progress = progress_new(options_has(o, OPT_QUIET));
	return ok;
}

static void
put(struct job *j, struct buf *out)
{
	j->failed = j->failed || fwrite(out->s, 1, out->n, stdout) != out->n;
	buf_clear(out);
}

static void
summary(const struct job *j)
{
	size_t skipped = j->files.walk.skips.n + j->set.skips.n, stories = j->set.nstories - j->set.first;

	fprintf(stderr, "wirelint: %zu %s among %zu %s in %zu %s", j->found, j->found == 1 ? "pair" : "pairs", stories,
	    stories == 1 ? "story" : "stories", j->set.files, j->set.files == 1 ? "file" : "files");
	if (j->archive != NULL)
		fputs(", or with the archive's", stderr);
	if (j->parts > 1)
		fprintf(stderr, ", in part %u of %u", j->part, j->parts);
	if (j->files.errors.n != 0)
		fprintf(stderr, "; %zu not read in full", j->files.errors.n);
	if (skipped != 0)
		fprintf(stderr, "; %zu skipped", skipped);
	fputc('\n', stderr);
}

static int
reuse(struct job *j)
{
	struct buf out = BUF_INIT;
	bool quiet = options_has(j->options, OPT_QUIET);

	if (!part_of(j) || !read_stories(j))
		return 2;
	choose_pairs(j);
	reuse_emit_begin(&out, j->form);
	put(j, &out);
	all_pairs(j);
	reuse_emit_end(&out, j->form, j->set.nstories - j->set.first, j->set.files, j->found);
	put(j, &out);
	progress_free(j->set.progress);
	if (j->files.errors.n > 1)
		qsort(j->files.errors.v, j->files.errors.n, sizeof *j->files.errors.v, by_path);
	run_print_errors(&j->files.errors);
	if (!quiet)
		summary(j);
	buf_release(&out);
	if (fflush(stdout) != 0 || j->failed) {
		options_complain("cannot write standard output");
		return 2;
	}
	return j->files.errors.n != 0 ? 2 : j->found != 0 ? 1 : 0;
}

static bool
form_of(const struct options *o, enum reuse_form *form)
{
	static const char *const names[] = { "text", "tsv", "json" };
	const char *name = options_value(o, OPT_FORMAT);

	*form = REUSE_TEXT;
	for (int i = 0; i < 3; i++)
		if (name == NULL || strcmp(name, names[i]) == 0) {
			*form = (enum reuse_form)i;
			return true;
		}
	options_complain("unknown output form '%s', expected text, tsv or json", name);
	return false;
}

int
reuse_command(const struct options *o)
{
	struct job j;
	int status;

	memset(&j, 0, sizeof j);
	j.options = o;
	if (!form_of(o, &j.form))
		return 2;
	pthread_mutex_init(&j.lock, NULL);
	pthread_cond_init(&j.turned, NULL);
	run_files_init(&j.files);
	reuse_set_init(&j.set);
	signal(SIGPIPE, SIG_IGN);
	status = reuse(&j);
	reuse_set_release(&j.set);
	archive_close(j.archive);
	free(j.pairs);
	run_files_release(&j.files);
	pthread_cond_destroy(&j.turned);
	pthread_mutex_destroy(&j.lock);
	return status;
}
