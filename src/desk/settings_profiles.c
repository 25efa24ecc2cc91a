/* Profiles, stage, origins and what the desk holds, from settings onto a policy. */
#include "desk/settings.h"

#include "desk/config.h"
#include "facts/facts.h"
#include "util/buf.h"
#include "util/str.h"
#include "util/xmalloc.h"

#include <stdlib.h>
#include <string.h>

static bool
profiles(const struct settings *s, struct policy *p, struct finding_list *errors)
{
	bool ok = true;

	for (size_t i = 0; i < s->n; i++) {
		const char *near;

		if (s->v[i].key != KEY_PROFILE || policy_profile(p, s->v[i].value, &near))
			continue;
		setting_unknown(&s->v[i], errors, "profile", s->v[i].value, near, "; see 'wirelint profiles'");
		ok = ok && s->v[i].config != NULL;	/* those of configurations are among the errors */
	}
	return ok;
}

/* A field's name begins a map, in place of one before it; behind it lie values, a profile each. */
static void
origins(const struct settings *s, struct policy *p, struct finding_list *errors)
{
	enum field_name field = FIELD_SOURCE;

	for (size_t i = 0; i < s->n; i++) {
		const struct setting *this = &s->v[i];
		const struct profile *found;
		const struct profile **list = NULL;
		size_t n = 0, cap = 0, k = i;

		if (this->key != KEY_ORIGIN)
			continue;
		if (this->name == NULL) {
			policy_origins_clear(p);
			field_name_parse(this->value, strlen(this->value), &field);
			continue;
		}
		for (; k < s->n && s->v[k].key == KEY_ORIGIN && s->v[k].name != NULL && strcmp(s->v[k].name, this->name) == 0; k++) {
			const char *word = s->v[k].value;

			found = profile_find(p->set, word, strlen(word));
			if (found != NULL && found->kind != PROFILE_STAGE)
				XPUSH(list, n, cap) = found;
			else if (strcmp(word, "none") != 0)
				setting_unknown(&s->v[k], errors, "profile", word, profile_nearest(p->set, word, strlen(word), -1),
				    "; see 'wirelint profiles'");
		}
		policy_origin(p, field, this->name, list, n);
		free(list);
		i = k - 1;
	}
}

static void
list(const struct settings *s, struct policy *p, enum key key, enum policy_list which)
{
	const char **words = NULL;
	size_t n = 0, cap = 0;

	for (size_t i = 0; i < s->n; i++)
		if (s->v[i].key == key)
			XPUSH(words, n, cap) = s->v[i].value;
	if (n != 0)
		policy_list(p, which, words, n);
	free(words);
}

/* What is held under a licence that nobody knows would never be found not to be held. */
static void
licences(const struct settings *s, struct policy *p, struct finding_list *errors)
{
	for (size_t i = 0; i < s->n; i++) {
		const char *word = s->v[i].value;
		const struct profile *found = s->v[i].key == KEY_LICENCES ? profile_find(p->set, word, strlen(word)) : NULL;

		if (s->v[i].key == KEY_LICENCES && (found == NULL || found->kind != PROFILE_LICENCE))
			setting_unknown(&s->v[i], errors, "licence", word, profile_nearest(p->set, word, strlen(word), PROFILE_LICENCE),
			    "; see 'wirelint profiles'");
	}
}

/* One that the registry does not have may be a house of the region; one that is nearly in it is a misspelling. */
static void
agencies(const struct settings *s, struct finding_list *errors)
{
	for (size_t i = 0; i < s->n; i++) {
		const char *word = s->v[i].value;
		struct nearest near;

		if (s->v[i].key != KEY_AGENCIES || facts_agency(word, strlen(word)) != NULL)
			continue;
		nearest_init(&near, word, strlen(word));
		for (const char *const *name = facts_words("agencies"); name != NULL && *name != NULL; name++)
			nearest_try(&near, *name);
		if (near.best != NULL)
			setting_unknown(&s->v[i], errors, "agency", word, near.best, "");
	}
}

bool
settings_profiles(const struct settings *s, struct policy *p, struct finding_list *errors)
{
	const char *stage = settings_text(s, KEY_STAGE);
	struct buf conflict = BUF_INIT;
	bool ok = profiles(s, p, errors);

	origins(s, p, errors);
	if (stage != NULL)
		policy_stage(p, stage, NULL);		/* its word has been checked */
	list(s, p, KEY_AGENCIES, POLICY_HELD);
	agencies(s, errors);
	licences(s, p, errors);
	list(s, p, KEY_LICENCES, POLICY_LICENCES);
	list(s, p, KEY_OWN, POLICY_OWN);
	list(s, p, KEY_USE, POLICY_USES);
	p->country = settings_text(s, KEY_COUNTRY);
	if (!policy_settle(p, &conflict)) {
		const struct setting *last = settings_last(s, KEY_PROFILE);

		setting_complain(last, errors, "%s", conflict.s);
		ok = ok && last->config != NULL;
	}
	buf_release(&conflict);
	return ok;
}
