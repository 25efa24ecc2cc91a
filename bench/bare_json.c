/* The reader of JSON that is wirelint's own, as no library for it is linked: values counted. */
#include "bare.h"

#include "util/arena.h"
#include "util/json_tree.h"

size_t
bare_events(const char *s, size_t n)
{
	struct arena arena;
	struct json_error damage = { 0, NULL, NULL };
	size_t events = 0;

	arena_init(&arena);
	/* In the order of the file: down, else along, else up until there is a next one. */
	for (const struct json *v = json_tree(&arena, s, n, &damage); v != NULL; events++) {
		if (v->first != NULL) {
			v = v->first;
			continue;
		}
		while (v != NULL && v->next == NULL)
			v = v->parent;
		if (v != NULL)
			v = v->next;
	}
	arena_release(&arena);
	return events;
}
