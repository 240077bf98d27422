/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Truth and alerts on the file's own clock, stated lengths, ends beyond a clip. */
#include "config/settle.h"
#include "config/settle_clock.h"
#include "records/error.h"

#include <math.h>
#include <string.h>

#include "unit.h"

#define S(seconds) ((int64_t)((seconds)*1e6))

static const char *const behaviours[] = {"running", NULL};

typedef struct {
    Dataset dataset;
    Clip clip;
    ClipQuality *quality;
} Fixture;

static void free_spans(gpointer data)
{
    span_list_clear(data);
    g_free(data);
}

/* A clip of so many seconds, 10 pictures a second. */
static void fixture_init(Fixture *fixture, double seconds, ClipTimes times)
{
    memset(fixture, 0, sizeof *fixture);
    Clip *clip = &fixture->clip;
    fixture->dataset.file = (char *)"d.yaml";
    fixture->dataset.annotators = g_ptr_array_new();
    fixture->dataset.earlier_truth = g_ptr_array_new();
    clip->id = (char *)"c";
    clip->line = 4;
    clip->times = (int)times;
    clip->duration_us = TIME_UNKNOWN;
    clip->files = g_ptr_array_new();
    clip->events = event_array_new();
    clip->coverage = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_spans);
    clip->counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref);
    fixture->quality = clip_quality_new();
    fixture->quality->duration_us = fixture->quality->watched_us = S(seconds);
    fixture->quality->frames = (int64_t)(seconds * 10);
}

static void fixture_clear(Fixture *fixture)
{
    g_ptr_array_unref(fixture->dataset.annotators);
    g_ptr_array_unref(fixture->dataset.earlier_truth);
    g_ptr_array_unref(fixture->clip.files);
    g_ptr_array_unref(fixture->clip.events);
    g_hash_table_unref(fixture->clip.coverage);
    g_hash_table_unref(fixture->clip.counts);
    clip_quality_free(fixture->quality);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Fixture, fixture_clear)

static void add_piece(Fixture *fixture, double t, double length, double player)
{
    const ClockPiece piece = {S(t), S(length), S(player + 100), S(player), 0};
    if (fixture->quality->clock->len == 0)
        fixture->quality->first_picture_us = S(player);
    g_array_append_val(fixture->quality->clock, piece);
}

static void add_event(Fixture *fixture, double start, double end)
{
    g_ptr_array_add(fixture->clip.events, event_new("running", S(start), S(end)));
}

static void cover(Fixture *fixture, double start, double end)
{
    SpanList *spans = g_new0(SpanList, 1);
    span_list_init(spans);
    span_list_add(spans, S(start), S(end));
    g_hash_table_replace(fixture->clip.coverage, g_strdup("running"), spans);
}

/* "" or the message. */
static char *settle(Fixture *fixture, SettleCuts *cuts)
{
    g_autoptr(GError) error = NULL;
    if (settle_check_length(&fixture->dataset, &fixture->clip, behaviours, fixture->quality, &error) &&
        settle_truth(&fixture->dataset, &fixture->clip, fixture->quality, behaviours, true, cuts, &error))
        return g_strdup("");
    assert_true(g_error_matches(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT));
    return g_strdup(error->message);
}

static Span event_span(const Fixture *fixture, guint i)
{
    const Event *event = g_ptr_array_index(fixture->clip.events, i);
    return (Span){event->start_us, event->end_us};
}

static void assert_span(Span span, double start, double end)
{
    assert_int_equal(span.start_us, S(start));
    assert_int_equal(span.end_us, S(end));
}

/* Sound from 0 s, pictures from 3 s: what a player shows at 8 s is 5 s after the first picture. */
TEST(a_late_first_picture_shifts_the_truth)
{
    g_auto(Fixture) fixture;
    fixture_init(&fixture, 20, TIMES_FILE_CLOCK);
    add_piece(&fixture, 0, 20, 3);
    add_event(&fixture, 8, 13);
    add_event(&fixture, 22.5, 23.04); /* ends 0.04 s beyond the last picture */
    add_event(&fixture, 2.9, 4);      /* begins 0.1 s before the first */
    cover(&fixture, 0, 12);
    SettleCuts cuts = {0, 0};
    g_autofree char *message = settle(&fixture, &cuts);
    assert_string_equal(message, "");
    assert_span(event_span(&fixture, 0), 0, 1);
    assert_span(event_span(&fixture, 1), 5, 10);
    assert_span(event_span(&fixture, 2), 19.5, 20);
    assert_int_equal(cuts.ends_cut, 2);
    assert_int_equal(cuts.ends_cut_us, S(0.1));
    const SpanList *spans = g_hash_table_lookup(fixture.clip.coverage, "running");
    assert_int_equal(span_list_total(spans), S(9)); /* 3 to 12 s of the player */
    /* Once is enough. */
    g_autofree char *again = settle(&fixture, &cuts);
    assert_string_equal(again, "");
    assert_span(event_span(&fixture, 1), 5, 10);
}

TEST(truth_before_the_first_picture_is_refused)
{
    g_auto(Fixture) fixture;
    fixture_init(&fixture, 20, TIMES_FILE_CLOCK);
    add_piece(&fixture, 0, 20, 3);
    add_event(&fixture, 1, 5);
    g_autofree char *message = settle(&fixture, NULL);
    assert_string_equal(
        message, "d.yaml:4:1: clip “c”: found a true event running that begins 2.000 s before the first "
                 "picture, which stands at 3.000 s on the file’s clock, expected it to begin with the "
                 "pictures");
}

/* The clock restarts at 7 s of the clip. */
TEST(a_time_that_the_clock_shows_twice_is_not_guessed)
{
    g_auto(Fixture) fixture;
    fixture_init(&fixture, 20, TIMES_FILE_CLOCK);
    add_piece(&fixture, 0, 7, 0);
    add_piece(&fixture, 7, 13, 0);
    add_event(&fixture, 9, 12); /* only the second stretch goes so far */
    g_autofree char *fine = settle(&fixture, NULL);
    assert_string_equal(fine, "");
    assert_span(event_span(&fixture, 0), 16, 19);

    fixture.clip.settled = false;
    g_ptr_array_set_size(fixture.clip.events, 0);
    add_event(&fixture, 5, 9);
    g_autofree char *message = settle(&fixture, NULL);
    assert_string_equal(message,
                        "d.yaml:4:1: clip “c”: found a true event running at 5.000 s of the file’s clock, "
                        "which it shows more than once (at 5.000, 12.000 s from the first picture), "
                        "expected “times: from_first_picture” for such a clip");
    g_ptr_array_set_size(fixture.clip.events, 0);
    cover(&fixture, 5, 13);
    g_autofree char *coverage = settle(&fixture, NULL);
    assert_non_null(strstr(coverage,
                           "coverage of running: found a span over 5.000 s of the file’s clock, which it "
                           "shows more than once"));
}

/* The clock leaps from 10 to 1000 s between two pictures. */
TEST(a_time_that_the_clock_leaps_over_is_refused)
{
    g_auto(Fixture) fixture;
    fixture_init(&fixture, 20, TIMES_FILE_CLOCK);
    add_piece(&fixture, 0, 10, 0);
    add_piece(&fixture, 10, 10, 1000);
    add_event(&fixture, 8, 1003);
    cover(&fixture, 5, 1005);
    g_autofree char *fine = settle(&fixture, NULL);
    assert_string_equal(fine, "");
    assert_span(event_span(&fixture, 0), 8, 13);
    assert_int_equal(span_list_total(g_hash_table_lookup(fixture.clip.coverage, "running")), S(10));

    fixture.clip.settled = false;
    g_ptr_array_set_size(fixture.clip.events, 0);
    add_event(&fixture, 500, 1003);
    g_autofree char *message = settle(&fixture, NULL);
    assert_non_null(strstr(message,
                           "found a true event running at 500.000 s of the file’s clock, which leaps over "
                           "this time"));
    g_ptr_array_set_size(fixture.clip.events, 0);
    cover(&fixture, 100, 200);
    g_autofree char *nothing = settle(&fixture, NULL);
    assert_non_null(strstr(nothing, "coverage of running: found no span that any picture lies in"));
}

TEST(alerts_follow_the_same_clock)
{
    g_auto(Fixture) fixture;
    fixture_init(&fixture, 20, TIMES_FILE_CLOCK);
    add_piece(&fixture, 0, 20, 3);
    g_autoptr(GPtrArray) alerts = alert_array_new();
    Alert *alert = alert_new("running", S(8), S(9.5));
    alert->end_us = S(12);
    g_ptr_array_add(alerts, alert);
    g_ptr_array_add(alerts, alert_new("running", S(1), S(2)));
    g_ptr_array_add(alerts, alert_new("running", S(60), S(60)));
    g_autoptr(GPtrArray) settled =
        settle_alerts(&fixture.dataset, &fixture.clip, fixture.quality, alerts, "vendor", NULL);
    const Alert *first = g_ptr_array_index(settled, 0);
    assert_int_equal(first->onset_us, S(5));
    assert_int_equal(first->decided_us, S(6.5));
    assert_int_equal(first->end_us, S(9));
    assert_int_equal(((const Alert *)g_ptr_array_index(settled, 1))->onset_us, -S(2));
    assert_int_equal(((const Alert *)g_ptr_array_index(settled, 2))->onset_us, S(57));
    assert_int_equal(alert->onset_us, S(8)); /* the log keeps its own */

    g_autoptr(GError) error = NULL;
    add_piece(&fixture, 20, 10, 5);
    assert_null(settle_alerts(&fixture.dataset, &fixture.clip, fixture.quality, alerts, "vendor", &error));
    assert_non_null(strstr(error->message,
                           "found an alert of “vendor” at 8.000 s of the file’s clock, which it "
                           "shows more than once"));
}

TEST(a_clip_without_a_clock_has_one_time)
{
    Span span = {S(1), S(2)};
    g_autoptr(ClipQuality) quality = clip_quality_new();
    assert_null(settle_clock_span(quality, "a thing", &span));
    assert_span(span, 1, 2);
}

TEST(a_stated_length_guards)
{
    static const struct {
        double stated, decoded;
        bool fine;
    } cases[] = {
        {20, 20.5, true}, {20, 20.6, false},    {20, 19.5, true},    {20, 11.3, false},
        {12, 20, false},  {3600, 3603.6, true}, {3600, 3604, false}, {100, 101, false},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(Fixture) fixture;
        fixture_init(&fixture, cases[i].decoded, TIMES_FROM_FIRST_PICTURE);
        fixture.clip.duration_us = S(cases[i].stated);
        g_autofree char *message = settle(&fixture, NULL);
        assert_int_equal(*message == '\0', cases[i].fine);
    }
    /* One picture in two seconds: two of them. */
    g_auto(Fixture) slow;
    fixture_init(&slow, 20, TIMES_FROM_FIRST_PICTURE);
    slow.quality->frames = 10;
    slow.clip.duration_us = S(24);
    g_autofree char *fine = settle(&slow, NULL);
    assert_string_equal(fine, "");
    slow.clip.duration_us = S(24.1);
    slow.quality->synthetic_times = true;
    g_autofree char *message = settle(&slow, NULL);
    assert_string_equal(message,
                        "d.yaml:4:1: clip “c”: found 20.000 s from the first picture to the end of the "
                        "last, expected the 24.100 s that duration_s states (to within 4.000 s): its truth "
                        "may be that of another cut of the clip. Take the file that the truth was made "
                        "for, or correct duration_s, or state the rate: these pictures have no clock of "
                        "their own");
}

/* 9.3 of 20 s are there, and the truth goes on. */
TEST(a_cut_clip_is_read_as_far_as_it_goes)
{
    g_auto(Fixture) fixture;
    fixture_init(&fixture, 9.3, TIMES_FROM_FIRST_PICTURE);
    fixture.quality->truncated = true;
    span_list_add(&fixture.quality->undecoded, S(9.1), S(10));
    fixture.clip.duration_us = S(20);
    add_event(&fixture, 10, 15);
    g_autofree char *message = settle(&fixture, NULL);
    assert_string_equal(message, "");
    assert_int_equal(settle_length_us(fixture.quality), S(20));
    assert_int_equal(span_list_total(&fixture.quality->undecoded), S(10.9));
    assert_int_equal(fixture.quality->remarks->len, 1);
    /* Without duration_s the truth itself says that there was more. */
    g_auto(Fixture) silent;
    fixture_init(&silent, 9.3, TIMES_FROM_FIRST_PICTURE);
    silent.quality->truncated = true;
    add_event(&silent, 10, 15);
    g_autofree char *same = settle(&silent, NULL);
    assert_string_equal(same, "");
    assert_int_equal(settle_length_us(silent.quality), S(15));
    assert_string_equal(
        g_ptr_array_index(silent.quality->remarks, 0),
        "the truth goes on to 15.000 s, 9.300 s could be decoded: what is missing is not scored");
    /* A whole clip is as long as it is. */
    g_auto(Fixture) whole;
    fixture_init(&whole, 9.3, TIMES_FROM_FIRST_PICTURE);
    add_event(&whole, 8, 10);
    g_autofree char *refused = settle(&whole, NULL);
    assert_string_equal(refused,
                        "d.yaml:4:1: clip “c”: found a true event running from 8.000 s to 10.000 s, expected "
                        "it to end within the clip, which lasts 9.300 s");
}

UNIT_TESTS(NULL, NULL)
