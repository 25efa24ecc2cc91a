#include "util/rx.h"
