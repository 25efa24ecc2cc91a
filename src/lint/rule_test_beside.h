/* A story that an example of a rule stands beside, as another file of a run would. */
#ifndef WL_RULE_TEST_BESIDE_H
#define WL_RULE_TEST_BESIDE_H

#include "analysis/analysis.h"
#include "analysis/companions.h"
#include "lint/pipeline.h"
#include "rule/rule.h"

#include <stdbool.h>

struct rule_test_beside {
	struct pipeline pipeline;	/* keeps the source */
	struct article article;
	struct analysis analysis;
	struct passage theirs, ours;
	struct overlap overlap;
	struct companion companion;
	struct companions companions;
	struct buf text;		/* s NULL: there is none */
	bool any;
};

/* `other` NULL: there is none.  It is read as `like` reads. */
void rule_test_beside_start(struct rule_test_beside *b, const struct pipeline *like, const struct example *other);
void rule_test_beside_end(struct rule_test_beside *b);
/* What the two share; NULL: the example stands alone. */
const struct companions *rule_test_beside_of(struct rule_test_beside *b, struct article *a);

#endif
