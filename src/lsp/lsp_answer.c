/* Findings, the parts of an article and the words on a rule, as the protocol has them. */
#include "lsp/lsp_int.h"

#include "check.h"
#include "emitter.h"
#include "lint/explain.h"
#include "source/source.h"
#include "util/json.h"
#include "util/path.h"
#include "util/str.h"
#include "util/xmalloc.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- URIs ---- */

static int
hex(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

char *
lsp_path(const char *uri)
{
	static const char scheme[] = "file://", here[] = "localhost";
	struct buf out = BUF_INIT;
	char *path;

	if (!str_case_begins(uri, strlen(uri), scheme))
		return NULL;
	uri += sizeof scheme - 1;
	if (strncmp(uri, here, sizeof here - 1) == 0)
		uri += sizeof here - 1;
	if (*uri != '/')
		return NULL;
	for (; *uri != '\0' && *uri != '?' && *uri != '#'; uri++) {
		int a = *uri == '%' ? hex(uri[1]) : -1, b = a >= 0 ? hex(uri[2]) : -1;

		if (b < 0) {
			buf_putc(&out, *uri);
			continue;
		}
		if (a == 0 && b == 0) {		/* no file has such a name */
			buf_release(&out);
			return NULL;
		}
		buf_putc(&out, (char)(a * 16 + b));
		uri += 2;
	}
	path = xstrndup(out.s, out.n);
	buf_release(&out);
	return path;
}

void
lsp_put_uri(struct buf *out, const char *path)
{
	buf_puts(out, "\"file://");
	for (const char *p = path; *p != '\0'; p++)
		if ((*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || (*p >= '0' && *p <= '9') || strchr("/-._~", *p) != NULL)
			buf_putc(out, *p);
		else
			buf_printf(out, "%%%02X", (unsigned)(unsigned char)*p);
	buf_putc(out, '"');
}

/* ---- places ---- */

static void
put_place(struct buf *out, struct lsp_text *t, uint32_t at, enum lsp_units units)
{
	struct lsp_place p = lsp_text_place(t, at, units);

	buf_printf(out, "{\"line\":%u,\"character\":%u}", p.line, p.character);
}

void
lsp_put_range(struct buf *out, struct lsp_text *t, struct span at, enum lsp_units units)
{
	buf_puts(out, "{\"start\":");
	put_place(out, t, at.a, units);
	buf_puts(out, ",\"end\":");
	put_place(out, t, at.z, units);
	buf_putc(out, '}');
}

/* ---- diagnostics ---- */

const struct rule *
lsp_rule(const struct lsp_doc *d, const struct finding *f)
{
	return d->governed != NULL ? rule_find(&d->governed->domain->set, f->rule) : NULL;
}

static bool
is_blank(const struct lsp_text *t, uint32_t a, uint32_t z)
{
	for (; a < z; a++)
		if (!str_is_space(t->s.s[a]) || (t->s.s[a] == '\n' && a + 1 < z))
			return false;
	return true;
}

/* The paragraph that is being typed: the blocks of the one that holds the last edit, or that it continues; else its line. */
static struct span
typed(const struct lsp_doc *d)
{
	const struct lsp_part *in = NULL;
	struct span at;

	for (size_t i = 0; i < d->nparts; i++) {
		const struct lsp_part *p = &d->parts[i];

		if (!p->field && p->at.a <= d->edited && (d->edited <= p->at.z || is_blank(&d->text, p->at.z, d->edited)))
			in = p;
	}
	if (in == NULL)
		return (struct span){ lsp_text_line((struct lsp_text *)&d->text, d->edited), d->edited };
	at = in->at;
	for (size_t i = 0; i < d->nparts; i++) {
		const struct lsp_part *p = &d->parts[i];

		if (p->field || p->article != in->article || p->paragraph != in->paragraph)
			continue;
		at.a = p->at.a < at.a ? p->at.a : at.a;
		at.z = p->at.z > at.z ? p->at.z : at.z;
	}
	return at;
}

bool
lsp_held_back(const struct lsp *s, const struct lsp_doc *d, const struct finding *f)
{
	const struct rule *r;
	struct span at;

	if (!d->typing || !s->settings.hold_back || (r = lsp_rule(d, f)) == NULL || strcmp(r->check->name, "balance") != 0)
		return false;
	at = typed(d);
	return f->at.a >= at.a && f->at.a <= at.z;
}

static struct span
span_of(const struct lsp_doc *d, const struct finding *f)
{
	struct span at = f->placed ? f->at : (struct span){ 0, 0 };

	at.a = at.a > d->text.s.n ? (uint32_t)d->text.s.n : at.a;
	at.z = at.z > d->text.s.n ? (uint32_t)d->text.s.n : at.z;
	return at;
}

static void
put_text(struct lsp *s, struct buf *out, const struct finding *f)
{
	struct buf text = BUF_INIT;

	emit_message(&text, f);
	for (size_t i = 0; i < f->nnotes && !s->can.related; i++)
		buf_printf(&text, "\nnote: %s", f->notes[i].message);
	json_string(out, text.s, text.n);
	buf_release(&text);
}

static void
put_head(struct lsp *s, struct buf *out, const struct finding *f)
{
	static const int severities[] = { [SEV_OFF] = 4, [SEV_NOTE] = 3, [SEV_WARNING] = 2, [SEV_ERROR] = 1 };

	buf_printf(out, ",\"severity\":%d,\"code\":", severities[f->severity]);
	json_cstring(out, f->rule);
	if (f->link != NULL && s->can.links) {
		buf_puts(out, ",\"codeDescription\":{\"href\":");
		json_cstring(out, f->link);
		buf_putc(out, '}');
	}
	buf_puts(out, ",\"source\":\"wirelint\",\"message\":");
	put_text(s, out, f);
}

/* Nothing, where it cannot be read. */
static void
read_file(struct lsp_text *t, const char *path)
{
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	struct stat st;
	char part[4096];
	ssize_t got;

	if (fd < 0)
		return;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
		while ((got = read(fd, part, sizeof part)) > 0)
			lsp_text_splice(t, (uint32_t)t->s.n, (uint32_t)t->s.n, part, (size_t)got);
	close(fd);
}

/* A place in the document, or in a copy that it was made from. */
static void
put_note(struct lsp *s, struct buf *out, struct lsp_doc *d, const struct finding *f, const struct note *note)
{
	bool other = note->path != NULL && strcmp(note->path, f->path) != 0;
	struct lsp_text text;

	lsp_text_init(&text);
	buf_puts(out, "{\"location\":{\"uri\":");
	if (other) {
		char *path = path_join(s->desks.here, note->path);

		read_file(&text, path);
		lsp_put_uri(out, path);
		free(path);
	} else
		json_cstring(out, d->uri);
	buf_puts(out, ",\"range\":");
	lsp_put_range(out, other ? &text : &d->text, note->at, s->units);
	buf_puts(out, "},\"message\":");
	json_cstring(out, note->message);
	buf_putc(out, '}');
	lsp_text_release(&text);
}

void
lsp_put_diagnostic(struct lsp *s, struct buf *out, struct lsp_doc *d, const struct finding *f)
{
	size_t n = 0;

	buf_puts(out, "{\"range\":");
	lsp_put_range(out, &d->text, span_of(d, f), s->units);
	put_head(s, out, f);
	for (size_t i = 0; s->can.related && i < f->nnotes; i++) {
		buf_puts(out, n++ == 0 ? ",\"relatedInformation\":[" : ",");
		put_note(s, out, d, f, &f->notes[i]);
	}
	if (n != 0)
		buf_putc(out, ']');
	buf_printf(out, ",\"data\":{\"fingerprint\":\"%016" PRIx64 "\",\"fix\":", f->fingerprint);
	json_cstring(out, f->nfixes != 0 ? fix_class_name(f->fixes[0].class) : NULL);
	buf_puts(out, "}}");
}

void
lsp_put_diagnostics(struct lsp *s, struct buf *out, struct lsp_doc *d)
{
	size_t n = 0;

	buf_putc(out, '[');
	for (size_t i = 0; i < d->findings.n; i++)
		if (!lsp_held_back(s, d, &d->findings.v[i])) {
			if (n++ != 0)
				buf_putc(out, ',');
			lsp_put_diagnostic(s, out, d, &d->findings.v[i]);
		}
	buf_putc(out, ']');
}

void
lsp_publish(struct lsp *s, struct lsp_doc *d)
{
	struct buf params = BUF_INIT;

	if (!d->on && !d->shown)
		return;			/* and a configuration's are lsp_publish_errors()'s */
	buf_puts(&params, "{\"uri\":");
	json_cstring(&params, d->uri);
	if (d->versioned)
		buf_printf(&params, ",\"version\":%lld", d->version);
	buf_puts(&params, ",\"diagnostics\":");
	lsp_put_diagnostics(s, &params, d);
	buf_putc(&params, '}');
	lsp_notify(&s->wire, "textDocument/publishDiagnostics", &params);
	d->shown = d->on && d->findings.n != 0;
	buf_release(&params);
}

/* ---- mistakes in configurations ---- */

static void
publish_file(struct lsp *s, const char *path, const struct finding *f, size_t n)
{
	struct buf params = BUF_INIT;
	struct lsp_text text;

	lsp_text_init(&text);
	read_file(&text, path);
	buf_puts(&params, "{\"uri\":");
	lsp_put_uri(&params, path);
	buf_puts(&params, ",\"diagnostics\":[");
	for (size_t i = 0; i < n; i++) {
		struct span at = f[i].placed && f[i].at.z <= text.s.n ? f[i].at : (struct span){ 0, 0 };

		buf_puts(&params, i == 0 ? "{\"range\":" : ",{\"range\":");
		lsp_put_range(&params, &text, at, s->units);
		put_head(s, &params, &f[i]);
		buf_putc(&params, '}');
	}
	buf_puts(&params, "]}");
	lsp_notify(&s->wire, "textDocument/publishDiagnostics", &params);
	buf_release(&params);
	lsp_text_release(&text);
}

void
lsp_publish_errors(struct lsp *s)
{
	struct finding_list *l = &s->errors;
	char **before = s->told;
	size_t nbefore = s->ntold;

	s->told = NULL;
	s->ntold = s->captold = 0;
	for (size_t i = 0, n; i < l->n; i += n) {
		const char *path = l->v[i].path;
		char *absolute;

		for (n = 1; i + n < l->n && path != NULL && l->v[i + n].path != NULL && strcmp(l->v[i + n].path, path) == 0; n++)
			continue;
		if (path == NULL || strncmp(path, "built-in:", 9) == 0)
			continue;
		absolute = path_join(s->desks.here != NULL ? s->desks.here : "/", path);
		publish_file(s, absolute, &l->v[i], n);
		XPUSH(s->told, s->ntold, s->captold) = absolute;
	}
	for (size_t i = 0; i < nbefore; i++) {		/* those that are mended */
		bool still = false;

		for (size_t k = 0; k < s->ntold && !still; k++)
			still = strcmp(s->told[k], before[i]) == 0;
		if (!still)
			publish_file(s, before[i], NULL, 0);
		free(before[i]);
	}
	free(before);
}

void
lsp_say(struct lsp *s, int type, const char *text)
{
	struct buf params = BUF_INIT;

	buf_printf(&params, "{\"type\":%d,\"message\":", type);
	json_cstring(&params, text);
	buf_putc(&params, '}');
	lsp_notify(&s->wire, "window/showMessage", &params);
	buf_release(&params);
}

/* ---- symbols ---- */

enum { KIND_FILE = 1, KIND_PROPERTY = 7, KIND_STRING = 15 };

static void
put_symbol(struct lsp *s, struct buf *out, struct lsp_doc *d, const char *name, const char *words, int kind, struct span at)
{
	struct buf full = BUF_INIT;

	buf_printf(&full, "%s%s%s", name, *words != '\0' ? ": " : "", words);
	buf_puts(out, "{\"name\":");
	json_string(out, full.s, full.n);
	buf_printf(out, ",\"kind\":%d,", kind);
	if (s->can.nested_symbols) {
		buf_puts(out, "\"range\":");
		lsp_put_range(out, &d->text, at, s->units);
		buf_puts(out, ",\"selectionRange\":");
		lsp_put_range(out, &d->text, at, s->units);
	} else {
		buf_puts(out, "\"location\":{\"uri\":");
		json_cstring(out, d->uri);
		buf_puts(out, ",\"range\":");
		lsp_put_range(out, &d->text, at, s->units);
		buf_putc(out, '}');
	}
	buf_release(&full);
}

static void
put_parts(struct lsp *s, struct buf *out, struct lsp_doc *d, size_t article, const char **comma)
{
	for (size_t i = 0; i < d->nparts; i++) {
		const struct lsp_part *p = &d->parts[i];

		if (p->article != article)
			continue;
		buf_puts(out, *comma);
		put_symbol(s, out, d, p->name, p->words, p->field ? KIND_PROPERTY : KIND_STRING, p->at);
		buf_putc(out, '}');
		*comma = ",";
	}
}

/* From the first part to the end of the last: an article of several that a file holds. */
static struct span
whole(const struct lsp_doc *d, size_t article)
{
	struct span at = { UINT32_MAX, 0 };

	for (size_t i = 0; i < d->nparts; i++)
		if (d->parts[i].article == article) {
			at.a = d->parts[i].at.a < at.a ? d->parts[i].at.a : at.a;
			at.z = d->parts[i].at.z > at.z ? d->parts[i].at.z : at.z;
		}
	return at.a <= at.z ? at : (struct span){ 0, 0 };
}

void
lsp_put_symbols(struct lsp *s, struct buf *out, struct lsp_doc *d)
{
	const char *comma = "";

	buf_putc(out, '[');
	for (size_t i = 0; i < d->narticles; i++) {
		const char *inner = "";

		if (!s->can.nested_symbols || d->narticles == 1) {
			put_parts(s, out, d, i, &comma);
			continue;
		}
		buf_puts(out, comma);
		put_symbol(s, out, d, d->articles[i].format, d->articles[i].item != NULL ? d->articles[i].item : "", KIND_FILE, whole(d, i));
		buf_puts(out, ",\"children\":[");
		put_parts(s, out, d, i, &inner);
		buf_puts(out, "]}");
		comma = ",";
	}
	buf_putc(out, ']');
}

/* ---- hover ---- */

/* White space folded; in Markdown, its signs as themselves. */
static void
put_words(struct buf *out, const char *s, bool markdown)
{
	bool any = false;

	while (*(s += strspn(s, " \t\r\n")) != '\0') {
		size_t n = strcspn(s, " \t\r\n");

		if (any)
			buf_putc(out, ' ');
		any = true;
		for (size_t i = 0; i < n; i++) {
			if (markdown && strchr("\\`*_<>[]#&|~", s[i]) != NULL)
				buf_putc(out, '\\');
			buf_putc(out, s[i]);
		}
		s += n;
	}
}

static void
explain(struct lsp *s, struct buf *out, const struct rule *r, const struct finding *f)
{
	const char *strong = s->can.markdown ? "**" : "";
	struct buf words = BUF_INIT;

	buf_printf(out, "%s%s%s (%s): ", strong, f->rule, strong, severity_name(f->severity));
	emit_message(&words, f);
	put_words(out, words.s, s->can.markdown);
	buf_puts(out, "\n\n");
	buf_clear(&words);
	if (r == NULL) {		/* the tool's own */
		buf_release(&words);
		return;
	}
	put_words(out, r->title, s->can.markdown);
	buf_puts(out, ".\n\n");
	if (r->why != NULL) {
		put_words(out, r->why, s->can.markdown);
		buf_puts(out, "\n\n");
	}
	if (r->link != NULL)
		buf_printf(out, s->can.markdown ? "<%s>\n\n" : "%s\n\n", r->link);
	if (f->nfixes != 0 && f->fixes[0].description != NULL) {
		buf_printf(out, "Fix (%s): ", fix_class_name(f->fixes[0].class));
		put_words(out, f->fixes[0].description, s->can.markdown);
		buf_puts(out, "\n\n");
	}
	if (explain_precision(&words, r)) {
		put_words(out, words.s, s->can.markdown);
		buf_puts(out, "\n\n");
	}
	buf_printf(out, s->can.markdown ? "More: `wirelint explain %s`\n" : "More: wirelint explain %s\n", r->id);
	buf_release(&words);
}

bool
lsp_put_hover(struct lsp *s, struct buf *out, struct lsp_doc *d, uint32_t at)
{
	struct buf text = BUF_INIT;
	struct span range = { 0, 0 };
	size_t n = 0;

	for (size_t i = 0; i < d->findings.n; i++) {
		const struct finding *f = &d->findings.v[i];
		struct span here = span_of(d, f);

		if (at < here.a || at > here.z || (at == here.z && here.a != here.z) || lsp_held_back(s, d, f))
			continue;
		if (n++ != 0)
			buf_puts(&text, s->can.markdown ? "\n---\n\n" : "\n");
		if (n == 1 || here.z - here.a < range.z - range.a)
			range = here;
		explain(s, &text, lsp_rule(d, f), f);
	}
	if (n != 0) {
		buf_printf(out, "{\"contents\":{\"kind\":\"%s\",\"value\":", s->can.markdown ? "markdown" : "plaintext");
		json_string(out, text.s, text.n);
		buf_puts(out, "},\"range\":");
		lsp_put_range(out, &d->text, range, s->units);
		buf_putc(out, '}');
	}
	buf_release(&text);
	return n != 0;
}
