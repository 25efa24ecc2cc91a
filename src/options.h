#ifndef WL_OPTIONS_H
#define WL_OPTIONS_H
#endif
