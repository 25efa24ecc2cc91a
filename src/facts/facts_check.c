/* Is what rules/facts/ says sound?  For `wirelint test` and make check. */
#include "facts/facts.h"

#include "facts/facts_load.h"
#include "facts/zones.h"
#include "frozen/builtin.h"

#include <stdlib.h>
#include <string.h>

static void
complain(struct finding_list *errors, bool *sound, const char *path, const char *what)
{
	*sound = false;
	finding_message(errors, MSG_CONFIG_FACTS, path, what);
}

/* Each alias must lead back to its own agency, or two agencies claim it; a parent must be there. */
static void
check_agencies(const struct facts_data *data, const char *path, struct finding_list *errors, bool *sound)
{
	const struct agency *a, *found;
	const char *const *p;

	for (a = data->agencies; a < data->agencies + data->nagencies; a++) {
		found = facts_agency(a->name, strlen(a->name));
		if (found == NULL || strcmp(found->name, a->name) != 0)
			complain(errors, sound, path, arena_printf(&errors->arena, "agency '%s' is not found by its name, but %s%s",
			    a->name, found != NULL ? "leads to " : "leads nowhere", found != NULL ? found->name : ""));
		for (p = a->aliases; *p != NULL; p++) {
			found = facts_agency(*p, strlen(*p));
			if (found == NULL || strcmp(found->name, a->name) != 0)
				complain(errors, sound, path, arena_printf(&errors->arena, "alias '%s' of '%s' leads to '%s' too", *p,
				    a->name, found != NULL ? found->name : "nothing"));
		}
		if (a->parent == NULL)
			continue;
		found = facts_agency(a->parent, strlen(a->parent));
		if (found == NULL || strcmp(found->name, a->parent) != 0)
			complain(errors, sound, path, arena_printf(&errors->arena, "parent '%s' of '%s' is not the name of an agency",
			    a->parent, a->name));
	}
}

static void
check_numbers(const struct language *l, enum list_name list, long max, const char *path, struct finding_list *errors,
    bool *sound)
{
	const char *const *p;

	for (p = l->lists[list]; p != NULL && *p != NULL; p++) {
		const char *eq = strchr(*p, '=');
		char *end;
		long v = eq != NULL ? strtol(eq + 1, &end, 10) : 0;

		if (v < 1 || v > max || *end != '\0')
			complain(errors, sound, path, arena_printf(&errors->arena, "'%s' of language '%s', expected `name=number`, "
			    "the number from 1 to %ld", *p, l->code, max));
	}
}

static void
check_zones(const struct language *l, const char *path, struct finding_list *errors, bool *sound)
{
	for (const char *const *p = l->lists[LIST_ZONES]; p != NULL && *p != NULL; p++) {
		const char *eq = strchr(*p, '=');
		int offset;
		enum daylight daylight;

		if (eq == NULL || !zone_value(eq + 1, &offset, &daylight))
			complain(errors, sound, path, arena_printf(&errors->arena, "'%s' of language '%s', expected `name=+hh:mm`, with /us "
			    "or /eu behind it where clocks are changed in summer", *p, l->code));
	}
}

static void
check_languages(const struct facts_data *data, const char *path, struct finding_list *errors, bool *sound)
{
	size_t i;

	for (i = 0; i < data->nlanguages; i++) {
		const struct language *l = &data->languages[i].l;

		check_numbers(l, LIST_MONTHS, 12, path, errors, sound);
		check_numbers(l, LIST_WEEKDAYS, 7, path, errors, sound);
		check_numbers(l, LIST_NUMBERS, 100, path, errors, sound);
		check_zones(l, path, errors, sound);
		if (!facts_language_known(l->code) && strcmp(l->code, "und") != 0)
			complain(errors, sound, path, arena_printf(&errors->arena, "language '%s' is not in " FACTS_LANGUAGES, l->code));
	}
}

static void
check_front(const struct facts_data *data, const char *path, struct finding_list *errors, bool *sound)
{
	for (size_t i = 0; i < data->nfront; i++)
		for (size_t k = 0; k < i; k++)
			if (strcmp(data->front[i].path, data->front[k].path) == 0)
				complain(errors, sound, path, arena_printf(&errors->arena, "key '%s' of front matter stands a second time",
				    data->front[i].path));
}

bool
facts_check(struct finding_list *errors)
{
	const struct builtin *b;
	bool sound = true;

	for (b = builtins; b->path != NULL; b++) {
		struct facts_data data = { 0 };
		struct arena arena;

		if (strncmp(b->path, "rules/facts/", 12) != 0)
			continue;
		arena_init(&arena);
		if (!facts_read(&data, &arena, b->path, b->s, b->n, errors))
			sound = false;
		check_agencies(&data, b->path, errors, &sound);
		check_languages(&data, b->path, errors, &sound);
		check_front(&data, b->path, errors, &sound);
		facts_data_release(&data);
		arena_release(&arena);
	}
	return sound;
}
