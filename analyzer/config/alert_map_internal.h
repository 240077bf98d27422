/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the alert map share. */
#ifndef VSAUDIT_CONFIG_ALERT_MAP_INTERNAL_H
#define VSAUDIT_CONFIG_ALERT_MAP_INTERNAL_H

#include "config/alert_clock.h"
#include "config/alert_map.h"

typedef struct {
    char *clip, *camera, *time, *date, *end, *kind, *confidence, *label, *note;
} AlertColumns;

typedef struct {
    AlertColumns columns;
    char *time, *zone, *encoding;
    int delimiter, decimal;
    int64_t shift_us;
    double confidence_max;
    ParamList *kinds, *clips, *cameras;
    GPtrArray *ignore;
    char *behaviour;
    GTimeZone *time_zone;
} AlertMap;

#endif
