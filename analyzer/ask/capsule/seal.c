/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "capsule/seal.h"

#include "records/error.h"
#include "records/find.h"
#include "records/free.h"

#include <string.h>

DEFINE_DESTROY(sealed_file_free, SealedFile, file, g_free(file->name), g_free(file->sha256))

SealedClip *sealed_clip_new(void)
{
    SealedClip *clip = g_new0(SealedClip, 1);
    clip->appearance = 1;
    clip->events = event_array_new();
    return clip;
}

DEFINE_FREE(sealed_clip_free, SealedClip, clip,
            FREE_EACH(clip->name, clip->file, clip->sha256, clip->dataset, clip->clip, clip->scene),
            g_ptr_array_unref(clip->events))

Seal *seal_new(void)
{
    Seal *seal = g_new0(Seal, 1);
    seal->files = g_ptr_array_new_with_free_func(sealed_file_free);
    seal->behaviours = g_ptr_array_new_with_free_func(g_free);
    seal->clips = g_ptr_array_new_with_free_func((GDestroyNotify)sealed_clip_free);
    return seal;
}

DEFINE_FREE(seal_free, Seal, seal, g_free(seal->seed), g_free(seal->audit), g_ptr_array_unref(seal->files),
            g_ptr_array_unref(seal->behaviours), g_ptr_array_unref(seal->clips))

void seal_add_file(Seal *seal, const char *path, const char *sha256)
{
    if (path == NULL || sha256 == NULL)
        return;
    g_autofree char *name = g_path_get_basename(path);
    for (guint i = 0; i < seal->files->len; i++) {
        const SealedFile *known = g_ptr_array_index(seal->files, i);
        if (strcmp(known->name, name) == 0 && strcmp(known->sha256, sha256) == 0)
            return;
    }
    SealedFile *file = g_new0(SealedFile, 1);
    file->name = g_steal_pointer(&name);
    file->sha256 = g_strdup(sha256);
    g_ptr_array_add(seal->files, file);
}

const SealedClip *seal_find(const Seal *seal, const char *name)
{
    return FIND_BY(seal->clips, SealedClip, name, name);
}

const SealedClip *seal_appearance(const Seal *seal, const SealedClip *of, int64_t appearance)
{
    if (of->clip == NULL)
        return appearance == 1 ? of : NULL;
    for (guint i = 0; i < seal->clips->len; i++) {
        const SealedClip *clip = g_ptr_array_index(seal->clips, i);
        if (clip->appearance == appearance && g_strcmp0(clip->clip, of->clip) == 0 &&
            g_strcmp0(clip->dataset, of->dataset) == 0)
            return clip;
    }
    return NULL;
}

int64_t seal_most(const Seal *seal)
{
    int64_t most = 0;
    for (guint i = 0; i < seal->clips->len; i++)
        most = MAX(most, ((const SealedClip *)g_ptr_array_index(seal->clips, i))->appearance);
    return most;
}

/* ---- as JSON */

static json_t *text_or_null(const char *text)
{
    return text != NULL ? json_string(text) : json_null();
}

static json_t *event_json(const Event *event)
{
    return json_pack("{s:s,s:I,s:I,s:o}", "behaviour", event->behaviour, "start_us",
                     (json_int_t)event->start_us, "end_us", (json_int_t)event->end_us, "label",
                     text_or_null(event->label));
}

static json_t *clip_json(const SealedClip *clip)
{
    json_t *events = json_array();
    for (guint i = 0; i < clip->events->len; i++)
        json_array_append_new(events, event_json(g_ptr_array_index(clip->events, i)));
    return json_pack("{s:s,s:s,s:s,s:o,s:o,s:I,s:b,s:o,s:o,s:I,s:f}", "name", clip->name, "file", clip->file,
                     "sha256", clip->sha256, "dataset", text_or_null(clip->dataset), "clip",
                     text_or_null(clip->clip), "appearance", (json_int_t)clip->appearance, "canary",
                     clip->canary, "scene", text_or_null(clip->scene), "events", events, "duration_us",
                     (json_int_t)clip->duration_us, "rate", clip->rate);
}

json_t *seal_to_json(const Seal *seal)
{
    json_t *files = json_array(), *behaviours = json_array(), *clips = json_array();
    for (guint i = 0; i < seal->files->len; i++) {
        const SealedFile *file = g_ptr_array_index(seal->files, i);
        json_array_append_new(files, json_pack("{s:s,s:s}", "name", file->name, "sha256", file->sha256));
    }
    for (guint i = 0; i < seal->behaviours->len; i++)
        json_array_append_new(behaviours, json_string(g_ptr_array_index(seal->behaviours, i)));
    for (guint i = 0; i < seal->clips->len; i++)
        json_array_append_new(clips, clip_json(g_ptr_array_index(seal->clips, i)));
    return json_pack("{s:s,s:s,s:s,s:o,s:o,s:o}", "schema", SEAL_SCHEMA, "seed", seal->seed, "audit",
                     seal->audit, "files", files, "behaviours", behaviours, "clips", clips);
}

char *seal_to_text(const Seal *seal)
{
    json_t *json = seal_to_json(seal);
    char *dump = json_dumps(json, JSON_INDENT(1) | JSON_REAL_PRECISION(12));
    char *text = g_strconcat(dump, "\n", NULL);
    free(dump);
    json_decref(json);
    return text;
}

static char *take_text(const json_t *object, const char *key)
{
    return g_strdup(json_string_value(json_object_get(object, key)));
}

static bool read_event(const json_t *json, GPtrArray *events)
{
    const char *behaviour = json_string_value(json_object_get(json, "behaviour"));
    const json_t *start = json_object_get(json, "start_us"), *end = json_object_get(json, "end_us");
    if (behaviour == NULL || !json_is_integer(start) || !json_is_integer(end) ||
        json_integer_value(end) <= json_integer_value(start))
        return false;
    Event *event = event_new(behaviour, json_integer_value(start), json_integer_value(end));
    event->label = take_text(json, "label");
    g_ptr_array_add(events, event);
    return true;
}

/* A name in the capsule is a plain one: the list may come from anybody. */
static bool is_plain(const char *file)
{
    return file != NULL && g_str_has_prefix(file, "clips/") && strchr(file + strlen("clips/"), '/') == NULL &&
           strstr(file, "..") == NULL;
}

static bool read_clip(const json_t *json, GPtrArray *clips)
{
    SealedClip *clip = sealed_clip_new();
    g_ptr_array_add(clips, clip);
    clip->name = take_text(json, "name");
    clip->file = take_text(json, "file");
    clip->sha256 = take_text(json, "sha256");
    clip->dataset = take_text(json, "dataset");
    clip->clip = take_text(json, "clip");
    clip->scene = take_text(json, "scene");
    clip->canary = json_is_true(json_object_get(json, "canary"));
    clip->appearance = json_integer_value(json_object_get(json, "appearance"));
    clip->duration_us = json_integer_value(json_object_get(json, "duration_us"));
    clip->rate = json_number_value(json_object_get(json, "rate"));
    size_t i;
    const json_t *event;
    json_array_foreach(json_object_get(json, "events"), i, event)
    {
        if (!read_event(event, clip->events))
            return false;
    }
    return clip->name != NULL && is_plain(clip->file) && clip->sha256 != NULL && clip->appearance >= 1 &&
           clip->duration_us > 0 && (clip->clip == NULL) == (clip->dataset == NULL);
}

Seal *seal_from_json(const json_t *json, const char *name, GError **error)
{
    g_autoptr(Seal) seal = seal_new();
    bool fine = g_strcmp0(json_string_value(json_object_get(json, "schema")), SEAL_SCHEMA) == 0;
    seal->seed = take_text(json, "seed");
    seal->audit = take_text(json, "audit");
    fine = fine && seal->seed != NULL && seal->audit != NULL;
    size_t i;
    const json_t *item;
    json_array_foreach(json_object_get(json, "files"), i, item)
    {
        seal_add_file(seal, json_string_value(json_object_get(item, "name")),
                      json_string_value(json_object_get(item, "sha256")));
    }
    json_array_foreach(json_object_get(json, "behaviours"), i, item)
    {
        if (json_is_string(item))
            g_ptr_array_add(seal->behaviours, g_strdup(json_string_value(item)));
    }
    json_array_foreach(json_object_get(json, "clips"), i, item)
    {
        fine = fine && read_clip(item, seal->clips);
    }
    if (fine && seal->clips->len > 0)
        return g_steal_pointer(&seal);
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                "%s: found no sealed list of a capsule, expected the schema %s with its clips", name,
                SEAL_SCHEMA);
    return NULL;
}
