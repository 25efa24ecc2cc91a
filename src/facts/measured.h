/* How often the built-in rules were right on real articles: rules/measured/precision.xml, which tests/precision.sh makes. */
#ifndef WL_MEASURED_H
#define WL_MEASURED_H

#include <stdbool.h>

struct measured {
	unsigned read, right;		/* findings on real articles that were read */
	unsigned planted, found;	/* faults put into real articles */
	unsigned second, agreed;	/* of those read, by a second reader; where both agree */
};

/* false: nothing was measured of a rule of that id; *out is all zero then. */
bool measured_rule(const char *id, struct measured *out);
/* The day on which the findings were counted, "2026-11-28"; "" if it is not known. */
const char *measured_on(void);

#endif
