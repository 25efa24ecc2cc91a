/* From a path to findings: open, decode, choose a reader, read, classify, lint. */
#include "lint/pipeline.h"

#include "classify/classify.h"
#include "facts/facts.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

void
pipeline_init(struct pipeline *p)
{
	memset(p, 0, sizeof *p);
	source_init(&p->source);
	article_init(&p->article);
	suppress_init(&p->suppress);
}

void
pipeline_release(struct pipeline *p)
{
	article_release(&p->article);
	skips_release(&p->skips);
	suppress_release(&p->suppress);
	source_release(&p->source);
}

void
pipeline_like(struct pipeline *p, const struct pipeline *from)
{
	p->lint = from->lint;
	p->rules = from->rules;
	p->as = from->as;
	p->lang = from->lang;
	p->encoding = from->encoding;
	p->no_suppressions = from->no_suppressions;
}

/* One article has been read. */
static void
item(struct intake *in)
{
	struct pipeline *p = in->arg;

	p->articles++;
	if (!p->raw)
		classify(&p->article, p->lang);
	if (p->each != NULL)
		p->each(p, p->arg);
	if (p->lint == NULL)
		return;
	lint_article(p->lint, &p->article, p->findings);
	suppress_article(&p->suppress, lint_missed(p->lint), &p->article);
	if (p->checked != NULL)
		p->checked(p, p->checked_arg);
}

static void
skip_item(struct intake *in, const char *item, const char *why)
{
	struct pipeline *p = in->arg;

	skips_add(&p->skips, p->source.path, item, why);
}

static bool
meaning(const struct intake *in, const char *path, struct key_meaning *out)
{
	const struct pipeline *p = in->arg;

	return (p->rules != NULL && rule_set_meaning(p->rules, path, out)) || facts_meaning(path, out);
}

static bool
blank(const struct source *src)
{
	size_t i;

	for (i = 0; i < src->len; i++)
		if (!memchr(" \t\r\n\f\v", src->s[i], 6))
			return false;
	return true;
}

/* A message about the file as a whole, placed at its first byte. */
static void
refuse(struct pipeline *p, enum message_id id, const char *path, const char *detail)
{
	struct finding *f = finding_message(p->findings, id, path, detail);

	f->placed = true;
	p->skip_why = detail != NULL ? detail : "empty";
}

static void
read_source(struct pipeline *p)
{
	struct intake in = { .article = &p->article, .item = item, .skip = skip_item, .meaning = meaning, .arg = p };
	const struct reader *reader;
	const char *what;

	p->articles = 0;
	p->skip_why = NULL;
	skips_clear(&p->skips);
	if (p->lint != NULL)
		suppress_start(&p->suppress, lint_policy(p->lint));
	if (source_is_binary(&p->source, &what)) {
		refuse(p, MSG_INPUT_BINARY, p->source.path, what);
		return;
	}
	if (p->source.len == 0 || blank(&p->source)) {
		refuse(p, MSG_INPUT_EMPTY, p->source.path, NULL);
		return;
	}
	reader = p->as != NULL ? p->as : reader_choose(&p->source);
	if (!reader->read(&p->source, &in))
		refuse(p, MSG_INPUT_NO_ARTICLE, p->source.path, in.refusal);
	else if (in.done < p->source.len && p->lint != NULL) {
		/* the last items are no articles, but what is wrong with the file there is said */
		intake_begin(&in, &p->source, reader->name, NULL)->whole = (struct extent){ in.done, UINT32_MAX };
		lint_remarks(p->lint, &p->article, p->findings);
	}
}

static void
finish(struct pipeline *p)
{
	struct finding_list *l = p->findings;

	finding_list_sort(l);
	if (p->articles > 1)
		finding_list_number(l);
	p->suppressed = 0;
	if (p->lint != NULL && p->articles != 0 && p->source.ncomments != 0 && !p->no_suppressions) {
		p->suppressed = suppress_apply(&p->suppress, lint_policy(p->lint), &p->source, l);
		finding_list_sort(l);
	}
	p->findings = NULL;
}

void
pipeline_path(struct pipeline *p, const char *path, const char *show_as, struct finding_list *out)
{
	const char *name = show_as != NULL ? show_as : path;
	bool standard = strcmp(path, "-") == 0;
	int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);

	p->findings = out;
	p->skip_why = NULL;
	p->articles = 0;
	if (fd < 0) {
		finding_message(out, MSG_INPUT_MISSING, name, strerror(errno));
	} else {
		switch (source_load_fd(&p->source, name, fd, &p->encoding)) {
		case SOURCE_OK:
			read_source(p);
			break;
		case SOURCE_UNREADABLE:
			finding_message(out, MSG_INPUT_UNREADABLE, name, strerror(errno));
			break;
		case SOURCE_TOO_LARGE:
			finding_message(out, MSG_INPUT_TOO_LARGE, name);
			break;
		}
		if (!standard)
			close(fd);
	}
	finish(p);
}

void
pipeline_mem(struct pipeline *p, const char *path, const char *s, size_t n, struct finding_list *out)
{
	p->findings = out;
	if (source_load_mem(&p->source, path, s, n, &p->encoding) == SOURCE_OK)
		read_source(p);
	else
		finding_message(out, MSG_INPUT_TOO_LARGE, path);
	finish(p);
}
