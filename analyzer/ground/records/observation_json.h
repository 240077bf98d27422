/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Observations as JSON values: the inside of records/observation_io.h, which describes the format. */
#ifndef VSAUDIT_RECORDS_OBSERVATION_JSON_H
#define VSAUDIT_RECORDS_OBSERVATION_JSON_H

#include "records/observation.h"

#include <jansson.h>

/* What the defaults of a line take from the lines before: when an id was first and last seen, the last time.
 */
typedef struct ObservationMemory ObservationMemory;
ObservationMemory *observation_memory_new(void);
void observation_memory_free(ObservationMemory *memory); /* NULL is fine */

json_t *observation_header_to_json(const ObservationHeader *header);
json_t *observation_to_json(const Observation *observation);
/* One line; numbers with 15 digits where that reads back exactly, else with 17. Caller frees with g_free. */
char *observation_json_dump(const json_t *json);

/* Both return NULL when all is well, else what is wrong ("path.to.key: found …, expected …"; caller frees),
 * and then hold nothing. */
char *observation_header_from_json(const json_t *json, ObservationHeader *header);
char *observation_from_json(const json_t *json, ObservationMemory *memory, Observation *observation,
                            bool *has_duration);

#endif
