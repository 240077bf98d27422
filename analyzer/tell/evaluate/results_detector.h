/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What results say of the network with which a system sees. */
#ifndef VSAUDIT_EVALUATE_RESULTS_DETECTOR_H
#define VSAUDIT_EVALUATE_RESULTS_DETECTOR_H

#include "config/scenario.h"

#include <jansson.h>

/* “detector” of an evaluation; NULL for a system that has none. Caller owns. */
json_t *results_detector(const Scenario *scenario, const SystemSpec *system);

#endif
