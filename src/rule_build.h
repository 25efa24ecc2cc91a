#ifndef WL_RULE_BUILD_H
#define WL_RULE_BUILD_H
#endif
