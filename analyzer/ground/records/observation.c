/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "records/observation.h"

#include <math.h>

void observation_header_clear(ObservationHeader *header)
{
    g_clear_pointer(&header->clip, g_free);
    g_clear_pointer(&header->condition, g_free);
    g_clear_pointer(&header->perception, g_free);
}

void observation_init(Observation *observation, int64_t t_us)
{
    const double none = (double)NAN;
    *observation = (Observation){
        .t_us = t_us,
        .signal = true,
        .quality = {none, none, none, none, none, none, none, none, none, none, none, none, none},
        .motion = {none, none, none, none, none},
    };
}

void observation_clear(Observation *observation)
{
    g_clear_pointer(&observation->tracks, g_free);
    g_clear_pointer(&observation->statics, g_free);
    g_clear_pointer(&observation->fires, g_free);
    observation->track_count = 0;
    observation->static_count = 0;
    observation->fire_count = 0;
}

const char *fire_kind_name(FireKind kind)
{
    return kind == FIRE_FLAME ? "flame" : "smoke";
}

const char *object_class_name(ObjectClass class)
{
    static const char *const names[] = {"unknown", "person", "vehicle", "other"};
    return names[class];
}
