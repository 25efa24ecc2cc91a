/* Which configurations govern a file: folders, upwards. */
#include "desk/desk.h"

#include "util/buf.h"
#include "util/hash.h"
#include "util/path.h"
#include "util/xmalloc.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- folders ---- */

/* Is it there?  A link that leads nowhere is, and will be complained of; what nobody may look for is not known not to be there: that is
 * told where `tell` is true, once a folder. */
static bool
holds(struct desks *d, const char *folder, const char *name, bool tell)
{
	struct buf path = BUF_INIT, why = BUF_INIT;
	struct stat st;
	char *shown;
	bool is;

	buf_printf(&path, "%s/%s", strcmp(folder, "/") == 0 ? "" : folder, name);
	is = lstat(path.s, &st) == 0;
	if (!is && tell && errno != ENOENT && errno != ENOTDIR) {
		buf_printf(&why, "cannot look for it: %s", strerror(errno));
		shown = desks_shown(d, path.s);
		finding_message(d->errors, MSG_CONFIG_FILE, shown, why.s);
		free(shown);
	}
	buf_release(&path);
	buf_release(&why);
	return is;
}

/* Who writes .yml believes that it is read. */
static void
misnamed(struct desks *d, const char *folder)
{
	static const char *const names[] = { ".wirelint-waivers.yml", ".wirelint.yml" };

	for (size_t i = 0; i < (d->only != NULL ? 1 : 2); i++)		/* under --config nobody expects a configuration to be found */
		if (holds(d, folder, names[i], false)) {
			char *path = path_join(folder, names[i]), *shown = desks_shown(d, path);

			finding_message(d->errors, MSG_CONFIG_FILE, shown, "is not read by this name, expected the suffix .yaml");
			free(path);
			free(shown);
		}
}

/* The root of a repository: an empty .git is none, for git neither. */
static bool
is_repository(const char *folder)
{
	struct buf path = BUF_INIT;
	struct stat st;
	bool is;

	buf_printf(&path, "%s/.git", strcmp(folder, "/") == 0 ? "" : folder);
	is = stat(path.s, &st) == 0 && S_ISREG(st.st_mode);
	buf_puts(&path, "/HEAD");
	is = is || lstat(path.s, &st) == 0;
	buf_release(&path);
	return is;
}

/* Under --config the folder's own configuration does not hold, but it still says where the search ends.  What it would say is not known
 * where there is a mistake in it: nothing above it is to let findings pass then. */
static bool
says_root(const char *folder)
{
	struct finding_list nobody;
	struct config *c;
	char *path = path_join(folder, CONFIG_FILE_NAME);
	bool root;

	finding_list_init(&nobody);
	c = config_load(path, path, folder, &nobody);
	root = c->root || nobody.n != 0;
	config_free(c);
	finding_list_release(&nobody);
	free(path);
	return root;
}

char *
desks_shown(const struct desks *d, const char *absolute)
{
	return path_within(d->here, absolute) != NULL ? path_from(d->here, absolute) : xstrdup(absolute);
}

static struct config *
load_config(struct desks *d, const char *folder)
{
	char *path = path_join(folder, CONFIG_FILE_NAME), *shown = desks_shown(d, path);
	struct config *c = config_load(path, shown, folder, d->errors);

	free(path);
	free(shown);
	d->nconfigs++;
	return c;
}

static size_t
slot_of(const struct desks *d, const char *path)
{
	size_t i = hash_bytes(path, strlen(path), HASH_INIT) & (d->capfolders - 1);

	while (d->folders[i] != NULL && strcmp(d->folders[i]->path, path) != 0)
		i = (i + 1) & (d->capfolders - 1);
	return i;
}

static void
grow(struct desks *d)
{
	struct folder **old = d->folders;
	size_t n = d->capfolders;

	d->capfolders = n == 0 ? 64 : n * 2;
	d->folders = xcalloc(d->capfolders, sizeof(struct folder *));
	for (size_t i = 0; i < n; i++)
		if (old[i] != NULL)
			d->folders[slot_of(d, old[i]->path)] = old[i];
	free(old);
}

static struct folder *
one_folder(struct desks *d, const char *path, bool *last)
{
	struct folder *f;

	if (d->nfolders * 2 >= d->capfolders)
		grow(d);
	if ((f = d->folders[slot_of(d, path)]) != NULL) {
		*last = true;		/* and so is what stands above it */
		return f;
	}
	f = xcalloc(1, sizeof *f);
	f->path = xstrdup(path);
	*last = strcmp(path, "/") == 0;
	if (!d->isolated) {
		bool has = holds(d, path, CONFIG_FILE_NAME, true);

		if (d->only == NULL && has)
			f->config = load_config(d, path);
		f->waivers = holds(d, path, WAIVERS_FILE_NAME, false);
		f->baseline = holds(d, path, BASELINE_FILE_NAME, false);
		misnamed(d, path);
		*last = *last || is_repository(path) || (f->config != NULL ? f->config->root : has && says_root(path));
	}
	d->folders[slot_of(d, path)] = f;
	d->nfolders++;
	return f;
}

struct folder *
desks_folder(struct desks *d, const char *absolute)
{
	char *path;
	struct folder *first = d->nfolders != 0 ? d->folders[slot_of(d, absolute)] : NULL, *below = NULL;
	bool last = false;

	if (first != NULL)
		return first;
	path = xstrdup(absolute);
	while (!last) {
		struct folder *f = one_folder(d, path, &last);
		char *up = path_folder(path);

		if (below != NULL)
			below->up = f;
		if (first == NULL)
			first = f;
		below = f;
		free(path);
		path = up;
	}
	free(path);
	return first;
}

/* Where a file lies, and its absolute path.  Standard input lies where --stdin-filename says. */
static struct folder *
folder_of(struct desks *d, const char *path, char **absolute)
{
	const char *named = options_value(d->options, OPT_STDIN_FILENAME);
	struct folder *f;
	char *in;

	if (strcmp(path, "-") == 0 && named != NULL)
		path = named;
	*absolute = path_absolute(path);
	in = path_folder(*absolute);
	f = desks_folder(d, in);
	free(in);
	return f;
}

struct folder *
desks_folder_of(struct desks *d, const char *path)
{
	char *absolute;
	struct folder *f = folder_of(d, path, &absolute);

	free(absolute);
	return f;
}

/* ---- what means a file ---- */

static bool
globs_match(struct glob *globs, size_t n, const char *relative)
{
	bool any = false;

	for (size_t i = 0; i < n; i++)		/* all of them: each is told when it means nothing */
		if (path_matches(globs[i].s, relative))
			any = globs[i].met = true;
	return any;
}

static bool
config_excludes(struct config *c, const char *absolute)
{
	char *relative = path_from(c->folder, absolute);
	bool any = globs_match(c->excludes.v, c->excludes.n, relative);

	free(relative);
	for (size_t i = 0; i < c->nbases; i++)
		any = config_excludes(c->bases[i], absolute) || any;
	return any;
}

static void
excuse_globs(struct glob *globs, size_t n, const char *relative)
{
	for (size_t i = 0; i < n; i++)
		globs[i].excused = globs[i].excused || path_could_match(globs[i].s, relative);
}

/* A glob is not to be blamed for files that were not looked at. */
static void
excuse(struct config *c, const char *absolute)
{
	char *relative = path_from(c->folder, absolute);

	for (size_t i = 0; i < c->nparts; i++)
		excuse_globs(c->parts[i].globs, c->parts[i].nglobs, relative);
	excuse_globs(c->excludes.v, c->excludes.n, relative);
	free(relative);
}

bool
desks_excludes(struct desks *d, const char *path)
{
	char *absolute, *relative;
	struct folder *f = folder_of(d, path, &absolute);
	bool any = d->only != NULL && config_excludes(d->only, absolute);

	relative = options_has(d->options, OPT_EXCLUDE) ? path_from(d->here, absolute) : NULL;
	for (size_t i = 0; relative != NULL && i < d->options->ngiven; i++)
		if (d->options->given[i].id == OPT_EXCLUDE && path_matches(d->options->given[i].value, relative))
			any = true;
	for (const struct folder *i = f; i != NULL; i = i->up)
		if (i->config != NULL)
			any = config_excludes(i->config, absolute) || any;
	if (any && d->only != NULL)
		excuse(d->only, absolute);
	for (; any && f != NULL; f = f->up)
		if (f->config != NULL)
			excuse(f->config, absolute);
	free(relative);
	free(absolute);
	return any;
}

/* The parts of a configuration that hold for a file, weakest first; absolute NULL: for no file in particular. */
static void
add_parts(struct layers *l, struct config *c, const char *absolute)
{
	char *relative = absolute != NULL ? path_from(c->folder, absolute) : NULL;

	for (size_t i = 0; i < c->nbases; i++)
		add_parts(l, c->bases[i], absolute);
	for (size_t i = 0; i < c->nparts; i++) {
		struct config_part *part = &c->parts[i];

		if (part->globs == NULL || (relative != NULL && globs_match(part->globs, part->nglobs, relative)))
			XPUSH(l->v, l->n, l->cap) = (struct layer_part){ c, part };
	}
	free(relative);
}

static void
add_folders(struct layers *l, struct folder *f, const char *absolute)
{
	if (f == NULL)
		return;
	add_folders(l, f->up, absolute);
	if (f->config != NULL)
		add_parts(l, f->config, absolute);
}

static void
find_layers(struct desks *d, struct layers *l, struct folder *f, const char *absolute)
{
	memset(l, 0, sizeof *l);
	if (d->only != NULL)
		add_parts(l, d->only, absolute);
	else
		add_folders(l, f, absolute);
}

static bool
same_layers(const struct layers *a, const struct layers *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (a->v[i].part != b->v[i].part)
			return false;
	return true;
}

static void
gather(struct desks *d, const struct layers *l, struct settings *out)
{
	memset(out, 0, sizeof *out);
	for (size_t i = 0; i < l->n; i++)
		for (size_t k = 0; k < l->v[i].part->settings.n; k++)
			XPUSH(out->v, out->n, out->cap) = l->v[i].part->settings.v[k];
	for (size_t k = 0; k < d->given.n; k++)
		XPUSH(out->v, out->n, out->cap) = d->given.v[k];
}

/* Takes the layers. */
static struct governed *
governed_of(struct desks *d, struct layers *l)
{
	struct governed *g;

	for (size_t i = d->ngoverned; i-- != 0;)		/* neighbours are mostly governed alike */
		if (same_layers(&d->governed[i]->layers, l)) {
			free(l->v);
			return d->governed[i];
		}
	g = xcalloc(1, sizeof *g);
	g->layers = *l;
	g->number = (unsigned)d->ngoverned;
	gather(d, &g->layers, &g->settings);
	XPUSH(d->governed, d->ngoverned, d->capgoverned) = g;
	return g;
}

static struct governed *
governed_by(struct desks *d, struct folder *f, const char *absolute)
{
	struct layers l;

	find_layers(d, &l, f, absolute);
	return governed_of(d, &l);
}

struct governed *
desks_file(struct desks *d, const char *path)
{
	char *absolute;
	struct folder *f = folder_of(d, path, &absolute);
	struct governed *g = governed_by(d, f, absolute);

	g->files++;
	free(absolute);
	return g;
}

/* The folder that both lie in. */
static char *
common_folder(char *a, const char *b)
{
	while (path_within(a, b) == NULL) {
		char *up = path_folder(a);

		free(a);
		a = up;
	}
	return a;
}

struct folder *
desks_common(struct desks *d, const char *const *paths, size_t n)
{
	char *common = NULL;
	struct folder *f;

	for (size_t i = 0; i < n; i++) {
		char *in = path_is_folder(paths[i]) ? path_of_folder(paths[i]) : xstrdup(desks_folder_of(d, paths[i])->path);

		common = common_folder(common != NULL ? common : xstrdup(in), in);
		free(in);
	}
	f = desks_folder(d, common != NULL ? common : d->here);
	free(common);
	return f;
}

struct governed *
desks_run(struct desks *d, const char *const *paths, size_t n)
{
	return governed_by(d, desks_common(d, paths, n), NULL);
}

void
desks_folders(struct desks *d)
{
	for (size_t i = 0; i < d->capfolders; i++) {
		struct folder *f = d->folders[i];

		if (f != NULL && (f->config != NULL || f->waivers || f->baseline))
			f->governed = governed_by(d, f, NULL);
	}
}

static bool
is_met(const struct config_part *part)
{
	bool any = false;

	for (size_t i = 0; i < part->nglobs; i++)
		any = any || part->globs[i].met;
	return any;
}

/* A part whose globs mean no file that is there may be wrong all the same; the others hold for files, and are judged with those. */
static void
try_parts(struct desks *d, struct folder *f, struct config *c)
{
	for (size_t i = 0; i < c->nbases; i++)
		try_parts(d, f, c->bases[i]);
	for (size_t i = 1; i < c->nparts; i++) {
		struct layers l;

		if (is_met(&c->parts[i]))
			continue;
		find_layers(d, &l, f, NULL);
		XPUSH(l.v, l.n, l.cap) = (struct layer_part){ c, &c->parts[i] };
		governed_of(d, &l);
	}
}

void
desks_all_parts(struct desks *d)
{
	for (size_t i = 0; i < d->capfolders; i++)
		if (d->folders[i] != NULL && d->folders[i]->config != NULL)
			try_parts(d, d->folders[i], d->folders[i]->config);
	if (d->only != NULL)
		try_parts(d, NULL, d->only);
}

/* ---- globs that mean nothing ---- */

static void
judge(struct desks *d, struct config *c, const struct glob *globs, size_t n, struct finding_list *out)
{
	for (size_t i = 0; i < n; i++)
		if (!globs[i].met && !globs[i].excused) {
			char *shown = desks_shown(d, c->folder);
			char text[400];
			struct finding *f;

			snprintf(text, sizeof text, "glob '%.100s' means no file in '%.200s'", globs[i].s, shown);
			f = finding_message(out, MSG_CONFIG_GLOB, c->file.path, text);
			f->placed = true;
			f->at = yaml_file_span(&c->file, globs[i].at);
			free(shown);
		}
}

static void
judge_config(struct desks *d, struct config *c, const char *walked, struct finding_list *out)
{
	if (c->judged || path_within(walked, c->folder) == NULL)
		return;
	c->judged = true;
	for (size_t i = 0; i < c->nparts; i++)
		judge(d, c, c->parts[i].globs, c->parts[i].nglobs, out);
	judge(d, c, c->excludes.v, c->excludes.n, out);
}

void
desks_judge_globs(struct desks *d, const char *walked, struct finding_list *out)
{
	if (d->only != NULL)
		judge_config(d, d->only, walked, out);
	for (size_t i = 0; i < d->capfolders; i++)
		if (d->folders[i] != NULL && d->folders[i]->config != NULL)
			judge_config(d, d->folders[i]->config, walked, out);
}

/* ---- all ---- */

bool
desks_init(struct desks *d, const struct options *o, struct finding_list *errors)
{
	const char *only = options_value(o, OPT_CONFIG), *stdin_name = options_value(o, OPT_STDIN_FILENAME);
	char here[PATH_MAX];

	memset(d, 0, sizeof *d);
	arena_init(&d->arena);
	d->options = o;
	d->errors = errors;
	if (access(".", F_OK) != 0 || getcwd(here, sizeof here) == NULL) {
		options_complain("cannot tell the working folder: %s", strerror(errno));
		return false;
	}
	d->here = path_absolute(".");
	if (stdin_name != NULL && (*stdin_name == '\0' || stdin_name[strlen(stdin_name) - 1] == '/' || strlen(stdin_name) >= PATH_MAX ||
	    path_is_folder(stdin_name))) {
		options_complain("option '--stdin-filename' has value '%s', expected the name of a file", stdin_name);
		return false;
	}
	d->isolated = options_has(o, OPT_ISOLATED);
	if (only != NULL && d->isolated) {
		options_complain("options '--config' and '--isolated' together, expected one of them");
		return false;
	}
	if (options_has(o, OPT_BASELINE) && (options_has(o, OPT_NO_BASELINE) || options_has(o, OPT_NO_SUPPRESSIONS))) {
		options_complain("options '--baseline' and '--%s' together, expected one of them",
		    options_has(o, OPT_NO_BASELINE) ? "no-baseline" : "no-suppressions");
		return false;
	}
	if (!settings_options(&d->given, o, &d->arena))
		return false;
	if (only != NULL) {
		char *path = path_absolute(only);

		d->only = config_load(path, only, d->here, errors);
		d->nconfigs++;
		free(path);
	}
	return true;
}

static void
governed_free(struct governed *g)
{
	policy_release(&g->policy);
	free(g->settings.v);
	free(g->layers.v);
	free(g);
}

static void
domain_free(struct domain *m)
{
	matcher_free(m->matcher);
	rule_set_release(&m->set);
	free(m->key);
	free(m);
}

void
desks_release(struct desks *d)
{
	for (size_t i = 0; i < d->ngoverned; i++)
		governed_free(d->governed[i]);
	for (size_t i = 0; i < d->ndomains; i++)
		domain_free(d->domains[i]);
	for (size_t i = 0; i < d->capfolders; i++)
		if (d->folders[i] != NULL) {
			config_free(d->folders[i]->config);
			free(d->folders[i]->path);
			free(d->folders[i]);
		}
	config_free(d->only);
	free(d->governed);
	free(d->domains);
	free(d->folders);
	free(d->given.v);
	free(d->here);
	arena_release(&d->arena);
	memset(d, 0, sizeof *d);
}
