/* Lines as the paragraphs of an article, and what was found in their marks. */
#include "lines.h"

#include <string.h>

struct article lines_article;
struct analysis lines_an;

void
lines_setup(void)
{
	article_init(&lines_article);
	analysis_init(&lines_an);
}

void
lines_teardown(void)
{
	analysis_release(&lines_an);
	article_release(&lines_article);
}

static enum block_kind
kind_of_line(const char **s)
{
	static const struct { const char *sign; enum block_kind kind; } signs[] = {{"## ", BLOCK_CROSSHEAD}, {"# ", BLOCK_HEADLINE},
	    {"^ ", BLOCK_CAPTION}, {"* ", BLOCK_LIST_ITEM}, {"> ", BLOCK_BLOCKQUOTE}};

	for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
		if (strncmp(*s, signs[i].sign, strlen(signs[i].sign)) == 0) {
			*s += strlen(signs[i].sign);
			return signs[i].kind;
		}
	return BLOCK_PARAGRAPH;
}

void
lines_read(const char *lang, const char *s)
{
	article_reset(&lines_article, NULL, "text");
	lines_article.lang = lang;
	lines_article.lang_certainty = SURE;
	while (*s != '\0') {
		size_t n;
		uint32_t start = (uint32_t)lines_article.text.n;
		enum block_kind kind = kind_of_line(&s);

		n = strcspn(s, "\n");
		text_verbatim(&lines_article.text, s, n, start);
		article_block(&lines_article, kind, SURE, start);
		s += n + (s[n] == '\n');
	}
	analysis_start(&lines_an, &lines_article);
	analysis_quotations(&lines_an);
}

const char *const lines_faults[FAULT_COUNT] = {"unclosed", "unopened", "mismatched", "reversed", "space-inside", "continuation-open",
    "nested-same", "continuation-close"};

/* The fault, the mark expected, and of two that open where one closes the other one: it opens inside that, or that in it. */
static void
describe_fault(struct buf *b, const struct mark_problem *p)
{
	buf_printf(b, "%s %s", lines_faults[p->fault], p->expected != NULL ? p->expected : "-");
	if (p->fault == FAULT_UNCLOSED && range_len(p->partner) > 0)
		buf_printf(b, " %s %.*s", p->partner.a < p->at.a ? "in" : "or", (int)range_len(p->partner), lines_article.text.s + p->partner.a);
	buf_puts(b, "\n");
}

void
lines_describe(struct buf *b, enum certainty least)
{
	const struct text *t = &lines_article.text;
	uint32_t at = 0;
	size_t i, k;

	buf_clear(b);
	for (i = 0, k = 0; i < lines_article.nblocks; i++) {
		uint32_t z = lines_article.blocks[i].at.z;

		for (; k < lines_an.nproblems && lines_an.problems[k].at.a < z + (lines_an.problems[k].block == i); k++) {
			const struct mark_problem *p = &lines_an.problems[k];

			if (p->certainty < least)
				continue;
			if (p->at.a < at)
				continue;
			buf_add(b, t->s + at, p->at.a - at);
			buf_puts(b, "[[");
			buf_add(b, t->s + p->at.a, range_len(p->at));
			buf_puts(b, "]]");
			at = p->at.z;
		}
		buf_add(b, t->s + at, z - at);
		at = z;
		buf_puts(b, "\n");
	}
	for (k = 0; k < lines_an.nproblems; k++)
		if (lines_an.problems[k].certainty >= least)
			describe_fault(b, &lines_an.problems[k]);
}
