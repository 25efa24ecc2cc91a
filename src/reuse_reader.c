/* Stories read again, for the exact check of pairs: a worker keeps those that it used last. */
#include "reuse_set.h"

#include "pipeline.h"
#include "util/xmalloc.h"

#include <stdlib.h>
#include <string.h>

enum { HELD = 48 << 20 };		/* bytes, about, that a worker keeps of files */

/* A file with all its stories. */
struct held_file {
	struct pipeline pipeline;	/* keeps the source */
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
	r->by_file = xcalloc(s->ninputs + 1, sizeof(struct held_file *));
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

/* The article moves out of the pipeline, which begins the next with an empty one. */
static void
keep_story(struct pipeline *p, void *arg)
{
	struct opening *o = arg;
	struct held_file *f = o->file;
	struct read_story *s = xcalloc(1, sizeof *s);

	s->article = p->article;
	article_init(&p->article);
	passage_init(&s->passage);
	analysis_start(&o->reader->analysis, &s->article);
	passage_take(&s->passage, &o->reader->analysis);
	f->bytes += s->article.text.n + (size_t)s->passage.words.cap * 24 + 4096;
	XPUSH(f->items, f->n, f->cap) = s;
}

static struct held_file *
open_file(struct reuse_reader *r, uint32_t number)
{
	struct held_file *f = r->by_file[number];
	const struct reuse_kept *kept = &r->set->kept[number];
	struct opening o = { r, NULL };
	struct finding_list nobody;

	if (f != NULL)
		return f;
	f = o.file = xcalloc(1, sizeof *f);
	f->file = number;
	pipeline_init(&f->pipeline);
	r->set->govern(r->set->arg, &f->pipeline, number);
	f->pipeline.each = keep_story;
	f->pipeline.arg = &o;
	finding_list_init(&nobody);
	if (kept->s != NULL)
		pipeline_mem(&f->pipeline, "<stdin>", kept->s, kept->n, &nobody);
	else
		pipeline_path(&f->pipeline, r->set->inputs[number].path, NULL, &nobody);
	finding_list_release(&nobody);
	f->bytes += f->pipeline.source.raw_len * 2;
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
	if (r->bytes <= HELD)
		return;
	qsort(r->held, r->nheld, sizeof(struct held_file *), by_use);
	while (r->nheld > 1 && r->bytes > HELD / 2) {
		struct held_file *f = r->held[--r->nheld];

		r->bytes -= f->bytes;
		r->by_file[f->file] = NULL;
		close_file(f);
	}
}
