/* Regular expressions by PCRE2.
 *
 * ANCHORED is a compile flag here: given at match time it would make the library leave JIT.  The subject must be valid
 * UTF-8 (every text of an article is), so it is not checked again at each try. */
#include "util/rx.h"

#include "util/buf.h"
#include "util/xmalloc.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	GROUPS = 64,			/* the most groups a pattern may have */
	JIT_STACK_MIN = 32 * 1024, JIT_STACK_MAX = 2 * 1024 * 1024,
	MATCH_LIMIT = 1000000,
	DEPTH_LIMIT = 100000,
	HEAP_LIMIT = 64 * 1024,		/* KiB */
	/* Making machine code of a pattern takes as long as some fifty tries without it, and most patterns that one article meets are
	 * tried a few times. */
	TRIES_BEFORE_JIT = 50
};

struct rx {
	pcre2_code *code;
	/* What a match changes, by any thread: see jit_wanted(). */
	_Atomic enum { JIT_NONE, JIT_LATER, JIT_READY } jit;
	atomic_uint tries;		/* while jit is JIT_LATER */
	uint32_t groups;
	uint32_t names, name_size;
	PCRE2_SPTR name_table;
};

struct rx_scratch {
	pcre2_match_data *data;
	pcre2_match_context *context;
	pcre2_jit_stack *stack;		/* made at the first match by JIT; NULL where there is none */
	bool has_stack;			/* that was tried */
	bool interpret;
};

static void *
must(void *p)
{
	if (p == NULL)
		(void)xmalloc(SIZE_MAX);	/* the one way to say that memory ran out */
	return p;
}

static void
explain(char **why, int error)
{
	PCRE2_UCHAR text[256];

	if (why == NULL)
		return;
	if (pcre2_get_error_message(error, text, sizeof text) < 0)
		snprintf((char *)text, sizeof text, "error %d", error);
	*why = xstrdup((const char *)text);
}

/* (?x) and the like: from there on blanks mean nothing. */
static bool
turns_extended_on(const char *p, size_t n)
{
	for (size_t i = 0; i + 2 < n; i++)
		if (p[i] == '(' && p[i + 1] == '?') {
			size_t k = i + 2;

			while (k < n && strchr("imnsJU", p[k]) != NULL && p[k] != '\0')
				k++;
			if (k < n && p[k] == 'x')
				return true;
		}
	return false;
}

/* Whether the blank at p[i], in a class whose text begins after p[opened], is the first or the last of a range. */
static bool
ends_range(const char *p, size_t n, size_t i, size_t opened)
{
	return (i + 2 < n && p[i + 1] == '-' && p[i + 2] != ']') || (i > opened + 2 && p[i - 1] == '-');
}

/* A blank is any blank: copy sets the kinds that do not break a line where it likes, a page more so than plain text.  Each one
 * that is text becomes \h, in a class as well unless it is the end of a range. */
static void
widen_blanks(struct buf *out, const char *p, size_t n, bool extended)
{
	bool in_class = false;
	size_t opened = 0;

	for (size_t i = 0; i < n; i++) {
		const char *quoted;

		if (p[i] == '\\' && i + 1 < n) {
			i++;
			if (p[i] == 'Q') {
				quoted = memmem(p + i, n - i, "\\E", 2);
				buf_add(out, p + i - 1, (quoted != NULL ? (size_t)(quoted - p) : n) - (i - 1));
				i = quoted != NULL ? (size_t)(quoted - p) - 1 : n;
			} else if (p[i] == ' ')
				buf_puts(out, "\\h");
			else
				buf_add(out, p + i - 1, 2);
			continue;
		}
		if (extended && !in_class && p[i] == '#') {	/* a comment: its brackets open nothing */
			while (i < n && p[i] != '\n')
				buf_putc(out, p[i++]);
			i--;
			continue;
		}
		if (!in_class && p[i] == '[') {
			in_class = true;
			opened = i + (i + 1 < n && p[i + 1] == '^');
		} else if (in_class && p[i] == ']' && i > opened + 1)
			in_class = false;
		if (p[i] == ' ' && (in_class ? !ends_range(p, n, i, opened) : !extended))
			buf_puts(out, "\\h");
		else
			buf_putc(out, p[i]);
	}
}

static pcre2_code *
compile(const char *pattern, size_t n, uint32_t options, int *error, size_t *at)
{
	size_t offset;
	pcre2_code *code;
	struct buf wide = BUF_INIT;

	if (memchr(pattern, ' ', n) == NULL || turns_extended_on(pattern, n))
		return pcre2_compile((PCRE2_SPTR)pattern, n, options, error, at, NULL);
	widen_blanks(&wide, pattern, n, (options & PCRE2_EXTENDED) != 0);
	code = pcre2_compile((PCRE2_SPTR)wide.s, wide.n, options, error, &offset, NULL);
	buf_release(&wide);
	if (code == NULL)		/* a mistake is told by its place in what was written */
		code = pcre2_compile((PCRE2_SPTR)pattern, n, options, error, at, NULL);
	return code;
}

static struct rx *
rx_of(pcre2_code *code, uint32_t flags)
{
	struct rx *rx = xcalloc(1, sizeof *rx);

	rx->code = code;
	pcre2_pattern_info(code, PCRE2_INFO_CAPTURECOUNT, &rx->groups);
	pcre2_pattern_info(code, PCRE2_INFO_NAMECOUNT, &rx->names);
	pcre2_pattern_info(code, PCRE2_INFO_NAMEENTRYSIZE, &rx->name_size);
	pcre2_pattern_info(code, PCRE2_INFO_NAMETABLE, &rx->name_table);
	atomic_init(&rx->jit, flags & RX_NO_JIT ? JIT_NONE : JIT_LATER);
	atomic_init(&rx->tries, 0);
	return rx;
}

struct rx *
rx_compile(const char *pattern, size_t n, uint32_t flags, char **why, size_t *at)
{
	uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C;
	PCRE2_SIZE offset = 0;
	pcre2_code *code;
	uint32_t groups = 0;
	int error = 0;

	if (flags & RX_CASELESS)
		options |= PCRE2_CASELESS;
	if (flags & RX_EXTENDED)
		options |= PCRE2_EXTENDED;
	if (!(flags & RX_UNANCHORED))
		/* where it is tried is known; and what it must end with is not looked for far ahead, at each try of a row of marks */
		options |= PCRE2_ANCHORED | PCRE2_NO_START_OPTIMIZE;
	code = compile(pattern, n, options, &error, &offset);
	if (at != NULL)
		*at = offset <= n ? offset : n;
	if (code == NULL) {
		explain(why, error);
		return NULL;
	}
	pcre2_pattern_info(code, PCRE2_INFO_CAPTURECOUNT, &groups);
	if (groups > GROUPS) {
		pcre2_code_free(code);
		if (why != NULL)
			*why = xstrdup("more than 64 groups");
		if (at != NULL)
			*at = 0;
		return NULL;
	}
	return rx_of(code, flags);
}

void *
rx_freeze(const struct rx *rx, size_t *n)
{
	const pcre2_code *code = rx->code;
	uint8_t *bytes;
	void *copy;

	if (pcre2_serialize_encode(&code, 1, &bytes, n, NULL) != 1)
		return NULL;
	copy = memcpy(xmalloc(*n), bytes, *n);		/* what lies before `bytes` is the library's */
	pcre2_serialize_free(bytes);
	return copy;
}

struct rx *
rx_thaw(const void *frozen, uint32_t flags)
{
	pcre2_code *code;

	return pcre2_serialize_decode(&code, 1, frozen, NULL) == 1 ? rx_of(code, flags) : NULL;
}

void
rx_free(struct rx *rx)
{
	if (rx == NULL)
		return;
	pcre2_code_free(rx->code);
	free(rx);
}

bool
rx_matches_empty(const struct rx *rx)
{
	uint32_t yes = 1;

	pcre2_pattern_info(rx->code, PCRE2_INFO_MATCHEMPTY, &yes);
	return yes != 0;
}

uint32_t
rx_groups(const struct rx *rx)
{
	return rx->groups;
}

/* An entry of the name table: two bytes of number, then the name with its NUL. */
static PCRE2_SPTR
name_entry(const struct rx *rx, uint32_t i, uint32_t *group)
{
	PCRE2_SPTR e = rx->name_table + (size_t)i * rx->name_size;

	*group = (uint32_t)e[0] << 8 | e[1];
	return e + 2;
}

const char *
rx_group_name(const struct rx *rx, uint32_t group)
{
	for (uint32_t i = 0; i < rx->names; i++) {
		uint32_t g;
		PCRE2_SPTR name = name_entry(rx, i, &g);

		if (g == group)
			return (const char *)name;
	}
	return NULL;
}

int
rx_group_number(const struct rx *rx, const char *name)
{
	for (uint32_t i = 0; i < rx->names; i++) {
		uint32_t g;
		PCRE2_SPTR has = name_entry(rx, i, &g);

		if (strcmp((const char *)has, name) == 0)
			return (int)g;
	}
	return -1;
}

static void
add_first(uint8_t bits[32], unsigned byte)
{
	bits[byte >> 3] |= (uint8_t)(1u << (byte & 7));
}

bool
rx_first_bytes(const struct rx *rx, uint8_t bits[32])
{
	uint32_t type = 0, unit = 0;
	const uint8_t *map = NULL;

	memset(bits, 0, 32);
	if (rx_matches_empty(rx))
		return false;
	pcre2_pattern_info(rx->code, PCRE2_INFO_FIRSTCODETYPE, &type);
	if (type == 1) {
		pcre2_pattern_info(rx->code, PCRE2_INFO_FIRSTCODEUNIT, &unit);
		add_first(bits, unit & 0xff);
		/* whether case counts is not told */
		if ((unit >= 'a' && unit <= 'z') || (unit >= 'A' && unit <= 'Z'))
			add_first(bits, unit ^ 0x20);
		else if (unit >= 0x80)
			for (unsigned b = 0xc2; b <= 0xf4; b++)
				add_first(bits, b);
		return true;
	}
	pcre2_pattern_info(rx->code, PCRE2_INFO_FIRSTBITMAP, &map);
	if (map == NULL)
		return false;
	memcpy(bits, map, 32);
	return true;
}

struct rx_scratch *
rx_scratch_new(void)
{
	struct rx_scratch *s = xcalloc(1, sizeof *s);

	s->data = must(pcre2_match_data_create(GROUPS + 1, NULL));
	s->context = must(pcre2_match_context_create(NULL));
	pcre2_set_match_limit(s->context, MATCH_LIMIT);
	pcre2_set_depth_limit(s->context, DEPTH_LIMIT);
	pcre2_set_heap_limit(s->context, HEAP_LIMIT);
	return s;
}

void
rx_scratch_free(struct rx_scratch *s)
{
	if (s == NULL)
		return;
	pcre2_match_data_free(s->data);
	pcre2_match_context_free(s->context);
	pcre2_jit_stack_free(s->stack);
	free(s);
}

void
rx_scratch_interpret(struct rx_scratch *s)
{
	s->interpret = true;
}

int
rx_match(const struct rx *rx, struct rx_scratch *s, const char *subject, size_t n, size_t from)
{
	return rx_match_piece(rx, s, subject, n, from, 0);
}

/* Is the machine code to be used, made now if `at_once` or if the pattern has been tried often enough?  Other threads may match with the
 * pattern meanwhile: they do so without it.  No JIT in the library, or no memory that may be executed: the interpreter finds the
 * same. */
static bool
jit_wanted(const struct rx *c, bool at_once)
{
	static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
	struct rx *rx = (struct rx *)(uintptr_t)c;
	int is = atomic_load_explicit(&rx->jit, memory_order_acquire);

	if (is == JIT_LATER && (at_once || atomic_fetch_add_explicit(&rx->tries, 1, memory_order_relaxed) >= TRIES_BEFORE_JIT)) {
		pthread_mutex_lock(&lock);
		if (atomic_load(&rx->jit) == JIT_LATER)
			atomic_store(&rx->jit, pcre2_jit_compile(rx->code, PCRE2_JIT_COMPLETE) == 0 ? JIT_READY : JIT_NONE);
		is = atomic_load(&rx->jit);
		pthread_mutex_unlock(&lock);
	}
	return is == JIT_READY;
}

static int
match_jit(const struct rx *rx, struct rx_scratch *s, const char *subject, size_t n, size_t from, uint32_t options)
{
	if (!s->has_stack) {
		s->has_stack = true;
		s->stack = pcre2_jit_stack_create(JIT_STACK_MIN, JIT_STACK_MAX, NULL);
		if (s->stack != NULL)
			pcre2_jit_stack_assign(s->context, NULL, s->stack);
	}
	return pcre2_jit_match(rx->code, (PCRE2_SPTR)subject, n, from, options, s->data, s->context);
}

int
rx_match_piece(const struct rx *rx, struct rx_scratch *s, const char *subject, size_t n, size_t from, unsigned cut)
{
	uint32_t options = 0;
	int rc = PCRE2_ERROR_JIT_STACKLIMIT;
	bool jit = false;

	if (cut & RX_CUT_BEFORE)
		options |= PCRE2_NOTBOL;
	if (cut & RX_CUT_AFTER)
		options |= PCRE2_NOTEOL;
	if (subject == NULL)
		subject = "";
	if (!s->interpret && (jit = jit_wanted(rx, false)))
		rc = match_jit(rx, s, subject, n, from, options);
	/* the interpreter's stack is larger than the JIT's: what does not fit there may fit here */
	if (rc == PCRE2_ERROR_JIT_STACKLIMIT)
		rc = pcre2_match(rx->code, (PCRE2_SPTR)subject, n, from, options | PCRE2_NO_UTF_CHECK | PCRE2_NO_JIT,
		    s->data, s->context);
	/* the two count their steps in ways of their own: how often a pattern was tried before must not decide what is found */
	if (rc < 0 && rc != PCRE2_ERROR_NOMATCH && !s->interpret && !jit && jit_wanted(rx, true))
		rc = match_jit(rx, s, subject, n, from, options);
	if (rc >= 0)
		return 1;
	/* -47, -53, -63 and whatever else stops a match half way: nobody knows what it would have found */
	return rc == PCRE2_ERROR_NOMATCH ? 0 : -1;
}

const size_t *
rx_ovector(const struct rx_scratch *s)
{
	return pcre2_get_ovector_pointer(s->data);
}
