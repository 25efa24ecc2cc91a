#include "util/utf8.h"
