/* SPDX-License-Identifier: GPL-3.0-or-later */
/* results.json against the replays. */
#include "bundle/bag.h"
#include "bundle/reckoning.h"
#include "bundle/rescore.h"
#include "bundle/versions.h"
#include "config/system_kind.h"

#include <math.h>
#include <stdio.h>

#define RESULTS "data/results.json"
#define SOURCE "data/" REPLAYS_FILE

static bool accuse(const char *place, const char *found, const char *expected, VerifyReport *report)
{
    bag_fault(report->faults, RESULTS, RESULTS ": %s: found %s, expected %s, which follows from " SOURCE,
              place, found, expected);
    return false;
}

/* Of one replay, what results.json says of the clip. */
static bool check_clip(const Results *results, const ResultsReplayed *line, VerifyReport *report)
{
    const ResultsReplay *condition = NULL;
    size_t c = 0, k = 0;
    for (size_t i = 0; i < results->clips.count && condition == NULL; i++) {
        const ResultsClip *clip = &results->clips.at[i];
        if (g_strcmp0(clip->clip, line->clip) != 0 || g_strcmp0(clip->dataset, line->dataset) != 0)
            continue;
        for (size_t j = 0; j < clip->conditions.count && condition == NULL; j++) {
            if (g_strcmp0(clip->conditions.at[j].condition, line->condition) != 0)
                continue;
            condition = &clip->conditions.at[j];
            c = i;
            k = j;
        }
        break; /* the first of that name */
    }
    if (condition == NULL) {
        g_autofree char *name = g_strdup_printf("clip “%s” (%s)", line->clip, line->condition);
        return accuse("clips", "nothing", name, report);
    }
    g_autofree char *place = g_strdup_printf("clips[%zu].conditions[%zu]", c, k);
    g_autofree char *status_place = g_strconcat(place, ".status", NULL);
    if (line->status != NULL && g_strcmp0(condition->status, line->status) != 0)
        return accuse(status_place, condition->status != NULL ? condition->status : "nothing", line->status,
                      report);
    const ResultsMeasured *measured = &line->measured;
    if (!reckoning_holds(FIGURE(condition, duration_us), place, results_double(measured->duration_us), SOURCE,
                         report))
        return false;
    const json_t *quality = condition->quality.json, *replayed = measured->quality.json;
    if (quality == NULL || replayed == NULL)
        return true;
    g_auto(VersionDifference) difference;
    versions_compare(quality, replayed, &difference);
    g_autofree char *way = g_strdup_printf("%s.quality.%s", place, difference.path);
    return difference.path == NULL || accuse(way, difference.found, difference.expected, report);
}

/* The alerts of a built-in behaviour, one by one. */
static bool check_alerts(const ResultsJudgedClip *clip, const ResultsLook *look, const char *place,
                         VerifyReport *report)
{
    if (clip->alerts.at == NULL || look->alerts.at == NULL)
        return true;
    if (clip->alerts.count != look->alerts.count) {
        g_autofree char *way = g_strconcat(place, ".alerts", NULL);
        g_autofree char *found = g_strdup_printf("%zu", clip->alerts.count);
        g_autofree char *expected = g_strdup_printf("%zu of them", look->alerts.count);
        return accuse(way, found, expected, report);
    }
    for (size_t i = 0; i < clip->alerts.count; i++) {
        const ResultsAlert *row = &clip->alerts.at[i], *alert = &look->alerts.at[i];
        g_autofree char *way = g_strdup_printf("%s.alerts[%zu]", place, i);
        if (!reckoning_holds(FIGURE(row, onset_us), way, results_double(alert->onset_us), SOURCE, report) ||
            !reckoning_holds(FIGURE(row, decided_us), way, results_double(alert->decided_us), SOURCE,
                             report) ||
            !reckoning_holds(FIGURE(row, confidence), way, alert->confidence, SOURCE, report))
            return false;
    }
    return true;
}

static const ResultsLook *find_look(const ResultsReplayed *line, const char *scenario, const char *system)
{
    for (size_t i = 0; i < line->measured.looks.count; i++) {
        const ResultsLook *look = &line->measured.looks.at[i];
        if (g_strcmp0(look->scenario, scenario) == 0 && g_strcmp0(look->system, system) == 0)
            return look;
    }
    return NULL;
}

static bool check_evaluation(const ResultsScenario *scenario, const ResultsEvaluation *evaluation,
                             const char *place, const ResultsReplayed *line, VerifyReport *report)
{
    if (g_strcmp0(evaluation->condition, line->condition) != 0)
        return true;
    const ResultsJudgedClip *clip = NULL;
    size_t c = 0;
    for (; c < evaluation->clips.count && clip == NULL; c++) {
        const ResultsJudgedClip *one = &evaluation->clips.at[c];
        if (g_strcmp0(one->clip, line->clip) == 0 && g_strcmp0(one->dataset, line->dataset) == 0)
            clip = one;
    }
    if (clip == NULL)
        return true;
    g_autofree char *way = g_strdup_printf("%s.clips[%zu]", place, c - 1);
    const bool ran = results_true(line->engine);
    if (!ran && !reckoning_holds(FIGURE(clip, duration_us), way, results_double(line->measured.duration_us),
                                 SOURCE, report))
        return false;
    const ResultsLook *look = ran || system_kind_replays(evaluation->system_kind)
                                  ? find_look(line, scenario->id, evaluation->system)
                                  : NULL;
    if (look == NULL)
        return true;
    g_autoptr(ResultsJudgedClip) whole = results_load_clip(clip->json);
    return check_alerts(whole, look, way, report);
}

static bool check_line(const Results *results, const ResultsReplayed *line, VerifyReport *report)
{
    if (!results_true(line->engine) && !check_clip(results, line, report))
        return false;
    for (size_t i = 0; i < results->scenarios.count; i++) {
        const ResultsScenario *scenario = &results->scenarios.at[i];
        for (size_t j = 0; j < scenario->evaluations.count; j++) {
            g_autofree char *place = g_strdup_printf("scenarios[%zu].evaluations[%zu]", i, j);
            if (!check_evaluation(scenario, &scenario->evaluations.at[j], place, line, report))
                return false;
        }
    }
    return true;
}

bool reckoning_check_replays(const char *data, const Results *results, VerifyReport *report)
{
    g_autofree char *path = g_build_filename(data, REPLAYS_FILE, NULL);
    FILE *file = fopen(path, "rbe");
    size_t lines = 0, conditions = 0;
    bool fine = true;
    json_t *line;
    while (file != NULL && fine &&
           (line = json_loadf(file, JSON_DISABLE_EOF_CHECK | JSON_REJECT_DUPLICATES, NULL)) != NULL) {
        g_autoptr(ResultsReplayed) replayed = results_load_replayed(line);
        lines += !results_true(replayed->engine);
        json_decref(line); /* the record keeps it */
        fine = check_line(results, replayed, report);
    }
    if (file != NULL)
        fclose(file);
    for (size_t i = 0; i < results->clips.count; i++)
        conditions += results->clips.at[i].conditions.count;
    if (fine && conditions > lines) {
        g_autofree char *found = g_strdup_printf("%zu replays", conditions);
        g_autofree char *expected = g_strdup_printf("%zu", lines);
        return accuse("clips", found, expected, report);
    }
    return fine;
}
