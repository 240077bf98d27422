/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "worlds.h"

#include <gsl/gsl_randist.h>

#define SEED 20230412UL

const World worlds[] = {
    {.name = "Poisson", .together = 1},
    {.name = "in threes", .together = 3},
    {.name = "gamma(2)", .shape = 2, .together = 1},
    {.name = "gamma(0.5)", .shape = 0.5, .together = 1},
    {.name = "Poisson, uneven", .together = 1, .uneven = true},
    {.name = "in threes, uneven", .together = 3, .uneven = true},
    {.name = "gamma(2), uneven", .shape = 2, .together = 1, .uneven = true},
    {.name = "gamma(0.5), uneven", .shape = 0.5, .together = 1, .uneven = true},
    {.name = "bad nights, 15 %", .together = 1, .bad_night = 0.15},
    {.name = "bad nights, 2.5 %", .together = 1, .bad_night = 0.025},
    {.name = "one bad night", .together = 1, .one_bad = true},
};
const size_t worlds_number = G_N_ELEMENTS(worlds);

bool worlds_has_nights(const World *world)
{
    return world->bad_night > 0 || world->one_bad;
}

bool worlds_is_even(const World *world)
{
    return world->shape <= 0 && world->together == 1 && !worlds_has_nights(world);
}

gsl_rng *worlds_random(void)
{
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(random, SEED);
    return random;
}

/* How a night compares with the mean of all. */
static void draw_nights(gsl_rng *random, const World *world, int nights, double *nightly)
{
    for (int night = 0; night < nights; night++) {
        nightly[night] = 1;
        if (world->one_bad)
            nightly[night] = (night == 0 ? 10.0 : 1.0) * nights / (nights + 9);
        else if (world->bad_night > 0)
            nightly[night] =
                (gsl_rng_uniform(random) < world->bad_night ? 10 : 1) / (1 + 9 * world->bad_night);
    }
}

void worlds_draw(gsl_rng *random, const World *world, const Study *study, double truth, WorldsFilm *film)
{
    double nightly[WORLDS_NIGHTS], weights = 0;
    film->cameras = study->cameras;
    film->nights = study->days > 0 ? study->days : 1;
    draw_nights(random, world, film->nights, nightly);
    for (int i = 0; i < film->cameras; i++)
        weights += world->uneven ? 1 + i % 5 : 1;
    for (int i = 0; i < film->cameras; i++) {
        const double share = (world->uneven ? 1 + i % 5 : 1) / weights / film->nights;
        const double level = world->shape > 0 ? gsl_ran_gamma(random, world->shape, 1 / world->shape) : 1;
        film->scored_us[i] = (int64_t)(WORLDS_HOURS * share * 3.6e9);
        for (int night = 0; night < film->nights; night++) {
            const double mean = study->expected * truth * share * level * nightly[night];
            film->count[i][night] = world->together * (int64_t)gsl_ran_poisson(random, mean / world->together);
        }
    }
}

static GArray *sum(const WorldsFilm *film, int nights, bool by_camera)
{
    const guint size = (guint)(by_camera ? film->cameras : nights);
    GArray *totals = g_array_set_size(g_array_sized_new(FALSE, TRUE, sizeof(CameraTotals), size), size);
    for (int i = 0; i < film->cameras; i++) {
        for (int night = 0; night < nights; night++) {
            CameraTotals *of = &g_array_index(totals, CameraTotals, by_camera ? i : night);
            of->false_strict += film->count[i][night];
            of->scored_us += film->scored_us[i];
        }
    }
    return totals;
}

GArray *worlds_cameras(const WorldsFilm *film, int nights)
{
    return sum(film, nights, true);
}

GArray *worlds_days(const WorldsFilm *film, int nights)
{
    return sum(film, nights, false);
}

int64_t worlds_count(const GArray *totals)
{
    int64_t count = 0;
    for (guint i = 0; i < totals->len; i++)
        count += g_array_index(totals, CameraTotals, i).false_strict;
    return count;
}
