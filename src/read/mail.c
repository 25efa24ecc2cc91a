/* The reader of mail that carries copy (RFC 5322, MIME).
 *
 * Of alternatives the plain text is read, unless there is none or it says nothing; of a mixed mail all parts that are text, one
 * after the other.  Attachments are left out.  The subject is the headline. */
#include "read/body.h"
#include "read/mime.h"
#include "read/plain.h"
#include "read/sniff.h"
#include "reader.h"

#include <string.h>
#include <strings.h>

enum { DEPTH = 16, HEADER_LINES = 200 };

struct mail {
	struct source *src;
	struct layer l;
	struct flow f;
	bool encrypted, attached;	/* parts that could not be read */
};

/* ---- the header ---- */

static void
put_value(struct mail *m, const struct mime_field *field, uint32_t a, uint32_t z)
{
	struct text text;
	struct layer inner;

	(void)field;
	text_init(&text);
	mime_value(&text, &m->l, a, z);
	inner = layer_of_text(&text);
	flow_drop(&m->f);
	flow_put(&m->f, &inner, 0, inner.n, FLOW_LITERAL);
	text_release(&text);
}

/* "Jane Doe <jane@example.org>": the name; without one, the address. */
static void
put_sender(struct mail *m, const struct mime_field *field)
{
	const char *s = m->l.s, *open = memchr(s + field->a, '<', field->z - field->a);
	uint32_t a = field->a, z = field->z;

	if (open != NULL && (uint32_t)(open - s) > a) {
		z = (uint32_t)(open - s);
		while (z > a && s[z - 1] <= ' ')
			z--;
		if (z - a > 2 && s[a] == '"' && s[z - 1] == '"') {
			a++;
			z--;
		}
	} else if (open != NULL) {
		a = (uint32_t)(open - s) + 1;
		if (s[z - 1] == '>')
			z--;
	}
	put_value(m, field, a, z);
	flow_field(&m->f, FIELD_PROVIDER, "From");
}

static void
put_header(struct mail *m, uint32_t at)
{
	struct mime_field field;

	for (; mime_field(m->l.s, at, m->l.n, &field); at = field.next) {
		if (mime_field_is(m->l.s, &field, "subject")) {
			put_value(m, &field, field.a, field.z);
			flow_field_of(&m->f, flow_block(&m->f, BLOCK_HEADLINE, SURE, true), FIELD_HEADLINE, "Subject");
		} else if (mime_field_is(m->l.s, &field, "from")) {
			put_sender(m, &field);
		} else if (mime_field_is(m->l.s, &field, "date")) {
			put_value(m, &field, field.a, field.z);
			flow_field(&m->f, FIELD_PUBLISHED, "Date");
		} else if (mime_field_is(m->l.s, &field, "content-language")) {
			put_value(m, &field, field.a, field.z);
			flow_field(&m->f, FIELD_LANGUAGE, "Content-Language");
		} else if (mime_field_is(m->l.s, &field, "expires")) {
			put_value(m, &field, field.a, field.z);
			flow_field(&m->f, FIELD_USAGE_TERMS, "Expires");
		}
	}
}

/* ---- the content ---- */

/* Where the signature begins: a line of two dashes. */
static uint32_t
signature(const struct layer *l)
{
	for (const char *p = l->s, *end = p + l->n; (p = memchr(p, '\n', (size_t)(end - p))) != NULL;) {
		p++;
		if (end - p >= 2 && p[0] == '-' && p[1] == '-') {
			const char *q = p + 2;

			q += q < end && *q == ' ';
			q += q < end && *q == '\r';
			if (q == end || *q == '\n')
				return (uint32_t)(p - l->s);
		}
	}
	return l->n;
}

static size_t
put_plain(struct mail *m, const struct layer *l)
{
	uint32_t end = signature(l);
	size_t made = plain_blocks(&m->f, l, 0, end), before = m->f.a->nblocks;

	if (end < l->n) {
		plain_blocks(&m->f, l, end, l->n);
		flow_name(&m->f, before, BLOCK_BOILERPLATE);
	}
	return made;
}

static size_t
put_text(struct mail *m, const struct mime_part *part)
{
	struct text text;
	struct layer l;
	size_t made;

	if (!part->charset_known)
		source_remark(m->src, REMARK_DAMAGED, (struct extent){ part->charset_at, part->charset_end },
		    "a charset that is not known, read as windows-1252");
	text_init(&text);
	mime_decode(&text, &m->l, part, m->src);
	l = layer_of_text(&text);
	made = strcmp(part->type, "text/html") == 0 ? body_html(&m->f, &l) : put_plain(m, &l);
	text_release(&text);
	return made;
}

static size_t put_part(struct mail *m, uint32_t a, uint32_t z, unsigned depth);

/* The parts of a multipart one, each in its order; of alternatives the first that is read. */
static size_t
put_parts(struct mail *m, const struct mime_part *whole, unsigned depth)
{
	bool alternative = strcmp(whole->type, "multipart/alternative") == 0, ended = false;
	uint32_t at = whole->a, a, z;
	size_t made = 0;

	while (mime_next(m->l.s, whole, &at, &a, &z, &ended)) {
		if (alternative && made != 0)
			continue;
		made += put_part(m, a, z, depth + 1);
	}
	if (!ended)
		source_remark(m->src, REMARK_DAMAGED, (struct extent){ whole->z, whole->z }, "the mail ends inside a part, expected its last boundary");
	return made;
}

static size_t
put_part(struct mail *m, uint32_t a, uint32_t z, unsigned depth)
{
	struct mime_part part;

	mime_part(m->l.s, a, z, &part);
	if (part.attached || depth > DEPTH) {
		m->attached = true;
		return 0;
	}
	if (strcmp(part.type, "multipart/encrypted") == 0 || strcmp(part.type, "application/pkcs7-mime") == 0) {
		m->encrypted = true;
		return 0;
	}
	if (strncmp(part.type, "multipart/", 10) == 0 && part.boundary < part.boundary_end)
		return put_parts(m, &part, depth);
	if (strcmp(part.type, "message/rfc822") == 0)
		return put_part(m, part.a, part.z, depth + 1);
	if (strcmp(part.type, "text/plain") == 0 || strcmp(part.type, "text/html") == 0 || strcmp(part.type, "text") == 0)
		return put_text(m, &part);
	m->attached = true;
	return 0;
}

/* Where the header begins: blank lines, and the line of a mailbox, may stand before it. */
static uint32_t
header_start(const char *s, uint32_t n)
{
	uint32_t at = 0, end;

	while (at < n && at < 2000 && (s[at] == ' ' || s[at] == '\t' || s[at] == '\r' || s[at] == '\n'))
		at++;
	if (n - at > 5 && memcmp(s + at, "From ", 5) == 0) {
		for (end = at; end < n && s[end] != '\n'; end++)
			;
		at = end < n ? end + 1 : n;
	}
	return at;
}

/* Field names that mail has; the first four are of mail on its way, and no story has them. */
static int
sniff(const struct source *src)
{
	static const char *const names[] = {
		"received", "message-id", "mime-version", "return-path", "from", "to", "subject", "date", "content-type", "delivered-to",
		"reply-to", "cc", "sender", "content-transfer-encoding", "bcc", "x-mailer"
	};
	uint32_t at = header_start(src->s, (uint32_t)src->len), seen = 0, fields = 0;
	struct mime_field f;

	for (; fields < HEADER_LINES && mime_field(src->s, at, (uint32_t)src->len, &f); at = f.next, fields++)
		for (uint32_t i = 0; i < sizeof names / sizeof *names; i++)
			if (mime_field_is(src->s, &f, names[i]))
				seen |= 1u << i;
	if (fields < 3 || (f.next == at && at < src->len))
		return 0;		/* no empty line ends it */
	if ((seen & 0xFu) != 0 && __builtin_popcount(seen) >= 3)
		return 70;
	return (seen & 0x10u) && (seen & 0x40u) && (seen & 0xA0u) ? 60 : 0;
}

static bool
read_mail(struct source *src, struct intake *in)
{
	struct mail m = { .src = src, .l = layer_of_source(src) };
	uint32_t at = header_start(src->s, (uint32_t)src->len);
	size_t made;

	flow_init(&m.f, intake_begin(in, src, "mail", NULL));
	put_header(&m, at);
	made = put_part(&m, at, m.l.n, 0);
	if (made != 0)
		intake_end(in, UINT32_MAX);
	else
		in->refusal = m.encrypted ? "an encrypted mail" : m.attached ? "a mail without text, only attachments" : "a mail without text";
	return made != 0;
}

const struct reader reader_mail = {
	.name = "mail",
	.title = "mail with copy in it: plain or HTML, quoted-printable or base64",
	.suffixes = "eml",
	.signs = "header fields of mail (From, Subject, Date, Received ...), then an empty line",
	.fields = "headline (Subject) provider (From) usage-terms (Expires) language published (Date)",
	.sniff = sniff,
	.read = read_mail,
};
