/* The matcher: the tables of all finders of the enabled rules, made once, shared by all threads. */
#ifndef WL_MATCHER_H
#define WL_MATCHER_H

struct matcher;
struct policy;

/* How patterns are tried; anything but MATCH_TRIGGERED without MATCH_NO_JIT is for tests. */
enum { MATCH_TRIGGERED = 0, MATCH_PLAIN = 1, MATCH_NO_JIT = 2 };

/* The policy must outlive it. */
struct matcher *matcher_new(const struct policy *p, int mode);
void matcher_free(struct matcher *m);

#endif
