/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/live_trial.h"

#include "config/system_live.h"
#include "import/alert_message.h"

#include <gio/gio.h>
#include <inttypes.h>

/* Why nobody can listen there now; NULL: one can, or it is a name, which is looked up later. Caller frees. */
static char *try_port(const char *host, guint port)
{
    const char *number = g_strcmp0(host, "localhost") == 0 ? "127.0.0.1" : host;
    g_autoptr(GInetAddress) address = g_inet_address_new_from_string(number);
    g_autoptr(GError) cause = NULL;
    if (address == NULL || port == 0)
        return NULL;
    g_autoptr(GSocketAddress) wanted = g_inet_socket_address_new(address, (guint16)port);
    g_autoptr(GSocket) socket =
        g_socket_new(g_inet_address_get_family(address), G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &cause);
    if (socket == NULL || (g_socket_bind(socket, wanted, TRUE, &cause) && g_socket_listen(socket, &cause)))
        return NULL;
    return g_strdup(cause->message);
}

static void try_address(const PlanJob *job, const char *what, const char *host, guint port,
                        Problems *problems)
{
    const Scenario *scenario = g_ptr_array_index(job->scenarios, 0);
    g_autofree char *why = try_port(host, port);
    if (why != NULL)
        problems_add(problems, scenario->file, job->engine->line, 1, job->engine->id,
                     "found %s:%u for %s, expected a port to listen at that is free here (%s)", host, port,
                     what, why);
}

static void try_system(const PlanJob *job, Problems *problems)
{
    const LiveOptions *live = system_live(job->engine);
    g_autoptr(AlertMapper) mapper =
        live->map_path != NULL ? alert_mapper_load(live->map_path, problems) : NULL;
    for (guint i = 0; mapper != NULL && i < job->looks->len; i++) {
        const Scenario *scenario = g_array_index(job->looks, PlanLook, i).scenario;
        if (!alert_mapper_gives(mapper, scenario->behaviour))
            problems_add(problems, live->map_path, 1, 1, NULL,
                         "found no kind of alert that is “%s”, expected one, since scenario “%s” asks for it",
                         scenario->behaviour, scenario->id);
    }
    if (system_live_is_closed(live))
        return; /* it gets a network of its own */
    try_address(job, "the camera", live->camera.host, (guint)live->camera.port, problems);
    for (guint i = 0; i < live->sinks->len; i++) {
        const SinkSpec *sink = g_ptr_array_index(live->sinks, i);
        g_autofree char *host = NULL;
        guint port = 0;
        if ((sink_kind_at(sink->kind)->listens || sink->broker) && sink_spec_host(sink, &host, &port))
            try_address(job, "a sink", host, port, problems);
    }
}

void live_trial(const Plan *plan, Problems *problems)
{
    g_autoptr(GHashTable) tried = g_hash_table_new(NULL, NULL);
    for (guint i = 0; i < plan->jobs->len; i++) {
        const PlanJob *job = g_ptr_array_index(plan->jobs, i);
        if (job->engine != NULL && system_live(job->engine) != NULL &&
            g_hash_table_add(tried, job->engine->options))
            try_system(job, problems);
    }
}
