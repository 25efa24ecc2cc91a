/* The reader of mail that carries copy (RFC 5322, MIME).
 *
 * Of alternatives the plain text is read, unless there is none or next to nothing in it; of a mixed mail all parts that are text, one
 * after the other.  Attachments are left out.  The subject is the headline.  A mail that only passes others on is as many stories as it
 * holds, and so is a mailbox. */
#include "read/body.h"
#include "read/mail_form.h"
#include "read/mime.h"
#include "read/plain.h"
#include "reader.h"
#include "sniff.h"
#include "util/xmalloc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
	DEPTH = 16,
	HEADER_LINES = 2000,
	SIGNATURE_LINES = 20,
	LITTLE = 400,			/* characters of a plain text that may only say where the story is */
};

struct mail {
	struct source *src;
	struct layer l;
	struct flow f;
	const char *refusal;		/* what a part that could not be read is; NULL */
	bool quiet;			/* read before: what is odd has been said */
	bool form;			/* the text is a form, which has its own headline */
};

/* How far the article has come, to take back what was put since. */
struct mark { size_t chars, segs, blocks, fields; uint32_t paragraph; };

static struct mark
mark_here(struct mail *m)
{
	const struct article *a = m->f.a;

	flow_drop(&m->f);
	return (struct mark){ a->text.n, a->text.nsegs, a->nblocks, a->nfields, m->f.paragraph };
}

static void
back_to(struct mail *m, struct mark to)
{
	struct article *a = m->f.a;

	flow_drop(&m->f);
	a->text.n = to.chars;
	a->text.nsegs = to.segs;
	a->nblocks = to.blocks;
	a->nfields = to.fields;
	m->f.paragraph = to.paragraph;
}

static struct source *
remarks(struct mail *m)
{
	return m->quiet ? NULL : m->src;
}

static void
damaged(struct mail *m, uint32_t a, uint32_t z, const char *what)
{
	if (!m->quiet)
		source_remark(m->src, REMARK_DAMAGED, (struct extent){ a, z }, what);
}

/* ---- the header ---- */

static void
put_value(struct mail *m, uint32_t a, uint32_t z)
{
	struct text text;
	struct layer inner;

	text_init(&text);
	mime_value(&text, &m->l, a, z, remarks(m));
	inner = layer_of_text(&text);
	flow_drop(&m->f);
	flow_put(&m->f, &inner, 0, inner.n, FLOW_LITERAL);
	text_release(&text);
}

/* Narrows a sender to his name: "Jane Doe <jane@example.org>", "jane@example.org (Jane Doe)"; without one, to the address. */
static void
sender_name(const char *s, uint32_t *a, uint32_t *z)
{
	const char *open = memchr(s + *a, '<', *z - *a), *close;

	if (open != NULL && (uint32_t)(open - s) > *a) {
		*z = (uint32_t)(open - s);
	} else if (open != NULL) {
		*a = (uint32_t)(open - s) + 1;
		close = memchr(s + *a, '>', *z - *a);
		*z = close != NULL ? (uint32_t)(close - s) : *z;
	} else if (*z - *a > 2 && s[*z - 1] == ')' && (open = memchr(s + *a, '(', *z - *a)) != NULL && open + 2 < s + *z) {
		*a = (uint32_t)(open - s) + 1;
		(*z)--;
	}
	while (*z > *a && (unsigned char)s[*z - 1] <= ' ')
		(*z)--;
	if (*z - *a > 2 && s[*a] == '"' && s[*z - 1] == '"') {
		(*a)++;
		(*z)--;
	}
}

/* The subject behind "Fwd:" and its like, which are the way of the mail. */
static uint32_t
subject_start(const char *s, uint32_t a, uint32_t z)
{
	static const char *const words[] = { "fwd:", "fw:", "wg:", "tr:", "i:" };
	bool more = true;

	while (more) {
		more = false;
		for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
			uint32_t n = (uint32_t)strlen(words[i]);

			if (z - a <= n || strncasecmp(s + a, words[i], n) != 0 || (s[a + n] != ' ' && n < 3))
				continue;
			for (a += n; a < z && (s[a] == ' ' || s[a] == '\t' || s[a] == '\r' || s[a] == '\n'); a++)
				;
			more = true;
		}
	}
	return a;
}

static void
put_header(struct mail *m, uint32_t at, uint32_t end)
{
	struct mime_field field;

	for (; mime_field(m->l.s, at, end, &field); at = field.next) {
		if (mime_field_is(m->l.s, &field, "subject")) {
			if (m->form)
				continue;
			put_value(m, subject_start(m->l.s, field.a, field.z), field.z);
			flow_field_of(&m->f, flow_block(&m->f, BLOCK_HEADLINE, SURE, true), FIELD_HEADLINE, "Subject");
		} else if (mime_field_is(m->l.s, &field, "from")) {
			sender_name(m->l.s, &field.a, &field.z);
			put_value(m, field.a, field.z);
			flow_field(&m->f, FIELD_PROVIDER, "From");
		} else if (mime_field_is(m->l.s, &field, "date")) {
			put_value(m, field.a, field.z);
			flow_field(&m->f, FIELD_PUBLISHED, "Date");
		} else if (mime_field_is(m->l.s, &field, "content-language")) {
			put_value(m, field.a, field.z);
			flow_field(&m->f, FIELD_LANGUAGE, "Content-Language");
		} else if (mime_field_is(m->l.s, &field, "expires")) {
			put_value(m, field.a, field.z);
			flow_field(&m->f, FIELD_USAGE_TERMS, "Expires");
		}
	}
}

/* ---- the content ---- */

/* Where the signature begins: a line of two dashes, with not much behind it; the end if there is none. */
static uint32_t
signature(const struct layer *l)
{
	const char *s = l->s;
	uint32_t start = l->n, lines = 0;
	bool any = false;		/* something stands before it */

	for (uint32_t at = 0, next; at < l->n; at = next) {
		const char *lf = memchr(s + at, '\n', l->n - at);
		uint32_t z = lf != NULL ? (uint32_t)(lf - s) : l->n, end = z;

		next = lf != NULL ? z + 1 : l->n;
		while (end > at && (unsigned char)s[end - 1] <= ' ')
			end--;
		if (end - at == 2 && s[at] == '-' && s[at + 1] == '-' && any) {
			start = at;
			lines = 0;
		} else if (end > at) {
			any = true;
			/* a mail that is passed on below the signature, or a story */
			if (start < l->n && (++lines > SIGNATURE_LINES || end - at > 200 || (end - at > 5 && memcmp(s + at, "-----", 5) == 0)))
				start = l->n;
		}
	}
	return start;
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

/* As the programs that write mail name it. */
static bool
is_signature(const struct dom *el, void *arg)
{
	(void)arg;
	return body_has_word(el, "class", "gmail_signature moz-signature") || body_has_word(el, "id", "signature");
}

static size_t
put_html(struct mail *m, const struct layer *l)
{
	struct arena arena;
	struct dom *root;
	size_t made, before;

	if (memchr(l->s, '<', l->n) == NULL)
		return body_html(&m->f, l);
	arena_init(&arena);
	root = dom_html(&arena, l->s, l->n);
	made = body_markup_but(&m->f, l, root, is_signature, NULL);
	before = m->f.a->nblocks;
	for (const struct dom *d = dom_next(root, root); d != NULL;) {
		bool here = d->kind == DOM_ELEMENT && is_signature(d, NULL);

		if (here)
			body_markup(&m->f, l, d);
		d = here ? dom_after(root, d) : dom_next(root, d);
	}
	flow_name(&m->f, before, BLOCK_BOILERPLATE);
	arena_release(&arena);
	return made;
}

static bool
begins(const struct layer *l, const char *what)
{
	uint32_t at = 0, n = (uint32_t)strlen(what);

	while (at < l->n && (unsigned char)l->s[at] <= ' ')
		at++;
	return l->n - at >= n && memcmp(l->s + at, what, n) == 0;
}

static size_t
put_text(struct mail *m, const struct mime_part *part)
{
	struct text text;
	struct layer l;
	size_t made = 0;

	text_init(&text);
	mime_decode(&text, &m->l, part, remarks(m));
	l = layer_of_text(&text);
	if (begins(&l, "-----BEGIN PGP MESSAGE"))
		m->refusal = "an encrypted mail";
	else if (strcmp(part->type, "text/html") == 0)
		made = put_html(m, &l);
	else if (begins(&l, "{") && (made = mail_form(&m->f, &l, remarks(m))) != 0)
		m->form = true;
	else
		made = put_plain(m, &l);
	text_release(&text);
	return made;
}

static size_t put_part(struct mail *m, uint32_t a, uint32_t z, unsigned depth);

/* What a reader sees of the blocks since. */
static size_t
visible(const struct mail *m, struct mark since)
{
	size_t n = 0;

	for (size_t i = since.blocks; i < m->f.a->nblocks; i++)
		n += range_len(m->f.a->blocks[i].at);
	return n;
}

/* Of alternatives, each richer than the one before: the plain text, or the last that can be read where there is next to nothing in the
 * plain one, "this mail is in HTML". */
static size_t
put_alternative(struct mail *m, const struct mime_part *whole, unsigned depth, bool *ended, size_t *seen)
{
	struct extent plain = { 0, 0 }, rich = { 0, 0 };
	struct mark start = mark_here(m);
	uint32_t at = whole->a, a, z;
	size_t made = 0, little;
	bool was_quiet = m->quiet;

	for (; mime_next(m->l.s, whole, &at, &a, &z, ended); (*seen)++) {
		struct mime_part part;

		mime_part(m->l.s, a, z, &part);
		if (strcmp(part.type, "text/html") == 0 || strncmp(part.type, "multipart/", 10) == 0)
			rich = (struct extent){ a, z };
		else if (plain.z == 0 && strncmp(part.type, "text", 4) == 0)
			plain = (struct extent){ a, z };
	}
	if (plain.z != 0)
		made = put_part(m, plain.a, plain.z, depth + 1);
	little = visible(m, start);
	if (rich.z == 0 || m->form || (made != 0 && little >= LITTLE))
		return made;
	back_to(m, start);
	if (put_part(m, rich.a, rich.z, depth + 1) != 0 && (made == 0 || visible(m, start) > 3 * little + LITTLE / 4))
		return m->f.a->nblocks - start.blocks;
	back_to(m, start);
	m->quiet = true;
	if (plain.z != 0)
		made = put_part(m, plain.a, plain.z, depth + 1);
	m->quiet = was_quiet;
	return made;
}

/* The parts of a multipart one, each in its order; of alternatives one. */
static size_t
put_parts(struct mail *m, struct mime_part *whole, unsigned depth)
{
	bool ended = false;
	uint32_t at = whole->a, a, z;
	size_t made = 0, seen = 0;

	if (strcmp(whole->type, "multipart/alternative") == 0)
		made = put_alternative(m, whole, depth, &ended, &seen);
	else
		for (; mime_next(m->l.s, whole, &at, &a, &z, &ended); seen++)
			made += put_part(m, a, z, depth + 1);
	if (seen == 0 && !ended) {
		damaged(m, whole->boundary, whole->boundary_end, "a boundary that no part begins with, read as one text");
		strcpy(whole->type, "text/plain");
		return put_text(m, whole);
	}
	if (!ended)
		damaged(m, whole->z > whole->a ? whole->z - 1 : whole->z, whole->z, "the mail ends inside a part, expected its last boundary");
	return made;
}

/* A mail inside of the mail, behind text of its own: its subject is a head amid the text. */
static size_t
put_passed_on(struct mail *m, const struct mime_part *part, unsigned depth)
{
	struct mime_field field;
	uint32_t at = part->a;

	for (; mime_field(m->l.s, at, part->z, &field); at = field.next)
		if (mime_field_is(m->l.s, &field, "subject")) {
			put_value(m, subject_start(m->l.s, field.a, field.z), field.z);
			flow_block(&m->f, BLOCK_CROSSHEAD, SURE, true);
		}
	return put_part(m, part->a, part->z, depth + 1);
}

static size_t
put_part(struct mail *m, uint32_t a, uint32_t z, unsigned depth)
{
	struct mime_part part;

	mime_part(m->l.s, a, z, &part);
	if (depth > DEPTH) {
		damaged(m, a, z, "parts within parts, too deep to be read");
		return 0;
	}
	if (part.unended)
		damaged(m, part.a, part.a, "no empty line ends the header");
	if (strcmp(part.type, "message/rfc822") == 0)
		return put_passed_on(m, &part, depth);
	if (strcmp(part.type, "multipart/encrypted") == 0 || strcmp(part.type, "application/pkcs7-mime") == 0 ||
	    strcmp(part.type, "application/x-pkcs7-mime") == 0) {
		m->refusal = "an encrypted mail";
	} else if (strcmp(part.type, "multipart/report") == 0) {
		m->refusal = "a report on how mail was delivered, no story";
	} else if (part.attached) {
		m->refusal = m->refusal != NULL ? m->refusal : "a mail without text, only attachments";
	} else if (strncmp(part.type, "multipart/", 10) == 0) {
		if (part.boundary == part.boundary_end) {
			damaged(m, part.a, part.a, "parts without the name of their boundary");
			if (!mime_guess_boundary(m->l.s, &part)) {
				strcpy(part.type, "text/plain");
				return put_text(m, &part);
			}
		}
		return put_parts(m, &part, depth);
	} else if (strcmp(part.type, "text/plain") == 0 || strcmp(part.type, "text/html") == 0 || strcmp(part.type, "text") == 0 ||
	    strcmp(part.type, "text/markdown") == 0) {
		return put_text(m, &part);
	} else {
		m->refusal = m->refusal != NULL ? m->refusal : "a mail without text, only attachments";
	}
	return 0;
}

/* ---- the stories of a file ---- */

struct stories { struct extent *v; size_t n, cap; };

/* The mail in [a, z), or the mails that are all that is in it. */
static void
add_story(struct stories *st, const char *s, uint32_t a, uint32_t z, unsigned depth)
{
	size_t before = st->n;
	struct mime_part part, inner;
	bool ended, own = false;
	uint32_t at, b, c;

	mime_part(s, a, z, &part);
	if (depth < DEPTH && strcmp(part.type, "message/rfc822") == 0) {
		add_story(st, s, part.a, part.z, depth + 1);
		return;
	}
	if (depth < DEPTH && (strcmp(part.type, "multipart/mixed") == 0 || strcmp(part.type, "multipart/digest") == 0) &&
	    part.boundary < part.boundary_end) {
		bool digest = strcmp(part.type, "multipart/digest") == 0;

		for (at = part.a; !own && mime_next(s, &part, &at, &b, &c, &ended);) {
			uint32_t blank;

			mime_part(s, b, c, &inner);
			for (blank = inner.a; blank < inner.z && (unsigned char)s[blank] <= ' '; blank++)
				;
			if (strcmp(inner.type, "message/rfc822") == 0 || (digest && inner.charset.a == inner.charset.z))
				add_story(st, s, inner.a, inner.z, depth + 1);
			else if (blank < inner.z && !inner.attached && (strncmp(inner.type, "text", 4) == 0 || strncmp(inner.type, "multipart/", 10) == 0))
				own = true;
		}
		if (!own && st->n > before)
			return;
		st->n = before;
	}
	XPUSH(st->v, st->n, st->cap) = (struct extent){ a, z };
}

/* The end of a mailbox's mail that begins at `at`: before an empty line and "From ... ". */
static uint32_t
mail_end(const char *s, uint32_t at, uint32_t n)
{
	struct mime_field field;

	for (const char *p; (p = memmem(s + at, n - at, "\nFrom ", 6)) != NULL; at = (uint32_t)(p - s) + 6) {
		uint32_t line = (uint32_t)(p - s) + 1, before = line - 1;
		const char *lf = memchr(p + 1, '\n', n - line);

		if (before > 0 && s[before - 1] == '\r')
			before--;
		if (before > 0 && s[before - 1] == '\n' && lf != NULL && mime_field(s, (uint32_t)(lf - s) + 1, n, &field))
			return line;
	}
	return n;
}

/* Where the header begins: blank lines, and the line of a mailbox, may stand before it. */
static uint32_t
header_start(const char *s, uint32_t at, uint32_t n, bool *mailbox)
{
	uint32_t end;

	for (uint32_t from = at; at < n && at - from < 2000 && (s[at] == ' ' || s[at] == '\t' || s[at] == '\r' || s[at] == '\n');)
		at++;
	*mailbox = n - at > 5 && memcmp(s + at, "From ", 5) == 0;
	if (*mailbox) {
		for (end = at; end < n && s[end] != '\n'; end++)
			;
		at = end < n ? end + 1 : n;
	}
	return at;
}

/* Field names that mail has; the first four are of mail on its way, and no story has them. */
static int
sniff(const struct look *k)
{
	const struct source *src = k->src;
	static const char *const names[] = {
		"received", "message-id", "mime-version", "return-path", "from", "to", "subject", "date", "content-type", "delivered-to",
		"reply-to", "cc", "sender", "content-transfer-encoding", "bcc", "x-mailer"
	};
	bool mailbox, address = false;
	uint32_t n = (uint32_t)src->len, at = header_start(src->s, 0, n, &mailbox), seen = 0, fields = 0;
	struct mime_field f;

	for (; fields < HEADER_LINES && mime_field(src->s, at, n, &f); at = f.next, fields++)
		for (uint32_t i = 0; i < sizeof names / sizeof *names; i++)
			if (mime_field_is(src->s, &f, names[i])) {
				seen |= 1u << i;
				address = address || (i == 4 && memchr(src->s + f.a, '@', f.z - f.a) != NULL);
			}
	if (fields < 3)
		return 0;
	if ((seen & 0xFu) != 0 && __builtin_popcount(seen) >= 3)
		return 70;
	if (f.next == at && at < n)
		return 0;		/* no empty line ends it */
	/* "From: our correspondent" may stand above a story */
	return (seen & 0x10u) && (address || (seen & 0x20u)) && (seen & 0x40u) && (seen & 0xA0u) ? 60 : 0;
}

/* One mail; false: there is no story in it, and m->refusal says why. */
static bool
read_story(struct mail *m, struct extent at)
{
	struct mark start = mark_here(m);
	size_t made;

	m->refusal = NULL;
	m->form = false;
	put_header(m, at.a, at.z);
	made = put_part(m, at.a, at.z, 0);
	if (m->form) {			/* whose headline is not the mail's subject */
		back_to(m, start);
		m->quiet = true;
		put_header(m, at.a, at.z);
		made = put_part(m, at.a, at.z, 0);
		m->quiet = false;
	}
	if (made == 0 && m->refusal == NULL)
		m->refusal = "a mail without text";
	return made != 0;
}

static bool
read_mail(struct source *src, struct intake *in)
{
	struct mail m = { .src = src, .l = layer_of_source(src) };
	struct stories st = { NULL, 0, 0 };
	bool mailbox, any = false;
	char number[24];

	for (uint32_t at = 0, end; at < m.l.n; at = end) {
		at = header_start(src->s, at, m.l.n, &mailbox);
		if (at == m.l.n && st.n != 0)
			break;
		end = mailbox ? mail_end(src->s, at, m.l.n) : m.l.n;
		add_story(&st, src->s, at, end, 0);
	}
	for (size_t i = 0; i < st.n; i++) {
		snprintf(number, sizeof number, "%zu", i + 1);
		flow_init(&m.f, intake_begin(in, src, "mail", st.n > 1 ? number : NULL));
		if (read_story(&m, st.v[i])) {
			any = true;
			intake_end(in, i + 1 < st.n ? st.v[i].z : UINT32_MAX);
		} else if (st.n > 1) {
			intake_skip(in, number, st.v[i].z, m.refusal);
		}
	}
	if (!any)
		in->refusal = st.n > 1 ? "mails without any text" : m.refusal != NULL ? m.refusal : "a mail without text";
	free(st.v);
	return any;
}

const struct reader reader_mail = {
	.name = "mail",
	.title = "mail with copy in it: plain or HTML, quoted-printable or base64; a mailbox of them",
	.suffixes = "eml mbox",
	.signs = "header fields of mail (From, Subject, Date, Received ...), then an empty line",
	.fields = "headline (Subject) provider (From) usage-terms (Expires) language published (Date)",
	.coded = true,
	.reserved = "=",
	.sniff = sniff,
	.read = read_mail,
};
