/* What the client sets, by initializationOptions and as its configuration; wirelint-lsp(1) describes it. */
#include "lsp/lsp_int.h"

#include "util/str.h"
#include "util/xmalloc.h"

#include <stdlib.h>
#include <string.h>

enum { DEBOUNCE = 150, DEBOUNCE_MAX = 60000 };

/* `option`: the command line's, for what is one; OPT_COUNT: it is the server's own. */
static const struct row { const char *name; enum option_id option; const char *expected; } rows[] = {
	{ "enable", OPT_COUNT, "true, false or null" },
	{ "debounce", OPT_COUNT, "milliseconds, from 0 to 60000" },
	{ "unsafeFixes", OPT_COUNT, "true or false" },
	{ "holdBack", OPT_COUNT, "true or false" },
	{ "pull", OPT_COUNT, "true or false" },
	{ "reasons", OPT_COUNT, "strings" },
	{ "stage", OPT_STAGE, "a string" },
	{ "profile", OPT_PROFILE, "strings" },
	{ "select", OPT_SELECT, "strings" },
	{ "extendSelect", OPT_EXTEND_SELECT, "strings" },
	{ "ignore", OPT_IGNORE, "strings" },
};
enum { ROWS = sizeof rows / sizeof *rows };

void
lsp_settings_reset(struct lsp_settings *s, const struct options *o)
{
	s->enable = options_has(o, OPT_ENABLE) ? LSP_ALWAYS : LSP_WHERE_CONFIGURED;
	s->debounce = DEBOUNCE;
	s->unsafe_fixes = s->hold_back = true;
	s->pull = false;
	s->nreasons = s->ngiven = 0;
	arena_release(&s->arena);
	arena_init(&s->arena);
}

void
lsp_settings_release(struct lsp_settings *s)
{
	free(s->reasons);
	free(s->given);
	arena_release(&s->arena);
}

/* A string, or a list of them; no empty ones. */
static bool
strings(struct lsp_settings *s, const char *raw, const struct json *v, void (*each)(struct lsp_settings *s, enum option_id o, const char *word),
    enum option_id o)
{
	if (v->kind == JSON_STRING) {
		const char *word = lsp_string(raw, &s->arena, v);

		if (*word != '\0')
			each(s, o, word);
		return true;
	}
	if (v->kind != JSON_ARRAY)
		return false;
	for (const struct json *i = v->first; i != NULL; i = i->next)
		if (i->kind != JSON_STRING || !strings(s, raw, i, each, o))
			return false;
	return true;
}

static void
add_reason(struct lsp_settings *s, enum option_id o, const char *word)
{
	(void)o;
	XPUSH(s->reasons, s->nreasons, s->capreasons) = word;
}

static void
add_option(struct lsp_settings *s, enum option_id o, const char *word)
{
	XPUSH(s->given, s->ngiven, s->capgiven) = (struct given){ o, word };
}

/* What an earlier object has said under the name is gone. */
static void
forget(struct lsp_settings *s, enum option_id o)
{
	size_t n = 0;

	for (size_t i = 0; i < s->ngiven; i++)
		if (s->given[i].id != o)
			s->given[n++] = s->given[i];
	s->ngiven = n;
}

static bool
own(struct lsp_settings *s, const char *name, const char *raw, const struct json *v)
{
	bool *to = strcmp(name, "unsafeFixes") == 0 ? &s->unsafe_fixes : strcmp(name, "holdBack") == 0 ? &s->hold_back : &s->pull;
	long long n;

	if (strcmp(name, "debounce") == 0) {
		if (!lsp_number(raw, v, &n) || n < 0 || n > DEBOUNCE_MAX)
			return false;
		s->debounce = n;
		return true;
	}
	if (strcmp(name, "reasons") == 0) {
		s->nreasons = 0;
		return strings(s, raw, v, add_reason, OPT_COUNT);
	}
	if (v->kind != JSON_BOOL)
		return false;
	if (strcmp(name, "enable") == 0)
		s->enable = v->value ? LSP_ALWAYS : LSP_NEVER;
	else
		*to = v->value;
	return true;
}

static void
apply_one(struct lsp_settings *s, const char *raw, const struct json *v, struct buf *wrong)
{
	struct nearest near;

	nearest_init(&near, v->key, strlen(v->key));
	for (size_t i = 0; i < ROWS; i++) {
		nearest_try(&near, rows[i].name);
		if (strcmp(v->key, rows[i].name) != 0)
			continue;
		if (v->kind == JSON_NULL)
			return;
		if (rows[i].option != OPT_COUNT)
			forget(s, rows[i].option);
		if (rows[i].option == OPT_COUNT ? !own(s, v->key, raw, v) : !strings(s, raw, v, add_option, rows[i].option))
			buf_printf(wrong, "setting '%s' is of another kind, expected %s\n", v->key, rows[i].expected);
		return;
	}
	buf_printf(wrong, "unknown setting '%.60s'", v->key);
	if (near.best != NULL)
		buf_printf(wrong, "; did you mean '%s'?", near.best);
	buf_putc(wrong, '\n');
}

void
lsp_settings_apply(struct lsp_settings *s, const char *raw, const struct json *v, struct buf *wrong)
{
	if (json_get(v, "wirelint") != NULL)
		v = json_get(v, "wirelint");
	if (v == NULL || v->kind != JSON_OBJECT)
		return;
	for (const struct json *i = v->first; i != NULL; i = i->next)
		apply_one(s, raw, i, wrong);
}

static bool
client_says(const struct lsp_settings *s, enum option_id o)
{
	for (size_t i = 0; i < s->ngiven; i++)
		if (s->given[i].id == o)
			return true;
	return false;
}

static void
add(struct options *o, enum option_id id, const char *value)
{
	XPUSH(o->given, o->ngiven, o->capgiven) = (struct given){ id, value };
}

/* The stage is draft, else what the command line says, else what the client says; "configuration" leaves it to the configuration. */
void
lsp_settings_options(const struct lsp_settings *s, const struct options *o, bool bare, struct options *out)
{
	const char *stage = options_value(o, OPT_STAGE);

	memset(out, 0, sizeof *out);
	out->command = CMD_LSP;
	for (size_t i = 0; i < o->ngiven; i++)		/* a client's list takes the place of that of the command line */
		if (o->given[i].id != OPT_STAGE && (bare || !client_says(s, o->given[i].id)))
			add(out, o->given[i].id, o->given[i].value);
	for (size_t i = 0; !bare && i < s->ngiven; i++)
		if (s->given[i].id == OPT_STAGE)
			stage = s->given[i].value;
		else
			add(out, s->given[i].id, s->given[i].value);
	if (stage == NULL || strcmp(stage, "configuration") != 0)
		add(out, OPT_STAGE, stage != NULL ? stage : "draft");
}
