/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "systems/program_talk.h"

#include <stdio.h>
#include <string.h>

#include "unit.h"

enum { WIDTH = 8, HEIGHT = 4, PICTURES = 5, STRIDE = 16 };

static const int64_t step_us = 200000, end_us = PICTURES * 200000;

/* A program in shell: it says hello and answers everything; $1 of say is done on a picture at $t, $2 when the
 * clip ends, $3 at the very end. */
static const char frame_loop[] =
    "ready() { echo '{\"type\":\"ready\"}'; }\n"
    "hello() { read -r line; echo '{\"type\":\"hello\",\"protocol\":\"system/1\",\"name\":\"sh\"'\"$1\"'}'; "
    "}\n"
    "alert() { echo '{\"type\":\"alert\",\"behaviour\":\"intrusion\",\"onset_us\":'\"$1\"'}'; }\n"
    "talk() { while read -r line; do case $line in\n"
    "*'\"type\":\"frame\"'*) t=${line#*'\"t_us\":'}; t=${t%%,*}; n=${line##*'\"bytes\":'}; n=${n%?};\n"
    "  head -c $n >/dev/null; on_frame; ready;;\n"
    "*'\"type\":\"clip\"'*) on_clip; ready;;\n"
    "*'\"type\":\"end\"'*) on_end; echo '{\"type\":\"end\"}'; on_over;;\n"
    "esac; done; }\n"
    "on_frame() { :; }\n on_clip() { :; }\n on_end() { :; }\n on_over() { :; }\n";

typedef struct {
    TalkSpec spec;
    char *script;
    const char *argv[4];
    json_t *settings, *behaviours;
    GPtrArray *alerts;
    json_t *remarks;
    TalkCounts counts;
    char *log;
} Case;

static void prepare(Case *c, const char *body)
{
    *c = (Case){
        .script = g_strconcat(frame_loop, body, NULL), .settings = json_object(), .behaviours = json_array()};
    c->argv[0] = "/bin/sh";
    c->argv[1] = "-c";
    c->argv[2] = c->script;
    c->spec = (TalkSpec){.start = {.argv = c->argv},
                         .settings = c->settings,
                         .gives = "alerts",
                         .starts = "clip",
                         .start_s = 5,
                         .processor_x = 20,
                         .queue = 4};
}

static void dispose(Case *c)
{
    g_free(c->script);
    g_free(c->log);
    json_decref(c->settings);
    json_decref(c->behaviours);
    json_decref(c->remarks);
    if (c->alerts != NULL)
        g_ptr_array_unref(c->alerts);
}

static bool show_clip(ProgramTalk *talk, Case *c, GError **error)
{
    uint8_t luma[STRIDE * HEIGHT], bgr[3 * WIDTH * HEIGHT];
    const char *const ids[] = {"intrusion", "loitering", NULL};
    const TalkClip clip = {.name = "1",
                           .width = WIDTH,
                           .height = HEIGHT,
                           .aspect = 2.0,
                           .behaviours = c->behaviours,
                           .ids = ids};
    if (!program_talk_begin(talk, &clip, error))
        return false;
    for (int i = 0; i < PICTURES; i++) {
        memset(luma, '0' + i, sizeof luma);
        memset(bgr, 'a' + i, sizeof bgr);
        const ReplayFrame frame = {.t_us = i * step_us,
                                   .duration_us = step_us,
                                   .width = WIDTH,
                                   .height = HEIGHT,
                                   .luma = luma,
                                   .luma_stride = STRIDE,
                                   .bgr = bgr,
                                   .bgr_stride = 3 * WIDTH};
        if (!program_talk_show(talk, &frame, error))
            return false;
    }
    if (!program_talk_end(talk, end_us, error))
        return false;
    g_clear_pointer(&c->alerts, g_ptr_array_unref);
    c->alerts = program_talk_take(talk);
    c->counts = *program_talk_counts(talk);
    json_decref(c->remarks);
    c->remarks = json_deep_copy(c->counts.remarks);
    return true;
}

static bool run_clips(Case *c, int clips, GError **error)
{
    g_autoptr(ProgramTalk) talk = program_talk_start(&c->spec, &c->log, error);
    bool fine = talk != NULL;
    for (int i = 0; i < clips && fine; i++)
        fine = show_clip(talk, c, error);
    fine = fine && program_talk_close(talk, error);
    if (talk != NULL) {
        g_free(c->log);
        c->log = program_talk_log(talk);
    }
    return fine;
}

static void expect_fine(Case *c, int clips)
{
    g_autoptr(GError) error = NULL;
    if (!run_clips(c, clips, &error))
        fail_msg("%s [%s]", error->message, c->log != NULL ? c->log : "");
}

static void expect_refused(const char *body, const char *expected)
{
    Case c;
    prepare(&c, body);
    c.spec.start_s = 0.3;
    c.spec.processor_x = 1;
    g_autoptr(GError) error = NULL;
    assert_false(run_clips(&c, 1, &error));
    assert_int_equal(error->code, VSAUDIT_ERROR_INPUT);
    if (strstr(error->message, expected) == NULL)
        fail_msg("found “%s”, expected “%s” in it", error->message, expected);
    dispose(&c);
}

/* What was said too early ends no picture's time: each is written in whole while it is still there. */
TEST(pictures_are_whole_where_ready_comes_too_early)
{
    Case c;
    prepare(&c, "hello; read -r line; for i in 1 2 3 4 5 6; do ready; done; seen=;\n"
                "while read -r line; do case $line in\n"
                "*frame*) n=${line##*'\"bytes\":'}; n=${n%?}; seen=$seen$(head -c $n | tr -s a-z);;\n"
                "*) echo '{\"type\":\"remark\",\"text\":\"'\"$seen\"'\"}'; echo '{\"type\":\"end\"}';;\n"
                "esac; done");
    expect_fine(&c, 1);
    assert_string_equal(json_string_value(json_array_get(c.remarks, 0)), "abcde");
    dispose(&c);
}

TEST(alerts_are_decided_at_the_picture_before_ready)
{
    Case c;
    prepare(&c, "on_frame() { [ $t = 400000 ] && alert 200000; }; hello; talk");
    expect_fine(&c, 1);
    assert_int_equal(c.alerts->len, 1);
    const Alert *alert = g_ptr_array_index(c.alerts, 0);
    assert_string_equal(alert->behaviour, "intrusion");
    assert_int_equal(alert->onset_us, 200000);
    assert_int_equal(alert->decided_us, 400000);
    assert_int_equal(alert->end_us, end_us); /* it did not say */
    assert_true(geometry_box_is_none(alert->box));
    assert_int_equal(c.counts.pictures, PICTURES);
    dispose(&c);
}

/* What comes after “ready” is about the next picture, however early it is read. */
TEST(what_follows_ready_belongs_to_the_next_picture)
{
    Case c;
    prepare(&c, "on_frame() { [ $t = 200000 ] && { ready; alert 0; read -r line; n=${line##*'\"bytes\":'}; "
                "head -c ${n%?} >/dev/null; } ; }; hello; talk");
    for (int i = 0; i < 5; i++) {
        expect_fine(&c, 1);
        assert_int_equal(c.alerts->len, 1);
        assert_int_equal(((const Alert *)g_ptr_array_index(c.alerts, 0))->decided_us, 400000);
    }
    dispose(&c);
}

TEST(ready_may_say_which_picture_it_has_done_with)
{
    Case c;
    prepare(&c, "ready() { echo '{\"type\":\"ready\"'\"${t:+,\\\"t_us\\\":$t}\"'}'; }; hello; talk");
    expect_fine(&c, 1);
    assert_int_equal(c.counts.pictures, PICTURES);
    dispose(&c);
}

TEST(an_alert_is_read_whole)
{
    Case c;
    prepare(&c,
            "on_frame() { [ $t = 0 ] && echo '{\"type\":\"alert\",\"behaviour\":\"loitering\",\"onset_us\":0,"
            "\"confidence\":0.25,\"box\":[0.1,0.2,0.3,0.4],\"id\":\"a\",\"label\":\"lingers\",\"end_us\":"
            "null}';\n"
            "[ $t = 600000 ] && echo '{\"type\":\"alert-end\",\"id\":\"a\",\"end_us\":450000}'\n"
            "[ $t = 800000 ] && echo '{\"type\":\"alert\",\"behaviour\":\"loitering\",\"onset_us\":100000,"
            "\"end_us\":300000}'\n"
            "[ $t = 800000 ] && echo '{\"type\":\"alert\",\"behaviour\":\"loitering\",\"onset_us\":200000,"
            "\"id\":\"b\"}' && echo '{\"type\":\"alert-end\",\"id\":\"b\",\"end_us\":400000}'; }\n"
            "on_end() { alert 1000000; echo '{\"type\":\"remark\",\"text\":\"tired\"}'; }; hello; talk");
    expect_fine(&c, 1);
    assert_int_equal(c.alerts->len, 4);
    const Alert *first = g_ptr_array_index(c.alerts, 0), *over = g_ptr_array_index(c.alerts, 1),
                *ended = g_ptr_array_index(c.alerts, 2), *second = g_ptr_array_index(c.alerts, 3);
    /* what was over before it was decided stays so */
    assert_int_equal(over->decided_us, 800000);
    assert_int_equal(over->end_us, 300000);
    assert_int_equal(ended->decided_us, 800000);
    assert_int_equal(ended->end_us, 400000);
    assert_string_equal(first->label, "lingers");
    assert_int_equal(first->end_us, 450000);
    assert_true(first->confidence == 0.25 && first->box.h == 0.4);
    assert_int_equal(second->decided_us, end_us);
    assert_int_equal(json_array_size(c.remarks), 1);
    assert_string_equal(json_string_value(json_array_get(c.remarks, 0)), "tired");
    dispose(&c);
}

TEST(one_process_may_be_shown_several_clips)
{
    Case c;
    prepare(&c, "clips=0; on_clip() { clips=$((clips+1)); }; on_end() { [ $clips = 3 ] && alert 0; }; hello "
                "',\"starts\":\"run\"'; talk");
    c.spec.starts = "run";
    expect_fine(&c, 2);
    assert_int_equal(c.alerts->len, 0);
    expect_fine(&c, 3);
    assert_int_equal(c.alerts->len, 1);
    dispose(&c);
}

/* The very bytes, without what pads the rows in memory. */
TEST(pictures_arrive_as_they_are)
{
    static const TestPair formats[] = {
        {",\"format\":\"gray\"", "32 0"},
        {",\"format\":\"bgr\"", "96 a"},
        {"", "96 a"},
        {",\"format\":\"gray+bgr\"", "128 0"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(formats); i++) {
        Case c;
        g_autofree char *body = g_strdup_printf(
            "hello '%s'; read -r line; ready; read -r line; n=${line##*'\"bytes\":'}; n=${n%%?}; head -c $n >"
            "/tmp/vsaudit-talk-$$; echo \"$n $(head -c 1 /tmp/vsaudit-talk-$$)\" >&2; rm "
            "/tmp/vsaudit-talk-$$; "
            "ready; talk",
            formats[i].given);
        prepare(&c, body);
        expect_fine(&c, 1);
        g_autofree char *expected = g_strconcat(formats[i].expected, "\n", NULL);
        assert_string_equal(c.log, expected);
        dispose(&c);
    }
}

/* Every picture where it asked for no rate, which is told as null. */
TEST(the_clip_is_told_with_the_rate_that_was_asked_for)
{
    static const TestPair rates[] = {{"", "null"}, {",\"rate\":0", "null"}, {",\"rate\":2.5", "2.5"}};
    for (size_t i = 0; i < G_N_ELEMENTS(rates); i++) {
        Case c;
        g_autofree char *body =
            g_strdup_printf("on_clip() { echo \"$line\" >&2; }; hello '%s'; talk", rates[i].given);
        prepare(&c, body);
        json_array_append_new(c.behaviours, json_pack("{s:s}", "id", "intrusion"));
        expect_fine(&c, 1);
        g_autofree char *expected = g_strdup_printf(
            "{\"type\":\"clip\",\"clip\":\"1\",\"width\":8,\"height\":4,\"format\":\"bgr\",\"aspect\":2.0,"
            "\"rate\":%s,\"behaviours\":[{\"id\":\"intrusion\"}]}\n",
            rates[i].expected);
        assert_string_equal(c.log, expected);
        dispose(&c);
    }
}

TEST(settings_reach_the_program)
{
    Case c;
    prepare(&c,
            "read -r line; echo \"$line\" >&2; echo '{\"type\":\"hello\",\"protocol\":\"system/1\",\"name\":"
            "\"x\"}'; talk");
    json_object_set_new(c.settings, "threshold", json_real(0.5));
    expect_fine(&c, 1);
    assert_non_null(strstr(c.log, "\"settings\":{\"threshold\":0.5}"));
    assert_non_null(strstr(c.log, "\"protocol\":\"system/1\""));
    dispose(&c);
}

TEST(a_free_pace_needs_no_ready)
{
    Case c;
    prepare(&c, "ready() { :; }; on_frame() { [ $t = 600000 ] && alert 0; }; hello; talk");
    c.spec.pace = TALK_FREE;
    expect_fine(&c, 1);
    assert_int_equal(c.alerts->len, 1);
    const Alert *alert = g_ptr_array_index(c.alerts, 0);
    /* taken in whole, and nothing later than what was in the pipe by then */
    assert_in_range(alert->decided_us, 600000, end_us);
    dispose(&c);
}

TEST(a_slow_program_loses_pictures_by_the_clock)
{
    Case c;
    prepare(&c, "ready() { :; }; on_frame() { sleep 0.45; }; hello; talk");
    c.spec.pace = TALK_REAL_TIME;
    c.spec.queue = 1;
    expect_fine(&c, 1);
    assert_in_range(c.counts.dropped, 1, PICTURES - 1);
    assert_int_equal(c.counts.pictures + c.counts.dropped, PICTURES);
    dispose(&c);
}

static bool count_boxes(const json_t *boxes, int64_t t_us, void *user, GError **error)
{
    (void)boxes, (void)t_us, (void)error;
    ++*(int *)user;
    return true;
}

TEST(observations_are_of_a_picture)
{
    static const struct {
        const char *body;
        int taken;
        const char *expected; /* NULL: nothing is wrong */
    } cases[] = {
        {"on_frame() { look $t; }", PICTURES, NULL},
        {"on_frame() { look $t; look $t; }", 1, "found 0 a second time"},
        {"on_frame() { look 7; }", 0, "found 7, expected one observation of the picture at 0"},
        {"on_clip() { look -1; }", 0, "found an observation of no picture"},
        {"on_end() { look 1000000; }", 0, "found an observation of no picture"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *body = g_strconcat("look() { echo "
                                            "'{\"type\":\"observation\",\"boxes\":[],\"t_us\":'$1'}'; }; ",
                                            cases[i].body, "; hello; talk", NULL);
        int taken = 0;
        Case c;
        prepare(&c, body);
        c.spec.gives = "observations";
        c.spec.observed = count_boxes;
        c.spec.user = &taken;
        g_autoptr(GError) error = NULL;
        const bool fine = run_clips(&c, 1, &error);
        if (fine != (cases[i].expected == NULL) ||
            (!fine && strstr(error->message, cases[i].expected) == NULL))
            fail_msg("%s: %s", cases[i].body, fine ? "nothing wrong" : error->message);
        assert_int_equal(taken, cases[i].taken);
        dispose(&c);
    }
}

TEST(what_is_wrong_is_refused)
{
    static const TestPair wrong[] = {
        {"exit 3", "it ended with status 3, expected its “hello”"},
        {"sleep 5", "it did not start within 0.3 s, expected its “hello”"},
        {"echo hi; sleep 5", "line 1 of its output: found “hi”, expected a JSON object"},
        {"echo '[1]'; sleep 5", "line 1 of its output: found “[1]”, expected a JSON object"},
        {"echo ' {\"type\":\"hello\",\"type\":\"hello\"}'; sleep 5",
         "“ {\"type\":\"hello\",\"type\":\"hello\"}” (column 23: duplicate object key near"},
        {"echo '{\"type\":\"alert\",\"confidence\":NaN}'; sleep 5",
         "(column 32: invalid token near 'NaN'), expected a JSON object"},
        {"echo '{\"type\":\"ready\"}'; sleep 5",
         "line 1 of its output: found another line, expected its “hello” first"},
        {"echo '{\"type\":\"hello\",\"protocol\":\"system/2\",\"name\":\"x\"}'; sleep 5",
         "hello.protocol: found “system/2”, expected system/1"},
        {"echo '{\"type\":\"hello\",\"protocol\":\"system/1\"}'; sleep 5", "found “hello” without “name”"},
        {"hello ',\"gives\":\"observations\"'; sleep 5",
         "hello.gives: found “observations”, expected alerts"},
        {"hello ',\"format\":\"rgb\"'; sleep 5", "hello.format: found “rgb”, expected one of gray, bgr"},
        {"hello ',\"width\":-1'; sleep 5", "hello.width: found -1, expected 0 to"},
        {"hello ',\"colour\":1'; sleep 5", "found the unknown key “colour” in “hello”"},
        {"on_end() { ready; }; hello; talk", "found a “ready”, expected none"},
        {"ready() { echo '{\"type\":\"ready\",\"t_us\":0}'; }; hello; talk",
         "ready.t_us: found 0, expected none: no picture was shown yet"},
        {"hello; read -r line; ready; ready() { echo '{\"type\":\"ready\",\"t_us\":200000}'; }; talk",
         "ready.t_us: found 200000, expected 0, the picture that was shown last"},
        {"ready() { echo '{\"type\":\"ready\",\"t_us\":\"0\"}'; }; hello; talk",
         "ready.t_us: found \"0\", expected a whole number"},
        {"on_clip() { alert 0; }; hello; talk",
         "line 2 of its output: found an alert before the first picture"},
        {"on_frame() { alert 200000; }; hello; talk",
         "alert.onset_us: found 200000, expected a time from 0 to 0"},
        {"on_frame() { alert -1; }; hello; talk", "alert.onset_us: found -1"},
        {"on_frame() { alert 0.5; }; hello; talk", "alert.onset_us: found 0.5, expected a whole number"},
        {"on_frame() { echo '{\"type\":\"alert\",\"behaviour\":\"theft\",\"onset_us\":0}'; }; hello; talk",
         "alert.behaviour: found “theft”, expected one that was asked for: intrusion, loitering"},
        {"on_frame() { echo "
         "'{\"type\":\"alert\",\"behaviour\":\"intrusion\",\"onset_us\":0,\"box\":[0,0,2,1]}'; }; hello; "
         "talk",
         "alert.box: found [0,0,2,1], expected a box"},
        {"on_frame() { echo "
         "'{\"type\":\"alert\",\"behaviour\":\"intrusion\",\"onset_us\":0,\"confidence\":2}'; }; hello; talk",
         "alert.confidence: found 2"},
        {"on_frame() { echo '{\"type\":\"alert-end\",\"id\":\"a\",\"end_us\":0}'; }; hello; talk",
         "alert-end.id: found “a”, expected the id of an alert that has not ended"},
        {"on_frame() { echo '{\"type\":\"observation\",\"t_us\":0,\"boxes\":[]}'; }; hello; talk",
         "found an observation, expected alerts"},
        {"on_frame() { echo '{\"type\":\"end\"}'; }; hello; talk", "found an “end”, expected it only after"},
        {"on_frame() { sleep 5; }; hello; talk", "it took too long, expected a “ready”"},
        {"on_frame() { exit 0; }; hello; talk", "it ended with status 0, expected a “ready”"},
        {"on_frame() { kill -SEGV $$; }; hello; talk", "it was ended by SIGSEGV, expected a “ready”"},
        {"on_frame() { exec >&-; sleep 5; }; hello; talk", "it closed its output, expected a “ready”"},
        {"on_over() { alert 0; }; hello; talk", "found something after its “end”"},
        {"hello; talk; exit 7", "it ended with status 7 after its last clip, expected 0"},
        {"hello; talk; sleep 5", "it did not end within 0.3 s after its last clip"},
        {"on_frame() { head -c 1100000 /dev/zero | tr '\\0' x; }; hello; talk",
         "found a line of more than 1 MiB"},
        {"on_frame() { yes '{\"type\":\"remark\",\"text\":\"x\"}' | head -n 100001; }; hello; talk",
         "found more than 100000 messages about one clip"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++)
        expect_refused(wrong[i].given, wrong[i].expected);
}

TEST(what_is_no_program_is_refused)
{
    Case c;
    prepare(&c, "");
    c.argv[0] = "/nonexistent/program";
    g_autoptr(GError) error = NULL;
    assert_false(run_clips(&c, 1, &error));
    assert_non_null(strstr(error->message, "it ended with status 126, expected its “hello”"));
    dispose(&c);
}

/* More on standard error than a pipe holds, while pictures are written: nobody waits for ever. */
TEST(much_on_standard_error_is_cut)
{
    Case c;
    prepare(&c, "on_frame() { yes noise | head -c 300000 >&2; echo last >&2; }; hello; talk");
    expect_fine(&c, 1);
    assert_in_range(strlen(c.log), 4000, 4096);
    assert_non_null(strstr(c.log, "last\n"));
    dispose(&c);
}

UNIT_TESTS(NULL, NULL)
