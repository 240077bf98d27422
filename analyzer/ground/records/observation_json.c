/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing of observations; reading is observation_read.c. */
#include "records/observation_json.h"

#include "records/observation_io.h"
#include "records/observation_measures.h"

#include <math.h>

static json_t *number(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

static json_t *measures_to_json(const void *values, const ObservationMeasure *measures, size_t count)
{
    json_t *object = json_object();
    for (size_t i = 0; i < count; i++) {
        const double value = *(const double *)(const void *)((const char *)values + measures[i].offset);
        json_object_set_new(object, measures[i].name, number(value));
    }
    return object;
}

static json_t *box_to_json(Box box)
{
    return json_pack("[o,o,o,o]", number(box.x), number(box.y), number(box.w), number(box.h));
}

static json_t *track_to_json(const TrackObservation *track)
{
    return json_pack("{s:I,s:s,s:s,s:o,s:[o,o],s:[o,o],s:I,s:I,s:I}", "id", (json_int_t)track->id, "class",
                     object_class_name(track->class), "state", observation_state_names[track->state], "box",
                     box_to_json(track->box), "foot", number(track->foot.x), number(track->foot.y),
                     "velocity", number(track->vx), number(track->vy), "first_us",
                     (json_int_t)track->first_us, "seen_us", (json_int_t)track->seen_us, "count",
                     (json_int_t)track->count);
}

static json_t *static_to_json(const StaticObservation *thing)
{
    return json_pack("{s:I,s:o,s:b,s:I,s:I}", "id", (json_int_t)thing->id, "box", box_to_json(thing->box),
                     "removed", thing->removed, "since_us", (json_int_t)thing->since_us, "seen_us",
                     (json_int_t)thing->seen_us);
}

static json_t *fire_to_json(const FireObservation *fire)
{
    json_t *json = json_pack("{s:I,s:s,s:o}", "id", (json_int_t)fire->id, "kind", fire_kind_name(fire->kind),
                             "box", box_to_json(fire->box));
    json_t *measures = measures_to_json(fire, observation_fire, observation_fire_count);
    json_object_update(json, measures);
    json_decref(measures);
    json_object_set_new(json, "since_us", json_integer((json_int_t)fire->since_us));
    return json;
}

static json_t *fires_to_json(const Observation *observation)
{
    if (!observation->fires_measured)
        return json_null();
    json_t *fires = json_array();
    for (size_t i = 0; i < observation->fire_count; i++)
        json_array_append_new(fires, fire_to_json(&observation->fires[i]));
    return fires;
}

json_t *observation_header_to_json(const ObservationHeader *header)
{
    return json_pack("{s:s,s:s,s:s,s:o,s:s}", "schema", OBSERVATION_SCHEMA, "clip",
                     header->clip != NULL ? header->clip : "", "condition",
                     header->condition != NULL ? header->condition : "as-recorded", "aspect",
                     number(header->aspect), "perception",
                     header->perception != NULL ? header->perception : "");
}

json_t *observation_to_json(const Observation *observation)
{
    json_t *tracks = json_array(), *statics = json_array();
    for (size_t i = 0; i < observation->track_count; i++)
        json_array_append_new(tracks, track_to_json(&observation->tracks[i]));
    for (size_t i = 0; i < observation->static_count; i++)
        json_array_append_new(statics, static_to_json(&observation->statics[i]));
    return json_pack(
        "{s:I,s:I,s:b,s:o,s:o,s:o,s:o,s:o}", "t_us", (json_int_t)observation->t_us, "duration_us",
        (json_int_t)observation->duration_us, "signal", observation->signal, "quality",
        measures_to_json(&observation->quality, observation_quality, observation_quality_count), "motion",
        measures_to_json(&observation->motion, observation_motion, observation_motion_count), "tracks",
        tracks, "statics", statics, "fires", fires_to_json(observation));
}

static bool short_form_is_exact(const json_t *json)
{
    if (json_is_real(json)) {
        char text[G_ASCII_DTOSTR_BUF_SIZE];
        const double value = json_real_value(json);
        g_ascii_formatd(text, sizeof text, "%.15g", value);
        return g_ascii_strtod(text, NULL) == value;
    }
    size_t index;
    const char *key;
    json_t *child;
    json_array_foreach(json, index, child)
    {
        if (!short_form_is_exact(child))
            return false;
    }
    json_object_foreach((json_t *)json, key, child)
    {
        if (!short_form_is_exact(child))
            return false;
    }
    return true;
}

char *observation_json_dump(const json_t *json)
{
    const size_t digits = short_form_is_exact(json) ? 15 : 17;
    char *text = json_dumps(json, JSON_COMPACT | JSON_REAL_PRECISION(digits));
    g_assert(text != NULL);
    char *copy = g_strdup(text);
    free(text);
    return copy;
}
