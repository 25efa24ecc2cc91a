/* From settings and the command line to outputs and inputs of a run. */
#include "run/run_options.h"

#include "lint/pipeline.h"
#include "util/buf.h"
#include "util/path.h"
#include "util/xmalloc.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The rules and policy of a governed file, its format and encoding, for a pipeline. */
void
run_govern(struct pipeline *p, const struct governed *g)
{
	p->rules = &g->domain->set;
	p->lang = policy_lang(&g->policy);
	p->as = g->as;
	p->encoding = (struct source_options){ g->forced_encoding, g->encoding, p->lang };
}

/* What is named on the command line takes the place of what a configuration names. */
static bool
counts(const struct settings *all, const struct setting *s)
{
	bool named = false;

	for (size_t i = 0; i < all->n; i++)
		named = named || ((all->v[i].key == KEY_OUTPUT || all->v[i].key == KEY_FORMAT) && all->v[i].config == NULL);
	return s->config == NULL || !named;
}

bool
run_sinks(struct sinks *sinks, const struct settings *all)
{
	const struct setting *format = settings_last(all, KEY_FORMAT);

	sinks_init(sinks, settings_text(all, KEY_COLOR), settings_text(all, KEY_COLUMN_UNIT));
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].key == KEY_OUTPUT && counts(all, &all->v[i]) && !sinks_add(sinks, all->v[i].value))
			return false;
	/* --format is for standard output; without any output named, standard output gets the default form */
	if (format != NULL && !counts(all, format))
		format = NULL;
	if (format != NULL || sinks->n == 0)
		return sinks_add_standard(sinks, format != NULL ? format->value : NULL);
	return true;
}

/* ---- what outputs leave alone ---- */

/* A file by what it is on the disk, whatever it is called. */
struct on_disk { dev_t dev; ino_t ino; };

static bool
find_on_disk(const char *path, struct on_disk *f)
{
	struct stat st;

	if (path == NULL || stat(path, &st) != 0 || !S_ISREG(st.st_mode))
		return false;
	*f = (struct on_disk){ st.st_dev, st.st_ino };
	return true;
}

static bool
is(const struct on_disk *f, const char *path)
{
	struct on_disk other;

	return find_on_disk(path, &other) && other.dev == f->dev && other.ino == f->ino;
}

struct on_disks { struct on_disk *v; size_t n, cap; };

static bool
is_met_output(void *outputs, const struct input *in)
{
	const struct on_disks *all = outputs;
	struct on_disk f;

	if (in->named || !find_on_disk(in->path, &f))
		return false;
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].dev == f.dev && all->v[i].ino == f.ino)
			return true;
	return false;
}

void
run_leave_out(const struct sinks *sinks, struct walk *w)
{
	struct on_disks outputs = { NULL, 0, 0 };
	struct on_disk f;

	for (size_t i = 0; i < sinks->n; i++)
		if (find_on_disk(sinks->v[i].path, &f))
			XPUSH(outputs.v, outputs.n, outputs.cap) = f;
	if (outputs.n != 0)
		walk_leave_out(w, is_met_output, &outputs, "output of this run");
	free(outputs.v);
}

struct named { struct on_disk file; size_t input; };

static int
by_disk(const void *a, const void *b)
{
	const struct named *x = a, *y = b;

	if (x->file.dev != y->file.dev)
		return x->file.dev < y->file.dev ? -1 : 1;
	if (x->file.ino != y->file.ino)
		return x->file.ino < y->file.ino ? -1 : 1;
	return x->input < y->input ? -1 : x->input > y->input;
}

struct again { const struct input *first; const bool *again; };

static bool
is_met_again(void *arg, const struct input *in)
{
	const struct again *a = arg;

	return a->again[in - a->first];
}

void
run_once(struct walk *w)
{
	struct named *names = xcalloc(w->ninputs + 1, sizeof *names);
	bool *again = xcalloc(w->ninputs + 1, sizeof *again);
	struct again marks = { w->inputs, again };
	size_t n = 0;

	for (size_t i = 0; i < w->ninputs; i++)
		if (find_on_disk(w->inputs[i].path, &names[n].file))
			names[n++].input = i;
	if (n > 1)
		qsort(names, n, sizeof *names, by_disk);
	for (size_t i = 1; i < n; i++)
		again[names[i].input] = names[i].file.dev == names[i - 1].file.dev && names[i].file.ino == names[i - 1].file.ino;
	walk_leave_out(w, is_met_again, &marks, "another name of a file of this run");
	free(names);
	free(again);
}

static bool
is_configuration(const struct on_disk *f, const struct config *c)
{
	if (c == NULL)
		return false;
	if (is(f, c->path))
		return true;
	for (size_t i = 0; i < c->nbases; i++)
		if (is_configuration(f, c->bases[i]))
			return true;
	return false;
}

static bool
is_packed(const struct on_disk *f, const struct settings *s)
{
	for (size_t i = 0; i < s->n; i++)
		if ((s->v[i].key == KEY_RULES || s->v[i].key == KEY_BASELINE) && is(f, s->v[i].value))
			return true;
	return false;
}

/* Is it read: a story, a list of stories, a configuration, a rule pack, a baseline? */
static bool
is_read(const struct on_disk *f, const struct walk *w, const struct desks *d)
{
	const struct options *o = d->options;

	for (size_t i = 0; i < w->ninputs; i++)
		if (is(f, w->inputs[i].path))
			return true;
	for (size_t i = 0; i < o->ngiven; i++)
		if (o->given[i].id == OPT_FILES_FROM && is(f, o->given[i].value))
			return true;
	for (size_t i = 0; i < d->capfolders; i++)
		if (d->folders[i] != NULL && is_configuration(f, d->folders[i]->config))
			return true;
	for (size_t i = 0; i < d->ngoverned; i++)
		if (is_packed(f, &d->governed[i]->settings))
			return true;
	return is_configuration(f, d->only);
}

/* Names that mean something wherever they lie, so that even a new file is not to be called so. */
static bool
is_ours(const char *path)
{
	const char *slash = strrchr(path, '/'), *name = slash != NULL ? slash + 1 : path;

	return strcmp(name, CONFIG_FILE_NAME) == 0 || strcmp(name, WAIVERS_FILE_NAME) == 0 || strcmp(name, BASELINE_FILE_NAME) == 0;
}

bool
run_spares(const struct sinks *sinks, const struct walk *w, const struct desks *d)
{
	for (size_t i = 0; i < sinks->n; i++) {
		const char *path = sinks->v[i].path;
		struct on_disk f;

		if (path != NULL && (is_ours(path) || (find_on_disk(path, &f) && is_read(&f, w, d)))) {
			options_complain("output '%s' is a file that is read, expected another place", path);
			return false;
		}
	}
	return true;
}

/* ---- inputs ---- */

static bool
blank(const struct buf *b)
{
	for (size_t i = 0; i < b->n; i++)
		if (b->s[i] != '\n' && b->s[i] != '\0')
			return false;
	return true;
}

static bool
files_from(struct walk *w, const char *name, char separator, bool may_be_empty, struct finding_list *errors)
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
	if (separator != '\0' && memchr(list.s, '\0', list.n) != NULL) {
		options_complain("the list '%s' holds a NUL, expected names that end in a newline, or the option '-0'", name);
		buf_release(&list);
		return false;
	}
	/* a glob of git that is misspelt gives an empty list, and must not pass for stories that are fine */
	if (blank(&list) && !may_be_empty)
		finding_message(errors, MSG_INPUT_NO_FILES, strcmp(name, "-") == 0 ? "<stdin>" : name,
		    "list names no file; with --skip-unknown it may be empty");
	walk_add_list(w, list.s, list.n, separator, errors);
	buf_release(&list);
	return true;
}

static bool
excludes(void *arg, const char *path)
{
	return desks_excludes(arg, path);
}

/* A configuration is read where no story lies beside it, too: its mistakes are of tomorrow's stories. */
static void
enters(void *arg, const char *folder)
{
	char *absolute = path_of_folder(folder);

	desks_folder(arg, absolute);
	free(absolute);
}

bool
run_inputs(struct walk *w, struct desks *d, const struct settings *all, struct finding_list *errors)
{
	const struct options *o = d->options;
	char separator = options_has(o, OPT_NUL) ? '\0' : '\n';
	bool listed = false;
	size_t i;

	w->force_exclude = settings_bool(all, KEY_FORCE_EXCLUDE);
	w->excludes = excludes;
	w->enters = enters;
	w->arg = d;
	for (i = 0; i < o->nwords; i++)
		walk_add(w, o->words[i], errors);
	for (i = 0; i < o->ngiven; i++)
		if (o->given[i].id == OPT_FILES_FROM) {
			listed = true;
			if (!files_from(w, o->given[i].value, separator, settings_bool(all, KEY_SKIP_UNKNOWN), errors))
				return false;
		}
	if (o->nwords == 0 && !listed) {
		options_complain("nothing to check: name a file, a folder or - for standard input");
		return false;
	}
	walk_finish(w);
	return true;
}

void
run_judge_globs(struct desks *d, const struct walk *w, struct finding_list *out)
{
	for (size_t i = 0; i < w->nfolders; i++)
		desks_judge_globs(d, w->folders[i].absolute, out);
}

bool
run_is_skip(const struct input *in, bool skip_unknown, const struct finding_list *l)
{
	if (l->n != 1 || !l->v[0].fatal)
		return false;
	if (strcmp(l->v[0].rule, messages[MSG_INPUT_BINARY].name) != 0
	    && strcmp(l->v[0].rule, messages[MSG_INPUT_NO_ARTICLE].name) != 0)
		return in->named && skip_unknown && strcmp(l->v[0].rule, messages[MSG_INPUT_EMPTY].name) == 0;
	return !in->named || skip_unknown;
}
