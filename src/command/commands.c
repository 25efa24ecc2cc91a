/* The commands that do not check. */
#include "command/commands.h"

#include "check.h"
#include "emitter.h"
#include "reader.h"
#include "analysis/analysis.h"
#include "command/catalogue.h"
#include "command/config_show.h"
#include "command/reuse.h"
#include "command/show.h"
#include "command/start.h"
#include "facts/facts.h"
#include "files/walk.h"
#include "fix/fix.h"
#include "lint/explain.h"
#include "lint/pipeline.h"
#include "lint/rule_test.h"
#include "lsp/lsp.h"
#include "rule/profile.h"
#include "rule/rule_load.h"
#include "run/run.h"
#include "run/run_options.h"
#include "util/buf.h"
#include "util/str.h"
#include "util/xmalloc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
put(struct buf *out)
{
	fwrite(out->s, 1, out->n, stdout);
	buf_release(out);
}

static const struct rule *
find_rule(const struct rule_set *set, const char *id)
{
	const struct rule *r = rule_find(set, id);
	struct nearest near;
	size_t i;

	if (r != NULL)
		return r;
	nearest_init(&near, id, strlen(id));
	for (i = 0; i < set->n; i++)
		nearest_try(&near, set->rules[i]->id);
	options_unknown("rule", id, strlen(id), near.best, "; see 'wirelint rules'");
	return NULL;
}

/* ---- show ---- */

struct showing {
	const struct options *options;
	struct show show;
	struct analysis analysis;
	struct buf out;
	const struct rule *rule;	/* --rule */
	struct policy *policy;
};

static void
show_one(struct pipeline *p, void *arg)
{
	struct showing *s = arg;

	if (s->rule != NULL) {
		explain_article(&s->out, s->rule, s->policy, &p->article);
		return;
	}
	analysis_start(&s->analysis, &p->article);
	show_next(&s->show, &s->out, &p->article, &s->analysis);
}

static bool
show_form(const char *name, enum show_form *form)
{
	struct nearest near;
	size_t i;

	*form = SHOW_TEXT;
	if (name == NULL || show_form_parse(name, form))
		return true;
	nearest_init(&near, name, strlen(name));
	for (i = 0; show_forms[i] != NULL; i++)
		nearest_try(&near, show_forms[i]);
	return options_unknown("output form", name, strlen(name), near.best, ", expected text, xml or json");
}

/* Shows the file; the findings of the one rule asked for follow its explanation. */
static int
show_file(struct showing *s, struct pipeline *p, struct governed *g, const char *path)
{
	const char *as = options_value(s->options, OPT_STDIN_FILENAME), *id = options_value(s->options, OPT_RULE);
	struct finding_list findings;
	struct matcher *matcher = NULL;
	int status = 0;

	finding_list_init(&findings);
	run_govern(p, g);
	s->policy = &g->policy;
	if (id != NULL) {
		if ((s->rule = find_rule(&g->domain->set, id)) == NULL)
			return 2;
		policy_clear(&g->policy);
		policy_switch(&g->policy, id, true, NULL);
		matcher = lint_matcher(&g->policy, MATCH_TRIGGERED);
		p->lint = lint_new(&g->policy, matcher);
	}
	pipeline_path(p, path, strcmp(path, "-") != 0 ? NULL : as != NULL ? as : "<stdin>", &findings);
	if (p->articles == 0)
		status = 2;
	if (p->articles == 0 || s->rule == NULL) {
		run_print_errors(&findings);		/* what was not read, of one item among several too */
	} else {
		static const struct emit_options plain;

		if (p->suppressed != 0)
			buf_printf(&s->out, "suppressed by comments: %zu\n", p->suppressed);
		buf_printf(&s->out, "findings: %zu\n", findings.n);
		emitter_by_name("gcc")->file(&s->out, &plain, &p->source, &findings);
	}
	lint_free(p->lint);
	p->lint = NULL;
	matcher_free(matcher);
	finding_list_release(&findings);
	return status;
}

static int
show_files(struct showing *s, struct desks *d)
{
	const struct options *o = s->options;
	struct governed **by = xcalloc(o->nwords, sizeof *by);
	struct pipeline p;
	size_t i;
	bool ready;
	int status = 0;

	pipeline_init(&p);
	p.each = show_one;
	p.arg = s;
	for (i = 0; i < o->nwords; i++)
		by[i] = desks_file(d, o->words[i]);
	ready = desks_settle(d, MATCH_TRIGGERED);
	finding_list_sort(d->errors);
	run_print_errors(d->errors);
	if (!ready)
		status = 2;
	for (i = 0; ready && i < o->nwords; i++)
		if (show_file(s, &p, by[i], o->words[i]) != 0) {
			status = 2;
			ready = !options_has(o, OPT_RULE) || s->rule != NULL;	/* an unknown rule is told once */
		}
	pipeline_release(&p);
	free(by);
	return status;
}

static int
command_show(const struct options *o)
{
	struct showing s;
	struct desks desks;
	struct finding_list errors;
	int status = 2;

	memset(&s, 0, sizeof s);
	s.options = o;
	buf_init(&s.out);
	if (!show_form(options_value(o, OPT_FORMAT), &s.show.form))
		return 2;
	if (o->nwords == 0) {
		options_complain("nothing to show: name a file or - for standard input");
		return 2;
	}
	s.show.many = o->nwords > 1;
	s.show.quotations = options_has(o, OPT_QUOTATIONS);
	analysis_init(&s.analysis);
	finding_list_init(&errors);
	if (desks_init(&desks, o, &errors)) {
		status = show_files(&s, &desks);
		if (errors.n != 0)
			status = 2;
		if (s.rule == NULL)
			show_end(&s.show, &s.out);
	}
	put(&s.out);
	analysis_release(&s.analysis);
	desks_release(&desks);
	finding_list_release(&errors);
	return status;
}

/* ---- explain, rules, checks, formats ---- */

/* The rules that the working folder's configuration knows. */
static int
with_rules(const struct options *o, int (*each)(const struct options *o, const struct rule_set *set))
{
	struct desks desks;
	struct governed *g;
	struct finding_list errors;
	int status = 2;

	finding_list_init(&errors);
	if (desks_init(&desks, o, &errors)) {
		g = desks_run(&desks, NULL, 0);
		if (desks_settle(&desks, MATCH_TRIGGERED))
			status = each(o, &g->domain->set);
		finding_list_sort(&errors);
		run_print_errors(&errors);
		if (errors.n != 0)
			status = 2;
	}
	desks_release(&desks);
	finding_list_release(&errors);
	return status;
}

/* Neither a rule nor a profile: the nearest of both. */
static void
unknown_name(const struct rule_set *set, const char *word)
{
	struct nearest near;

	nearest_init(&near, word, strlen(word));
	for (size_t i = 0; i < set->n; i++)
		nearest_try(&near, set->rules[i]->id);
	for (size_t i = 0; i < set->nprofiles; i++)
		nearest_try(&near, set->profiles[i]->id);
	options_unknown("rule or profile", word, strlen(word), near.best, "; see 'wirelint rules' and 'wirelint profiles'");
}

static int
explain(const struct options *o, const struct rule_set *set)
{
	struct buf out = BUF_INIT;
	int status = 0;
	size_t i;

	if (o->nwords == 0) {
		options_complain("nothing to explain: name a rule or a profile; 'wirelint rules' and 'wirelint profiles' list them");
		return 2;
	}
	for (i = 0; i < o->nwords; i++) {
		const char *word = o->words[i];
		const struct rule *r = rule_find(set, word);
		const struct profile *p = r != NULL ? NULL : profile_find(set, word, strlen(word));

		if (r == NULL && p == NULL) {
			unknown_name(set, word);
			status = 2;
			continue;
		}
		if (out.n != 0)
			buf_putc(&out, '\n');
		if (r != NULL)
			explain_rule(&out, r);
		else
			explain_profile(&out, p);
	}
	put(&out);
	return status;
}

/* --format of a list: the number of one of `forms`, the first by default; -1 after wrong use, which `expected` words. */
static int
list_form(const struct options *o, const char *const *forms, const char *expected)
{
	const char *form = options_value(o, OPT_FORMAT);
	int i;

	for (i = 0; forms[i] != NULL; i++)
		if (form == NULL || strcmp(form, forms[i]) == 0)
			return i;
	options_complain("unknown output form '%s', expected %s", form, expected);
	return -1;
}

static int
list_rules(const struct options *o, const struct rule_set *set)
{
	static const char *const forms[] = { "text", "json", "man", "html", NULL };
	struct buf out = BUF_INIT;
	int form = list_form(o, forms, "text, json, man or html");

	if (form < 0)
		return 2;
	if (form == 2)
		catalogue_man(&out, set);
	else if (form == 3)
		catalogue_html(&out, set);
	else
		explain_rules(&out, set, form == 1);
	put(&out);
	return 0;
}

static int
list_profiles(const struct options *o, const struct rule_set *set)
{
	static const char *const forms[] = { "text", "json", NULL };
	struct buf out = BUF_INIT;
	int form = list_form(o, forms, "text or json");

	if (form < 0)
		return 2;
	explain_profiles(&out, set, form == 1);
	put(&out);
	return 0;
}

static int
list_checks(void)
{
	const struct check *const *c;
	const struct param_doc *p;
	const char *const *ph;

	for (c = check_list(); *c != NULL; c++) {
		printf("%s%s\n    %s\n", c == check_list() ? "" : "\n", (*c)->name, (*c)->doc);
		for (p = (*c)->params; p != NULL && p->name != NULL; p++)
			printf("    %-18s %-22s %s\n", p->name, p->type, p->doc);
		printf("    placeholders: {match}");
		for (ph = (*c)->placeholders; ph != NULL && *ph != NULL; ph++)
			if (strcmp(*ph, "match") != 0)
				printf(" {%s}", *ph);
		putchar('\n');
	}
	return 0;
}

static int
list_formats(void)
{
	const struct reader *const *r;

	for (r = reader_list(); *r != NULL; r++)
		printf("%s%s\n    %s\n    suffixes: %s\n    signs: %s\n    fields: %s\n", r == reader_list() ? "" : "\n", (*r)->name,
		    (*r)->title, (*r)->suffixes, (*r)->signs, *(*r)->fields != '\0' ? (*r)->fields : "none");
	return 0;
}

/* ---- test ---- */

/* The files of --over, in the walk; their paths are handed to the test. */
static const char **
test_over(const struct options *o, struct walk *w, size_t *n, struct finding_list *errors)
{
	const char **paths;
	size_t i;

	for (i = 0; i < o->ngiven; i++)
		if (o->given[i].id == OPT_OVER)
			walk_add(w, o->given[i].value, errors);
	walk_finish(w);
	paths = xcalloc(w->ninputs + 1, sizeof *paths);
	for (i = 0; i < w->ninputs; i++)
		paths[i] = w->inputs[i].path;
	*n = w->ninputs;
	return paths;
}

static int
command_test(const struct options *o)
{
	struct rule_test_options opt = { .coverage = options_has(o, OPT_COVERAGE), .cost = options_has(o, OPT_COST),
		.match_mode = MATCH_TRIGGERED };
	struct rule_set set;
	struct finding_list errors;
	struct buf out = BUF_INIT;
	struct walk walk;
	const char **over;
	size_t i;
	bool ok;

	if (options_has(o, OPT_OVER) && !opt.cost) {
		options_complain("--over is for --cost");
		return 2;
	}
	finding_list_init(&errors);
	rule_set_init(&set);
	walk_init(&walk);
	opt.over = over = test_over(o, &walk, &opt.nover, &errors);
	if (o->nwords == 0) {
		rule_load_builtin(&set, &errors);
		facts_check(&errors);
	}
	for (i = 0; i < o->nwords; i++)
		rule_load_file(&set, o->words[i], &errors);
	rule_load_profiles(&set, &errors);
	rule_load_finish(&set, &errors);
	run_print_errors(&errors);
	ok = rule_test(&set, &opt, &out);
	put(&out);
	i = errors.n;
	free(over);
	walk_release(&walk);
	rule_set_release(&set);
	finding_list_release(&errors);
	return i != 0 ? 2 : ok ? 0 : 1;
}

int
command_run(const struct options *o)
{
	switch (o->command) {
	case CMD_FIX:
		return fix_command(o);
	case CMD_REUSE:
		return reuse_command(o);
	case CMD_ARCHIVE:
		return command_archive(o);
	case CMD_DIGEST:
		return command_digest(o);
	case CMD_COMPLETION:
		return command_completion(o);
	case CMD_SHOW:
		return command_show(o);
	case CMD_EXPLAIN:
		return with_rules(o, explain);
	case CMD_RULES:
		return with_rules(o, list_rules);
	case CMD_PROFILES:
		return with_rules(o, list_profiles);
	case CMD_CHECKS:
		return list_checks();
	case CMD_FORMATS:
		return list_formats();
	case CMD_CONFIG:
		return config_command(o);
	case CMD_INIT:
		return start_command(o);
	case CMD_LSP:
		return lsp_command(o);
	default:
		return command_test(o);
	}
}
