/* Runs the examples inside rules (`wirelint test`). */
#ifndef WL_RULE_TEST_H
#define WL_RULE_TEST_H

#include "rule/rule.h"
#include "util/buf.h"

#include <stdbool.h>
#include <stddef.h>

struct rule_test_options {
	bool coverage, cost;
	int match_mode;
	const char *const *over;	/* files that the cost is measured on; none: the examples */
	size_t nover;
};
/* TAP: a line an example.  true if all passed. */
bool rule_test(const struct rule_set *set, const struct rule_test_options *opt, struct buf *out);


/* An example without its [[ ]] and the byte ranges that they stood around, in order.  false: a mark is not closed. */
struct marked { char *s; size_t n; struct span *spans; size_t nspans, capspans; };
bool marked_parse(struct marked *m, const char *s, size_t n);
void marked_release(struct marked *m);

#endif
