/* Rules as SARIF describes them: title, reason, address, an example of each kind, and how to let one pass. */
#include "emit/rule_of.h"
#include "emit/sarif.h"

#include "util/json.h"
#include "util/xmalloc.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST = 400 };			/* bytes of an example that is shown */

/* Where it is, or would be. */
static size_t
find(const struct sarif_rules *r, const char *id)
{
	size_t lo = 0, hi = r->n;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (strcmp(r->ids[mid], id) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

void
sarif_rules_add(struct sarif_rules *r, const char *id)
{
	size_t at = find(r, id);

	if (at < r->n && strcmp(r->ids[at], id) == 0)
		return;
	XPUSH(r->ids, r->n, r->cap) = NULL;
	memmove(r->ids + at + 1, r->ids + at, (r->n - 1 - at) * sizeof *r->ids);
	r->ids[at] = id;
}

size_t
sarif_rules_index(const struct sarif_rules *r, const char *id)
{
	return find(r, id);
}

static void
put_text(struct buf *out, const char *name, const char *s, size_t n)
{
	buf_printf(out, ",\"%s\":{\"text\":", name);
	json_string(out, s, n);
	buf_putc(out, '}');
}

/* The first that is plain text; else the first that is short and legible. */
static const struct example *
choose_example(const struct rule *r, bool bad)
{
	const struct example *best = NULL;

	for (size_t i = 0; i < r->nexamples; i++) {
		const struct example *e = &r->examples[i];

		if (e->bad == bad && !e->escaped && e->n <= LONGEST && (best == NULL || (best->format != NULL && e->format == NULL)))
			best = e;
	}
	return best;
}

static void
put_example(struct buf *help, const struct rule *r, bool bad)
{
	const struct example *e = choose_example(r, bad);

	if (e == NULL)
		return;
	buf_printf(help, "\n\n%s:\n\n", bad ? "Bad (what is reported stands in [[ ]])" : "Good");
	example_text(help, e);
	while (help->n != 0 && help->s[help->n - 1] == '\n')
		help->s[--help->n] = '\0';
}

static void
put_help(struct buf *out, const struct rule *r)
{
	struct buf help = BUF_INIT;

	buf_puts(&help, r->why != NULL ? r->why : r->title);
	if (r->link != NULL)
		buf_printf(&help, "\n\nPolicy: %s", r->link);
	put_example(&help, r, true);
	put_example(&help, r, false);
	buf_printf(&help, "\n\nTo let one pass: wirelint-disable-next %s reason: ...", r->id);
	put_text(out, "help", help.s, help.n);
	buf_release(&help);
}

static void
put_rule(struct buf *out, const struct rule *r)
{
	enum severity severity = r->severity[SURE];

	put_text(out, "shortDescription", r->title, strlen(r->title));
	if (r->why != NULL)
		put_text(out, "fullDescription", r->why, strlen(r->why));
	if (r->link != NULL && emit_is_address(r->link)) {
		buf_puts(out, ",\"helpUri\":");
		json_cstring(out, r->link);
	}
	put_help(out, r);
	buf_printf(out, ",\"defaultConfiguration\":{\"enabled\":%s,\"level\":\"%s\"}", r->tier == TIER_CORE ? "true" : "false",
	    severity == SEV_OFF ? "none" : severity_name(severity));
	buf_puts(out, ",\"properties\":{\"tags\":[");
	json_string(out, r->id, strcspn(r->id, "/"));
	buf_printf(out, "],\"tier\":\"%s\",\"severity\":\"%s\",\"problem.severity\":\"%s\"}", tier_name(r->tier), severity_name(severity),
	    severity == SEV_ERROR ? "error" : severity == SEV_WARNING ? "warning" : "recommendation");
}

/* The tool's own. */
static void
put_message(struct buf *out, const char *id)
{
	const char *level = "error";

	for (size_t i = 0; i < MSG_COUNT; i++)
		if (strcmp(messages[i].name, id) == 0)
			level = severity_name(messages[i].severity);
	put_text(out, "shortDescription", "wirelint's own message", strlen("wirelint's own message"));
	put_text(out, "help", "wirelint(1) explains it under DIAGNOSTICS.", strlen("wirelint(1) explains it under DIAGNOSTICS."));
	buf_printf(out, ",\"defaultConfiguration\":{\"level\":\"%s\"}", level);
	buf_puts(out, ",\"properties\":{\"tags\":[");
	json_string(out, id, strcspn(id, "/"));
	buf_printf(out, "],\"severity\":\"%s\",\"problem.severity\":\"%s\"}", level, level);
}

void
sarif_rules_put(struct buf *out, const struct sarif_rules *r, const struct emit_options *opt)
{
	for (size_t i = 0; i < r->n; i++) {
		const struct rule *rule = rule_of(opt, r->ids[i]);

		buf_puts(out, i == 0 ? "\n{\"id\":" : ",\n{\"id\":");
		json_cstring(out, r->ids[i]);
		if (rule != NULL)
			put_rule(out, rule);
		else
			put_message(out, r->ids[i]);
		buf_putc(out, '}');
	}
}
