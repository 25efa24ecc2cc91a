/* The rule that a finding is of, for forms that tell more of it than its id. */
#ifndef WL_RULE_OF_H
#define WL_RULE_OF_H

#include "emitter.h"
#include "rule/rule.h"

/* NULL: it is one of the tool's own messages. */
const struct rule *rule_of(const struct emit_options *opt, const char *id);

#endif
