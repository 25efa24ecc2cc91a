/* Outputs of a run. */
#include "run/sink.h"

#include "options.h"
#include "util/str.h"
#include "util/xmalloc.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FLUSH_AT = 64 * 1024, TRIM_AT = 4 * 1024 * 1024 };

void
sinks_init(struct sinks *s, const char *color, const char *unit)
{
	memset(s, 0, sizeof *s);
	s->color = color;
	if (unit != NULL)
		column_unit_parse(unit, &s->unit);
}

static struct sink *
new_sink(struct sinks *s, const char *form, size_t n, bool standard)
{
	const struct emitter *e = NULL;
	struct nearest near;
	struct sink *k;
	size_t i;
	bool terminal;

	nearest_init(&near, form, n);
	for (i = 0; emitter_list()[i] != NULL; i++) {
		if (str_is(form, n, emitter_list()[i]->name))
			e = emitter_list()[i];
		nearest_try(&near, emitter_list()[i]->name);
	}
	if (e == NULL) {
		options_unknown("output form", form, n, near.best, "");
		return NULL;
	}
	k = &XPUSH(s->v, s->n, s->cap);
	memset(k, 0, sizeof *k);
	k->emitter = e;
	k->file.fd = -1;
	buf_init(&k->pending);
	buf_init(&k->pieces);
	terminal = standard && isatty(STDOUT_FILENO);
	k->options.colour = s->color != NULL && strcmp(s->color, "always") == 0;
	if (s->color == NULL || strcmp(s->color, "auto") == 0) {
		const char *no = getenv("NO_COLOR"), *term = getenv("TERM");

		k->options.colour = terminal && (no == NULL || *no == '\0') && term != NULL && strcmp(term, "dumb") != 0;
	}
	k->options.links = k->options.colour && terminal;
	k->options.unit = s->unit;
	k->options.version = PACKAGE_VERSION;
	return k;
}

bool
sinks_add_standard(struct sinks *s, const char *form)
{
	if (form == NULL)
		form = isatty(STDOUT_FILENO) ? "tty" : "gcc";
	return new_sink(s, form, strlen(form), true) != NULL;
}

bool
sinks_add(struct sinks *s, const char *form_and_file)
{
	const char *colon = strchr(form_and_file, ':');
	struct sink *k;

	if (colon == NULL || colon[1] == '\0') {
		options_complain("option '--output' has value '%s', expected FORM:FILE", form_and_file);
		return false;
	}
	if (strcmp(colon + 1, "-") == 0)
		return new_sink(s, form_and_file, (size_t)(colon - form_and_file), true) != NULL;
	k = new_sink(s, form_and_file, (size_t)(colon - form_and_file), false);
	if (k == NULL)
		return false;
	k->path = xstrdup(colon + 1);
	return true;
}

static bool
complain(const struct sink *k)
{
	options_complain("cannot write '%s': %s", k->path != NULL ? k->path : "standard output", strerror(errno));
	return false;
}

static bool
flush(struct sink *k)
{
	bool ok = replace_write(k->path != NULL ? k->file.fd : STDOUT_FILENO, k->pending.s, k->pending.n);

	if (!ok)
		complain(k);
	buf_clear(&k->pending);
	return ok;
}

/* Do two outputs go to one place, where the one would be mixed with the other or be lost?  Devices and pipes may be shared. */
static bool
clash(const struct sink *a, const struct sink *b)
{
	if (a->path == NULL || b->path == NULL)
		return a->path == b->path;
	return a->file.temporary != NULL && strcmp(a->file.path, b->file.path) == 0;
}

bool
sinks_begin(struct sinks *s)
{
	size_t i, k;

	for (i = 0; i < s->n; i++) {
		if (s->v[i].path != NULL && !replace_begin(&s->v[i].file, s->v[i].path))
			return complain(&s->v[i]);
		for (k = 0; k < i; k++)
			if (clash(&s->v[k], &s->v[i])) {
				options_complain("forms '%s' and '%s' both go to '%s', expected a place for each", s->v[k].emitter->name,
				    s->v[i].emitter->name, s->v[i].path != NULL ? s->v[i].path : "standard output");
				return false;
			}
		s->v[i].options.has_baseline = s->has_baseline;
		s->v[i].options.sets = s->sets;
		s->v[i].options.nsets = s->nsets;
		if (s->v[i].emitter->begin != NULL)
			s->v[i].emitter->begin(&s->v[i].pending, &s->v[i].options);
	}
	return true;
}

bool
sinks_show_passed(const struct sinks *s)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->v[i].emitter->shows_passed)
			return true;
	return false;
}

bool
sinks_want_articles(const struct sinks *s)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->v[i].emitter->article != NULL)
			return true;
	return false;
}

bool
sinks_on_terminal(const struct sinks *s)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->v[i].path == NULL)
			return isatty(STDOUT_FILENO);
	return false;
}

bool
sinks_show_absent(const struct sinks *s)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->v[i].emitter->shows_absent)
			return true;
	return false;
}

bool
sink_write(struct sink *k, const char *bytes, size_t n)
{
	if (n == 0)
		return true;
	if (k->emitter->whole != NULL) {
		buf_add(&k->pieces, bytes, n);
		if (k->emitter->trim != NULL && k->pieces.n > TRIM_AT && k->pieces.n / 2 > k->trimmed) {
			k->emitter->trim(&k->pieces);
			k->trimmed = k->pieces.n;
		}
		return true;
	}
	if (k->any && k->emitter->between != NULL)
		buf_puts(&k->pending, k->emitter->between);
	k->any = true;
	buf_add(&k->pending, bytes, n);
	return k->pending.n < FLUSH_AT || flush(k);
}

bool
sinks_end(struct sinks *s, bool ok, const struct totals *t)
{
	size_t i;

	for (i = 0; ok && i < s->n; i++) {
		struct sink *k = &s->v[i];

		if (k->emitter->whole != NULL)
			k->emitter->whole(&k->pending, &k->options, t, &k->pieces);
		if (k->emitter->end != NULL)
			k->emitter->end(&k->pending, &k->options, t);
		ok = flush(k);
		if (ok && k->path != NULL && !replace_end(&k->file))
			ok = complain(k);
	}
	return ok;
}

void
sinks_release(struct sinks *s)
{
	size_t i;

	for (i = 0; i < s->n; i++) {
		struct sink *k = &s->v[i];

		replace_release(&k->file);
		free(k->path);
		buf_release(&k->pending);
		buf_release(&k->pieces);
	}
	free(s->v);
	free(s->sets);
	memset(s, 0, sizeof *s);
}
