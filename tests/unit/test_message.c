/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/message.h"

#include <math.h>
#include <string.h>

#include "unit.h"

static JobRecord *make_record(void)
{
    JobRecord *record = job_record_new(3, "set", "clip", "rain", "p");
    record->quality = clip_quality_new();
    record->quality->frames = 12;
    record->duration_us = 1234567;
    record->aspect = 16.0 / 9.0;
    return record;
}

static GPtrArray *make_looks(void)
{
    LookRecord *look = look_record_new("s", "reference");
    Alert *full = alert_new("crowd-limit", 1, 2);
    full->label = g_strdup("élan");
    full->end_us = 3;
    full->confidence = 0.1;
    full->box = (Box){.x = 0.1, .y = 1.0 / 3.0, .w = 0, .h = 1};
    full->track_ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
    const int64_t id = INT64_C(9007199254740993);
    g_array_append_val(full->track_ids, id);
    full->note = g_strdup("“n”");
    g_ptr_array_add(look->alerts, full);
    g_ptr_array_add(look->alerts, alert_new("crowd-limit", 5, 5));
    json_object_set_new(look->counters, "count_samples", json_integer(7));
    look->series = count_samples_new();
    const CountSample counted[] = {{40000, 0}, {INT64_C(86399000000), 12}};
    g_array_append_vals(look->series, counted, 2);
    LookRecord *failed = look_record_new("t", "reference");
    failed->reason = g_strdup("no zone");
    GPtrArray *looks = g_ptr_array_new_with_free_func((GDestroyNotify)look_record_free);
    g_ptr_array_add(looks, look);
    g_ptr_array_add(looks, failed);
    return looks;
}

/* As it goes through the pipe: to text and back. */
static json_t *send_and_receive(json_t *message)
{
    char *text = json_dumps(message, JSON_COMPACT);
    json_decref(message);
    json_t *back = json_loads(text, 0, NULL);
    free(text);
    return back;
}

TEST(test_round_trip)
{
    g_autoptr(JobRecord) sent = make_record();
    g_autoptr(GPtrArray) sent_looks = make_looks();
    json_t *message = send_and_receive(message_build(sent, sent_looks));
    g_autoptr(JobRecord) record = job_record_new(3, "set", "clip", "rain", "p");
    g_autoptr(GPtrArray) looks = g_ptr_array_new_with_free_func((GDestroyNotify)look_record_free);
    g_autoptr(GError) error = NULL;
    assert_true(message_parse(message, record, looks, &error));
    json_decref(message);
    assert_int_equal(record->status, JOB_DONE);
    assert_true(record->quality->frames == 12);
    assert_true(record->duration_us == 1234567);
    assert_true(record->aspect == 16.0 / 9.0);
    assert_null(record->file_sha256);
    assert_null(record->observations);
    assert_int_equal(looks->len, 2);
    const LookRecord *look = g_ptr_array_index(looks, 0), *failed = g_ptr_array_index(looks, 1);
    assert_null(look->reason);
    assert_string_equal(failed->reason, "no zone");
    assert_int_equal(failed->alerts->len, 0);
    assert_true(json_integer_value(json_object_get(look->counters, "count_samples")) == 7);
    assert_int_equal(look->alerts->len, 2);
    assert_null(failed->series);
    assert_int_equal(look->series->len, 2);
    assert_true(g_array_index(look->series, CountSample, 0).value == 0);
    assert_true(g_array_index(look->series, CountSample, 1).t_us == INT64_C(86399000000));
    assert_true(g_array_index(look->series, CountSample, 1).value == 12);
    const Alert *full = g_ptr_array_index(look->alerts, 0), *bare = g_ptr_array_index(look->alerts, 1);
    assert_string_equal(full->label, "élan");
    assert_true(full->onset_us == 1 && full->decided_us == 2 && full->end_us == 3);
    assert_true(full->confidence == 0.1);
    assert_true(full->box.x == 0.1 && full->box.y == 1.0 / 3.0 && full->box.w == 0 && full->box.h == 1);
    assert_true(g_array_index(full->track_ids, int64_t, 0) == INT64_C(9007199254740993));
    assert_string_equal(full->note, "“n”");
    assert_true(bare->end_us == TIME_UNKNOWN && isnan(bare->confidence) && geometry_box_is_none(bare->box));
    assert_null(bare->track_ids);
    assert_null(bare->note);
}

static void expect_unreadable(json_t *message)
{
    g_autoptr(JobRecord) record = job_record_new(0, "d", "c", "x", "p");
    g_autoptr(GPtrArray) looks = g_ptr_array_new_with_free_func((GDestroyNotify)look_record_free);
    g_autoptr(GError) error = NULL;
    assert_false(message_parse(message, record, looks, &error));
    assert_true(g_error_matches(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS));
    assert_int_equal(record->status, JOB_PENDING);
    assert_null(record->quality);
    json_decref(message);
}

TEST(test_other_messages_are_refused)
{
    expect_unreadable(json_object());
    expect_unreadable(json_array());
    g_autoptr(JobRecord) record = make_record();
    g_autoptr(GPtrArray) looks = make_looks();
    json_t *message = message_build(record, looks);
    json_object_del(message, "quality");
    expect_unreadable(message);
    message = message_build(record, looks);
    json_t *alert =
        json_array_get(json_object_get(json_array_get(json_object_get(message, "looks"), 0), "alerts"), 1);
    json_object_set_new(alert, "onset_us", json_string("soon"));
    expect_unreadable(message);
}

UNIT_TESTS(NULL, NULL)
