/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How often verdicts are wrong when somebody looks after every night, twenty times in all, and keeps the first
 * verdict that suits. The worlds of verdicts.c; the claim "at most LIMIT" is judged at any time
 * (scoring/anytime.h), and, for comparison, by the exact test at each look.
 *
 *     looks [RUNS]         a line for each cell: ever "supported", ever "refuted" where the true rate is the
 * limit: by the exact test, at any time of these clips, at any time of places like these. Where it is half the
 * limit: ever "supported", by the exact test of the whole footage alone and by both at any time.
 *
 * Always the same numbers. */
#include "worlds.h"

#include "scoring/scope.h"

#include <stdio.h>
#include <stdlib.h>

#define ALPHA 0.05

enum { LOOKS = 20, EXACT = 0, CLIPS, PLACES, WAYS };

typedef struct {
    int supported[WAYS], refuted[WAYS], at_the_end; /* at_the_end: supported by the exact test of it all */
} Tally;

static Verdict judge_places(const ClaimReading *reading, const WorldsFilm *film, int nights, bool days_known)
{
    g_autoptr(GArray) cameras = worlds_cameras(film, nights);
    g_autoptr(GArray) days = worlds_days(film, nights);
    const double hours = WORLDS_HOURS * nights / film->nights;
    const Verdict exact = claim_judge_rate(reading, worlds_count(cameras), hours, RATE_PER_CAMERA_HOUR).verdict;
    if (exact == VERDICT_NOT_ESTABLISHED)
        return exact;
    ScopeCounts by_camera, by_day;
    scope_count(reading->metric, cameras, &by_camera);
    scope_count(reading->metric, days, &by_day);
    const Scope scope = scope_test(CLAIM_OF_PLACES, reading, exact, &by_camera, days_known ? &by_day : NULL);
    scope_counts_clear(&by_camera);
    scope_counts_clear(&by_day);
    return scope_verdict(&scope);
}

static void note(bool *ever, Verdict verdict)
{
    ever[0] = ever[0] || verdict == VERDICT_SUPPORTED;
    ever[1] = ever[1] || verdict == VERDICT_REFUTED;
}

/* One study with all its looks. */
static void watch(const WorldsFilm *film, double limit, bool days_known, Tally *tally)
{
    ClaimReading reading = {METRIC_FALSE_ALERTS_PER_CAMERA_HOUR, true, limit, ALPHA, 0.95, false};
    bool ever[WAYS][2] = {{false}};
    for (int look = 1; look <= LOOKS; look++) {
        g_autoptr(GArray) cameras = worlds_cameras(film, look);
        const int64_t count = worlds_count(cameras);
        const double hours = WORLDS_HOURS * look / LOOKS;
        reading.anytime = false;
        const Verdict exact = claim_judge_rate(&reading, count, hours, RATE_PER_CAMERA_HOUR).verdict;
        note(ever[EXACT], exact);
        tally->at_the_end += look == LOOKS && exact == VERDICT_SUPPORTED;
        reading.anytime = true;
        const Verdict clips = claim_judge_rate(&reading, count, hours, RATE_PER_CAMERA_HOUR).verdict;
        note(ever[CLIPS], clips);
        if (clips != VERDICT_NOT_ESTABLISHED && !(ever[PLACES][0] && ever[PLACES][1]))
            note(ever[PLACES], judge_places(&reading, film, look, days_known));
    }
    for (int way = 0; way < WAYS; way++) {
        tally->supported[way] += ever[way][0];
        tally->refuted[way] += ever[way][1];
    }
}

static Tally simulate(const World *world, const Study *study, bool days_known, double truth, int runs)
{
    gsl_rng *random = worlds_random();
    Tally tally = {.at_the_end = 0};
    for (int run = 0; run < runs; run++) {
        WorldsFilm film;
        worlds_draw(random, world, study, truth, &film);
        watch(&film, study->expected / WORLDS_HOURS, days_known, &tally);
    }
    gsl_rng_free(random);
    return tally;
}

static void print_cell(const World *world, const Study *study, bool days_known, int runs)
{
    const double percent = 100.0 / runs;
    const Tally at = simulate(world, study, days_known, 1, runs);
    printf("%7d  %-5s %20g  %-18s", study->cameras, days_known ? "known" : "-", study->expected, world->name);
    for (int way = 0; way < WAYS; way++)
        printf(" %8.1f %5.1f", at.supported[way] * percent, at.refuted[way] * percent);
    if (worlds_is_even(world)) {
        const Tally half = simulate(world, study, days_known, 0.5, runs);
        printf(" %8.1f %8.1f %8.1f", half.at_the_end * percent, half.supported[CLIPS] * percent,
               half.supported[PLACES] * percent);
    }
    putchar('\n');
    fflush(stdout);
}

int main(int argc, char **argv)
{
    static const Study studies[] = {{10, LOOKS, 46}, {10, LOOKS, 100}, {20, LOOKS, 100}, {20, LOOKS, 300}};
    const int runs = argc > 1 ? atoi(argv[1]) : 2000;
    printf("cameras  days   alerts at the limit  world              exact: s.  r.  clips: s.  r.  places: s.  r. "
           "  power: exact, clips, places\n");
    for (size_t s = 0; s < G_N_ELEMENTS(studies); s++) {
        for (size_t w = 0; w < worlds_number; w++) {
            if (!worlds_has_nights(&worlds[w]))
                print_cell(&worlds[w], &studies[s], false, runs);
            print_cell(&worlds[w], &studies[s], true, runs);
        }
    }
    return 0;
}
