/* Rules, policies and matchers for what governs files. */
#include "desk/desk.h"

#include "reader.h"
#include "rule/rule_load.h"
#include "util/buf.h"
#include "util/path.h"
#include "util/xmalloc.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- domains ---- */

/* Rules depend on packs and parameters: one text of all of them tells whether two are the same. */
static char *
key_of(const struct settings *s)
{
	struct buf key = BUF_INIT;
	char *out;

	for (size_t i = 0; i < s->n; i++) {
		const struct setting *this = &s->v[i];

		if (this->key == KEY_RULES) {
			char *path = path_absolute(this->value);

			buf_printf(&key, "rules %s\n", path);
			free(path);
		} else if (this->key == KEY_PARAMETERS)
			buf_printf(&key, "%s %s=%s\n", this->name, this->parameter, this->value);
	}
	out = xstrndup(key.n != 0 ? key.s : "", key.n);
	buf_release(&key);
	return out;
}

/* A pack that is named twice, by two configurations or by one and the command line, is read once. */
static bool
named_before(const struct settings *s, size_t i, const char *path)
{
	bool is = false;

	for (size_t k = 0; k < i && !is; k++)
		if (s->v[k].key == KEY_RULES) {
			char *other = path_absolute(s->v[k].value);

			is = strcmp(other, path) == 0;
			free(other);
		}
	return is;
}

static void
load_packs(struct desks *d, struct domain *m, const struct settings *s)
{
	for (size_t i = 0; i < s->n; i++) {
		char *path, *shown;
		struct stat st;

		if (s->v[i].key != KEY_RULES)
			continue;
		path = path_absolute(s->v[i].value);
		shown = desks_shown(d, path);
		if (s->v[i].config != NULL && stat(path, &st) == 0 && !S_ISREG(st.st_mode))
			setting_complain(&s->v[i], d->errors, "'%s' is no regular file, expected a rule pack", shown);
		else if (s->v[i].config != NULL && access(path, R_OK) != 0)
			setting_complain(&s->v[i], d->errors, "cannot read '%s': %s", shown, strerror(errno));
		else if (!named_before(s, i, path))
			rule_load_file(&m->set, s->v[i].config == NULL ? s->v[i].value : shown, d->errors);
		free(shown);
		free(path);
	}
}

/* What a parameter's mistake is called: the finding lies where the configuration says it. */
static void
parameter_error(void *arg, const struct rule_parameter *p, const char *text)
{
	struct desks *d = arg;

	setting_complain(p->origin, d->errors, "%s", text);
}

/* Does anybody ask for a profile, or for all of them?  Else they are not read. */
static bool
any_profile(const struct desks *d)
{
	if (d->options->command == CMD_PROFILES || d->options->command == CMD_EXPLAIN)
		return true;
	for (size_t i = 0; i < d->ngoverned; i++)
		if (settings_last(&d->governed[i]->settings, KEY_PROFILE) != NULL || settings_last(&d->governed[i]->settings, KEY_ORIGIN) != NULL
		    || settings_last(&d->governed[i]->settings, KEY_LICENCES) != NULL)
			return true;
	return false;
}

static void
load_domain(struct desks *d, struct domain *m, const struct settings *s)
{
	rule_set_init(&m->set);
	m->set.parameter_error = parameter_error;
	m->set.parameter_arg = d;
	for (size_t i = 0; i < s->n; i++)
		if (s->v[i].key == KEY_PARAMETERS)
			XPUSH(m->set.parameters, m->set.nparameters, m->set.capparameters) = (struct rule_parameter){
			    .rule = s->v[i].name, .name = s->v[i].parameter, .value = s->v[i].value, .origin = &s->v[i] };
	rule_load_builtin(&m->set, d->errors);
	if (any_profile(d))
		rule_load_profiles(&m->set, d->errors);
	load_packs(d, m, s);
	rule_load_finish(&m->set, d->errors);
}

static struct domain *
domain_of(struct desks *d, const struct settings *s)
{
	char *key = key_of(s);
	struct domain *m;

	for (size_t i = 0; i < d->ndomains; i++)
		if (strcmp(d->domains[i]->key, key) == 0) {
			free(key);
			return d->domains[i];
		}
	m = xcalloc(1, sizeof *m);
	m->key = key;
	m->number = (unsigned)d->ndomains;
	load_domain(d, m, s);
	XPUSH(d->domains, d->ndomains, d->capdomains) = m;
	return m;
}

/* ---- policies ---- */

static bool
make_policy(struct desks *d, struct governed *g)
{
	const char *now = options_value(d->options, OPT_NOW), *as = settings_text(&g->settings, KEY_AS);
	const char *encoding = settings_text(&g->settings, KEY_ENCODING);

	policy_init(&g->policy, &g->domain->set);
	if (now != NULL && !policy_parse_now(now, &g->policy.now, &g->policy.now_offset)) {
		options_complain("option '--now' has value '%s', expected a time such as 2026-11-23T14:00+03:00", now);
		return false;
	}
	g->as = as != NULL ? reader_by_name(as) : NULL;
	g->forced_encoding = encoding != NULL && encoding_parse(encoding, &g->encoding);
	g->policy.now = now == NULL && g->number != 0 ? d->governed[0]->policy.now : g->policy.now;	/* one clock for all */
	g->policy.compares = d->compares;
	g->policy.beside = d->beside;
	settings_apply(&g->settings, &g->policy, d->errors);
	return settings_profiles(&g->settings, &g->policy, d->errors);
}

/* What the command line says of rules must mean something somewhere, if not for each file: desks may have packs of their own. */
static bool
options_known(struct desks *d)
{
	for (size_t i = 0; i < d->given.n; i++) {
		const struct setting *s = &d->given.v[i];
		const char *word = s->key == KEY_SEVERITY ? s->name : s->value, *near = NULL;
		bool known = s->key != KEY_SELECT && s->key != KEY_EXTEND_SELECT && s->key != KEY_IGNORE && s->key != KEY_SEVERITY;

		for (size_t k = 0; !known && k < d->ngoverned; k++)
			known = policy_known(&d->governed[k]->policy, word, near == NULL ? &near : NULL);
		if (!known)
			return setting_unknown(s, d->errors, s->key == KEY_SEVERITY ? "rule" : "rule or family", word, near,
			    "; see 'wirelint rules'");
	}
	return true;
}

/* A rule that was asked for by name and lacks what it needs: by a configuration, where it does so for a file that it governs; by
 * the command line, where it does so for all. */
struct lacking { const struct rule *rule; const char *why; const struct setting *asked; size_t n; };

static void
say_lacking(struct desks *d, const struct lacking *l)
{
	struct config *config = l->asked->config;
	struct finding *f = finding_message(d->errors, MSG_RUN_NO_INPUT, config != NULL ? config->file.path : NULL, l->rule->id, l->why);

	if (config != NULL) {
		f->placed = true;
		f->at = yaml_file_span(&config->file, l->asked->at);
	}
}

/* A selection and what it leaves out may cancel out, and all would be fine. */
static bool
any_rule(const struct policy *p)
{
	for (size_t i = 0; i < p->set->n; i++)
		if (policy_could_enable(p, p->set->rules[i]) && !p->off[i])
			return true;
	return false;
}

static void
find_lacking(struct desks *d)
{
	struct lacking *all = NULL;
	size_t n = 0, cap = 0, governed = 0;

	for (size_t i = 0; i < d->ngoverned; i++) {
		struct governed *g = d->governed[i];

		governed += g->files != 0;
		if (g->files != 0 && d->errors->n == 0 && !any_rule(&g->policy))
			finding_message(d->errors, MSG_RUN_NO_RULES, NULL);
		for (size_t k = 0; k < g->policy.set->n; k++) {
			struct lacking l = { .rule = g->policy.set->rules[k], .n = 1 };
			size_t at = 0;

			l.why = settings_lack(&g->settings, &g->policy, l.rule, &l.asked);
			if (l.why == NULL || g->files == 0)
				continue;
			if (l.asked->config != NULL) {
				say_lacking(d, &l);
				continue;
			}
			while (at < n && strcmp(all[at].rule->id, l.rule->id) != 0)
				at++;
			if (at == n)
				XPUSH(all, n, cap) = l;
			else
				all[at].n++;
		}
	}
	for (size_t i = 0; i < n; i++)
		if (all[i].n == governed)
			say_lacking(d, &all[i]);
	free(all);
}

bool
desks_settle(struct desks *d, int match_mode)
{
	for (size_t i = 0; i < d->ngoverned; i++) {
		struct governed *g = d->governed[i];

		g->domain = domain_of(d, &g->settings);
		if (!make_policy(d, g))
			return false;
	}
	if (!options_known(d))
		return false;
	find_lacking(d);
	for (size_t i = 0; i < d->ndomains; i++) {
		struct domain *m = d->domains[i];
		bool *wanted = xcalloc(m->set.n + 1, sizeof *wanted);

		for (size_t k = 0; k < d->ngoverned; k++)
			if (d->governed[k]->domain == m)
				policy_wanted(&d->governed[k]->policy, wanted);
		m->matcher = matcher_new(&m->set, wanted, match_mode);
		free(wanted);
	}
	return true;
}
