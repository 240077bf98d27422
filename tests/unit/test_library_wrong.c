/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libvsaudit: an error with its place for whatever is wrong, and no crash. */
#include "library/library.h"
#include "library_given.h"

#include <math.h>
#include <string.h>

#include "unit.h"

static void refuse_clip(VsauditClip clip, VsauditStatus expected, const char *message)
{
    VsauditScoring *scoring = NULL;
    VsauditScore *score = NULL;
    VsauditError error = {0};
    assert_int_equal(vsaudit_scoring_new(NULL, NULL, 0, &scoring, NULL), VSAUDIT_OK);
    check_refused(vsaudit_scoring_add_clip(scoring, &clip, sizeof clip, &error), expected, &error, message);
    assert_int_equal(vsaudit_scoring_add_clip(scoring, &clip, sizeof clip, NULL), expected);
    assert_int_equal(vsaudit_scoring_score(scoring, &score, NULL), VSAUDIT_MISUSE); /* nothing was added */
    vsaudit_scoring_free(scoring);
}

static void refuse_event(VsauditEvent event, const char *message)
{
    refuse_clip(clip_of(&event, 1, NULL, 0), VSAUDIT_INVALID, message);
}

static void refuse_alert(VsauditAlert alert, const char *message)
{
    refuse_clip(clip_of(NULL, 0, &alert, 1), VSAUDIT_INVALID, message);
}

TEST(wrong_records_are_refused)
{
    refuse_event(event_at(S(5), S(5)),
                 "clip “c”.events[0].end_us: found 5000000, expected more than start_us");
    refuse_event(event_at(S(5), S(4)), "events[0].end_us: found 4000000");
    refuse_event(event_at(-1, S(4)), "events[0].start_us: found -1, expected 0 to ");
    refuse_event(event_at(VSAUDIT_TIME_UNKNOWN, S(4)), "events[0].start_us: found no time");
    refuse_event(event_at(0, INT64_MAX), "events[0].end_us: found 9223372036854775807");
    VsauditEvent event = event_at(0, 1);
    event.flags = 2;
    refuse_event(event, "events[0].flags: found flags that are not known");
    event = event_at(0, 1);
    event.box = (VsauditBox){0.5, 0.5, 0.6, 0.1};
    refuse_event(event, "events[0].box: found 0.5, 0.5, 0.6, 0.1, expected x and y of 0 or more");
    event.box = (VsauditBox){0.5, (double)NAN, 0.1, 0.1};
    refuse_event(event, "events[0].box: found 0.5, NaN, 0.1, 0.1");
    event.box = (VsauditBox){0.5, 0.5, (double)NAN, 0.1};
    refuse_event(event, "events[0].box");
    event.box = (VsauditBox){0.5, 0.5, 0, 0.1};
    refuse_event(event, "events[0].box");
    event = event_at(0, 1);
    event.label = "\xff";
    refuse_event(event, "events[0].label: found other bytes, expected text in UTF-8");

    VsauditAlert alert = alert_at(S(1));
    alert.confidence = (double)NAN;
    refuse_alert(alert, "alerts[0].confidence: found NaN, expected 0 to 1, or -1 for none");
    alert.confidence = 1.5;
    refuse_alert(alert, "alerts[0].confidence: found 1.5");
    alert.confidence = -0.5;
    refuse_alert(alert, "alerts[0].confidence: found -0.5");
    refuse_alert(alert_at(-5), "alerts[0].onset_us: found -5, expected 0 to ");
    alert = alert_at(S(2));
    alert.decided_us = S(1);
    refuse_alert(alert, "alerts[0].decided_us: found 1000000, expected onset_us, which is 2000000, or more");
    alert.decided_us = S(2);
    alert.end_us = 0;
    refuse_alert(alert, "alerts[0].end_us: found 0, expected onset_us");
}

TEST(wrong_clips_are_refused)
{
    VsauditClip clip = clip_of(NULL, 0, NULL, 0);
    clip.duration_us = 0;
    refuse_clip(clip, VSAUDIT_INVALID, "clip “c”.duration_us: found 0, expected 1 to ");
    clip.duration_us = -1;
    refuse_clip(clip, VSAUDIT_INVALID, "duration_us: found -1");
    clip.duration_us = VSAUDIT_TIME_UNKNOWN;
    clip.id = NULL;
    refuse_clip(clip, VSAUDIT_INVALID, "clips[0].duration_us: found no time");
    clip = clip_of(NULL, 0, NULL, 0);
    clip.event_count = 1;
    refuse_clip(clip, VSAUDIT_MISUSE, "events: found NULL");
    clip = clip_of(NULL, 0, NULL, 0);
    clip.coverage_count = 1;
    refuse_clip(clip, VSAUDIT_MISUSE, "coverage: found NULL, expected 1 spans");
    const VsauditSpan backward = {S(2), S(1)};
    clip.coverage = &backward;
    refuse_clip(clip, VSAUDIT_INVALID, "coverage[0]: found 2000000 to 1000000");
    clip = clip_of(NULL, 0, NULL, 0);
    clip.undecoded = &backward;
    clip.undecoded_count = 1;
    refuse_clip(clip, VSAUDIT_INVALID, "undecoded[0]: found 2000000 to 1000000");
    clip = clip_of(NULL, 0, NULL, 0);
    clip.flags = 4;
    refuse_clip(clip, VSAUDIT_INVALID, "flags: found flags");
    clip.flags = 0;
    clip.passages = -2;
    refuse_clip(clip, VSAUDIT_INVALID, "passages: found -2, expected 0 to 1000000000, or -1");
    const VsauditEvent event = event_at(0, 1);
    clip = clip_of(&event, 1, NULL, 0);
    clip.event_size = sizeof event - 8;
    refuse_clip(clip, VSAUDIT_MISUSE, "events: found the size");
    clip.event_size = sizeof event + 8;
    refuse_clip(clip, VSAUDIT_MISUSE, "is older than the program's headers");
}

TEST(lengths_add_up_to_a_limit)
{
    VsauditScoring *scoring = NULL;
    VsauditError error = {0};
    assert_int_equal(vsaudit_scoring_new(NULL, NULL, 0, &scoring, NULL), VSAUDIT_OK);
    VsauditClip clip = clip_of(NULL, 0, NULL, 0);
    clip.duration_us = VSAUDIT_TIME_MAX;
    for (int i = 0; i < 1000; i++)
        assert_int_equal(vsaudit_scoring_add_clip(scoring, &clip, sizeof clip, NULL), VSAUDIT_OK);
    clip.duration_us = 1;
    check_refused(vsaudit_scoring_add_clip(scoring, &clip, sizeof clip, &error), VSAUDIT_INVALID, &error,
                  "duration_us: found more than 1000000000000000000 µs in all clips");
    clip.duration_us = VSAUDIT_TIME_UNKNOWN; /* adds none that is known */
    clip.flags = VSAUDIT_CLIP_FAILED;
    assert_int_equal(vsaudit_scoring_add_clip(scoring, &clip, sizeof clip, NULL), VSAUDIT_OK);
    vsaudit_scoring_free(scoring);
}

static void refuse_scoring(const char *protocol, const VsauditOption *options, size_t count,
                           VsauditStatus expected, const char *message)
{
    VsauditScoring *scoring = NULL;
    VsauditError error = {0};
    check_refused(vsaudit_scoring_new(protocol, options, count, &scoring, &error), expected, &error, message);
    assert_null(scoring);
    assert_int_equal(vsaudit_scoring_new(protocol, options, count, &scoring, NULL), expected);
}

TEST(wrong_protocols_are_refused)
{
    refuse_scoring("eval-9", NULL, 0, VSAUDIT_NOT_FOUND,
                   "protocol: found “eval-9”, expected one of eval-1, eval-2, actev18-ad, ");
    refuse_scoring(NULL, NULL, 1, VSAUDIT_MISUSE, "options: found NULL, expected 1");
    const VsauditOption unknown = {"pree", "2"}, range = {"pre", "-1"}, number = {"pre", "NaN"},
                        empty = {"pre", NULL};
    refuse_scoring(NULL, &unknown, 1, VSAUDIT_NOT_FOUND,
                   "options.pree: found an unknown name, expected perhaps “pre”");
    refuse_scoring(NULL, &range, 1, VSAUDIT_INVALID,
                   "options.pre: found “-1”, expected seconds from 0 to 3600");
    refuse_scoring(NULL, &number, 1, VSAUDIT_INVALID, "options.pre: found “NaN”");
    refuse_scoring(NULL, &empty, 1, VSAUDIT_MISUSE, "options[0]: found NULL, expected a name and a value");
    const VsauditOption bytes = {"pre", "\xff"}, name = {"\xff", "1"};
    refuse_scoring(NULL, &bytes, 1, VSAUDIT_INVALID,
                   "options[0].value: found other bytes, expected text in UTF-8");
    refuse_scoring(NULL, &name, 1, VSAUDIT_INVALID, "options[0].name: found other bytes");
    refuse_scoring("ilids", NULL, 0, VSAUDIT_INVALID, "options.window: found nothing, expected a value");
    refuse_scoring("collar", &unknown, 1, VSAUDIT_NOT_FOUND, "options.pree: found an unknown name");
    const VsauditOption twice[] = {{"pre", "1"}, {"pre", "1"}};
    refuse_scoring("eval-1", twice, 2, VSAUDIT_INVALID, "options.pre: found twice, expected once");
}

TEST(nothing_is_no_crash)
{
    VsauditError error = {0};
    VsauditCounts counts;
    VsauditFigure figure;
    VsauditScore *score = NULL;
    VsauditClip clip = clip_of(NULL, 0, NULL, 0);
    check_refused(vsaudit_scoring_new(NULL, NULL, 0, NULL, &error), VSAUDIT_MISUSE, &error,
                  "scoring: found NULL");
    check_refused(vsaudit_scoring_add_clip(NULL, &clip, sizeof clip, &error), VSAUDIT_MISUSE, &error,
                  "found NULL");
    check_refused(vsaudit_scoring_score(NULL, &score, &error), VSAUDIT_MISUSE, &error, "scoring: found NULL");
    check_refused(vsaudit_score_counts(NULL, &counts, sizeof counts, &error), VSAUDIT_MISUSE, &error,
                  "score");
    check_refused(vsaudit_event_init(NULL, 1, &error), VSAUDIT_MISUSE, &error, "event: found NULL");
    VsauditScoring *scoring = NULL;
    assert_int_equal(vsaudit_scoring_new(NULL, NULL, 0, &scoring, &error), VSAUDIT_OK);
    check_refused(vsaudit_scoring_add_clip(scoring, NULL, sizeof clip, &error), VSAUDIT_MISUSE, &error,
                  "clip: found NULL");
    check_refused(vsaudit_scoring_add_clip(scoring, &clip, 3, &error), VSAUDIT_MISUSE, &error,
                  "clip: found the size 3");
    check_refused(vsaudit_scoring_score(scoring, NULL, &error), VSAUDIT_MISUSE, &error, "score: found NULL");
    check_refused(vsaudit_scoring_score(scoring, &score, &error), VSAUDIT_MISUSE, &error, "found no clip");
    assert_int_equal(vsaudit_scoring_add_clip(scoring, &clip, sizeof clip, &error), VSAUDIT_OK);
    assert_int_equal(vsaudit_scoring_score(scoring, &score, &error), VSAUDIT_OK);
    check_refused(vsaudit_score_counts(score, NULL, sizeof counts, &error), VSAUDIT_MISUSE, &error, "counts");
    check_refused(vsaudit_score_figure(score, 1000, &figure, sizeof figure, &error), VSAUDIT_NOT_FOUND,
                  &error, "index: found 1000");
    check_refused(vsaudit_score_figure_named(score, "f", &figure, sizeof figure, &error), VSAUDIT_NOT_FOUND,
                  &error, "name: found “f”");
    check_refused(vsaudit_score_figure_named(score, NULL, &figure, sizeof figure, &error), VSAUDIT_MISUSE,
                  &error, "name: found NULL");
    vsaudit_score_free(score);
    vsaudit_scoring_free(scoring);
    vsaudit_score_free(NULL);
    vsaudit_scoring_free(NULL);
}

/* What decides nothing but between equals, and so is seldom seen in a score. */
TEST(labels_and_boxes_are_carried)
{
    VsauditEvent event = event_at(1, 2);
    VsauditAlert alert = alert_at(3);
    event.label = alert.label = "covered";
    event.box = alert.box = (VsauditBox){0.25, 0.5, 0.125, 0.0625};
    g_autoptr(GPtrArray) events = NULL;
    g_autoptr(GPtrArray) alerts = NULL;
    assert_int_equal(library_events(&event, 1, sizeof event, "events", &events, NULL), VSAUDIT_OK);
    assert_int_equal(library_alerts(&alert, 1, sizeof alert, "alerts", &alerts, NULL), VSAUDIT_OK);
    const Event *own = g_ptr_array_index(events, 0);
    const Alert *said = g_ptr_array_index(alerts, 0);
    assert_string_equal(own->label, "covered");
    assert_string_equal(said->label, "covered");
    assert_memory_equal(&own->box, &event.box, sizeof event.box);
    assert_memory_equal(&said->box, &alert.box, sizeof alert.box);
    assert_int_equal(said->decided_us, 3);
}

TEST(sizes_of_structs_are_checked)
{
    VsauditError error = {0};
    int anything = 0;
    assert_int_equal(library_check_size(&anything, 8, 8, 16, "it", &error), VSAUDIT_OK);
    assert_int_equal(library_check_size(&anything, 16, 8, 16, "it", &error), VSAUDIT_OK);
    assert_int_equal(library_check_size(&anything, 7, 8, 16, "it", &error), VSAUDIT_MISUSE);
    assert_int_equal(library_check_size(&anything, 17, 8, 16, "it", &error), VSAUDIT_MISUSE);
}

TEST(long_messages_are_cut_between_characters)
{
    for (size_t length = sizeof((VsauditError *)NULL)->message - 4;
         length < sizeof((VsauditError *)NULL)->message + 4; length++) {
        VsauditError error;
        memset(&error, 0x55, sizeof error);
        g_autofree char *text = g_strnfill(length, 'a');
        library_fail(&error, VSAUDIT_INVALID, "%s”", text);
        assert_true(strlen(error.message) < sizeof error.message);
        assert_true(g_utf8_validate(error.message, -1, NULL));
    }
}

TEST(versions_and_options_are_told)
{
    assert_string_equal(vsaudit_version(), VSAUDIT_VERSION);
    assert_int_equal(vsaudit_api_version(), VSAUDIT_API_MAJOR * 1000 + VSAUDIT_API_MINOR);
    assert_string_equal(vsaudit_protocol_id(1), "eval-2");
    VsauditOptionInfo info;
    VsauditError error = {0};
    assert_int_equal(vsaudit_protocol_option("eval-2", 0, &info, sizeof info, &error), VSAUDIT_OK);
    assert_string_equal(info.name, "pre");
    assert_string_equal(info.type, "seconds");
    assert_string_equal(info.initial, "2");
    assert_true(info.min >= 0 && info.min <= 0 && info.max >= 3600 && info.max <= 3600 &&
                info.must_be_given == 0 && info.choices == NULL);
    assert_int_equal(vsaudit_protocol_option("ilids", 0, &info, sizeof info, &error), VSAUDIT_OK);
    assert_int_equal(info.must_be_given, 1);
    check_refused(vsaudit_protocol_option("eval-2", 99, &info, sizeof info, &error), VSAUDIT_NOT_FOUND,
                  &error, "index: found 99");
    check_refused(vsaudit_protocol_option("eval", 0, &info, sizeof info, &error), VSAUDIT_NOT_FOUND, &error,
                  "protocol: found “eval”");
    check_refused(vsaudit_behaviour_option(NULL, 0, &info, sizeof info, &error), VSAUDIT_NOT_FOUND, &error,
                  "behaviour: found “NULL”");
    check_refused(vsaudit_protocol_option("eval-2", 0, NULL, sizeof info, &error), VSAUDIT_MISUSE, &error,
                  "info: found NULL");
}

UNIT_TESTS(NULL, NULL)
