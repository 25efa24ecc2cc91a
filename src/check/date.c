/* date: dates that cannot be right:
 *
 *	<date check="weekday"/>		Tuesday, Nov. 23, 2026 (that day is a Monday); Feb. 30, 2026
 *	<date check="embargo"/>		the field `embargoed`, or a line, says a moment that lies ahead */
#include "dates.h"

#include "analysis.h"
#include "check.h"
#include "moment.h"
#include "util/arena.h"

#include <string.h>

enum { HALF_A_YEAR = 183, GREGORIAN = 1800 };	/* earlier days were counted otherwise in many countries */

enum { WEEKDAY };
struct date_rule { int what; };		/* WEEKDAY, or 1 and the enum embargo that is asked for */

static void *
date_compile(struct rule_build *b, const struct node *el)
{
	struct date_rule *d = ARENA_NEW(rule_arena(b), struct date_rule);

	rule_known_attrs(b, el, "check");
	rule_known_children(b, el, "");
	d->what = rule_attr_choice(b, el, "check", "weekday embargo embargo-unread embargo-over", 0);
	return d->what < 0 ? NULL : d;
}

/* The day the article is of, from its dateline or the field `published`.  false if neither says. */
static bool
article_day(const struct article *a, long *day)
{
	const struct field *f;
	int y, m, d;

	for (size_t i = 0; i < a->nblocks; i++) {
		const struct part *p = block_part(&a->blocks[i], PART_DATE);
		size_t n;
		const char *v;

		if (a->blocks[i].kind != BLOCK_DATELINE || p == NULL)
			continue;
		v = part_value(a, p, &n);
		if (date_iso(v, n, &y, &m, &d) && date_exists(y, m, d)) {
			*day = date_days(y, m, d);
			return true;
		}
	}
	f = article_find_field(a, FIELD_PUBLISHED);
	if (f != NULL && date_iso(text_at(&a->text, f->at), range_len(f->at), &y, &m, &d) && date_exists(y, m, d)) {
		*day = date_days(y, m, d);
		return true;
	}
	return false;
}

/* The weekday's full name, the first that the language lists for it. */
static const char *
weekday_name(struct check_ctx *c, int n)
{
	const char *const *list = facts_list(c->analysis->language, LIST_WEEKDAYS);

	for (; *list != NULL; list++) {
		const char *eq = strchr(*list, '=');

		if (eq != NULL && eq[1] == '0' + n && eq[2] == '\0')
			return arena_strndup(c->arena, *list, (size_t)(eq - *list));
	}
	return "";
}

static void
report_date(struct check_ctx *c, const struct date *d, int year, enum certainty certainty, int expected)
{
	struct report r = {.at = d->at, .certainty = certainty};
	const char *name = expected != 0 ? weekday_name(c, expected) : "";
	const char *iso = year != 0 ? arena_printf(c->arena, "%04d-%02d-%02d", year, d->month, d->day) :
	    arena_printf(c->arena, "%02d-%02d", d->month, d->day);
	const char *problem = expected != 0 ? arena_printf(c->arena, "is a %s", name) : "does not exist";

	report_arg(&r, "weekday", text_at(&c->article->text, d->weekday_at), range_len(d->weekday_at));
	report_arg(&r, "expected", name, strlen(name));
	report_arg(&r, "date", text_at(&c->article->text, d->day_at), range_len(d->day_at));
	report_arg(&r, "iso", iso, strlen(iso));
	report_arg(&r, "problem", problem, strlen(problem));
	check_report(c, &r);
}

static void
judge(struct check_ctx *c, const struct date *d, bool have_day, long day)
{
	int year = d->year, right;

	if (!date_exists(0, d->month, d->day)) {
		/* "May 35 voters": alone it need not be a date */
		if (year != 0 || d->weekday != 0)
			report_date(c, d, year, SURE, 0);
		return;
	}
	if (year == 0) {
		if (d->weekday == 0 || !have_day)
			return;
		year = date_nearest_year(d->month, d->day, day, HALF_A_YEAR);
		if (year == 0)
			return;
	} else if (!date_exists(year, d->month, d->day)) {
		report_date(c, d, year, SURE, 0);
		return;
	}
	if (d->weekday == 0 || year < GREGORIAN)
		return;
	right = date_weekday(year, d->month, d->day);
	if (right != d->weekday)
		report_date(c, d, year, d->year != 0 ? SURE : LIKELY, right);
}

/* ---- embargoes ---- */

/* When copy may be used: ahead, over, or not to be told. */
enum embargo { EMBARGO_AHEAD, EMBARGO_UNREAD, EMBARGO_OVER };

static void
report_embargo(struct check_ctx *c, struct range at, enum certainty certainty, const char *problem)
{
	struct report r = {.at = at, .certainty = certainty};

	report_arg(&r, "problem", problem, strlen(problem));
	check_report(c, &r);
}

/* What the sender says in the metadata.  A time without a zone is taken for one of the zone that --now carries, and that is only
 * likely; so is a day without a time. */
static void
embargo_field(struct check_ctx *c, const struct field *f, enum embargo asked)
{
	const struct text *t = &c->article->text;
	struct range at = text_trim(t, f->at);
	struct moment m;

	if (f->name != FIELD_EMBARGOED || range_len(at) == 0)
		return;
	if (!date_moment(text_at(t, at), range_len(at), &m)) {
		if (asked == EMBARGO_UNREAD)
			report_embargo(c, at, SURE, "is no time that can be read");
		return;
	}
	if (!m.has_zone)
		m.at -= c->now_offset;
	if (asked == EMBARGO_AHEAD && m.at > c->now)
		report_embargo(c, at, m.has_zone ? SURE : LIKELY, m.has_zone ? "" : " (its zone is not said)");
}

/* Is the day ahead in every zone on earth, over in all of them, or neither?  Without a year it is of the nearest. */
static enum embargo
embargo_day(const struct check_ctx *c, const struct date *d)
{
	enum { DAY = 86400, EAST = 14 * 3600, WEST = 12 * 3600 };
	int year = d->year != 0 ? d->year : date_nearest_year(d->month, d->day, (long)(c->now / DAY), HALF_A_YEAR);
	int64_t begin;

	if (year == 0 || !date_exists(year, d->month, d->day))
		return EMBARGO_UNREAD;
	begin = (int64_t)date_days(year, d->month, d->day) * DAY;
	return begin - EAST > c->now ? EMBARGO_AHEAD : begin + DAY + WEST <= c->now ? EMBARGO_OVER : EMBARGO_UNREAD;
}

/* A line at the head: "EMBARGOED UNTIL 00:01 GMT NOV 24, 2026".  Only its days are read.  Of several ("EMBARGOED NOV 20 UNTIL
 * NOV 24") any may be the one that counts: ahead if one of them is, over only if all are. */
static void
embargo_line(struct check_ctx *c, const struct block *b, enum embargo asked)
{
	enum embargo is = EMBARGO_UNREAD;
	uint32_t at = b->at.a;
	bool first = true;
	struct date d;

	if (b->kind != BLOCK_EMBARGO)
		return;
	while (is != EMBARGO_AHEAD && date_next(c->analysis->language, c->article->text.s, b->at.a, &at, b->at.z, &d)) {
		enum embargo this = embargo_day(c, &d);

		if (first || this != EMBARGO_OVER)
			is = this;
		first = false;
	}
	if (is == asked)
		report_embargo(c, text_trim(&c->article->text, b->at), SURE, is == EMBARGO_UNREAD ? "may be over or not" : "");
}

static void
embargoes(struct check_ctx *c, enum embargo asked)
{
	const struct article *a = c->article;

	for (size_t i = 0; i < a->nfields; i++)
		embargo_field(c, &a->fields[i], asked);
	for (size_t i = 0; i < a->nblocks; i++)
		embargo_line(c, &a->blocks[i], asked);
}

static void
date_run(struct check_ctx *c, const void *data)
{
	const struct article *a = c->article;
	const struct date_rule *rule = data;
	long day = 0;
	bool have_day;

	if (rule->what != WEEKDAY) {
		embargoes(c, (enum embargo)(rule->what - 1));
		return;
	}
	have_day = article_day(a, &day);
	for (size_t i = 0; i < a->nblocks; i++) {
		const struct block *b = &a->blocks[i];
		uint32_t at = b->at.a;
		struct date d;

		if (c->rule->scope != 0 && !(KIND(b->kind) & c->rule->scope))
			continue;
		while (date_next(c->analysis->language, a->text.s, b->at.a, &at, b->at.z, &d))
			if (c->rule->quoted == QUOTED_ANY || analysis_quoted(c->analysis, d.at) == (c->rule->quoted == QUOTED_IN))
				judge(c, &d, have_day, day);
	}
}

static const struct param_doc params[] = {
	{"check", "weekday|embargo|embargo-unread|embargo-over", "what is asked: weekday (default) compares weekdays with the days they stand"
	    " at, and finds days that do not exist; a date without a year is taken for the nearest within half a year of the dateline or"
	    " the field 'published', and is likely only; embargo finds embargoes, of the field 'embargoed' and of lines, that lie ahead of"
	    " --now, embargo-unread those of which that cannot be told, embargo-over lines whose day has passed"},
	{NULL, NULL, NULL}
};
static const char *const placeholders[] = {"weekday", "expected", "date", "iso", "problem", NULL};

const struct check check_date = {
	.name = "date",
	.doc = "Dates that cannot be right, in the article's language.",
	.params = params,
	.placeholders = placeholders,
	.compile = date_compile,
	.run = date_run,
};
