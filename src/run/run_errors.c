/* Findings that stand before all articles: mistakes in rule files, inputs that are not there.  Each rule file is opened
 * once more here, so that its mistakes have line and column in every output. */
#include "run/run.h"

#include "emitter.h"
#include "frozen/builtin.h"
#include "source/source.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char built_in[] = "built-in:";

/* false: it cannot be read again; its findings are printed without a place. */
static bool
open_again(struct source *src, const char *path)
{
	static const struct source_options any;
	const struct builtin *b;
	struct stat st;
	bool ok;
	int fd;

	if (strncmp(path, built_in, sizeof(built_in) - 1) == 0) {
		b = builtin_find(path + sizeof(built_in) - 1);
		return b != NULL && source_load_mem(src, path, b->s, b->n, &any) == SOURCE_OK;
	}
	if ((fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)) < 0)
		return false;
	ok = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && source_load_fd(src, path, fd, &any) == SOURCE_OK;
	close(fd);
	return ok;
}

static bool
same_path(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

void
run_emit_errors(const struct emitter *e, struct buf *out, const struct emit_options *opt, const struct finding_list *errors)
{
	struct buf one = BUF_INIT;
	struct source src;

	source_init(&src);
	for (size_t i = 0, n; i < errors->n; i += n) {
		struct finding_list part = { .v = errors->v + i };
		bool placed = false;

		for (n = 0; i + n < errors->n && same_path(part.v[n].path, part.v[0].path); n++)
			placed = placed || (part.v[n].placed && part.v[n].path != NULL);
		part.n = n;
		buf_clear(&one);
		e->file(&one, opt, placed && open_again(&src, part.v[0].path) ? &src : NULL, &part);
		if (one.n != 0 && out->n != 0 && e->between != NULL)
			buf_puts(out, e->between);
		buf_add(out, one.s, one.n);
	}
	source_release(&src);
	buf_release(&one);
}

void
run_print_errors(const struct finding_list *errors)
{
	static const struct emit_options plain;
	struct buf out = BUF_INIT;

	run_emit_errors(emitter_by_name("gcc"), &out, &plain, errors);
	fwrite(out.s, 1, out.n, stderr);
	buf_release(&out);
}
