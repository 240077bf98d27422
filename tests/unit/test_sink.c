/* SPDX-License-Identifier: GPL-3.0-or-later */
/* live/sink: the web hook as products and as enemies use it, and what a broker of MQTT gives. */
#include "live/sink.h"
#include "records/error.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "unit.h"

#define WAIT_US (10 * US_PER_SECOND)

typedef struct {
    GPtrArray *specs;
    SinkSet *set;
    guint port;
} Fixture;

static void begin(Fixture *fixture, SinkSpec *spec, const SinkLimits *limits)
{
    g_autoptr(GError) error = NULL;
    fixture->specs = g_ptr_array_new_with_free_func((GDestroyNotify)sink_spec_free);
    g_ptr_array_add(fixture->specs, spec);
    fixture->set = sink_set_start(fixture->specs, limits, &error);
    if (fixture->set == NULL)
        fail_msg("%s", error->message);
    assert_true(sink_set_wait_ready(fixture->set, WAIT_US, NULL));
    g_autoptr(GUri) uri = g_uri_parse(sink_set_address(fixture->set, 0), G_URI_FLAGS_NONE, NULL);
    assert_non_null(uri);
    fixture->port = (guint)g_uri_get_port(uri);
}

static void end(Fixture *fixture)
{
    sink_set_stop(fixture->set);
    g_ptr_array_unref(fixture->specs);
}

static SinkSpec *spec_of(const char *text)
{
    SinkSpec *spec = sink_spec_parse(text, NULL);
    assert_non_null(spec);
    return spec;
}

static GSocketConnection *connect_to(const Fixture *fixture)
{
    g_autoptr(GSocketClient) client = g_socket_client_new();
    g_socket_client_set_timeout(client, 10);
    return g_socket_client_connect_to_host(client, "127.0.0.1", (guint16)fixture->port, NULL, NULL);
}

static bool say(GSocketConnection *connection, const void *bytes, gsize length)
{
    GOutputStream *out = g_io_stream_get_output_stream(G_IO_STREAM(connection));
    return g_output_stream_write_all(out, bytes, length, NULL, NULL, NULL);
}

/* The status of the answer; 0: none came. */
static int status_of(GSocketConnection *connection)
{
    char answer[13] = "";
    gsize read = 0;
    GInputStream *in = g_io_stream_get_input_stream(G_IO_STREAM(connection));
    g_input_stream_read_all(in, answer, 12, &read, NULL, NULL);
    return read == 12 ? (int)g_ascii_strtoll(answer + 9, NULL, 10) : 0;
}

static int ask(const Fixture *fixture, const char *request)
{
    g_autoptr(GSocketConnection) connection = connect_to(fixture);
    assert_non_null(connection);
    assert_true(say(connection, request, strlen(request)));
    return status_of(connection);
}

static void body_is(const SinkMessage *message, const char *expected)
{
    gsize size = 0;
    const char *bytes = g_bytes_get_data(message->body, &size);
    g_autofree char *text = g_strndup(size > 0 ? bytes : "", size);
    assert_string_equal(text, expected);
}

TEST(a_request_becomes_a_message)
{
    Fixture fixture;
    begin(&fixture, spec_of("webhook"), NULL);
    const int64_t before = g_get_monotonic_time();
    assert_int_equal(ask(&fixture, "POST /a/b?x=1 HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"
                                   "Content-Length: 7\r\n\r\n{\"a\":1}"),
                     200);
    g_autoptr(SinkMessage) message = sink_set_poll(fixture.set, WAIT_US);
    assert_non_null(message);
    assert_string_equal(message->method, "POST");
    assert_string_equal(message->path, "/a/b");
    assert_string_equal(message->query, "x=1");
    assert_string_equal(message->content_type, "application/json");
    assert_string_equal(message->id, "webhook");
    assert_true(g_str_has_prefix(message->from, "127.0.0.1:"));
    assert_int_equal(message->number, 1);
    assert_int_equal(message->length, 7);
    assert_true(before <= message->begun_us && message->begun_us <= message->arrived_us);
    assert_true(message->arrived_us <= g_get_monotonic_time());
    body_is(message, "{\"a\":1}");
    end(&fixture);
}

TEST(any_method_is_taken)
{
    Fixture fixture;
    begin(&fixture, spec_of("webhook"), NULL);
    assert_int_equal(ask(&fixture, "GET /?event=on HTTP/1.1\r\nHost: h\r\n\r\n"), 200);
    assert_int_equal(ask(&fixture, "PUT /x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: "
                                   "chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"),
                     200);
    assert_int_equal(ask(&fixture, "NOTIFY / HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n"), 200);
    g_autoptr(SinkMessage) get = sink_set_poll(fixture.set, WAIT_US);
    g_autoptr(SinkMessage) put = sink_set_poll(fixture.set, WAIT_US);
    g_autoptr(SinkMessage) other = sink_set_poll(fixture.set, WAIT_US);
    assert_string_equal(get->query, "event=on");
    body_is(put, "abcde");
    assert_string_equal(other->method, "NOTIFY");
    assert_null(sink_set_poll(fixture.set, 0));
    end(&fixture);
}

TEST(parts_of_words_are_messages_of_their_own)
{
    Fixture fixture;
    begin(&fixture, spec_of("webhook"), NULL);
    const char *body =
        "--x\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Type: application/xml\r\n\r\n<a/>\r\n"
        "--x\r\nContent-Type: image/jpeg\r\nContent-Length: 3\r\n\r\n\xff\xd8\xff\r\n"
        "--x\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\n{}\r\n--x--\r\n";
    g_autofree char *request =
        g_strdup_printf("POST /p HTTP/1.1\r\nHost: h\r\nContent-Type: multipart/form-data; "
                        "boundary=x\r\nContent-Length: %zu\r\n\r\n%s",
                        strlen(body), body);
    assert_int_equal(ask(&fixture, request), 200);
    g_autoptr(SinkMessage) one = sink_set_poll(fixture.set, WAIT_US);
    g_autoptr(SinkMessage) two = sink_set_poll(fixture.set, WAIT_US);
    body_is(one, "<a/>");
    assert_string_equal(one->content_type, "application/xml");
    assert_string_equal(one->path, "/p");
    body_is(two, "{}");
    assert_null(sink_set_poll(fixture.set, 100000));
    g_autoptr(GPtrArray) notes = sink_set_notes(fixture.set, 0);
    assert_int_equal(notes->len, 1);
    end(&fixture);
}

TEST(who_is_not_meant_is_refused)
{
    Fixture fixture;
    g_autofree char *file = g_build_filename(g_get_tmp_dir(), "vsaudit-sink-password", NULL);
    assert_true(g_file_set_contents(file, "pass\nnot this\n", -1, NULL));
    SinkSpec *spec = spec_of("webhook");
    spec->user = g_strdup("cam");
    spec->password_file = g_strdup(file);
    spec->token = g_strdup("s3cret");
    begin(&fixture, spec, NULL);
    g_unlink(file);
    assert_true(g_str_has_suffix(sink_set_address(fixture.set, 0), "/s3cret"));
    const char *right = "Authorization: Basic Y2FtOnBhc3M=\r\n",
               *wrong = "Authorization: Basic Y2FtOnNhbHQ=\r\n";
    g_autofree char *good =
        g_strdup_printf("POST /s3cret/a HTTP/1.1\r\nHost: h\r\n%sContent-Length: 1\r\n\r\nx", right);
    g_autofree char *other =
        g_strdup_printf("POST /s3cret/a HTTP/1.1\r\nHost: h\r\n%sContent-Length: 1\r\n\r\nx", wrong);
    g_autofree char *path =
        g_strdup_printf("POST /s3cret2 HTTP/1.1\r\nHost: h\r\n%sContent-Length: 1\r\n\r\nx", right);
    assert_int_equal(ask(&fixture, good), 200);
    assert_int_equal(ask(&fixture, other), 401);
    assert_int_equal(ask(&fixture, "POST /s3cret HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n"), 401);
    assert_int_equal(ask(&fixture, path), 404);
    g_autoptr(SinkMessage) message = sink_set_poll(fixture.set, WAIT_US);
    assert_non_null(message);
    assert_null(sink_set_poll(fixture.set, 100000));
    SinkCounts counts;
    sink_set_count(fixture.set, 0, &counts);
    assert_int_equal(counts.messages, 1);
    assert_int_equal(counts.refused, 3);
    end(&fixture);
}

TEST(what_is_long_is_cut_and_what_is_much_is_dropped)
{
    Fixture fixture;
    const SinkLimits limits = {.body_bytes = 10, .queue_messages = 2};
    begin(&fixture, spec_of("webhook"), &limits);
    GString *request = g_string_new("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3000000\r\n\r\n");
    for (int i = 0; i < 300000; i++)
        g_string_append(request, "0123456789");
    for (int i = 0; i < 3; i++)
        assert_int_equal(ask(&fixture, request->str), 200);
    g_string_free(request, TRUE);
    g_autoptr(SinkMessage) message = sink_set_poll(fixture.set, WAIT_US);
    body_is(message, "0123456789");
    assert_int_equal(message->length, 3000000);
    SinkCounts counts;
    sink_set_count(fixture.set, 0, &counts);
    assert_int_equal(counts.messages, 2);
    assert_int_equal(counts.cut, 2);
    assert_int_equal(counts.dropped, 1);
    end(&fixture);
}

TEST(those_who_hold_their_place_make_room)
{
    Fixture fixture;
    const SinkLimits limits = {.connections = 4};
    begin(&fixture, spec_of("webhook"), &limits);
    GSocketConnection *slow[12];
    for (size_t i = 0; i < G_N_ELEMENTS(slow); i++) {
        slow[i] = connect_to(&fixture);
        assert_non_null(slow[i]);
        say(slow[i], "POST / HTTP/1.1\r\nX-", 19);
    }
    assert_int_equal(ask(&fixture, "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nok"), 200);
    g_autoptr(SinkMessage) message = sink_set_poll(fixture.set, WAIT_US);
    body_is(message, "ok");
    assert_int_equal(status_of(slow[0]), 0); /* closed */
    SinkCounts counts;
    sink_set_count(fixture.set, 0, &counts);
    assert_in_range(counts.broken, 8, 12);
    for (size_t i = 0; i < G_N_ELEMENTS(slow); i++)
        g_object_unref(slow[i]);
    end(&fixture);
}

TEST(what_does_not_end_is_ended)
{
    Fixture fixture;
    const SinkLimits limits = {.request_us = US_PER_SECOND};
    begin(&fixture, spec_of("webhook"), &limits);
    g_autoptr(GSocketConnection) slow = connect_to(&fixture);
    const char *head = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nab";
    assert_true(say(slow, head, strlen(head)));
    assert_int_equal(status_of(slow), 0); /* within the 10 s of the client */
    SinkCounts counts;
    sink_set_count(fixture.set, 0, &counts);
    assert_int_equal(counts.broken, 1);
    assert_int_equal(counts.messages, 0);
    g_autoptr(GPtrArray) notes = sink_set_notes(fixture.set, 0);
    assert_int_equal(notes->len, 1);
    assert_non_null(strstr(g_ptr_array_index(notes, 0), "did not end in time"));
    end(&fixture);
}

TEST(a_head_without_end_costs_itself_alone)
{
    Fixture fixture;
    begin(&fixture, spec_of("webhook"), NULL);
    g_autoptr(GSocketConnection) endless = connect_to(&fixture);
    assert_true(say(endless, "POST / HTTP/1.1\r\n", 17));
    g_autofree char *line = g_strnfill(1000, 'x');
    memcpy(line, "X-A: ", 5);
    memcpy(line + 998, "\r\n", 2);
    bool open = true;
    for (int i = 0; open && i < 4000; i++) /* 4 MB */
        open = say(endless, line, 1000);
    assert_false(open);
    assert_int_equal(ask(&fixture, "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nok"), 200);
    end(&fixture);
}

TEST(a_taken_port_is_told)
{
    Fixture fixture;
    begin(&fixture, spec_of("webhook"), NULL);
    g_autofree char *text = g_strdup_printf("webhook:%u", fixture.port);
    g_autoptr(GPtrArray) specs = g_ptr_array_new_with_free_func((GDestroyNotify)sink_spec_free);
    g_ptr_array_add(specs, spec_of(text));
    g_autoptr(GError) error = NULL;
    assert_null(sink_set_start(specs, NULL, &error));
    assert_true(g_error_matches(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS));
    assert_true(g_str_has_prefix(error->message, "webhook: cannot listen at "));
    end(&fixture);
}

TEST(nobody_there_is_told)
{
    static const char *const texts[] = {"mqtt:mqtt://127.0.0.1:1", "onvif:http://127.0.0.1:1/onvif/event",
                                        "alertstream:http://127.0.0.1:1"};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(GPtrArray) specs = g_ptr_array_new_with_free_func((GDestroyNotify)sink_spec_free);
        g_ptr_array_add(specs, spec_of(texts[i]));
        g_autoptr(GError) error = NULL;
        g_autoptr(SinkSet) set = sink_set_start(specs, NULL, &error);
        assert_non_null(set);
        assert_false(sink_set_wait_ready(set, 500000, &error));
        assert_true(g_error_matches(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS));
        assert_non_null(strstr(error->message, "127.0.0.1:1"));
        assert_non_null(strstr(error->message, "refused"));
    }
}

TEST(what_a_spec_may_say)
{
    static const TestPair cases[] = {
        {"webhook:8080", NULL},
        {"webhook:[::1]:8080", NULL},
        {"webhook:::1", "IPv6 in brackets"},
        {"webhook:host:99999", "expected HOST:PORT"},
        {"mqtt", NULL},
        {"mqtt:mqtt://127.0.0.1\nplugin /tmp/x.so:1883", "expected HOST:PORT"},
        {"mqtt:mqtt://a%0Ab@h", "in one line"},
        {"mqtt:tcp://h", "begins with mqtt:// or mqtts://"},
        {"onvif", "found no address"},
        {"onvif:http:///x", "expected a URL with a host"},
        {"alertstream:http://a:b@h/", "found a password in the address"},
        {"alertstream:http://a@h/", "a user without a password"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(SinkSpec) spec = spec_of(cases[i].given);
        const char *key = NULL;
        g_autofree char *fault = sink_spec_fault(spec, &key);
        if (cases[i].expected == NULL ? fault != NULL
                                      : fault == NULL || strstr(fault, cases[i].expected) == NULL)
            fail_msg("%s: %s", cases[i].given, fault != NULL ? fault : "no fault");
    }
    g_autoptr(SinkSpec) user = spec_of("onvif:https://a@h:8/x@y");
    assert_string_equal(user->user, "a");
    assert_string_equal(user->address, "https://h:8/x@y");
    g_autoptr(GError) error = NULL;
    assert_null(sink_spec_parse("webhok:1", &error));
    assert_true(g_error_matches(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE));
}

UNIT_TESTS(NULL, NULL)
