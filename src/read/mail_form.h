/* Copy that was filled into a form, which mails it as JSON: {"Headline":["Port reopens"],"Body":["..."]}. */
#ifndef WL_MAIL_FORM_H
#define WL_MAIL_FORM_H

#include "read/layer.h"

/* Makes fields and blocks of what stands in the form; 0 if it is none.  What was odd is remarked in src, which may be NULL. */
size_t mail_form(struct flow *f, const struct layer *l, struct source *src);

#endif
