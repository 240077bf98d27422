/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/clip_readings.h"

#include "behaviours/behaviour.h"
#include "records/error.h"

#include <string.h>

#define SCHEMA "vsaudit/readings/1"

/* ---- loading */

/* [[x, y], …] with coordinates from 0 to 1. */
static bool is_shape(const json_t *shape, size_t least, size_t most)
{
    if (!json_is_array(shape) || json_array_size(shape) < least || json_array_size(shape) > most)
        return false;
    for (size_t i = 0; i < json_array_size(shape); i++) {
        const json_t *point = json_array_get(shape, i);
        if (!json_is_array(point) || json_array_size(point) != 2)
            return false;
        for (size_t k = 0; k < 2; k++) {
            const json_t *value = json_array_get(point, k);
            if (!json_is_number(value) || json_number_value(value) < 0 || json_number_value(value) > 1)
                return false;
        }
    }
    return true;
}

static bool check_shapes(const char *path, const char *where, const json_t *owner, const char *kind,
                         GError **error)
{
    const bool zones = strcmp(kind, "zones") == 0;
    const char *name;
    json_t *shape;
    json_object_foreach(json_object_get(owner, kind), name, shape)
    {
        if (!is_shape(shape, zones ? 3 : 2, zones ? 1000 : 2))
            return error_refuse(error, VSAUDIT_ERROR_INPUT, path,
                                "%s.%s.%s: found something else, expected %s from 0 to 1", where, kind, name,
                                zones ? "three points or more" : "two points");
    }
    return true;
}

static bool check_keys(const char *path, const char *where, const json_t *object, const char *const *known,
                       GError **error)
{
    if (!json_is_object(object))
        return error_refuse(error, VSAUDIT_ERROR_INPUT, path, "%s: found something else, expected an object",
                            where);
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)object, key, value)
    {
        if (!g_strv_contains(known, key)) {
            g_autofree char *list = g_strjoinv(", ", (char **)known);
            return error_refuse(error, VSAUDIT_ERROR_INPUT, path, "%s: found the key “%s”, expected %s",
                                where, key, list);
        }
    }
    return true;
}

static bool check_behaviour(const char *path, const char *where, const json_t *name, GError **error)
{
    const char *id = json_string_value(name);
    if (id != NULL && behaviour_find(id) != NULL)
        return true;
    return error_refuse(error, VSAUDIT_ERROR_INPUT, path,
                        "%s: found “%s”, expected a behaviour (vsaudit list behaviours)", where,
                        id != NULL ? id : "no text");
}

static bool check_event(const char *path, const char *where, const json_t *event, GError **error)
{
    static const char *const keys[] = {"types", "behaviour", "label", "note", "least_s", "joined", NULL};
    const json_t *types = json_object_get(event, "types"), *label = json_object_get(event, "label");
    if (!check_keys(path, where, event, keys, error) ||
        !check_behaviour(path, where, json_object_get(event, "behaviour"), error))
        return false;
    const json_t *note = json_object_get(event, "note");
    bool words = json_array_size(types) > 0 && (label == NULL || json_is_string(label)) &&
                 (note == NULL || json_is_string(note));
    for (size_t i = 0; i < json_array_size(types); i++)
        words = words && json_is_string(json_array_get(types, i));
    const json_t *least = json_object_get(event, "least_s"), *joined = json_object_get(event, "joined");
    if (!words || (least != NULL && !json_is_number(least)) || (joined != NULL && !json_is_boolean(joined)))
        return error_refuse(
            error, VSAUDIT_ERROR_INPUT, path,
            "%s: found something else, expected types (a list of words), label (a word), note "
            "(words), least_s "
            "(a number), joined (true or false)",
            where);
    return true;
}

static bool check_clip(const char *path, const char *id, const json_t *clip, GError **error)
{
    static const char *const keys[] = {"camera", "zones", "lines", "coverage", "events", NULL};
    g_autofree char *where = g_strdup_printf("clips.%s", id);
    if (!check_keys(path, where, clip, keys, error) || !check_shapes(path, where, clip, "zones", error) ||
        !check_shapes(path, where, clip, "lines", error))
        return false;
    const json_t *coverage = json_object_get(clip, "coverage"), *events = json_object_get(clip, "events");
    for (size_t i = 0; i < json_array_size(coverage); i++) {
        if (!check_behaviour(path, where, json_array_get(coverage, i), error))
            return false;
    }
    for (size_t i = 0; i < json_array_size(events); i++) {
        g_autofree char *place = g_strdup_printf("%s.events[%zu]", where, i);
        if (!check_event(path, place, json_array_get(events, i), error))
            return false;
    }
    return true;
}

static bool check(const char *path, const json_t *readings, GError **error)
{
    static const char *const keys[] = {"schema", "note", "zones", "clips", NULL};
    const char *schema = json_string_value(json_object_get(readings, "schema"));
    if (schema == NULL || strcmp(schema, SCHEMA) != 0)
        return error_refuse(error, VSAUDIT_ERROR_INPUT, path, "schema: found “%s”, expected " SCHEMA,
                            schema != NULL ? schema : "");
    if (!check_keys(path, "the file", readings, keys, error) ||
        !check_shapes(path, "the file", readings, "zones", error))
        return false;
    const char *id;
    json_t *clip;
    json_object_foreach(json_object_get(readings, "clips"), id, clip)
    {
        if (!check_clip(path, id, clip, error))
            return false;
    }
    return true;
}

json_t *clip_readings_load(const char *path, GError **error)
{
    json_error_t fault;
    json_t *readings = json_load_file(path, JSON_REJECT_DUPLICATES, &fault);
    if (readings == NULL) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                    "%s:%d:%d: found broken JSON (%s), expected readings of clips", path, fault.line,
                    fault.column, fault.text);
        return NULL;
    }
    if (!check(path, readings, error))
        g_clear_pointer(&readings, json_decref);
    return readings;
}

/* ---- what a clip's readings say */

const json_t *clip_readings_find(const json_t *readings, const char *clip)
{
    return json_object_get(json_object_get(readings, "clips"), clip);
}

const char *clip_readings_camera(const json_t *clip_readings)
{
    return json_string_value(json_object_get(clip_readings, "camera"));
}

static const char *behaviour_of(const json_t *event)
{
    return json_string_value(json_object_get(event, "behaviour"));
}

bool clip_readings_has_events(const json_t *clip_readings, const char *behaviour)
{
    const json_t *events = json_object_get(clip_readings, "events");
    for (size_t i = 0; i < json_array_size(events); i++) {
        if (strcmp(behaviour_of(json_array_get(events, i)), behaviour) == 0)
            return true;
    }
    return false;
}

bool clip_readings_covers(const json_t *clip_readings, const char *behaviour)
{
    const json_t *coverage = json_object_get(clip_readings, "coverage");
    for (size_t i = 0; i < json_array_size(coverage); i++) {
        if (strcmp(json_string_value(json_array_get(coverage, i)), behaviour) == 0)
            return true;
    }
    return clip_readings_has_events(clip_readings, behaviour);
}

static void append_seconds(GString *out, double seconds)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    g_string_append(out, g_ascii_formatd(text, sizeof text, "%.3f", seconds));
}

static void append_event(GString *out, const json_t *reading, double start_s, double end_s, const char *note)
{
    const char *label = json_string_value(json_object_get(reading, "label"));
    g_string_append_printf(out, "      - {behaviour: %s, start_s: ", behaviour_of(reading));
    append_seconds(out, start_s);
    g_string_append(out, ", end_s: ");
    append_seconds(out, end_s);
    if (label != NULL)
        g_string_append_printf(out, ", label: %s", label);
    if (note != NULL) {
        json_t *string = json_string(note);
        g_autofree char *quoted = json_dumps(string, JSON_ENCODE_ANY);
        json_decref(string);
        g_string_append_printf(out, ", note: %s", quoted);
    }
    g_string_append(out, "}\n");
}

/* Whether the reading is about this event of the index. */
static bool takes(const json_t *reading, const json_t *event)
{
    const json_t *types = json_object_get(reading, "types");
    const char *type = json_string_value(json_object_get(event, "type"));
    const char *words = json_string_value(json_object_get(reading, "note"));
    const char *note = json_string_value(json_object_get(event, "note"));
    if (words != NULL && (note == NULL || strstr(note, words) == NULL))
        return false;
    for (size_t i = 0; type != NULL && i < json_array_size(types); i++) {
        if (strcmp(json_string_value(json_array_get(types, i)), type) == 0)
            return true;
    }
    return false;
}

static void append_reading(GString *out, const json_t *reading, const json_t *clip)
{
    const json_t *events = json_object_get(clip, "events");
    const double duration_s = json_number_value(json_object_get(clip, "duration_s"));
    const double least_s = json_number_value(json_object_get(reading, "least_s"));
    const bool joined = json_is_true(json_object_get(reading, "joined"));
    double first_s = 0, last_s = -1;
    const char *first_note = NULL;
    for (size_t i = 0; i < json_array_size(events); i++) {
        const json_t *event = json_array_get(events, i);
        if (!takes(reading, event))
            continue;
        const double start_s = json_number_value(json_object_get(event, "start_s"));
        const double end_s = MIN(json_number_value(json_object_get(event, "end_s")), duration_s);
        const char *note = json_string_value(json_object_get(event, "note"));
        if (!joined && end_s - start_s >= least_s)
            append_event(out, reading, start_s, end_s, note);
        first_note = last_s < 0 ? note : first_note;
        first_s = last_s < 0 ? start_s : MIN(first_s, start_s);
        last_s = MAX(last_s, end_s);
    }
    if (joined && last_s - first_s >= least_s && last_s > first_s)
        append_event(out, reading, first_s, last_s, first_note);
}

void clip_readings_append_events(GString *out, const json_t *clip_readings, const json_t *clip)
{
    const json_t *readings = json_object_get(clip_readings, "events");
    for (size_t i = 0; i < json_array_size(readings); i++)
        append_reading(out, json_array_get(readings, i), clip);
}

static size_t append_shapes(GString *out, const json_t *shapes, const json_t *hidden)
{
    size_t count = 0;
    const char *name;
    json_t *shape;
    json_object_foreach((json_t *)shapes, name, shape)
    {
        if (json_object_get(hidden, name) != NULL)
            continue; /* the clip has its own of that name */
        g_autofree char *points = json_dumps(shape, JSON_REAL_PRECISION(6));
        g_string_append_printf(out, "        %s: %s\n", name, points);
        count++;
    }
    return count;
}

size_t clip_readings_append_shapes(GString *out, const json_t *readings, const json_t *clip_readings,
                                   const char *kind)
{
    const json_t *own = json_object_get(clip_readings, kind);
    const size_t common = append_shapes(out, json_object_get(readings, kind), own);
    return common + append_shapes(out, own, NULL);
}
