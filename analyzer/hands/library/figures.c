/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/figures.h"

#include "scoring/independence.h"

#include <math.h>

static const VsauditFigure nothing = {.unit = "",
                                      .value = NAN,
                                      .numerator = VSAUDIT_NOT_COUNTED,
                                      .denominator = NAN,
                                      .low = NAN,
                                      .high = NAN,
                                      .level = NAN};

static VsauditFigure of_rate(const char *name, const Rate *rate)
{
    VsauditFigure figure = nothing;
    figure.name = name;
    figure.unit = rate_unit_name(rate->unit);
    figure.numerator = rate->numerator;
    figure.denominator = rate->denominator;
    figure.value = rate->value;
    figure.reason = undefined_reason_name(rate->reason);
    if (figure.reason == NULL) {
        figure.low = rate->interval.low;
        figure.high = rate->interval.high;
        figure.level = rate->level;
        figure.method = interval_method_name(rate->method);
    }
    return figure;
}

/* A number without an interval, and why it is not there when it is NAN. */
static VsauditFigure of_number(const char *name, const char *unit, double value, const char *reason)
{
    VsauditFigure figure = nothing;
    figure.name = name;
    figure.unit = unit;
    figure.value = value;
    figure.reason = isnan(value) ? reason : NULL;
    return figure;
}

static void add(GArray *list, VsauditFigure figure)
{
    g_array_append_val(list, figure);
}

static const char *word(UndefinedReason reason)
{
    return undefined_reason_name(reason);
}

static VsauditFigure by_camera(const EvalFigures *figures, double level)
{
    VsauditFigure figure =
        of_rate("false_alerts_per_camera_hour_by_camera", &figures->false_alerts_per_camera_hour);
    const Interval interval = independence_interval(&figures->bootstrap);
    figure.low = interval.low;
    figure.high = interval.high;
    figure.level = level;
    figure.method = "cluster-bootstrap";
    if (figure.reason == NULL && isnan(interval.low))
        figure.reason =
            figures->bootstrap.clusters < INDEPENDENCE_LEAST ? word(UNDEFINED_FEW_CLUSTERS) : "no_spread";
    if (figure.reason != NULL) {
        figure.value = figure.level = NAN;
        figure.method = NULL;
    }
    return figure;
}

static VsauditFigure per_day(const EvalFigures *figures)
{
    VsauditFigure figure = of_rate("false_alerts_per_camera_day", &figures->false_alerts_per_camera_hour);
    figure.unit = "camera_day";
    figure.value = figures->per_day;
    figure.denominator /= 24;
    figure.low = figures->per_day_interval.low;
    figure.high = figures->per_day_interval.high;
    return figure;
}

static void add_sensitivity(GArray *list, const EvalFigures *figures)
{
    static const char *const misses[] = {"p_miss_half", "p_miss_double"};
    static const char *const rates[] = {"false_alerts_per_camera_hour_half",
                                        "false_alerts_per_camera_hour_double"};
    for (size_t i = 0; i < G_N_ELEMENTS(figures->sensitivity); i++) {
        const EvalSensitivity *other = &figures->sensitivity[i];
        add(list, of_number(misses[i], "event", other->p_miss, word(UNDEFINED_NO_EVENT)));
        add(list, of_number(rates[i], "camera_hour", other->false_alerts_per_camera_hour,
                            word(UNDEFINED_NO_EXPOSURE)));
    }
}

static void add_worst_case(GArray *list, const EvalFigures *figures)
{
    const bool failed = figures->failed_clips > 0;
    const char *events = failed ? word(UNDEFINED_NO_EVENT) : "no_failed_clip";
    add(list, of_number("p_miss_if_all_missed", "event", figures->p_miss_if_all_missed, events));
    add(list, of_number("p_miss_high", "event", figures->p_miss_high, events));
    add(list, of_number("failed_camera_hours", "h", failed ? figures->failed_camera_hours : (double)NAN,
                        failed ? "unknown_length" : "no_failed_clip"));
}

GArray *figures_list(const EvalFigures *figures, const PanelRow *row, double level)
{
    GArray *list = g_array_new(FALSE, TRUE, sizeof(VsauditFigure));
    if (row != NULL) {
        for (const PanelFigure *figure = row->figures; figure->name != NULL; figure++)
            add(list, of_number(figure->name, "", figure->value, "not_defined"));
        return list;
    }
    add(list, of_rate("false_alerts_per_camera_hour", &figures->false_alerts_per_camera_hour));
    add(list,
        of_rate("false_alerts_per_camera_hour_lenient", &figures->false_alerts_per_camera_hour_lenient));
    add(list, by_camera(figures, level));
    add(list, per_day(figures));
    add(list, of_rate("false_alerts_per_passage", &figures->false_alerts_per_passage));
    add(list, of_rate("p_miss", &figures->p_miss));
    add(list, of_rate("precision", &figures->precision));
    add(list, of_rate("clips_alarmed", &figures->clips_alarmed));
    add(list, of_rate("windows_alarmed", &figures->windows_alarmed));
    add(list, of_number("overdispersion", "", figures->overdispersion.phi,
                        word(figures->overdispersion.clusters < 2 ? UNDEFINED_FEW_CLUSTERS
                                                                  : UNDEFINED_NO_FALSE_ALERT)));
    add(list, of_number("latency_median_s", "s", figures->latency_median_s, word(figures->latency_reason)));
    add(list, of_number("latency_p90_s", "s", figures->latency_p90_s, word(figures->latency_reason)));
    add_sensitivity(list, figures);
    add_worst_case(list, figures);
    return list;
}

VsauditCounts figures_counts(const EvalFigures *figures, const PanelRow *row)
{
    VsauditCounts counts = {
        .unit = VSAUDIT_COUNTS_EVENTS,
        .events = figures->events,
        .hits = figures->hits,
        .misses = figures->misses,
        .alerts = figures->alerts,
        .false_strict = figures->false_strict,
        .ignored = VSAUDIT_NOT_COUNTED,
        .false_lenient = figures->false_lenient,
        .duplicates = figures->duplicates,
        .alerts_not_scored = figures->not_scored,
        .alerts_unwatched = figures->alerts_unwatched,
        .events_not_scored = figures->events_not_scored,
        .hits_with_boxes = figures->hits_with_boxes, /* -1 means the same in both */
        .hits_elsewhere = figures->hits_elsewhere,
        .ends_assumed = VSAUDIT_NOT_COUNTED,
        .passages = figures->passages,
        .clips = figures->clips,
        .cameras = figures->cameras,
        .failed_clips = figures->failed_clips,
        .mended_clips = figures->mended_clips,
        .scored_us = figures->camera_us,
        .no_score_us = figures->no_score_us,
        .not_decoded_us = figures->not_decoded_us,
        .not_annotated_us = figures->not_annotated_us,
    };
    if (row == NULL)
        return counts;
    counts.unit = row->unit == PANEL_SEGMENTS ? VSAUDIT_COUNTS_SEGMENTS : VSAUDIT_COUNTS_EVENTS;
    counts.events = row->truths;
    counts.hits = row->detections;
    counts.misses = row->misses;
    counts.alerts = row->alerts;
    counts.false_strict = row->false_alarms;
    counts.ignored = row->ignored;
    counts.ends_assumed = row->ends_assumed;
    counts.false_lenient = counts.duplicates = counts.hits_with_boxes = counts.hits_elsewhere =
        VSAUDIT_NOT_COUNTED;
    return counts;
}
