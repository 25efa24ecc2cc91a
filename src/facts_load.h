#ifndef WL_FACTS_LOAD_H
#define WL_FACTS_LOAD_H
#endif
