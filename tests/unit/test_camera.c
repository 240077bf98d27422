/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cameras from inside: the time line, who watched, starting and ending. What clients see:
 * tests/cli/camera.sh. */
#include "live/camera.h"
#include "media_clips.h"
#include "records/error.h"

#include <gio/gio.h>
#include <string.h>

#include "unit.h"

TEST(the_time_line_is_that_of_the_programme)
{
    ClipSpec spec = CLIP_DEFAULT;
    spec.b_frames = 2;
    g_autofree char *first = clip_make(*state, "first.mp4", &spec);
    spec.encoder = "mpeg4";
    spec.b_frames = 0;
    spec.width = 128;
    g_autofree char *second = clip_make(*state, "second.mp4", &spec);
    const char *const a[] = {first, NULL}, *const b[] = {second, NULL};
    const Show shows[] = {{.kind = SHOW_FLASHES, .flashes = 2, .lasts_us = 200000},
                          {.kind = SHOW_CLIP, .files = a},
                          {.kind = SHOW_SILENCE, .lasts_us = 3000000},
                          {.kind = SHOW_CLIP, .files = b}};
    g_autoptr(GError) error = NULL;
    const CameraServerOptions options = CAMERA_SERVER_DEFAULTS;
    CameraServer *server = camera_server_start(&options, &error);
    assert_non_null(server);
    Camera *camera = camera_add(server, "hall", 10, &error);
    assert_non_null(camera);
    assert_null(camera_add(server, "hall", 1, &error));
    g_clear_error(&error);
    assert_null(camera_add(server, "a/b", 1, &error));
    g_clear_error(&error);
    const int64_t began_us = g_get_monotonic_time();
    assert_true(camera_play(camera, &(CameraPlay){.shows = shows, .count = 4}, &error));
    assert_int_equal(camera_wait(camera, began_us + 20 * G_USEC_PER_SEC, &error), CAMERA_ENDED);
    const int64_t took_us = g_get_monotonic_time() - began_us;
    /* 0.5 s of flashes, 1.2 s, 3 s of silence, 1.2 s, ten times as fast */
    assert_true(took_us >= 590000);
    CameraCounts counts;
    camera_counts(camera, &counts);
    g_autoptr(GArray) moments = camera_moments(camera);
    assert_int_equal(moments->len, 13 + 30 + 30);
    assert_int_equal(counts.sent, moments->len);
    Moment begin, pause, end;
    assert_true(camera_moment_of(camera, 0, 1, 0, &begin));
    assert_true(camera_moment_of(camera, 0, 1, 1160000, &pause));
    assert_true(camera_moment_of(camera, 0, 3, 0, &end));
    /* never before its time, ten times as fast: 0.5 s of flashes, 1.16 s; 0.5, 1.2 and 3 s of silence */
    assert_true(begin.wall_us - began_us >= 50000);
    assert_true(pause.wall_us - began_us >= 166000);
    assert_true(end.wall_us - began_us >= 470000);
    Moment between;
    assert_true(camera_moment(camera, (pause.wall_us + end.wall_us) / 2, &between));
    assert_int_equal(between.show, 1);
    assert_int_equal(between.newest_us, 1160000);
    /* another programme goes on in the same stream */
    assert_true(camera_play(camera, &(CameraPlay){.shows = &shows[3], .count = 1}, &error));
    assert_int_equal(camera_wait(camera, g_get_monotonic_time() + 20 * G_USEC_PER_SEC, &error), CAMERA_ENDED);
    assert_true(camera_moment_of(camera, 1, 0, 1160000, &end));
    const char *const missing[] = {"/nowhere.mp4", NULL};
    const Show broken[] = {{.kind = SHOW_CLIP, .files = a}, {.kind = SHOW_CLIP, .files = missing}};
    assert_false(camera_play(camera, &(CameraPlay){.shows = &broken[1], .count = 1}, &error));
    assert_true(g_error_matches(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT));
    g_clear_error(&error);
    assert_true(camera_play(camera, &(CameraPlay){.shows = broken, .count = 2}, &error));
    assert_int_equal(camera_wait(camera, g_get_monotonic_time() + 20 * G_USEC_PER_SEC, &error),
                     CAMERA_FAILED);
    assert_true(g_error_matches(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT));
    assert_non_null(strstr(error->message, "/nowhere.mp4"));
    camera_server_stop(server);
}

TEST(a_server_may_end_at_any_time)
{
    ClipSpec spec = CLIP_DEFAULT;
    spec.count = 300;
    g_autofree char *path = clip_make(*state, "long.mp4", &spec);
    const char *const files[] = {path, NULL};
    const Show show = {.kind = SHOW_CLIP, .files = files};
    const CameraServerOptions options = CAMERA_SERVER_DEFAULTS;
    for (int i = 0; i < 20; i++) {
        CameraServer *server = camera_server_start(&options, NULL);
        assert_non_null(server);
        Camera *camera = i > 0 ? camera_add(server, "x", 100, NULL) : NULL;
        if (camera != NULL)
            assert_true(camera_play(
                camera, &(CameraPlay){.shows = &show, .count = 1, .loop = true, .wait_viewers = (guint)i % 2},
                NULL));
        if (camera != NULL)
            camera_wait(camera, g_get_monotonic_time() + i * 2000, NULL);
        camera_server_stop(server);
    }
    CameraServerOptions wrong = options;
    g_autoptr(GError) error = NULL;
    wrong.host = "nowhere.example";
    assert_null(camera_server_start(&wrong, &error));
    assert_true(g_error_matches(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT));
    CameraServer *server = camera_server_start(&options, NULL);
    wrong.host = NULL;
    wrong.port = camera_server_port(server);
    g_clear_error(&error);
    assert_null(camera_server_start(&wrong, &error));
    assert_non_null(strstr(error->message, "cannot listen"));
    camera_server_stop(server);
}

/* ---- clients */

static int64_t soon(void)
{
    return g_get_monotonic_time() + 20 * G_USEC_PER_SEC;
}

static void say(GSocketConnection *client, const char *text)
{
    GOutputStream *out = g_io_stream_get_output_stream(G_IO_STREAM(client));
    assert_true(g_output_stream_write_all(out, text, strlen(text), NULL, NULL, NULL));
}

/* Reads until `words` have come. */
static char *hear(GSocketConnection *client, const char *words)
{
    GInputStream *in = g_io_stream_get_input_stream(G_IO_STREAM(client));
    g_autoptr(GString) heard = g_string_new(NULL);
    while (strstr(heard->str, words) == NULL) {
        char bytes[512];
        const gssize got = g_input_stream_read(in, bytes, sizeof bytes, NULL, NULL);
        if (got <= 0)
            fail_msg("heard “%s”, expected “%s”", heard->str, words);
        g_string_append_len(heard, bytes, got);
    }
    return g_strdup(heard->str);
}

static GSocketConnection *watch(const CameraServer *server, const char *url)
{
    g_autoptr(GSocketClient) maker = g_socket_client_new();
    g_socket_client_set_timeout(maker, 20);
    GSocketConnection *client =
        g_socket_client_connect_to_host(maker, "127.0.0.1", camera_server_port(server), NULL, NULL);
    assert_non_null(client);
    g_autofree char *set_up = g_strdup_printf(
        "SETUP %s/streamid=0 RTSP/1.0\r\nCSeq: 1\r\nTransport: RTP/AVP/TCP;unicast\r\n\r\n", url);
    say(client, set_up);
    g_autofree char *answer = hear(client, "\r\n\r\n");
    const char *session = strstr(answer, "Session: ");
    assert_non_null(session);
    g_autofree char *play =
        g_strdup_printf("PLAY %s RTSP/1.0\r\nCSeq: 2\r\nSession: %.16s\r\n\r\n", url, session + 9);
    say(client, play);
    g_free(hear(client, "CSeq: 2\r\n"));
    return client;
}

TEST(who_watched_when_is_written_down)
{
    ClipSpec spec = CLIP_DEFAULT;
    g_autofree char *path = clip_make(*state, "watched.mp4", &spec);
    const char *const files[] = {path, NULL};
    const Show show = {.kind = SHOW_CLIP, .files = files};
    const CameraServerOptions options = CAMERA_SERVER_DEFAULTS;
    CameraServer *server = camera_server_start(&options, NULL);
    Camera *camera = camera_add(server, "hall", 10, NULL);
    assert_true(camera_play(
        camera, &(CameraPlay){.shows = &show, .count = 1, .loop = true, .wait_viewers = 2}, NULL));
    assert_null(camera_reason(camera));
    g_autoptr(GSocketConnection) first = watch(server, camera_address(camera));
    camera_wait_viewers(camera, 1, soon(), NULL);
    CameraCounts counts;
    camera_counts(camera, &counts);
    assert_int_equal(counts.state, CAMERA_WAITING);
    assert_int_equal(counts.sent, 0);
    g_autoptr(GSocketConnection) second = watch(server, camera_address(camera));
    g_free(hear(first, "$"));
    g_free(hear(second, "$"));
    assert_true(g_io_stream_close(G_IO_STREAM(first), NULL, NULL));
    do { /* the server hears of it when it sends */
        g_usleep(10000);
        camera_counts(camera, &counts);
    } while (counts.viewers == 2);
    assert_int_equal(counts.viewers, 1);
    assert_int_equal(counts.joined, 2);
    g_autoptr(GArray) audience = camera_audience(camera);
    assert_int_equal(audience->len, 3);
    static const guint expected[] = {1, 2, 1};
    Moment begin;
    assert_true(camera_moment_of(camera, 0, 0, 0, &begin));
    for (guint i = 0; i < 3; i++) {
        const Audience *one = &g_array_index(audience, Audience, i);
        assert_int_equal(one->viewers, expected[i]);
        assert_int_equal(one->wall_us > begin.wall_us, i == 2);
    }
    camera_server_stop(server);
}

/* The camera is gone for a while: connections are closed, and refused until it is back. */
TEST(an_outage_shuts_everybody_out)
{
    ClipSpec spec = CLIP_DEFAULT;
    g_autofree char *path = clip_make(*state, "outage.mp4", &spec);
    const char *const files[] = {path, NULL};
    const Show shows[] = {{.kind = SHOW_CLIP, .files = files},
                          {.kind = SHOW_OUTAGE, .lasts_us = 30000000},
                          {.kind = SHOW_CLIP, .files = files}};
    const CameraServerOptions options = CAMERA_SERVER_DEFAULTS;
    CameraServer *server = camera_server_start(&options, NULL);
    Camera *camera = camera_add(server, "hall", 10, NULL);
    assert_true(camera_play(camera, &(CameraPlay){.shows = shows, .count = 3, .wait_viewers = 1}, NULL));
    g_autoptr(GSocketConnection) client = watch(server, camera_address(camera));
    GInputStream *in = g_io_stream_get_input_stream(G_IO_STREAM(client));
    char bytes[4096];
    g_autoptr(GError) error = NULL;
    while (g_input_stream_read(in, bytes, sizeof bytes, NULL, &error) > 0)
        ;
    assert_false(g_error_matches(error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT)); /* it was closed */
    g_autoptr(GSocketClient) maker = g_socket_client_new();
    g_autoptr(GSocketConnection) again =
        g_socket_client_connect_to_host(maker, "127.0.0.1", camera_server_port(server), NULL, NULL);
    g_autofree char *ask = g_strdup_printf("DESCRIBE %s RTSP/1.0\r\nCSeq: 1\r\n\r\n", camera_address(camera));
    say(again, ask);
    g_autofree char *refusal = hear(again, "\r\n\r\n");
    assert_true(g_str_has_prefix(refusal, "RTSP/1.0 503 "));
    Moment moment;
    while (!camera_moment_of(camera, 0, 2, 0, &moment))
        g_usleep(10000);
    say(again, ask);
    g_autofree char *back = hear(again, "m=video");
    assert_true(g_str_has_prefix(back, "RTSP/1.0 200 "));
    assert_non_null(strstr(back, "c=IN IP4 0.0.0.0\r\n"));
    camera_server_stop(server);
}

TEST(a_clip_that_is_cut_goes_on_behind_the_outage)
{
    ClipSpec spec = CLIP_DEFAULT;
    g_autofree char *path = clip_make(*state, "cut.mp4", &spec);
    const char *const files[] = {path, NULL};
    const Show shows[] = {{.kind = SHOW_CLIP, .files = files, .cut_us = 610000, .lasts_us = 4000000}};
    const CameraServerOptions options = CAMERA_SERVER_DEFAULTS;
    CameraServer *server = camera_server_start(&options, NULL);
    Camera *camera = camera_add(server, "hall", 10, NULL);
    const int64_t began_us = g_get_monotonic_time();
    assert_true(camera_play(camera, &(CameraPlay){.shows = shows, .count = 1}, NULL));
    assert_int_equal(camera_wait(camera, began_us + 20 * G_USEC_PER_SEC, NULL), CAMERA_ENDED);
    g_autoptr(GArray) moments = camera_moments(camera);
    assert_int_equal(moments->len, 30);
    Moment before, after, last;
    assert_true(camera_moment_of(camera, 0, 0, 600000, &before));
    assert_true(camera_moment_of(camera, 0, 0, 610000, &after));
    assert_true(camera_moment_of(camera, 0, 0, 1160000, &last));
    assert_int_equal(after.t_us, 640000);
    assert_true(before.wall_us < after.wall_us && after.wall_us < last.wall_us);
    assert_true(after.wall_us - began_us >=
                460000); /* 0.6 s and 4 s, ten times as fast; never before its time */
    assert_true(before.wall_us - began_us < 4000000); /* … and not all of it later */
    camera_server_stop(server);
}

UNIT_TESTS(clips_set_up, clips_tear_down)
