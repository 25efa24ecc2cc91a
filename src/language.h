/* The language of an article. */
#ifndef WL_LANGUAGE_H
#define WL_LANGUAGE_H

#include "article.h"

/* Sets a->lang and a->lang_certainty: `declared` if not NULL, else a language field (both sure), else by the words and the
 * script of its text (likely, or weak on little evidence); "und" where that does not tell.  At most 32 KB are looked at. */
void language_tell(struct article *a, const char *declared);

#endif
