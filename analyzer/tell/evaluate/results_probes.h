/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What came of the probes of an audit (config/probes.h): each system's alerts under a probe held against
 * those on the clips as recorded.
 *
 * pass, fail, or not applicable. Where not even the repeat passed, the others cannot be told from chance and
 * do not apply, but for the empty scene, which is compared with nothing. Where the system failed under a
 * probe on a clip that it ended before, the probe fails. Alerts that should come later must, by the median,
 * be nearer to that than to where they were: no tolerance hides a system that goes by the clock. Systems that
 * decide by a clock (pace free or real-time) are held to the tolerance throughout. */
#ifndef VSAUDIT_EVALUATE_RESULTS_PROBES_H
#define VSAUDIT_EVALUATE_RESULTS_PROBES_H

#include "config/scenario.h"
#include "store/store.h"

#include <jansson.h>

/* Adds “probes” to the evaluation of a system under a condition, where the audit asks for any and the
 * evaluation is the one that they are about: as recorded, or the first where there is none. A sentence about
 * those that failed is appended to `limits`. False with an error. */
bool results_add_probes(const Audit *audit, const Scenario *scenario, const SystemSpec *system,
                        const ConditionSpec *condition, Store *store, json_t *evaluation, json_t *limits,
                        GError **error);

#endif
