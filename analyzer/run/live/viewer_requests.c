/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "live/viewer_internal.h"

#include <string.h>

#define SESSION_S 60 /* what clients are told; they speak up twice as often */

static Stream *find_stream(Viewer *viewer, const RtspRequest *request)
{
    return request->camera != NULL ? viewer->host->find(request->camera, viewer->host->user) : NULL;
}

static bool is_session(const Viewer *viewer, const RtspRequest *request)
{
    const char *session = rtsp_header(request, "Session");
    const size_t length = session != NULL ? strcspn(session, ";") : 0;
    return viewer->session != NULL && session != NULL && strlen(viewer->session) == length &&
           strncmp(session, viewer->session, length) == 0;
}

static char *session_header(const Viewer *viewer)
{
    return viewer->session != NULL ? g_strdup_printf("Session: %s;timeout=%d\r\n", viewer->session, SESSION_S)
                                   : NULL;
}

static void do_options(Viewer *viewer, const RtspRequest *request)
{
    g_autofree char *session = session_header(viewer);
    g_autofree char *headers = g_strdup_printf(
        "Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN, GET_PARAMETER, SET_PARAMETER\r\n%s",
        session != NULL ? session : "");
    viewer_answer(viewer, request, 200, headers, NULL, NULL);
}

static void do_describe(Viewer *viewer, const RtspRequest *request)
{
    Stream *stream = find_stream(viewer, request);
    g_autofree char *text = stream != NULL && stream_is_there(stream) ? stream_describe(stream, NULL) : NULL;
    if (text == NULL) {
        viewer_answer(viewer, request, stream == NULL ? 404 : 503, NULL, NULL, NULL);
        return;
    }
    g_autofree char *base = rtsp_base(request->url);
    g_autofree char *headers = g_strdup_printf("Content-Base: %s\r\n", base);
    viewer_answer(viewer, request, 200, headers, "application/sdp", text);
}

static char *take_udp(Viewer *viewer)
{
    GSocketAddress *peer = g_socket_get_remote_address(viewer->socket, NULL);
    if (peer == NULL)
        return NULL;
    GInetAddress *host = g_inet_socket_address_get_address(G_INET_SOCKET_ADDRESS(peer));
    for (int i = 0; i < 2; i++) {
        g_clear_object(&viewer->targets[i]);
        viewer->targets[i] = g_inet_socket_address_new(host, viewer->transport.ports[i]);
    }
    g_object_unref(peer);
    return g_strdup_printf("RTP/AVP;unicast;client_port=%u-%u;server_port=%u-%u", viewer->transport.ports[0],
                           viewer->transport.ports[1], viewer->host->ports[0], viewer->host->ports[1]);
}

static char *take_tcp(Viewer *viewer)
{
    int *channels = viewer->transport.channels;
    if (channels[0] < 0) {
        channels[0] = 0;
        channels[1] = 1;
    }
    return g_strdup_printf("RTP/AVP/TCP;unicast;interleaved=%d-%d", channels[0], channels[1]);
}

static void do_setup(Viewer *viewer, const RtspRequest *request)
{
    Stream *stream = find_stream(viewer, request);
    const char *ways = rtsp_header(request, "Transport");
    RtspTransport transport;
    gsize waiting;
    outlet_front(&viewer->outlet, &waiting);
    if (waiting > 0) { /* it asks and does not read */
        viewer_drop(viewer);
    } else if (stream == NULL || !stream_is_there(stream)) {
        viewer_answer(viewer, request, stream == NULL ? 404 : 503, NULL, NULL, NULL);
    } else if (viewer->playing || (viewer->session != NULL && viewer->stream != stream)) {
        viewer_answer(viewer, request, viewer->playing ? 455 : 459, NULL, NULL, NULL);
    } else if (ways == NULL ||
               !rtsp_choose_transport(ways, viewer->host->tcp, viewer->host->udp, &transport)) {
        viewer_answer(viewer, request, ways == NULL ? 400 : 461, NULL, NULL, NULL);
    } else {
        viewer->transport = transport;
        viewer->stream = stream;
        if (viewer->session == NULL)
            viewer->session = g_strdup_printf("%08X%08X", g_random_int(), g_random_int());
        g_autofree char *way = transport.udp ? take_udp(viewer) : take_tcp(viewer);
        g_autofree char *session = session_header(viewer);
        g_autofree char *headers = g_strdup_printf("Transport: %s\r\n%s", way, session);
        viewer_answer(viewer, request, 200, headers, NULL, NULL);
    }
}

static void do_play(Viewer *viewer, const RtspRequest *request)
{
    if (!is_session(viewer, request) || !stream_is_there(viewer->stream)) {
        viewer_answer(viewer, request, is_session(viewer, request) ? 503 : 454, NULL, NULL, NULL);
        return;
    }
    g_autofree char *session = session_header(viewer);
    g_autofree char *headers = g_strdup_printf("Range: npt=now-\r\n%s", session);
    viewer_answer(viewer, request, 200, headers, NULL, NULL);
    if (viewer->playing || viewer->ended)
        return;
    viewer->playing = true;
    viewer->outlet.waits = true;
    viewer->outlet.began = false;
    viewer->offered_us = viewer->last_us;
    stream_join(viewer->stream, viewer);
}

static void do_parameter(Viewer *viewer, const RtspRequest *request)
{
    g_autofree char *session = session_header(viewer);
    const bool foreign = rtsp_header(request, "Session") != NULL && !is_session(viewer, request);
    viewer_answer(viewer, request, foreign ? 454 : 200, session, NULL, NULL);
}

static void do_teardown(Viewer *viewer, const RtspRequest *request)
{
    if (!is_session(viewer, request)) {
        viewer_answer(viewer, request, 454, NULL, NULL, NULL);
        return;
    }
    viewer_stop(viewer);
    viewer_answer(viewer, request, 200, NULL, NULL, NULL);
    if (viewer->transport.udp)
        viewer_forget(viewer); /* what waits are datagrams */
    viewer->transport = (RtspTransport){0};
    viewer->stream = NULL;
    g_clear_pointer(&viewer->session, g_free);
}

static const struct {
    const char *name;
    void (*act)(Viewer *viewer, const RtspRequest *request); /* NULL: known, and not for cameras */
    bool guarded;
} methods[] = {
    {"OPTIONS", do_options, false},
    {"DESCRIBE", do_describe, true},
    {"SETUP", do_setup, true},
    {"PLAY", do_play, true},
    {"GET_PARAMETER", do_parameter, true},
    {"SET_PARAMETER", do_parameter, true},
    {"TEARDOWN", do_teardown, true},
    {"PAUSE", NULL, true},
    {"ANNOUNCE", NULL, true},
    {"RECORD", NULL, true},
    {"REDIRECT", NULL, true},
};

void viewer_obey(Viewer *viewer, const RtspRequest *request)
{
    size_t i = 0;
    while (i < G_N_ELEMENTS(methods) && strcmp(methods[i].name, request->method) != 0)
        i++;
    if (request->cseq == NULL) {
        viewer_answer(viewer, request, 400, NULL, NULL, NULL);
    } else if (i == G_N_ELEMENTS(methods)) {
        viewer_answer(viewer, request, 501, NULL, NULL, NULL);
    } else if (methods[i].guarded && !rtsp_guard_admits(&viewer->host->guard, request)) {
        g_autofree char *challenge = rtsp_guard_challenge(&viewer->host->guard);
        viewer->host->refused++;
        viewer_answer(viewer, request, 401, challenge, NULL, NULL);
    } else if (rtsp_header(request, "Require") != NULL) {
        g_autofree char *header = g_strdup_printf("Unsupported: %s\r\n", rtsp_header(request, "Require"));
        viewer_answer(viewer, request, 551, header, NULL, NULL);
    } else if (methods[i].act == NULL) {
        viewer_answer(viewer, request, 405,
                      "Allow: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN, GET_PARAMETER\r\n", NULL, NULL);
    } else {
        methods[i].act(viewer, request);
    }
}
