/* Shortcodes and their like, overwritten so that a parser of Markdown does not take them for text.
 *
 *	Seen {{< ref "x" >}} here	the bytes of the shortcode become CODE_BYTE, the words keep their places
 *	{{< figure src="a.jpg"		alone on its lines: they are blank
 *	    caption="The quay" >}}	... and `The quay` is a caption
 */
#include "read/markdown_codes.h"

#include "util/str.h"
#include "util/xmalloc.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST = 16 * 1024, MARKERS = 128, INDENT = 512, COLUMNS = 128, ADDRESS = 512, LINES = 2000 };

struct scan {
	struct codes *c;
	const struct layer *l;
	const char *s;
	uint32_t n;
	struct { uint32_t at; bool known; } close[2];	/* the next "}}" and "%}"; at n: there is none */
	bool no_end[2];			/* no {% endcomment %}, {% endhighlight %} follows */
};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static void
overwrite(struct scan *k, uint32_t a, uint32_t z, int with)
{
	if (a >= z)
		return;
	if (k->c->blanked == NULL) {
		k->c->blanked = xmalloc(k->n);
		memcpy(k->c->blanked, k->s, k->n);
	}
	memset(k->c->blanked + a, with, z - a);
}

/* The next closing brace pair at or behind `at`, found once for all openings before it; n if there is none. */
static uint32_t
next_close(struct scan *k, uint32_t at, bool percent)
{
	if (!k->close[percent].known || k->close[percent].at < at) {
		const char *found = memmem(k->s + at, k->n - at, percent ? "%}" : "}}", 2);

		k->close[percent].at = found != NULL ? (uint32_t)(found - k->s) : k->n;
		k->close[percent].known = true;
	}
	return k->close[percent].at;
}

/* Where the code that opens at `at` closes (behind its marks); 0 if it does not.  Marks inside quotation marks do not close it. */
static uint32_t
code_end(struct scan *k, uint32_t at, bool percent)
{
	uint32_t first = next_close(k, at + 2, percent), most = at + LONGEST < k->n ? at + LONGEST : k->n;
	char quote = 0;

	if (first >= most)
		return 0;
	for (uint32_t i = at + 2; i + 1 < most; i++) {
		char c = k->s[i];

		if (quote != 0) {
			if (c == '\\' && quote == '"')
				i++;
			else if (c == quote)
				quote = 0;
			else if (c == '{' && (k->s[i + 1] == '{' || k->s[i + 1] == '%'))
				return first < i ? first + 2 : 0;	/* a mark too many; what closes behind it is another code's */
		} else if ((c == '"' || c == '`' || c == '\'') && (k->s[i - 1] == '=' || str_is_space(k->s[i - 1]))) {
			quote = c;
		} else if (k->s[i + 1] == '}' && c == (percent ? '%' : '}')) {
			return i + 2;
		} else if (c == '{' && k->s[i + 1] == '{') {
			return 0;
		}
	}
	return first + 2;
}

static bool
name_has(const char *name, size_t n, const char *what)
{
	return memmem(name, n, what, strlen(what)) != NULL;
}

/* name="value" pairs between `at` and `z`. */
static void
read_args(struct scan *k, uint32_t code, uint32_t at, uint32_t z)
{
	const char *s = k->s;
	const char *name;
	size_t n, first = k->c->nargs;
	struct code_arg alt = { .a = 0 };
	bool picture, figure, caption = false;

	while (at < z && (str_is_space(s[at]) || strchr("{<%-", s[at]) != NULL))
		at++;
	name = s + at;
	while (at < z && !str_is_space(s[at]))
		at++;
	if ((size_t)(s + at - name) == 7 && memcmp(name, "include", 7) == 0) {
		while (at < z && str_is_space(s[at]))
			at++;
		name = s + at;
		while (at < z && !str_is_space(s[at]))
			at++;
	}
	n = (size_t)(s + at - name);
	figure = name_has(name, n, "figure");
	picture = figure || name_has(name, n, "fig") || name_has(name, n, "img") || name_has(name, n, "image") ||
	    name_has(name, n, "photo") || name_has(name, n, "picture") || name_has(name, n, "caption");
	if (!picture)
		return;
	while (at < z) {
		char key[24];
		struct code_arg arg = { .code = code };
		uint32_t from;
		char quote;

		while (at < z && str_is_space(s[at]))
			at++;
		for (from = at; at < z && !str_is_space(s[at]) && s[at] != '='; at++)
			;
		n = at - from;
		memcpy(key, s + from, n < sizeof key ? n : 0);
		key[n < sizeof key ? n : 0] = '\0';
		key_fold(key);
		while (at < z && str_is_space(s[at]))
			at++;
		if (at >= z || s[at] != '=') {
			at += at == from;
			continue;
		}
		for (at++; at < z && str_is_space(s[at]); at++)
			;
		if (at >= z || (s[at] != '"' && s[at] != '\'' && s[at] != '`'))
			continue;
		quote = s[at++];
		arg.a = at;
		arg.escapes = quote == '"';
		while (at < z && s[at] != quote)
			at += s[at] == '\\' && arg.escapes && at + 1 < z ? 2 : 1;
		arg.z = at;
		at += at < z;
		if (arg.a == arg.z)
			continue;
		arg.credit = str_in_list(key, strlen(key), "attr attribution credit photo-credit image-credit photographer copyright");
		if (arg.credit) {
			XPUSH(k->c->args, k->c->nargs, k->c->capargs) = arg;
		} else if (str_in_list(key, strlen(key), "caption cutline") || (figure && strcmp(key, "title") == 0)) {
			XPUSH(k->c->args, k->c->nargs, k->c->capargs) = arg;
			caption = true;
		} else if (figure && strcmp(key, "alt") == 0) {
			alt = arg;
		}
	}
	/* a figure that says what it shows nowhere else */
	if (!caption && alt.z != 0) {
		XPUSH(k->c->args, k->c->nargs, k->c->capargs) = alt;
		if (k->c->nargs - first > 1) {
			memmove(k->c->args + first + 1, k->c->args + first, (k->c->nargs - first - 1) * sizeof alt);
			k->c->args[first] = alt;
		}
	}
}

/* Tags whose content is no text: the end of what they open; `end` if it stays open. */
static uint32_t
region_end(struct scan *k, uint32_t at, uint32_t end)
{
	static const char *const names[2] = { "comment", "highlight" };

	for (at += 2; at < end && (str_is_space(k->s[at]) || k->s[at] == '-'); at++)
		;
	for (int i = 0; i < 2; i++) {
		size_t n = strlen(names[i]);
		char word[16] = "end";
		uint32_t from = end;

		if (end - at < n || memcmp(k->s + at, names[i], n) != 0 || k->no_end[i])
			continue;
		strcat(word, names[i]);
		for (const char *f; (f = memmem(k->s + from, k->n - from, word, n + 3)) != NULL; from = (uint32_t)(f - k->s) + 1) {
			const char *b = f;

			while (b > k->s + end && (str_is_space(b[-1]) || b[-1] == '-'))
				b--;
			if (b - (k->s + end) >= 2 && b[-1] == '%' && b[-2] == '{') {
				uint32_t close = next_close(k, (uint32_t)(f - k->s), true);

				return close < k->n ? close + 2 : k->n;
			}
		}
		k->no_end[i] = true;
	}
	return end;
}

/* The code that opens with the brace at `at`; behind it, or `at` where none is. */
static uint32_t
brace(struct scan *k, uint32_t at)
{
	char c = at + 1 < k->n ? k->s[at + 1] : '\0';
	uint32_t end;

	if (c == '{' || c == '%') {
		if ((end = code_end(k, at, c == '%')) == 0)
			return at;
		read_args(k, at, at + 2, end - 2 - (end - 2 > at + 2 && (k->s[end - 3] == '>' || k->s[end - 3] == '%')));
		if (c == '%')
			end = region_end(k, at, end);
		overwrite(k, at, end, CODE_BYTE);
		return end;
	}
	/* attribute lists: {: .lead }, and {#id .class} at the end of a line */
	if (c != ':' && c != '#' && c != '.')
		return at;
	for (end = at + 2; end < k->n && end - at < 200 && k->s[end] != '}' && k->s[end] != '\n' && k->s[end] != '{'; end++)
		;
	if (end >= k->n || k->s[end] != '}')
		return at;
	end++;
	if (c != ':') {
		uint32_t eol = end;

		while (eol < k->n && (is_blank(k->s[eol]) || k->s[eol] == '\r'))
			eol++;
		if (eol < k->n && k->s[eol] != '\n')
			return at;
	}
	overwrite(k, at, end, CODE_BYTE);
	return end;
}

/* A footnote's mark in the text, or before its text, where a colon follows: that text is a paragraph. */
static uint32_t
footnote(struct scan *k, uint32_t at, bool at_start)
{
	uint32_t end = at + 2, line, next;

	while (end < k->n && end - at < 100 && k->s[end] != ']' && !str_is_space(k->s[end]))
		end++;
	if (end == at + 2 || end >= k->n || k->s[end] != ']')
		return at;
	end++;
	if (!at_start || end >= k->n || k->s[end] != ':') {
		overwrite(k, at, end, CODE_BYTE);
		return end;
	}
	for (end++; end < k->n && (k->s[end] == ' ' || k->s[end] == '\t');)
		end++;
	overwrite(k, at, end, CODE_BYTE);
	/* a paragraph would take the addresses of links below it for its text */
	for (line = str_line_end(k->s, end, k->n); line < k->n && k->s[line] != '\n'; line = next) {
		next = str_line_end(k->s, line, k->n);
		if (next - line > 2 && k->s[line] == '[' && k->s[line + 1] == '^')
			break;		/* the next note sees to its own */
		if (k->s[line] == '[' && memmem(k->s + line, next - line, "]:", 2) != NULL)
			overwrite(k, line, next - (k->s[next - 1] == '\n'), ' ');
	}
	return end;
}

/* Deep nesting costs a parser time for every line that follows, and wide tables for every row: a line opens so many containers and
 * no more, and a table has so many columns. */
static void
tame_line(struct scan *k, uint32_t at)
{
	uint32_t end, i = at;
	unsigned markers = 0, indent = 0, bars = 0;

	for (; i < k->n && strchr(" \t>*+-.)0123456789", k->s[i]) != NULL && k->s[i] != '\0'; i++) {
		if (k->s[i] == '>' || (i + 1 < k->n && !is_blank(k->s[i]) && is_blank(k->s[i + 1])))
			markers++;
		else if (is_blank(k->s[i]))
			indent += k->s[i] == '\t' ? 4 : 1;
		if (markers > MARKERS || indent > INDENT) {
			for (end = i; end < k->n && strchr(" \t>*+-.)0123456789", k->s[end]) != NULL && k->s[end] != '\0'; end++)
				;
			overwrite(k, i, end, CODE_BYTE);
			return;
		}
	}
	if (i >= k->n || strchr("|:", k->s[i]) == NULL)
		i = at;
	for (end = i; end < k->n && strchr("|:- \t>", k->s[end]) != NULL && k->s[end] != '\0'; end++)
		bars += k->s[end] == '|';
	if (bars > COLUMNS)
		overwrite(k, i, end, CODE_BYTE);
}

/* A link's definition, "[name]: address".  Each link to it costs as much as its address and title are long: long ones, such as
 * whole pictures in base64, are cut. */
static void
definition(struct scan *k, uint32_t at)
{
	uint32_t end = at + 1, from;
	char close;

	while (end < k->n && end - at < 1000 && k->s[end] != ']' && k->s[end] != '\n')
		end++;
	if (end + 1 >= k->n || k->s[end] != ']' || k->s[end + 1] != ':')
		return;
	for (end += 2; end < k->n && str_is_space(k->s[end]); end++)
		;
	for (from = end; end < k->n && !str_is_space(k->s[end]); end++)
		;
	if (end - from > ADDRESS) {
		overwrite(k, from + ADDRESS / 2, end, ' ');
		if (k->s[from] == '<')
			k->c->blanked[from + ADDRESS / 2] = '>';
	}
	for (; end < k->n && str_is_space(k->s[end]); end++)
		;
	if (end >= k->n || (k->s[end] != '"' && k->s[end] != '\'' && k->s[end] != '('))
		return;
	close = k->s[end] == '(' ? ')' : k->s[end];
	for (from = end++; end < k->n && end - from <= ADDRESS && k->s[end] != close; end++)
		;
	if (end < k->n && end - from > ADDRESS)
		overwrite(k, from, from + 1, CODE_BYTE);
}

/* Can the line at `at` be nothing but more of a paragraph?  *from is where its text begins, behind blanks and the marks of
 * quotations. */
static bool
goes_on(const struct scan *k, uint32_t at, uint32_t *from)
{
	const char *s = k->s;
	char c, next;

	while (at < k->n && (is_blank(s[at]) || s[at] == '>'))
		at++;
	*from = at;
	c = at < k->n ? s[at] : '\n';
	next = at + 1 < k->n ? s[at + 1] : '\n';
	if (c == '\n' || c == '\r' || c == '#' || c == '=' || c == '|')
		return false;
	if (strchr("-*+_~`", c) != NULL && c != '\0')
		return next != c && !str_is_space(next);
	while (at < k->n && s[at] >= '0' && s[at] <= '9')
		at++;
	return at == *from || at == k->n || (s[at] != '.' && s[at] != ')');
}

/* A link costs md4c as much as its paragraph has lines: from some number on they are joined. */
static void
join_lines(struct scan *k, uint32_t from)
{
	unsigned lines = 0;
	uint32_t next, text;

	for (uint32_t line = from; line < k->n; line = next) {
		next = str_line_end(k->s, line, k->n);
		if (!goes_on(k, line, &text)) {
			lines = 0;
		} else if (++lines > LINES) {
			for (uint32_t i = line - 1; i < text; i++)
				overwrite(k, i, i + 1, k->s[i] == '>' ? CODE_BYTE : ' ');
			if (line >= from + 2 && k->s[line - 2] == '\r')
				overwrite(k, line - 2, line - 1, ' ');
		}
	}
}

/* Lines of nothing but codes are blank. */
static void
clear_lines(struct scan *k, uint32_t from)
{
	char *b = k->c->blanked;
	uint32_t next;

	for (uint32_t line = from; b != NULL && line < k->n; line = next) {
		const char *nl = memchr(b + line, '\n', k->n - line);
		uint32_t i = line;

		next = nl != NULL ? (uint32_t)(nl - b) + 1 : k->n;
		while (i < next && ((unsigned char)b[i] == CODE_BYTE || str_is_space(b[i])))
			i++;
		for (; i == next && line < next; line++)
			if ((unsigned char)b[line] == CODE_BYTE)
				b[line] = ' ';
	}
}

/* What has to be looked at behind a line's first word. */
static const bool starts[256] = { ['{'] = true, ['['] = true, ['\n'] = true };

void
codes_find(struct codes *c, const struct layer *l, uint32_t from)
{
	struct scan k = { .c = c, .l = l, .s = l->s, .n = l->n };
	uint32_t at = from, end;
	bool line = true, start = true;		/* at a line's beginning; before its first word */

	memset(c, 0, sizeof *c);
	while (at < k.n) {
		char b = k.s[at];

		if (line)
			tame_line(&k, at);
		line = false;
		if (!start) {
			while (!starts[(unsigned char)b] && ++at < k.n)
				b = k.s[at];
			if (at == k.n)
				break;
		}
		if (b == '{' && (end = brace(&k, at)) != at) {
			at = end;
			line = start = false;
			continue;
		}
		if (b == '[' && at + 1 < k.n && k.s[at + 1] == '^' && (end = footnote(&k, at, start)) != at) {
			line = start = k.s[end - 1] == '\n';
			at = end;
			continue;
		}
		if (b == '[' && start)
			definition(&k, at);
		line = b == '\n';
		start = line || (start && strchr(" \t>-*+.)0123456789", b) != NULL && b != '\0');
		at++;
	}
	join_lines(&k, from);
	clear_lines(&k, from);
}

void
codes_release(struct codes *c)
{
	free(c->blanked);
	free(c->args);
	memset(c, 0, sizeof *c);
}

void
codes_value(struct text *to, const struct layer *l, const struct code_arg *arg)
{
	uint32_t run = arg->a, at = arg->a;

	for (; at < arg->z; at++)
		if (arg->escapes && l->s[at] == '\\' && at + 1 < arg->z && (l->s[at + 1] == '"' || l->s[at + 1] == '\\')) {
			layer_copy(to, l, run, at);
			text_segment(to, SEG_ESCAPE, l->s + at + 1, 1, layer_extent(l, at, at + 2));
			run = at + 2;
			at++;
		}
	layer_copy(to, l, run, arg->z);
}
