/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cameras that a verdict on places like these needs, beside its hours (scoring/scope.h). */
#ifndef VSAUDIT_CLI_PLAN_SCOPE_H
#define VSAUDIT_CLI_PLAN_SCOPE_H

#include "config/scenario.h"

#include <jansson.h>

/* Says of the claim that was just planned for what it speaks of: prints it, or sets it in `record` when that is
 * not NULL. */
void plan_scope(const Scenario *scenario, const Claim *claim, json_t *record);

#endif
