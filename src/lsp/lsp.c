/* `wirelint lsp`: the loop, and who answers what.
 *
 * Diagnostics are sent when the client has been silent on a document for a while (debounce); a request is answered at once, by a check of
 * the text as it is then.  A check whose text has been changed while it ran, by what has come meanwhile, is thrown away. */
#include "lsp/lsp_int.h"

#include "util/json.h"
#include "util/xmalloc.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LOOK_FOR_CLIENT = 2000 };	/* ms between two looks whether it still runs */

/* ---- settings ---- */

static void
apply(struct lsp *s, const char *raw, struct buf *wrong)
{
	struct json_error damage;
	struct arena arena;

	if (raw == NULL)
		return;
	arena_init(&arena);
	lsp_settings_apply(&s->settings, raw, json_tree(&arena, raw, strlen(raw), &damage), wrong);
	arena_release(&arena);
}

static void
apply_settings(struct lsp *s)
{
	struct buf wrong = BUF_INIT;
	bool pull = s->settings.pull;

	lsp_desk_release(s);		/* its options' strings are those of the settings */
	lsp_settings_reset(&s->settings, s->options);
	apply(s, s->initial, &wrong);
	if (!s->initialized)
		pull = s->settings.pull;
	apply(s, s->configured, &wrong);
	s->settings.pull = pull;	/* once it was promised */
	s->wanted = true;
	for (size_t i = 0; i < s->ndocs; i++)
		s->docs[i]->due = lsp_now();
	for (char *line = wrong.s, *end; wrong.n != 0 && (end = strchr(line, '\n')) != NULL; line = end + 1) {
		struct buf text = BUF_INIT;

		*end = '\0';
		buf_printf(&text, "wirelint: %s", line);
		lsp_say(s, 2, text.s);
		buf_release(&text);
	}
	buf_release(&wrong);
}

static char *
raw_of(const struct lsp_message *m, const struct json *v)
{
	return v != NULL && v->kind == JSON_OBJECT ? xstrndup(m->raw + v->at, v->end - v->at) : NULL;
}

static void
ask_for_configuration(struct lsp *s)
{
	struct buf body = BUF_INIT;

	s->asked = ++s->requests;
	buf_printf(&body, "{\"jsonrpc\":\"2.0\",\"id\":%lld,\"method\":\"workspace/configuration\",\"params\":{\"items\":[{\"section\":\"wirelint\"}]}}",
	    s->asked);
	lsp_send(&s->wire, &body);
	buf_release(&body);
}

static void
configured(struct lsp *s, char *raw)
{
	bool same = raw == NULL ? s->configured == NULL : s->configured != NULL && strcmp(raw, s->configured) == 0;

	free(s->configured);
	s->configured = raw;
	if (!same)
		apply_settings(s);
}

static void
did_configure(struct lsp *s, struct lsp_message *m)
{
	const struct json *v = json_at(m->params, "settings/wirelint");

	if (v == NULL && s->can.configuration)
		ask_for_configuration(s);
	else
		configured(s, raw_of(m, v));
}

/* An answer to what the server has asked: only that for the configuration says anything. */
static void
response(struct lsp *s, struct lsp_message *m)
{
	const struct json *result = json_get(m->root, "result");
	long long id;

	if (s->asked == 0 || !lsp_number(m->raw, m->id, &id) || id != s->asked)
		return;
	s->asked = 0;
	if (result != NULL && result->kind == JSON_ARRAY)
		configured(s, raw_of(m, result->first));
}

/* ---- lifecycle ---- */

static bool
holds_string(const struct lsp_message *m, const struct json *list, const char *word)
{
	for (const struct json *v = list != NULL && list->kind == JSON_ARRAY ? list->first : NULL; v != NULL; v = v->next)
		if (json_is(m->raw, v, word))
			return true;
	return false;
}

/* The first that the client names and that is known: it names what it likes best first. */
static enum lsp_units
choose_units(const struct lsp_message *m)
{
	const struct json *list = json_at(m->params, "capabilities/general/positionEncodings");

	for (const struct json *v = list != NULL && list->kind == JSON_ARRAY ? list->first : NULL; v != NULL; v = v->next)
		for (int i = 0; lsp_unit_names[i] != NULL; i++)
			if (json_is(m->raw, v, lsp_unit_names[i]))
				return (enum lsp_units)i;
	return LSP_UTF16;
}

static void
initialize(struct lsp *s, struct lsp_message *m)
{
	const struct json *can = json_get(m->params, "capabilities"), *doc = json_get(can, "textDocument"), *work = json_get(can, "workspace");
	const struct json *formats = json_at(doc, "hover/contentFormat");
	struct buf out = BUF_INIT;
	long long client;

	if (lsp_number(m->raw, json_get(m->params, "processId"), &client) && client > 0)
		s->client = (pid_t)client;
	s->units = choose_units(m);
	s->can.related = lsp_bool(json_at(doc, "publishDiagnostics/relatedInformation"), false);
	s->can.links = lsp_bool(json_at(doc, "publishDiagnostics/codeDescriptionSupport"), false);
	s->can.literals = json_at(doc, "codeAction/codeActionLiteralSupport") != NULL;
	s->can.markdown = holds_string(m, formats, "markdown");
	s->can.nested_symbols = lsp_bool(json_at(doc, "documentSymbol/hierarchicalDocumentSymbolSupport"), false);
	s->can.versions_in_edits = lsp_bool(json_at(work, "workspaceEdit/documentChanges"), false);
	s->can.configuration = lsp_bool(json_get(work, "configuration"), false);
	s->can.watches = lsp_bool(json_at(work, "didChangeWatchedFiles/dynamicRegistration"), false);
	s->can.refreshes = lsp_bool(json_at(work, "diagnostics/refreshSupport"), false);
	s->initial = raw_of(m, json_get(m->params, "initializationOptions"));
	apply_settings(s);
	s->initialized = true;
	buf_printf(&out, "{\"capabilities\":{\"positionEncoding\":\"%s\","
	    "\"textDocumentSync\":{\"openClose\":true,\"change\":2,\"save\":{\"includeText\":false}},"
	    "\"hoverProvider\":true,\"documentSymbolProvider\":true,\"codeActionProvider\":{\"codeActionKinds\":%s}", lsp_unit_names[s->units],
	    lsp_action_kinds);
	if (s->settings.pull)
		buf_puts(&out, ",\"diagnosticProvider\":{\"identifier\":\"wirelint\",\"interFileDependencies\":false,\"workspaceDiagnostics\":false}");
	buf_puts(&out, "},\"serverInfo\":{\"name\":\"wirelint\",\"version\":");
	json_cstring(&out, PACKAGE_VERSION);
	buf_puts(&out, "}}");
	lsp_result(&s->wire, m, &out);
	buf_release(&out);
}

static void
initialized(struct lsp *s)
{
	struct buf body = BUF_INIT;

	if (s->can.configuration)
		ask_for_configuration(s);
	if (!s->can.watches)
		return;
	buf_printf(&body, "{\"jsonrpc\":\"2.0\",\"id\":%lld,\"method\":\"client/registerCapability\",\"params\":{\"registrations\":[{"
	    "\"id\":\"wirelint-files\",\"method\":\"workspace/didChangeWatchedFiles\",\"registerOptions\":{\"watchers\":["
	    "{\"globPattern\":\"**/" CONFIG_FILE_NAME "\"},{\"globPattern\":\"**/" WAIVERS_FILE_NAME "\"},"
	    "{\"globPattern\":\"**/" BASELINE_FILE_NAME "\"}]}}]}}", ++s->requests);
	lsp_send(&s->wire, &body);
	buf_release(&body);
}

/* ---- requests ---- */

static void
answer_actions(struct lsp *s, struct lsp_doc *d, struct lsp_message *m, struct buf *out)
{
	const struct json *only = json_at(m->params, "context/only");
	const char **kinds = NULL;
	size_t n = 0, cap = 0;
	struct span at;

	if (!s->can.literals) {
		buf_puts(out, "[]");
		return;
	}
	lsp_span(s, d, m, json_get(m->params, "range"), &at);
	for (const struct json *v = only != NULL && only->kind == JSON_ARRAY ? only->first : NULL; v != NULL; v = v->next)
		if (v->kind == JSON_STRING)
			XPUSH(kinds, n, cap) = lsp_string(m->raw, &m->arena, v);
	lsp_put_actions(s, out, d, at, kinds, n);
	free(kinds);
}

static void
answer_hover(struct lsp *s, struct lsp_doc *d, struct lsp_message *m, struct buf *out)
{
	struct lsp_place p = { 0, 0 };

	lsp_place(m, json_get(m->params, "position"), &p);
	if (!lsp_put_hover(s, out, d, lsp_text_offset(&d->text, p, s->units)))
		buf_puts(out, "null");
}

static void
answer_symbols(struct lsp *s, struct lsp_doc *d, struct lsp_message *m, struct buf *out)
{
	(void)m;
	lsp_put_symbols(s, out, d);
}

static void
answer_diagnostics(struct lsp *s, struct lsp_doc *d, struct lsp_message *m, struct buf *out)
{
	(void)m;
	buf_puts(out, "{\"kind\":\"full\",\"items\":");
	lsp_put_diagnostics(s, out, d);
	buf_putc(out, '}');
}

/* What is asked of a document. */
static const struct request {
	const char *method;
	void (*answer)(struct lsp *s, struct lsp_doc *d, struct lsp_message *m, struct buf *out);
	bool position, range;		/* it must have one */
} requests[] = {
	{ "textDocument/codeAction", answer_actions, false, true },
	{ "textDocument/hover", answer_hover, true, false },
	{ "textDocument/documentSymbol", answer_symbols, false, false },
	{ "textDocument/diagnostic", answer_diagnostics, false, false },
};

static void
of_document(struct lsp *s, struct lsp_message *m, const struct request *r)
{
	struct lsp_doc *d = lsp_doc_find(s, lsp_uri(m), NULL);
	struct buf out = BUF_INIT;
	struct lsp_place p;
	struct span at;

	if (d == NULL)
		lsp_error(&s->wire, m, LSP_INVALID_PARAMS, "no document that is open, expected 'textDocument' with the 'uri' of one");
	else if (r->position && !lsp_place(m, json_get(m->params, "position"), &p))
		lsp_error(&s->wire, m, LSP_INVALID_PARAMS, "no position, expected 'position' with 'line' and 'character'");
	else if (r->range && !lsp_span(s, d, m, json_get(m->params, "range"), &at))
		lsp_error(&s->wire, m, LSP_INVALID_PARAMS, "no range, expected 'range' with 'start' and 'end'");
	else {
		lsp_check(s, d);
		lsp_wire_turn(&s->wire, 0);		/* it may be cancelled by now */
		if (!m->cancelled)
			r->answer(s, d, m, &out);
		lsp_wire_turn(&s->wire, 0);
		lsp_result(&s->wire, m, &out);
	}
	buf_release(&out);
}

static void
request(struct lsp *s, struct lsp_message *m)
{
	if (m->cancelled) {
		lsp_result(&s->wire, m, NULL);
		return;
	}
	if (!s->initialized && strcmp(m->method, "initialize") != 0) {
		lsp_error(&s->wire, m, LSP_NOT_INITIALIZED, "not initialized, expected the request 'initialize' first");
		return;
	}
	if (s->shut || (s->initialized && strcmp(m->method, "initialize") == 0)) {
		lsp_error(&s->wire, m, LSP_INVALID_REQUEST, s->shut ? "the server is shut down, expected 'exit'" : "initialized already");
		return;
	}
	if (strcmp(m->method, "initialize") == 0) {
		initialize(s, m);
		return;
	}
	if (strcmp(m->method, "shutdown") == 0) {
		s->shut = true;
		lsp_result(&s->wire, m, NULL);
		return;
	}
	for (size_t i = 0; i < sizeof requests / sizeof *requests; i++)
		if (strcmp(m->method, requests[i].method) == 0) {
			of_document(s, m, &requests[i]);
			return;
		}
	lsp_error(&s->wire, m, LSP_NO_METHOD, "unknown method");
}

static void
notification(struct lsp *s, struct lsp_message *m)
{
	const char *what = m->method;

	if (strcmp(what, "exit") == 0) {
		s->over = true;
		s->status = s->shut ? 0 : 1;
	} else if (!s->initialized || s->shut)
		return;
	else if (strcmp(what, "initialized") == 0)
		initialized(s);
	else if (strcmp(what, "textDocument/didOpen") == 0)
		lsp_did_open(s, m);
	else if (strcmp(what, "textDocument/didChange") == 0)
		lsp_did_change(s, m);
	else if (strcmp(what, "textDocument/didSave") == 0)
		lsp_did_save(s, m);
	else if (strcmp(what, "textDocument/didClose") == 0)
		lsp_did_close(s, lsp_uri(m));
	else if (strcmp(what, "workspace/didChangeConfiguration") == 0)
		did_configure(s, m);
	else if (strcmp(what, "workspace/didChangeWatchedFiles") == 0 && s->ndocs != 0)
		lsp_desk_look(s);
}

static void
handle(struct lsp *s, struct lsp_message *m)
{
	if (m->error == LSP_PARSE_ERROR)
		lsp_error(&s->wire, m, m->error, "the message is not JSON");
	else if (m->error != 0)
		lsp_error(&s->wire, m, m->error, "the message is no request, notification or response of JSON-RPC 2.0");
	else if (m->method == NULL)
		response(s, m);
	else if (m->id != NULL)
		request(s, m);
	else
		notification(s, m);
}

/* ---- the loop ---- */

static struct lsp_doc *
next_due(const struct lsp *s)
{
	struct lsp_doc *next = NULL;

	for (size_t i = 0; i < s->ndocs; i++)
		if (s->docs[i]->due != 0 && (next == NULL || s->docs[i]->due < next->due))
			next = s->docs[i];
	return next;
}

/* Has the client changed it since, or closed it? */
static bool
is_stale(struct lsp *s, const struct lsp_doc *d)
{
	for (struct lsp_message *m = s->wire.first; m != NULL; m = m->next)
		if (m->method != NULL && (strcmp(m->method, "textDocument/didChange") == 0 || strcmp(m->method, "textDocument/didClose") == 0)) {
			const char *uri = lsp_uri(m);

			if (uri != NULL && strcmp(uri, d->uri) == 0)
				return true;
		}
	return false;
}

static void
publish(struct lsp *s, struct lsp_doc *d)
{
	lsp_check(s, d);
	d->due = 0;
	lsp_wire_turn(&s->wire, 0);
	if (!is_stale(s, d))
		lsp_publish(s, d);
}

/* Of a client that asks for diagnostics, to ask again. */
static void
refresh(struct lsp *s)
{
	struct buf body = BUF_INIT;

	lsp_desk_look(s);
	for (size_t i = 0; i < s->ndocs; i++)
		s->docs[i]->due = 0;
	if (!s->can.refreshes)
		return;
	buf_printf(&body, "{\"jsonrpc\":\"2.0\",\"id\":%lld,\"method\":\"workspace/diagnostic/refresh\"}", ++s->requests);
	lsp_send(&s->wire, &body);
	buf_release(&body);
}

static int
how_long(const struct lsp *s)
{
	const struct lsp_doc *d = next_due(s);
	int64_t wait = d == NULL ? -1 : d->due - lsp_now();

	if (s->wire.ended)
		return 0;
	if (d != NULL)
		return wait < 0 ? 0 : (int)wait;
	return s->client != 0 ? LOOK_FOR_CLIENT : -1;
}

static void
run(struct lsp *s)
{
	while (!s->over) {
		struct lsp_doc *d;

		lsp_wire_turn(&s->wire, how_long(s));
		if (s->wire.broken)
			return;
		if ((s->wire.now = lsp_wire_take(&s->wire)) != NULL) {
			handle(s, s->wire.now);
			lsp_message_free(s->wire.now);
			s->wire.now = NULL;
			continue;
		}
		if (s->wire.ended || (s->client != 0 && kill(s->client, 0) != 0 && errno == ESRCH)) {
			s->status = s->shut ? 0 : 1;
			return;
		}
		if ((d = next_due(s)) != NULL && d->due <= lsp_now()) {
			if (s->settings.pull)
				refresh(s);
			else
				publish(s, d);
		}
	}
}

int
lsp_command(const struct options *o)
{
	struct lsp s;

	if (o->nwords != 0) {
		options_complain("'lsp' takes no files, expected options alone: the editor opens what it checks");
		return 2;
	}
	memset(&s, 0, sizeof s);
	s.options = o;
	s.status = 1;
	buf_init(&s.wire.in);
	buf_init(&s.wire.out);
	finding_list_init(&s.errors);
	pipeline_init(&s.pipeline);
	arena_init(&s.settings.arena);
	lsp_settings_reset(&s.settings, o);
	signal(SIGPIPE, SIG_IGN);
	run(&s);
	lsp_wire_flush(&s.wire);
	lsp_desk_release(&s);
	for (size_t i = 0; i < s.ndocs; i++)
		lsp_doc_free(s.docs[i]);
	for (size_t i = 0; i < s.ntold; i++)
		free(s.told[i]);
	free(s.docs);
	free(s.told);
	free(s.watches);
	free(s.upstreams);
	free(s.initial);
	free(s.configured);
	free(s.said);
	finding_list_release(&s.errors);
	pipeline_release(&s.pipeline);
	lsp_settings_release(&s.settings);
	lsp_wire_release(&s.wire);
	return s.status;
}
