#ifndef WL_LANGUAGE_H
#define WL_LANGUAGE_H
#endif
