/* `wirelint check`.
 *
 * Workers take files in order and make each file's output into buffers of its own, one a sink; the main thread writes them in
 * the order of the files.  So the bytes out are the same at any -j, and memory holds only what is ahead of the slowest file,
 * at most AHEAD files. */
#include "run.h"

#include "emitter.h"
#include "pipeline.h"
#include "run_options.h"
#include "sink.h"
#include "summary.h"
#include "util/xmalloc.h"
#include "walk.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { AHEAD = 256, MAX_JOBS = 256, MAX_SINKS = 16 };

/* What one file came to. */
struct outcome {
	struct buf *out;		/* one a sink */
	struct tally tally;
	struct skips skips;		/* the file, or items of it */
	struct choices choices;		/* profiles that its articles added */
	bool done;
};

struct run {
	const struct options *options;
	struct policy policy;
	struct rule_set set;
	struct finding_list errors;	/* of rules and inputs: before all files */
	struct walk walk;
	struct matcher *matcher;
	struct sinks sinks;
	struct tally total;
	struct choices choices;		/* in the order of the files */
	bool skip_unknown;

	pthread_mutex_t lock;
	pthread_cond_t changed;
	size_t next, written;		/* next file to take, files written; under the lock */
	bool stop;			/* output failed: nobody reads what follows */
	struct outcome *ring;		/* AHEAD of them */
};

/* ---- work ---- */

/* A file that is no article, met in a folder or allowed by --skip-unknown: counted, not an error.  A story that is there but
 * empty, or that cannot be opened, stays one. */
static bool
is_skip(const struct run *run, const struct input *in, const struct finding_list *l)
{
	if (l->n != 1 || !l->v[0].fatal)
		return false;
	if (strcmp(l->v[0].rule, messages[MSG_INPUT_BINARY].name) != 0
	    && strcmp(l->v[0].rule, messages[MSG_INPUT_NO_ARTICLE].name) != 0)
		return in->named && run->skip_unknown && strcmp(l->v[0].rule, messages[MSG_INPUT_EMPTY].name) == 0;
	return !in->named || run->skip_unknown;
}

static void
one_file(struct run *run, struct pipeline *p, struct finding_list *l, const struct input *in, struct outcome *o)
{
	const char *show_as = NULL;
	size_t i;

	if (strcmp(in->path, "-") == 0) {
		show_as = options_value(run->options, OPT_STDIN_FILENAME);
		if (show_as == NULL)
			show_as = "<stdin>";
	}
	finding_list_reset(l);
	pipeline_path(p, in->path, show_as, l);
	choices_move(&o->choices, lint_choices(p->lint));
	tally_reset(&o->tally);
	if (is_skip(run, in, l)) {
		skips_add(&o->skips, in->path, NULL, p->skip_why);
		return;
	}
	skips_move(&o->skips, &p->skips);
	tally_file(&o->tally, l, p->articles);
	for (i = 0; i < run->sinks.n; i++)
		run->sinks.v[i].emitter->file(&o->out[i], &run->sinks.v[i].options, &p->source, l);
}

/* The next file to work on; false when there is none left. */
static bool
take(struct run *run, size_t *i)
{
	bool any;

	pthread_mutex_lock(&run->lock);
	while (!run->stop && run->next < run->walk.ninputs && run->next >= run->written + AHEAD)
		pthread_cond_wait(&run->changed, &run->lock);
	any = !run->stop && run->next < run->walk.ninputs;
	if (any)
		*i = run->next++;
	pthread_mutex_unlock(&run->lock);
	return any;
}

static void
start_pipeline(struct run *run, struct pipeline *p, struct finding_list *l)
{
	pipeline_init(p);
	finding_list_init(l);
	run_input_options(p, run->options);
	if (p->lang == NULL)
		p->lang = p->encoding.lang = policy_lang(&run->policy);		/* of a locale's profile */
	p->rules = &run->set;
	p->lint = lint_new(&run->policy, run->matcher);
}

static void
end_pipeline(struct pipeline *p, struct finding_list *l)
{
	lint_free(p->lint);
	pipeline_release(p);
	finding_list_release(l);
}

static void *
worker(void *arg)
{
	struct run *run = arg;
	struct pipeline p;
	struct finding_list l;
	size_t i;

	start_pipeline(run, &p, &l);
	while (take(run, &i)) {
		struct outcome *o = &run->ring[i % AHEAD];

		one_file(run, &p, &l, &run->walk.inputs[i], o);
		pthread_mutex_lock(&run->lock);
		o->done = true;
		pthread_cond_broadcast(&run->changed);
		pthread_mutex_unlock(&run->lock);
	}
	end_pipeline(&p, &l);
	return NULL;
}

/* Writes what a file came to; false when an output failed. */
static bool
deliver(struct run *run, struct outcome *o)
{
	size_t k;
	bool ok = true;

	skips_move(&run->walk.skips, &o->skips);
	choices_move(&run->choices, &o->choices);
	tally_add(&run->total, &o->tally);
	for (k = 0; k < run->sinks.n; k++) {
		ok = sink_write(&run->sinks.v[k], o->out[k].s, o->out[k].n) && ok;
		buf_clear(&o->out[k]);
	}
	o->done = false;
	return ok;
}

static bool
alone(struct run *run)
{
	struct pipeline p;
	struct finding_list l;
	size_t i;
	bool ok = true;

	start_pipeline(run, &p, &l);
	for (i = 0; ok && i < run->walk.ninputs; i++) {
		one_file(run, &p, &l, &run->walk.inputs[i], &run->ring[0]);
		ok = deliver(run, &run->ring[0]);
	}
	end_pipeline(&p, &l);
	return ok;
}

static bool
with_threads(struct run *run, long jobs)
{
	pthread_t *threads = xcalloc((size_t)jobs, sizeof *threads);
	size_t i;
	long k, started = 0;
	bool ok = true;

	for (k = 0; k < jobs; k++)
		if (pthread_create(&threads[started], NULL, worker, run) == 0)
			started++;
	if (started == 0) {
		free(threads);
		return alone(run);
	}
	for (i = 0; ok && i < run->walk.ninputs; i++) {
		struct outcome *o = &run->ring[i % AHEAD];

		pthread_mutex_lock(&run->lock);
		while (!o->done)
			pthread_cond_wait(&run->changed, &run->lock);
		pthread_mutex_unlock(&run->lock);
		ok = deliver(run, o);
		pthread_mutex_lock(&run->lock);
		run->written = i + 1;
		run->stop = !ok;
		pthread_cond_broadcast(&run->changed);
		pthread_mutex_unlock(&run->lock);
	}
	for (k = 0; k < started; k++)
		pthread_join(threads[k], NULL);
	free(threads);
	return ok;
}

/* What stands before all files: mistakes in rules, inputs that are not there. */
static bool
first_errors(struct run *run)
{
	struct buf out = BUF_INIT;
	size_t k;
	bool ok = true;

	if (run->errors.n == 0)
		return true;
	finding_list_sort(&run->errors);
	tally_file(&run->total, &run->errors, 0);
	run->total.t.files = run->total.t.files_with_findings = 0;
	for (k = 0; k < run->sinks.n; k++) {
		buf_clear(&out);
		run_emit_errors(run->sinks.v[k].emitter, &out, &run->sinks.v[k].options, &run->errors);
		ok = sink_write(&run->sinks.v[k], out.s, out.n) && ok;
	}
	buf_release(&out);
	return ok;
}

static bool
everything(struct run *run, long jobs)
{
	size_t i, k, slots;
	bool ok = sinks_begin(&run->sinks);

	ok = ok && first_errors(run);
	if (!ok || run->walk.ninputs == 0)
		return ok;
	if ((size_t)jobs > run->walk.ninputs)
		jobs = (long)run->walk.ninputs;
	slots = jobs > 1 ? AHEAD : 1;
	run->ring = xcalloc(slots, sizeof *run->ring);
	for (i = 0; i < slots; i++) {
		run->ring[i].out = xcalloc(run->sinks.n, sizeof *run->ring[i].out);
		tally_init(&run->ring[i].tally);
		for (k = 0; k < run->sinks.n; k++)
			buf_init(&run->ring[i].out[k]);
	}
	ok = jobs > 1 ? with_threads(run, jobs) : alone(run);
	for (i = 0; i < slots; i++) {
		for (k = 0; k < run->sinks.n; k++)
			buf_release(&run->ring[i].out[k]);
		tally_release(&run->ring[i].tally);
		skips_release(&run->ring[i].skips);
		choices_release(&run->ring[i].choices);
		free(run->ring[i].out);
	}
	free(run->ring);
	return ok;
}

/* How the run ended, for the exit status and the machine forms. */
static int
verdict(struct run *run, long max_warnings)
{
	struct totals *t = &run->total.t;
	enum severity s;

	for (s = SEV_NOTE; s <= SEV_ERROR; s++)
		if (run->policy.fail_on != SEV_OFF && s >= run->policy.fail_on && t->findings[s] != 0)
			t->failed = true;
	/* --max-warnings: so many warnings are let pass, errors are not */
	if (max_warnings >= 0 && run->policy.fail_on != SEV_OFF)
		t->failed = t->findings[SEV_ERROR] != 0 || t->findings[SEV_WARNING] > (size_t)max_warnings;
	t->failed = t->failed || t->fatal != 0;
	return t->fatal != 0 ? 2 : t->failed ? 1 : 0;
}

static int
check(struct run *run)
{
	const struct options *o = run->options;
	const char *v, *scan = options_value(o, OPT_DEBUG_SCAN);
	long jobs = sysconf(_SC_NPROCESSORS_ONLN), max_warnings = -1;
	struct pipeline probe;
	int status, mode = MATCH_TRIGGERED;
	bool ok;

	memset(&probe, 0, sizeof probe);
	if (!run_input_options(&probe, o) || !run_sink_options(&run->sinks, o))
		return 2;
	if ((v = options_value(o, OPT_JOBS)) != NULL && !run_number("jobs", v, 1, MAX_JOBS, &jobs))
		return 2;
	if ((v = options_value(o, OPT_MAX_WARNINGS)) != NULL && !run_number("max-warnings", v, 0, 1000000000, &max_warnings))
		return 2;
	if (scan != NULL && strcmp(scan, "plain") == 0)
		mode |= MATCH_PLAIN;
	if (options_has(o, OPT_DEBUG_NO_JIT))
		mode |= MATCH_NO_JIT;
	run->skip_unknown = options_has(o, OPT_SKIP_UNKNOWN);

	run_load_rules(&run->set, o, &run->errors);
	policy_init(&run->policy, &run->set);
	if (!run_policy_options(&run->policy, o)) {
		run_print_errors(&run->errors);		/* a rule is unknown, perhaps, because its file is broken */
		return 2;
	}
	if (!run_inputs(&run->walk, o, &run->errors))
		return 2;
	run->matcher = matcher_new(&run->policy, mode);
	ok = everything(run, jobs < 1 ? 1 : jobs);
	status = verdict(run, max_warnings);
	summary_skips(&run->total.t, &run->walk);
	ok = sinks_end(&run->sinks, ok, &run->total.t) && ok;
	matcher_free(run->matcher);
	if (!ok)
		return 2;
	if (options_has(o, OPT_STATISTICS))
		summary_statistics(&run->total);
	if (!options_has(o, OPT_QUIET)) {
		summary_choices(&run->choices, options_has(o, OPT_VERBOSE));
		summary_line(&run->total.t, &run->policy, options_has(o, OPT_VERBOSE));
	}
	return status;
}

int
run_check(const struct options *o)
{
	struct run run;
	int status;

	memset(&run, 0, sizeof run);
	run.options = o;
	pthread_mutex_init(&run.lock, NULL);
	pthread_cond_init(&run.changed, NULL);
	finding_list_init(&run.errors);
	walk_init(&run.walk);
	tally_init(&run.total);
	rule_set_init(&run.set);
	signal(SIGPIPE, SIG_IGN);	/* a closed pipe is an error of the output, said as such */
	status = check(&run);
	sinks_release(&run.sinks);
	free(run.total.t.skipped);
	tally_release(&run.total);
	choices_release(&run.choices);
	walk_release(&run.walk);
	policy_release(&run.policy);
	rule_set_release(&run.set);
	finding_list_release(&run.errors);
	pthread_cond_destroy(&run.changed);
	pthread_mutex_destroy(&run.lock);
	return status;
}
