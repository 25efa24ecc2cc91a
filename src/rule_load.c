#include "rule_load.h"
