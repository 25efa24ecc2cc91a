/* Fuzz entry: any bytes as any format, all the way to findings and to both views of the article.  Besides not crashing, the
 * map of the text must hold: segments without gap, those of a block or field forward in the source, and verbatim ones equal to it.
 *
 * FUZZ_FORMAT in the environment names the format, as --as does; without it a damaged copy is read as its original was, and what
 * comes from a fuzzer as its bytes look. */
#include "command/show.h"
#include "lint/lint.h"
#include "lint/pipeline.h"
#include "lint/policy.h"
#include "reader.h"
#include "rule/rule_load.h"
#include "view/view.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
void fuzz_original(const char *path, const uint8_t *data, size_t n);

static void
demand(bool holds, const char *what)
{
	if (!holds) {
		fprintf(stderr, "does not hold: %s\n", what);
		abort();
	}
}

static void
check_forward(const struct text *t, struct range r)
{
	uint32_t from = 0;

	for (size_t i = r.a < r.z ? text_seg_at(t, r.a) : t->nsegs; i < t->nsegs && t->segs[i].text < r.z; i++) {
		demand(t->segs[i].src >= from, "segments go forward in the source");
		from = t->segs[i].src;
	}
}

static void
check_map(const struct article *a)
{
	const struct text *t = &a->text;
	const struct source *src = a->src;
	uint32_t end;
	size_t i;

	for (i = 0; i < t->nsegs; i++) {
		const struct seg *seg = &t->segs[i];

		end = i + 1 < t->nsegs ? t->segs[i + 1].text : (uint32_t)t->n;
		demand(seg->text < end, "a segment has text");
		demand(i > 0 || seg->text == 0, "the first segment begins the text");
		demand((uint64_t)seg->src + seg->src_len <= src->len, "a segment lies in the source");
		if (seg->kind == SEG_VERBATIM)
			demand(seg->src_len == end - seg->text && memcmp(t->s + seg->text, src->s + seg->src, seg->src_len) == 0,
			    "a verbatim segment is its source");
	}
	for (i = 0; i < a->nblocks; i++) {
		demand(a->blocks[i].at.a <= a->blocks[i].at.z && a->blocks[i].at.z <= t->n, "a block lies in the text");
		demand(i == 0 || a->blocks[i - 1].at.z <= a->blocks[i].at.a, "blocks never overlap");
		check_forward(t, a->blocks[i].at);
	}
	for (i = 0; i < a->nfields; i++) {
		demand(a->fields[i].at.a <= a->fields[i].at.z && a->fields[i].at.z <= t->n, "a field lies in the text");
		check_forward(t, a->fields[i].at);
	}
}

static void
check_findings(const struct finding_list *l, size_t n)
{
	size_t i;

	for (i = 0; i < l->n; i++)
		demand(l->v[i].at.a <= l->v[i].at.z && l->v[i].at.z <= n, "a finding lies in the file");
}

static void
each(struct pipeline *p, void *arg)
{
	struct show show = { .form = SHOW_JSON };
	struct buf out = BUF_INIT;

	(void)arg;
	check_map(&p->article);
	show_next(&show, &out, &p->article, NULL);
	show_end(&show, &out);
	view_print(&p->article, &out);
	buf_release(&out);
}

/* Loaded once, for the life of the process. */
static struct rule_set set;
static struct policy policy;
static struct matcher *matcher;
static struct lint *lint;
static const struct reader *as;

static void
finish(void)
{
	lint_free(lint);
	matcher_free(matcher);
	policy_release(&policy);
	rule_set_release(&set);
}

static void
start(void)
{
	struct finding_list errors;
	const char *nearest;

	finding_list_init(&errors);
	rule_set_init(&set);
	rule_load_builtin(&set, &errors);
	rule_load_finish(&set, &errors);
	demand(errors.n == 0, "the built-in rules load");
	finding_list_release(&errors);
	policy_init(&policy, &set);
	policy_switch(&policy, "all", true, &nearest);
	matcher = lint_matcher(&policy, MATCH_TRIGGERED);
	lint = lint_new(&policy, matcher);
	if (getenv("FUZZ_FORMAT") != NULL)
		as = reader_by_name(getenv("FUZZ_FORMAT"));
	atexit(finish);
}

/* Damage must not turn every copy into plain text. */
void
fuzz_original(const char *path, const uint8_t *data, size_t n)
{
	struct source src;

	source_init(&src);
	if (source_load_mem(&src, path, (const char *)data, n, NULL) == SOURCE_OK)
		as = reader_choose(&src);
	source_release(&src);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct finding_list findings;
	struct pipeline p;

	if (lint == NULL)
		start();
	finding_list_init(&findings);
	pipeline_init(&p);
	p.lint = lint;
	p.as = as;
	p.each = each;
	pipeline_mem(&p, "fuzz", (const char *)data, n, &findings);
	check_findings(&findings, n);
	pipeline_release(&p);
	finding_list_release(&findings);
	return 0;
}
