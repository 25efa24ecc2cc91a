/* Where waivers and baselines lie.
 *
 * Waivers: in the folder of an input and in all above it that count.  The baseline: the same; or the one that is named, by --baseline
 * or a configuration, and no other. */
#include "run/run_options.h"

#include "lint/accept.h"
#include "run/run.h"
#include "util/path.h"
#include "util/xmalloc.h"

#include <stdlib.h>
#include <string.h>

struct loading {
	struct accept *accept;
	struct desks *desks;
	struct finding_list *errors;
	bool baselines, any;		/* any: a baseline was there */
	const struct folder **done;
	size_t ndone, capdone;
};

static void
load_folder(struct loading *l, const struct folder *f)
{
	char *path, *shown;

	for (size_t i = 0; i < l->ndone; i++)
		if (l->done[i] == f)
			return;
	XPUSH(l->done, l->ndone, l->capdone) = f;
	path = path_join(f->path, WAIVERS_FILE_NAME);
	shown = desks_shown(l->desks, path);
	if (f->waivers)
		accept_add_waivers(l->accept, shown, l->errors);
	free(path);
	free(shown);
	path = path_join(f->path, BASELINE_FILE_NAME);
	shown = desks_shown(l->desks, path);
	if (f->baseline && l->baselines) {
		accept_add_baseline(l->accept, shown, l->errors);
		l->any = true;
	}
	free(path);
	free(shown);
}

const struct policy *
run_policy_of(void *desks, const char *folder)
{
	return &desks_folder(desks, folder)->governed->policy;
}

/* Those in the folder of a file and in all above it. */
static void
load_about(struct loading *l, const char *path)
{
	for (const struct folder *f = desks_folder_of(l->desks, path); f != NULL; f = f->up)
		if (f->waivers || f->baseline)
			load_folder(l, f);
}

void
run_load_accepted_of(struct accept *a, struct desks *d, const char *const *paths, const struct governed *const *by, size_t n,
    struct finding_list *errors)
{
	struct loading l = { .accept = a, .desks = d, .errors = errors };

	if (options_has(d->options, OPT_NO_SUPPRESSIONS))
		return;
	for (size_t i = 0; i < d->ndomains; i++)
		accept_add_rules(a, &d->domains[i]->set);
	for (size_t i = 0; i < n; i++) {
		const char *named = settings_text(&by[i]->settings, KEY_BASELINE);
		bool again = false;

		l.baselines = named == NULL && !options_has(d->options, OPT_NO_BASELINE);
		load_about(&l, paths[i]);
		for (size_t k = 0; k < i && named != NULL && !again; k++) {
			const char *other = settings_text(&by[k]->settings, KEY_BASELINE);

			again = other != NULL && strcmp(other, named) == 0;
		}
		if (named != NULL && !again && !options_has(d->options, OPT_NO_BASELINE))
			accept_add_baseline(a, named, errors);
	}
	free(l.done);
}

bool
run_load_accepted(struct accept *a, struct desks *d, const struct walk *w, bool baseline, struct finding_list *errors)
{
	const struct options *o = d->options;
	const char *named = settings_text(&desks_run(d, o->words, o->nwords)->settings, KEY_BASELINE);
	struct loading l = { .accept = a, .desks = d, .errors = errors };

	if (options_has(o, OPT_NO_SUPPRESSIONS))
		return false;
	baseline = baseline && !options_has(o, OPT_NO_BASELINE);
	l.baselines = baseline && named == NULL;
	for (size_t i = 0; i < d->ndomains; i++)
		accept_add_rules(a, &d->domains[i]->set);
	for (size_t i = 0; i < w->ninputs; i++)
		load_about(&l, w->inputs[i].path);
	free(l.done);
	if (baseline && named != NULL) {
		accept_add_baseline(a, named, errors);
		l.any = true;
	}
	for (size_t i = 0; i < w->nfolders; i++)
		accept_covered(a, w->folders[i].path);
	for (size_t i = 0; i < w->skips.n; i++)
		if (strcmp(w->skips.v[i].why, "excluded") == 0)
			accept_excluded(a, w->skips.v[i].path);
	return l.any;
}

char *
run_baseline_path(const struct options *o, bool create, bool *asked)
{
	struct desks d;
	struct finding_list errors;
	const char *named;
	char *out = NULL;

	*asked = false;
	finding_list_init(&errors);		/* the run itself will say what is wrong */
	if (desks_init(&d, o, &errors)) {
		named = settings_text(&desks_run(&d, o->words, o->nwords)->settings, KEY_BASELINE);
		*asked = named != NULL;
		if (named != NULL)
			out = xstrdup(named);
		for (struct folder *f = desks_common(&d, o->words, o->nwords); out == NULL && f != NULL; f = f->up)
			if (create ? f->config != NULL : f->baseline) {
				char *path = path_join(f->path, BASELINE_FILE_NAME);

				out = desks_shown(&d, path);
				free(path);
			}
		if (out == NULL)
			out = xstrdup(BASELINE_FILE_NAME);
	}
	desks_release(&d);
	finding_list_release(&errors);
	return out;
}
