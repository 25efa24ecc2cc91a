/* From settings and the command line to outputs and inputs of a run. */
#include "run_options.h"

#include "pipeline.h"
#include "util/buf.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
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

static bool
excludes(void *arg, const char *path)
{
	return desks_excludes(arg, path);
}

bool
run_inputs(struct walk *w, struct desks *d, bool force_exclude, struct finding_list *errors)
{
	const struct options *o = d->options;
	char separator = options_has(o, OPT_NUL) ? '\0' : '\n';
	bool listed = false;
	size_t i;

	w->force_exclude = force_exclude;
	w->excludes = excludes;
	w->arg = d;
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
