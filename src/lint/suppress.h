/* Comments in a file that let findings pass, each with the rules that it means and a reason:
 *
 *	<!-- wirelint-disable-next caption/missing reason: the map has no caption -->
 *	<!-- wirelint-disable quote, typography reason: set as the court wrote it -->
 *	<!-- wirelint-enable quote -->
 *	<!-- wirelint-disable-file source reason: the desk's own copy -->
 *
 * Readers tell the source of comments (source.h).  What is wrong with one, or does nothing, is a finding of the rules suppress/... */
#ifndef WL_SUPPRESS_H
#define WL_SUPPRESS_H

#include "finding.h"
#include "lint/policy.h"

#include <stdbool.h>
#include <stddef.h>

struct suppress {
	struct suppress_paragraph *paragraphs;	/* of the file, as far as it has comments */
	size_t nparagraphs, capparagraphs;
	struct suppress_article *articles;
	size_t narticles, caparticles;
	bool *missed;			/* by rule->index: policy_misses() of some article */
	size_t nmissed;
};

void suppress_init(struct suppress *s);
void suppress_release(struct suppress *s);

void suppress_start(struct suppress *s, const struct policy *p);	/* a new file */
/* An article of it, after it was checked; `missed`: by rule->index, policy_misses(). */
void suppress_article(struct suppress *s, const bool *missed, const struct article *a);
/* All has been checked: takes out of the list, which is sorted, what comments of the source let pass, and appends what is wrong with them.
 * Fatal findings stay.  Returns how many went. */
size_t suppress_apply(struct suppress *s, const struct policy *p, struct source *src, struct finding_list *l);

#endif
