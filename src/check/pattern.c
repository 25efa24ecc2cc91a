/* The check `pattern`: what matches is reported. */
#include "check.h"

#include "util/arena.h"

/* The rule's <pattern>, <terms> and <except> elements stand side by side; together they are one finder. */
static void *
compile(struct rule_build *b, const struct node *el)
{
	return rule_finder(b, el, NULL);
}

static void
run(struct check_ctx *c, const void *data)
{
	size_t n, i;
	const struct hit *hits = check_hits(c, data, &n);

	for (i = 0; i < n; i++) {
		struct report r = { .certainty = SURE };

		report_hit(&r, c, &hits[i]);
		check_report(c, &r);
	}
}

static const struct finder *
only(const void *data)
{
	return data;
}

static const struct param_doc params[] = {
	{ "(text)", "pattern", "a PCRE2 pattern, with Unicode properties; ^ and $ are the ends of a block; a group (?<mark>...) is what is reported" },
	{ "case", "exact|fold", "fold: letters match either case; exact is the default" },
	{ "trigger", "words|start|digit|mark|char:XYZ", "where the pattern is tried; by default taken from its beginning" },
	{ "extended", "yes|no", "yes: white space and # comments in the pattern do not count" },
	{ "<except>", "word or pattern=", "beside it: what it covers is not reported" },
	{ NULL, NULL, NULL }
};

const struct check check_pattern = {
	.name = "pattern",
	.doc = "Reports what a regular expression matches.  Several patterns, and terms, may stand side by side in one rule.",
	.params = params,
	.compile = compile,
	.run = run,
	.only = only,
};
