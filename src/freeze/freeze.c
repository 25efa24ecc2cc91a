/* freeze: writes the image of frozen.h as C.  Run while wirelint is built, never installed.
 *
 * It loads the built-in rules and facts by the same code as wirelint and has all their tables made.  freeze_memory.c gives it all
 * memory from one stretch of addresses which no other number comes near, so that a word that lies in there is a pointer and to what.
 * From the roots (frozen.def, the rules, the matcher) it follows the pointers and writes each object that it meets, once, as words:
 * a number, or `P(place in the image)`, or a check's name.  A string of the program's own is copied.  What points anywhere else ends
 * the build with its place.
 *
 * The stretch lies elsewhere in each run, and so does the program: two runs that write the same bytes have taken no number for a
 * pointer and no pointer for a number. */
#include "freeze/freeze_memory.h"

#include "analysis/analysis.h"
#include "check.h"
#include "classify/classify.h"
#include "facts/facts.h"
#include "finding.h"
#include "frozen/builtin.h"
#include "frozen/frozen.h"
#include "lint/policy.h"
#include "match/matcher_int.h"
#include "rule/profile.h"
#include "rule/rule_load.h"
#include "run/run.h"
#include "util/utf8.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- objects ---- */

struct object {
	const char *s;
	size_t n;		/* bytes; written as whole words */
	size_t place;		/* in the image */
	const char *from;	/* the root that it was met from */
};
static struct {
	struct object *v;	/* in the order they are written, which is that in which they are met, level by level */
	size_t n, cap, size;
	uint32_t *slots;	/* number from 1, by address */
	size_t nslots;
} objects;

enum { WORD = sizeof(void *), STRING_MAX = 4096 };

static size_t
slot_of(const char *s)
{
	size_t at = ((uintptr_t)s >> 3) * 0x9E3779B97F4A7C15u >> 20 & (objects.nslots - 1);

	while (objects.slots[at] != 0 && objects.v[objects.slots[at] - 1].s != s)
		at = (at + 1) & (objects.nslots - 1);
	return at;
}

static struct object *
meet(const char *s, size_t n, const char *from)
{
	size_t at = slot_of(s);

	if (objects.slots[at] != 0)
		return &objects.v[objects.slots[at] - 1];
	if (objects.n == objects.cap) {
		fprintf(stderr, "freeze: more than %zu objects\n", objects.cap);
		exit(1);
	}
	objects.v[objects.n] = (struct object){ s, n, objects.size, from };
	objects.size += (n + WORD - 1) / WORD * WORD;
	objects.slots[at] = (uint32_t)++objects.n;
	return &objects.v[objects.n - 1];
}

/* ---- what a word is ---- */

static const char *
check_name(const void *p)
{
#define CHECK(name) if (p == (const void *)&check_##name) return "check_" #name;
#include "check/list.def"
#undef CHECK
	return NULL;
}

extern const char __executable_start[], end[];		/* by the linker */

static bool
of_program(const char *p)
{
	return p >= __executable_start && p < end;
}

/* A string of the program: short, and text. */
static bool
is_string(const char *s)
{
	size_t n = 0;

	while (n < STRING_MAX && s[n] != '\0' && ((unsigned char)s[n] >= ' ' || s[n] == '\n' || s[n] == '\t'))
		n++;
	return n < STRING_MAX && s[n] == '\0' && utf8_valid(s, n) == n;
}

/* What a word says: a number (false), or a place `off` into *to, or the name of a check. */
static bool
refers(const struct object *in, size_t at, const char *word, struct object **to, size_t *off, const char **name)
{
	size_t n;
	const char *s = memory_object(word, &n);

	*name = NULL;
	if (s != NULL) {
		*to = meet(s, n, in->from);
		*off = (size_t)(word - s);
		return true;
	}
	if (!memory_has(word) && !of_program(word))
		return false;
	if (of_program(word) && (*name = check_name(word)) != NULL)
		return true;
	if (of_program(word) && is_string(word)) {
		*to = meet(word, strlen(word) + 1, in->from);
		*off = 0;
		return true;
	}
	fprintf(stderr, "freeze: word %zu of an object of %zu bytes, met from '%s', points to what cannot be frozen (%p)\n", at, in->n,
	    in->from, (const void *)word);
	exit(1);
}

static const char *
word_at(const struct object *o, size_t i)
{
	const char *word = NULL;
	size_t n = o->n - i * WORD < WORD ? o->n - i * WORD : WORD;

	memcpy(&word, o->s + i * WORD, n);
	return word;
}

/* ---- the image ---- */

/* Meets all that can be reached: objects.n grows meanwhile. */
static void
follow(void)
{
	struct object *to;
	const char *name;
	size_t off;

	for (size_t k = 0; k < objects.n; k++)
		for (size_t i = 0; i * WORD + WORD <= objects.v[k].n; i++)
			refers(&objects.v[k], i, word_at(&objects.v[k], i), &to, &off, &name);
}

static void
write_object(const struct object *o)
{
	struct object *to = NULL;
	const char *name;
	size_t off = 0;
	bool gap = true;		/* zeros were left out */

	for (size_t i = 0; i * WORD < o->n; i++) {
		const char *word = word_at(o, i);

		if (word == NULL) {
			gap = true;
			continue;
		}
		if (gap)
			printf("[%zu]=", o->place / WORD + i);
		gap = false;
		if (i * WORD + WORD > o->n || !refers(o, i, word, &to, &off, &name))
			printf("N(%#jx),", (uintmax_t)(uintptr_t)word);
		else if (name != NULL)
			printf("(void *)&%s,", name);
		else
			printf("P(%zu),", to->place + off);
	}
	printf(" /* %s */\n", o->from);
}

static void
write_image(const struct frozen_root *roots, size_t n)
{
	printf("/* Made by freeze from rules/ and what the program makes of them; do not edit. */\n"
	    "#include \"frozen/frozen.h\"\n#include \"check.h\"\n#include <stdint.h>\n"
	    "#define P(at) ((char *)image + (at))\n#define N(n) ((void *)(uintptr_t)(n))\n"
	    "static void *image[%zu] = {\n", objects.size / WORD);
	for (size_t i = 0; i < objects.n; i++)
		write_object(&objects.v[i]);
	printf("};\nconst struct frozen_root frozen_roots[] = {\n");
	for (size_t i = 0; i < n; i++)
		printf("\t{ \"%s\", P(%zu), %zu },\n", roots[i].name, meet(roots[i].p, roots[i].size, "")->place, roots[i].size);
	printf("\t{ NULL, NULL, 0 }\n};\n");
}

/* ---- what is frozen ---- */

/* Each of its lists is asked for something, so that all tables are made.  Of a language without a file of its own, nothing: its few lists
 * are read when they are wanted. */
static void
use_language(const struct language *l)
{
	for (unsigned list = 0; list < LIST_COUNT; list++)
		facts_in_list(l, (enum list_name)list, "x", 1);
	classify_prepare(l);
	attribution_prepare(l);
}

static void
use_facts(void)
{
	struct key_meaning meaning;
	size_t len;

	facts_agency("x", 1);
	facts_agency_prefix("x", 1, &len);
	facts_words("agencies");
	facts_meaning("x", &meaning);
	use_language(facts_language(NULL));
	for (const char *const *code = facts_language_codes(); *code != NULL; code++) {
		char path[64];

		snprintf(path, sizeof path, "rules/facts/%s.xml", *code);
		if (builtin_find(path) != NULL)
			use_language(facts_language(*code));
	}
}

static void
make_matcher(const struct rule_set *set, struct frozen_matcher *f)
{
	struct policy *p = malloc(sizeof *p);
	bool *wanted = calloc(set->n, sizeof *wanted);
	struct matcher *m;

	policy_init(p, set);
	policy_settle(p, NULL);
	policy_wanted(p, wanted);
	m = matcher_new(set, wanted, MATCH_TRIGGERED);
	for (size_t i = 0; i < set->nfinders; i++)
		if (m->late[i].is)
			matcher_late(m, set->finders[i]);
	m->set = NULL;
	*f = (struct frozen_matcher){ wanted, set->n, m };
}

/* What an uninitialised variable holds, and the gaps of a struct that is copied from one, is another thing in each run: else it would
 * mostly be the same, and be found by somebody else. */
static __attribute__((noinline)) void
soil_stack(void)
{
	volatile unsigned char room[65536];

	for (size_t i = 0; i < sizeof room; i++)
		room[i] = (unsigned char)((uintptr_t)room >> 12 ^ i >> 3) | 1;
}

int
main(void)
{
	static struct rule_set set;
	static struct frozen_matcher matcher;
	static struct frozen_root roots[] = {
		{ "rules", &set, sizeof set },
		{ "matcher", &matcher, sizeof matcher },
#define FROZEN(name) { #name, NULL, 0 },
#include "frozen/frozen.def"
#undef FROZEN
	};
	static const struct frozen_part *const parts[] = {
#define FROZEN(name) &frozen_##name,
#include "frozen/frozen.def"
#undef FROZEN
	};
	enum { ROOTS = sizeof roots / sizeof *roots, PARTS = sizeof parts / sizeof *parts };
	struct finding_list errors;

	finding_list_init(&errors);
	rule_set_init(&set);
	soil_stack();
	rule_load_builtin(&set, &errors);
	for (size_t i = 0; i < set.nprofiles; i++)
		if (set.profiles[i]->nduties != 0)
			finding_message(&errors, MSG_CONFIG_RULES, set.profiles[i]->path, "a profile with duties, which are given rules "
			    "anew in each set, among those that are always loaded");
	for (size_t i = 0; i < set.nfinders; i++)
		finder_freeze(set.finders[i]);
	soil_stack();
	use_facts();
	soil_stack();
	make_matcher(&set, &matcher);
	run_print_errors(&errors);
	if (errors.n != 0)
		return 1;
	objects.cap = memory_count() * 2 + 4096;
	objects.v = memory_own(objects.cap * sizeof *objects.v);
	for (objects.nslots = 1024; objects.nslots < objects.cap * 2; objects.nslots *= 2)
		;
	objects.slots = memory_own(objects.nslots * sizeof *objects.slots);
	for (size_t i = 0; i < PARTS; i++)
		roots[ROOTS - PARTS + i] = (struct frozen_root){ parts[i]->name, parts[i]->p, parts[i]->size };
	for (size_t i = 0; i < ROOTS; i++)
		meet(roots[i].p, roots[i].size, roots[i].name);
	follow();
	write_image(roots, ROOTS);
	return ferror(stdout) || fflush(stdout) != 0;
}
