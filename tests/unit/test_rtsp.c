/* SPDX-License-Identifier: GPL-3.0-or-later */
/* RTSP's words: requests out of bytes, transports, passwords. */
#include "live/rtsp.h"

#include <string.h>

#include "unit.h"

static RtspTaken take(const char *text, RtspRequest *request, size_t *used)
{
    int channel;
    return rtsp_take((const uint8_t *)text, strlen(text), request, &channel, used);
}

static RtspTaken kind_of(const char *text)
{
    g_auto(RtspRequest) request;
    size_t used;
    return take(text, &request, &used);
}

TEST(a_request_is_read_with_its_body)
{
    static const char text[] =
        "SET_PARAMETER rtsp://h:8554/hall/streamid=0?x=1 RTSP/1.0\r\n"
        "cseq: 31\r\nContent-Length: 5\r\nsession:  AB;timeout=60\r\n\r\nhelloOPTIONS * ";
    g_auto(RtspRequest) request;
    size_t used;
    assert_int_equal(take(text, &request, &used), RTSP_REQUEST);
    assert_int_equal(used, strlen(text) - strlen("OPTIONS * "));
    assert_string_equal(request.method, "SET_PARAMETER");
    assert_string_equal(request.url, "rtsp://h:8554/hall/streamid=0?x=1");
    assert_string_equal(request.camera, "hall");
    assert_string_equal(request.cseq, "31");
    assert_string_equal(rtsp_header(&request, "Session"), "AB;timeout=60");
    assert_null(rtsp_header(&request, "Require"));
    /* every beginning of it is a beginning */
    const size_t whole = used;
    for (size_t n = 0; n < whole; n++) {
        g_auto(RtspRequest) part;
        int channel;
        assert_int_equal(rtsp_take((const uint8_t *)text, n, &part, &channel, &used), RTSP_MORE);
        assert_int_equal(used, 0);
    }
}

static char *camera_of(const char *url)
{
    g_autofree char *text = g_strdup_printf("DESCRIBE %s RTSP/1.0\r\nCSeq: 1\r\n\r\n", url);
    g_auto(RtspRequest) request;
    size_t used;
    assert_int_equal(take(text, &request, &used), RTSP_REQUEST);
    return g_steal_pointer(&request.camera);
}

TEST(a_url_names_a_camera)
{
    static const char *const named[] = {"rtsp://127.0.0.1/hall", "rtsp://127.0.0.1:8554/hall/",
                                        "rtsp://u:p@[::1]:8554/hall/streamid=0", "rtsp://h/hall?profile=1",
                                        "rtsp://h/h%61ll"};
    for (size_t i = 0; i < G_N_ELEMENTS(named); i++) {
        g_autofree char *camera = camera_of(named[i]);
        assert_string_equal(camera, "hall");
    }
    static const char *const nameless[] = {"*", "rtsp://h", "rtsp://h/", "hall", "rtsp://h//hall", "/"};
    for (size_t i = 0; i < G_N_ELEMENTS(nameless); i++) {
        g_autofree char *camera = camera_of(nameless[i]);
        if (camera != NULL)
            fail_msg("%s: %s", nameless[i], camera);
    }
}

TEST(nonsense_is_told_from_a_beginning)
{
    assert_int_equal(kind_of("OPTIONS"), RTSP_MORE);
    assert_int_equal(kind_of("\x16\x03\x01"), RTSP_BAD);
    assert_int_equal(kind_of(" OPTIONS"), RTSP_BAD);
    assert_int_equal(kind_of("GET / HTTP/1.1\r\nHost: x\r\n\r\n"), RTSP_BAD);
    assert_int_equal(kind_of("OPTIONS * RTSP/1.0 x\r\nCSeq: 1\r\n\r\n"), RTSP_BAD);
    assert_int_equal(kind_of("OPTIONS  RTSP/1.0\r\nCSeq: 1\r\n\r\n"), RTSP_BAD);
    assert_int_equal(kind_of("OPTIONS * RTSP/1.0\r\nCSeq: 1\r\nContent-Length: x\r\n\r\n"), RTSP_BAD);
    assert_int_equal(kind_of("OPTIONS * RTSP/1.0\r\nCSeq: 1\r\nContent-Length: -1\r\n\r\n"), RTSP_BAD);
    assert_int_equal(kind_of("OPTIONS * RTSP/1.0\r\nCSeq: 1\r\nContent-Length: 99999999\r\n\r\n"), RTSP_LONG);
    static const char nul[] = "OPTIONS * RTSP/1.0\r\nCSeq: 1\0\r\n\r\n";
    g_auto(RtspRequest) request;
    int channel;
    size_t used;
    assert_int_equal(rtsp_take((const uint8_t *)nul, sizeof nul - 1, &request, &channel, &used), RTSP_BAD);
    g_autofree char *endless = g_strnfill(RTSP_MAX_REQUEST, 'A');
    assert_int_equal(kind_of(endless), RTSP_LONG);
    endless[RTSP_MAX_REQUEST - 1] = '\0';
    assert_int_equal(kind_of(endless), RTSP_MORE);
    static const char *const no_numbers[] = {"", "x", "1x", "-1", "12345678901"};
    for (size_t i = 0; i < G_N_ELEMENTS(no_numbers); i++) {
        g_autofree char *text = g_strdup_printf("OPTIONS * RTSP/1.0\r\nCSeq: %s\r\n\r\n", no_numbers[i]);
        g_auto(RtspRequest) one;
        assert_int_equal(take(text, &one, &used), RTSP_REQUEST);
        assert_null(one.cseq);
    }
}

TEST(interleaved_data_is_passed_over)
{
    static const uint8_t bytes[] = {'$', 1, 0, 3, 'O', 'P', '\n', 'O'};
    g_auto(RtspRequest) request;
    int channel = 0;
    size_t used;
    assert_int_equal(rtsp_take(bytes, sizeof bytes, &request, &channel, &used), RTSP_DATA);
    assert_int_equal(used, 7);
    assert_int_equal(channel, 1);
    for (size_t n = 1; n < 7; n++)
        assert_int_equal(rtsp_take(bytes, n, &request, &channel, &used), RTSP_MORE);
}

/* Empty lines between requests, by which some clients say that they are there. */
TEST(empty_lines_are_taken_alone_however_many_there_are)
{
    g_autofree char *lines = g_strnfill(1000, '\n');
    g_autofree char *text = g_strconcat("\r\n", lines, "OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n", NULL);
    const size_t length = strlen(text);
    size_t at = 0, used = 0;
    for (;;) {
        g_auto(RtspRequest) request;
        int channel = 5;
        const RtspTaken taken = rtsp_take((const uint8_t *)text + at, length - at, &request, &channel, &used);
        assert_true(used > 0);
        at += used;
        if (taken == RTSP_REQUEST)
            break;
        assert_int_equal(taken, RTSP_DATA);
        assert_int_equal(channel, -1);
    }
    assert_int_equal(at, length);
    assert_int_equal(kind_of(""), RTSP_MORE);
}

TEST(a_base_is_the_address_as_a_folder)
{
    static const char *const bases[][2] = {{"rtsp://h/hall", "rtsp://h/hall/"},
                                           {"rtsp://h/hall/", "rtsp://h/hall/"},
                                           {"rtsp://h/hall?profile=1/2", "rtsp://h/hall/"},
                                           {"rtsp://h/hall/#x", "rtsp://h/hall/"},
                                           {"?", "/"}};
    for (size_t i = 0; i < G_N_ELEMENTS(bases); i++) {
        g_autofree char *base = rtsp_base(bases[i][0]);
        assert_string_equal(base, bases[i][1]);
    }
}

static bool choose(const char *header, bool tcp, bool udp, RtspTransport *transport)
{
    return rtsp_choose_transport(header, tcp, udp, transport);
}

TEST(the_first_transport_that_is_allowed_is_taken)
{
    RtspTransport way;
    assert_true(choose("RTP/AVP/TCP;unicast;interleaved=4-5", true, true, &way));
    assert_false(way.udp);
    assert_int_equal(way.channels[0], 4);
    assert_int_equal(way.channels[1], 5);
    assert_true(choose("RTP/AVP;unicast;client_port=5000-5001", true, true, &way));
    assert_true(way.udp);
    assert_int_equal(way.ports[0], 5000);
    assert_int_equal(way.ports[1], 5001);
    assert_true(choose("RTP/AVP/UDP;unicast;client_port=5000, RTP/AVP/TCP", true, false, &way));
    assert_false(way.udp);
    assert_int_equal(way.channels[0], -1);
    assert_true(
        choose("RTP/AVP;multicast;client_port=5000-5001,RTP/AVP;unicast;client_port=7000", true, true, &way));
    assert_int_equal(way.ports[0], 7000);
    assert_int_equal(way.ports[1], 7001);
    static const char *const refused[] = {"",
                                          "RTP/SAVP;unicast;client_port=5000-5001",
                                          "RTP/AVP;unicast",
                                          "RTP/AVP;unicast;client_port=0-1",
                                          "RTP/AVP;unicast;client_port=70000-70001",
                                          "RTP/AVP;unicast;client_port=-5",
                                          "RTP/AVP/TCP;interleaved=256-257",
                                          "RTP/AVP/TCP;interleaved=x"};
    for (size_t i = 0; i < G_N_ELEMENTS(refused); i++)
        if (choose(refused[i], true, true, &way))
            fail_msg("taken: %s", refused[i]);
    assert_false(choose("RTP/AVP/TCP;unicast", false, true, &way));
    assert_false(choose("RTP/AVP;unicast;client_port=5000-5001", true, false, &way));
}

/* ---- passwords */

static bool admits(const RtspGuard *guard, const char *method, const char *authorization)
{
    g_autofree char *header =
        authorization != NULL ? g_strdup_printf("Authorization: %s\r\n", authorization) : g_strdup("");
    g_autofree char *text =
        g_strdup_printf("%s rtsp://h/hall/streamid=0 RTSP/1.0\r\nCSeq: 1\r\n%s\r\n", method, header);
    g_auto(RtspRequest) request;
    size_t used;
    assert_int_equal(take(text, &request, &used), RTSP_REQUEST);
    return rtsp_guard_admits(guard, &request);
}

static char *digest(const char *nonce, const char *uri, const char *response)
{
    return g_strdup_printf(
        "Digest username=\"ann\", realm=\"camera\", nonce=\"%s\", uri=\"%s\", response=\"%s\"", nonce, uri,
        response);
}

TEST(only_the_right_password_is_let_in)
{
    RtspGuard guard;
    rtsp_guard_init(&guard, NULL, "");
    assert_true(admits(&guard, "PLAY", NULL));
    rtsp_guard_clear(&guard);
    rtsp_guard_init(&guard, "ann", "s:cret");
    g_free(guard.nonce);
    guard.nonce = g_strdup("n1");
    assert_false(admits(&guard, "PLAY", NULL));
    assert_true(admits(&guard, "PLAY", "Basic YW5uOnM6Y3JldA==")); /* ann:s:cret */
    assert_true(admits(&guard, "PLAY", "basic YW5uOnM6Y3JldA=="));
    assert_false(admits(&guard, "PLAY", "Basic YW5uOnM6Y3JldAo="));
    assert_false(admits(&guard, "PLAY", "Basic YW5uOg=="));
    assert_false(admits(&guard, "PLAY", "Basic "));
    assert_false(admits(&guard, "PLAY", "Bearer x"));
    /* printf 'ann:camera:s:cret' | md5sum; printf 'PLAY:rtsp://h/hall' | md5sum; printf 'A1:n1:A2' | md5sum
     */
    static const char right[] = "9abdd20eae48b13dd84f36b034dea16c";
    g_autofree char *good = digest("n1", "rtsp://h/hall", right);
    assert_true(admits(&guard, "PLAY", good));
    assert_false(admits(&guard, "TEARDOWN", good)); /* signed for another method */
    g_autofree char *stale = digest("n2", "rtsp://h/hall", right);
    assert_false(admits(&guard, "PLAY", stale));
    g_autofree char *elsewhere = digest("n1", "rtsp://h/yard", "d0613ce4cb9079052504e396997e5a5d");
    assert_false(admits(&guard, "PLAY", elsewhere)); /* signed rightly, for another camera */
    /* its path alone, or with a last slash where it was asked for without; not another's, nor nothing */
    g_autofree char *path = digest("n1", "/hall", "1309fdb00eda5d680763b874a17b333f");
    assert_true(admits(&guard, "PLAY", path));
    g_autofree char *slash = digest("n1", "rtsp://h/hall/streamid=0/", "a0b986f882e7717ae8e5bab199929ad5");
    assert_true(admits(&guard, "PLAY", slash));
    g_autofree char *other = digest("n1", "/yard", "f46f703ab0102c07eb43808c4cb3f006");
    assert_false(admits(&guard, "PLAY", other));
    g_autofree char *deeper = digest("n1", "rtsp://h/hall/streamid=0/x", "0eb2c851a3e6e78e3049e2b228bda7ed");
    assert_false(admits(&guard, "PLAY", deeper));
    g_autofree char *unsaid = digest("n1", "", "b6f2ba94f737b6e2dc5b2c045721925c");
    assert_false(admits(&guard, "PLAY", unsaid));
    g_autofree char *empty = digest("n1", "rtsp://h/hall", "");
    assert_false(admits(&guard, "PLAY", empty));
    assert_false(admits(&guard, "PLAY", "Digest"));
    assert_false(admits(&guard, "PLAY", "Digest ,,=,"));
    /* with a quality of protection, as RFC 7616 has it */
    assert_true(admits(&guard, "PLAY",
                       "Digest username=\"ann\",realm=\"camera\",nonce=\"n1\",uri=\"rtsp://h/hall\",qop=auth,"
                       "nc=00000001,cnonce=\"c\",response=\"0ae9d3b49ae25b853a6d13ac698b25a8\""));
    g_autofree char *challenge = rtsp_guard_challenge(&guard);
    assert_non_null(strstr(challenge, "Digest realm=\"camera\", nonce=\"n1\""));
    assert_non_null(strstr(challenge, "Basic realm=\"camera\""));
    rtsp_guard_clear(&guard);
}

TEST(answers_are_whole)
{
    g_autofree char *text = rtsp_answer(200, "7", "Session: A\r\n", "application/sdp", "v=0\r\n");
    assert_true(g_str_has_prefix(text, "RTSP/1.0 200 OK\r\nCSeq: 7\r\nServer: vsaudit/"));
    assert_true(g_str_has_suffix(
        text, "\r\nSession: A\r\nContent-Type: application/sdp\r\nContent-Length: 5\r\n\r\nv=0\r\n"));
    g_autofree char *bare = rtsp_answer(461, NULL, NULL, NULL, NULL);
    assert_true(g_str_has_prefix(bare, "RTSP/1.0 461 Unsupported Transport\r\nServer: "));
    assert_true(g_str_has_suffix(bare, "\r\n\r\n"));
}

UNIT_TESTS(NULL, NULL)
