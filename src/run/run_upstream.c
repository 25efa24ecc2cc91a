/* What articles of a run are compared with. */
#include "run/run_upstream.h"

#include "files/walk.h"
#include "util/xmalloc.h"

#include <string.h>
#include <sys/stat.h>

static bool
is_folder(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

char *
run_upstream_path(const struct desks *d, const struct settings *all)
{
	const struct setting *s = settings_last(all, KEY_UPSTREAM);

	if (s == NULL)
		return NULL;
	return s->config != NULL ? desks_shown(d, s->value) : xstrdup(s->value);
}

struct upstream *
run_upstream_load(const char *path, const struct rule_set *rules, struct finding_list *errors)
{
	struct upstream *u;
	struct walk w;

	u = upstream_new(rules);
	walk_init(&w);
	walk_add(&w, path, errors);
	walk_finish(&w);
	for (size_t i = 0; i < w.ninputs; i++)
		upstream_add(u, w.inputs[i].path, w.inputs[i].named, errors);
	if (upstream_count(u) == 0 && errors->n == 0)
		finding_message(errors, MSG_RUN_NO_ORIGINAL, path, "holds no article to compare with");
	walk_release(&w);
	upstream_finish(u);
	return u;
}

void
run_upstream_start(struct run_upstream *r, const struct upstream *u, const char *path, const struct reuse_set *set)
{
	memset(r, 0, sizeof *r);
	run_beside_start(&r->beside, set);
	if (u == NULL || upstream_count(u) == 0)
		return;
	r->reader = upstream_reader_new(u);
	r->file = is_folder(path) ? NULL : path;
}

void
run_upstream_end(struct run_upstream *r)
{
	upstream_reader_free(r->reader);
	run_beside_end(&r->beside);
}

void
run_upstream_compare(struct pipeline *p, void *arg)
{
	struct run_upstream *r = arg;
	struct upstream_match m;

	run_beside_article(&r->beside, p);
	if (r->reader == NULL)
		return;
	if (upstream_find(r->reader, &p->article, &m)) {
		lint_compare(p->lint, m.original, m.newest, m.derived);
		r->compared++;
		return;
	}
	lint_compare(p->lint, NULL, NULL, false);
	if (r->file != NULL) {
		struct arena *arena = &p->findings->arena;
		struct finding *f = finding_message(p->findings, MSG_RUN_NO_ORIGINAL, p->source.path,
		    arena_printf(arena, "shares no passage with '%s', expected the copy that it was made from", r->file));

		f->item = p->article.item != NULL ? arena_strdup(arena, p->article.item) : NULL;
		f->placed = true;
	}
}

void
run_upstream_attach(struct run_upstream *r, struct pipeline *p)
{
	if (r->reader == NULL && r->beside.set == NULL)
		return;
	p->each = run_upstream_compare;
	p->arg = r;
}

void
run_upstream_next(struct run_upstream *r, size_t file)
{
	r->compared = 0;
	run_beside_next(&r->beside, file);
	if (r->reader != NULL)
		upstream_reader_reset(r->reader);
}
