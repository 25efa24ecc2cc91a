#ifndef WL_FINDING_JSON_H
#define WL_FINDING_JSON_H
#endif
