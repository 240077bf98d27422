/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The clips of an evaluation by what they have in common (lighting, place, …), and whether one part differs
 * from the one with the most camera time. */
#ifndef VSAUDIT_EVALUATE_RESULTS_STRATA_H
#define VSAUDIT_EVALUATE_RESULTS_STRATA_H

#include "evaluate/detail.h"

/* "strata" of an evaluation; caller owns. Groups of people are left out where the scenario says so, with the
 * reason. */
json_t *results_describe_strata(const Scenario *scenario, const Scored *scored, const EvalSettings *settings);

#endif
