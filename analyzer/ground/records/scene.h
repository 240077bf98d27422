/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person has drawn on a clip's picture: named zones and lines. A behaviour's thresholds are the same
 * for all clips; only the geometry belongs to the clip. */
#ifndef VSAUDIT_RECORDS_SCENE_H
#define VSAUDIT_RECORDS_SCENE_H

#include "records/geometry.h"

#include <stdint.h>

typedef struct {
    GHashTable *zones;   /* char * -> Polygon *, owned */
    GHashTable *lines;   /* char * -> Segment *, owned; directed from a to b */
    GArray *validations; /* of int64_t: times of ticket validations in µs, sorted; NULL = no validation log
                            was given */
} Scene;

Scene *scene_new(void);
void scene_free(Scene *scene); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Scene, scene_free)
void scene_add_zone(Scene *scene, const char *name, Polygon *polygon); /* takes the polygon */
void scene_add_line(Scene *scene, const char *name, Segment segment);
/* NULL with an INPUT error naming the zones (lines) that there are. */
const Polygon *scene_find_zone(const Scene *scene, const char *name, GError **error);
const Segment *scene_find_line(const Scene *scene, const char *name, GError **error);

#endif
