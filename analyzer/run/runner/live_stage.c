/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/live_stage.h"

#include "records/secret.h"
#include "runner/folder.h"
#include "sandbox/sandbox.h"

#include <glib/gstdio.h>
#include <string.h>

/* What a camera is called besides, where its name is to be another one. */
#define RENAMED "-other"

static bool is_probe(const LiveStage *stage, ProbeId probe)
{
    return stage->probe == &probe_table[probe];
}

/* ---- the camera */

/* NAME where there is one, else NAME-1, NAME-2 … Caller frees. */
static char *name_camera(const LiveStage *stage, guint number, bool renamed)
{
    const char *name = stage->live->camera.name;
    g_autofree char *stem = g_strconcat(name, renamed ? RENAMED : NULL, NULL);
    return stage->lanes > 1 ? g_strdup_printf("%s-%u", stem, number + 1) : g_steal_pointer(&stem);
}

static void name_cameras(LiveStage *stage)
{
    const LiveCamera *spec = &stage->live->camera;
    const char *host = strcmp(spec->host, "localhost") == 0 ? "127.0.0.1" : spec->host;
    stage->places = g_new0(ProductCamera, stage->lanes);
    for (guint i = 0; i < stage->lanes; i++) {
        char *name = name_camera(stage, i, is_probe(stage, PROBE_RENAMED));
        stage->places[i].name = name;
        stage->places[i].address =
            g_strdup_printf(strchr(host, ':') != NULL ? "rtsp://[%s]:%u/%s" : "rtsp://%s:%u/%s", host,
                            camera_server_port(stage->server), name);
    }
}

int live_stage_find(const LiveStage *stage, const char *name)
{
    for (guint i = 0; i < stage->lanes; i++) {
        g_autofree char *usual = name_camera(stage, i, false);
        guint64 number = 0;
        if (strcmp(name, stage->places[i].name) == 0 || strcmp(name, usual) == 0 ||
            (g_ascii_string_to_unsigned(name, 10, 1, LIVE_CAMERAS_MOST, &number, NULL) && number == i + 1))
            return (int)i;
    }
    return -1;
}

static bool open_camera(LiveStage *stage, GError **error)
{
    const LiveCamera *spec = &stage->live->camera;
    CameraServerOptions options = CAMERA_SERVER_DEFAULTS;
    if (spec->password_file != NULL &&
        (stage->password = secret_password(spec->password_file, error)) == NULL)
        return false;
    options.host = spec->host;
    options.port = (uint16_t)spec->port;
    options.user = spec->user;
    options.password = stage->password;
    options.no_tcp = spec->transport == LIVE_UDP;
    options.no_udp = spec->transport == LIVE_TCP;
    stage->server = camera_server_start(&options, error);
    if (stage->server == NULL)
        return false;
    name_cameras(stage);
    return true;
}

/* ---- the product */

static bool start_product(LiveStage *stage, bool closed, GError **error)
{
    if (stage->live->product.command->len == 0)
        return true;
    g_autofree char *scratch = g_build_filename(stage->scratch, "product", NULL);
    g_autofree const char **sinks = g_new0(const char *, stage->live->sinks->len + 1);
    for (guint i = 0; i < stage->live->sinks->len; i++)
        sinks[i] = sink_set_address(stage->sinks, i);
    if (g_mkdir(scratch, 0700) != 0) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "cannot make a folder for the product");
        return false;
    }
    stage->product = product_start(&(ProductPlace){.system = stage->system,
                                                   .cameras = stage->places,
                                                   .camera_count = stage->lanes,
                                                   .mirrored = is_probe(stage, PROBE_MIRRORED),
                                                   .password = stage->password,
                                                   .sinks = sinks,
                                                   .scratch = scratch,
                                                   .closed = closed},
                                   error);
    return stage->product != NULL;
}

/* ---- the worker */

static void confine(gconstpointer job, SandboxSpec *spec)
{
    const WorkerJob *orders = job;
    const LiveOptions *live = system_live(orders->job->engine);
    for (guint i = 0; i < orders->chain_length; i++)
        worker_confine(&orders[i], spec);
    spec->serves = true;
    for (guint i = 0; i < live->sinks->len; i++) {
        const SinkSpec *sink = g_ptr_array_index(live->sinks, i);
        spec->connects = spec->connects || !sink_kind_at(sink->kind)->listens;
    }
}

static bool read_map(LiveStage *stage, GError **error)
{
    g_autoptr(Problems) problems = problems_new();
    stage->mapper = alert_mapper_load(stage->live->map_path, problems);
    if (stage->mapper == NULL)
        problems_to_error(problems, error);
    return stage->mapper != NULL;
}

bool live_stage_set(LiveStage *stage, const WorkerJob *orders, GError **error)
{
    const SystemSpec *system = orders->job->engine;
    *stage = (LiveStage){.system = system,
                         .live = system_live(system),
                         .probe = orders->job->probe,
                         .lanes = MAX(orders->job->lanes, 1)};
    /* First of all: it has to be done by a process of one thread. */
    const bool closed = system_live_is_closed(stage->live) && sandbox_leave_network();
    stage->scratch = folder_make_scratch(orders->folder, orders->job->index, error);
    if (stage->scratch == NULL || !read_map(stage, error) || !open_camera(stage, error))
        return false;
    stage->sinks = sink_set_start(stage->live->sinks, &(SinkLimits){.folder = stage->scratch}, error);
    if (stage->sinks == NULL || !start_product(stage, closed, error) ||
        !sink_set_wait_ready(stage->sinks, stage->live->connect_us, error) ||
        !pool_confine(confine, orders, error))
        return false;
    /* Only now: its thread is confined with the rest. */
    stage->cameras = g_new0(Camera *, stage->lanes);
    for (guint i = 0; i < stage->lanes; i++) {
        stage->cameras[i] = camera_add(stage->server, stage->places[i].name, 1, error);
        if (stage->cameras[i] == NULL)
            return false;
    }
    return true;
}

void live_stage_strike(LiveStage *stage)
{
    camera_server_stop(stage->server);
    sink_set_stop(stage->sinks);
    product_free(stage->product);
    alert_mapper_free(stage->mapper);
    for (guint i = 0; stage->places != NULL && i < stage->lanes; i++) {
        g_free(stage->places[i].address);
        g_free(stage->places[i].name);
    }
    g_free(stage->places);
    g_free(stage->cameras);
    g_free(stage->scratch);
    g_free(stage->password);
}
