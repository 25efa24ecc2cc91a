/* Datelines and credits: what stretch of a line they are, and their parts; what is none. */
#include "unit.h"

#include "analysis/language.h"
#include "classify/classify.h"
#include "classify/classify_int.h"

#include <stdio.h>
#include <string.h>

typedef bool parse_fn(const struct article *, const struct language *, struct range, struct parsed *);

static struct article article;

static void
setup(void)
{
	article_init(&article);
}

static void
teardown(void)
{
	article_release(&article);
}

static void
put(const char *line)
{
	article_reset(&article, NULL, "text");
	text_verbatim(&article.text, line, strlen(line), 0);
}

/* "[stretch] certainty name=text(value) ...", "" where there is none. */
static const char *
parsed(parse_fn *parse, const char *lang, const char *line)
{
	static char out[1024];
	struct parsed p;
	size_t i, n;

	put(line);
	if (!parse(&article, facts_language(lang), (struct range){ 0, (uint32_t)strlen(line) }, &p))
		return "";
	n = (size_t)snprintf(out, sizeof out, "[%.*s] %s", (int)range_len(p.at), line + p.at.a, certainty_name(p.certainty));
	for (i = 0; i < p.nparts; i++) {
		ck_assert_uint_le(p.at.a, p.parts[i].at.a);
		ck_assert_uint_le(p.parts[i].at.z, p.at.z);
		ck_assert(i == 0 || p.parts[i - 1].at.z <= p.parts[i].at.a);
		n += (size_t)snprintf(out + n, sizeof out - n, " %s=%.*s", part_name_str(p.parts[i].name),
		    (int)range_len(p.parts[i].at), line + p.parts[i].at.a);
		if (p.parts[i].value != NULL)
			n += (size_t)snprintf(out + n, sizeof out - n, "(%s)", p.parts[i].value);
	}
	return out;
}

static const struct { const char *line, *expected; } datelines[] = {
	{ "WASHINGTON (AP) — Talks", "[WASHINGTON (AP) —] sure place=WASHINGTON agency=AP(AP)" },
	{ "ANKARA, Nov 23 (Reuters) - Talks",
	    "[ANKARA, Nov 23 (Reuters) -] sure place=ANKARA date=Nov 23(11-23) agency=Reuters(Reuters)" },
	{ "Ankara, Turkey, Nov 23, 2026 (AFP) - Talks",
	    "[Ankara, Turkey, Nov 23, 2026 (AFP) -] sure place=Ankara, Turkey date=Nov 23, 2026(2026-11-23) agency=AFP(AFP)" },
	{ "Berlin (dpa) - Talks", "[Berlin (dpa) -] sure place=Berlin agency=dpa(dpa)" },
	{ "LAS VEGAS — Talks", "[LAS VEGAS —] likely place=LAS VEGAS" },
	{ "STOCKPORT, Ohio – Talks", "[STOCKPORT, Ohio –] sure place=STOCKPORT, Ohio" },
	{ "HELENA, Mont. — Talks", "[HELENA, Mont. —] sure place=HELENA, Mont." },
	{ "PITTSBURGH—Talks", "[PITTSBURGH—] likely place=PITTSBURGH" },
	{ "ST. LOUIS — Talks", "[ST. LOUIS —] likely place=ST. LOUIS" },
	{ "McALLEN, Texas (AP) — It", "[McALLEN, Texas (AP) —] sure place=McALLEN, Texas agency=AP(AP)" },
	{ "JERUSALEM/GAZA CITY (Reuters) - It",
	    "[JERUSALEM/GAZA CITY (Reuters) -] sure place=JERUSALEM/GAZA CITY agency=Reuters(Reuters)" },
	{ "NEW YORK -- Talks", "[NEW YORK --] likely place=NEW YORK" },
	{ "(Reuters) - Talks", "[(Reuters) -] sure agency=Reuters(Reuters)" },
	{ "Washington (CNN) Talks", "[Washington (CNN)] likely place=Washington agency=CNN(CNN)" },
	{ "(CNN) Talks", "[(CNN)] sure agency=CNN(CNN)" },
	{ "MOSCOW, November 23. /TASS/. Talks",
	    "[MOSCOW, November 23. /TASS/.] sure place=MOSCOW date=November 23(11-23) agency=TASS(TASS)" },
	{ "New Delhi, Nov 23 (PTI) Talks", "[New Delhi, Nov 23 (PTI)] sure place=New Delhi date=Nov 23(11-23) agency=PTI(PTI)" },
	{ "PARIS (Reuters/AFP) - Talks", "[PARIS (Reuters/AFP) -] sure place=PARIS agency=Reuters(Reuters) agency=AFP(AFP)" },
	{ "ANKARA, Turkey", "[ANKARA, Turkey] likely place=ANKARA, Turkey" },
	{ "LONDON, Monday, Nov. 23 — Talks", "[LONDON, Monday, Nov. 23 —] sure place=LONDON date=Monday, Nov. 23(11-23)" },
	/* none */
	{ "Trump — who had said so — left", "" },
	{ "London — The talks", "" },
	{ "NATO — the alliance", "" },
	{ "NATO — The alliance", "" },
	{ "WATCH — The minister speaks", "" },
	{ "FILE PHOTO - A man", "" },
	{ "JUST WATCHED Talks - More", "" },
	{ "ARRESTS, TENSIONS", "" },
	{ "Washington (CNN) says no", "" },
	{ "ANKARA", "" },
	{ "(Jane Doe/Reuters)", "" },
	{ "(Photo: Jane Doe, AFP) A man", "" },
	{ "(ABC News)", "" },
	{ "The U.S. (and its allies) - which", "" },
	{ "A man (38) was found", "" },
	{ "", "" },
	{ "-", "" },
};

START_TEST(test_dateline)
{
	ck_assert_str_eq(parsed(parse_dateline, "en", datelines[_i].line), datelines[_i].expected);
}
END_TEST

START_TEST(test_dateline_language)
{
	ck_assert_str_eq(parsed(parse_dateline, "es", "Madrid, 23 nov (EFE).- El"),
	    "[Madrid, 23 nov (EFE).-] sure place=Madrid date=23 nov(11-23) agency=EFE(EFE)");
	ck_assert_str_eq(parsed(parse_dateline, "de", "Berlin, 3. März 2026 (dpa) – Das"),
	    "[Berlin, 3. März 2026 (dpa) –] sure place=Berlin date=3. März 2026(2026-03-03) agency=dpa(dpa)");
	ck_assert_str_eq(parsed(parse_dateline, "tr", "İSTANBUL (AA) - Görüşmeler"),
	    "[İSTANBUL (AA) -] sure place=İSTANBUL agency=AA(Anadolu)");
}
END_TEST

static const struct { const char *line, *expected; } credits[] = {
	{ "A street. (Photo/Reuters)", "[(Photo/Reuters)] sure label=Photo agency=Reuters(Reuters)" },
	{ "A street. (AP Photo/Jane Doe)", "[(AP Photo/Jane Doe)] sure agency=AP(AP) label=Photo person=Jane Doe" },
	{ "A street. (AP Photo/Jane Doe, File)",
	    "[(AP Photo/Jane Doe, File)] sure agency=AP(AP) label=Photo person=Jane Doe role=File(file)" },
	{ "A street. [Jane Doe/Anadolu]", "[[Jane Doe/Anadolu]] sure person=Jane Doe agency=Anadolu(Anadolu)" },
	{ "A street. Photo: Jane Doe/Getty Images",
	    "[Photo: Jane Doe/Getty Images] sure label=Photo person=Jane Doe agency=Getty Images(Getty Images)" },
	{ "A street. REUTERS/Jane Doe", "[REUTERS/Jane Doe] sure agency=REUTERS(Reuters) person=Jane Doe" },
	{ "A street. REUTERS/Jane Doe/File Photo",
	    "[REUTERS/Jane Doe/File Photo] sure agency=REUTERS(Reuters) person=Jane Doe role=File Photo(file photo)" },
	{ "A street. Jane Doe / AFP", "[Jane Doe / AFP] sure person=Jane Doe agency=AFP(AFP)" },
	{ "A street | Jane Doe/TNS", "[| Jane Doe/TNS] sure person=Jane Doe agency=TNS(Tribune News Service)" },
	{ "A street. (Photo by Jane Doe / AFP via Getty Images)",
	    "[(Photo by Jane Doe / AFP via Getty Images)] sure label=Photo person=Jane Doe agency=AFP(AFP) "
	    "agency=Getty Images(Getty Images)" },
	{ "A street. (Greenpeace/Handout via Reuters)",
	    "[(Greenpeace/Handout via Reuters)] sure person=Greenpeace role=Handout(handout) agency=Reuters(Reuters)" },
	{ "A street. (Reuters photo: Jane Doe)", "[(Reuters photo: Jane Doe)] sure agency=Reuters(Reuters) label=photo person=Jane Doe" },
	{ "A street. Photograph: Jane Doe/AP", "[Photograph: Jane Doe/AP] sure label=Photograph person=Jane Doe agency=AP(AP)" },
	{ "A street. (Photo: Jane Doe, AP)", "[(Photo: Jane Doe, AP)] sure label=Photo person=Jane Doe agency=AP(AP)" },
	{ "A street. (Photo: Jane Doe)", "[(Photo: Jane Doe)] likely label=Photo person=Jane Doe" },
	{ "A street. (Courtesy of Jane Doe)", "[(Courtesy of Jane Doe)] sure role=Courtesy(courtesy) person=Jane Doe" },
	{ "A street. (AP Photo/Jane Doe", "[(AP Photo/Jane Doe] sure agency=AP(AP) label=Photo person=Jane Doe" },
	{ "A street in Ankara, Nov. 3, 2026. (Jane Doe/Reuters)", "[(Jane Doe/Reuters)] sure person=Jane Doe agency=Reuters(Reuters)" },
	{ "A street. (AP Photo/Jane Doe, Nov. 3, 2024)",
	    "[(AP Photo/Jane Doe, Nov. 3, 2024)] sure agency=AP(AP) label=Photo person=Jane Doe date=Nov. 3, 2024(2024-11-03)" },
	{ "A street. [Photo: Jane Doe/Reuters", "[[Photo: Jane Doe/Reuters] sure label=Photo person=Jane Doe agency=Reuters(Reuters)" },
	{ "A street. Photo : Jane Doe ( Getty Images )",
	    "[Photo : Jane Doe ( Getty Images )] sure label=Photo person=Jane Doe agency=Getty Images(Getty Images)" },
	{ "A street. Photo: Jane Doe (Reuters)", "[Photo: Jane Doe (Reuters)] sure label=Photo person=Jane Doe agency=Reuters(Reuters)" },
	{ "A street. Credit... Jane Doe for Reuters", "[Credit... Jane Doe for Reuters] sure label=Credit person=Jane Doe agency=Reuters(Reuters)" },
	{ "A street. (The Guardian)", "[(The Guardian)] weak agency=The Guardian(The Guardian)" },
	{ "A street. (Reuters)", "[(Reuters)] likely agency=Reuters(Reuters)" },
	{ "A street. Getty Images", "[Getty Images] sure agency=Getty Images(Getty Images)" },
	{ "A street Photo: Jane Doe/AP", "[Photo: Jane Doe/AP] sure label=Photo person=Jane Doe agency=AP(AP)" },
	/* none */
	{ "the agency known as the Associated Press (AP)", "" },
	{ "He spoke to the AFP.", "" },
	{ "\"No,\" he told Reuters", "" },
	{ "The man (pictured)", "" },
	{ "He ran (Photo gallery here)", "" },
	{ "the senator from Ohio (R-Ohio)", "" },
	{ "Sen. Jane Doe (D/Ohio)", "" },
	{ "The plan was dropped. Jane Doe, a minister, said so.", "" },
	{ "A poll was taken. The Hill/Numbers Inc", "" },
	{ "He left (his wife did not).", "" },
	{ "She read it (The Guardian) there", "" },
	{ "(", "" },
	{ ")", "" },
	{ "()", "" },
	{ "x ()", "" },
};

START_TEST(test_trailing_credit)
{
	ck_assert_str_eq(parsed(parse_trailing_credit, "en", credits[_i].line), credits[_i].expected);
}
END_TEST

static const struct { const char *line, *expected; } lines[] = {
	{ "Photo: Jane Doe/Getty Images", "[Photo: Jane Doe/Getty Images] sure label=Photo person=Jane Doe agency=Getty Images(Getty Images)" },
	{ "Image copyright Getty Images", "[Image copyright Getty Images] sure label=Image copyright agency=Getty Images(Getty Images)" },
	{ "(Reuters photo: Jane Doe)", "[(Reuters photo: Jane Doe)] sure agency=Reuters(Reuters) label=photo person=Jane Doe" },
	{ "Jane Doe/Getty Images", "[Jane Doe/Getty Images] sure person=Jane Doe agency=Getty Images(Getty Images)" },
	{ "Photo : Jane Doe ( Getty Images )",
	    "[Photo : Jane Doe ( Getty Images )] sure label=Photo person=Jane Doe agency=Getty Images(Getty Images)" },
	{ "Getty Images", "[Getty Images] sure agency=Getty Images(Getty Images)" },
	{ "Image: Midjourney", "[Image: Midjourney] sure label=Image platform=Midjourney(Midjourney)" },
	{ "Photo: @jane_doe via X", "[Photo: @jane_doe via X] sure label=Photo person=@jane_doe platform=X(X)" },
	{ "Photos", "" },
	{ "Photo: The Week In Pictures", "" },
	{ "Photo: President speaks at rally on Monday", "" },
	{ "The video", "" },
	{ "Map of Israel", "" },
	{ "Facebook", "" },
	{ "CNN", "" },
	{ "Copyright 2026 The Associated Press. All rights reserved.", "" },
	{ "A street. (AP Photo/Jane Doe)", "" },
};

START_TEST(test_credit_line)
{
	ck_assert_str_eq(parsed(parse_credit_line, "en", lines[_i].line), lines[_i].expected);
}
END_TEST

/* The parts of a line whose kind is known: "name=text(value) ..." */
static const char *
parts(enum block_kind kind, const char *line)
{
	static char out[1024];
	struct block *b;
	size_t i, n = 0;

	put(line);
	article.lang = "en";
	b = article_block(&article, kind, SURE, 0);
	classify_parts(&article, b);
	*out = '\0';
	for (i = 0; i < b->nparts; i++) {
		n += (size_t)snprintf(out + n, sizeof out - n, "%s%s=%.*s", i != 0 ? " " : "", part_name_str(b->parts[i].name),
		    (int)range_len(b->parts[i].at), line + b->parts[i].at.a);
		if (b->parts[i].value != NULL)
			n += (size_t)snprintf(out + n, sizeof out - n, "(%s)", b->parts[i].value);
	}
	return out;
}

START_TEST(test_parts)
{
	ck_assert_str_eq(parts(BLOCK_CREDIT, "(Photo/Reuters)"), "label=Photo agency=Reuters(Reuters)");
	ck_assert_str_eq(parts(BLOCK_CREDIT, "Handout via AFP"), "role=Handout(handout) agency=AFP(AFP)");
	ck_assert_str_eq(parts(BLOCK_DATELINE, "ANKARA, Nov 23 (Reuters) -"), "place=ANKARA date=Nov 23(11-23) agency=Reuters(Reuters)");
	ck_assert_str_eq(parts(BLOCK_DATELINE, "Ankara, Nov 23"), "place=Ankara date=Nov 23(11-23)");
	ck_assert_str_eq(parts(BLOCK_BYLINE, "By Jane Doe and John Roe, The Canadian Press"),
	    "label=By person=Jane Doe person=John Roe agency=The Canadian Press(The Canadian Press)");
	ck_assert_str_eq(parts(BLOCK_BYLINE, "By Jane Doe, Staff Writer"), "label=By person=Jane Doe role=Staff Writer(staff writer)");
	ck_assert_str_eq(parts(BLOCK_BYLINE, "By Jane Doe in Ankara"), "label=By person=Jane Doe place=Ankara");
	ck_assert_str_eq(parts(BLOCK_SOURCE, "Source: TRT World and agencies"),
	    "label=Source agency=TRT World(TRT World) role=agencies(agencies)");
	ck_assert_str_eq(parts(BLOCK_SOURCE, "SOURCE:TRTWorld"), "label=SOURCE agency=TRTWorld(TRT World)");
	ck_assert_str_eq(parts(BLOCK_SOURCE, "Source: Reutres"), "label=Source agency=Reutres");
	ck_assert_str_eq(parts(BLOCK_SOURCE, "Source: AP, Reuters"), "label=Source agency=AP(AP) agency=Reuters(Reuters)");
	ck_assert_str_eq(parts(BLOCK_SIGNOFF, "(Reporting by Jane Doe in Ankara; Editing by John Roe)"),
	    "label=Reporting by person=Jane Doe place=Ankara label=Editing by person=John Roe");
	ck_assert_str_eq(parts(BLOCK_LICENCE, "© 2026 The Associated Press. All rights reserved."),
	    "date=2026 agency=The Associated Press(AP)");
	ck_assert_str_eq(parts(BLOCK_PARAGRAPH, "(Photo/Reuters)"), "");
	ck_assert_str_eq(parts(BLOCK_SOURCE, ""), "");
}
END_TEST

static const struct { const char *lang, *line; enum certainty certainty; } languages[] = {
	{ "en", "The minister said on Monday that the talks would go on and that it was too early to tell.", WEAK },
	{ "tr", "Bakan pazartesi günü bir açıklama yaptı ve görüşmelerin devam ettiğini, daha sonra bir karar için bekleneceğini "
	    "söyledi. Bu konuda çok şey var dedi.", WEAK },
	{ "tr", "Liman, gemileri üç gün dışarıda tutan fırtınanın ardından salı sabahı yeniden açıldı.", WEAK },
	{ "fr", "Le ministre a déclaré que les discussions se poursuivent et qu'il est trop tôt pour une décision sur ce sujet.", WEAK },
	{ "de", "Der Minister sagte am Montag, dass die Gespräche weitergehen und es für eine Entscheidung noch zu früh ist.", WEAK },
	{ "es", "El ministro dijo el lunes que las conversaciones siguen y que es muy pronto para una decisión sobre el tema.", WEAK },
	{ "it", "Il ministro ha detto che le trattative non sono finite e che è presto per una decisione della commissione.", WEAK },
	{ "pt", "O ministro disse que as conversas não terminaram e que ainda é cedo para uma decisão da comissão, mas não desistiu.", WEAK },
	{ "nl", "De minister zei maandag dat het overleg niet klaar is en dat het te vroeg is voor een besluit van de partijen.", WEAK },
	{ "ru", "Министр заявил, что переговоры не закончены и что для решения по этому вопросу ещё рано, как было и прежде.", WEAK },
	{ "el", "Ο υπουργός δήλωσε τη Δευτέρα ότι οι συνομιλίες συνεχίζονται.", LIKELY },
	{ "ja", "大臣は月曜日、協議が続いていると述べた。決定するにはまだ早いという。結論は来週になる見通しで、記者団に語った。", LIKELY },
	{ "zh", "部长星期一表示会谈仍在继续现在作出决定还为时过早他对记者说下周将会有结果目前没有更多消息可以公布了", LIKELY },
	{ "ko", "장관은 월요일 회담이 계속되고 있다고 말했다. 결정을 내리기에는 아직 이르다고 기자들에게 밝혔으며 다음 주를 보겠다고 했다.", LIKELY },
	{ "und", "Lorem ipsum dolor sit amet, consectetur adipiscing elit", WEAK },
	{ "und", "12345", WEAK },
	{ "und", "", WEAK },
};

START_TEST(test_language)
{
	put(languages[_i].line);
	article_block(&article, BLOCK_PARAGRAPH, SURE, 0);
	language_tell(&article, NULL);
	ck_assert_str_eq(article.lang, languages[_i].lang);
	ck_assert_int_eq(article.lang_certainty, languages[_i].certainty);
}
END_TEST

START_TEST(test_declared)
{
	put("fr_FR");
	article_field(&article, FIELD_LANGUAGE, 0);
	language_tell(&article, NULL);
	ck_assert_str_eq(article.lang, "fr-FR");
	ck_assert_int_eq(article.lang_certainty, SURE);
	language_tell(&article, "EN-gb");
	ck_assert_str_eq(article.lang, "en-GB");
	language_tell(&article, "");
	ck_assert_str_eq(article.lang, "fr-FR");
}
END_TEST

/* Any bytes of a hostile line: cut anywhere, nothing is read outside of it (the sanitizers watch). */
START_TEST(test_cut)
{
	static const char *const all[] = {
		"WASHINGTON, D.C. [India], Nov. 23, 2026 (AP/Reuters) — Talks", "A. (AP Photo/Jane Doe, File, © 2026 Getty Images)",
		"Photo courtesy of Jane Doe – AFP via Getty Images • 2019", "((((((((()))))))]]]][[[", "Photo:Photo:Photo:Photo:Photo:/",
		"(Reporting by Jane Doe in Ankara; editing by )", "—–-____...;;;:::|||///", "©©©（（：：", "AP AP AP AP AP AP AP AP AP AP AP",
	};
	char line[256];
	struct parsed p;

	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		for (size_t n = 0; n <= strlen(all[i]); n++) {
			struct range r = { 0, (uint32_t)n };

			if (((unsigned char)all[i][n] & 0xC0) == 0x80)
				continue;
			memcpy(line, all[i], n);
			line[n] = '\0';
			for (enum block_kind k = 0; k < BLOCK_COUNT; k++)
				parts(k, line);
			put(line);
			parse_dateline(&article, facts_language("en"), r, &p);
			parse_trailing_credit(&article, facts_language("en"), r, &p);
			parse_credit_line(&article, facts_language("en"), r, &p);
		}
	}
}
END_TEST

Suite *
unit_parts(void)
{
	Suite *s = suite_create("parts");
	TCase *t = tcase_create("parts");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_loop_test(t, test_dateline, 0, sizeof datelines / sizeof *datelines);
	tcase_add_test(t, test_dateline_language);
	tcase_add_loop_test(t, test_trailing_credit, 0, sizeof credits / sizeof *credits);
	tcase_add_loop_test(t, test_credit_line, 0, sizeof lines / sizeof *lines);
	tcase_add_test(t, test_parts);
	tcase_add_loop_test(t, test_language, 0, sizeof languages / sizeof *languages);
	tcase_add_test(t, test_declared);
	tcase_add_test(t, test_cut);
	suite_add_tcase(s, t);
	return s;
}
