/* The reader of ANPA 1312, the wire's format in North America.
 *
 *	SYN SYN SOH W2870 US _asian			service and number, selector
 *	f l DC3 DC1 BC-Harbour 1stLd 11-13 1049		priority, category, keyword, version, date, words
 *	STX ^BC-Harbour, 1st Ld-Writethru,466<		slug, version, words: header lines begin with ^ and end with < or =
 *	^Port of Harbourville reopens<			headline
 *	^AP Photo XHB101, XHB102<			pictures that go with it
 *	^Eds: Updates. With AP Photos.<			note to editors
 *	^By ADA BRANDT=					byline
 *	^AP Business Writer=
 *		HARBOURVILLE (AP) _ The port ...	a paragraph begins with a tab
 *		ETX AP-WF-11-13-13 1509GMT<		trailer
 *	FF EOT
 *
 * Rows of tables begin with a backspace and have control characters between their cells. */
#include "read/layer.h"
#include "read/wire.h"
#include "reader.h"
#include "sniff.h"
#include "util/str.h"

#include <string.h>

struct anpa {
	struct wire_file *x;
	struct layer l;
	struct flow *f;
	struct wire w;
	bool slug, headline, standfirst, byline, body;
	bool in_byline;			/* the last line was a byline */
};

static bool
begins(const struct anpa *m, uint32_t a, uint32_t z, const char *what)
{
	return str_case_begins(m->l.s + a, z - a, what);
}

static bool
holds(const struct anpa *m, uint32_t a, uint32_t z, const char *what)
{
	return str_case_find(m->l.s + a, z - a, what) != NULL;
}

static struct block *
put(struct anpa *m, uint32_t a, uint32_t z, enum block_kind kind)
{
	return flow_whole_block(m->f, &m->l, a, z, FLOW_LITERAL, kind);
}

static void
put_field(struct anpa *m, uint32_t a, uint32_t z, enum field_name name, const char *key)
{
	flow_whole_field(m->f, &m->l, a, z, FLOW_LITERAL, name, key);
}

/* "BC-Harbour, 1st Ld-Writethru,466": the slug; the version stands between the commas. */
static void
put_slug(struct anpa *m, uint32_t a, uint32_t z)
{
	const char *s = m->l.s;
	uint32_t from = a, to;

	put(m, a, z, BLOCK_SLUG);
	while (from < z && s[from] != ',')
		from++;
	while (from < z) {
		uint32_t at = ++from;

		while (at < z && s[at] == ' ')
			at++;
		for (to = at; to < z && s[to] != ','; to++)
			;
		if (at < to && !(s[at] >= '0' && s[at] <= '9' && to == z)) {
			if (begins(m, at, to, "adv") || begins(m, at, to, "$adv"))
				put_field(m, at, to, FIELD_EMBARGOED, "advance");
			else if (holds(m, at, to, "correct") || holds(m, at, to, "kill") || holds(m, at, to, "advisory") || holds(m, at, to, "eliminat") ||
			    holds(m, at, to, "withh"))
				put_field(m, at, to, FIELD_SIGNAL, "version");
			else
				put_field(m, at, to, FIELD_VERSION, "version");
		}
		from = to;
	}
	if (holds(m, a, z, "$adv") && article_find_field(m->f->a, FIELD_EMBARGOED) == NULL)
		for (from = a; from < z; from++)
			if (begins(m, from, z, "$adv")) {
				for (to = from; to < z && s[to] != ' ' && s[to] != ','; to++)
					;
				put_field(m, from, to, FIELD_EMBARGOED, "advance");
				break;
			}
}

static bool
is_shouted(const struct anpa *m, uint32_t a, uint32_t z)
{
	for (; a < z; a++)
		if (m->l.s[a] >= 'a' && m->l.s[a] <= 'z')
			return false;
	return true;
}

/* A line that begins with ^: [a, z) is what stands between that and its end sign, which is `sign`, or 0. */
static void
put_head_line(struct anpa *m, uint32_t a, uint32_t z, char sign)
{
	bool in_byline = m->in_byline;

	m->in_byline = false;
	if (a >= z)
		return;
	if (!m->slug) {
		m->slug = true;
		put_slug(m, a, z);
	} else if (begins(m, a, z, "Eds:") || begins(m, a, z, "Editors:") || begins(m, a, z, "Eds.")) {
		put_field(m, a, z, FIELD_ED_NOTE, "Eds");
	} else if (begins(m, a, z, "EDITOR'S NOTE") || begins(m, a, z, "EDITORS' NOTE")) {
		put(m, a, z, BLOCK_EDITOR_NOTE);
	} else if (begins(m, a, z, "AP Photo") || begins(m, a, z, "AP Graphic") || begins(m, a, z, "AP Video")) {
		put_field(m, a, z, FIELD_IMAGE, "photo ids");
	} else if (begins(m, a, z, "By ") && sign != 0) {
		flow_field_of(m->f, put(m, a, z, BLOCK_BYLINE), FIELD_BYLINE, "byline");
		m->byline = m->in_byline = true;
	} else if (in_byline && sign == '=' && !is_shouted(m, a, z)) {
		put(m, a, z, BLOCK_BYLINE);
		m->in_byline = true;
	} else if (!m->headline && !m->body) {
		flow_field_of(m->f, put(m, a, z, BLOCK_HEADLINE), FIELD_HEADLINE, "headline");
		m->headline = true;
	} else if (sign == '=' && (m->byline || m->body)) {
		put(m, a, z, BLOCK_CROSSHEAD);
	} else if (sign != 0 && !m->standfirst && !m->body) {
		put(m, a, z, BLOCK_STANDFIRST);
		m->standfirst = true;
	} else {
		flow_drop(m->f);
		flow_put(m->f, &m->l, a, z, FLOW_LITERAL);
		flow_paragraph(m->f);
	}
}

/* A row of a table: blanks where control characters are. */
static void
put_row(struct anpa *m, uint32_t a, uint32_t z)
{
	const char *s = m->l.s;

	flow_drop(m->f);
	while (a < z) {
		uint32_t run = a;

		while (a < z && (unsigned char)s[a] >= ' ')
			a++;
		flow_put(m->f, &m->l, run, a, FLOW_LITERAL);
		for (run = a; a < z && (unsigned char)s[a] < ' '; a++)
			if (s[a] == 0x1E || s[a] == 0x1F || s[a] == '\t')
				flow_blank(m->f, &m->l, a, a + 1);
	}
	flow_block(m->f, BLOCK_TABLE, SURE, true);
}

static unsigned
cells(const struct anpa *m, uint32_t a, uint32_t z)
{
	unsigned n = 0;

	for (; a < z; a++)
		n += m->l.s[a] == ';' && a + 1 < z && m->l.s[a + 1] != ' ';
	return n;
}

static bool
is_row(const struct anpa *m, uint32_t a, uint32_t z)
{
	if (a < z && m->l.s[a] == 8)
		return true;
	return memchr(m->l.s + a, 0x1E, z - a) != NULL;
}

/* Ends the open paragraph; controls in it stay remarked. */
static void
end_paragraph(struct anpa *m, uint32_t from, uint32_t to)
{
	if (flow_paragraph(m->f) == NULL)
		return;
	wire_is_copy(m->x, from, to);
}

static void
put_text(struct anpa *m)
{
	const char *s = m->l.s;
	uint32_t at = m->w.text, from = at, to = at;

	flow_drop(m->f);
	while (at < m->w.end) {
		uint32_t start = at;
		struct wire_line line = wire_line_at(s, at, m->w.end);

		at = line.next;
		if (is_row(m, start, line.z)) {
			end_paragraph(m, from, to);
			m->body = true;
			put_row(m, start, line.z);
			continue;
		}
		if (line.a == line.z) {
			end_paragraph(m, from, to);
			continue;
		}
		if (s[line.a] == '^') {
			end_paragraph(m, from, to);
			/* "^*9006< ^BC-Harbour,0176<": several in one line */
			while (line.a < line.z) {
				uint32_t a = line.a + (s[line.a] == '^'), z = a;

				while (z < line.z && s[z] != '<' && !(s[z] == '=' && z + 1 == line.z) && !(s[z] == '^' && z > a && s[z - 1] == ' '))
					z++;
				if (a < z && s[a] == '*' && z - a < 12)
					put_field(m, a, z, FIELD_VERSION, "number");
				else
					put_head_line(m, a, z, z < line.z && s[z] != '^' ? s[z] : 0);
				line.a = z < line.z && s[z] != '^' ? z + 1 : z;
				while (line.a < line.z && s[line.a] == ' ')
					line.a++;
			}
			continue;
		}
		if (s[start] == '\t' || !m->f->any) {
			end_paragraph(m, from, to);
			from = line.a;
		} else {
			flow_blank(m->f, &m->l, to, line.a);
		}
		m->body = true;
		if (line.z - line.a > 1 && (s[line.z - 1] == '<' || (s[line.z - 1] == '=' && s[line.z - 2] == '_')))
			line.z--;
		if (cells(m, line.a, line.z) >= 3) {	/* "Harbourville;42;50;rn": figures for a table */
			end_paragraph(m, from, to);
			put(m, line.a, line.z, BLOCK_TABLE);
			continue;
		}
		flow_put(m->f, &m->l, line.a, line.z, FLOW_LITERAL);
		to = line.z;
	}
	end_paragraph(m, from, to);
}

/* Behind ETX: "AP-WF-11-13-13 1509GMT<": who sent it, and when. */
static void
put_trailer(struct anpa *m)
{
	const char *s = m->l.s;
	struct wire_line line = wire_line_at(s, m->w.end, m->w.next);
	uint32_t a = line.a, z = line.z, dash;

	while (z > a && (s[z - 1] == '<' || s[z - 1] == ' '))
		z--;
	for (dash = a; dash < z && s[dash] >= 'A' && s[dash] <= 'Z'; dash++)
		;
	if (dash == a || dash >= z || s[dash] != '-')
		return;
	put_field(m, a, dash, FIELD_PROVIDER, "trailer");
	put_field(m, a, z, FIELD_PUBLISHED, "trailer");
}

/* The second line of the header: behind the device codes the keyword, cut to fit, behind that the version. */
static void
put_header(struct anpa *m)
{
	const char *s = m->l.s;
	uint32_t at = m->w.head;

	while (at < m->w.text && !(s[at] >= DC1 && s[at] <= DC4))
		at++;
	while (at < m->w.text && s[at] >= DC1 && s[at] <= DC4)
		at++;
	if (at < m->w.text) {
		struct wire_line line = wire_line_at(s, at, m->w.text - 1);
		uint32_t a = line.a, z;

		while (a < line.z && s[a] != ' ')
			a++;
		put(m, line.a, a, BLOCK_SLUG);
		while (a < line.z && s[a] == ' ')
			a++;
		for (z = a; z < line.z && !(s[z] == ' ' && z + 1 < line.z && s[z + 1] == ' '); z++)
			;
		/* not the date: "11-13 1049" */
		if (a < z && !(s[a] >= '0' && s[a] <= '9' && a + 2 < z && (s[a + 1] == '-' || s[a + 2] == '-')))
			put_field(m, a, z, FIELD_VERSION, "take key");
	}
}

static int
sniff(const struct look *k)
{
	const struct source *src = k->src;
	struct wire w;

	if (!wire_next(src, 0, &w) || w.head > 1024 || w.text - w.head > 2048)
		return 0;
	if (w.head >= 2 && memchr(src->s, SYN, w.head) != NULL)
		return 95;
	for (uint32_t i = w.head; i < w.text; i++)
		if (src->s[i] >= DC1 && src->s[i] <= DC4)
			return 95;
	return 0;
}

static void
put_message(struct flow *f, struct wire_file *x, const struct wire *w)
{
	struct anpa m = { .x = x, .l = x->layer, .f = f, .w = *w };

	put_header(&m);
	put_text(&m);
	put_trailer(&m);
}

static bool
read_anpa(struct source *src, struct intake *in)
{
	return wire_read(src, in, "anpa", put_message);
}

const struct reader reader_anpa = {
	.name = "anpa",
	.title = "ANPA 1312, wire copy of North America",
	.suffixes = "anpa tst",
	.signs = "the bytes SYN (16) and SOH (01) and STX (02), or device codes (11 to 14) in the header",
	.fields = "headline byline provider (trailer) embargoed (advances) version (take key) signal (corrections, kills) ed-note (Eds) published "
	    "(trailer) image (photo ids)",
	.sniff = sniff,
	.read = read_anpa,
};
