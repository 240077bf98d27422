/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conform/vector_script.h"

#include <math.h>
#include <string.h>

typedef struct {
    const char *name;
    size_t offset; /* of the double */
    double sound;  /* value in a sound view */
} Measure;

static const Measure quality_measures[] = {
    {"luma", offsetof(QualityObservation, luma), 0.5},
    {"contrast", offsetof(QualityObservation, contrast), 0.2},
    {"dark_share", offsetof(QualityObservation, dark_share), 0.02},
    {"bright_share", offsetof(QualityObservation, bright_share), 0.02},
    {"sharpness", offsetof(QualityObservation, sharpness), 400},
    {"sharpness_ratio", offsetof(QualityObservation, sharpness_ratio), 1},
    {"edge_similarity", offsetof(QualityObservation, edge_similarity), 0.95},
    {"covered_share", offsetof(QualityObservation, covered_share), 0.02},
    {"shift_x", offsetof(QualityObservation, shift_x), 0},
    {"shift_y", offsetof(QualityObservation, shift_y), 0},
    {"shift_response", offsetof(QualityObservation, shift_response), 0.6},
    {"changed_share", offsetof(QualityObservation, changed_share), 0.05},
    {"frozen_s", offsetof(QualityObservation, frozen_s), 0},
};

static const Measure motion_measures[] = {
    {"foreground_share", offsetof(MotionObservation, foreground_share), 0},
    {"flow_x", offsetof(MotionObservation, flow_x), 0},
    {"flow_y", offsetof(MotionObservation, flow_y), 0},
    {"flow_speed", offsetof(MotionObservation, flow_speed), 0},
    {"flow_disorder", offsetof(MotionObservation, flow_disorder), 0},
};

static const Measure fire_measures[] = {
    {"share", offsetof(FireObservation, share), 0},
    {"flicker", offsetof(FireObservation, flicker), 0},
};

static double number(const json_t *array, size_t index)
{
    const json_t *value = json_array_get(array, index);
    return json_is_number(value) ? json_number_value(value) : (double)NAN;
}

/* Linear between the key points [t, …] of column `column`; constant beyond. Two key points of one time are a
 * step. */
static double interpolate(const json_t *rows, size_t column, double t)
{
    const size_t count = json_array_size(rows);
    size_t next = 0;
    while (next < count && number(json_array_get(rows, next), 0) <= t)
        next++;
    if (next == 0)
        return number(json_array_get(rows, 0), column);
    const json_t *before = json_array_get(rows, next - 1);
    if (next == count)
        return number(before, column);
    const json_t *after = json_array_get(rows, next);
    const double from = number(before, 0), to = number(after, 0);
    const double left = number(before, column), right = number(after, column);
    return left + (right - left) * (t - from) / (to - from);
}

static bool within(const json_t *spans, double t)
{
    for (size_t i = 0; i < json_array_size(spans); i++) {
        const json_t *span = json_array_get(spans, i);
        if (t >= number(span, 0) && t < number(span, 1))
            return true;
    }
    return false;
}

static void sample_measures(const json_t *object, const Measure *measures, size_t count, bool sound, double t,
                            void *out)
{
    for (size_t i = 0; i < count; i++) {
        double *measure = (double *)(void *)((char *)out + measures[i].offset);
        const json_t *value = json_object_get(object, measures[i].name);
        if (json_is_array(value))
            *measure = interpolate(value, 1, t);
        else if (json_is_number(value))
            *measure = json_number_value(value);
        else if (json_is_null(value))
            *measure = (double)NAN;
        else if (sound)
            *measure = measures[i].sound;
    }
}

static Box box_at(const json_t *path, double t, Point *foot)
{
    *foot = (Point){interpolate(path, 1, t), interpolate(path, 2, t)};
    const double w = interpolate(path, 3, t), h = interpolate(path, 4, t);
    return (Box){foot->x - w / 2, foot->y - h, w, h};
}

static ObjectClass find_class(const char *name)
{
    for (ObjectClass class = OBJECT_UNKNOWN; class <= OBJECT_OTHER; class ++) {
        if (g_strcmp0(name, object_class_name(class)) == 0)
            return class;
    }
    return OBJECT_PERSON;
}

/* Whether a flicker falls on this picture. */
static bool flickers(const json_t *flicker, double t, double step)
{
    const double at = json_number_value(json_object_get(flicker, "t"));
    return at > t - step + 1e-9 && at <= t + 1e-9;
}

static void flicker_track(const json_t *flickers_list, double t, double step, TrackObservation *track)
{
    for (size_t i = 0; i < json_array_size(flickers_list); i++) {
        const json_t *flicker = json_array_get(flickers_list, i);
        const json_t *id = json_object_get(flicker, "track");
        if (id == NULL || json_integer_value(id) != track->id || !flickers(flicker, t, step))
            continue;
        const json_t *foot = json_object_get(flicker, "foot"), *people = json_object_get(flicker, "count");
        if (foot != NULL) {
            track->foot = (Point){number(foot, 0), number(foot, 1)};
            track->box.x = track->foot.x - track->box.w / 2;
            track->box.y = track->foot.y - track->box.h;
        }
        if (people != NULL)
            track->count = json_integer_value(people);
    }
}

static int64_t count_at(const json_t *value, double t)
{
    if (!json_is_array(value))
        return value != NULL ? json_integer_value(value) : 1;
    int64_t people = 1;
    for (size_t i = 0; i < json_array_size(value); i++) {
        const json_t *row = json_array_get(value, i);
        if (number(row, 0) <= t + 1e-9)
            people = json_integer_value(json_array_get(row, 1));
    }
    return people;
}

static bool sample_track(const json_t *script, double t, TrackObservation *track)
{
    const json_t *path = json_object_get(script, "path");
    const double first = number(json_array_get(path, 0), 0);
    const double last = number(json_array_get(path, json_array_size(path) - 1), 0);
    if (t < first || t > last || within(json_object_get(script, "absent"), t))
        return false;
    *track = (TrackObservation){.id = json_integer_value(json_object_get(script, "id"))};
    track->class = find_class(json_string_value(json_object_get(script, "class")));
    track->state = within(json_object_get(script, "coasting"), t) ? TRACK_COASTING : TRACK_CONFIRMED;
    if (within(json_object_get(script, "tentative"), t))
        track->state = TRACK_TENTATIVE;
    track->box = box_at(path, t, &track->foot);
    Point before, after;
    const double reach = 0.02, from = fmax(first, t - reach), to = fmin(last, t + reach);
    box_at(path, from, &before);
    box_at(path, to, &after);
    if (to > from) {
        track->vx = (after.x - before.x) / (to - from);
        track->vy = (after.y - before.y) / (to - from);
    }
    track->first_us = time_from_seconds(first);
    track->seen_us = time_from_seconds(t);
    track->count = count_at(json_object_get(script, "count"), t);
    return true;
}

static int compare_ids(const void *a, const void *b)
{
    const int64_t left = ((const TrackObservation *)a)->id, right = ((const TrackObservation *)b)->id;
    return (left > right) - (left < right);
}

static void sample_statics(const json_t *statics, double t, Observation *observation)
{
    observation->statics = g_new0(StaticObservation, json_array_size(statics) + 1);
    for (size_t i = 0; i < json_array_size(statics); i++) {
        const json_t *script = json_array_get(statics, i);
        const double from = json_number_value(json_object_get(script, "from"));
        if (t < from || t >= json_number_value(json_object_get(script, "to")))
            continue;
        const json_t *box = json_object_get(script, "box");
        observation->statics[observation->static_count++] =
            (StaticObservation){.id = json_integer_value(json_object_get(script, "id")),
                                .box = {number(box, 0), number(box, 1), number(box, 2), number(box, 3)},
                                .removed = json_is_true(json_object_get(script, "removed")),
                                .since_us = time_from_seconds(from),
                                .seen_us = observation->t_us};
    }
}

static void sample_fires(const json_t *fires, double t, Observation *observation)
{
    if (fires == NULL)
        return;
    observation->fires = g_new0(FireObservation, json_array_size(fires) + 1);
    observation->fires_measured = true;
    for (size_t i = 0; i < json_array_size(fires); i++) {
        const json_t *script = json_array_get(fires, i), *path = json_object_get(script, "path");
        const double first = number(json_array_get(path, 0), 0);
        const double last = number(json_array_get(path, json_array_size(path) - 1), 0);
        if (t < first || t > last || within(json_object_get(script, "absent"), t))
            continue;
        const bool smoke = g_strcmp0(json_string_value(json_object_get(script, "kind")), "smoke") == 0;
        Point foot;
        FireObservation *fire = &observation->fires[observation->fire_count++];
        *fire = (FireObservation){.id = json_integer_value(json_object_get(script, "id")),
                                  .kind = smoke ? FIRE_SMOKE : FIRE_FLAME,
                                  .box = box_at(path, t, &foot),
                                  .area = interpolate(path, 5, t),
                                  .share = NAN,
                                  .flicker = NAN,
                                  .since_us = time_from_seconds(first)};
        for (size_t k = 0; k < G_N_ELEMENTS(fire_measures); k++) {
            const json_t *value = json_object_get(script, fire_measures[k].name);
            double *measure = (double *)(void *)((char *)fire + fire_measures[k].offset);
            if (value != NULL)
                *measure = json_is_array(value)    ? interpolate(value, 1, t)
                           : json_is_number(value) ? json_number_value(value)
                                                   : (double)NAN;
        }
    }
}

void vector_script_sample(const json_t *json, int64_t t_us, int64_t step_us, Observation *observation)
{
    const double t = time_to_seconds(t_us), step = time_to_seconds(step_us);
    observation_init(observation, t_us);
    observation->duration_us = step_us;
    observation->signal = !within(json_object_get(json, "no_signal"), t);
    if (!observation->signal)
        return;
    const json_t *quality = json_object_get(json, "quality"), *list = json_object_get(json, "flicker");
    if (quality != NULL)
        sample_measures(quality, quality_measures, G_N_ELEMENTS(quality_measures), true, t,
                        &observation->quality);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *flicker = json_array_get(list, i);
        if (flickers(flicker, t, step))
            sample_measures(json_object_get(flicker, "quality"), quality_measures,
                            G_N_ELEMENTS(quality_measures), false, t, &observation->quality);
    }
    sample_measures(json_object_get(json, "motion"), motion_measures, G_N_ELEMENTS(motion_measures), false, t,
                    &observation->motion);
    const json_t *tracks = json_object_get(json, "tracks");
    observation->tracks = g_new0(TrackObservation, json_array_size(tracks) + 1);
    for (size_t i = 0; i < json_array_size(tracks); i++) {
        TrackObservation *track = &observation->tracks[observation->track_count];
        if (!sample_track(json_array_get(tracks, i), t, track))
            continue;
        flicker_track(list, t, step, track);
        observation->track_count++;
    }
    qsort(observation->tracks, observation->track_count, sizeof *observation->tracks, compare_ids);
    sample_statics(json_object_get(json, "statics"), t, observation);
    sample_fires(json_object_get(json, "fires"), t, observation);
}

static bool is_path(const json_t *path, size_t columns)
{
    for (size_t i = 0; i < json_array_size(path); i++) {
        if (json_array_size(json_array_get(path, i)) != columns)
            return false;
    }
    return json_array_size(path) >= 2;
}

static bool are_measures(const json_t *object, const Measure *measures, size_t count)
{
    const char *name = NULL;
    json_t *value = NULL;
    json_object_foreach((json_t *)(uintptr_t)object, name, value)
    {
        bool known = json_is_number(value) || json_is_null(value) || json_array_size(value) > 0;
        size_t i = 0;
        while (i < count && strcmp(measures[i].name, name) != 0)
            i++;
        if (!known || i == count)
            return false;
    }
    return true;
}

const char *vector_script_check(const json_t *json)
{
    static const char *const known[] = {"schema",  "behaviour", "title",     "aspect",   "duration_s",
                                        "params",  "scene",     "tracks",    "statics",  "quality",
                                        "motion",  "no_signal", "flicker",   "expected", "counters",
                                        "refused", "fires",     "semantics", "rates",    NULL};
    const char *name = NULL;
    json_t *value = NULL;
    json_object_foreach((json_t *)(uintptr_t)json, name, value)
    {
        if (!g_strv_contains(known, name))
            return name;
    }
    const json_t *tracks = json_object_get(json, "tracks");
    for (size_t i = 0; i < json_array_size(tracks); i++) {
        const json_t *track = json_array_get(tracks, i);
        if (!json_is_integer(json_object_get(track, "id")) || !is_path(json_object_get(track, "path"), 5))
            return "tracks";
    }
    const json_t *fires = json_object_get(json, "fires");
    for (size_t i = 0; i < json_array_size(fires); i++) {
        const json_t *fire = json_array_get(fires, i);
        if (!json_is_integer(json_object_get(fire, "id")) || !is_path(json_object_get(fire, "path"), 6))
            return "fires";
    }
    if (!are_measures(json_object_get(json, "quality"), quality_measures, G_N_ELEMENTS(quality_measures)))
        return "quality";
    if (!are_measures(json_object_get(json, "motion"), motion_measures, G_N_ELEMENTS(motion_measures)))
        return "motion";
    return NULL;
}
