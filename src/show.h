/* `wirelint show`: the article as it was read. */
#ifndef WL_SHOW_H
#define WL_SHOW_H

#include "article.h"
#include "util/buf.h"

enum show_form { SHOW_TEXT, SHOW_XML, SHOW_JSON };
void show_article(struct buf *out, const struct article *a, enum show_form form);

#endif
