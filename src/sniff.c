/* What the first bytes of a file of XML or HTML say. */
#include "sniff.h"

#include "util/str.h"

#include <stdlib.h>
#include <string.h>

enum { JUNK_MOST = 256, LOOK_MOST = 64 * 1024 };	/* a licence may stand in a comment before the root */

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool
is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.' || c == ':' ||
	    (unsigned char)c >= 0x80;
}

/* The value of xmlns or xmlns:PREFIX in a start tag. */
static void
find_namespace(const char *s, const char *end, const char *prefix, size_t nprefix, struct sniffed *out)
{
	while (s < end && *s != '>') {
		const char *name, *value;
		char quote;
		bool wanted;

		while (s < end && (is_blank(*s) || *s == '/'))
			s++;
		for (name = s; s < end && is_name(*s); s++)
			;
		wanted = nprefix == 0 ? s - name == 5 && memcmp(name, "xmlns", 5) == 0 :
		    (size_t)(s - name) == 6 + nprefix && memcmp(name, "xmlns:", 6) == 0 && memcmp(name + 6, prefix, nprefix) == 0;
		while (s < end && is_blank(*s))
			s++;
		if (s >= end || *s != '=') {
			s += s < end && *s != '>' && s == name;
			continue;
		}
		for (s++; s < end && is_blank(*s); s++)
			;
		if (s >= end || (*s != '"' && *s != '\''))
			continue;
		quote = *s++;
		value = s;
		s = memchr(s, quote, (size_t)(end - s));
		if (s == NULL)
			return;
		if (wanted) {
			out->ns = value;
			out->ns_len = (size_t)(s - value);
			return;
		}
		s++;
	}
}

static bool
find_root(const struct source *src, struct sniffed *out)
{
	const char *s = src->s, *end = s + (src->len < LOOK_MOST ? src->len : LOOK_MOST), *name, *colon;

	memset(out, 0, sizeof *out);
	while (s < end && is_blank(*s))
		s++;
	if (s < end && *s != '<') {
		/* a little junk before the declaration: "\xEF\xBB\xBF" twice, a stray line */
		const char *decl = memmem(s, (size_t)(end - s) < JUNK_MOST ? (size_t)(end - s) : JUNK_MOST, "<?xml", 5);

		if (decl == NULL)
			return false;
		s = decl;
	}
	while (s < end) {
		const char *close;

		while (s < end && *s != '<')
			s++;
		if (end - s < 2)
			return false;
		if (str_case_begins(s, (size_t)(end - s), "<!--")) {
			close = memmem(s + 4, (size_t)(end - s - 4), "-->", 3);
			s = close != NULL ? close + 3 : end;
		} else if (s[1] == '?') {
			close = memmem(s, (size_t)(end - s), "?>", 2);
			s = close != NULL ? close + 2 : end;
		} else if (str_case_begins(s, (size_t)(end - s), "<!doctype")) {
			const char *subset, *type = s + 9;

			while (type < end && is_blank(*type))
				type++;
			out->html = out->html || str_case_begins(type, (size_t)(end - type), "html");
			close = memchr(s, '>', (size_t)(end - s));
			subset = close != NULL ? memchr(s, '[', (size_t)(close - s)) : NULL;
			if (subset != NULL)
				close = memmem(subset, (size_t)(end - subset), "]", 1);
			s = close != NULL ? close + 1 : end;
		} else {
			break;
		}
	}
	if (end - s < 2 || *s != '<' || !is_name(s[1]))
		return false;
	for (name = ++s; s < end && is_name(*s); s++)
		;
	colon = memchr(name, ':', (size_t)(s - name));
	out->name = colon != NULL ? colon + 1 : name;
	out->n = (size_t)(s - out->name);
	find_namespace(s, end, name, colon != NULL ? (size_t)(colon - name) : 0, out);
	return true;
}

void
look_begin(struct look *k, const struct source *src)
{
	memset(k, 0, sizeof *k);
	k->src = src;
	k->rooted = find_root(src, &k->root);
	look_json(k);
}

void
look_end(struct look *k)
{
	free(k->keys);
}

bool
look_root_is(const struct look *k, const char *name)
{
	return k->rooted && str_case_is(k->root.name, k->root.n, name);
}

bool
sniff_is_html(const struct sniffed *root)
{
	static const char *const names[] = {
		"html", "head", "body", "article", "div", "p", "h1", "h2", "h3", "h4", "section", "main", "header", "span", "strong", "b", "em",
		"i", "u", "a", "br", "hr", "img", "figure", "blockquote", "ul", "ol", "table", "center", "font", "title", "meta", "link",
		"script", "style", "iframe", "q", "cite", "small", "pre", "code", "aside", "nav", "footer", "video", "audio"
	};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (root->ns == NULL && str_case_is(root->name, root->n, names[i]))
			return true;
	return false;
}
