/* Moments in copy: what lines say, and the laws of summer time. */
#include "analysis/instant.h"
#include "analysis/instant_zones.h"
#include "facts/calendar.h"
#include "facts/facts.h"
#include "unit.h"

#include <stdio.h>
#include <string.h>

static const char *
stamp(int64_t at, char out[96])
{
	long day = (long)(at >= 0 ? at / 86400 : (at - 86399) / 86400), y = 1970 + day / 366;
	int m = 1, sec = (int)(at - (int64_t)day * 86400);

	while (date_days((int)y + 1, 1, 1) <= day)
		y++;
	while (m < 12 && date_days((int)y, m + 1, 1) <= day)
		m++;
	snprintf(out, 96, "%04ld-%02d-%02ldT%02d:%02d", y, m, day - date_days((int)y, m, 1) + 1, sec / 3600, sec / 60 % 60);
	return out;
}

static const char *const lack_names[] = {"no-day", "no-clock", "no-zone", "open-day", "open-half", "open-midnight", "open-zone",
	"wrong-weekday", "wrong-day", "two", "guessed"};

/* "2026-11-24T00:01", "2026-11-23T10:00..2026-11-25T12:00 no-clock no-zone", "no-day", "-" */
static const char *
said(const char *lang, const char *line, const struct instant_days *days, char out[512])
{
	struct instant at;
	char a[96], z[96];
	size_t n = 0;

	out[0] = '\0';
	if (!instant_read(facts_language(lang), line, (struct range){0, (uint32_t)strlen(line)}, days, &at))
		return "-";
	if ((at.lacks & (LACKS_DAY | WRONG_DAY)) == 0)
		n = (size_t)snprintf(out, 512, at.earliest == at.latest ? "%s" : "%s..%s", stamp(at.earliest, a), stamp(at.latest, z));
	for (size_t i = 0; i < sizeof lack_names / sizeof *lack_names; i++)
		if (at.lacks >> i & 1)
			n += (size_t)snprintf(out + n, 512 - n, "%s%s", n != 0 ? " " : "", lack_names[i]);
	return out;
}

static const struct { const char *lang, *line, *is; } known[] = {
	{"en", "EMBARGOED UNTIL 0001 GMT, TUESDAY NOV 24, 2026", "2026-11-24T00:01"},
	{"en", "EMBARGOED UNTIL 00:01 GMT NOV 24, 2026", "2026-11-24T00:01"},
	{"en", "Not for publication before 00.01 GMT Monday", "2026-11-23T00:01 guessed"},
	{"en", "Embargo: 10 a.m. ET Nov. 24", "2026-11-24T15:00"},
	{"en", "Embargo: 10 a.m. ET July 7, 2026", "2026-07-07T14:00"},
	{"en", "STRICTLY EMBARGOED FOR 6am BST Tuesday 24 November 2026", "2026-11-24T05:00"},
	{"en", "HOLD FOR RELEASE UNTIL 6 A.M. EST WEDNESDAY, NOV. 25", "2026-11-25T11:00"},
	{"en", "NOT FOR USE BEFORE 1100GMT", "no-day"},
	{"en", "For release at 12 noon EST, Thursday", "2026-11-26T17:00 guessed"},
	{"en", "EMBARGOED TO 00:01, 24 November", "2026-11-23T10:01..2026-11-24T12:01 no-zone"},
	{"en", "SENT NOV 18, 2026, EMBARGOED UNTIL NOV 24 0001 GMT", "2026-11-24T00:01"},
	{"en", "EMBARGOED NOV 20 UNTIL NOV 24 2026", "2026-11-23T10:00..2026-11-25T12:00 no-clock no-zone"},
	{"en", "EMBARGOED UNTIL 0001 GMT NOV 24 (SENT 1500 GMT NOV 18)", "2026-11-24T00:01"},
	{"en", "NOT FOR RELEASE BEFORE NOV. 23, 0600", "2026-11-22T16:00..2026-11-23T18:00 no-zone"},
	{"en", "EMBARGOED UNTIL NOV 24 1100 GMT", "2026-11-24T11:00"},
	{"en", "EMBARGOED UNTIL NOV 24 2030 GMT", "2026-11-24T20:30"},
	{"en", "EMBARGOED UNTIL NOV 24 2026 1100 GMT", "2026-11-24T11:00"},
	{"en", "EMBARGOED UNTIL 0001HRS (GMT) TUESDAY", "2026-11-24T00:01 guessed"},
	{"en", "EMBARGO: 24 November 2026, 06:00 UTC+3", "2026-11-24T03:00"},
	{"en", "EMBARGO: 24 November 2026, 06:00 GMT +03:00", "2026-11-24T03:00"},
	{"en", "EMBARGO: 24 November 2026, 06:00 +0300", "2026-11-24T03:00"},
	{"en", "EMBARGO: 24 November 2026, 0600Z", "2026-11-24T06:00"},
	{"en", "Embargoed until 6:30 p.m. London time on 24 July 2026", "2026-07-24T17:30"},
	{"en", "Embargoed until 18:30 London time on 24 November 2026", "2026-11-24T18:30"},
	{"en", "Embargoed until 9 a.m. Pacific time, Dec. 1, 2026", "2026-12-01T17:00"},
	{"en", "EMBARGOED UNTIL 10 A.M. ET (1500 GMT) NOV. 24, 2026", "2026-11-24T15:00"},
	{"en", "EMBARGOED UNTIL NOV. 24, 2026, 10 A.M. ET (1500 GMT)", "2026-11-24T15:00"},
	{"en", "EMBARGOED UNTIL 10 A.M. ET (1400 GMT) NOV. 24, 2026", "2026-11-24T14:00..2026-11-24T15:00 two"},
	{"en", "EMBARGOED UNTIL 0001 GMT (1901 ET) NOV 24, 2026", "2026-11-24T00:01"},
	{"en", "EMBARGOED UNTIL MIDNIGHT GMT NOV 24, 2026", "2026-11-24T00:00..2026-11-25T00:00 open-midnight"},
	{"en", "EMBARGOED UNTIL 6 ET NOV 24, 2026", "2026-11-24T11:00..2026-11-24T23:00 open-half"},
	{"en", "EMBARGOED UNTIL 10:00 IST NOV 24, 2026", "2026-11-24T04:30..2026-11-24T09:00 open-zone"},
	{"en", "EMBARGOED UNTIL 10:00 GMT MONDAY NOV 24, 2026", "2026-11-23T10:00..2026-11-24T10:00 wrong-weekday"},
	{"en", "EMBARGOED UNTIL 10:00 GMT NOV 31, 2026", "wrong-day"},
	{"en", "EMBARGOED UNTIL 10:00 GMT 24/11/2026", "2026-11-24T10:00"},
	{"en", "EMBARGOED UNTIL 10:00 GMT 11/24/2026", "2026-11-24T10:00"},
	{"en", "EMBARGOED UNTIL 10:00 GMT 3/4/2026", "2026-03-04T10:00..2026-04-03T10:00 open-day"},
	{"en", "EMBARGOED UNTIL 2026-11-24 06:00 CET", "2026-11-24T05:00"},
	{"en", "EMBARGOED UNTIL 2026-11-24T06:00Z", "2026-11-24T06:00"},
	{"en", "Embargoed until 10pm May 3, 2026, AEST", "2026-05-03T12:00"},
	{"en", "Embargoed until 5 p.m. JST on Friday, Nov. 27", "2026-11-27T08:00"},
	{"en", "EMBARGOED UNTIL 7 A.M. CST, 8 A.M. EST, NOV 24, 2026", "2026-11-24T13:00"},
	{"en", "Embargo 6AM BST TUESDAY 24 NOVEMBER. Contact Ada Brandt, +44 20 0000 0946", "2026-11-24T05:00"},
	{"en", "EMBARGOED UNTIL MONDAY MORNING", "2026-11-22T10:00..2026-11-24T12:00 no-clock no-zone guessed"},
	{"en", "EMBARGOED", "-"},
	{"en", "NOT FOR RELEASE IN 2026", "-"},
	{"de", "Sperrfrist: 24. November 2026, 06.00 Uhr MEZ", "2026-11-24T05:00"},
	{"de", "Gesperrt bis Dienstag, 24.11.2026, 6 Uhr MEZ", "2026-11-24T05:00"},
	{"fr", "EMBARGO JUSQU'AU 24 NOVEMBRE 2026 A 06H00 GMT", "2026-11-24T06:00"},
	{"fr", "Sous embargo jusqu'au mardi 24 novembre 2026 à 18 h 30, heure de Paris", "2026-11-24T17:30"},
	{"es", "Embargado hasta las 10.00 horas GMT del 24 de noviembre de 2026", "2026-11-24T10:00"},
	{"it", "Embargo fino alle ore 10 CET del 24 novembre 2026", "2026-11-24T09:00"},
	{"pt", "Embargado até 24 de novembro de 2026 às 10h30 GMT", "2026-11-24T10:30"},
	{"nl", "Onder embargo tot dinsdag 24 november 2026, 06.00 uur CET", "2026-11-24T05:00"},
	{"tr", "Ambargolu: 24 Kasım 2026 Salı, saat 10.00 TSİ", "2026-11-24T07:00"},
	{"tr", "24 Kasım 2026 saat 10.00'a kadar ambargoludur", "2026-11-23T20:00..2026-11-24T22:00 no-zone"},
};

START_TEST(sayings)
{
	/* Sunday, Nov. 22, 2026 */
	struct instant_days days = {true, date_days(2026, 11, 22), date_days(2026, 11, 22)};
	char out[512];

	ck_assert_msg(strcmp(said(known[_i].lang, known[_i].line, &days, out), known[_i].is) == 0, "%s: %s, expected %s", known[_i].line,
	    said(known[_i].lang, known[_i].line, &days, out), known[_i].is);
}
END_TEST

START_TEST(days_unknown)
{
	struct instant_days days = {false, 0, date_days(2026, 11, 22)};
	char out[512];

	ck_assert_str_eq(said("en", "EMBARGOED UNTIL 0001 GMT TUESDAY", &days, out), "no-day");
	ck_assert_str_eq(said("en", "EMBARGOED UNTIL 0001 GMT JAN 3", &days, out), "2027-01-03T00:01");
	days = (struct instant_days){true, date_days(2019, 1, 1), date_days(2026, 11, 22)};
	ck_assert_str_eq(said("en", "EMBARGOED UNTIL 0001 GMT JAN 3", &days, out), "2019-01-03T00:01");
	ck_assert_str_eq(said("en", "EMBARGOED UNTIL 0001 GMT TUESDAY", &days, out), "2019-01-01T00:01 guessed");
}
END_TEST

/* The hour before and after each change of clocks. */
START_TEST(summer_time)
{
	static const struct { const char *zone; int month, day, minute, hours; } changes[] = {
		{"ET", 3, 8, 119, 5}, {"ET", 3, 8, 180, 4}, {"ET", 11, 1, 119, 4}, {"ET", 11, 1, 120, 5},
		{"PT", 3, 8, 119, 8}, {"PT", 3, 8, 180, 7}, {"London time", 3, 29, 59, 0}, {"London time", 3, 29, 120, -1},
		{"London time", 10, 25, 119, -1}, {"London time", 10, 25, 120, 0}, {"Paris time", 3, 29, 119, -1},
		{"Paris time", 3, 29, 180, -2}, {"Paris time", 10, 25, 179, -2}, {"Paris time", 10, 25, 180, -1},
		{"EST", 7, 1, 0, 5}, {"Istanbul time", 7, 1, 0, -3}
	};

	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		int64_t local = (int64_t)date_days(2026, changes[i].month, changes[i].day) * 86400 + changes[i].minute * 60, a, b;
		size_t n = strlen(changes[i].zone);
		struct zone z;

		ck_assert_uint_eq(zone_at(facts_language("en"), changes[i].zone, n, true, &z), n);
		zone_moments(&z, local, &a, &b);
		ck_assert_int_eq(a, b);
		ck_assert_msg(a == local + changes[i].hours * 3600, "%s %d-%d: %d", changes[i].zone, changes[i].month, changes[i].day,
		    (int)((a - local) / 3600));
	}
}
END_TEST

Suite *
unit_instant(void)
{
	Suite *s = suite_create("instant");
	TCase *c = tcase_create("instant");

	tcase_add_loop_test(c, sayings, 0, sizeof known / sizeof *known);
	tcase_add_test(c, days_unknown);
	tcase_add_test(c, summer_time);
	suite_add_tcase(s, c);
	return s;
}
