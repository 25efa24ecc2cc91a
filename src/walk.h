#ifndef WL_WALK_H
#define WL_WALK_H
#endif
