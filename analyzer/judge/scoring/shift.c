/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/shift.h"

#include "language/words.h"
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

void shift_words(int64_t shift_us, char **en, char **fr)
{
    const int64_t length_us = ABS(shift_us);
    if (length_us % DAY_US == 0) {
        const int64_t n = length_us / DAY_US;
        *en = g_strdup_printf("%" PRId64 " day%s", n, n == 1 ? "" : "s");
        *fr = g_strdup_printf("%" PRId64 " jour%s", n, n == 1 ? "" : "s");
        return;
    }
    const int64_t hours = length_us / US_PER_HOUR, minutes = length_us % US_PER_HOUR / (60 * US_PER_SECOND);
    if (hours == 0 || minutes > 0) {
        g_autofree char *whole = hours > 0 ? g_strdup_printf("%" PRId64 " h ", hours) : g_strdup("");
        *en = g_strdup_printf("%s%" PRId64 " min", whole, minutes);
        *fr = g_strdup(*en);
        return;
    }
    *en = g_strdup_printf("%" PRId64 " hour%s", hours, hours == 1 ? "" : "s");
    *fr = g_strdup_printf("%" PRId64 " heure%s", hours, hours == 1 ? "" : "s");
}

/* “50 of 60 alerts in watched time by its times, 58”, or so many events detected, if the events tell. */
static char *describe_counts(const ShiftSuspicion *s, ShiftPlace place, Language language)
{
    const bool french = language == LANGUAGE_FR, by_events = s->inside_shifted <= s->inside;
    const int64_t count = by_events ? s->found : s->inside;
    g_autofree char *all = words_integer(language, by_events ? s->events : s->alerts);
    g_autofree char *then = words_integer(language, by_events ? s->found_shifted : s->inside_shifted);
    g_autofree char *now = words_integer(language, count);
    if (by_events && french) {
        g_autofree char *events = words_count(language, count, "événement détecté", "événements détectés");
        return g_strdup_printf("%s sur %s avec ses heures, %s", events, all, then);
    }
    if (by_events)
        return g_strdup_printf("%s of %s events detected by its times, %s", now, all, then);
    if (french) {
        g_autofree char *alerts = words_count(language, count, "alerte", "alertes");
        return g_strdup_printf("%s sur %s %s avec ses heures, %s", alerts, all,
                               place == SHIFT_INTO_CLIPS ? "dans une séquence" : "dans la durée visionnée",
                               then);
    }
    return g_strdup_printf("%s of %s alerts in %s by its times, %s", now, all,
                           place == SHIFT_INTO_CLIPS ? "clips" : "watched time", then);
}

static char *describe_reading(const ShiftSuspicion *s, Language language)
{
    const bool french = language == LANGUAGE_FR;
    if (s->kind == SHIFT_DAY_MONTH)
        return g_strdup(french ? "avec le jour et le mois échangés" : "with day and month exchanged");
    g_autofree char *en = NULL, *fr = NULL;
    shift_words(s->shift_us, &en, &fr);
    if (french)
        return g_strdup_printf("avec des heures %s de %s", s->shift_us > 0 ? "avancées" : "reculées", fr);
    return g_strdup_printf("with %s %s every time", en, s->shift_us > 0 ? "added to" : "taken from");
}

/* “2 hours added”, beside a reading that was described in full. */
static char *describe_equal(ShiftKind kind, int64_t shift_us, Language language)
{
    const bool french = language == LANGUAGE_FR;
    if (kind == SHIFT_DAY_MONTH)
        return g_strdup(french ? "le jour et le mois échangés" : "day and month exchanged");
    g_autofree char *en = NULL, *fr = NULL;
    shift_words(shift_us, &en, &fr);
    if (french)
        return g_strdup_printf("%s de %s", shift_us > 0 ? "avancées" : "reculées", fr);
    return g_strdup_printf("%s %s", en, shift_us > 0 ? "added" : "taken");
}

/* “, as many with 2 hours added to every time, 3 hours added or in 4 other ways”, or nothing. */
static char *describe_equals(const ShiftSuspicion *s, Language language)
{
    const bool french = language == LANGUAGE_FR;
    const int named = MIN(s->equals, SHIFT_NAMED), more = s->equals - named;
    g_autoptr(GString) text = g_string_new(NULL);
    for (int i = 0; i < named; i++) {
        const ShiftSuspicion other = {.kind = s->equal[i].kind, .shift_us = s->equal[i].shift_us};
        g_autofree char *one = i == 0 ? describe_reading(&other, language)
                                      : describe_equal(other.kind, other.shift_us, language);
        const bool last = more == 0 && i == named - 1;
        g_string_append(text, i == 0   ? (french ? ", autant " : ", as many ")
                              : !last  ? ", "
                              : french ? " ou "
                                       : " or ");
        g_string_append(text, one);
    }
    if (more == 1)
        g_string_append(text, french ? " ou d’une autre façon" : " or in one other way");
    if (more > 1)
        g_string_append_printf(text, french ? " ou de %d autres façons" : " or in %d other ways", more);
    return g_string_free(g_steal_pointer(&text), FALSE);
}

char *shift_counts(const ShiftSuspicion *suspicion, ShiftPlace place, Language language)
{
    g_autofree char *counts = describe_counts(suspicion, place, language);
    g_autofree char *reading = describe_reading(suspicion, language);
    g_autofree char *equals = describe_equals(suspicion, language);
    return g_strdup_printf("%s %s%s", counts, reading, equals);
}

static char *compose(const ShiftSuspicion *s, ShiftPlace place, Language language)
{
    g_autofree char *counts = shift_counts(s, place, language);
    if (language != LANGUAGE_FR)
        return g_strdup_printf("The log looks shifted: %s; nothing was put right.", counts);
    return words_french_spaces(
        g_strdup_printf("Le journal paraît décalé : %s ; rien n’a été corrigé.", counts));
}

Sentence shift_sentence(const ShiftSuspicion *suspicion, ShiftPlace place)
{
    if (suspicion->kind == SHIFT_NONE)
        return (Sentence){NULL, NULL};
    return (Sentence){compose(suspicion, place, LANGUAGE_EN), compose(suspicion, place, LANGUAGE_FR)};
}
