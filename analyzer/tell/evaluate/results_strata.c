/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluate/results_strata.h"

#include "results/document.h"
#include "results/fields.h"
#include "results/results_json.h"
#include "scoring/contrast.h"

/* Against the stratum with the most camera time. */
static ResultsContrast describe_contrast(const EvalStratum *stratum, const EvalStratum *reference,
                                         double level)
{
    const Contrast contrast =
        contrast_rates(stratum->figures.false_strict, stratum->figures.camera_hours,
                       reference->figures.false_strict, reference->figures.camera_hours, level);
    return (ResultsContrast){
        .reference = reference->value,
        .ratio = contrast.ratio.ratio,
        .interval = {.low = contrast.ratio.interval.low, .high = contrast.ratio.interval.high},
        .p = contrast.ratio.p,
        .difference = contrast.difference,
        .detectable_ratio = contrast.detectable_ratio,
        .four_fifths = results_bool(contrast.four_fifths),
    };
}

static const EvalStratum *find_reference(const GArray *strata)
{
    const EvalStratum *reference = NULL;
    for (guint i = 0; i < strata->len; i++) {
        const EvalStratum *stratum = &g_array_index(strata, EvalStratum, i);
        if (reference == NULL || stratum->figures.camera_us > reference->figures.camera_us)
            reference = stratum;
    }
    return reference;
}

static json_t *describe_attribute(const char *attribute, const GArray *strata, double level)
{
    const EvalStratum *reference = find_reference(strata);
    g_autofree ResultsStratum *rows = g_new0(ResultsStratum, strata->len + 1);
    for (guint i = 0; i < strata->len; i++) {
        const EvalStratum *stratum = &g_array_index(strata, EvalStratum, i);
        const EvalFigures *figures = &stratum->figures;
        rows[i] = (ResultsStratum){
            .value = stratum->value,
            .clips = stratum->clips,
            .camera_hours = figures->camera_hours,
            .events = figures->events,
            .false_alerts_per_camera_hour =
                results_timed_rate_of(figures, &figures->false_alerts_per_camera_hour),
            .p_miss = results_rate_of(&figures->p_miss),
        };
        if (stratum != reference)
            rows[i].contrast = describe_contrast(stratum, reference, level);
        else
            results_blank(&result_contrast, &rows[i].contrast);
    }
    const ResultsStrata said = {.attribute = attribute, .strata = {strata->len, rows}};
    return results_dump(&result_strata, &said);
}

json_t *results_describe_strata(const Scenario *scenario, const Scored *scored, const EvalSettings *settings)
{
    const GArray *facts = scored->facts;
    json_t *array = json_array();
    for (guint s = 0; s < scenario->strata->len; s++) {
        const char *attribute = g_ptr_array_index(scenario->strata, s);
        if (contrast_describes_people(attribute) && !scenario->people_groups) {
            static const ResultsStratum none[1]; /* an empty list is a list */
            const ResultsStrata said = {.attribute = attribute, .strata = {0, none}, .reason = "groups_off"};
            json_array_append_new(array, results_dump(&result_strata, &said));
            continue;
        }
        g_autofree const char **values = g_new0(const char *, facts->len + 1);
        for (guint i = 0; i < facts->len; i++)
            values[i] = g_hash_table_lookup(g_array_index(facts, ClipFacts, i).clip->attributes, attribute);
        g_autoptr(GArray) strata = eval_strata((const EvalClip *)(const void *)scored->inputs->data,
                                               scored->result, values, settings);
        json_array_append_new(array, describe_attribute(attribute, strata, settings->level));
    }
    return array;
}
