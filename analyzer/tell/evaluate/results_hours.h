/* SPDX-License-Identifier: GPL-3.0-or-later */
/* False alerts by the hour of the day, where clips say when they were recorded. Added to results that are
 * built. */
#ifndef VSAUDIT_EVALUATE_RESULTS_HOURS_H
#define VSAUDIT_EVALUATE_RESULTS_HOURS_H

#include "evaluate/detail.h"

#include <jansson.h>

/* Sets `hours` in every evaluation that has scored time on a clip with `recorded_at`, but not for the system
 * that never alerts: one entry for each hour of the day, by the camera's clock, in which something was
 * scored. An alert belongs to the hour of its decision. */
void results_add_hours(json_t *results, const Detail *detail);

#endif
