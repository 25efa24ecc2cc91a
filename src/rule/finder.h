/* A finder is what rules look for: words and phrases (terms), patterns, and exceptions to both, in blocks of certain kinds.
 * Checks build them from XML while rules are loaded; the matcher runs all finders of all rules in one pass over the text
 * and collects their hits; a check then reads the hits of its own finders. */
#ifndef WL_FINDER_H
#define WL_FINDER_H

#include "article.h"
#include "rule/trigger.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum term_case { CASE_SMART, CASE_FOLD, CASE_EXACT };
enum quoted { QUOTED_ANY, QUOTED_IN, QUOTED_OUT };

/* A word or phrase.  A blank in it stands for any white space, ' also for U+2019.  smart: a lower-case letter matches
 * either case, a capital only itself. */
struct term {
	const char *s;
	size_t n;
	const char *use;		/* replacement, for {use}; NULL */
	enum term_case fold;
	bool no_fix;			/* the rule's fix is not for this one */
	const char *style, *style_is;	/* as of a pattern */
	uint32_t line;			/* where it stands in its rule file, for --coverage */
	bool whole;			/* a hit only where it is all that the block or field says */
};

/* Where a pattern is tried: only at its trigger, anchored.  Taken from the attribute trigger="...", else from the pattern's
 * own beginning. */
enum trigger_kind {
	TRIGGER_NONE,			/* at every character: slow */
	TRIGGER_START,			/* at the start of a block */
	TRIGGER_WORDS,			/* at the start of one of these words (hashes) */
	TRIGGER_BYTES,			/* at a character that begins with one of these bytes */
};
struct rx;
struct pattern {
	const char *source;		/* as written */
	uint32_t flags;			/* RX_* */
	enum trigger_kind trigger;
	uint64_t *words;		/* TRIGGER_WORDS: matcher_word_hash() of each */
	size_t nwords;
	bool bytes_at_word;		/* TRIGGER_BYTES: only where a word begins */
	uint8_t bytes[32];		/* TRIGGER_BYTES, TRIGGER_START: a bit a byte */
	bool believed;			/* the trigger is given, and narrower than what the pattern shows of its beginning */
	struct beginning beginning;	/* what it begins with, as far as that is known: not tried elsewhere */
	const char *use;		/* replacement, with {1} and names of groups, for {use}; NULL */
	bool no_fix;			/* the rule's fix is not for this one */
	const char *style, *style_is;	/* looked for where a profile in force chooses one of these values; NULL: always */
	struct rx *rx;			/* compiled at first trigger, once for all threads */
	const void *frozen;		/* what rx_thaw() makes it of, faster; NULL */
	uint32_t line;
};

struct finder {
	const char *name;		/* "if", "then", a form's name; NULL for a rule's only one */
	unsigned index;			/* number among all finders of a rule set */
	kind_set scope;
	uint32_t text_of;		/* bit an enum field_name: fields whose words are looked at, besides the blocks of scope */
	enum quoted quoted;
	struct term *terms;
	size_t nterms, capterms;
	struct pattern *patterns;
	size_t npatterns, cappatterns;
	struct term *except_terms;	/* a hit that an exception covers is none */
	size_t nexcept_terms, capexcept_terms;
	struct pattern *except_patterns;
	size_t nexcept_patterns, capexcept_patterns;
	/* Besides words it may look for whole things; each is a hit, like a match.  From the attributes block="source licence",
	 * part="agency person" (parts of the blocks in scope), field="provider source"; kind="wire own" makes the finder find
	 * nothing where the copy is of another kind.  So checks need not know what sort of thing their finder looks for. */
	kind_set blocks;
	uint32_t parts;			/* bit an enum part_name */
	uint32_t fields;		/* bit an enum field_name */
	bool late;			/* it is looked for when a check first asks, since most articles need not be looked through for it */
	uint32_t opening;		/* of the blocks in scope, only so many; 0: all */
	bool whole_terms;		/* some term is `whole` */
	unsigned kinds;			/* bit an enum copy_kind; 0: any */
	unsigned agencies;		/* bit an enum agency_kind: of the parts `agency`, only these; 0: any */
	const struct rule *rule;
};

/* Fills the trigger of `p`, whose `source` and `flags` are set.  `trigger` is the attribute of a rule file, NULL if there
 * is none: words; or `start`, `digit`, `mark` (quotation marks), `char:XYZ`.  Else it is taken from the pattern's own
 * beginning; one that is searched for (RX_UNANCHORED) needs none.  `compile_now` compiles, so that a broken pattern is
 * known; otherwise it may be left for the first trigger.
 * false: the trigger or the pattern is no good; *why gets the words (to be freed), *at the offset in the pattern, SIZE_MAX
 * where the trigger is to blame.  p->words is allocated by the arena. */
bool finder_prepare(struct arena *arena, struct pattern *p, const char *trigger, bool compile_now, char **why, size_t *at);
/* The compiled pattern; compiles it at the first call, once for all threads.  NULL if it is broken: ask
 * finder_prepare() why. */
struct rx *finder_rx(struct pattern *p);
void finder_freeze(struct finder *f);		/* compiles its patterns and makes them `frozen` */
void finder_release(struct finder *f);		/* frees what is compiled; the rest is the arena's */

/* A hit lives as long as the article.  A long file has one for every twenty bytes: it is kept small. */
enum hit_kind { HIT_WHOLE, HIT_TERM, HIT_PATTERN, HIT_MATCH };
struct hit {
	struct range at;		/* what is reported: the group named `mark` if the pattern has one, else the whole match */
	uint32_t block;			/* index into article->blocks; UINT32_MAX: in a field */
	uint32_t field : 30;		/* then the index into article->fields */
	enum hit_kind kind : 2;
	union {				/* HIT_WHOLE: a block, part or field as such */
		const struct term *term;		/* HIT_TERM */
		const struct pattern *pattern;		/* HIT_PATTERN: it has no groups, and the match is `at` */
		const struct match {
			const struct pattern *pattern;
			struct range groups[];		/* one more than rx_groups(): [0] is the whole match, a == z == UINT32_MAX
							 * did not take part */
		} *match;				/* HIT_MATCH: lives as long as the article */
	} of;
};

static inline const struct term *hit_term(const struct hit *h) { return h->kind == HIT_TERM ? h->of.term : NULL; }
static inline const struct range *hit_groups(const struct hit *h) { return h->kind == HIT_MATCH ? h->of.match->groups : NULL; }
/* NULL: a term's; or a block, part or field. */
static inline const struct pattern *hit_pattern(const struct hit *h)
{
	return h->kind == HIT_MATCH ? h->of.match->pattern : h->kind == HIT_PATTERN ? h->of.pattern : NULL;
}
/* All that matched. */
static inline struct range hit_whole(const struct hit *h)
{
	const struct range *groups = hit_groups(h);

	return groups != NULL ? groups[0] : h->at;
}

#endif
