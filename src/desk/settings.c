/* What has been said of how to check. */
#include "desk/settings.h"

#include "check.h"
#include "desk/config.h"
#include "emitter.h"
#include "reader.h"
#include "util/buf.h"
#include "util/path.h"
#include "util/str.h"
#include "util/xmalloc.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- closed lists of words ---- */

#define WORDS(name, ...) \
	static const char *const * \
	words_##name(void) \
	{ \
		static const char *const list[] = { __VA_ARGS__, NULL }; \
		return list; \
	}
WORDS(KINDS, "own", "wire", "syndicated", "republished")
WORDS(STAGES, "ingest", "draft", "publish", "syndicate")
WORDS(LEVELS, "error", "warning", "note")
WORDS(LEVELS_OFF, "error", "warning", "note", "off")
WORDS(LEVELS_NEVER, "error", "warning", "note", "never")
WORDS(WHEN, "auto", "always", "never")

static const char *const *
words_USES(void)
{
	return copy_uses;
}

static const char *const *
words_UNITS(void)
{
	return column_units;
}

/* Lists that are made of registers: once, by the one thread that reads configurations. */
static const char *const *
words_FORMATS(void)
{
	static const char *list[64];

	for (size_t i = 0; i < 63 && reader_list()[i] != NULL; i++)
		list[i] = reader_list()[i]->name;
	return list;
}

static const char *const *
words_EMITTERS(void)
{
	static const char *list[64];

	for (size_t i = 0; i < 63 && emitter_list()[i] != NULL; i++)
		list[i] = emitter_list()[i]->name;
	return list;
}

static const char *const *
words_ENCODINGS(void)
{
	static const char *list[ENC_COUNT + 1];

	for (int i = 0; i < ENC_COUNT; i++)
		list[i] = encoding_name((enum encoding)i);
	return list;
}

#define words_NONE NULL

const struct key_row key_rows[KEY_COUNT] = {
#define KEY(id, name, type, where, words, help) { name, KEY_IS_##type, KEY_##where, words_##words, help },
#include "desk/settings.def"
#undef KEY
};

bool
key_find(const char *name, enum key *key)
{
	for (int i = 0; i < KEY_COUNT; i++)
		if (strcmp(key_rows[i].name, name) == 0) {
			*key = (enum key)i;
			return true;
		}
	return false;
}

/* ---- complaints ---- */

bool
setting_complain(const struct setting *s, struct finding_list *errors, const char *fmt, ...)
{
	va_list ap;
	char text[1024];

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	if (s->config == NULL) {
		options_complain("%s", text);
		return false;
	}
	s->config->file.errors = errors;
	yaml_file_error(&s->config->file, s->at, false, "%s", text);
	return false;
}

bool
setting_unknown(const struct setting *s, struct finding_list *errors, const char *what, const char *word, const char *near,
    const char *hint)
{
	if (near != NULL)
		return setting_complain(s, errors, "unknown %s '%s'; did you mean '%s'?", what, word, near);
	return setting_complain(s, errors, "unknown %s '%s'%s", what, word, hint);
}

/* Is `value`, the setting's or a part of it, one of the names? */
static bool
one_of(const struct setting *s, struct finding_list *errors, const char *value, const char *const *names)
{
	const char *what = s->config != NULL ? "key" : s->variable != NULL ? "variable" : "option";
	const char *dashes = s->config != NULL || s->variable != NULL ? "" : "--";
	const char *name = s->variable != NULL ? s->variable : key_rows[s->key].name;
	struct buf list = BUF_INIT;
	struct nearest near;
	bool ok;

	nearest_init(&near, value, strlen(value));
	for (size_t i = 0; names[i] != NULL; i++) {
		if (strcmp(names[i], value) == 0)
			return true;
		nearest_try(&near, names[i]);
	}
	for (size_t i = 0; names[i] != NULL; i++)
		buf_printf(&list, "%s%s", i == 0 ? "" : names[i + 1] == NULL ? " or " : ", ", names[i]);
	if (near.best != NULL)
		ok = setting_complain(s, errors, "%s '%s%s' has unknown value '%s'; did you mean '%s'?", what, dashes, name, value, near.best);
	else
		ok = setting_complain(s, errors, "%s '%s%s' has unknown value '%s', expected %s", what, dashes, name, value, list.s);
	buf_release(&list);
	return ok;
}

enum { MAX_JOBS = 256, MANY = 1000000000 };

static bool
number(const char *s, long min, long max, long *out)
{
	char *end;

	errno = 0;
	*out = strtol(s, &end, 10);
	return s[strspn(s, "0123456789")] == '\0' && *s != '\0' && *end == '\0' && errno == 0 && *out >= min && *out <= max;
}

/* FORM:FILE */
static bool
check_output(const struct setting *s, struct finding_list *errors)
{
	const char *colon = strchr(s->value, ':');
	char form[32];

	if (colon == NULL || colon[1] == '\0')
		return setting_complain(s, errors, "%s '%soutput' has value '%s', expected FORM:FILE", s->config != NULL ? "key" : "option",
		    s->config != NULL ? "" : "--", s->value);
	snprintf(form, sizeof form, "%.*s", (int)(colon - s->value), s->value);
	return one_of(s, errors, form, words_EMITTERS());
}

/* A language, by two or three small letters, and what goes with it: en, en-GB, zh-Hant. */
static bool
is_tag(const char *s)
{
	size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz");

	if (n != 2 && n != 3)
		return false;
	for (s += n; *s == '-' || *s == '_'; s += n + 1) {
		n = strspn(s + 1, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
		if (n < 2 || n > 8)
			return false;
	}
	return *s == '\0';
}

bool
setting_check(const struct setting *s, struct finding_list *errors)
{
	const struct key_row *row = &key_rows[s->key];
	long min = s->key == KEY_JOBS, max = s->key == KEY_JOBS ? MAX_JOBS : MANY, n;
	enum encoding encoding;

	if (row->type == KEY_IS_NUMBER && !number(s->value, min, max, &n))
		return setting_complain(s, errors, "%s '%s%s' has value '%s', expected a number from %ld to %ld",
		    s->config != NULL ? "key" : "option", s->config != NULL ? "" : "--", row->name, s->value, min, max);
	if (s->key == KEY_ENCODING && encoding_parse(s->value, &encoding))
		return true;		/* other names that mean one are taken, too */
	if (s->key == KEY_COUNTRY && !(strlen(s->value) == 2 && strspn(s->value, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 2))
		return setting_complain(s, errors, "key 'country' has value '%s', expected two capitals such as TR", s->value);
	if (s->key == KEY_EXCLUDE && path_glob_is_empty(s->value))
		return s->config != NULL || setting_complain(s, errors, "option '--exclude' has value '%s', expected the name of files or folders",
		    s->value);		/* of a configuration it has been said */
	if (s->key == KEY_LANG && !is_tag(s->value))
		return setting_complain(s, errors, "%s '%slang' has value '%s', expected a tag such as en or en-GB", s->config != NULL ? "key" : "option",
		    s->config != NULL ? "" : "--", s->value);
	if (s->key == KEY_OUTPUT)
		return check_output(s, errors);
	return row->words == NULL || one_of(s, errors, s->value, row->words());
}

/* ---- the command line ---- */

static const char *
copy(struct arena *arena, const char *s, size_t n)
{
	return arena_strndup(arena, s, n);
}

/* "caption,quote/unbalanced": a setting each. */
static bool
add_list(struct settings *to, enum key key, const char *list, struct arena *arena)
{
	bool any = false;

	while (*(list += strspn(list, ", ")) != '\0') {
		size_t n = strcspn(list, ", ");

		XPUSH(to->v, to->n, to->cap) = (struct setting){ .key = key, .value = copy(arena, list, n) };
		list += n;
		any = true;
	}
	if (any || key == KEY_IGNORE)
		return true;
	/* an empty variable of a script, and nothing would be checked */
	if (key == KEY_PROFILE)
		options_complain("option '--profile' names no profile, expected one or more; see 'wirelint profiles'");
	else
		options_complain("a selection names no rule, expected rules or families, tier:NAME or all");
	return false;
}

static bool
add_option(struct settings *to, enum key key, const char *value, struct arena *arena)
{
	struct setting s = { .key = key, .value = value };
	const char *eq = strchr(value, '=');
	enum severity level;

	switch (key) {
	case KEY_SELECT:
	case KEY_EXTEND_SELECT:
	case KEY_IGNORE:
	case KEY_PROFILE:
		return add_list(to, key, value, arena);
	case KEY_SEVERITY:
		if (eq == NULL || !severity_parse(eq + 1, strlen(eq + 1), &level)) {
			options_complain("option '--severity' has value '%s', expected RULE=error, warning, note or off", value);
			return false;
		}
		s.name = copy(arena, value, (size_t)(eq - value));
		s.value = eq + 1;
		break;
	default:
		if (key_rows[key].type == KEY_IS_BOOL)
			s.value = "true";
		if (!setting_check(&s, NULL))
			return false;
	}
	XPUSH(to->v, to->n, to->cap) = s;
	return true;
}

/* The form that a machine asks for, where the command line names neither a form nor an output: as if it were an option, so that it takes
 * the place of what configurations say.  No other variable stands for an option. */
static bool
add_variable(struct settings *to, const struct options *o, struct arena *arena)
{
	static const char name[] = "WIRELINT_FORMAT";
	const char *value = getenv(name);
	struct setting s = { .key = KEY_FORMAT, .variable = name };

	if ((o->command != CMD_CHECK && o->command != CMD_CONFIG) || options_has(o, OPT_FORMAT) || options_has(o, OPT_OUTPUT) ||
	    value == NULL || *value == '\0')
		return true;
	s.value = copy(arena, value, strlen(value));
	if (!setting_check(&s, NULL))
		return false;
	XPUSH(to->v, to->n, to->cap) = s;
	return true;
}

bool
settings_options(struct settings *to, const struct options *o, struct arena *arena)
{
	enum key key;

	if (!add_variable(to, o, arena))
		return false;
	/* a selection replaces what the configuration selects, wherever it stands among the options */
	for (int first = 1; first >= 0; first--)
		for (size_t i = 0; i < o->ngiven; i++)
			/* --format of other commands is no output of findings */
			if (key_find(options_name(o->given[i].id), &key) && (key == KEY_SELECT) == first &&
			    (key != KEY_FORMAT || o->command == CMD_CHECK) && !add_option(to, key, o->given[i].value, arena))
				return false;
	return true;
}

/* ---- what holds ---- */

const struct setting *
settings_last(const struct settings *s, enum key key)
{
	for (size_t i = s->n; i-- != 0;)
		if (s->v[i].key == key)
			return &s->v[i];
	return NULL;
}

const char *
settings_text(const struct settings *s, enum key key)
{
	const struct setting *last = settings_last(s, key);

	return last != NULL ? last->value : NULL;
}

bool
settings_bool(const struct settings *s, enum key key)
{
	const char *v = settings_text(s, key);

	return v != NULL && strcmp(v, "true") == 0;
}

long
settings_number(const struct settings *s, enum key key, long otherwise)
{
	const char *v = settings_text(s, key);
	long n;

	return v != NULL && number(v, 0, MANY, &n) ? n : otherwise;
}

/* ---- onto a policy ---- */

/* A word of the command line that means nothing here may mean something for other files: desk_rules.c asks for all of them. */
static void
apply_switch(const struct setting *s, struct policy *p, struct finding_list *errors)
{
	bool severity = s->key == KEY_SEVERITY, known;
	const char *near = NULL;
	enum severity level = SEV_OFF;

	if (severity)
		severity_parse(s->value, strlen(s->value), &level);
	known = severity ? policy_severity(p, s->name, level, &near) : policy_switch(p, s->value, s->key != KEY_IGNORE, &near);
	if (!known && s->config != NULL && errors != NULL)
		setting_unknown(s, errors, severity ? "rule" : "rule or family", severity ? s->name : s->value, near,
		    "; see 'wirelint rules'");
}

/* What the copy is, before its rules are chosen: profiles and stage ask for rules of their own. */
static void
apply_copy(const struct settings *s, struct policy *p)
{
	const struct setting *last;

	if ((last = settings_last(s, KEY_KIND)) != NULL)
		copy_kind_parse(last->value, strlen(last->value), &p->kind);
	p->lang = settings_text(s, KEY_LANG);
}

static void
apply_levels(const struct settings *s, struct policy *p)
{
	const char *v;

	if ((v = settings_text(s, KEY_MIN_SEVERITY)) != NULL)
		severity_parse(v, strlen(v), &p->min_severity);
	if ((v = settings_text(s, KEY_FAIL_ON)) != NULL && !severity_parse(v, strlen(v), &p->fail_on))
		p->fail_on = SEV_OFF;
}

bool
settings_begin_selection(const struct settings *s, size_t i)
{
	const struct setting *this = &s->v[i];

	for (size_t k = i; k-- != 0;)
		if (s->v[k].key == KEY_SELECT)
			return s->v[k].config != this->config || (this->config != NULL && s->v[k].at->parent != this->at->parent);
	return true;
}

/* Was the rule asked for by its name, or one that compares with all of its tier?  A family or `all` asks for what can run. */
static const struct setting *
asked_for(const struct settings *s, const struct rule *r)
{
	for (size_t i = s->n; i-- != 0;)
		if ((s->v[i].key == KEY_SELECT || s->v[i].key == KEY_EXTEND_SELECT) && (strcmp(s->v[i].value, r->id) == 0 ||
		    (r->tier == TIER_COMPARE && strcmp(s->v[i].value, "tier:compare") == 0)))
			return &s->v[i];
	return NULL;
}

const char *
settings_lack(const struct settings *s, struct policy *p, const struct rule *r, const struct setting **asked)
{
	const char *why = NULL;

	if (!(r->tier == TIER_COMPARE ? policy_could_enable(p, r) : policy_enabled(p, r)) || p->off[r->index])
		return NULL;
	*asked = asked_for(s, r);
	if (r->tier == TIER_COMPARE && !policy_has_copies(p, r)) {
		if (*asked == NULL && !p->enabled[r->index])
			*asked = settings_last(s, KEY_PROFILE);		/* a profile turns it on */
		p->enabled[r->index] = false;
		p->said[r->index] = true;
		why = "it compares with the copy that the story was made from, which --upstream names";
	} else if (r->check->lacks != NULL && !p->by_marks)
		why = r->check->lacks(r->data, &p->asked.standing);
	return *asked != NULL ? why : NULL;
}

/* A rule that is named is on, whatever weaker layers say of its severity; what its own layer says, before it or behind, holds. */
static void
again(const struct settings *s, size_t i, struct policy *p)
{
	if (s->v[i].key != KEY_SELECT && s->v[i].key != KEY_EXTEND_SELECT)
		return;
	for (size_t k = 0; k < i; k++)
		if (s->v[k].key == KEY_SEVERITY && s->v[k].config == s->v[i].config)
			apply_switch(&s->v[k], p, NULL);
}

void
settings_apply(const struct settings *s, struct policy *p, struct finding_list *errors)
{
	apply_copy(s, p);
	for (size_t i = 0; i < s->n; i++) {
		const struct setting *this = &s->v[i];

		switch (this->key) {
		case KEY_SELECT:
			if (settings_begin_selection(s, i))
				policy_clear(p);
			/* fallthrough */
		case KEY_EXTEND_SELECT:
		case KEY_IGNORE:
		case KEY_SEVERITY:
			apply_switch(this, p, errors);
			again(s, i, p);
			break;
		default:
			break;
		}
	}
	apply_levels(s, p);
}
