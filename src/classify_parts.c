/* Lines with parts: credits, bylines, source lines, signoffs, licence lines.
 *
 * A credit is an optional bracket, an optional label, then parties, each an agency, a platform, a role, a date or a person:
 *
 *	(AP Photo/Jane Doe, File)	REUTERS/Jane Doe	Photo: Jane Doe/AFP via Getty Images
 *
 * What keeps ordinary prose out: each party must be a known name or look like one, and something must speak for a credit:
 * a label, an agency beside another party, a role.  Bare names in brackets, or an abbreviation after the name it stands
 * for, are no credit. */
#include "classify.h"
#include "classify_int.h"

#include "util/buf.h"
#include "util/str.h"
#include "util/utf8.h"

#include <string.h>

enum { WINDOW = 300, CREDIT_MAX = 200, NAME_WORDS = 6 };

struct parser {
	const struct article *a;
	const char *t;			/* the article's text */
	const struct language *l;
	struct parsed *out;
	unsigned agencies, pictures, outlets, persons, roles, platforms, dates, unknown, doubtful;
	bool label, slash, via, joined, full_name;
};

static bool
listed(const struct parser *p, enum list_name list, const char *s, size_t n)
{
	return facts_in_list(p->l, list, s, n);
}

static size_t
skip_blanks(const char *s, const char *end)
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

static const char *
trim_end(const char *s, const char *end)
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

/* A role's canonical value is its words in lower case, so that rules can ask for `handout`. */
static const char *
lower(struct parser *p, const char *s, const char *end)
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

static void
add(struct parser *p, enum part_name name, const char *s, const char *end, const char *value)
{
	struct parsed *o = p->out;

	if (name == PART_ROLE && value == NULL)
		value = lower(p, s, end);
	if (o->nparts < PARSED_PARTS)
		o->parts[o->nparts++] = (struct part){ name, { (uint32_t)(s - p->t), (uint32_t)(end - p->t) }, value };
}

/* Blank-separated: the end of the word that begins at s. */
static const char *
word_end(const char *s, const char *end)
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
static bool
is_year(const char *s, const char *end)
{
	size_t n = 0;

	while (s + n < end && n < 5 && s[n] >= '0' && s[n] <= '9')
		n++;
	return n == 4 && ((s[0] == '1' && s[1] == '9') || (s[0] == '2' && s[1] <= '1'));
}

/* ---- names ---- */

/* Does it look like a name: words with capitals (particles between them may lack one), no digits, no stop word in
 * capitals ("The Week In Pictures"), a handle, initials? */
static bool
looks_like_name(struct parser *p, const char *s, const char *end, unsigned *words)
{
	const struct language *en = facts_language("en");
	bool capital = false;

	*words = 0;
	if (s < end && *s == '@') {
		*words = 2;
		return end - s > 2 && word_end(s, end) == end;
	}
	while (s < end) {
		const char *z = word_end(s, end);
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
			    !listed(p, LIST_NAME_PARTICLES, s, n))
				return false;
		} else if (!(listed(p, LIST_NAME_PARTICLES, s, (size_t)(z - s)) && z < end &&
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
		s = z + skip_blanks(z, end);
	}
	return capital;
}

/* "Jane Doe 2020 Campaign": a name but for a number behind its first word. */
static bool
named_with_number(struct parser *p, const char *s, const char *end)
{
	const char *z = s, *q;
	unsigned words = 0, cp, total = 0;

	while (s < end) {
		z = word_end(s, end);
		for (q = s; q < z && *q >= '0' && *q <= '9'; q++)
			;
		utf8_next(s, &cp);
		if (q < z && !utf8_is_upper(cp))
			return false;
		if (q < z && !looks_like_name(p, s, z, &words))
			return false;
		if (q == z && total == 0)
			return false;
		if (++total > NAME_WORDS)
			return false;
		s = z + skip_blanks(z, end);
	}
	return true;
}

/* ---- parties ---- */

/* A trailing role word: "AP file photo", "Daily Herald staff photo".  Where it begins, NULL if there is none. */
static const char *
trailing_role(struct parser *p, const char *s, const char *end)
{
	const char *z = word_end(s, end);

	while (z < end) {
		z += skip_blanks(z, end);
		if (listed(p, LIST_CREDIT_ROLES, z, (size_t)(end - z)) || listed(p, LIST_CREDIT_LABELS, z, (size_t)(end - z)))
			return z;
		z = word_end(z, end);
	}
	return NULL;
}

/* "Jane Doe AP": where the agency at the end begins, NULL if there is none that supplies pictures. */
static const char *
trailing_agency(const char *s, const char *end, const struct agency **a)
{
	const char *z = word_end(s, end);

	while (z < end) {
		z += skip_blanks(z, end);
		if (z < end && (*a = facts_agency(z, (size_t)(end - z))) != NULL &&
		    ((*a)->kind == AGENCY_WIRE || (*a)->kind == AGENCY_PHOTO))
			return z;
		z = word_end(z, end);
	}
	return NULL;
}

static void
add_agency(struct parser *p, const struct agency *a, const char *s, const char *end)
{
	if (a->kind == AGENCY_PLATFORM || a->kind == AGENCY_GENERATOR) {
		p->platforms++;
		add(p, PART_PLATFORM, s, end, a->name);
	} else {
		p->agencies++;
		p->pictures += a->kind == AGENCY_PHOTO;
		p->outlets += a->kind == AGENCY_OUTLET;
		add(p, PART_AGENCY, s, end, a->name);
	}
}

/* One party of a credit, blanks at its ends taken off. */
static void
credit_party(struct parser *p, const char *s, const char *end)
{
	const struct agency *a;
	struct date date;
	const char *role;
	unsigned words;
	size_t len;

	s += skip_blanks(s, end);
	end = trim_end(s, end);
	if (s < end && end[-1] == '-')
		end = trim_end(s, end - 1);
	if (s >= end)
		return;
	if (end - s > 5 && is_year(s, end) && s[4] == ' ') {		/* 2016 Getty Images */
		p->dates++;
		add(p, PART_DATE, s, s + 4, NULL);
		credit_party(p, s + 5, end);
		return;
	}
	if (listed(p, LIST_JOINERS, s, (size_t)(word_end(s, end) - s)) && word_end(s, end) < end &&
	    !str_is(s, (size_t)(word_end(s, end) - s), "of")) {	/* /via Reuters */
		credit_party(p, word_end(s, end), end);
		return;
	}
	if (listed(p, LIST_CREDIT_ROLES, s, (size_t)(end - s))) {
		p->roles++;
		add(p, PART_ROLE, s, end, NULL);
	} else if ((a = facts_agency(s, (size_t)(end - s))) != NULL) {
		add_agency(p, a, s, end);
	} else if (parse_date(p->l, s, (size_t)(end - s), &date) == (size_t)(end - s)) {
		p->dates++;
		add(p, PART_DATE, s, end, date_value((struct arena *)&p->a->arena, &date));
	} else if (listed(p, LIST_CREDIT_LABELS, s, (size_t)(end - s))) {
		p->label = true;
		add(p, PART_LABEL, s, end, NULL);
	} else if (end - s == 4 && is_year(s, end)) {
		p->dates++;
		add(p, PART_DATE, s, end, NULL);
	} else if (p->slash && (a = facts_agency_prefix(s, (size_t)(end - s), &len)) != NULL && s[len] == ' ' &&
	    (a->kind == AGENCY_WIRE || a->kind == AGENCY_PHOTO) && looks_like_name(p, s + len + 1, end, &words) && words > 1) {
		add_agency(p, a, s, s + len);			/* Jane Doe/AP Jane Doe/AP */
		p->persons++;
		add(p, PART_PERSON, s + len + 1, end, NULL);
	} else if ((role = trailing_role(p, s, end)) != NULL) {
		credit_party(p, s, role);
		if (listed(p, LIST_CREDIT_ROLES, role, (size_t)(end - role))) {
			p->roles++;
			add(p, PART_ROLE, role, end, NULL);
		} else {
			p->label = true;
			add(p, PART_LABEL, role, end, NULL);
		}
	} else if ((role = trailing_agency(s, end, &a)) != NULL && looks_like_name(p, s, trim_end(s, role), &words) && words > 1 &&
	    words <= 3) {
		credit_party(p, s, role);
		add_agency(p, a, role, end);
		p->slash = true;
	} else if (looks_like_name(p, s, end, &words)) {
		p->persons++;
		p->full_name |= words > 1;
		add(p, PART_PERSON, s, end, NULL);
	} else if (p->slash && end - s < 60 && named_with_number(p, s, end)) {
		p->doubtful++;
		p->persons++;
		add(p, PART_PERSON, s, end, NULL);
	} else {
		p->unknown++;
	}
}

/* The next separator of parties in s..end: sets *len; end if there is none.  "/", "|", ",", ";", " - ", and joining words. */
static const char *
separator(struct parser *p, const char *s, const char *end, size_t *len)
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
		if (q > s && c != ' ' && q[-1] == ' ') {
			z = word_end(q, end);
			if (c == '-' && z == q + 1) {
				*len = 1;
				return q;
			}
			if (z < end && (c < 'A' || c > 'Z') && listed(p, LIST_JOINERS, q, (size_t)(z - q)) &&
			    !(z - q == 2 && memcmp(q, "of", 2) == 0)) {
				*len = (size_t)(z - q);
				return q;
			}
		}
	}
	return end;
}

/* A label at s: the longest run of up to three words that is one.  Its bytes, 0 if none. */
static size_t
label_at(struct parser *p, enum list_name list, const char *s, const char *end)
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
		if (z > q && listed(p, list, s, (size_t)(z - s)))
			best = (size_t)(z - s);
		q = z + skip_blanks(z, end);
	}
	return best;
}

/* Labels and joining words at the beginning: "Photo:", "Photo by", "Photo courtesy of", "Image copyright". */
static const char *
credit_labels(struct parser *p, const char *s, const char *end)
{
	bool courtesy = false;
	unsigned round;
	size_t n;

	for (round = 0; round < 5 && s < end; round++) {
		const char *z;

		s += skip_blanks(s, end);
		if (!p->label && (n = label_at(p, LIST_CREDIT_ROLES, s, end)) != 0 && s + n < end && s[n] == ' ' &&
		    (listed(p, LIST_JOINERS, s + n + 1, (size_t)(word_end(s + n + 1, end) - s - n - 1)))) {
			add(p, PART_ROLE, s, s + n, NULL);	/* Courtesy of */
			p->roles++;
			p->label = true;
			courtesy = true;
			s += n;
			continue;
		}
		if ((n = label_at(p, LIST_CREDIT_LABELS, s, end)) != 0 && (round == 0 || p->label)) {
			bool role = listed(p, LIST_CREDIT_ROLES, s, n);
			const char *after = s + n + skip_blanks(s + n, end);

			if (role && (after >= end || *after == '/' || *after == ','))
				return s;		/* File/AP: a role, for the parties to take */
			add(p, PART_LABEL, s, s + n, NULL);
			p->label = true;
			s = after;
			if (s < end && (*s == ':' || *s == '/' || *s == '|' || *s == '-' || *s == ',')) {
				p->slash |= *s == '/';
				s++;
			} else if (end - s > 3 && (memcmp(s, "—", 3) == 0 || memcmp(s, "–", 3) == 0)) {
				s += 3;
			} else if (end - s > 3 && memcmp(s, "：", 3) == 0) {
				s += 3;
			}
			continue;
		}
		z = word_end(s, end);
		if (z < end && listed(p, LIST_JOINERS, s, (size_t)(z - s)) &&
		    (courtesy || !str_is(s, (size_t)(z - s), "of"))) {		/* Map of Israel is no credit */
			courtesy = str_folded_is(s, (size_t)(z - s), "courtesy");
			p->via |= str_folded_is(s, (size_t)(z - s), "via");
			p->joined = true;
			s = z + (z < end && *z == ':');
			continue;
		}
		break;
	}
	return s;
}

/* Label and parties of s..end, brackets already off. */
static void
credit_body(struct parser *p, const char *s, const char *end)
{
	const struct agency *a;
	size_t n, len;

	if ((a = facts_agency_prefix(s, (size_t)(end - s), &n)) != NULL && s + n < end && s[n] == ' ') {
		const char *q = s + n + 1;	/* AP Photo/Jane Doe, Reuters photo: Jane Doe */

		if ((len = label_at(p, LIST_CREDIT_LABELS, q, end)) != 0 || (len = label_at(p, LIST_CREDIT_ROLES, q, end)) != 0) {
			const char *z = q + len;

			if (z == end || *z == '/' || *z == ':' || *z == ' ' || *z == ',' || *z == '|') {
				bool role = listed(p, LIST_CREDIT_ROLES, q, len);

				add_agency(p, a, s, s + n);
				add(p, role ? PART_ROLE : PART_LABEL, q, z, NULL);
				p->roles += role;
				p->label = true;
				s = z + skip_blanks(z, end);
				if (s < end && (*s == '/' || *s == ':' || *s == ',' || *s == '|')) {
					p->slash |= *s == '/';
					s++;
				}
			}
		}
	}
	s = credit_labels(p, s, end);
	while (s < end) {
		const char *q = s, *z;
		struct date date;
		size_t agency_len;

		/* a known name or a date may hold a separator: ask for it first */
		q += skip_blanks(q, end);
		if (facts_agency_prefix(q, (size_t)(end - q), &agency_len) == NULL)
			agency_len = parse_date(p->l, q, (size_t)(end - q), &date);
		z = separator(p, q + agency_len, end, &len);
		if (len == 1 && *z == '/')
			p->slash = true;
		if (len == 3 && memcmp(z, "via", 3) == 0)
			p->via = true;
		credit_party(p, q, z);
		if (z >= end)
			break;
		s = z + len;
	}
}

/* ---- credits ---- */

static void
start(struct parser *p, const struct article *a, const struct language *l, struct parsed *out)
{
	memset(p, 0, sizeof *p);
	memset(out, 0, sizeof *out);
	p->a = a;
	p->t = a->text.s;
	p->l = l;
	p->out = out;
}

/* What speaks for a credit, once all of its parties are known or look like names. */
static bool
is_credit(const struct parser *p, enum certainty *c)
{
	unsigned parties = p->agencies + p->persons + p->roles + p->platforms;

	if (p->unknown != 0 || p->out->nparts == 0 || parties == 0 || p->out->nparts >= PARSED_PARTS)
		return false;
	if (p->doubtful != 0 && !(p->agencies != 0 && (p->roles != 0 || p->via || p->label)))
		return false;
	/* The Herald/Some Pollster: an outlet before a name is a poll's sponsor as likely */
	if (!p->label && !p->via && p->roles == 0 && p->agencies == p->outlets && p->out->parts[0].name == PART_AGENCY)
		return false;
	if (p->label && parties != 0) {
		*c = p->agencies != 0 || p->roles + p->platforms != 0 ? SURE : LIKELY;
		return true;
	}
	if (p->agencies != 0 && (p->persons != 0 || p->roles != 0 || p->platforms != 0) && (p->slash || p->via || p->roles != 0)) {
		*c = p->outlets == p->agencies && p->roles == 0 && !p->via && p->pictures == 0 && !p->full_name ? LIKELY : SURE;
		return true;
	}
	if (p->pictures != 0 && p->persons == 0) {
		*c = SURE;
		return true;
	}
	return false;
}

/* Is the text before s the end of a sentence (or of the line before it)? */
static bool
after_sentence(const char *begin, const char *s)
{
	static const char *const ends[] = { ".", "!", "?", "\"", "”", "’", "'", "…", "|", ")", "]", "。" };
	size_t i, n;

	s = trim_end(begin, s);
	if (s == begin)
		return true;
	/* an initial's full stop ends nothing: J. Roe */
	if (s - begin >= 2 && s[-1] == '.' && s[-2] >= 'A' && s[-2] <= 'Z' && (s - begin == 2 || s[-3] == ' '))
		return false;
	for (i = 0; i < sizeof ends / sizeof *ends; i++) {
		n = strlen(ends[i]);
		if ((size_t)(s - begin) >= n && memcmp(s - n, ends[i], n) == 0)
			return true;
	}
	return false;
}

/* "(...)" or "[...]" that ends at z; the opening bracket, NULL if there is none near. */
static const char *
bracket_before(const char *begin, const char *z)
{
	char open = z[-1] == ')' ? '(' : z[-1] == ']' ? '[' : '\0';
	const char *q;

	if (open == '\0')
		return NULL;
	for (q = z - 2; q >= begin && z - q <= CREDIT_MAX; q--) {
		if (*q == open)
			return q;
		if (*q == z[-1])
			return NULL;
	}
	return NULL;
}

static bool
bracketed(struct parser *p, const char *begin, const char *open, const char *z)
{
	const char *s = open + 1, *end = z - 1;
	enum certainty c = WEAK;
	bool whole = open == begin;
	unsigned words;

	credit_body(p, s, end);
	p->out->at = (struct range){ (uint32_t)(open - p->t), (uint32_t)(z - p->t) };
	if (is_credit(p, &c)) {
		p->out->certainty = c;
		/* (Getty Images) after a word, (Jane Doe/CNN): fine; "a report (via CNN)" goes on with a sentence */
		return true;
	}
	if (p->unknown != 0 || p->out->nparts == 0)
		return false;
	/* (Reuters) behind a sentence */
	if (p->agencies == p->out->nparts && p->agencies != 0 && (whole || after_sentence(begin, open))) {
		p->out->certainty = LIKELY;
		return true;
	}
	if (p->roles != 0 && p->persons + p->agencies + p->platforms != 0) {
		p->out->certainty = LIKELY;
		return true;
	}
	if (p->via && p->platforms + p->agencies != 0 && after_sentence(begin, open)) {
		p->out->certainty = LIKELY;
		return true;
	}
	/* (Jane Doe / Daily Herald), (Photo) is none */
	words = p->persons;
	if (p->slash && p->full_name && words >= 2 && after_sentence(begin, open)) {
		p->out->certainty = LIKELY;
		return true;
	}
	return false;
}

/* The rest of a line from s on is a credit without brackets. */
static bool
bare(struct parser *p, const char *s, const char *end, bool whole)
{
	enum certainty c = WEAK;
	size_t i;

	if (end - s > CREDIT_MAX || s >= end)
		return false;
	credit_body(p, s + (*s == '|'), end);
	p->out->at = (struct range){ (uint32_t)(s - p->t), (uint32_t)(end - p->t) };
	if (!is_credit(p, &c))
		return false;
	/* Jane Doe Photo: John Roe/AP is a caption and its credit */
	for (i = 1; i < p->out->nparts; i++)
		if (p->out->parts[i].name == PART_LABEL && p->out->parts[i - 1].name == PART_PERSON &&
		    p->t + p->out->parts[i].at.z < end && p->t[p->out->parts[i].at.z] == ':')
			return false;
	/* ... Ringo B.C. Roe/AP: the last word of a name that was cut by its initials */
	if (!whole && !p->label && p->persons != 0 && !p->full_name && p->roles == 0 &&
	    p->out->parts[0].name == PART_PERSON)
		return false;
	/* "Photos: Week Of Protest" is a gallery as likely as a credit */
	if (p->label && p->agencies + p->roles + p->platforms == 0 && !whole && !p->full_name && !p->joined)
		return false;
	p->out->certainty = c;
	return true;
}

/* "Photo:" in the middle of a line, a capital at its beginning. */
static bool
labelled(struct parser *p, const char *s, const char *end)
{
	unsigned cp;
	size_t n;

	utf8_next(s, &cp);
	return utf8_is_upper(cp) && (n = label_at(p, LIST_CREDIT_LABELS, s, end)) != 0 && s + n < end && s[n] == ':';
}

bool
parse_trailing_credit(const struct article *a, const struct language *l, struct range line, struct parsed *out)
{
	const char *begin = a->text.s + line.a, *end = a->text.s + line.z, *s, *open, *from = begin;
	struct parser p;

	if (begin >= end)
		return false;
	start(&p, a, l, out);
	if (end - begin > WINDOW) {
		from = end - WINDOW;
		while (((unsigned char)*from & 0xC0) == 0x80)
			from++;
	}
	if ((open = bracket_before(from, end)) != NULL)
		return bracketed(&p, begin, open, end);
	/* "(Photo/Reuters)." */
	if (end[-1] == '.' && end - begin > 2 && (open = bracket_before(from, end - 1)) != NULL && after_sentence(begin, open) &&
	    open > begin)
		return bracketed(&p, begin, open, end - 1) && p.label;
	/* an opened bracket that never closes: "(AP Photo/Jane Doe" */
	for (s = end; s > from && end - s < CREDIT_MAX && s[-1] != '(' && s[-1] != ')'; s--)
		;
	if (s > from && s[-1] == '(' && s - 1 > begin && after_sentence(begin, s - 1)) {
		enum certainty c;

		credit_body(&p, s, end);
		out->at = (struct range){ (uint32_t)(s - 1 - p.t), (uint32_t)(end - p.t) };
		if (is_credit(&p, &c) && p.label && p.agencies != 0) {
			out->certainty = c;
			return true;
		}
	}
	/* each place behind a sentence, the leftmost that reads as a credit */
	for (s = from; s < end; s++) {
		if (s > begin && s[-1] == ' ' && *s != ' ' && (*s == '|' || after_sentence(begin, s - 1) ||
		    labelled(&p, s, end))) {
			start(&p, a, l, out);
			if (bare(&p, s, end, false))
				return true;
		}
	}
	memset(out, 0, sizeof *out);
	return false;
}

bool
parse_credit_line(const struct article *a, const struct language *l, struct range line, struct parsed *out)
{
	const char *s = a->text.s + line.a, *end = a->text.s + line.z;
	struct parser p;

	start(&p, a, l, out);
	if (s >= end || end - s > CREDIT_MAX)
		return false;
	if (bracket_before(s, end) == s)
		return bracketed(&p, s, s, end);
	if (end[-1] == '.')
		end--;
	if (!bare(&p, s, end, true))
		return false;
	out->at = line;
	return true;
}

/* ---- other lines ---- */

/* A list of names behind a label: people, agencies, roles, and places behind "in". */
static void
names(struct parser *p, const char *s, const char *end, enum list_name roles)
{
	while (s < end) {
		const char *q = s + skip_blanks(s, end), *z, *in, *last;
		const struct agency *a;
		size_t len, n = 0;
		struct date date;
		unsigned words;

		a = facts_agency_prefix(q, (size_t)(end - q), &n);
		z = separator(p, a != NULL ? q + n : q, end, &len);
		s = z + len;
		z = trim_end(q, z);
		if (z > q && (z[-1] == '.' || z[-1] == ')') && s >= end)
			z--;
		if (z <= q) {
			if (len == 0)
				break;
			continue;
		}
		if ((a = facts_agency(q, (size_t)(z - q))) != NULL) {
			add(p, PART_AGENCY, q, z, a->name);
			continue;
		}
		if (parse_date(p->l, q, (size_t)(z - q), &date) == (size_t)(z - q)) {
			add(p, PART_DATE, q, z, date_value((struct arena *)&p->a->arena, &date));
			continue;
		}
		/* Jane Doe in Ankara */
		for (in = q; in + 4 < z && memcmp(in, " in ", 4) != 0; in++)
			;
		if (in + 4 < z) {
			if (in > q)
				add(p, PART_PERSON, q, in, NULL);
			add(p, PART_PLACE, in + 4, z, NULL);
			continue;
		}
		for (last = z; last > q && last[-1] != ' '; last--)
			;
		if (listed(p, roles, last, (size_t)(z - last)) || listed(p, roles, q, (size_t)(z - q)))
			add(p, PART_ROLE, q, z, NULL);
		else if (looks_like_name(p, q, z, &words))
			add(p, PART_PERSON, q, z, NULL);
		else
			add(p, PART_ROLE, q, z, NULL);
	}
}

static const char *
take_label(struct parser *p, enum list_name list, const char *s, const char *end)
{
	size_t n;

	s += skip_blanks(s, end);
	if ((n = label_at(p, list, s, end)) == 0)
		return s;
	add(p, PART_LABEL, s, s + n, NULL);
	s += n;
	s += skip_blanks(s, end);
	if (s < end && *s == ':')
		s++;
	else if (end - s > 3 && memcmp(s, "：", 3) == 0)
		s += 3;
	return s;
}

/* By Jane Doe and John Roe, The Daily Herald */
static void
byline_parts(struct parser *p, const char *s, const char *end)
{
	names(p, take_label(p, LIST_BYLINE_LABELS, s, end), end, LIST_BYLINE_ROLES);
}

/* Source: TRT World and agencies.  A name the registry lacks is an agency without canonical value. */
static void
source_parts(struct parser *p, const char *s, const char *end)
{
	s = take_label(p, LIST_SOURCE_LABELS, s, end);
	while (s < end) {
		const char *q = s + skip_blanks(s, end), *z;
		const struct agency *a;
		size_t len, n = 0;
		unsigned cp;

		a = facts_agency_prefix(q, (size_t)(end - q), &n);
		z = separator(p, a != NULL ? q + n : q, end, &len);
		s = z + len;
		z = trim_end(q, z);
		if (z > q && z[-1] == '.' && s >= end && facts_agency(q, (size_t)(z - q)) == NULL)
			z--;
		if (z <= q) {
			if (len == 0)
				break;
			continue;
		}
		utf8_next(q, &cp);
		if ((a = facts_agency(q, (size_t)(z - q))) != NULL)
			add(p, PART_AGENCY, q, z, a->name);
		else if (a == NULL && (a = facts_agency_prefix(q, (size_t)(z - q), &n)) != NULL)
			add(p, PART_AGENCY, q, q + n, a->name);
		else if (utf8_is_lower(cp) || str_folded_is(q, (size_t)(z - q), "agencies") || z - q > 60)
			add(p, PART_ROLE, q, z, NULL);
		else
			add(p, PART_AGENCY, q, z, NULL);
	}
}

/* (Reporting by Jane Doe in Ankara; editing by John Roe) */
static void
signoff_parts(struct parser *p, const char *s, const char *end)
{
	s += s < end && (*s == '(' || *s == '[');
	end -= end > s && (end[-1] == ')' || end[-1] == ']');
	while (s < end && p->out->nparts < PARSED_PARTS) {
		const char *z = s, *q = s, *body;

		while (z < end && *z != ';' && !(*z == '.' && z + 1 < end && z[1] == ' ' && z - s > 3 && z[-2] != ' '))
			z++;
		body = take_label(p, LIST_SIGNOFF_LABELS, s, z);
		if (body == s + skip_blanks(s, z)) {	/* no label known: up to " by " */
			for (q = s; q + 4 < z && memcmp(q, " by ", 4) != 0; q++)
				;
			if (q + 4 < z) {
				s += skip_blanks(s, z);
				add(p, PART_LABEL, s, q + 3, NULL);
				body = q + 4;
			}
		}
		names(p, body, z, LIST_BYLINE_ROLES);
		s = z + 1;
	}
}

/* © 2026 The Associated Press.  All rights reserved. */
static void
licence_parts(struct parser *p, const char *s, const char *end)
{
	bool boundary = true, dated = false;

	if (end - s > WINDOW) {
		end = s + WINDOW;
		while (((unsigned char)*end & 0xC0) == 0x80)
			end--;
	}
	while (s < end && p->out->nparts < PARSED_PARTS) {
		size_t step = utf8_word(s, end), n;
		const struct agency *a;

		if (step == 0) {
			unsigned cp;

			s += utf8_next(s, &cp);
			boundary = true;
			continue;
		}
		if (boundary && !dated && is_year(s, end)) {
			add(p, PART_DATE, s, s + 4, NULL);
			dated = true;
		}
		if (boundary && (a = facts_agency_prefix(s, (size_t)(end - s), &n)) != NULL && a->kind != AGENCY_PLATFORM) {
			add(p, PART_AGENCY, s, s + n, a->name);
			s += n;
			boundary = false;
			continue;
		}
		boundary = false;
		s += step;
	}
}

/* A dateline that markup named and that has no usual form: "Ankara, 23 November", "Berlin (dpa)". */
static void
loose_dateline(struct parser *p, const char *s, const char *end)
{
	struct date date;
	bool placed = false;

	while (s < end) {
		const char *z;
		size_t n;

		s += skip_blanks(s, end);
		for (z = s; z < end && *z != ',' && *z != '(' && *z != ')'; z++)
			;
		if ((n = parse_date(p->l, s, (size_t)(end - s), &date)) != 0) {
			add(p, PART_DATE, s, s + n, date_value((struct arena *)&p->a->arena, &date));
			z = s + n;
		} else if (trim_end(s, z) > s) {
			const char *e = trim_end(s, z);
			const struct agency *a = facts_agency(s, (size_t)(e - s));

			if (a != NULL)
				add(p, PART_AGENCY, s, e, a->name);
			else if (!placed)
				add(p, PART_PLACE, s, e, NULL);
			placed = true;
		}
		s = z + (z < end && (*z == ',' || *z == '(' || *z == ')'));
		if (z == s && s < end)
			s++;
	}
}

void
classify_parts(struct article *a, struct block *b)
{
	const struct language *l = facts_language(a->lang);
	struct range line = text_trim(&a->text, b->at);
	const char *s = a->text.s + line.a, *end = a->text.s + line.z;
	struct parsed out;
	struct parser p;

	start(&p, a, l, &out);
	if (s >= end)
		return;
	if (end - s > 4096) {
		end = s + 4096;
		while (((unsigned char)*end & 0xC0) == 0x80)
			end--;
	}
	switch (b->kind) {
	case BLOCK_CREDIT:
		if ((*s == '(' && end[-1] == ')') || (*s == '[' && end[-1] == ']')) {
			s++;
			end--;
		} else if (*s == '(' || *s == '[') {
			s++;
		}
		credit_body(&p, s, end);
		break;
	case BLOCK_DATELINE:
		if (!parse_dateline(a, l, line, &out)) {
			start(&p, a, l, &out);
			loose_dateline(&p, s, end);
		}
		break;
	case BLOCK_BYLINE:
		byline_parts(&p, s, end);
		break;
	case BLOCK_SOURCE:
		source_parts(&p, s, end);
		break;
	case BLOCK_SIGNOFF:
		signoff_parts(&p, s, end);
		break;
	case BLOCK_LICENCE:
		licence_parts(&p, s, end);
		break;
	default:
		return;
	}
	block_set_parts(a, b, out.parts, out.nparts);
}
