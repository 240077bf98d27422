/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluate/results.h"

#include "behaviours/norm.h"
#include "evaluate/results_claims.h"
#include "evaluate/results_dossier.h"
#include "evaluate/results_evaluation.h"
#include "evaluate/results_footage.h"
#include "evaluate/results_inputs.h"
#include "evaluate/results_probes.h"
#include "evaluate/results_readings.h"
#include "evaluate/results_settle.h"
#include "evaluate/results_stand_in.h"
#include "evaluate/results_wordings.h"
#include "import/log_origin.h"
#include "language/phrase.h"
#include "records/error.h"
#include "results/document.h"
#include "results/fields.h"
#include "results/results_json.h"
#include "scoring/protocol.h"

#include <math.h>
#include <string.h>

static json_t *describe_datasets(const Audit *audit)
{
    json_t *array = json_array();
    for (guint i = 0; i < audit->datasets->len; i++) {
        const Dataset *dataset = g_ptr_array_index(audit->datasets, i);
        const ResultsDataset said = {
            .id = dataset->id,
            .title = results_text(dataset->title.en, dataset->title.fr),
            .sha256 = dataset->sha256,
            .licence = dataset->licence,
            .source = results_own_words(dataset->source.en, dataset->source.fr),
            .synthetic = results_bool(dataset->synthetic),
            .clips = dataset->clips->len,
            .sampling = results_sampling(dataset, &audit->dossier),
            .annotation = results_annotation(dataset, &audit->dossier),
        };
        json_array_append_new(array, results_dump_taking(&result_dataset, &said));
    }
    return array;
}

static json_t *describe_attributes(const Clip *clip)
{
    json_t *object = json_object();
    g_autoptr(GList) keys = g_list_sort(g_hash_table_get_keys(clip->attributes), (GCompareFunc)g_strcmp0);
    for (const GList *key = keys; key != NULL; key = key->next)
        json_object_set_new(object, key->data,
                            results_string(g_hash_table_lookup(clip->attributes, key->data)));
    return object;
}

static json_t *new_entry(const JobRecord *job, const Clip *clip)
{
    static const ResultsReplay none[1]; /* an empty list is a list */
    g_autofree char *when =
        clip != NULL && clip->recorded_at != NULL ? g_date_time_format_iso8601(clip->recorded_at) : NULL;
    ResultsClip said;
    results_blank(&result_clip, &said);
    said.dataset = job->dataset;
    said.clip = job->clip;
    said.attributes = clip != NULL ? describe_attributes(clip) : json_object();
    said.conditions.at = none;
    if (clip != NULL) {
        said.camera = clip->camera;
        said.licence = clip->licence;
        said.file_sha256 = clip->sha256;
        said.recorded_at = when;
        if (clip->passed_over != NULL)
            said.file_passed_over = results_bool(true);
    }
    return results_dump_taking(&result_clip, &said);
}

/* The clip's entry, made when its first job comes by; `known`: "dataset\1clip" -> entry. */
static json_t *clip_entry(json_t *clips, GHashTable *known, const Audit *audit, const JobRecord *job)
{
    g_autofree char *name = g_strdup_printf("%s\1%s", job->dataset, job->clip);
    json_t *entry = g_hash_table_lookup(known, name);
    if (entry != NULL)
        return entry;
    entry = new_entry(job, audit_find_clip(audit, job->dataset, job->clip));
    json_array_append_new(clips, entry);
    g_hash_table_insert(known, g_steal_pointer(&name), entry);
    return entry;
}

/* A clip scored by its stated length alone has an empty record: nothing was measured, which is not zero. */
static bool was_read(const JobRecord *job)
{
    return job->quality != NULL && (job->quality->frames > 0 || job->quality->codec != NULL);
}

static json_t *describe_replay(const JobRecord *job)
{
    ResultsReplay said;
    results_blank(&result_replay, &said);
    said.condition = job->condition;
    said.status = job_status_name(job->status);
    said.reason = job->reason;
    said.duration_us = job->duration_us;
    json_t *object = results_dump(&result_replay, &said);
    if (was_read(job))
        json_object_set_new(object, "quality", clip_quality_to_json(job->quality));
    return object;
}

/* Fills `clips` from the jobs; the totals of all. */
static json_t *describe_jobs(const Audit *audit, const GPtrArray *jobs, json_t *clips)
{
    int64_t footage_us = 0, undecoded_us = 0, unseen_us = 0, failed = 0;
    g_autoptr(GHashTable) cameras = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint j = 0; j < jobs->len; j++) {
        const JobRecord *job = g_ptr_array_index(jobs, j);
        json_t *entry = clip_entry(clips, known, audit, job);
        const Clip *clip = audit_find_clip(audit, job->dataset, job->clip);
        if (clip != NULL && clip->files->len > 0)
            json_object_set_new(entry, "files", results_describe_files(clip, job->file_sha256));
        else if (job->file_sha256 != NULL)
            json_object_set_new(entry, "file_sha256", json_string(job->file_sha256));
        json_array_append_new(json_object_get(entry, "conditions"), describe_replay(job));
        if (job->status != JOB_DONE) {
            failed++;
            continue;
        }
        footage_us += was_read(job) ? job->quality->watched_us : MAX(job->duration_us, 0);
        undecoded_us += job->quality != NULL ? span_list_total(&job->quality->undecoded) : 0;
        unseen_us += job->quality != NULL ? span_list_total(&job->quality->unseen) : 0;
        const char *camera = json_string_value(json_object_get(entry, "camera"));
        if (camera != NULL)
            g_hash_table_add(cameras, g_strdup(camera));
    }
    int64_t clip_us = 0;
    size_t i;
    const json_t *one;
    json_array_foreach(clips, i, one)
    {
        const json_t *first = json_array_get(json_object_get(one, "conditions"), 0);
        const json_t *watched = json_object_get(json_object_get(first, "quality"), "watched_us");
        clip_us += json_integer_value(watched != NULL ? watched : json_object_get(first, "duration_us"));
    }
    const ResultsTotals totals = {
        .camera_hours = (double)clip_us / (double)US_PER_HOUR,
        .replayed_hours = (double)footage_us / (double)US_PER_HOUR,
        .clips = (int64_t)json_array_size(clips),
        .cameras = g_hash_table_size(cameras),
        .jobs = jobs->len,
        .failed_jobs = failed,
        .not_decoded_s = time_to_seconds(undecoded_us),
        .not_seen_s = time_to_seconds(unseen_us),
    };
    return results_dump(&result_totals, &totals);
}

static ResultsProtocol describe_protocol(const char *id, const ParamList *params)
{
    const Protocol *protocol = protocol_find(id);
    g_assert(protocol != NULL);
    return (ResultsProtocol){
        .id = id,
        .title = results_said(protocol_title(protocol)),
        .definition = results_said(protocol_definition(protocol)),
        .parameters = results_parameters(protocol->options, protocol->settings_size, params),
        .altered = results_bool(params != NULL && params->params->len > 0),
    };
}

static json_t *describe_scenario(const Scenario *scenario)
{
    const Behaviour *behaviour = behaviour_find(scenario->behaviour);
    g_autofree char *file = scenario->file != NULL ? g_path_get_basename(scenario->file) : NULL;
    ResultsScenario said;
    results_blank(&result_scenario, &said);
    said.id = scenario->id;
    said.version = scenario->version;
    said.title = results_text(scenario->title.en, scenario->title.fr);
    said.definition = results_text(scenario->definition.en, scenario->definition.fr);
    said.onset_rule = results_text(scenario->onset_rule.en, scenario->onset_rule.fr);
    said.end_rule = results_text(scenario->end_rule.en, scenario->end_rule.fr);
    said.behaviour = scenario->behaviour;
    said.behaviour_title = behaviour != NULL ? norm_json(behaviour, "title")
                                             : results_text(scenario->behaviour, scenario->behaviour);
    if (behaviour != NULL)
        said.norm = results_norm(behaviour);
    if (scenario->decree_2023_828 >= 0)
        said.decree_2023_828 = scenario->decree_2023_828;
    said.hard_negatives = results_strings(scenario->hard_negatives);
    said.sha256 = scenario->sha256;
    said.file = file;
    said.dataset = scenario->dataset->id;
    said.synthetic = results_bool(scenario->dataset->synthetic);
    said.protocol = describe_protocol(scenario->protocol, scenario->protocol_params);
    if (!isnan(scenario->prevalence))
        said.prevalence = (ResultsPrevalence){.value = scenario->prevalence,
                                              .unit = "per_camera_hour",
                                              .source = results_string(scenario->prevalence_source)};
    json_t *object = results_dump_taking(&result_scenario, &said);
    json_object_del(object, "evaluations"); /* they come behind what annotators agree on */
    return object;
}

static json_t *evaluate_scenario(const Audit *audit, const Scenario *scenario, Systems *systems, Store *store,
                                 LookLog *looks, Detail *detail, json_t *limits, GError **error)
{
    json_t *object = describe_scenario(scenario);
    EvalSettings settings;
    json_t *agreement = results_load_settings(scenario, &settings, error)
                            ? results_agreement(scenario, store, &settings, error)
                            : NULL;
    if (agreement == NULL) {
        json_decref(object);
        return NULL;
    }
    if (json_array_size(agreement) > 0)
        json_object_set(object, "agreement", agreement);
    json_decref(agreement);
    if (scenario->dataset->truth_version != NULL)
        json_object_set_new(object, "truth_version", json_string(scenario->dataset->truth_version));
    json_t *evaluations = json_array();
    json_object_set_new(object, "evaluations", evaluations);
    g_autoptr(Comparisons) comparisons = comparisons_new(scenario);
    const EvaluationKeepers keepers = {comparisons, detail, looks};
    for (guint c = 0; c < scenario->conditions->len; c++) {
        for (guint s = 0; s < scenario->systems->len; s++) {
            const SystemSpec *system = g_ptr_array_index(scenario->systems, s);
            json_t *evaluation =
                results_evaluate(scenario, system, g_ptr_array_index(scenario->conditions, c), systems, store,
                                 &keepers, error);
            if (evaluation == NULL) {
                json_decref(object);
                return NULL;
            }
            json_array_append_new(evaluations, evaluation);
            if (!results_add_sweep(scenario, system, g_ptr_array_index(scenario->conditions, c), systems,
                                   store, evaluation, error) ||
                !results_add_probes(audit, scenario, system, g_ptr_array_index(scenario->conditions, c),
                                    store, evaluation, limits, error)) {
                json_decref(object);
                return NULL;
            }
            if (!system_kind(system)->is_control)
                results_append_limits(object, evaluation, limits);
        }
    }
    comparisons_judge(comparisons, evaluations, settings.level, looks);
    return object;
}

static void count_verdict(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    (void)scenario;
    ResultsVerdictCounts *counts = user;
    for (size_t i = 0; i < evaluation->claims.count; i++) {
        const char *verdict = evaluation->claims.at[i].verdict;
        counts->supported += g_strcmp0(verdict, "supported") == 0;
        counts->refuted += g_strcmp0(verdict, "refuted") == 0;
        counts->not_established += g_strcmp0(verdict, "not_established") == 0;
        counts->not_testable += g_strcmp0(verdict, "not_testable") == 0;
        counts->other_system += g_strcmp0(verdict, "other_system") == 0;
    }
}

static json_t *count_verdicts(const json_t *scenarios)
{
    g_autoptr(Results) results = results_load_scenarios(scenarios);
    ResultsVerdictCounts counts = {.supported = 0};
    results_visit_evaluations(results, count_verdict, &counts);
    if (counts.other_system == 0)
        counts.other_system = RESULTS_UNKNOWN; /* left out */
    return results_dump(&result_verdict_counts, &counts);
}

/* Names the clips that were decoded short of their length. */
static void append_cut_clips(const GPtrArray *jobs, json_t *limits)
{
    enum { MOST_NAMES = 10 };
    int64_t lost_us = 0;
    GPtrArray *names = g_ptr_array_new();
    for (guint i = 0; i < jobs->len; i++) {
        const JobRecord *job = g_ptr_array_index(jobs, i);
        if (job->quality == NULL || !job->quality->truncated)
            continue;
        lost_us += span_list_total(&job->quality->undecoded);
        Phrase *name = phrase_own(phrase_new("limit.clip"), "clip", job->clip);
        g_ptr_array_add(names, phrase_own(name, "condition", job->condition));
    }
    const bool any = names->len > 0;
    Phrase *limit = phrase_names(phrase_new("limit.cut_short"), "clips", names, MOST_NAMES);
    phrase_number(limit, "seconds", time_to_seconds(lost_us), 3);
    if (any)
        json_array_append_new(limits, results_said(limit));
    else
        phrase_free(limit);
}

static void append_general_limits(const Audit *audit, bool synthetic, json_t *limits)
{
    if (synthetic)
        json_array_append_new(limits, results_said(phrase_new("limit.synthetic")));
    bool reference = false;
    for (guint i = 0; i < audit->scenarios->len; i++) {
        const Scenario *scenario = g_ptr_array_index(audit->scenarios, i);
        for (guint s = 0; s < scenario->systems->len; s++)
            reference = reference || system_kind(g_ptr_array_index(scenario->systems, s))->replays;
    }
    if (reference)
        json_array_append_new(limits, results_said(phrase_new("limit.reference")));
    g_autoptr(GPtrArray) unused = log_origin_unused_maps(audit);
    for (guint i = 0; i < unused->len; i++) {
        const UnusedMap *map = g_ptr_array_index(unused, i);
        g_autofree char *file = g_path_get_basename(map->path);
        Phrase *limit = phrase_own(phrase_new("limit.unused_log"), "system", map->system);
        json_array_append_new(limits, results_said(phrase_own(limit, "file", file)));
    }
}

/* Each replay reports the hash of what it decoded; under all conditions that must be one file. */
static bool check_hashes(const GPtrArray *jobs, GError **error)
{
    g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < jobs->len; i++) {
        JobRecord *job = g_ptr_array_index(jobs, i);
        if (job->status != JOB_DONE || job->file_sha256 == NULL)
            continue;
        char *key = g_strdup_printf("%s\1%s", job->dataset, job->clip);
        const JobRecord *other = g_hash_table_lookup(known, key);
        if (other == NULL) {
            g_hash_table_insert(known, key, job);
            continue;
        }
        g_free(key);
        if (strcmp(other->file_sha256, job->file_sha256) == 0)
            continue;
        g_set_error(
            error, VSAUDIT_ERROR, VSAUDIT_ERROR_INTEGRITY,
            "clip “%s” (%s): found a file with SHA-256 %s under condition %s and one with %s under %s, "
            "expected one file: it was exchanged during the run; run again",
            job->clip, job->dataset, other->file_sha256, other->condition, job->file_sha256, job->condition);
        return false;
    }
    return true;
}

/* What is told of clips is what our own replays found: those for a system that runs are its own affair, and
 * what a probe shows is not the clip. */
static void drop_others(GPtrArray *jobs)
{
    for (guint i = jobs->len; i > 0; i--) {
        const JobRecord *job = g_ptr_array_index(jobs, i - 1);
        if (job->engine != NULL || probes_is_condition(job->condition))
            g_ptr_array_remove_index(jobs, i - 1);
    }
}

static json_t *build(const Audit *audit, Systems *systems, Store *store, LookLog *looks, Detail *detail,
                     GError **error)
{
    g_autoptr(GPtrArray) jobs = store_list_jobs(store, error);
    if (jobs == NULL || !check_hashes(jobs, error))
        return NULL;
    drop_others(jobs);
    json_t *limits = json_array();
    if (!results_settle_truth(audit, jobs, limits, error)) {
        json_decref(limits);
        return NULL;
    }
    bool synthetic = false;
    for (guint i = 0; i < audit->datasets->len; i++)
        synthetic = synthetic || ((const Dataset *)g_ptr_array_index(audit->datasets, i))->synthetic;

    json_t *results = json_pack("{s:s,s:{s:s,s:s}}", "schema", RESULTS_SCHEMA, "program", "name", "vsaudit",
                                "version", VSAUDIT_VERSION);
    json_object_set_new(results, "audit", results_describe_audit(audit));
    json_object_set_new(results, "catalogue", results_describe_catalogue(audit->catalogue));
    json_object_set_new(results, "synthetic", json_boolean(synthetic));
    const Scenario *first = g_ptr_array_index(audit->scenarios, 0);
    const ResultsProtocol protocol = describe_protocol(first->protocol, first->protocol_params);
    json_object_set_new(results, "protocol", results_dump_taking(&result_protocol, &protocol));
    json_object_set_new(results, "datasets", describe_datasets(audit));
    json_object_set_new(results, "inputs", results_describe_inputs(audit, systems));
    json_t *clips = json_array(), *scenarios = json_array();
    json_object_set_new(results, "totals", describe_jobs(audit, jobs, clips));
    append_general_limits(audit, synthetic, limits);
    append_cut_clips(jobs, limits);
    results_append_clock_limits(jobs, limits);
    results_append_copies(jobs, limits);
    json_object_set_new(results, "scenarios", scenarios);
    json_object_set_new(results, "limits", limits);
    json_object_set_new(results, "clips", clips);
    for (guint i = 0; i < audit->scenarios->len; i++) {
        json_t *scenario = evaluate_scenario(audit, g_ptr_array_index(audit->scenarios, i), systems, store,
                                             looks, detail, limits, error);
        if (scenario == NULL) {
            json_decref(results);
            return NULL;
        }
        json_array_append_new(scenarios, scenario);
    }
    results_adjust_claims(scenarios);
    results_withhold_from_others(audit, scenarios);
    results_add_wordings(scenarios);
    json_object_set_new(results, "verdict_counts", count_verdicts(scenarios));
    return results;
}

json_t *results_build_lean(const Audit *audit, Systems *systems, Store *store, LookLog *looks,
                           Detail **detail, GError **error)
{
    g_autoptr(Detail) made = detail_new(systems);
    json_t *results = build(audit, systems, store, looks, made, error);
    if (results != NULL)
        *detail = g_steal_pointer(&made);
    return results;
}

json_int_t results_count_verdicts(const json_t *results, const char *verdict)
{
    return json_integer_value(json_object_get(json_object_get(results, "verdict_counts"), verdict));
}

json_t *results_run_facts(Store *store, GError **error)
{
    g_autoptr(GPtrArray) sessions = store_list_sessions(store, error);
    if (sessions == NULL)
        return NULL;
    json_t *array = json_array();
    for (guint i = 0; i < sessions->len; i++) {
        const RunSession *session = g_ptr_array_index(sessions, i);
        const double footage_s = time_to_seconds(session->footage_us);
        const bool timed = session->finished != NULL && session->wall_s > 0;
        json_t *environment = session->environment != NULL ? json_loads(session->environment, 0, NULL) : NULL;
        json_array_append_new(
            array,
            json_pack("{s:o,s:o,s:o,s:o,s:I,s:I,s:f,s:o,s:o,s:o}", "host", results_string(session->host),
                      "observations_of", results_string(session->observations_of), "started",
                      results_string(session->started), "finished", results_string(session->finished),
                      "workers", (json_int_t)session->workers, "jobs", (json_int_t)session->jobs, "footage_s",
                      footage_s, "wall_s", timed ? json_real(session->wall_s) : json_null(), "speed",
                      timed ? json_real(footage_s / session->wall_s) : json_null(), "environment",
                      environment != NULL ? environment : json_null()));
    }
    return json_pack("{s:s,s:{s:s,s:s},s:o}", "schema", "vsaudit/run/1", "program", "name", "vsaudit",
                     "version", VSAUDIT_VERSION, "sessions", array);
}
