/* One page for a browser: the run's verdict, plots, and each article as it was read with its findings in place.
 *
 * It is complete in itself: style and script stand in it, allowed by their hashes, and its policy forbids anything from the network.  Without
 * the script all findings are to be seen; filters and keys are the script's.  See html_int.h for how it is made. */
#include "emit/html_int.h"

#include "util/xmalloc.h"

#include <stdlib.h>
#include <string.h>

/* ---- what is counted of a file ---- */

static int
by_rule(const void *x, const void *y)
{
	const struct finding *const *a = x, *const *b = y;

	return strcmp((*a)->rule, (*b)->rule);
}

/* A piece a rule, of those too that were let pass; the ids go to `ids`, parted by blanks. */
static void
count_rules(struct buf *out, const struct finding_list *l, struct buf *ids)
{
	const struct finding **v = xcalloc(l->n + l->npassed + 1, sizeof *v);
	size_t begun, to, n = 0;

	for (size_t i = 0; i < l->n; i++)
		v[n++] = &l->v[i];
	for (size_t i = 0; i < l->npassed; i++)
		v[n++] = &l->passed[i];
	if (n > 1)
		qsort(v, n, sizeof *v, by_rule);
	for (size_t from = 0; from < n; from = to) {
		struct html_tally t = { 0 };

		for (to = from; to < n && strcmp(v[to]->rule, v[from]->rule) == 0; to++)
			html_count_in(&t, v[to]);
		t.files = html_findings(&t) != 0;
		html_piece_begin(out, HTML_RULE, &t, v[from]->rule, &begun);
		piece_end(out, begun);
		if (ids->n != 0)
			buf_putc(ids, ' ');
		buf_puts(ids, v[from]->rule);
	}
	free(v);
}

/* Whom the file's copy is of; where it does not say, the folder it lies in. */
static void
put_origin(struct buf *out, const struct html_file *h, const char *path)
{
	const char *slash;

	for (size_t i = 0; i < h->nstories; i++)
		if (h->stories[i].origin[0] != '\0') {
			buf_puts(out, h->stories[i].origin);
			return;
		}
	path = path != NULL ? emit_path_begin(path) : "wirelint";
	slash = strrchr(path, '/');
	if (slash != NULL)
		buf_add(out, path, (size_t)(slash + 1 - path));
	else
		buf_puts(out, h->nstories != 0 ? "not named" : "no article");
}

static void
count_file(struct buf *out, const struct html_file *h, const struct finding_list *l, const char *path)
{
	struct html_tally t = { .files = 1, .articles = (uint32_t)h->nstories };
	struct buf ids, origin;
	size_t begun;

	buf_init(&ids);
	buf_init(&origin);
	for (size_t i = 0; i < l->n; i++)
		html_count_in(&t, &l->v[i]);
	t.counts[COUNT_PASSED] = (uint32_t)l->npassed;
	count_rules(out, l, &ids);
	put_origin(&origin, h, path);
	html_piece_begin(out, HTML_SOURCE, &t, origin.s, &begun);
	piece_end(out, begun);
	html_piece_begin(out, HTML_FILE, &t, path != NULL ? path : "", &begun);
	buf_add(out, ids.s, ids.n);
	piece_end(out, begun);
	buf_release(&ids);
	buf_release(&origin);
}

/* ---- findings go to their articles ---- */

struct sorted { size_t story; const struct finding *f; };

static int
by_story(const void *x, const void *y)
{
	const struct sorted *a = x, *b = y;

	if (a->story != b->story)
		return a->story < b->story ? -1 : 1;
	return a->f < b->f ? -1 : a->f > b->f;
}

static int
by_place(const void *x, const void *y)
{
	const struct sorted *a = x, *b = y;
	int d;

	if (a->story != b->story)
		return a->story < b->story ? -1 : 1;
	if (a->f->at.a != b->f->at.a)
		return a->f->at.a < b->f->at.a ? -1 : 1;
	if ((d = strcmp(a->f->rule, b->f->rule)) != 0 || (d = strcmp(a->f->message, b->f->message)) != 0)
		return d;
	return a->f->at.z < b->f->at.z ? -1 : a->f->at.z > b->f->at.z;
}

static struct sorted *
sort(const struct html_file *h, const struct finding *v, size_t n, int (*order)(const void *x, const void *y))
{
	struct sorted *s = xcalloc(n + 1, sizeof *s);

	for (size_t i = 0; i < n; i++)
		s[i] = (struct sorted){ html_story_of(h, &v[i]), &v[i] };
	if (n > 1)
		qsort(s, n, sizeof *s, order);
	return s;
}

/* Those of one story, from *at on. */
static size_t
take(const struct sorted *s, size_t n, size_t *at, size_t story, const struct finding **v)
{
	size_t k = 0;

	for (; *at < n && s[*at].story == story; ++*at)
		v[k++] = s[*at].f;
	return k;
}

static void
html_file(struct buf *out, const struct emit_options *opt, struct source *src, const struct finding_list *l)
{
	const char *path = l->n != 0 ? l->v[0].path : src != NULL ? src->path : NULL;
	const struct finding **v = xcalloc(l->n + 1, sizeof *v), **passed = xcalloc(l->npassed + 1, sizeof *passed);
	struct sorted *all, *let;
	size_t a = 0, b = 0;
	struct html_file h;

	html_file_init(&h, opt, src, out);
	count_file(out, &h, l, path);
	all = sort(&h, l->v, l->n, by_story);
	let = sort(&h, l->passed, l->npassed, by_place);
	for (size_t i = 0; i <= h.nstories; i++) {
		size_t n = take(all, l->n, &a, i, v), npassed = take(let, l->npassed, &b, i, passed);

		if (i < h.nstories || n + npassed != 0)
			html_article(out, &h, i, path, v, n, passed, npassed);
	}
	html_file_release(&h);
	free(all);
	free(let);
	free(v);
	free(passed);
}

static void
html_note(struct buf *out, const struct emit_options *opt, const struct article *a)
{
	(void)opt;
	html_story_note(out, a);
}

const struct emitter emitter_html = {
	.name = "html",
	.title = "one page for a browser: articles with their findings in place, filters, plots; complete in itself",
	.shows_passed = true,
	.article = html_note,
	.file = html_file,
	.whole = html_whole,
	.trim = html_trim,
};
