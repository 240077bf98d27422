/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bundle/rescore.h"

#include "bundle/tree.h"
#include "evaluate/results_assemble.h"
#include "perception/perception.h"
#include "records/error.h"
#include "results/document.h"
#include "runner/engine_said.h"
#include "runner/folder.h"
#include "runner/message.h"
#include "runner/plan.h"

#include <stdio.h>
#include <string.h>

/* ---- keeping */

/* What the reference systems said about a replay: of LookRecord *. */
static GPtrArray *find_looks(Store *store, const PlanJob *job, GError **error)
{
    g_autoptr(GPtrArray) looks = g_ptr_array_new_with_free_func((GDestroyNotify)look_record_free);
    for (guint i = 0; i < job->looks->len; i++) {
        const PlanLook *planned = &g_array_index(job->looks, PlanLook, i);
        GError *cause = NULL;
        LookRecord *look =
            store_find_look(store, job->index, planned->scenario->id, planned->system->id, &cause);
        if (cause != NULL) {
            g_propagate_error(error, cause);
            return NULL;
        }
        if (look != NULL)
            g_ptr_array_add(looks, look);
    }
    return g_steal_pointer(&looks);
}

static const char *fault_name(const JobRecord *record)
{
    return record->fault == VSAUDIT_ERROR_INTEGRITY ? "integrity"
           : record->fault == VSAUDIT_ERROR_HARNESS ? "harness"
                                                    : "input";
}

static json_t *describe_replay(const JobRecord *record, const GPtrArray *looks)
{
    json_t *line = json_pack("{s:s,s:s,s:s,s:s,s:s}", "dataset", record->dataset, "clip", record->clip,
                             "condition", record->condition, "perception", record->perception, "status",
                             job_status_name(record->status));
    if (record->engine != NULL)
        json_object_set_new(line, "engine", json_true());
    if (record->reason != NULL) {
        json_object_set_new(line, "fault", json_string(fault_name(record)));
        json_object_set_new(line, "reason", json_string(record->reason));
        if (looks->len > 0)
            json_object_set_new(line, "restarted", json_true());
    }
    if (record->status == JOB_DONE) {
        json_t *measured = message_build(record, looks);
        json_object_del(measured, "observations");
        /* Exhibits of such a replay are masked otherwise (runner/evidence.h). */
        if (record->observations == NULL)
            json_object_set_new(line, "observations", json_false());
        json_object_set_new(line, "measured", measured);
    }
    return line;
}

static bool write_line(FILE *file, const json_t *line)
{
    return json_dumpf(line, file, JSON_COMPACT) == 0 && fputc('\n', file) != EOF;
}

static const JobRecord *find_record(const GPtrArray *records, const PlanJob *job)
{
    const JobRecord *record =
        job->index < (int64_t)records->len ? g_ptr_array_index(records, (guint)job->index) : NULL;
    return record != NULL && strcmp(record->clip, job->clip->id) == 0 &&
                   strcmp(record->dataset, job->dataset->id) == 0 &&
                   strcmp(record->condition, job->condition->id) == 0
               ? record
               : NULL;
}

static bool keep_job(FILE *file, Store *store, const GPtrArray *records, const PlanJob *job, GError **error)
{
    const JobRecord *record = find_record(records, job);
    if (record == NULL) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INTEGRITY,
                    "the run's store has no replay of clip “%s” (%s, %s), which its inputs call for",
                    job->clip->id, job->dataset->id, job->condition->id);
        return false;
    }
    g_autoptr(GPtrArray) looks = find_looks(store, job, error);
    if (looks == NULL)
        return false;
    json_t *line = describe_replay(record, looks);
    const bool written = write_line(file, line);
    json_decref(line);
    if (!written)
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, REPLAYS_FILE " cannot be written");
    return written;
}

bool rescore_keep_replays(const Audit *audit, Store *store, const char *folder, GError **error)
{
    g_autoptr(Plan) plan = plan_new(audit, error);
    g_autoptr(GPtrArray) records = plan != NULL ? store_list_jobs(store, error) : NULL;
    if (records == NULL)
        return false;
    g_autofree char *path = g_build_filename(folder, REPLAYS_FILE, NULL);
    FILE *file = fopen(path, "wbe");
    if (file == NULL) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: cannot be written", path);
        return false;
    }
    bool fine = true;
    for (guint i = 0; i < plan->jobs->len && fine; i++)
        fine = keep_job(file, store, records, g_ptr_array_index(plan->jobs, i), error);
    if (fclose(file) != 0 && fine) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: cannot be written", path);
        fine = false;
    }
    return fine;
}

/* ---- reading back */

G_GNUC_PRINTF(3, 4)
static bool refuse(guint number, GError **error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *what = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INTEGRITY, REPLAYS_FILE ":%u: %s", number, what);
    return false;
}

static const PlanJob *find_job(const Plan *plan, const ResultsReplayed *line, guint number)
{
    const PlanJob *job = number <= plan->jobs->len ? g_ptr_array_index(plan->jobs, number - 1) : NULL;
    return job != NULL && g_strcmp0(line->dataset, job->dataset->id) == 0 &&
                   g_strcmp0(line->clip, job->clip->id) == 0 &&
                   g_strcmp0(line->condition, job->condition->id) == 0
               ? job
               : NULL;
}

/* Everything in the replay's record but a done one's measurements. */
static bool read_failure(JobRecord *record, const ResultsReplayed *line, guint number, GError **error)
{
    const char *status = line->status, *reason = line->reason, *fault = line->fault;
    if (g_strcmp0(status, "failed") == 0)
        record->status = JOB_FAILED;
    else if (g_strcmp0(status, "missing") == 0)
        record->status = JOB_MISSING;
    else
        return refuse(number, error, "found no status that is known");
    if (reason == NULL)
        return refuse(number, error, "found no reason");
    record->reason = g_strdup(reason);
    record->fault = g_strcmp0(fault, "integrity") == 0 ? VSAUDIT_ERROR_INTEGRITY
                    : g_strcmp0(fault, "harness") == 0 ? VSAUDIT_ERROR_HARNESS
                                                       : VSAUDIT_ERROR_INPUT;
    return true;
}

/* The hash that the manifest states, or else the list of inputs; of several files all of them, as a replay
 * gives them. NULL: one is stated nowhere. Caller frees. */
static char *expected_hash(const Clip *clip)
{
    if (clip->files->len == 0)
        return g_strdup(clip->sha256 != NULL ? clip->sha256 : clip->kept_sha256);
    g_autoptr(GString) all = g_string_new(NULL);
    for (guint i = 0; i < clip->files->len; i++) {
        const ClipFile *file = g_ptr_array_index(clip->files, i);
        const char *sha256 = file->sha256 != NULL ? file->sha256 : file->kept_sha256;
        if (sha256 == NULL)
            return NULL;
        g_string_append_printf(all, "%s%s", i > 0 ? " " : "", sha256);
    }
    return g_strdup(all->str);
}

/* The replay must be of the clip that the manifest, or the list of inputs, names by its hash. */
static bool check_clip(const PlanJob *job, const JobRecord *record, guint number, GError **error)
{
    const Clip *clip = job->clip;
    g_autofree char *stated = clip_stated_sha256(clip), *expected = expected_hash(clip);
    if (expected == NULL || record->file_sha256 == NULL ||
        g_ascii_strcasecmp(expected, record->file_sha256) == 0)
        return true;
    return refuse(number, error,
                  "clip “%s”: found a replay of a file with SHA-256 %s, expected %s as %s says", clip->id,
                  record->file_sha256, expected,
                  stated != NULL ? "the manifest" : INPUTS_FOLDER "/index.json");
}

/* Every built-in system that the audit lets look at the clip must have said something, and no other. */
static bool check_looks(const PlanJob *job, const GPtrArray *looks, guint number, GError **error)
{
    for (guint i = 0; i < job->looks->len; i++) {
        const PlanLook *planned = &g_array_index(job->looks, PlanLook, i);
        const LookRecord *look = i < looks->len ? g_ptr_array_index(looks, i) : NULL;
        if (look == NULL || strcmp(look->scenario, planned->scenario->id) != 0 ||
            strcmp(look->system, planned->system->id) != 0)
            return refuse(number, error, "found no alerts of system “%s” in scenario “%s”",
                          planned->system->id, planned->scenario->id);
        for (guint a = 0; a < look->alerts->len; a++) {
            const Alert *alert = g_ptr_array_index(look->alerts, a);
            if (alert->onset_us < 0 || alert->decided_us < alert->onset_us)
                return refuse(number, error, "found an alert of system “%s” that was raised before it began",
                              planned->system->id);
        }
    }
    return looks->len == job->looks->len ||
           refuse(number, error, "found alerts of more systems than the audit has");
}

/* What an older build has seen is no other audit. */
static bool refuse_perception(const PlanJob *job, const ResultsReplayed *line, guint number, GError **error)
{
    PerceptionSettings *settings = perception_settings_new(job->perception, NULL);
    const int version =
        settings != NULL && line->perception != NULL ? perception_version_of(settings, line->perception) : 0;
    if (settings != NULL)
        perception_settings_free(settings);
    if (version == 0 || job->engine != NULL)
        return refuse(number, error, "found other perception settings than the audit has");
    return refuse(
        number, error,
        "found what perception of version %d saw, by an older build of vsaudit, expected that of this "
        "build: use the build that made the run, or run it again",
        version);
}

static bool check_measured(const PlanJob *job, const ResultsReplayed *line, const JobRecord *record,
                           const GPtrArray *looks, guint number, GError **error)
{
    if (g_strcmp0(line->perception, job->perception_digest) != 0)
        return refuse_perception(job, line, number, error);
    if (record->status != JOB_DONE)
        return true;
    if (record->duration_us != record->quality->duration_us)
        return refuse(number, error, "found two lengths of one clip");
    return check_clip(job, record, number, error) && check_looks(job, looks, number, error);
}

static bool read_replay(const Plan *plan, Store *store, const ResultsReplayed *line, guint number,
                        GError **error)
{
    const PlanJob *job = find_job(plan, line, number);
    if (job == NULL)
        return refuse(number, error, "found no replay that the audit calls for in this place");
    g_autoptr(JobRecord) record = job_record_new(job->index, job->dataset->id, job->clip->id,
                                                 job->condition->id, job->perception_digest);
    record->engine = json_incref(job->engine_description);
    g_autoptr(GPtrArray) looks = g_ptr_array_new_with_free_func((GDestroyNotify)look_record_free);
    if (g_strcmp0(line->status, "done") != 0) {
        if (!read_failure(record, line, number, error))
            return false;
        if (results_true(line->restarted)) {
            g_ptr_array_unref(looks);
            looks = engine_said_restarted(job, record->reason);
        }
    } else if (!message_parse(line->measured.json, record, looks, NULL)) {
        return refuse(number, error, "found no measurements that can be read");
    }
    g_autoptr(GError) cause = NULL;
    if (!check_measured(job, line, record, looks, number, error))
        return false;
    if (store_write_job(store, record, looks, NULL, &cause))
        return true;
    if (cause->code != VSAUDIT_ERROR_HARNESS)
        return refuse(number, error, "cannot be used: %s", cause->message);
    g_propagate_error(error, g_steal_pointer(&cause));
    return false;
}

static bool read_replays(const Plan *plan, Store *store, const char *folder, GError **error)
{
    g_autofree char *path = g_build_filename(folder, REPLAYS_FILE, NULL);
    FILE *file = fopen(path, "rbe");
    if (file == NULL) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INTEGRITY, REPLAYS_FILE ": cannot be read");
        return false;
    }
    bool fine = true;
    for (guint number = 1; number <= plan->jobs->len && fine; number++) {
        json_t *line = json_loadf(file, JSON_DISABLE_EOF_CHECK | JSON_REJECT_DUPLICATES, NULL);
        g_autoptr(ResultsReplayed) replayed = results_load_replayed(line);
        fine = line != NULL ? read_replay(plan, store, replayed, number, error)
                            : refuse(number, error, "found no line of JSON, expected a replay");
        json_decref(line);
    }
    int rest = fine ? fgetc(file) : EOF;
    while (rest == '\n')
        rest = fgetc(file);
    if (fine && rest != EOF)
        fine = refuse(plan->jobs->len + 1, error, "found more lines than the audit has replays");
    fclose(file);
    return fine;
}

json_t *rescore(const Inputs *inputs, const char *folder, GError **error)
{
    g_autoptr(TreeTemporary) scratch = tree_make_temporary(error);
    g_autoptr(Plan) plan = scratch != NULL ? plan_new(inputs->audit, error) : NULL;
    if (plan == NULL)
        return NULL;
    g_autofree char *path = g_build_filename(scratch, "store.sqlite", NULL);
    g_autofree char *facts_path = g_build_filename(folder, "run.json", NULL);
    g_autoptr(Store) store = folder_create_store(plan, path, error);
    if (store == NULL || !read_replays(plan, store, folder, error))
        return NULL;
    json_t *facts = json_load_file(facts_path, JSON_REJECT_DUPLICATES, NULL);
    g_autoptr(ResultsRun) run = results_load_run(facts);
    const AssembleSpec spec = {.audit = inputs->audit,
                               .store = store,
                               .choices = inputs->choices,
                               .folder = folder,
                               .lock = inputs->lock,
                               .first_replay = run->sessions.count > 0 ? run->sessions.at[0].started : NULL};
    json_t *results = results_assemble(&spec, error);
    json_decref(facts);
    return results;
}
