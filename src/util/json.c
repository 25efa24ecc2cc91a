#include "util/json.h"
