#ifndef WL_RUN_H
#define WL_RUN_H
#endif
