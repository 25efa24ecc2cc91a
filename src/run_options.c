/* From settings and the command line to outputs and inputs of a run. */
#include "run_options.h"

#include "pipeline.h"
#include "util/buf.h"
#include "util/path.h"

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

/* Is it one of the inputs, by whatever name? */
static bool
is_input(const struct walk *w, const char *path)
{
	struct stat out, in;

	if (stat(path, &out) != 0 || !S_ISREG(out.st_mode))
		return false;
	for (size_t i = 0; i < w->ninputs; i++)
		if (stat(w->inputs[i].path, &in) == 0 && in.st_dev == out.st_dev && in.st_ino == out.st_ino)
			return true;
	return false;
}

bool
run_spares(const struct sinks *sinks, const struct walk *w)
{
	for (size_t i = 0; i < sinks->n; i++) {
		const char *path = sinks->v[i].path, *slash = path != NULL ? strrchr(path, '/') : NULL;

		if (path == NULL)
			continue;
		if (strncmp(slash != NULL ? slash + 1 : path, ".wirelint", 9) == 0 || is_input(w, path)) {
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
