/* Who speaks a quotation: the constructions of news copy, what excuses and what does not, in several languages. */
#include "analysis/analysis.h"
#include "lines.h"
#include "unit.h"
#include "util/buf.h"

#include <string.h>

/* A quotation a line: its kind and where its speaker stands, the cue and the speaker's words where they were told. */
static const struct { const char *lang, *text, *expected; } rows[] = {
	/* the constructions */
	{"en", "“We will stay here all night,” Brandt said.", "direct beside said|Brandt\n"},
	{"en", "“We will stay here all night,” said Brandt, the mayor.", "direct beside said|Brandt\n"},
	{"en", "“We will stay here,” she said, “and fight for it all night.”", "partial beside said|she\ndirect beside said|she\n"},
	{"en", "“We will stay here all night,” she said. “We will fight for it till noon.”", "direct beside said|she\ndirect paragraph said\n"},
	{"en", "Brandt said: “We will stay here all night.”", "direct beside said|Brandt\n"},
	{"en", "Brandt said that the plan was “a disaster for all of us.”", "direct beside said|Brandt\n"},
	{"en", "“The bay will be open by noon,” according to the harbour office.", "direct beside according to|the harbour office\n"},
	{"en", "Brandt told reporters: “We will stay here all night.”", "direct beside told|Brandt\n"},
	{"en", "He left the hall, adding: “We will stay here all night.”", "direct beside adding|He left the hall\n"},
	{"en", "In a statement, the mill said: “We will stay open all night.”", "direct beside said|the mill\n"},
	{"en", "The order reads: “No ship may leave the bay.”", "direct beside reads|The order\n"},
	{"en", "The reply came at once:\n“We will stay here all night.”", "direct before\n"},
	{"en", "“We will stay here all night.” – Ada Brandt", "direct label\n"},
	{"en", "“We will stay here all night.”\n— Ada Brandt, mayor", "direct label\n"},
	{"en", "“We will stay here all night.”\nAda Brandt, The Harbour Post", "direct label\n"},
	{"en", "ADA BRANDT: “We will stay here all night.”", "direct label\n"},
	{"en", "The paper quoted Brandt as saying “We will stay here all night.”", "direct beside saying|The paper quoted Brandt as\n"},
	{"en", "She called it “a plan for the harbour and for all of us.”", "direct beside called|She\n"},
	{"en", "Crowds were chanting “Open the harbour for all of us!”", "direct beside chanting|Crowds were\n"},
	{"en", "“We will stay here all night,” says Brandt.", "direct beside says|Brandt\n"},
	{"en", "“We will stay here,” Brandt said. “It is cold.\n“But we will fight for it all night.”", "partial beside said|Brandt\ndirect paragraph said\ndirect run\n"},
	{"en", "“We will stay here,” Brandt said.\n“And we will fight for it all night.”", "partial beside said|Brandt\ndirect run\n"},
	{"en", "“It is over for all of us now.”\nSo said Brandt in her last speech.", "direct label\n"},
	{"en", "“Will you stay here for all of us?”\n“We will stay here all night,” Brandt said.", "direct nowhere\ndirect beside said|Brandt\n"},
	/* the comma tells, whatever the verb */
	{"en", "“We will stay here all night,” Brandt remonstrated.", "direct beside\n"},
	/* nothing tells */
	{"en", "The talks failed.\n“We will stay here all night.”", "direct nowhere\n"},
	{"en", "The talks had failed. “We will stay here all night.”", "direct nowhere\n"},
	/* one that reports speech does not excuse the next paragraph, one that announces it leaves it in doubt */
	{"en", "Brandt said on Monday that she would not leave the bay before noon.\n“We will stay here all night.”", "direct nowhere said\n"},
	{"en", "Brandt went on with her scathing remarks.\n“We will stay here all night.”", "direct doubtful remarks\n"},
	{"en", "Brandt looked at the sky. “It will hold for all of us.”", "direct doubtful\n"},
	/* nobody need be named */
	{"en", "He read “The Harbour of Kelda and Other Stories” to them.", "title beside read|He\n"},
	{"en", "It was a plan “that will help thousands of families.”", "direct unasked\n"},
	{"en", "She sang “The Boys Of The Harbour.”", "partial beside sang|She\n"},
	{"en", "> “We will stay here all night.”", "direct unasked\nblock unasked\n"},
	/* of several in a row */
	{"en", "The talks failed.\n“We will stay here all night.”\n“We will fight for it too.”", "direct nowhere\ndirect nowhere (follows)\n"},
	/* other languages */
	{"de", "„Wir bleiben die ganze Nacht hier“, sagte Brandt.", "direct beside sagte|Brandt\n"},
	{"de", "Brandt teilte mit: „Wir bleiben die ganze Nacht hier.“", "direct beside teilte mit\n"},
	{"de", "Laut der Hafenstiftung sind „alle Schiffe in Sicherheit und im Hafen.“", "direct beside Laut|der Hafenstiftung sind\n"},
	{"de", "Die Gespräche scheiterten.\n„Wir bleiben die ganze Nacht hier.“", "direct nowhere\n"},
	{"fr", "« Nous resterons ici toute la nuit », a déclaré Mme Brandt.", "direct beside déclaré|Mme Brandt\n"},
	{"fr", "« Nous resterons ici, dit-elle. Toute la nuit. »", "direct beside\n"},
	{"fr", "Selon le port, « tous les navires sont en sécurité dans la baie. »", "direct beside Selon|le port\n"},
	{"fr", "Les discussions ont échoué.\n« Nous resterons ici toute la nuit. »", "direct nowhere\n"},
	{"es", "«Nos quedaremos aquí toda la noche», dijo Brandt.", "direct beside dijo|Brandt\n"},
	{"es", "Según el puerto, «todos los barcos están a salvo en la bahía.»", "direct beside Según|el puerto\n"},
	{"es", "Las conversaciones fracasaron.\n«Nos quedaremos aquí toda la noche.»", "direct nowhere\n"},
	{"tr", "Brandt, “Bütün gece burada kalacağız ve bekleyeceğiz.” dedi.", "direct beside dedi\n"},
	{"tr", "Görüşmeler başarısız oldu.\n“Bütün gece burada kalacağız ve bekleyeceğiz.”", "direct nowhere\n"},
	/* a language without verbs of speech: nothing is said */
	{"eo", "La paroladoj malsukcesis.\n“Ni restos ĉi tie dum la tuta nokto.”", "direct unasked\n"},
};

static void
put_words(struct buf *b, struct range r)
{
	buf_add(b, lines_article.text.s + r.a, range_len(r));
}

START_TEST(constructions)
{
	struct buf b;

	buf_init(&b);
	lines_read(rows[_i].lang, rows[_i].text);
	analysis_attributions(&lines_an);
	for (size_t i = 0; i < lines_an.nquotations; i++) {
		const struct quotation *q = &lines_an.quotations[i];

		buf_printf(&b, "%s %s", quotation_kind_name(q->kind), sourced_name(q->sourced));
		if (range_len(q->cue) != 0) {
			buf_putc(&b, ' ');
			put_words(&b, q->cue);
		}
		if (range_len(q->speaker) != 0) {
			buf_putc(&b, '|');
			put_words(&b, q->speaker);
		}
		buf_puts(&b, q->follows ? " (follows)\n" : "\n");
	}
	buf_putc(&b, '\0');
	ck_assert_msg(strcmp(b.s, rows[_i].expected) == 0, "%s\ngot: %sexpected: %s", rows[_i].text, b.s, rows[_i].expected);
	buf_release(&b);
}
END_TEST

Suite *
unit_attribution(void)
{
	Suite *s = suite_create("attribution");
	TCase *c = tcase_create("attribution");

	tcase_add_checked_fixture(c, lines_setup, lines_teardown);
	tcase_add_loop_test(c, constructions, 0, sizeof rows / sizeof *rows);
	suite_add_tcase(s, c);
	return s;
}
