/* `wirelint digest`: a line a story, for `wirelint reuse --digests`.
 *
 * The line is a key, a tab and a value: the story's path, with # and its item behind it in a file of several; and in base64 the digest's length (LEB128),
 * the digest (digest.h) and what is stored of it (stored.h).  Lines of one key are equal if the story and its path are, wherever they were made. */
#include "analysis/digest.h"
#include "archive/harvest.h"
#include "command/commands.h"
#include "emitter.h"
#include "util/base64.h"
#include "util/packed.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

struct digesting {
	struct digest digest;
	struct buf value, line;
};

static bool
print_file(void *arg, const char *path, const struct harvested *v, size_t n)
{
	struct digesting *g = arg;
	const char *why;

	buf_clear(&g->line);
	for (size_t i = 0; i < n; i++) {
		if (!digest_decode(&g->digest, v[i].digest, v[i].ndigest, &why))
			return false;
		emit_path(&g->line, path);
		if (*g->digest.item != '\0') {
			buf_putc(&g->line, '#');
			emit_path(&g->line, g->digest.item);
		}
		buf_putc(&g->line, '\t');
		buf_clear(&g->value);
		put_number(&g->value, v[i].ndigest);
		buf_add(&g->value, v[i].digest, v[i].ndigest);
		buf_add(&g->value, v[i].stored, v[i].nstored);
		base64_encode(&g->line, g->value.s, g->value.n);
		buf_putc(&g->line, '\n');
	}
	return fwrite(g->line.s, 1, g->line.n, stdout) == g->line.n;
}

int
command_digest(const struct options *o)
{
	struct digesting g = { .value = BUF_INIT, .line = BUF_INIT };
	struct harvest h = { .file = print_file, .arg = &g };
	bool ok;

	signal(SIGPIPE, SIG_IGN);
	digest_init(&g.digest);
	ok = harvest_run(&h, o);
	digest_release(&g.digest);
	buf_release(&g.value);
	buf_release(&g.line);
	if (!ok)
		return 2;
	if (h.stopped || fflush(stdout) != 0) {
		options_complain("cannot write standard output");
		return 2;
	}
	if (!options_has(o, OPT_QUIET)) {
		fprintf(stderr, "wirelint: %zu %s in %zu %s", h.stories, h.stories == 1 ? "story" : "stories", h.files,
		    h.files == 1 ? "file" : "files");
		harvest_end_line(&h);
	}
	return h.errors != 0 ? 2 : 0;
}
