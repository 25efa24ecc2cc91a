/* Embargoes: the field `embargoed` and lines of that kind, beside --now.  Each says a moment, or as much of one that it is one
 * within a stretch of time: before that stretch the embargo is ahead, behind it over, within it nobody can tell. */
#include "check/date.h"

#include "analysis/analysis.h"
#include "analysis/instant.h"
#include "analysis/moment.h"
#include "classify/classify.h"
#include "facts/calendar.h"
#include "util/arena.h"

#include <string.h>

enum { DAY = 86400, MINUTE = 60, HALF_A_YEAR = 183 };

static void
report_embargo(struct check_ctx *c, struct range at, enum certainty certainty, const char *problem)
{
	struct report r = {.at = at, .certainty = certainty};

	report_said(&r, "problem", problem);
	check_report(c, &r);
}

/* ---- what is not said ---- */

static const struct { unsigned lack; const char *words; } lacks[] = {
	{LACKS_DAY, "no date"},
	{WRONG_DAY, "a day that does not exist"},
	{OPEN_DAY, "a date that can be two days"},
	{WRONG_WEEKDAY, "a weekday that is not its date's"},
	{LACKS_CLOCK, "no time of day"},
	{OPEN_HALF, "an hour that can be of the morning or the evening"},
	{OPEN_MIDNIGHT, "midnight, with which a day begins and ends"},
	{LACKS_ZONE, "no zone"},
	{TWO_MOMENTS, "two times that are not the same"},
};

/* "says no time of day and no zone"; "" if all is said. */
static const char *
says(struct check_ctx *c, const struct instant *i)
{
	const char *out = "";

	for (size_t k = 0; k < sizeof lacks / sizeof *lacks; k++)
		if ((i->lacks & lacks[k].lack) != 0)
			out = arena_printf(c->arena, "%s%s%s", out, *out == '\0' ? "says " : " and ", lacks[k].words);
	if ((i->lacks & OPEN_ZONE) != 0)
		out = arena_printf(c->arena, "%s%sa zone that is more than one, '%.*s'", out, *out == '\0' ? "says " : " and ",
		    (int)range_len(i->zone), text_at(&c->article->text, i->zone));
	return out;
}

/* ---- moments ---- */

/* The day the article is of; of a dateline without a year the nearest to --now, which is a guess. */
static void
article_days(struct check_ctx *c, struct instant_days *days, bool *guess)
{
	const struct article *a = c->article;

	*guess = false;
	days->today = (long)(c->now / DAY);
	days->known = date_of_article(a, &days->article);
	for (size_t i = 0; i < a->nblocks && !days->known; i++) {
		const struct part *p = block_part(&a->blocks[i], PART_DATE);
		int year, m, d;
		size_t n;
		const char *v;

		if (a->blocks[i].kind != BLOCK_DATELINE || p == NULL)
			continue;
		v = part_value(a, p, &n);
		if (n != 5 || v[2] != '-')
			continue;
		m = (v[0] - '0') * 10 + v[1] - '0';
		d = (v[3] - '0') * 10 + v[4] - '0';
		if ((year = date_nearest_year(m, d, days->today, HALF_A_YEAR)) != 0 && date_exists(year, m, d)) {
			days->article = date_days(year, m, d);
			days->known = *guess = true;
		}
	}
}

static enum embargo
when(const struct check_ctx *c, const struct instant *i)
{
	if ((i->lacks & (LACKS_DAY | WRONG_DAY)) != 0)
		return EMBARGO_UNREAD;
	return c->now < i->earliest ? EMBARGO_AHEAD : c->now >= i->latest ? EMBARGO_OVER : EMBARGO_UNREAD;
}

/* What the sender says in the metadata, by ISO 8601 or as copy says it.  A time without a zone is taken for one of the zone that
 * --now carries.  false: it cannot be read. */
static bool
field_moment(struct check_ctx *c, struct range at, const struct instant_days *days, struct instant *i)
{
	const struct text *t = &c->article->text;
	struct moment m;

	if (!date_moment(text_at(t, at), range_len(at), &m))
		return instant_read(c->analysis->language, t->s, at, days, i) && (i->lacks & (LACKS_DAY | WRONG_DAY)) == 0;
	memset(i, 0, sizeof *i);
	i->earliest = i->latest = m.at - (m.has_zone ? 0 : c->now_offset);
	i->lacks = (m.has_zone ? 0u : LACKS_ZONE) | (m.has_clock ? 0u : LACKS_CLOCK);
	return true;
}

static void
embargo_field(struct check_ctx *c, const struct field *f, const struct instant_days *days, enum embargo asked)
{
	struct range at = text_trim(&c->article->text, f->at);
	struct instant i;

	if (range_len(at) == 0)
		return;
	if (!field_moment(c, at, days, &i)) {
		if (asked == EMBARGO_UNREAD)
			report_embargo(c, at, SURE, "is no time that can be read");
		return;
	}
	if (asked == EMBARGO_AHEAD && when(c, &i) == EMBARGO_AHEAD)
		report_embargo(c, at, (i.lacks & LACKS_ZONE) != 0 ? LIKELY : SURE, (i.lacks & LACKS_ZONE) != 0 ? " (its zone is not said)" : "");
	else if (asked == EMBARGO_UNREAD && when(c, &i) == EMBARGO_UNREAD)
		report_embargo(c, at, SURE, says(c, &i));
}

/* What is known of the article's embargo as a whole. */
struct told {
	struct instant_days days;
	bool guess;			/* the article's day is one */
	bool known;			/* a line or field says a day: the first that does */
	struct instant first;
	const struct field *field;	/* the first field that says a moment, its zone included; NULL */
	struct instant by_field;
};

static bool
line_moment(struct check_ctx *c, struct range at, const struct told *told, struct instant *i)
{
	return instant_read(c->analysis->language, c->article->text.s, at, &told->days, i);
}

static void
tell(struct check_ctx *c, struct told *told)
{
	const struct article *a = c->article;
	struct instant i;

	memset(told, 0, sizeof *told);
	article_days(c, &told->days, &told->guess);
	for (size_t k = 0; k < a->nfields; k++) {
		struct range at;

		if (a->fields[k].name != FIELD_EMBARGOED)
			continue;
		at = text_trim(&a->text, a->fields[k].at);
		if (range_len(at) == 0 || !field_moment(c, at, &told->days, &i))
			continue;
		if (!told->known)
			told->first = i;
		told->known = true;
		if (told->field == NULL && (i.lacks & LACKS_ZONE) == 0) {
			told->field = &a->fields[k];
			told->by_field = i;
		}
	}
	for (size_t k = 0; k < a->nblocks && !told->known; k++)
		if (a->blocks[k].kind == BLOCK_EMBARGO && line_moment(c, a->blocks[k].at, told, &i) &&
		    (i.lacks & (LACKS_DAY | WRONG_DAY)) == 0) {
			told->known = true;
			told->first = i;
		}
}

/* Does the metadata say another moment than the line?  0000 and 0001 are the same. */
static bool
differs(const struct told *told, const struct instant *line)
{
	return told->field != NULL && (line->lacks & (LACKS_DAY | WRONG_DAY)) == 0 &&
	    (told->by_field.latest + MINUTE < line->earliest || told->by_field.earliest - MINUTE > line->latest);
}

/* A line at the head, or a note to editors in the metadata: "EMBARGOED UNTIL 00:01 GMT NOV 24, 2026". */
static void
embargo_line(struct check_ctx *c, struct range at, const struct told *told, enum embargo asked)
{
	const struct text *t = &c->article->text;
	const char *problem;
	struct instant i;
	bool says_moment;
	enum embargo is;

	at = text_trim(t, at);
	says_moment = line_moment(c, at, told, &i);
	if (!says_moment || (i.lacks & LACKS_DAY) != 0) {
		/* "STRICTLY EMBARGOED": what another line or the metadata say is reported there, but for this line's standing in the text */
		if (told->known && asked == EMBARGO_OVER && when(c, &told->first) == EMBARGO_OVER)
			report_embargo(c, at, SURE, "");
		else if (!told->known && asked == EMBARGO_UNREAD)
			report_embargo(c, at, SURE, says_moment ? says(c, &i) : "does not say when it ends");
		return;
	}
	is = when(c, &i);
	problem = says(c, &i);
	if (asked == EMBARGO_UNREAD && is != EMBARGO_OVER && differs(told, &i))
		report_embargo(c, at, SURE, arena_printf(c->arena, "says another time than the metadata, '%.*s'",
		    (int)range_len(text_trim(t, told->field->at)), text_at(t, text_trim(t, told->field->at))));
	else if (asked == EMBARGO_UNREAD && (is == asked || (is == EMBARGO_AHEAD && (i.lacks & (WRONG_WEEKDAY | TWO_MOMENTS)) != 0)))
		report_embargo(c, at, SURE, problem);
	else if (is == asked)
		report_embargo(c, at, told->guess && (i.lacks & GUESSED_DAY) != 0 ? LIKELY : SURE,
		    asked == EMBARGO_AHEAD && *problem != '\0' ? arena_printf(c->arena, " (it %s)", problem) : "");
}

void
date_embargoes(struct check_ctx *c, enum embargo asked)
{
	const struct article *a = c->article;
	struct told told;

	tell(c, &told);
	for (size_t i = 0; i < a->nfields; i++)
		if (a->fields[i].name == FIELD_EMBARGOED)
			embargo_field(c, &a->fields[i], &told.days, asked);
		else if (a->fields[i].name == FIELD_ED_NOTE && asked != EMBARGO_OVER &&		/* nothing to be taken out of the text */
		    classify_says_embargo(a, a->fields[i].at))
			embargo_line(c, a->fields[i].at, &told, asked);
	for (size_t i = 0; i < a->nblocks; i++)
		if (a->blocks[i].kind == BLOCK_EMBARGO)
			embargo_line(c, a->blocks[i].at, &told, asked);
}
