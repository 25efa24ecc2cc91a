/* `wirelint config`: what holds for a file, each value with its origin, as YAML that could be a configuration itself.
 *
 *	kind: wire                      # .wirelint.yaml:3
 *	ignore:
 *	  - spelling                    # wire/.wirelint.yaml:2
 *	# stage: publish                # default */
#include "command/config_show.h"

#include "desk/desk.h"
#include "emitter.h"
#include "files/walk.h"
#include "lint/accept.h"
#include "run/run.h"
#include "run/run_options.h"
#include "util/buf.h"
#include "util/json.h"
#include "util/path.h"
#include "util/xmalloc.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ORIGIN_COLUMN = 40 };

static const struct { enum key key; const char *value; } defaults[] = {
	{ KEY_KIND, "undeclared" }, { KEY_STAGE, "publish" }, { KEY_LANG, "told from the copy" }, { KEY_AS, "told from the copy" },
	{ KEY_ENCODING, "told from the copy" }, { KEY_SELECT, "tier:core" }, { KEY_MIN_SEVERITY, "note" },
	{ KEY_FAIL_ON, "warning" },
};

/* ---- words ---- */

/* A value as YAML: as it is, where nothing in it means something to YAML; else as a JSON string, which is YAML too. */
static void
put_value(struct buf *out, const char *s)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:+*";

	if (*s != '\0' && s[strspn(s, plain)] == '\0' && strchr("-:*", *s) == NULL && s[strlen(s) - 1] != ':')
		buf_puts(out, s);
	else
		json_cstring(out, s);
}

static void
put_origin(struct buf *out, size_t line, const struct setting *s)
{
	size_t n = out->n - line;

	do
		buf_putc(out, ' ');
	while (++n < ORIGIN_COLUMN);
	if (s == NULL)
		buf_puts(out, "# default\n");
	else if (s->config == NULL)
		buf_printf(out, "# %s\n", s->variable != NULL ? s->variable : "command line");
	else {
		buf_puts(out, "# ");
		emit_path_plain(out, s->config->file.path);
		buf_printf(out, ":%u\n", yaml_file_line(&s->config->file, s->at));
	}
}

static void
put_line(struct buf *out, const char *indent, const char *name, const char *value, const struct setting *s)
{
	size_t line = out->n;

	buf_puts(out, indent);
	if (name != NULL) {
		put_value(out, name);
		buf_puts(out, value != NULL ? ": " : ":");
	}
	if (value != NULL)
		put_value(out, value);
	if (s != NULL)
		put_origin(out, line, s);
	else
		buf_putc(out, '\n');
}

/* ---- keys ---- */

/* Does a later setting of the key take this one's place? */
static bool
replaced(const struct settings *all, size_t i)
{
	const struct setting *s = &all->v[i];

	for (size_t k = i + 1; k < all->n; k++) {
		const struct setting *o = &all->v[k];

		if (o->key != s->key)
			continue;
		switch (key_rows[s->key].type) {
		case KEY_IS_MAP:
			if (strcmp(o->name, s->name) == 0)
				return true;
			break;
		case KEY_IS_MAPS:
			if (strcmp(o->name, s->name) == 0 && strcmp(o->parameter, s->parameter) == 0)
				return true;
			break;
		case KEY_IS_ORIGIN:
			if (o->name == NULL)		/* another field, and so another map */
				return true;
			break;
		case KEY_IS_LIST:
			if (s->key == KEY_SELECT && settings_begin_selection(all, k))
				return true;
			if (s->key == KEY_PROFILE && strcmp(o->value, "none") == 0)
				return true;
			break;
		default:
			return true;
		}
	}
	return false;
}

static void
put_maps(struct buf *out, const struct settings *all, enum key key)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct setting *s = &all->v[i];
		bool first = true;

		if (s->key != key)
			continue;
		for (size_t k = 0; k < i; k++)
			first = first && !(all->v[k].key == key && strcmp(all->v[k].name, s->name) == 0);
		if (!first)
			continue;
		put_line(out, "  ", s->name, NULL, NULL);
		for (size_t k = i; k < all->n; k++)
			if (all->v[k].key == key && strcmp(all->v[k].name, s->name) == 0 && !replaced(all, k))
				put_line(out, "    ", all->v[k].parameter, all->v[k].value, &all->v[k]);
	}
}

static void
put_field_map(struct buf *out, const struct settings *all)
{
	const char *last = NULL;

	for (size_t i = 0; i < all->n; i++) {
		const struct setting *s = &all->v[i];

		if (s->key != KEY_ORIGIN || replaced(all, i))
			continue;
		if (s->name == NULL) {
			put_line(out, "  ", "field", s->value, s);
			put_line(out, "  ", "map", NULL, NULL);
			continue;
		}
		if (last == NULL || strcmp(last, s->name) != 0)
			put_line(out, "    ", s->name, NULL, NULL);
		put_line(out, "      - ", NULL, s->value, s);
		last = s->name;
	}
}

/* A file that a configuration names is kept by its whole path. */
static void
put_item(struct buf *out, const char *here, const struct setting *s)
{
	char *shown = s->key == KEY_RULES && path_within(here, s->value) != NULL ? path_from(here, s->value) : xstrdup(s->value);

	put_line(out, s->name != NULL ? "  " : "  - ", s->name, shown, s);
	free(shown);
}

static void
put_key(struct buf *out, const struct settings *all, enum key key, const char *here)
{
	const struct setting *last = settings_last(all, key);
	const char *name = key_rows[key].name;

	if (last == NULL) {
		for (size_t i = 0; i < sizeof defaults / sizeof *defaults; i++)
			if (defaults[i].key == key) {
				size_t line = out->n;

				buf_printf(out, "# %s: %s", name, defaults[i].value);
				put_origin(out, line, NULL);
			}
		return;
	}
	switch (key_rows[key].type) {
	case KEY_IS_MAPS:
		put_line(out, "", name, NULL, NULL);
		put_maps(out, all, key);
		break;
	case KEY_IS_ORIGIN:
		put_line(out, "", name, NULL, NULL);
		put_field_map(out, all);
		break;
	case KEY_IS_LIST:
	case KEY_IS_MAP:
		put_line(out, "", name, NULL, NULL);
		for (size_t i = 0; i < all->n; i++)
			if (all->v[i].key == key && !replaced(all, i))
				put_item(out, here, &all->v[i]);
		break;
	default:
		put_line(out, "", name, last->value, last);
	}
}

static void
put_governed(struct buf *out, const struct governed *g, const char *path, const char *here)
{
	const struct config *before = NULL;

	buf_puts(out, "# in force for ");
	emit_path_plain(out, path);
	if (strcmp(path, "-") != 0 && access(path, F_OK) != 0)
		buf_puts(out, " (there is no such file)");
	buf_puts(out, g->layers.n != 0 ? "; the last is the strongest:" : "; no configuration");
	for (size_t i = 0; i < g->layers.n; i++) {
		if (g->layers.v[i].config != before) {
			buf_puts(out, before != NULL ? ", " : " ");
			emit_path_plain(out, g->layers.v[i].config->file.path);
		}
		before = g->layers.v[i].config;
	}
	buf_putc(out, '\n');
	for (int i = 0; i < KEY_COUNT; i++)
		put_key(out, &g->settings, (enum key)i, here);
}

/* Files that lie about the copy and let findings pass. */
static void
put_accepted(struct buf *out, struct desks *d, const struct folder *f, bool baselines)
{
	for (; f != NULL; f = f->up) {
		const char *const names[] = { f->waivers ? WAIVERS_FILE_NAME : NULL, f->baseline && baselines ? BASELINE_FILE_NAME : NULL };

		for (size_t i = 0; i < 2; i++)
			if (names[i] != NULL) {
				char *path = path_join(f->path, names[i]), *shown = desks_shown(d, path);

				buf_puts(out, i == 0 ? "# waivers: " : "# baseline: ");
				emit_path_plain(out, shown);
				buf_putc(out, '\n');
				free(path);
				free(shown);
			}
	}
}

static int
show(const struct options *o, struct desks *d)
{
	struct governed **by = xcalloc(o->nwords + 1, sizeof *by);
	struct buf out = BUF_INIT;
	int status = 2;

	by[0] = o->nwords == 0 ? desks_run(d, NULL, 0) : NULL;
	for (size_t i = 0; i < o->nwords; i++)
		by[i] = path_is_folder(o->words[i]) ? desks_run(d, &o->words[i], 1) : desks_file(d, o->words[i]);
	if (desks_settle(d, MATCH_TRIGGERED)) {
		for (size_t i = 0; by[i] != NULL; i++) {
			put_governed(&out, by[i], o->nwords != 0 ? o->words[i] : ".", d->here);
			put_accepted(&out, d, o->nwords == 0 ? desks_folder(d, d->here) :
			    path_is_folder(o->words[i]) ? desks_common(d, &o->words[i], 1) : desks_folder_of(d, o->words[i]),
			    settings_last(&by[i]->settings, KEY_BASELINE) == NULL);
		}
		fwrite(out.s, 1, out.n, stdout);
		status = 0;
	}
	finding_list_sort(d->errors);
	run_print_errors(d->errors);
	buf_release(&out);
	free(by);
	return d->errors->n != 0 ? 2 : status;
}

/* ---- --check ---- */

static int
judge(struct desks *d)
{
	const struct options *o = d->options;
	struct finding_list inputs;
	struct accept *accept = accept_new();	/* only to know whether they can be read */
	struct walk w;
	struct buf out = BUF_INIT;
	static const struct emit_options plain;
	size_t errors = 0;
	bool ok;

	for (size_t i = 0; i < o->nwords; i++)
		if (access(o->words[i], F_OK) != 0) {
			options_complain("cannot open '%s': %s", o->words[i], strerror(errno));
			accept_free(accept);
			return 2;
		}
	finding_list_init(&inputs);
	walk_init(&w);
	/* a folder without a story in it may have a configuration all the same: what cannot be read is no matter here */
	ok = run_inputs(&w, d, &desks_run(d, o->words, o->nwords)->settings, &inputs);
	for (size_t i = 0; i < w.ninputs; i++)
		desks_file(d, w.inputs[i].path);
	desks_all_parts(d);
	ok = ok && desks_settle(d, MATCH_TRIGGERED);
	for (size_t i = 0; i < inputs.n; i++)
		if (strcmp(inputs.v[i].rule, messages[MSG_INPUT_NO_FILES].name) != 0)
			*finding_add(d->errors) = inputs.v[i];
	if (ok)
		run_load_accepted(accept, d, &w, true, d->errors);
	run_judge_globs(d, &w, d->errors);
	finding_list_sort(d->errors);
	for (size_t i = 0; i < d->errors->n; i++)
		errors += d->errors->v[i].fatal;
	run_emit_errors(emitter_by_name("gcc"), &out, &plain, d->errors);
	fwrite(out.s, 1, out.n, stdout);
	fprintf(stderr, "wirelint: %zu configuration%s, %zu error%s, %zu warning%s, %zu file%s governed\n", d->nconfigs,
	    d->nconfigs == 1 ? "" : "s", errors, errors == 1 ? "" : "s", d->errors->n - errors,
	    d->errors->n - errors == 1 ? "" : "s", w.ninputs, w.ninputs == 1 ? "" : "s");
	buf_release(&out);
	accept_free(accept);
	walk_release(&w);
	finding_list_release(&inputs);
	return !ok || errors != 0 ? 2 : d->errors->n != 0;
}

int
config_command(const struct options *given)
{
	static const char *here[] = { "." };
	struct options all = *given, *o = &all;
	struct desks desks;
	struct finding_list errors;
	int status = 2;

	finding_list_init(&errors);
	if (options_has(o, OPT_CHECK) && o->nwords == 0) {
		o->words = here;
		o->nwords = 1;
	}
	if (desks_init(&desks, o, &errors))
		status = options_has(o, OPT_CHECK) ? judge(&desks) : show(o, &desks);
	desks_release(&desks);
	finding_list_release(&errors);
	return status;
}
