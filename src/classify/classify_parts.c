/* The parts of lines whose kind is known: credits, datelines, bylines, source lines, signoffs, licence lines. */
#include "classify/classify.h"
#include "classify/classify_scan.h"

#include "util/str.h"
#include "util/utf8.h"

#include <string.h>

/* A list of names behind a label: people, agencies, roles, and places behind "in". */
static void
names(struct parser *p, const char *s, const char *end, enum list_name roles)
{
	while (s < end) {
		const char *q = s + scan_blanks(s, end), *z, *in, *place, *last;
		const struct agency *a;
		size_t len, n = 0;
		struct date date;
		unsigned words;

		a = facts_agency_prefix(q, (size_t)(end - q), &n);
		z = scan_separator(p, a != NULL ? q + n : q, end, &len);
		s = z + len;
		z = scan_trim_end(q, z);
		if (z > q && (z[-1] == '.' || z[-1] == ')') && s >= end)
			z--;
		if (z <= q) {
			if (len == 0)
				break;
			continue;
		}
		if ((a = facts_agency(q, (size_t)(z - q))) != NULL) {
			scan_add(p, PART_AGENCY, q, z, a->name);
			continue;
		}
		if (parse_date(p->l, q, (size_t)(z - q), &date) == (size_t)(z - q)) {
			scan_add(p, PART_DATE, q, z, date_value((struct arena *)&p->a->arena, &date));
			continue;
		}
		/* Jane Doe in Ankara */
		if ((in = scan_joint(q, z, "in", &place)) != NULL && place < z) {
			if (in > q)
				scan_add(p, PART_PERSON, q, in, NULL);
			scan_add(p, PART_PLACE, place, z, NULL);
			continue;
		}
		for (last = z; last > q && !scan_blank_before(q, last); last--)
			;
		if (scan_listed(p, roles, last, (size_t)(z - last)) || scan_listed(p, roles, q, (size_t)(z - q)))
			scan_add(p, PART_ROLE, q, z, NULL);
		else if (scan_name(p, q, z, &words))
			scan_add(p, PART_PERSON, q, z, NULL);
		else
			scan_add(p, PART_ROLE, q, z, NULL);
	}
}

static const char *
take_label(struct parser *p, enum list_name list, const char *s, const char *end)
{
	size_t n;

	s += scan_blanks(s, end);
	if ((n = scan_label(p, list, s, end)) == 0)
		return s;
	scan_add(p, PART_LABEL, s, s + n, NULL);
	s += n;
	s += scan_blanks(s, end);
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
		const char *q = s + scan_blanks(s, end), *z;
		const struct agency *a;
		size_t len, n = 0;
		unsigned cp;

		a = facts_agency_prefix(q, (size_t)(end - q), &n);
		z = scan_separator(p, a != NULL ? q + n : q, end, &len);
		s = z + len;
		z = scan_trim_end(q, z);
		if (z > q && z[-1] == '.' && s >= end && facts_agency(q, (size_t)(z - q)) == NULL)
			z--;
		if (z <= q) {
			if (len == 0)
				break;
			continue;
		}
		utf8_next(q, &cp);
		if ((a = facts_agency(q, (size_t)(z - q))) != NULL)
			scan_add(p, PART_AGENCY, q, z, a->name);
		else if (a == NULL && (a = facts_agency_prefix(q, (size_t)(z - q), &n)) != NULL)
			scan_add(p, PART_AGENCY, q, q + n, a->name);
		else if (utf8_is_lower(cp) || str_folded_is(q, (size_t)(z - q), "agencies") || z - q > 60)
			scan_add(p, PART_ROLE, q, z, NULL);
		else
			scan_add(p, PART_AGENCY, q, z, NULL);
	}
}

/* (Reporting by Jane Doe in Ankara; editing by John Roe) */
static void
signoff_parts(struct parser *p, const char *s, const char *end)
{
	s += s < end && (*s == '(' || *s == '[');
	end -= end > s && (end[-1] == ')' || end[-1] == ']');
	while (s < end && p->out->nparts < PARSED_PARTS) {
		const char *z = s, *body, *name;

		while (z < end && *z != ';' && !(*z == '.' && z + 1 < end && scan_blanks(z + 1, end) != 0 && z - s > 3 && z[-2] != ' '))
			z++;
		body = take_label(p, LIST_SIGNOFF_LABELS, s, z);
		if (body == s + scan_blanks(s, z)) {	/* no label known: up to " by " */
			const char *by = scan_joint(s, z, "by", &name);

			if (by != NULL && name < z) {
				s += scan_blanks(s, z);
				scan_add(p, PART_LABEL, s, scan_trim_end(s, name), NULL);
				body = name;
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
		if (boundary && !dated && scan_year(s, end)) {
			scan_add(p, PART_DATE, s, s + 4, NULL);
			dated = true;
		}
		if (boundary && (a = facts_agency_prefix(s, (size_t)(end - s), &n)) != NULL && a->kind != AGENCY_PLATFORM) {
			scan_add(p, PART_AGENCY, s, s + n, a->name);
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

		s += scan_blanks(s, end);
		for (z = s; z < end && *z != ',' && *z != '(' && *z != ')'; z++)
			;
		if ((n = parse_date(p->l, s, (size_t)(end - s), &date)) != 0) {
			scan_add(p, PART_DATE, s, s + n, date_value((struct arena *)&p->a->arena, &date));
			z = s + n;
		} else if (scan_trim_end(s, z) > s) {
			const char *e = scan_trim_end(s, z);
			const struct agency *a = facts_agency(s, (size_t)(e - s));

			if (a != NULL)
				scan_add(p, PART_AGENCY, s, e, a->name);
			else if (!placed)
				scan_add(p, PART_PLACE, s, e, NULL);
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

	scan_start(&p, a, l, &out);
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
		scan_credit(&p, s, end);
		break;
	case BLOCK_DATELINE:
		if (!parse_dateline(a, l, line, &out)) {
			scan_start(&p, a, l, &out);
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
