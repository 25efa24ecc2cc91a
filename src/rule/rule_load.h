/* Rule files to rules, with messages like a compiler's. */
#ifndef WL_RULE_LOAD_H
#define WL_RULE_LOAD_H

#include "finding.h"
#include "rule/rule.h"

#include <stdbool.h>

/* The built-in rules.  Their patterns compile when first triggered. */
void rule_load_builtin(struct rule_set *set, struct finding_list *errors);
/* A desk's own pack: compiled at once, so that a broken pattern is known.  One bad rule does not stop the others; each
 * mistake is a finding config/rules placed in the rule file.  A rule with the id of an earlier one is a mistake.  false if there
 * was any. */
bool rule_load_file(struct rule_set *set, const char *path, struct finding_list *errors);
bool rule_load_mem(struct rule_set *set, const char *path, const char *s, size_t n, bool builtin, struct finding_list *errors);
/* The built-in profiles of agencies, licences and locales: only where somebody asks for one, since their terms are long.  The stages
 * come with the built-in rules, and all of them before a desk's own profiles.  May be called again. */
void rule_load_profiles(struct rule_set *set, struct finding_list *errors);
/* After the last file: names in <silences> that no rule has, and other things that need all rules. */
void rule_load_finish(struct rule_set *set, struct finding_list *errors);

#endif
