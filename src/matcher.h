#ifndef WL_MATCHER_H
#define WL_MATCHER_H
#endif
