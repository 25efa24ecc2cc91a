/* JUnit's XML, for what shows the outcome of tests: a test case a file, a failure in it for each rule that has found an error or a
 * warning there, an error for each message of what could not be checked.  Notes fail no test: they are its output. */
#include "emit/pieces.h"
#include "emit/xml_text.h"
#include "util/xmalloc.h"

#include <stdlib.h>
#include <string.h>

enum { RANK_PASSED, RANK_FAILED, RANK_BROKEN, RANKS };

static void
put_line(struct buf *out, struct emit_places *places, const struct finding *f)
{
	struct buf line = BUF_INIT;
	struct place at;
	bool placed = emit_finding_placed(f, places->src);

	if (placed)
		at = emit_place(places, f->at.a);
	emit_where(&line, f->path, placed ? &at : NULL);
	buf_puts(&line, severity_name(f->severity));
	buf_puts(&line, ": ");
	emit_message(&line, f);
	xml_text(out, line.s, line.n);
	buf_puts(out, " [");
	xml_text(out, f->rule, strlen(f->rule));
	buf_puts(out, "]\n");
	buf_release(&line);
}

static bool
fails(const struct finding *f)
{
	return f->fatal || f->severity >= SEV_WARNING;
}

/* What could not be checked first, then by rule, in the order of the list. */
static int
by_group(const void *a, const void *b)
{
	const struct finding *x = *(const struct finding *const *)a, *y = *(const struct finding *const *)b;
	int c = x->fatal != y->fatal ? (x->fatal ? -1 : 1) : strcmp(x->rule, y->rule);

	return c != 0 ? c : x < y ? -1 : x > y;
}

static void
put_group(struct buf *out, struct emit_places *places, const struct finding *const *v, size_t n)
{
	const char *name = v[0]->fatal ? "error" : "failure";
	struct buf message = BUF_INIT;

	if (n > 1)
		buf_printf(&message, "%zu findings; the first: ", n);
	emit_message(&message, v[0]);
	buf_printf(out, "      <%s", name);
	xml_attribute(out, "type", v[0]->rule);
	xml_attribute(out, "message", message.s);
	buf_puts(out, ">\n");
	for (size_t i = 0; i < n; i++)
		put_line(out, places, v[i]);
	buf_printf(out, "</%s>\n", name);
	buf_release(&message);
}

static void
put_groups(struct buf *out, struct emit_places *places, const struct finding_list *l)
{
	const struct finding **v = xcalloc(l->n + 1, sizeof *v);
	size_t n = 0, from, to;

	for (size_t i = 0; i < l->n; i++)
		if (fails(&l->v[i]))
			v[n++] = &l->v[i];
	if (n > 1)
		qsort(v, n, sizeof *v, by_group);
	for (from = 0; from < n; from = to) {
		for (to = from; to < n && v[to]->fatal == v[from]->fatal && strcmp(v[to]->rule, v[from]->rule) == 0;)
			to++;
		put_group(out, places, v + from, to - from);
	}
	free(v);
}

static void
put_notes(struct buf *out, struct emit_places *places, const struct finding_list *l)
{
	bool any = false;

	for (size_t i = 0; i < l->n; i++) {
		if (fails(&l->v[i]))
			continue;
		if (!any)
			buf_puts(out, "      <system-out>\n");
		any = true;
		put_line(out, places, &l->v[i]);
	}
	if (any)
		buf_puts(out, "</system-out>\n");
}

static void
junit_file(struct buf *out, const struct emit_options *opt, struct source *src, const struct finding_list *l)
{
	unsigned char rank = RANK_PASSED;
	struct emit_places places;
	size_t begun;

	for (size_t i = 0; i < l->n; i++)
		if (l->v[i].fatal)
			rank = RANK_BROKEN;
		else if (fails(&l->v[i]) && rank == RANK_PASSED)
			rank = RANK_FAILED;
	emit_places_init(&places, src, opt->unit);
	begun = piece_begin(out, rank);
	buf_puts(out, "    <testcase");
	xml_path(out, "name", l->n != 0 ? l->v[0].path : src->path);
	buf_puts(out, " classname=\"wirelint\"");
	buf_puts(out, l->n != 0 ? ">\n" : "/>\n");
	put_groups(out, &places, l);
	put_notes(out, &places, l);
	if (l->n != 0)
		buf_puts(out, "    </testcase>\n");
	piece_end(out, begun);
	emit_places_release(&places);
}

static void
put_counts(struct buf *out, const size_t n[RANKS], size_t skipped)
{
	buf_printf(out, " tests=\"%zu\" failures=\"%zu\" errors=\"%zu\"", n[RANK_PASSED] + n[RANK_FAILED] + n[RANK_BROKEN] + skipped,
	    n[RANK_FAILED], n[RANK_BROKEN]);
}

static void
put_skipped(struct buf *out, const struct skipped *s)
{
	struct buf name = BUF_INIT;

	emit_path_bare(&name, s->path);
	if (s->item != NULL) {
		buf_puts(&name, " (item ");
		emit_plain(&name, s->item, strlen(s->item));
		buf_putc(&name, ')');
	}
	buf_puts(out, "    <testcase");
	xml_attribute(out, "name", name.s);
	buf_puts(out, " classname=\"wirelint\">\n      <skipped");
	xml_attribute(out, "message", s->why);
	buf_puts(out, "/>\n    </testcase>\n");
	buf_release(&name);
}

static void
junit_whole(struct buf *out, const struct emit_options *opt, const struct totals *t, const struct buf *pieces)
{
	size_t n[RANKS] = { 0 }, at = 0;
	struct piece p;

	(void)opt;
	while (piece_next(pieces, &at, &p))
		n[p.rank]++;
	buf_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites");
	put_counts(out, n, t->nskipped);
	buf_puts(out, ">\n  <testsuite name=\"wirelint\"");
	put_counts(out, n, t->nskipped);
	buf_printf(out, " skipped=\"%zu\">\n", t->nskipped);
	for (at = 0; piece_next(pieces, &at, &p);)
		buf_add(out, p.s, p.n);
	for (size_t i = 0; i < t->nskipped; i++)
		put_skipped(out, &t->skipped[i]);
	buf_puts(out, "  </testsuite>\n</testsuites>\n");
}

const struct emitter emitter_junit = {
	.name = "junit",
	.title = "an XML document as JUnit writes it: a test case a file, a failure for each rule that it breaks",
	.file = junit_file,
	.whole = junit_whole,
};
