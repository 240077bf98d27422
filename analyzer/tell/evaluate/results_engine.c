/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluate/results_engine.h"

#include "results/results_json.h"

enum { REMARKS_MOST = 20 };

static void take(json_t *engine, const json_t *from, const char *const *keys)
{
    for (size_t i = 0; keys[i] != NULL; i++) {
        json_t *value = json_object_get(from, keys[i]);
        json_object_set(engine, keys[i], value != NULL ? value : json_null());
    }
}

static void note(json_t *list, const char *clip, const char *text)
{
    json_array_append_new(list, json_pack("{s:s,s:o}", "clip", clip, "text", results_string(text)));
}

static void add_clip(json_t *engine, const ClipFacts *facts, int64_t *pictures, int64_t *dropped,
                     int64_t *restarts)
{
    static const char *const own[] = {"name", "version", NULL};
    static const char *const shown[] = {"format", "width", "height", "rate", NULL};
    const json_t *said = facts->output.said;
    if (facts->output.reason != NULL)
        note(json_object_get(engine, "failures"), facts->clip->id, facts->output.reason);
    if (said == NULL)
        return;
    if (json_is_null(json_object_get(engine, "name"))) {
        take(engine, said, own);
        take(engine, said, shown);
    }
    *pictures += json_integer_value(json_object_get(said, "pictures"));
    *restarts += json_is_true(json_object_get(said, "restarted"));
    *dropped += json_integer_value(json_object_get(said, "dropped"));
    json_t *remarks = json_object_get(engine, "remarks");
    size_t i;
    const json_t *remark;
    json_array_foreach(json_object_get(said, "remarks"), i, remark)
    {
        if (json_array_size(remarks) < REMARKS_MOST)
            note(remarks, facts->clip->id, json_string_value(remark));
    }
}

json_t *results_engine(const Scored *scored)
{
    static const char *const is[] = {"protocol", "command", "files", "settings", "gives",
                                     "starts",   "pace",    "queue", "drops",    NULL};
    static const char *const unknown[] = {"name", "version", "format", "width", "height", "rate", NULL};
    const json_t *description = NULL;
    for (guint i = 0; i < scored->facts->len && description == NULL; i++)
        description = g_array_index(scored->facts, ClipFacts, i).output.engine;
    if (description == NULL)
        return NULL;
    json_t *engine = json_object();
    take(engine, NULL, unknown);
    take(engine, description, is);
    json_object_set_new(engine, "remarks", json_array());
    json_object_set_new(engine, "failures", json_array());
    int64_t pictures = 0, dropped = 0, restarts = 0;
    for (guint i = 0; i < scored->facts->len; i++)
        add_clip(engine, &g_array_index(scored->facts, ClipFacts, i), &pictures, &dropped, &restarts);
    json_object_set_new(engine, "pictures", json_integer(pictures));
    json_object_set_new(engine, "dropped", json_integer(dropped));
    json_object_set_new(engine, "restarts", json_integer(restarts));
    return engine;
}
