/* Which rules run on an article, and how severe they are. */
#include "lint/policy.h"
#include "lint/policy_profiles.h"

#include "analysis/moment.h"
#include "check.h"
#include "util/str.h"
#include "util/xmalloc.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

void
policy_init(struct policy *p, const struct rule_set *set)
{
	memset(p, 0, sizeof *p);
	p->set = set;
	p->enabled = xcalloc(set->n + 1, sizeof *p->enabled);
	p->said = xcalloc(set->n + 1, sizeof *p->said);
	p->off = xcalloc(set->n + 1, sizeof *p->off);
	p->severity = xcalloc(set->n + 1, sizeof *p->severity);
	p->named = xcalloc(set->n + 1, sizeof *p->named);
	for (size_t i = 0; i < set->n; i++)
		p->enabled[set->rules[i]->index] = set->rules[i]->tier == TIER_CORE;
	p->min_severity = SEV_NOTE;
	p->fail_on = SEV_WARNING;
	p->stage = "publish";
	p->now = (int64_t)time(NULL);
	p->asked.standing.stage = p->stage;
}

void
policy_release(struct policy *p)
{
	free(p->enabled);
	free(p->said);
	free(p->off);
	free(p->severity);
	free(p->named);
	policy_profiles_release(p);
	memset(p, 0, sizeof *p);
}

void
policy_clear(struct policy *p)
{
	memset(p->enabled, 0, p->set->n * sizeof *p->enabled);
	for (size_t i = 0; i < p->set->n; i++)
		p->said[i] = true;
}

/* ---- words for rules: "caption/missing", "caption", "tier:strict", "all" ---- */

static bool
in_family(const struct rule *r, const char *word)
{
	size_t n = strlen(word);

	return strncmp(r->id, word, n) == 0 && r->id[n] == '/';
}

static bool
is_called(const struct rule *r, const char *word)
{
	if (strcmp(word, "all") == 0)
		return true;
	if (strncmp(word, "tier:", 5) == 0)
		return strcmp(tier_name(r->tier), word + 5) == 0;
	return strcmp(r->id, word) == 0 || in_family(r, word);
}

static bool
is_known(const struct policy *p, const char *word)
{
	enum tier t;

	if (strcmp(word, "all") == 0)
		return true;
	if (strncmp(word, "tier:", 5) == 0 && !tier_parse(word + 5, strlen(word + 5), &t))
		return false;
	for (size_t i = 0; i < p->set->n; i++)
		if (is_called(p->set->rules[i], word))
			return true;
	return false;
}

static const char *
nearest_word(const struct policy *p, const char *word)
{
	static const char *const fixed[] = { "all", "tier:core", "tier:profile", "tier:strict", "tier:compare" };
	struct nearest near;
	const char *slash = strchr(word, '/');

	nearest_init(&near, word, strlen(word));
	for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
		if (is_known(p, fixed[i]))
			nearest_try(&near, fixed[i]);
	for (size_t i = 0; i < p->set->n; i++)
		nearest_try(&near, p->set->rules[i]->id);
	if (near.best != NULL)
		return near.best;
	/* the name alone is right, its family is forgotten or wrong */
	for (size_t i = 0; i < p->set->n; i++) {
		const char *name = strchr(p->set->rules[i]->id, '/');

		if (name != NULL && strcmp(name + 1, slash != NULL ? slash + 1 : word) == 0)
			return p->set->rules[i]->id;
	}
	return NULL;
}

bool
policy_known(const struct policy *p, const char *word, const char **nearest)
{
	bool known = is_known(p, word);

	if (nearest != NULL)
		*nearest = known ? NULL : nearest_word(p, word);
	return known;
}

/* Does the word name a rule or a family? */
static bool
is_name(const char *word)
{
	return strcmp(word, "all") != 0 && strncmp(word, "tier:", 5) != 0;
}

bool
policy_switch(struct policy *p, const char *word, bool on, const char **nearest)
{
	if (!policy_known(p, word, nearest))
		return false;
	for (size_t i = 0; i < p->set->n; i++)
		if (is_called(p->set->rules[i], word)) {
			unsigned k = p->set->rules[i]->index;

			p->enabled[k] = on;
			/* all, or a tier, switched on is not said of this rule: what a stage turns off stays off */
			p->said[k] = !on || is_name(word);
			if (on && is_name(word))
				p->off[k] = false;	/* who names it later wants it, whoever turned it off before */
		}
	return true;
}

bool
policy_severity(struct policy *p, const char *rule, enum severity s, const char **nearest)
{
	if (!policy_known(p, rule, nearest))
		return false;
	for (size_t i = 0; i < p->set->n; i++)
		if (is_called(p->set->rules[i], rule)) {
			p->off[p->set->rules[i]->index] = s == SEV_OFF;
			p->severity[p->set->rules[i]->index] = s;
			p->named[p->set->rules[i]->index] = is_name(rule);
		}
	return true;
}

void
policy_wanted(const struct policy *p, bool *wanted)
{
	for (size_t i = 0; i < p->set->n; i++)
		wanted[i] = wanted[i] || (policy_could_enable(p, p->set->rules[i]) && !p->off[i]);
}

/* ---- conditions ---- */

/* Is any of the blank-separated words of `have` one of those of `want`? */
static bool
lists_meet(const char *have, const char *want)
{
	while (have != NULL && *have != '\0') {
		size_t n;

		have += strspn(have, " \t\n");
		n = strcspn(have, " \t\n");
		if (n != 0 && str_in_list(have, n, want))
			return true;
		have += n;
	}
	return false;
}

/* "en" holds for en-GB; "en-GB" does not hold for en. */
static bool
lang_holds(const char *lang, const char *want)
{
	size_t n = strlen(lang);

	for (;;) {
		if (str_in_list(lang, n, want))
			return true;
		while (n > 0 && lang[n - 1] != '-' && lang[n - 1] != '_')
			n--;
		if (n == 0)
			return false;
		n--;
	}
}

static bool
field_holds(const struct article *a, const struct when *w)
{
	for (size_t i = 0; i < a->nfields; i++) {
		struct range at;

		if (a->fields[i].name != w->field)
			continue;
		if (w->is == NULL)
			return true;
		at = text_trim(&a->text, a->fields[i].at);
		if (str_folded_is(text_at(&a->text, at), range_len(at), w->is))
			return true;
	}
	return false;
}

static bool
uses_meet(const char *const *have, const char *want)
{
	for (; have != NULL && *have != NULL; have++)
		if (str_in_list(*have, strlen(*have), want))
			return true;
	return false;
}

static bool
when_holds(const struct policy *p, const struct when *w, const struct article *a)
{
	const char *lang = policy_lang(p) != NULL ? policy_lang(p) : a->lang != NULL ? a->lang : "und";
	bool holds = true;

	if (w->kinds != 0 && !(w->kinds >> policy_kind(p) & 1))
		holds = false;
	else if (w->profiles != NULL && !lists_meet(p->profiles, w->profiles))
		holds = false;
	else if (w->langs != NULL && !lang_holds(lang, w->langs))
		holds = false;
	else if (w->formats != NULL && !lists_meet(a->format, w->formats))
		holds = false;
	else if (w->stages != NULL && !lists_meet(p->stage, w->stages))
		holds = false;
	else if (w->countries != NULL && !lists_meet(p->country, w->countries))
		holds = false;
	else if (w->uses != NULL && !uses_meet(p->uses, w->uses))
		holds = false;
	else if (w->has_field && !field_holds(a, w))
		holds = false;
	return holds != w->negate;
}

bool
policy_runs(const struct policy *p, const struct rule *r, const struct article *a, enum severity *severity)
{
	*severity = SEV_OFF;
	if (!policy_enabled(p, r) || p->off[r->index])
		return false;
	for (size_t i = 0; i < r->nwhens; i++) {
		const struct when *w = &r->whens[i];
		bool holds = when_holds(p, w, a);

		if (w->severity == SEV_OFF && !holds)
			return false;
		if (w->severity != SEV_OFF && holds)
			*severity = w->severity;
	}
	/* a profile or a stage knows the rule and says this of it */
	if (p->asked.shift != NULL && p->asked.shift[r->index] != SEV_OFF)
		*severity = p->asked.shift[r->index];
	return true;
}

/* Has the rule a condition that hangs on how wirelint was called and not on the article? */
static bool
hangs_on_run(const struct rule *r)
{
	for (size_t i = 0; i < r->nwhens; i++)
		if (r->whens[i].kinds != 0 || r->whens[i].profiles != NULL || r->whens[i].stages != NULL ||
		    r->whens[i].countries != NULL || r->whens[i].uses != NULL)
			return true;
	return false;
}

/* Is it off by the stage or a profile, or without what it needs of the configuration? */
static bool
could_not_run(const struct policy *p, const struct rule *r)
{
	return !policy_enabled(p, r) || (r->check->lacks != NULL && r->check->lacks(r->data, &p->asked.standing) != NULL);
}

bool
policy_misses(const struct policy *p, const struct rule *r, const struct article *a)
{
	enum severity severity;

	return (hangs_on_run(r) && !policy_runs(p, r, a, &severity)) || could_not_run(p, r);
}

static void
key_word(struct buf *out, const char *s)
{
	buf_putc(out, s != NULL ? '=' : '-');
	if (s != NULL)
		buf_add(out, s, strlen(s) + 1);
}

static void
key_list(struct buf *out, const char *const *v)
{
	buf_putc(out, v != NULL ? '[' : '-');
	for (; v != NULL && *v != NULL; v++)
		buf_add(out, *v, strlen(*v) + 1);
}

/* The rule set is not in it, nor fields of the article. */
void
policy_key(const struct policy *p, const struct article *a, struct buf *out)
{
	const struct standing *st = &p->asked.standing;
	enum copy_kind kind = policy_kind(p);
	size_t n = p->set->n;

	buf_add(out, p->enabled, n * sizeof *p->enabled);
	buf_add(out, p->said, n * sizeof *p->said);
	buf_add(out, p->off, n * sizeof *p->off);
	buf_add(out, p->named, n * sizeof *p->named);
	buf_putc(out, p->asked.on != NULL ? 's' : '-');
	if (p->asked.on != NULL) {
		buf_add(out, p->asked.on, n * sizeof *p->asked.on);
		buf_add(out, p->asked.shift, n * sizeof *p->asked.shift);
	}
	buf_putc(out, (char)('0' + p->compares + 2 * p->beside));
	buf_add(out, &kind, sizeof kind);
	key_word(out, policy_lang(p) != NULL ? policy_lang(p) : a->lang);
	key_word(out, a->format);
	key_word(out, p->profiles);
	key_word(out, p->stage);
	key_word(out, p->country);
	key_list(out, p->uses);
	/* what checks say that they lack */
	buf_add(out, st->profiles, st->nprofiles * sizeof *st->profiles);
	buf_putc(out, (char)('0' + (st->norigins != 0) + 2 * (st->held != NULL) + 4 * (st->licences != NULL) + 8 * (st->own != NULL)));
	buf_putc(out, (char)('0' + (st->country != NULL) + 2 * (st->uses != NULL)));
}

/* ---- the clock ---- */

bool
policy_parse_now(const char *s, int64_t *now, int *offset)
{
	struct moment m;

	if (!date_moment(s, strlen(s), &m))
		return false;
	*now = m.at;
	*offset = m.offset;
	return true;
}
