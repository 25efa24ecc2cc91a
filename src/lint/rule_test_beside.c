/* A story that an example of a rule stands beside. */
#include "lint/rule_test_beside.h"

#include "facts/facts.h"
#include "reader.h"

#include <string.h>

static void
keep_beside(struct pipeline *p, void *arg)
{
	struct rule_test_beside *b = arg;

	if (b->any)
		return;
	b->any = true;
	b->article = p->article;
	article_init(&p->article);
	analysis_start(&b->analysis, &b->article);
	passage_take(&b->theirs, &b->analysis);
}

void
rule_test_beside_start(struct rule_test_beside *b, const struct pipeline *like, const struct example *other)
{
	struct finding_list nobody;

	memset(b, 0, sizeof *b);
	if (other == NULL)
		return;
	article_init(&b->article);
	analysis_init(&b->analysis);
	passage_init(&b->theirs);
	passage_init(&b->ours);
	overlap_init(&b->overlap);
	pipeline_init(&b->pipeline);
	buf_init(&b->text);
	finding_list_init(&nobody);
	b->pipeline.rules = like->rules;
	b->pipeline.as = other->format != NULL ? reader_by_name(other->format) : NULL;
	b->pipeline.each = keep_beside;
	b->pipeline.arg = b;
	example_text(&b->text, other);
	pipeline_mem(&b->pipeline, "beside", b->text.s, b->text.n, &nobody);
	finding_list_release(&nobody);
}

void
rule_test_beside_end(struct rule_test_beside *b)
{
	if (b->text.s == NULL)
		return;
	article_release(&b->article);
	analysis_release(&b->analysis);
	passage_release(&b->theirs);
	passage_release(&b->ours);
	overlap_release(&b->overlap);
	pipeline_release(&b->pipeline);
	buf_release(&b->text);
	memset(b, 0, sizeof *b);
}

const struct companions *
rule_test_beside_of(struct rule_test_beside *b, struct article *a)
{
	struct analysis an;

	if (!b->any)
		return NULL;
	analysis_init(&an);
	analysis_start(&an, a);
	passage_take(&b->ours, &an);
	analysis_release(&an);
	overlap_find(&b->overlap, &b->theirs, &b->article.text, &b->ours, &a->text);
	overlap_set_aside(&b->overlap, &b->theirs, &b->ours, &a->text, facts_language(a->lang), NULL, NULL);
	b->companion = (struct companion){ .article = &b->article, .passage = &b->theirs, .overlap = &b->overlap,
		.sum = overlap_sum(&b->overlap, &b->theirs, &b->ours), .earlier = true };
	b->companions = (struct companions){ .ours = &b->ours, .v = &b->companion, .n = 1 };
	return &b->companions;
}
