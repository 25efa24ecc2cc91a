/* The baseline as a document. */
#include "lint/baseline.h"

#include "emitter.h"
#include "util/json.h"
#include "util/json_tree.h"
#include "util/path.h"
#include "util/str.h"
#include "util/xmalloc.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BASELINE_VERSION = 1, ERRORS = 100 };	/* errors said of one document */

void
baseline_init(struct baseline *b, const char *path)
{
	char *absolute = path_absolute(path);

	memset(b, 0, sizeof *b);
	b->folder = path_folder(absolute);
	b->found = strcmp(strrchr(absolute, '/') + 1, ".wirelint-baseline.json") == 0;
	arena_init(&b->arena);
	free(absolute);
}

void
baseline_release(struct baseline *b)
{
	free(b->v);
	free(b->folder);
	arena_release(&b->arena);
	memset(b, 0, sizeof *b);
}

/* ---- reading ---- */

struct reading {
	struct baseline *b;
	const char *path;
	struct source source;
	struct arena arena;		/* the tree */
	struct finding_list *errors;
	size_t nerrors;
	const char *last, *last_absolute;	/* the path read last: entries of one file follow each other */
};

static void __attribute__((format(printf, 4, 5)))
complain(struct reading *r, uint32_t at, uint32_t end, const char *fmt, ...)
{
	char text[512];
	struct finding *f;
	va_list ap;

	if (r->nerrors++ >= ERRORS)
		return;
	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	f = finding_message(r->errors, MSG_CONFIG_BASELINE, r->path, text);
	f->placed = true;
	f->at = source_span(&r->source, (struct extent){ at, end });
}

/* A string decoded; "" with a NUL in it is an error elsewhere: no path, rule or message has one. */
static const char *
text_of(struct reading *r, const struct json *v)
{
	const char *s = r->source.s + v->at, *end = r->source.s + v->end;
	char *out, *o;

	if (memchr(s, '\\', (size_t)(end - s)) == NULL)
		return arena_strndup(&r->b->arena, s, (size_t)(end - s));
	o = out = arena_alloc(&r->b->arena, (size_t)(end - s) + 1);
	while (s < end) {
		size_t n = 0, k;
		bool lone;
		char c[4];

		k = json_escape(s, (size_t)(end - s), c, &n, &lone);
		if (k == 0) {
			*o++ = *s++;
			continue;
		}
		memcpy(o, c, n);
		o += n;
		s += k;
	}
	return out;
}

static int
hex(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* %HH back into bytes; false where a % stands for nothing. */
static bool
unescape(const char *s, struct buf *out)
{
	for (; *s != '\0'; s++) {
		if (*s != '%') {
			buf_putc(out, *s);
			continue;
		}
		if (hex(s[1]) < 0 || hex(s[2]) < 0 || (hex(s[1]) == 0 && hex(s[2]) == 0))
			return false;
		buf_putc(out, (char)(hex(s[1]) * 16 + hex(s[2])));
		s += 2;
	}
	return true;
}

bool
baseline_is_outside(const struct baseline *b, const char *absolute)
{
	return b->found && path_within(b->folder, absolute) == NULL;
}

static const char *
path_of(struct reading *r, const struct json *v)
{
	const char *s = text_of(r, v);
	struct buf raw = BUF_INIT;
	char *absolute;

	if (r->last != NULL && strcmp(r->last, s) == 0)
		return r->last_absolute;
	if (*s == '\0' || *s == '/' || !unescape(s, &raw)) {
		complain(r, v->at, v->end, *s == '\0' ? "'path' is empty, expected a file" :
		    *s == '/' ? "path '%s' is absolute, expected one relative to the baseline" :
		    "path '%s' has a '%%' without two hexadecimal digits", s);
		buf_release(&raw);
		return NULL;
	}
	absolute = path_join(r->b->folder, raw.s);
	if (baseline_is_outside(r->b, absolute)) {
		complain(r, v->at, v->end, "path '%s' lies outside of the baseline's folder, where it is not looked for", s);
		free(absolute);
		buf_release(&raw);
		return NULL;
	}
	r->last = s;
	r->last_absolute = arena_strdup(&r->b->arena, absolute);
	free(absolute);
	buf_release(&raw);
	return r->last_absolute;
}

static bool
fingerprint_of(const struct reading *r, const struct json *v, uint64_t *out)
{
	*out = 0;
	if (v->kind != JSON_STRING || v->end - v->at != 16)
		return false;
	for (uint32_t i = v->at; i < v->end; i++) {
		char c = r->source.s[i];

		if (hex(c) < 0 || (c >= 'A' && c <= 'F'))
			return false;
		*out = *out << 4 | (uint64_t)hex(c);
	}
	return true;
}

/* A whole number from 1; 0 if it is none. */
static uint32_t
number_of(const struct reading *r, const struct json *v)
{
	uint32_t n = 0;

	if (v->kind != JSON_NUMBER || v->end - v->at > 9 || r->source.s[v->at] == '0')
		return 0;
	for (uint32_t i = v->at; i < v->end; i++) {
		if (r->source.s[i] < '0' || r->source.s[i] > '9')
			return 0;
		n = n * 10 + (uint32_t)(r->source.s[i] - '0');
	}
	return n;
}

static bool
severity_of(const struct reading *r, const struct json *v, enum severity *out)
{
	return v->kind == JSON_STRING && severity_parse(r->source.s + v->at, v->end - v->at, out) && *out != SEV_OFF;
}

/* The key of v among `names`, or an error: an unknown one, one that stands twice. */
static int
key_of(struct reading *r, const struct json *v, const char *const *names, unsigned *seen)
{
	struct nearest near;

	nearest_init(&near, v->key, strlen(v->key));
	for (int i = 0; names[i] != NULL; i++) {
		if (strcmp(names[i], v->key) != 0) {
			nearest_try(&near, names[i]);
			continue;
		}
		if (*seen >> i & 1)
			complain(r, v->at, v->end, "key '%s' stands twice", v->key);
		*seen |= 1u << i;
		return i;
	}
	if (near.best != NULL)
		complain(r, v->at, v->end, "unknown key '%s'; did you mean '%s'?", v->key, near.best);
	else
		complain(r, v->at, v->end, "unknown key '%s'", v->key);
	return -1;
}

static const char *
string_or_null(struct reading *r, const struct json *v)
{
	if (v->kind == JSON_STRING)
		return text_of(r, v);
	if (v->kind != JSON_NULL)
		complain(r, v->at, v->end, "'%s' is no string", v->key);
	return NULL;
}

static void
read_entry(struct reading *r, const struct json *o)
{
	enum { PATH, ITEM, RULE, FINGERPRINT, COUNT, SEVERITY, MESSAGE };
	static const char *const keys[] = { "path", "item", "rule", "fingerprint", "count", "severity", "message", NULL };
	struct baseline_entry e = { .count = 1 };
	size_t before = r->nerrors;
	unsigned seen = 0;

	if (o->kind != JSON_OBJECT) {
		complain(r, o->at, o->end, "an entry is no object");
		return;
	}
	for (const struct json *v = o->first; v != NULL; v = v->next)
		switch (key_of(r, v, keys, &seen)) {
		case PATH:
			if (v->kind == JSON_STRING)
				e.path = path_of(r, v);
			else
				complain(r, v->at, v->end, "'path' is no string");
			break;
		case ITEM:
			e.item = string_or_null(r, v);
			break;
		case RULE:
			if (v->kind == JSON_STRING && v->end != v->at)
				e.rule = text_of(r, v);
			else
				complain(r, v->at, v->end, "'rule' is no name of a rule");
			break;
		case FINGERPRINT:
			if (!fingerprint_of(r, v, &e.fingerprint))
				complain(r, v->at, v->end, "'fingerprint' is not of the form 0123456789abcdef, as --format json prints it");
			break;
		case COUNT:
			if ((e.count = number_of(r, v)) == 0)
				complain(r, v->at, v->end, "'count' is no number from 1 on");
			break;
		case SEVERITY:
			if (!severity_of(r, v, &e.severity))
				complain(r, v->at, v->end, "'severity' is none of error, warning and note");
			break;
		case MESSAGE:
			e.message = string_or_null(r, v);
			break;
		}
	for (int i = PATH; i <= FINGERPRINT; i++)
		if (i != ITEM && !(seen >> i & 1))
			complain(r, o->at, o->at + 1, "entry has no '%s'", keys[i]);
	if (r->nerrors == before)
		XPUSH(r->b->v, r->b->n, r->b->cap) = e;
}

static void
read_document(struct reading *r, const struct json *root)
{
	enum { KEY_VERSION, KEY_TOOL, KEY_FINDINGS };
	static const char *const keys[] = { "version", "tool", "findings", NULL };
	const struct json *findings = NULL;
	unsigned seen = 0;

	if (root->kind != JSON_OBJECT || root->next != NULL) {
		const struct json *odd = root->kind != JSON_OBJECT ? root : root->next;

		complain(r, odd->at, odd->at + 1, "is no baseline, expected one object with 'version' and 'findings'");
		return;
	}
	for (const struct json *v = root->first; v != NULL; v = v->next)
		switch (key_of(r, v, keys, &seen)) {
		case KEY_VERSION:
			if (number_of(r, v) != BASELINE_VERSION)
				complain(r, v->at, v->end, "version is %.*s, expected %d", (int)(v->end - v->at < 40 ? v->end - v->at : 40),
				    r->source.s + v->at, BASELINE_VERSION);
			break;
		case KEY_FINDINGS:
			if (v->kind == JSON_ARRAY)
				findings = v;
			else
				complain(r, v->at, v->end, "'findings' is no array");
			break;
		}
	for (int i = 0; keys[i] != NULL; i++)
		if (i != KEY_TOOL && !(seen >> i & 1))
			complain(r, root->at, root->at + 1, "is no baseline: '%s' is missing", keys[i]);
	if (r->nerrors == 0 && findings != NULL)
		for (const struct json *v = findings->first; v != NULL; v = v->next)
			read_entry(r, v);
}

static void
parse(struct reading *r)
{
	struct json_error damage;
	struct json *root;
	const char *what;

	if (source_is_binary(&r->source, &what)) {
		complain(r, 0, 0, "is %s, expected JSON", what);
		return;
	}
	for (size_t i = 0; i < r->source.nremarks; i++)
		if (r->source.remarks[i].kind == REMARK_INVALID_UTF8)
			complain(r, r->source.remarks[i].at.a, r->source.remarks[i].at.z, "bytes that are not UTF-8");
	root = json_tree(&r->arena, r->source.s, r->source.len, &damage);
	if (root == NULL && damage.message == NULL)
		complain(r, 0, 0, "is empty, expected a baseline");
	for (const struct json_error *e = &damage; e != NULL && e->message != NULL; e = e->more)
		complain(r, e->at, e->at < r->source.len ? e->at + 1 : e->at, "is no JSON: %s", e->message);
	if (root != NULL && r->nerrors == 0)
		read_document(r, root);
}

static bool
unreadable(struct reading *r, const char *why)
{
	char text[256];

	snprintf(text, sizeof text, "cannot read: %s", why);
	finding_message(r->errors, MSG_CONFIG_BASELINE, r->path, text);
	return false;
}

bool
baseline_read(struct baseline *b, const char *path, struct finding_list *errors)
{
	struct source_options opt = { true, ENC_UTF8, NULL };
	struct reading r = { .b = b, .path = path, .errors = errors };
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK), error;	/* a pipe without a writer must not hold us up */
	enum source_status status;
	size_t before = b->n;
	struct stat st;

	if (fd < 0)
		return unreadable(&r, strerror(errno));
	if (fstat(fd, &st) == 0 && !S_ISREG(st.st_mode)) {
		close(fd);
		return unreadable(&r, S_ISDIR(st.st_mode) ? "is a folder, expected a file" : "is no regular file");
	}
	source_init(&r.source);
	arena_init(&r.arena);
	status = source_load_fd(&r.source, path, fd, &opt);
	error = errno;
	close(fd);
	if (status == SOURCE_OK)
		parse(&r);
	else {
		r.nerrors++;
		unreadable(&r, status == SOURCE_TOO_LARGE ? "file is larger than 1 GiB" : strerror(error));
	}
	source_release(&r.source);
	arena_release(&r.arena);
	if (r.nerrors != 0)
		b->n = before;
	return r.nerrors == 0;
}

/* ---- order ---- */

int
baseline_compare(const struct baseline_entry *x, const struct baseline_entry *y)
{
	int c = x->path != y->path ? strcmp(x->path, y->path) : 0;

	if (c == 0)
		c = strcmp(x->rule, y->rule);
	return c != 0 ? c : (x->fingerprint > y->fingerprint) - (x->fingerprint < y->fingerprint);
}

static int
by_key(const void *a, const void *b)
{
	const struct baseline_entry *x = a, *y = b;
	int c = baseline_compare(x, y);

	/* of doubles the one with the highest count first, and then whichever, but always the same */
	if (c == 0)
		c = (x->count < y->count) - (x->count > y->count);
	if (c == 0)
		c = strcmp(x->message != NULL ? x->message : "", y->message != NULL ? y->message : "");
	return c;
}

void
baseline_sort(struct baseline *b, bool sum)
{
	size_t i, n = 0;

	if (b->n > 1)
		qsort(b->v, b->n, sizeof *b->v, by_key);
	for (i = 0; i < b->n; i++)
		if (n == 0 || baseline_compare(&b->v[n - 1], &b->v[i]) != 0)
			b->v[n++] = b->v[i];
		else if (sum)
			b->v[n - 1].count += b->v[i].count;
	b->n = n;
}

/* ---- writing ---- */

void
baseline_name(const struct baseline *b, const char *absolute, struct buf *out)
{
	char *relative = path_from(b->folder, absolute);

	emit_path(out, relative);
	free(relative);
}

static void
put_entry(const struct baseline *b, const struct baseline_entry *e, struct buf *out)
{
	struct buf name = BUF_INIT;

	baseline_name(b, e->path, &name);
	buf_puts(out, "{\"path\":");
	json_string(out, name.s, name.n);
	buf_release(&name);
	buf_puts(out, ",\"item\":");
	json_cstring(out, e->item);
	buf_puts(out, ",\"rule\":");
	json_cstring(out, e->rule);
	buf_printf(out, ",\"fingerprint\":\"%016" PRIx64 "\",\"count\":%" PRIu32, e->fingerprint, e->count);
	if (e->severity != SEV_OFF) {
		buf_puts(out, ",\"severity\":");
		json_cstring(out, severity_name(e->severity));
	}
	buf_puts(out, ",\"message\":");
	json_cstring(out, e->message);
	buf_putc(out, '}');
}

void
baseline_write(const struct baseline *b, struct buf *out)
{
	buf_printf(out, "{\"version\":%d,\"tool\":\"wirelint\",\"findings\":[", BASELINE_VERSION);
	for (size_t i = 0; i < b->n; i++) {
		buf_puts(out, i == 0 ? "\n" : ",\n");
		put_entry(b, &b->v[i], out);
	}
	buf_puts(out, "\n]}\n");
}
