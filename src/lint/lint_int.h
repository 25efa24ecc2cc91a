/* Private to lint.c, report.c, report_escape.c and report_fix.c. */
#ifndef WL_LINT_INT_H
#define WL_LINT_INT_H

#include "analysis/analysis.h"
#include "analysis/comparison.h"
#include "check.h"
#include "choice.h"
#include "lint/lint.h"
#include "match/matcher_int.h"
#include "source/source_mend.h"
#include "util/buf.h"
#include "view/view.h"

/* What a check reported, until it is known that no other rule silences it.  Strings lie in the article's arena. */
struct pending {
	const struct rule *rule;
	struct extent at;
	bool whole;			/* something missing: speaks of the article as a whole */
	const struct block *block;	/* NULL: a field, or the source */
	enum severity severity;
	enum certainty certainty;
	const char *message;
	const char *link;
	uint64_t fingerprint;		/* without the ordinal yet */
	struct { struct extent at; const char *message; struct source *src; } *notes;	/* src NULL: the article's own */
	size_t nnotes;
	struct mend *mends;		/* the fix: all of them or none, in order */
	size_t nmends;			/* 0: no fix */
	const char *fix_description;
	enum fix_class fix_class;
	size_t order;			/* of reporting */
};

struct lint {
	const struct policy *policy;
	const struct policy *governing;	/* of the article checked last: the policy, or a variant of it */
	struct scan scan;
	struct analysis analysis;
	struct view *view;
	struct article *article;
	struct comparison comparison;
	struct original *original, *newest;	/* of the article to come: lint_compare() */
	bool derived;
	const struct companions *companions;	/* the same: lint_beside() */
	/* Of the article at hand and those like it (lint_rules.c): */
	const bool *runs;		/* by rule->index */
	const bool *missed;		/* the same: policy_misses() */
	const enum severity *by_when;	/* the same: what a <when> says; SEV_OFF: nothing */
	const struct rule *const *chosen;	/* those that run, in the order of the set */
	const uint32_t *only;		/* of each of them: scan_key() of what check->only() says */
	size_t nchosen;
	struct selection *selections;	/* where these lie: a few, the oldest makes room */
	size_t next_selection;
	struct buf key;			/* of the article at hand */
	bool asks_fields;		/* some rule hangs on a field: no two articles are alike */
	struct pending *pending;
	size_t npending, cappending;
	struct extent *ranges;		/* while silencing */
	size_t caprange;
	struct equal { uint64_t fingerprint, n; } *equals;	/* while counting equal fingerprints: an open table */
	size_t capequals;
	const char *path;		/* in out's arena; NULL until something is said of this article */
	struct finding_list *out;
	struct variant *variants;	/* policies with the profiles that articles ask for (lint_profiles.c) */
	size_t nvariants, capvariants;
	const struct profile **added;	/* by the article at hand */
	size_t nadded, capadded;
	struct reason { struct range at; const char *why; } *reasons;	/* one for each of them */
	size_t capreasons;
	struct choices choices;
};

/* The policy in force for the article; l->article and l->out are set. */
const struct policy *lint_in_force(struct lint *l, const struct article *a);
void lint_profiles_release(struct lint *l);

void lint_rules_init(struct lint *l);
void lint_rules_release(struct lint *l);
/* Fills in which rules run on the article under the policy. */
void lint_rules(struct lint *l, const struct policy *p, const struct article *a, bool only_remarks);

/* Makes the report a pending one: fills messages, picks the severity, hashes. */
void report_take(struct check_ctx *c, const struct report *r);
/* The fix of a pending report, where there is one and it may be offered: report_fix.c. */
void report_take_fix(struct check_ctx *c, const struct report *r, struct pending *p);
/* How a file would write `with` in the place `e` of the text's range `at`; NULL: that cannot be told.  In the arena. */
const char *report_escape(const struct article *a, struct range at, struct extent e, const char *with, struct arena *arena);
/* A template with its placeholders filled.  whole: values as they are, and NULL where a placeholder has none; else shortened. */
const char *report_fill(struct arena *arena, const char *template, const struct report *r, bool whole);
/* A value as messages show it: on one line, cut where nobody reads on. */
void report_short(struct buf *b, const char *s, size_t n);

#endif
