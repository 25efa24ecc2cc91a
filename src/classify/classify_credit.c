/* Credits of pictures.
 *
 * A credit is an optional bracket, an optional label, then parties, each an agency, a platform, a role, a date or a person:
 *
 *	(AP Photo/Jane Doe, File)	REUTERS/Jane Doe	Photo: Jane Doe/AFP via Getty Images
 *
 * What keeps ordinary prose out: each party must be a known name or look like one, and something must speak for a credit:
 * a label, an agency beside another party, a role.  Bare names in brackets, or an abbreviation after the name it stands
 * for, are no credit. */
#include "classify/classify_scan.h"

#include "util/str.h"
#include "util/utf8.h"

#include <string.h>

enum { NAME_MAX = 80 };	/* bytes between a label and the bracket behind the name */

/* ---- parties ---- */

/* "Jane Doe 2020 Campaign": a name but for a number behind its first word. */
static bool
named_with_number(struct parser *p, const char *s, const char *end)
{
	const char *z = s, *q;
	unsigned words = 0, cp, total = 0;

	while (s < end) {
		z = scan_word_end(s, end);
		for (q = s; q < z && *q >= '0' && *q <= '9'; q++)
			;
		utf8_next(s, &cp);
		if (q < z && !utf8_is_upper(cp))
			return false;
		if (q < z && !scan_name(p, s, z, &words))
			return false;
		if (q == z && total == 0)
			return false;
		if (++total > NAME_WORDS)
			return false;
		s = z + scan_blanks(z, end);
	}
	return true;
}

/* A trailing role word: "AP file photo", "Daily Herald staff photo".  Where it begins, NULL if there is none. */
static const char *
trailing_role(struct parser *p, const char *s, const char *end)
{
	const char *z = scan_word_end(s, end);

	while (z < end) {
		z += scan_blanks(z, end);
		if (scan_listed(p, LIST_CREDIT_ROLES, z, (size_t)(end - z)) || scan_listed(p, LIST_CREDIT_LABELS, z, (size_t)(end - z)))
			return z;
		z = scan_word_end(z, end);
	}
	return NULL;
}

/* "Jane Doe AP": where the agency at the end begins, NULL if there is none that supplies pictures, or none behind so few words. */
static const char *
trailing_agency(const char *s, const char *end, unsigned words, const struct agency **a)
{
	const char *z = scan_word_end(s, end);

	while (z < end && words-- > 0) {
		z += scan_blanks(z, end);
		if (z < end && (*a = facts_agency(z, (size_t)(end - z))) != NULL &&
		    ((*a)->kind == AGENCY_WIRE || (*a)->kind == AGENCY_PHOTO))
			return z;
		z = scan_word_end(z, end);
	}
	return NULL;
}

/* "Foto: seebild": what suppliers of pictures call themselves, known or not. */
static bool
is_handle(const char *s, const char *end)
{
	size_t n = (size_t)(end - s);

	return n >= 3 && n <= 30 && *s >= 'a' && *s <= 'z' && scan_word_end(s, end) == end && memchr(s, ',', n) == NULL &&
	    memchr(s, ':', n) == NULL;
}

static void
add_agency(struct parser *p, const struct agency *a, const char *s, const char *end)
{
	if (a->kind == AGENCY_PLATFORM || a->kind == AGENCY_GENERATOR) {
		p->platforms++;
		scan_add(p, PART_PLATFORM, s, end, a->name);
	} else {
		p->agencies++;
		p->pictures += a->kind == AGENCY_PHOTO;
		p->outlets += a->kind == AGENCY_OUTLET;
		scan_add(p, PART_AGENCY, s, end, a->name);
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
	size_t len, blank;

	s += scan_blanks(s, end);
	end = scan_trim_end(s, end);
	if (s < end && end[-1] == '-')
		end = scan_trim_end(s, end - 1);
	if (s >= end)
		return;
	if (end - s > 5 && scan_year(s, end) && scan_blanks(s + 4, end) != 0) {		/* 2016 Getty Images */
		p->dates++;
		scan_add(p, PART_DATE, s, s + 4, NULL);
		credit_party(p, s + 4 + scan_blanks(s + 4, end), end);
		return;
	}
	if (scan_listed(p, LIST_JOINERS, s, (size_t)(scan_word_end(s, end) - s)) && scan_word_end(s, end) < end &&
	    !str_is(s, (size_t)(scan_word_end(s, end) - s), "of")) {	/* /via Reuters */
		credit_party(p, scan_word_end(s, end), end);
		return;
	}
	if (scan_listed(p, LIST_CREDIT_ROLES, s, (size_t)(end - s))) {
		p->roles++;
		scan_add(p, PART_ROLE, s, end, NULL);
	} else if ((a = facts_agency(s, (size_t)(end - s))) != NULL) {
		add_agency(p, a, s, end);
	} else if (parse_date(p->l, s, (size_t)(end - s), &date) == (size_t)(end - s)) {
		p->dates++;
		scan_add(p, PART_DATE, s, end, date_value((struct arena *)&p->a->arena, &date));
	} else if (scan_listed(p, LIST_CREDIT_LABELS, s, (size_t)(end - s))) {
		p->label = true;
		scan_add(p, PART_LABEL, s, end, NULL);
	} else if (end - s == 4 && scan_year(s, end)) {
		p->dates++;
		scan_add(p, PART_DATE, s, end, NULL);
	} else if (p->slash && (a = facts_agency_prefix(s, (size_t)(end - s), &len)) != NULL &&
	    (blank = scan_blanks(s + len, end)) != 0 && (a->kind == AGENCY_WIRE || a->kind == AGENCY_PHOTO) &&
	    scan_name(p, s + len + blank, end, &words) && words > 1) {
		add_agency(p, a, s, s + len);			/* Jane Doe/AP Jane Doe/AP */
		p->persons++;
		scan_add(p, PART_PERSON, s + len + blank, end, NULL);
	} else if ((role = trailing_role(p, s, end)) != NULL) {
		credit_party(p, s, role);
		if (scan_listed(p, LIST_CREDIT_ROLES, role, (size_t)(end - role))) {
			p->roles++;
			scan_add(p, PART_ROLE, role, end, NULL);
		} else {
			p->label = true;
			scan_add(p, PART_LABEL, role, end, NULL);
		}
	} else if ((role = trailing_agency(s, end, 3, &a)) != NULL && scan_name(p, s, scan_trim_end(s, role), &words) && words > 1) {
		credit_party(p, s, role);
		add_agency(p, a, role, end);
		p->slash = true;
	} else if (scan_name(p, s, end, &words)) {
		p->persons++;
		p->full_name |= words > 1;
		scan_add(p, PART_PERSON, s, end, NULL);
	} else if (p->slash && end - s < 60 && named_with_number(p, s, end)) {
		p->doubtful++;
		p->persons++;
		scan_add(p, PART_PERSON, s, end, NULL);
	} else if (p->colon && p->persons + p->agencies + p->dates == 0 && is_handle(s, end)) {
		p->handles++;
		scan_add(p, PART_PERSON, s, end, NULL);
	} else {
		p->unknown++;
	}
}

/* Labels and joining words at the beginning: "Photo:", "Photo by", "Photo courtesy of", "Image copyright". */
static const char *
credit_labels(struct parser *p, const char *s, const char *end)
{
	bool courtesy = false;
	unsigned round;
	size_t n, blank;

	for (round = 0; round < 5 && s < end; round++) {
		const char *z;

		s += scan_blanks(s, end);
		if (!p->label && (n = scan_label(p, LIST_CREDIT_ROLES, s, end)) != 0 && (blank = scan_blanks(s + n, end)) != 0 &&
		    (scan_listed(p, LIST_JOINERS, s + n + blank, (size_t)(scan_word_end(s + n + blank, end) - s - n - blank)))) {
			scan_add(p, PART_ROLE, s, s + n, NULL);	/* Courtesy of */
			p->roles++;
			p->label = true;
			courtesy = true;
			s += n;
			continue;
		}
		if ((n = scan_label(p, LIST_CREDIT_LABELS, s, end)) != 0 && (round == 0 || p->label)) {
			bool role = scan_listed(p, LIST_CREDIT_ROLES, s, n);
			const char *after = s + n + scan_blanks(s + n, end);

			if (role && (after >= end || *after == '/' || *after == ','))
				return s;		/* File/AP: a role, for the parties to take */
			scan_add(p, PART_LABEL, s, s + n, NULL);
			p->label = true;
			s = after;
			if (s < end && (*s == ':' || *s == '/' || *s == '|' || *s == '-' || *s == ',')) {
				p->slash |= *s == '/';
				p->colon |= *s == ':';
				s++;
			} else if (end - s > 3 && memcmp(s, "...", 3) == 0) {	/* Credit... Jane Doe */
				s += 3;
			} else if (end - s > 3 && (memcmp(s, "—", 3) == 0 || memcmp(s, "–", 3) == 0)) {
				s += 3;
			} else if (end - s > 3 && memcmp(s, "：", 3) == 0) {
				s += 3;
			}
			continue;
		}
		z = scan_word_end(s, end);
		if (z < end && scan_listed(p, LIST_JOINERS, s, (size_t)(z - s)) &&
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
scan_parties(struct parser *p, const char *s, const char *end, bool to_the_end)
{
	const struct agency *a;
	size_t n, len, blank;

	if ((a = facts_agency_prefix(s, (size_t)(end - s), &n)) != NULL && (blank = scan_blanks(s + n, end)) != 0) {
		const char *q = s + n + blank;	/* AP Photo/Jane Doe, Reuters photo: Jane Doe */

		if ((len = scan_label(p, LIST_CREDIT_LABELS, q, end)) != 0 || (len = scan_label(p, LIST_CREDIT_ROLES, q, end)) != 0) {
			const char *z = q + len;

			if (z == end || scan_blanks(z, end) != 0 || *z == '/' || *z == ':' || *z == ',' || *z == '|') {
				bool role = scan_listed(p, LIST_CREDIT_ROLES, q, len);

				add_agency(p, a, s, s + n);
				scan_add(p, role ? PART_ROLE : PART_LABEL, q, z, NULL);
				p->roles += role;
				p->label = true;
				s = z + scan_blanks(z, end);
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
		q += scan_blanks(q, end);
		if (facts_agency_prefix(q, (size_t)(end - q), &agency_len) == NULL)
			agency_len = parse_date(p->l, q, (size_t)(end - q), &date);
		z = scan_separator(p, q + agency_len, end, &len);
		if (len == 1 && *z == '/')
			p->slash = true;
		if (len == 3 && memcmp(z, "via", 3) == 0)
			p->via = true;
		credit_party(p, q, z);
		if (z >= end || (p->unknown != 0 && !to_the_end))
			break;
		s = z + len;
	}
}

void
scan_credit(struct parser *p, const char *s, const char *end)
{
	scan_parties(p, s, end, true);
}

/* The same no further than to the first party that is unknown: then it is no credit, whatever follows. */
static void
try_credit(struct parser *p, const char *s, const char *end)
{
	scan_parties(p, s, end, false);
}

/* ---- the whole ---- */

/* What speaks for a credit, once all of its parties are known or look like names. */
static bool
is_credit(const struct parser *p, enum certainty *c)
{
	unsigned parties = p->agencies + p->persons + p->roles + p->platforms + p->handles;

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

	s = scan_trim_end(begin, s);
	if (s == begin)
		return true;
	if ((s[-1] | 32) >= 'a' && (s[-1] | 32) <= 'z')
		return false;
	/* an initial's full stop ends nothing: J. Roe */
	if (s - begin >= 2 && s[-1] == '.' && s[-2] >= 'A' && s[-2] <= 'Z' && (s - begin == 2 || scan_blank_before(begin, s - 2)))
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

	try_credit(p, s, end);
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
		/* (The Herald): whom the sentence quotes as likely as who made a picture */
		p->out->certainty = p->outlets == p->agencies && !whole ? WEAK : LIKELY;
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
	try_credit(p, s + (*s == '|'), end);
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
	if (p->label && p->agencies + p->roles + p->platforms + p->handles == 0 && !whole && !p->full_name && !p->joined)
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
	if (!utf8_is_upper(cp) || (n = scan_label(p, LIST_CREDIT_LABELS, s, end)) == 0)
		return false;
	s += n + scan_blanks(s + n, end);	/* "Photo :" too */
	return s < end && *s == ':';
}

/* "Photo: Jane Doe (Getty Images)": label and name stand before the bracket. */
static bool
name_and_bracket(struct parser *p, const char *s, const char *open, const char *z)
{
	enum certainty c = WEAK;

	scan_start(p, p->a, p->l, p->out);
	try_credit(p, s, open);
	if (p->unknown != 0 || p->persons == 0)
		return false;
	try_credit(p, open + 1, z - 1);
	if (!is_credit(p, &c) || p->agencies == 0)
		return false;
	p->out->at = (struct range){ (uint32_t)(s - p->t), (uint32_t)(z - p->t) };
	p->out->certainty = c;
	return true;
}

bool
parse_trailing_credit(const struct article *a, const struct language *l, struct range line, struct parsed *out)
{
	const char *begin = a->text.s + line.a, *end = a->text.s + line.z, *s, *open, *from = begin, *colon;
	struct parser p;

	if (begin >= end)
		return false;
	scan_start(&p, a, l, out);
	if (end - begin > WINDOW) {
		from = end - WINDOW;
		while (((unsigned char)*from & 0xC0) == 0x80)
			from++;
	}
	if ((open = bracket_before(from, end)) != NULL) {
		for (s = open; s > from && open - s < NAME_MAX; s--)
			if ((s == begin || scan_blank_before(begin, s)) && labelled(&p, s, open) && name_and_bracket(&p, s, open, end))
				return true;
		scan_start(&p, a, l, out);
		return bracketed(&p, begin, open, end);
	}
	/* "(Photo/Reuters)." */
	if (end[-1] == '.' && end - begin > 2 && (open = bracket_before(from, end - 1)) != NULL && after_sentence(begin, open) &&
	    open > begin)
		return bracketed(&p, begin, open, end - 1) && p.label;
	/* an opened bracket that never closes: "(AP Photo/Jane Doe" */
	for (s = end; s > from && end - s < CREDIT_MAX && s[-1] != '(' && s[-1] != ')' && s[-1] != '[' && s[-1] != ']'; s--)
		;
	if (s > from && (s[-1] == '(' || s[-1] == '[') && s - 1 > begin && after_sentence(begin, s - 1)) {
		enum certainty c;

		try_credit(&p, s, end);
		out->at = (struct range){ (uint32_t)(s - 1 - p.t), (uint32_t)(end - p.t) };
		if (is_credit(&p, &c) && p.label && p.agencies != 0) {
			out->certainty = c;
			return true;
		}
	}
	/* each place behind a sentence, the leftmost that reads as a credit */
	colon = memrchr(from, ':', (size_t)(end - from));	/* none but what is before it can be a label */
	for (s = from; s < end; s++) {
		if (scan_blank_before(begin, s) && scan_blanks(s, end) == 0 && (*s == '|' || after_sentence(begin, s) ||
		    (colon != NULL && s < colon && labelled(&p, s, end)))) {
			scan_start(&p, a, l, out);
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
	const char *s = a->text.s + line.a, *end = a->text.s + line.z, *open;
	struct parser p;

	scan_start(&p, a, l, out);
	if (s >= end || end - s > CREDIT_MAX)
		return false;
	if ((open = bracket_before(s, end)) == s)
		return bracketed(&p, s, s, end);
	if (open != NULL && labelled(&p, s, open) && name_and_bracket(&p, s, open, end))
		return true;
	scan_start(&p, a, l, out);
	if (end[-1] == '.')
		end--;
	if (!bare(&p, s, end, true))
		return false;
	out->at = line;
	return true;
}
