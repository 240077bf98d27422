/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/timeline.h"

#include "media/timeline_ahead.h"

#include <string.h>

#define JUMP_US (10 * US_PER_SECOND)         /* where a clock may jump, a longer step is a leap */
#define LONGEST_PAUSE_US (168 * US_PER_HOUR) /* a longer one is a broken clock */
#define FILE_GAP_US US_PER_HOUR              /* the next file's clock goes on when it begins within so long */
#define RESTART_US (10 * US_PER_SECOND)
#define FARTHEST_US (INT64_C(1) << 53) /* no stamp of any use is farther from the origin: 285 years */

Timeline *timeline_new(ClipQuality *quality)
{
    Timeline *timeline = g_new0(Timeline, 1);
    timeline->quality = quality;
    timeline->file_end_us = timeline->origin_us = TIME_UNKNOWN;
    return timeline;
}

void timeline_free(Timeline *timeline)
{
    g_free(timeline);
}

void timeline_find(const Timeline *timeline, ClockKind kind, int64_t at_us, int64_t by_us, int64_t pictures)
{
    clip_quality_find(timeline->quality, (ClockFinding){kind, MAX(at_us, 0), by_us, pictures});
}

/* ---- pieces */

static void close_piece(Timeline *timeline, int64_t end_us)
{
    GArray *pieces = timeline->quality->clock;
    if (timeline->open && pieces->len > 0) {
        ClockPiece *piece = &g_array_index(pieces, ClockPiece, pieces->len - 1);
        piece->length_us = MAX(end_us - piece->t_us, 0);
    }
    timeline->open = false;
}

/* From t_us on the file's clock runs with the present offset. */
static void begin_piece(Timeline *timeline, int64_t t_us)
{
    close_piece(timeline, t_us);
    if (timeline->origin_us == TIME_UNKNOWN || timeline->quality->clock->len == QUALITY_MOST_PIECES)
        return;
    const int64_t into_us = t_us - timeline->offset;
    const ClockPiece piece = {t_us, 0, timeline->origin_us + into_us, timeline->player_us + into_us,
                              timeline->file};
    g_array_append_val(timeline->quality->clock, piece);
    if (timeline->quality->clock->len == 1) {
        timeline->quality->first_stamp_us = piece.stamp_us;
        timeline->quality->first_picture_us = piece.player_us;
    }
    timeline->open = true;
}

/* ---- files */

void timeline_begin_file(Timeline *timeline, int file, const TimelineRules *rules, int64_t origin_us,
                         int64_t player_us, int64_t start_us)
{
    g_assert(timeline->waiting == 0);
    timeline->file_end_us = timeline->started && timeline->origin_us != TIME_UNKNOWN
                                ? timeline->origin_us + timeline->last_us - timeline->offset
                                : TIME_UNKNOWN;
    timeline->rules = *rules;
    timeline->file = file;
    timeline->origin_us = origin_us;
    timeline->player_us = player_us;
    timeline->start_us = start_us;
    timeline->file_begins = true;
    timeline->in_disorder = false;
}

void timeline_begin_stream(Timeline *timeline)
{
    g_assert(timeline->waiting == 0);
    timeline->stream_begins = true;
}

void timeline_add(Timeline *timeline, int64_t stamp_us)
{
    g_assert(timeline->waiting < TIMELINE_AHEAD);
    const bool of_use = stamp_us > -FARTHEST_US && stamp_us < FARTHEST_US;
    timeline->own[timeline->waiting] = of_use ? stamp_us : TIME_UNKNOWN;
    timeline->stamps[timeline->waiting] = timeline->own[timeline->waiting];
    timeline->waiting++;
}

int timeline_waiting(const Timeline *timeline)
{
    return timeline->waiting;
}

/* ---- placing */

static int64_t place_strays(Timeline *timeline, const TimelineStrays *strays)
{
    ClipQuality *quality = timeline->quality;
    quality->duplicate_pts += strays->repeats;
    quality->backward_pts += strays->back;
    timeline->strays_left = strays->count - 1;
    timeline->stray_step = strays->step_us;
    const int64_t t_us = timeline->last_us + strays->step_us;
    timeline_find(timeline, strays->kind, t_us, strays->by_us, strays->count);
    return t_us;
}

/* The same stamp again, or nearly, and none of those that wait says how many share it. The clock stays as it
 * is: what these pictures take up is no more than the time to the next stamp, where that comes. */
static int64_t place_repeat(Timeline *timeline, int64_t stamp, int64_t usual_us)
{
    const int64_t first_us = timeline->run_stamp + timeline->offset;
    const int64_t t_us = MAX(first_us + timeline->run * usual_us, timeline->last_us + 1);
    timeline->quality->duplicate_pts += stamp == timeline->last_stamp;
    timeline_find(timeline, CLOCK_REPEAT, t_us, 0, 1);
    return t_us;
}

/* The first picture after several with one stamp, which fill the time to it when they are as many as usual.
 */
static bool is_filled(Timeline *timeline, int64_t stamp, Usual here)
{
    const int64_t step = stamp - timeline->run_stamp;
    if (timeline->run < 2 || step > timeline_longest(timeline->run * here.quartile_us))
        return false;
    for (int i = 0; i < MIN(timeline->run, USUAL_BEFORE); i++)
        usual_remember(&timeline->history, step / timeline->run);
    return true;
}

/* The picture stands one usual step after the last, and its clock is the new one. */
static int64_t place_leap(Timeline *timeline, int64_t stamp, int64_t step, int64_t usual_us)
{
    const int64_t t_us = timeline->last_us + usual_us;
    ClockKind kind = CLOCK_LEAP_FORWARD;
    if (step <= 0) {
        kind = ABS(stamp - timeline->first_stamp) <= RESTART_US ? CLOCK_RESTART : CLOCK_LEAP_BACK;
        timeline->quality->backward_pts++;
    }
    timeline_find(timeline, kind, t_us, step - usual_us, 0);
    timeline->offset = t_us - stamp;
    begin_piece(timeline, t_us);
    return t_us;
}

static int64_t place_pause(Timeline *timeline, int64_t t_us, int64_t usual_us)
{
    const int64_t from_us = timeline->last_us + usual_us, by_us = t_us - from_us;
    span_list_add(&timeline->quality->unseen, from_us, t_us);
    if (timeline->rules.numbered)
        timeline_find(timeline, CLOCK_MISSING, from_us, by_us, (by_us + usual_us / 2) / usual_us);
    else
        timeline_find(timeline, CLOCK_PAUSE, from_us, by_us, 0);
    return t_us;
}

/* Where the picture with this stamp stands, after others. */
static int64_t place_next(Timeline *timeline, int64_t stamp, Usual here)
{
    const TimelineRules *rules = &timeline->rules;
    const int64_t usual_us = here.quartile_us;
    int64_t step = stamp != TIME_UNKNOWN ? stamp + timeline->offset - timeline->last_us : 0;
    if (stamp != TIME_UNKNOWN && step < 0 && rules->wrap_us > 0 && step + rules->wrap_us > 0 &&
        step + rules->wrap_us <= JUMP_US) {
        step += rules->wrap_us;
        timeline->offset += rules->wrap_us;
        timeline->player_us += rules->wrap_us; /* a player goes on */
        begin_piece(timeline, timeline->last_us + step);
    }
    const bool is_shared = timeline_is_near(timeline, timeline->last_stamp, stamp);
    const bool goes_on =
        stamp != TIME_UNKNOWN && timeline->run > 1 && stamp > timeline->last_stamp && !is_shared;
    if (is_shared && stamp > timeline->last_stamp && timeline_count_run(timeline) >= TIMELINE_FEWEST_NEAR)
        return place_repeat(timeline, stamp, usual_us);
    if (goes_on && (is_filled(timeline, stamp, here) || step <= 0))
        return timeline->last_us + MAX(step, 1);
    if (step > 0 && step <= timeline_longest(usual_us))
        return timeline->last_us + step;
    const TimelineStrays strays = timeline_find_strays(timeline, usual_us);
    if (strays.count > 0)
        return place_strays(timeline, &strays);
    if (stamp == TIME_UNKNOWN)
        return place_strays(timeline,
                            &(TimelineStrays){.kind = CLOCK_UNTIMED, .count = 1, .step_us = usual_us});
    if (stamp == timeline->last_stamp)
        return place_repeat(timeline, stamp, usual_us);
    if (step <= 0 || step > LONGEST_PAUSE_US || (rules->jumps && step > JUMP_US))
        return place_leap(timeline, stamp, step, usual_us);
    if (timeline_is_made_up(timeline, here.median_us))
        return timeline->last_us + step;
    return place_pause(timeline, timeline->last_us + step, usual_us);
}

/* The file begins with a picture, or several, that did not decode: the first one that did stands later. A
 * leap between is none of the clip's time, and for what is between nothing vouches. */
static int64_t place_later(Timeline *timeline, int64_t stamp, int64_t usual_us)
{
    const bool leaps = stamp > LONGEST_PAUSE_US || (timeline->rules.jumps && stamp > JUMP_US);
    const int64_t t_us = leaps ? usual_us : stamp;
    timeline->offset = t_us - stamp;
    if (leaps)
        timeline_find(timeline, CLOCK_LEAP_FORWARD, t_us, stamp - usual_us, 0);
    span_list_add(&timeline->quality->unseen, 0, t_us);
    return t_us;
}

/* The first picture of the clip. Its stamp strays when those behind it agree with one another and not with
 * it; stamps are then counted from the second one. */
static int64_t place_first(Timeline *timeline, int64_t stamp, int64_t usual_us)
{
    if (stamp != TIME_UNKNOWN && stamp > 0)
        return place_later(timeline, stamp, usual_us);
    timeline->offset = stamp != TIME_UNKNOWN && stamp < 0 ? -stamp : 0;
    const int64_t on_clock = 0;
    const int64_t second = timeline->waiting > 2 ? timeline->stamps[1] : TIME_UNKNOWN;
    if (second == TIME_UNKNOWN)
        return on_clock;
    const int64_t step = timeline->stamps[2] - second;
    const bool agree = timeline->stamps[2] != TIME_UNKNOWN && step > 0 && step <= timeline_longest(usual_us);
    const bool far = stamp == TIME_UNKNOWN || second < stamp || second - stamp > LONGEST_PAUSE_US ||
                     (timeline->rules.jumps && second - stamp > JUMP_US);
    if (!agree || !far)
        return on_clock;
    timeline->offset = usual_us - second;
    timeline_find(timeline, stamp == TIME_UNKNOWN ? CLOCK_UNTIMED : CLOCK_STRAY, 0,
                  stamp == TIME_UNKNOWN ? 0 : stamp - second + usual_us, 1);
    return 0;
}

/* The first picture of a further file: where it is stated to stand, else where its clock goes on with that of
 * the file before, else one usual step later. */
static int64_t place_file(Timeline *timeline, int64_t stamp, int64_t usual_us)
{
    int64_t t_us = timeline->last_us + usual_us;
    const int64_t known = stamp != TIME_UNKNOWN ? stamp : 0;
    if (timeline->start_us != TIME_UNKNOWN)
        t_us = MAX(timeline->start_us, t_us);
    else if (timeline->file_end_us != TIME_UNKNOWN && timeline->origin_us != TIME_UNKNOWN) {
        const int64_t step = timeline->origin_us + known - timeline->file_end_us;
        if (step > 0 && step <= FILE_GAP_US)
            t_us = timeline->last_us + step;
    }
    timeline->offset = t_us - known;
    const int64_t by_us = t_us - timeline->last_us - usual_us;
    if (by_us > usual_us / 2)
        span_list_add(&timeline->quality->unseen, timeline->last_us + usual_us, t_us);
    timeline_find(timeline, CLOCK_NEXT_FILE, t_us, MAX(by_us, 0), 0);
    begin_piece(timeline, MAX(t_us, timeline->last_us));
    return t_us;
}

static int64_t place(Timeline *timeline, int64_t stamp, Usual here)
{
    if (timeline->strays_left > 0) {
        timeline->strays_left--;
        return timeline->last_us + timeline->stray_step;
    }
    const bool file_begins = timeline->file_begins, stream_begins = timeline->stream_begins;
    timeline->file_begins = timeline->stream_begins = false;
    if (file_begins)
        timeline->first_stamp = stamp != TIME_UNKNOWN ? stamp : 0;
    if (file_begins && timeline->started)
        return place_file(timeline, stamp, here.quartile_us);
    if (!timeline->started && timeline->sought && stamp != TIME_UNKNOWN)
        return stamp;
    if (!timeline->started) {
        const int64_t t_us = place_first(timeline, stamp, here.quartile_us);
        begin_piece(timeline, 0);
        return t_us;
    }
    const int64_t t_us = place_next(timeline, stamp, here);
    if (stream_begins)
        timeline_find(timeline, CLOCK_NEXT_STREAM, t_us, 0, 0);
    return t_us;
}

TimelinePlace timeline_take(Timeline *timeline)
{
    g_assert(timeline->waiting > 0);
    timeline_put_in_order(timeline);
    const int64_t stamp = timeline->stamps[0];
    const Usual here = timeline_usual(timeline);
    const TimelinePlace taken = {place(timeline, stamp, here), here.quartile_us};
    const bool repeats =
        timeline->started &&
        (stamp == timeline->last_stamp || timeline_count_run(timeline) >= TIMELINE_FEWEST_NEAR) &&
        timeline_is_near(timeline, timeline->last_stamp, stamp);
    if (timeline->started && !repeats && timeline->run < 2)
        usual_remember(&timeline->history, taken.t_us - timeline->last_us);
    timeline->run = repeats ? timeline->run + 1 : 1;
    timeline->run_stamp = repeats ? timeline->run_stamp : stamp;
    timeline->started = true;
    timeline->last_us = taken.t_us;
    timeline->last_stamp = stamp;
    if (stamp != timeline->own[0])
        timeline->quality->totals[CLOCK_DISORDER].pictures++;
    timeline->waiting--;
    memmove(timeline->stamps, timeline->stamps + 1, sizeof timeline->stamps[0] * (size_t)timeline->waiting);
    memmove(timeline->own, timeline->own + 1, sizeof timeline->own[0] * (size_t)timeline->waiting);
    return taken;
}

void timeline_seek(Timeline *timeline)
{
    timeline->waiting = timeline->strays_left = 0;
    timeline->started = false;
    timeline->sought = true;
    timeline->offset = 0;
}

void timeline_end(Timeline *timeline, int64_t end_us)
{
    close_piece(timeline, end_us);
}
