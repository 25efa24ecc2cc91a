/* Names of time zones in copy. */
#include "analysis/instant_zones.h"

#include "util/utf8.h"

#include <string.h>

static bool
lower(const char *name, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (name[i] >= 'a' && name[i] <= 'z')
			return true;
	return false;
}

/* Can the name begin there at all?  Asked of every zone at many a place. */
static bool
may_begin(const char *name, const char *s, size_t n)
{
	return n != 0 && (((unsigned char)(*name | *s)) >= 0x80 || ((*name ^ *s) & ~0x20) == 0);
}

/* A name in capitals stands as it is written ("et" is French), one in words in any case. */
static bool
named(const char *name, size_t len, const struct language *l, const char *s, size_t n)
{
	const char *p = s, *end = s + n, *name_end = name + len;

	if (!lower(name, len)) {
		if (n < len || memcmp(name, s, len) != 0)
			return false;
		p += len;
	} else
		while (name < name_end) {
			unsigned want, have;

			if (p == end)
				return false;
			name += utf8_next(name, &want);
			p += utf8_next(p, &have);
			if (utf8_fold(want, l->turkic_case) != utf8_fold(have == 0xA0 ? ' ' : have, l->turkic_case))
				return false;
		}
	return p == end || utf8_word(p, end) == 0;
}

static void
add_meaning(struct zone *z, int offset, enum daylight daylight)
{
	if (z->n == ZONE_MEANINGS)
		return;
	z->may[z->n].offset = offset;
	z->may[z->n].daylight = daylight;
	z->n++;
}

size_t
zone_at(const struct language *l, const char *s, size_t n, bool close, struct zone *z)
{
	size_t best = 0, more, skip;
	int offset;

	z->n = 0;
	if (close && (best = zone_offset(s, n, &offset)) >= 3) {
		add_meaning(z, offset, DAYLIGHT_NONE);
		return best;
	}
	best = 0;
	for (const char *const *p = facts_list(l, LIST_ZONES); *p != NULL; p++) {
		const char *eq = may_begin(*p, s, n) ? strchr(*p, '=') : NULL;
		size_t len = eq != NULL ? (size_t)(eq - *p) : 0;
		enum daylight daylight;

		if (len == 0 || len < best || (len <= 2 && !close) || !named(*p, len, l, s, n) ||
		    !zone_value(eq + 1, &offset, &daylight))
			continue;
		if (len > best)
			z->n = 0;
		best = len;
		add_meaning(z, offset, daylight);
	}
	/* GMT+3, UTC +03:00 */
	if (best == 3 && z->n == 1 && z->may[0].offset == 0 && z->may[0].daylight == DAYLIGHT_NONE) {
		skip = best < n && s[best] == ' ';
		more = zone_offset(s + best + skip, n - best - skip, &offset);
		if (more != 0) {
			z->may[0].offset = offset;
			best += skip + more;
		}
	}
	return best;
}
