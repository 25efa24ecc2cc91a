#ifndef WL_CLASSIFY_INT_H
#define WL_CLASSIFY_INT_H
#endif
