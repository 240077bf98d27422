/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluate/results_comparisons.h"

#include "evaluate/results_claims.h"
#include "evaluate/results_log.h"
#include "records/free.h"
#include "results/document.h"
#include "results/fields.h"
#include "results/results_json.h"
#include "scoring/comparison.h"
#include "scoring/metrics.h"
#include "scoring/scope.h"

#include <math.h>
#include <string.h>

typedef struct {
    char *camera; /* NULL: a cluster by itself */
    bool unnamed; /* a clip of which nobody said which camera it is */
    bool judged;  /* not failed, with scored time */
    int64_t false_alerts, scored_us;
    guint first_event, event_count; /* in the evaluation's outcomes */
} KeptClip;

typedef struct {
    const SystemSpec *system;
    const ConditionSpec *condition;
    GArray *clips;        /* of KeptClip */
    GByteArray *outcomes; /* EventOutcome of every event */
    LogFit fit;
    LookTaken look; /* without its clips */
    int64_t mended_clips;
} KeptEvaluation;

struct Comparisons {
    const Scenario *scenario;
    GPtrArray *evaluations; /* of KeptEvaluation * */
};

static void clip_clear(gpointer data)
{
    g_free(((KeptClip *)data)->camera);
}

DEFINE_DESTROY(evaluation_free, KeptEvaluation, kept, g_array_unref(kept->clips),
               g_byte_array_unref(kept->outcomes), results_clear_look(&kept->look))

Comparisons *comparisons_new(const Scenario *scenario)
{
    bool any = false;
    for (guint i = 0; i < scenario->claims->len; i++)
        any = any || metric_compares(((const Claim *)g_ptr_array_index(scenario->claims, i))->metric);
    if (!any)
        return NULL;
    Comparisons *comparisons = g_new0(Comparisons, 1);
    comparisons->scenario = scenario;
    comparisons->evaluations = g_ptr_array_new_with_free_func(evaluation_free);
    return comparisons;
}

DEFINE_FREE(comparisons_free, Comparisons, comparisons, g_ptr_array_unref(comparisons->evaluations))

void comparisons_keep(Comparisons *comparisons, const SystemSpec *system, const ConditionSpec *condition,
                      const EvalClip *clips, const EvalResult *result, const LogFit *fit,
                      const LookTaken *look)
{
    if (comparisons == NULL)
        return;
    KeptEvaluation *kept = g_new0(KeptEvaluation, 1);
    kept->system = system;
    kept->condition = condition;
    kept->fit = *fit;
    kept->look = results_keep_look(look);
    kept->mended_clips = result->figures.mended_clips;
    kept->clips = g_array_new(FALSE, TRUE, sizeof(KeptClip));
    g_array_set_clear_func(kept->clips, clip_clear);
    kept->outcomes = g_byte_array_new();
    for (size_t i = 0; i < result->clip_count; i++) {
        const EvalClipResult *clip = &result->clips[i];
        const KeptClip one = {.camera = g_strdup(clips[i].camera),
                              .unnamed = clips[i].camera == NULL || clips[i].camera_unnamed,
                              .judged = !clips[i].failed && clip->scored_us > 0,
                              .false_alerts = clip->false_alerts + clip->duplicates,
                              .scored_us = clip->scored_us,
                              .first_event = kept->outcomes->len,
                              .event_count = (guint)clip->event_count};
        g_array_append_val(kept->clips, one);
        for (size_t e = 0; e < clip->event_count; e++) {
            const guint8 outcome = (guint8)clip->events[e].outcome;
            g_byte_array_append(kept->outcomes, &outcome, 1);
        }
    }
    g_ptr_array_add(comparisons->evaluations, kept);
}

/* ---- two evaluations side by side */

static const KeptEvaluation *find_kept(const Comparisons *comparisons, const char *system,
                                       const char *condition)
{
    for (guint i = 0; i < comparisons->evaluations->len; i++) {
        const KeptEvaluation *kept = g_ptr_array_index(comparisons->evaluations, i);
        if (g_strcmp0(kept->system->id, system) == 0 && g_strcmp0(kept->condition->id, condition) == 0)
            return kept;
    }
    return NULL;
}

static ComparisonCamera *camera_of(GArray *cameras, GHashTable *places, const char *name)
{
    gpointer place = NULL;
    if (name == NULL || !g_hash_table_lookup_extended(places, name, NULL, &place)) {
        place = GUINT_TO_POINTER(cameras->len);
        g_array_set_size(cameras, cameras->len + 1);
        if (name != NULL)
            g_hash_table_insert(places, (gpointer)(uintptr_t)name, place);
    }
    return &g_array_index(cameras, ComparisonCamera, GPOINTER_TO_UINT(place));
}

static void add_clip(ComparisonCamera *camera, const KeptEvaluation *const both[2], guint i)
{
    const KeptClip *clips[2];
    for (size_t side = 0; side < 2; side++) {
        clips[side] = &g_array_index(both[side]->clips, KeptClip, i);
        camera->false_alerts[side] += clips[side]->false_alerts;
        camera->hours[side] += (double)clips[side]->scored_us / (double)US_PER_HOUR;
    }
    for (guint e = 0; e < MIN(clips[0]->event_count, clips[1]->event_count); e++) {
        const EventOutcome first = both[0]->outcomes->data[clips[0]->first_event + e],
                           second = both[1]->outcomes->data[clips[1]->first_event + e];
        if (first == EVENT_NOT_SCORED || second == EVENT_NOT_SCORED)
            continue;
        camera->events++;
        camera->missed_by_both += first == EVENT_MISS && second == EVENT_MISS;
        camera->missed_by_first += first == EVENT_MISS && second == EVENT_HIT;
        camera->missed_by_second += first == EVENT_HIT && second == EVENT_MISS;
    }
}

/* Array of ComparisonCamera; caller unrefs. */
static GArray *pair_up(const KeptEvaluation *const both[2], int64_t *unpaired)
{
    GArray *cameras = g_array_new(FALSE, TRUE, sizeof(ComparisonCamera));
    g_autoptr(GHashTable) places = g_hash_table_new(g_str_hash, g_str_equal);
    *unpaired = 0;
    for (guint i = 0; i < both[0]->clips->len; i++) {
        const KeptClip *first = &g_array_index(both[0]->clips, KeptClip, i),
                       *second = &g_array_index(both[1]->clips, KeptClip, i);
        if (first->judged && second->judged)
            add_clip(camera_of(cameras, places, first->camera), both, i);
        else if (first->judged || second->judged)
            ++*unpaired;
    }
    return cameras;
}

/* ---- into the model */

static json_t *describe_observed(const ComparisonResult *result)
{
    const bool is_ratio = result->reading.metric == METRIC_RATE_RATIO;
    ResultsRate said;
    results_blank(&result_rate, &said);
    said.unit = is_ratio ? "ratio" : "difference";
    said.value = result->value;
    said.reason = undefined_reason_name(result->reason);
    if (isfinite(result->interval.low) || isfinite(result->interval.high))
        said.interval = (ResultsInterval){.method = is_ratio ? "clopper-pearson" : "tango-score",
                                          .level = result->reading.level,
                                          .low = result->interval.low,
                                          .high = result->interval.high};
    return results_dump(&result_rate, &said);
}

static json_t *describe_compared(const ComparisonResult *result, const KeptEvaluation *other)
{
    const ComparisonCamera *sum = &result->sum;
    const ResultsCompared said = {
        .system = other->system->id,
        .condition = other->condition->id,
        .test = comparison_test_name(result->test),
        .false_alerts = {G_N_ELEMENTS(sum->false_alerts), sum->false_alerts},
        .camera_hours = {G_N_ELEMENTS(sum->hours), sum->hours},
        .events = sum->events,
        .missed_by_first_alone = sum->missed_by_first,
        .missed_by_second_alone = sum->missed_by_second,
        .missed_by_both = sum->missed_by_both,
        .unpaired_clips = result->unpaired_clips,
    };
    return results_dump(&result_compared, &said);
}

Phrase *results_condition_title(const ConditionSpec *condition)
{
    if (condition->title.en != NULL || condition->title.fr != NULL)
        return phrase_pair(phrase_new("name"), "name", (Text){condition->title.en, condition->title.fr});
    g_autofree char *key = g_strconcat("condition_title.", condition->id, NULL);
    return texts_has(texts_of("en"), key) ? phrase_new(key) : NULL;
}

static Phrase *name_of(const KeptEvaluation *kept, bool by_condition)
{
    Phrase *title = by_condition ? results_condition_title(kept->condition) : NULL;
    const char *name = by_condition                  ? kept->condition->id
                       : kept->system->title != NULL ? kept->system->title
                                                     : kept->system->id;
    return title != NULL ? title : phrase_own(phrase_new("name"), "name", name);
}

static int64_t count_unnamed(const KeptEvaluation *const both[2])
{
    int64_t unnamed = 0;
    for (guint i = 0; i < both[0]->clips->len; i++) {
        const KeptClip *one = &g_array_index(both[0]->clips, KeptClip, i);
        unnamed += one->unnamed && one->judged && g_array_index(both[1]->clips, KeptClip, i).judged;
    }
    return unnamed;
}

static void complete(const Comparisons *comparisons, const Claim *claim, const json_t *evaluation,
                     json_t *object, double level, LookLog *looks)
{
    const char *system = json_string_value(json_object_get(evaluation, "system")),
               *condition = json_string_value(json_object_get(evaluation, "condition"));
    const bool by_condition = claim->against_condition != NULL;
    const KeptEvaluation *both[2] = {find_kept(comparisons, system, condition),
                                     find_kept(comparisons, by_condition ? system : claim->against,
                                               by_condition ? claim->against_condition : condition)};
    g_assert(both[0] != NULL && both[1] != NULL); /* the loader saw to it that they exist */
    const ComparisonReading reading = {claim->metric, claim->at_most, claim->within,
                                       claim->value,  claim->alpha,   level};
    int64_t unpaired = 0;
    g_autoptr(GArray) cameras = pair_up(both, &unpaired);
    const ComparisonInput input = {(const ComparisonCamera *)(const void *)cameras->data, cameras->len,
                                   unpaired};
    ComparisonResult result = comparison_judge(&reading, &input);
    result.mended_clips = MAX(both[0]->mended_clips, both[1]->mended_clips);
    const KeptEvaluation *unfit = log_fit_is_doubtful(&both[0]->fit) ? both[0] : both[1];
    const Verdict judged = result.verdict;
    const Verdict held = log_fit_verdict(&unfit->fit, claim->metric, claim->at_most, judged);
    independence_hold(&result.independence, &unfit->fit, claim->metric, claim->at_most);
    result.scope = scope_judge_drawn(claim->scope, held, &result.independence, count_unnamed(both));
    /* Neither of the two is an excuse for the other. */
    g_auto(LookTaken) look = results_join_looks(&both[0]->look, &both[1]->look);
    results_hold_look(&result.scope, claim, &look, false);
    for (size_t side = 0; side < G_N_ELEMENTS(both) && looks != NULL && result.scope.looks.reached; side++)
        look_log_note_read(looks, comparisons->scenario->id, both[side]->system->id, both[side]->condition->id,
                           claim->id);
    result.verdict = scope_verdict(&result.scope);
    /* As a new test's own; whole, since fewer would not be enough. */
    result.needed_hours = ceil((result.needed_hours + result.sum.hours[0]) * (1 - 1e-12));
    if (result.needed_events >= 0)
        result.needed_events += result.sum.events;
    json_object_set_new(object, "observed", describe_observed(&result));
    json_object_set_new(object, "compared", describe_compared(&result, both[1]));
    ResultsClaim said;
    results_blank(&result_claim, &said);
    said.value = result.value;
    said.verdict = verdict_name(result.verdict);
    said.p_refute = result.p_refute;
    said.p_support = result.p_support;
    said.needed = results_needed(result.needed_hours, result.needed_events, 0, 0);
    said.needed.anew = results_bool(true);
    results_put_judged(object, &said);
    json_object_set_new(object, "independence", results_independence(&result.independence));
    results_put_look(object, &result.scope.looks);
    json_object_set_new(object, "scope", results_scope(&result.scope));
    g_autoptr(Phrase) first = name_of(both[0], by_condition);
    g_autoptr(Phrase) second = name_of(both[1], by_condition);
    const double p = held == VERDICT_REFUTED ? result.p_refute : result.p_support;
    const Verdict verdict = result.verdict;
    const bool percent = metric_of(claim->metric)->percent;
    json_object_set_new(object, RESULTS_SENTENCE,
                        results_said(phrase_then(comparison_sentence(&result, first, second),
                                                 scope_sentence(&result.scope, p, percent))));
    result.verdict = VERDICT_NOT_ESTABLISHED;
    json_object_set_new(object, RESULTS_SENTENCE_IF_LOST,
                        results_said(phrase_then(comparison_sentence(&result, first, second),
                                                 scope_sentence(&result.scope, p, percent))));
    results_note_unfit(object, &unfit->fit, judged, false, unfit == both[0] ? first : second);
    const bool silent = both[0]->fit.silent;
    results_note_silence(object, &both[silent ? 0 : 1]->fit, verdict, silent ? first : second);
}

void comparisons_judge(const Comparisons *comparisons, json_t *evaluations, double level, LookLog *looks)
{
    size_t i, j;
    json_t *evaluation, *object;
    if (comparisons == NULL)
        return;
    json_array_foreach(evaluations, i, evaluation)
    {
        json_array_foreach(json_object_get(evaluation, "claims"), j, object)
        {
            for (guint c = 0; c < comparisons->scenario->claims->len; c++) {
                const Claim *claim = g_ptr_array_index(comparisons->scenario->claims, c);
                if (metric_compares(claim->metric) &&
                    g_strcmp0(json_string_value(json_object_get(object, "id")), claim->id) == 0)
                    complete(comparisons, claim, evaluation, object, level, looks);
            }
        }
    }
}
