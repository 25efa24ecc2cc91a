/* The language of an article. */
#ifndef WL_LANGUAGE_H
#define WL_LANGUAGE_H

#include "article.h"

#include <stdbool.h>
#include <stddef.h>

/* Sets a->lang and a->lang_certainty: `declared` if not NULL, else a language field (both sure), else by the words and the
 * script of its text (likely, or weak on little evidence); "und" where that does not tell.  At most 32 KB are looked at. */
void language_tell(struct article *a, const char *declared);

/* Do the words of the text tell, beyond doubt, another language than this tag, and not one so near that they share most of them?
 * *spoken: which.  Of languages whose frequent words are not known nothing is said. */
bool language_denied(const struct article *a, const char *tag, size_t n, const char **spoken);

#endif
