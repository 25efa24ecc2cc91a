/* The manual page of all rules, and what it shares with the page of HTML. */
#include "command/catalogue.h"

#include "check.h"
#include "emitter.h"
#include "facts/measured.h"
#include "lint/explain.h"
#include "lint/rule_test.h"
#include "util/utf8.h"

#include <string.h>

const struct example *
catalogue_example(const struct rule *r, bool bad)
{
	const struct example *e;

	for (e = r->examples; e < r->examples + r->nexamples; e++)
		if (e->bad == bad)
			return e;
	return NULL;
}

bool
catalogue_begins(const struct rule_set *set, size_t i)
{
	const char *id = set->rules[i]->id;

	return i == 0 || strncmp(id, set->rules[i - 1]->id, strcspn(id, "/") + 1) != 0;
}

/* Text for mdoc, at the beginning of a line or behind it: nothing in it is taken for a request or an escape. */
static void
roff(struct buf *out, const char *s, size_t n, bool start)
{
	const char *end = s + n;

	if (start && n != 0 && (*s == '.' || *s == '\''))
		buf_puts(out, "\\&");
	while (s < end) {
		unsigned cp;
		size_t len = utf8_decode(s, end, &cp);

		if (*s == '\\')
			buf_puts(out, "\\e");
		else if ((unsigned char)*s < 0x80)
			buf_putc(out, *s);
		else
			buf_printf(out, "\\[u%04X]", cp);
		s += len;
	}
}

/* A paragraph, a sentence a line where one ends, white space folded. */
static void
paragraph(struct buf *out, const char *s)
{
	bool start = true;
	size_t n;

	while (*(s += strspn(s, " \t\r\n")) != '\0') {
		n = strcspn(s, " \t\r\n");
		if (!start)
			buf_putc(out, ' ');
		roff(out, s, n, start);
		start = s[n - 1] == '.' && n > 2;
		if (start)
			buf_putc(out, '\n');
		s += n;
	}
	if (!start)
		buf_putc(out, '\n');
}

static void
display(struct buf *out, const struct example *e)
{
	struct example shown = *e;
	struct buf text = BUF_INIT, plain = BUF_INIT;
	const char *s, *end, *line;

	shown.escaped = false;		/* as it was written, so that bytes that are no text can be read */
	example_text(&text, &shown);
	buf_printf(out, ".Pp\n%s%s%s:\n.Bd -literal -offset indent\n", e->bad ? "Bad" : "Good", e->format != NULL ? ", in " : "",
	    e->format != NULL ? e->format : "");
	end = text.s + text.n;
	for (s = text.s; s < end; s = line + 1) {
		line = memchr(s, '\n', (size_t)(end - s));
		if (line == NULL)
			line = end;
		buf_clear(&plain);
		emit_plain(&plain, s, (size_t)(line - s));
		while (plain.n != 0 && plain.s[plain.n - 1] == ' ')	/* mandoc -Tlint does not like them */
			plain.n--;
		roff(out, plain.s, plain.n, true);
		buf_putc(out, '\n');
	}
	buf_puts(out, ".Ed\n");
	buf_release(&text);
	buf_release(&plain);
}

static void
man_rule(struct buf *out, const struct rule *r)
{
	struct buf words = BUF_INIT;
	const struct example *e;

	buf_printf(out, ".Ss %s\n", r->id);
	buf_puts(out, "Asked for: ");
	roff(out, r->title, strlen(r->title), false);
	buf_puts(out, ".\n.br\nSeverity: ");
	explain_severities(out, r);
	buf_printf(out, ".\nTier: %s.\nLooks at: ", tier_name(r->tier));
	explain_scope(out, r->scope);
	buf_printf(out, "%s.\nCheck: %s.\n", r->quoted == QUOTED_OUT ? ", outside quotation marks" :
	    r->quoted == QUOTED_IN ? ", inside quotation marks" : "", r->check->name);
	if (r->why != NULL) {
		buf_puts(out, ".Pp\n");
		paragraph(out, r->why);
	}
	if (r->link != NULL)
		buf_printf(out, ".Lk %s\n", r->link);
	if ((e = catalogue_example(r, true)) != NULL)
		display(out, e);
	if ((e = catalogue_example(r, false)) != NULL)
		display(out, e);
	if (explain_fix(r) != NULL) {
		buf_printf(out, ".Pp\nFix, %s: ", explain_fix(r));
		buf_puts(&words, r->fix_description != NULL ? r->fix_description : r->fix);
		roff(out, words.s, strcspn(words.s, "\n"), false);
		buf_puts(out, ".\n");
		buf_clear(&words);
	}
	if (explain_precision(&words, r)) {
		buf_puts(out, ".Pp\n");
		paragraph(out, words.s);
	}
	buf_release(&words);
}

/* The day of the counting as mdoc wants it: "November 28, 2026". */
static void
man_date(struct buf *out)
{
	static const char *const months[] = { "January", "February", "March", "April", "May", "June", "July", "August", "September",
		"October", "November", "December" };
	const char *on = measured_on();
	unsigned month = strlen(on) == 10 ? (unsigned)(on[5] - '0') * 10 + (unsigned)(on[6] - '0') : 0;

	if (month >= 1 && month <= 12)
		buf_printf(out, "%s %s, %.4s", months[month - 1], on[8] == '0' ? on + 9 : on + 8, on);
	else
		buf_puts(out, "January 1, 1970");
}

void
catalogue_man(struct buf *out, const struct rule_set *set)
{
	size_t i;

	buf_puts(out, ".\\\" Made by wirelint rules --format man.\n.Dd ");
	man_date(out);
	buf_puts(out,
	    "\n.Dt WIRELINT-CATALOGUE 7\n.Os\n.Sh NAME\n.Nm wirelint-catalogue\n.Nd the rules of wirelint\n.Sh DESCRIPTION\n"
	    "Each rule, with what it asks for, how severe a breach is, which kinds of block it looks at, why, and an example of what is\n"
	    "reported and of what is not.\n"
	    "In the bad example, what is reported stands in\n.Ql [[ ]] ;\nnothing between them is the place of what is missing.\n"
	    ".Pp\nRules of tier\n.Cm core\nare on by default;\n.Cm profile\nwhen a profile asks for them;\n.Cm strict\nwhen they are selected;\n"
	    ".Cm compare\nwhen there is an original to compare with.\n"
	    ".Pp\n.Ic wirelint explain Ar rule\nsays how to turn one on or off, and shows all of its examples.\n");
	for (i = 0; i < set->n; i++) {
		const char *id = set->rules[i]->id, *s;

		if (catalogue_begins(set, i)) {
			buf_puts(out, ".Sh ");
			for (s = id; *s != '/' && *s != '\0'; s++)
				buf_putc(out, (char)(*s >= 'a' && *s <= 'z' ? *s - 'a' + 'A' : *s));
			buf_putc(out, '\n');
		}
		man_rule(out, set->rules[i]);
	}
	buf_puts(out, ".Sh SEE ALSO\n.Xr wirelint 1 ,\n.Xr wirelint-rules 5\n");
}
