/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How often the verdicts are wrong: alerts are drawn whose true rate is the limit of the claim, the verdict
 * is asked for, and whatever is not "not established" is an error. Where the true rate is half the limit,
 * what is "supported" is the power.
 *
 * Prints one line a cell. Usage: verdicts [RUNS [CELL…]] */
#include "scoring/claims.h"
#include "scoring/places.h"

#include <glib.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define HOURS 200.0
#define ALPHA 0.05
#define SEED 20230412UL

typedef enum { POISSON, THREES, GAMMA, BAD_NIGHT } Kind;

typedef struct {
    const char *name;
    Kind kind;
    double shape; /* of the gamma */
    bool uneven;  /* exposures 1 : 2 : 3 : 4 … */
} World;

static const World worlds[] = {
    {"poisson", POISSON, 0, false},       {"threes", THREES, 0, false},
    {"gamma(2)", GAMMA, 2, false},        {"gamma(0.5)", GAMMA, 0.5, false},
    {"poisson uneven", POISSON, 0, true}, {"threes uneven", THREES, 0, true},
    {"gamma(2) uneven", GAMMA, 2, true},  {"gamma(0.5) uneven", GAMMA, 0.5, true},
};

static unsigned draw(gsl_rng *random, const World *world, double mean)
{
    switch (world->kind) {
    case THREES:
        return 3 * gsl_ran_poisson(random, mean / 3);
    case GAMMA:
        return gsl_ran_poisson(random, mean * gsl_ran_gamma(random, world->shape, 1 / world->shape));
    default:
        return gsl_ran_poisson(random, mean);
    }
}

int main(int argc, char **argv)
{
    const int runs = argc > 1 ? atoi(argv[1]) : 2000;
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
    static const double totals[] = {25, 46, 100, 300};
    static const int cameras[] = {10, 20, 40};
    for (size_t c = 0; c < G_N_ELEMENTS(cameras); c++)
        for (size_t t = 0; t < G_N_ELEMENTS(totals); t++)
            for (size_t w = 0; w < G_N_ELEMENTS(worlds); w++) {
                gsl_rng_set(random, SEED);
                const int m = cameras[c];
                int64_t counts[100];
                double exposures[100], sum = 0;
                for (int i = 0; i < m; i++)
                    sum += exposures[i] = worlds[w].uneven ? 1 + i % 5 : 1;
                for (int i = 0; i < m; i++)
                    exposures[i] *= HOURS / sum;
                const double limit = totals[t] / HOURS;
                int exact[3] = {0}, places[3] = {0};
                for (int half = 0; half < (worlds[w].kind == POISSON ? 2 : 1); half++)
                    for (int run = 0; run < runs; run++) {
                        int64_t total = 0;
                        for (int i = 0; i < m; i++)
                            total += counts[i] =
                                draw(random, &worlds[w], limit * exposures[i] * (half ? 0.5 : 1));
                        const double s = statistics_poisson_at_most(total, totals[t]);
                        const double r = statistics_poisson_at_least(total, totals[t]);
                        if (s > ALPHA && r > ALPHA)
                            continue;
                        const PlacesTest test =
                            places_test(&(PlacesCounts){counts, exposures, (size_t)m, false}, limit);
                        const int which = half ? 2 : s <= ALPHA ? 0 : 1;
                        if (half && s > ALPHA)
                            continue;
                        exact[which]++;
                        places[which] += (which == 1 ? test.p_at_least : test.p_at_most) <= ALPHA;
                    }
                printf("%3d cameras %4g at limit %-18s exact %5.1f %5.1f places %5.1f %5.1f", m, totals[t],
                       worlds[w].name, 100. * exact[0] / runs, 100. * exact[1] / runs,
                       100. * places[0] / runs, 100. * places[1] / runs);
                if (worlds[w].kind == POISSON)
                    printf("   power %5.1f %5.1f", 100. * exact[2] / runs, 100. * places[2] / runs);
                putchar('\n');
                fflush(stdout);
            }
    gsl_rng_free(random);
    return 0;
}
