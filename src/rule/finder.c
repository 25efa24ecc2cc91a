/* Preparing what rules look for: where each pattern is tried, and its compilation. */
#include "rule/finder.h"

#include "rule/trigger.h"
#include "rule/word.h"
#include "util/rx.h"
#include "util/utf8.h"
#include "util/xmalloc.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* ---- triggers ---- */

static void
add_byte(struct pattern *p, unsigned char b)
{
	p->bytes[b >> 3] |= (uint8_t)(1u << (b & 7));
}

static void
trigger_words(struct arena *arena, struct pattern *p, const char *list)
{
	size_t n = 0;

	p->trigger = TRIGGER_WORDS;
	p->words = ARENA_ARRAY(arena, uint64_t, strlen(list) / 2 + 1);
	while (*list != '\0') {
		const char *end, *q;

		list += strspn(list, " \t\n\r");
		end = list + strcspn(list, " \t\n\r");
		/* the first word of what was given: "auto" of "auto-generated" */
		for (q = list; q < end;) {
			unsigned cp;
			size_t k = utf8_decode(q, end, &cp);

			if (!word_char(cp))
				break;
			q += k;
		}
		if (q > list)
			p->words[n++] = matcher_word_hash(list, (size_t)(q - list));
		list = end;
	}
	p->nwords = n;
}

/* The attribute.  false: *why says what is wrong with it. */
static bool
trigger_given(struct arena *arena, struct pattern *p, const char *trigger, char **why)
{
	static const char *const marks[] = { "\"", "'", "`", "\u00b4", "\u00ab", "\u00bb", "\u2018", "\u2019", "\u201a",
	    "\u201b", "\u201c", "\u201d", "\u201e", "\u201f", "\u2039", "\u203a", "\u300c", "\u300d", "\u300e", "\u300f",
	    "\uff02" };

	if (strcmp(trigger, "start") == 0) {
		p->trigger = TRIGGER_START;
		memset(p->bytes, 0xff, sizeof p->bytes);
	} else if (strcmp(trigger, "digit") == 0) {
		p->trigger = TRIGGER_BYTES;
		for (unsigned char c = '0'; c <= '9'; c++)
			add_byte(p, c);
	} else if (strcmp(trigger, "mark") == 0) {
		p->trigger = TRIGGER_BYTES;
		for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
			add_byte(p, (unsigned char)marks[i][0]);
	} else if (strncmp(trigger, "char:", 5) == 0) {
		const char *s = trigger + 5, *end = s + strlen(s);

		p->trigger = TRIGGER_BYTES;
		if (s == end) {
			*why = xstrdup("no character after 'char:'");
			return false;
		}
		while (s < end) {
			unsigned cp;

			add_byte(p, (unsigned char)*s);
			s += utf8_decode(s, end, &cp);
		}
	} else {
		trigger_words(arena, p, trigger);
		if (p->nwords == 0) {
			*why = xstrdup("no word in it; expected words, 'start', 'digit', 'mark' or 'char:' with characters");
			return false;
		}
	}
	return true;
}

static void
trigger_none_if_all(struct pattern *p)
{
	unsigned n = 0;

	for (unsigned i = 0; i < 32; i++)
		n += (unsigned)__builtin_popcount(p->bytes[i]);
	if (n >= 200 && !p->bytes_at_word)
		p->trigger = TRIGGER_NONE;
}

/* From the pattern itself; true if that was enough. */
static bool
trigger_taken(struct arena *arena, struct pattern *p)
{
	struct trigger t;

	if (!trigger_derive(p->source, strlen(p->source), p->flags & RX_CASELESS, p->flags & RX_EXTENDED, &t))
		return false;
	p->beginning = t.beginning;
	switch (t.kind) {
	case BEGINS_AT_START:
		p->trigger = TRIGGER_START;
		memcpy(p->bytes, t.bytes, sizeof p->bytes);
		break;
	case BEGINS_WITH_WORD:
		p->trigger = TRIGGER_WORDS;
		p->nwords = t.nwords;
		p->words = ARENA_ARRAY(arena, uint64_t, t.nwords);
		memcpy(p->words, t.words, t.nwords * sizeof *t.words);
		break;
	case BEGINS_WITH_BYTE:
		p->trigger = TRIGGER_BYTES;
		p->bytes_at_word = t.at_word;
		memcpy(p->bytes, t.bytes, sizeof p->bytes);
		trigger_none_if_all(p);
		break;
	}
	return true;
}

/* Does every match begin as was given, as far as the pattern's text shows? */
static bool
covers(const struct pattern *p, const struct trigger *t)
{
	switch (p->trigger) {
	case TRIGGER_START:
		return t->kind == BEGINS_AT_START;
	case TRIGGER_WORDS:
		for (size_t i = 0; t->kind == BEGINS_WITH_WORD && i < t->nwords; i++) {
			size_t k = 0;

			while (k < p->nwords && p->words[k] != t->words[i])
				k++;
			if (k == p->nwords)
				return false;
		}
		return t->kind == BEGINS_WITH_WORD;
	default:
		for (unsigned i = 0; i < sizeof p->bytes; i++)
			if ((t->bytes[i] & ~p->bytes[i]) != 0)
				return false;
		return true;
	}
}

/* A trigger was given: what the pattern itself says of its beginning spares tries. */
static void
narrow(struct pattern *p)
{
	struct trigger t;

	if (!trigger_derive(p->source, strlen(p->source), p->flags & RX_CASELESS, p->flags & RX_EXTENDED, &t))
		return;
	p->believed = !covers(p, &t);
	p->beginning = t.beginning;
	if (p->trigger == TRIGGER_START && (t.kind == BEGINS_AT_START || (t.kind == BEGINS_WITH_BYTE && !t.empty)))
		memcpy(p->bytes, t.bytes, sizeof p->bytes);
}

/* PCRE2 knows more of a pattern than its text shows, at the price of a compilation: that of the form without an anchor,
 * since of the others it does not work out the first bytes. */
static bool
trigger_asked(struct pattern *p, char **why, size_t *at)
{
	struct rx *rx = rx_compile(p->source, strlen(p->source), p->flags | RX_UNANCHORED | RX_NO_JIT, why, at);

	if (rx == NULL)
		return false;
	if (rx_first_bytes(rx, p->bytes)) {
		p->trigger = TRIGGER_BYTES;
		trigger_none_if_all(p);
	} else
		p->trigger = TRIGGER_NONE;
	rx_free(rx);
	return true;
}

bool
finder_prepare(struct arena *arena, struct pattern *p, const char *trigger, bool compile_now, char **why, size_t *at)
{
	*why = NULL;
	*at = SIZE_MAX;
	p->nwords = 0;
	p->words = NULL;
	p->bytes_at_word = p->believed = false;
	memset(&p->beginning, 0, sizeof p->beginning);
	memset(p->bytes, 0, sizeof p->bytes);
	if (trigger != NULL) {
		if (!trigger_given(arena, p, trigger, why))
			return false;
		narrow(p);
	} else if (!(p->flags & RX_UNANCHORED) && !trigger_taken(arena, p) && !trigger_asked(p, why, at))
		return false;
	if (compile_now) {
		struct rx *rx = rx_compile(p->source, strlen(p->source), p->flags, why, at);

		if (rx == NULL)
			return false;
		rx_free(p->rx);
		p->rx = rx;
	}
	*at = SIZE_MAX;
	return true;
}

/* ---- compilation ---- */

/* What stands in a pattern that was tried once and could not be compiled. */
static char broken;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

struct rx *
finder_rx(struct pattern *p)
{
	struct rx *rx = __atomic_load_n(&p->rx, __ATOMIC_ACQUIRE);

	if (rx == NULL) {
		pthread_mutex_lock(&lock);
		rx = __atomic_load_n(&p->rx, __ATOMIC_RELAXED);
		if (rx == NULL) {
			if (p->frozen != NULL)
				rx = rx_thaw(p->frozen, p->flags);
			if (rx == NULL)
				rx = rx_compile(p->source, strlen(p->source), p->flags, NULL, NULL);
			if (rx == NULL)
				rx = (struct rx *)&broken;
			__atomic_store_n(&p->rx, rx, __ATOMIC_RELEASE);
		}
		pthread_mutex_unlock(&lock);
	}
	return rx == (struct rx *)&broken ? NULL : rx;
}

static void
freeze(struct pattern *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct rx *rx = rx_compile(p[i].source, strlen(p[i].source), p[i].flags, NULL, NULL);
		size_t size;

		if (rx != NULL)
			p[i].frozen = rx_freeze(rx, &size);
		rx_free(rx);
	}
}

void
finder_freeze(struct finder *f)
{
	freeze(f->patterns, f->npatterns);
	freeze(f->except_patterns, f->nexcept_patterns);
}

static void
release(struct pattern *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (p[i].rx != (struct rx *)&broken)
			rx_free(p[i].rx);
		p[i].rx = NULL;
	}
}

void
finder_release(struct finder *f)
{
	release(f->patterns, f->npatterns);
	release(f->except_patterns, f->nexcept_patterns);
}
