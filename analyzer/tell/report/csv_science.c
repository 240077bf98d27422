/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of the finer measures: strata, curves, sweeps, other protocols. */
#include "report/csv_internal.h"

/* ---- strata.csv: each stratum, and against the one with the most camera time */

static void stratum_lines(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    Csv *csv = user;
    for (size_t i = 0; i < evaluation->strata.count; i++) {
        const ResultsStrata *attribute = &evaluation->strata.at[i];
        for (size_t j = 0; j < attribute->strata.count; j++) {
            csv_place(csv, scenario, evaluation);
            csv_words(csv, attribute->attribute);
            const ResultsStratum *stratum = &attribute->strata.at[j];
            csv_put(csv, stratum->value);
            csv_put(csv, stratum->clips);
            csv_put(csv, stratum->camera_hours);
            csv_put(csv, stratum->events);
            csv_put(csv, stratum->false_alerts_per_camera_hour.numerator);
            csv_put(csv, stratum->false_alerts_per_camera_hour.value);
            csv_put(csv, stratum->false_alerts_per_camera_hour.interval.low);
            csv_put(csv, stratum->false_alerts_per_camera_hour.interval.high);
            csv_put(csv, stratum->p_miss.numerator);
            csv_put(csv, stratum->p_miss.value);
            csv_put(csv, stratum->p_miss.interval.low);
            csv_put(csv, stratum->p_miss.interval.high);
            csv_put(csv, stratum->contrast.reference);
            csv_put(csv, stratum->contrast.ratio);
            csv_put(csv, stratum->contrast.interval.low);
            csv_put(csv, stratum->contrast.interval.high);
            csv_put(csv, stratum->contrast.p);
            csv_put(csv, stratum->contrast.difference);
            csv_put(csv, stratum->contrast.detectable_ratio);
            csv_put(csv, stratum->contrast.four_fifths);
            csv_line_end(csv);
        }
    }
}

char *csv_render_strata(const Results *results)
{
    g_autoptr(Csv) csv =
        csv_new("scenario,system,condition,attribute,value,clips,camera_hours,events,false_alerts,"
                "false_per_hour,false_per_hour_low,false_per_hour_high,misses,p_miss,p_miss_low,"
                "p_miss_high,reference,ratio,ratio_low,ratio_high,p,difference,detectable_ratio,"
                "outside_four_fifths");
    results_visit_evaluations(results, stratum_lines, csv);
    return csv_take(csv);
}

/* ---- curve.csv and sweep.csv: what other thresholds and parameters would have given */

static void curve_lines(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    Csv *csv = user;
    for (size_t i = 0; i < evaluation->curve.points.count; i++) {
        csv_place(csv, scenario, evaluation);
        const ResultsCurvePoint *point = &evaluation->curve.points.at[i];
        csv_put(csv, point->threshold);
        csv_put(csv, point->hits);
        csv_put(csv, point->false_alerts);
        csv_put(csv, point->p_miss);
        csv_put(csv, point->false_alerts_per_camera_hour);
        csv_put(csv, point->cost);
        csv_line_end(csv);
    }
}

char *csv_render_curve(const Results *results)
{
    g_autoptr(Csv) csv =
        csv_new("scenario,system,condition,threshold,hits,false_alerts,p_miss,false_per_hour,detection_cost");
    results_visit_evaluations(results, curve_lines, csv);
    return csv_take(csv);
}

static void sweep_lines(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    Csv *csv = user;
    for (size_t i = 0; i < evaluation->sweep.points.count; i++) {
        const ResultsSweepPoint *point = &evaluation->sweep.points.at[i];
        g_autoptr(GString) all = g_string_new(NULL);
        const char *name;
        json_t *setting;
        json_object_foreach((json_t *)point->values, name, setting) g_string_append_printf(
            all, "%s%s=%s", all->len > 0 ? "; " : "", name, json_string_value(setting));
        csv_place(csv, scenario, evaluation);
        csv_words(csv, all->str);
        csv_put(csv, point->chosen);
        csv_put(csv, point->events);
        csv_put(csv, point->hits);
        csv_put(csv, point->misses);
        csv_put(csv, point->false_strict);
        csv_put(csv, point->false_alerts_per_camera_hour.value);
        csv_put(csv, point->false_alerts_per_camera_hour.interval.low);
        csv_put(csv, point->false_alerts_per_camera_hour.interval.high);
        csv_put(csv, point->p_miss.value);
        csv_put(csv, point->p_miss.interval.low);
        csv_put(csv, point->p_miss.interval.high);
        csv_line_end(csv);
    }
}

char *csv_render_sweep(const Results *results)
{
    g_autoptr(Csv) csv =
        csv_new("scenario,system,condition,values,chosen,events,hits,misses,false_strict,"
                "false_per_hour,false_per_hour_low,false_per_hour_high,p_miss,p_miss_low,p_miss_high");
    results_visit_evaluations(results, sweep_lines, csv);
    return csv_take(csv);
}

/* ---- protocols.csv: one line a figure of each protocol */

static void protocol_lines(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    Csv *csv = user;
    for (size_t i = 0; i < evaluation->protocols.count; i++) {
        const ResultsFieldProtocol *row = &evaluation->protocols.at[i];
        const char *name;
        json_t *figure;
        json_object_foreach((json_t *)row->figures, name, figure)
        {
            csv_place(csv, scenario, evaluation);
            csv_put(csv, row->id);
            csv_put(csv, row->unit);
            csv_put(csv, row->truths);
            csv_put(csv, row->alerts);
            csv_put(csv, row->detections);
            csv_put(csv, row->misses);
            csv_put(csv, row->false_alarms);
            csv_words(csv, name);
            csv_number(csv, json_is_number(figure) ? json_number_value(figure) : (double)NAN);
            csv_line_end(csv);
        }
    }
}

char *csv_render_protocols(const Results *results)
{
    g_autoptr(Csv) csv = csv_new("scenario,system,condition,protocol,unit,truths,alerts,detections,misses,"
                                 "false_alarms,figure,value");
    results_visit_evaluations(results, protocol_lines, csv);
    return csv_take(csv);
}
