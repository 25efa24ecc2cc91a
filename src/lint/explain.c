/* Rules in words. */
#include "lint/explain.h"

#include "check.h"
#include "facts/measured.h"
#include "lint/rule_test.h"
#include "util/json.h"

#include <string.h>

/* The kinds of a set, by the group names that cover them. */
void
explain_scope(struct buf *out, kind_set set)
{
	static const char *const groups[] = { "all", "body", "prose", "head", "foot", "provenance", "notes", NULL };
	kind_set left = set;
	size_t i, n = out->n;

	for (i = 0; groups[i] != NULL; i++) {
		kind_set g = kind_set_parse(groups[i], strlen(groups[i]));

		if ((g & set) == g && (g & left) != 0) {
			buf_printf(out, "%s%s", out->n == n ? "" : " ", groups[i]);
			left &= ~g;
		}
	}
	for (i = 0; i < BLOCK_COUNT; i++)
		if (left & KIND(i))
			buf_printf(out, "%s%s", out->n == n ? "" : " ", block_kind_name((enum block_kind)i));
}

/* A paragraph of text, its white space folded, wrapped at 80 columns and indented. */
void
explain_paragraph(struct buf *out, const char *s)
{
	size_t column = 0, n;

	while (*(s += strspn(s, " \t\r\n")) != '\0') {
		n = strcspn(s, " \t\r\n");
		if (column == 0 || column + 1 + n > 76) {
			buf_puts(out, column == 0 ? "    " : "\n    ");
			column = 0;
		} else {
			buf_putc(out, ' ');
			column++;
		}
		buf_add(out, s, n);
		column += n;
		s += n;
	}
	buf_putc(out, '\n');
}

void
explain_severities(struct buf *out, const struct rule *r)
{
	buf_puts(out, severity_name(r->severity[SURE]));
	if (r->severity[LIKELY] != r->severity[SURE])
		buf_printf(out, "; %s where it is only likely", severity_name(r->severity[LIKELY]));
	if (r->severity[WEAK] != r->severity[LIKELY])
		buf_printf(out, "; %s where the evidence is weak", severity_name(r->severity[WEAK]));
}

static void
examples(struct buf *out, const struct rule *r, bool bad)
{
	const struct example *e;

	for (e = r->examples; e < r->examples + r->nexamples; e++) {
		struct example shown = *e;
		struct buf text = BUF_INIT;
		const char *s, *end, *line;

		if (e->bad != bad)
			continue;
		shown.escaped = false;		/* as it was written, so that bytes that are no text can be read */
		example_text(&text, &shown);
		s = text.s;
		end = s + text.n;
		buf_printf(out, "\n%s:\n", bad ? "Bad (what is reported stands in [[ ]])" : "Good");
		for (; s < end; s = line + 1) {
			line = memchr(s, '\n', (size_t)(end - s));
			if (line == NULL)
				line = end;
			buf_puts(out, line == s ? "" : "    ");
			buf_add(out, s, (size_t)(line - s));
			buf_putc(out, '\n');
		}
		buf_release(&text);
	}
}

bool
explain_precision(struct buf *out, const struct rule *r)
{
	struct measured m;

	if (!r->builtin)
		return false;
	if (!measured_rule(r->id, &m)) {
		buf_puts(out, "Not measured on real articles.");
		return true;
	}
	if (m.read != 0) {
		buf_printf(out, "Of %u finding%s read on real articles %u %s right", m.read, m.read == 1 ? "" : "s", m.right,
		    m.right == 1 ? "was" : "were");
		if (m.second != 0)
			buf_printf(out, "; a second reader agreed on %u of %u", m.agreed, m.second);
		buf_putc(out, '.');
	}
	if (m.planted != 0)
		buf_printf(out, "%sOf %u faults put into real articles %u were found.", m.read != 0 ? " " : "", m.planted, m.found);
	return true;
}

const char *
explain_fix(const struct rule *r)
{
	static const char *const classes[] = {
		[FIX_SAFE] = "safe: changes no word",
		[FIX_UNSAFE] = "unsafe: look at each",
		[FIX_DISPLAY] = "display: shown, never made",
	};

	return r->fix != NULL || r->fix_description != NULL ? classes[r->fix_class] : NULL;
}

/* The lines that turn the rule on or off, as they are written down. */
static void
switches(struct buf *out, const struct rule *r)
{
	if (r->tier != TIER_CORE)
		buf_printf(out, "\nTo turn it on: --extend-select %s; in a configuration:\n    extend-select: [%s]\n", r->id, r->id);
	buf_printf(out, "\nTo turn it off: --ignore %s; in a configuration:\n    ignore: [%s]\n", r->id, r->id);
	buf_printf(out, "To change how severe it is: --severity %s=note; in a configuration:\n    severity: {%s: note}\n", r->id, r->id);
	if (strcmp(r->check->name, "suppression") == 0)
		return;		/* what comments and waivers do is not let pass by them */
	buf_printf(out, "For one paragraph, in a comment before it: wirelint-disable-next %s reason: ...\n"
	    "For a whole file, in a comment in it: wirelint-disable-file %s reason: ...\n", r->id, r->id);
	buf_printf(out, "For a file that may not be touched, in .wirelint-waivers.yaml:\n    waivers:\n"
	    "      - {rule: %s, path: FILE, reason: WHY, owner: WHO}\n", r->id);
}

void
explain_rule(struct buf *out, const struct rule *r)
{
	struct buf words = BUF_INIT;

	buf_printf(out, "%s: %s\n\n", r->id, r->title);
	buf_puts(out, "Severity: ");
	explain_severities(out, r);
	buf_printf(out, "\nTier: %s%s\nLooks at: ", tier_name(r->tier), r->tier == TIER_CORE ? " (on by default)" : "");
	explain_scope(out, r->scope);
	buf_printf(out, "%s\nCheck: %s\n", r->quoted == QUOTED_OUT ? ", outside quotation marks" :
	    r->quoted == QUOTED_IN ? ", inside quotation marks" : "", r->check->name);
	if (r->why != NULL) {
		buf_puts(out, "\nWhy:\n");
		explain_paragraph(out, r->why);
		if (r->link != NULL)
			buf_printf(out, "    %s\n", r->link);
	}
	examples(out, r, true);
	examples(out, r, false);
	if (explain_fix(r) != NULL)
		buf_printf(out, "\nFix (%s): %s\n", explain_fix(r), r->fix_description != NULL ? r->fix_description : r->fix);
	else
		buf_puts(out, "\nFix: by hand\n");
	if (explain_precision(&words, r)) {
		buf_puts(out, "\nHow often it is right:\n");
		explain_paragraph(out, words.s);
	}
	buf_release(&words);
	switches(out, r);
}

/* The words of explain_scope() as JSON strings. */
static void
scope_json(struct buf *out, kind_set set)
{
	struct buf words = BUF_INIT;
	const char *s, *comma = "";

	explain_scope(&words, set);
	for (s = words.s; *(s += strspn(s, " ")) != '\0'; s += strcspn(s, " ")) {
		buf_puts(out, comma);
		json_string(out, s, strcspn(s, " "));
		comma = ",";
	}
	buf_release(&words);
}

static void
rule_json(struct buf *out, const struct rule *r)
{
	struct measured m;

	buf_puts(out, "{\"id\":");
	json_cstring(out, r->id);
	buf_puts(out, ",\"family\":");
	json_string(out, r->id, strcspn(r->id, "/"));
	buf_printf(out, ",\"severity\":\"%s\",\"tier\":\"%s\",\"check\":\"%s\",\"builtin\":%s,\"title\":",
	    severity_name(r->severity[SURE]), tier_name(r->tier), r->check->name, r->builtin ? "true" : "false");
	json_cstring(out, r->title);
	buf_puts(out, ",\"scope\":[");
	scope_json(out, r->scope);
	buf_printf(out, "],\"quoted\":%s,\"link\":", r->quoted == QUOTED_OUT ? "\"out\"" : r->quoted == QUOTED_IN ? "\"in\"" : "null");
	json_cstring(out, r->link);
	if (explain_fix(r) != NULL) {
		buf_printf(out, ",\"fix\":{\"class\":\"%s\",\"description\":", fix_class_name(r->fix_class));
		json_cstring(out, r->fix_description);
		buf_puts(out, "}");
	} else
		buf_puts(out, ",\"fix\":null");
	if (r->builtin && measured_rule(r->id, &m))
		buf_printf(out, ",\"precision\":{\"read\":%u,\"right\":%u,\"planted\":%u,\"found\":%u,\"second\":%u,\"agreed\":%u}", m.read,
		    m.right, m.planted, m.found, m.second, m.agreed);
	else
		buf_puts(out, ",\"precision\":null");
	buf_putc(out, '}');
}

void
explain_rules(struct buf *out, const struct rule_set *set, bool json)
{
	size_t i;

	for (i = 0; i < set->n; i++) {
		const struct rule *r = set->rules[i];

		if (json) {
			buf_puts(out, i == 0 ? "[\n" : ",\n");
			rule_json(out, r);
		} else
			buf_printf(out, "%-30s %-8s %-8s %s\n", r->id, severity_name(r->severity[SURE]), tier_name(r->tier), r->title);
	}
	if (json)
		buf_puts(out, set->n == 0 ? "[]\n" : "\n]\n");
}

void
explain_article(struct buf *out, const struct rule *r, const struct policy *p, const struct article *a)
{
	enum severity severity = SEV_OFF;
	size_t i, in = 0;

	buf_printf(out, "%s (%s, %s)\nlanguage: %s (%s)\nkind of copy: %s\n", r->id, r->check->name, tier_name(r->tier), a->lang,
	    certainty_name(a->lang_certainty), copy_kind_name(policy_kind(p)));
	if (!policy_runs(p, r, a, &severity))
		buf_puts(out, p->asked.on != NULL && p->asked.on[r->index] < 0 && !policy_enabled(p, r) ? "does not run here: a profile or the stage turns it off\n" :
		    "does not run here: a condition of the rule (<when>) does not hold\n");
	else if (severity != SEV_OFF)
		buf_printf(out, "runs, with severity %s by a condition of the rule, a profile or the stage\n", severity_name(severity));
	else
		buf_puts(out, "runs\n");
	buf_puts(out, "looks at: ");
	explain_scope(out, r->scope);
	buf_putc(out, '\n');
	for (i = 0; i < a->nblocks; i++) {
		const struct block *b = &a->blocks[i];
		struct place at;

		if (!(KIND(b->kind) & r->scope))
			continue;
		in++;
		at = source_place(a->src, source_span(a->src, text_extent(&a->text, b->at)).a);
		buf_printf(out, "  %u:%u %s (%s)\n", at.line, at.column, block_kind_name(b->kind), certainty_name(b->confidence));
	}
	buf_printf(out, "%zu of %zu blocks\n", in, a->nblocks);
}
