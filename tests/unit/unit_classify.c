/* classify: what the lines of small articles are taken for.  Each kind at least twice, beside lines that only look like it. */
#include "unit.h"

#include "classify/classify.h"
#include "reader.h"
#include "util/buf.h"

#include <stdio.h>
#include <string.h>

static struct source src;
static struct article article;
static const char *language;

static void
classify_item(struct intake *in)
{
	classify(in->article, language);
}

static void
read_story(const char *s, const char *lang)
{
	struct intake in = { .article = &article, .item = classify_item };

	language = lang;
	ck_assert_int_eq(source_load_mem(&src, "story.txt", s, strlen(s), NULL), SOURCE_OK);
	ck_assert(reader_text.read(&src, &in));
}

/* The kinds in order, each followed by a blank. */
static const char *
kinds_of(const char *s, const char *lang)
{
	static struct buf out;

	buf_release(&out);
	read_story(s, lang);
	for (size_t i = 0; i < article.nblocks; i++) {
		buf_puts(&out, block_kind_name(article.blocks[i].kind));
		buf_putc(&out, ' ');
		if (i != 0)
			ck_assert_uint_ge(article.blocks[i].at.a, article.blocks[i - 1].at.z);
	}
	return out.s;
}

/* The text of the n-th block of a kind, from 0. */
static const char *
text_of(enum block_kind kind, int nth)
{
	static struct buf out;

	buf_release(&out);
	for (size_t i = 0; i < article.nblocks; i++)
		if (article.blocks[i].kind == kind && nth-- == 0) {
			size_t n;
			const char *t = block_text(&article, &article.blocks[i], &n);

			buf_add(&out, t, n);
		}
	return out.s;
}

static void
setup(void)
{
	source_init(&src);
	article_init(&article);
}

static void
teardown(void)
{
	article_release(&article);
	source_release(&src);
}

#define LEAD "The ferry between the two islands stopped on Monday after water came into its engine room, the company said.\n"
#define BODY "The crew brought all passengers to the shore in small boats, and nobody was hurt in the cold morning.\n"
#define MORE "It was not clear when the ferry would sail again, and the mayor asked for patience on both islands.\n"

START_TEST(plain_story)
{
	ck_assert_str_eq(kinds_of(LEAD BODY MORE, "en"), "lead paragraph paragraph ");
	ck_assert_str_eq(article.lang, "en");
	ck_assert_str_eq(kinds_of("Ferry stops\n", "en"), "lead ");
	ck_assert_str_eq(kinds_of(LEAD, "en"), "lead ");
}
END_TEST

START_TEST(caption_with_credit)
{
	ck_assert_str_eq(kinds_of("The ferry between the two islands stopped on Monday after water came in. (Photo/Reuters)\n"
	    LEAD BODY "\xE2\x80\x98No danger\xE2\x80\x99\n" MORE "___\nSource: TRT", "en"),
	    "caption credit lead paragraph crosshead paragraph separator source ");
	ck_assert_str_eq(text_of(BLOCK_CREDIT, 0), "(Photo/Reuters)");
	ck_assert_str_eq(text_of(BLOCK_CAPTION, 0), "The ferry between the two islands stopped on Monday after water came in.");
	ck_assert_uint_eq(article.blocks[0].paragraph, article.blocks[1].paragraph);
	ck_assert_str_eq(kinds_of(LEAD BODY "FILE PHOTO: The ferry in the harbour, May 3, 2024. REUTERS/Ayla Demir/File Photo\n" MORE, "en"),
	    "lead paragraph caption credit paragraph ");
	ck_assert_str_eq(text_of(BLOCK_CREDIT, 0), "REUTERS/Ayla Demir/File Photo");
	/* a remark in brackets at the end of a paragraph is no credit */
	ck_assert_str_eq(kinds_of(LEAD "The harbour master closed the pier for the whole day (and the next).\n" MORE, "en"),
	    "lead paragraph paragraph ");
	ck_assert_str_eq(kinds_of(LEAD "The news was first reported by local papers and later by agencies (Reuters).\n" MORE, "en"),
	    "lead paragraph paragraph ");
}
END_TEST

START_TEST(caption_behind_its_credit)
{
	ck_assert_str_eq(kinds_of("Image copyright Reuters Image caption The ferry in the bay\n" LEAD BODY, "en"), "credit caption lead paragraph ");
	ck_assert_str_eq(text_of(BLOCK_CREDIT, 0), "Image copyright Reuters");
	ck_assert_str_eq(text_of(BLOCK_CAPTION, 0), "Image caption The ferry in the bay");
	ck_assert_str_eq(kinds_of(LEAD "Image copyright Harbour Office of the Islands Image caption The ferry in the bay\n" BODY, "en"),
	    "lead credit caption paragraph ");
	ck_assert_str_eq(text_of(BLOCK_CREDIT, 0), "Image copyright Harbour Office of the Islands");
	/* an abbreviation amid a sentence */
	ck_assert_str_eq(kinds_of(LEAD "Ships pass the house of the European Pressphoto Agency (EPA) at the bay of the islands\n" BODY, "en"),
	    "lead paragraph paragraph ");
}
END_TEST

START_TEST(caption_and_headline_in_one_line)
{
	ck_assert_str_eq(kinds_of("The ferry lies in the harbour on Monday. | AP Photo Ferry company under fire\n" LEAD BODY, "en"),
	    "caption credit headline lead paragraph ");
	ck_assert_str_eq(text_of(BLOCK_HEADLINE, 0), "Ferry company under fire");
}
END_TEST

START_TEST(dateline_and_lead)
{
	ck_assert_str_eq(kinds_of("ANKARA (Reuters) - " LEAD BODY, "en"), "dateline lead paragraph ");
	ck_assert_str_eq(text_of(BLOCK_DATELINE, 0), "ANKARA (Reuters) -");
	ck_assert_int_eq(strncmp(text_of(BLOCK_LEAD, 0), "The ferry", 9), 0);
	ck_assert_str_eq(kinds_of("PORT SAID, Egypt \xE2\x80\x94 " LEAD BODY, "en"), "dateline lead paragraph ");
	ck_assert_str_eq(kinds_of("ANKARA \xE2\x80\x94 The ferry stopped on Monday after water came into its engine room.\xC2\xA0\n" BODY, "en"),
	    "dateline lead paragraph ");
	ck_assert_uint_eq(article.blocks[1].at.z + 1, article.blocks[2].at.a);
	/* a no-break space is in one of the two */
	ck_assert_str_eq(kinds_of("ANKARA \xE2\x80\x94\xC2\xA0" LEAD BODY, "en"), "dateline lead paragraph ");
	ck_assert_str_eq(text_of(BLOCK_DATELINE, 0), "ANKARA \xE2\x80\x94\xC2\xA0");
	ck_assert_int_eq(strncmp(text_of(BLOCK_LEAD, 0), "The ferry", 9), 0);
	/* what stands above the dateline is not the lead */
	ck_assert_str_eq(kinds_of("Jon Roe (left) and Ayla Demir stand beside the ferry in the harbour of the larger island.\n"
	    "ANKARA \xE2\x80\x94 " LEAD BODY, "en"), "caption dateline lead paragraph ");
	/* capitals and a dash in mid-story are no dateline */
	ck_assert_str_eq(kinds_of(LEAD "LONDON \xE2\x80\x94 the name of the old ferry \xE2\x80\x94 is still on its bow, painted over twice.\n", "en"),
	    "lead paragraph ");
}
END_TEST

START_TEST(headline_and_byline)
{
	ck_assert_str_eq(kinds_of("Island Ferry Stops for Repairs\nBy Ayla Demir\n" LEAD BODY, "en"), "headline byline lead paragraph ");
	ck_assert_str_eq(kinds_of("Ferry stops\nIsland company looks for the cause of the leak\nBy Ayla Demir and Jon Roe\n" LEAD BODY, "en"),
	    "headline subhead byline lead paragraph ");
	/* a sentence that begins with By */
	ck_assert_str_eq(kinds_of("By Monday evening the ferry between the two islands had stopped, and nobody knew why that was.\n" BODY, "en"),
	    "lead paragraph ");
	/* no story below it: no headline */
	ck_assert_str_eq(kinds_of("Ferry stops\nNobody hurt\n", "en"), "lead paragraph ");
}
END_TEST

START_TEST(above_the_story)
{
	ck_assert_str_eq(kinds_of("Will the Ferry Between the Islands Sail Again?\n" LEAD BODY, "en"), "headline lead paragraph ");
	ck_assert_str_eq(kinds_of("Traffic:\n[Tell us how you crossed today.]\n" LEAD BODY, "en"), "kicker editor-note lead paragraph ");
	ck_assert_str_eq(kinds_of("Will the ferry sail again?\n" LEAD BODY, "en"), "lead paragraph paragraph ");
}
END_TEST

START_TEST(headline_with_a_stop)
{
	/* above a dateline: never a caption without a picture's words, nor the lead */
	ck_assert_str_eq(kinds_of("Island company to move staff, boats to the south.\n\nANKARA (Reuters) \xE2\x80\x94 " LEAD "\n" BODY, "en"),
	    "headline dateline lead paragraph ");
	ck_assert_str_eq(kinds_of("Island company to move staff, boats to the south.\nANKARA (Reuters) \xE2\x80\x94 " LEAD BODY, "en"),
	    "headline dateline lead paragraph ");
	ck_assert_str_eq(kinds_of("Island Ferry Stops for Repairs\n\nThe crew is safe. The mayor asks for patience.\n\n"
	    "ANKARA (Reuters) \xE2\x80\x94 " LEAD "\n" BODY, "en"), "headline subhead dateline lead paragraph ");
	/* an archive puts a stop behind each */
	ck_assert_str_eq(kinds_of("Ferry stops after leak; nobody is hurt.\n\n" LEAD "\n" BODY, "en"), "headline lead paragraph ");
	ck_assert_str_eq(kinds_of("Poll: Both islands want a bridge.\n\n" LEAD "\n" BODY, "en"), "headline lead paragraph ");
	ck_assert_str_eq(kinds_of("Ferry stops after leak.\n\nABSTRACT.\n\n" LEAD "\n" BODY, "en"), "headline kicker lead paragraph ");
	ck_assert_str_eq(kinds_of("Island Ferry Will Not Sail Again!\n" LEAD BODY, "en"), "headline lead paragraph ");
	ck_assert_str_eq(kinds_of("Ferry stops after leak;\nThe company looks for the cause.\n\n" LEAD "\n" BODY, "en"),
	    "headline subhead lead paragraph ");
	/* no title's capitals and no blank line: the story begins */
	ck_assert_str_eq(kinds_of("The ferry stopped again on Monday.\n" LEAD BODY, "en"), "lead paragraph paragraph ");
	ck_assert_str_eq(kinds_of("Monday, November 23, Is Island Ferry Day.\n" LEAD BODY, "en"), "lead paragraph paragraph ");
	ck_assert_str_eq(kinds_of("\"We are safe,\" the captain said.\n\n" LEAD "\n" BODY, "en"), "lead paragraph paragraph ");
	ck_assert_str_eq(kinds_of(LEAD "\n" BODY "\n" MORE, "en"), "lead paragraph paragraph ");
}
END_TEST

START_TEST(headline_told_again)
{
	ck_assert_str_eq(kinds_of("Island Ferry Stops for Repairs After a Long Night\nIsland Ferry Stops for Repairs After a Long Night Play 3:06\n"
	    LEAD BODY, "en"), "headline subhead lead paragraph ");
}
END_TEST

START_TEST(credit_in_front_of_a_caption)
{
	ck_assert_str_eq(kinds_of("Image copyright Getty Images Image caption The ferry was built in the last century\n" LEAD BODY, "en"),
	    "credit caption lead paragraph ");
	ck_assert_str_eq(text_of(BLOCK_CREDIT, 0), "Image copyright Getty Images");
	ck_assert_str_eq(text_of(BLOCK_CAPTION, 0), "Image caption The ferry was built in the last century");
	ck_assert_str_eq(kinds_of(LEAD "Image copyright Ayla Demir/AP Image caption: The harbour\n" BODY, "en"),
	    "lead credit caption paragraph ");
	ck_assert_str_eq(text_of(BLOCK_CAPTION, 0), "Image caption: The harbour");
	ck_assert_str_eq(kinds_of(LEAD "Image Ayla Demir in an undated photograph. Credit... Jon Roe, via Associated Press\n" BODY, "en"),
	    "lead caption credit paragraph ");
	ck_assert_str_eq(text_of(BLOCK_CREDIT, 0), "Credit... Jon Roe, via Associated Press");
	/* without somebody in it the label stays where it is */
	ck_assert_str_eq(kinds_of(LEAD "Image caption The ferry was built in the last century\n" BODY, "en"), "lead caption paragraph ");
	ck_assert_str_eq(text_of(BLOCK_CAPTION, 0), "Image caption The ferry was built in the last century");
}
END_TEST

START_TEST(videos_that_are_not_here)
{
	ck_assert_str_eq(kinds_of("Media playback is unsupported on your device Media caption The ferry leaves the harbour\n" LEAD BODY, "en"),
	    "boilerplate lead paragraph ");
	ck_assert_str_eq(kinds_of("CLOSE The ferry stopped on Monday. The crew brought all passengers to the shore. AP\n" LEAD BODY, "en"),
	    "boilerplate lead paragraph ");
	/* a button is in capitals */
	ck_assert_str_eq(kinds_of("Close to three hundred people were on board when the ferry stopped between the two islands on Monday.\n" BODY, "en"),
	    "lead paragraph ");
}
END_TEST

START_TEST(dateline_without_dash)
{
	ck_assert_str_eq(kinds_of("Ankara (CNN) " LEAD BODY, "en"), "dateline lead paragraph ");
	ck_assert_str_eq(text_of(BLOCK_DATELINE, 0), "Ankara (CNN)");
	ck_assert_str_eq(kinds_of("Ankara (CNN) viewers saw the ferry between the two islands stop on Monday, and nobody knew why.\n" BODY, "en"),
	    "lead paragraph ");
	ck_assert_str_eq(kinds_of("Des Moines, Iowa (CNN) " LEAD BODY, "en"), "dateline lead paragraph ");
	ck_assert_str_eq(kinds_of("Ayla Demir, Jon Roe (CNN) " LEAD BODY, "en"), "lead paragraph ");
	ck_assert_str_eq(kinds_of("Ankara (Turkey) The ferry between the two islands stopped on Monday, and nobody knew why that was.\n" BODY, "en"),
	    "lead paragraph ");
}
END_TEST

START_TEST(agency_in_brackets)
{
	/* an abbreviation amid a sentence, a tag behind a long paragraph */
	ck_assert_str_eq(kinds_of(LEAD "People walk past the house of the Environmental Protection Agency (EPA) on the island\n" BODY, "en"),
	    "lead paragraph paragraph ");
	ck_assert_str_eq(kinds_of(LEAD "The company said that it did not know of any damage before Monday. The mayor said that he had asked for new pumps "
	    "in each of the last four years, and that the company had promised to buy them each time. The pumps on board were older "
	    "than the captain. (Fox News)\n" MORE, "en"), "lead paragraph paragraph ");
}
END_TEST

START_TEST(main_points_behind_a_credit)
{
	ck_assert_str_eq(kinds_of("The talks came after a night of repairs.\nThe ferry waits in the harbour. (Photo: Jon Roe, AP) "
	    "Story Highlights Crew brings all to the shore\nNobody hurt in the cold\n" LEAD BODY, "en"),
	    "subhead caption credit subhead subhead lead paragraph ");
	/* without the points it is a story with a picture */
	ck_assert_str_eq(kinds_of("The talks came after a night of repairs.\nThe ferry waits in the harbour. (Photo: Jon Roe, AP)\n"
	    LEAD BODY, "en"), "lead caption credit paragraph paragraph ");
}
END_TEST

START_TEST(broadcast)
{
	ck_assert_str_eq(kinds_of("Island Ferry Stops for Repairs\n" LEAD "AYLA DEMIR, HOST:\n" BODY MORE, "en"),
	    "headline subhead crosshead lead paragraph ");
	ck_assert_str_eq(kinds_of("Island Ferry Stops for Repairs\n" LEAD "The company said:\n" BODY MORE, "en"),
	    "headline lead paragraph paragraph paragraph ");
}
END_TEST

START_TEST(calls_speak_to_readers)
{
	ck_assert_str_eq(kinds_of(LEAD "We send the news of both islands each morning, and it costs nothing at all. Read it before breakfast. "
	    "Subscribe to our letters and have them delivered to your inbox before the first ferry leaves the harbour.\n" BODY, "en"),
	    "lead boilerplate paragraph ");
	/* the same words in the story */
	ck_assert_str_eq(kinds_of(LEAD "The company said that the photographs of the leak had been taken down since they were against the terms "
	    "of service of the site. Nobody from the site was there to say who had asked for that, or when it was.\n" BODY, "en"),
	    "lead paragraph paragraph ");
	ck_assert_str_eq(kinds_of(LEAD "[Both islands ask for a bridge]\n" BODY "(The bridge was never built.)\n", "en"),
	    "lead boilerplate paragraph paragraph ");
}
END_TEST

START_TEST(outlet_below_a_name)
{
	ck_assert_str_eq(kinds_of("Ayla Demir and Jon Roe\nUSA TODAY\n" LEAD BODY, "en"), "byline byline lead paragraph ");
}
END_TEST

START_TEST(deck_without_headline)
{
	ck_assert_str_eq(kinds_of("The ferry company is looking for the cause of a leak that stopped traffic between the islands for a day\n"
	    LEAD BODY, "en"), "subhead lead paragraph ");
	ck_assert_str_eq(kinds_of("Story highlights Ferry stops after leak\nNobody was hurt in the cold\n(CNN) " LEAD BODY, "en"),
	    "subhead subhead dateline lead paragraph ");
}
END_TEST

START_TEST(desk_lines)
{
	ck_assert_str_eq(kinds_of("BC-ferry/1st-lead\nEMBARGOED UNTIL 0600 GMT Monday\nEds: Adds quotes, background\n"
	    "Ferry stops after leak\n" LEAD BODY, "en"), "slug embargo advisory headline lead paragraph ");
	ck_assert_str_eq(kinds_of("eu-ferry-leak\nEmbargo: 23 Nov 2026, 06:00\n" LEAD BODY, "en"), "slug embargo lead paragraph ");
	ck_assert_str_eq(kinds_of("ANALYSIS/OPINION:\n(Adds company statement)\n" LEAD BODY, "en"), "slug advisory lead paragraph ");
	ck_assert_str_eq(kinds_of("UPDATES with company statement\n" LEAD BODY, "en"), "advisory lead paragraph ");
	ck_assert_str_eq(kinds_of("Budget talks between the two islands went on for a second night, and no end of them was in sight.\n" BODY, "en"),
	    "lead paragraph ");
	ck_assert_str_eq(kinds_of("Embargo on ferry parts to end in 2027\n" LEAD BODY, "en"), "headline lead paragraph ");
	/* below the story, and a title behind what wires put before it */
	ck_assert_str_eq(kinds_of("REFILE-UPDATE 1-Ferry stops after leak\nATTENTION EDITORS - A new version follows\n" LEAD BODY
	    "(Adds quotes)\nEds: Ayla Demir contributed.\n", "en"), "headline advisory lead paragraph advisory advisory ");
	ck_assert_str_eq(kinds_of(LEAD BODY "(Updates to the plan were made known on Monday.)\n", "en"), "lead paragraph paragraph ");
	ck_assert_str_eq(kinds_of(LEAD BODY "Due to an editing error, an earlier version of this story named the wrong island.\n", "en"),
	    "lead paragraph correction ");
	ck_assert_str_eq(kinds_of(LEAD BODY "(This March 3 story has been corrected to say Monday, not Tuesday)\n", "en"),
	    "lead paragraph correction ");
	/* the same words in a sentence */
	ck_assert_str_eq(kinds_of(LEAD "The report was embargoed until Monday, and the company adds details only when it is asked for them.\n", "en"),
	    "lead paragraph ");
}
END_TEST

/* Until when copy is held, in any case and language; not what happens to trade. */
START_TEST(embargo_lines)
{
	static const struct { const char *lang, *line; bool is; } lines[] = {
		{"en", "Not for publication before 00.01 GMT Monday", true}, {"en", "Embargo: 10 a.m. ET Nov. 24", true},
		{"en", "Strictly embargoed for 6am Tuesday 24 November 2026", true}, {"en", "Embargo until Nov. 24", true},
		{"en", "For release at 12 noon EST, Thursday", true}, {"en", "(Embargoed until 10 a.m. ET Nov. 24)", true},
		{"en", "UNDER STRICT EMBARGO UNTIL 00:01 HOURS GMT ON TUESDAY, 24 NOVEMBER 2026. NOT FOR PUBLICATION BEFORE THAT TIME", true},
		{"en", "Embargo on ferry parts until Nov. 24, minister says", false}, {"en", "EMBARGO ON FERRY PARTS UNTIL NOV 24", false},
		{"en", "Embargo talks to resume Monday", false}, {"en", "Embargoed ferry found at port on Monday", false},
		{"en", "Embargo: Islands vote again on Nov. 24", false}, {"en", "Embargo to stay until Monday", false},
		{"en", "Release date: Nov. 24, 2026", false}, {"en", "For release of the crew, families pray on Monday", false},
		{"de", "Sperrfrist: 24. November 2026, 06.00 Uhr", true}, {"de", "Gesperrt bis Dienstag, 24. November, 6 Uhr", true},
		{"de", "Gesperrt bis zum Herbst bleibt die Br\xC3\xBC" "cke", false},
		{"fr", "Embargo jusqu\xE2\x80\x99" "au mardi 24 novembre", true}, {"fr", "Embargo sur les ferries jusqu'au 24 novembre", false},
		{"es", "Embargado hasta las 10.00 horas del 24 de noviembre", true}, {"es", "Embargo a la isla hasta el 24 de noviembre", false},
		{"it", "Embargo fino alle ore 10 del 24 novembre", true}, {"pt", "Embargado at\xC3\xA9 24 de novembro \xC3\xA0s 10h", true},
		{"nl", "Onder embargo tot dinsdag 24 november, 06.00 uur", true},
		{"tr", "Ambargolu: 24 Kas\xC4\xB1m 2026 Sal\xC4\xB1, saat 10.00", true},
		{"tr", "Ambargo 24 Kas\xC4\xB1m'da kalk\xC4\xB1yor", false},
	};
	char text[2048];

	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		snprintf(text, sizeof text, "%s\n%s%s", lines[i].line, LEAD, BODY);
		ck_assert_msg((strncmp(kinds_of(text, lines[i].lang), "embargo ", 8) == 0) == lines[i].is, "%s: %s", lines[i].line,
		    kinds_of(text, lines[i].lang));
	}
}
END_TEST

START_TEST(crossheads)
{
	ck_assert_str_eq(kinds_of(LEAD BODY "NO DANGER\n" MORE "A second leak\n" BODY, "en"),
	    "lead paragraph crosshead paragraph crosshead paragraph ");
	ck_assert_str_eq(kinds_of(LEAD BODY "What happens next?\n" MORE, "en"), "lead paragraph crosshead paragraph ");
	/* short speech, an introduction with its colon, a line at the end */
	ck_assert_str_eq(kinds_of(LEAD "\"We are safe,\" she said.\n" MORE "He added:\n" BODY "And so it went on\n", "en"),
	    "lead paragraph paragraph paragraph paragraph paragraph ");
}
END_TEST

START_TEST(lists)
{
	ck_assert_str_eq(kinds_of(LEAD "\xE2\x80\xA2 The engine room is under water.\n- the pumps failed\n3. the boats had no oars\n" MORE, "en"),
	    "lead list-item list-item list-item paragraph ");
	ck_assert_str_eq(kinds_of(LEAD "The company named three causes of the leak:\nOld pumps in the engine room\nBoats without oars\n"
	    "A crew that was too small\n" MORE, "en"), "lead paragraph list-item list-item list-item paragraph ");
	/* a year, a number and a dash within a sentence */
	ck_assert_str_eq(kinds_of(LEAD "2024 was the last year in which the ferry between the islands was checked by anyone at all.\n", "en"),
	    "lead paragraph ");
}
END_TEST

START_TEST(posts_and_stage_directions)
{
	ck_assert_str_eq(kinds_of(LEAD "The ferry is safe and will sail soon. \xE2\x80\x94 Ayla Demir (@ayla) June 1, 2026\n"
	    "Jon Roe (@jroe) I was on board and it was cold\n" MORE, "en"), "lead blockquote blockquote paragraph ");
	ck_assert_str_eq(kinds_of(LEAD "Jon Roe (@jroe) said that he was on board and that it was cold.\n", "en"), "lead paragraph ");
	ck_assert_str_eq(kinds_of(LEAD "(SOUNDBITE OF SHIP'S HORN)\n" MORE "[HORN SOUNDS]\n" BODY, "en"),
	    "lead editor-note paragraph editor-note paragraph ");
}
END_TEST

START_TEST(separators_and_end_marks)
{
	ck_assert_str_eq(kinds_of(LEAD "* * *\n" BODY "-----\n" MORE "\xE2\x80\x94\xE2\x80\x94\xE2\x80\x94\n" BODY "-30-\n", "en"),
	    "lead separator paragraph separator paragraph separator paragraph end-mark ");
	ck_assert_str_eq(kinds_of(LEAD BODY "###\n", "en"), "lead paragraph end-mark ");
	ck_assert_str_eq(kinds_of(LEAD BODY "ENDS\n", "en"), "lead paragraph end-mark ");
	ck_assert_str_eq(kinds_of(LEAD BODY "The season ends.\n", "en"), "lead paragraph paragraph ");
}
END_TEST

START_TEST(foot)
{
	ck_assert_str_eq(kinds_of(LEAD BODY "Reporting by Ayla Demir; Editing by Jon Roe\n"
	    "Copyright 2026 The Island Post. All rights reserved.\n", "en"), "lead paragraph signoff licence ");
	ck_assert_str_eq(kinds_of("This story is being published as part of a content partnership with the Island Post. It first appeared on "
	    "May 3.\n" LEAD BODY, "en"), "licence lead paragraph ");
	ck_assert_str_eq(kinds_of(LEAD BODY "___\nJon Roe contributed to this report from the harbour.\nSource: Island Post\n", "en"),
	    "lead paragraph separator signoff source ");
	ck_assert_str_eq(kinds_of(LEAD BODY "This material may not be published, broadcast, rewritten or redistributed.\n", "en"),
	    "lead paragraph licence ");
	ck_assert_str_eq(kinds_of(LEAD BODY "Sources: AFP, Reuters\n", "en"), "lead paragraph source ");
	ck_assert_str_eq(kinds_of("Source: Island Post\n" LEAD BODY, "en"), "source lead paragraph ");
	/* the words in the story itself */
	ck_assert_str_eq(kinds_of(LEAD "Sources at the harbour said that all rights of the passengers would be looked after in due time.\n"
	    "A study of the reporting by local papers showed that the leak had been known to the company for a long time.\n" BODY MORE
	    BODY MORE BODY MORE BODY MORE BODY MORE BODY, "en"),
	    "lead paragraph paragraph paragraph paragraph paragraph paragraph paragraph paragraph paragraph paragraph paragraph "
	    "paragraph paragraph ");
}
END_TEST

START_TEST(signoff_behind_a_paragraph)
{
	ck_assert_str_eq(kinds_of(LEAD "The ferry will sail again next week. (Reporting by Ayla Demir; Editing by Jon Roe)\n", "en"),
	    "lead paragraph signoff ");
	ck_assert_str_eq(text_of(BLOCK_SIGNOFF, 0), "(Reporting by Ayla Demir; Editing by Jon Roe)");
	ck_assert_str_eq(kinds_of(LEAD "The ferry will sail again next week (or the week after that, by all signs).\n", "en"),
	    "lead paragraph ");
}
END_TEST

START_TEST(lines_on_the_author)
{
	ck_assert_str_eq(kinds_of(LEAD BODY "Ayla Demir is a reporter at the Island Post.\n", "en"), "lead paragraph signoff ");
	ck_assert_str_eq(kinds_of(LEAD BODY "\xE2\x80\xA2 Jon Q. Roe writes about the sea.\nSign up for our newsletter\n", "en"),
	    "lead paragraph signoff boilerplate ");
	ck_assert_str_eq(kinds_of("Ayla Demir is the harbour reporter of the Island Post.\n" LEAD BODY, "en"), "signoff lead paragraph ");
	/* a person of the story */
	ck_assert_str_eq(kinds_of("Jon Roe, who was on board, said that the ferry between the two islands stopped on Monday.\n" BODY
	    "Jon Roe is a teacher on the smaller island.\n", "en"), "lead paragraph paragraph ");
}
END_TEST

START_TEST(notes)
{
	ck_assert_str_eq(kinds_of("Editor's note: This story has been shortened.\n" LEAD BODY
	    "Correction: An earlier version gave a wrong name of the ferry.\n", "en"), "editor-note lead paragraph correction ");
	ck_assert_str_eq(kinds_of(LEAD BODY "___\nThis story has been corrected to show that the ferry is not new.\n"
	    "(Editor\xE2\x80\x99s Note: The Island Post belongs to the ferry company.)\n", "en"),
	    "lead paragraph separator correction editor-note ");
	ck_assert_str_eq(kinds_of(LEAD "An earlier version of the chart was printed in the last century and is still in use on the ferry.\n", "en"),
	    "lead paragraph ");
}
END_TEST

START_TEST(furniture)
{
	ck_assert_str_eq(kinds_of(LEAD "Advertisement\n" BODY "READ MORE: Ferry stopped before\n" MORE "Story continues below\n" BODY
	    "Sign up for our daily newsletter\n", "en"),
	    "lead boilerplate paragraph boilerplate paragraph boilerplate paragraph boilerplate ");
	ck_assert_str_eq(kinds_of(LEAD BODY "Related stories:\nFerry stopped before\nIslands ask for a bridge\n", "en"),
	    "lead paragraph boilerplate boilerplate boilerplate ");
	ck_assert_str_eq(kinds_of(LEAD BODY "FERRY TALKS: What we know about the leak\n" MORE, "en"), "lead paragraph boilerplate paragraph ");
	/* a video that is not here */
	ck_assert_str_eq(kinds_of(LEAD "Media playback is unsupported on your device Media caption The pilots on their night at sea\n"
	    BODY "CLOSE The ferry is back, and its captain tells of the night. VPC\n" MORE, "en"),
	    "lead boilerplate paragraph boilerplate paragraph ");
	/* prose about such things */
	ck_assert_str_eq(kinds_of(LEAD "Close to two hundred people were on board of the ferry, the captain said.\n", "en"), "lead paragraph ");
	ck_assert_str_eq(kinds_of(LEAD "The advertisement for the ferry, seen by many on Facebook and Twitter, had promised a safe trip.\n"
	    "\"Sign up for the trip,\" it said, \"and share it with your friends.\"\n", "en"), "lead paragraph paragraph ");
}
END_TEST

START_TEST(transcripts)
{
	/* speakers in capitals are no links to other stories */
	ck_assert_str_eq(kinds_of(LEAD "DEMIR: Were you on board\nROE: I was, and it was cold\nDEMIR: Did you see the water\n"
	    "ROE: No, not at all\n", "en"), "lead paragraph paragraph paragraph paragraph ");
}
END_TEST

START_TEST(other_languages)
{
	ck_assert_str_eq(kinds_of("\xC4\xB0ki ada aras\xC4\xB1ndaki feribot, makine dairesine su girmesi \xC3\xBCzerine pazartesi g\xC3\xBCn\xC3\xBC durdu.\n"
	    "M\xC3\xBCrettebat b\xC3\xBCt\xC3\xBCn yolcular\xC4\xB1 k\xC3\xBC\xC3\xA7\xC3\xBCk teknelerle k\xC4\xB1y\xC4\xB1ya \xC3\xA7\xC4\xB1kard\xC4\xB1 ve kimse yaralanmad\xC4\xB1.\n"
	    "Kaynak: Anadolu\n", "tr"), "lead paragraph source ");
	ck_assert_str_eq(kinds_of("Die F\xC3\xA4hre zwischen den Inseln blieb am Montag stehen, nachdem Wasser eingedrungen war.\n"
	    "Die Mannschaft brachte alle Passagiere in kleinen Booten an Land, und niemand wurde dabei verletzt.\nWeiterlesen\n"
	    "Quelle: dpa\n", "de"), "lead paragraph boilerplate source ");
	/* English cues say nothing in another language; marks and international labels do */
	ck_assert_str_eq(kinds_of("Lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod.\n"
	    "Reporting by magna aliqua ut enim ad minim veniam quis nostrud.\n* * *\nSource: Reuters\n", "xx"),
	    "lead paragraph separator source ");
}
END_TEST

START_TEST(markup_keeps_its_kinds)
{
	struct block *b;

	article_reset(&article, &src, "text");
	ck_assert_int_eq(source_load_mem(&src, "story.txt", "Sign up for it", 14, NULL), SOURCE_OK);
	text_verbatim(&article.text, src.s, src.len, 0);
	b = article_block(&article, BLOCK_HEADLINE, SURE, 0);
	b->from_markup = true;
	classify(&article, "en");
	ck_assert_uint_eq(article.nblocks, 1);
	ck_assert_int_eq(article.blocks[0].kind, BLOCK_HEADLINE);
}
END_TEST

Suite *
unit_classify(void)
{
	Suite *s = suite_create("classify");
	TCase *c = tcase_create("kinds");

	tcase_add_checked_fixture(c, setup, teardown);
	tcase_add_test(c, plain_story);
	tcase_add_test(c, caption_with_credit);
	tcase_add_test(c, caption_behind_its_credit);
	tcase_add_test(c, caption_and_headline_in_one_line);
	tcase_add_test(c, dateline_and_lead);
	tcase_add_test(c, headline_and_byline);
	tcase_add_test(c, above_the_story);
	tcase_add_test(c, headline_with_a_stop);
	tcase_add_test(c, headline_told_again);
	tcase_add_test(c, credit_in_front_of_a_caption);
	tcase_add_test(c, videos_that_are_not_here);
	tcase_add_test(c, dateline_without_dash);
	tcase_add_test(c, agency_in_brackets);
	tcase_add_test(c, main_points_behind_a_credit);
	tcase_add_test(c, broadcast);
	tcase_add_test(c, calls_speak_to_readers);
	tcase_add_test(c, outlet_below_a_name);
	tcase_add_test(c, deck_without_headline);
	tcase_add_test(c, desk_lines);
	tcase_add_test(c, embargo_lines);
	tcase_add_test(c, crossheads);
	tcase_add_test(c, lists);
	tcase_add_test(c, posts_and_stage_directions);
	tcase_add_test(c, separators_and_end_marks);
	tcase_add_test(c, foot);
	tcase_add_test(c, signoff_behind_a_paragraph);
	tcase_add_test(c, lines_on_the_author);
	tcase_add_test(c, notes);
	tcase_add_test(c, furniture);
	tcase_add_test(c, transcripts);
	tcase_add_test(c, other_languages);
	tcase_add_test(c, markup_keeps_its_kinds);
	suite_add_tcase(s, c);
	return s;
}
