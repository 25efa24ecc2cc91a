/* The matcher: the tables of all finders of the enabled rules, made once, shared by all threads. */
#ifndef WL_MATCHER_H
#define WL_MATCHER_H

#include <stdbool.h>

struct matcher;
struct rule_set;

/* How patterns are tried; anything but MATCH_TRIGGERED without MATCH_NO_JIT is for tests. */
enum { MATCH_TRIGGERED = 0, MATCH_PLAIN = 1, MATCH_NO_JIT = 2 };

/* `wanted`, by rule->index: the rules that may be asked for.  The set must outlive it. */
struct matcher *matcher_new(const struct rule_set *set, const bool *wanted, int mode);
void matcher_free(struct matcher *m);

#endif
