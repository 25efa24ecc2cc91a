/* The forms in which a house writes its lines, taken apart:
 *
 *	(AP Photo/{person})	{PLACE}, {date} (Reuters) -	{person}/{source} via AP
 *
 * and the choices of its style that rules ask for. */
#include "rule/profile.h"

#include "util/str.h"

#include <stdio.h>
#include <string.h>

/* What may stand between braces.  Capitals and small letters of a place are those of the copy. */
static const struct {
	const char *name;
	struct form_piece piece;
} pieces[] = {
	{ "person", { .what = PIECE_PART, .part = PART_PERSON } },
	{ "role", { .what = PIECE_PART, .part = PART_ROLE } },
	{ "source", { .what = PIECE_SOURCE } },
	{ "place", { .what = PIECE_PART, .part = PART_PLACE } },
	{ "PLACE", { .what = PIECE_PART, .part = PART_PLACE, .letters = LETTERS_CAPITALS } },
	{ "Place", { .what = PIECE_PART, .part = PART_PLACE, .letters = LETTERS_PLAIN } },
	{ "date", { .what = PIECE_PART, .part = PART_DATE } },
	{ "full-date", { .what = PIECE_PART, .part = PART_DATE, .year = true } },
};
const char form_piece_names[] = "person, role, source, place, PLACE, Place, date, full-date";

bool
house_form_parse(struct arena *arena, const char *text, struct house_form *f, const char **bad, size_t *bad_len)
{
	struct form_piece *v = ARENA_ARRAY(arena, struct form_piece, strlen(text) + 1);
	const char *s = text;
	size_t n = 0, i;

	f->text = text;
	while (*s != '\0') {
		size_t len = strcspn(s, "{");

		if (len != 0) {
			v[n++] = (struct form_piece){ .what = PIECE_TEXT, .s = s, .n = len };
			s += len;
			continue;
		}
		len = strcspn(++s, "}");
		for (i = 0; i < sizeof pieces / sizeof *pieces && !str_is(s, len, pieces[i].name); i++)
			;
		if (i == sizeof pieces / sizeof *pieces || s[len] == '\0') {
			*bad = s;
			*bad_len = len;
			return false;
		}
		v[n] = pieces[i].piece;
		v[n].s = pieces[i].name;
		v[n++].n = len;
		s += len + 1;
	}
	f->pieces = v;
	f->npieces = n;
	return true;
}

bool
standing_has_style(const struct standing *st, const char *name, const char *is)
{
	bool asked = false;

	for (size_t i = 0; st != NULL && i < st->nprofiles; i++) {
		const struct profile *p = st->profiles[i];

		for (size_t k = 0; k < p->nstyles; k++)
			if (strcmp(p->styles[k].name, name) == 0) {
				if (!str_in_list(p->styles[k].is, strlen(p->styles[k].is), is))
					return false;
				asked = true;
			}
	}
	return asked;
}
