#include "emitter.h"
