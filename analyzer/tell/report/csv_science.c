/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of the finer measures: strata, curves, sweeps, other protocols. */
#include "report/csv_internal.h"

/* ---- strata.csv: each stratum, and against the one with the most camera time */

static void stratum_lines(const json_t *scenario, const json_t *evaluation, void *user)
{
    static const char *const paths[] = {"value",
                                        "clips",
                                        "camera_hours",
                                        "events",
                                        "false_alerts_per_camera_hour.numerator",
                                        "false_alerts_per_camera_hour.value",
                                        "false_alerts_per_camera_hour.interval.low",
                                        "false_alerts_per_camera_hour.interval.high",
                                        "p_miss.numerator",
                                        "p_miss.value",
                                        "p_miss.interval.low",
                                        "p_miss.interval.high",
                                        "contrast.reference",
                                        "contrast.ratio",
                                        "contrast.interval.low",
                                        "contrast.interval.high",
                                        "contrast.p",
                                        "contrast.difference",
                                        "contrast.detectable_ratio",
                                        "contrast.four_fifths",
                                        NULL};
    Csv *csv = user;
    for (size_t i = 0; i < model_count(evaluation, "strata"); i++) {
        const json_t *attribute = model_member(evaluation, "strata", i);
        for (size_t j = 0; j < model_count(attribute, "strata"); j++) {
            csv_place(csv, scenario, evaluation);
            csv_words(csv, model_string(attribute, "attribute"));
            csv_values(csv, model_member(attribute, "strata", j), paths);
            csv_line_end(csv);
        }
    }
}

char *csv_render_strata(const json_t *results)
{
    g_autoptr(Csv) csv =
        csv_new("scenario,system,condition,attribute,value,clips,camera_hours,events,false_alerts,"
                "false_per_hour,false_per_hour_low,false_per_hour_high,misses,p_miss,p_miss_low,"
                "p_miss_high,reference,ratio,ratio_low,ratio_high,p,difference,detectable_ratio,"
                "outside_four_fifths");
    model_visit_evaluations(results, stratum_lines, csv);
    return csv_take(csv);
}

/* ---- curve.csv and sweep.csv: what other thresholds and parameters would have given */

static void curve_lines(const json_t *scenario, const json_t *evaluation, void *user)
{
    static const char *const paths[] = {
        "threshold", "hits", "false_alerts", "p_miss", "false_alerts_per_camera_hour", "cost", NULL};
    Csv *csv = user;
    for (size_t i = 0; i < model_count(evaluation, "curve.points"); i++) {
        csv_place(csv, scenario, evaluation);
        csv_values(csv, model_member(evaluation, "curve.points", i), paths);
        csv_line_end(csv);
    }
}

char *csv_render_curve(const json_t *results)
{
    g_autoptr(Csv) csv =
        csv_new("scenario,system,condition,threshold,hits,false_alerts,p_miss,false_per_hour,detection_cost");
    model_visit_evaluations(results, curve_lines, csv);
    return csv_take(csv);
}

static void sweep_lines(const json_t *scenario, const json_t *evaluation, void *user)
{
    static const char *const paths[] = {"chosen",
                                        "events",
                                        "hits",
                                        "misses",
                                        "false_strict",
                                        "false_alerts_per_camera_hour.value",
                                        "false_alerts_per_camera_hour.interval.low",
                                        "false_alerts_per_camera_hour.interval.high",
                                        "p_miss.value",
                                        "p_miss.interval.low",
                                        "p_miss.interval.high",
                                        NULL};
    Csv *csv = user;
    for (size_t i = 0; i < model_count(evaluation, "sweep.points"); i++) {
        const json_t *point = model_member(evaluation, "sweep.points", i);
        g_autoptr(GString) all = g_string_new(NULL);
        const char *name;
        json_t *setting;
        json_object_foreach(json_object_get(point, "values"), name, setting) g_string_append_printf(
            all, "%s%s=%s", all->len > 0 ? "; " : "", name, json_string_value(setting));
        csv_place(csv, scenario, evaluation);
        csv_words(csv, all->str);
        csv_values(csv, point, paths);
        csv_line_end(csv);
    }
}

char *csv_render_sweep(const json_t *results)
{
    g_autoptr(Csv) csv =
        csv_new("scenario,system,condition,values,chosen,events,hits,misses,false_strict,"
                "false_per_hour,false_per_hour_low,false_per_hour_high,p_miss,p_miss_low,p_miss_high");
    model_visit_evaluations(results, sweep_lines, csv);
    return csv_take(csv);
}

/* ---- protocols.csv: one line a figure of each protocol */

static void protocol_lines(const json_t *scenario, const json_t *evaluation, void *user)
{
    static const char *const paths[] = {"id",         "unit",   "truths",       "alerts",
                                        "detections", "misses", "false_alarms", NULL};
    Csv *csv = user;
    for (size_t i = 0; i < model_count(evaluation, "protocols"); i++) {
        const json_t *row = model_member(evaluation, "protocols", i);
        const char *name;
        json_t *figure;
        json_object_foreach((json_t *)model_get(row, "figures"), name, figure)
        {
            csv_place(csv, scenario, evaluation);
            csv_values(csv, row, paths);
            csv_words(csv, name);
            csv_value(csv, figure);
            csv_line_end(csv);
        }
    }
}

char *csv_render_protocols(const json_t *results)
{
    g_autoptr(Csv) csv = csv_new("scenario,system,condition,protocol,unit,truths,alerts,detections,misses,"
                                 "false_alarms,figure,value");
    model_visit_evaluations(results, protocol_lines, csv);
    return csv_take(csv);
}
