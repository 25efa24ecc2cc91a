/* Reading .wirelint-waivers.yaml.
 *
 *	waivers:
 *	  - rule: caption/duplicate-lead
 *	    path: wire/2026/ *.xml
 *	    reason: agency copy, may not be changed
 *	    owner: night desk
 *	    expires: 2026-12-31 */
#include "lint/accept_int.h"

#include "analysis/dates.h"
#include "util/path.h"
#include "util/str.h"
#include "util/xmalloc.h"
#include "yaml_file.h"

#include <stdlib.h>
#include <string.h>

struct loading {
	struct accept *accept;
	struct yaml_file yaml;
	const struct waiver_file *file;
	struct waiver **waivers;	/* of this file: they hold when it has no mistake */
	size_t n, cap;
};

static size_t
count(const struct yaml *v)
{
	size_t n = 0;

	if (v->kind != YAML_SEQUENCE)
		return 1;
	for (v = v->first; v != NULL; v = v->next)
		n++;
	return n;
}

static const char *
keep(struct loading *l, const char *s)
{
	return arena_strdup(&l->accept->arena, s);
}

/* ---- rules ---- */

static bool
is_rule(const struct accept *a, const char *word)
{
	for (size_t k = 0; k < a->nsets; k++)
		if (rule_find(a->sets[k], word) != NULL)
			return true;
	return false;
}

static bool
is_family(const struct accept *a, const char *word)
{
	size_t n = strlen(word);

	for (size_t k = 0; k < a->nsets; k++)
		for (size_t i = 0; i < a->sets[k]->n; i++)
			if (strncmp(a->sets[k]->rules[i]->id, word, n) == 0 && a->sets[k]->rules[i]->id[n] == '/')
				return true;
	return false;
}

static void
unknown_rule(struct loading *l, const struct yaml *v, const char *word)
{
	struct nearest near;

	for (size_t i = 0; i < MSG_COUNT; i++)
		if (strcmp(messages[i].name, word) == 0) {
			yaml_file_error(&l->yaml, v, false, "'%s' says that something was not checked, which cannot be waived", word);
			return;
		}
	nearest_init(&near, word, strlen(word));
	for (size_t k = 0; k < l->accept->nsets; k++)
		for (size_t i = 0; i < l->accept->sets[k]->n; i++) {
			const char *id = l->accept->sets[k]->rules[i]->id;

			nearest_try(&near, id);
			nearest_try(&near, arena_strndup(&l->yaml.arena, id, strcspn(id, "/")));
		}
	yaml_file_unknown(&l->yaml, v, false, "rule or family", word, "", near.best, "; see 'wirelint rules'");
}

static void
read_rules(struct loading *l, struct waiver *w, const struct yaml *v)
{
	w->words = ARENA_ARRAY(&l->accept->arena, struct waiver_word, count(v));
	for (const struct yaml *i = NULL; yaml_file_each(&l->yaml, v, &i);) {
		bool rule = is_rule(l->accept, i->value);
		struct waiver_word *word = &w->words[w->nwords];

		if (!rule && !is_family(l->accept, i->value)) {
			unknown_rule(l, i, i->value);
			continue;
		}
		word->name = keep(l, i->value);
		word->family = !rule;
		word->at = yaml_file_span(&l->yaml, i);
		w->nwords++;
	}
}

/* ---- paths ---- */

static bool
climbs(const char *path)
{
	while (*path != '\0') {
		size_t n = strcspn(path, "/");

		if (n == 2 && memcmp(path, "..", 2) == 0)
			return true;
		path += n;
		path += strspn(path, "/");
	}
	return false;
}

static void
read_paths(struct loading *l, struct waiver *w, const struct yaml *v)
{
	struct arena *arena = &l->accept->arena;

	w->paths = ARENA_ARRAY(arena, struct waiver_path, count(v));
	for (const struct yaml *i = NULL; yaml_file_each(&l->yaml, v, &i);) {
		struct waiver_path *t = &w->paths[w->npaths];
		const char *slash = strchr(i->value, '/');
		char *place;

		if (climbs(i->value)) {
			yaml_file_error(&l->yaml, i, false, "path '%s' leaves the folder of the file of waivers, expected one in it", i->value);
			continue;
		}
		w->npaths++;
		t->waiver = w;
		t->glob = keep(l, i->value);
		t->at = yaml_file_span(&l->yaml, i);
		/* what path_matches() takes for a path from the folder on; wire/ is any folder so called */
		if (strpbrk(i->value, "*?[\\") != NULL || slash == NULL || slash[strspn(slash, "/")] == '\0')
			continue;
		place = path_join("/", i->value);
		t->exact = keep(l, place + 1);
		free(place);
	}
}

/* ---- fingerprints, dates, words ---- */

static bool
parse_fingerprint(const char *s, uint64_t *out)
{
	size_t n;

	for (*out = 0, n = 0; s[n] != '\0'; n++) {
		const char *digits = "0123456789abcdef", *d = strchr(digits, s[n]);

		if (d == NULL || n == 16)
			return false;
		*out = *out << 4 | (uint64_t)(d - digits);
	}
	return n == 16;
}

static void
read_marks(struct loading *l, struct waiver *w, const struct yaml *v)
{
	w->marks = ARENA_ARRAY(&l->accept->arena, struct waiver_mark, count(v));
	for (const struct yaml *i = NULL; yaml_file_each(&l->yaml, v, &i);) {
		struct waiver_mark *m = &w->marks[w->nmarks];

		if (!parse_fingerprint(i->value, &m->fingerprint)) {
			yaml_file_error(&l->yaml, i, false,
			    "fingerprint '%s' is not of the form 0123456789abcdef, as --format json prints it", i->value);
			continue;
		}
		m->waiver = w;
		m->at = yaml_file_span(&l->yaml, i);
		w->nmarks++;
	}
}

static void
read_expires(struct loading *l, struct waiver *w, const struct yaml *v)
{
	const char *s = yaml_file_text(&l->yaml, v);
	int year, month, day;

	if (s == NULL)
		return;
	if (strlen(s) != 10 || !date_iso(s, 10, &year, &month, &day)) {
		yaml_file_error(&l->yaml, v, false, "'expires' is '%s', expected a day such as 2026-12-31", s);
		return;
	}
	if (!date_exists(year, month, day)) {
		yaml_file_error(&l->yaml, v, false, "'expires' is '%s', a day that no calendar has", s);
		return;
	}
	w->expires = keep(l, s);
	w->expires_at = yaml_file_span(&l->yaml, v);
	w->last_day = date_days(year, month, day);
}

/* A reason or an owner: words, or nothing that counts. */
static bool
is_said(struct loading *l, const struct yaml *v, const char **out)
{
	const char *s;

	if (v == NULL || v->kind == YAML_NULL || (v->kind == YAML_SCALAR && v->n == 0))
		return false;
	s = yaml_file_text(&l->yaml, v);
	if (s == NULL)			/* a mistake, and said */
		return true;
	if (out != NULL)
		*out = keep(l, s);
	return s[strspn(s, " \t\r\n")] != '\0';
}

/* ---- a waiver ---- */

static bool
is_among(struct loading *l, const struct yaml *v, const char *const *keys)
{
	struct nearest near;

	nearest_init(&near, v->key, strlen(v->key));
	for (; *keys != NULL; keys++) {
		if (strcmp(*keys, v->key) == 0)
			return true;
		nearest_try(&near, *keys);
	}
	yaml_file_unknown(&l->yaml, v, true, "key", v->key, "", near.best, "");
	return false;
}

static void
read_waiver(struct loading *l, const struct yaml *v)
{
	static const char *const keys[] = { "rule", "path", "fingerprint", "reason", "owner", "expires", NULL };
	const struct yaml *rule = yaml_get(v, "rule"), *path = yaml_get(v, "path"), *mark = yaml_get(v, "fingerprint");
	const struct yaml *expires = yaml_get(v, "expires");
	struct waiver *w = ARENA_NEW(&l->accept->arena, struct waiver);
	bool reason, owner;

	if (v->kind != YAML_MAPPING) {
		yaml_file_error(&l->yaml, v, false, "a waiver is no mapping, expected rule, path or fingerprint, reason and owner");
		return;
	}
	for (const struct yaml *k = v->first; k != NULL; k = k->next)
		is_among(l, k, keys);
	w->file = l->file;
	if (rule != NULL)
		read_rules(l, w, rule);
	else
		yaml_file_error(&l->yaml, v, false, "waiver has no 'rule', expected a rule, a family or a list of them");
	if (path != NULL)
		read_paths(l, w, path);
	if (mark != NULL)
		read_marks(l, w, mark);
	if (path == NULL && mark == NULL)
		yaml_file_error(&l->yaml, v, false, "waiver has neither 'path' nor 'fingerprint', expected one of them or both");
	for (int i = 0; i < 3; i++) {
		const struct yaml *list = i == 0 ? rule : i == 1 ? path : mark;

		if (list != NULL && list->kind == YAML_SEQUENCE && list->first == NULL)
			yaml_file_error(&l->yaml, list, true, "'%s' is an empty list", list->key);
	}
	if (expires != NULL)
		read_expires(l, w, expires);
	reason = is_said(l, yaml_get(v, "reason"), &w->reason);
	owner = is_said(l, yaml_get(v, "owner"), &w->owner);
	w->lacks = reason && owner ? NULL : reason ? "owner" : owner ? "reason" : "reason and no owner";
	/* its first key is where it begins for those who look */
	w->at = rule != NULL ? yaml_file_span(&l->yaml, rule) : yaml_file_span(&l->yaml, v);
	XPUSH(l->waivers, l->n, l->cap) = w;
}

static void
put_into_tables(struct accept *a, struct waiver *w)
{
	XPUSH(a->waivers, a->nwaivers, a->capwaivers) = w;
	for (size_t i = 0; i < w->npaths; i++) {
		struct waiver_path *t = &w->paths[i];

		if (t->exact != NULL) {
			char *absolute = path_join(w->file->folder, t->exact);

			multi_add(&a->paths, accept_hash(absolute, strlen(absolute)), t);
			free(absolute);
		} else if (strpbrk(t->glob, "*?[\\/") == NULL)
			multi_add(&a->names, accept_hash(t->glob, strlen(t->glob)), t);
		else
			XPUSH(a->globs, a->nglobs, a->capglobs) = t;
	}
	for (size_t i = 0; i < w->nmarks; i++)
		multi_add(&a->marks, w->marks[i].fingerprint, &w->marks[i]);
}

static void
read_file(struct loading *l)
{
	static const char *const keys[] = { "waivers", NULL };

	if (l->yaml.root == NULL)
		return;
	for (const struct yaml *v = l->yaml.root->first; v != NULL; v = v->next) {
		if (!is_among(l, v, keys))
			continue;
		if (v->kind != YAML_SEQUENCE)
			yaml_file_error(&l->yaml, v, true, "'waivers' is %s, expected a list",
			    v->kind == YAML_MAPPING ? "a mapping" : v->at == v->end ? "empty" : "one value");
		else
			for (const struct yaml *i = v->first; i != NULL; i = i->next)
				read_waiver(l, i);
	}
}

bool
accept_add_waivers(struct accept *a, const char *path, struct finding_list *errors)
{
	struct waiver_file *file = ARENA_NEW(&a->arena, struct waiver_file);
	struct loading l = { .accept = a, .file = file };
	char *absolute = path_absolute(path), *folder = path_folder(absolute);
	bool ok;

	file->path = arena_strdup(&a->arena, path);
	file->folder = arena_strdup(&a->arena, folder);
	free(absolute);
	free(folder);
	ok = yaml_file_load(&l.yaml, path, MSG_CONFIG_WAIVERS, errors);
	if (ok)
		read_file(&l);
	ok = ok && l.yaml.nerrors == 0;
	for (size_t i = 0; ok && i < l.n; i++)
		put_into_tables(a, l.waivers[i]);
	free(l.waivers);
	yaml_file_release(&l.yaml);
	return ok;
}
