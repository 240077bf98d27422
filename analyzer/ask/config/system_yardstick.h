/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keys of the kinds random and always: controls that look at no picture. */
#ifndef VSAUDIT_CONFIG_SYSTEM_YARDSTICK_H
#define VSAUDIT_CONFIG_SYSTEM_YARDSTICK_H

#include "config/scenario.h"

typedef struct {
    char *rate;      /* as written: "12.5", "as vendor" */
    double per_hour; /* alerts per camera-hour of watched time; NAN: as often as another system */
    char *as;        /* that system's id; NULL: the rate is stated */
    int64_t seed;
    int64_t lasts_us; /* of an alert; cut to the clip's end */
} RandomOptions;

typedef struct {
    int64_t every_us; /* from one alert to the next within watched time; 0: one alert, to the clip's end */
} AlwaysOptions;

extern const YamlTable random_table, always_table;

/* NULL for a system of another kind. */
const RandomOptions *system_random(const SystemSpec *system);
const AlwaysOptions *system_always(const SystemSpec *system);
/* The system at whose rate alerts are drawn; NULL: none is named. */
const char *system_random_as(const SystemSpec *system);

#endif
