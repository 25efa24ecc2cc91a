/* Sentences, dates, words made alike, and wordings. */
#include "unit.h"

#include "alike.h"
#include "analysis/analysis.h"
#include "analysis/dates.h"
#include "check/wording.h"
#include "util/buf.h"

#include <string.h>

static struct article article;
static struct analysis an;

static void
setup(void)
{
	article_init(&article);
	analysis_init(&an);
}

static void
teardown(void)
{
	analysis_release(&an);
	article_release(&article);
}

static void
read_paragraph(const char *lang, const char *s)
{
	article_reset(&article, NULL, "text");
	article.lang = lang;
	article.lang_certainty = SURE;
	text_verbatim(&article.text, s, strlen(s), 0);
	article_block(&article, BLOCK_PARAGRAPH, SURE, 0);
	analysis_start(&an, &article);
}

/* ---- sentences: '|' stands between them ---- */

static const struct { const char *lang, *text; } cut[] = {
	{"en", "The port opened.|Ships came in.|It was late."},
	{"en", "“Is it over?” she asked.|“Yes.”|He left."},
	{"en", "Mr. Roe met Dr. J. R. Doe on Nov. 23 at 5 p.m. on Main St. in Springfield.|Then he left."},
	{"en", "He lives in the U.S. and likes it.|She came from the U.S.|The others did not."},
	{"en", "It cost 1.5 million, i.e. a lot.|Nobody paid!|Why?|No one said ..."},
	{"en", "“We waited ... and waited,” he said.|“Then ... ”|It began."},
	{"en", "He said “Go!” and left.|(It was late.)|End"},
	{"de", "Am 23. November kam er an.|Am Kai stand Dr. Roe."},
	{"ja", "船は待った。|風が止んだ。"},
	{"en", "No stop at all"},
	/* titles and abbreviations */
	{"en", "Sen. Ada Brandt met Reps. Lund and Roth on Tuesday.|Gov. Kessel did not come."},
	{"en", "Lt. Gov. Roth, Rev. Dr. Lund and Prof. Brandt sat down.|St. John’s had sent Sgt. Kessel."},
	{"en", "The firm, Salt Road Inc. of Harbourville, sued Roth Bros. Ltd. in March.|It lost."},
	{"en", "He was born in Portalder, Conn., on Sept. 3, 1950.|She came from Jan. 2 on."},
	{"en", "Roth v. Brandt is case No. 12.|Art. 4 of the lease, p. 3, says so, i.e. nothing, e.g. on rent."},
	{"en", "It opens at 9 a.m. and shuts at 5 p.m. Monday to Friday.|It is free."},
	{"en", "She has a Ph.D. from there.|They have none."},
	/* countries and initials */
	{"en", "The U.S. Senate voted.|The U.N. and the U.K. did not."},
	{"en", "He left the U.S.|We stayed in the U.S. capital, Washington, D.C., until noon."},
	{"en", "J. R. Roth, A.B. Lund and Mia K. Brandt signed.|No one read it."},
	{"en", "George W. Roth ran.|So did Jan T."},
	/* numbers */
	{"en", "Prices rose 2.5 percent to $3.75.|They had fallen by 0.3 percent in 2.0 weeks."},
	{"en", "It rained 1.234,5 litres, or 3.2.|Version 2.0 is out."},
	{"en", "It was 1950.|In 1951 it was over."},
	{"en", "Look at port.example.org or write to ada.brandt@port.example.|Nobody answers."},
	/* ellipses */
	{"en", "We waited … and waited.|Then …|It began."},
	{"en", "“We … we don’t know,” he said.|“You don’t? …|Go.”"},
	{"en", "It was late ....|Nobody came."},
	/* quotations inside a sentence */
	{"en", "“We will stay,” the pilot said.|“You will see.”"},
	{"en", "“Stay!” he shouted.|“Why?” she asked; nobody knew."},
	{"en", "She asked “Why?” and “When?” and left.|He said: “Go.”|Then he left."},
	{"en", "He read “The Long Night.”|She read nothing."},
	{"en", "\"Is it over?\" she asked.|\"Yes,\" he said.|\"It is.\""},
	{"en", "He said ‘no.’|(Nobody heard.)|[It was late.]"},
	/* datelines */
	{"en", "HARBOURVILLE, Nov. 24 (Reuters) - The port opened.|Ships came in."},
	{"en", "HARBOURVILLE, Maine (AP) — The port opened on Nov. 24.|Ships came in."},
	{"en", "ST. MARY, D.C., Feb. 2 — The port opened.|Ships came in."},
	/* languages */
	{"de", "Am 3. März sprach Dr. Roth z. B. über den Hafen.|Das Schiff kam um 5.30 Uhr."},
	{"de", "„Wir bleiben!“, sagte er.|„Gut.“|Er ging."},
	{"fr", "M. Roth et Mme Lund sont venus.|« Pourquoi ? » a-t-il demandé.|Rien."},
	{"es", "El Sr. Roth llegó.|¿Por qué?|¡Nadie sabe!|«Basta», dijo la Sra. Lund."},
	{"tr", "Dr. Roth geldi.|“Gidelim.” dedi.|Kimse yoktu."},
	{"ru", "Порт открылся.|«Мы остаёмся», — сказал лоцман.|Зачем?"},
	{"zh", "港口开放了。|“我们不等了。”|他走了！"},
};

START_TEST(sentences)
{
	struct buf plain, found;
	const char *s;

	buf_init(&plain);
	buf_init(&found);
	/* a blank stands between two, but not in Japanese and Chinese */
	for (s = cut[_i].text; *s != '\0'; s++)
		if (*s != '|')
			buf_putc(&plain, *s);
		else if (strcmp(cut[_i].lang, "ja") != 0 && strcmp(cut[_i].lang, "zh") != 0)
			buf_putc(&plain, ' ');
	read_paragraph(cut[_i].lang, plain.s);
	analysis_sentences(&an);
	for (size_t i = 0; i < an.nsentences; i++) {
		if (i > 0)
			buf_putc(&found, '|');
		buf_add(&found, text_at(&article.text, an.sentences[i].at), range_len(an.sentences[i].at));
	}
	ck_assert_str_eq(found.s, cut[_i].text);
	buf_release(&plain);
	buf_release(&found);
}
END_TEST

START_TEST(sentence_at)
{
	struct range r;

	read_paragraph("en", "One is here. Two is there.");
	r = analysis_sentence_at(&an, 14);
	ck_assert_uint_eq(r.a, 13);
	ck_assert_uint_eq(r.z, 26);
	r = analysis_sentence_at(&an, 0);
	ck_assert_uint_eq(r.z, 12);
	r = analysis_sentence_at(&an, 1000);
	ck_assert_uint_eq(r.z, 0);
}
END_TEST

/* ---- dates ---- */

static const struct { const char *lang, *text, *found; } dated[] = {
	{"en", "It opens on Tuesday, Nov. 23, 2026, at noon.", "Tuesday, Nov. 23, 2026=2026-11-23/2"},
	{"en", "It opens Nov. 23, 2026 (Monday).", "Nov. 23, 2026 (Monday)=2026-11-23/1"},
	{"en", "Monday 23 November 2026 was cold.", "Monday 23 November 2026=2026-11-23/1"},
	{"en", "the 23rd of November, 2026", "23rd of November, 2026=2026-11-23/0"},
	{"en", "Monday, November 23", "Monday, November 23=0-11-23/1"},
	{"en", "on 2026-11-23 (Tue)", "2026-11-23 (Tue=2026-11-23/2"},
	{"en", "Feb. 30, 2026", "Feb. 30, 2026=2026-2-30/0"},
	/* no dates, ranges, weekdays of other things */
	{"en", "Some 23 ships and 1,23 more by 11:23 of A4", ""},
	{"en", "Monday-Wednesday, Nov. 23-25, 2026", ""},
	{"en", "Monday and Tuesday, Nov. 23 and 24, 2026", ""},
	{"en", "He left on Monday. Nov. 24, 2026 was cold.", "Nov. 24, 2026=2026-11-24/0"},
	{"en", "On Nov. 23, Tuesday’s winner spoke.", "Nov. 23=0-11-23/0"},
	{"en", "May 5 and Mon. Nov. 23", "May 5=0-5-5/0;Mon. Nov. 23=0-11-23/1"},
	{"de", "am Montag, den 23. November 2026, um zehn", "Montag, den 23. November 2026=2026-11-23/1"},
	{"fr", "lundi 23 novembre 2026", "lundi 23 novembre 2026=2026-11-23/1"},
	{"es", "el lunes 23 de noviembre de 2026", "lunes 23 de noviembre de 2026=2026-11-23/1"},
	{"tr", "23 Kasım 2026 Pazartesi günü", "23 Kasım 2026 Pazartesi=2026-11-23/1"},
};

START_TEST(dates)
{
	struct buf found;
	struct date d;
	uint32_t at = 0, end = (uint32_t)strlen(dated[_i].text);

	buf_init(&found);
	while (date_next(facts_language(dated[_i].lang), dated[_i].text, 0, &at, end, &d)) {
		if (found.n > 0)
			buf_putc(&found, ';');
		buf_add(&found, dated[_i].text + d.at.a, range_len(d.at));
		buf_printf(&found, "=%d-%d-%d/%d", d.year, d.month, d.day, d.weekday);
	}
	ck_assert_uint_eq(at, end);
	/* the closing bracket belongs to it */
	if (strstr(dated[_i].found, "(Tue=") != NULL)
		ck_assert_str_eq(found.s, "2026-11-23 (Tue)=2026-11-23/2");
	else
		ck_assert_str_eq(found.s, dated[_i].found);
	buf_release(&found);
}
END_TEST

START_TEST(calendar)
{
	int y, m, d;

	ck_assert_int_eq(date_weekday(2026, 11, 23), 1);
	ck_assert_int_eq(date_weekday(2000, 2, 29), 2);
	ck_assert_int_eq(date_weekday(1970, 1, 1), 4);
	ck_assert_int_eq(date_weekday(1900, 3, 1), 4);
	ck_assert_int_eq(date_days(1970, 1, 2), 1);
	ck_assert_int_eq(date_days(1969, 12, 31), -1);
	ck_assert(date_exists(2024, 2, 29) && !date_exists(2026, 2, 29) && date_exists(0, 2, 29) && !date_exists(0, 6, 31));
	ck_assert(!date_exists(1900, 2, 29) && date_exists(2000, 2, 29) && !date_exists(2026, 13, 1) && !date_exists(2026, 0, 1));
	ck_assert_int_eq(date_nearest_year(12, 30, date_days(2027, 1, 3), 183), 2026);
	ck_assert_int_eq(date_nearest_year(1, 3, date_days(2026, 12, 30), 183), 2027);
	ck_assert_int_eq(date_nearest_year(6, 1, date_days(2026, 12, 30), 100), 0);
	ck_assert(date_iso("2026-11-23T10:00:00Z", 20, &y, &m, &d) && y == 2026 && m == 11 && d == 23);
	ck_assert(!date_iso("2026-11-2", 9, &y, &m, &d) && !date_iso("2026-11-234", 11, &y, &m, &d) && !date_iso("23/11/2026", 10, &y, &m, &d));
	/* every day has the weekday after the one before it */
	for (long i = 0, last = 0; i < 3000; i++) {
		int year = 1600 + (int)i / 10, day = 1 + (int)(i % 10), now = date_weekday(year, 3, day);

		if (day > 1)
			ck_assert_int_eq(now, last % 7 + 1);
		last = now;
	}
}
END_TEST

/* ---- words made alike ---- */

static void
spell(struct buf *b, const char *s)
{
	struct text t = {.s = (char *)s, .n = strlen(s)};
	struct words w = words_of(&t, (struct range){0, (uint32_t)t.n});
	struct word word;

	buf_clear(b);
	while (words_next(&w, &word))
		buf_printf(b, "%016llx ", (unsigned long long)word.hash);
}

START_TEST(alike)
{
	static const struct { const char *a, *b; bool same; } pairs[] = {
		{"Don’t go—now", "don't go - now", true}, {"“Élan,” he SAID", "elan he said", true}, {"re-open", "re open", true},
		{"a\u00adb", "ab", true}, {"naïve", "naive", true}, {"İZMİR", "izmir", true}, {"reopen", "re-open", false},
		{"dogs'", "dogs", true}, {"it's", "its", true}, {"a b", "b a", false}, {"", " – ", true},
	};
	struct buf a, b;

	buf_init(&a);
	buf_init(&b);
	for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
		spell(&a, pairs[i].a);
		spell(&b, pairs[i].b);
		ck_assert_msg((strcmp(a.s, b.s) == 0) == pairs[i].same, "'%s' and '%s'", pairs[i].a, pairs[i].b);
	}
	buf_release(&a);
	buf_release(&b);
}
END_TEST

START_TEST(kin)
{
	static const struct { const char *a, *b; bool kin; } pairs[] = {
		{"fail", "fails", true}, {"failed", "fails", false}, {"surrender", "surrendered", true}, {"cat", "cut", true},
		{"an", "a", false}, {"we", "he", false}, {"storm", "storm", true}, {"negotiate", "negotiated", true},
	};

	for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
		struct range a = {0, (uint32_t)strlen(pairs[i].a)}, b = {0, (uint32_t)strlen(pairs[i].b)};

		ck_assert_msg(words_kin(pairs[i].a, a, pairs[i].b, b) == pairs[i].kin, "%s, %s", pairs[i].a, pairs[i].b);
	}
}
END_TEST

START_TEST(similarity)
{
	uint64_t a[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, b[] = {1, 2, 3, 4, 99, 6, 7, 8, 9, 10}, c[] = {10, 9, 8, 7, 6, 5, 4, 3, 2, 1};

	ck_assert_double_eq_tol(words_common(a, 10, a, 10, 0.5), 1, 1e-9);
	ck_assert_double_eq_tol(words_common(a, 10, b, 10, 0.5), 0.9, 1e-9);
	ck_assert_double_eq_tol(words_common(a, 10, b, 5, 0.4), 0.4, 1e-9);
	ck_assert_double_eq_tol(words_common(a, 10, c, 10, 0.5), 0, 1e-9);
	ck_assert_double_eq_tol(words_common(a, 10, c, 10, 0.1), 0.1, 1e-9);
	ck_assert_double_eq_tol(words_common(a, 0, b, 10, 0.5), 0, 1e-9);
	ck_assert_double_eq_tol(words_common(a, 0, b, 0, 0.5), 1, 1e-9);
	ck_assert_double_eq_tol(words_jaccard(a, 10, b, 10), 9.0 / 11, 1e-9);
	ck_assert_double_eq_tol(words_jaccard(a, 10, c, 10), 1, 1e-9);
}
END_TEST

static const char *const houses[] = { "The Harbour Review", NULL };
static const struct { const char *text, *wording, *found; } wordings[] = {
	{ "It was originally published by The Harbour Review.", "originally published by The Harbour Review",
	    "originally published by The Harbour Review" },
	{ "Published, on Monday, by the Harbour Review.", "originally published by The Harbour Review", "Published, on Monday, by the Harbour Review" },
	{ "Originally published by the Portalder Review.", "originally published by The Harbour Review", NULL },
	{ "Originally published in the harbour, a review.", "originally published by The Harbour Review", NULL },
	{ "This first ran in The Harbour Review\xE2\x84\xA2.", "first published|ran by|in The Harbour Review", "first ran in The Harbour Review" },
	{ "The Harbour Echo and its Review", "The Harbour Review", NULL },
	{ "Review Harbour The", "The Harbour Review", NULL },
	{ "a pa, not an agency", "PA", NULL },
	{ "by Ada Brandt, PA", "PA", "PA" },
	{ "", "The Harbour Review", NULL },
};

START_TEST(wording)
{
	struct text t;
	struct range at = { 0, 0 };
	const char *s = wordings[_i].text, *found = wordings[_i].found;

	text_init(&t);
	text_verbatim(&t, s, strlen(s), 0);
	ck_assert(wording_find(&t, (struct range){ 0, (uint32_t)t.n }, wordings[_i].wording, houses, &at) == (found != NULL));
	if (found != NULL)
		ck_assert(range_len(at) == strlen(found) && memcmp(text_at(&t, at), found, strlen(found)) == 0);
	text_release(&t);
}
END_TEST

Suite *
unit_words(void)
{
	Suite *s = suite_create("words");
	TCase *c = tcase_create("words");

	tcase_add_checked_fixture(c, setup, teardown);
	tcase_add_loop_test(c, sentences, 0, sizeof cut / sizeof cut[0]);
	tcase_add_test(c, sentence_at);
	tcase_add_loop_test(c, dates, 0, sizeof dated / sizeof dated[0]);
	tcase_add_test(c, calendar);
	tcase_add_test(c, alike);
	tcase_add_test(c, kin);
	tcase_add_test(c, similarity);
	tcase_add_loop_test(c, wording, 0, sizeof wordings / sizeof wordings[0]);
	suite_add_tcase(s, c);
	return s;
}
