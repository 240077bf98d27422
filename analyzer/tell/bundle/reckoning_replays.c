/* SPDX-License-Identifier: GPL-3.0-or-later */
/* results.json against the replays. */
#include "bundle/bag.h"
#include "bundle/reckoning.h"
#include "bundle/rescore.h"
#include "bundle/versions.h"
#include "results/model.h"

#include <math.h>
#include <stdio.h>

#define RESULTS "data/results.json"
#define SOURCE "data/" REPLAYS_FILE

static const json_t *find_member(const json_t *list, const char *key, const char *value,
                                 const char *other_key, const char *other, size_t *place)
{
    size_t i;
    const json_t *member;
    json_array_foreach(list, i, member)
    {
        if (g_strcmp0(model_string(member, key), value) == 0 &&
            (other_key == NULL || g_strcmp0(model_string(member, other_key), other) == 0)) {
            *place = i;
            return member;
        }
    }
    return NULL;
}

static bool accuse(const char *place, const char *found, const char *expected, VerifyReport *report)
{
    bag_fault(report->faults, RESULTS, RESULTS ": %s: found %s, expected %s, which follows from " SOURCE,
              place, found, expected);
    return false;
}

/* Of one replay, what results.json says of the clip. */
static bool check_clip(const json_t *results, const json_t *line, VerifyReport *report)
{
    size_t c = 0, k = 0;
    const char *status = model_string(line, "status");
    const json_t *clip = find_member(model_get(results, "clips"), "clip", model_string(line, "clip"),
                                     "dataset", model_string(line, "dataset"), &c);
    const json_t *condition = find_member(model_get(clip, "conditions"), "condition",
                                          model_string(line, "condition"), NULL, NULL, &k);
    if (condition == NULL) {
        g_autofree char *name =
            g_strdup_printf("clip “%s” (%s)", model_string(line, "clip"), model_string(line, "condition"));
        return accuse("clips", "nothing", name, report);
    }
    g_autofree char *place = g_strdup_printf("clips[%zu].conditions[%zu]", c, k);
    g_autofree char *status_place = g_strconcat(place, ".status", NULL);
    if (status != NULL && g_strcmp0(model_string(condition, "status"), status) != 0)
        return accuse(status_place,
                      model_string(condition, "status") != NULL ? model_string(condition, "status")
                                                                : "nothing",
                      status, report);
    const json_t *measured = model_get(line, "measured");
    if (!reckoning_holds(condition, place, "duration_us", model_number(measured, "duration_us"), SOURCE,
                         report))
        return false;
    const json_t *quality = model_get(condition, "quality"), *replayed = model_get(measured, "quality");
    if (quality == NULL || replayed == NULL)
        return true;
    g_auto(VersionDifference) difference;
    versions_compare(quality, replayed, &difference);
    g_autofree char *way = g_strdup_printf("%s.quality.%s", place, difference.path);
    return difference.path == NULL || accuse(way, difference.found, difference.expected, report);
}

/* The alerts of a built-in behaviour, one by one. */
static bool check_alerts(const json_t *clip, const json_t *alerts, const char *place, VerifyReport *report)
{
    const json_t *rows = model_get(clip, "alerts");
    if (!json_is_array(rows) || !json_is_array(alerts))
        return true;
    if (json_array_size(rows) != json_array_size(alerts)) {
        g_autofree char *way = g_strconcat(place, ".alerts", NULL);
        g_autofree char *found = g_strdup_printf("%zu", json_array_size(rows));
        g_autofree char *expected = g_strdup_printf("%zu of them", json_array_size(alerts));
        return accuse(way, found, expected, report);
    }
    for (size_t i = 0; i < json_array_size(rows); i++) {
        const json_t *row = json_array_get(rows, i), *alert = json_array_get(alerts, i);
        g_autofree char *way = g_strdup_printf("%s.alerts[%zu]", place, i);
        if (!reckoning_holds(row, way, "onset_us", model_number(alert, "onset_us"), SOURCE, report) ||
            !reckoning_holds(row, way, "decided_us", model_number(alert, "decided_us"), SOURCE, report) ||
            !reckoning_holds(row, way, "confidence", model_number(alert, "confidence"), SOURCE, report))
            return false;
    }
    return true;
}

static bool check_evaluation(const json_t *scenario, const json_t *evaluation, const char *place,
                             const json_t *line, VerifyReport *report)
{
    size_t c = 0, l = 0;
    if (g_strcmp0(model_string(evaluation, "condition"), model_string(line, "condition")) != 0)
        return true;
    const json_t *clip = find_member(model_get(evaluation, "clips"), "clip", model_string(line, "clip"),
                                     "dataset", model_string(line, "dataset"), &c);
    if (clip == NULL)
        return true;
    g_autofree char *way = g_strdup_printf("%s.clips[%zu]", place, c);
    if (!reckoning_holds(clip, way, "duration_us", model_number(line, "measured.duration_us"), SOURCE,
                         report))
        return false;
    const json_t *look =
        g_strcmp0(model_string(evaluation, "system_kind"), "reference") == 0
            ? find_member(model_get(line, "measured.looks"), "scenario", model_string(scenario, "id"),
                          "system", model_string(evaluation, "system"), &l)
            : NULL;
    return look == NULL || check_alerts(clip, model_get(look, "alerts"), way, report);
}

static bool check_line(const json_t *results, const json_t *line, VerifyReport *report)
{
    if (!check_clip(results, line, report))
        return false;
    for (size_t i = 0; i < model_count(results, "scenarios"); i++) {
        const json_t *scenario = model_member(results, "scenarios", i);
        for (size_t j = 0; j < model_count(scenario, "evaluations"); j++) {
            g_autofree char *place = g_strdup_printf("scenarios[%zu].evaluations[%zu]", i, j);
            if (!check_evaluation(scenario, model_member(scenario, "evaluations", j), place, line, report))
                return false;
        }
    }
    return true;
}

bool reckoning_check_replays(const char *data, const json_t *results, VerifyReport *report)
{
    g_autofree char *path = g_build_filename(data, REPLAYS_FILE, NULL);
    FILE *file = fopen(path, "rbe");
    size_t lines = 0, conditions = 0;
    bool fine = true;
    json_t *line;
    while (file != NULL && fine &&
           (line = json_loadf(file, JSON_DISABLE_EOF_CHECK | JSON_REJECT_DUPLICATES, NULL)) != NULL) {
        lines++;
        fine = check_line(results, line, report);
        json_decref(line);
    }
    if (file != NULL)
        fclose(file);
    for (size_t i = 0; i < model_count(results, "clips"); i++)
        conditions += model_count(model_member(results, "clips", i), "conditions");
    if (fine && conditions > lines) {
        g_autofree char *found = g_strdup_printf("%zu replays", conditions);
        g_autofree char *expected = g_strdup_printf("%zu", lines);
        return accuse("clips", found, expected, report);
    }
    return fine;
}
