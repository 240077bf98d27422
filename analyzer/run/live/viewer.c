/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "live/viewer_internal.h"

#include "live/detach.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>

#define CHUNK 16384
#define BURST 16   /* datagrams … */
#define BURST_MS 2 /* … in so many milliseconds: no faster than a camera's 100 Mbit/s */
#define FINISH_MS 2000
#define MOST_ANSWERS (64 << 10) /* waiting for a client that asks and does not read, beside pictures */

static GSource *attach(Viewer *viewer, GSource *source, GSourceFunc call)
{
    g_source_set_callback(source, call, viewer, NULL);
    g_source_attach(source, viewer->host->context);
    return source;
}

void viewer_stop(Viewer *viewer)
{
    if (viewer->playing)
        stream_leave(viewer->stream, viewer);
    viewer->playing = false;
}

void viewer_free(Viewer *viewer)
{
    viewer_stop(viewer);
    detach(&viewer->reader);
    detach(&viewer->writer);
    detach(&viewer->ticker);
    detach(&viewer->watch);
    detach(&viewer->end);
    g_io_stream_close(G_IO_STREAM(viewer->connection), NULL, NULL);
    g_clear_object(&viewer->connection);
    g_clear_object(&viewer->targets[0]);
    g_clear_object(&viewer->targets[1]);
    g_byte_array_unref(viewer->heard);
    outlet_clear(&viewer->outlet);
    g_free(viewer->session);
    g_free(viewer);
}

static gboolean end_now(gpointer data)
{
    Viewer *viewer = data;
    viewer->host->ended(viewer, viewer->host->user);
    viewer_free(viewer);
    return G_SOURCE_REMOVE;
}

void viewer_forget(Viewer *viewer)
{
    detach(&viewer->ticker);
    outlet_clear(&viewer->outlet);
    outlet_init(&viewer->outlet, viewer->host->limit);
}

static void end_in(Viewer *viewer, guint ms)
{
    detach(&viewer->end);
    viewer->end = attach(viewer, ms == 0 ? g_idle_source_new() : g_timeout_source_new(ms), end_now);
    g_source_set_priority(viewer->end, G_PRIORITY_DEFAULT);
}

void viewer_drop(Viewer *viewer)
{
    viewer_stop(viewer);
    viewer->ended = true;
    detach(&viewer->reader);
    detach(&viewer->writer);
    detach(&viewer->ticker);
    end_in(viewer, 0);
}

void viewer_finish(Viewer *viewer)
{
    viewer_stop(viewer);
    if (!viewer->ended)
        end_in(viewer, FINISH_MS);
}

int64_t viewer_dropped(const Viewer *viewer)
{
    return viewer->outlet.dropped;
}

/* ---- sending */

static gboolean flush(Viewer *viewer);

static gboolean on_writable(GSocket *socket, GIOCondition condition, gpointer data)
{
    (void)socket, (void)condition;
    return flush(data);
}

static bool would_block(const GError *error)
{
    return g_error_matches(error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
}

/* Sends what the connection takes; true: the rest waits for it. */
static gboolean flush(Viewer *viewer)
{
    for (;;) {
        gsize size;
        g_autoptr(GError) error = NULL;
        const uint8_t *bytes = outlet_front(&viewer->outlet, &size);
        if (size == 0 || viewer->ended)
            break;
        const gssize sent =
            g_socket_send_with_blocking(viewer->socket, (const char *)bytes, size, FALSE, NULL, &error);
        if (sent < 0 && would_block(error)) {
            if (viewer->writer == NULL)
                viewer->writer = attach(viewer, g_socket_create_source(viewer->socket, G_IO_OUT, NULL),
                                        G_SOURCE_FUNC(on_writable));
            return G_SOURCE_CONTINUE;
        }
        if (sent < 0) {
            viewer_drop(viewer);
            return G_SOURCE_REMOVE;
        }
        viewer->last_us = g_get_monotonic_time();
        outlet_sent(&viewer->outlet, (gsize)sent);
    }
    detach(&viewer->writer);
    return G_SOURCE_REMOVE;
}

/* Sends one datagram of those that wait. False: there is none, or the network takes no more now. */
static bool send_datagram(Viewer *viewer)
{
    gsize size;
    const uint8_t *bytes = outlet_front(&viewer->outlet, &size);
    if (size == 0)
        return false;
    const gsize length = (gsize)bytes[2] << 8 | bytes[3];
    const int which = bytes[1] & 1;
    g_autoptr(GError) error = NULL;
    if (g_socket_send_to(viewer->host->datagrams[which], viewer->targets[which],
                         (const char *)bytes + OUTLET_FRAME, length, NULL, &error) < 0 &&
        would_block(error))
        return false;
    outlet_sent(&viewer->outlet, OUTLET_FRAME + length);
    return true;
}

static gboolean tick(gpointer data)
{
    Viewer *viewer = data;
    gsize size;
    for (int i = 0; i < BURST && send_datagram(viewer); i++)
        ;
    outlet_front(&viewer->outlet, &size);
    if (size > 0)
        return G_SOURCE_CONTINUE;
    detach(&viewer->ticker);
    return G_SOURCE_REMOVE;
}

/* Sends what was put into the outlet. */
static void push(Viewer *viewer)
{
    if (!viewer->transport.udp) {
        if (viewer->writer == NULL)
            flush(viewer);
    } else if (viewer->ticker == NULL) {
        viewer->ticker = attach(viewer, g_timeout_source_new(BURST_MS), tick);
        tick(viewer);
    }
}

void viewer_answer(Viewer *viewer, const RtspRequest *request, unsigned status, const char *headers,
                   const char *body_type, const char *body)
{
    g_autofree char *text = rtsp_answer(status, request->cseq, headers, body_type, body);
    gsize waiting;
    outlet_front(&viewer->outlet, &waiting);
    if (viewer->transport.udp && viewer->session != NULL) {
        if (g_socket_send_with_blocking(viewer->socket, text, strlen(text), FALSE, NULL, NULL) !=
            (gssize)strlen(text))
            viewer_drop(viewer);
        return;
    }
    if (waiting > viewer->host->limit + MOST_ANSWERS) {
        viewer_drop(viewer);
        return;
    }
    outlet_add(&viewer->outlet, text, strlen(text));
    if (viewer->writer == NULL)
        flush(viewer);
}

void viewer_offer(Viewer *viewer, const GByteArray *framed, bool key)
{
    if (viewer->ended)
        return;
    const int channel = viewer->transport.udp ? 0 : viewer->transport.channels[0];
    viewer->offered_us = g_get_monotonic_time();
    if (outlet_offer(&viewer->outlet, framed, key, channel))
        push(viewer);
}

void viewer_report(Viewer *viewer, const uint8_t *rtcp, size_t size)
{
    gsize waiting;
    outlet_front(&viewer->outlet, &waiting);
    if (viewer->ended || waiting > viewer->host->limit)
        return;
    g_autoptr(GByteArray) framed = g_byte_array_new();
    outlet_frame(framed, viewer->transport.udp ? 1 : viewer->transport.channels[1], rtcp, size);
    outlet_add(&viewer->outlet, framed->data, framed->len);
    push(viewer);
}

void viewer_hear(Viewer *viewer, GSocketAddress *from)
{
    if (viewer->targets[1] == NULL || !G_IS_INET_SOCKET_ADDRESS(from))
        return;
    GInetSocketAddress *theirs = G_INET_SOCKET_ADDRESS(from),
                       *ours = G_INET_SOCKET_ADDRESS(viewer->targets[1]);
    if (g_inet_socket_address_get_port(theirs) == g_inet_socket_address_get_port(ours) &&
        g_inet_address_equal(g_inet_socket_address_get_address(theirs),
                             g_inet_socket_address_get_address(ours)))
        viewer->last_us = g_get_monotonic_time();
}

/* ---- what it hears */

/* A client that speaks nonsense is told so once. */
static void give_up(Viewer *viewer, unsigned status)
{
    const RtspRequest nothing = {0};
    viewer_answer(viewer, &nothing, status, "Connection: close\r\n", NULL, NULL);
    if (!viewer->ended)
        viewer_drop(viewer);
}

static void obey_all(Viewer *viewer)
{
    size_t at = 0;
    while (!viewer->ended) {
        g_auto(RtspRequest) request = {0};
        int channel;
        size_t used = 0;
        switch (rtsp_take(viewer->heard->data + at, viewer->heard->len - at, &request, &channel, &used)) {
        case RTSP_REQUEST:
            viewer_obey(viewer, &request);
            break;
        case RTSP_DATA: /* receiver reports: a sign of life */
            break;
        case RTSP_LONG:
            give_up(viewer, 413);
            break;
        case RTSP_BAD:
            give_up(viewer, 400);
            break;
        case RTSP_MORE:
            if (at > 0)
                g_byte_array_remove_range(viewer->heard, 0, (guint)at);
            return;
        }
        at += used;
    }
}

static gboolean on_readable(GSocket *socket, GIOCondition condition, gpointer data)
{
    (void)condition;
    Viewer *viewer = data;
    char chunk[CHUNK];
    g_autoptr(GError) error = NULL;
    const gssize got = g_socket_receive_with_blocking(socket, chunk, sizeof chunk, FALSE, NULL, &error);
    if (got < 0 && would_block(error))
        return G_SOURCE_CONTINUE;
    if (got <= 0) {
        viewer_drop(viewer);
        return G_SOURCE_REMOVE;
    }
    viewer->last_us = g_get_monotonic_time();
    g_byte_array_append(viewer->heard, (const guint8 *)chunk, (guint)got);
    obey_all(viewer);
    return viewer->ended ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

static gboolean look_after(gpointer data)
{
    Viewer *viewer = data;
    /* while its camera is silent there is nothing that a client could take */
    const int64_t now_us = viewer->playing ? viewer->offered_us : g_get_monotonic_time();
    if (!viewer->ended && now_us - viewer->last_us > viewer->host->idle_us)
        viewer_drop(viewer);
    return G_SOURCE_CONTINUE;
}

Viewer *viewer_new(ViewerHost *host, GSocketConnection *connection)
{
    Viewer *viewer = g_new0(Viewer, 1);
    viewer->host = host;
    viewer->connection = g_object_ref(connection);
    viewer->socket = g_socket_connection_get_socket(connection);
    g_socket_set_blocking(viewer->socket, FALSE);
    g_socket_set_keepalive(viewer->socket, TRUE);
    g_socket_set_option(viewer->socket, IPPROTO_TCP, TCP_NODELAY, 1, NULL);
    viewer->heard = g_byte_array_new();
    outlet_init(&viewer->outlet, host->limit);
    viewer->last_us = g_get_monotonic_time();
    viewer->reader =
        attach(viewer, g_socket_create_source(viewer->socket, G_IO_IN, NULL), G_SOURCE_FUNC(on_readable));
    const guint every_ms = (guint)CLAMP(host->idle_us / 4000, 50, 5000);
    viewer->watch = attach(viewer, g_timeout_source_new(every_ms), look_after);
    return viewer;
}
