/* Unit tests: each unit_NAME.c gives one suite, suites.def lists them: SUITE(text). */
#ifndef WL_UNIT_H
#define WL_UNIT_H

#include <check.h>

#define SUITE(name) Suite *unit_##name(void);
#include "suites.def"
#undef SUITE

#endif
