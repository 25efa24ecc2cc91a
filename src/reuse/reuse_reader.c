/* Stories read again, for the exact check of pairs: a worker keeps those that it used last. */
#include "reuse/reuse_set.h"

#include "lint/pipeline.h"
#include "stored.h"
#include "util/xmalloc.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { HELD = 48 << 20 };		/* bytes, about, that a worker keeps of files where nobody says how many */

/* A file with all its stories. */
struct held_file {
	struct pipeline pipeline;	/* keeps the source */
	struct stored stored;		/* keeps that of a story whose file is not at hand */
	struct read_story **items;
	size_t n, cap;
	size_t bytes;
	uint64_t used;
	uint32_t file;
};

struct reuse_reader {
	const struct reuse_set *set;
	struct held_file **by_file;	/* NULL: not held */
	struct held_file **held;
	size_t nheld, capheld, bytes;
	uint64_t clock;
	struct analysis analysis;
};

struct reuse_reader *
reuse_reader_new(const struct reuse_set *s)
{
	struct reuse_reader *r = xcalloc(1, sizeof *r);

	r->set = s;
	r->by_file = xcalloc(s->ninputs + s->nextras + 1, sizeof(struct held_file *));
	analysis_init(&r->analysis);
	return r;
}

static void
close_file(struct held_file *f)
{
	for (size_t i = 0; i < f->n; i++) {
		passage_release(&f->items[i]->passage);
		article_release(&f->items[i]->article);
		free(f->items[i]);
	}
	free(f->items);
	pipeline_release(&f->pipeline);
	stored_release(&f->stored);
	free(f);
}

void
reuse_reader_free(struct reuse_reader *r)
{
	if (r == NULL)
		return;
	for (size_t i = 0; i < r->nheld; i++)
		close_file(r->held[i]);
	free(r->held);
	free(r->by_file);
	analysis_release(&r->analysis);
	free(r);
}

struct opening { struct reuse_reader *reader; struct held_file *file; };

/* The article moves out of where it was read, which begins the next with an empty one. */
static void
keep_article(struct reuse_reader *r, struct held_file *f, struct article *a)
{
	struct read_story *s = xcalloc(1, sizeof *s);

	s->article = *a;
	article_init(a);
	passage_init(&s->passage);
	analysis_start(&r->analysis, &s->article);
	passage_take(&s->passage, &r->analysis);
	article_forget_words(&s->article);
	f->bytes += s->article.text.n + (size_t)s->passage.words.cap * 24 + 4096;
	XPUSH(f->items, f->n, f->cap) = s;
}

static void
keep_story(struct pipeline *p, void *arg)
{
	struct opening *o = arg;

	keep_article(o->reader, o->file, &p->article);
}

/* Nothing comes of one that is damaged. */
static void
open_extra(struct reuse_reader *r, struct held_file *f, const struct reuse_extra *e)
{
	const char *why, *bytes = e->stored;
	char *read = NULL;

	if (bytes == NULL) {
		bytes = read = xmalloc(e->n + 1);
		if (pread(r->set->spool, read, e->n, e->at) != (ssize_t)e->n)
			*read = '\0';
	}
	if (stored_decode(&f->stored, bytes, e->n, &why))
		keep_article(r, f, &f->stored.article);
	free(read);
	f->bytes += f->stored.bytes.cap;
}

static void
open_input(struct reuse_reader *r, struct held_file *f)
{
	const struct reuse_kept *kept = &r->set->kept[f->file];
	struct opening o = { r, f };
	struct finding_list nobody;

	r->set->govern(r->set->arg, &f->pipeline, f->file);
	f->pipeline.each = keep_story;
	f->pipeline.arg = &o;
	finding_list_init(&nobody);
	if (kept->s != NULL)
		pipeline_mem(&f->pipeline, "<stdin>", kept->s, kept->n, &nobody);
	else
		pipeline_path(&f->pipeline, r->set->inputs[f->file].path, NULL, &nobody);
	finding_list_release(&nobody);
	f->bytes += f->pipeline.source.raw_len * 2;
}

static struct held_file *
open_file(struct reuse_reader *r, uint32_t number)
{
	struct held_file *f = r->by_file[number];

	if (f != NULL)
		return f;
	f = xcalloc(1, sizeof *f);
	f->file = number;
	pipeline_init(&f->pipeline);
	stored_init(&f->stored);
	if (number < r->set->ninputs)
		open_input(r, f);
	else
		open_extra(r, f, &r->set->extras[number - r->set->ninputs]);
	r->bytes += f->bytes;
	r->by_file[number] = f;
	XPUSH(r->held, r->nheld, r->capheld) = f;
	return f;
}

struct read_story *
reuse_reader_story(struct reuse_reader *r, uint32_t story)
{
	const struct reuse_story *s = &r->set->stories[story];
	struct held_file *f = open_file(r, s->file);

	f->used = ++r->clock;
	return s->item < f->n && (r->set->raw || f->items[s->item]->passage.whole == s->whole) ? f->items[s->item] : NULL;
}

static int
by_use(const void *p, const void *q)
{
	const struct held_file *a = *(struct held_file *const *)p, *b = *(struct held_file *const *)q;

	return a->used > b->used ? -1 : a->used < b->used;
}

/* Half of the room is made free at a time, so that sorting costs little for each file. */
void
reuse_reader_forget(struct reuse_reader *r)
{
	size_t most = r->set->held != 0 ? r->set->held : HELD;

	if (r->bytes <= most)
		return;
	qsort(r->held, r->nheld, sizeof(struct held_file *), by_use);
	while (r->nheld > 1 && r->bytes > most / 2) {
		struct held_file *f = r->held[--r->nheld];

		r->bytes -= f->bytes;
		r->by_file[f->file] = NULL;
		close_file(f);
	}
}
