/* Blanks, words, names, labels and separators of lines with parts. */
#include "classify/classify_scan.h"

#include "util/buf.h"
#include "util/str.h"
#include "util/utf8.h"

#include <string.h>

bool
scan_listed(const struct parser *p, enum list_name list, const char *s, size_t n)
{
	return facts_in_list(p->l, list, s, n);
}

size_t
scan_blanks(const char *s, const char *end)
{
	const char *p = s;
	unsigned cp;

	while (p < end) {
		size_t step = utf8_next(p, &cp);

		if (!utf8_is_space(cp))
			break;
		p += step;
	}
	return (size_t)(p - s);
}

bool
scan_blank_before(const char *begin, const char *s)
{
	unsigned cp;

	if (s == begin)
		return false;
	if ((unsigned char)s[-1] < 0x80)
		return s[-1] == ' ' || (s[-1] >= '\t' && s[-1] <= '\r');
	return ((unsigned char)*s & 0xC0) != 0x80 && utf8_prev(begin, s, &cp) != 0 && utf8_is_space(cp);
}

const char *
scan_trim_end(const char *s, const char *end)
{
	unsigned cp;

	while (end > s) {
		size_t step = utf8_prev(s, end, &cp);

		if (!utf8_is_space(cp))
			break;
		end -= step;
	}
	return end;
}

const char *
scan_joint(const char *s, const char *end, const char *word, const char **behind)
{
	size_t n = strlen(word), blank;

	for (const char *q = s; (q = memmem(q, (size_t)(end - q), word, n)) != NULL; q += n)
		if (scan_blank_before(s, q) && (blank = scan_blanks(q + n, end)) != 0) {
			*behind = q + n + blank;
			return scan_trim_end(s, q);
		}
	return NULL;
}

/* A role's canonical value is its words in lower case, so that rules can ask for `handout`. */
const char *
scan_lower(struct parser *p, const char *s, const char *end)
{
	struct buf b = BUF_INIT;
	const char *value;
	unsigned cp;

	while (s < end) {
		s += utf8_next(s, &cp);
		buf_putcp(&b, utf8_fold(cp, p->l->turkic_case));
	}
	value = arena_strndup((struct arena *)&p->a->arena, b.s, b.n);
	buf_release(&b);
	return value;
}

void
scan_add(struct parser *p, enum part_name name, const char *s, const char *end, const char *value)
{
	struct parsed *o = p->out;

	if (name == PART_ROLE && value == NULL)
		value = scan_lower(p, s, end);
	if (o->nparts < PARSED_PARTS)
		o->parts[o->nparts++] = (struct part){ name, { (uint32_t)(s - p->t), (uint32_t)(end - p->t) }, value };
}

/* Blank-separated: the end of the word that begins at s. */
const char *
scan_word_end(const char *s, const char *end)
{
	unsigned cp;

	while (s < end) {
		size_t step = utf8_next(s, &cp);

		if (utf8_is_space(cp))
			break;
		s += step;
	}
	return s;
}

/* Four digits that are a year of this or the last century. */
bool
scan_year(const char *s, const char *end)
{
	size_t n = 0;

	while (s + n < end && n < 5 && s[n] >= '0' && s[n] <= '9')
		n++;
	return n == 4 && ((s[0] == '1' && s[1] == '9') || (s[0] == '2' && s[1] <= '1'));
}

/* Does it look like a name: words with capitals (particles between them may lack one), no digits, no stop word in
 * capitals ("The Week In Pictures"), a handle, initials? */
bool
scan_name(struct parser *p, const char *s, const char *end, unsigned *words)
{
	const struct language *en = facts_language("en");
	bool capital = false;

	*words = 0;
	if (s < end && *s == '@') {
		*words = 2;
		return end - s > 2 && scan_word_end(s, end) == end;
	}
	while (s < end) {
		const char *z = scan_word_end(s, end);
		unsigned first, cp;
		const char *q = s;

		q += utf8_next(q, &first);
		if (++*words > NAME_WORDS)
			return false;
		if (utf8_is_upper(first) || (utf8_is_letter(first) && !utf8_is_lower(first))) {
			size_t n = (size_t)(z - s);

			capital = true;
			if (*words == 1 && z == end && facts_in_list(en, LIST_STOPWORDS, s, n))
				return false;
			if ((*words > 1 || z == end) && n > 1 && (!p->slash || z == end) && facts_in_list(en, LIST_STOPWORDS, s, n) &&
			    !scan_listed(p, LIST_NAME_PARTICLES, s, n))
				return false;
		} else if (!(scan_listed(p, LIST_NAME_PARTICLES, s, (size_t)(z - s)) && z < end &&
		    !str_is(s, (size_t)(z - s), "the") && !(*words == 1 && str_is(s, (size_t)(z - s), "of"))) && !(first == 'd' && z - s > 2 &&
		    (s[1] == '\'' || (unsigned char)s[1] == 0xE2)) && !(z - s > 3 && s[0] == 'a' && s[2] == '-')) {
			return false;
		}
		for (; q < z; ) {
			q += utf8_next(q, &cp);
			if (!utf8_is_letter(cp) && cp != '.' && cp != '-' && cp != '\'' && cp != 0x2019 && !(cp >= 0x300 && cp < 0x370) &&
			    cp != '&' && cp != 0x2010 && cp != 0x2011)
				return false;
			if (cp == '.' && q == z && z - s > 4)	/* a sentence's stop */
				return false;
		}
		s = z + scan_blanks(z, end);
	}
	return capital;
}

/* The next separator of parties in s..end: sets *len; end if there is none.  "/", "|", ",", ";", " - ", and joining words. */
const char *
scan_separator(struct parser *p, const char *s, const char *end, size_t *len)
{
	const char *q = s, *z;

	for (*len = 0; q < end; q++) {
		unsigned char c = (unsigned char)*q;

		if (c == '/' || c == '|' || c == ',' || c == ';' || c == ':') {
			*len = 1;
			return q;
		}
		if (c == 0xC2 && end - q > 1 && (unsigned char)q[1] == 0xA9) {		/* © */
			*len = 2;
			return q;
		}
		if (c == 0xE2 && end - q > 2 && (memcmp(q, "•", 3) == 0 || memcmp(q, "–", 3) == 0 || memcmp(q, "—", 3) == 0)) {
			*len = 3;
			return q;
		}
		if (c != ' ' && scan_blank_before(s, q)) {
			z = scan_word_end(q, end);
			if (c == '-' && z == q + 1) {
				*len = 1;
				return q;
			}
			if (z < end && (c < 'A' || c > 'Z') && scan_listed(p, LIST_JOINERS, q, (size_t)(z - q)) &&
			    !(z - q == 2 && memcmp(q, "of", 2) == 0)) {
				*len = (size_t)(z - q);
				return q;
			}
		}
	}
	return end;
}

/* A label at s: the longest run of up to three words that is one.  Its bytes, 0 if none. */
size_t
scan_label(struct parser *p, enum list_name list, const char *s, const char *end)
{
	const char *q = s;
	size_t best = 0;
	unsigned words;

	for (words = 0; words < 3 && q < end; words++) {
		const char *z = q;
		unsigned cp;

		while (z < end) {
			size_t step = utf8_next(z, &cp);

			if (utf8_is_space(cp) || cp == ':' || cp == '/' || cp == '|' || cp == ',')
				break;
			z += step;
			if (cp == 0xA9)
				break;
		}
		if (z > q && scan_listed(p, list, s, (size_t)(z - s)))
			best = (size_t)(z - s);
		else if (z - q > 3 && memcmp(z - 3, "...", 3) == 0 && scan_listed(p, list, s, (size_t)(z - 3 - s)))
			return (size_t)(z - 3 - s);	/* Credit... */
		q = z + scan_blanks(z, end);
	}
	return best;
}

void
scan_start(struct parser *p, const struct article *a, const struct language *l, struct parsed *out)
{
	memset(p, 0, sizeof *p);
	memset(out, 0, sizeof *out);
	p->a = a;
	p->t = a->text.s;
	p->l = l;
	p->out = out;
}
