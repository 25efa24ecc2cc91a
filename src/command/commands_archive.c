/* `wirelint archive create|add|remove|stat FILE [PATH...]`.
 *
 * Stories are added some at a time, in transactions; when one has been written to the disk, a line for each of its stories says so: what
 * was said stands, whatever ends the program after it. */
#include "archive/archive.h"
#include "archive/harvest.h"
#include "command/commands.h"
#include "emitter.h"
#include "util/clock.h"
#include "util/str.h"
#include "util/xmalloc.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What a transaction holds at most: stories, bytes, and seconds' worth of reading. */
enum { AT_A_TIME = 256, BYTES = 32 << 20 };
static const double SECONDS = 1;

static int
complain(const char *path, const char *why)
{
	struct buf name = BUF_INIT;

	emit_path_plain(&name, path);
	options_complain("'%s' %s", name.s, why);
	buf_release(&name);
	return 2;
}

static struct archive *
open_or_complain(const char *path, bool writes)
{
	char *why;
	struct archive *a = archive_open(path, writes, &why);

	if (a == NULL)
		complain(path, why);
	free(why);
	return a;
}

/* ---- create, remove, stat ---- */

static int
create(const struct options *o)
{
	char *why;

	if (o->nwords != 2) {
		options_complain("'archive create' wants one name: that of the archive");
		return 2;
	}
	if (archive_create(o->words[1], &why))
		return 0;
	complain(o->words[1], why);
	free(why);
	return 2;
}

static int
remove_stories(const struct options *o)
{
	struct archive *a;
	size_t all = 0, n;
	int status = 0;
	bool ok;

	if (o->nwords < 3) {
		options_complain("nothing to remove: name files or folders as they were added");
		return 2;
	}
	if ((a = open_or_complain(o->words[1], true)) == NULL)
		return 2;
	ok = archive_begin(a);
	for (size_t i = 2; ok && i < o->nwords; i++) {
		ok = archive_remove(a, o->words[i], &n);
		all += n;
		if (ok && n == 0) {
			options_complain("'%s' holds no story of '%s'", o->words[1], o->words[i]);
			status = 2;
		}
	}
	ok = ok && archive_commit(a);
	if (!ok) {
		status = complain(o->words[1], archive_why(a));
		archive_rollback(a);
	} else if (!options_has(o, OPT_QUIET))
		fprintf(stderr, "wirelint: %zu %s removed\n", all, all == 1 ? "story" : "stories");
	archive_close(a);
	return status;
}

static int
stat_archive(const struct options *o)
{
	struct archive_count c;
	struct archive *a;
	int status = 0;

	if (o->nwords != 2) {
		options_complain("'archive stat' wants one name: that of the archive");
		return 2;
	}
	if ((a = open_or_complain(o->words[1], false)) == NULL)
		return 2;
	if (archive_stat(a, &c)) {
		printf("version\t%d\nstories\t%llu\nfiles\t%llu\nbytes\t%llu\n", ARCHIVE_VERSION, (unsigned long long)c.stories,
		    (unsigned long long)c.files, (unsigned long long)c.bytes);
		printf("digests\t%llu\nstored\t%llu\nkeys\t%llu\nruns\t%llu\n", (unsigned long long)c.digests, (unsigned long long)c.stored,
		    (unsigned long long)c.keys, (unsigned long long)c.runs);
	} else
		status = complain(o->words[1], archive_why(a));
	archive_close(a);
	return status;
}

/* ---- add ---- */

struct adding {
	struct archive *archive;
	struct digest digest;
	struct buf said;		/* of this transaction, for when it stands */
	size_t stories, bytes;		/* of this transaction */
	double since;
	bool begun, failed, deaf;	/* deaf: standard output cannot be written */
	size_t added, replaced, same, dropped;		/* that stand */
	size_t now_added, now_replaced, now_same, now_dropped;
};

static bool
commit(struct adding *g)
{
	if (!g->begun)
		return true;
	g->begun = false;
	if (!archive_commit(g->archive)) {
		g->failed = true;
		return false;
	}
	g->added += g->now_added;
	g->replaced += g->now_replaced;
	g->same += g->now_same;
	g->dropped += g->now_dropped;
	g->now_added = g->now_replaced = g->now_same = g->now_dropped = 0;
	g->deaf = g->deaf || (g->said.n != 0 && (fwrite(g->said.s, 1, g->said.n, stdout) != g->said.n || fflush(stdout) != 0));
	buf_clear(&g->said);
	g->stories = g->bytes = 0;
	return true;
}

static void
say(struct adding *g, const char *what)
{
	buf_puts(&g->said, what);
	buf_putc(&g->said, '\t');
	emit_path(&g->said, g->digest.path);
	if (*g->digest.item != '\0') {
		buf_putc(&g->said, '#');
		emit_path(&g->said, g->digest.item);
	}
	buf_putc(&g->said, '\n');
}

static bool
put_story(struct adding *g, const char *path, uint32_t ordinal, const struct harvested *h)
{
	const char *why;

	if (!digest_decode(&g->digest, h->digest, h->ndigest, &why))
		return false;
	switch (archive_put(g->archive, path, ordinal, &g->digest, h->digest, h->ndigest, h->stored, h->nstored)) {
	case ARCHIVE_NEW:
		g->now_added++;
		say(g, "added");
		break;
	case ARCHIVE_REPLACED:
		g->now_replaced++;
		say(g, "replaced");
		break;
	case ARCHIVE_SAME:
		g->now_same++;
		say(g, "same");
		break;
	case ARCHIVE_FAILED:
		return false;
	}
	g->stories++;
	g->bytes += h->nstored;
	return true;
}

/* A file's stories stand together, or none of them does. */
static bool
add_file(void *arg, const char *path, const struct harvested *v, size_t n)
{
	struct adding *g = arg;
	bool ok = g->begun || archive_begin(g->archive);
	size_t dropped = 0;

	if (ok && !g->begun) {
		g->begun = true;
		g->since = clock_seconds();
	}
	for (size_t i = 0; ok && i < n; i++)
		ok = put_story(g, path, (uint32_t)i, &v[i]);
	ok = ok && archive_cut(g->archive, path, (uint32_t)n, &dropped);
	g->now_dropped += dropped;
	if (!ok) {
		archive_rollback(g->archive);
		g->begun = false;
		g->failed = true;
		return false;
	}
	if (g->stories >= AT_A_TIME || g->bytes >= BYTES || clock_seconds() - g->since >= SECONDS)
		ok = commit(g);
	return ok && !g->deaf;
}

static int
add(const struct options *o)
{
	struct options rest = *o;	/* without the command's own words */
	struct adding g;
	struct harvest h = { .file = add_file, .arg = &g };
	int status;

	if (o->nwords < 2) {
		options_complain("'archive add' wants the name of the archive, and stories");
		return 2;
	}
	rest.words += 2;
	rest.nwords -= 2;
	memset(&g, 0, sizeof g);
	if ((g.archive = open_or_complain(o->words[1], true)) == NULL)
		return 2;
	digest_init(&g.digest);
	if (!harvest_run(&h, &rest)) {
		archive_close(g.archive);
		digest_release(&g.digest);
		return 2;
	}
	if (!g.failed)
		commit(&g);
	status = h.errors != 0 || g.failed || g.deaf || h.stopped ? 2 : 0;
	if (g.failed)
		complain(o->words[1], archive_why(g.archive));
	if (g.deaf)
		options_complain("cannot write standard output");
	if (!options_has(o, OPT_QUIET)) {
		fprintf(stderr, "wirelint: %zu %s added", g.added, g.added == 1 ? "story" : "stories");
		if (g.replaced != 0)
			fprintf(stderr, ", %zu replaced", g.replaced);
		if (g.same != 0)
			fprintf(stderr, ", %zu as before", g.same);
		if (g.dropped != 0)
			fprintf(stderr, ", %zu removed that their files do not hold any more", g.dropped);
		if (g.failed)
			fputs("; what follows is not in the archive", stderr);
		harvest_end_line(&h);
	}
	archive_close(g.archive);
	buf_release(&g.said);
	digest_release(&g.digest);
	return status;
}

int
command_archive(const struct options *o)
{
	static const struct { const char *name; int (*run)(const struct options *o); } parts[] = {
		{ "create", create }, { "add", add }, { "remove", remove_stories }, { "stat", stat_archive },
	};
	struct nearest near;
	const char *word = o->nwords != 0 ? o->words[0] : "";

	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);	/* a limit of the size of files is an error, said as such */
	nearest_init(&near, word, strlen(word));
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		if (strcmp(word, parts[i].name) == 0)
			return parts[i].run(o);
		nearest_try(&near, parts[i].name);
	}
	if (*word == '\0')
		options_complain("what is to be done with the archive? expected create, add, remove or stat");
	else
		options_unknown("part of 'archive'", word, strlen(word), near.best, ", expected create, add, remove or stat");
	return 2;
}
