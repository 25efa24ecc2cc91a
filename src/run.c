/* `wirelint check`.
 *
 * Workers take files in order and make each file's output into buffers of its own, one a sink; the main thread writes them in
 * the order of the files.  So the bytes out are the same at any -j, and memory holds only what is ahead of the slowest file,
 * at most AHEAD files. */
#include "run.h"

#include "emitter.h"
#include "pipeline.h"
#include "rule_load.h"
#include "sink.h"
#include "summary.h"
#include "util/str.h"
#include "util/xmalloc.h"
#include "walk.h"

#include <errno.h>
#include <fcntl.h>
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
	const char *skipped;		/* why, where it was skipped */
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
	bool skip_unknown;

	pthread_mutex_t lock;
	pthread_cond_t changed;
	size_t next, written;		/* next file to take, files written; under the lock */
	bool stop;			/* output failed: nobody reads what follows */
	struct outcome *ring;		/* AHEAD of them */
};

void
run_load_rules(struct rule_set *set, const struct options *o, struct finding_list *errors)
{
	size_t i;

	rule_set_init(set);
	rule_load_builtin(set, errors);
	for (i = 0; i < o->ngiven; i++)
		if (o->given[i].id == OPT_RULES)
			rule_load_file(set, o->given[i].value, errors);
	rule_load_finish(set, errors);
}

static bool
no_such(const char *what, const char *word, struct nearest *near)
{
	if (near != NULL && near->best != NULL)
		options_complain("unknown %s '%s'; did you mean '%s'?", what, word, near->best);
	else
		options_complain("unknown %s '%s'", what, word);
	return false;
}

bool
run_input_options(struct pipeline *p, const struct options *o)
{
	const char *as = options_value(o, OPT_AS), *encoding = options_value(o, OPT_ENCODING);
	struct nearest near;
	size_t i;

	p->lang = options_value(o, OPT_LANG);
	p->encoding.lang = p->lang;
	if (as != NULL && (p->as = reader_by_name(as)) == NULL) {
		nearest_init(&near, as, strlen(as));
		for (i = 0; reader_list()[i] != NULL; i++)
			nearest_try(&near, reader_list()[i]->name);
		return no_such("format", as, &near);
	}
	if (encoding != NULL) {
		if (!encoding_parse(encoding, &p->encoding.encoding)) {
			nearest_init(&near, encoding, strlen(encoding));
			for (i = 0; i < ENC_COUNT; i++)
				nearest_try(&near, encoding_name((enum encoding)i));
			return no_such("encoding", encoding, &near);
		}
		p->encoding.forced = true;
	}
	return true;
}

/* A word of a closed list, or wrong use. */
static bool
choice(const char *option, const char *value, const char *const *names)
{
	struct nearest near;
	size_t i;

	nearest_init(&near, value, strlen(value));
	for (i = 0; names[i] != NULL; i++) {
		if (strcmp(names[i], value) == 0)
			return true;
		nearest_try(&near, names[i]);
	}
	if (near.best != NULL)
		options_complain("option '--%s' has unknown value '%s'; did you mean '%s'?", option, value, near.best);
	else
		options_complain("option '--%s' has unknown value '%s'", option, value);
	return false;
}

static bool
level(const char *option, const char *value, bool never, enum severity *out)
{
	static const char *const names[] = { "error", "warning", "note", NULL };
	static const char *const names_never[] = { "error", "warning", "note", "never", NULL };

	if (!choice(option, value, never ? names_never : names))
		return false;
	if (!severity_parse(value, strlen(value), out))
		*out = SEV_OFF;
	return true;
}

/* "caption,quote/unbalanced" switched on or off. */
static bool
switch_rules(struct policy *p, const char *list, bool on)
{
	char *words = xstrdup(list), *save = NULL, *word;
	const char *near;
	bool ok = true;

	for (word = strtok_r(words, ", ", &save); word != NULL; word = strtok_r(NULL, ", ", &save)) {
		near = NULL;
		if (policy_switch(p, word, on, &near))
			continue;
		if (near != NULL)
			options_complain("unknown rule or family '%s'; did you mean '%s'?", word, near);
		else
			options_complain("unknown rule or family '%s'; see 'wirelint rules'", word);
		ok = false;
	}
	free(words);
	return ok;
}

static bool
severity_option(struct policy *p, const char *value)
{
	const char *eq = strchr(value, '='), *near = NULL;
	enum severity s;
	char *rule;
	bool ok;

	if (eq == NULL || !severity_parse(eq + 1, strlen(eq + 1), &s)) {
		options_complain("option '--severity' has value '%s', expected RULE=error, warning, note or off", value);
		return false;
	}
	rule = xstrndup(value, (size_t)(eq - value));
	ok = policy_severity(p, rule, s, &near);
	if (!ok && near != NULL)
		options_complain("unknown rule '%s'; did you mean '%s'?", rule, near);
	else if (!ok)
		options_complain("unknown rule '%s'; see 'wirelint rules'", rule);
	free(rule);
	return ok;
}

static bool
policy_options(struct policy *p, const struct options *o)
{
	static const char *const kinds[] = { "own", "wire", "syndicated", "republished", NULL };
	const char *v;
	size_t i;

	if (options_has(o, OPT_SELECT))
		policy_clear(p);
	for (i = 0; i < o->ngiven; i++)		/* select first: it replaces, whatever its place */
		if (o->given[i].id == OPT_SELECT && !switch_rules(p, o->given[i].value, true))
			return false;
	for (i = 0; i < o->ngiven; i++) {
		const struct given *g = &o->given[i];

		if (g->id == OPT_EXTEND_SELECT && !switch_rules(p, g->value, true))
			return false;
		if (g->id == OPT_IGNORE && !switch_rules(p, g->value, false))
			return false;
		if (g->id == OPT_SEVERITY && !severity_option(p, g->value))
			return false;
	}
	if ((v = options_value(o, OPT_MIN_SEVERITY)) != NULL && !level("min-severity", v, false, &p->min_severity))
		return false;
	if ((v = options_value(o, OPT_FAIL_ON)) != NULL && !level("fail-on", v, true, &p->fail_on))
		return false;
	if ((v = options_value(o, OPT_KIND)) != NULL) {
		if (!choice("kind", v, kinds))
			return false;
		copy_kind_parse(v, strlen(v), &p->kind);
	}
	if ((v = options_value(o, OPT_NOW)) != NULL && !policy_parse_now(v, &p->now, &p->now_offset)) {
		options_complain("option '--now' has value '%s', expected a time such as 2026-11-23T14:00+03:00", v);
		return false;
	}
	p->lang = options_value(o, OPT_LANG);
	return true;
}

static bool
sink_options(struct run *run)
{
	static const char *const when[] = { "auto", "always", "never", NULL };
	static const char *const units[] = { "char", "byte", "utf16", "display", NULL };
	const struct options *o = run->options;
	const char *format = options_value(o, OPT_FORMAT), *unit = options_value(o, OPT_COLUMN_UNIT);
	const char *color = options_value(o, OPT_COLOR);
	size_t i;

	if (unit != NULL && !choice("column-unit", unit, units))
		return false;
	if (color != NULL && !choice("color", color, when))
		return false;
	sinks_init(&run->sinks, color, unit);
	for (i = 0; i < o->ngiven; i++)
		if (o->given[i].id == OPT_OUTPUT && !sinks_add(&run->sinks, o->given[i].value))
			return false;
	/* --format is for standard output; without any output named, standard output gets the default form */
	if (format != NULL || run->sinks.n == 0)
		return sinks_add_standard(&run->sinks, format);
	return true;
}

static bool
number(const char *option, const char *value, long min, long max, long *out)
{
	char *end;

	errno = 0;
	*out = strtol(value, &end, 10);
	if (*value == '\0' || *end != '\0' || errno != 0 || *out < min || *out > max) {
		options_complain("option '--%s' has value '%s', expected a number from %ld to %ld", option, value, min, max);
		return false;
	}
	return true;
}

/* ---- inputs ---- */

static bool
files_from(struct run *run, const char *name)
{
	struct buf list = BUF_INIT;
	int fd = strcmp(name, "-") == 0 ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC);
	ssize_t got = 0;

	if (fd >= 0) {
		do {
			buf_room(&list, 65536);
			got = read(fd, list.s + list.n, 65536);
			if (got > 0)
				list.n += (size_t)got;
		} while (got > 0 || (got < 0 && errno == EINTR));
	}
	if (fd < 0 || got < 0) {
		options_complain("cannot read the list '%s': %s", name, strerror(errno));
		buf_release(&list);
		return false;
	}
	if (fd != STDIN_FILENO)
		close(fd);
	walk_add_list(&run->walk, list.s, list.n, options_has(run->options, OPT_NUL) ? '\0' : '\n', &run->errors);
	buf_release(&list);
	return true;
}

static bool
inputs(struct run *run)
{
	const struct options *o = run->options;
	bool listed = false;
	size_t i;

	run->walk.force_exclude = options_has(o, OPT_FORCE_EXCLUDE);
	for (i = 0; i < o->ngiven; i++)
		if (o->given[i].id == OPT_EXCLUDE)
			XPUSH(run->walk.excludes, run->walk.nexcludes, run->walk.capexcludes) = o->given[i].value;
	for (i = 0; i < o->nwords; i++)
		walk_add(&run->walk, o->words[i], &run->errors);
	for (i = 0; i < o->ngiven; i++)
		if (o->given[i].id == OPT_FILES_FROM) {
			listed = true;
			if (!files_from(run, o->given[i].value))
				return false;
		}
	if (o->nwords == 0 && !listed) {
		options_complain("nothing to check: name a file, a folder or - for standard input");
		return false;
	}
	walk_finish(&run->walk);
	return true;
}

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
	o->skipped = NULL;
	tally_reset(&o->tally);
	if (is_skip(run, in, l)) {
		o->skipped = p->skip_why;
		return;
	}
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
deliver(struct run *run, size_t i, struct outcome *o)
{
	size_t k;
	bool ok = true;

	if (o->skipped != NULL) {
		struct skip *s = &XPUSH(run->walk.skips, run->walk.nskips, run->walk.capskips);

		s->path = xstrdup(run->walk.inputs[i].path);
		s->why = o->skipped;
	}
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
		ok = deliver(run, i, &run->ring[0]);
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
	if (!run_input_options(&probe, o) || !sink_options(run))
		return 2;
	if ((v = options_value(o, OPT_JOBS)) != NULL && !number("jobs", v, 1, MAX_JOBS, &jobs))
		return 2;
	if ((v = options_value(o, OPT_MAX_WARNINGS)) != NULL && !number("max-warnings", v, 0, 1000000000, &max_warnings))
		return 2;
	if (scan != NULL && strcmp(scan, "plain") == 0)
		mode |= MATCH_PLAIN;
	if (options_has(o, OPT_DEBUG_NO_JIT))
		mode |= MATCH_NO_JIT;
	run->skip_unknown = options_has(o, OPT_SKIP_UNKNOWN);

	run_load_rules(&run->set, o, &run->errors);
	policy_init(&run->policy, &run->set);
	if (!policy_options(&run->policy, o)) {
		run_print_errors(&run->errors);		/* a rule is unknown, perhaps, because its file is broken */
		return 2;
	}
	if (!inputs(run))
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
	if (!options_has(o, OPT_QUIET))
		summary_line(&run->total.t, &run->policy, options_has(o, OPT_VERBOSE));
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
	walk_release(&run.walk);
	policy_release(&run.policy);
	rule_set_release(&run.set);
	finding_list_release(&run.errors);
	pthread_cond_destroy(&run.changed);
	pthread_mutex_destroy(&run.lock);
	return status;
}
