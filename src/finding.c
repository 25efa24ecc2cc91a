/* Findings: their list, its order, and the tool's own messages. */
#include "finding.h"

#include "util/hash.h"
#include "util/str.h"
#include "util/xmalloc.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A list longer than this is not kept from one file to the next. */
enum { KEEP = 64 * 1024 };

static const char *const severities[] = { "off", "note", "warning", "error" };
static const char *const fix_classes[] = { "safe", "unsafe", "display" };

const struct message messages[MSG_COUNT] = {
#define MESSAGE(id, name, severity, text) { name, severity, text },
#include "message.def"
#undef MESSAGE
};

const char *
severity_name(enum severity s)
{
	return severities[s];
}

bool
severity_parse(const char *s, size_t n, enum severity *out)
{
	for (int i = SEV_OFF; i <= SEV_ERROR; i++)
		if (str_is(s, n, severities[i])) {
			*out = (enum severity)i;
			return true;
		}
	return false;
}

const char *
fix_class_name(enum fix_class c)
{
	return fix_classes[c];
}

void
finding_list_init(struct finding_list *l)
{
	memset(l, 0, sizeof *l);
	arena_init(&l->arena);
}

void
finding_list_reset(struct finding_list *l)
{
	if (l->cap > KEEP) {
		free(l->v);
		l->v = NULL;
		l->cap = 0;
	}
	l->n = l->npassed = l->nabsent = 0;
	arena_reset(&l->arena);
}

void
finding_list_release(struct finding_list *l)
{
	free(l->v);
	free(l->passed);
	free(l->absent);
	arena_release(&l->arena);
	finding_list_init(l);
}

struct finding *
finding_add(struct finding_list *l)
{
	XPUSH(l->v, l->n, l->cap) = (struct finding){ .severity = SEV_OFF };
	return &l->v[l->n - 1];
}

static int
compare_names(const char *a, const char *b)
{
	if (a == NULL || b == NULL)
		return (a != NULL) - (b != NULL);
	return strcmp(a, b);
}

#define ORDER(x, y) (((x) > (y)) - ((x) < (y)))

/* Zero for doubles: the same rule, place, message and item (items have no place of their own where a rule could not run). */
static int
compare_places(const struct finding *a, const struct finding *b)
{
	int c;

	if ((c = compare_names(a->path, b->path)) != 0)
		return c;
	if (a->placed != b->placed)
		return a->placed ? 1 : -1;
	if (a->placed && (c = ORDER(a->at.a, b->at.a)) != 0)
		return c;
	if (a->placed && (c = ORDER(b->at.z, a->at.z)) != 0)
		return c;
	if ((c = compare_names(a->rule, b->rule)) != 0)
		return c;
	if ((c = compare_names(a->message, b->message)) != 0)
		return c;
	return compare_names(a->item, b->item);
}

/* Of doubles the graver and the surer one comes first and stays; else the one that was added first. */
static int
compare(const struct finding *a, const struct finding *b)
{
	int c;

	if ((c = compare_places(a, b)) != 0)
		return c;
	if ((c = ORDER(b->severity, a->severity)) != 0)
		return c;
	return ORDER(b->certainty, a->certainty);
}

/* A merge sort: stable and n log n whatever comes, which qsort() does not promise. */
static void
merge_sort(const struct finding **v, const struct finding **room, size_t n)
{
	for (size_t width = 1; width < n; width *= 2) {
		for (size_t from = 0; from + width < n; from += 2 * width) {
			size_t mid = from + width, to = mid + width < n ? mid + width : n, i = from, j = mid, k = from;

			if (compare(v[mid - 1], v[mid]) <= 0)
				continue;
			while (i < mid && j < to)
				room[k++] = compare(v[i], v[j]) <= 0 ? v[i++] : v[j++];
			while (i < mid)
				room[k++] = v[i++];
			while (j < to)
				room[k++] = v[j++];
			memcpy(v + from, room + from, (to - from) * sizeof *v);
		}
	}
}

void
finding_list_sort(struct finding_list *l)
{
	const struct finding **order;
	struct finding *sorted;
	size_t i, n = 0;

	if (l->n < 2)
		return;
	order = xmalloc(2 * l->n * sizeof(const struct finding *));
	for (i = 0; i < l->n; i++)
		order[i] = &l->v[i];
	merge_sort(order, order + l->n, l->n);
	sorted = xmalloc(l->n * sizeof *sorted);
	for (i = 0; i < l->n; i++)
		if (n == 0 || compare_places(&sorted[n - 1], order[i]) != 0)
			sorted[n++] = *order[i];
	memcpy(l->v, sorted, n * sizeof *sorted);
	l->n = n;
	free(sorted);
	free(order);
}

static int
by_fingerprint(const void *a, const void *b)
{
	const struct finding *x = *(const struct finding *const *)a, *y = *(const struct finding *const *)b;

	return x->fingerprint != y->fingerprint ? ORDER(x->fingerprint, y->fingerprint) : ORDER(x, y);
}

void
finding_list_number(struct finding_list *l)
{
	struct finding **order = xmalloc((l->n + 1) * sizeof *order);
	uint64_t last = 0, n = 0;

	for (size_t i = 0; i < l->n; i++)
		order[i] = &l->v[i];
	if (l->n > 1)
		qsort(order, l->n, sizeof *order, by_fingerprint);
	for (size_t i = 0; i < l->n; i++) {
		uint64_t here = order[i]->fingerprint;

		n = i != 0 && here == last ? n + 1 : 0;
		last = here;
		if (n != 0 && !order[i]->fatal)
			order[i]->fingerprint = hash_mix(here + n * 0x9e3779b97f4a7c15ull);
	}
	free(order);
}

void
finding_pass(struct finding_list *l, const struct finding *f, enum let_pass how, const char *reason, size_t nreason)
{
	struct finding *p;

	if (!l->keeps_passed)
		return;
	p = &XPUSH(l->passed, l->npassed, l->cappassed);
	*p = *f;
	p->pass = how;
	p->pass_reason = reason != NULL ? arena_strndup(&l->arena, reason, nreason) : NULL;
}

static size_t
drop_below(struct finding *v, size_t all, enum severity least)
{
	size_t n = 0;

	for (size_t i = 0; i < all; i++)
		if (v[i].fatal || v[i].severity >= least)
			v[n++] = v[i];
	return n;
}

void
finding_list_at_least(struct finding_list *l, enum severity least)
{
	l->n = drop_below(l->v, l->n, least);
	l->npassed = drop_below(l->passed, l->npassed, least);
	l->nabsent = drop_below(l->absent, l->nabsent, least);
}

struct finding *
finding_message(struct finding_list *l, enum message_id id, const char *path, ...)
{
	struct finding *f = finding_add(l);
	const struct message *m = &messages[id];
	va_list ap;
	char *s;
	int n;

	va_start(ap, path);
	n = vsnprintf(NULL, 0, m->text, ap);
	va_end(ap);
	s = arena_alloc(&l->arena, (size_t)n + 1);
	va_start(ap, path);
	vsnprintf(s, (size_t)n + 1, m->text, ap);
	va_end(ap);
	f->rule = m->name;
	f->path = path != NULL ? arena_strdup(&l->arena, path) : NULL;
	f->severity = m->severity;
	f->certainty = SURE;
	f->fatal = m->severity == SEV_ERROR;
	f->message = s;
	return f;
}
