/* Runs the unit suites; TAP by CK_TAP_LOG_FILE_NAME=-. */
#include "unit.h"

#include <stdlib.h>

int
main(void)
{
	SRunner *r = srunner_create(NULL);
	int failed;

#define SUITE(name) srunner_add_suite(r, unit_##name());
#include "suites.def"
#undef SUITE
	srunner_run_all(r, CK_SILENT);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
