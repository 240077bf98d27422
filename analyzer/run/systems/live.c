/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "systems/live.h"

#include "systems/program.h"
#include "systems/program_talk.h"

static json_t *describe_sinks(const LiveOptions *live)
{
    json_t *sinks = json_array();
    for (guint i = 0; i < live->sinks->len; i++) {
        const SinkSpec *sink = g_ptr_array_index(live->sinks, i);
        json_t *topics = json_null();
        for (guint t = 0; sink->topics != NULL && t < sink->topics->len; t++) {
            if (t == 0)
                topics = json_array();
            json_array_append_new(topics, json_string(g_ptr_array_index(sink->topics, t)));
        }
        json_array_append_new(sinks, json_pack("{s:s,s:s,s:o}", "id",
                                               sink->id != NULL ? sink->id : sink_kind_names[sink->kind],
                                               "kind", sink_kind_names[sink->kind], "topics", topics));
        if (sink->camera > 0)
            json_object_set_new(json_array_get(sinks, i), "camera", json_integer((json_int_t)sink->camera));
    }
    return sinks;
}

static json_t *describe_live(const LiveOptions *live)
{
    const LiveCamera *camera = &live->camera;
    json_t *described = json_pack(
        "{s:s,s:b,s:I,s:I,s:o,s:I,s:I,s:I,s:I,s:I}", "transport", live_transport_names[camera->transport],
        "user", camera->user != NULL, "width", (json_int_t)camera->width, "height",
        (json_int_t)camera->height, "sinks", describe_sinks(live), "connect_us", (json_int_t)live->connect_us,
        "warm_up_us", (json_int_t)live->warm_up_us, "settle_us", (json_int_t)live->settle_us, "drain_us",
        (json_int_t)live->drain_us, "flashes", (json_int_t)live->flashes);
    if (live->cameras != 1)
        json_object_set_new(described, "cameras", json_integer((json_int_t)live->cameras));
    return described;
}

static json_t *describe(const SystemSpec *system, GError **error)
{
    const LiveOptions *live = system_live(system);
    g_assert(live != NULL);
    json_t *files = program_describe_files(&live->product, error);
    if (files == NULL)
        return NULL;
    g_autoptr(ParamList) settings = system_program_settings(system);
    json_t *description =
        json_pack("{s:s,s:s,s:o,s:o,s:o,s:s,s:s,s:s,s:o}", "kind", system_kind_names[system->kind],
                  "protocol", "rtsp", "command", program_describe_command(&live->product), "files", files,
                  "settings", engine_settings(settings), "gives", "alerts", "starts", "run", "pace",
                  "real-time", "live", describe_live(live));
    /* Nothing is known of a product that runs already but what it is called: two may be alike in all else. */
    if (live->product.command->len == 0)
        json_object_set_new(description, "called", json_string(system->id));
    return description;
}

static bool observes(const SystemSpec *system)
{
    (void)system;
    return false;
}

const Engine engine_live = {.kind = "live",
                            .describe = describe,
                            .settings = system_program_settings,
                            .observes = observes,
                            .is_live = true};
