/* Facts: agencies found by name, alias, prefix and near miss; languages and their lists; damage reported. */
#include "unit.h"

#include "facts/facts.h"
#include "facts/facts_load.h"

#include <string.h>

static const char *
agency(const char *s)
{
	const struct agency *a = facts_agency(s, strlen(s));

	return a != NULL ? a->name : "";
}

static const char *
prefix(const char *s, size_t *len)
{
	const struct agency *a = facts_agency_prefix(s, strlen(s), len);

	return a != NULL ? a->name : "";
}

START_TEST(test_agency)
{
	ck_assert_str_eq(agency("Reuters"), "Reuters");
	ck_assert_str_eq(agency("REUTERS"), "Reuters");
	ck_assert_str_eq(agency("the Associated Press"), "AP");
	ck_assert_str_eq(agency("Agence France Presse"), "AFP");
	ck_assert_str_eq(agency("TRTWorld"), "TRT World");
	ck_assert_str_eq(agency("trt  world"), "TRT World");
	ck_assert_str_eq(agency("AP"), "AP");
	ck_assert_str_eq(agency("A.P."), "AP");
	ck_assert_str_eq(agency("ap"), "");
	ck_assert_str_eq(agency("Ap"), "");
	ck_assert_str_eq(agency("dpa"), "dpa");
	ck_assert_str_eq(agency("DPA"), "dpa");
	ck_assert_str_eq(agency("the"), "");
	ck_assert_str_eq(agency(""), "");
	ck_assert_str_eq(agency("Jane Doe"), "");
}
END_TEST

START_TEST(test_prefix)
{
	size_t len;

	ck_assert_str_eq(prefix("TRT World and agencies", &len), "TRT World");
	ck_assert_uint_eq(len, 9);
	ck_assert_str_eq(prefix("TRT Worldwide", &len), "TRT");
	ck_assert_uint_eq(len, 3);
	ck_assert_str_eq(prefix("AP Photo/Jane Doe", &len), "AP");
	ck_assert_uint_eq(len, 2);
	ck_assert_str_eq(prefix("the Associated Press, ", &len), "AP");
	ck_assert_uint_eq(len, 20);
	ck_assert_str_eq(prefix("APPLE", &len), "");
	ck_assert_uint_eq(len, 0);
	ck_assert_str_eq(prefix("Reuters", &len), "Reuters");
	ck_assert_uint_eq(len, 7);
	ck_assert_str_eq(prefix(" Reuters", &len), "");
}
END_TEST

START_TEST(test_kin)
{
	ck_assert(facts_agency_kin("TRT", "TRT World"));
	ck_assert(facts_agency_kin("TRT World", "TRT"));
	ck_assert(facts_agency_kin("AP", "AP"));
	ck_assert(!facts_agency_kin("AP", "AFP"));
	ck_assert(!facts_agency_kin("no such", "nor such"));
}
END_TEST

START_TEST(test_language)
{
	const struct language *l = facts_language("en-GB");

	ck_assert_str_eq(l->code, "en-GB");
	ck_assert_str_eq(l->outer[0].open, "“");
	ck_assert_str_eq(l->outer[0].close, "”");
	ck_assert_str_eq(l->outer[1].open, "‘");
	ck_assert_ptr_null(l->outer[2].open);
	ck_assert_int_eq(l->multi, MULTI_OPEN_EACH);
	ck_assert_uint_eq(facts_number(l, LIST_MONTHS, "Nov.", 4), 11);
	ck_assert_str_eq(facts_language("EN_au")->code, "en");
	ck_assert_str_eq(facts_language("xx-YY")->code, "und");
	ck_assert_str_eq(facts_language(NULL)->code, "und");
	ck_assert_ptr_null(facts_language("und")->outer[0].open);
	ck_assert(facts_language_known("tr-TR"));
	ck_assert(!facts_language_known("und"));
	ck_assert(!facts_language_known("xx"));
	l = facts_language("tr");
	ck_assert(l->turkic_case);
	ck_assert_int_eq(l->multi, MULTI_SEPARATE);
	ck_assert_uint_eq(facts_number(l, LIST_MONTHS, "KASIM", 5), 11);
	ck_assert(facts_language("fr")->space_inside);
	ck_assert(facts_language("fr-CA")->space_inside);
	ck_assert(!facts_language("fr-CH")->space_inside);
	ck_assert_str_eq(facts_language("fr-CH")->inner[0].open, "‹");
	ck_assert(facts_language("sv")->same_mark);
}
END_TEST

START_TEST(test_lists)
{
	const struct language *l = facts_language("en");
	size_t i;

	ck_assert(facts_in_list(l, LIST_STOPWORDS, "The", 3));
	ck_assert(!facts_in_list(l, LIST_STOPWORDS, "Ankara", 6));
	ck_assert(facts_in_list(l, LIST_ELISIONS, "’tis", 6));
	ck_assert(facts_in_list(l, LIST_MONTHS, "january", 7));
	ck_assert(!facts_in_list(l, LIST_MONTHS, "january=1", 9));
	ck_assert_uint_eq(facts_number(l, LIST_WEEKDAYS, "Sunday", 6), 7);
	ck_assert_uint_eq(facts_number(l, LIST_WEEKDAYS, "Someday", 7), 0);
	ck_assert(facts_in_list(facts_language("tr"), LIST_CREDIT_LABELS, "fotoğraf", 9));
	ck_assert(facts_in_list(facts_language("tr"), LIST_CREDIT_LABELS, "Photo", 5));	/* of und */
	for (i = 0; facts_language_codes()[i] != NULL; i++) {
		const struct language *each = facts_language(facts_language_codes()[i]);

		for (int k = 0; k < LIST_COUNT; k++)
			ck_assert_ptr_nonnull(facts_list(each, (enum list_name)k));
	}
	for (i = 0; facts_language_codes()[i] != NULL; i++) {
		static const char *const written[] = { "en", "tr", "fr", "de", "es", "it", "pt", "nl" };

		for (size_t k = 0; k < sizeof written / sizeof *written; k++) {
			unsigned seen = 0;

			if (strcmp(written[k], facts_language_codes()[i]) != 0)
				continue;
			l = facts_language(written[k]);
			for (const char *const *p = facts_list(l, LIST_MONTHS); *p != NULL; p++)
				seen |= 1u << facts_number(l, LIST_MONTHS, *p, strcspn(*p, "="));
			ck_assert_uint_eq(seen, 0x1ffe);
			seen = 0;
			for (const char *const *p = facts_list(l, LIST_WEEKDAYS); *p != NULL; p++)
				seen |= 1u << facts_number(l, LIST_WEEKDAYS, *p, strcspn(*p, "="));
			ck_assert_uint_eq(seen, 0xfe);
		}
	}
}
END_TEST

/* Each item is found whatever its case, in pieces of any length: by eight bytes, or character by character. */
START_TEST(test_every_item)
{
	for (size_t i = 0; facts_language_codes()[i] != NULL; i++) {
		const struct language *l = facts_language(facts_language_codes()[i]);

		for (int k = 0; k < LIST_COUNT; k++)
			for (const char *const *item = facts_list(l, (enum list_name)k); *item != NULL; item++) {
				const char *eq = strchr(*item, '=');
				size_t n = eq != NULL && eq != *item ? (size_t)(eq - *item) : strlen(*item);
				char written[128];

				ck_assert_uint_lt(n, sizeof written - 1);
				ck_assert_msg(facts_in_list(l, (enum list_name)k, *item, n), "%s: %s", l->code, *item);
				memcpy(written, *item, n);
				for (size_t c = 0; c < n && !l->turkic_case; c++)
					written[c] = (char)(written[c] >= 'a' && written[c] <= 'z' ? written[c] - 32 : written[c]);
				ck_assert_msg(facts_in_list(l, (enum list_name)k, written, n), "%s: %.*s", l->code, (int)n, written);
				written[n] = 'q';
				written[n + 1] = 'q';
				ck_assert(!facts_in_list(l, (enum list_name)k, written, n + 2));
			}
	}
}
END_TEST

START_TEST(test_words)
{
	const char *const *us = facts_words("en/american"), *const *gb = facts_words("en/british");
	size_t n = 0;

	ck_assert_ptr_nonnull(us);
	ck_assert_ptr_nonnull(gb);
	ck_assert_ptr_null(facts_words("en/martian"));
	for (; us[n] != NULL && gb[n] != NULL; n++)	/* item by item the same word in the two spellings */
		ck_assert_str_ne(us[n], gb[n]);
	ck_assert_ptr_null(us[n]);
	ck_assert_ptr_null(gb[n]);
	ck_assert_uint_gt(n, 400);
}
END_TEST

/* The facts that the program carries are sound, and damage is told with its line. */
START_TEST(test_check)
{
	struct finding_list errors;
	struct facts_data data = { 0 };
	struct arena arena;
	size_t i;
	static const char bad[] =
	    "<facts xmlns=\"urn:wirelint:facts:1\">\n"
	    "<agencies kind=\"wirre\">A</agencies>\n"
	    "<agencies>A</agencies><agencies kind=\"wire\">A; b|c; d\nB; colour=red</agencies>\n"
	    "<language code=\"en\" outer=\"“\" multi=\"each\" colour=\"red\"><list name=\"month\">x</list></language>\n"
	    "<langage/>\n"
	    "</facts>\n";
	static const char *const expected[] = {
		"line 2: unknown kind 'wirre' of agencies, expected wire, outlet, photo, platform or generator",
		"line 3: element 'agencies' lacks its attribute 'kind'",
		"line 3: 'd' of agency 'A', expected parent=, form= or near=no",
		"line 3: 'colour=red' of agency 'B', expected parent=, form= or near=no",
		("line 5: unknown attribute 'colour' of 'language', expected one of: code outer inner multi turkic-case "
		    "space-inside same-mark single-primary"),
		"line 5: '“' in 'outer', expected pairs of two marks with blanks between the pairs",
		"line 5: unknown 'multi' 'each', expected open-each, close-each, separate or either",
		"line 5: unknown list 'month', expected a name of lists.def; did you mean 'months'?",
		"line 6: unknown element 'langage', expected agencies, language, words or front-matter",
	};

	finding_list_init(&errors);
	if (!facts_check(&errors))
		ck_abort_msg("%s", errors.v[0].message);
	ck_assert_uint_eq(errors.n, 0);
	arena_init(&arena);
	ck_assert(!facts_read(&data, &arena, "bad.xml", bad, sizeof bad - 1, &errors));
	ck_assert_uint_eq(errors.n, sizeof expected / sizeof *expected);
	for (i = 0; i < errors.n; i++)
		ck_assert_str_eq(errors.v[i].message, expected[i]);
	ck_assert(!facts_read(&data, &arena, "cut.xml", "<facts", 6, &errors));
	ck_assert(!facts_read(&data, &arena, "empty.xml", "", 0, NULL));
	facts_data_release(&data);
	arena_release(&arena);
	finding_list_release(&errors);
}
END_TEST

Suite *
unit_facts(void)
{
	Suite *s = suite_create("facts");
	TCase *t = tcase_create("facts");

	tcase_add_test(t, test_agency);
	tcase_add_test(t, test_prefix);
	tcase_add_test(t, test_kin);
	tcase_add_test(t, test_language);
	tcase_add_test(t, test_lists);
	tcase_add_test(t, test_every_item);
	tcase_add_test(t, test_words);
	tcase_add_test(t, test_check);
	suite_add_tcase(s, t);
	return s;
}
