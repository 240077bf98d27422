/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of an observation is written under which name; for the two halves of records/observation_json.h. */
#ifndef VSAUDIT_RECORDS_OBSERVATION_MEASURES_H
#define VSAUDIT_RECORDS_OBSERVATION_MEASURES_H

#include "records/observation.h"

#include <stddef.h>

/* A number of QualityObservation, MotionObservation or FireObservation. */
typedef struct {
    const char *name;
    size_t offset; /* in the struct, of a double */
} ObservationMeasure;

extern const ObservationMeasure observation_quality[], observation_motion[], observation_fire[];
extern const size_t observation_quality_count, observation_motion_count, observation_fire_count;

extern const char *const observation_fire_names[2];  /* by FireKind */
extern const char *const observation_state_names[3]; /* by TrackState */

#endif
