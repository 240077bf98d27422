/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/clip_index.h"

#include "behaviours/behaviour.h"
#include "config/clip_readings.h"
#include "records/error.h"

#include <string.h>

#include <jansson.h>

/* What an annotator's word means here. A row whose behaviour this program does not have is skipped. */
static const struct {
    const char *type, *behaviour, *label;
    bool from_middle; /* somebody who walks through the picture crosses its middle half-way */
} event_types[] = {
    {"tamper_covered", "camera-tampering", "covered", false},
    {"partial_occlusion", "camera-tampering", "covered", false},
    {"tamper_moved", "camera-tampering", "moved", false},
    {"collision", "road-accident", "collision", false},
    {"crowd", "crowd-limit", "over_limit", false},
    {"wrong_way_up", "fare-evasion", "backward", true},
    {"vehicle_stopped", "stopped-vehicle", NULL, false},
    {"intrusion_lawn", "intrusion", NULL, false},
    {"object_abandoned", "abandoned-object", NULL, false},
    {"fall", "person-down", NULL, false},
    {"running", "running", NULL, false},
};

/* Words of negative_for (or of the note) that say that a clip was looked through for a behaviour. */
static const struct {
    const char *word, *behaviour;
    bool in_note;
} negative_words[] = {
    {"tampering", "camera-tampering", false},
    {"Static camera", "camera-tampering", true}, /* the whole clip was watched: the view never changes */
    {"Static outdoor camera", "camera-tampering", true},
    {"Static ceiling camera", "camera-tampering", true},
    {"Static grey camera", "camera-tampering", true},
    {"Static shop-front camera", "camera-tampering", true},
    {"Static indoor camera", "camera-tampering", true},
    {"Fixed camera", "camera-tampering", true},
    {"Fixed traffic camera", "camera-tampering", true},
    {"accident", "road-accident", false},
    {"stopped vehicle", "stopped-vehicle", false},
    {"crowd", "crowd-limit", false},
    {"intrusion", "intrusion", false},
    {"loitering", "loitering", false},
    {"abandoned object", "abandoned-object", false},
    {"fall", "person-down", false},
    {"running", "running", false},
};

/* Text in double quotes as YAML wants it: JSON's quoting is a part of YAML's. */
static void append_quoted(GString *out, const char *text)
{
    json_t *string = json_string(text);
    g_autofree char *quoted = json_dumps(string, JSON_ENCODE_ANY);
    json_decref(string);
    g_string_append(out, quoted != NULL ? quoted : "\"\"");
}

static void append_key(GString *out, const char *key, const char *text)
{
    if (text == NULL)
        return;
    g_string_append_printf(out, "    %s: ", key);
    append_quoted(out, text);
    g_string_append_c(out, '\n');
}

static const char *get_text(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static double get_seconds(const json_t *object, const char *key)
{
    return json_number_value(json_object_get(object, key));
}

static void append_seconds(GString *out, double seconds)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    g_string_append(out, g_ascii_formatd(text, sizeof text, "%.3f", seconds));
}

static int find_type(const char *type)
{
    for (size_t i = 0; type != NULL && i < G_N_ELEMENTS(event_types); i++) {
        if (strcmp(event_types[i].type, type) == 0 && behaviour_find(event_types[i].behaviour) != NULL)
            return (int)i;
    }
    return -1;
}

/* “crowd before 23.4 s”: the seconds; 0 when the words hold for the whole clip. */
static double find_limit(const char *words)
{
    const char *before = strstr(words, " before ");
    return before != NULL ? g_ascii_strtod(before + strlen(" before "), NULL) : 0;
}

/* Which behaviours the clip was annotated for, in the order of the registry. An event of a behaviour means
 * that the whole clip was; else the words say so. */
static void append_coverage(GString *out, const json_t *clip, const json_t *readings)
{
    const char *negative = get_text(clip, "negative_for"), *note = get_text(clip, "note");
    g_autoptr(GString) lines = g_string_new(NULL);
    for (size_t i = 0; behaviour_registry[i] != NULL; i++) {
        const char *behaviour = behaviour_registry[i]->id;
        bool covered = false;
        double limit = 0;
        for (size_t j = 0; j < G_N_ELEMENTS(negative_words) && !covered; j++) {
            const char *words = negative_words[j].in_note ? note : negative;
            covered = strcmp(negative_words[j].behaviour, behaviour) == 0 && words != NULL &&
                      strstr(words, negative_words[j].word) != NULL;
            if (covered && !negative_words[j].in_note)
                limit = find_limit(words);
        }
        const json_t *events = json_object_get(clip, "events");
        for (size_t j = 0; j < json_array_size(events); j++) {
            const int type = find_type(get_text(json_array_get(events, j), "type"));
            if (type >= 0 && strcmp(event_types[type].behaviour, behaviour) == 0) {
                covered = true;
                limit = 0;
            }
        }
        if (clip_readings_covers(readings, behaviour)) {
            covered = true;
            limit = 0;
        }
        if (!covered)
            continue;
        g_string_append_printf(lines, "      %s: ", behaviour);
        if (limit > 0) {
            g_string_append(lines, "[[0, ");
            append_seconds(lines, limit);
            g_string_append(lines, "]]\n");
        } else {
            g_string_append(lines, "all\n");
        }
    }
    if (lines->len > 0)
        g_string_append_printf(out, "    coverage:\n%s", lines->str);
}

static void append_event(GString *out, const json_t *event, double duration_s)
{
    const int type = find_type(get_text(event, "type"));
    double start_s = get_seconds(event, "start_s");
    const double end_s = MIN(get_seconds(event, "end_s"), duration_s);
    if (event_types[type].from_middle)
        start_s = (start_s + end_s) / 2;
    g_string_append_printf(out, "      - {behaviour: %s, start_s: ", event_types[type].behaviour);
    append_seconds(out, start_s);
    g_string_append(out, ", end_s: ");
    append_seconds(out, end_s);
    if (event_types[type].label != NULL)
        g_string_append_printf(out, ", label: %s", event_types[type].label);
    if (get_text(event, "note") != NULL) {
        g_string_append(out, ", note: ");
        append_quoted(out, get_text(event, "note"));
    }
    g_string_append(out, "}\n");
}

static void append_unmapped(GString *out, const json_t *event)
{
    g_string_append(out, "      # not mapped: ");
    append_quoted(out, get_text(event, "type") != NULL ? get_text(event, "type") : "");
    g_string_append(out, " ");
    append_seconds(out, get_seconds(event, "start_s"));
    g_string_append(out, " to ");
    append_seconds(out, get_seconds(event, "end_s"));
    g_string_append(out, " s\n");
}

static void append_events(GString *out, const json_t *clip, const json_t *readings, double duration_s)
{
    const json_t *events = json_object_get(clip, "events");
    g_autoptr(GString) lines = g_string_new(NULL);
    for (size_t i = 0; i < json_array_size(events); i++) {
        const json_t *event = json_array_get(events, i);
        const int type = find_type(get_text(event, "type"));
        if (type < 0)
            append_unmapped(lines, event);
        else if (!clip_readings_has_events(readings, event_types[type].behaviour))
            append_event(lines, event, duration_s);
    }
    clip_readings_append_events(lines, readings, clip);
    g_string_append(out, strstr(lines->str, "- {") != NULL ? "    events:\n" : "");
    g_string_append(out, lines->str);
}

/* “[[0, 0.43], …] foot point inside”: the points only. */
static char *find_polygon(const char *text)
{
    const char *end = text != NULL && g_str_has_prefix(text, "[[") ? strstr(text, "]]") : NULL;
    g_autofree char *points = end != NULL ? g_strndup(text, (size_t)(end + 2 - text)) : NULL;
    return points != NULL && strspn(points, "[]0123456789., ") == strlen(points) ? g_steal_pointer(&points)
                                                                                 : NULL;
}

static void append_scene(GString *out, const json_t *clip, const json_t *readings,
                         const json_t *clip_readings)
{
    g_autofree char *polygon = find_polygon(get_text(clip, "zone_normalised"));
    const json_t *events = json_object_get(clip, "events");
    bool gate = false;
    for (size_t i = 0; i < json_array_size(events); i++) {
        const int type = find_type(get_text(json_array_get(events, i), "type"));
        gate = gate || (type >= 0 && event_types[type].from_middle);
    }
    g_autoptr(GString) zones = g_string_new(NULL);
    g_autoptr(GString) lines = g_string_new(NULL);
    const size_t zone_count = clip_readings_append_shapes(zones, readings, clip_readings, "zones");
    const size_t line_count = clip_readings_append_shapes(lines, readings, clip_readings, "lines");
    if (polygon != NULL)
        g_string_append_printf(zones, "        zone: %s\n", polygon);
    if (gate) /* walking from left to right, in is to the right: downwards */
        g_string_append(lines, "        gate: [[0, 0.5], [1, 0.5]]\n");
    if (zones->len + lines->len > 0)
        g_string_append(out, "    scene:\n");
    if (zone_count > 0 || polygon != NULL)
        g_string_append_printf(out, "      zones:\n%s", zones->str);
    if (line_count > 0 || gate)
        g_string_append_printf(out, "      lines:\n%s", lines->str);
}

static bool append_clip(GString *out, const json_t *clip, const json_t *readings, size_t index,
                        const char *folder_prefix, const char *index_path, GError **error)
{
    const char *id = get_text(clip, "id"), *file = get_text(clip, "file"), *hash = get_text(clip, "sha256");
    const double duration_s = get_seconds(clip, "duration_s");
    if (id == NULL || file == NULL || hash == NULL || duration_s <= 0) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                    "%s: [%zu]: found a clip without id, file, sha256 or duration_s, expected all four",
                    index_path, index);
        return false;
    }
    g_autofree char *path = g_build_filename(folder_prefix, file, NULL);
    g_string_append(out, "  - id: ");
    append_quoted(out, id);
    g_string_append_c(out, '\n');
    append_key(out, "file", path);
    append_key(out, "sha256", hash);
    append_key(out, "licence", get_text(clip, "licence"));
    g_string_append(out, "    duration_s: ");
    append_seconds(out, duration_s);
    g_string_append_c(out, '\n');
    const json_t *own = clip_readings_find(readings, id);
    append_key(out, "camera", clip_readings_camera(own));
    append_scene(out, clip, readings, own);
    append_coverage(out, clip, own);
    append_events(out, clip, own, duration_s);
    return true;
}

char *clip_index_to_manifest(const char *index_path, const char *readings_path, const char *dataset,
                             const char *folder_prefix, GError **error)
{
    json_t *readings = readings_path != NULL ? clip_readings_load(readings_path, error) : NULL;
    if (readings_path != NULL && readings == NULL)
        return NULL;
    json_error_t fault;
    json_t *index = json_load_file(index_path, JSON_REJECT_DUPLICATES, &fault);
    if (!json_is_array(index)) {
        if (index == NULL)
            g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                        "%s:%d:%d: found broken JSON (%s), expected a list of clips", index_path, fault.line,
                        fault.column, fault.text);
        else
            g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                        "%s: found something else, expected a list of clips", index_path);
        json_decref(index);
        json_decref(readings);
        return NULL;
    }
    g_autoptr(GString) out =
        g_string_new("# Made from an index.json by “vsaudit import”. For this machine only: "
                     "the licences of the clips differ.\n"
                     "schema: vsaudit/dataset/1\n");
    g_string_append(out, "id: ");
    append_quoted(out, dataset);
    g_string_append(out, "\ntitle: {en: Clips on this machine, fr: Clips de cette machine}\nclips:\n");
    bool good = true;
    for (size_t i = 0; i < json_array_size(index) && good; i++)
        good = append_clip(out, json_array_get(index, i), readings, i, folder_prefix, index_path, error);
    json_decref(index);
    json_decref(readings);
    return good ? g_strdup(out->str) : NULL;
}
