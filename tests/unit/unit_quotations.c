/* Quotations: what is silent, what is pinned, in which language, and in how many steps. */
#include "unit.h"

#include "analysis.h"
#include "util/buf.h"

#include <stdlib.h>
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

/* A line is a paragraph; "# " a headline, "## " a crosshead, "^ " a caption, "* " a list item, "> " a block quote. */
static enum block_kind
kind_of_line(const char **s)
{
	static const struct { const char *sign; enum block_kind kind; } signs[] = {{"## ", BLOCK_CROSSHEAD}, {"# ", BLOCK_HEADLINE},
	    {"^ ", BLOCK_CAPTION}, {"* ", BLOCK_LIST_ITEM}, {"> ", BLOCK_BLOCKQUOTE}};

	for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
		if (strncmp(*s, signs[i].sign, strlen(signs[i].sign)) == 0) {
			*s += strlen(signs[i].sign);
			return signs[i].kind;
		}
	return BLOCK_PARAGRAPH;
}

static void
read_lines(const char *lang, const char *s)
{
	article_reset(&article, NULL, "text");
	article.lang = lang;
	article.lang_certainty = SURE;
	while (*s != '\0') {
		size_t n;
		uint32_t start = (uint32_t)article.text.n;
		enum block_kind kind = kind_of_line(&s);

		n = strcspn(s, "\n");
		text_verbatim(&article.text, s, n, start);
		article_block(&article, kind, SURE, start);
		s += n + (s[n] == '\n');
	}
	analysis_start(&an, &article);
	analysis_quotations(&an);
}

static const char *const fault_names[] = {"unclosed", "unopened", "mismatched", "reversed", "space-inside", "continuation-open",
    "nested-same", "continuation-close"};

/* The fault, the mark expected, and of two that open where one closes the other one: it opens inside that, or that in it. */
static void
describe_fault(struct buf *b, const struct mark_problem *p)
{
	buf_printf(b, "%s %s", fault_names[p->fault], p->expected != NULL ? p->expected : "-");
	if (p->fault == FAULT_UNCLOSED && range_len(p->partner) > 0)
		buf_printf(b, " %s %.*s", p->partner.a < p->at.a ? "in" : "or", (int)range_len(p->partner), article.text.s + p->partner.a);
	buf_puts(b, "\n");
}

/* What was found, as the text with the wrong marks in [[ ]] and the faults behind it: "... [[”]]We ... | reversed “". */
static void
describe(struct buf *b, enum certainty least)
{
	const struct text *t = &article.text;
	uint32_t at = 0;
	size_t i, k;

	buf_clear(b);
	for (i = 0, k = 0; i < article.nblocks; i++) {
		uint32_t z = article.blocks[i].at.z;

		for (; k < an.nproblems && an.problems[k].at.a < z + (an.problems[k].block == i); k++) {
			const struct mark_problem *p = &an.problems[k];

			if (p->certainty < least)
				continue;
			if (p->at.a < at)
				continue;
			buf_add(b, t->s + at, p->at.a - at);
			buf_puts(b, "[[");
			buf_add(b, t->s + p->at.a, range_len(p->at));
			buf_puts(b, "]]");
			at = p->at.z;
		}
		buf_add(b, t->s + at, z - at);
		at = z;
		buf_puts(b, "\n");
	}
	for (k = 0; k < an.nproblems; k++)
		if (an.problems[k].certainty >= least)
			describe_fault(b, &an.problems[k]);
}

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
	{"und", "„Wij” „wir“ »oder« «ou» ”eller” “or”"},
};

START_TEST(silent)
{
	struct buf b;

	buf_init(&b);
	read_lines(sound[_i].lang, sound[_i].text);
	describe(&b, WEAK);
	ck_assert_msg(an.nproblems == 0, "%s: %s", sound[_i].lang, b.s);
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

		for (k = 0; k < sizeof fault_names / sizeof *fault_names; k++)
			if (strncmp(end, fault_names[k], strlen(fault_names[k])) == 0 && end[strlen(fault_names[k])] == ' ')
				break;
		if (*end == '\0' || k < sizeof fault_names / sizeof *fault_names)
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
		read_lines(faulty[_i].lang, plain.s);
		ck_assert_uint_eq(an.nproblems, 1);
	} else {
		read_lines(faulty[_i].lang, plain.s);
		describe(&b, WEAK);
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
	read_lines("en", b.s);
	ck_assert_msg(an.nproblems == 1, "%zu problems in %s", an.nproblems, b.s);
	ck_assert_msg(an.problems[0].fault == meant[m] && an.problems[0].at.a == at, "%s at %u, meant %s at %u: %s",
	    fault_names[an.problems[0].fault], an.problems[0].at.a, fault_names[meant[m]], at, b.s);
	buf_release(&b);
}
END_TEST

/* ---- what quotations are ---- */

START_TEST(ranges_and_kinds)
{
	static const enum quotation_kind kinds[] = {QUOTATION_HEADLINE, QUOTATION_DIRECT, QUOTATION_PARTIAL, QUOTATION_TITLE,
	    QUOTATION_SCARE};
	const struct quotation *q;

	read_lines("en", "# ‘No surrender’ to the storm\n“We will not wait for any of them,” he said of a “very long and cold night” in “The"
	    " Long Night” and a “storm.”");
	ck_assert_uint_eq(an.nquotations, 5);
	for (size_t i = 0; i < 5; i++)
		ck_assert_msg(an.quotations[i].kind == kinds[i], "%zu is %s", i, quotation_kind_name(an.quotations[i].kind));
	q = &an.quotations[1];
	ck_assert(q->closed && q->level == 0 && q->block == 1);
	ck_assert_int_eq(strncmp(article.text.s + q->inside.a, "We will not wait for any of them,”", range_len(q->inside) + 3), 0);
	ck_assert_uint_eq(q->inside.a, q->at.a + 3);
	ck_assert_uint_eq(q->inside.z + 3, q->at.z);
}
END_TEST

START_TEST(runs)
{
	read_lines("en", "“We waited,” he said. “The bay was full.\n^ “Dusk”\n“Then the wind fell.\n“We went in.” It was late.");
	ck_assert_uint_eq(an.nquotations, 5);
	/* in order of place, the caption's between */
	for (size_t i = 1; i < 5; i++)
		ck_assert_uint_lt(an.quotations[i - 1].at.a, an.quotations[i].at.a);
	ck_assert(an.quotations[1].continues && !an.quotations[1].continued && !an.quotations[1].closed);
	ck_assert(an.quotations[3].continues && an.quotations[3].continued);
	ck_assert(an.quotations[4].closed && an.quotations[4].continued);
	ck_assert_uint_eq(an.quotations[4].run, 1);
	ck_assert_uint_eq(an.quotations[3].run, 1);
	ck_assert_uint_eq(an.quotations[2].run, 2);
	for (size_t i = 0; i < an.nmarks; i++)
		if (an.marks[i].role == MARK_OPEN)
			ck_assert_uint_eq(an.quotations[an.marks[i].quotation].at.a, an.marks[i].at.a);
}
END_TEST

START_TEST(quoted)
{
	struct range r;
	const char *s;

	read_lines("en", "He said “we ‘will’ go” at once.\n> Nothing else.");
	ck_assert_uint_eq(an.quotations[0].outer, 0);
	ck_assert_uint_eq(an.quotations[1].outer, 0);
	s = article.text.s;
	r.a = (uint32_t)(strstr(s, "will") - s);
	r.z = r.a + 4;
	ck_assert(analysis_quoted(&an, r));
	r.a = (uint32_t)(strstr(s, "go") - s);
	r.z = r.a + 2;
	ck_assert(analysis_quoted(&an, r));
	r.z += 8;
	ck_assert(!analysis_quoted(&an, r));
	r = (struct range){0, 2};
	ck_assert(!analysis_quoted(&an, r));
	r.a = (uint32_t)(strstr(s, "Nothing") - s);
	r.z = r.a + 7;
	ck_assert(analysis_quoted(&an, r));
	ck_assert_int_eq(an.quotations[an.nquotations - 1].kind, QUOTATION_BLOCK);
}
END_TEST

/* ---- steps ---- */

static const char *const rows[] = {"“", "\"", "'", "’", " ‘a", "'a ", "”", "“a ", " ”a", "“a”\n", "“a\n", "\"a \"b\n", "«", "‘’", "6' 2\" "};

static uint64_t
work_of(const char *unit, size_t times)
{
	struct buf b;

	buf_init(&b);
	for (size_t i = 0; i < times; i++)
		buf_puts(&b, unit);
	read_lines("en", b.s);
	buf_release(&b);
	return an.work;
}

START_TEST(linear)
{
	uint64_t once = work_of(rows[_i], 20000), twice = work_of(rows[_i], 40000);

	ck_assert_msg(twice <= once * 2 + once / 4 + 1000, "'%s': %llu, %llu", rows[_i], (unsigned long long)once, (unsigned long long)twice);
	ck_assert_msg(twice <= 40000ull * 200, "'%s': %llu", rows[_i], (unsigned long long)twice);
}
END_TEST

/* A damaged text is one cause, not a hundred thousand faults. */
START_TEST(no_flood)
{
	work_of("“", 100000);
	ck_assert_uint_le(an.nproblems, 140);
	work_of("“a ", 100000);
	ck_assert_uint_le(an.nproblems, 140);
}
END_TEST

Suite *
unit_quotations(void)
{
	Suite *s = suite_create("quotations");
	TCase *c = tcase_create("quotations");

	tcase_add_checked_fixture(c, setup, teardown);
	tcase_add_loop_test(c, silent, 0, sizeof sound / sizeof sound[0]);
	tcase_add_loop_test(c, pinned, 0, sizeof faulty / sizeof faulty[0]);
	tcase_add_loop_test(c, mutated, 0, (int)(sizeof clean / sizeof clean[0]) * MUTATIONS);
	tcase_add_test(c, ranges_and_kinds);
	tcase_add_test(c, runs);
	tcase_add_test(c, quoted);
	tcase_add_loop_test(c, linear, 0, sizeof rows / sizeof rows[0]);
	tcase_add_test(c, no_flood);
	suite_add_tcase(s, c);
	return s;
}
