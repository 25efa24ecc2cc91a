/* A program that does nothing but start with libxml2 and PCRE2: what a cold run of wirelint is held against. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <libxml/parser.h>
#include <pcre2.h>

/* So that the linker keeps both libraries. */
const void *const empty_needs[] = { (const void *)xmlReadMemory, (const void *)pcre2_compile };

int
main(void)
{
	return 0;
}
