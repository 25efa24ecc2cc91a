/* `wirelint check`.
 *
 * Workers take files in order and make each file's output into buffers of its own, one a sink; the main thread writes them in
 * the order of the files.  So the bytes out are the same at any -j, and memory holds only what is ahead of the slowest file,
 * at most AHEAD files. */
#include "run/run.h"

#include "check.h"
#include "emitter.h"
#include "files/progress.h"
#include "files/walk.h"
#include "lint/accept.h"
#include "lint/pipeline.h"
#include "reuse/reuse_digests.h"
#include "run/run_base.h"
#include "run/run_options.h"
#include "run/run_upstream.h"
#include "run/sink.h"
#include "run/summary.h"
#include "util/xmalloc.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { AHEAD = 256, MAX_JOBS = 256, MAX_SINKS = 16 };
static const int interrupts[] = { SIGINT, SIGTERM, SIGHUP };

/* What one file came to. */
struct outcome {
	struct governed *by;		/* NULL: skipped */
	struct buf *out;		/* one a sink */
	struct tally tally;
	struct skips skips;		/* the file, or items of it */
	struct choices choices;		/* profiles that its articles added */
	void *mended;			/* the hook's */
	bool done;
};

struct run {
	const struct options *options;
	struct desks desks;
	struct governed *whole;		/* what holds for the run and not for a file */
	struct governed **governed;	/* what each input is governed by */
	struct finding_list errors;	/* of rules, configurations and inputs: before all files */
	struct finding_list late;	/* what is known only when all files are done */
	struct walk walk;
	struct diff_base *base;		/* NULL: no --diff-base */
	struct upstream *upstream;	/* NULL: no --upstream */
	char *upstream_path;
	struct reuse_set set;		/* the stories of this run */
	struct reuse_set *beside;	/* NULL: no rule looks at them */
	struct archive *archive;	/* NULL: no --archive */
	struct sinks sinks;
	struct tally total;
	struct choices choices;		/* in the order of the files */
	bool *checked;			/* which inputs were articles */
	struct progress *progress;	/* NULL: nothing is shown */
	struct accept *accept;
	const struct run_hook *hook;	/* NULL: findings are for the sinks */
	bool skip_unknown;

	pthread_mutex_t lock;
	pthread_cond_t changed;
	size_t next, written;		/* next file to take, files written; under the lock */
	bool stop;			/* output failed: nobody reads what follows */
	struct outcome *ring;		/* AHEAD of them */
};

/* What a worker has. */
struct worker {
	struct run *run;
	struct run_base base;
	struct run_upstream upstream;
	struct pipeline pipeline;
	struct finding_list findings;
	struct lint **lints;		/* a domain each, made when it is first asked for */
	struct outcome *outcome;	/* of the file at hand */
};

/* ---- work ---- */

static struct lint *
lint_for(struct worker *w, const struct governed *g)
{
	struct lint **l = &w->lints[g->domain->number];

	if (*l == NULL)
		*l = lint_new(&g->policy, g->domain->matcher);
	lint_set_policy(*l, &g->policy);
	return *l;
}

static const char *
shown_as(const struct run *run, const struct input *in)
{
	const char *named = options_value(run->options, OPT_STDIN_FILENAME);

	return strcmp(in->path, "-") != 0 ? in->path : named != NULL ? named : "<stdin>";
}

static void
let_pass(struct worker *w, size_t number, struct accept_count *count)
{
	struct run *run = w->run;
	bool mends = run->hook != NULL && run->hook->mend != NULL;

	*count = (struct accept_count){ .waived = 0 };
	accept_file(run->accept, &run->governed[number]->policy, shown_as(run, &run->walk.inputs[number]), &w->findings, count);
	if (mends)
		finding_list_at_least(&w->findings, run->governed[number]->policy.min_severity);
}

static void
check_again(struct run_file *f, const char *s, size_t n)
{
	struct worker *w = f->worker;
	struct accept_count count;

	finding_list_reset(f->findings);
	run_upstream_next(&w->upstream, f->number);
	pipeline_mem(f->pipeline, f->path, s, n, f->findings);
	choices_clear(lint_choices(f->pipeline->lint));
	let_pass(w, f->number, &count);
}

/* What a hook is told of the file, and makes of it. */
static void
tell_hook(struct worker *w, size_t number, bool skipped, struct outcome *o)
{
	struct run *run = w->run;
	const struct run_hook *hook = run->hook;
	const struct input *in = &run->walk.inputs[number];
	struct run_file f = { .path = shown_as(run, in), .standard = strcmp(in->path, "-") == 0, .skipped = skipped, .pipeline = &w->pipeline,
		.findings = &w->findings, .again = check_again, .worker = w, .number = number };

	if (hook == NULL)
		return;
	if (hook->file != NULL && !skipped) {
		pthread_mutex_lock(&run->lock);
		hook->file(hook->arg, &run->governed[number]->policy, f.path, f.findings);
		pthread_mutex_unlock(&run->lock);
	}
	if (hook->mend != NULL)
		o->mended = hook->mend(hook->arg, &f);
}

/* Forms that show the article itself see it while it is there. */
static void
show_article(struct pipeline *p, void *arg)
{
	struct worker *w = arg;
	const struct sinks *s = &w->run->sinks;

	for (size_t i = 0; i < s->n; i++)
		if (s->v[i].emitter->article != NULL)
			s->v[i].emitter->article(&w->outcome->out[i], &s->v[i].options, &p->article);
}

static void
one_file(struct worker *w, size_t number, struct outcome *o)
{
	struct run *run = w->run;
	struct pipeline *p = &w->pipeline;
	struct finding_list *l = &w->findings;
	const struct input *in = &run->walk.inputs[number];
	struct accept_count accepted;
	size_t i, old;

	w->outcome = o;
	tally_reset(&o->tally);
	o->by = NULL;
	if (run_base_unknown(&w->base, in))
		return;
	finding_list_reset(l);
	run_govern(p, run->governed[number]);
	p->lint = lint_for(w, run->governed[number]);
	run_upstream_next(&w->upstream, number);
	run_upstream_next(&w->base.upstream, number);
	pipeline_path(p, in->path, shown_as(run, in), l);
	choices_move(&o->choices, lint_choices(p->lint));
	if (run_is_skip(in, run->skip_unknown, l)) {
		for (i = 0; i < run->sinks.n; i++)
			buf_clear(&o->out[i]);
		skips_add(&o->skips, in->path, NULL, p->skip_why);
		tell_hook(w, number, true, o);
		return;
	}
	o->by = run->governed[number];
	skips_move(&o->skips, &p->skips);
	let_pass(w, number, &accepted);
	tell_hook(w, number, false, o);
	old = run_base_drop_old(&w->base, p, in, l);
	choices_clear(lint_choices(p->lint));		/* what the version before has chosen is nobody's news */
	finding_list_at_least(l, o->by->policy.min_severity);
	tally_file(&o->tally, l, p->articles);
	o->tally.t.compared = w->upstream.compared;
	o->tally.t.suppressed = p->suppressed;
	o->tally.t.waived = accepted.waived;
	o->tally.t.baselined = accepted.baselined;
	o->tally.t.old = old;
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
worker_start(struct worker *w, struct run *run)
{
	w->run = run;
	pipeline_init(&w->pipeline);
	finding_list_init(&w->findings);
	if (sinks_want_articles(&run->sinks)) {
		w->pipeline.checked = show_article;
		w->pipeline.checked_arg = w;
	}
	w->findings.keeps_passed = sinks_show_passed(&run->sinks) || (run->hook != NULL && run->hook->mend != NULL);
	w->lints = xcalloc(run->desks.ndomains + 1, sizeof *w->lints);
	w->findings.keeps_absent = sinks_show_absent(&run->sinks) && run->base == NULL;
	run_base_init(&w->base, run->base);
	run_upstream_start(&w->upstream, run->upstream, run->upstream_path, run->beside);
	run_upstream_attach(&w->upstream, &w->pipeline);
	run_upstream_start(&w->base.upstream, run->base != NULL ? run->upstream : NULL, run->upstream_path,
	    run->base != NULL ? run->beside : NULL);
	run_upstream_attach(&w->base.upstream, &w->base.then);
	w->pipeline.no_suppressions = options_has(run->options, OPT_NO_SUPPRESSIONS);
}

static void
worker_end(struct worker *w)
{
	for (size_t i = 0; i < w->run->desks.ndomains; i++)
		lint_free(w->lints[i]);
	free(w->lints);
	run_upstream_end(&w->base.upstream);
	run_upstream_end(&w->upstream);
	run_base_release(&w->base);
	pipeline_release(&w->pipeline);
	finding_list_release(&w->findings);
}

static void *
work(void *arg)
{
	struct run *run = arg;
	struct worker w;
	size_t i;

	worker_start(&w, run);
	while (take(run, &i)) {
		struct outcome *o = &run->ring[i % AHEAD];

		one_file(&w, i, o);
		pthread_mutex_lock(&run->lock);
		o->done = true;
		pthread_cond_broadcast(&run->changed);
		pthread_mutex_unlock(&run->lock);
	}
	worker_end(&w);
	return NULL;
}

/* Writes what a file came to; false when an output failed. */
static bool
deliver(struct run *run, size_t number, struct outcome *o)
{
	size_t k;
	bool ok = true;

	skips_move(&run->walk.skips, &o->skips);
	choices_move(&run->choices, &o->choices);
	tally_add(&run->total, &o->tally);
	run->checked[number] = o->by != NULL;
	if (o->by != NULL)
		o->by->checked++;
	for (k = 0; o->by != NULL && k < 4; k++)
		o->by->counts[k] += o->tally.t.findings[k];
	for (k = 0; k < run->sinks.n; k++) {
		ok = sink_write(&run->sinks.v[k], o->out[k].s, o->out[k].n) && ok;
		buf_clear(&o->out[k]);
	}
	if (o->mended != NULL)
		run->hook->deliver(run->hook->arg, o->mended);
	o->mended = NULL;
	o->done = false;
	progress_step(run->progress);
	return ok;
}

static bool
alone(struct run *run)
{
	struct worker w;
	size_t i;
	bool ok = true;

	worker_start(&w, run);
	for (i = 0; ok && i < run->walk.ninputs; i++) {
		one_file(&w, i, &run->ring[0]);
		ok = deliver(run, i, &run->ring[0]);
	}
	worker_end(&w);
	return ok;
}

static bool
with_threads(struct run *run, long jobs)
{
	pthread_t *threads = xcalloc((size_t)jobs, sizeof *threads);
	size_t i;
	long k, started = 0;
	bool ok = true;
	sigset_t signals, before;

	/* an interrupted run sweeps up before it ends: on the thread that writes, so that no file is half made while it does */
	sigemptyset(&signals);
	for (i = 0; i < sizeof interrupts / sizeof *interrupts; i++)
		sigaddset(&signals, interrupts[i]);
	if (run->hook != NULL && run->hook->mend != NULL)
		pthread_sigmask(SIG_BLOCK, &signals, &before);
	for (k = 0; k < jobs; k++)
		if (pthread_create(&threads[started], NULL, work, run) == 0)
			started++;
	if (run->hook != NULL && run->hook->mend != NULL)
		pthread_sigmask(SIG_SETMASK, &before, NULL);
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
		ok = deliver(run, i, o);
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

/* Whom a finding that belongs to no article counts for: what governs the folder of the file that it speaks of. */
static struct governed *
counts_for(struct run *run, const struct finding *f)
{
	struct governed *g = f->path != NULL && !f->fatal ? desks_folder_of(&run->desks, f->path)->governed : NULL;

	return g != NULL ? g : run->whole;
}

/* Findings that belong to no article, before all files or behind them. */
static bool
say(struct run *run, struct finding_list *l)
{
	struct tally tally;
	struct buf out = BUF_INIT;
	size_t k, n = 0;
	bool ok = true;

	for (k = 0; k < l->n; k++) {
		struct governed *g = counts_for(run, &l->v[k]);

		if (!l->v[k].fatal && l->v[k].severity < g->policy.min_severity)
			continue;
		g->counts[l->v[k].severity]++;
		l->v[n++] = l->v[k];
	}
	l->n = n;
	if (n == 0)
		return true;
	finding_list_sort(l);
	if (run->hook != NULL)
		run_print_errors(l);
	tally_init(&tally);
	tally_file(&tally, l, 0);
	tally.t.files = tally.t.files_with_findings = 0;
	tally_add(&run->total, &tally);
	tally_release(&tally);
	for (k = 0; k < run->sinks.n; k++) {
		buf_clear(&out);
		run_emit_errors(run->sinks.v[k].emitter, &out, &run->sinks.v[k].options, l);
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

	ok = ok && say(run, &run->errors);
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
	/* findings that come by tell more; a hook has things of its own to say */
	if (run->hook == NULL && !sinks_on_terminal(&run->sinks))
		run->progress = progress_new(settings_bool(&run->whole->settings, KEY_QUIET));
	progress_start(run->progress, "checked", "files", run->walk.ninputs);
	ok = jobs > 1 ? with_threads(run, jobs) : alone(run);
	progress_free(run->progress);
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

/* Files under one `max-warnings` are counted together, whatever else governs them. */
static bool
same_limit(const struct setting *a, const struct setting *b)
{
	return a != NULL && b != NULL && a->config == b->config && a->at == b->at;
}

static bool
has_failed(const struct desks *d, const struct governed *g)
{
	const struct setting *limit = settings_last(&g->settings, KEY_MAX_WARNINGS);
	size_t errors = 0, warnings = 0;
	enum severity s;

	if (g->policy.fail_on == SEV_OFF)
		return false;
	if (limit == NULL) {
		for (s = g->policy.fail_on; s <= SEV_ERROR; s++)
			if (g->counts[s] != 0)
				return true;
		return false;
	}
	/* so many warnings are let pass, errors are not */
	for (size_t i = 0; i < d->ngoverned; i++)
		if (d->governed[i]->policy.fail_on != SEV_OFF && same_limit(settings_last(&d->governed[i]->settings, KEY_MAX_WARNINGS), limit)) {
			errors += d->governed[i]->counts[SEV_ERROR];
			warnings += d->governed[i]->counts[SEV_WARNING];
		}
	return errors != 0 || warnings > (size_t)settings_number(&g->settings, KEY_MAX_WARNINGS, 0);
}

/* How the run ended, for the exit status and the machine forms. */
static int
verdict(struct run *run)
{
	struct totals *t = &run->total.t;

	t->failed = t->fatal != 0;
	for (size_t i = 0; i < run->desks.ngoverned; i++)
		t->failed = t->failed || has_failed(&run->desks, run->desks.governed[i]);
	return t->fatal != 0 ? 2 : t->failed ? 1 : 0;
}

/* Which configuration governs which file: before the first is checked, since rules are loaded for all of them. */
static bool
govern(struct run *run)
{
	const struct options *o = run->options;
	const char *scan = options_value(o, OPT_DEBUG_SCAN);
	const char *rev = options_value(o, OPT_DIFF_BASE);
	const struct settings *all;
	int mode = MATCH_TRIGGERED;

	if (rev != NULL && !diff_base_is_revision(rev)) {
		options_complain("option '--diff-base' has value '%s', expected a revision of git", rev);
		return false;
	}
	if (!desks_init(&run->desks, o, &run->errors))
		return false;
	run->whole = desks_run(&run->desks, o->words, o->nwords);
	all = &run->whole->settings;
	run->skip_unknown = settings_bool(all, KEY_SKIP_UNKNOWN);
	if ((run->hook == NULL && !run_sinks(&run->sinks, all)) ||
	    !run_inputs(&run->walk, &run->desks, all, &run->errors))
		return false;
	run_leave_out(&run->sinks, &run->walk);
	if (run->hook != NULL && run->hook->alone)
		run_once(&run->walk);
	if (rev != NULL)
		run->base = diff_base_new(rev, &run->walk, options_value(o, OPT_STDIN_FILENAME), &run->errors);
	run->governed = xcalloc(run->walk.ninputs + 1, sizeof(struct governed *));
	run->checked = xcalloc(run->walk.ninputs + 1, sizeof *run->checked);
	for (size_t i = 0; i < run->walk.ninputs; i++)
		run->governed[i] = desks_file(&run->desks, run->walk.inputs[i].path);
	desks_folders(&run->desks);
	if (!run_spares(&run->sinks, &run->walk, &run->desks))
		return false;
	if (scan != NULL && strcmp(scan, "plain") == 0)
		mode |= MATCH_PLAIN;
	if (options_has(o, OPT_DEBUG_NO_JIT))
		mode |= MATCH_NO_JIT;
	/* what is mended is looked at alone: another file's words are no reason to change one */
	run->desks.beside = (run->walk.ninputs > 1 || options_has(o, OPT_ARCHIVE)) && (run->hook == NULL || run->hook->mend == NULL);
	run->desks.compares = settings_text(all, KEY_UPSTREAM) != NULL;
	if (desks_settle(&run->desks, mode)) {
		run->upstream_path = run_upstream_path(&run->desks, all);
		if (run->upstream_path != NULL)
			run->upstream = run_upstream_load(run->upstream_path, &run->whole->domain->set, &run->errors);
		return true;
	}
	run_print_errors(&run->errors);		/* a rule is unknown, perhaps, because its file is broken */
	return false;
}

static void
govern_file(void *arg, struct pipeline *p, size_t file)
{
	struct run *run = arg;

	run_govern(p, run->governed[file]);
}

static int
check(struct run *run)
{
	const struct settings *all;
	long jobs = sysconf(_SC_NPROCESSORS_ONLN);
	int status;
	bool ok;

	if (!govern(run))
		return 2;
	all = &run->whole->settings;
	run->total.t.has_upstream = run->upstream != NULL;
	jobs = settings_number(all, KEY_JOBS, jobs < 1 ? 1 : jobs);
	run->archive = reuse_archive_open(options_value(run->options, OPT_ARCHIVE), &run->errors);
	reuse_set_init(&run->set);
	run->set.govern = govern_file;
	run->set.arg = run;
	run->set.archive = run->archive;
	if (run_beside_read(&run->set, &run->desks, &run->walk, jobs, settings_bool(all, KEY_QUIET)))
		run->beside = &run->set;
	reuse_archive_judge(&run->set, options_value(run->options, OPT_ARCHIVE), &run->errors);
	run->accept = accept_new();
	run->total.t.has_baseline = run_load_accepted(run->accept, &run->desks, &run->walk, run->hook == NULL || run->hook->baseline,
	    &run->errors);
	run->sinks.has_baseline = run->total.t.has_baseline;
	run->sinks.sets = xcalloc(run->desks.ndomains + 1, sizeof *run->sinks.sets);
	for (size_t i = 0; i < run->desks.ndomains; i++)
		run->sinks.sets[run->sinks.nsets++] = &run->desks.domains[i]->set;
	ok = everything(run, jobs);
	if (run->hook == NULL) {
		accept_end(run->accept, run_policy_of, &run->desks, &run->late);
		run_judge_globs(&run->desks, &run->walk, &run->late);
	}
	if (ok && !run->skip_unknown && run->base == NULL)
		walk_judge_folders(&run->walk, run->checked, &run->late);
	ok = ok && say(run, &run->late);
	status = verdict(run);
	summary_skips(&run->total.t, &run->walk);
	ok = sinks_end(&run->sinks, ok, &run->total.t) && ok;
	if (!ok)
		return 2;
	if (run->hook != NULL)
		return run->hook->done(run->hook->arg, status, &run->total.t, settings_bool(all, KEY_QUIET));
	if (settings_bool(all, KEY_STATISTICS))
		summary_statistics(&run->total);
	if (!settings_bool(all, KEY_QUIET)) {
		summary_choices(&run->choices, settings_bool(all, KEY_VERBOSE));
		summary_duties(&run->desks, &run->choices);
		summary_line(&run->total.t, &run->desks, options_value(run->options, OPT_DIFF_BASE), settings_bool(all, KEY_VERBOSE));
	}
	return status;
}

int
run_hooked(const struct options *o, const struct run_hook *hook)
{
	struct run run;
	int status;

	memset(&run, 0, sizeof run);
	run.options = o;
	run.hook = hook;
	pthread_mutex_init(&run.lock, NULL);
	pthread_cond_init(&run.changed, NULL);
	finding_list_init(&run.errors);
	finding_list_init(&run.late);
	walk_init(&run.walk);
	tally_init(&run.total);
	signal(SIGPIPE, SIG_IGN);	/* a closed pipe is an error of the output, said as such */
	status = check(&run);
	sinks_release(&run.sinks);
	free(run.governed);
	free(run.checked);
	free(run.total.t.skipped);
	tally_release(&run.total);
	diff_base_free(run.base);
	upstream_free(run.upstream);
	reuse_set_release(&run.set);
	archive_close(run.archive);
	free(run.upstream_path);
	choices_release(&run.choices);
	walk_release(&run.walk);
	desks_release(&run.desks);
	finding_list_release(&run.errors);
	finding_list_release(&run.late);
	accept_free(run.accept);
	pthread_cond_destroy(&run.changed);
	pthread_mutex_destroy(&run.lock);
	return status;
}

int
run_check(const struct options *o)
{
	return run_hooked(o, NULL);
}
