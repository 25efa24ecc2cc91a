/* What keys of front matter stand for: rules/facts/front-matter.xml, read when the first key is asked about. */
#include "facts/facts.h"

#include "facts/facts_load.h"
#include "frozen/builtin.h"
#include "frozen/frozen.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static struct {
	struct arena arena;
	struct facts_data data;
} front;
static pthread_once_t front_once = PTHREAD_ONCE_INIT;
const struct frozen_part frozen_front = { "front", &front, sizeof front };

static int
by_path(const void *a, const void *b)
{
	return strcmp(((const struct front_fact *)a)->path, ((const struct front_fact *)b)->path);
}

static void
load_front(void)
{
	const struct builtin *file = builtin_find(FACTS_FRONT);

	if (frozen_take(&frozen_front))
		return;
	arena_init(&front.arena);
	if (file != NULL)
		facts_read(&front.data, &front.arena, file->path, file->s, file->n, NULL);
	if (front.data.nfront != 0)
		qsort(front.data.front, front.data.nfront, sizeof *front.data.front, by_path);
}

bool
facts_meaning(const char *path, struct key_meaning *out)
{
	struct front_fact key = { .path = path };
	const struct front_fact *found;

	pthread_once(&front_once, load_front);
	if (front.data.nfront == 0)
		return false;
	found = bsearch(&key, front.data.front, front.data.nfront, sizeof *front.data.front, by_path);
	if (found == NULL)
		return false;
	*out = found->means;
	return true;
}
