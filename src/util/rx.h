/* Regular expressions: the sole user of PCRE2.  UTF, UCP, anchored, no \C; every match with limits; JIT where there is one
 * and the pattern is tried often, the interpreter with the same results where not. */
#ifndef WL_RX_H
#define WL_RX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct rx;			/* const to its users after compilation: any number of threads may match with it */
struct rx_scratch;		/* a thread's own: match data, match context, JIT stack */

enum { RX_CASELESS = 1, RX_EXTENDED = 2, RX_UNANCHORED = 4, RX_NO_JIT = 8 };

/* A blank in the pattern stands for any white space within a line, as \h does, also in a class and escaped; \x20 is a blank alone.
 * NULL on error: *why gets the library's words (to be freed), *at the offset in the pattern.  Both may be NULL. */
struct rx *rx_compile(const char *pattern, size_t n, uint32_t flags, char **why, size_t *at);
void rx_free(struct rx *rx);
/* A compiled pattern as bytes, without its machine code, allocated; NULL where the library cannot.  Taken back, by the same `flags`: NULL where
 * the library is another version than that which made them.  They are not looked at for damage. */
void *rx_freeze(const struct rx *rx, size_t *n);
struct rx *rx_thaw(const void *frozen, uint32_t flags);

bool rx_matches_empty(const struct rx *rx);			/* when it cannot be told: true */
uint32_t rx_groups(const struct rx *rx);			/* highest group number */
const char *rx_group_name(const struct rx *rx, uint32_t group);	/* NULL if it has none; lives as long as rx */
int rx_group_number(const struct rx *rx, const char *name);	/* -1 if there is none */
/* The bytes a match can begin with, a bit a byte; false if that cannot be told.  Only of an RX_UNANCHORED one: the library
 * does not work it out for the others. */
bool rx_first_bytes(const struct rx *rx, uint8_t bits[32]);

struct rx_scratch *rx_scratch_new(void);
void rx_scratch_free(struct rx_scratch *s);
void rx_scratch_interpret(struct rx_scratch *s);		/* from now on without JIT: for tests */

/* Tries at `from` only (RX_UNANCHORED: from there on) in the valid UTF-8 s[0..n); `from` lies between characters.  1 match,
 * 0 none, -1 a limit was hit.  The groups' offsets are in rx_ovector(): 2 a group, SIZE_MAX where it took no part. */
int rx_match(const struct rx *rx, struct rx_scratch *s, const char *subject, size_t n, size_t from);
/* The same for a piece cut out of a longer text: RX_CUT_BEFORE: ^ does not match at its start, RX_CUT_AFTER: nor $ at its
 * end. */
enum { RX_CUT_BEFORE = 1, RX_CUT_AFTER = 2 };
int rx_match_piece(const struct rx *rx, struct rx_scratch *s, const char *subject, size_t n, size_t from, unsigned cut);
const size_t *rx_ovector(const struct rx_scratch *s);

#endif
