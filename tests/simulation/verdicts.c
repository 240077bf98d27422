/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How often the verdicts are wrong. Alerts are drawn in worlds of which the true rate is known and the claim
 * "at most LIMIT" is judged. Where the true rate is the limit, "supported" and "refuted" are both wrong, and
 * at most alpha of either is promised; where it is half the limit, "supported" is the power.
 *
 *     verdicts [RUNS]      a line for each cell: wrong "supported", wrong "refuted" by the exact test and by
 * the verdict of places like these, and the power of both
 *
 * Always the same numbers: seeded, GSL's mt19937. */
#include "worlds.h"

#include "scoring/scope.h"

#include <glib.h>
#include <stdio.h>
#include <stdlib.h>

#define ALPHA 0.05

typedef struct {
    int supported, refuted, exact_supported, exact_refuted;
} Tally;

static void judge(const Study *study, GArray *cameras, GArray *days, Tally *tally)
{
    const ClaimReading reading = {
        METRIC_FALSE_ALERTS_PER_CAMERA_HOUR, true, study->expected / WORLDS_HOURS, ALPHA, 0.95, false};
    const Verdict exact =
        claim_judge_rate(&reading, worlds_count(cameras), WORLDS_HOURS, RATE_PER_CAMERA_HOUR).verdict;
    tally->exact_supported += exact == VERDICT_SUPPORTED;
    tally->exact_refuted += exact == VERDICT_REFUTED;
    if (exact == VERDICT_NOT_ESTABLISHED)
        return;
    ScopeCounts by_camera, by_day;
    scope_count(reading.metric, cameras, &by_camera);
    scope_count(reading.metric, days, &by_day);
    const Scope scope =
        scope_test(CLAIM_OF_PLACES, &reading, exact, &by_camera, study->days > 0 ? &by_day : NULL);
    tally->supported += scope_verdict(&scope) == VERDICT_SUPPORTED;
    tally->refuted += scope_verdict(&scope) == VERDICT_REFUTED;
    scope_counts_clear(&by_camera);
    scope_counts_clear(&by_day);
}

static Tally simulate(const World *world, const Study *study, double truth, int runs)
{
    gsl_rng *random = worlds_random();
    Tally tally = {0};
    for (int run = 0; run < runs; run++) {
        WorldsFilm film;
        worlds_draw(random, world, study, truth, &film);
        g_autoptr(GArray) cameras = worlds_cameras(&film, film.nights);
        g_autoptr(GArray) days = worlds_days(&film, film.nights);
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
        for (size_t w = 0; w < worlds_number; w++) {
            if (worlds_has_nights(&worlds[w]) && study->days == 0)
                continue; /* nothing tells nights apart */
            const Tally at = simulate(&worlds[w], study, 1, runs);
            const double percent = 100.0 / runs;
            printf("%7d %5d %20g  %-18s %12.1f %5.1f %14.1f %5.1f", study->cameras, study->days,
                   study->expected, worlds[w].name, at.exact_supported * percent, at.exact_refuted * percent,
                   at.supported * percent, at.refuted * percent);
            if (worlds_is_even(&worlds[w])) {
                const Tally half = simulate(&worlds[w], study, 0.5, runs);
                printf(" %15.1f %7.1f", half.exact_supported * percent, half.supported * percent);
            }
            putchar('\n');
            fflush(stdout);
        }
    }
    return 0;
}
