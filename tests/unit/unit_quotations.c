/* Quotations: what is silent, what is pinned, in which language. */
#include "unit.h"

#include "lines.h"
#include "util/buf.h"

#include <stdlib.h>
#include <string.h>

/* ---- silence ---- */

static const struct { const char *lang, *text; } sound[] = {
	{"en", "“We will stay,” the pilot said."},
	{"en", "\"We will stay,\" the pilot said. \"You will see.\""},
	{"en", "“He told me ‘go home’ and left,” she said."},
	{"en", "\"He told me 'go home' and left,\" she said."},
	{"en", "“He called it ‘the end of the road.’” Nobody laughed."},
	{"en", "\"They shouted, 'Go!'\" the boy said."},
	{"en", "\"I have been insulted by the term 'small harbour,' \" he told them."},
	/* running quotations */
	{"en", "“We waited for three days,” he said. “The bay was full.\n“Then the wind fell.\n“We went in.”"},
	{"en", "\"We waited for three days.\n\"Then the wind fell.\n\"We went in,\" he said."},
	{"en", "“We waited for three days.\n## A long night\n^ The bay at dusk.\n“Then the wind fell.”"},
	{"en", "She writes that “I lived there more than I slept.\n“It was the town of my life,” she recalled."},
	{"en", "Polls show “opinion is stable. It is also deep. Nobody moves.\n“On the one hand, they wait. On the other, they go.”"},
	{"en", "“It went like this: ‘We wait.\n“ ‘Then we go in.’\n“That was all,” he said."},
	{"en", "“It went like this: ‘We wait.\n“‘Then we go in.’ That was all,” he said."},
	/* closed, and the next paragraph is another's, or says who speaks, or follows a few words; where each paragraph closes, nothing is said */
	{"en", "“Will it rain on the deck?” he asked.\n“It will rain until the sun comes up again.”"},
	{"en", "He said: “Will it rain on the deck?”\n“It will rain until the sun comes up again.”"},
	{"en", "He said: “It rains.”\n“It rained when the sun came up again,” the pilot said."},
	{"en", "He said that it was “like rain on the deck.”\n“It rained until the sun came up again.”"},
	{"en", "The rain fell.\n“It is like rain on the deck.”\n“It rained until the sun came up again.”"},
	{"tr", "Kaptan şöyle dedi: “Güvertede yağmur var gibi.”\n“Güneş yeniden doğana kadar yağmur yağdı ve durmadı.”"},
	/* apostrophes */
	{"en", "The boys’ coats were wet and the girls' hats were lost."},
	{"en", "She grew up on rock ’n’ roll in the ’90s; he liked the '60s and rock 'n' roll."},
	{"en", "’Tis the season, and 'tis cold. “Get ’em out,” he said. 'Twas late."},
	{"en", "Don't say it isn’t o'clock yet, O'Hara said of the Joneses' ol' boat."},
	{"en", "“The drivers’ union won’t wait,” he said, “and the owners’ can’t.”"},
	{"en", "‘The boys’ coats were wet,’ he said."},
	{"en", "He was goin' home, workin' late."},
	/* read the wrong way round for want of a mark before: at least no blank inside is made of it */
	{"en", "The winds blew in March and April.\" No one counts them. But the log is discouraging,\" writes Kessel."},
	/* set wrongly, and apostrophes all the same */
	{"en", "\"I ‘ve seen it, and we ‘ll wait.\" It ‘s late. They walked ‘round the bay ‘til ten, and told ‘em so."},
	/* feet, inches, minutes */
	{"en", "The keeper is 6'2\" tall and the door 6' high."},
	{"en", "“He is like 6’2”,” the trainer said."},
	{"en", "\"He is 6'2\" and growing,\" the trainer said."},
	{"en", "A 12\" pipe broke at 40° 26' 46\" N."},
	/* headlines, lists, verse, questions and answers */
	{"en", "# ‘No surrender’ to the storm\n## ‘One more day’\nThe port opened."},
	{"en", "* “One”\n* “Two”\n* Three"},
	{"en", "“The harbour lies in grey,\nthe ships lie in the bay,\nthe wind has gone to sleep,\nand nobody goes away.”"},
	{"en", "Q: What did you see?\nA: Nothing. I said “no” at once.\nQ: Why?"},
	{"en", "They didn’t sleep ``more than two hours'' a night. ''So it was,'' she said."},
	/* titles, brackets, twice nested, suffixes */
	{"en", "In “The Long Night” (“a bore,” he says), “[w]e waited ... and waited.”"},
	{"en", "“I asked him, ‘Did you read “The Long Night” or not?’ and he left.”"},
	{"en", "He said: “…and then it was over —”"},
	/* languages */
	{"de", "„Wir bleiben“, sagte der Lotse. „Er sagte: ‚Geht nach Hause‘ und ging.“"},
	{"de", "»Wir bleiben«, sagte der Lotse."},
	{"de-CH", "«Wir bleiben», sagte der Lotse."},
	{"fr", "« Nous restons », dit le pilote. « C’est l’heure », dit-il."},
	{"fr", "« Nous restons.\n« Le vent est tombé. »"},
	{"sv", "”Vi väntar inte”, sade lotsen. ”Vi går in.”"},
	{"fi", "”Emme odota”, luotsi sanoi."},
	{"da", "»Vi bliver«, sagde lodsen."},
	{"pl", "„Zostajemy” – powiedział pilot."},
	{"hu", "„Maradunk” – mondta a révkalauz."},
	{"es", "«Nos quedamos», dijo. «El viento ha caído.\n»Entramos al amanecer», añadió."},
	{"ja", "船長は「待てない」と述べた。「『静かな海』を読んだ」と話した。"},
	{"zh-Hant", "他說：「我們不等了。」"},
	{"he", "צה\"ל הודיע: \"נחכה\"."},
	{"tr", "Kılavuz, “Beklemeyeceğiz” dedi. “İstanbul Hatırası”nı sordu. Türkiye'nin limanı."},
	{"it", "«Restiamo», ha detto. “Andiamo”, dice l’uomo."},
	{"ru", "«Мы остаёмся», — сказал лоцман. «Он читал „Море“ вслух»."},
	{"nl", "“We blijven”, zei de loods. ’s Avonds viel de wind."},
	{"en-GB", "‘We will stay’, he said. ‘He told me “go home” and the boys’ mother left.’"},
	{"de", "„Der Brief kam.\n„Ich las ihn“, sagte er.\n„Der zweite kam.\nIch las ihn nicht“, sagte er."},
	{"de", "»Er rief: ›Geh!‹, und ging«, sagte sie. Max’ Boot und Hans' Haus."},
	{"de-AT", "„Er hat ‚Servus‘ gesagt“, sagte sie."},
	{"de-CH", "«Er rief ‹Geh›», sagte sie.\n„Auch so“, sagte er."},
	{"fr", "«Â Il m’a dit “pars” et «Â vaÂ »Â », dit-elle. «â¯" "C’est toutâ¯!â¯»"},
	{"fr", "«Â Le vent est tombé, a-t-il dit. On part.Â »\n— QuiÂ ? — Moi."},
	{"fr-CA", "«Â Il m’a dit “pars”.\n«Â Je suis partieÂ », dit-elle."},
	{"fr-CH", "«Il m’a dit ‹pars› et je suis partie», dit-elle."},
	{"es", "«Me dijo “vete”», dijo. “Nos ‘vamos’”, dijo. —¿Quién? —Yo."},
	{"es-419", "“Me dijo ‘vete’.\n“Y me fui”, dijo."},
	{"pt", "«Ele disse “vai”», disse ela. “Ele disse ‘vai’”, disse ele."},
	{"pt-BR", "“Ele disse ‘vai’.\n“E eu fui”, disse ela."},
	{"it", "«Mi ha detto “va’ via”», dice. “C’è un po’ di ‘vento’”, dice negli anni ’50."},
	{"ca", "«M’ha dit “ves-te’n”», diu."},
	{"ro", "„Mi-a zis «pleacă»”, a spus."},
	{"sv", "”Han sade ’gå’.\n”Jag gick”, sade hon. »Vi stannar», sade de. Lars’ båt."},
	{"fi", "»Jäämme», hän sanoi. ”Hän sanoi ’mene’”, nainen sanoi. Vaa’an päällä."},
	{"da", "„Vi bliver“, sagde han. ”Vi går,” sagde hun. »Han sagde ›gå‹,« sagde de."},
	{"nb", "«Han sa ‘gå’», sa hun. «Hun sa ’bli’.\n«Jeg ble», sa han."},
	{"nl", "‘De foto’s zijn weg’, zei hij. „We gaan”, zei zij. ’t Was stil in ’s-Havenoord in de jaren ’50."},
	{"pl", "„Powiedział: «idź»”. – Kto? – zawołał.\n„List przyszedł.\n„Czytałem” – mówi."},
	{"cs", "„Řekl mi: ‚Jdi,‘ a šel,“ řekla. »Řekl: ›Jdi.‹«"},
	{"sk", "„Povedal: ‚Choď,‘ a šiel,“ povedala."},
	{"uk", "«Він сказав: „Іди“». П’ять і п'ять."},
	{"bg", "„Той каза: ‚Върви‘“, каза тя."},
	{"sr", "„Рекао је ’иди’”, каже."},
	{"hu", "„Azt mondta: »menj«”, mondta."},
	{"el", "«Είπε “φύγε”», είπε.\n«Το γράμμα ήρθε.\n»Το διάβασα», είπε. Απ’ όλους, σ’ αυτόν."},
	{"tr", "“Mektup geldi.”\n“Okudum.” diyen Roth, “Tuz Yolu”nu andı. “Bana ‘git’ dedi.”"},
	{"ar", "«سنبقى» و”سنبقى“ و“سنبقى” و\"سنبقى\"."},
	{"fa", "«او گفت ‹برو› و رفت.»"},
	{"he", "\"נחכה\", אמר מנכ\"ל צה״ל. ”נחכה“, „נחכה”, ג'ון אמר 'לך'."},
	{"ja", "「『帰れ』と言われた」と話した。\n「手紙が届いた。\n「妻に読んだ」と語った。“約束”。"},
	{"zh-Hans", "他说：“他说‘回家’，就走了。”\n“信到了。\n“我念了，”他说。"},
	{"zh-Hant", "他說：「他說『回家』，就走了。」\n「信到了。\n「我念了，」他說。"},
	{"ko", "“그가 ‘집에 가라’고 했다”고 말했다. ‘소금길’은 상을 받았다."},
	{"und", "„Wij” „wir“ »oder« «ou» ”eller” “or”"},
};

START_TEST(silent)
{
	struct buf b;

	buf_init(&b);
	lines_read(sound[_i].lang, sound[_i].text);
	lines_describe(&b, WEAK);
	ck_assert_msg(lines_an.nproblems == 0, "%s: %s", sound[_i].lang, b.s);
	buf_release(&b);
}
END_TEST

/* ---- faults ---- */

static const struct { const char *lang, *expected; } faulty[] = {
	/* The expectation is the text itself, with the wrong marks in [[ ]], and what is wrong with them. */
	{"en", "[[“]]We will not go, he said on Monday.\nThe bay was full.\nunclosed ”\n"},
	{"en", "[[\"]]We will not go, he said on Monday.\nThe bay was full.\nunclosed \"\n"},
	{"en", "We will not go,[[”]] he said.\nunopened “\n"},
	{"en", "A look at [his] systems[[\"]] took long.\nunopened \"\n"},
	{"en", "“We will stay,[[\"]] she said.\nmismatched ”\n"},
	{"en", "\"We will stay,[[”]] she said. \"You will see.\"\nmismatched \"\n"},
	{"en", "“We will stay.[[’]] She left for the \"Meridian\" then.\nmismatched ”\n"},
	{"en", "“We will stay,[[’’]] she said.\nmismatched ”\n"},
	{"en", "“He said: ‘Go.[[']]” She went.\nmismatched ’\n"},
	{"en", "[[”]]We will stay,” she said.\nreversed “\n"},
	{"en", "“We will stay,[[“]] she said. “You will see.”\nreversed ”\n"},
	{"en", "She called it “mad[[“]] and went on.\nreversed ”\n"},
	{"en", "“We will stay,” she said. [[”]]You will see.”\nreversed “\n"},
	{"en", "[[“ ]]We will stay,” she said.\nspace-inside -\n"},
	{"en", "“We will stay,[[ ”]] she said.\nspace-inside -\n"},
	{"en", "“He told me [[“]]go home” and left,” she said.\nnested-same ‘\n"},
	{"tr", "“Bize [[“]]eve gidin” dedi ve gitti,” dedi.\nnested-same ‘\n"},
	{"es", "“Nos dijo [[“]]fuera” y se fue”, dijo.\nnested-same ‘\n"},
	/* paragraphs that were joined: an end is missing, and no quotation stands in another */
	{"en", "“These winds will fall soon. You will see it.“The storm is over,” he adds. “It will take a while for the sea.”\n"},
	/* its closing mark is reported, and it is not reported twice */
	{"en", "“It was like, “When the wind falls we go in,[[’]]” he said.\nmismatched ”\n"},
	{"en", "“We waited for three days.\n[[]]Then the wind fell,” he said.\ncontinuation-open “\n"},
	{"en", "“We waited,” he said. “The bay was full.\n[[]]Then the wind fell.\n[[]]We went in,” he said.\n"
	    "continuation-open “\ncontinuation-open “\n"},
	/* the speaker goes on, and the next paragraph is all his */
	{"en", "He said: “It is like rain on the deck.[[”]]\n“It is exactly like the rain that we had then.[[”]]\n“It was rain that nobody will ever forget.”\n"
	    "continuation-close -\ncontinuation-close -\n"},
	/* one cause, one problem: what follows is read rightly */
	{"en", "[[\"]]We will not go, he said. \"You will see.\"\nunclosed \" or \"\n"},
	{"en", "[[“]]We will not go, he said.\n“You will see,” she said. “It is late.”\n“Yes.”\nunclosed ”\n"},
	{"en", "She spoke of “the bay. A book called “Storm” and another called “Wind” followed.\n", },
	{"en", "Those who are [[“]]somewhat late), he said, go (\"now\").\nunclosed ” or \"\n"},
	{"en", "\"We counted the hours,\" she said. [[\"]]The bay is full.\nThey slept ``two hours'' a night, he said.\nunclosed \"\n"},
	{"en", "\"We counted the hours,\" she said. [[\"]]The bay is full.\n``Two hours'' they slept, he said.\nunclosed \"\n"},
	/* two open and one closes: nobody knows which lacks its end; the second says so */
	{"en", "“The next ten years will decide for this port, framing them as [[“]]a decade of storms.”\nunclosed ” in “\n"},
	{"en", "\"The next ten years will decide, and they are [[\"]]a decade of storms,\" he said.\nunclosed \" in \"\n"},
	/* an opening mark where one belongs is none that closes */
	{"en", "“We saw it in the bay.[[“]]At five it was gone,” he said.\nunclosed ” in “\n"},
	{"en", "The rule says that none [[“]]shall leave, and that storms [[“]]excuse all who stay.\nunclosed ”\nunclosed ” in “\n"},
	/* the first that closes does, the second is one too many */
	{"en", "Of “old” boats: “The storm was long and cold,” he said..[[”]] The bay was full.\nunopened “\n"},
	/* which of three straight marks opens is a guess, and so is the blank inside */
	{"en", "The line \" storms [[\"]] stood in the log\" of the port.\n"},
	{"en", "\"There are two storms in it,[[ \"]]Kessel said.\nspace-inside -\n"},
	{"en", "The harbour[[\"]]s new pier is long.\nunopened \"\n"},
	{"en", "The pilot laughed.[[\"]]We will stay where we are.\nunclosed \"\n"},
	/* a second speaker does not hide it */
	{"en", "“No,” Jane Roe said Friday. [[“]]We will stay where we are.\n“I shall think about it,” said John Doe.\nunclosed ”\n"},
	/* a partial quotation must not run on */
	{"en", "He spoke of [[“]]a very long night.\n“We waited,” she said.\nunclosed ”\n"},
	/* behind a comma no letter is left out: the single mark was meant for a double one, and nothing runs on */
	{"en", "“We need to tackle both at once,[[’]] she said.\n“We have done so before,” she added.\nmismatched ”\n"},
	{"en", "\"Why do you support them?[[']] I asked.\n\"Because I saw it,\" she said.\nmismatched \"\n"},
	/* a name quoted within a sentence does not run on */
	{"en", "The last time that the phrase [[“]]Harbour First was sung.\n“He broke the mould,” said Jan Roth.\nunclosed ”\n"},
	/* languages */
	{"de", "„Wir bleiben[[”]], sagte der Lotse.\nmismatched “\n"},
	{"fr", "[[«]] Nous restons, dit le pilote.\nunclosed »\n"},
	{"ja", "船長は[[「]]待てないと述べた。\nunclosed 」\n"},
	{"tr", "[[“]]Bekleyeceğiz.\n“Gideceğiz.”\nunclosed ”\n"},
	{"es", "«Nos quedamos[[\"]], dijo.\nmismatched »\n"},
};

START_TEST(pinned)
{
	struct buf b, plain;
	const char *s = faulty[_i].expected, *end = s;

	/* the text is what stands before the lines of faults, without the brackets */
	buf_init(&b);
	buf_init(&plain);
	for (;;) {
		size_t n = strcspn(end, "\n"), k;

		for (k = 0; k < FAULT_COUNT; k++)
			if (strncmp(end, lines_faults[k], strlen(lines_faults[k])) == 0 && end[strlen(lines_faults[k])] == ' ')
				break;
		if (*end == '\0' || k < FAULT_COUNT)
			break;
		end += n + (end[n] == '\n');
	}
	for (; s < end; s++) {
		if (strncmp(s, "[[", 2) == 0 || strncmp(s, "]]", 2) == 0)
			s++;
		else
			buf_putc(&plain, *s);
	}
	if (*end == '\0') {	/* no faults listed: only that there is exactly one */
		lines_read(faulty[_i].lang, plain.s);
		ck_assert_uint_eq(lines_an.nproblems, 1);
	} else {
		lines_read(faulty[_i].lang, plain.s);
		lines_describe(&b, WEAK);
		ck_assert_str_eq(b.s, faulty[_i].expected);
	}
	buf_release(&b);
	buf_release(&plain);
}
END_TEST

/* ---- a fault in every sound paragraph ---- */

/* What each mutation does to the first pair of double marks: drops the closing or opening one, turns one round, takes
 * another kind. */
enum mutation { DROP_CLOSE, DROP_OPEN, OPEN_AS_CLOSE, CLOSE_AS_OPEN, OTHER_KIND, MUTATIONS };
static const char *const clean[] = {
	"“We will stay,” the pilot said.",
	"“We will stay where we are,” the pilot said. “You will see.”",
	"The pilot called it “a very long night” and went home.",
	"The pilot, who had read “The Long Night,” said that he knew the drivers’ song.",
	"“He told me ‘go home’ and left,” she said, “and I didn’t.”",
	"He said: “There is nothing in the bay.”",
	"Asked whether it was “over,” she said it wasn’t.",
	"“Is it over?” she asked. The boys’ coats were wet.",
};

static const char *
mark_after(const char *s, const char *mark)
{
	const char *at = strstr(s, mark);

	ck_assert_ptr_nonnull(at);
	return at;
}

START_TEST(mutated)
{
	static const enum mark_fault meant[] = {FAULT_UNCLOSED, FAULT_UNOPENED, FAULT_REVERSED, FAULT_REVERSED, FAULT_MISMATCHED};
	const char *text = clean[_i / MUTATIONS];
	enum mutation m = (enum mutation)(_i % MUTATIONS);
	const char *open = mark_after(text, "“"), *close = mark_after(text, "”");
	const char *wrong = m == DROP_CLOSE || m == CLOSE_AS_OPEN ? open : close, *with = "";
	struct buf b;
	uint32_t at;

	buf_init(&b);
	switch (m) {
	case DROP_CLOSE: wrong = close; break;
	case DROP_OPEN: wrong = open; break;
	case OPEN_AS_CLOSE: wrong = close; with = "“"; break;
	case CLOSE_AS_OPEN: wrong = open; with = "”"; break;
	default: wrong = close; with = "\""; break;
	}
	buf_add(&b, text, (size_t)(wrong - text));
	buf_puts(&b, with);
	buf_puts(&b, wrong + 3);
	/* the mark that must be pinned: the changed one, or the one that lost its partner */
	at = (uint32_t)((m == DROP_CLOSE ? open : m == DROP_OPEN ? close - 3 : wrong) - text);
	lines_read("en", b.s);
	ck_assert_msg(lines_an.nproblems == 1, "%zu problems in %s", lines_an.nproblems, b.s);
	ck_assert_msg(lines_an.problems[0].fault == meant[m] && lines_an.problems[0].at.a == at, "%s at %u, meant %s at %u: %s",
	    lines_faults[lines_an.problems[0].fault], lines_an.problems[0].at.a, lines_faults[meant[m]], at, b.s);
	buf_release(&b);
}
END_TEST

/* ---- what quotations are ---- */

START_TEST(ranges_and_kinds)
{
	static const enum quotation_kind kinds[] = {QUOTATION_HEADLINE, QUOTATION_DIRECT, QUOTATION_PARTIAL, QUOTATION_TITLE,
	    QUOTATION_SCARE};
	const struct quotation *q;

	lines_read("en", "# ‘No surrender’ to the storm\n“We will not wait for any of them,” he said of a “very long and cold night” in “The"
	    " Long Night” and a “storm.”");
	ck_assert_uint_eq(lines_an.nquotations, 5);
	for (size_t i = 0; i < 5; i++)
		ck_assert_msg(lines_an.quotations[i].kind == kinds[i], "%zu is %s", i, quotation_kind_name(lines_an.quotations[i].kind));
	q = &lines_an.quotations[1];
	ck_assert(q->closed && q->level == 0 && q->block == 1);
	ck_assert_int_eq(strncmp(lines_article.text.s + q->inside.a, "We will not wait for any of them,”", range_len(q->inside) + 3), 0);
	ck_assert_uint_eq(q->inside.a, q->at.a + 3);
	ck_assert_uint_eq(q->inside.z + 3, q->at.z);
}
END_TEST

START_TEST(runs)
{
	lines_read("en", "“We waited,” he said. “The bay was full.\n^ “Dusk”\n“Then the wind fell.\n“We went in.” It was late.");
	ck_assert_uint_eq(lines_an.nquotations, 5);
	/* in order of place, the caption's between */
	for (size_t i = 1; i < 5; i++)
		ck_assert_uint_lt(lines_an.quotations[i - 1].at.a, lines_an.quotations[i].at.a);
	ck_assert(lines_an.quotations[1].continues && !lines_an.quotations[1].continued && !lines_an.quotations[1].closed);
	ck_assert(lines_an.quotations[3].continues && lines_an.quotations[3].continued);
	ck_assert(lines_an.quotations[4].closed && lines_an.quotations[4].continued);
	ck_assert_uint_eq(lines_an.quotations[4].run, 1);
	ck_assert_uint_eq(lines_an.quotations[3].run, 1);
	ck_assert_uint_eq(lines_an.quotations[2].run, 2);
	for (size_t i = 0; i < lines_an.nmarks; i++)
		if (lines_an.marks[i].role == MARK_OPEN)
			ck_assert_uint_eq(lines_an.quotations[lines_an.marks[i].quotation].at.a, lines_an.marks[i].at.a);
}
END_TEST

START_TEST(quoted)
{
	struct range r;
	const char *s;

	lines_read("en", "He said “we ‘will’ go” at once.\n> Nothing else.");
	ck_assert_uint_eq(lines_an.quotations[0].outer, 0);
	ck_assert_uint_eq(lines_an.quotations[1].outer, 0);
	s = lines_article.text.s;
	r.a = (uint32_t)(strstr(s, "will") - s);
	r.z = r.a + 4;
	ck_assert(analysis_quoted(&lines_an, r));
	r.a = (uint32_t)(strstr(s, "go") - s);
	r.z = r.a + 2;
	ck_assert(analysis_quoted(&lines_an, r));
	r.z += 8;
	ck_assert(!analysis_quoted(&lines_an, r));
	r = (struct range){0, 2};
	ck_assert(!analysis_quoted(&lines_an, r));
	r.a = (uint32_t)(strstr(s, "Nothing") - s);
	r.z = r.a + 7;
	ck_assert(analysis_quoted(&lines_an, r));
	ck_assert_int_eq(lines_an.quotations[lines_an.nquotations - 1].kind, QUOTATION_BLOCK);
}
END_TEST

Suite *
unit_quotations(void)
{
	Suite *s = suite_create("quotations");
	TCase *c = tcase_create("quotations");

	tcase_add_checked_fixture(c, lines_setup, lines_teardown);
	tcase_add_loop_test(c, silent, 0, sizeof sound / sizeof sound[0]);
	tcase_add_loop_test(c, pinned, 0, sizeof faulty / sizeof faulty[0]);
	tcase_add_loop_test(c, mutated, 0, (int)(sizeof clean / sizeof clean[0]) * MUTATIONS);
	tcase_add_test(c, ranges_and_kinds);
	tcase_add_test(c, runs);
	tcase_add_test(c, quoted);
	suite_add_tcase(s, c);
	return s;
}
