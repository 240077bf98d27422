/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/timeline_ahead.h"

#include <stdlib.h>
#include <string.h>

#define LONGEST_USUAL_US (10 * US_PER_SECOND)
#define FAR_STEPS 10 /* a stray is far when it is more than so many usual steps off, for each picture */
#define MOST_FAR 8
#define MOST_NEAR 4
#define REJOIN_US (60 * US_PER_SECOND) /* after far strays the clock may have paused for so long */
#define MOST_SHIFT 4                   /* places that a stamp in disorder is away */
#define SHORT_US (US_PER_SECOND / 25)  /* where nothing tells */

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
bool timeline_is_near(const Timeline *timeline, int64_t before, int64_t stamp)
{
    const int64_t stated_us = timeline->rules.stated_us;
    if (before == TIME_UNKNOWN || stamp == TIME_UNKNOWN || stamp < before)
        return false;
    return stamp == before ||
           (stamp - before <= USUAL_NEAR_US && (stated_us == 0 || stated_us > 2 * USUAL_NEAR_US));
}

/* How many pictures share the stamp of the last one, those that wait among them. */
int timeline_count_run(const Timeline *timeline)
{
    int run = timeline->run, i = 0;
    for (int64_t before = timeline->last_stamp;
         i < timeline->waiting && timeline_is_near(timeline, before, timeline->stamps[i]); i++) {
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
    if (follows && timeline_is_near(timeline, timeline->last_stamp, stamps[0]) &&
        timeline_count_run(timeline) >= TIMELINE_FEWEST_NEAR) {
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
        if (known && timeline_is_near(timeline, stamps[i - 1], stamps[i])) {
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

Usual timeline_usual(const Timeline *timeline)
{
    const TimelineRules *rules = &timeline->rules;
    if (rules->numbered)
        return (Usual){rules->stated_us, rules->stated_us};
    const Steps ahead = steps_ahead(timeline);
    /* What a header says of a rate where stamps stand still was often reckoned from those very stamps. */
    const bool stands =
        timeline->started && timeline_is_near(timeline, timeline->last_stamp, timeline->stamps[0]);
    const int64_t nominal = rules->nominal_us > 0 ? rules->nominal_us : SHORT_US;
    const int64_t fallback =
        rules->stated_us > 0 ? rules->stated_us : (stands ? MIN(nominal, SHORT_US) : nominal);
    return usual_step(&timeline->history, ahead.steps, ahead.count, MAX(LONGEST_USUAL_US, rules->stated_us),
                      fallback);
}

int64_t timeline_longest(int64_t usual_us)
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
void timeline_put_in_order(Timeline *timeline)
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
         sorted[0] + timeline->offset - timeline->last_us > timeline_longest(median)))
        return;
    /* at the end of what waits, stamps that belong between may still be missing */
    for (int i = 0; i + 1 < count; i++)
        if (steps[i] <= 0 || (i + 1 < count - MOST_SHIFT && steps[i] > timeline_longest(median)))
            return;
    for (int i = 0; i < count; i++) {
        const int64_t *at = bsearch(&timeline->stamps[i], sorted, (size_t)count, sizeof sorted[0], compare);
        if (ABS((int)(at - sorted) - i) > MOST_SHIFT)
            return;
    }
    memcpy(timeline->stamps, sorted, sizeof sorted[0] * (size_t)count);
    if (!timeline->in_disorder)
        timeline_find(timeline, CLOCK_DISORDER, timeline->started ? timeline->last_us : 0, 0, 0);
    timeline->in_disorder = true;
}

/* Whether the pictures that wait come so fast, or repeat a stamp so often, that they make up for the step to
 * the first of them. */
bool timeline_is_made_up(const Timeline *timeline, int64_t median)
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

/* Do the first `count` that wait stray, and does the next one go on with the clock of before? */
static bool stray_until(const Timeline *timeline, int count, int64_t usual_us, TimelineStrays *strays)
{
    if (timeline->stamps[count] == TIME_UNKNOWN)
        return false;
    const int64_t rejoin = timeline->stamps[count] + timeline->offset;
    const int64_t gap = rejoin - timeline->last_us, fitting = (count + 1) * usual_us;
    if (gap <= count)
        return false;
    *strays = (TimelineStrays){.kind = CLOCK_STRAY, .count = count};
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
    const bool even = gap <= timeline_longest(fitting);
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

TimelineStrays timeline_find_strays(const Timeline *timeline, int64_t usual_us)
{
    TimelineStrays strays;
    for (int count = 1; count < timeline->waiting && count <= MOST_FAR; count++)
        if (stray_until(timeline, count, usual_us, &strays))
            return strays;
    return (TimelineStrays){0};
}
