/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/pictures.h"

#include "library/library.h"
#include "records/count.h"

#include <math.h>
#include <string.h>

#define LIST_MOST ((size_t)1000000) /* of one picture */
#define PLACE_LOW (-8.0)            /* boxes and points may leave the picture by so much */
#define PLACE_HIGH 9.0
#define SPEED_MOST 1000.0

/* ---- the whole picture */

typedef struct {
    const char *name;
    size_t from, to; /* in VsauditPicture, in the record */
    double min, max;
} Measure;

#define QUALITY(field, min, max)                                                                \
    {                                                                                           \
#field, offsetof(VsauditPicture, field), offsetof(Observation, quality.field), min, max \
    }
#define MOTION(field, min, max)                                                                \
    {                                                                                          \
#field, offsetof(VsauditPicture, field), offsetof(Observation, motion.field), min, max \
    }

static const Measure measures[] = {
    QUALITY(luma, 0, 1),
    QUALITY(contrast, 0, 0.5),
    QUALITY(dark_share, 0, 1),
    QUALITY(bright_share, 0, 1),
    QUALITY(sharpness, 0, 1e12),
    QUALITY(sharpness_ratio, 0, 1e12),
    QUALITY(edge_similarity, 0, 1),
    QUALITY(covered_share, 0, 1),
    QUALITY(shift_x, -8, 8),
    QUALITY(shift_y, -8, 8),
    QUALITY(shift_response, 0, 1),
    QUALITY(changed_share, 0, 1),
    QUALITY(frozen_s, 0, 1e9),
    MOTION(foreground_share, 0, 1),
    MOTION(flow_x, -SPEED_MOST, SPEED_MOST),
    MOTION(flow_y, -SPEED_MOST, SPEED_MOST),
    MOTION(flow_speed, 0, SPEED_MOST),
    MOTION(flow_disorder, 0, 1),
};
G_STATIC_ASSERT(G_N_ELEMENTS(measures) * sizeof(double) == sizeof(VsauditPicture));

static VsauditStatus check_number(double value, double min, double max, bool or_nan, const char *where,
                                  const char *field, VsauditError *error)
{
    if ((value >= min && value <= max) || (or_nan && isnan(value)))
        return VSAUDIT_OK;
    g_autofree char *found = library_number(value), *low = library_number(min), *high = library_number(max);
    return library_fail(error, VSAUDIT_INVALID, "%s.%s: found %s, expected %s to %s%s", where, field, found,
                        low, high, or_nan ? ", or NaN for not measured" : "");
}

static VsauditStatus check_whole(int64_t value, int64_t min, int64_t max, const char *where,
                                 const char *field, VsauditError *error)
{
    if (value >= min && value <= max)
        return VSAUDIT_OK;
    g_autofree char *found =
        value == VSAUDIT_TIME_UNKNOWN ? g_strdup("no value") : g_strdup_printf("%" PRId64, value);
    return library_fail(error, VSAUDIT_INVALID, "%s.%s: found %s, expected %" PRId64 " to %" PRId64, where,
                        field, found, min, max);
}

static VsauditStatus carry_picture(const VsauditPicture *given, Observation *out, VsauditError *error)
{
    for (size_t i = 0; i < G_N_ELEMENTS(measures); i++) {
        double value;
        memcpy(&value, (const char *)given + measures[i].from, sizeof value);
        const VsauditStatus status = check_number(value, measures[i].min, measures[i].max, true,
                                                  "observation.picture", measures[i].name, error);
        if (status != VSAUDIT_OK)
            return status;
        memcpy((char *)out + measures[i].to, &value, sizeof value);
    }
    return VSAUDIT_OK;
}

VsauditStatus vsaudit_observation_init(VsauditObservation *observation, size_t size, VsauditError *error)
{
    VsauditObservation empty = {.t_us = VSAUDIT_TIME_UNKNOWN};
    for (size_t i = 0; i < G_N_ELEMENTS(measures); i++) {
        const double value = NAN;
        memcpy((char *)&empty.picture + measures[i].from, &value, sizeof value);
    }
    if (library_check_size(observation, size, sizeof empty, sizeof empty, "observation", error) != VSAUDIT_OK)
        return VSAUDIT_MISUSE;
    memcpy(observation, &empty, size);
    return VSAUDIT_OK;
}

/* ---- what is in it */

static VsauditStatus carry_track(const VsauditTrack *given, int64_t t_us, TrackObservation *out,
                                 const char *where, VsauditError *error)
{
    VsauditStatus status =
        check_whole(given->object_class, 0, VSAUDIT_OBJECT_OTHER, where, "object_class", error);
    if (status == VSAUDIT_OK)
        status = check_whole(given->state, 0, VSAUDIT_TRACK_COASTING, where, "state", error);
    if (status == VSAUDIT_OK)
        status = library_check_box(&given->box, PLACE_LOW, PLACE_HIGH, true, where, error);
    const bool footless = isnan(given->foot.x) && isnan(given->foot.y);
    if (status == VSAUDIT_OK && !footless)
        status = check_number(given->foot.x, PLACE_LOW, PLACE_HIGH, false, where, "foot.x", error);
    if (status == VSAUDIT_OK && !footless)
        status = check_number(given->foot.y, PLACE_LOW, PLACE_HIGH, false, where, "foot.y", error);
    if (status == VSAUDIT_OK)
        status = check_number(given->vx, -SPEED_MOST, SPEED_MOST, false, where, "vx", error);
    if (status == VSAUDIT_OK)
        status = check_number(given->vy, -SPEED_MOST, SPEED_MOST, false, where, "vy", error);
    if (status == VSAUDIT_OK)
        status = check_whole(given->seen_us, 0, t_us, where, "seen_us", error);
    if (status == VSAUDIT_OK)
        status = check_whole(given->first_us, 0, given->seen_us, where, "first_us", error);
    if (status == VSAUDIT_OK)
        status = check_whole(given->count, 0, COUNT_MAX, where, "count", error);
    const Box box = {given->box.x, given->box.y, given->box.w, given->box.h};
    *out = (TrackObservation){
        .id = given->id,
        .class = (ObjectClass)given->object_class, /* the same numbers, see below */
        .state = (TrackState)given->state,
        .box = box,
        .foot = footless ? geometry_box_foot(box) : (Point){given->foot.x, given->foot.y},
        .vx = given->vx,
        .vy = given->vy,
        .first_us = given->first_us,
        .seen_us = given->seen_us,
        .count = given->count,
    };
    return status;
}

G_STATIC_ASSERT((int)VSAUDIT_OBJECT_UNKNOWN == OBJECT_UNKNOWN && (int)VSAUDIT_OBJECT_PERSON == OBJECT_PERSON);
G_STATIC_ASSERT((int)VSAUDIT_OBJECT_VEHICLE == OBJECT_VEHICLE && (int)VSAUDIT_OBJECT_OTHER == OBJECT_OTHER);
G_STATIC_ASSERT((int)VSAUDIT_TRACK_TENTATIVE == TRACK_TENTATIVE);
G_STATIC_ASSERT((int)VSAUDIT_TRACK_CONFIRMED == TRACK_CONFIRMED);
G_STATIC_ASSERT((int)VSAUDIT_TRACK_COASTING == TRACK_COASTING);
G_STATIC_ASSERT((int)VSAUDIT_FIRE_FLAME == FIRE_FLAME && (int)VSAUDIT_FIRE_SMOKE == FIRE_SMOKE);

static VsauditStatus carry_static(const VsauditStatic *given, int64_t t_us, StaticObservation *out,
                                  const char *where, VsauditError *error)
{
    VsauditStatus status = library_check_box(&given->box, PLACE_LOW, PLACE_HIGH, true, where, error);
    if (status == VSAUDIT_OK)
        status = check_whole(given->removed, 0, 1, where, "removed", error);
    if (status == VSAUDIT_OK)
        status = check_whole(given->seen_us, 0, t_us, where, "seen_us", error);
    if (status == VSAUDIT_OK)
        status = check_whole(given->since_us, 0, given->seen_us, where, "since_us", error);
    *out = (StaticObservation){.id = given->id,
                               .box = {given->box.x, given->box.y, given->box.w, given->box.h},
                               .removed = given->removed != 0,
                               .since_us = given->since_us,
                               .seen_us = given->seen_us};
    return status;
}

static VsauditStatus carry_fire(const VsauditFire *given, int64_t t_us, FireObservation *out,
                                const char *where, VsauditError *error)
{
    VsauditStatus status = library_check_box(&given->box, PLACE_LOW, PLACE_HIGH, true, where, error);
    if (status == VSAUDIT_OK)
        status = check_whole(given->kind, 0, VSAUDIT_FIRE_SMOKE, where, "kind", error);
    if (status == VSAUDIT_OK)
        status = check_number(given->area, 0, 1, true, where, "area", error);
    if (status == VSAUDIT_OK)
        status = check_number(given->share, 0, 1, true, where, "share", error);
    if (status == VSAUDIT_OK)
        status = check_number(given->flicker, 0, 1, true, where, "flicker", error);
    if (status == VSAUDIT_OK)
        status = check_whole(given->since_us, 0, t_us, where, "since_us", error);
    *out = (FireObservation){.id = given->id,
                             .kind = (FireKind)given->kind,
                             .box = {given->box.x, given->box.y, given->box.w, given->box.h},
                             .area = given->area,
                             .share = given->share,
                             .flicker = given->flicker,
                             .since_us = given->since_us};
    return status;
}

static VsauditStatus check_list(const void *list, size_t count, const char *name, VsauditError *error)
{
    if (list == NULL && count > 0)
        return library_fail(error, VSAUDIT_MISUSE, "observation.%s: found NULL, expected %zu of them", name,
                            count);
    if (count > LIST_MOST)
        return library_fail(error, VSAUDIT_INVALID, "observation.%s: found %zu of them, expected %zu or less",
                            name, count, LIST_MOST);
    return VSAUDIT_OK;
}

/* All records of the three lists begin with their id. */
static int compare_ids(const void *a, const void *b)
{
    const int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return left < right ? -1 : left > right;
}
G_STATIC_ASSERT(offsetof(TrackObservation, id) == 0);
G_STATIC_ASSERT(offsetof(StaticObservation, id) == 0 && offsetof(FireObservation, id) == 0);

static VsauditStatus sort_list(void *list, size_t count, size_t size, const char *name, VsauditError *error)
{
    if (count > 1)
        qsort(list, count, size, compare_ids);
    for (size_t i = 1; i < count; i++) {
        const char *record = (const char *)list + i * size;
        if (compare_ids(record, record - size) == 0)
            return library_fail(error, VSAUDIT_INVALID,
                                "observation.%s: found the id %" PRId64 " twice, expected once", name,
                                *(const int64_t *)(const void *)record);
    }
    return VSAUDIT_OK;
}

/* Fills out->LISTs and sorts them; `kind` is a list's name without its s. */
#define CARRY_LIST(kind, Record)                                                                       \
    static VsauditStatus carry_##kind##s(const VsauditObservation *given, Observation *out,            \
                                         VsauditError *error)                                          \
    {                                                                                                  \
        VsauditStatus status = check_list(given->kind##s, given->kind##_count, #kind "s", error);      \
        if (status != VSAUDIT_OK)                                                                      \
            return status;                                                                             \
        out->kind##s = g_new0(Record, given->kind##_count);                                            \
        for (size_t i = 0; i < given->kind##_count && status == VSAUDIT_OK; i++) {                     \
            g_autofree char *where = g_strdup_printf("observation." #kind "s[%zu]", i);                \
            status = carry_##kind(&given->kind##s[i], given->t_us, &out->kind##s[out->kind##_count++], \
                                  where, error);                                                       \
        }                                                                                              \
        return status != VSAUDIT_OK                                                                    \
                   ? status                                                                            \
                   : sort_list(out->kind##s, out->kind##_count, sizeof(Record), #kind "s", error);     \
    }
CARRY_LIST(track, TrackObservation)
CARRY_LIST(static, StaticObservation)
CARRY_LIST(fire, FireObservation)

VsauditStatus pictures_carry(const VsauditObservation *given, int64_t last_us, Observation *out,
                             VsauditError *error)
{
    observation_init(out, 0);
    VsauditStatus status = check_whole(given->t_us, 0, VSAUDIT_TIME_MAX, "observation", "t_us", error);
    if (status == VSAUDIT_OK && last_us != TIME_UNKNOWN && given->t_us <= last_us)
        status = library_fail(error, VSAUDIT_INVALID,
                              "observation.t_us: found %" PRId64 ", expected more than %" PRId64
                              " of the observation before",
                              given->t_us, last_us);
    if (status == VSAUDIT_OK)
        status = check_whole(given->duration_us, 0, VSAUDIT_TIME_MAX, "observation", "duration_us", error);
    if (status == VSAUDIT_OK)
        status = check_whole(given->no_signal, 0, 1, "observation", "no_signal", error);
    if (status == VSAUDIT_OK)
        status = check_whole(given->fires_measured, 0, 1, "observation", "fires_measured", error);
    if (status == VSAUDIT_OK && given->fire_count > 0 && given->fires_measured == 0)
        status = library_fail(error, VSAUDIT_INVALID,
                              "observation.fires: found %zu of them, expected none where fires_measured is 0",
                              given->fire_count);
    if (status == VSAUDIT_OK)
        status = carry_picture(&given->picture, out, error);
    if (status == VSAUDIT_OK)
        status = carry_tracks(given, out, error);
    if (status == VSAUDIT_OK)
        status = carry_statics(given, out, error);
    if (status == VSAUDIT_OK)
        status = carry_fires(given, out, error);
    out->t_us = given->t_us;
    out->duration_us = given->duration_us;
    out->signal = given->no_signal == 0;
    out->fires_measured = given->fires_measured != 0;
    return status;
}
