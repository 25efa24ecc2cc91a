/* Reads the fact files of rules/facts/ into plain structures; facts.c keeps them and looks things up.
 *
 *	<facts xmlns="urn:wirelint:facts:1">
 *	  <agencies kind="wire">
 *	    Reuters; Thomson Reuters|RTRS; form=REUTERS/{person}
 *	    Antara; Antara News; near=no</agencies>
 *	  <language code="en" outer="“”" inner="‘’" multi="open-each">
 *	    <list name="months">January=1|Jan=1
 *	      February=2</list>
 *	  </language>
 *	  <front-matter key="hed headline" is="headline"/>
 *	  <words name="en/american">color|colors</words>
 *	</facts>
 *
 * An agency is a line.  Items of a list and of words are parted by a bar or a line end; blanks at their ends go.  Any file may hold
 * any of the four.  A pair of quotation marks is two characters; pairs are parted by blanks, the first is the primary. */
#ifndef WL_FACTS_LOAD_H
#define WL_FACTS_LOAD_H

#include "facts/facts.h"
#include "util/arena.h"

#include <stdbool.h>
#include <stddef.h>

/* What one <language> says; what it does not say is taken from its parent. */
enum { SAID_OUTER = 1, SAID_INNER = 2, SAID_MULTI = 4, SAID_TURKIC = 8, SAID_SPACE = 16, SAID_SAME = 32, SAID_SINGLE = 64 };
struct language_facts {
	struct language l;		/* lists: NULL where it says nothing */
	unsigned said;
};
struct word_facts { const char *name; const char *const *words; };

struct front_fact { const char *path; struct key_meaning means; };

struct facts_data {
	struct agency *agencies;
	size_t nagencies, capagencies;
	struct language_facts *languages;
	size_t nlanguages, caplanguages;
	struct word_facts *words;
	size_t nwords, capwords;
	struct front_fact *front;
	size_t nfront, capfront;
};

extern const char *const facts_list_names[LIST_COUNT];

#define FACTS_AGENCIES "rules/facts/agencies.xml"
#define FACTS_FRONT "rules/facts/front-matter.xml"
#define FACTS_LANGUAGES "rules/facts/languages.xml"
#define FACTS_PLACES "rules/facts/places.xml"
#define FACTS_SPELLING "rules/facts/spelling.xml"
#define FACTS_LEFTOVERS "rules/facts/leftovers.xml"

/* Appends what the file says to `data`; strings go into the arena, facts_data_release() frees the arrays.  Damage is
 * skipped and, where `errors` is not NULL, reported there.  True if the file is sound. */
bool facts_read(struct facts_data *data, struct arena *arena, const char *path, const char *s, size_t n,
    struct finding_list *errors);
void facts_data_release(struct facts_data *data);

/* The registry of agencies as word lists, for facts_words(): "agencies" (names and aliases long and peculiar enough that a
 * near miss of one is a misspelling), "generators". */
const char *const *facts_agency_words(const char *name);

#endif
