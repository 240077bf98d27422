/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a system that runs observes, as observations at which our own rules look. */
#ifndef VSAUDIT_RUNNER_ENGINE_BOXES_H
#define VSAUDIT_RUNNER_ENGINE_BOXES_H

#include "records/error.h"
#include "records/observation.h"

#include <jansson.h>
#include <stdbool.h>

/* Objects of one clip, by their numbers. */
typedef struct EngineBoxes EngineBoxes;

EngineBoxes *engine_boxes_new(void);
void engine_boxes_free(EngineBoxes *boxes); /* NULL is fine */
/* Fills the observation's tracks (it is initialised, its time set) from
 * [{"class": "person|vehicle|object", "box": [x, y, w, h], "id": N, "confidence": C|absent}, …]. Its velocity
 * is the foot's way since the picture before. False with an INPUT error that says which box is wrong. */
bool engine_boxes_read(EngineBoxes *boxes, const json_t *list, Observation *observation, GError **error);

#endif
