/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Worlds of which the true rate of alerts is known, and footage drawn from them, night by night. */
#ifndef VSAUDIT_SIMULATION_WORLDS_H
#define VSAUDIT_SIMULATION_WORLDS_H

#include "scoring/cameras.h"

#include <glib.h>
#include <gsl/gsl_rng.h>

#define WORLDS_HOURS 200.0 /* filmed in all */

typedef struct {
    const char *name;
    double shape;     /* of the gamma by which cameras differ; 0: they do not */
    int together;     /* alerts come so many at a time */
    double bad_night; /* chance that a night is bad on all cameras, with ten times the alerts; 0: none */
    bool one_bad;     /* exactly one night is, the first */
    bool uneven;      /* cameras are filmed 1 : 2 : 3 : 4 : 5 */
} World;

extern const World worlds[];
extern const size_t worlds_number;
bool worlds_has_nights(const World *world); /* its nights differ */
bool worlds_is_even(const World *world);    /* alerts are independent: the worlds of the exact tests */

typedef struct {
    int cameras, days; /* days 0: not known */
    double expected;   /* alerts at the limit */
} Study;

enum { WORLDS_CAMERAS = 40, WORLDS_NIGHTS = 40 };

/* What was counted on each camera each night. */
typedef struct {
    int cameras, nights;
    int64_t count[WORLDS_CAMERAS][WORLDS_NIGHTS];
    int64_t scored_us[WORLDS_CAMERAS]; /* a night */
} WorldsFilm;

gsl_rng *worlds_random(void); /* always the same numbers: GSL's mt19937, seeded. Caller frees. */
/* Where the true rate is `truth` times the limit. In as many nights as days are known, else in one. */
void worlds_draw(gsl_rng *random, const World *world, const Study *study, double truth, WorldsFilm *film);

/* CameraTotals of the first `nights`; caller unrefs. */
GArray *worlds_cameras(const WorldsFilm *film, int nights);
GArray *worlds_days(const WorldsFilm *film, int nights);
int64_t worlds_count(const GArray *totals); /* false alerts */

#endif
