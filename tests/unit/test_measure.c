/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clips that bring their reader down; media/replay.h is played here, so that they do it every time. */
#include "media/replay.h"
#include "runner/measure.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "unit.h"

struct Replay {
    ClipQuality quality;
    const char *path;
    int64_t t_us;
};

static pid_t test_process;

Replay *replay_open(const char *path, const ReplayRequest *request, GError **error)
{
    (void)request;
    if (getpid() == test_process)
        abort(); /* nothing is opened in the parent */
    if (strcmp(path, "refused") == 0) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s: not a video", path);
        return NULL;
    }
    if (strcmp(path, "crash") == 0)
        raise(SIGKILL);
    Replay *replay = g_new0(Replay, 1);
    replay->path = path;
    if (strcmp(path, "hang") == 0)
        replay->quality.duration_promised_us = INT64_MAX / 2;
    return replay;
}

ReplayStatus replay_next(Replay *replay, ReplayFrame *frame, GError **error)
{
    (void)error;
    if (replay->t_us == 3 * US_PER_SECOND && strcmp(replay->path, "hang") == 0) {
        for (;;)
            pause();
    }
    if (replay->t_us == 3 * US_PER_SECOND) {
        replay->quality.duration_us = replay->t_us;
        replay->quality.frames = 3;
        replay->quality.synthetic_times = strcmp(replay->path, "bare") == 0;
        return REPLAY_END;
    }
    *frame = (ReplayFrame){.t_us = replay->t_us};
    replay->t_us += US_PER_SECOND;
    return REPLAY_FRAME;
}

const ClipQuality *replay_quality(const Replay *replay)
{
    return &replay->quality;
}

void replay_close(Replay *replay)
{
    g_free(replay);
}

TEST(test_a_clip_costs_itself)
{
    const char *const names[] = {"good", "crash", "hang", "refused", "bare"};
    g_autoptr(GPtrArray) paths = g_ptr_array_new();
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        g_ptr_array_add(paths, (gpointer)names[i]);
    const MeasureRequest request = {.patience_s = 0.5, .factor = 0.1};
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) measures = measure_clips(paths, &request, &error);
    assert_non_null(measures);
    const Measure *good = g_ptr_array_index(measures, 0), *crash = g_ptr_array_index(measures, 1),
                  *hang = g_ptr_array_index(measures, 2), *refused = g_ptr_array_index(measures, 3),
                  *bare = g_ptr_array_index(measures, 4);
    assert_null(good->reason);
    assert_int_equal(good->duration_us, 3 * US_PER_SECOND);
    assert_int_equal(good->frames, 3);
    assert_false(good->no_clock);
    assert_true(bare->no_clock);
    assert_non_null(strstr(crash->reason, "crash: the worker"));
    assert_true(crash->duration_us == TIME_UNKNOWN);
    assert_non_null(strstr(hang->reason, "hang: the worker was stopped at its time limit"));
    assert_string_equal(refused->reason, "refused: not a video"); /* the path is named once */
    assert_int_equal(refused->fault, VSAUDIT_ERROR_INPUT);
}

/* The parent, in which replay_open() must never be called. */
static int remember_process(void **state)
{
    (void)state;
    test_process = getpid();
    return 0;
}

UNIT_TESTS(remember_process, NULL)
