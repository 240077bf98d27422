/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/metrics.h"

#include <math.h>
#include <stddef.h>

static void false_alerts_by_hours(const CameraTotals *camera, int64_t *count, double *exposure)
{
    *count = camera->false_strict;
    *exposure = (double)camera->scored_us / (double)US_PER_HOUR;
}

static void false_alerts_by_passages(const CameraTotals *camera, int64_t *count, double *exposure)
{
    *count = camera->false_strict;
    *exposure = (double)camera->passages;
}

static void misses_by_events(const CameraTotals *camera, int64_t *count, double *exposure)
{
    *count = camera->misses;
    *exposure = (double)(camera->hits + camera->misses);
}

static void hits_by_alerts(const CameraTotals *camera, int64_t *count, double *exposure)
{
    *count = camera->hits;
    *exposure = (double)(camera->hits + camera->false_strict);
}

static const char a_share[] = "a share from 0 to 1";

const char *const metric_names[] = {
    [METRIC_FALSE_ALERTS_PER_CAMERA_HOUR] = "false_alerts_per_camera_hour",
    [METRIC_FALSE_ALERTS_PER_PASSAGE] = "false_alerts_per_passage",
    [METRIC_P_MISS] = "p_miss",
    [METRIC_PRECISION] = "precision",
    [METRIC_PRECISION_AT_PREVALENCE] = "precision_at_prevalence",
    [METRIC_ANALYSIS_TIME] = "analysis_time_divided_by",
    [METRIC_RATE_RATIO] = "rate_ratio",
    [METRIC_MISS_DIFFERENCE] = "miss_difference",
    [METRIC_NONE] = NULL,
};

static const Metric metrics[] = {
    [METRIC_FALSE_ALERTS_PER_CAMERA_HOUR] = {.kind = METRIC_IS_RATE,
                                             .unit = RATE_PER_CAMERA_HOUR,
                                             .rate = offsetof(EvalFigures, false_alerts_per_camera_hour),
                                             .of_camera = false_alerts_by_hours,
                                             .lack_lowers = true,
                                             .most = (double)INFINITY},
    /* A share in what a limit may be: more than one false alert a passage is no claim. */
    [METRIC_FALSE_ALERTS_PER_PASSAGE] = {.kind = METRIC_IS_RATE,
                                         .unit = RATE_PER_PASSAGE,
                                         .rate = offsetof(EvalFigures, false_alerts_per_passage),
                                         .of_camera = false_alerts_by_passages,
                                         .lack_lowers = true,
                                         .most = 1,
                                         .expected = a_share},
    /* What no alert found counts as missed. */
    [METRIC_P_MISS] = {.kind = METRIC_IS_SHARE,
                       .unit = RATE_PER_EVENT,
                       .rate = offsetof(EvalFigures, p_miss),
                       .of_camera = misses_by_events,
                       .percent = true,
                       .lack_raises = true,
                       .most = 1,
                       .expected = a_share},
    [METRIC_PRECISION] = {.kind = METRIC_IS_SHARE,
                          .unit = RATE_PER_ALERT,
                          .rate = offsetof(EvalFigures, precision),
                          .of_camera = hits_by_alerts,
                          .percent = true,
                          .counts_right = true,
                          .lack_raises = true,
                          .lack_lowers = true,
                          .most = 1,
                          .expected = a_share},
    [METRIC_PRECISION_AT_PREVALENCE] = {.kind = METRIC_IS_BOUNDED,
                                        .percent = true,
                                        .counts_right = true,
                                        .lack_raises = true,
                                        .lack_lowers = true,
                                        .needs_prevalence = true,
                                        .most = 1,
                                        .expected = a_share},
    [METRIC_ANALYSIS_TIME] = {.kind = METRIC_IS_TIME,
                              .counts_right = true,
                              .lack_raises = true,
                              .lack_lowers = true,
                              .least = 1,
                              .most = (double)INFINITY,
                              .expected = "a factor of 1 or more",
                              .keys = {"viewing_speed", "setup_share", "review_s", "p_miss_limit"}},
    [METRIC_RATE_RATIO] = {.kind = METRIC_IS_COMPARISON,
                           .lack_raises = true,
                           .lack_lowers = true,
                           .keys = {"against", "against_condition"}},
    [METRIC_MISS_DIFFERENCE] = {.kind = METRIC_IS_COMPARISON,
                                .percent = true,
                                .lack_raises = true,
                                .lack_lowers = true,
                                .keys = {"against", "against_condition", "margin"}},
    [METRIC_NONE] = {.kind = METRIC_IS_UNTESTABLE, .lack_raises = true, .lack_lowers = true},
};

const char *metric_name(ClaimMetric metric)
{
    return metric == METRIC_NONE ? "none" : metric_names[metric];
}

ClaimMetric metric_find(const char *name)
{
    int metric = 0;
    while (metric < METRIC_NONE && g_strcmp0(metric_names[metric], name) != 0)
        metric++;
    return (ClaimMetric)metric;
}

const Metric *metric_of(ClaimMetric metric)
{
    g_assert((size_t)metric < G_N_ELEMENTS(metrics));
    return &metrics[metric];
}

bool metric_compares(ClaimMetric metric)
{
    return metric_of(metric)->kind == METRIC_IS_COMPARISON;
}

const Rate *metric_rate(const Metric *metric, const EvalFigures *figures)
{
    g_assert(metric->kind == METRIC_IS_RATE || metric->kind == METRIC_IS_SHARE);
    return (const Rate *)(const void *)((const char *)figures + metric->rate);
}

static bool lists(ClaimMetric metric, const char *key)
{
    return g_strv_contains(metrics[metric].keys, key);
}

bool metric_takes_key(ClaimMetric metric, const char *key)
{
    bool owned = false;
    for (int other = 0; other < METRIC_NONE; other++)
        owned = owned || lists((ClaimMetric)other, key);
    return !owned || lists(metric, key);
}

char *metric_owners(const char *key)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (int metric = 0; metric < METRIC_NONE; metric++)
        if (lists((ClaimMetric)metric, key))
            g_ptr_array_add(names, (gpointer)metric_names[metric]);
    g_ptr_array_add(names, NULL);
    return names->len > 1 ? g_strjoinv(" and ", (char **)names->pdata) : NULL;
}
