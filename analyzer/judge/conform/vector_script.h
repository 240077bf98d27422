/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The scripted part of a conformance vector: what is seen at a time. The format is in behaviours/vector.h. */
#ifndef VSAUDIT_CONFORM_VECTOR_SCRIPT_H
#define VSAUDIT_CONFORM_VECTOR_SCRIPT_H

#include "records/observation.h"

#include <jansson.h>

/* The first key whose value is not of the format, or NULL. */
const char *vector_script_check(const json_t *json);
/* The picture at t_us, which stands until t_us + step_us; the caller clears it. The script is checked. */
void vector_script_sample(const json_t *json, int64_t t_us, int64_t step_us, Observation *observation);

#endif
