/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How often the verdicts are wrong. Alerts are drawn in worlds of which the true rate is known and the claim
 * "at most LIMIT" is judged. Where the true rate is the limit, "supported" and "refuted" are both wrong, and
 * at most alpha of either is promised; where it is half the limit, "supported" is the power.
 *
 *     verdicts [RUNS]      a line for each cell: wrong "supported", wrong "refuted" by the exact test and by
 * the verdict of places like these, and the power of both
 *
 * Always the same numbers: seeded, GSL's mt19937. */
#include "scoring/cameras.h"
#include "scoring/scope.h"

#include <glib.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define HOURS 200.0
#define ALPHA 0.05
#define SEED 20230412UL

enum { MOST_CAMERAS = 40, MOST_DAYS = 40 };

typedef struct {
    const char *name;
    double shape;     /* of the gamma by which cameras differ; 0: they do not */
    int together;     /* alerts come so many at a time */
    double bad_night; /* chance that a night is bad on all cameras, with ten times the alerts; 0: none */
    bool uneven;      /* cameras are filmed 1 : 2 : 3 : 4 : 5 */
} World;

static const World worlds[] = {
    {"Poisson", 0, 1, 0, false},
    {"in threes", 0, 3, 0, false},
    {"gamma(2)", 2, 1, 0, false},
    {"gamma(0.5)", 0.5, 1, 0, false},
    {"Poisson, uneven", 0, 1, 0, true},
    {"in threes, uneven", 0, 3, 0, true},
    {"gamma(2), uneven", 2, 1, 0, true},
    {"gamma(0.5), uneven", 0.5, 1, 0, true},
    {"bad nights, 15 %", 0, 1, 0.15, false},
    {"bad nights, 2.5 %", 0, 1, 0.025, false},
};

typedef struct {
    int cameras, days; /* days 0: not known */
    double expected;   /* alerts at the limit */
} Study;

typedef struct {
    int supported, refuted, exact_supported, exact_refuted;
} Tally;

static GArray *new_totals(int count)
{
    GArray *totals = g_array_sized_new(FALSE, TRUE, sizeof(CameraTotals), (guint)count);
    return g_array_set_size(totals, (guint)count);
}

static void draw(gsl_rng *random, const World *world, const Study *study, double truth, GArray *cameras,
                 GArray *days)
{
    const int nights = study->days > 0 ? study->days : 1;
    double nightly[MOST_DAYS], weights = 0;
    for (int day = 0; day < nights; day++) {
        const double ordinary = 1 / (1 + 9 * world->bad_night);
        nightly[day] =
            world->bad_night > 0 ? ordinary * (gsl_rng_uniform(random) < world->bad_night ? 10 : 1) : 1;
    }
    for (int i = 0; i < study->cameras; i++)
        weights += world->uneven ? 1 + i % 5 : 1;
    for (int i = 0; i < study->cameras; i++) {
        const double share = (world->uneven ? 1 + i % 5 : 1) / weights / nights;
        const double level = world->shape > 0 ? gsl_ran_gamma(random, world->shape, 1 / world->shape) : 1;
        for (int day = 0; day < nights; day++) {
            const double mean = study->expected * truth * share * level * nightly[day];
            const int64_t count = world->together * (int64_t)gsl_ran_poisson(random, mean / world->together);
            const int64_t scored_us = (int64_t)(HOURS * share * 3.6e9);
            CameraTotals *both[] = {&g_array_index(cameras, CameraTotals, i),
                                    &g_array_index(days, CameraTotals, day)};
            for (int k = 0; k < 2; k++) {
                both[k]->false_strict += count;
                both[k]->scored_us += scored_us;
            }
        }
    }
}

static void judge(const Study *study, GArray *cameras, GArray *days, Tally *tally)
{
    const ClaimReading reading = {METRIC_FALSE_ALERTS_PER_CAMERA_HOUR, true, study->expected / HOURS, ALPHA,
                                  0.95};
    int64_t count = 0;
    for (guint i = 0; i < cameras->len; i++)
        count += g_array_index(cameras, CameraTotals, i).false_strict;
    const Verdict exact = claim_judge_rate(&reading, count, HOURS, RATE_PER_CAMERA_HOUR).verdict;
    tally->exact_supported += exact == VERDICT_SUPPORTED;
    tally->exact_refuted += exact == VERDICT_REFUTED;
    if (exact == VERDICT_NOT_ESTABLISHED)
        return;
    ScopeCounts by_camera, by_day;
    scope_count(reading.metric, cameras, &by_camera);
    scope_count(reading.metric, days, &by_day);
    const Scope scope =
        scope_judge(CLAIM_OF_PLACES, &reading, exact, &by_camera, study->days > 0 ? &by_day : NULL);
    tally->supported += scope_verdict(&scope) == VERDICT_SUPPORTED;
    tally->refuted += scope_verdict(&scope) == VERDICT_REFUTED;
    scope_counts_clear(&by_camera);
    scope_counts_clear(&by_day);
}

static Tally simulate(const World *world, const Study *study, double truth, int runs)
{
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(random, SEED);
    Tally tally = {0};
    for (int run = 0; run < runs; run++) {
        g_autoptr(GArray) cameras = new_totals(study->cameras);
        g_autoptr(GArray) days = new_totals(study->days > 0 ? study->days : 1);
        draw(random, world, study, truth, cameras, days);
        judge(study, cameras, days, &tally);
    }
    gsl_rng_free(random);
    return tally;
}

int main(int argc, char **argv)
{
    static const Study studies[] = {{5, 0, 46},   {10, 0, 25},  {10, 0, 46},   {10, 0, 100},
                                    {10, 0, 300}, {20, 0, 46},  {20, 0, 100},  {20, 0, 300},
                                    {10, 5, 100}, {10, 20, 46}, {10, 20, 100}, {20, 40, 100}};
    const int runs = argc > 1 ? atoi(argv[1]) : 2000;
    printf("cameras  days  alerts at the limit  world               exact: sup.  ref.   places: sup.  ref.   "
           "power: exact  places\n");
    for (size_t s = 0; s < G_N_ELEMENTS(studies); s++) {
        const Study *study = &studies[s];
        for (size_t w = 0; w < G_N_ELEMENTS(worlds); w++) {
            if (worlds[w].bad_night > 0 && study->days == 0)
                continue; /* nothing tells nights apart */
            const Tally at = simulate(&worlds[w], study, 1, runs);
            const double percent = 100.0 / runs;
            printf("%7d %5d %20g  %-18s %12.1f %5.1f %14.1f %5.1f", study->cameras, study->days,
                   study->expected, worlds[w].name, at.exact_supported * percent, at.exact_refuted * percent,
                   at.supported * percent, at.refuted * percent);
            if (worlds[w].shape <= 0 && worlds[w].together == 1 && worlds[w].bad_night <= 0) {
                const Tally half = simulate(&worlds[w], study, 0.5, runs);
                printf(" %15.1f %7.1f", half.exact_supported * percent, half.supported * percent);
            }
            putchar('\n');
            fflush(stdout);
        }
    }
    return 0;
}
