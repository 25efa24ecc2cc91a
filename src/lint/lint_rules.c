/* Which rules run on an article.
 *
 * That hangs on the policy in force, and on no more of the article than its language and its format, where no rule asks for a field.  So
 * the answer for an article before is the answer for this one, most of the time: a feed's items, a folder's files.  A key of all that
 * was looked at says whether it is. */
#include "lint/lint_int.h"

#include "util/xmalloc.h"

#include <stdlib.h>
#include <string.h>

struct selection {
	struct buf key;			/* what it was found out from */
	bool *runs, *missed;
	enum severity *by_when;
	const struct rule **chosen;
	uint32_t *only;
	size_t nchosen;
};

/* Kept: copy of several languages lies side by side. */
enum { SELECTIONS = 8 };

void
lint_rules_init(struct lint *l)
{
	const struct rule_set *set = l->policy->set;

	l->selections = xcalloc(SELECTIONS, sizeof *l->selections);
	buf_init(&l->key);
	for (size_t i = 0; i < set->n; i++)
		for (size_t k = 0; k < set->rules[i]->nwhens; k++)
			l->asks_fields = l->asks_fields || set->rules[i]->whens[k].has_field;
}

void
lint_rules_release(struct lint *l)
{
	for (size_t i = 0; i < SELECTIONS; i++) {
		struct selection *s = &l->selections[i];

		free(s->runs);
		free(s->missed);
		free(s->by_when);
		free(s->chosen);
		free(s->only);
		buf_release(&s->key);
	}
	free(l->selections);
	buf_release(&l->key);
}

static void
use(struct lint *l, const struct selection *s)
{
	l->runs = s->runs;
	l->missed = s->missed;
	l->by_when = s->by_when;
	l->chosen = s->chosen;
	l->only = s->only;
	l->nchosen = s->nchosen;
}

/* The selection that the key is of; NULL: none is. */
static const struct selection *
find(const struct lint *l)
{
	for (size_t i = 0; i < SELECTIONS && !l->asks_fields; i++) {
		const struct buf *k = &l->selections[i].key;

		if (k->n == l->key.n && memcmp(k->s, l->key.s, k->n) == 0)
			return &l->selections[i];
	}
	return NULL;
}

void
lint_rules(struct lint *l, const struct policy *p, const struct article *a, bool only_remarks)
{
	const struct rule_set *set = p->set;
	const struct selection *known;
	struct selection *s;

	buf_clear(&l->key);
	buf_putc(&l->key, only_remarks ? 'r' : 'a');
	policy_key(p, a, &l->key);
	if ((known = find(l)) != NULL) {
		use(l, known);
		return;
	}
	s = &l->selections[l->next_selection++ % SELECTIONS];
	if (s->runs == NULL) {
		s->runs = xcalloc(set->n + 1, sizeof *s->runs);
		s->missed = xcalloc(set->n + 1, sizeof *s->missed);
		s->by_when = xcalloc(set->n + 1, sizeof *s->by_when);
		s->chosen = xcalloc(set->n + 1, sizeof *s->chosen);
		s->only = xcalloc(set->n + 1, sizeof *s->only);
	}
	buf_clear(&s->key);
	buf_add(&s->key, l->key.s, l->key.n);
	s->nchosen = 0;
	for (size_t i = 0; i < set->n; i++) {
		const struct rule *r = set->rules[i];

		s->missed[r->index] = policy_misses(p, r, a);
		s->runs[r->index] = policy_runs(p, r, a, &s->by_when[r->index]) && (!only_remarks || r->check == &check_remark);
		if (s->runs[r->index]) {
			s->only[s->nchosen] = scan_key(r->check->only != NULL ? r->check->only(r->data) : NULL);
			s->chosen[s->nchosen++] = r;
		}
	}
	use(l, s);
}

const bool *
lint_missed(const struct lint *l)
{
	return l->missed;
}
