/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "behaviours/behaviour.h"

#include <string.h>

extern const Behaviour behaviour_abandoned_object, behaviour_agitation, behaviour_camera_tampering,
    behaviour_crowd_density, behaviour_crowd_limit, behaviour_crowd_movement, behaviour_fare_evasion,
    behaviour_fire_start, behaviour_intrusion, behaviour_line_crossing, behaviour_loitering,
    behaviour_person_down, behaviour_removed_object, behaviour_road_accident, behaviour_running,
    behaviour_stopped_vehicle, behaviour_weapon, behaviour_wrong_way;

const Behaviour *const behaviour_registry[] = {
    &behaviour_abandoned_object,
    &behaviour_agitation,
    &behaviour_camera_tampering,
    &behaviour_crowd_density,
    &behaviour_crowd_limit,
    &behaviour_crowd_movement,
    &behaviour_fare_evasion,
    &behaviour_fire_start,
    &behaviour_intrusion,
    &behaviour_line_crossing,
    &behaviour_loitering,
    &behaviour_person_down,
    &behaviour_removed_object,
    &behaviour_road_accident,
    &behaviour_running,
    &behaviour_stopped_vehicle,
    &behaviour_weapon,
    &behaviour_wrong_way,
    NULL,
};

const Behaviour *behaviour_find(const char *id)
{
    for (const Behaviour *const *behaviour = behaviour_registry; *behaviour != NULL; behaviour++) {
        if (strcmp((*behaviour)->id, id) == 0)
            return *behaviour;
    }
    return NULL;
}
