/* remark: what source and reader noticed while they read the file, such as a missing last newline:
 *
 *	<remark names="final-newline trailing-blank"/> */
#include "check.h"
#include "util/arena.h"

#include <string.h>

struct remark_data { uint32_t kinds; };		/* bit an enum remark_kind */

_Static_assert(REMARK_COUNT <= 32, "a set of remarks is 32 bits");

static void *
remark_compile(struct rule_build *b, const struct node *el)
{
	struct remark_data *d = ARENA_NEW(rule_arena(b), struct remark_data);
	const char *const *names;
	int i;

	rule_known_attrs(b, el, "names");
	rule_known_children(b, el, "");
	names = rule_attr_names(b, el, "names", "remark", remark_names, REMARK_COUNT);
	if (names == NULL)
		return NULL;
	for (; *names != NULL; names++)
		for (i = 0; i < REMARK_COUNT; i++)
			if (*names == remark_names[i])
				d->kinds |= (uint32_t)1 << i;
	return d;
}

/* Remarks of the file as a whole, which stand at the first place or at the end: whatever is written there. */
enum {
	OF_THE_FILE = 1 << REMARK_UNDECLARED_8BIT | 1 << REMARK_WRONG_ENCODING | 1 << REMARK_BOM | 1 << REMARK_FINAL_NEWLINE |
	    1 << REMARK_MIXED_EOL | 1 << REMARK_TRAILING_BLANK | 1 << REMARK_BLANK_LINES | 1 << REMARK_TAB
};

static void
remark_run(struct check_ctx *c, const void *data)
{
	const struct remark_data *d = data;
	const struct source *src = c->article->src;
	struct extent whole = c->article->whole;
	size_t i;

	for (i = 0; i < src->nremarks; i++) {
		const struct remark *m = &src->remarks[i];
		struct report r = { .in_source = true, .extent = m->at, .certainty = SURE, .remark = m };

		/* a file of several items: each is told what is its own */
		if (!(d->kinds >> m->kind & 1) || m->at.a < whole.a || m->at.a >= whole.z)
			continue;
		if (OF_THE_FILE >> m->kind & 1)
			r.anchor = remark_names[m->kind];
		report_arg(&r, "name", remark_names[m->kind], strlen(remark_names[m->kind]));
		report_arg(&r, "what", remark_docs[m->kind], strcspn(remark_docs[m->kind], ";,"));
		report_arg(&r, "detail", m->detail != NULL ? m->detail : "", m->detail != NULL ? strlen(m->detail) : 0);
		report_number(&r, c, "count", m->count);
		check_report(c, &r);
	}
}

static const struct param_doc params[] = {
	{ "names", "names of remarks", "which ones: final-newline, mixed-eol, trailing-blank, invalid-utf8 ..." },
	{ NULL, NULL, NULL }
};
static const char *const placeholders[] = { "name", "what", "detail", "count", NULL };

const struct check check_remark = {
	.name = "remark",
	.doc = "What was noticed while the file was read: its encoding, its line ends, characters that are not text.",
	.params = params,
	.placeholders = placeholders,
	.compile = remark_compile,
	.run = remark_run,
};
