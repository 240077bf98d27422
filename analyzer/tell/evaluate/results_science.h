/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What results.json says beyond the rates: kinds of errors, alert load, clusters, curves. */
#ifndef VSAUDIT_EVALUATE_RESULTS_SCIENCE_H
#define VSAUDIT_EVALUATE_RESULTS_SCIENCE_H

#include "config/scenario.h"
#include "scoring/eval.h"

#include <jansson.h>

/* Sets `error_classes`, `time_false_alarm`, `alert_load`, `curve` and `clusters`, with a table of the cameras
 * where they are fewer than ten. clips[i] belongs to result->clips[i]. */
void results_add_science(json_t *evaluation, const Scenario *scenario, const EvalClip *clips,
                         const EvalResult *result, const EvalSettings *settings);

/* Sets `chance`: whether the hits are more than those of alerts at random times would be. */
void results_add_chance(json_t *evaluation, const EvalClip *clips, const EvalResult *result,
                        const EvalSettings *settings);

#endif
