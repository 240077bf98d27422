/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "live/camera.h"

#include "live/detach.h"
#include "live/stream.h"
#include "records/error.h"
#include "records/free.h"

#include <string.h>

#define MOST_VIEWERS 256
#define MOST_ID 100

struct Camera {
    CameraServer *server;
    Stream *stream;
    char *address;
    char *reason; /* see camera_reason */
};

struct CameraServer {
    ViewerHost host;
    GMainContext *context;
    gint stopping; /* atomic */
    GThread *thread;
    GSocketService *service;
    GSource *hearer; /* of what clients send to the RTCP port */
    char *name;      /* host and port, as in an address */
    uint16_t port;
    GHashTable *cameras; /* id -> Camera; written in the server's thread alone */
    GHashTable *viewers; /* set of Viewer */
};

/* ---- in the server's thread */

typedef struct {
    void (*act)(void *user);
    void *user;
    GMutex lock;
    GCond done;
    bool finished;
} Errand;

static gboolean do_errand(gpointer data)
{
    Errand *errand = data;
    errand->act(errand->user);
    g_mutex_lock(&errand->lock);
    errand->finished = true;
    g_cond_signal(&errand->done);
    g_mutex_unlock(&errand->lock);
    return G_SOURCE_REMOVE;
}

static gpointer serve(gpointer data);

/* Has the server's thread do something, and waits for it. The thread begins here and not with the server: a
 * caller that has confined itself in between has confined it too (Landlock and capabilities are a thread's).
 */
static void have_done(CameraServer *server, void (*act)(void *user), void *user)
{
    if (server->thread == NULL)
        server->thread = g_thread_new("cameras", serve, server);
    Errand errand = {.act = act, .user = user};
    g_mutex_init(&errand.lock);
    g_cond_init(&errand.done);
    g_main_context_invoke_full(server->context, G_PRIORITY_HIGH, do_errand, &errand, NULL);
    g_mutex_lock(&errand.lock);
    while (!errand.finished)
        g_cond_wait(&errand.done, &errand.lock);
    g_mutex_unlock(&errand.lock);
    g_cond_clear(&errand.done);
    g_mutex_clear(&errand.lock);
}

static Stream *find_stream(const char *id, void *user)
{
    const Camera *camera = g_hash_table_lookup(((CameraServer *)user)->cameras, id);
    return camera != NULL ? camera->stream : NULL;
}

static void viewer_ended(Viewer *viewer, void *user)
{
    g_hash_table_remove(((CameraServer *)user)->viewers, viewer);
}

static gboolean on_incoming(GSocketService *service, GSocketConnection *connection, GObject *source,
                            gpointer data)
{
    (void)service, (void)source;
    CameraServer *server = data;
    if (g_hash_table_size(server->viewers) >= MOST_VIEWERS)
        g_io_stream_close(G_IO_STREAM(connection), NULL, NULL);
    else
        g_hash_table_add(server->viewers, viewer_new(&server->host, connection));
    return TRUE;
}

static gboolean on_datagram(GSocket *socket, GIOCondition condition, gpointer data)
{
    (void)condition;
    CameraServer *server = data;
    char bytes[2048];
    g_autoptr(GSocketAddress) from = NULL;
    if (g_socket_receive_from(socket, &from, bytes, sizeof bytes, NULL, NULL) < 0 || from == NULL)
        return G_SOURCE_CONTINUE;
    GHashTableIter iter;
    gpointer viewer;
    g_hash_table_iter_init(&iter, server->viewers);
    while (g_hash_table_iter_next(&iter, &viewer, NULL))
        viewer_hear(viewer, from);
    return G_SOURCE_CONTINUE;
}

static gpointer serve(gpointer data)
{
    CameraServer *server = data;
    g_main_context_push_thread_default(server->context);
    g_socket_service_start(server->service);
    while (!g_atomic_int_get(&server->stopping))
        g_main_context_iteration(server->context, TRUE);
    g_socket_service_stop(server->service);
    g_socket_listener_close(G_SOCKET_LISTENER(server->service));
    g_main_context_pop_thread_default(server->context);
    return NULL;
}

/* ---- starting and stopping */

static GSocket *open_datagrams(GInetAddress *host, uint16_t port, uint16_t *taken)
{
    GSocket *socket =
        g_socket_new(g_inet_address_get_family(host), G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, NULL);
    g_autoptr(GSocketAddress) address = g_inet_socket_address_new(host, port);
    g_autoptr(GSocketAddress) bound = NULL;
    if (socket == NULL || !g_socket_bind(socket, address, FALSE, NULL) ||
        (bound = g_socket_get_local_address(socket, NULL)) == NULL) {
        g_clear_object(&socket);
        return NULL;
    }
    *taken = g_inet_socket_address_get_port(G_INET_SOCKET_ADDRESS(bound));
    g_socket_set_blocking(socket, FALSE);
    return socket;
}

/* RTP on an even port, RTCP on the next one. */
static bool open_ports(CameraServer *server, GInetAddress *host, GError **error)
{
    ViewerHost *to = &server->host;
    for (int attempt = 0; attempt < 64; attempt++) {
        to->datagrams[0] = open_datagrams(host, 0, &to->ports[0]);
        if (to->datagrams[0] != NULL && to->ports[0] % 2 == 0 && to->ports[0] < 65535)
            to->datagrams[1] = open_datagrams(host, to->ports[0] + 1, &to->ports[1]);
        if (to->datagrams[1] != NULL)
            return true;
        g_clear_object(&to->datagrams[0]);
    }
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS,
                "found no two free UDP ports that follow each other");
    return false;
}

static GInetAddress *find_host(const char *name, GError **error)
{
    const bool local = name == NULL || strcmp(name, "localhost") == 0;
    GInetAddress *host = g_inet_address_new_from_string(local ? "127.0.0.1" : name);
    if (host == NULL)
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                    "found “%s”, expected an address of this machine such as 127.0.0.1", name);
    return host;
}

static bool listen_at(CameraServer *server, GInetAddress *host, uint16_t port, GError **error)
{
    g_autoptr(GSocketAddress) wanted = g_inet_socket_address_new(host, port);
    g_autoptr(GSocketAddress) bound = NULL;
    g_autoptr(GError) cause = NULL;
    g_autofree char *words = g_inet_address_to_string(host);
    server->service = g_socket_service_new();
    g_socket_service_stop(server->service); /* until its thread runs */
    if (!g_socket_listener_add_address(G_SOCKET_LISTENER(server->service), wanted, G_SOCKET_TYPE_STREAM,
                                       G_SOCKET_PROTOCOL_TCP, NULL, &bound, &cause)) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s: cannot listen on port %u: %s", words,
                    port, cause->message);
        return false;
    }
    server->port = g_inet_socket_address_get_port(G_INET_SOCKET_ADDRESS(bound));
    const bool six = g_inet_address_get_family(host) == G_SOCKET_FAMILY_IPV6;
    server->name = g_strdup_printf(six ? "[%s]:%u" : "%s:%u", words, server->port);
    return true;
}

DEFINE_DESTROY(free_camera, Camera, camera, stream_free(camera->stream), g_free(camera->address),
               g_free(camera->reason))

CameraServer *camera_server_start(const CameraServerOptions *options, GError **error)
{
    g_assert(options->idle_us > 0 && options->queue_bytes > 0);
    g_autoptr(GInetAddress) host = find_host(options->host, error);
    if (host == NULL)
        return NULL;
    CameraServer *server = g_new0(CameraServer, 1);
    server->context = g_main_context_new();
    server->cameras = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_camera);
    server->viewers = g_hash_table_new(NULL, NULL);
    server->host = (ViewerHost){.context = server->context,
                                .find = find_stream,
                                .ended = viewer_ended,
                                .user = server,
                                .tcp = !options->no_tcp,
                                .udp = !options->no_udp,
                                .idle_us = options->idle_us,
                                .limit = options->queue_bytes};
    rtsp_guard_init(&server->host.guard, options->user, options->password != NULL ? options->password : "");
    if (!listen_at(server, host, options->port, error) ||
        (server->host.udp && !open_ports(server, host, error))) {
        camera_server_stop(server);
        return NULL;
    }
    if (server->host.udp) {
        server->hearer = g_socket_create_source(server->host.datagrams[1], G_IO_IN, NULL);
        g_source_set_callback(server->hearer, G_SOURCE_FUNC(on_datagram), server, NULL);
        g_source_attach(server->hearer, server->context);
    }
    g_signal_connect(server->service, "incoming", G_CALLBACK(on_incoming), server);
    return server;
}

static void clear_camera_server(CameraServer *server)
{
    if (server->thread != NULL) {
        g_atomic_int_set(&server->stopping, 1);
        g_main_context_wakeup(server->context);
        g_thread_join(server->thread);
    }
    GHashTableIter iter;
    gpointer viewer;
    g_hash_table_iter_init(&iter, server->viewers);
    while (g_hash_table_iter_next(&iter, &viewer, NULL))
        viewer_free(viewer);
    g_hash_table_unref(server->viewers);
    g_hash_table_unref(server->cameras);
    detach(&server->hearer);
    g_clear_object(&server->service);
    g_clear_object(&server->host.datagrams[0]);
    g_clear_object(&server->host.datagrams[1]);
    rtsp_guard_clear(&server->host.guard);
    g_main_context_unref(server->context);
    g_free(server->name);
}

DEFINE_FREE(camera_server_stop, CameraServer, server, clear_camera_server(server))

uint16_t camera_server_port(const CameraServer *server)
{
    return server->port;
}

/* ---- cameras */

typedef struct {
    CameraServer *server;
    Camera *camera;
    const char *id;
    bool added;
} Addition;

static void add(void *user)
{
    Addition *addition = user;
    addition->added = !g_hash_table_contains(addition->server->cameras, addition->id);
    if (addition->added)
        g_hash_table_insert(addition->server->cameras, g_strdup(addition->id), addition->camera);
}

static bool id_is_fine(const char *id)
{
    const size_t length = strlen(id);
    size_t good = 0;
    while (good < length && (g_ascii_isalnum(id[good]) || strchr("._-", id[good]) != NULL))
        good++;
    return length > 0 && length <= MOST_ID && good == length && strcmp(id, ".") != 0 && strcmp(id, "..") != 0;
}

Camera *camera_add(CameraServer *server, const char *id, double speed, GError **error)
{
    g_assert(speed > 0);
    if (!id_is_fine(id)) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                    "found the camera “%s”, expected at most %d letters, digits, “.”, “_” and “-”", id,
                    MOST_ID);
        return NULL;
    }
    Camera *camera = g_new0(Camera, 1);
    camera->server = server;
    camera->stream = stream_new(id, speed, server->context);
    camera->address = g_strdup_printf("rtsp://%s/%s", server->name, id);
    Addition addition = {.server = server, .camera = camera, .id = id};
    have_done(server, add, &addition);
    if (addition.added)
        return camera;
    free_camera(camera);
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                "found two cameras “%s”, expected one of each name", id);
    return NULL;
}

const char *camera_address(const Camera *camera)
{
    return camera->address;
}

typedef struct {
    Stream *stream;
    Player *player, *before;
    const CameraPlay *play;
    GError *error;
} Beginning;

static void begin(void *user)
{
    Beginning *beginning = user;
    beginning->before = stream_play(beginning->stream, beginning->player, beginning->play->wait_viewers,
                                    beginning->play->farewell, &beginning->error);
}

bool camera_play(Camera *camera, const CameraPlay *play, GError **error)
{
    const PlayerOptions options = {.loop = play->loop,
                                   .codec = stream_codec(camera->stream),
                                   .ready = stream_wake,
                                   .user = camera->stream};
    Player *player = player_new(programme_new(play->shows, play->count), &options, error);
    if (player == NULL)
        return false;
    g_autofree char *reason = g_strdup(player_reason(player));
    Beginning beginning = {.stream = camera->stream, .player = player, .play = play};
    have_done(camera->server, begin, &beginning);
    player_free(beginning.before);
    if (beginning.error != NULL) {
        g_propagate_error(error, beginning.error);
        return false;
    }
    g_free(camera->reason);
    camera->reason = g_steal_pointer(&reason);
    return true;
}

const char *camera_reason(const Camera *camera)
{
    return camera->reason;
}

CameraState camera_wait(Camera *camera, int64_t wall_us, GError **error)
{
    return stream_wait(camera->stream, G_MAXUINT, wall_us, error);
}

CameraState camera_wait_viewers(Camera *camera, guint viewers, int64_t wall_us, GError **error)
{
    return stream_wait(camera->stream, viewers, wall_us, error);
}

bool camera_moment(Camera *camera, int64_t wall_us, Moment *moment)
{
    return moments_at(stream_moments(camera->stream), wall_us, moment);
}

bool camera_moment_of(Camera *camera, int play, int show, int64_t t_us, Moment *moment)
{
    return moments_find(stream_moments(camera->stream), play, show, t_us, moment);
}

GArray *camera_moments(Camera *camera)
{
    return moments_copy(stream_moments(camera->stream));
}

GArray *camera_audience(Camera *camera)
{
    return stream_audience(camera->stream);
}

void camera_counts(Camera *camera, CameraCounts *counts)
{
    stream_counts(camera->stream, counts);
}

typedef struct {
    CameraServer *server;
    int64_t refused;
} Refusals;

static void count_refusals(void *user)
{
    Refusals *refusals = user;
    refusals->refused = refusals->server->host.refused;
}

int64_t camera_server_refused(CameraServer *server)
{
    Refusals refusals = {.server = server};
    have_done(server, count_refusals, &refusals);
    return refusals.refused;
}
