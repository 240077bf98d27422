/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words about a product that was not run: what came of them is no verdict on them. */
#ifndef VSAUDIT_EVALUATE_RESULTS_STAND_IN_H
#define VSAUDIT_EVALUATE_RESULTS_STAND_IN_H

#include "config/scenario.h"

#include <jansson.h>

/* Takes the verdict off each claim whose words are about another product than the system that ran
 * (“other_system”), and keeps what came of its reading apart, as “outcome”. After the adjustment of p. */
void results_withhold_from_others(const Audit *audit, json_t *scenarios);

#endif
