/* The other stories of a run. */
#include "run/run_beside.h"

#include "check.h"
#include "facts/facts.h"
#include "files/progress.h"
#include "util/xmalloc.h"

#include <stdlib.h>
#include <string.h>

/* What the rules that are on look at of the other stories of the run. */
static int
looks_beside(const struct desks *d)
{
	int most = BESIDE_NOTHING;

	for (size_t i = 0; d->beside && i < d->ngoverned; i++)
		if (d->governed[i]->files != 0) {
			int this = policy_looks_beside(&d->governed[i]->policy);

			most = this > most ? this : most;
		}
	return most;
}

bool
run_beside_read(struct reuse_set *set, const struct desks *d, const struct walk *w, long jobs, bool quiet)
{
	int beside = looks_beside(d);
	struct progress *progress;

	if (beside == BESIDE_NOTHING)
		return false;
	progress = progress_new(quiet);
	set->inputs = w->inputs;
	set->ninputs = w->ninputs;
	set->raw = beside != BESIDE_CAPTIONS;
	set->held = 4 << 20;		/* the stories beside one are wanted once, mostly */
	set->progress = progress;
	reuse_set_read(set, jobs, NULL);
	progress_free(progress);
	set->progress = NULL;
	return true;
}

void
run_beside_start(struct run_beside *b, const struct reuse_set *set)
{
	memset(b, 0, sizeof *b);
	b->set = set;
	if (set == NULL)
		return;
	b->reader = reuse_reader_new(set);
	analysis_init(&b->analysis);
	passage_init(&b->passage);
	b->overlaps = xcalloc(COMPANIONS_MOST, sizeof *b->overlaps);
	b->v = xcalloc(COMPANIONS_MOST, sizeof *b->v);
	b->companions = (struct companions){ .ours = &b->passage, .v = b->v };
}

void
run_beside_end(struct run_beside *b)
{
	if (b->set == NULL)
		return;
	for (size_t i = 0; i < COMPANIONS_MOST; i++)
		overlap_release(&b->overlaps[i]);
	free(b->overlaps);
	free(b->v);
	passage_release(&b->passage);
	analysis_release(&b->analysis);
	reuse_reader_free(b->reader);
}

void
run_beside_next(struct run_beside *b, size_t file)
{
	b->file = file;
	b->item = 0;
	if (b->set != NULL)
		reuse_reader_forget(b->reader);
}

static void
add(struct run_beside *b, const struct article *ours, uint32_t story, bool earlier)
{
	struct read_story *other = reuse_reader_story(b->reader, story);
	struct overlap *o = &b->overlaps[b->companions.n];

	if (other == NULL)
		return;			/* it has changed since */
	overlap_find(o, &other->passage, &other->article.text, &b->passage, &ours->text);
	overlap_set_aside(o, &other->passage, &b->passage, &ours->text, facts_language(ours->lang), reuse_index_is_common, b->set->index);
	b->v[b->companions.n++] = (struct companion){ .article = &other->article, .passage = &other->passage, .overlap = o,
		.sum = overlap_sum(o, &other->passage, &b->passage), .earlier = earlier };
}

/* Is it word for word one that was added before, of the same site?  It would tell the rules nothing more, and folders with many copies of a
 * story are no rarity.  Digests of raw text hold source lines and bylines, too; others leave these out. */
static bool
is_twin(const struct reuse_set *set, const uint32_t *others, size_t i)
{
	const struct reuse_story *s = &set->stories[others[i]];

	for (size_t k = 0; set->raw && k < i; k++)
		if (set->stories[others[k]].whole == s->whole && set->stories[others[k]].site == s->site)
			return true;
	return false;
}

void
run_beside_article(struct run_beside *b, struct pipeline *p)
{
	const uint32_t *others;
	uint32_t story;
	size_t n;

	if (b->set == NULL)
		return;
	b->companions.n = 0;
	lint_beside(p->lint, NULL);
	if (!reuse_set_find(b->set, b->file, b->item++, &story) || (n = reuse_index_beside(b->set->index, story, &others)) == 0)
		return;
	analysis_start(&b->analysis, &p->article);
	passage_take(&b->passage, &b->analysis);
	for (size_t i = 0; i < n && b->companions.n < COMPANIONS_MOST; i++)
		if (!is_twin(b->set, others, i))
			add(b, &p->article, others[i], others[i] < story);
	lint_beside(p->lint, &b->companions);
}
