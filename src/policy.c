/* Which rules run on an article, and how severe they are. */
#include "policy.h"
#include "policy_profiles.h"

#include "moment.h"
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
