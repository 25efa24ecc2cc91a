/* Mail as it is put together (RFC 5322, 2045, 2046): the fields of a header, the parts of a message.  mime_decode.c makes characters
 * of what stands in them. */
#include "read/mime.h"

#include "util/str.h"

#include <string.h>
#include <strings.h>

/* ---- header fields ---- */

static uint32_t
line_end(const char *s, uint32_t at, uint32_t end, uint32_t *next)
{
	const char *lf = at < end ? memchr(s + at, '\n', end - at) : NULL;
	uint32_t z = lf != NULL ? (uint32_t)(lf - s) : end;

	*next = lf != NULL ? z + 1 : end;
	if (z > at && s[z - 1] == '\r')
		z--;
	return z;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool
mime_field(const char *s, uint32_t at, uint32_t end, struct mime_field *out)
{
	uint32_t z = line_end(s, at, end, &out->next), name = at;

	out->name = at;
	while (name < z && s[name] > ' ' && s[name] < 127 && s[name] != ':')
		name++;
	if (name == at || name >= z || s[name] != ':') {
		if (z != at)
			out->next = at;		/* no header: it is content */
		return false;
	}
	out->name_end = name;
	out->a = name + 1;
	while (out->next < end && (s[out->next] == ' ' || s[out->next] == '\t'))
		z = line_end(s, out->next, end, &out->next);
	out->z = z;
	while (out->a < out->z && is_blank(s[out->a]))
		out->a++;
	while (out->z > out->a && is_blank(s[out->z - 1]))
		out->z--;
	return true;
}

bool
mime_field_is(const char *s, const struct mime_field *f, const char *name)
{
	return str_case_is(s + f->name, f->name_end - f->name, name);
}

/* The value of a parameter ("; charset=utf-8"), without its quotation marks. */
static bool
parameter(const char *s, const struct mime_field *f, const char *name, uint32_t *a, uint32_t *z)
{
	uint32_t n = (uint32_t)strlen(name);

	for (uint32_t i = f->a; i + n < f->z; i++) {
		if (s[i] == '"') {		/* of another parameter */
			const char *close = memchr(s + i + 1, '"', f->z - i - 1);

			if (close == NULL)
				break;
			i = (uint32_t)(close - s);
			continue;
		}
		if (strncasecmp(s + i, name, n) != 0 || s[i + n] != '=' || (i > f->a && s[i - 1] != ';' && !is_blank(s[i - 1])))
			continue;
		*a = i + n + 1;
		if (*a < f->z && s[*a] == '"') {
			const char *close = memchr(s + *a + 1, '"', f->z - *a - 1);

			(*a)++;
			*z = close != NULL ? (uint32_t)(close - s) : f->z;
		} else {
			for (*z = *a; *z < f->z && s[*z] != ';' && !is_blank(s[*z]); (*z)++)
				;
		}
		return *a < *z;
	}
	return false;
}

void
mime_charset(const char *s, uint32_t a, uint32_t z, struct mime_charset *out)
{
	const char *star = memchr(s + a, '*', z - a);	/* "utf-8*en" */
	char name[40];

	if (z - a >= 2 && s[a] == '\'' && s[z - 1] == '\'') {
		a++;
		z--;
	}
	out->a = a;
	out->z = z = star != NULL ? (uint32_t)(star - s) : z;
	out->encoding = ENC_UTF8;
	out->known = false;
	if (z - a >= sizeof name)
		return;
	memcpy(name, s + a, z - a);
	name[z - a] = '\0';
	/* UTF-16 has no business in mail, and ASCII is what those say who know nothing */
	out->known = encoding_parse(name, &out->encoding) && out->encoding != ENC_UTF16LE && out->encoding != ENC_UTF16BE;
	out->ascii = strcasecmp(name, "us-ascii") == 0 || strcasecmp(name, "ascii") == 0;
}

static void
content_type(const char *s, const struct mime_field *f, struct mime_part *out)
{
	uint32_t a, z;
	size_t n = 0;

	for (uint32_t i = f->a; i < f->z && s[i] != ';' && !is_blank(s[i]) && n + 1 < sizeof out->type; i++)
		out->type[n++] = s[i] >= 'A' && s[i] <= 'Z' ? (char)(s[i] | 0x20) : s[i];
	out->type[n] = '\0';
	if (parameter(s, f, "charset", &a, &z))
		mime_charset(s, a, z, &out->charset);
	if (!parameter(s, f, "boundary", &out->boundary, &out->boundary_end))
		out->boundary = out->boundary_end = 0;
	out->flowed = parameter(s, f, "format", &a, &z) && z - a == 6 && strncasecmp(s + a, "flowed", 6) == 0;
	out->delsp = parameter(s, f, "delsp", &a, &z) && z - a == 3 && strncasecmp(s + a, "yes", 3) == 0;
}

void
mime_part(const char *s, uint32_t at, uint32_t end, struct mime_part *out)
{
	struct mime_field f;

	memset(out, 0, sizeof *out);
	strcpy(out->type, "text/plain");
	out->charset.known = out->charset.ascii = true;
	for (; mime_field(s, at, end, &f); at = f.next) {
		if (mime_field_is(s, &f, "content-type"))
			content_type(s, &f, out);
		else if (mime_field_is(s, &f, "content-transfer-encoding"))
			out->transfer = f.z - f.a == 16 && strncasecmp(s + f.a, "quoted-printable", 16) == 0 ? MIME_QUOTED :
			    f.z - f.a == 6 && strncasecmp(s + f.a, "base64", 6) == 0 ? MIME_BASE64 : MIME_PLAIN;
		else if (mime_field_is(s, &f, "content-disposition"))
			out->attached = f.z - f.a >= 10 && strncasecmp(s + f.a, "attachment", 10) == 0;
	}
	out->a = f.next < end ? f.next : end;
	out->z = end;
	out->unended = f.next == at && at < end;
}

/* Behind a boundary's name there is nothing, or the two dashes of the last one. */
static bool
is_boundary(const char *s, uint32_t line, uint32_t end, const struct mime_part *whole, bool *last)
{
	uint32_t n = whole->boundary_end - whole->boundary, at = line + 2 + n;

	if (end - line < n + 2 || s[line] != '-' || s[line + 1] != '-' || memcmp(s + line + 2, s + whole->boundary, n) != 0)
		return false;
	*last = end - at >= 2 && s[at] == '-' && s[at + 1] == '-';
	if (*last)
		at += 2;
	while (at < end && is_blank(s[at]))
		at++;
	return at == end;
}

bool
mime_guess_boundary(const char *s, struct mime_part *part)
{
	for (uint32_t at = part->a, next; at < part->z; at = next) {
		uint32_t end = line_end(s, at, part->z, &next);
		struct mime_field f;

		if (end - at > 2 && s[at] == '-' && s[at + 1] == '-' && memchr(s + at, ' ', end - at) == NULL &&
		    mime_field(s, next, part->z, &f) && f.name_end - f.name > 8 && strncasecmp(s + f.name, "content-", 8) == 0) {
			part->boundary = at + 2;
			part->boundary_end = end;
			return true;
		}
	}
	return false;
}

bool
mime_next(const char *s, const struct mime_part *whole, uint32_t *at, uint32_t *a, uint32_t *z, bool *ended)
{
	bool open = false, last;
	uint32_t next;

	*ended = false;
	while (*at < whole->z) {
		uint32_t line = *at, end = line_end(s, line, whole->z, &next);

		if (is_boundary(s, line, end, whole, &last)) {
			if (open) {
				*z = line;	/* the line end before it is the boundary's */
				if (*z > *a && s[*z - 1] == '\n')
					(*z)--;
				if (*z > *a && s[*z - 1] == '\r')
					(*z)--;
				return true;
			}
			if (last) {
				*ended = true;
				*at = whole->z;
				return false;
			}
			open = true;
			*a = next;
		}
		*at = next;
	}
	*z = whole->z;
	return open && *a < *z;
}
