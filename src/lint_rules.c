/* Which rules run on an article.
 *
 * That hangs on the policy in force, and on no more of the article than its language and its format, where no rule asks for a field.  So
 * the answer for the article before is the answer for this one, most of the time: a feed's items, a folder's files.  A key of all that
 * was looked at says whether it is. */
#include "lint_int.h"

#include "util/xmalloc.h"

#include <stdlib.h>
#include <string.h>

void
lint_rules_init(struct lint *l)
{
	const struct rule_set *set = l->policy->set;

	l->runs = xcalloc(set->n + 1, sizeof *l->runs);
	l->missed = xcalloc(set->n + 1, sizeof *l->missed);
	l->by_when = xcalloc(set->n + 1, sizeof *l->by_when);
	l->chosen = xcalloc(set->n + 1, sizeof *l->chosen);
	buf_init(&l->key);
	buf_init(&l->last_key);
	for (size_t i = 0; i < set->n; i++)
		for (size_t k = 0; k < set->rules[i]->nwhens; k++)
			l->asks_fields = l->asks_fields || set->rules[i]->whens[k].has_field;
}

void
lint_rules_release(struct lint *l)
{
	free(l->runs);
	free(l->missed);
	free(l->by_when);
	free(l->chosen);
	buf_release(&l->key);
	buf_release(&l->last_key);
}

static bool
is_as_before(struct lint *l, const struct policy *p, const struct article *a, bool only_remarks)
{
	struct buf before = l->last_key;

	l->last_key = l->key;
	l->key = before;
	buf_clear(&l->key);
	buf_putc(&l->key, only_remarks ? 'r' : 'a');
	policy_key(p, a, &l->key);
	return !l->asks_fields && l->key.n == l->last_key.n && memcmp(l->key.s, l->last_key.s, l->key.n) == 0;
}

void
lint_rules(struct lint *l, const struct policy *p, const struct article *a, bool only_remarks)
{
	const struct rule_set *set = p->set;

	if (is_as_before(l, p, a, only_remarks))
		return;
	l->nchosen = 0;
	for (size_t i = 0; i < set->n; i++) {
		const struct rule *r = set->rules[i];

		l->missed[r->index] = policy_misses(p, r, a);
		l->runs[r->index] = policy_runs(p, r, a, &l->by_when[r->index]) && (!only_remarks || r->check == &check_remark);
		if (l->runs[r->index])
			l->chosen[l->nchosen++] = r;
	}
}

const bool *
lint_missed(const struct lint *l)
{
	return l->missed;
}
