#include "rule_test.h"
