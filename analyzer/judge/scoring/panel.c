/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/panel.h"

#include "scoring/actev.h"
#include "scoring/ilids.h"
#include "scoring/sed.h"
#include "scoring/trecvid.h"

#include <math.h>
#include <string.h>

#define FRAME_US 40000

static double seconds(int64_t t_us)
{
    return (double)t_us / (double)US_PER_SECOND;
}

static double hours_of(const PanelInput *input)
{
    int64_t sum_us = 0;
    for (size_t i = 0; i < input->file_count; i++)
        sum_us += input->files[i].scored_us;
    return (double)sum_us / (double)US_PER_HOUR;
}

static double share(int64_t part, int64_t whole)
{
    return whole > 0 ? (double)part / (double)whole : (double)NAN;
}

static double per(int64_t count, double exposure)
{
    return exposure > 0 ? (double)count / exposure : (double)NAN;
}

/* Confidence may be absent: then all alerts weigh the same. */
static double weight(const PanelSpan *alert)
{
    return isnan(alert->confidence) ? 1 : alert->confidence;
}

/* Whether there is an alert, and every one carries a confidence. */
static bool has_confidence(const PanelInput *input)
{
    bool any = false;
    for (size_t i = 0; i < input->file_count; i++) {
        for (size_t j = 0; j < input->files[i].alert_count; j++) {
            if (isnan(input->files[i].alerts[j].confidence))
                return false;
            any = true;
        }
    }
    return any;
}

/* ---- one rule a family */

static void score_actev(const PanelChoice *choice, const PanelInput *input, PanelRow *row)
{
    g_autoptr(GArray) references = g_array_new(FALSE, TRUE, sizeof(ActevInstance));
    g_autoptr(GArray) systems = g_array_new(FALSE, TRUE, sizeof(ActevInstance));
    g_autofree ActevFile *files = g_new(ActevFile, input->file_count + 1);
    for (size_t i = 0; i < input->file_count; i++) {
        const PanelFile *file = &input->files[i];
        files[i] = (ActevFile){file->scored_us / FRAME_US, (double)US_PER_SECOND / FRAME_US};
        for (size_t j = 0; j < file->event_count + file->alert_count; j++) {
            const bool alert = j >= file->event_count;
            const PanelSpan *span = alert ? &file->alerts[j - file->event_count] : &file->events[j];
            const int64_t start = span->start_us / FRAME_US, end = (span->end_us + FRAME_US - 1) / FRAME_US;
            const ActevInstance instance = {0, (int)i, start, MAX(end, start + 1), alert ? weight(span) : 1};
            g_array_append_val(alert ? systems : references, instance);
        }
    }
    const ActevInput actev = {
        .protocol = actev_protocol_find(choice->protocol->id),
        .activities = 1,
        .files = files,
        .file_count = (int)input->file_count,
        .references = (const ActevInstance *)(const void *)references->data,
        .systems = (const ActevInstance *)(const void *)systems->data,
        .reference_count = references->len,
        .system_count = systems->len,
        .miss_numerator = 8,
        .miss_denominator = 10,
    };
    const bool whole = references->len + systems->len <= PANEL_CURVE_MOST;
    g_autoptr(ActevResult) result = whole ? actev_evaluate(&actev) : actev_match(&actev);
    for (size_t i = 0; i < references->len; i++)
        row->detections += result->system_of_reference[i] >= 0;
    row->misses = row->truths - row->detections;
    row->false_alarms = row->alerts - row->detections;
    row->figures[0] = (PanelFigure){"p_miss", share(row->misses, row->truths)};
    row->figures[1] =
        (PanelFigure){"w_p_miss", row->truths > 0 ? ((double)row->misses + actev.miss_numerator) /
                                                        ((double)row->truths + actev.miss_denominator)
                                                  : (double)NAN};
    row->figures[2] = (PanelFigure){"r_fa_per_minute", per(row->false_alarms, hours_of(input) * 60)};
    if (!whole)
        return;
    row->figures[3] = (PanelFigure){"n_mide", result->n_mide};
    if (!has_confidence(input))
        return;
    const bool by_time = actev.protocol->tfa != ACTEV_TFA_NONE;
    const double limit = 0.2; /* the usual one */
    row->figures[4] = (PanelFigure){by_time ? "n_audc_t_fa" : "n_audc_r_fa",
                                    actev_audc(&result->activities[0], by_time, limit) / limit};
    double sum = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(result->activities[0].average_precision); i++)
        sum += result->activities[0].average_precision[i];
    const bool any = row->truths > 0;
    row->figures[5] =
        (PanelFigure){"ap_iou_half", any ? result->activities[0].average_precision[9] : (double)NAN};
    row->figures[6] = (PanelFigure){
        "map_iou", any ? sum / G_N_ELEMENTS(result->activities[0].average_precision) : (double)NAN};
}

/* The best threshold in hindsight, over all files together. */
static void add_minimum_cost(const PanelInput *input, const TrecvidSettings *settings, PanelRow *row)
{
    g_autoptr(GArray) events = g_array_new(FALSE, FALSE, sizeof(TrecvidEvent));
    g_autoptr(GArray) alerts = g_array_new(FALSE, FALSE, sizeof(TrecvidEvent));
    for (size_t i = 0; i < input->file_count; i++) {
        const PanelFile *file = &input->files[i];
        for (size_t j = 0; j < file->event_count; j++) {
            const TrecvidEvent event = {(int)i, seconds(file->events[j].start_us),
                                        seconds(file->events[j].end_us), 0, false};
            g_array_append_val(events, event);
        }
        for (size_t j = 0; j < file->alert_count; j++) {
            const TrecvidEvent alert = {(int)i, seconds(file->alerts[j].start_us),
                                        seconds(file->alerts[j].end_us), weight(&file->alerts[j]), true};
            g_array_append_val(alerts, alert);
        }
    }
    TrecvidSettings all = *settings;
    all.duration_s = fmax(hours_of(input) * 3600, 1e-6);
    const TrecvidResult result =
        trecvid_evaluate((const TrecvidEvent *)(const void *)events->data, events->len,
                         (const TrecvidEvent *)(const void *)alerts->data, alerts->len, &all, NULL);
    row->figures[3] = (PanelFigure){"min_ndcr", result.min_cost};
    row->figures[4] = (PanelFigure){"min_ndcr_threshold", result.min_threshold};
}

static void score_trecvid(const PanelChoice *choice, const PanelInput *input, PanelRow *row)
{
    const PanelTrecvid *settings = choice->settings;
    TrecvidSettings trecvid = {seconds(settings->tolerance_us), 0, settings->cost_miss, settings->cost_fa,
                               settings->target_rate};
    for (size_t i = 0; i < input->file_count; i++) {
        const PanelFile *file = &input->files[i];
        g_autofree TrecvidEvent *events = g_new(TrecvidEvent, file->event_count + 1);
        g_autofree TrecvidEvent *alerts = g_new(TrecvidEvent, file->alert_count + 1);
        for (size_t j = 0; j < file->event_count; j++)
            events[j] = (TrecvidEvent){0, seconds(file->events[j].start_us), seconds(file->events[j].end_us),
                                       0, false};
        for (size_t j = 0; j < file->alert_count; j++)
            alerts[j] = (TrecvidEvent){0, seconds(file->alerts[j].start_us), seconds(file->alerts[j].end_us),
                                       weight(&file->alerts[j]), true};
        trecvid.duration_s = fmax(seconds(file->scored_us), 1e-6);
        const TrecvidResult result =
            trecvid_evaluate(events, file->event_count, alerts, file->alert_count, &trecvid, NULL);
        row->detections += result.detected;
        row->false_alarms += result.false_alarms;
    }
    row->misses = row->truths - row->detections;
    const double p_miss = share(row->misses, row->truths), r_fa = per(row->false_alarms, hours_of(input));
    row->figures[0] = (PanelFigure){"p_miss", p_miss};
    row->figures[1] = (PanelFigure){"r_fa_per_hour", r_fa};
    row->figures[2] = (PanelFigure){
        "ndcr", p_miss + settings->cost_fa / (settings->cost_miss * settings->target_rate) * r_fa};
    if (has_confidence(input) && row->truths + row->alerts <= PANEL_CURVE_MOST)
        add_minimum_cost(input, &trecvid, row);
}

typedef struct {
    SedEvent *events, *alerts;
} SedFile;

static SedFile sed_file(const PanelFile *file)
{
    SedFile sed = {g_new(SedEvent, file->event_count + 1), g_new(SedEvent, file->alert_count + 1)};
    for (size_t j = 0; j < file->event_count; j++)
        sed.events[j] = (SedEvent){0, 0, seconds(file->events[j].start_us), seconds(file->events[j].end_us)};
    for (size_t j = 0; j < file->alert_count; j++)
        sed.alerts[j] = (SedEvent){0, 0, seconds(file->alerts[j].start_us), seconds(file->alerts[j].end_us)};
    return sed;
}

static void add_counts(SedCounts *sum, const SedCounts *counts)
{
    sum->references += counts->references;
    sum->systems += counts->systems;
    sum->hits += counts->hits;
    sum->substitutions += counts->substitutions;
    sum->deletions += counts->deletions;
    sum->insertions += counts->insertions;
    sum->true_negatives += counts->true_negatives;
}

static void score_sed(const PanelChoice *choice, const PanelInput *input, PanelRow *row)
{
    const bool segments = strcmp(choice->protocol->id, "segment") == 0;
    SedCounts sum = {0};
    for (size_t i = 0; i < input->file_count; i++) {
        const PanelFile *file = &input->files[i];
        const SedFile sed = sed_file(file);
        SedCounts counts;
        if (segments) {
            const PanelSegment *settings = choice->settings;
            counts = sed_count_segments(sed.events, file->event_count, sed.alerts, file->alert_count, 1, 1,
                                        seconds(settings->resolution_us), seconds(file->scored_us));
        } else {
            const PanelCollar *settings = choice->settings;
            const SedCollar collar = {seconds(settings->collar_us), settings->share_of_length, true,
                                      settings->use_offset};
            counts =
                sed_match_events(sed.events, file->event_count, sed.alerts, file->alert_count, &collar, 0);
        }
        add_counts(&sum, &counts);
        g_free(sed.events);
        g_free(sed.alerts);
    }
    row->unit = segments ? PANEL_SEGMENTS : PANEL_EVENTS;
    row->truths = sum.references;
    row->alerts = sum.systems;
    row->detections = sum.hits;
    row->misses = sum.references - sum.hits;
    row->false_alarms = sum.systems - sum.hits;
    row->figures[0] = (PanelFigure){"f", sed_f_measure(&sum)};
    row->figures[1] = (PanelFigure){"error_rate", sed_error_rate(&sum)};
    if (segments) {
        row->figures[2] = (PanelFigure){"sensitivity", sed_sensitivity(&sum)};
        row->figures[3] = (PanelFigure){"specificity", sed_specificity(&sum)};
    }
}

static void score_intersection(const PanelChoice *choice, const PanelInput *input, PanelRow *row)
{
    const PanelIntersection *settings = choice->settings;
    /* One behaviour only: no cross-triggers, whatever their tolerance. */
    const PsdsCriteria criteria = {settings->detection_tolerance, settings->truth_tolerance, 1};
    for (size_t i = 0; i < input->file_count; i++) {
        const PanelFile *file = &input->files[i];
        const SedFile sed = sed_file(file);
        int64_t hits, false_positives, cross;
        psds_count(sed.events, file->event_count, sed.alerts, file->alert_count, 1, &criteria, &hits,
                   &false_positives, &cross);
        row->detections += hits;
        row->false_alarms += false_positives;
        g_free(sed.events);
        g_free(sed.alerts);
    }
    row->misses = row->truths - row->detections;
    row->figures[0] = (PanelFigure){"true_positive_rate", share(row->detections, row->truths)};
    row->figures[1] = (PanelFigure){"false_positives_per_hour", per(row->false_alarms, hours_of(input))};
    row->figures[2] =
        (PanelFigure){"f", share(2 * row->detections, row->truths + row->detections + row->false_alarms)};
}

static gint compare_times(gconstpointer a, gconstpointer b)
{
    const int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return left < right ? -1 : left > right;
}

static void score_ilids(const PanelChoice *choice, const PanelInput *input, PanelRow *row)
{
    const IlidsSettings *settings = choice->settings;
    if (settings->window_us == TIME_UNKNOWN || isnan(settings->recall_bias)) {
        row->scored = false;
        row->reason = "panel.ilids_not_given";
        return;
    }
    IlidsCounts counts = {0};
    for (size_t i = 0; i < input->file_count; i++) {
        const PanelFile *file = &input->files[i];
        g_autofree IlidsEvent *events = g_new(IlidsEvent, file->event_count + 1);
        g_autoptr(GArray) alarms = g_array_new(FALSE, FALSE, sizeof(int64_t));
        for (size_t j = 0; j < file->event_count; j++)
            events[j] = (IlidsEvent){file->events[j].start_us, file->events[j].end_us};
        for (size_t j = 0; j < file->alert_count; j++)
            g_array_append_val(alarms, file->alerts[j].decided_us);
        g_array_sort(alarms, compare_times);
        ilids_count(events, file->event_count, (const int64_t *)(const void *)alarms->data, alarms->len,
                    settings->window_us, &counts);
    }
    row->detections = counts.detections;
    row->misses = counts.misses;
    row->false_alarms = counts.false_alarms;
    row->ignored = counts.ignored;
    row->figures[0] = (PanelFigure){"f", ilids_f(&counts, settings->recall_bias)};
    row->figures[1] = (PanelFigure){"recall", share(counts.detections, counts.events)};
    row->figures[2] =
        (PanelFigure){"precision", share(counts.detections, counts.detections + counts.false_alarms)};
}

void panel_score(const PanelChoice *choice, const PanelInput *input, PanelRow *row)
{
    *row = (PanelRow){.protocol = choice->protocol, .scored = true};
    for (size_t i = 0; i < input->file_count; i++) {
        row->truths += (int64_t)input->files[i].event_count;
        row->alerts += (int64_t)input->files[i].alert_count;
        for (size_t j = 0; j < input->files[i].alert_count; j++)
            row->ends_assumed += input->files[i].alerts[j].end_assumed;
    }
    if (input->file_count == 0) {
        row->scored = false;
        row->reason = "panel.no_time";
        return;
    }
    const char *id = choice->protocol->id;
    if (actev_protocol_find(id) != NULL)
        score_actev(choice, input, row);
    else if (strcmp(id, "trecvid-sed") == 0)
        score_trecvid(choice, input, row);
    else if (strcmp(id, "ilids") == 0)
        score_ilids(choice, input, row);
    else if (strcmp(id, "intersection") == 0)
        score_intersection(choice, input, row);
    else
        score_sed(choice, input, row);
    if (strcmp(id, "ilids") == 0)
        row->ends_assumed = 0; /* it looks at the moment of the alarm alone */
}
