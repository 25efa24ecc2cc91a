/* A post as WordPress keeps and exports it: HTML in which a blank line parts paragraphs, and with shortcodes.
 *
 *	[caption width="300"]<img src="tug.jpg"/> The tug at dawn[/caption]	is a caption
 *	[dropcap]T[/dropcap]he port						only its letter is read
 *	[gallery ids="1,2"]							nothing is read
 *
 * Prose has brackets too: "[sic]", "[the mayor]".  A shortcode is what is closed somewhere, or has attributes, or an underline in its
 * name.  The shortcodes of captions become HTML's, all others nothing: a text of its own, which keeps its way back. */
#include "read/wordpress.h"

#include "read/body.h"
#include "util/str.h"

#include <string.h>

enum { LONGEST_CODE = 2000, LONGEST_NAME = 40, MOST_NAMES = 64 };

struct name { const char *s; size_t n; };

struct codes {
	struct name closed[MOST_NAMES];		/* those that some [/name] closes */
	size_t n;
};

static bool
is_name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

/* The name that begins at s; empty if none does. */
static struct name
name_at(const char *s, const char *end)
{
	const char *p = s;

	while (p < end && p - s < LONGEST_NAME && is_name_char(*p))
		p++;
	return (struct name){ s, (size_t)(p - s) };
}

static bool
is_closed(const struct codes *c, struct name name)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->closed[i].n == name.n && memcmp(c->closed[i].s, name.s, name.n) == 0)
			return true;
	return false;
}

static void
find_closed(struct codes *c, const char *s, const char *end)
{
	c->n = 0;
	while (c->n < MOST_NAMES && (s = memchr(s, '[', (size_t)(end - s))) != NULL) {
		struct name name;

		if (++s == end || *s != '/')
			continue;
		name = name_at(++s, end);
		if (name.n != 0 && name.s + name.n < end && name.s[name.n] == ']' && !is_closed(c, name))
			c->closed[c->n++] = name;
	}
}

/* Behind the shortcode that begins at s, a bracket; NULL if none does. */
static const char *
code_end(const struct codes *c, const char *s, const char *end, struct name *name, bool *closes)
{
	const char *close;

	*closes = s + 1 < end && s[1] == '/';
	*name = name_at(s + 1 + *closes, end);
	if (name->n == 0)
		return NULL;
	close = memchr(s, ']', (size_t)(end - s < LONGEST_CODE ? end - s : LONGEST_CODE));
	if (close == NULL)
		return NULL;
	s = name->s + name->n;
	if (s != close && *s != ' ' && *s != '/' && *s != '\n')
		return NULL;
	if (*closes || is_closed(c, *name) || memchr(name->s, '_', name->n) != NULL || memchr(s, '=', (size_t)(close - s)) != NULL)
		return close + 1;
	return NULL;
}

/* The post with HTML in place of its shortcodes. */
static void
resolve(struct text *to, const struct layer *l)
{
	const char *s = l->s, *end = l->s + l->n, *run = s;
	struct codes codes;

	find_closed(&codes, s, end);
	while ((s = memchr(s, '[', (size_t)(end - s))) != NULL) {
		struct name name;
		bool closes;
		const char *behind = code_end(&codes, s, end, &name, &closes);

		if (behind == NULL) {
			s++;
			continue;
		}
		layer_copy(to, l, (uint32_t)(run - l->s), (uint32_t)(s - l->s));
		if (str_in_list(name.s, name.n, "caption wp_caption")) {
			const char *tag = closes ? "</figcaption>" : "<figcaption>";

			text_segment(to, SEG_BREAK, tag, strlen(tag), layer_extent(l, (uint32_t)(s - l->s), (uint32_t)(behind - l->s)));
		}
		run = s = behind;
	}
	layer_copy(to, l, (uint32_t)(run - l->s), l->n);
}

size_t
wordpress_body(struct flow *f, const struct layer *l)
{
	struct text text;
	struct layer resolved;
	size_t made;

	if (memchr(l->s, '[', l->n) == NULL)
		return body_html_lines(f, l);
	text_init(&text);
	resolve(&text, l);
	resolved = layer_of_text(&text);
	made = body_html_lines(f, &resolved);
	text_release(&text);
	return made;
}
