/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/engine_boxes.h"

#include <string.h>

/* What is known of an object. */
typedef struct {
    int64_t id, first_us, seen_us;
    Point foot;
} Known;

struct EngineBoxes {
    GHashTable *known; /* &Known.id -> Known * */
};

static const struct {
    const char *name;
    ObjectClass class;
} classes[] = {{"person", OBJECT_PERSON}, {"vehicle", OBJECT_VEHICLE}, {"object", OBJECT_OTHER}};

EngineBoxes *engine_boxes_new(void)
{
    EngineBoxes *boxes = g_new(EngineBoxes, 1);
    boxes->known = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, g_free);
    return boxes;
}

void engine_boxes_free(EngineBoxes *boxes)
{
    if (boxes == NULL)
        return;
    g_hash_table_unref(boxes->known);
    g_free(boxes);
}

static bool refuse(size_t i, const char *key, const char *expected, GError **error)
{
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                "observation.boxes[%zu].%s: found another value, expected %s", i, key, expected);
    return false;
}

static bool read_class(const json_t *item, size_t i, ObjectClass *class, GError **error)
{
    const char *name = json_string_value(json_object_get(item, "class"));
    for (size_t c = 0; name != NULL && c < G_N_ELEMENTS(classes); c++) {
        if (strcmp(classes[c].name, name) == 0) {
            *class = classes[c].class;
            return true;
        }
    }
    return refuse(i, "class", "person, vehicle or object", error);
}

static bool read_box(const json_t *item, size_t i, Box *box, GError **error)
{
    const json_t *list = json_object_get(item, "box");
    double sides[4] = {-1, -1, -1, -1};
    for (size_t k = 0; k < 4 && json_array_size(list) == 4; k++) {
        const json_t *side = json_array_get(list, k);
        sides[k] = json_is_number(side) ? json_number_value(side) : -1;
    }
    *box = (Box){sides[0], sides[1], sides[2], sides[3]};
    for (size_t k = 0; k < 4; k++) {
        if (!(sides[k] >= 0 && sides[k] <= 1))
            return refuse(i, "box", "[x, y, width, height] in shares of the picture, 0 to 1", error);
    }
    return (box->x + box->w <= 1 + 1e-6 && box->y + box->h <= 1 + 1e-6) ||
           refuse(i, "box", "a box within the picture", error);
}

static bool read_confidence(const json_t *item, size_t i, GError **error)
{
    const json_t *confidence = json_object_get(item, "confidence");
    const double value = json_number_value(confidence);
    return confidence == NULL || json_is_null(confidence) ||
           (json_is_number(confidence) && value >= 0 && value <= 1) ||
           refuse(i, "confidence", "a number from 0 to 1", error);
}

static bool check_keys(const json_t *item, size_t i, GError **error)
{
    static const char *const keys[] = {"class", "box", "id", "confidence", NULL};
    const char *key;
    json_t *value;
    if (!json_is_object(item))
        return refuse(i, "class", "an object with class, box and id", error);
    json_object_foreach((json_t *)item, key, value)
    {
        if (!g_strv_contains(keys, key))
            return refuse(i, key, "no such key", error);
    }
    return true;
}

static void follow(EngineBoxes *boxes, TrackObservation *track, int64_t t_us)
{
    Known *known = g_hash_table_lookup(boxes->known, &track->id);
    if (known == NULL) {
        known = g_new0(Known, 1);
        *known = (Known){track->id, t_us, t_us, track->foot};
        g_hash_table_insert(boxes->known, &known->id, known);
    }
    const double since_s = (double)(t_us - known->seen_us) / (double)US_PER_SECOND;
    if (since_s > 0) {
        track->vx = (track->foot.x - known->foot.x) / since_s;
        track->vy = (track->foot.y - known->foot.y) / since_s;
    }
    known->seen_us = t_us;
    known->foot = track->foot;
    track->first_us = known->first_us;
    track->seen_us = t_us;
}

static int compare_ids(const void *a, const void *b)
{
    const int64_t x = ((const TrackObservation *)a)->id, y = ((const TrackObservation *)b)->id;
    return (x > y) - (x < y);
}

bool engine_boxes_read(EngineBoxes *boxes, const json_t *list, Observation *observation, GError **error)
{
    size_t i;
    const json_t *item;
    observation->tracks = g_new0(TrackObservation, MAX(json_array_size(list), 1));
    json_array_foreach(list, i, item)
    {
        TrackObservation *track = &observation->tracks[i];
        const json_t *id = json_object_get(item, "id");
        if (!check_keys(item, i, error) || !read_class(item, i, &track->class, error) ||
            !read_box(item, i, &track->box, error) || !read_confidence(item, i, error))
            return false;
        if (!json_is_integer(id) || json_integer_value(id) < 0)
            return refuse(i, "id", "a whole number, the same for one thing from picture to picture", error);
        track->id = json_integer_value(id);
        track->state = TRACK_CONFIRMED;
        track->foot = geometry_box_foot(track->box);
        track->count = 1;
        follow(boxes, track, observation->t_us);
        observation->track_count = i + 1;
    }
    qsort(observation->tracks, observation->track_count, sizeof(TrackObservation), compare_ids);
    for (i = 1; i < observation->track_count; i++) {
        if (observation->tracks[i].id == observation->tracks[i - 1].id)
            return refuse(i, "id", "each number once in a picture", error);
    }
    return true;
}
