/* What profiles and the stage make of a policy.
 *
 * Everything is said by somebody: the stage first, a profile over it (it knows the rule, the stage only the desk), the user over
 * both.  Two profiles that say different things of one rule, of the language or of the kind of copy are a conflict, unless
 * the user has said it. */
#include "lint/policy_profiles.h"

#include "check.h"
#include "util/str.h"
#include "util/xmalloc.h"

#include <stdlib.h>
#include <string.h>

/* ---- what is chosen ---- */

static void
forget_asked(struct asked *a)
{
	free(a->on);
	free(a->shift);
	free(a->profiles);
	free(a->names);
	memset(a, 0, sizeof *a);
}

void
policy_origins_clear(struct policy *p)
{
	for (size_t i = 0; i < p->norigins; i++) {
		free((char *)p->origins[i].value);
		free((void *)p->origins[i].profiles);
	}
	p->norigins = 0;
}

void
policy_profiles_release(struct policy *p)
{
	forget_asked(&p->asked);
	policy_origins_clear(p);
	for (size_t i = 0; i < sizeof p->lists / sizeof *p->lists; i++)
		free((void *)p->lists[i]);
	free(p->origins);
	free(p->chosen);
}

static bool
has(const struct profile *const *v, size_t n, const struct profile *x)
{
	for (size_t i = 0; i < n; i++)
		if (v[i] == x)
			return true;
	return false;
}

bool
policy_profile(struct policy *p, const char *id, const char **nearest)
{
	const struct profile *found = profile_find(p->set, id, strlen(id));

	if (nearest != NULL)
		*nearest = NULL;
	if (strcmp(id, "none") == 0) {
		p->nchosen = 0;
		p->by_marks = false;
		return true;
	}
	if (strcmp(id, "auto") == 0) {
		p->by_marks = true;
		return true;
	}
	if (found == NULL || found->kind == PROFILE_STAGE) {
		if (nearest != NULL)
			*nearest = profile_nearest(p->set, id, strlen(id), -1);
		return false;
	}
	if (!has(p->chosen, p->nchosen, found))
		XPUSH(p->chosen, p->nchosen, p->capchosen) = found;
	return true;
}

bool
policy_stage(struct policy *p, const char *name, const char **nearest)
{
	const struct profile *found = profile_find(p->set, name, strlen(name));

	if (nearest != NULL)
		*nearest = NULL;
	if (found == NULL || found->kind != PROFILE_STAGE) {
		if (nearest != NULL)
			*nearest = profile_nearest(p->set, name, strlen(name), PROFILE_STAGE);
		return false;
	}
	p->stage = found->id;
	return true;
}

void
policy_list(struct policy *p, enum policy_list which, const char *const *words, size_t n)
{
	const char **list = xcalloc(n + 1, sizeof *list);

	for (size_t i = 0; i < n; i++)
		list[i] = words[i];
	free((void *)p->lists[which]);
	p->lists[which] = list;
	*(which == POLICY_HELD ? &p->held : which == POLICY_LICENCES ? &p->licences : which == POLICY_OWN ? &p->own : &p->uses) = list;
}

void
policy_origin(struct policy *p, enum field_name field, const char *value, const struct profile *const *profiles, size_t n)
{
	const struct profile **list = xcalloc(n + 1, sizeof *list);

	for (size_t i = 0; i < n; i++)
		list[i] = profiles[i];
	XPUSH(p->origins, p->norigins, p->caporigins) = (struct origin){ field, xstrdup(value), list };
}

/* ---- what they ask for ---- */

/* Who said something first, to name it where another disagrees; by rule->index. */
struct settling {
	struct policy *p;
	const struct profile **on_by, **shift_by;
	const struct profile *lang_by, *kind_by;
	struct buf *conflict;
	bool sound;
};

static void
disagree(struct settling *s, const struct profile *a, const struct profile *b, const char *on, const char *x, const char *y,
    const char *instead)
{
	if (s->sound && s->conflict != NULL)
		buf_printf(s->conflict, "profiles '%s' and '%s' disagree on %s: '%s' and '%s', expected one of the two profiles, or %s",
		    a->id, b->id, on, x, y, instead);
	s->sound = false;
}

static const char *
asks_for(const struct asked *a, unsigned i)
{
	return a->on[i] < 0 ? "off" : a->shift[i] != SEV_OFF ? severity_name(a->shift[i]) : "on";
}

/* One rule: what the profile says of it against what was said before.  A stage's word gives way. */
static void
rule_setting(struct settling *s, const struct profile *by, const struct profile_setting *t, const struct rule *r)
{
	struct asked *a = &s->p->asked;
	unsigned i = r->index;
	int on = t->what == SETTING_ON ? 1 : t->what == SETTING_OFF ? -1 : 0;
	const char *want = t->what == SETTING_ON ? "on" : t->what == SETTING_OFF ? "off" : severity_name(t->severity);
	const struct profile *other = NULL;
	bool user = s->p->off[i] || s->p->severity[i] != SEV_OFF || ((on != 0 || a->on[i] < 0) && s->p->said[i]) ||
	    (s->p->said[i] && !s->p->enabled[i]);

	if (on != 0 && a->on[i] != 0 && a->on[i] != on)
		other = s->on_by[i];
	else if (on < 0 && a->shift[i] != SEV_OFF)
		other = s->shift_by[i];
	else if (on == 0 && a->on[i] < 0)
		other = s->on_by[i];
	else if (on == 0 && a->shift[i] != SEV_OFF && a->shift[i] != t->severity)
		other = s->shift_by[i];
	/* within one profile the later line holds: first the family, then one rule of it */
	if (other != NULL && other != by && other->kind != PROFILE_STAGE && !user)
		disagree(s, other, by, r->id, asks_for(a, i), want, "--severity or --ignore");
	if (other != NULL && other != by && other->kind != PROFILE_STAGE)
		return;
	if (on == 0) {
		a->shift[i] = t->severity;
		s->shift_by[i] = by;
		if (a->on[i] < 0)
			a->on[i] = 0;
		return;
	}
	a->on[i] = (signed char)on;
	s->on_by[i] = by;
	if (on < 0)
		a->shift[i] = SEV_OFF;
}

static bool
means(const struct profile_setting *t, const struct rule *r)
{
	size_t n = strlen(t->word);

	return strncmp(r->id, t->word, n) == 0 && (r->id[n] == '\0' || r->id[n] == '/');
}

static void
apply(struct settling *s, const struct profile *by)
{
	const struct rule_set *set = s->p->set;
	struct asked *a = &s->p->asked;

	for (const struct profile_setting *t = by->settings; t < by->settings + by->nsettings; t++) {
		if (t->what == SETTING_LANG) {
			if (s->lang_by != NULL && strcmp(a->lang, t->word) != 0) {
				if (s->p->lang == NULL)
					disagree(s, s->lang_by, by, "the language", a->lang, t->word, "--lang");
				continue;
			}
			a->lang = t->word;
			s->lang_by = by;
		} else if (t->what == SETTING_KIND) {
			if (s->kind_by != NULL && a->kind != t->kind) {
				if (s->p->kind == COPY_UNDECLARED)
					disagree(s, s->kind_by, by, "the kind of copy", copy_kind_name(a->kind), copy_kind_name(t->kind), "--kind");
				continue;
			}
			a->kind = t->kind;
			s->kind_by = by;
		} else {
			for (size_t i = 0; i < set->n; i++)
				if (means(t, set->rules[i]))
					rule_setting(s, by, t, set->rules[i]);
		}
	}
}

/* A duty wants the rule that looks after it, unless somebody said otherwise. */
static void
apply_duties(struct policy *p, const struct profile *by)
{
	for (const struct duty *d = by->duties; d < by->duties + by->nduties; d++) {
		const struct rule *r = d->rule != NULL ? rule_find(p->set, d->rule) : NULL;

		/* what compares is on wherever there is something to compare with */
		if (r != NULL && r->tier != TIER_COMPARE && p->asked.on[r->index] == 0)
			p->asked.on[r->index] = 1;
	}
}

static bool
has_duty_of(const struct profile *p, const struct rule *r)
{
	for (const struct duty *d = p->duties; d < p->duties + p->nduties; d++)
		if (d->rule != NULL && r->tier != TIER_COMPARE && strcmp(d->rule, r->id) == 0)
			return true;
	return false;
}

static void
name_all(struct asked *a)
{
	struct buf names = BUF_INIT;

	for (size_t i = 0; i < a->nprofiles; i++)
		buf_printf(&names, "%s%s", i == 0 ? "" : " ", a->profiles[i]->id);
	a->names = xstrndup(names.s, names.n);
	buf_release(&names);
}

static bool
settle(struct policy *p, const struct profile *const *more, size_t n, struct buf *conflict)
{
	struct settling s = { .p = p, .conflict = conflict, .sound = true };
	const struct profile *stage = profile_find(p->set, p->stage, strlen(p->stage));
	struct asked *a = &p->asked;

	memset(a, 0, sizeof *a);
	a->on = xcalloc(p->set->n + 1, sizeof *a->on);
	a->shift = xcalloc(p->set->n + 1, sizeof *a->shift);
	a->profiles = xcalloc(p->nchosen + n + 1, sizeof *a->profiles);
	for (size_t i = 0; i < p->nchosen; i++)
		a->profiles[a->nprofiles++] = p->chosen[i];
	for (size_t i = 0; i < n; i++)
		if (!has(a->profiles, a->nprofiles, more[i]))
			a->profiles[a->nprofiles++] = more[i];
	s.on_by = xcalloc(p->set->n + 1, sizeof *s.on_by);
	s.shift_by = xcalloc(p->set->n + 1, sizeof *s.shift_by);
	if (stage != NULL && stage->kind == PROFILE_STAGE)
		apply(&s, stage);
	for (size_t i = 0; i < a->nprofiles; i++)
		apply(&s, a->profiles[i]);
	for (size_t i = 0; i < a->nprofiles; i++)
		apply_duties(p, a->profiles[i]);
	free(s.on_by);
	free(s.shift_by);
	name_all(a);
	p->profiles = a->nprofiles != 0 ? a->names : NULL;
	a->standing = (struct standing){ a->profiles, a->nprofiles, p->stage, p->origins, p->norigins, p->held,
	    p->licences, p->own, p->country, p->uses };
	return s.sound;
}

bool
policy_settle(struct policy *p, struct buf *conflict)
{
	forget_asked(&p->asked);
	return settle(p, NULL, 0, conflict);
}

struct policy *
policy_variant(const struct policy *p, const struct profile *const *more, size_t n, struct buf *conflict)
{
	struct policy *v = xmalloc(sizeof *v);

	*v = *p;
	if (settle(v, more, n, conflict))
		return v;
	policy_variant_free(v);
	return NULL;
}

void
policy_variant_free(struct policy *p)
{
	if (p == NULL)
		return;
	forget_asked(&p->asked);
	free(p);
}

/* ---- what holds ---- */

enum copy_kind
policy_kind(const struct policy *p)
{
	return p->kind != COPY_UNDECLARED ? p->kind : p->asked.kind;
}

const char *
policy_lang(const struct policy *p)
{
	return p->lang != NULL ? p->lang : p->asked.lang;
}

static enum beside
looks_beside(const struct rule *r)
{
	return r->check->beside != NULL ? r->check->beside(r->data) : BESIDE_NOTHING;
}

bool
policy_has_copies(const struct policy *p, const struct rule *r)
{
	return p->compares || (p->beside && looks_beside(r) != BESIDE_NOTHING);
}

int
policy_looks_beside(const struct policy *p)
{
	enum beside most = BESIDE_NOTHING;

	for (size_t i = 0; i < p->set->n; i++) {
		enum beside this = looks_beside(p->set->rules[i]);

		if (this > most && policy_could_enable(p, p->set->rules[i]))
			most = this;
	}
	return most;
}

bool
policy_enabled_by_others(const struct policy *p, const struct rule *r)
{
	if (p->said[r->index] || p->asked.on == NULL || p->asked.on[r->index] == 0)
		return r->tier == TIER_COMPARE && policy_has_copies(p, r) && !p->said[r->index];
	/* who says how severe it is wants it, whatever a profile turns off */
	return p->asked.on[r->index] > 0 || (p->enabled[r->index] && p->named[r->index]);
}

bool
policy_could_enable(const struct policy *p, const struct rule *r)
{
	if (policy_enabled(p, r))
		return true;
	if (p->said[r->index] || (!p->by_marks && p->norigins == 0))
		return false;
	for (size_t i = 0; i < p->set->nprofiles; i++) {
		const struct profile *of = p->set->profiles[i];

		for (const struct profile_setting *t = of->settings; t < of->settings + of->nsettings; t++)
			if (t->what == SETTING_ON && means(t, r))
				return true;
		if (has_duty_of(of, r))
			return true;
	}
	return false;
}
