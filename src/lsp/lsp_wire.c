/* Frames and JSON-RPC: from bytes to messages in a queue, and from answers to bytes.
 *
 *	Content-Length: 52\r\n\r\n{"jsonrpc":"2.0","id":1,"method":"shutdown"} ...
 *
 * Nothing blocks: what the client does not take yet waits in a buffer while it is listened to, so that two that both write do not wait
 * for each other. */
#include "lsp/lsp_int.h"

#include "util/json.h"
#include "util/str.h"
#include "util/utf8.h"
#include "util/xmalloc.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	HEAD_MAX = 64 * 1024,		/* a head that is longer is none */
	AT_ONCE = 64 * 1024,		/* bytes read */
	OUT_AT_ONCE = 4096,		/* bytes that a pipe which takes any takes whole (PIPE_BUF) */
	OUT_MAX = 64 * 1024 * 1024,	/* a client that takes nothing is not listened to */
	KEEP = 1024 * 1024		/* of a buffer that was larger once */
};

void
lsp_message_free(struct lsp_message *m)
{
	if (m == NULL)
		return;
	arena_release(&m->arena);
	free(m->raw);
	free(m);
}

void
lsp_wire_release(struct lsp_wire *w)
{
	struct lsp_message *m;

	while ((m = lsp_wire_take(w)) != NULL)
		lsp_message_free(m);
	buf_release(&w->in);
	buf_release(&w->out);
}

struct lsp_message *
lsp_wire_take(struct lsp_wire *w)
{
	struct lsp_message *m = w->first;

	if (m != NULL && (w->first = m->next) == NULL)
		w->last = NULL;
	return m;
}

/* ---- out ---- */

void
lsp_send(struct lsp_wire *w, const struct buf *body)
{
	buf_printf(&w->out, "Content-Length: %zu\r\n\r\n", body->n);
	buf_add(&w->out, body->s, body->n);
}

static void
put_id(struct buf *out, const struct lsp_message *m)
{
	if (m == NULL || m->id == NULL)
		buf_puts(out, "null");
	else if (m->id->kind == JSON_STRING)
		buf_add(out, m->raw + m->id->at - 1, m->id->end - m->id->at + 2);
	else
		buf_add(out, m->raw + m->id->at, m->id->end - m->id->at);
}

static void
answer(struct lsp_wire *w, const struct lsp_message *m, const char *key, const char *s, size_t n)
{
	struct buf body = BUF_INIT;

	buf_puts(&body, "{\"jsonrpc\":\"2.0\",\"id\":");
	put_id(&body, m);
	buf_printf(&body, ",\"%s\":", key);
	buf_add(&body, s, n);
	buf_putc(&body, '}');
	lsp_send(w, &body);
	buf_release(&body);
}

void
lsp_result(struct lsp_wire *w, const struct lsp_message *m, const struct buf *result)
{
	if (m->cancelled)
		lsp_error(w, m, LSP_CANCELLED, "the request was cancelled");
	else if (result == NULL)
		answer(w, m, "result", "null", 4);
	else
		answer(w, m, "result", result->s, result->n);
}

void
lsp_error(struct lsp_wire *w, const struct lsp_message *m, int code, const char *text)
{
	struct buf error = BUF_INIT;

	buf_printf(&error, "{\"code\":%d,\"message\":", code);
	json_cstring(&error, text);
	buf_putc(&error, '}');
	answer(w, m, "error", error.s, error.n);
	buf_release(&error);
}

void
lsp_notify(struct lsp_wire *w, const char *method, const struct buf *params)
{
	struct buf body = BUF_INIT;

	buf_printf(&body, "{\"jsonrpc\":\"2.0\",\"method\":\"%s\",\"params\":", method);
	buf_add(&body, params->s, params->n);
	buf_putc(&body, '}');
	lsp_send(w, &body);
	buf_release(&body);
}

/* ---- in ---- */

static void
read_message(struct lsp_message *m)
{
	struct json_error damage;
	const struct json *method;

	if (utf8_valid(m->raw, m->n) != m->n) {
		m->error = LSP_PARSE_ERROR;
		return;
	}
	m->root = json_tree(&m->arena, m->raw, m->n, &damage);
	if (m->root == NULL || damage.message != NULL || m->root->next != NULL) {
		m->error = LSP_PARSE_ERROR;
		m->root = NULL;
		return;
	}
	m->id = json_get(m->root, "id");
	m->params = json_get(m->root, "params");
	method = json_get(m->root, "method");
	m->method = lsp_string(m->raw, &m->arena, method);
	if (m->id != NULL && m->id->kind != JSON_STRING && m->id->kind != JSON_NUMBER) {
		if (m->id->kind != JSON_NULL || m->method != NULL)
			m->error = LSP_INVALID_REQUEST;
		m->id = NULL;
	}
	if (!json_is(m->raw, json_get(m->root, "jsonrpc"), "2.0") || (method != NULL && m->method == NULL) ||
	    (m->method == NULL && json_get(m->root, "result") == NULL && json_get(m->root, "error") == NULL) ||
	    (m->params != NULL && m->params->kind != JSON_OBJECT && m->params->kind != JSON_ARRAY && m->params->kind != JSON_NULL))
		m->error = LSP_INVALID_REQUEST;
}

static bool
same_id(const struct lsp_message *m, const struct lsp_message *by, const struct json *id)
{
	return m != NULL && m->id != NULL && m->method != NULL && m->id->kind == id->kind && m->id->end - m->id->at == id->end - id->at &&
	    memcmp(m->raw + m->id->at, by->raw + id->at, id->end - id->at) == 0;
}

/* As soon as it is read: what it means may be waiting, or be worked on. */
static void
cancel(struct lsp_wire *w, const struct lsp_message *by)
{
	const struct json *id = json_get(by->params, "id");

	if (id == NULL)
		return;
	if (same_id(w->now, by, id))
		w->now->cancelled = true;
	for (struct lsp_message *m = w->first; m != NULL; m = m->next)
		if (same_id(m, by, id))
			m->cancelled = true;
}

static void
take_body(struct lsp_wire *w, const char *s, size_t n)
{
	struct lsp_message *m = xcalloc(1, sizeof *m);

	m->raw = xstrndup(s, n);
	m->n = n;
	arena_init(&m->arena);
	read_message(m);
	if (m->error == 0 && m->method != NULL && strcmp(m->method, "$/cancelRequest") == 0) {
		cancel(w, m);
		lsp_message_free(m);
		return;
	}
	if (w->last == NULL)
		w->first = m;
	else
		w->last->next = m;
	w->last = m;
}

/* Behind the empty line that ends a head; 0: it has not come yet. */
static size_t
end_of_head(const char *s, size_t n)
{
	for (size_t i = 0; i + 1 < n; i++)
		if (s[i] == '\n' && (s[i + 1] == '\n' || (s[i + 1] == '\r' && i + 2 < n && s[i + 2] == '\n')))
			return i + (s[i + 1] == '\n' ? 2 : 3);
	return 0;
}

/* The length that a head says: the last, since behind a head that says none its body is taken for another.  -1: none. */
static long long
length_of(const char *s, size_t n)
{
	static const char name[] = "content-length:";
	const char *at = s, *end = s + n;
	long long length = -1;

	while ((at = str_case_find(at, (size_t)(end - at), name)) != NULL) {
		at += sizeof name - 1;
		while (at < end && (*at == ' ' || *at == '\t'))
			at++;
		if (at < end && *at >= '0' && *at <= '9')
			for (length = 0; at < end && *at >= '0' && *at <= '9' && length < INT_MAX; at++)
				length = length * 10 + (*at - '0');
		else
			length = -1;
	}
	return length;
}

static void
take_messages(struct lsp_wire *w)
{
	while (!w->broken && w->taken < w->in.n) {
		const char *s = w->in.s + w->taken;
		size_t n = w->in.n - w->taken, head = end_of_head(s, n < HEAD_MAX ? n : HEAD_MAX);
		long long length;

		if (head == 0) {
			if (n < HEAD_MAX)
				break;
			lsp_error(w, NULL, LSP_PARSE_ERROR, "no head of a message, expected 'Content-Length: N'");
			w->broken = true;
			break;
		}
		length = length_of(s, head);
		if (length < 0) {
			lsp_error(w, NULL, LSP_PARSE_ERROR, "a head without a length, expected 'Content-Length: N'");
			w->taken += head;
			continue;
		}
		if (length > SOURCE_MAX) {
			lsp_error(w, NULL, LSP_PARSE_ERROR, "a message of more than 1 GiB");
			w->broken = true;
			break;
		}
		if (n - head < (size_t)length) {
			buf_room(&w->in, (size_t)length - (n - head) + 1);
			break;
		}
		take_body(w, s + head, (size_t)length);
		w->taken += head + (size_t)length;
	}
	if (w->taken == w->in.n) {
		buf_clear(&w->in);
		if (w->in.cap > KEEP)
			buf_release(&w->in);
		w->taken = 0;
	} else if (w->taken > w->in.n / 2) {
		memmove(w->in.s, w->in.s + w->taken, w->in.n - w->taken);
		w->in.n -= w->taken;
		w->taken = 0;
	}
}

static void
listen_once(struct lsp_wire *w)
{
	ssize_t got;

	buf_room(&w->in, AT_ONCE + 1);
	got = read(STDIN_FILENO, w->in.s + w->in.n, AT_ONCE);
	if (got > 0)
		w->in.n += (size_t)got;
	else if (got == 0 || (errno != EINTR && errno != EAGAIN))
		w->ended = true;
}

static void
speak_once(struct lsp_wire *w)
{
	size_t n = w->out.n - w->sent;
	ssize_t put = write(STDOUT_FILENO, w->out.s + w->sent, n < OUT_AT_ONCE ? n : OUT_AT_ONCE);

	if (put > 0)
		w->sent += (size_t)put;
	else if (put < 0 && errno != EINTR && errno != EAGAIN)
		w->broken = true;
	if (w->sent == w->out.n) {
		buf_clear(&w->out);
		if (w->out.cap > KEEP)
			buf_release(&w->out);
		w->sent = 0;
	}
}

void
lsp_wire_turn(struct lsp_wire *w, int wait)
{
	bool any = false;

	/* all that has come, since a document's next edit makes the answer to this one needless */
	while (!w->broken) {
		struct pollfd p[2] = { { .fd = w->ended || w->out.n - w->sent > OUT_MAX ? -1 : STDIN_FILENO, .events = POLLIN },
		    { .fd = w->out.n > w->sent ? STDOUT_FILENO : -1, .events = POLLOUT } };
		int n = poll(p, 2, any || w->first != NULL ? 0 : wait);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return;
		if (p[1].revents & (POLLERR | POLLNVAL))
			w->broken = true;
		else if (p[1].revents != 0)
			speak_once(w);
		if (p[0].revents & POLLNVAL)
			w->ended = true;
		else if (p[0].revents != 0) {
			listen_once(w);
			take_messages(w);
			any = true;
			if (w->ended)
				return;
		}
	}
}

void
lsp_wire_flush(struct lsp_wire *w)
{
	while (!w->broken && w->out.n > w->sent) {
		struct pollfd p = { .fd = STDOUT_FILENO, .events = POLLOUT };

		if (poll(&p, 1, 5000) <= 0 && errno != EINTR)
			return;		/* whoever does not listen for so long does not want it */
		speak_once(w);
	}
}

/* ---- values ---- */

char *
lsp_string(const char *raw, struct arena *arena, const struct json *v)
{
	struct buf out = BUF_INIT;
	char *s;

	if (v == NULL || v->kind != JSON_STRING)
		return NULL;
	json_unescape(&out, raw, v);
	s = arena_strndup(arena, out.s, out.n);
	buf_release(&out);
	return s;
}

bool
lsp_bool(const struct json *v, bool otherwise)
{
	return v != NULL && v->kind == JSON_BOOL ? v->value : otherwise;
}

bool
lsp_number(const char *raw, const struct json *v, long long *out)
{
	char *end;

	if (v == NULL || v->kind != JSON_NUMBER)
		return false;
	errno = 0;
	*out = strtoll(raw + v->at, &end, 10);
	return errno == 0 && end == raw + v->end;
}
