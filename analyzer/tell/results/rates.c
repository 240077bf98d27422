/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "results/rates.h"

#define NAMED(rate) \
    .name = #rate, .figure = offsetof(EvalFigures, rate), .member = offsetof(ResultsRates, rate)

const RateRow results_rates[] = {
    {NAMED(false_alerts_per_camera_hour), .timed = true, .csv = "false_per_hour",
     .column = "column.false_rate", .table = RATE_MAIN, .chart = RATE_DRAWN, .counted = "counts.false_strict",
     .counted_of = "exposure.camera_hours"},
    {NAMED(false_alerts_per_camera_hour_lenient), .timed = true, .csv = "lenient_per_hour",
     .column = "column.lenient_rate", .table = RATE_SECOND, .counted = "counts.false_lenient",
     .counted_of = "exposure.camera_hours"},
    {NAMED(p_miss), .csv = "p_miss", .column = "column.p_miss", .table = RATE_MAIN, .chart = RATE_DRAWN,
     .counted = "counts.misses", .counted_of = "counts.events"},
    {NAMED(precision), .of_alerts = true, .csv = "precision", .column = "column.precision",
     .table = RATE_MAIN, .chart = RATE_DRAWN_IF_CLAIMED, .counted = "counts.hits",
     .counted_of = "counts.alerts"},
    {NAMED(clips_alarmed), .csv = "clips_alarmed", .column = "column.clips_alarmed", .table = RATE_SECOND},
    {NAMED(windows_alarmed), .csv = "windows_alarmed", .column = "column.windows_alarmed",
     .table = RATE_SECOND},
    {NAMED(false_alerts_per_passage), .csv = "per_passage", .column = "column.per_passage",
     .table = RATE_SECOND, .chart = RATE_DRAWN_IF_CLAIMED, .counted = "counts.false_strict"},
    {.name = NULL},
};
