/* `wirelint fix`.
 *
 * Workers check each file, put its fixes into a copy of its bytes and check that again, until nothing is left to be put in; the main thread
 * writes the files, one after the other, and is the only one that a signal interrupts. */
#include "fix/fix.h"

#include "emitter.h"
#include "files/replace.h"
#include "fix/fix_apply.h"
#include "fix/fix_diff.h"
#include "fix/fix_write.h"
#include "lint/pipeline.h"
#include "run/run.h"
#include "util/xmalloc.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PASSES = 10 };			/* fixes that wait for others this often are in each other's way */

struct job {
	bool diff, unsafe;
	size_t fixes, files, need_unsafe, not_gone;	/* not_gone: findings that a file which was not written has still */
	bool failed, closed;		/* closed: standard output takes no more */
};

/* What a file came to. */
struct mended {
	char *path;
	bool standard, failed;
	struct buf old, new;		/* new: only where it differs */
	struct buf said;		/* for standard error */
	size_t fixes, need_unsafe, before, after;
};

/* ---- on a worker ---- */

static void
say(struct mended *m, struct source *src, const struct finding_list *l)
{
	static const struct emit_options plain;

	emitter_by_name("gcc")->file(&m->said, &plain, src, l);
}

/* The file is left as it is, because of this; `at` NULL: of the whole file. */
static void
leave(struct mended *m, struct source *src, const struct span *at, const char *why)
{
	struct finding_list l;
	struct finding *f;

	finding_list_init(&l);
	f = finding_message(&l, MSG_RUN_FIX, m->path, why);
	if (at != NULL) {
		f->placed = true;
		f->at = *at;
	}
	say(m, src, &l);
	finding_list_release(&l);
	m->failed = true;
}

/* What could not be checked of it. */
static bool
any_fatal(struct mended *m, const struct run_file *f)
{
	struct finding_list fatal;
	bool any;

	finding_list_init(&fatal);
	for (size_t i = 0; i < f->findings->n; i++)
		if (f->findings->v[i].fatal)
			*finding_add(&fatal) = f->findings->v[i];
	any = fatal.n != 0;
	if (any && m != NULL)
		say(m, &f->pipeline->source, &fatal);
	finding_list_release(&fatal);
	return any;
}

static void
leave_unwritable(struct mended *m, struct source *src, const struct finding *by, unsigned strange, bool placed)
{
	struct buf why = BUF_INIT, shown = BUF_INIT;

	buf_putcp(&shown, strange);
	buf_printf(&why, "the file is in %s, which has no '%s' (U+%04X) for the fix of %s", encoding_name(src->encoding), shown.s, strange, by->rule);
	leave(m, src, placed ? &by->at : NULL, why.s);
	buf_release(&why);
	buf_release(&shown);
}

/* What must be the same of a file before and after. */
struct nature { const char *format; size_t articles; enum encoding encoding; bool bom; };

static struct nature
nature_of(const struct pipeline *p)
{
	return (struct nature){ p->article.format, p->articles, p->source.encoding, p->source.bom };
}

static bool
same_nature(struct nature a, struct nature b)
{
	return a.articles == b.articles && a.encoding == b.encoding && a.bom == b.bom && strcmp(a.format, b.format) == 0;
}

/* Puts in what can be, again and again.  False: the file is left as it is. */
static bool
put_in(const struct job *j, struct mended *m, struct run_file *f, struct kept *kept, struct buf *other)
{
	struct source *src = &f->pipeline->source;
	struct nature nature = nature_of(f->pipeline);
	const struct finding *by;
	unsigned strange = 0;

	for (int pass = 0;; pass++) {
		struct buf *next = pass % 2 == 0 ? &m->new : other;
		size_t n;

		buf_clear(next);
		n = fix_apply(src, f->findings, j->unsafe, kept, next, &strange, &by);
		if (by != NULL) {
			leave_unwritable(m, src, by, strange, pass == 0);
			return false;
		}
		if (n == 0) {
			if (pass % 2 == 0 && pass != 0) {		/* the last that was put in lies in `other` */
				struct buf last = *other;

				*other = m->new;
				m->new = last;
			}
			return true;
		}
		if (pass == PASSES) {
			leave(m, src, NULL, "its fixes bring forth others without an end");
			return false;
		}
		m->fixes += n;
		f->again(f, next->s, next->n);
		if (any_fatal(NULL, f) || !same_nature(nature, nature_of(f->pipeline))) {
			leave(m, src, NULL, "it could not be read as before with its fixes in it");
			return false;
		}
	}
}

static size_t
count_unsafe(const struct finding_list *l, const struct kept *kept)
{
	size_t n = 0;

	for (size_t i = 0; i < l->n; i++)
		n += fix_may(&l->v[i], true, kept) && !fix_may(&l->v[i], false, kept);
	return n;
}

static void
mend_file(const struct job *j, struct mended *m, struct run_file *f)
{
	struct kept kept = { NULL, 0, 0 };
	struct buf other = BUF_INIT;
	bool any = false;

	for (size_t i = 0; i < f->findings->npassed; i++) {
		XPUSH(kept.v, kept.n, kept.cap).rule = f->findings->passed[i].rule;
		kept.v[kept.n - 1].at = f->findings->passed[i].at;
	}
	for (size_t i = 0; !any && i < f->findings->n; i++)
		any = fix_may(&f->findings->v[i], j->unsafe, &kept);
	if (any) {
		buf_add(&m->old, f->pipeline->source.raw, f->pipeline->source.raw_len);
		if (!put_in(j, m, f, &kept, &other)) {
			m->fixes = 0;
			f->again(f, m->old.s, m->old.n);
		}
	}
	m->need_unsafe = j->unsafe ? 0 : count_unsafe(f->findings, &kept);
	free(kept.v);
	/* what was checked last is not asked for again: a fix takes its text from an arena */
	buf_release(&other);
}

static void *
mend(void *arg, struct run_file *f)
{
	const struct job *j = arg;
	struct mended *m = xcalloc(1, sizeof *m);
	const struct source *src = &f->pipeline->source;

	m->path = xstrdup(f->path);
	m->standard = f->standard;
	buf_init(&m->old);
	buf_init(&m->new);
	buf_init(&m->said);
	m->before = m->after = f->findings->n;
	if (!f->skipped && !any_fatal(m, f)) {
		mend_file(j, m, f);
		m->after = f->findings->n;
	}
	if (m->fixes == 0 && m->standard && m->old.n == 0 && src->raw != NULL)
		buf_add(&m->old, src->raw, src->raw_len);
	return m;
}

/* ---- on the main thread ---- */

static void
print(struct job *j, const char *s, size_t n)
{
	if (j->closed || replace_write(STDOUT_FILENO, s, n))
		return;
	options_complain("cannot write standard output: %s", strerror(errno));
	j->closed = j->failed = true;
}

static void
print_diff(struct job *j, const struct mended *m)
{
	struct buf out = BUF_INIT;
	char *name = fix_diff_name(m->path);

	fix_diff(&out, name, m->old.s, m->old.n, m->new.s, m->new.n);
	print(j, out.s, out.n);
	buf_release(&out);
	free(name);
}

static void
write_file(struct mended *m)
{
	struct buf why = BUF_INIT;

	if (!fix_write(m->path, &m->old, &m->new, &why)) {
		buf_puts(&why, "; it is as it was");
		leave(m, NULL, NULL, why.s);
		m->fixes = 0;
	}
	buf_release(&why);
}

static void
deliver(void *arg, void *mended)
{
	struct job *j = arg;
	struct mended *m = mended;

	if (m->fixes != 0 && j->diff)
		print_diff(j, m);
	else if (m->standard && !j->diff)
		print(j, m->fixes != 0 ? m->new.s : m->old.s, m->fixes != 0 ? m->new.n : m->old.n);
	else if (m->fixes != 0)
		write_file(m);
	fwrite(m->said.s, 1, m->said.n, stderr);
	j->fixes += m->fixes;
	j->files += m->fixes != 0;
	j->need_unsafe += m->need_unsafe;
	j->failed = j->failed || m->failed;
	if (m->fixes == 0 && m->before > m->after)
		j->not_gone += m->before - m->after;
	free(m->path);
	buf_release(&m->old);
	buf_release(&m->new);
	buf_release(&m->said);
	free(m);
}

static int
finish(void *arg, int status, const struct totals *left, bool quiet)
{
	const struct job *j = arg;
	size_t n = j->not_gone + left->findings[SEV_NOTE] + left->findings[SEV_WARNING] + left->findings[SEV_ERROR];

	if (!quiet)
		fprintf(stderr, "wirelint: %s%zu %s in %zu %s, %zu %s left, %zu %s --unsafe\n", j->diff ? "would make " : "", j->fixes,
		    j->fixes == 1 ? "fix" : "fixes", j->files, j->files == 1 ? "file" : "files", n, n == 1 ? "finding" : "findings",
		    j->need_unsafe, j->need_unsafe == 1 ? "fix needs" : "fixes need");
	if (j->failed || status == 2)
		return 2;
	return j->diff ? j->fixes != 0 : status;
}

/* ---- the command ---- */

int
fix_command(const struct options *o)
{
	struct job j = { .diff = options_has(o, OPT_DIFF), .unsafe = options_has(o, OPT_UNSAFE) };
	struct run_hook hook = { .mend = mend, .deliver = deliver, .done = finish, .arg = &j, .baseline = true, .alone = true };

	for (size_t i = 0; i < o->nwords; i++)
		if (j.diff && strcmp(o->words[i], "-") == 0 && !options_has(o, OPT_STDIN_FILENAME)) {
			options_complain("standard input has no path to be patched, expected '--stdin-filename'");
			return 2;
		}
	signal(SIGXFSZ, SIG_IGN);	/* a file that may not grow so large is an error of writing, said as such */
	return run_hooked(o, &hook);
}
