#include "util/xml.h"
