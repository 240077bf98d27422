/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/timeline.h"

#include "media/usual.h"

#include <string.h>

#define JUMP_US (10 * US_PER_SECOND)         /* where a clock may jump, a longer step is a leap */
#define LONGEST_PAUSE_US (168 * US_PER_HOUR) /* a longer one is a broken clock */
#define LONGEST_USUAL_US (10 * US_PER_SECOND)
#define FILE_GAP_US US_PER_HOUR /* the next file's clock goes on when it begins within so long */
#define RESTART_US (10 * US_PER_SECOND)
#define FAR_STEPS 10 /* a stray is far when it is more than so many usual steps off, for each picture */
#define MOST_FAR 8
#define MOST_NEAR 4
#define REJOIN_US (60 * US_PER_SECOND) /* after far strays the clock may have paused for so long */
#define MOST_SHIFT 4                   /* places that a stamp in disorder is away */
#define SHORT_US (US_PER_SECOND / 25)  /* where nothing tells */
#define FEWEST_NEAR 3
#define FARTHEST_US (INT64_C(1) << 53) /* no stamp of any use is farther from the origin: 285 years */

struct Timeline {
    ClipQuality *quality;
    TimelineRules rules;
    UsualHistory history;
    int64_t stamps[TIMELINE_AHEAD]; /* that wait, from the origin, put in order; TIME_UNKNOWN = none */
    int64_t own[TIMELINE_AHEAD];    /* the same as they came */
    int waiting;

    bool started;        /* a picture was placed */
    int64_t last_us;     /* t of the last one */
    int64_t last_stamp;  /* its stamp, unless it was a stray */
    int run;             /* pictures that shared this stamp, or nearly */
    int64_t run_stamp;   /* the first one's */
    int64_t first_stamp; /* of this file */
    int64_t offset;      /* t = stamp + offset */
    bool in_disorder;    /* stamps were sorted before */
    int strays_left;     /* to be placed, stray_step apart */
    int64_t stray_step;

    int file;
    int64_t origin_us, player_us;
    int64_t file_end_us; /* where the file before ended on its own clock; TIME_UNKNOWN = it had none */
    int64_t start_us;    /* stated */
    bool file_begins, stream_begins;
    bool sought;
    bool open; /* the last piece is still growing */
};

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

static void find(const Timeline *timeline, ClockKind kind, int64_t at_us, int64_t by_us, int64_t pictures)
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

/* ---- looking ahead */

typedef struct {
    int64_t steps[2 * TIMELINE_AHEAD];
    int count;
} Steps;

/* A step that `pictures` with one stamp share: even ones, of which two count, so that they are believed where
 * nothing else tells and not against the many before them. */
static void share_step(Steps *steps, int64_t step, int pictures)
{
    for (int i = 0; i < MIN(pictures, 2); i++)
        steps->steps[steps->count++] = step / pictures;
}

/* Whether a stamp is that of the picture before, or so near that no camera can have filmed both. */
static bool is_near(const Timeline *timeline, int64_t before, int64_t stamp)
{
    const int64_t stated_us = timeline->rules.stated_us;
    if (before == TIME_UNKNOWN || stamp == TIME_UNKNOWN || stamp < before)
        return false;
    return stamp == before ||
           (stamp - before <= USUAL_NEAR_US && (stated_us == 0 || stated_us > 2 * USUAL_NEAR_US));
}

/* How many pictures share the stamp of the last one, those that wait among them. */
static int count_run(const Timeline *timeline)
{
    int run = timeline->run, i = 0;
    for (int64_t before = timeline->last_stamp;
         i < timeline->waiting && is_near(timeline, before, timeline->stamps[i]); i++) {
        before = timeline->stamps[i];
        run++;
    }
    return run;
}

/* The step to stamp i. About a stamp that lies elsewhere, half of the step across it. */
static int64_t step_to(const Timeline *timeline, int i)
{
    const int64_t *stamps = timeline->stamps, step = stamps[i] - stamps[i - 1];
    const int64_t next =
        i + 1 < timeline->waiting && stamps[i + 1] != TIME_UNKNOWN ? stamps[i + 1] - stamps[i] : 0;
    const int64_t last = i >= 2 && stamps[i - 2] != TIME_UNKNOWN ? stamps[i - 1] - stamps[i - 2] : 0;
    const int64_t across = next < 0 ? step + next : last < 0 ? step + last : 0;
    return across > 0 ? MIN(step, across / 2) : step;
}

/* The steps from the last picture on, through those that wait. */
static Steps steps_ahead(const Timeline *timeline)
{
    Steps ahead = {.count = 0};
    const int64_t *stamps = timeline->stamps;
    const bool follows = timeline->started && !timeline->file_begins && stamps[0] != TIME_UNKNOWN;
    int run = 1;
    int64_t run_stamp = stamps[0];
    if (follows && is_near(timeline, timeline->last_stamp, stamps[0]) && count_run(timeline) >= FEWEST_NEAR) {
        run = timeline->run + 1;
        run_stamp = timeline->run_stamp;
    } else if (follows && stamps[0] == timeline->last_stamp)
        run = 2;
    else if (follows && timeline->run > 1 && stamps[0] > timeline->last_stamp)
        share_step(&ahead, stamps[0] - timeline->run_stamp, timeline->run);
    else if (follows)
        share_step(&ahead, stamps[0] + timeline->offset - timeline->last_us, 1);
    for (int i = 1; i < timeline->waiting; i++) {
        const bool known = stamps[i] != TIME_UNKNOWN && stamps[i - 1] != TIME_UNKNOWN;
        if (known && is_near(timeline, stamps[i - 1], stamps[i])) {
            run++;
            continue;
        }
        if (known)
            share_step(&ahead, run > 1 ? stamps[i] - run_stamp : step_to(timeline, i), run);
        run = 1;
        run_stamp = stamps[i];
    }
    return ahead;
}

static Usual usual(const Timeline *timeline)
{
    const TimelineRules *rules = &timeline->rules;
    if (rules->numbered)
        return (Usual){rules->stated_us, rules->stated_us};
    const Steps ahead = steps_ahead(timeline);
    /* What a header says of a rate where stamps stand still was often reckoned from those very stamps. */
    const bool stands = timeline->started && is_near(timeline, timeline->last_stamp, timeline->stamps[0]);
    const int64_t nominal = rules->nominal_us > 0 ? rules->nominal_us : SHORT_US;
    const int64_t fallback =
        rules->stated_us > 0 ? rules->stated_us : (stands ? MIN(nominal, SHORT_US) : nominal);
    return usual_step(&timeline->history, ahead.steps, ahead.count, MAX(LONGEST_USUAL_US, rules->stated_us),
                      fallback);
}

static int64_t longest(int64_t usual_us)
{
    return usual_us + usual_us / 2;
}

static int compare(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* Stamps that are regular once they are sorted are sorted where they wait. A leap or a stray leaves a long
 * step also then; a small leap back steps back only once. */
static void put_in_order(Timeline *timeline)
{
    const int count = timeline->waiting;
    int64_t sorted[TIMELINE_AHEAD];
    int back = 0;
    for (int i = 0; i < count; i++) {
        if (timeline->stamps[i] == TIME_UNKNOWN)
            return;
        sorted[i] = timeline->stamps[i];
        back += i > 0 && sorted[i] < sorted[i - 1];
    }
    if (back < (timeline->in_disorder ? 1 : 2))
        return;
    qsort(sorted, (size_t)count, sizeof sorted[0], compare);
    UsualHistory none = {0};
    int64_t steps[TIMELINE_AHEAD];
    for (int i = 1; i < count; i++)
        steps[i - 1] = sorted[i] - sorted[i - 1];
    const int64_t median = usual_step(&none, steps, count - 1, LONGEST_USUAL_US, 0).median_us;
    if (timeline->started && !timeline->file_begins && !timeline->stream_begins &&
        (sorted[0] + timeline->offset <= timeline->last_us ||
         sorted[0] + timeline->offset - timeline->last_us > longest(median)))
        return;
    /* at the end of what waits, stamps that belong between may still be missing */
    for (int i = 0; i + 1 < count; i++)
        if (steps[i] <= 0 || (i + 1 < count - MOST_SHIFT && steps[i] > longest(median)))
            return;
    for (int i = 0; i < count; i++) {
        const int64_t *at = bsearch(&timeline->stamps[i], sorted, (size_t)count, sizeof sorted[0], compare);
        if (ABS((int)(at - sorted) - i) > MOST_SHIFT)
            return;
    }
    memcpy(timeline->stamps, sorted, sizeof sorted[0] * (size_t)count);
    if (!timeline->in_disorder)
        find(timeline, CLOCK_DISORDER, timeline->started ? timeline->last_us : 0, 0, 0);
    timeline->in_disorder = true;
}

/* Whether the pictures that wait come so fast, or repeat a stamp so often, that they make up for the step to
 * the first of them. */
static bool is_made_up(const Timeline *timeline, int64_t median)
{
    int64_t before = timeline->last_us;
    for (int i = 0; i < timeline->waiting; i++) {
        const int64_t stamp = timeline->stamps[i];
        if (stamp == TIME_UNKNOWN || stamp + timeline->offset < before)
            return false;
        before = stamp + timeline->offset;
        if (before - timeline->last_us <= (i + 1) * median + median / 4)
            return true;
    }
    return false;
}

typedef struct {
    ClockKind kind;
    int count;       /* 0 = no strays */
    int64_t step_us; /* from one to the next */
    int64_t by_us;   /* the first one's distance from its place */
    int back, repeats;
} Strays;

/* Do the first `count` that wait stray, and does the next one go on with the clock of before? */
static bool stray_until(const Timeline *timeline, int count, int64_t usual_us, Strays *strays)
{
    if (timeline->stamps[count] == TIME_UNKNOWN)
        return false;
    const int64_t rejoin = timeline->stamps[count] + timeline->offset;
    const int64_t gap = rejoin - timeline->last_us, fitting = (count + 1) * usual_us;
    if (gap <= count)
        return false;
    *strays = (Strays){.kind = CLOCK_STRAY, .count = count};
    int64_t nearest = INT64_MAX;
    int untimed = 0;
    for (int i = 0; i < count; i++) {
        if (timeline->stamps[i] == TIME_UNKNOWN) {
            untimed++;
            continue;
        }
        const int64_t at = timeline->stamps[i] + timeline->offset;
        if (at > timeline->last_us && at < rejoin)
            return false;
        if (i == 0)
            strays->by_us = at - timeline->last_us - usual_us;
        strays->repeats += timeline->stamps[i] == timeline->last_stamp;
        strays->back += at <= timeline->last_us;
        nearest = MIN(nearest, at <= timeline->last_us ? timeline->last_us - at : at - rejoin);
    }
    strays->back -= strays->repeats;
    const bool even = gap <= longest(fitting);
    strays->step_us = even ? gap / (count + 1) : usual_us;
    if (untimed == count)
        strays->kind = CLOCK_UNTIMED;
    if (strays->repeats == count)
        strays->kind = CLOCK_REPEAT;
    if (strays->kind == CLOCK_REPEAT)
        return even;
    if (strays->kind == CLOCK_UNTIMED || nearest > FAR_STEPS * fitting)
        return even || gap <= MIN(nearest / 4, REJOIN_US);
    return count <= MOST_NEAR && gap >= fitting - fitting / 5 && gap <= fitting + fitting / 4;
}

static Strays find_strays(const Timeline *timeline, int64_t usual_us)
{
    Strays strays;
    for (int count = 1; count < timeline->waiting && count <= MOST_FAR; count++)
        if (stray_until(timeline, count, usual_us, &strays))
            return strays;
    return (Strays){0};
}

/* ---- placing */

static int64_t place_strays(Timeline *timeline, const Strays *strays)
{
    ClipQuality *quality = timeline->quality;
    quality->duplicate_pts += strays->repeats;
    quality->backward_pts += strays->back;
    timeline->strays_left = strays->count - 1;
    timeline->stray_step = strays->step_us;
    const int64_t t_us = timeline->last_us + strays->step_us;
    find(timeline, strays->kind, t_us, strays->by_us, strays->count);
    return t_us;
}

/* The same stamp again, or nearly, and none of those that wait says how many share it. The clock stays as it
 * is: what these pictures take up is no more than the time to the next stamp, where that comes. */
static int64_t place_repeat(Timeline *timeline, int64_t stamp, int64_t usual_us)
{
    const int64_t first_us = timeline->run_stamp + timeline->offset;
    const int64_t t_us = MAX(first_us + timeline->run * usual_us, timeline->last_us + 1);
    timeline->quality->duplicate_pts += stamp == timeline->last_stamp;
    find(timeline, CLOCK_REPEAT, t_us, 0, 1);
    return t_us;
}

/* The first picture after several with one stamp, which fill the time to it when they are as many as usual.
 */
static bool is_filled(Timeline *timeline, int64_t stamp, Usual here)
{
    const int64_t step = stamp - timeline->run_stamp;
    if (timeline->run < 2 || step > longest(timeline->run * here.quartile_us))
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
    find(timeline, kind, t_us, step - usual_us, 0);
    timeline->offset = t_us - stamp;
    begin_piece(timeline, t_us);
    return t_us;
}

static int64_t place_pause(Timeline *timeline, int64_t t_us, int64_t usual_us)
{
    const int64_t from_us = timeline->last_us + usual_us, by_us = t_us - from_us;
    span_list_add(&timeline->quality->unseen, from_us, t_us);
    if (timeline->rules.numbered)
        find(timeline, CLOCK_MISSING, from_us, by_us, (by_us + usual_us / 2) / usual_us);
    else
        find(timeline, CLOCK_PAUSE, from_us, by_us, 0);
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
    const bool is_shared = is_near(timeline, timeline->last_stamp, stamp);
    const bool goes_on =
        stamp != TIME_UNKNOWN && timeline->run > 1 && stamp > timeline->last_stamp && !is_shared;
    if (is_shared && stamp > timeline->last_stamp && count_run(timeline) >= FEWEST_NEAR)
        return place_repeat(timeline, stamp, usual_us);
    if (goes_on && (is_filled(timeline, stamp, here) || step <= 0))
        return timeline->last_us + MAX(step, 1);
    if (step > 0 && step <= longest(usual_us))
        return timeline->last_us + step;
    const Strays strays = find_strays(timeline, usual_us);
    if (strays.count > 0)
        return place_strays(timeline, &strays);
    if (stamp == TIME_UNKNOWN)
        return place_strays(timeline, &(Strays){.kind = CLOCK_UNTIMED, .count = 1, .step_us = usual_us});
    if (stamp == timeline->last_stamp)
        return place_repeat(timeline, stamp, usual_us);
    if (step <= 0 || step > LONGEST_PAUSE_US || (rules->jumps && step > JUMP_US))
        return place_leap(timeline, stamp, step, usual_us);
    if (is_made_up(timeline, here.median_us))
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
        find(timeline, CLOCK_LEAP_FORWARD, t_us, stamp - usual_us, 0);
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
    const bool agree = timeline->stamps[2] != TIME_UNKNOWN && step > 0 && step <= longest(usual_us);
    const bool far = stamp == TIME_UNKNOWN || second < stamp || second - stamp > LONGEST_PAUSE_US ||
                     (timeline->rules.jumps && second - stamp > JUMP_US);
    if (!agree || !far)
        return on_clock;
    timeline->offset = usual_us - second;
    find(timeline, stamp == TIME_UNKNOWN ? CLOCK_UNTIMED : CLOCK_STRAY, 0,
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
    find(timeline, CLOCK_NEXT_FILE, t_us, MAX(by_us, 0), 0);
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
        find(timeline, CLOCK_NEXT_STREAM, t_us, 0, 0);
    return t_us;
}

TimelinePlace timeline_take(Timeline *timeline)
{
    g_assert(timeline->waiting > 0);
    put_in_order(timeline);
    const int64_t stamp = timeline->stamps[0];
    const Usual here = usual(timeline);
    const TimelinePlace taken = {place(timeline, stamp, here), here.quartile_us};
    const bool repeats = timeline->started &&
                         (stamp == timeline->last_stamp || count_run(timeline) >= FEWEST_NEAR) &&
                         is_near(timeline, timeline->last_stamp, stamp);
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
