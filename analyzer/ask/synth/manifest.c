/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The manifest is YAML whose scalars are JSON strings and numbers, so that nothing needs guessing. */
#include "records/save.h"
#include "synth/render.h"
#include "synth/truth.h"

#include "records/error.h"
#include "records/span.h"
#include "truth/truth.h"

#include "yaml/yaml_table.h"

#include <jansson.h>

static const char *const covered[] = {
    "abandoned-object", "agitation",    "camera-tampering", "crowd-density", "crowd-limit",
    "crowd-movement",   "fare-evasion", "fire-start",       "intrusion",     "line-crossing",
    "loitering",        "person-down",  "removed-object",   "road-accident", "running",
    "stopped-vehicle",  "weapon",       "wrong-way",
};

static void add_text(GString *out, const char *text)
{
    json_t *string = json_string(text);
    char *dump = json_dumps(string, JSON_ENCODE_ANY);
    g_string_append(out, dump);
    free(dump);
    json_decref(string);
}

static void add_number(GString *out, double value)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    g_string_append(out, g_ascii_formatd(text, sizeof text, "%.6g", value));
}

static void add_points(GString *out, const Point *points, size_t count)
{
    g_string_append_c(out, '[');
    for (size_t i = 0; i < count; i++) {
        g_string_append(out, i > 0 ? ", [" : "[");
        add_number(out, points[i].x);
        g_string_append(out, ", ");
        add_number(out, points[i].y);
        g_string_append_c(out, ']');
    }
    g_string_append(out, "]\n");
}

static GList *sorted_names(GHashTable *table)
{
    return g_list_sort(g_hash_table_get_keys(table), (GCompareFunc)(void (*)(void))g_strcmp0);
}

static void add_scene(GString *out, const Script *script)
{
    const Scene *scene = script->scene;
    const bool zones = g_hash_table_size(scene->zones) > 0, lines = g_hash_table_size(scene->lines) > 0;
    if (!zones && !lines && !script->validation_log)
        return;
    g_string_append(out, "    scene:\n");
    if (zones)
        g_string_append(out, "      zones:\n");
    GList *names = sorted_names(scene->zones);
    for (const GList *name = names; name != NULL; name = name->next) {
        const Polygon *zone = g_hash_table_lookup(scene->zones, name->data);
        g_string_append(out, "        ");
        add_text(out, name->data);
        g_string_append(out, ": ");
        add_points(out, zone->points, zone->count);
    }
    g_list_free(names);
    if (lines)
        g_string_append(out, "      lines:\n");
    names = sorted_names(scene->lines);
    for (const GList *name = names; name != NULL; name = name->next) {
        const Segment *line = g_hash_table_lookup(scene->lines, name->data);
        const Point ends[] = {line->a, line->b};
        g_string_append(out, "        ");
        add_text(out, name->data);
        g_string_append(out, ": ");
        add_points(out, ends, 2);
    }
    g_list_free(names);
    if (script->validation_log)
        g_string_append_printf(out, "      validations: %s.validations.csv\n", script->id);
}

static void add_clip(GString *out, const Script *script, const char *sha256)
{
    const int64_t duration_us = script_frames(script) * US_PER_SECOND * script->rate_den / script->rate_num;
    g_autofree char *duration = time_format_seconds(duration_us);
    g_string_append_printf(
        out, "  - id: %s\n    file: %s.mp4\n    sha256: %s\n    duration_s: %s\n    camera: ", script->id,
        script->id, sha256, duration);
    add_text(out, script->camera);
    g_string_append(out, "\n    tags: [");
    for (guint i = 0; i < script->tags->len; i++) {
        g_string_append(out, i > 0 ? ", " : "");
        add_text(out, g_ptr_array_index(script->tags, i));
    }
    g_string_append(out, "]\n    attributes: {");
    for (guint i = 0; i < script->attributes->params->len; i++) {
        const Param *param = g_ptr_array_index(script->attributes->params, i);
        g_string_append(out, i > 0 ? ", " : "");
        add_text(out, param->name);
        g_string_append(out, ": ");
        add_text(out, param->value);
    }
    g_string_append(out, "}\n");
    add_scene(out, script);
    g_string_append(out, "    coverage: {");
    const char *before = "";
    for (guint i = 0; i < G_N_ELEMENTS(covered); i++) {
        if (!synth_covers(script, covered[i]))
            continue;
        g_string_append_printf(out, "%s%s: all", before, covered[i]);
        before = ", ";
    }
    g_string_append(out, "}\n");
}

static bool write_text(const char *folder, const char *name, const GString *text, GError **error)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    return save_file(path, text->str, (gssize)text->len, error);
}

static bool write_validations(const Script *script, const char *folder, GError **error)
{
    g_autoptr(GArray) times = synth_validations(script);
    g_autoptr(GString) text = g_string_new("time_s\n");
    for (guint i = 0; i < times->len; i++) {
        g_autofree char *time = time_format_seconds(g_array_index(times, int64_t, i));
        g_string_append_printf(text, "%s\n", time);
    }
    g_autofree char *name = g_strdup_printf("%s.validations.csv", script->id);
    return write_text(folder, name, text, error);
}

/* `phrase` is taken over. */
static void append_pair(GString *out, const char *key, Phrase *phrase)
{
    const TextPair pair = text_pair_say(phrase);
    g_string_append_printf(out, "%s: {en: ", key);
    add_text(out, pair.en);
    g_string_append(out, ", fr: ");
    add_text(out, pair.fr);
    g_string_append(out, "}\n");
    g_free(pair.en);
    g_free(pair.fr);
}

bool render_manifest(const Script *const *scripts, const char *const *hashes, guint count, const char *id,
                     const char *folder, GError **error)
{
    g_autoptr(Truth) truth = truth_new();
    g_autoptr(GString) out =
        g_string_new("# Made by “vsaudit synth” from scene scripts: drawn pictures with calculated truth.\n"
                     "schema: vsaudit/dataset/1\n");
    g_string_append_printf(out, "id: %s\n", id);
    append_pair(out, "title", phrase_new("synth.title"));
    g_string_append(out, "licence: \"GPL-3.0-or-later\"\n");
    append_pair(out, "source", phrase_new("synth.source"));
    g_string_append(out, "synthetic: true\ntruth: [truth.csv]\nclips:\n");
    for (guint i = 0; i < count; i++) {
        add_clip(out, scripts[i], hashes[i]);
        g_autoptr(GPtrArray) events = synth_events(scripts[i], error);
        if (events == NULL)
            return false;
        for (guint k = 0; k < events->len; k++)
            truth_add_event(truth, scripts[i]->id, event_copy(g_ptr_array_index(events, k)));
        g_autoptr(GArray) counts = synth_counts(scripts[i]);
        for (guint k = 0; counts != NULL && k < counts->len; k++)
            truth_add_count(truth, scripts[i]->id, "crowd-limit", g_array_index(counts, CountSpan, k));
        if (scripts[i]->validation_log && !write_validations(scripts[i], folder, error))
            return false;
    }
    g_autofree char *truth_path = g_build_filename(folder, "truth.csv", NULL);
    return truth_write_csv(truth, truth_path, error) && write_text(folder, "dataset.yaml", out, error);
}
