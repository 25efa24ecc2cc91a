/* The sets of characters that literals and classes of a pattern stand for. */
#include "rule/trigger_int.h"

#include "rule/word.h"
#include "util/utf8.h"

#include <string.h>

static void
add_byte(struct set *s, unsigned b)
{
	s->bytes[b >> 3] |= (uint8_t)(1u << (b & 7));
}

bool
set_has(const struct set *s, unsigned b)
{
	return s->bytes[b >> 3] >> (b & 7) & 1;
}

static void
add_bytes(struct set *s, unsigned from, unsigned to)
{
	while (from <= to)
		add_byte(s, from++);
}

static void
add_marks(struct set *s, unsigned from, unsigned to)
{
	enum { FIRST = 0x2000, LAST = 0x203F };

	for (unsigned cp = from < FIRST ? FIRST : from; cp <= to && cp <= LAST; cp++)
		s->marks |= (uint64_t)1 << (cp - FIRST);
}

static unsigned
lead_byte(unsigned cp)
{
	char t[4];

	utf8_encode(cp, t);
	return (unsigned char)t[0];
}

void
set_all(struct set *s)
{
	memset(s->bytes, 0xff, sizeof s->bytes);
	s->marks = UINT64_MAX;
	s->all_word = s->none_in_run = false;
}

void
set_empty(struct set *s)
{
	memset(s->bytes, 0, sizeof s->bytes);
	s->marks = 0;
	s->all_word = s->none_in_run = true;
}

void
set_join(struct set *to, const struct set *from)
{
	for (unsigned i = 0; i < 32; i++)
		to->bytes[i] |= from->bytes[i];
	to->marks |= from->marks;
	to->all_word &= from->all_word;
	to->none_in_run &= from->none_in_run;
}

/* A mark or sign that is the same in either case.  U+0345 is none, but a Greek letter without case. */
static bool
has_no_case(unsigned cp)
{
	return cp != 0x345 && utf8_fold(cp, false) == cp && utf8_upper(cp) == cp;
}

/* Without case, k is also the Kelvin sign and s the long s: a high byte may stand for an ASCII letter, and back. */
void
set_add_range(struct set *s, unsigned from, unsigned to, bool caseless)
{
	for (unsigned c = from; c <= to && c < 0x80; c++) {
		add_byte(s, c);
		if (word_char(c))
			s->none_in_run = false;
		else
			s->all_word = false;
		if (caseless && utf8_is_letter(c)) {
			add_byte(s, c ^ 0x20);
			if ((c | 0x20) == 'k')
				add_byte(s, 0xE2);
			if ((c | 0x20) == 's')
				add_byte(s, 0xC5);
		}
	}
	if (to < 0x80)
		return;
	/* none of these has case, nor is another's */
	add_marks(s, from, to);
	if (from < 0x80)
		from = 0x80;
	if (from == to && !word_char(from) && (!caseless || has_no_case(from))) {
		add_byte(s, lead_byte(from));
		s->all_word = false;
		return;
	}
	if (caseless) {
		add_bytes(s, 0xC2, 0xF4);
		add_byte(s, 'k');
		add_byte(s, 'K');
		add_byte(s, 's');
		add_byte(s, 'S');
	} else
		add_bytes(s, lead_byte(from), lead_byte(to));
	if (from == to && word_char(from))
		s->none_in_run = false;
	else
		s->all_word = s->none_in_run = false;
}

void
set_add_class(struct set *s, char which)
{
	switch (which) {
	case 'd':
		add_bytes(s, '0', '9');
		add_bytes(s, 0xC2, 0xF4);
		s->none_in_run = false;
		break;
	case 'w':
		add_bytes(s, '0', '9');
		add_bytes(s, 'A', 'Z');
		add_bytes(s, 'a', 'z');
		add_byte(s, '_');
		add_bytes(s, 0xC2, 0xF4);
		add_marks(s, 0x203F, 0x203F);	/* a connector: in later versions of PCRE2 */
		s->all_word = s->none_in_run = false;
		break;
	case 's': case 'h': case 'v': case 'R':
		add_bytes(s, '\t', '\r');
		add_byte(s, ' ');
		add_byte(s, 0xC2);
		add_bytes(s, 0xE1, 0xE3);
		add_marks(s, 0x2000, 0x200A);
		add_marks(s, 0x2028, 0x2029);
		add_marks(s, 0x202F, 0x202F);
		s->all_word = false;
		break;
	default:
		set_all(s);
	}
}

/* \p{Lu} and the like; `name` without its braces. */
void
set_add_property(struct set *s, const char *name, size_t n, bool caseless)
{
	struct set t;

	set_empty(&t);
	if (n == 0 || n > 2 || (n == 2 && name[1] == '*'))
		set_all(&t);
	else if (name[0] == 'L') {
		if (caseless || n == 1 || name[1] != 'u')
			add_bytes(&t, 'a', 'z');
		if (caseless || n == 1 || name[1] != 'l')
			add_bytes(&t, 'A', 'Z');
		add_bytes(&t, 0xC2, 0xF4);
		t.none_in_run = false;
	} else if (name[0] == 'N') {
		add_bytes(&t, '0', '9');
		add_bytes(&t, 0xC2, 0xF4);
		t.none_in_run = false;
	} else if (name[0] == 'P' || name[0] == 'S' || name[0] == 'Z') {
		for (unsigned c = 0; c < 0x80; c++)
			if (!word_char(c))
				add_byte(&t, c);
		add_bytes(&t, 0xC2, 0xF4);
		add_marks(&t, 0x2000, 0x203F);
		t.all_word = false;
	} else
		set_all(&t);
	set_join(s, &t);
}
