/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files that results come from, clips apart (results.json, "inputs"). */
#ifndef VSAUDIT_EVALUATE_RESULTS_INPUTS_H
#define VSAUDIT_EVALUATE_RESULTS_INPUTS_H

#include "config/scenario.h"
#include "systems/system.h"

/* [{"kind": "audit"|"scenario"|"dataset"|"truth"|"validations"|"alerts", "file": base name, "sha256": text}],
 * each once, sorted by kind, name and hash. Caller owns. */
json_t *results_describe_inputs(const Audit *audit, const Systems *systems);

#endif
