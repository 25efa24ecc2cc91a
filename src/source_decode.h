#ifndef WL_SOURCE_DECODE_H
#define WL_SOURCE_DECODE_H
#endif
