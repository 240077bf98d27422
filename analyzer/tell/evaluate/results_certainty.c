/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluate/results_certainty.h"

#include "records/span.h"
#include "results/fields.h"
#include "results/results_json.h"
#include "scoring/grade.h"
#include "scoring/metrics.h"
#include "scoring/scope.h"
#include "scoring/verdict.h"

#include <stdio.h>
#include <string.h>

/* ---- what the document says of the footage */

static const ResultsDataset *find_dataset(const Results *results, const char *id)
{
    for (size_t i = 0; id != NULL && i < results->datasets.count; i++)
        if (g_strcmp0(results->datasets.at[i].id, id) == 0)
            return &results->datasets.at[i];
    return NULL;
}

static bool read_month(const char *date, int standing_for_all, int *year, int *month)
{
    *month = standing_for_all;
    return date != NULL && sscanf(date, "%4d-%2d", year, month) >= 1;
}

static void note_sampling(GradeFacts *facts, const ResultsSampling *sampling)
{
    int from_year, from_month, to_year, to_month;
    facts->how = provenance_find(sampling_words, sampling->how);
    facts->chosen_by = provenance_find(party_words, sampling->chosen_by);
    if (read_month(sampling->from, 1, &from_year, &from_month) &&
        read_month(sampling->to, 12, &to_year, &to_month))
        facts->seasons_due = grade_seasons(from_year, from_month, to_year, to_month);
    if (sampling->hours.count == 2)
        facts->day_due = grade_day(sampling->hours.at[0], sampling->hours.at[1]);
}

/* The lower of what was measured so far and one figure more. */
static double lower(double one, double other)
{
    return fmin(one, other); /* passes over a NAN */
}

/* Who marked the clips is in the data where annotators' own files are; else the audit says it. */
static void note_annotation(GradeFacts *facts, const ResultsScenario *scenario,
                            const ResultsAnnotation *annotation)
{
    g_autoptr(GHashTable) people = g_hash_table_new(g_str_hash, g_str_equal);
    facts->people = results_or(annotation->people, 0);
    facts->blind = provenance_find(answer_words, annotation->blind);
    facts->absence = provenance_find(answer_words, annotation->absence);
    if (g_strcmp0(annotation->agreement_figure, agreement_figures[AGREEMENT_KAPPA]) == 0)
        facts->kappa = annotation->agreement;
    else if (annotation->agreement_figure != NULL)
        facts->f1 = annotation->agreement;
    for (size_t i = 0; i < scenario->agreement.count; i++) {
        const ResultsAgreement *pair = &scenario->agreement.at[i];
        if (pair->first == NULL)
            continue; /* one person against the truth that may be made of what that person marked */
        g_hash_table_add(people, (gpointer)pair->first);
        g_hash_table_add(people, (gpointer)pair->second);
        facts->kappa = lower(facts->kappa, pair->windows.kappa);
        facts->f1 = lower(facts->f1, lower(pair->f1_first_as_truth, pair->f1_second_as_truth));
    }
    facts->people = MAX(facts->people, (int64_t)g_hash_table_size(people));
}

/* ---- when it was recorded */

static char *name_of(const char *dataset, const char *clip)
{
    return g_strdup_printf("%s\1%s", dataset, clip);
}

static GHashTable *index_clips(const Results *results)
{
    GHashTable *clips = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (size_t i = 0; i < results->clips.count; i++)
        g_hash_table_insert(clips, name_of(results->clips.at[i].dataset, results->clips.at[i].clip),
                            (gpointer)&results->clips.at[i]);
    return clips;
}

static void note_times(GradeFacts *facts, GHashTable *clips, const ResultsEvaluation *evaluation)
{
    facts->dated_us = facts->undated_us = 0;
    for (size_t i = 0; i < evaluation->clips.count; i++) {
        const ResultsJudgedClip *judged = &evaluation->clips.at[i];
        g_autofree char *name = name_of(judged->dataset, judged->clip);
        const ResultsClip *clip = g_hash_table_lookup(clips, name);
        const double scored_us = (double)results_or(judged->scored_us, 0);
        int year, month;
        if (clip == NULL || !read_month(clip->recorded_at, 0, &year, &month) || month < 1 || month > 12) {
            facts->undated_us += scored_us;
            continue;
        }
        facts->dated_us += scored_us;
        facts->by_season_us[grade_season_of(month)] += scored_us;
    }
    if (evaluation->hours.json == NULL)
        facts->day_due = 0; /* by the hour it was not counted, as of a control */
    const double hour_us = (double)US_PER_HOUR;
    for (size_t i = 0; i < evaluation->hours.by_hour.count; i++) {
        const ResultsHour *hour = &evaluation->hours.by_hour.at[i];
        const int64_t at = results_or(hour->hour, 0);
        const double camera_hours = hour->false_alerts_per_camera_hour.denominator;
        if (at >= 0 && at < 24 && camera_hours > 0)
            facts->by_day_us[at / 6] += camera_hours * hour_us;
    }
}

/* ---- what was usable */

static void note_exposure(GradeFacts *facts, const ResultsExposure *exposure)
{
    facts->clips = exposure->clips;
    facts->camera_hours = exposure->camera_hours;
    facts->mended_clips = exposure->clock_mended_clips;
    facts->failed_clips = exposure->failed_clips;
    facts->seen_us = results_double(exposure->camera_us);
    facts->unseen_us = results_double(exposure->not_seen_us) + results_double(exposure->not_decoded_us);
}

/* Whole seconds alone tell no person from a system whose log has whole seconds. */
static bool tells_nothing(const ResultsCapsuleFinding *finding)
{
    return g_strcmp0(finding->state, "not_applicable") == 0 ||
           (g_strcmp0(finding->id, "whole_seconds") == 0 && finding->count == finding->of);
}

static void note_capsule(GradeFacts *facts, const ResultsCapsule *capsule, const char *system)
{
    for (size_t i = 0; i < capsule->systems.count; i++) {
        const ResultsCapsuleSystem *one = &capsule->systems.at[i];
        if (g_strcmp0(one->system, system) != 0)
            continue;
        facts->capsule = facts->capsule_failed = 0;
        for (size_t j = 0; j < one->findings.count; j++) {
            const ResultsCapsuleFinding *finding = &one->findings.at[j];
            if (tells_nothing(finding))
                continue;
            facts->capsule++;
            facts->capsule_failed += g_strcmp0(finding->state, "fail") == 0;
        }
    }
}

static void note_system(GradeFacts *facts, const Results *results, const ResultsEvaluation *evaluation)
{
    facts->alerts = evaluation->log.judged;
    facts->unwatched = evaluation->log.unwatched;
    facts->pictures = evaluation->engine.pictures;
    facts->dropped = evaluation->engine.dropped;
    if (evaluation->probes.count > 0)
        facts->probes = facts->probes_failed = 0;
    for (size_t i = 0; i < evaluation->probes.count; i++) {
        facts->probes += g_strcmp0(evaluation->probes.at[i].state, "not_applicable") != 0;
        facts->probes_failed += g_strcmp0(evaluation->probes.at[i].state, "fail") == 0;
    }
    note_capsule(facts, &results->capsule, evaluation->system);
}

/* ---- the claim, and the audit */

static void note_claim(GradeFacts *facts, const ResultsClaim *claim)
{
    const Metric *metric = metric_of(metric_find(claim->reading.metric));
    const bool compares = metric->kind == METRIC_IS_COMPARISON;
    facts->of_places = g_strcmp0(claim->scope.speaks_of, scope_names[CLAIM_OF_PLACES]) == 0;
    facts->is_share = metric->kind == METRIC_IS_SHARE || (compares && claim->compared.events >= 0);
    facts->cases = compares ? results_double(claim->compared.events) : claim->observed.denominator;
    facts->cameras = claim->scope.json != NULL ? claim->scope.cameras : claim->independence.cameras;
    if (metric->kind == METRIC_IS_RATE || metric->kind == METRIC_IS_SHARE) {
        facts->low = claim->observed.interval.low;
        facts->high = claim->observed.interval.high;
        facts->limit = claim->reading.value;
    }
    if (results_true(claim->independence.caution))
        facts->differ_p = claim->independence.overdispersion_p;
}

static void note_lock(GradeFacts *facts, const ResultsLock *lock)
{
    facts->lock = g_strcmp0(lock->state, "unchanged") == 0 ? GRADE_LOCK_HELD
                  : g_strcmp0(lock->state, "changed") == 0 ? GRADE_LOCK_CHANGED
                                                           : GRADE_LOCK_NONE;
    facts->lock_late = facts->lock_changes = 0;
    for (size_t i = 0; i < lock->changed.count; i++) {
        const char *what = lock->changed.at[i].what; /* behind a replay, or a look at results */
        const bool late = g_strcmp0(what, "late") == 0 || g_strcmp0(what, "looked") == 0;
        facts->lock_late += late;
        facts->lock_changes += !late;
    }
}

/* A claim is judged for each system and condition, and is one. */
static void collect_claims(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    (void)scenario;
    for (size_t i = 0; i < evaluation->claims.count; i++)
        if (evaluation->claims.at[i].id != NULL)
            g_hash_table_add(user, (gpointer)evaluation->claims.at[i].id);
}

static void note_audit(GradeFacts *facts, const Results *results)
{
    g_autoptr(GHashTable) claims = g_hash_table_new(g_str_hash, g_str_equal);
    results_visit_evaluations(results, collect_claims, claims);
    facts->claims = g_hash_table_size(claims);
    note_lock(facts, &results->lock);
    facts->ran_by = provenance_find(party_words, results->audit.conflict_of_interest.ran_by);
    facts->paid_by = provenance_find(party_words, results->audit.conflict_of_interest.paid_by);
}

/* All but what is the claim's own. */
static GradeFacts facts_of(const Results *results, GHashTable *clips, const ResultsScenario *scenario,
                           const ResultsEvaluation *evaluation)
{
    static const ResultsDataset none;
    GradeFacts facts = grade_no_facts();
    const ResultsDataset *dataset = find_dataset(results, scenario->dataset);
    facts.drawn = results_true(scenario->synthetic);
    if (dataset == NULL)
        dataset = &none;
    note_sampling(&facts, &dataset->sampling);
    note_annotation(&facts, scenario, &dataset->annotation);
    note_times(&facts, clips, evaluation);
    note_exposure(&facts, &evaluation->exposure);
    note_system(&facts, results, evaluation);
    note_audit(&facts, results);
    return facts;
}

/* ---- what is said */

static bool is_decided(const ResultsClaim *claim)
{
    return g_strcmp0(claim->verdict, verdict_name(VERDICT_SUPPORTED)) == 0 ||
           g_strcmp0(claim->verdict, verdict_name(VERDICT_REFUTED)) == 0;
}

static json_t *describe_reason(const GradeFound *found)
{
    const ResultsCertaintyReason said = {.key = grade_key(found),
                                         .domain = grade_domains[grade_domain(found)],
                                         .state = grade_states[found->state - 1],
                                         .lowers = grade_lowers(found),
                                         .figure = results_rounded(found->figure),
                                         .of = results_rounded(found->of),
                                         .sentence = results_said(grade_sentence(found))};
    return results_dump_taking(&result_certainty_reason, &said);
}

static json_t *describe(const GradeFacts *facts)
{
    g_autoptr(GArray) found = grade_reasons(facts);
    json_t *list = json_array();
    int by_domain[GRADE_DOMAINS] = {0};
    for (guint i = 0; i < found->len; i++) {
        const GradeFound *one = &g_array_index(found, GradeFound, i);
        by_domain[grade_domain(one)] += grade_lowers(one);
        json_array_append_new(list, describe_reason(one));
    }
    const int lowered = grade_lowered(by_domain);
    return json_pack("{s:s,s:i,s:o}", "level", grade_levels[grade_level(lowered)], "lowered", lowered,
                     "reasons", list);
}

static json_t *certainty_of(const GradeFacts *common, const ResultsClaim *claim)
{
    if (!is_decided(claim))
        return json_pack("{s:n,s:i,s:[]}", "level", "lowered", 0, "reasons");
    GradeFacts facts = *common;
    note_claim(&facts, claim);
    return describe(&facts);
}

json_t *results_certainty(const Results *results, const ResultsScenario *scenario,
                          const ResultsEvaluation *evaluation, const ResultsClaim *claim)
{
    g_autoptr(GHashTable) clips = index_clips(results);
    const GradeFacts facts = facts_of(results, clips, scenario, evaluation);
    return certainty_of(&facts, claim);
}

void results_add_certainty(json_t *document)
{
    g_autoptr(Results) results = results_load(document);
    g_autoptr(GHashTable) clips = index_clips(results);
    for (size_t i = 0; i < results->scenarios.count; i++) {
        const ResultsScenario *scenario = &results->scenarios.at[i];
        for (size_t j = 0; j < scenario->evaluations.count; j++) {
            const ResultsEvaluation *evaluation = &scenario->evaluations.at[j];
            const GradeFacts facts = facts_of(results, clips, scenario, evaluation);
            for (size_t k = 0; k < evaluation->claims.count; k++) {
                const ResultsClaim *claim = &evaluation->claims.at[k];
                json_object_set_new((json_t *)claim->json, "certainty", certainty_of(&facts, claim));
            }
        }
    }
}
