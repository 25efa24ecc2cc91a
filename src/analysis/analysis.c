/* What is worked out once per article: begin, end, and the questions that checks ask of it. */
#include "analysis/analysis.h"

#include <stdlib.h>
#include <string.h>

const char *
quotation_kind_name(enum quotation_kind k)
{
	static const char *const names[] = {"direct", "partial", "title", "scare", "headline", "block"};

	return names[k];
}

const char *
sourced_name(enum sourced s)
{
	static const char *const names[] = {"unasked", "nowhere", "doubtful", "beside", "paragraph", "label", "before", "run", "after"};

	return names[s];
}

void
analysis_init(struct analysis *an)
{
	memset(an, 0, sizeof *an);
}

/* Memory is kept for the next article, but not a monster's. */
#define RESET(v, n, cap) \
	do { \
		(n) = 0; \
		if ((cap) > 1u << 16) { \
			free(v); \
			(v) = NULL; \
			(cap) = 0; \
		} \
	} while (0)

void
analysis_forget_cues(struct analysis *an)
{
	RESET(an->cues, an->ncues, an->capcues);
}

void
analysis_start(struct analysis *an, struct article *a)
{
	RESET(an->quotations, an->nquotations, an->capquotations);
	RESET(an->marks, an->nmarks, an->capmarks);
	RESET(an->problems, an->nproblems, an->capproblems);
	RESET(an->sentences, an->nsentences, an->capsentences);
	analysis_forget_cues(an);
	an->have_quotations = an->have_sentences = an->have_attributions = false;
	an->work = 0;
	an->tags = NULL;
	an->article = a;
	an->language = facts_language(a->lang);
	an->arena = &a->arena;
}

void
analysis_release(struct analysis *an)
{
	free(an->quotations);
	free(an->marks);
	free(an->problems);
	free(an->sentences);
	free(an->cues);
	free(an->conventions);
	analysis_init(an);
}

/* Is the block as a whole somebody's words? */
static bool
block_is_quotation(const struct block *b)
{
	return b->kind == BLOCK_BLOCKQUOTE || b->kind == BLOCK_PULL_QUOTE;
}

bool
analysis_quoted(struct analysis *an, struct range r)
{
	const struct block *b = article_block_at(an->article, r);
	size_t lo, hi;

	if (b != NULL && block_is_quotation(b))
		return true;
	analysis_quotations(an);
	/* the last quotation that begins at or before the range, then those around it */
	for (lo = 0, hi = an->nquotations; lo < hi;) {
		size_t mid = (lo + hi) / 2;

		if (an->quotations[mid].at.a <= r.a)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (lo == 0)
		return false;
	for (size_t i = lo - 1;; i = an->quotations[i].outer) {
		const struct quotation *q = &an->quotations[i];

		if (q->inside.a <= r.a && r.z <= q->inside.z)
			return true;
		if (q->outer >= i)
			return false;
	}
}

struct range
analysis_sentence_at(struct analysis *an, uint32_t at)
{
	size_t lo, hi;

	analysis_sentences(an);
	for (lo = 0, hi = an->nsentences; lo < hi;) {
		size_t mid = (lo + hi) / 2;

		if (an->sentences[mid].at.a <= at)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (lo > 0 && at <= an->sentences[lo - 1].at.z)
		return an->sentences[lo - 1].at;
	return (struct range){0, 0};
}
