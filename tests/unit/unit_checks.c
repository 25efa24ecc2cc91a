/* The checks balance, echo, superseded, date and agree, from a rule in XML to a finding: what is reported where, and the note. */
#include "unit.h"

#include "lint/lint.h"
#include "rule/rule_load.h"
#include "util/buf.h"

#include <string.h>

/* A line is a block: "# " headline, "## " crosshead, "^ " caption, "> " block quote, "@ " dateline, "% " byline, "$ " source line,
 * "! " correction, "~ " the field published, else a paragraph.  {Name} in a provenance line is an agency. */
static enum block_kind
kind_of_line(const char **s)
{
	static const struct { const char *sign; enum block_kind kind; } signs[] = {{"## ", BLOCK_CROSSHEAD}, {"# ", BLOCK_HEADLINE},
	    {"^ ", BLOCK_CAPTION}, {"> ", BLOCK_BLOCKQUOTE}, {"@ ", BLOCK_DATELINE}, {"% ", BLOCK_BYLINE}, {"$ ", BLOCK_SOURCE}, {"! ", BLOCK_CORRECTION}};

	for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
		if (strncmp(*s, signs[i].sign, strlen(signs[i].sign)) == 0) {
			*s += strlen(signs[i].sign);
			return signs[i].kind;
		}
	return BLOCK_PARAGRAPH;
}

static void
set_agencies(struct article *a, struct block *b)
{
	struct part parts[8];
	size_t n = 0;

	for (uint32_t i = b->at.a; i < b->at.z && n < 8; i++) {
		const char *close;

		if (a->text.s[i] != '{')
			continue;
		close = memchr(a->text.s + i, '}', b->at.z - i);
		parts[n].name = PART_AGENCY;
		parts[n].at = (struct range){i + 1, (uint32_t)(close - a->text.s)};
		parts[n++].value = NULL;
	}
	block_set_parts(a, b, parts, n);
}

static void
fill(struct article *a, struct source *src, const char *s)
{
	const char *from = s;

	article_reset(a, src, "text");
	a->lang = "en";
	a->lang_certainty = SURE;
	while (*s != '\0') {
		uint32_t start = (uint32_t)a->text.n;
		bool field = strncmp(s, "~ ", 2) == 0;
		enum block_kind kind = kind_of_line(&s);
		size_t n;

		s += field ? 2 : 0;
		n = strcspn(s, "\n");
		text_verbatim(&a->text, s, n, (uint32_t)(s - from));
		if (field)
			article_field(a, FIELD_PUBLISHED, start);
		else
			set_agencies(a, article_block(a, kind, SURE, start));
		s += n;
		if (*s == '\n') {
			text_segment(&a->text, SEG_BREAK, "\n", 1, (struct extent){(uint32_t)(s - from), (uint32_t)(s - from) + 1});
			s++;
		}
	}
}

#define NAMES "<names endings='s'><beside><terms><term>said</term></terms></beside><before><terms case='exact'><term>Mr</term></terms>" \
	"</before></names><message>{other} {count} {other-count}</message>"

#define INSIDE "<stops where='inside'><typed><terms><term>typed</term></terms></typed></stops><message>{use}</message>"
#define BY_SENSE "<stops where='by-sense'><said><terms><term>said</term></terms></said></stops><message>{use}</message>"

/* Rule, text, and what is found: "LINE:TEXT certainty [note LINE:TEXT] message" a finding. */
static const struct { const char *rule, *text, *found; } asked[] = {
	/* ---- balance ---- */
	{"<balance fault='unclosed unopened'/><message>{mark} {problem}</message>", "“We stay, he said.\nAnd left.",
	    "1:“ sure: “ opens a quotation that never closes\n"},
	{"<balance fault='mismatched'/><message>{mark}, {expected} for {partner}</message>", "One.\n“We stay,\" he said.",
	    "2:\" sure [2:“]: \", ” for “\n"},
	{"<balance fault='mismatched'/><message>{mark}</message>", "“We stay, he said.\nAnd left.", ""},
	{"<balance fault='space-inside'/><message>{mark}</message>", "“ We stay, ” he said.", "1:  sure: “\n1:  sure: ”\n"},
	{"<balance fault='continuation-open'/><message>{expected}</message>",
	    "“We stayed in the bay for three long days and nights, all of us.\nThen the wind fell and the first of us went in,” he said.",
	    "2: likely [1:“]: “\n"},
	{"<balance fault='nested-same'/><message>{mark} {problem}; {expected}</message>", "“A “b” c,” he said.",
	    "1:“ sure [1:“]: “ opens a quotation inside another of the same marks; ‘\n"},
	{"<balance fault='continuation-close'/><message>{mark} {problem}</message>",
	    "He said: “We stayed in the bay.”\n“Then the wind fell and the first of us went in.”",
	    "1:” likely [2:“]: ” closes a quotation that goes on in the next paragraph\n"},
	/* three pairs that mix the same marks are three findings, four are one cause */
	{"<balance fault='mismatched'/><message>{mark}</message>", "“A b\" c.\n“D e\" f. “G h\" i. \"J k” l.",
	    "1:\" sure [1:“]: \"\n2:\" sure [2:“]: \"\n2:\" sure [2:“]: \"\n2:” sure [2:\"]: ”\n"},
	{"<balance fault='mismatched'/><message>{mark}</message>", "“A b\" c.\n“D e\" f.\n“G h\" i. \"J k” l.\n“M n\" o.",
	    "1:\" sure [1:“] [2:\"] [3:\"] [4:\"]: \"\n3:” sure [3:\"]: ”\n"},
	{"<balance fault='mismatched'/><message>{mark}</message>", "“A\" b “A\" b “A\" b “A\" b “A\" b “A\" b “A\" b “A\" b “A\" b “A\" b “A\" b"
	    " “A\" b\n“A\" b", "1:\" sure [1:“] [1:\"] [1:\"] [1:\"] [1:\"] [1:\"] [1:\"] [1:\"] [1:\"] [1:\"] [1:\"|so here, and in 2 more places]: \"\n"},
	/* ---- stops ---- */
	{INSIDE, "They called it “old”, ‘odd’. “A ‘big one’”, he said.", "1:”, sure: ,”\n1:’. sure: .’\n1:’”, sure: ,’”\n"},
	{INSIDE, "They called it \"old\". 'Too old', he said. «Old», „old“.", "1:\". sure: .\"\n1:', sure: ,'\n"},
	{INSIDE, "They called it “old.” “Why?”, he said. He typed “old”, “so”... “so”.5", ""},
	{INSIDE, "Class “B”, “NNW”, “v3”, “a.csv”, “go to a/b”, f('old thing', 1), 'Accept', {\"a\", \"old\"}, =\"old\".", ""},
	{"<stops style='stops'/><message>{use}</message>", "They called it “old”.", ""},
	{BY_SENSE, "“We go now that it is late”.\nHe said, “We go now that it is late”. (In a statement: “We stay for one more day”.)",
	    "1:”. sure: .”\n2:”. sure: .”\n"},
	{BY_SENSE, "They called it “old.” It was “odd,” too. ‘Big’ and ‘so it is.’", "1:.” sure: ”.\n1:,” sure: ”,\n1:.’ sure: ’.\n"},
	{BY_SENSE, "He called it “too high,” the office said. “No,” they said of it “and never again.” He read “a letter.” as if.", ""},
	{BY_SENSE, "They read “The Long Night”. It was, “We go now that it is late”. He said “we go.” So “a.b.” Of “a great deal of things that nobody at all"
	    " would ever have thought to be there so late.”", ""},
	/* ---- names ---- */
	/* a letter too few, one too many, another one, two that changed places, an accent; the rarer is wrong, of equals the later */
	{NAMES, "Jan Kessel said no. Kessel left.\nKesel said yes.",
	    "2:Kesel sure [1:Kessel]: Kessel 1 2\n"},
	{NAMES, "Jan Kessel said no.\n“No,” said Kesssel.",
	    "2:Kesssel sure [1:Kessel]: Kessel 1 1\n"},
	{NAMES, "Jan Kessal said no.\nMr. Kessel left. Kessel’s boat did.",
	    "1:Kessal sure [2:Kessel]: Kessel 1 2\n"},
	{NAMES, "Mr Jan de Kessel said no.\nKeslesky! Kesesl said.",
	    "2:Kesesl sure [1:Kessel]: Kessel 1 1\n"},
	{NAMES, "Jan Šahin said no.\nSahin said so. Sahin left.",
	    "1:Šahin sure [2:Sahin]: Sahin 1 2\n"},
	{NAMES, "Jan J. Kessel said no.\nMr Jan Kesel said so, Kesel.",
	    "1:Kessel sure [2:Kesel]: Kesel 1 2\n"},
	/* two people, nobody introduced, another word, a short name, a first name, an ending, capitals, apostrophes, not beside */
	{NAMES, "Jan Kessel said no.\nMia Kesel said so.",
	    ""},
	{NAMES, "Mr Kessel said no.\nMr Kesel said so.",
	    ""},
	{NAMES, "Jan Winter said no.\nWintr said so in winter.",
	    ""},
	{NAMES, "Jan Roth said no.\nRoht said so.",
	    ""},
	{NAMES, "Jan Martin said no.\nMartan Roth left. Martan said so.",
	    ""},
	{NAMES, "Jan Kessel said no.\nKessels said so. KESEL said so. McKESSEL said so.",
	    ""},
	{NAMES, "Jan O’Kessel said no.\nO'Kessel said so.",
	    ""},
	{NAMES, "Jan Kessel said no.\nThe Kesel is a bay.",
	    ""},
	/* ---- echo ---- */
	{"<echo min-words='4'><of scope='paragraph' first='2'/><in scope='caption'/></echo><message>{block}{how}, {words}</message>",
	    "^ The port reopened on Tuesday.\nShips wait.\nThe PORT re­opened – on Tuesday.\nThe port reopened on Tuesday.",
	    "3:The PORT re­opened – on Tuesday. sure [1:The port reopened on Tuesday.]: paragraph word for word, 5\n"},
	{"<echo min-words='2'><of scope='caption'/><in scope='caption paragraph'/></echo><message>{block}{how}</message>",
	    "^ It is late.\nGo on.\nIt is late.", "1:It is late. sure [3:It is late.]: caption word for word\n"},
	{"<echo min-words='4' similarity='0.8' weak-similarity='0.4'><of scope='paragraph'/></echo><message>x{how}</message>",
	    "One two three four five six seven eight nine ten.\nOne two three four five six seven eight nine eleven.\n"
	    "Far off lies another thing.\nOne two three four five six seven here is more of that.",
	    "2:One two three four five six seven eight nine eleven. likely [1:One two three four five six seven eight nine ten.]:"
	    " x nearly word for word\n"
	    "4:One two three four five six seven here is more of that. weak [2:One two three four five six seven eight nine eleven.]:"
	    " x in large part\n"},
	{"<echo min-words='3'><of scope='paragraph' unit='quotation'/></echo><message>x</message>",
	    "“We will stay,” he said.\n“We will stay!” she said. “No.” “No.”", "2:“We will stay!” sure [1:“We will stay,”]: x\n"},
	/* what comes again and again is one finding */
	{"<echo min-words='2'><of scope='paragraph'/></echo><message>{words}</message>", "It is late.\nGo on.\nIt is late.\nGo on.\nIt is late!"
	    "\nIt is late.", "3:It is late. sure [1:It is late.] [5:It is late!] [6:It is late.]: 3\n4:Go on. sure [2:Go on.]: 2\n"},
	{"<echo min-words='2'><of scope='paragraph'/></echo><message>x</message>", "A b\nA b\nA b\nA b\nA b\nA b\nA b\nA b\nA b\nA b\nA b\nA b\nA b\nA b",
	    "2:A b sure [1:A b] [3:A b] [4:A b] [5:A b] [6:A b] [7:A b] [8:A b] [9:A b] [10:A b] [11:A b]"
	    " [12:A b|again here, and in 2 more places]: x\n"},
	{"<echo min-words='2'><of scope='paragraph' unit='sentence'/></echo><message>x</message>", "It is late. It is over. It is late.",
	    "1:It is late. sure [1:It is late.]: x\n"},
	/* what a headline quotes must be said */
	{"<echo must='be' contains='yes'><of scope='headline crosshead' unit='quotation'/><in scope='body'/></echo>"
	    "<message>{block}: {where}</message>",
	    "# ‘No surrender’ and ‘we never flee’ and ‘waits in bays’\n## ‘We will not wait’\n## ‘We ... go in’\n## ‘We [pilots] stay’\n"
	    "## ‘Long Night’ seen\n“There will be no surrender. We will,” he said, “not wait at all.” In the end we never flee.\n"
	    "“We all want to go in, and we stay.” The Long Night is a film. He wait in bays.",
	    "1:‘we never flee’ likely [6:we never flee|the words are here, but not as a quotation]: headline: the text has the words,"
	    " but not as a quotation\n"
	    "1:‘waits in bays’ likely [7:wait in bays|the words are here, but not as a quotation]: headline: the text has the words,"
	    " but not as a quotation\n"},
	{"<echo must='be' contains='yes'><of scope='headline' unit='quotation'/><in scope='body'/></echo><message>{where}</message>",
	    "# ‘Not one day’\n“One day,” he said. “Not now.”", "1:‘Not one day’ sure: the text does not have these words\n"},
	{"<echo must='not' contains='yes'><of scope='caption'/><in scope='body'/></echo><message>x</message>",
	    "^ A storm kept ships outside\nHe said that a storm kept ships outside all day.",
	    "1:A storm kept ships outside sure [2:a storm kept ships outside]: x\n"},
	/* ---- superseded ---- */
	/* names: the nearest, word by word, not within a longer one, not among quoted words */
	{"<superseded in='headline paragraph'><pair scope='correction'><pattern trigger='char:,'>, not\\b</pattern></pair></superseded><message>{problem}, {expected}</message>",
	    "He spoke in Dar es Salaam.\n! The president spoke in Dodoma, not Dar es Salaam, on Monday.",
	    "1:Dar es Salaam sure [2:Dar es Salaam]: still stands here, though a note takes it back, 'Dodoma'\n"},
	{"<superseded in='headline paragraph'><pair scope='correction'><pattern trigger='char:,'>, not\\b</pattern></pair></superseded><message>{problem}, {expected}</message>",
	    "# Salaam’s port\nHe left Salaam. “I left Salaam,” he said. Salaam Street is long.\n! It is in Dodoma, not in Salaam.",
	    "1:Salaam sure [3:Salaam] [2:Salaam]: still stands here, though a note takes it back, 'Dodoma'\n"},
	{"<superseded in='headline paragraph'><pair scope='correction'><pattern trigger='char:,'>, not\\b</pattern></pair></superseded><message>{problem}, {expected}</message>",
	    "Dar was left, es Salaam stayed. He is from North Salaam.\n! It is North Salaam, not Salaam.\n! It is Dodoma, not Dar es Salaam.",
	    ""},
	{"<superseded in='headline paragraph'><pair scope='correction'><pattern trigger='char:,'>, not\\b</pattern></pair></superseded><message>{problem}, {expected}</message>",
	    "In Salaam and Dodoma.\n! It is Dodoma, not Salaam.",
	    "1:Salaam weak [2:Salaam]: may be what a note takes back, 'Dodoma'\n"},
	{"<superseded in='headline paragraph'><pair scope='correction'><pattern trigger='char:,'>, not\\b</pattern></pair></superseded><message>{problem}, {expected}</message>",
	    "On Monday it rained.\n! It rained on Tuesday, not Monday.",
	    "1:Monday likely [2:Monday]: still stands here, though a note takes it back, 'Tuesday'\n"},
	/* who is right cannot be told; too far off; in small letters; too long */
	{"<superseded in='headline paragraph'><pair scope='correction'><pattern trigger='char:,'>, not\\b</pattern></pair></superseded><message>{problem}, {expected}</message>",
	    "Roth spoke.\n! The director, not Roth, spoke.\n! It was Lund, not, as the captain of it said, Roth.\n! It is red, not blue.\n! It is Lund, not Jan Roth Ada Brandt Mia Lund.",
	    ""},
	/* numbers: in words and digits, with what they count */
	{"<superseded in='headline paragraph'><pair scope='correction'><pattern trigger='char:,'>, not\\b</pattern></pair></superseded><message>{problem}, {expected}</message>",
	    "Twelve hours later twelve big ships came.\n! It was 14 ships, not 12.",
	    "1:twelve sure [2:12]: still stands here, though a note takes it back, '14'\n"},
	{"<superseded in='headline paragraph'><pair scope='correction'><pattern trigger='char:,'>, not\\b</pattern></pair></superseded><message>{problem}, {expected}</message>",
	    "It left on Nov. 12, and 14 came.\n! It left on Nov. 14, not 12.\n! It left on Dec. 3, not Nov. 12.",
	    "1:Nov. 12 sure [3:Nov. 12]: still stands here, though a note takes it back, 'Dec. 3'\n"
	    "1:12 sure [2:12]: still stands here, though a note takes it back, '14'\n"},
	{"<superseded in='headline paragraph'><pair scope='correction'><pattern trigger='char:,'>, not\\b</pattern></pair></superseded><message>{problem}, {expected}</message>",
	    "It took 3287 and $1.4 and 12.\n! It is 128, not 3,287.\n! It is $1.5, not $1.4.\n! It is 13, not 12.",
	    "1:3287 sure [2:3,287]: still stands here, though a note takes it back, '128'\n1:1.4 sure [3:1.4]: still stands here, though a note takes it back, '1.5'\n1:12 weak [4:12]: may be what a note takes back, '13'\n"},
	/* the other way round, and by groups */
	{"<superseded in='paragraph'><pair scope='correction' first='was'><terms><term>rather than</term></terms></pair></superseded><message>{problem}, {expected}</message>",
	    "She is in Dodoma.\n! We said that it was Dodoma rather than Salaam.",
	    "1:Dodoma sure [2:Dodoma]: still stands here, though a note takes it back, 'Salaam'\n"},
	{"<superseded in='paragraph'><pair scope='correction'><pattern>spelled as (?&lt;was&gt;.+?)(?:; it is (?&lt;now&gt;.+))?$</pattern><pattern>number of (?&lt;counted&gt;[a-z]+) as (?&lt;was&gt;.+?)(?&lt;now&gt; or .+)?$</pattern></pair></superseded><message>{problem}, {expected}</message>",
	    "Rothe saw Lunde and two ships.\n! It was spelled as Rothe; it is Roth\n! It was spelled as Lunde.\n! We gave the number of ships as two.",
	    "1:Rothe sure [2:Rothe]: still stands here, though a note takes it back, 'Roth'\n1:Lunde likely [3:Lunde]: still stands here, though a note takes it back, what is right\n1:two weak [4:two]: may be what a note takes back, what is right\n"},
	{"<superseded in='paragraph'><pair lang='de' scope='correction'><terms><term>not</term></terms></pair></superseded><message>{problem}, {expected}</message>",
	    "In Salaam.\n! Dodoma not Salaam.",
	    ""},
	/* ---- conditional, presence: a mark behind the next hit ---- */
	{"<conditional within='sentence'><if><terms><term>alpha</term></terms></if><then><pattern>One.+(?&lt;mark&gt;two)</pattern>"
	    "<terms><term>three</term></terms></then></conditional><message>x</message>",
	    "One is here. Alpha is near three. And two. Alpha.", "1:Alpha sure: x\n"},
	{"<presence min='1' per='block' at='start'><any><pattern>One.+(?&lt;mark&gt;two)</pattern><terms><term>three</term></terms></any>"
	    "</presence><message>x</message>", "One is here, near three, and two.\nAnd three.\nNo more.", "3: sure: x\n"},
	{"<presence max='1'><any><pattern>One.+(?&lt;mark&gt;two)</pattern><terms><term>three</term></terms></any></presence>"
	    "<message>x</message>", "One is here, near three, and two.", "1:two sure [1:three]: x\n"},
	/* ---- date ---- */
	{"<date/><message>{date} {problem}</message>", "On Tuesday, Nov. 23, 2026, and Monday, Nov. 23, 2026, and Feb. 30, 2026.",
	    "1:Tuesday, Nov. 23, 2026 sure: Nov. 23, 2026 is a Monday\n1:Feb. 30, 2026 sure: Feb. 30, 2026 does not exist\n"},
	{"<date/><message>{iso}</message>", "~ 2026-11-20T10:00:00Z\nOn Tuesday, Nov. 23, and Friday, Jan. 1, and Friday, Jan. 2.",
	    "2:Tuesday, Nov. 23 likely: 2026-11-23\n2:Friday, Jan. 2 likely: 2027-01-02\n"},
	{"<date/><message>x</message>", "On Tuesday, Nov. 23, and some May 35 voters of Tuesday, Nov. 23, 1620.", ""},
	/* ---- agree ---- */
	{"<agree><party scope='dateline'/><party scope='source'/></agree><message>{match}, {other}</message>",
	    "@ ANKARA ({Reuters}) -\nText.\n$ Source: {AFP}", "3:AFP sure [1:Reuters]: AFP, Reuters\n"},
	{"<agree><party scope='dateline source'/></agree><message>x</message>", "@ ANKARA ({Reuters}) -\n$ Source: {AFP}, {REUTERS}\n$ Source: {AFP}", ""},
	{"<agree><party scope='dateline source'/></agree><message>x</message>", "@ ANKARA ({Reuters}) -\n$ Source: {TRT World} and agencies", ""},
	{"<agree><party scope='source'/></agree><message>x</message>", "$ Source: {TRT}\n$ Source: {TRT World}", ""},
	{"<agree><party scope='dateline source'/></agree><message>x</message>", "@ ANKARA ({Reuters}) -\n$ Source: {Getty Images}", ""},
	{"<agree mode='alias'><party scope='byline source'/></agree><message>{match}, {other}</message>",
	    "% By {Anadolu Agency}\n$ Source: {Anadolu}\n$ Source: {Reuters}, {Anadolu Agency}", "2:Anadolu sure [1:Anadolu Agency]: Anadolu, Anadolu Agency\n"},
};

static void
add_place(struct buf *b, const char *text, struct span s)
{
	unsigned line = 1;

	for (uint64_t i = 0; i < s.a; i++)
		line += text[i] == '\n';
	buf_printf(b, "%u:", line);
	buf_add(b, text + s.a, (size_t)(s.z - s.a));
}

static void
run(struct buf *out, const char *rule, const char *text)
{
	struct buf xml = BUF_INIT;
	struct rule_set set;
	struct finding_list errors, found;
	struct policy policy;
	struct source src;
	struct source_options opt = {0};
	struct article article;
	struct matcher *matcher;
	struct lint *lint;

	buf_printf(&xml, "<rules xmlns='urn:wirelint:rules:1' family='test'><rule id='x' severity='warning' scope='all' quoted='any'>"
	    "<title>x</title>%s<why>x</why><bad>[[x]]</bad><good>x</good></rule></rules>", rule);
	rule_set_init(&set);
	finding_list_init(&errors);
	finding_list_init(&found);
	rule_load_mem(&set, "test.xml", xml.s, xml.n, false, &errors);
	ck_assert_msg(errors.n == 0, "%s: %s", rule, errors.n > 0 ? errors.v[0].message : "");
	ck_assert_uint_eq(set.n, 1);
	policy_init(&policy, &set);
	source_init(&src);
	source_load_mem(&src, "text", text, strlen(text), &opt);
	article_init(&article);
	fill(&article, &src, text);
	matcher = lint_matcher(&policy, MATCH_TRIGGERED);
	lint = lint_new(&policy, matcher);
	lint_article(lint, &article, &found);
	finding_list_sort(&found);
	for (size_t i = 0; i < found.n; i++) {
		const struct finding *f = &found.v[i];

		add_place(out, text, f->at);
		buf_printf(out, " %s", certainty_name(f->certainty));
		for (size_t k = 0; k < f->nnotes; k++) {
			buf_puts(out, " [");
			add_place(out, text, f->notes[k].at);
			if (strstr(f->notes[k].message, "not as a quotation") != NULL || strstr(f->notes[k].message, "more places") != NULL)
				buf_printf(out, "|%s", f->notes[k].message);
			buf_puts(out, "]");
		}
		buf_printf(out, ": %s\n", f->message);
	}
	lint_free(lint);
	matcher_free(matcher);
	article_release(&article);
	source_release(&src);
	policy_release(&policy);
	finding_list_release(&found);
	finding_list_release(&errors);
	rule_set_release(&set);
	buf_release(&xml);
}

START_TEST(answered)
{
	struct buf out = BUF_INIT;

	run(&out, asked[_i].rule, asked[_i].text);
	ck_assert_str_eq(out.s, asked[_i].found);
	buf_release(&out);
}
END_TEST

/* Words made to be slow: what is not looked at to the end is said. */
START_TEST(gives_up)
{
	struct buf text = BUF_INIT, out = BUF_INIT;

	buf_puts(&text, "#");
	for (int i = 0; i < 2000; i++)
		buf_printf(&text, " ‘wait%d now’", i);
	buf_puts(&text, "\n");
	for (int i = 0; i < 2000; i++)
		buf_puts(&text, "Waiting ");
	run(&out, "<echo must='be' contains='yes'><of scope='headline' unit='quotation'/><in scope='body'/></echo><message>x</message>",
	    text.s);
	ck_assert_str_eq(out.s, "1: sure: rule 'test/x' could not run: too many words here begin alike\n");
	buf_release(&text);
	buf_release(&out);
}
END_TEST

/* A mistake in a rule, and what is said of it. */
static const struct { const char *rule, *message; } mistaken[] = {
	{"<balance/>", "'balance' without 'fault', expected one or more of unclosed, unopened, mismatched, reversed, space-inside,"
	    " continuation-open, nested-same, continuation-close"},
	{"<balance fault='unclosd'/>", "unknown fault 'unclosd'; did you mean 'unclosed'?"},
	{"<assert context='/article' test='true()' at='botom'/>", "unknown place 'botom', expected one of body-end, head-end, end, start, node"},
	{"<conditional at='edn'><if block='lead'/><then block='lead'/></conditional>", "unknown place 'edn'; did you mean 'end'?"},
	{"<presence min='1' at='paragraph'/>", "unknown place 'paragraph', expected one of body-end, head-end, end, start, paragraph-end"},
	{"<stops/>", "'stops' has either 'where' or 'style', expected one of them"},
	{"<stops where='inside' style='stops'/>", "'stops' has either 'where' or 'style', expected one of them"},
	{"<stops where='inside'><said><terms><term>x</term></terms></said><said/></stops>", "'stops' has one of these at most"},
	{"<names/>", "'names' without 'beside' and 'before', expected what tells that a name stands there"},
	{"<names><before><terms><term>x</term></terms></before><before/></names>", "'names' has one of these at most"},
	{"<echo/>", "'echo' lacks <of>, expected what is looked for again"},
	{"<echo contains='yes'><of/></echo>", "'echo' without <in> finds what is there twice; must=\"be\" and contains=\"yes\" need <in>"},
	{"<superseded/>", "'superseded' without <pair>, expected what tells a pair of what was said and what is right"},
	{"<superseded><pair first='is'><terms><term>x</term></terms></pair></superseded>", "unknown first 'is', expected one of now, was"},
	{"<agree/>", "'agree' lacks <party>, expected the lines that must name the same"},
	{"<agree part='agence'><party/></agree>", "unknown part 'agence'; did you mean 'agency'?"},
	{"<agree><party field='providr'/></agree>", "unknown field 'providr'; did you mean 'provider'?"},
};

START_TEST(refused)
{
	struct buf xml = BUF_INIT;
	struct rule_set set;
	struct finding_list errors;

	buf_printf(&xml, "<rules xmlns='urn:wirelint:rules:1' family='test'><rule id='x' severity='warning' scope='all'><title>x</title>%s"
	    "<message>x</message><why>x</why><bad>[[x]]</bad><good>x</good></rule></rules>", mistaken[_i].rule);
	rule_set_init(&set);
	finding_list_init(&errors);
	rule_load_mem(&set, "test.xml", xml.s, xml.n, false, &errors);
	ck_assert_uint_ge(errors.n, 1);
	ck_assert_str_eq(errors.v[0].message, mistaken[_i].message);
	finding_list_release(&errors);
	rule_set_release(&set);
	buf_release(&xml);
}
END_TEST

Suite *
unit_checks(void)
{
	Suite *s = suite_create("checks");
	TCase *c = tcase_create("checks");

	tcase_add_loop_test(c, answered, 0, sizeof asked / sizeof asked[0]);
	tcase_add_test(c, gives_up);
	tcase_add_loop_test(c, refused, 0, sizeof mistaken / sizeof mistaken[0]);
	suite_add_tcase(s, c);
	return s;
}
