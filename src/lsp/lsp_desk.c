/* Configurations, rules and policies of the documents that are open, and the check of one.
 *
 * All documents share one struct desks.  It is made anew when a file that it was made of has changed on the disk (looked at before each
 * check: a few dozen stat()), when the client's settings have, and when a document comes that it knows no rules for. */
#include "lsp/lsp_int.h"

#include "lint/accept.h"
#include "run/run_options.h"
#include "util/path.h"
#include "util/utf8.h"
#include "util/xmalloc.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { CLOCK = 30 };			/* seconds for which rules go by one time */
enum { WORDS = 60 };			/* characters of a part that its name shows */

bool
lsp_is_ours(const char *path)
{
	const char *slash = strrchr(path, '/'), *name = slash != NULL ? slash + 1 : path;

	return strcmp(name, CONFIG_FILE_NAME) == 0 || strcmp(name, WAIVERS_FILE_NAME) == 0 || strcmp(name, BASELINE_FILE_NAME) == 0;
}

static const char *
name_of(const struct lsp_doc *d)
{
	return d->path != NULL ? d->path : d->uri;
}

/* ---- what it was made of ---- */

static void
look_at(struct lsp_watch *w)
{
	struct stat st;

	w->there = stat(w->path, &st) == 0;
	w->size = w->there ? st.st_size : 0;
	w->ino = w->there ? st.st_ino : 0;
	w->changed = w->there ? st.st_mtim : (struct timespec){ 0, 0 };
}

static bool
has_changed(const struct lsp_watch *w)
{
	struct lsp_watch now = { .path = w->path };

	look_at(&now);
	return now.there != w->there || now.size != w->size || now.ino != w->ino || now.changed.tv_sec != w->changed.tv_sec ||
	    now.changed.tv_nsec != w->changed.tv_nsec;
}

/* Takes the path. */
static void
watch(struct lsp *s, char *path)
{
	struct lsp_watch *w;

	for (size_t i = 0; i < s->nwatches; i++)
		if (strcmp(s->watches[i].path, path) == 0) {
			free(path);
			return;
		}
	w = &XPUSH(s->watches, s->nwatches, s->capwatches);
	w->path = path;
	look_at(w);
}

static void
watch_config(struct lsp *s, const struct config *c)
{
	if (c == NULL)
		return;
	if (*c->path == '/')		/* "built-in:strict" does not change */
		watch(s, xstrdup(c->path));
	for (size_t i = 0; i < c->nbases; i++)
		watch_config(s, c->bases[i]);
}

static void
watch_all(struct lsp *s)
{
	static const char *const names[] = { CONFIG_FILE_NAME, WAIVERS_FILE_NAME, BASELINE_FILE_NAME };
	struct desks *d = &s->desks;

	for (size_t i = 0; i < d->capfolders && !d->isolated; i++) {
		for (size_t k = 0; d->folders[i] != NULL && k < sizeof names / sizeof *names; k++)
			watch(s, path_join(d->folders[i]->path, names[k]));
		watch_config(s, d->folders[i] != NULL ? d->folders[i]->config : NULL);
	}
	watch_config(s, d->only);
	for (size_t i = 0; i < d->ngoverned; i++)
		for (size_t k = 0; k < d->governed[i]->settings.n; k++) {
			const struct setting *this = &d->governed[i]->settings.v[k];

			if (this->key == KEY_RULES || this->key == KEY_BASELINE || this->key == KEY_UPSTREAM)
				watch(s, path_absolute(this->value));
		}
}

/* ---- made ---- */

static void
forget_lints(struct lsp *s)
{
	for (size_t i = 0; s->lints != NULL && i < s->desks.ndomains; i++) {
		lint_free(s->lints[i]);
		s->lints[i] = NULL;
	}
}

void
lsp_desk_release(struct lsp *s)
{
	forget_lints(s);
	free(s->lints);
	s->lints = NULL;
	accept_free(s->accept);
	s->accept = NULL;
	for (size_t i = 0; i < s->ndocs; i++) {		/* what they hold is of these rules */
		finding_list_reset(&s->docs[i]->findings);
		s->docs[i]->checked = s->docs[i]->desk = 0;
		s->docs[i]->governed = NULL;
	}
	for (size_t i = 0; i < s->nupstreams; i++) {
		run_upstream_end(&s->upstreams[i].reader);
		upstream_free(s->upstreams[i].all);
		free(s->upstreams[i].path);
	}
	s->nupstreams = 0;
	if (s->live)
		desks_release(&s->desks);
	s->live = s->usable = false;
	options_release(&s->merged);
	finding_list_reset(&s->errors);
	for (size_t i = 0; i < s->nwatches; i++)
		free(s->watches[i].path);
	s->nwatches = 0;
}

static void
hear(void *arg, const char *text)
{
	buf_puts(arg, text);
	buf_putc(arg, '\n');
}

static bool
is_configured(struct lsp *s, const char *path)
{
	if (s->desks.only != NULL)
		return true;
	for (const struct folder *f = desks_folder_of(&s->desks, path); f != NULL; f = f->up)
		if (f->config != NULL)
			return true;
	return false;
}

/* Whether the document is checked, and what governs it then. */
static void
govern(struct lsp *s, struct lsp_doc *d)
{
	const char *name = name_of(d);

	d->desk = s->desk;
	d->checked = 0;
	d->governed = NULL;
	if (d->path != NULL)
		desks_folder_of(&s->desks, d->path);		/* its configuration's mistakes are told in any case */
	d->on = s->settings.enable != LSP_NEVER && !(d->path != NULL && lsp_is_ours(d->path)) &&
	    (s->settings.enable == LSP_ALWAYS || (d->path != NULL && is_configured(s, name))) && !desks_excludes(&s->desks, name);
	if (d->on)
		d->governed = desks_file(&s->desks, name);
}

static void
load_accepted(struct lsp *s)
{
	const char **paths = xcalloc(s->ndocs + 1, sizeof *paths);
	const struct governed **by = xcalloc(s->ndocs + 1, sizeof *by);
	size_t n = 0;

	for (size_t i = 0; i < s->ndocs; i++)
		if (s->docs[i]->on || s->docs[i]->path != NULL) {
			paths[n] = name_of(s->docs[i]);
			by[n] = s->docs[i]->governed != NULL ? s->docs[i]->governed : s->desks.governed[0];
			n++;
		}
	s->accept = accept_new();
	run_load_accepted_of(s->accept, &s->desks, paths, by, n, &s->errors);
	free(paths);
	free(by);
}

/* ---- the copies that stories are made from ---- */

static struct lsp_upstream *
upstream_of(struct lsp *s, const struct governed *g)
{
	char *path = run_upstream_path(&s->desks, &g->settings);
	struct lsp_upstream *found = NULL;

	for (size_t i = 0; path != NULL && i < s->nupstreams && found == NULL; i++)
		if (strcmp(s->upstreams[i].path, path) == 0)
			found = &s->upstreams[i];
	free(path);
	return found;
}

static void
load_upstreams(struct lsp *s)
{
	for (size_t i = 0; i < s->ndocs; i++) {
		const struct governed *g = s->docs[i]->governed;

		if (g != NULL && settings_text(&g->settings, KEY_UPSTREAM) != NULL && upstream_of(s, g) == NULL) {
			char *path = run_upstream_path(&s->desks, &g->settings);

			XPUSH(s->upstreams, s->nupstreams, s->capupstreams) =
			    (struct lsp_upstream){ .path = path, .all = run_upstream_load(path, &g->domain->set, &s->errors) };
		}
	}
	for (size_t i = 0; i < s->nupstreams; i++)
		run_upstream_start(&s->upstreams[i].reader, s->upstreams[i].all, s->upstreams[i].path, NULL);
}

/* false: the command line or the client's settings are wrong; the complaints say how. */
static bool
make(struct lsp *s, bool bare)
{
	lsp_desk_release(s);
	s->desk++;
	lsp_settings_options(&s->settings, s->options, bare, &s->merged);
	s->live = true;
	if (!desks_init(&s->desks, &s->merged, &s->errors))
		return false;
	for (size_t i = 0; i < s->ndocs; i++)
		govern(s, s->docs[i]);
	desks_folders(&s->desks);
	watch_all(s);
	if (s->desks.ngoverned == 0)
		return s->usable = true;
	for (size_t i = 0; i < s->ndocs; i++)
		if (s->docs[i]->governed != NULL && settings_text(&s->docs[i]->governed->settings, KEY_UPSTREAM) != NULL)
			s->desks.compares = true;
	if (!desks_settle(&s->desks, MATCH_TRIGGERED))
		return false;
	s->lints = xcalloc(s->desks.ndomains + 1, sizeof *s->lints);
	load_accepted(s);
	load_upstreams(s);
	s->clock = s->desks.governed[0]->policy.now;
	return s->usable = true;
}

/* What stands before all articles is told once, until it is something else. */
static void
tell(struct lsp *s, const struct buf *complaints)
{
	struct buf all = BUF_INIT;

	buf_add(&all, complaints->s, complaints->n);
	finding_list_sort(&s->errors);
	for (size_t i = 0; i < s->errors.n; i++)
		buf_printf(&all, "%s: %s\n", s->errors.v[i].path != NULL ? s->errors.v[i].path : s->errors.v[i].rule, s->errors.v[i].message);
	if (all.n != 0 && (s->said == NULL || strcmp(s->said, all.s) != 0)) {
		struct buf text = BUF_INIT;
		const char *end = strchr(all.s, '\n');
		size_t more = 0;

		for (const char *p = end; (p = strchr(p + 1, '\n')) != NULL;)
			more++;
		buf_puts(&text, "wirelint: ");
		buf_add(&text, all.s, (size_t)(end - all.s));
		if (more != 0)
			buf_printf(&text, " (and %zu more)", more);
		lsp_say(s, 1, text.s);
		buf_release(&text);
	}
	free(s->said);
	s->said = xstrndup(all.s, all.n);
	buf_release(&all);
	lsp_publish_errors(s);
}

static void
make_anew(struct lsp *s)
{
	struct buf complaints = BUF_INIT;

	s->wanted = false;
	options_hear(hear, &complaints);
	if (!make(s, false) && s->settings.ngiven != 0)
		make(s, true);		/* without what the client has set wrongly */
	options_hear(NULL, NULL);
	tell(s, &complaints);
	buf_release(&complaints);
}

void
lsp_desk_look(struct lsp *s)
{
	bool changed = s->wanted || !s->live;

	for (size_t i = 0; i < s->nwatches && !changed; i++)
		changed = has_changed(&s->watches[i]);
	if (!changed)
		return;
	make_anew(s);
	for (size_t i = 0; i < s->ndocs; i++)
		s->docs[i]->due = 1;
}

/* A document that has come since: in a folder that is known, with rules that are there? */
static bool
adopt(struct lsp *s, struct lsp_doc *d)
{
	size_t folders = s->desks.nfolders;

	govern(s, d);
	return s->desks.nfolders == folders && (d->governed == NULL || (d->governed->domain != NULL &&
	    (settings_text(&d->governed->settings, KEY_UPSTREAM) == NULL || upstream_of(s, d->governed) != NULL)));
}

/* ---- checking ---- */

static void
set_clock(struct lsp *s)
{
	int64_t now = (int64_t)time(NULL);

	if (options_has(&s->merged, OPT_NOW) || (now >= s->clock && now < s->clock + CLOCK))
		return;
	s->clock = now;
	for (size_t i = 0; i < s->desks.ngoverned; i++)
		s->desks.governed[i]->policy.now = now;
	forget_lints(s);		/* they keep variants of a policy */
}

/* The document is no article, or empty: as with --skip-unknown nothing is said of it. */
static bool
is_none(const struct finding_list *l)
{
	static const enum message_id refusals[] = { MSG_INPUT_BINARY, MSG_INPUT_NO_ARTICLE, MSG_INPUT_EMPTY };

	for (size_t i = 0; l->n == 1 && l->v[0].fatal && i < sizeof refusals / sizeof *refusals; i++)
		if (strcmp(l->v[0].rule, messages[refusals[i]].name) == 0)
			return true;
	return false;
}

static const char *
first_words(struct arena *arena, const char *words, size_t n)
{
	const char *s = words, *end = words + n;
	unsigned cp;
	char *out;

	for (unsigned k = 0; s < end && k < WORDS; k++)
		s += utf8_decode(s, end, &cp);
	out = arena_printf(arena, "%.*s%s", (int)(s - words), words, s < end ? "…" : "");
	for (char *c = out; *c != '\0'; c++)
		if ((unsigned char)*c < ' ')
			*c = ' ';
	return out;
}

static void
add_part(struct lsp_doc *d, const struct article *a, const char *name, struct range at, uint32_t paragraph, bool field)
{
	struct lsp_part *p = &XPUSH(d->parts, d->nparts, d->capparts);

	p->name = name;
	p->words = first_words(&d->arena, a->text.s + at.a, range_len(at));
	p->at = source_span(a->src, text_extent(&a->text, at));
	p->article = (uint32_t)d->narticles - 1;
	p->paragraph = paragraph;
	p->field = field;
}

static void
collect(struct pipeline *p, void *arg)
{
	struct lsp *s = arg;
	struct lsp_doc *d = s->checking;
	const struct article *a = &p->article;
	size_t first;

	if (s->comparing != NULL)
		run_upstream_compare(p, s->comparing);
	if (d == NULL)
		return;
	XPUSH(d->articles, d->narticles, d->caparticles) =
	    (struct lsp_article){ a->format, a->item != NULL ? arena_strdup(&d->arena, a->item) : NULL };
	first = d->nparts;
	for (size_t i = 0; i < a->nblocks; i++)
		add_part(d, a, block_kind_name(a->blocks[i].kind), a->blocks[i].at, a->blocks[i].paragraph, false);
	for (size_t i = 0, blocks = d->nparts; i < a->nfields; i++) {
		const struct field *f = &a->fields[i];
		struct span at = source_span(a->src, text_extent(&a->text, f->at));
		bool shown = false;

		for (size_t k = first; k < blocks && !shown; k++)		/* a byline is a field and a line of the story */
			shown = d->parts[k].at.a <= at.a && at.z <= d->parts[k].at.z;
		if (!shown)
			add_part(d, a, field_name_str(f->name), f->at, 0, true);
	}
}

void
lsp_check_text(struct lsp *s, struct lsp_doc *d, const char *text, size_t n, struct finding_list *out)
{
	struct pipeline *p = &s->pipeline;
	struct governed *g = d->governed;
	struct accept_count count;
	struct lsp_upstream *upstream;
	struct lint **lint;

	s->read = NULL;
	finding_list_reset(out);
	set_clock(s);
	lint = &s->lints[g->domain->number];
	if (*lint == NULL)
		*lint = lint_new(&g->policy, g->domain->matcher);
	lint_set_policy(*lint, &g->policy);
	run_govern(p, g);
	p->lint = *lint;
	p->encoding.forced = true;		/* whatever the file is in and says of itself, the editor's text is Unicode */
	p->encoding.encoding = ENC_UTF8;
	p->no_suppressions = options_has(&s->merged, OPT_NO_SUPPRESSIONS);
	p->each = collect;
	p->arg = s;
	upstream = upstream_of(s, g);
	s->comparing = upstream != NULL && upstream->reader.reader != NULL ? &upstream->reader : NULL;
	if (s->comparing != NULL)
		run_upstream_next(s->comparing, 0);
	else
		lint_compare(p->lint, NULL, NULL, false);
	pipeline_mem(p, name_of(d), text, n, out);
	choices_clear(lint_choices(p->lint));
	if (is_none(out)) {
		finding_list_reset(out);
		return;
	}
	accept_file(s->accept, &g->policy, name_of(d), out, &count);
	finding_list_at_least(out, g->policy.min_severity);
}

void
lsp_check(struct lsp *s, struct lsp_doc *d)
{
	lsp_desk_look(s);
	if (s->usable && d->desk != s->desk && !adopt(s, d))
		make_anew(s);
	if (d->checked == d->edits)
		return;
	finding_list_reset(&d->findings);
	arena_reset(&d->arena);
	d->nparts = d->narticles = 0;
	d->checked = d->edits;
	if (!s->usable || !d->on)
		return;
	s->checking = d;
	lsp_check_text(s, d, d->text.s.s, d->text.s.n, &d->findings);
	s->checking = NULL;
	s->read = d;
}
