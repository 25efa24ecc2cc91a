/* Looks a rule up in all sets of the run. */
#include "emit/rule_of.h"

const struct rule *
rule_of(const struct emit_options *opt, const char *id)
{
	const struct rule *r = NULL;

	for (size_t i = 0; r == NULL && i < opt->nsets; i++)
		r = rule_find(opt->sets[i], id);
	return r;
}
