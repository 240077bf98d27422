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

/* ---- a live system */

static int64_t micros(const json_t *object, const char *key)
{
    return json_integer_value(json_object_get(object, key));
}

/* What is known once for the whole: the first clip of which it is. */
static void take_first(json_t *live, const json_t *said, const char *key)
{
    json_t *value = json_object_get(said, key);
    if (json_is_null(json_object_get(live, key)) && value != NULL)
        json_object_set(live, key, value);
}

static void add_live(json_t *live, const json_t *said)
{
    static const char *const sums[] = {
        "messages",    "ignored", "nothing",    "wrong",   "retained", "outside",  "on_before", "late",
        "doubled",     "alone",   "disordered", "unasked", "cut",      "dropped",  "refused",   "broken",
        "sink_losses", "deaf_us", "losses",     "away_us", "early",    "unplaced", NULL};
    for (size_t i = 0; sums[i] != NULL; i++)
        json_object_set_new(live, sums[i], json_integer(micros(live, sums[i]) + micros(said, sums[i])));
    const bool recoded = json_is_string(json_object_get(said, "recoded"));
    json_object_set_new(live, "recoded", json_integer(micros(live, "recoded") + recoded));
    json_object_set_new(live, "late_most_us",
                        json_integer(MAX(micros(live, "late_most_us"), micros(said, "late_most_us"))));
    take_first(live, said, "delay_us");
    take_first(live, said, "own_us");
    take_first(live, said, "clock_offset_us");
    take_first(live, said, "cameras");
}

/* NULL: it is not live. */
static json_t *describe_live(const Scored *scored, const json_t *description)
{
    static const char *const is[] = {"transport",  "warm_up_us", "settle_us", "drain_us",
                                     "connect_us", "flashes",    NULL};
    static const char *const unknown[] = {"delay_us", "own_us", "clock_offset_us", "cameras", NULL};
    const json_t *how = json_object_get(description, "live");
    if (how == NULL)
        return NULL;
    json_t *live = json_object(), *sinks = json_array();
    take(live, how, is);
    take(live, NULL, unknown);
    size_t i;
    const json_t *sink;
    json_array_foreach(json_object_get(how, "sinks"), i, sink)
    {
        json_array_append(sinks, json_object_get(sink, "kind"));
    }
    json_object_set_new(live, "sinks", sinks);
    add_live(live, NULL);
    for (guint f = 0; f < scored->facts->len; f++) {
        const json_t *said = g_array_index(scored->facts, ClipFacts, f).output.said;
        if (said != NULL)
            add_live(live, json_object_get(said, "live"));
    }
    return live;
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
    if (json_object_get(description, "input") != NULL)
        json_object_set(engine, "input", json_object_get(description, "input"));
    json_object_set_new(engine, "remarks", json_array());
    json_object_set_new(engine, "failures", json_array());
    int64_t pictures = 0, dropped = 0, restarts = 0, refused = 0;
    for (guint i = 0; i < scored->facts->len; i++) {
        const ClipFacts *facts = &g_array_index(scored->facts, ClipFacts, i);
        add_clip(engine, facts, &pictures, &dropped, &restarts);
        refused += json_is_true(json_object_get(facts->output.said, "network_refused"));
    }
    if (refused > 0)
        json_object_set_new(engine, "network_refused", json_integer(refused));
    json_object_set_new(engine, "pictures", json_integer(pictures));
    json_object_set_new(engine, "dropped", json_integer(dropped));
    json_object_set_new(engine, "restarts", json_integer(restarts));
    json_t *live = describe_live(scored, description);
    if (live != NULL)
        json_object_set_new(engine, "live", live);
    return engine;
}
