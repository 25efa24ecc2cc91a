/* `wirelint baseline`: a run whose findings become, renew or thin out the baseline; and what is in it. */
#include "command/commands.h"

#include "emitter.h"
#include "files/replace.h"
#include "lint/accept.h"
#include "lint/baseline.h"
#include "run/run.h"
#include "run/run_options.h"
#include "util/path.h"
#include "util/str.h"
#include "util/xmalloc.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum action { CREATE, UPDATE, PRUNE, SHOW };
static const char *const actions[] = { "create", "update", "prune", "show", NULL };

struct checked { char *path; const struct policy *policy; };

struct job {
	const struct options *options;
	enum action action;
	char *path;			/* of the baseline */
	struct baseline old, now, result;	/* result borrows the strings of both */
	struct checked *checked;	/* the files of this run */
	size_t nchecked, capchecked;
	struct finding_list failed;	/* what could not be checked */
};

/* ---- during the run ---- */

static void
take_failure(struct job *j, const struct finding *f)
{
	struct arena *arena = &j->failed.arena;
	struct finding *copy = finding_add(&j->failed);

	copy->rule = f->rule;
	copy->path = f->path != NULL ? arena_strdup(arena, f->path) : NULL;
	copy->item = f->item != NULL ? arena_strdup(arena, f->item) : NULL;
	copy->severity = f->severity;
	copy->certainty = f->certainty;
	copy->fatal = true;
	copy->placed = f->placed;
	copy->at = f->at;
	copy->message = arena_strdup(arena, f->message);
}

static void
take_file(void *arg, const struct policy *p, const char *path, const struct finding_list *l)
{
	struct job *j = arg;
	struct checked *c = &XPUSH(j->checked, j->nchecked, j->capchecked);
	const char *kept = NULL;

	c->path = path_absolute(path);
	c->policy = p;
	for (size_t i = 0; i < l->n; i++) {
		const struct finding *f = &l->v[i];
		struct arena *arena = &j->now.arena;

		if (f->fatal)
			take_failure(j, f);
		if (accept_is_beyond(f))
			continue;
		if (kept == NULL)
			kept = arena_strdup(arena, c->path);
		XPUSH(j->now.v, j->now.n, j->now.cap) = (struct baseline_entry){
			.path = kept, .rule = f->rule, .fingerprint = f->fingerprint, .count = 1, .severity = f->severity,
			.item = f->item != NULL ? arena_strdup(arena, f->item) : NULL, .message = arena_strdup(arena, f->message),
		};
	}
}

/* ---- what stays of the old one ---- */

static int
by_path(const void *a, const void *b)
{
	const struct checked *x = a, *y = b;

	return strcmp(x->path, y->path);
}

static const struct checked *
find_checked(const struct job *j, const char *path)
{
	struct checked key = { (char *)path, NULL };

	return j->nchecked != 0 ? bsearch(&key, j->checked, j->nchecked, sizeof key, by_path) : NULL;
}

static int
by_key(const void *a, const void *b)
{
	return baseline_compare(a, b);
}

static const struct baseline_entry *
find_entry(const struct baseline *b, const struct baseline_entry *e)
{
	return b->n != 0 ? bsearch(e, b->v, b->n, sizeof *e, by_key) : NULL;
}

static bool
is_gone(const char *path)
{
	return access(path, F_OK) != 0 && (errno == ENOENT || errno == ENOTDIR);
}

/* How many of an old entry's findings stay in the baseline.  What this run could not have found is left as it is. */
static uint32_t
how_many_stay(const struct job *j, const struct baseline_entry *e)
{
	const struct checked *c = find_checked(j, e->path);
	const struct rule *r = c != NULL ? rule_find(c->policy->set, e->rule) : NULL;
	const struct baseline_entry *found;

	if (c == NULL)
		return is_gone(e->path) ? 0 : e->count;
	if (r == NULL && j->action == PRUNE)
		return 0;
	if (r == NULL || !policy_could_enable(c->policy, r) || c->policy->off[r->index])
		return e->count;
	found = find_entry(&j->now, e);
	return found == NULL ? 0 : found->count < e->count ? found->count : e->count;
}

static void
make_result(struct job *j)
{
	struct baseline *to = &j->result;

	baseline_sort(&j->now, true);
	if (j->nchecked > 1)
		qsort(j->checked, j->nchecked, sizeof *j->checked, by_path);
	for (size_t i = 0; i < j->old.n; i++) {
		struct baseline_entry e = j->old.v[i];

		e.count = how_many_stay(j, &e);
		/* what is found again comes from the run, with its words of today */
		if (e.count != 0 && (j->action == PRUNE || find_entry(&j->now, &e) == NULL))
			XPUSH(to->v, to->n, to->cap) = e;
	}
	for (size_t i = 0; i < j->now.n && j->action != PRUNE; i++)
		XPUSH(to->v, to->n, to->cap) = j->now.v[i];
	baseline_sort(to, false);
}

/* Entries of `a` that `b` has not, or has fewer of. */
static size_t
count_missing(const struct baseline *a, const struct baseline *b)
{
	size_t n = 0;

	for (size_t i = 0; i < a->n; i++) {
		const struct baseline_entry *e = find_entry(b, &a->v[i]);

		n += e == NULL || e->count < a->v[i].count;
	}
	return n;
}

static int
finish(void *arg, int status, const struct totals *left, bool quiet)
{
	struct job *j = arg;
	struct buf out = BUF_INIT;
	size_t added, gone;
	bool ok;

	(void)left;
	if (status == 2) {
		finding_list_sort(&j->failed);
		run_print_errors(&j->failed);
		options_complain("'%s' was left as it is, since something could not be checked", j->path);
		return 2;
	}
	make_result(j);
	for (size_t i = 0; i < j->result.n; i++)
		if (baseline_is_outside(&j->result, j->result.v[i].path)) {
			char *name = path_from(j->result.folder, j->result.v[i].path);

			options_complain("'%s' lies outside of the folder of '%s', expected a baseline of another name, given by --baseline", name,
			    j->path);
			free(name);
			return 2;
		}
	added = count_missing(&j->result, &j->old);
	gone = count_missing(&j->old, &j->result);
	baseline_write(&j->result, &out);
	ok = replace_file(j->path, out.s, out.n);
	buf_release(&out);
	if (!ok) {
		options_complain("cannot write '%s': %s", j->path, strerror(errno));
		return 2;
	}
	if (!quiet)
		fprintf(stderr, "wirelint: %s: %zu %s, %zu new, %zu gone\n", j->path, j->result.n, j->result.n == 1 ? "entry" : "entries",
		    added, gone);
	return 0;
}

/* ---- create, update, prune ---- */

static bool
names_standard_input(const struct options *o)
{
	for (size_t i = 0; i < o->nwords; i++)
		if (strcmp(o->words[i], "-") == 0 && !options_has(o, OPT_STDIN_FILENAME))
			return true;
	return false;
}

/* The old baseline: for create there must be none, for the others one. */
static bool
read_old(struct job *j, bool asked)
{
	struct finding_list errors;
	bool there = access(j->path, F_OK) == 0, ok = true;

	if (j->action == CREATE) {
		if (there)
			options_complain("'%s' is there already; 'wirelint baseline update' renews it", j->path);
		return !there;
	}
	if (!there && !asked) {
		options_complain("there is no '%s'; 'wirelint baseline create' makes it", j->path);
		return false;
	}
	finding_list_init(&errors);
	ok = baseline_read(&j->old, j->path, &errors);
	finding_list_sort(&errors);
	run_print_errors(&errors);
	finding_list_release(&errors);
	baseline_sort(&j->old, false);
	return ok;
}

static int
change(struct job *j, bool asked)
{
	struct run_hook hook = { .file = take_file, .done = finish, .arg = j };

	if (options_has(j->options, OPT_FORMAT)) {
		options_complain("option '--format' goes with 'baseline show' alone");
		return 2;
	}
	if (names_standard_input(j->options)) {
		options_complain("standard input has no path to be kept, expected '--stdin-filename'");
		return 2;
	}
	return read_old(j, asked) ? run_hooked(j->options, &hook) : 2;
}

/* ---- show ---- */

/* Only entries of the files and folders named, if any are.  false: one of them is neither on the disk nor in the baseline. */
static bool
narrow(struct baseline *b, const struct options *o)
{
	bool *met = xcalloc(o->nwords + 1, sizeof *met), ok = true;
	size_t n = 0;

	for (size_t i = 0; i < b->n; i++) {
		bool wanted = o->nwords == 0;

		for (size_t k = 0; k < o->nwords; k++) {
			char *word = path_absolute(o->words[k]);

			met[k] = met[k] || path_within(word, b->v[i].path) != NULL;
			wanted = wanted || path_within(word, b->v[i].path) != NULL;
			free(word);
		}
		if (wanted)
			b->v[n++] = b->v[i];
	}
	b->n = n;
	for (size_t k = 0; k < o->nwords && ok; k++)
		if (!met[k] && access(o->words[k], F_OK) != 0) {
			options_complain("cannot open '%s': %s", o->words[k], strerror(errno));
			ok = false;
		}
	free(met);
	return ok;
}

static void
put_entries(const struct baseline *b, struct buf *out)
{
	for (size_t i = 0; i < b->n; i++) {
		const struct baseline_entry *e = &b->v[i];
		char *name = path_from(b->folder, e->path);

		emit_path_plain(out, name);
		free(name);
		buf_puts(out, ": ");
		if (e->severity != SEV_OFF)
			buf_printf(out, "%s: ", severity_name(e->severity));
		if (e->message != NULL)
			emit_plain(out, e->message, strlen(e->message));
		buf_puts(out, e->message != NULL ? " [" : "[");
		emit_plain(out, e->rule, strlen(e->rule));
		buf_putc(out, ']');
		if (e->count != 1)
			buf_printf(out, " (%" PRIu32 " times)", e->count);
		buf_putc(out, '\n');
	}
}

static int
by_rule(const void *a, const void *b)
{
	const struct baseline_entry *x = *(const struct baseline_entry *const *)a, *y = *(const struct baseline_entry *const *)b;
	int c = strcmp(x->rule, y->rule);

	return c != 0 ? c : baseline_compare(x, y);
}

/* A line a rule, and whether there is such a rule. */
static void
put_rules(const struct baseline *b, const struct rule_set *set, struct buf *out)
{
	const struct baseline_entry **v = xcalloc(b->n + 1, sizeof *v);
	size_t i, k;

	for (i = 0; i < b->n; i++)
		v[i] = &b->v[i];
	if (b->n > 1)
		qsort(v, b->n, sizeof *v, by_rule);
	for (i = 0; i < b->n; i = k) {
		uint64_t n = 0;
		size_t files = 0;

		for (k = i; k < b->n && strcmp(v[k]->rule, v[i]->rule) == 0; k++) {
			n += v[k]->count;
			files += k == i || strcmp(v[k]->path, v[k - 1]->path) != 0;
		}
		buf_printf(out, "%s%7" PRIu64 " in %6zu %s  ", i == 0 ? "\n" : "", n, files, files == 1 ? "file " : "files");
		emit_plain(out, v[i]->rule, strlen(v[i]->rule));
		buf_puts(out, rule_find(set, v[i]->rule) != NULL ? "\n" : "  (no such rule any more)\n");
	}
	free(v);
}

static bool
show_form(const struct options *o, bool *json)
{
	const char *form = options_value(o, OPT_FORMAT);
	struct nearest near;

	*json = form != NULL && strcmp(form, "json") == 0;
	if (form == NULL || *json || strcmp(form, "text") == 0)
		return true;
	nearest_init(&near, form, strlen(form));
	nearest_try(&near, "text");
	nearest_try(&near, "json");
	return options_unknown("output form", form, strlen(form), near.best, ", expected text or json");
}

static int
show(struct job *j, bool asked)
{
	struct desks desks;
	struct governed *g;
	struct finding_list errors;
	struct buf out = BUF_INIT;
	bool json, ok;

	if (!show_form(j->options, &json) || !read_old(j, asked))
		return 2;
	finding_list_init(&errors);
	ok = desks_init(&desks, j->options, &errors);
	g = ok ? desks_run(&desks, j->options->words, j->options->nwords) : NULL;
	ok = ok && desks_settle(&desks, MATCH_TRIGGERED);
	finding_list_sort(&errors);
	run_print_errors(&errors);
	ok = ok && narrow(&j->old, j->options);
	if (ok) {
		if (json)
			baseline_write(&j->old, &out);
		else {
			put_entries(&j->old, &out);
			put_rules(&j->old, &g->domain->set, &out);
		}
		fwrite(out.s, 1, out.n, stdout);
	}
	ok = ok && errors.n == 0;
	buf_release(&out);
	desks_release(&desks);
	finding_list_release(&errors);
	return ok ? 0 : 2;
}

/* ---- the command ---- */

static bool
parse_action(const struct options *o, enum action *out)
{
	struct nearest near;

	if (o->nwords == 0) {
		options_complain("what to do with the baseline? expected create, update, prune or show");
		return false;
	}
	nearest_init(&near, o->words[0], strlen(o->words[0]));
	for (int i = 0; actions[i] != NULL; i++) {
		if (strcmp(actions[i], o->words[0]) == 0) {
			*out = (enum action)i;
			return true;
		}
		nearest_try(&near, actions[i]);
	}
	return options_unknown("action on the baseline", o->words[0], strlen(o->words[0]), near.best,
	    ", expected create, update, prune or show");
}

int
command_baseline(const struct options *given)
{
	struct options o = *given;
	struct job j = { .options = &o };
	bool asked;
	int status;

	if (!parse_action(given, &j.action))
		return 2;
	o.words++;
	o.nwords--;
	if ((j.path = run_baseline_path(&o, j.action == CREATE, &asked)) == NULL)
		return 2;
	baseline_init(&j.old, j.path);
	baseline_init(&j.now, j.path);
	baseline_init(&j.result, j.path);
	finding_list_init(&j.failed);
	status = j.action == SHOW ? show(&j, asked) : change(&j, asked);
	for (size_t i = 0; i < j.nchecked; i++)
		free(j.checked[i].path);
	free(j.checked);
	free(j.path);
	baseline_release(&j.old);
	baseline_release(&j.now);
	baseline_release(&j.result);
	finding_list_release(&j.failed);
	return status;
}
