/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluate/results_evaluation.h"

#include "behaviours/semantics.h"
#include "evaluate/days.h"
#include "evaluate/results_claims.h"
#include "evaluate/results_detector.h"
#include "evaluate/results_engine.h"
#include "evaluate/results_log.h"
#include "evaluate/results_looks.h"
#include "evaluate/results_readings.h"
#include "evaluate/results_science.h"
#include "evaluate/results_strata.h"
#include "evaluate/results_wordings.h"
#include "results/document.h"
#include "results/fields.h"
#include "results/rates.h"
#include "results/results_json.h"
#include "scoring/cameras.h"
#include "scoring/count_error.h"
#include "scoring/independence.h"
#include "systems/engine.h"
#include "systems/ignored.h"

#include <math.h>
#include <string.h>

/* Effective values of a reference behaviour's options, defaults included; of a system that runs what it is
 * told. */
static json_t *describe_parameters(const Scenario *scenario, const SystemSpec *system)
{
    const Behaviour *behaviour = semantics_rule(scenario->behaviour, system_semantics(system));
    if (system_kind(system)->runs && !engine_rule_looks(system))
        return engine_told(system);
    if (!engine_rule_looks(system) || behaviour == NULL)
        return json_object();
    return results_parameters(behaviour->options, behaviour->settings_size, system->params);
}

static json_t *describe_sensitivity(const EvalFigures *figures)
{
    json_t *array = json_array();
    for (size_t i = 0; i < G_N_ELEMENTS(figures->sensitivity); i++) {
        const EvalSensitivity *other = &figures->sensitivity[i];
        const ResultsSensitivity said = {
            .factor = other->factor,
            .hits = other->hits,
            .misses = other->misses,
            .false_strict = other->false_strict,
            .false_alerts_per_camera_hour = other->false_alerts_per_camera_hour,
            .p_miss = other->p_miss,
        };
        json_array_append_new(array, results_dump(&result_sensitivity, &said));
    }
    return array;
}

static json_t *describe_worst_case(const EvalFigures *figures)
{
    if (figures->failed_clips == 0)
        return json_null();
    const ResultsWorstCase said = {
        .failed_clips = figures->failed_clips,
        .failed_camera_hours = figures->failed_camera_hours,
        .failed_events = figures->failed_events,
        .failed_alerts = figures->failed_alerts,
        .p_miss_if_all_missed = figures->p_miss_if_all_missed,
        .p_miss_high = figures->p_miss_high,
        .false_rate_if_none = figures->false_rate_if_none,
        .sentence = results_said(eval_worst_case_sentence(figures)),
    };
    return results_dump_taking(&result_worst_case, &said);
}

/* A claim is judged on clips as recorded unless it names another condition, and never for the system that
 * never alerts unless it names it. */
static bool is_claimed(const Claim *claim, const SystemSpec *system, const ConditionSpec *condition)
{
    if (claim->condition != NULL ? strcmp(claim->condition, condition->id) != 0 : condition->filter != NULL)
        return false;
    if (claim->against != NULL && strcmp(claim->against, system->id) == 0)
        return false;
    return claim->system == NULL
               ? !system_kind(system)->is_control && !system_kind(system)->is_person
               : strcmp(claim->system, system->id) == 0 || g_strcmp0(claim->system, system->family) == 0;
}

/* Sums of the behaviour's counters over the clips that were judged. */
static json_t *sum_counters(const GArray *facts)
{
    json_t *sums = json_object();
    for (guint i = 0; i < facts->len; i++) {
        const ClipFacts *one = &g_array_index(facts, ClipFacts, i);
        const char *name;
        json_t *value;
        if (clip_facts_failed(one))
            continue;
        json_object_foreach(one->output.counters, name, value)
        {
            json_object_set_new(
                sums, name,
                json_integer(json_integer_value(json_object_get(sums, name)) + json_integer_value(value)));
        }
    }
    return sums;
}

/* NULL for a behaviour that does not count people. */
static json_t *describe_count_error(const Scenario *scenario, const GArray *facts, const EvalResult *result)
{
    const Behaviour *behaviour = behaviour_find(scenario->behaviour);
    if (behaviour == NULL || behaviour->series == NULL)
        return NULL;
    g_autofree CountClip *clips = g_new0(CountClip, facts->len);
    for (guint i = 0; i < facts->len; i++) {
        const ClipFacts *one = &g_array_index(facts, ClipFacts, i);
        clips[i] = (CountClip){one->output.series, g_hash_table_lookup(one->clip->counts, behaviour->id),
                               &result->clips[i].scored};
    }
    const CountError error = count_error_measure(clips, facts->len);
    const ResultsCountError said = {.n = error.n,
                                    .bias = error.bias,
                                    .mae = error.mae,
                                    .largest = error.n > 0 ? error.largest : RESULTS_UNKNOWN,
                                    .reason = error.reason};
    return results_dump(&result_count_error, &said);
}

static json_t *describe_rates(const Scenario *scenario, const EvalFigures *figures)
{
    ResultsRates rates;
    for (const RateRow *row = results_rates; row->name != NULL; row++) {
        const Rate *rate = rate_row_figure(row, figures);
        *rate_row_in(row, &rates) = row->timed ? results_timed_rate_of(figures, rate) : results_rate_of(rate);
    }
    if (figures->passages < 0)
        results_blank(&result_rate, &rates.false_alerts_per_passage);
    else
        rates.false_alerts_per_passage.counted_by = figures->passages_own ? "system" : "truth";
    const double ppv = statistics_precision_at_prevalence(scenario->prevalence, 1 - figures->p_miss.value,
                                                          figures->false_alerts_per_camera_hour.value);
    const char *reason = NULL;
    if (isnan(scenario->prevalence))
        reason = "no_prevalence";
    else if (isnan(figures->p_miss.value))
        reason = "no_event";
    else if (isnan(ppv))
        reason = "no_alert";
    rates.precision_at_prevalence =
        (ResultsPrecisionAtPrevalence){.value = reason == NULL ? ppv : (double)NAN,
                                       .reason = reason,
                                       .prevalence = scenario->prevalence,
                                       .source = results_string(scenario->prevalence_source)};
    return results_dump_taking(&result_rates, &rates);
}

/* -1: not counted. */
static int64_t counted(int64_t count)
{
    return count >= 0 ? count : RESULTS_UNKNOWN;
}

static json_t *describe_counts(const EvalFigures *f)
{
    const ResultsCounts counts = {
        .events = f->events,
        .hits = f->hits,
        .misses = f->misses,
        .alerts = f->alerts,
        .false_strict = f->false_strict,
        .false_lenient = f->false_lenient,
        .duplicates = f->duplicates,
        .not_scored = f->not_scored,
        .alerts_unwatched = f->alerts_unwatched,
        .events_not_scored = f->events_not_scored,
        .hits_with_boxes = counted(f->hits_with_boxes),
        .hits_elsewhere = counted(f->hits_elsewhere),
    };
    return results_dump(&result_counts, &counts);
}

static json_t *describe_latency(const EvalFigures *f)
{
    const ResultsLatency latency = {
        .n = f->latency_count,
        .median_s = f->latency_median_s,
        .p90_s = f->latency_p90_s,
        .censored = f->latency_censored,
        .reason = undefined_reason_name(f->latency_reason),
    };
    return results_dump(&result_latency, &latency);
}

/* It told the times itself: when it decided nobody knows. */
static json_t *unmeasured_latency(const EvalFigures *f)
{
    const ResultsLatency latency = {.median_s = (double)NAN,
                                    .p90_s = (double)NAN,
                                    .censored = f->latency_censored,
                                    .reason = "not_measured"};
    return results_dump(&result_latency, &latency);
}

static json_t *describe_evaluation(const Scenario *scenario, const SystemSpec *system,
                                   const ConditionSpec *condition, const EvalFigures *f)
{
    json_t *evaluation = json_object();
    json_object_set_new(evaluation, "system", json_string(system->id));
    json_object_set_new(evaluation, "system_kind", json_string(system_kind_names[system->kind]));
    if (system->after_validation_of != NULL)
        json_object_set_new(evaluation, "after_validation_of", json_string(system->after_validation_of));
    json_object_set_new(evaluation, "system_title", results_string(system->title));
    json_object_set_new(evaluation, "condition", json_string(condition->id));
    const bool own_title = condition->title.en != NULL || condition->title.fr != NULL;
    json_object_set_new(evaluation, "condition_title",
                        own_title ? results_text(condition->title.en, condition->title.fr)
                                  : results_said(results_condition_title(condition)));
    json_object_set_new(evaluation, "condition_filter", results_string(condition->filter));
    json_object_set_new(evaluation, "parameters", describe_parameters(scenario, system));
    json_t *semantics = results_semantics(scenario, system);
    if (semantics != NULL)
        json_object_set_new(evaluation, "semantics", semantics);
    json_object_set_new(evaluation, "exposure", json_null()); /* its place; the log adds to it */
    json_object_set_new(evaluation, "counts", describe_counts(f));
    json_object_set_new(evaluation, "rates", describe_rates(scenario, f));
    const ResultsFigure per_day = {
        .value = f->per_day, .low = f->per_day_interval.low, .high = f->per_day_interval.high};
    json_object_set_new(evaluation, "per_day", results_dump(&result_figure, &per_day));
    json_object_set_new(evaluation, "latency", describe_latency(f));
    json_object_set_new(evaluation, "clusters", json_null()); /* its place, too: results_science.h */
    json_object_set_new(evaluation, "sensitivity", describe_sensitivity(f));
    json_object_set_new(evaluation, "worst_case", describe_worst_case(f));
    return evaluation;
}

bool results_load_settings(const Scenario *scenario, EvalSettings *settings, GError **error)
{
    return eval_settings_load(protocol_find(scenario->protocol), scenario->protocol_params, settings, error);
}

/* Where people counted on some clips, a clip without their count has none that could stand beside it. */
static void hold_to_true_passages(GArray *clips)
{
    bool any = false;
    for (guint i = 0; i < clips->len; i++)
        any = any || g_array_index(clips, EvalClip, i).true_passages != NULL;
    for (guint i = 0; i < clips->len && any; i++)
        g_array_index(clips, EvalClip, i).passages = -1;
}

static Scored *score(const Scenario *scenario, const SystemSpec *system, const ConditionSpec *condition,
                     const EvalSettings *settings, Systems *systems, Store *store, GError **error)
{
    g_autoptr(GPtrArray) chosen = scenario_clips(scenario);
    g_autoptr(Scored) scored = scored_new(scenario);
    for (guint i = 0; i < chosen->len; i++) {
        ClipFacts one;
        const bool fine = clip_facts_collect(&one, scenario, system, condition, g_ptr_array_index(chosen, i),
                                             systems, store, error);
        g_array_append_val(scored->facts, one);
        if (!fine)
            return NULL;
    }
    /* Only now: the array no longer moves, and scoring keeps pointers into it. */
    for (guint i = 0; i < scored->facts->len; i++) {
        const EvalClip input =
            clip_facts_scoring_input(&g_array_index(scored->facts, ClipFacts, i), scenario->behaviour);
        g_array_append_val(scored->inputs, input);
    }
    hold_to_true_passages(scored->inputs);
    scored->result =
        eval_evaluate((const EvalClip *)(const void *)scored->inputs->data, scored->inputs->len, settings);
    return g_steal_pointer(&scored);
}

/* Of every false alert; their counts. */
static json_t *find_kinds(Scored *scored, const EvalSettings *settings)
{
    int64_t counts[FALSE_KINDS] = {0};
    scored->kinds = g_new0(guint8 *, scored->facts->len);
    for (guint i = 0; i < scored->facts->len; i++) {
        const ClipFacts *facts = &g_array_index(scored->facts, ClipFacts, i);
        scored->kinds[i] = false_kinds_find(facts->clip, scored->scenario->behaviour, facts->output.alerts,
                                            &scored->result->clips[i], settings, counts);
    }
    const ResultsFalseAlertKinds said = {
        .duplicate = counts[FALSE_DUPLICATE],
        .cross_trigger = counts[FALSE_CROSS_TRIGGER],
        .near_miss = counts[FALSE_NEAR_MISS],
        .unlabelled = counts[FALSE_UNLABELLED],
    };
    return results_dump(&result_false_alert_kinds, &said);
}

/* Scoring knows one kind of unwatched time; here what was not decoded is parted from where no picture is. */
static json_t *describe_exposure(const Scored *scored, const LogFit *fit)
{
    const EvalFigures *f = &scored->result->figures;
    int64_t not_seen_us = 0;
    for (guint i = 0; i < scored->facts->len; i++)
        not_seen_us += scored_not_seen_us(scored, i);
    const ResultsExposure exposure = {
        .camera_us = f->camera_us,
        .camera_hours = f->camera_hours,
        .clips = f->clips,
        .cameras = f->cameras,
        .no_score_us = f->no_score_us,
        .not_decoded_us = f->not_decoded_us - not_seen_us,
        .not_annotated_us = f->not_annotated_us,
        .failed_clips = f->failed_clips,
        .not_seen_us = not_seen_us,
        .clock_mended_clips = (int64_t)f->mended_clips,
        .copied_clips = (int64_t)fit->copies,
    };
    return results_dump(&result_exposure, &exposure);
}

/* What people left of a log that bears no verdict bears no more than that log. */
static bool inherit_fit(LogFit *fit, const Scenario *scenario, const SystemSpec *system,
                        const ConditionSpec *condition, const EvalSettings *settings, Systems *systems,
                        Store *store, GError **error)
{
    if (system->after_validation_of == NULL)
        return true;
    for (guint i = 0; i < scenario->systems->len; i++) {
        const SystemSpec *other = g_ptr_array_index(scenario->systems, i);
        if (strcmp(other->id, system->after_validation_of) != 0 || !system_kind(other)->has_log)
            continue;
        g_autoptr(Scored) before = score(scenario, other, condition, settings, systems, store, error);
        if (before == NULL)
            return false;
        json_t *log = systems_account_log(systems, scenario, other, condition);
        const LogFit theirs = results_log_fit(log, before, settings);
        json_decref(log);
        log_fit_inherit(fit, &theirs);
        return true;
    }
    log_fit_inherit(fit, NULL);
    return true;
}

json_t *results_evaluate(const Scenario *scenario, const SystemSpec *system, const ConditionSpec *condition,
                         Systems *systems, Store *store, const EvaluationKeepers *keepers, GError **error)
{
    EvalSettings settings;
    if (!results_load_settings(scenario, &settings, error))
        return NULL;
    g_autoptr(Scored) scored = score(scenario, system, condition, &settings, systems, store, error);
    if (scored == NULL)
        return NULL;
    const GArray *facts = scored->facts, *clips = scored->inputs;
    const EvalResult *result = scored->result;
    json_t *evaluation = describe_evaluation(scenario, system, condition, &result->figures);
    json_t *engine = results_engine(scored);
    if (engine != NULL)
        json_object_set_new(evaluation, "engine", engine);
    if (json_object_get(engine, "input") != NULL)
        json_object_set_new(evaluation, "latency", unmeasured_latency(&result->figures));
    json_t *detector = results_detector(scenario, system);
    if (detector != NULL)
        json_object_set_new(evaluation, "detector", detector);
    json_object_set_new(evaluation, "ignored_alerts",
                        systems_count_ignored(systems, scenario, system, condition));
    LogFit fit;
    json_object_set_new(evaluation, "log", results_log(systems, system, condition, scored, &settings, &fit));
    json_object_set_new(evaluation, "exposure", describe_exposure(scored, &fit));
    if (!inherit_fit(&fit, scenario, system, condition, &settings, systems, store, error)) {
        json_decref(evaluation);
        return NULL;
    }
    json_object_set_new(evaluation, "counters", sum_counters(facts));
    json_t *count_error = describe_count_error(scenario, facts, result);
    if (count_error != NULL)
        json_object_set_new(evaluation, "count_error", count_error);
    json_object_set_new(evaluation, "strata", results_describe_strata(scenario, scored, &settings));
    results_add_science(evaluation, scenario, (const EvalClip *)(const void *)clips->data, result, &settings);
    if (!system_kind(system)->is_control && !system_kind(system)->is_person)
        results_add_chance(evaluation, (const EvalClip *)(const void *)clips->data, result, &settings);
    g_autoptr(GArray) cameras =
        cameras_sum((const EvalClip *)(const void *)clips->data, result->clips, result->clip_count);
    g_autoptr(GArray) days = days_sum(scored);
    const ClaimClusters clusters = {cameras, days};
    LookLog *log_of_looks = keepers != NULL ? keepers->looks : NULL;
    g_auto(LookTaken) look = results_take_look(log_of_looks, scored, system, condition);
    json_t *claims = json_array();
    for (guint i = 0; i < scenario->claims->len; i++) {
        const Claim *claim = g_ptr_array_index(scenario->claims, i);
        if (is_claimed(claim, system, condition))
            json_array_append_new(
                claims, results_claim(claim, scenario, &result->figures, &clusters, settings.level, &fit, &look));
    }
    json_object_set_new(evaluation, "claims", claims);
    results_note_look(log_of_looks, &look, scenario, system, condition, claims);
    if (keepers != NULL)
        comparisons_keep(keepers->comparisons, system, condition, (const EvalClip *)(const void *)clips->data,
                         result, &fit, &look);
    if (scenario->dataset->earlier_truth->len > 0)
        json_object_set_new(evaluation, "earlier_truth",
                            results_earlier_truth(scenario, (const EvalClip *)(const void *)clips->data,
                                                  clips->len, &settings));
    json_object_set_new(evaluation, "false_alert_kinds", find_kinds(scored, &settings));
    if (keepers == NULL)
        return evaluation;
    json_t *described = json_array();
    for (guint i = 0; i < facts->len; i++)
        json_array_append_new(described, scored_describe_clip(scored, i));
    json_object_set_new(evaluation, "clips", described);
    detail_add(keepers->detail, evaluation, g_steal_pointer(&scored));
    return evaluation;
}
