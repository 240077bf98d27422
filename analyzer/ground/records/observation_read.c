/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading of observations; writing is observation_json.c. */
#include "records/observation_json.h"

#include "records/free.h"
#include "records/observation_io.h"
#include "records/observation_measures.h"

#include <math.h>
#include <string.h>

typedef struct {
    int64_t first_us, seen_us;
} Life;

struct ObservationMemory {
    int64_t last_us;     /* time of the line before; TIME_UNKNOWN at the start */
    GHashTable *tracks;  /* int64_t * -> Life * */
    GHashTable *statics; /* likewise */
    GHashTable *fires;   /* likewise */
};

ObservationMemory *observation_memory_new(void)
{
    ObservationMemory *memory = g_new0(ObservationMemory, 1);
    memory->last_us = TIME_UNKNOWN;
    memory->tracks = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
    memory->statics = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
    memory->fires = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
    return memory;
}

DEFINE_FREE(observation_memory_free, ObservationMemory, memory, g_hash_table_unref(memory->tracks),
            g_hash_table_unref(memory->statics), g_hash_table_unref(memory->fires))

/* Each function returns what is wrong, or NULL. */

static char *describe(const json_t *json)
{
    if (json == NULL)
        return g_strdup("nothing");
    char *text = json_dumps(json, JSON_ENCODE_ANY | JSON_COMPACT);
    g_autofree char *cut = g_strdup_printf("%.40s", text != NULL ? text : "?");
    free(text);
    return g_utf8_make_valid(cut, -1); /* the cut may have split a character */
}

static char *complain(const char *path, const json_t *found, const char *expected)
{
    g_autofree char *what = describe(found);
    return g_strdup_printf("%s: found %s, expected %s", path, what, expected);
}

static char *check_keys(const json_t *object, const char *path, const char *const *known)
{
    if (!json_is_object(object))
        return complain(path, object, "an object");
    const char *key;
    json_t *child;
    json_object_foreach((json_t *)object, key, child)
    {
        if (!g_strv_contains(known, key))
            return g_strdup_printf("%s.%s: found an unknown key, expected none of that name", path, key);
    }
    return NULL;
}

static char *read_time(const json_t *object, const char *path, const char *key, int64_t *value, bool *given)
{
    const json_t *json = json_object_get(object, key);
    *given = json != NULL;
    if (json == NULL)
        return NULL;
    if (!json_is_integer(json)) {
        g_autofree char *place = g_strdup_printf("%s.%s", path, key);
        return complain(place, json, "a whole number");
    }
    *value = json_integer_value(json);
    return NULL;
}

static char *read_flag(const json_t *object, const char *path, const char *key, bool *value)
{
    const json_t *json = json_object_get(object, key);
    if (json != NULL && !json_is_boolean(json)) {
        g_autofree char *place = g_strdup_printf("%s.%s", path, key);
        return complain(place, json, "true or false");
    }
    if (json != NULL)
        *value = json_is_true(json);
    return NULL;
}

static char *read_choice(const json_t *object, const char *path, const char *key, const char *const *names,
                         int count, int *value)
{
    const json_t *json = json_object_get(object, key);
    if (json == NULL)
        return NULL;
    for (int i = 0; i < count && json_is_string(json); i++) {
        if (strcmp(json_string_value(json), names[i]) == 0) {
            *value = i;
            return NULL;
        }
    }
    g_autofree char *place = g_strdup_printf("%s.%s", path, key);
    g_autoptr(GString) expected = g_string_new("one of");
    for (int i = 0; i < count; i++)
        g_string_append_printf(expected, " %s", names[i]);
    return complain(place, json, expected->str);
}

/* `count` finite numbers in an array. */
static char *read_numbers(const json_t *object, const char *path, const char *key, double *values,
                          size_t count, bool *given)
{
    const json_t *json = json_object_get(object, key);
    *given = json != NULL;
    if (json == NULL)
        return NULL;
    bool good = json_is_array(json) && json_array_size(json) == count;
    for (size_t i = 0; i < count && good; i++) {
        good = json_is_number(json_array_get(json, i));
        values[i] = json_number_value(json_array_get(json, i));
    }
    if (good)
        return NULL;
    g_autofree char *place = g_strdup_printf("%s.%s", path, key);
    g_autofree char *expected = g_strdup_printf("an array of %zu numbers", count);
    return complain(place, json, expected);
}

static char *read_measures(const json_t *object, const char *path, const ObservationMeasure *measures,
                           size_t count, void *values)
{
    if (object == NULL)
        return NULL;
    if (!json_is_object(object))
        return complain(path, object, "an object");
    const char *key;
    json_t *child;
    json_object_foreach((json_t *)object, key, child)
    {
        size_t i = 0;
        while (i < count && strcmp(measures[i].name, key) != 0)
            i++;
        g_autofree char *place = g_strdup_printf("%s.%s", path, key);
        if (i == count)
            return g_strdup_printf("%s: found an unknown key, expected none of that name", place);
        if (!json_is_number(child) && !json_is_null(child))
            return complain(place, child, "a number or null");
        double *value = (double *)(void *)((char *)values + measures[i].offset);
        *value = json_is_null(child) ? (double)NAN : json_number_value(child);
    }
    return NULL;
}

/* The life of an id so far; made when it is met for the first time. */
static Life *find_life(GHashTable *lives, int64_t id, int64_t t_us)
{
    Life *life = g_hash_table_lookup(lives, &id);
    if (life == NULL) {
        life = g_new(Life, 1);
        *life = (Life){t_us, t_us};
        gint64 *key = g_new(gint64, 1);
        *key = id;
        g_hash_table_insert(lives, key, life);
    }
    return life;
}

static char *read_id(const json_t *json, const char *path, int64_t *id)
{
    bool given = false;
    char *wrong = read_time(json, path, "id", id, &given);
    if (wrong == NULL && !given) {
        g_autofree char *place = g_strdup_printf("%s.id", path);
        return complain(place, NULL, "a whole number");
    }
    return wrong;
}

static char *read_box(const json_t *json, const char *path, Box *box)
{
    double sides[4] = {0};
    bool given = false;
    char *wrong = read_numbers(json, path, "box", sides, 4, &given);
    g_autofree char *place = g_strdup_printf("%s.box", path);
    if (wrong == NULL && !given)
        return complain(place, NULL, "an array of 4 numbers");
    if (wrong == NULL && (sides[2] < 0 || sides[3] < 0))
        return complain(place, json_object_get(json, "box"), "a width and height of 0 or more");
    *box = (Box){sides[0], sides[1], sides[2], sides[3]};
    return wrong;
}

static char *read_track(const json_t *json, const char *path, int64_t t_us, ObservationMemory *memory,
                        TrackObservation *track)
{
    static const char *const known[] = {"id",       "class",    "state",   "box",   "foot",
                                        "velocity", "first_us", "seen_us", "count", NULL};
    static const char *const classes[] = {"unknown", "person", "vehicle", "other"};
    char *wrong = check_keys(json, path, known);
    *track = (TrackObservation){.count = 1};
    int class = OBJECT_UNKNOWN, state = TRACK_CONFIRMED;
    double foot[2] = {0}, velocity[2] = {0};
    bool has_foot = false, has_velocity = false, has_first = false, has_seen = false, has_count = false;
    if (wrong != NULL || (wrong = read_id(json, path, &track->id)) != NULL ||
        (wrong = read_box(json, path, &track->box)) != NULL ||
        (wrong = read_choice(json, path, "class", classes, G_N_ELEMENTS(classes), &class)) != NULL ||
        (wrong = read_choice(json, path, "state", observation_state_names,
                             G_N_ELEMENTS(observation_state_names), &state)) != NULL ||
        (wrong = read_numbers(json, path, "foot", foot, 2, &has_foot)) != NULL ||
        (wrong = read_numbers(json, path, "velocity", velocity, 2, &has_velocity)) != NULL ||
        (wrong = read_time(json, path, "first_us", &track->first_us, &has_first)) != NULL ||
        (wrong = read_time(json, path, "seen_us", &track->seen_us, &has_seen)) != NULL ||
        (wrong = read_time(json, path, "count", &track->count, &has_count)) != NULL)
        return wrong;
    if (track->count < 0) {
        g_autofree char *place = g_strdup_printf("%s.count", path);
        return complain(place, json_object_get(json, "count"), "0 or more");
    }
    track->class = (ObjectClass) class;
    track->state = (TrackState)state;
    track->foot = has_foot ? (Point){foot[0], foot[1]} : geometry_box_foot(track->box);
    track->vx = velocity[0];
    track->vy = velocity[1];
    Life *life = find_life(memory->tracks, track->id, has_first ? track->first_us : t_us);
    if (has_seen)
        life->seen_us = track->seen_us;
    else if (state != TRACK_COASTING)
        life->seen_us = t_us;
    track->first_us = has_first ? track->first_us : life->first_us;
    track->seen_us = life->seen_us;
    return NULL;
}

static char *read_static(const json_t *json, const char *path, int64_t t_us, ObservationMemory *memory,
                         StaticObservation *thing)
{
    static const char *const known[] = {"id", "box", "removed", "since_us", "seen_us", NULL};
    char *wrong = check_keys(json, path, known);
    *thing = (StaticObservation){.seen_us = t_us};
    bool has_since = false, has_seen = false;
    if (wrong != NULL || (wrong = read_id(json, path, &thing->id)) != NULL ||
        (wrong = read_box(json, path, &thing->box)) != NULL ||
        (wrong = read_flag(json, path, "removed", &thing->removed)) != NULL ||
        (wrong = read_time(json, path, "since_us", &thing->since_us, &has_since)) != NULL ||
        (wrong = read_time(json, path, "seen_us", &thing->seen_us, &has_seen)) != NULL)
        return wrong;
    const Life *life = find_life(memory->statics, thing->id, has_since ? thing->since_us : t_us);
    thing->since_us = has_since ? thing->since_us : life->first_us;
    return NULL;
}

static char *read_fire(const json_t *json, const char *path, int64_t t_us, ObservationMemory *memory,
                       FireObservation *fire)
{
    static const char *const known[] = {"id", "kind", "box", "area", "share", "flicker", "since_us", NULL};
    *fire = (FireObservation){.area = NAN, .share = NAN, .flicker = NAN};
    int kind = -1;
    bool has_since = false;
    char *wrong = check_keys(json, path, known);
    if (wrong != NULL || (wrong = read_id(json, path, &fire->id)) != NULL ||
        (wrong = read_box(json, path, &fire->box)) != NULL ||
        (wrong = read_choice(json, path, "kind", observation_fire_names, G_N_ELEMENTS(observation_fire_names),
                             &kind)) != NULL ||
        (wrong = read_time(json, path, "since_us", &fire->since_us, &has_since)) != NULL)
        return wrong;
    if (kind < 0) {
        g_autofree char *place = g_strdup_printf("%s.kind", path);
        return complain(place, NULL, "one of flame smoke");
    }
    fire->kind = (FireKind)kind;
    for (size_t i = 0; i < observation_fire_count; i++) {
        const json_t *value = json_object_get(json, observation_fire[i].name);
        g_autofree char *place = g_strdup_printf("%s.%s", path, observation_fire[i].name);
        if (value != NULL && !json_is_number(value) && !json_is_null(value))
            return complain(place, value, "a number or null");
        if (json_is_number(value))
            *(double *)(void *)((char *)fire + observation_fire[i].offset) = json_number_value(value);
    }
    const Life *life = find_life(memory->fires, fire->id, has_since ? fire->since_us : t_us);
    fire->since_us = has_since ? fire->since_us : life->first_us;
    return NULL;
}

char *observation_header_from_json(const json_t *json, ObservationHeader *header)
{
    static const char *const known[] = {"schema", "clip", "condition", "aspect", "perception", NULL};
    char *wrong = check_keys(json, "header", known);
    if (wrong != NULL)
        return wrong;
    const char *schema = json_string_value(json_object_get(json, "schema"));
    if (schema == NULL ||
        (strcmp(schema, OBSERVATION_SCHEMA) != 0 && strcmp(schema, OBSERVATION_SCHEMA_BEFORE) != 0))
        return complain("header.schema", json_object_get(json, "schema"), "\"" OBSERVATION_SCHEMA "\"");
    for (size_t i = 1; known[i] != NULL; i++) {
        const json_t *value = json_object_get(json, known[i]);
        const bool text = strcmp(known[i], "aspect") != 0;
        if (value == NULL ||
            (text ? json_is_string(value) : json_is_number(value) && json_number_value(value) > 0))
            continue;
        g_autofree char *place = g_strdup_printf("header.%s", known[i]);
        return complain(place, value, text ? "text" : "a number above 0");
    }
    const char *clip = json_string_value(json_object_get(json, "clip"));
    const char *condition = json_string_value(json_object_get(json, "condition"));
    const char *perception = json_string_value(json_object_get(json, "perception"));
    const json_t *aspect = json_object_get(json, "aspect");
    *header = (ObservationHeader){
        .clip = g_strdup(clip != NULL ? clip : ""),
        .condition = g_strdup(condition != NULL ? condition : "as-recorded"),
        .aspect = aspect != NULL ? json_number_value(aspect) : 16.0 / 9.0,
        .perception = g_strdup(perception != NULL ? perception : ""),
    };
    return NULL;
}

static int compare_tracks(const void *a, const void *b)
{
    const TrackObservation *x = a, *y = b;
    return (x->id > y->id) - (x->id < y->id);
}

static int compare_statics(const void *a, const void *b)
{
    const StaticObservation *x = a, *y = b;
    return (x->id > y->id) - (x->id < y->id);
}

static int compare_fires(const void *a, const void *b)
{
    const FireObservation *x = a, *y = b;
    return (x->id > y->id) - (x->id < y->id);
}

static char *read_fires(const json_t *fires, ObservationMemory *memory, Observation *observation)
{
    if (fires == NULL || json_is_null(fires))
        return NULL;
    if (!json_is_array(fires))
        return complain("fires", fires, "an array or null");
    observation->fires_measured = true;
    observation->fires = g_new0(FireObservation, json_array_size(fires));
    for (size_t i = 0; i < json_array_size(fires); i++) {
        g_autofree char *path = g_strdup_printf("fires[%zu]", i);
        char *wrong =
            read_fire(json_array_get(fires, i), path, observation->t_us, memory, &observation->fires[i]);
        if (wrong != NULL)
            return wrong;
        observation->fire_count++;
    }
    if (observation->fire_count > 0)
        qsort(observation->fires, observation->fire_count, sizeof *observation->fires, compare_fires);
    for (size_t i = 1; i < observation->fire_count; i++) {
        if (observation->fires[i].id == observation->fires[i - 1].id)
            return g_strdup_printf("fires: found id %" PRId64 " twice, expected once",
                                   observation->fires[i].id);
    }
    return NULL;
}

static char *read_lists(const json_t *json, ObservationMemory *memory, Observation *observation)
{
    const json_t *tracks = json_object_get(json, "tracks"), *statics = json_object_get(json, "statics");
    if (tracks != NULL && !json_is_array(tracks))
        return complain("tracks", tracks, "an array");
    if (statics != NULL && !json_is_array(statics))
        return complain("statics", statics, "an array");
    observation->tracks = g_new0(TrackObservation, json_array_size(tracks));
    observation->statics = g_new0(StaticObservation, json_array_size(statics));
    char *wrong = NULL;
    for (size_t i = 0; i < json_array_size(tracks) && wrong == NULL; i++) {
        g_autofree char *path = g_strdup_printf("tracks[%zu]", i);
        wrong =
            read_track(json_array_get(tracks, i), path, observation->t_us, memory, &observation->tracks[i]);
        observation->track_count++;
    }
    for (size_t i = 0; i < json_array_size(statics) && wrong == NULL; i++) {
        g_autofree char *path = g_strdup_printf("statics[%zu]", i);
        wrong = read_static(json_array_get(statics, i), path, observation->t_us, memory,
                            &observation->statics[i]);
        observation->static_count++;
    }
    if (wrong != NULL)
        return wrong;
    if (observation->track_count > 0)
        qsort(observation->tracks, observation->track_count, sizeof *observation->tracks, compare_tracks);
    if (observation->static_count > 0)
        qsort(observation->statics, observation->static_count, sizeof *observation->statics, compare_statics);
    for (size_t i = 1; i < observation->track_count; i++) {
        if (observation->tracks[i].id == observation->tracks[i - 1].id)
            return g_strdup_printf("tracks: found id %" PRId64 " twice, expected once",
                                   observation->tracks[i].id);
    }
    for (size_t i = 1; i < observation->static_count; i++) {
        if (observation->statics[i].id == observation->statics[i - 1].id)
            return g_strdup_printf("statics: found id %" PRId64 " twice, expected once",
                                   observation->statics[i].id);
    }
    return NULL;
}

char *observation_from_json(const json_t *json, ObservationMemory *memory, Observation *observation,
                            bool *has_duration)
{
    static const char *const known[] = {"t_us",   "duration_us", "signal", "quality", "motion",
                                        "tracks", "statics",     "fires",  NULL};
    observation_init(observation, 0);
    bool has_time = false;
    char *wrong = check_keys(json, "observation", known);
    if (wrong != NULL ||
        (wrong = read_time(json, "observation", "t_us", &observation->t_us, &has_time)) != NULL)
        return wrong;
    if (!has_time)
        return complain("observation.t_us", NULL, "a whole number of microseconds");
    if (memory->last_us != TIME_UNKNOWN && observation->t_us <= memory->last_us)
        return g_strdup_printf("observation.t_us: found %" PRId64 ", expected more than %" PRId64
                               " of the line before",
                               observation->t_us, memory->last_us);
    memory->last_us = observation->t_us;
    if ((wrong = read_time(json, "observation", "duration_us", &observation->duration_us, has_duration)) ==
            NULL &&
        (wrong = read_flag(json, "observation", "signal", &observation->signal)) == NULL &&
        (wrong = read_measures(json_object_get(json, "quality"), "quality", observation_quality,
                               observation_quality_count, &observation->quality)) == NULL &&
        (wrong = read_measures(json_object_get(json, "motion"), "motion", observation_motion,
                               observation_motion_count, &observation->motion)) == NULL)
        wrong = read_lists(json, memory, observation);
    if (wrong == NULL)
        wrong = read_fires(json_object_get(json, "fires"), memory, observation);
    if (wrong != NULL)
        observation_clear(observation);
    return wrong;
}
