/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a live system tells: of which camera it is, how often it is counted, how much is heard at once. */
#include "runner/live_ear.h"

#include "scratch.h"

#include <gio/gio.h>
#include <string.h>

#include "unit.h"

enum { CAMERAS = 2, MANY = 1500, AT_ONCE = 1000 };

static const char *const asked[] = {"intrusion", NULL};

/* Two cameras, which show nothing; two web hooks, of which the second is the second camera's. */
typedef struct {
    LiveOptions live;
    LiveStage stage;
    LiveLane lanes[CAMERAS];
    ProductCamera places[CAMERAS];
    Camera *cameras[CAMERAS];
    WorkerJob order;
    LiveEar ear;
    GSocketConnection *to[2];
} Fixture;

static void open_hooks(Fixture *f)
{
    f->live.sinks = g_ptr_array_new_with_free_func((GDestroyNotify)sink_spec_free);
    for (int64_t i = 0; i < 2; i++) {
        SinkSpec *spec = sink_spec_parse("webhook", NULL);
        spec->id = g_strdup(i == 0 ? "first" : "second");
        spec->camera = i == 0 ? 0 : 2;
        g_ptr_array_add(f->live.sinks, spec);
    }
    f->stage.sinks = sink_set_start(f->live.sinks, NULL, NULL);
    assert_non_null(f->stage.sinks);
    assert_true(sink_set_wait_ready(f->stage.sinks, 10 * US_PER_SECOND, NULL));
    for (guint i = 0; i < 2; i++) {
        g_autoptr(GUri) uri = g_uri_parse(sink_set_address(f->stage.sinks, i), G_URI_FLAGS_NONE, NULL);
        g_autoptr(GSocketClient) client = g_socket_client_new();
        f->to[i] =
            g_socket_client_connect_to_host(client, "127.0.0.1", (guint16)g_uri_get_port(uri), NULL, NULL);
        assert_non_null(f->to[i]);
    }
}

static void begin(Fixture *f, guint cameras)
{
    static const char map[] = "schema: vsaudit/alert-map/1\nformat: json\n"
                              "columns: {state: state, id: id, camera: camera}\nbehaviour: intrusion\n";
    *f = (Fixture){.stage = {.lanes = cameras}};
    f->live.camera.name = g_strdup("hall");
    f->stage.live = &f->live;
    f->stage.cameras = f->cameras;
    f->stage.places = f->places;
    g_autofree char *path = scratch_write("map.yaml", map);
    g_autoptr(Problems) problems = problems_new();
    f->stage.mapper = alert_mapper_load(path, problems);
    assert_non_null(f->stage.mapper);
    const CameraServerOptions options = CAMERA_SERVER_DEFAULTS;
    f->stage.server = camera_server_start(&options, NULL);
    for (guint i = 0; i < cameras; i++) {
        f->places[i].name = cameras > 1 ? g_strdup_printf("hall-%u", i + 1) : g_strdup("hall");
        f->cameras[i] = camera_add(f->stage.server, f->places[i].name, 1, NULL);
        live_lane_init(&f->lanes[i], &f->live, f->cameras[i], asked);
        f->lanes[i].order = &f->order;
        f->lanes[i].remarks = g_ptr_array_new_with_free_func(g_free);
    }
    open_hooks(f);
    live_ear_init(&f->ear, &f->stage, f->lanes);
}

static void end(Fixture *f)
{
    for (guint i = 0; i < 2; i++)
        g_object_unref(f->to[i]);
    camera_server_stop(f->stage.server);
    sink_set_stop(f->stage.sinks);
    for (guint i = 0; i < f->stage.lanes; i++) {
        live_lane_clear(&f->lanes[i]);
        g_free(f->places[i].name);
    }
    alert_mapper_free(f->stage.mapper);
    g_ptr_array_unref(f->live.sinks);
    g_free(f->live.camera.name);
}

/* Posts it to a hook, and waits for the answer. */
static void post(Fixture *f, guint hook, const char *body)
{
    g_autofree char *text = g_strdup_printf(
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s",
        strlen(body), body);
    GIOStream *stream = G_IO_STREAM(f->to[hook]);
    assert_true(g_output_stream_write_all(g_io_stream_get_output_stream(stream), text, strlen(text), NULL,
                                          NULL, NULL));
    g_autoptr(GString) answer = g_string_new(NULL);
    while (strstr(answer->str, "\r\n\r\n") == NULL) {
        char byte;
        assert_int_equal(g_input_stream_read(g_io_stream_get_input_stream(stream), &byte, 1, NULL, NULL), 1);
        g_string_append_c(answer, byte);
    }
}

static AlarmCounts counts_of(Fixture *f, guint lane)
{
    AlarmCounts counts;
    g_ptr_array_unref(alarms_take(f->lanes[lane].alarms, 0, &counts));
    return counts;
}

TEST(a_message_is_the_cameras_that_its_row_names_else_its_sinks)
{
    Fixture f;
    begin(&f, 2);
    post(&f, 0, "{\"state\":\"new\",\"id\":1,\"camera\":\"2\"}");
    post(&f, 0, "{\"state\":\"new\",\"id\":2,\"camera\":\"hall-1\"}");
    post(&f, 0, "{\"state\":\"new\",\"id\":3,\"camera\":\"3\"}");
    post(&f, 0, "{\"state\":\"new\",\"id\":4}");
    post(&f, 1, "{\"state\":\"new\",\"id\":5}");
    post(&f, 1, "{\"state\":\"new\",\"id\":6,\"camera\":1}");
    post(&f, 1, "{\"state\":\"new\",\"id\":7,\"camera\":\"hall\"}"); /* there is none of that name */
    live_ear_hear_rest(&f.ear);
    const AlarmCounts first = counts_of(&f, 0), second = counts_of(&f, 1);
    assert_int_equal(first.outside, 2);
    assert_int_equal(second.outside, 2);
    assert_int_equal(first.messages, 2 + 3);
    assert_int_equal(second.messages, 2);
    assert_int_equal(f.ear.unplaced, 3);
    assert_int_equal(f.lanes[0].remarks->len, 3);
    json_t *told = live_ear_describe(&f.ear, &f.lanes[0]);
    assert_int_equal(json_integer_value(json_object_get(told, "unplaced")), 3);
    assert_int_equal(json_integer_value(json_object_get(told, "cameras")), 2);
    json_decref(told);
    live_ear_forget(&f.ear);
    assert_int_equal(f.ear.unplaced, 0);
    end(&f);
}

TEST(what_is_no_alarm_is_told_once_of_the_first_camera_that_shows_something)
{
    Fixture f;
    begin(&f, 2);
    f.lanes[0].order = NULL;
    post(&f, 0, "nonsense");
    post(&f, 1, "{\"state\":\"perhaps\",\"id\":1,\"camera\":\"1\"}");
    live_ear_hear_rest(&f.ear);
    assert_int_equal(counts_of(&f, 0).messages, 0);
    const AlarmCounts second = counts_of(&f, 1);
    assert_int_equal(second.messages, 2);
    assert_int_equal(second.wrong, 2);
    end(&f);
}

TEST(one_camera_is_what_all_is_about)
{
    Fixture f;
    begin(&f, 1);
    post(&f, 0, "{\"state\":\"new\",\"id\":1,\"camera\":\"yard\"}");
    post(&f, 1, "{\"state\":\"new\",\"id\":2}");
    live_ear_hear_rest(&f.ear);
    assert_int_equal(counts_of(&f, 0).outside, 2);
    assert_int_equal(f.ear.unplaced, 0);
    end(&f);
}

/* While a clip is shown one that floods does not keep us from the cameras; at its end nothing is left. */
TEST(at_the_end_all_that_came_is_heard)
{
    Fixture f;
    begin(&f, 1);
    for (int i = 0; i < MANY; i++) {
        g_autofree char *body = g_strdup_printf("{\"state\":\"whole\",\"id\":%d}", i);
        post(&f, 0, body);
    }
    live_ear_hear(&f.ear, 0);
    assert_int_equal(counts_of(&f, 0).messages, AT_ONCE);
    live_ear_hear_rest(&f.ear);
    assert_int_equal(counts_of(&f, 0).messages, MANY - AT_ONCE);
    end(&f);
}

UNIT_TESTS(scratch_make, scratch_drop)
