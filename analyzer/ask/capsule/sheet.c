/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "capsule/sheet.h"

#include "behaviours/norm.h"
#include "records/save.h"

#include <string.h>

static bool save(const char *folder, const char *name, const char *text, GError **error)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    return save_file(path, text, -1, error);
}

/* ---- instructions */

static void append_behaviours(GString *out, const Seal *seal, const Texts *texts)
{
    for (guint i = 0; i < seal->behaviours->len; i++) {
        const char *id = g_ptr_array_index(seal->behaviours, i);
        const Behaviour *rule = behaviour_find(id);
        g_autofree char *line =
            texts_format(texts, "capsule.sheet.behaviour", "id", id, "title", norm_text(rule, "title", texts),
                         "definition", norm_text(rule, "definition", texts), "onset",
                         norm_text(rule, "onset", texts), "end", norm_text(rule, "end", texts), NULL);
        g_string_append_printf(out, "%s\n", line);
    }
}

static bool write_instructions(const Seal *seal, const Texts *texts, const char *folder, GError **error)
{
    g_autoptr(GString) behaviours = g_string_new(NULL);
    append_behaviours(behaviours, seal, texts);
    const SealedClip *first = g_ptr_array_index(seal->clips, 0);
    g_autofree char *clips = texts_integer(texts, seal->clips->len);
    g_autofree char *text =
        texts_format(texts, "capsule.sheet", "clips", clips, "behaviours", behaviours->str, "behaviour",
                     (const char *)g_ptr_array_index(seal->behaviours, 0), "clip", first->name, NULL);
    g_autofree char *name = g_strdup_printf("README.%s.md", texts_language(texts));
    return save(folder, name, text, error);
}

/* ---- the clips for programs */

static json_t *point_json(Point point)
{
    return json_pack("[f,f]", point.x, point.y);
}

static GList *sorted_names(GHashTable *table)
{
    return g_list_sort(g_hash_table_get_keys(table), (GCompareFunc)(void (*)(void))g_strcmp0);
}

static json_t *zones_json(const Scene *scene)
{
    json_t *zones = json_object();
    GList *names = sorted_names(scene->zones);
    for (const GList *name = names; name != NULL; name = name->next) {
        const Polygon *zone = g_hash_table_lookup(scene->zones, name->data);
        json_t *points = json_array();
        for (size_t i = 0; i < zone->count; i++)
            json_array_append_new(points, point_json(zone->points[i]));
        json_object_set_new(zones, name->data, points);
    }
    g_list_free(names);
    return zones;
}

static json_t *lines_json(const Scene *scene)
{
    json_t *lines = json_object();
    GList *names = sorted_names(scene->lines);
    for (const GList *name = names; name != NULL; name = name->next) {
        const Segment *line = g_hash_table_lookup(scene->lines, name->data);
        json_object_set_new(lines, name->data, json_pack("[o,o]", point_json(line->a), point_json(line->b)));
    }
    g_list_free(names);
    return lines;
}

static bool write_validations(const GArray *times, const char *folder, const char *name, GError **error)
{
    g_autoptr(GString) text = g_string_new("time_s\n");
    for (guint i = 0; i < times->len; i++) {
        g_autofree char *time = time_format_seconds(g_array_index(times, int64_t, i));
        g_string_append_printf(text, "%s\n", time);
    }
    return save(folder, name, text->str, error);
}

/* NULL with an error; null where nothing is drawn on it. */
static json_t *scene_json(const Scene *scene, const SealedClip *clip, const char *folder, GError **error)
{
    if (scene == NULL || (g_hash_table_size(scene->zones) == 0 && g_hash_table_size(scene->lines) == 0 &&
                          scene->validations == NULL))
        return json_null();
    json_t *json = json_object();
    if (g_hash_table_size(scene->zones) > 0)
        json_object_set_new(json, "zones", zones_json(scene));
    if (g_hash_table_size(scene->lines) > 0)
        json_object_set_new(json, "lines", lines_json(scene));
    if (scene->validations != NULL) {
        g_autofree char *name = g_strdup_printf("clips/%s.validations.csv", clip->name);
        json_object_set_new(json, "validations", json_string(name));
        if (!write_validations(scene->validations, folder, name, error)) {
            json_decref(json);
            return NULL;
        }
    }
    return json;
}

static json_t *clip_json(const Seal *seal, const SealedClip *clip)
{
    json_t *coverage = json_object();
    for (guint b = 0; b < seal->behaviours->len; b++)
        json_object_set_new(coverage, g_ptr_array_index(seal->behaviours, b), json_string("all"));
    return json_pack("{s:s,s:s,s:s,s:f,s:o}", "id", clip->name, "file", clip->file, "sha256", clip->sha256,
                     "duration_s", time_to_seconds(clip->duration_us), "coverage", coverage);
}

/* A manifest is YAML, and JSON is YAML. */
static bool write_dataset(const Seal *seal, const GPtrArray *scenes, const char *folder, GError **error)
{
    json_t *clips = json_array();
    for (guint i = 0; i < seal->clips->len; i++) {
        const SealedClip *clip = g_ptr_array_index(seal->clips, i);
        json_t *entry = clip_json(seal, clip);
        json_t *scene = scene_json(g_ptr_array_index(scenes, i), clip, folder, error);
        json_array_append_new(clips, entry);
        if (scene == NULL) {
            json_decref(clips);
            return false;
        }
        if (!json_is_null(scene))
            json_object_set(entry, "scene", scene);
        json_decref(scene);
    }
    g_autoptr(Phrase) title = phrase_new("capsule.dataset");
    json_t *dataset = json_pack("{s:s,s:s,s:o,s:o}", "schema", "vsaudit/dataset/1", "id", "capsule", "title",
                                phrase_json(title), "clips", clips);
    char *dump = json_dumps(dataset, JSON_INDENT(1) | JSON_REAL_PRECISION(12));
    g_autofree char *text = g_strconcat(dump, "\n", NULL);
    free(dump);
    json_decref(dataset);
    return save(folder, "dataset.yaml", text, error);
}

bool sheet_write(const Seal *seal, const GPtrArray *scenes, const char *folder, GError **error)
{
    for (const char *const *language = texts_languages(); *language != NULL; language++) {
        if (!write_instructions(seal, texts_of(*language), folder, error))
            return false;
    }
    return write_dataset(seal, scenes, folder, error) &&
           save(folder, "answers.csv", "clip,behaviour,onset_s,decided_s,end_s,confidence\n", error);
}
