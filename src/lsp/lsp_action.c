/* Code actions: the fixes of a finding, all safe fixes of the document, and comments that let a rule's findings pass.
 *
 * Where such a comment can stand hangs on the format, and on what stands there: each place that comes into question is tried, by a check
 * of the text with the comment in it, and the action is offered only if the finding is gone then and the rest is as it was. */
#include "lsp/lsp_int.h"

#include "emitter.h"
#include "fix/fix_apply.h"
#include "util/json.h"
#include "util/str.h"
#include "util/xmalloc.h"

#include <stdlib.h>
#include <string.h>

enum {
	PASSES = 10,			/* as `wirelint fix` */
	LARGE = 512 * 1024,		/* a text in which comments are not tried */
	RULES_AT_ONCE = 8		/* of which comments are offered */
};

static const char quickfix[] = "quickfix", fix_all[] = "source.fixAll.wirelint";
const char lsp_action_kinds[] = "[\"quickfix\",\"source.fixAll\",\"source.fixAll.wirelint\"]";

struct asking {
	struct lsp *s;
	struct lsp_doc *d;
	struct buf *out;
	const char *const *only;
	size_t nonly;
	size_t n;			/* actions written */
};

/* "source" asks for source.fixAll, too. */
static bool
wants(const struct asking *a, const char *kind)
{
	for (size_t i = 0; i < a->nonly && a->only != NULL; i++) {
		size_t n = strlen(a->only[i]);

		if (strncmp(kind, a->only[i], n) == 0 && (kind[n] == '\0' || kind[n] == '.' || n == 0))
			return true;
	}
	return a->only == NULL;
}

static void
put_edits(struct asking *a, const struct lsp_edit *e, size_t n)
{
	if (a->s->can.versions_in_edits) {
		buf_puts(a->out, "{\"documentChanges\":[{\"textDocument\":{\"uri\":");
		json_cstring(a->out, a->d->uri);
		if (a->d->versioned)
			buf_printf(a->out, ",\"version\":%lld},\"edits\":[", a->d->version);
		else
			buf_puts(a->out, ",\"version\":null},\"edits\":[");
	} else {
		buf_puts(a->out, "{\"changes\":{");
		json_cstring(a->out, a->d->uri);
		buf_puts(a->out, ":[");
	}
	for (size_t i = 0; i < n; i++) {
		buf_puts(a->out, i == 0 ? "{\"range\":" : ",{\"range\":");
		lsp_put_range(a->out, &a->d->text, e[i].at, a->s->units);
		buf_puts(a->out, ",\"newText\":");
		json_string(a->out, e[i].s, e[i].n);
		buf_putc(a->out, '}');
	}
	buf_puts(a->out, a->s->can.versions_in_edits ? "]}]}" : "]}}");
}

/* f NULL: of no finding in particular. */
static void
put_action(struct asking *a, const char *title, const char *kind, const struct finding *f, bool preferred, const struct lsp_edit *e, size_t n)
{
	buf_puts(a->out, a->n++ == 0 ? "{\"title\":" : ",{\"title\":");
	json_cstring(a->out, title);
	buf_printf(a->out, ",\"kind\":\"%s\"", kind);
	if (f != NULL) {
		buf_puts(a->out, ",\"diagnostics\":[");
		lsp_put_diagnostic(a->s, a->out, a->d, f);
		buf_putc(a->out, ']');
	}
	buf_puts(a->out, preferred ? ",\"isPreferred\":true,\"edit\":" : ",\"edit\":");
	put_edits(a, e, n);
	buf_putc(a->out, '}');
}

/* ---- fixes ---- */

static void
put_fixes(struct asking *a, const struct finding *f)
{
	for (size_t i = 0; i < f->nfixes; i++) {
		const struct fix *fix = &f->fixes[i];
		struct lsp_edit *e = xcalloc(fix->nedits + 1, sizeof *e);
		struct buf title = BUF_INIT;

		if (fix->class == FIX_SAFE || (fix->class == FIX_UNSAFE && a->s->settings.unsafe_fixes)) {
			for (size_t k = 0; k < fix->nedits; k++)
				e[k] = (struct lsp_edit){ fix->edits[k].at, fix->edits[k].text, strlen(fix->edits[k].text) };
			buf_printf(&title, "%s: ", f->rule);
			emit_plain(&title, fix->description != NULL ? fix->description : "fix", strlen(fix->description != NULL ? fix->description : "fix"));
			buf_puts(&title, fix->class == FIX_UNSAFE ? " (unsafe: look at it)" : "");
			put_action(a, title.s, quickfix, f, fix->class == FIX_SAFE && i == 0, e, fix->nedits);
		}
		buf_release(&title);
		free(e);
	}
}

/* What must be the same of the text before and after. */
struct nature { const char *format; size_t articles; };

static struct nature
nature_of(const struct lsp *s)
{
	return (struct nature){ s->pipeline.article.format, s->pipeline.articles };
}

static bool
same_nature(struct nature a, struct nature b)
{
	return a.articles == b.articles && (a.articles == 0 || strcmp(a.format, b.format) == 0);
}

static bool
any_fatal(const struct finding_list *l)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->v[i].fatal)
			return true;
	return false;
}

/* The document's text with all safe fixes in it, pass by pass; false: it is as it was, or stays so because it could not be read then. */
static bool
mend(struct lsp *s, struct lsp_doc *d, struct buf *mended)
{
	struct buf other = BUF_INIT, *text = &d->text.s, *next = mended;
	struct kept kept = { NULL, 0, 0 };
	struct finding_list again, *l = &d->findings;
	struct nature nature;
	const struct finding *by;
	unsigned strange;
	bool any = false;

	finding_list_init(&again);
	if (s->read != d) {		/* fixes are put into what the pipeline has read */
		l = &again;
		again.keeps_passed = true;
		lsp_check_text(s, d, text->s, text->n, l);
	}
	nature = nature_of(s);
	for (size_t i = 0; i < l->npassed; i++) {
		XPUSH(kept.v, kept.n, kept.cap).rule = l->passed[i].rule;
		kept.v[kept.n - 1].at = l->passed[i].at;
	}
	for (int pass = 0; pass < PASSES; pass++) {
		buf_clear(next);
		if (any_fatal(l) || !same_nature(nature, nature_of(s))) {
			any = false;
			break;
		}
		if (fix_apply(&s->pipeline.source, l, false, &kept, next, &strange, &by) == 0)
			break;
		any = true;
		text = next;
		next = next == mended ? &other : mended;
		l = &again;
		lsp_check_text(s, d, text->s, text->n, l);
	}
	if (any && text == &other) {
		buf_clear(mended);
		buf_add(mended, other.s, other.n);
	}
	free(kept.v);
	finding_list_release(&again);
	buf_release(&other);
	return any;
}

static void
put_fix_all(struct asking *a)
{
	struct lsp_text mended;
	struct lsp_edit *e;
	size_t n;
	bool any = false;

	for (size_t i = 0; i < a->d->findings.n && !any; i++)
		any = a->d->findings.v[i].nfixes != 0 && a->d->findings.v[i].fixes[0].class == FIX_SAFE;
	if (!any)
		return;
	lsp_text_init(&mended);
	if (mend(a->s, a->d, &mended.s)) {
		e = lsp_text_diff(&a->d->text, &mended, &n);
		if (n != 0)
			put_action(a, "wirelint: apply all safe fixes", fix_all, NULL, false, e, n);
		free(e);
	}
	lsp_text_release(&mended);
}

/* ---- comments ---- */

/* Where a comment could stand, and how it is written there. */
struct spot { uint32_t at; const char *before, *after; bool json; };

static void
put_comment(struct buf *out, const struct spot *spot, const char *directive, const char *rule, const char *reason)
{
	struct buf quoted = BUF_INIT;

	buf_printf(out, "%s<!-- wirelint-%s %s reason: ", spot->before, directive, rule);
	json_string(&quoted, reason, strlen(reason));
	if (spot->json && quoted.n > 2)
		buf_add(out, quoted.s + 1, quoted.n - 2);
	else
		for (const char *p = reason; *p != '\0'; p++)		/* no comment of XML holds two hyphens */
			if (*p != '-' || p[1] != '-')
				buf_putc(out, (unsigned char)*p < ' ' ? ' ' : *p);
	buf_printf(out, "%s-->%s", *reason != '\0' ? " " : "", spot->after);
	buf_release(&quoted);
}

static size_t
count_suppress(const struct finding_list *l)
{
	size_t n = 0;

	for (size_t i = 0; i < l->n; i++)
		n += strncmp(l->v[i].rule, "suppress/", 9) == 0;
	return n;
}

/* Is the finding gone with the comment there, and all else as it was? */
static bool
holds(struct lsp *s, struct lsp_doc *d, const struct finding *f, const struct spot *spot, const char *directive)
{
	struct buf text = BUF_INIT, comment = BUF_INIT;
	struct finding_list l;
	struct nature before = { d->articles[0].format, d->narticles };
	uint32_t at;
	bool ok;

	put_comment(&comment, spot, directive, f->rule, "none");
	buf_add(&text, d->text.s.s, spot->at);
	buf_add(&text, comment.s, comment.n);
	buf_add(&text, d->text.s.s + spot->at, d->text.s.n - spot->at);
	at = f->at.a + (f->at.a >= spot->at ? (uint32_t)comment.n : 0);
	finding_list_init(&l);
	lsp_check_text(s, d, text.s, text.n, &l);
	ok = l.n <= d->findings.n && count_suppress(&l) <= count_suppress(&d->findings) && !any_fatal(&l) && same_nature(before, nature_of(s));
	for (size_t i = 0; i < l.n && ok; i++)
		ok = strcmp(l.v[i].rule, f->rule) != 0 || l.v[i].at.a != at;
	finding_list_release(&l);
	buf_release(&text);
	buf_release(&comment);
	return ok && s->pipeline.suppressed != 0;
}

static bool
is_of(const char *format, const char *formats)
{
	return str_in_list(format, strlen(format), formats);
}

/* Behind the declarations with which XML and HTML begin. */
static uint32_t
behind_prolog(const struct lsp_text *t)
{
	const char *s = t->s.s, *end = s + t->s.n;

	for (;;) {
		const char *p = s, *close;

		if (p + 3 <= end && memcmp(p, "\xEF\xBB\xBF", 3) == 0)
			p += 3;
		while (p < end && str_is_space(*p))
			p++;
		if (end - p < 2 || *p != '<' || (p[1] != '?' && p[1] != '!') || (p[1] == '!' && !str_case_begins(p, (size_t)(end - p), "<!doctype")))
			return (uint32_t)(s - t->s.s);
		close = memchr(p, '>', (size_t)(end - p));
		if (close == NULL)
			return (uint32_t)(s - t->s.s);
		s = close + 1;
	}
}

static const char no_comments[] = "text iptc7901 anpa mail", of_json[] = "ninjs ap-json dpa-json json-feed";

/* Behind the front matter of Markdown, in which no comment can stand; 0: there is none. */
static uint32_t
behind_front(const struct lsp_text *t)
{
	const char *s = t->s.s;
	uint32_t n = (uint32_t)t->s.n, at = 0;

	if (n < 4 || (memcmp(s, "---", 3) != 0 && memcmp(s, "+++", 3) != 0))
		return 0;
	while ((at = str_line_end(s, at, n)) < n)
		if (n - at >= 3 && memcmp(s + at, s, 3) == 0)
			return str_line_end(s, at, n);
	return 0;
}

enum { SPOTS = 2 };

/* Places in question, the best first. */
static size_t
spots_of(struct lsp_doc *d, const struct lsp_part *part, bool file, struct spot spots[SPOTS])
{
	const char *format = d->articles[part->article].format;
	uint32_t line, prolog = behind_prolog(&d->text), front = behind_front(&d->text);

	if (is_of(format, of_json)) {
		spots[0] = (struct spot){ part->at.a, "", "", true };
		return 1;
	}
	if (!is_of(format, "markdown")) {
		spots[0] = (struct spot){ prolog, prolog != 0 ? "\n" : "", prolog != 0 ? "" : "\n", false };
		spots[file] = (struct spot){ part->at.a, "", "", false };
		return file ? 2 : 1;
	}
	line = lsp_text_line(&d->text, part->at.a);
	if (line < front && !file)
		return 0;
	for (size_t i = 0; i < d->nparts && file; i++)
		if (!d->parts[i].field && lsp_text_line(&d->text, d->parts[i].at.a) < line)
			line = lsp_text_line(&d->text, d->parts[i].at.a);
	line = line < front ? front : line;
	spots[0] = (struct spot){ line, "", "\n\n", false };
	spots[1] = (struct spot){ (uint32_t)d->text.s.n, "\n\n", "\n", false };
	return file ? 2 : 1;
}

static void
put_comments(struct asking *a, const struct finding *f, bool file)
{
	const char *directive = file ? "disable-file" : "disable-next", *none = "";
	const char *const *reasons = a->s->settings.nreasons != 0 ? a->s->settings.reasons : &none;
	const struct lsp_part *part = NULL;
	struct spot spots[SPOTS];
	size_t n, k = 0;

	for (size_t i = 0; i < a->d->nparts; i++)
		if (a->d->parts[i].at.a <= f->at.a && f->at.a <= a->d->parts[i].at.z && !(file && part != NULL) &&
		    (!a->d->parts[i].field || file))
			part = &a->d->parts[i];
	if (part == NULL && file && a->d->nparts != 0)
		part = &a->d->parts[0];		/* what is found in no part, or is missing, passes in the file alone */
	if (part == NULL || is_of(a->d->articles[part->article].format, no_comments))
		return;
	n = spots_of(a->d, part, file, spots);
	while (k < n && !holds(a->s, a->d, f, &spots[k], directive))
		k++;
	if (k == n)
		return;
	for (size_t i = 0; i < (a->s->settings.nreasons != 0 ? a->s->settings.nreasons : 1); i++) {
		struct buf title = BUF_INIT, comment = BUF_INIT;
		struct lsp_edit e;

		put_comment(&comment, &spots[k], directive, f->rule, reasons[i]);
		e = (struct lsp_edit){ { spots[k].at, spots[k].at }, comment.s, comment.n };
		buf_printf(&title, "%s: let it pass in %s%s%s", f->rule, file ? "the whole file" : "this paragraph",
		    *reasons[i] != '\0' ? ": " : ", write why", reasons[i]);
		put_action(a, title.s, quickfix, f, false, &e, 1);
		buf_release(&title);
		buf_release(&comment);
	}
}

/* ---- all ---- */

static bool
meets(const struct lsp_doc *d, const struct finding *f, struct span at)
{
	return f->placed && f->at.z <= d->text.s.n && f->at.a <= at.z && f->at.z >= at.a;
}

void
lsp_put_actions(struct lsp *s, struct buf *out, struct lsp_doc *d, struct span at, const char *const *only, size_t nonly)
{
	struct asking a = { .s = s, .d = d, .out = out, .only = only, .nonly = nonly };
	const char *rules[RULES_AT_ONCE];
	size_t nrules = 0;

	buf_putc(out, '[');
	for (size_t i = 0; i < d->findings.n && wants(&a, quickfix); i++)
		if (meets(d, &d->findings.v[i], at) && !lsp_held_back(s, d, &d->findings.v[i]))
			put_fixes(&a, &d->findings.v[i]);
	if (wants(&a, fix_all))
		put_fix_all(&a);		/* before others are tried: the pipeline has the text as it is */
	for (size_t i = 0; i < d->findings.n && wants(&a, quickfix) && d->text.s.n <= LARGE && nrules < RULES_AT_ONCE; i++) {
		const struct finding *f = &d->findings.v[i];
		size_t k = 0;

		if (!meets(d, f, at) || f->fatal || strncmp(f->rule, "suppress/", 9) == 0 || lsp_held_back(s, d, f) || d->narticles == 0)
			continue;
		while (k < nrules && strcmp(rules[k], f->rule) != 0)
			k++;
		if (k < nrules)
			continue;
		rules[nrules++] = f->rule;
		put_comments(&a, f, false);
		put_comments(&a, f, true);
	}
	buf_putc(out, ']');
}
