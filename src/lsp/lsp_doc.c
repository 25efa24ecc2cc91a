/* Documents: opened, changed, saved and closed. */
#include "lsp/lsp_int.h"

#include "util/xmalloc.h"

#include <stdlib.h>
#include <string.h>

int64_t
lsp_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000 + 1;
}

struct lsp_doc *
lsp_doc_find(struct lsp *s, const char *uri, size_t *at)
{
	for (size_t i = 0; uri != NULL && i < s->ndocs; i++)
		if (strcmp(s->docs[i]->uri, uri) == 0) {
			if (at != NULL)
				*at = i;
			return s->docs[i];
		}
	return NULL;
}

const char *
lsp_uri(struct lsp_message *m)
{
	return lsp_string(m->raw, &m->arena, json_at(m->params, "textDocument/uri"));
}

static void
set_version(struct lsp_doc *d, struct lsp_message *m)
{
	d->versioned = lsp_number(m->raw, json_at(m->params, "textDocument/version"), &d->version);
}

void
lsp_doc_free(struct lsp_doc *d)
{
	lsp_text_release(&d->text);
	finding_list_release(&d->findings);
	arena_release(&d->arena);
	free(d->articles);
	free(d->parts);
	free(d->path);
	free(d->uri);
	free(d);
}

void
lsp_did_close(struct lsp *s, const char *uri)
{
	size_t at;
	struct lsp_doc *d = lsp_doc_find(s, uri, &at);

	if (d == NULL)
		return;
	if (d->shown && !s->settings.pull) {
		d->on = d->versioned = false;
		finding_list_reset(&d->findings);
		lsp_publish(s, d);
	}
	if (s->read == d)
		s->read = NULL;
	s->docs[at] = s->docs[--s->ndocs];
	lsp_doc_free(d);
}

void
lsp_did_open(struct lsp *s, struct lsp_message *m)
{
	const char *uri = lsp_uri(m);
	const struct json *text = json_at(m->params, "textDocument/text");
	struct lsp_doc *d;

	if (uri == NULL || text == NULL || text->kind != JSON_STRING)
		return;
	lsp_did_close(s, uri);
	d = XPUSH(s->docs, s->ndocs, s->capdocs) = xcalloc(1, sizeof *d);
	d->uri = xstrdup(uri);
	d->path = lsp_path(uri);
	lsp_text_init(&d->text);
	finding_list_init(&d->findings);
	d->findings.keeps_passed = true;	/* what is let pass is not to be mended */
	arena_init(&d->arena);
	json_unescape(&d->text.s, m->raw, text);
	set_version(d, m);
	d->edits = 1;
	d->due = lsp_now();
}

bool
lsp_place(struct lsp_message *m, const struct json *v, struct lsp_place *p)
{
	long long line, character;

	if (!lsp_number(m->raw, json_get(v, "line"), &line) || !lsp_number(m->raw, json_get(v, "character"), &character) || line < 0 ||
	    character < 0)
		return false;
	p->line = line > UINT32_MAX ? UINT32_MAX : (uint32_t)line;
	p->character = character > UINT32_MAX ? UINT32_MAX : (uint32_t)character;
	return true;
}

bool
lsp_span(struct lsp *s, struct lsp_doc *d, struct lsp_message *m, const struct json *range, struct span *at)
{
	struct lsp_place a, z;

	if (!lsp_place(m, json_get(range, "start"), &a) || !lsp_place(m, json_get(range, "end"), &z))
		return false;
	at->a = lsp_text_offset(&d->text, a, s->units);
	at->z = lsp_text_offset(&d->text, z, s->units);
	if (at->z < at->a)
		at->z = at->a;
	return true;
}

/* The whole text anew: what is typed is where it differs. */
static void
replace_all(struct lsp_doc *d, const struct buf *text)
{
	uint32_t tail = 0, least = (uint32_t)(text->n < d->text.s.n ? text->n : d->text.s.n);

	while (tail < least && text->s[text->n - 1 - tail] == d->text.s.s[d->text.s.n - 1 - tail])
		tail++;
	lsp_text_splice(&d->text, 0, (uint32_t)d->text.s.n, text->s, text->n);
	d->edited = (uint32_t)text->n - tail;
}

static void
change(struct lsp *s, struct lsp_doc *d, struct lsp_message *m, const struct json *v)
{
	const struct json *text = json_get(v, "text"), *range = json_get(v, "range");
	struct buf new = BUF_INIT;
	struct span at;

	if (text == NULL || text->kind != JSON_STRING)
		return;
	json_unescape(&new, m->raw, text);
	if (d->text.s.n + new.n > SOURCE_MAX) {
		lsp_say(s, 1, "wirelint: a document of more than 1 GiB is not followed");
	} else if (range == NULL || range->kind == JSON_NULL) {
		replace_all(d, &new);
	} else if (lsp_span(s, d, m, range, &at)) {
		lsp_text_splice(&d->text, at.a, at.z, new.s, new.n);
		d->edited = at.a + (uint32_t)new.n;
	}
	buf_release(&new);
}

void
lsp_did_change(struct lsp *s, struct lsp_message *m)
{
	struct lsp_doc *d = lsp_doc_find(s, lsp_uri(m), NULL);
	const struct json *all = json_get(m->params, "contentChanges");

	if (d == NULL || all == NULL || all->kind != JSON_ARRAY)
		return;
	for (const struct json *v = all->first; v != NULL; v = v->next)
		change(s, d, m, v);
	set_version(d, m);
	d->edits++;
	s->read = NULL;
	d->typing = true;
	if (!s->settings.pull)
		d->due = lsp_now() + s->settings.debounce;
}

void
lsp_did_save(struct lsp *s, struct lsp_message *m)
{
	struct lsp_doc *d = lsp_doc_find(s, lsp_uri(m), NULL);
	const struct json *text = json_get(m->params, "text");
	struct buf saved = BUF_INIT;

	if (d == NULL)
		return;
	if (text != NULL && text->kind == JSON_STRING) {
		json_unescape(&saved, m->raw, text);
		replace_all(d, &saved);
		d->edits++;
		s->read = NULL;
		buf_release(&saved);
	}
	d->typing = false;
	d->due = lsp_now();
	lsp_desk_look(s);		/* it may be a configuration, and nothing else be due */
}
