/* date: dates that cannot be right:
 *
 *	<date check="weekday"/>		Tuesday, Nov. 23, 2026 (that day is a Monday); Feb. 30, 2026
 *	<date check="embargo"/>		the field `embargoed`, or a line, says a moment that lies ahead: date_embargo.c */
#include "check/date.h"

#include "analysis/analysis.h"
#include "analysis/dates.h"
#include "check.h"
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

bool
date_of_article(const struct article *a, long *day)
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

static void
date_run(struct check_ctx *c, const void *data)
{
	const struct article *a = c->article;
	const struct date_rule *rule = data;
	long day = 0;
	bool have_day;

	if (rule->what != WEEKDAY) {
		date_embargoes(c, (enum embargo)(rule->what - 1));
		return;
	}
	have_day = date_of_article(a, &day);
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
	    " --now, embargo-unread those of which that cannot be told or that contradict themselves or one another, embargo-over lines that"
	    " are over"},
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
