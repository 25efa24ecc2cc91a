/* A configuration as it is written.
 *
 *	extends: built-in:strict	another configuration first: its settings are weaker than those here
 *	kind: wire			part 0: settings for all files
 *	overrides:
 *	  - files: own		part 1: for these files, stronger than part 0
 *	    kind: own
 *
 * A mistake costs the setting that it stands in and no other; but it is an error of the run. */
#include "desk/config.h"

#include "frozen/builtin.h"
#include "util/buf.h"
#include "util/path.h"
#include "util/str.h"
#include "util/xmalloc.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BUILT_IN "built-in:"
#define BUILT_IN_FOLDER "rules/desks/"

enum { MOST_BASES = 256 };		/* files that one configuration is made of, each as often as it is named */

/* Those that extend one another, by what they are on the disk, and how many have been read for the first of them. */
struct chain { const char *path; const struct chain *up; size_t *loads; };

static struct config *load(const char *path, const char *real, const char *shown, const char *folder, const struct chain *up,
    struct finding_list *errors);

/* ---- values ---- */

static void
add(struct config *c, struct config_part *part, struct setting s, struct finding_list *errors)
{
	s.config = c;
	if (setting_check(&s, errors))
		XPUSH(part->settings.v, part->settings.n, part->settings.cap) = s;
}

static void
add_globs(struct config *c, struct part_globs *to, const struct yaml *v)
{
	for (const struct yaml *i = NULL; yaml_file_each(&c->file, v, &i);)
		if (path_glob_is_empty(i->value))
			yaml_file_error(&c->file, i, false, "glob '%s' means nothing, expected the name of files or folders", i->value);
		else
			XPUSH(to->v, to->n, to->cap) = (struct glob){ i->value, i, false, false };
}

/* severity: { caption/missing: note } */
static void
add_map(struct config *c, struct config_part *part, enum key key, const struct yaml *v, struct finding_list *errors)
{
	if (v->kind != YAML_MAPPING) {
		yaml_file_error(&c->file, v, v->at == v->end, "'%s' is no mapping, expected rules and their values", v->key);
		return;
	}
	for (const struct yaml *i = v->first; i != NULL; i = i->next) {
		const char *text = yaml_file_text(&c->file, i);

		if (text != NULL)
			add(c, part, (struct setting){ .key = key, .name = i->key, .value = text, .at = i }, errors);
	}
}

/* parameters: { caption/duplicate-lead: { similarity: 0.9 } } */
static void
add_maps(struct config *c, struct config_part *part, enum key key, const struct yaml *v, struct finding_list *errors)
{
	if (v->kind != YAML_MAPPING) {
		yaml_file_error(&c->file, v, v->at == v->end, "'%s' is no mapping, expected rules and their parameters", v->key);
		return;
	}
	for (const struct yaml *rule = v->first; rule != NULL; rule = rule->next) {
		if (rule->kind != YAML_MAPPING) {
			yaml_file_error(&c->file, rule, rule->at == rule->end, "'%s' is no mapping, expected parameters and their values",
			    rule->key);
			continue;
		}
		for (const struct yaml *i = rule->first; i != NULL; i = i->next) {
			const char *text = yaml_file_text(&c->file, i);

			if (text != NULL)
				add(c, part, (struct setting){ .key = key, .name = rule->key, .parameter = i->key, .value = text, .at = i },
				    errors);
		}
	}
}

/* origin: { field: source, map: { propublica: [propublica] } } */
static void
add_origin(struct config *c, struct config_part *part, const struct yaml *v, struct finding_list *errors)
{
	const struct yaml *field = yaml_get(v, "field"), *map = yaml_get(v, "map");
	const char *name;
	enum field_name f;

	if (v->kind != YAML_MAPPING) {
		yaml_file_error(&c->file, v, v->at == v->end, "'origin' is no mapping, expected the keys 'field' and 'map'");
		return;
	}
	for (const struct yaml *i = v->first; i != NULL; i = i->next)
		if (i != field && i != map) {
			struct nearest near;

			nearest_init(&near, i->key, strlen(i->key));
			nearest_try(&near, "field");
			nearest_try(&near, "map");
			yaml_file_unknown(&c->file, i, true, "key", i->key, " in 'origin'", near.best, ", expected field and map");
		}
	if (field == NULL || map == NULL) {
		yaml_file_error(&c->file, v, true, "'origin' without '%s', expected the keys 'field' and 'map'", field == NULL ? "field" : "map");
		return;
	}
	if ((name = yaml_file_text(&c->file, field)) == NULL)
		return;
	if (!field_name_parse(name, strlen(name), &f)) {
		struct nearest near;

		nearest_init(&near, name, strlen(name));
		for (size_t i = 0; field_names[i] != NULL; i++)
			nearest_try(&near, field_names[i]);
		yaml_file_unknown(&c->file, field, false, "field", name, "", near.best, "; see 'wirelint formats'");
		return;
	}
	if (map->kind != YAML_MAPPING) {
		yaml_file_error(&c->file, map, map->at == map->end, "'map' is no mapping, expected what the field says and its profiles");
		return;
	}
	add(c, part, (struct setting){ .key = KEY_ORIGIN, .value = name, .at = field }, errors);
	for (const struct yaml *says = map->first; says != NULL; says = says->next) {
		if (says->kind == YAML_SEQUENCE && says->first == NULL)		/* known, and under no profile */
			add(c, part, (struct setting){ .key = KEY_ORIGIN, .name = says->key, .value = "none", .at = says }, errors);
		for (const struct yaml *i = NULL; yaml_file_each(&c->file, says, &i);)
			add(c, part, (struct setting){ .key = KEY_ORIGIN, .name = says->key, .value = i->value, .at = i }, errors);
	}
}

static bool
is_within(const char *folder, const char *path)
{
	char *in = path_of_folder(folder), *real = realpath(path, NULL), *is = real != NULL ? xstrdup(real) : path_absolute(path);
	bool within = path_within(in, is) != NULL;

	free(real);
	free(is);
	free(in);
	return within;
}

/* A file that the configuration names lies beside it; `after` characters of the value are no part of the name.  What is written must lie
 * within, and its links be followed to know: a folder that was fetched from somewhere is not to write elsewhere. */
static const char *
file_of(struct config *c, const struct yaml *v, const char *value, size_t after)
{
	const char *out = value;
	char *folder, *path;

	if (strncmp(c->path, BUILT_IN, sizeof BUILT_IN - 1) == 0 || strcmp(value + after, "-") == 0)
		return value;
	folder = path_folder(c->path);
	path = path_join(folder, value + after);
	if (after != 0 && !is_within(folder, path))
		yaml_file_error(&c->file, v, false, "output '%s' lies outside of the configuration's folder, expected it within", value);
	out = arena_printf(&c->file.arena, "%.*s%s", (int)after, value, path);
	free(folder);
	free(path);
	return out;
}

static void
add_list(struct config *c, struct config_part *part, enum key key, const struct yaml *v, struct finding_list *errors)
{
	if (v->kind == YAML_SEQUENCE && v->first == NULL && key == KEY_SELECT)
		yaml_file_error(&c->file, v, true, "'select' names no rule, expected rules or families, tier:NAME or all");
	else if (v->kind == YAML_SEQUENCE && v->first == NULL && (key == KEY_AGENCIES || key == KEY_LICENCES || key == KEY_OWN || key == KEY_USE))
		yaml_file_error(&c->file, v, true, "'%s' is empty, expected one or more, or the key left out", v->key);
	for (const struct yaml *i = NULL; yaml_file_each(&c->file, v, &i);) {
		struct setting s = { .key = key, .value = i->value, .at = i };
		const char *colon = strchr(i->value, ':');

		if (key == KEY_RULES)
			s.value = file_of(c, i, i->value, 0);
		else if (key == KEY_OUTPUT && colon != NULL)
			s.value = file_of(c, i, i->value, (size_t)(colon - i->value) + 1);
		add(c, part, s, errors);
	}
}

/* ---- keys ---- */

/* "kind, profile, ..."; `overrides`: only those that may stand there, and `files`. */
static void
unknown_key(struct config *c, const struct yaml *v, bool overrides)
{
	struct nearest near;

	nearest_init(&near, v->key, strlen(v->key));
	for (int i = 0; i < KEY_COUNT; i++)
		if (!overrides || key_rows[i].where == KEY_ANYWHERE)
			nearest_try(&near, key_rows[i].name);
	if (overrides)
		nearest_try(&near, "files");
	yaml_file_unknown(&c->file, v, true, "key", v->key, overrides ? " in 'overrides'" : "", near.best,
	    "; wirelint.yaml(5) lists them");
}

static bool
find_key(struct config *c, const struct yaml *v, bool overrides, enum key *key)
{
	if (!key_find(v->key, key)) {
		unknown_key(c, v, overrides);
		return false;
	}
	if (overrides && key_rows[*key].where != KEY_ANYWHERE) {
		yaml_file_error(&c->file, v, true, "key '%s' in 'overrides', expected it beside 'overrides': it cannot differ by file", v->key);
		return false;
	}
	return true;
}

static void
add_value(struct config *c, struct config_part *part, enum key key, const struct yaml *v, struct finding_list *errors)
{
	const char *text;

	switch (key_rows[key].type) {
	case KEY_IS_LIST:
		if (key == KEY_EXCLUDE)
			add_globs(c, &c->excludes, v);
		add_list(c, part, key, v, errors);
		break;
	case KEY_IS_MAP:
		add_map(c, part, key, v, errors);
		break;
	case KEY_IS_MAPS:
		add_maps(c, part, key, v, errors);
		break;
	case KEY_IS_ORIGIN:
		add_origin(c, part, v, errors);
		break;
	case KEY_IS_BOOL:
		add(c, part, (struct setting){ .key = key, .value = yaml_file_bool(&c->file, v, false) ? "true" : "false", .at = v }, errors);
		break;
	case KEY_IS_PARTS:
		break;
	default:
		if ((text = yaml_file_text(&c->file, v)) != NULL)
			add(c, part, (struct setting){ .key = key, .value = key == KEY_BASELINE || key == KEY_UPSTREAM ? file_of(c, v, text, 0) : text, .at = v },
			    errors);
	}
}

static void
add_override(struct config *c, const struct yaml *v, struct finding_list *errors)
{
	const struct yaml *files = yaml_get(v, "files");
	struct config_part *part;
	struct part_globs globs = { NULL, 0, 0 };
	enum key key;

	if (v->kind != YAML_MAPPING) {
		yaml_file_error(&c->file, v, v->at == v->end, "item of 'overrides' is no mapping, expected 'files' and settings");
		return;
	}
	if (files == NULL) {
		yaml_file_error(&c->file, v->first != NULL ? v->first : v, true, "item of 'overrides' without 'files', expected globs there");
		return;
	}
	add_globs(c, &globs, files);
	if (globs.n == 0) {
		if (files->kind == YAML_SEQUENCE && files->first == NULL)
			yaml_file_error(&c->file, files, true, "'files' is empty, expected globs");
		free(globs.v);
		return;
	}
	part = &XPUSH(c->parts, c->nparts, c->capparts);
	memset(part, 0, sizeof *part);
	part->globs = globs.v;
	part->nglobs = globs.n;
	for (const struct yaml *i = v->first; i != NULL; i = i->next)
		if (i != files && find_key(c, i, true, &key))
			add_value(c, part, key, i, errors);
}

static void
add_overrides(struct config *c, const struct yaml *v, struct finding_list *errors)
{
	if (v->kind != YAML_SEQUENCE) {
		yaml_file_error(&c->file, v, v->at == v->end, "'overrides' is no list, expected items with 'files' and settings");
		return;
	}
	for (const struct yaml *i = v->first; i != NULL; i = i->next)
		add_override(c, i, errors);
}

/* ---- extends ---- */

const char *const *
config_builtins(void)
{
	static const char *list[32];
	size_t n = 0, prefix = strlen(BUILT_IN_FOLDER);

	for (const struct builtin *f = builtins; f->path != NULL && n < 31; f++)
		if (strncmp(f->path, BUILT_IN_FOLDER, prefix) == 0)
			list[n++] = f->path + prefix;
	return list;
}

static void
extend_builtin(struct config *c, const struct yaml *v, const char *name, const struct chain *up, struct finding_list *errors)
{
	const char *const *all = config_builtins();
	struct nearest near;

	nearest_init(&near, name, strlen(name));
	for (size_t i = 0; all[i] != NULL; i++) {
		char known[64];

		snprintf(known, sizeof known, "%.*s", (int)strcspn(all[i], "."), all[i]);
		if (strcmp(known, name) == 0) {
			XPUSH(c->bases, c->nbases, c->capbases) = load(v->value, v->value, v->value, c->folder, up, errors);
			return;
		}
		nearest_try(&near, arena_strdup(&c->file.arena, known));
	}
	yaml_file_unknown(&c->file, v, false, "built-in configuration", name, "", near.best, "; see wirelint.yaml(5)");
}

/* `root` becomes true where the other says so. */
static void
extend(struct config *c, const struct yaml *v, const struct chain *up, bool *root, struct finding_list *errors)
{
	char *folder, *path, *real, *shown;
	bool again = false;

	if (++*up->loads > MOST_BASES) {
		if (*up->loads == MOST_BASES + 1)
			yaml_file_error(&c->file, v, false, "more than %d configurations extend one another, expected fewer", MOST_BASES);
		return;
	}
	if (strncmp(v->value, BUILT_IN, sizeof BUILT_IN - 1) == 0) {
		extend_builtin(c, v, v->value + sizeof BUILT_IN - 1, up, errors);
		return;
	}
	folder = path_folder(c->path);
	path = path_join(folder, v->value);
	free(folder);
	if ((real = realpath(path, NULL)) == NULL || access(real, R_OK) != 0) {
		yaml_file_error(&c->file, v, false, "cannot read '%s': %s", v->value, strerror(errno));
		free(real);
		free(path);
		return;
	}
	for (const struct chain *i = up; i != NULL; i = i->up)
		again = again || strcmp(i->path, real) == 0;
	if (again) {
		yaml_file_error(&c->file, v, false, "'%s' extends itself, expected another configuration", v->value);
	} else {
		folder = path_absolute(".");
		shown = path_within(folder, path) != NULL ? path_from(folder, path) : xstrdup(path);
		XPUSH(c->bases, c->nbases, c->capbases) = load(path, real, shown, c->folder, up, errors);
		*root = *root || c->bases[c->nbases - 1]->root;
		free(folder);
		free(shown);
	}
	free(real);
	free(path);
}

/* ---- all ---- */

/* `real`: what the path is on the disk. */
static struct config *
load(const char *path, const char *real, const char *shown, const char *folder, const struct chain *up, struct finding_list *errors)
{
	struct config *c = xcalloc(1, sizeof *c);
	size_t loads = 0;
	struct chain here = { real, up, up != NULL ? up->loads : &loads };
	const struct builtin *built_in = NULL;
	struct yaml_file *f = &c->file;
	struct buf name = BUF_INIT;
	bool says = false, base_says = false;
	enum key key;

	if (strncmp(path, BUILT_IN, sizeof BUILT_IN - 1) == 0) {
		buf_printf(&name, BUILT_IN_FOLDER "%s.yaml", path + sizeof BUILT_IN - 1);
		built_in = builtin_find(name.s);
		buf_release(&name);
	}
	if (built_in != NULL)
		yaml_file_mem(f, shown, built_in->s, built_in->n, MSG_CONFIG_FILE, errors);
	else
		yaml_file_load(f, shown, MSG_CONFIG_FILE, errors);
	c->path = arena_strdup(&f->arena, path);
	c->folder = arena_strdup(&f->arena, folder);
	c->shared = up != NULL;
	memset(&XPUSH(c->parts, c->nparts, c->capparts), 0, sizeof *c->parts);
	for (const struct yaml *v = f->root != NULL ? f->root->first : NULL; v != NULL; v = v->next) {
		if (!find_key(c, v, false, &key))
			continue;
		if (key == KEY_ROOT) {
			c->root = yaml_file_bool(f, v, false);
			says = true;
		} else if (key == KEY_EXTENDS) {
			for (const struct yaml *i = NULL; yaml_file_each(f, v, &i);)
				extend(c, i, &here, &base_says, errors);
		} else if (key == KEY_OVERRIDES) {
			add_overrides(c, v, errors);
		} else {
			add_value(c, &c->parts[0], key, v, errors);
		}
	}
	c->root = says ? c->root : base_says;
	return c;
}

struct config *
config_load(const char *path, const char *shown, const char *folder, struct finding_list *errors)
{
	char *real = realpath(path, NULL);
	struct config *c = load(path, real != NULL ? real : path, shown, folder, NULL, errors);

	free(real);
	return c;
}

void
config_free(struct config *c)
{
	if (c == NULL)
		return;
	for (size_t i = 0; i < c->nbases; i++)
		config_free(c->bases[i]);
	for (size_t i = 0; i < c->nparts; i++) {
		free(c->parts[i].globs);
		free(c->parts[i].settings.v);
	}
	free(c->parts);
	free(c->bases);
	free(c->excludes.v);
	yaml_file_release(&c->file);
	free(c);
}
