/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/shift.h"

#include "scoring/statistics.h"

#include <math.h>

#define DAY_US (24 * US_PER_HOUR)
#define QUARTERS 56 /* of an hour: 14 hours, the widest offset of a zone */

static const int64_t days[] = {1, 2, 7, 365, 366};

enum { LEAST = 4, SHIFTS = 2 * (QUARTERS + (int)G_N_ELEMENTS(days)) + 1 };

static const double most_p = 0.001, least_inside = 0.05, least_found = 0.02;

/* What the alerts come to under one reading of the log's clock. */
typedef struct {
    ShiftKind kind;
    int64_t shift_us;
    int64_t inside, found;
} Trial;

static guint count_before(const GArray *sorted, int64_t t_us)
{
    guint low = 0, high = sorted->len;
    while (low < high) {
        const guint middle = low + (high - low) / 2;
        if (g_array_index(sorted, int64_t, middle) < t_us)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static int64_t count_within(const GArray *sorted, Span span, int64_t shift_us)
{
    return count_before(sorted, span.end_us - shift_us) - count_before(sorted, span.start_us - shift_us);
}

static Trial try_reading(const ShiftStream *streams, size_t count, ShiftKind kind, int64_t shift_us)
{
    Trial trial = {kind, shift_us, 0, 0};
    for (size_t i = 0; i < count; i++) {
        const GArray *onsets = kind == SHIFT_DAY_MONTH ? streams[i].swapped : streams[i].onsets;
        if (onsets == NULL)
            continue;
        const GArray *spans = streams[i].inside->spans;
        for (guint j = 0; j < spans->len; j++)
            trial.inside += count_within(onsets, g_array_index(spans, Span, j), shift_us);
        for (guint j = 0; streams[i].events != NULL && j < streams[i].events->len; j++)
            trial.found += count_within(onsets, g_array_index(streams[i].events, Span, j), shift_us) > 0;
    }
    return trial;
}

/* Every other reading than the log's own; the shortest first, as the first of equals is named. */
static size_t try_all(const ShiftStream *streams, size_t count, Trial trials[SHIFTS])
{
    size_t n = 0;
    for (int64_t quarter = 1; quarter <= QUARTERS; quarter++) {
        trials[n++] = try_reading(streams, count, SHIFT_CONSTANT, quarter * US_PER_HOUR / 4);
        trials[n++] = try_reading(streams, count, SHIFT_CONSTANT, -quarter * US_PER_HOUR / 4);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(days); i++) {
        trials[n++] = try_reading(streams, count, SHIFT_CONSTANT, days[i] * DAY_US);
        trials[n++] = try_reading(streams, count, SHIFT_CONSTANT, -days[i] * DAY_US);
    }
    trials[n++] = try_reading(streams, count, SHIFT_DAY_MONTH, 0);
    return n;
}

/* Whole hours are what clocks differ by; a quarter is named only when it is better. */
static bool is_better(const Trial *a, const Trial *b)
{
    if (a->inside != b->inside)
        return a->inside > b->inside;
    if (a->found != b->found)
        return a->found > b->found;
    const bool a_whole = a->shift_us % US_PER_HOUR == 0, b_whole = b->shift_us % US_PER_HOUR == 0;
    return a_whole && !b_whole;
}

static bool finds_more(const Trial *a, const Trial *b)
{
    return a->found != b->found ? a->found > b->found : is_better(a, b);
}

/* Whether `seen` of `all` is more than chance, `mean` being what a shift gives on average. */
static bool is_more_than_chance(int64_t seen, int64_t all, double mean, double least)
{
    const double p = fmin(fmax(mean / (double)all, least), 1);
    return seen >= LEAST && statistics_binomial_at_least(seen, all, p) * SHIFTS <= most_p;
}

static bool fits_by_time(const Trial *as_is, const Trial *best, int64_t alerts, double mean)
{
    return alerts > 0 && 2 * as_is->inside < alerts && 5 * best->inside >= 4 * alerts &&
           is_more_than_chance(best->inside, alerts, mean, least_inside);
}

static bool fits_by_events(const Trial *as_is, const Trial *best, const Trial *trials, int64_t events,
                           double mean)
{
    for (size_t i = 0; i < SHIFTS; i++) {
        if (&trials[i] != best && 2 * trials[i].found >= best->found)
            return false;
    }
    return events > 0 && 3 * as_is->found <= best->found && 2 * best->found >= events &&
           is_more_than_chance(best->found, events, mean, least_found);
}

static void add_equals(ShiftSuspicion *suspicion, const Trial *trials, const Trial *best)
{
    for (size_t i = 0; i < SHIFTS; i++) {
        const Trial *one = &trials[i];
        if (one == best || one->inside != best->inside || one->found != best->found)
            continue;
        if (suspicion->equals < SHIFT_NAMED) {
            suspicion->equal[suspicion->equals].kind = one->kind;
            suspicion->equal[suspicion->equals].shift_us = one->shift_us;
        }
        suspicion->equals++;
    }
}

ShiftSuspicion shift_suspect(const ShiftStream *streams, size_t count)
{
    ShiftSuspicion suspicion = {.kind = SHIFT_NONE};
    for (size_t i = 0; i < count; i++) {
        suspicion.alerts += streams[i].onsets->len;
        suspicion.events += streams[i].events != NULL ? streams[i].events->len : 0;
    }
    Trial trials[SHIFTS];
    const Trial as_is = try_reading(streams, count, SHIFT_NONE, 0);
    try_all(streams, count, trials);
    const Trial *inside = &trials[0], *found = &trials[0];
    double mean_inside = 0, mean_found = 0;
    for (size_t i = 0; i < SHIFTS; i++) {
        inside = is_better(&trials[i], inside) ? &trials[i] : inside;
        found = finds_more(&trials[i], found) ? &trials[i] : found;
        mean_inside += (double)trials[i].inside / SHIFTS;
        mean_found += (double)trials[i].found / SHIFTS;
    }
    const bool by_time = fits_by_time(&as_is, inside, suspicion.alerts, mean_inside);
    const bool by_events = !by_time && fits_by_events(&as_is, found, trials, suspicion.events, mean_found);
    const Trial *best = by_events ? found : inside;
    suspicion.suspected = by_time || by_events;
    suspicion.inside = as_is.inside;
    suspicion.found = as_is.found;
    if (!suspicion.suspected && best->inside <= as_is.inside)
        return suspicion;
    suspicion.kind = best->kind;
    suspicion.shift_us = best->shift_us;
    suspicion.inside_shifted = best->inside;
    suspicion.found_shifted = best->found;
    add_equals(&suspicion, trials, best);
    return suspicion;
}

Phrase *shift_length(int64_t shift_us)
{
    const int64_t length_us = ABS(shift_us);
    if (length_us % DAY_US == 0)
        return phrase_integer(phrase_new("shift.days"), "n", length_us / DAY_US);
    const int64_t hours = length_us / US_PER_HOUR, minutes = length_us % US_PER_HOUR / (60 * US_PER_SECOND);
    if (hours == 0)
        return phrase_integer(phrase_new("shift.minutes"), "minutes", minutes);
    if (minutes == 0)
        return phrase_integer(phrase_new("shift.hours"), "n", hours);
    return phrase_integer(phrase_integer(phrase_new("shift.hours_and_minutes"), "hours", hours), "minutes",
                          minutes);
}

/* “with 2 hours added to every time”; `again`: “2 hours added”, beside one that was said in full. */
static Phrase *say_reading(ShiftKind kind, int64_t shift_us, bool again)
{
    if (kind == SHIFT_DAY_MONTH)
        return phrase_new(again ? "shift.day_and_month" : "shift.with_day_and_month");
    const char *key = shift_us > 0 ? (again ? "shift.added" : "shift.with_added")
                                   : (again ? "shift.taken" : "shift.with_taken");
    return phrase_part(phrase_new(key), "length", shift_length(shift_us));
}

static Phrase *join(const char *key, Phrase *first, Phrase *other)
{
    return phrase_part(phrase_part(phrase_new(key), "first", first), "other", other);
}

/* “, as many with 2 hours added to every time, 3 hours added or in 4 other ways”, or NULL. */
static Phrase *say_equals(const ShiftSuspicion *s)
{
    const int named = MIN(s->equals, SHIFT_NAMED), more = s->equals - named;
    if (named == 0)
        return NULL;
    Phrase *ways = say_reading(s->equal[0].kind, s->equal[0].shift_us, false);
    for (int i = 1; i < named; i++)
        ways = join(more == 0 && i == named - 1 ? "shift.or" : "shift.comma", ways,
                    say_reading(s->equal[i].kind, s->equal[i].shift_us, true));
    if (more > 0)
        ways = join("shift.or", ways, phrase_integer(phrase_new("shift.other_ways"), "n", more));
    return phrase_part(phrase_new("shift.as_many"), "ways", ways);
}

Phrase *shift_counts(const ShiftSuspicion *suspicion, ShiftPlace place)
{
    const bool by_events = suspicion->inside_shifted <= suspicion->inside;
    Phrase *said = phrase_new(by_events                   ? "shift.events"
                              : place == SHIFT_INTO_CLIPS ? "shift.alerts_in_clips"
                                                          : "shift.alerts_in_watched_time");
    phrase_integer(said, "n", by_events ? suspicion->found : suspicion->inside);
    phrase_integer(said, "all", by_events ? suspicion->events : suspicion->alerts);
    phrase_integer(said, "then", by_events ? suspicion->found_shifted : suspicion->inside_shifted);
    phrase_part(said, "reading", say_reading(suspicion->kind, suspicion->shift_us, false));
    return phrase_part(said, "equals", say_equals(suspicion));
}

Phrase *shift_sentence(const ShiftSuspicion *suspicion, ShiftPlace place)
{
    if (suspicion->kind == SHIFT_NONE)
        return NULL;
    return phrase_part(phrase_new("shift.suspected"), "counts", shift_counts(suspicion, place));
}
