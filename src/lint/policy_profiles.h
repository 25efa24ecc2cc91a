/* Private to policy.c: what policy_profiles.c keeps in a policy. */
#ifndef WL_POLICY_PROFILES_H
#define WL_POLICY_PROFILES_H

#include "lint/policy.h"

void policy_profiles_release(struct policy *p);

#endif
