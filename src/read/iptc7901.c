/* The reader of IPTC 7901, the wire's format of 1979 that agencies still send.
 *
 *	SOH eca062 4 i 211 ccccb   dpa 061		service and number, priority, desk, words, reference, agency, its number
 *	Harbour/storm/					keywords: the slug
 *	STX 1ST LEAD					what the message is
 *	Port of Harbourville reopens			headline
 *	By Ada Brandt, dpa =				byline; the sign ends the head
 *
 *	Harbourville (dpa) - The port ...		the story, in wrapped lines
 *
 *	# Notebook					from here on notes to editors, not for publication
 *	ETX 131137 GMT Nov 13				when it was sent
 */
#include "read/plain.h"
#include "read/wire.h"
#include "reader.h"
#include "sniff.h"
#include "util/str.h"

#include <string.h>

enum { HEAD_LINES = 12 };

static bool
begins(const char *s, uint32_t a, uint32_t z, const char *what)
{
	return str_case_begins(s + a, z - a, what);
}

/* Keywords and, in the first line, who sends it: the last word but one, before the agency's own number. */
static void
put_header(struct flow *f, const struct layer *l, const struct wire *w)
{
	struct wire_line line = wire_line_at(l->s, w->head, w->text - 1);
	uint32_t z = line.z, a;

	while (z > line.a && l->s[z - 1] >= '0' && l->s[z - 1] <= '9')
		z--;
	if (z < line.z) {
		while (z > line.a && l->s[z - 1] == ' ')
			z--;
		for (a = z; a > line.a && l->s[a - 1] != ' '; a--)
			;
		if (a > line.a && l->s[a] > '9')
			flow_whole_field(f, l, a, z, FLOW_LITERAL, FIELD_PROVIDER, "agency");
	}
	while (line.next < w->text - 1) {
		line = wire_line_at(l->s, line.next, w->text - 1);
		flow_whole_block(f, l, line.a, line.z, FLOW_LITERAL, BLOCK_SLUG);
	}
}

/* "1ST LEAD", "(Achtung)", "EXTRA": what the message is, above the headline. */
static bool
is_signal(const char *s, uint32_t a, uint32_t z)
{
	if (z - a > 30)
		return false;
	if (s[a] == '(' && s[z - 1] == ')')
		return true;
	for (; a < z; a++)
		if ((s[a] >= 'a' && s[a] <= 'z') || (unsigned char)s[a] >= 0x80)
			return false;
	return true;
}

static bool
is_byline(const char *s, uint32_t a, uint32_t z)
{
	return begins(s, a, z, "By ") || begins(s, a, z, "Von ") || begins(s, a, z, "Par ") || begins(s, a, z, "Por ");
}

/* Where the head ends: behind a line that ends with the sign, else behind the first line. */
static uint32_t
head_end(const char *s, const struct wire *w)
{
	uint32_t at = w->text, first = 0;

	for (unsigned i = 0; i < HEAD_LINES && at < w->end; i++) {
		struct wire_line line = wire_line_at(s, at, w->end);

		at = line.next;
		if (line.a == line.z) {
			if (first != 0)
				return first;
			continue;
		}
		if (first == 0)
			first = line.next;
		if (s[line.z - 1] == '=')
			return line.next;
	}
	return first != 0 ? first : w->text;
}

static void
put_head(struct flow *f, const struct layer *l, uint32_t at, uint32_t end)
{
	bool in_headline = false;

	while (at < end) {
		struct wire_line line = wire_line_at(l->s, at, end);

		at = line.next;
		if (line.z > line.a && l->s[line.z - 1] == '=')
			line.z--;
		while (line.z > line.a && l->s[line.z - 1] == ' ')
			line.z--;
		if (line.a == line.z)
			continue;
		if (in_headline && !is_byline(l->s, line.a, line.z)) {
			flow_blank(f, l, line.a - 1, line.a);
			flow_put(f, l, line.a, line.z, FLOW_LITERAL);
			continue;
		}
		if (in_headline) {
			flow_field_of(f, flow_block(f, BLOCK_HEADLINE, SURE, true), FIELD_HEADLINE, "headline");
			in_headline = false;
		}
		if (is_byline(l->s, line.a, line.z)) {
			flow_field_of(f, flow_whole_block(f, l, line.a, line.z, FLOW_LITERAL, BLOCK_BYLINE), FIELD_BYLINE, "byline");
		} else if (at < end && is_signal(l->s, line.a, line.z)) {
			flow_field_of(f, flow_whole_block(f, l, line.a, line.z, FLOW_LITERAL, BLOCK_KICKER), FIELD_SIGNAL, "headline");
		} else {
			flow_put(f, l, line.a, line.z, FLOW_LITERAL);
			in_headline = true;
		}
	}
	if (in_headline)
		flow_field_of(f, flow_block(f, BLOCK_HEADLINE, SURE, true), FIELD_HEADLINE, "headline");
}

/* Does a line begin what is not for publication? */
static bool
begins_notes(const char *s, uint32_t a, uint32_t z)
{
	static const char *const marks[] = {
		"# Notebook", "# dpa Notebook", "# Notizblock", "# dpa-Notizblock", "The following information is not",
		"Die folgenden Informationen sind nicht", "Las siguientes informaciones no", "La siguiente informaci",
	};

	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (begins(s, a, z, marks[i]))
			return true;
	return false;
}

/* The agency's name and the desk's initials: "dpa wsz jln npr". */
static bool
is_signoff(const char *s, uint32_t a, uint32_t z)
{
	unsigned words = 1;

	if (z - a < 5 || z - a > 40)
		return false;
	for (; a < z; a++) {
		words += s[a] == ' ';
		if (s[a] != ' ' && s[a] != '/' && !(s[a] >= 'a' && s[a] <= 'z'))
			return false;
	}
	return words >= 2 && words <= 8;
}

/* The notes, a field a paragraph; the line with the desk's initials is a signoff. */
static void
put_notes(struct flow *f, const struct layer *l, uint32_t at, uint32_t end)
{
	flow_drop(f);
	while (at < end) {
		struct wire_line line = wire_line_at(l->s, at, end);

		if (line.a == line.z) {
			flow_field(f, FIELD_ED_NOTE, "notebook");
		} else {
			if (f->any)
				flow_blank(f, l, line.a > at ? line.a - 1 : line.a, line.a);
			flow_put(f, l, line.a, line.z, FLOW_LITERAL);
		}
		at = line.next;
	}
	flow_field(f, FIELD_ED_NOTE, "notebook");
}

static void
put_text(struct flow *f, const struct layer *l, const struct wire *w)
{
	uint32_t head = head_end(l->s, w), notes = w->end, end = w->end, at;
	struct wire_line line, last = { 0, 0, 0 };

	put_head(f, l, w->text, head);
	for (at = head; at < w->end; at = line.next) {
		line = wire_line_at(l->s, at, w->end);
		if (notes == w->end && begins_notes(l->s, line.a, line.z))
			notes = line.a;
		if (line.a < line.z)
			last = line;
	}
	if (last.a >= head && last.a < last.z && is_signoff(l->s, last.a, last.z))
		end = last.a;
	plain_blocks(f, l, head, notes < end ? notes : end);
	if (notes < end)
		put_notes(f, l, notes, end);
	if (end < w->end)
		flow_whole_block(f, l, last.a, last.z, FLOW_LITERAL, BLOCK_SIGNOFF);
}

static void
put_trailer(struct flow *f, const struct layer *l, const struct wire *w)
{
	struct wire_line line = wire_line_at(l->s, w->end, w->next);

	while (line.a < line.z && l->s[line.a] < ' ')
		line.a++;
	if (line.a < line.z && l->s[line.a] >= '0' && l->s[line.a] <= '9')
		flow_whole_field(f, l, line.a, line.z, FLOW_LITERAL, FIELD_PUBLISHED, "trailer");
}

static bool
has_device_codes(const struct source *src, const struct wire *w)
{
	for (uint32_t i = w->head; i < w->text; i++)
		if (src->s[i] >= DC1 && src->s[i] <= DC4)
			return true;
	return false;
}

static int
sniff(const struct look *k)
{
	const struct source *src = k->src;
	struct wire w;

	return wire_next(src, 0, &w) && w.head < 1024 && w.text - w.head < 2048 && !has_device_codes(src, &w) &&
	    memchr(src->s, SYN, w.head) == NULL ? 90 : 0;
}

static void
put_message(struct flow *f, struct wire_file *x, const struct wire *w)
{
	put_header(f, &x->layer, w);
	put_text(f, &x->layer, w);
	put_trailer(f, &x->layer, w);
	wire_is_copy(x, head_end(x->layer.s, w), w->end);	/* not the head: some ring the bell in a headline */
}

static bool
read_iptc7901(struct source *src, struct intake *in)
{
	return wire_read(src, in, "iptc7901", put_message);
}

const struct reader reader_iptc7901 = {
	.name = "iptc7901",
	.title = "IPTC 7901, wire copy framed by control characters",
	.suffixes = "iptc 7901 wir",
	.signs = "the bytes SOH (01) and STX (02), with a header between them",
	.fields = "headline byline provider (the header's agency) signal (1ST LEAD, REFILE) ed-note (notebook) published (trailer)",
	.sniff = sniff,
	.read = read_iptc7901,
};
