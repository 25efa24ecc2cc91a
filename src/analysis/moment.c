/* Moments by ISO 8601, with hyphens and colons or without. */
#include "analysis/moment.h"

#include "facts/calendar.h"

#include <string.h>

struct cursor { const char *s, *end; };

/* Reads exactly n digits; -1 if they are not there. */
static int
digits(struct cursor *c, int n)
{
	int v = 0;

	while (n-- > 0) {
		if (c->s == c->end || *c->s < '0' || *c->s > '9')
			return -1;
		v = v * 10 + (*c->s++ - '0');
	}
	return v;
}

static bool
skip(struct cursor *c, char what)
{
	bool is = c->s < c->end && *c->s == what;

	c->s += is;
	return is;
}

static bool
next_is(const struct cursor *c, const char *any)
{
	return c->s < c->end && *c->s != '\0' && strchr(any, *c->s) != NULL;
}

static bool
is_digit(const struct cursor *c)
{
	return c->s < c->end && *c->s >= '0' && *c->s <= '9';
}

static bool
parse_clock(struct cursor *c, bool colons, int64_t *seconds)
{
	int h = digits(c, 2), m, sec = 0;

	if (h < 0 || h > 24 || (colons && !skip(c, ':')))
		return false;
	m = digits(c, 2);
	if (m < 0 || m > 59)
		return false;
	if (colons ? skip(c, ':') : is_digit(c)) {
		sec = digits(c, 2);
		if (sec < 0 || sec > 60)
			return false;
		if (next_is(c, ".,"))
			for (c->s++; is_digit(c); c->s++)
				;
	}
	*seconds = h * 3600 + m * 60 + sec;
	return h < 24 || (m == 0 && sec == 0);
}

static bool
parse_zone(struct cursor *c, struct moment *out)
{
	int sign, h, m = 0;

	if (c->s == c->end)
		return true;
	out->has_zone = true;
	if (skip(c, 'Z') || skip(c, 'z'))
		return true;
	if (!next_is(c, "+-"))
		return false;
	sign = *c->s++ == '-' ? -1 : 1;
	h = digits(c, 2);
	skip(c, ':');
	if (c->s < c->end)
		m = digits(c, 2);
	out->offset = sign * (h * 3600 + m * 60);
	return h >= 0 && h <= 14 && m >= 0 && m <= 59;
}

bool
date_moment(const char *s, size_t n, struct moment *out)
{
	struct cursor c = { s, s + n };
	int64_t seconds = 0;
	int y, m, d;
	bool hyphens;

	memset(out, 0, sizeof *out);
	y = digits(&c, 4);
	hyphens = skip(&c, '-');
	m = digits(&c, 2);
	if (hyphens && !skip(&c, '-'))
		return false;
	d = digits(&c, 2);
	if (y < 0 || m < 0 || d < 0 || !date_exists(y, m, d))
		return false;
	if (next_is(&c, "T ")) {
		c.s++;
		out->has_clock = true;
		if (!parse_clock(&c, hyphens, &seconds) || !parse_zone(&c, out))
			return false;
	}
	out->at = (int64_t)date_days(y, m, d) * 86400 + seconds - out->offset;
	return c.s == c.end;
}
