/* From the command line to rules, policy, outputs and inputs of a run.  Whatever is not understood is said on standard error,
 * with the nearest name. */
#include "run_options.h"

#include "pipeline.h"
#include "rule_load.h"
#include "util/buf.h"
#include "util/str.h"
#include "util/xmalloc.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void
run_load_rules(struct rule_set *set, const struct options *o, struct finding_list *errors)
{
	size_t i;

	rule_set_init(set);
	rule_load_builtin(set, errors);
	if (options_has(o, OPT_PROFILE) || o->command == CMD_PROFILES || o->command == CMD_EXPLAIN)
		rule_load_profiles(set, errors);
	for (i = 0; i < o->ngiven; i++)
		if (o->given[i].id == OPT_RULES)
			rule_load_file(set, o->given[i].value, errors);
	rule_load_finish(set, errors);
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
		return options_unknown("format", as, strlen(as), near.best, "");
	}
	if (encoding != NULL) {
		if (!encoding_parse(encoding, &p->encoding.encoding)) {
			nearest_init(&near, encoding, strlen(encoding));
			for (i = 0; i < ENC_COUNT; i++)
				nearest_try(&near, encoding_name((enum encoding)i));
			return options_unknown("encoding", encoding, strlen(encoding), near.best, "");
		}
		p->encoding.forced = true;
	}
	return true;
}

/* A word of a closed list, or wrong use. */
static bool
choice(const char *option, const char *value, const char *const *names)
{
	struct buf list = BUF_INIT;
	struct nearest near;
	size_t i;

	nearest_init(&near, value, strlen(value));
	for (i = 0; names[i] != NULL; i++) {
		if (strcmp(names[i], value) == 0)
			return true;
		nearest_try(&near, names[i]);
	}
	for (i = 0; names[i] != NULL; i++)
		buf_printf(&list, "%s%s", i == 0 ? "" : names[i + 1] == NULL ? " or " : ", ", names[i]);
	if (near.best != NULL)
		options_complain("option '--%s' has unknown value '%s'; did you mean '%s'?", option, value, near.best);
	else
		options_complain("option '--%s' has unknown value '%s', expected %s", option, value, list.s);
	buf_release(&list);
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
	bool ok = true, any = false;

	for (word = strtok_r(words, ", ", &save); word != NULL; word = strtok_r(NULL, ", ", &save)) {
		near = NULL;
		any = true;
		if (policy_switch(p, word, on, &near))
			continue;
		ok = options_unknown("rule or family", word, strlen(word), near, "; see 'wirelint rules'");
	}
	free(words);
	if (on && !any) {		/* an empty variable of a script, and nothing would be checked */
		options_complain("a selection names no rule, expected rules or families, tier:NAME or all");
		return false;
	}
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
	if (!ok)
		options_unknown("rule", rule, strlen(rule), near, "; see 'wirelint rules'");
	free(rule);
	return ok;
}

bool
run_kind_option(struct policy *p, const struct options *o)
{
	static const char *const kinds[] = { "own", "wire", "syndicated", "republished", NULL };
	const char *kind = options_value(o, OPT_KIND);

	return kind == NULL || (choice("kind", kind, kinds) && copy_kind_parse(kind, strlen(kind), &p->kind));
}

bool
run_profile_options(struct policy *p, const struct options *o)
{
	const char *stage = options_value(o, OPT_STAGE), *near = NULL;
	bool ok = true;

	for (size_t i = 0; i < o->ngiven; i++) {
		char *words, *save = NULL, *word;

		if (o->given[i].id != OPT_PROFILE)
			continue;
		words = xstrdup(o->given[i].value);
		word = strtok_r(words, ", ", &save);
		if (word == NULL) {		/* an empty variable of a script, and the copy would be under no terms */
			options_complain("option '--profile' names no profile, expected ids, auto or none");
			ok = false;
		}
		for (; word != NULL; word = strtok_r(NULL, ", ", &save))
			if (!policy_profile(p, word, &near))
				ok = options_unknown("profile", word, strlen(word), near, "; see 'wirelint profiles'");
		free(words);
	}
	if (stage != NULL && !policy_stage(p, stage, &near))
		ok = options_unknown("stage", stage, strlen(stage), near, ", expected ingest, draft, publish or syndicate");
	return ok;
}

bool
run_settle(struct policy *p)
{
	struct buf conflict = BUF_INIT;
	bool ok = policy_settle(p, &conflict);

	if (!ok)
		options_complain("%s", conflict.s);
	buf_release(&conflict);
	return ok;
}

bool
run_policy_options(struct policy *p, const struct options *o)
{
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
	if (!run_kind_option(p, o))
		return false;
	if ((v = options_value(o, OPT_NOW)) != NULL && !policy_parse_now(v, &p->now, &p->now_offset)) {
		options_complain("option '--now' has value '%s', expected a time such as 2026-11-23T14:00+03:00", v);
		return false;
	}
	p->lang = options_value(o, OPT_LANG);
	return run_profile_options(p, o) && run_settle(p);
}

bool
run_sink_options(struct sinks *sinks, const struct options *o)
{
	static const char *const when[] = { "auto", "always", "never", NULL };
	const char *format = options_value(o, OPT_FORMAT), *unit = options_value(o, OPT_COLUMN_UNIT);
	const char *color = options_value(o, OPT_COLOR);
	size_t i;

	if (unit != NULL && !choice("column-unit", unit, column_units))
		return false;
	if (color != NULL && !choice("color", color, when))
		return false;
	sinks_init(sinks, color, unit);
	for (i = 0; i < o->ngiven; i++)
		if (o->given[i].id == OPT_OUTPUT && !sinks_add(sinks, o->given[i].value))
			return false;
	/* --format is for standard output; without any output named, standard output gets the default form */
	if (format != NULL || sinks->n == 0)
		return sinks_add_standard(sinks, format);
	return true;
}

bool
run_number(const char *option, const char *value, long min, long max, long *out)
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
files_from(struct walk *w, const char *name, char separator, struct finding_list *errors)
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
	walk_add_list(w, list.s, list.n, separator, errors);
	buf_release(&list);
	return true;
}

bool
run_inputs(struct walk *w, const struct options *o, struct finding_list *errors)
{
	char separator = options_has(o, OPT_NUL) ? '\0' : '\n';
	bool listed = false;
	size_t i;

	w->force_exclude = options_has(o, OPT_FORCE_EXCLUDE);
	for (i = 0; i < o->ngiven; i++)
		if (o->given[i].id == OPT_EXCLUDE)
			XPUSH(w->excludes, w->nexcludes, w->capexcludes) = o->given[i].value;
	for (i = 0; i < o->nwords; i++)
		walk_add(w, o->words[i], errors);
	for (i = 0; i < o->ngiven; i++)
		if (o->given[i].id == OPT_FILES_FROM) {
			listed = true;
			if (!files_from(w, o->given[i].value, separator, errors))
				return false;
		}
	if (o->nwords == 0 && !listed) {
		options_complain("nothing to check: name a file, a folder or - for standard input");
		return false;
	}
	walk_finish(w);
	return true;
}
