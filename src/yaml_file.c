/* A YAML file of ours: reading it, and saying what is wrong with it. */
#include "yaml_file.h"

#include "util/xmalloc.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void
add_error(struct yaml_file *f, struct extent at, bool placed, const char *text)
{
	struct finding *e = finding_message(f->errors, f->message, f->path, text);

	e->placed = placed;
	if (placed)
		e->at = source_span(&f->source, at);
	f->nerrors++;
}

static struct extent
extent_of(const struct yaml *v, bool at_key)
{
	if (v == NULL)
		return (struct extent){ 0, 0 };
	if (at_key && v->key_end != v->key_at)
		return (struct extent){ v->key_at, v->key_end };
	return (struct extent){ v->at, v->end };
}

void
yaml_file_error(struct yaml_file *f, const struct yaml *v, bool at_key, const char *fmt, ...)
{
	va_list ap;
	char *text;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	text = xmalloc((size_t)n + 1);
	va_start(ap, fmt);
	vsnprintf(text, (size_t)n + 1, fmt, ap);
	va_end(ap);
	add_error(f, extent_of(v, at_key), true, text);
	free(text);
}

void
yaml_file_unknown(struct yaml_file *f, const struct yaml *v, bool at_key, const char *what, const char *word,
    const char *where, const char *near, const char *hint)
{
	if (near != NULL)
		yaml_file_error(f, v, at_key, "unknown %s '%s'%s; did you mean '%s'?", what, word, where, near);
	else
		yaml_file_error(f, v, at_key, "unknown %s '%s'%s%s", what, word, where, hint);
}

static void
begin(struct yaml_file *f, const char *path, enum message_id message, struct finding_list *errors)
{
	memset(f, 0, sizeof *f);
	arena_init(&f->arena);
	source_init(&f->source);
	f->path = arena_strdup(&f->arena, path);
	f->message = message;
	f->errors = errors;
}

static bool
parse(struct yaml_file *f)
{
	struct yaml_tree tree;
	const char *what;

	if (source_is_binary(&f->source, &what)) {
		yaml_file_error(f, NULL, false, "is %s, expected YAML", what);
		return false;
	}
	yaml_parse(&f->arena, f->source.s, 0, f->source.len < UINT32_MAX ? (uint32_t)f->source.len : UINT32_MAX, &tree);
	for (const struct yaml_damage *d = tree.damage; d != NULL; d = d->next)
		add_error(f, (struct extent){ d->at, d->end }, true, d->message);
	f->root = tree.root;
	if (f->root != NULL && f->root->kind == YAML_NULL)
		f->root = NULL;
	if (f->root != NULL && f->root->kind != YAML_MAPPING) {
		yaml_file_error(f, f->root, false, "is no mapping, expected keys and values");
		f->root = NULL;
	}
	return f->nerrors == 0;
}

bool
yaml_file_load(struct yaml_file *f, const char *path, enum message_id message, struct finding_list *errors)
{
	struct source_options opt = { true, ENC_UTF8, NULL };
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK), error;	/* a pipe without a writer must not hold us up */
	enum source_status status;
	char text[256];
	struct stat st;

	begin(f, path, message, errors);
	if (fd < 0) {
		snprintf(text, sizeof text, "cannot read: %s", strerror(errno));
		add_error(f, (struct extent){ 0, 0 }, false, text);
		return false;
	}
	if (fstat(fd, &st) == 0 && !S_ISREG(st.st_mode)) {
		add_error(f, (struct extent){ 0, 0 }, false, S_ISDIR(st.st_mode) ? "is a folder, expected a file" : "is no regular file");
		close(fd);
		return false;
	}
	status = source_load_fd(&f->source, f->path, fd, &opt);
	error = errno;
	close(fd);
	if (status == SOURCE_OK)
		return parse(f);
	snprintf(text, sizeof text, "cannot read: %s", status == SOURCE_TOO_LARGE ? "file is larger than 1 GiB" : strerror(error));
	add_error(f, (struct extent){ 0, 0 }, false, text);
	return false;
}

bool
yaml_file_mem(struct yaml_file *f, const char *path, const char *s, size_t n, enum message_id message,
    struct finding_list *errors)
{
	struct source_options opt = { true, ENC_UTF8, NULL };

	begin(f, path, message, errors);
	if (source_load_mem(&f->source, f->path, s, n, &opt) == SOURCE_OK)
		return parse(f);
	add_error(f, (struct extent){ 0, 0 }, false, "cannot read: file is larger than 1 GiB");
	return false;
}

void
yaml_file_release(struct yaml_file *f)
{
	source_release(&f->source);
	arena_release(&f->arena);
	f->root = NULL;
}

uint32_t
yaml_file_line(struct yaml_file *f, const struct yaml *v)
{
	return source_place(&f->source, source_span(&f->source, extent_of(v, true)).a).line;
}

struct span
yaml_file_span(const struct yaml_file *f, const struct yaml *v)
{
	return source_span(&f->source, extent_of(v, false));
}

/* ---- values ---- */

const char *
yaml_file_text(struct yaml_file *f, const struct yaml *v)
{
	const char *name = v->key[0] != '\0' ? v->key : v->parent != NULL ? v->parent->key : "";

	if (v->kind == YAML_SCALAR && v->n != 0) {
		if (strlen(v->value) == v->n)
			return v->value;
		yaml_file_error(f, v, false, "'%s' holds a NUL character, expected text", name);
		return NULL;
	}
	yaml_file_error(f, v, v->at == v->end, v->kind == YAML_MAPPING ? "'%s' is a mapping, expected one value" :
	    v->kind == YAML_SEQUENCE ? "'%s' is a list, expected one value" : "'%s' is empty, expected a value", name);
	return NULL;
}

bool
yaml_file_bool(struct yaml_file *f, const struct yaml *v, bool otherwise)
{
	const char *s = yaml_file_text(f, v);

	if (s == NULL)
		return otherwise;
	if (v->style == YAML_PLAIN && (strcmp(s, "true") == 0 || strcmp(s, "false") == 0))
		return *s == 't';
	yaml_file_error(f, v, false, "'%s' is '%s', expected true or false", v->key, s);
	return otherwise;
}

bool
yaml_file_each(struct yaml_file *f, const struct yaml *v, const struct yaml **item)
{
	if (v->kind != YAML_SEQUENCE) {
		if (*item != NULL || yaml_file_text(f, v) == NULL)
			return false;
		*item = v;
		return true;
	}
	for (*item = *item == NULL ? v->first : (*item)->next; *item != NULL; *item = (*item)->next)
		if (yaml_file_text(f, *item) != NULL)
			return true;
	return false;
}
