/* No image: what a program gets that is linked to the library alone. */
#include "frozen/frozen.h"

const struct frozen_root frozen_roots[] = { { NULL, NULL, 0 } };
