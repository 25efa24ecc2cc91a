/* md4c with the extensions that wirelint asks for: blocks, spans and pieces of text counted. */
#include "bare.h"

#include <md4c.h>
#include <string.h>

static size_t events;

static int
block(MD_BLOCKTYPE type, void *detail, void *arg)
{
	(void)type, (void)detail, (void)arg;
	events++;
	return 0;
}

static int
span(MD_SPANTYPE type, void *detail, void *arg)
{
	(void)type, (void)detail, (void)arg;
	events++;
	return 0;
}

static int
text(MD_TEXTTYPE type, const MD_CHAR *s, MD_SIZE n, void *arg)
{
	(void)type, (void)s, (void)n, (void)arg;
	events++;
	return 0;
}

size_t
bare_events(const char *s, size_t n)
{
	MD_PARSER parser;

	memset(&parser, 0, sizeof parser);
	parser.flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_PERMISSIVEAUTOLINKS;
	parser.enter_block = parser.leave_block = block;
	parser.enter_span = parser.leave_span = span;
	parser.text = text;
	events = 0;
	md_parse(s, (MD_SIZE)n, &parser, NULL);
	return events;
}
