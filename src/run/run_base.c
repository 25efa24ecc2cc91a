/* --diff-base for a worker. */
#include "run/run_base.h"

#include <string.h>

void
run_base_init(struct run_base *b, const struct diff_base *base)
{
	b->base = base;
	pipeline_init(&b->then);
	finding_list_init(&b->found);
	buf_init(&b->content);
	buf_init(&b->why);
}

void
run_base_release(struct run_base *b)
{
	pipeline_release(&b->then);
	finding_list_release(&b->found);
	buf_release(&b->content);
	buf_release(&b->why);
}

bool
run_base_unknown(const struct run_base *b, const struct input *in)
{
	return b->base != NULL && diff_base_state(b->base, in) == BASE_UNKNOWN;
}

/* Only what was read has findings that could be old. */
static bool
any_to_drop(const struct finding_list *l)
{
	for (size_t i = 0; i < l->n; i++)
		if (!l->v[i].fatal)
			return true;
	return false;
}

/* The name is today's: it tells the format, and which rules hold.  What was no article then had no findings. */
static size_t
drop_of_version(struct run_base *b, const struct pipeline *now, const struct input *in, struct finding_list *l)
{
	const char *path = now->source.path;

	if (!diff_base_content(b->base, in, &b->content, &b->why)) {
		struct buf said = BUF_INIT;

		buf_printf(&said, "cannot read the version before: %s", b->why.s);
		finding_message(l, MSG_RUN_DIFF_BASE, path, said.s)->placed = true;
		finding_list_sort(l);
		buf_release(&said);
		return 0;
	}
	finding_list_reset(&b->found);
	pipeline_like(&b->then, now);
	pipeline_mem(&b->then, path, b->content.s, b->content.n, &b->found);
	return diff_base_drop_old(l, &b->found);
}

size_t
run_base_drop_old(struct run_base *b, const struct pipeline *now, const struct input *in, struct finding_list *l)
{
	if (b->base == NULL)
		return 0;
	switch (diff_base_state(b->base, in)) {
	case BASE_SAME:
		return diff_base_drop_all(l);
	case BASE_DIFFERS:
		return any_to_drop(l) ? drop_of_version(b, now, in, l) : 0;
	default:
		return 0;
	}
}
