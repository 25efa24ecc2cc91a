/* Rules in memory: names of their words, the set and finding a rule in it. */
#include "rule/rule.h"

#include "frozen/frozen.h"
#include "util/hash.h"
#include "util/str.h"
#include "util/xmalloc.h"

#include <stdlib.h>
#include <string.h>

static const char *const tiers[] = { "core", "profile", "strict", "compare" };
static const char *const copy_kinds[] = { "undeclared", "own", "wire", "syndicated", "republished" };

enum { NTIERS = sizeof tiers / sizeof tiers[0], NKINDS = sizeof copy_kinds / sizeof copy_kinds[0] };

const char *
tier_name(enum tier t)
{
	return tiers[t];
}

bool
tier_parse(const char *s, size_t n, enum tier *out)
{
	size_t i;

	for (i = 0; i < NTIERS; i++) {
		if (str_is(s, n, tiers[i])) {
			*out = (enum tier)i;
			return true;
		}
	}
	return false;
}

const char *const copy_uses[] = { "online", "print", "broadcast", "social", "archive", "commercial", NULL };
const char *const copy_use_names = "online print broadcast social archive commercial";

const char *
copy_kind_name(enum copy_kind k)
{
	return copy_kinds[k];
}

bool
copy_kind_parse(const char *s, size_t n, enum copy_kind *out)
{
	size_t i;

	for (i = 0; i < NKINDS; i++) {
		if (str_is(s, n, copy_kinds[i])) {
			*out = (enum copy_kind)i;
			return true;
		}
	}
	return false;
}

void
rule_set_init(struct rule_set *set)
{
	memset(set, 0, sizeof *set);
	arena_init(&set->arena);
}

static void *
copy_of(const void *p, size_t n, size_t size)
{
	return n != 0 ? memcpy(xcalloc(n, size), p, n * size) : NULL;
}

#define THAW(p, n, cap) ((p) = copy_of((p), (n), sizeof *(p)), (cap) = (n))

bool
rule_set_thaw(struct rule_set *set)
{
	const struct rule_set *f = frozen_find("rules", sizeof *f);

	if (f == NULL)
		return false;
	*set = *f;
	arena_init(&set->arena);
	set->nfrozen = set->n;
	THAW(set->rules, set->n, set->cap);
	THAW(set->finders, set->nfinders, set->capfinders);
	THAW(set->slots, set->nslots, set->nslots);
	THAW(set->front, set->nfront, set->capfront);
	THAW(set->pending, set->npending, set->cappending);
	THAW(set->profiles, set->nprofiles, set->capprofiles);
	return true;
}

void
rule_release(struct rule *r)
{
	size_t i;

	for (i = 0; i < r->nfinders; i++)
		finder_release(r->finders[i]);
	free(r->finders);
	free(r->whens);
	free(r->silences);
	free(r->examples);
	free(r->upstreams);
}

void
rule_set_release(struct rule_set *set)
{
	size_t i;

	/* patterns of the image stay compiled, for the next set that has them */
	for (i = set->nfrozen; i < set->n; i++)
		rule_release(set->rules[i]);
	free(set->rules);
	free(set->finders);
	free(set->slots);
	free(set->pending);
	free(set->front);
	free(set->parameters);
	free(set->profiles);
	arena_release(&set->arena);
	rule_set_init(set);
}

static size_t
slot_of(const struct rule_set *set, const char *id)
{
	size_t i = hash_bytes(id, strlen(id), HASH_INIT) & (set->nslots - 1);

	while (set->slots[i] != 0 && strcmp(set->rules[set->slots[i] - 1]->id, id) != 0)
		i = (i + 1) & (set->nslots - 1);
	return i;
}

void
rule_set_add(struct rule_set *set, struct rule *r)
{
	size_t i;

	r->index = (unsigned)set->n;
	XPUSH(set->rules, set->n, set->cap) = r;
	if (set->n * 2 > set->nslots) {
		free(set->slots);
		set->nslots = set->nslots == 0 ? 512 : set->nslots * 2;
		set->slots = xcalloc(set->nslots, sizeof *set->slots);
		for (i = 0; i < set->n; i++)
			set->slots[slot_of(set, set->rules[i]->id)] = (unsigned)i + 1;
	} else {
		set->slots[slot_of(set, r->id)] = (unsigned)set->n;
	}
}

bool
rule_set_meaning(const struct rule_set *set, const char *path, struct key_meaning *out)
{
	for (size_t i = set->nfront; i-- != 0;)
		if (strcmp(set->front[i].path, path) == 0) {
			*out = set->front[i].means;
			return true;
		}
	return false;
}

const struct rule *
rule_find(const struct rule_set *set, const char *id)
{
	unsigned at = set->nslots == 0 ? 0 : set->slots[slot_of(set, id)];

	return at == 0 ? NULL : set->rules[at - 1];
}

static int
hex(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* \xNN is a byte, \n \r \t and \\ as in C. */
static void
unescape(struct buf *out, const char *s, size_t n)
{
	const char *end = s + n;

	for (; s < end; s++) {
		if (*s != '\\' || s + 1 == end) {
			buf_putc(out, *s);
		} else if (s[1] == 'x' && end - s >= 4 && hex(s[2]) >= 0 && hex(s[3]) >= 0) {
			buf_putc(out, (char)(hex(s[2]) * 16 + hex(s[3])));
			s += 3;
		} else {
			s++;
			buf_putc(out, *s == 'n' ? '\n' : *s == 'r' ? '\r' : *s == 't' ? '\t' : *s);
		}
	}
}

/* The blanks that all lines but the first have in common; UINT32_MAX if there is no other line. */
static size_t
indentation(const char *s, size_t n)
{
	const char *end = s + n, *line = memchr(s, '\n', n);
	size_t least = SIZE_MAX, k;

	for (; line != NULL; line = memchr(line, '\n', (size_t)(end - line))) {
		line++;
		for (k = 0; line + k < end && (line[k] == ' ' || line[k] == '\t'); k++)
			;
		/* a last line of blanks only is that of the end tag */
		if (line + k < end && line[k] != '\n' && k < least)
			least = k;
	}
	return least == SIZE_MAX ? 0 : least;
}

void
example_text(struct buf *out, const struct example *e)
{
	size_t cut = indentation(e->text, e->n), k;
	const char *s = e->text, *end = s + e->n, *line;
	struct buf plain = BUF_INIT;

	if (s < end && *s == '\n')
		s++;		/* the text begins on the line after its tag, and is indented from there on */
	else if ((line = memchr(s, '\n', e->n)) != NULL) {
		buf_add(&plain, s, (size_t)(line + 1 - s));
		s = line + 1;
	} else {
		buf_add(&plain, s, e->n);
		s = end;
	}
	for (; s < end; s = line) {
		line = memchr(s, '\n', (size_t)(end - s));
		line = line != NULL ? line + 1 : end;
		for (k = 0; k < cut && s < line && (*s == ' ' || *s == '\t'); k++)
			s++;
		for (k = 0; s + k < line && (s[k] == ' ' || s[k] == '\t'); k++)
			;
		if (line < end || s + k < line)		/* blanks before the end tag are not text */
			buf_add(&plain, s, (size_t)(line - s));
	}
	if (e->escaped)
		unescape(out, plain.s, plain.n);
	else
		buf_add(out, plain.s, plain.n);
	buf_release(&plain);
}
