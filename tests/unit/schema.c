/* JSON Schema, as much of it as doc/ uses. */
#include "schema.h"
#include "strict_json.h"

#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct slice { const char *s; size_t n; };

struct where {				/* the way to a value, for messages */
	const struct where *up;
	struct slice key;
	size_t index;
};

struct checking {
	struct schemas *all;
	const char *file;		/* the schema's text, for #/... */
	struct slice schema, value;
	const struct where *where;
	struct slice properties;	/* of the schema */
	bool closed;			/* additionalProperties: false */
	size_t count;			/* elements seen */
	struct slice name;		/* what is being looked for */
	bool found;
};

static bool check(struct checking *k);

static bool
slice_is(struct slice v, const char *z)
{
	return v.n == strlen(z) && memcmp(v.s, z, v.n) == 0;
}

/* The value of an object's member; s NULL if it is not there. */
static bool
member_fn(void *arg, const char *key, size_t nkey, const char *value, const char *end)
{
	struct checking *k = arg;

	if (nkey != k->name.n || memcmp(key, k->name.s, nkey) != 0)
		return true;
	k->value = (struct slice){ value, (size_t)(end - value) };
	return false;
}

static struct slice
member(struct slice object, const char *name, size_t n)
{
	struct checking k = { .name = { name, n } };

	if (object.s != NULL && *object.s == '{')
		strict_each(object.s, object.s + object.n, member_fn, &k);
	return k.value;
}

static size_t
write_where(char *to, size_t room, const struct where *w)
{
	size_t n;

	if (w == NULL)
		return 0;
	n = write_where(to, room, w->up);
	if (w->key.s != NULL)
		n += (size_t)snprintf(to + n, room - n, "%s%.*s", n != 0 ? "/" : "", (int)w->key.n, w->key.s);
	else
		n += (size_t)snprintf(to + n, room - n, "%s%zu", n != 0 ? "/" : "", w->index);
	return n < room ? n : room - 1;
}

static bool
fail(struct checking *k, const char *what, struct slice word)
{
	char where[256] = "";
	size_t depth = 1;

	for (const struct where *w = k->where; w != NULL; w = w->up)
		depth++;
	if (depth <= k->all->depth)
		return false;
	k->all->depth = depth;
	write_where(where, sizeof(where), k->where);
	snprintf(k->all->why, sizeof(k->all->why), "%s: %s %.*s, has %.*s", where, what, (int)(word.n < 80 ? word.n : 80),
	    word.s != NULL ? word.s : "", (int)(k->value.n < 60 ? k->value.n : 60), k->value.s);
	return false;
}

const char *
schema_file(struct schemas *all, const char *name)
{
	char path[1024];
	FILE *f;
	size_t i, n, cap = 1 << 20;

	for (i = 0; i < SCHEMA_FILES && all->files[i].name != NULL; i++)
		if (strcmp(all->files[i].name, name) == 0)
			return all->files[i].s;
	snprintf(path, sizeof(path), "%s/%s", all->folder, name);
	if (i == SCHEMA_FILES || (f = fopen(path, "r")) == NULL) {
		snprintf(all->why, sizeof(all->why), "cannot open the schema '%.400s'", path);
		return NULL;
	}
	all->files[i].s = malloc(cap);
	n = fread(all->files[i].s, 1, cap - 1, f);
	all->files[i].s[n] = '\0';
	fclose(f);
	all->files[i].name = strdup(name);
	if (!strict_json(all->files[i].s, n)) {
		snprintf(all->why, sizeof(all->why), "schema '%.200s' is no JSON", name);
		all->files[i].s[0] = '\0';
	}
	return all->files[i].s;
}

static bool
follow(struct checking *k, struct slice ref)
{
	struct checking in = *k;
	char name[128], *hash;

	snprintf(name, sizeof(name), "%.*s", (int)ref.n - 2, ref.s + 1);
	hash = strchr(name, '#');
	if (hash != NULL)
		*hash++ = '\0';
	if (name[0] != '\0' && ((in.file = schema_file(k->all, name)) == NULL || in.file[0] == '\0'))
		return false;
	in.schema.s = strict_at(in.file, hash != NULL ? hash + (*hash == '/') : "", &in.schema.n);
	if (in.schema.s == NULL)
		return fail(k, "the schema refers to nothing by", ref);
	return check(&in);
}

static bool
is_integer(struct slice v)
{
	size_t i = v.n > 1 && v.s[0] == '-';

	for (; i < v.n && v.s[i] >= '0' && v.s[i] <= '9'; i++)
		;
	return v.n != 0 && i == v.n;
}

static bool
has_type(struct slice v, struct slice type)
{
	char c = v.s[0];

	return slice_is(type, "\"object\"") ? c == '{' : slice_is(type, "\"array\"") ? c == '[' :
	    slice_is(type, "\"string\"") ? c == '"' : slice_is(type, "\"null\"") ? c == 'n' :
	    slice_is(type, "\"boolean\"") ? c == 't' || c == 'f' : slice_is(type, "\"integer\"") ? is_integer(v) :
	    slice_is(type, "\"number\"") ? c == '-' || (c >= '0' && c <= '9') : false;
}

static bool
type_fn(void *arg, const char *key, size_t nkey, const char *value, const char *end)
{
	struct checking *k = arg;

	(void)key, (void)nkey;
	k->found = k->found || has_type(k->value, (struct slice){ value, (size_t)(end - value) });
	return true;
}

static bool
enum_fn(void *arg, const char *key, size_t nkey, const char *value, const char *end)
{
	struct checking *k = arg;

	(void)key, (void)nkey;
	k->found = k->found || (k->value.n == (size_t)(end - value) && memcmp(k->value.s, value, k->value.n) == 0);
	return true;
}

static bool
any_fn(void *arg, const char *key, size_t nkey, const char *value, const char *end)
{
	struct checking *k = arg, in = *k;

	(void)key, (void)nkey;
	in.schema = (struct slice){ value, (size_t)(end - value) };
	k->found = k->found || check(&in);
	return true;
}

static bool
required_fn(void *arg, const char *key, size_t nkey, const char *value, const char *end)
{
	struct checking *k = arg;

	(void)key, (void)nkey;
	return member(k->value, value + 1, (size_t)(end - value) - 2).s != NULL;
}

static bool
property_fn(void *arg, const char *key, size_t nkey, const char *value, const char *end)
{
	struct checking *k = arg, in = *k;
	struct where here = { .up = k->where, .key = { key, nkey } };

	in.schema = member(k->properties, key, nkey);
	in.value = (struct slice){ value, (size_t)(end - value) };
	in.where = &here;
	if (in.schema.s == NULL)
		return k->closed ? fail(&in, "is not in the schema:", here.key) : true;
	return check(&in);
}

static bool
item_fn(void *arg, const char *key, size_t nkey, const char *value, const char *end)
{
	struct checking *k = arg, in = *k;
	struct where here = { .up = k->where, .index = k->count++ };

	(void)key, (void)nkey;
	if (k->name.s == NULL)
		return true;
	in.schema = k->name;
	in.name = (struct slice){ NULL, 0 };
	in.count = 0;
	in.value = (struct slice){ value, (size_t)(end - value) };
	in.where = &here;
	return check(&in);
}

static bool
check_pattern(struct checking *k, struct slice pattern)
{
	char words[256], *value = strndup(k->value.s + 1, k->value.n - 2);
	regex_t rx;
	bool good;

	snprintf(words, sizeof(words), "%.*s", (int)pattern.n - 2, pattern.s + 1);
	good = regcomp(&rx, words, REG_EXTENDED | REG_NOSUB) == 0;
	if (good) {
		good = regexec(&rx, value, 0, NULL, 0) == 0;
		regfree(&rx);
	}
	free(value);
	return good || fail(k, "expected", pattern);
}

static bool
all_of(struct checking *k, struct slice list, strict_fn *fn)
{
	k->found = false;
	strict_each(list.s, list.s + list.n, fn, k);
	return k->found;
}

static bool
check_items(struct checking *k, struct slice items)
{
	k->name = items;
	k->count = 0;
	return *k->value.s != '[' || strict_each(k->value.s, k->value.s + k->value.n, item_fn, k);
}

static bool
check_word(struct checking *k, struct slice word, struct slice v)
{
	static const char known[] = " $schema $id $defs title description properties additionalProperties ";
	char padded[64];

	if (slice_is(word, "$ref"))
		return follow(k, v);
	if (slice_is(word, "type"))
		return (v.s[0] == '[' ? all_of(k, v, type_fn) : has_type(k->value, v)) || fail(k, "expected type", v);
	if (slice_is(word, "enum"))
		return all_of(k, v, enum_fn) || fail(k, "expected one of", v);
	if (slice_is(word, "anyOf")) {
		bool good = all_of(k, v, any_fn);

		k->all->depth = good ? 0 : k->all->depth;
		return good || fail(k, "is none of", v);
	}
	if (slice_is(word, "required"))
		return *k->value.s != '{' || strict_each(v.s, v.s + v.n, required_fn, k) || fail(k, "lacks one of", v);
	if (slice_is(word, "items"))
		return check_items(k, v);
	if (slice_is(word, "minItems") || slice_is(word, "maxItems")) {
		check_items(k, (struct slice){ NULL, 0 });
		return (word.s[1] == 'i' ? k->count >= strtoul(v.s, NULL, 10) : k->count <= strtoul(v.s, NULL, 10)) ||
		    fail(k, "has the wrong length, expected", v);
	}
	if (slice_is(word, "minimum"))
		return !is_integer(k->value) || strtol(k->value.s, NULL, 10) >= strtol(v.s, NULL, 10) ||
		    fail(k, "expected at least", v);
	if (slice_is(word, "pattern"))
		return *k->value.s != '"' || check_pattern(k, v);
	snprintf(padded, sizeof(padded), " %.*s ", (int)(word.n < 60 ? word.n : 60), word.s);
	return strstr(known, padded) != NULL || fail(k, "the schema uses an unknown word", word);
}

static bool
word_fn(void *arg, const char *key, size_t nkey, const char *value, const char *end)
{
	return check_word(arg, (struct slice){ key, nkey }, (struct slice){ value, (size_t)(end - value) });
}

static bool
check(struct checking *k)
{
	k->properties = member(k->schema, "properties", 10);
	k->closed = slice_is(member(k->schema, "additionalProperties", 20), "false");
	return strict_each(k->schema.s, k->schema.s + k->schema.n, word_fn, k) &&
	    (*k->value.s != '{' || (!k->closed && k->properties.s == NULL) ||
	    strict_each(k->value.s, k->value.s + k->value.n, property_fn, k));
}

void
schemas_init(struct schemas *all, const char *folder)
{
	memset(all, 0, sizeof(*all));
	snprintf(all->folder, sizeof(all->folder), "%s", folder);
}

void
schemas_release(struct schemas *all)
{
	for (size_t i = 0; i < SCHEMA_FILES; i++) {
		free(all->files[i].name);
		free(all->files[i].s);
	}
}

bool
schema_holds(struct schemas *all, const char *name, const char *s, size_t n)
{
	struct checking k = { .all = all, .file = schema_file(all, name) };

	if (k.file == NULL || k.file[0] == '\0')
		return false;
	if (!strict_json(s, n)) {
		snprintf(all->why, sizeof(all->why), "is no JSON");
		return false;
	}
	all->depth = 0;
	k.schema.s = strict_at(k.file, "", &k.schema.n);
	for (; n != 0 && strchr(" \t\r\n", *s) != NULL; s++)
		n--;
	for (; n != 0 && strchr(" \t\r\n", s[n - 1]) != NULL; n--)
		;
	k.value = (struct slice){ s, n };
	return check(&k);
}
