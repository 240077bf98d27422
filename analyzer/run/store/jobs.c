/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Jobs, looks and alerts: records to rows and back. */
#include "records/free.h"
#include "store/internal.h"

#include <math.h>
#include <string.h>

static const char *const status_names[] = {"pending", "done", "failed", "missing"};

/* In the order of VsauditErrorCode; a job is never wrong usage. */
static const char *const fault_names[] = {NULL, "input", "harness", "integrity"};

const char *job_status_name(JobStatus status)
{
    return status_names[status];
}

JobRecord *job_record_new(int64_t index, const char *dataset, const char *clip, const char *condition,
                          const char *perception)
{
    JobRecord *record = g_new0(JobRecord, 1);
    record->index = index;
    record->dataset = g_strdup(dataset);
    record->clip = g_strdup(clip);
    record->condition = g_strdup(condition);
    record->perception = g_strdup(perception);
    record->duration_us = TIME_UNKNOWN;
    record->aspect = (double)NAN;
    return record;
}

DEFINE_FREE(job_record_free, JobRecord, record, g_free(record->dataset), g_free(record->clip),
            g_free(record->condition), g_free(record->perception), json_decref(record->engine),
            g_free(record->reason), clip_quality_free(record->quality), g_free(record->file_sha256),
            g_free(record->observations))

LookRecord *look_record_new(const char *scenario, const char *system)
{
    LookRecord *record = g_new0(LookRecord, 1);
    record->scenario = g_strdup(scenario);
    record->system = g_strdup(system);
    record->alerts = alert_array_new();
    record->counters = json_object();
    return record;
}

static void clear_look_record(LookRecord *record)
{
    g_free(record->scenario);
    g_free(record->system);
    g_free(record->reason);
    g_clear_pointer(&record->alerts, g_ptr_array_unref);
    json_decref(record->counters);
    g_clear_pointer(&record->series, g_array_unref);
    json_decref(record->said);
}

DEFINE_FREE(look_record_free, LookRecord, record, clear_look_record(record))

/* ---- writing */

static void bind_json(sqlite3_stmt *statement, int parameter, const json_t *json)
{
    char *text = json_dumps(json, JSON_COMPACT | JSON_SORT_KEYS);
    sqlite3_bind_text(statement, parameter, text, -1, free);
}

static bool update_job(Store *store, const JobRecord *record, GError **error)
{
    sqlite3_stmt *update = store_prepare(
        store,
        "UPDATE job SET status = ?1, fault = ?2, reason = ?3, quality = ?4, duration_us = ?5, aspect = ?6,"
        " file_sha256 = ?7, observations = ?8 WHERE id = ?9",
        error);
    if (update == NULL)
        return false;
    const bool failed = record->status == JOB_FAILED || record->status == JOB_MISSING;
    g_assert(failed == (record->reason != NULL));
    g_assert((record->status == JOB_DONE) == (record->quality != NULL));
    store_bind_text(update, 1, status_names[record->status]);
    store_bind_text(update, 2, failed ? fault_names[record->fault] : NULL);
    store_bind_text(update, 3, record->reason);
    if (record->quality != NULL) {
        json_t *quality = clip_quality_to_json(record->quality);
        bind_json(update, 4, quality);
        json_decref(quality);
    }
    store_bind_time(update, 5, record->duration_us);
    store_bind_number(update, 6, record->aspect);
    store_bind_text(update, 7, record->file_sha256);
    store_bind_text(update, 8, record->observations);
    sqlite3_bind_int64(update, 9, record->index);
    if (!store_step_done(store, update, error))
        return false;
    if (sqlite3_changes(store->database) == 1)
        return true;
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: has no job %" PRId64, store->path,
                record->index);
    return false;
}

static bool insert_alert(Store *store, int64_t look, int64_t ordinal, const Alert *alert, GError **error)
{
    sqlite3_stmt *insert = store_prepare(
        store,
        "INSERT INTO alert (look, ordinal, behaviour, label, onset_us, decided_us, end_us, confidence,"
        " x, y, w, h, track_ids, note) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        error);
    if (insert == NULL)
        return false;
    sqlite3_bind_int64(insert, 1, look);
    sqlite3_bind_int64(insert, 2, ordinal);
    store_bind_text(insert, 3, alert->behaviour);
    store_bind_text(insert, 4, alert->label);
    sqlite3_bind_int64(insert, 5, alert->onset_us);
    sqlite3_bind_int64(insert, 6, alert->decided_us);
    store_bind_time(insert, 7, alert->end_us);
    store_bind_number(insert, 8, alert->confidence);
    if (!geometry_box_is_none(alert->box)) {
        sqlite3_bind_double(insert, 9, alert->box.x);
        sqlite3_bind_double(insert, 10, alert->box.y);
        sqlite3_bind_double(insert, 11, alert->box.w);
        sqlite3_bind_double(insert, 12, alert->box.h);
    }
    if (alert->track_ids != NULL) {
        json_t *ids = json_array();
        for (guint i = 0; i < alert->track_ids->len; i++)
            json_array_append_new(ids, json_integer(g_array_index(alert->track_ids, int64_t, i)));
        bind_json(insert, 13, ids);
        json_decref(ids);
    }
    store_bind_text(insert, 14, alert->note);
    return store_step_done(store, insert, error);
}

static bool insert_look(Store *store, int64_t job, const LookRecord *record, GError **error)
{
    sqlite3_stmt *insert =
        store_prepare(store,
                      "INSERT INTO look (job, scenario, system, reason, counters, series, said)"
                      " VALUES (?, ?, ?, ?, ?, ?, ?)",
                      error);
    if (insert == NULL)
        return false;
    sqlite3_bind_int64(insert, 1, job);
    store_bind_text(insert, 2, record->scenario);
    store_bind_text(insert, 3, record->system);
    store_bind_text(insert, 4, record->reason);
    bind_json(insert, 5, record->counters);
    if (record->series != NULL) {
        json_t *series = count_samples_to_json(record->series);
        bind_json(insert, 6, series);
        json_decref(series);
    }
    if (record->said != NULL)
        bind_json(insert, 7, record->said);
    if (!store_step_done(store, insert, error))
        return false;
    const int64_t look = sqlite3_last_insert_rowid(store->database);
    g_autoptr(GPtrArray) sorted = g_ptr_array_copy(record->alerts, NULL, NULL);
    g_ptr_array_set_free_func(sorted, NULL);
    g_ptr_array_sort(sorted, alert_compare);
    for (guint i = 0; i < sorted->len; i++) {
        if (!insert_alert(store, look, i, g_ptr_array_index(sorted, i), error))
            return false;
    }
    return true;
}

static bool delete_looks(Store *store, int64_t job, GError **error)
{
    sqlite3_stmt *delete = store_prepare(store, "DELETE FROM look WHERE job = ?", error);
    if (delete == NULL)
        return false;
    sqlite3_bind_int64(delete, 1, job);
    return store_step_done(store, delete, error);
}

static bool write_cost(Store *store, int64_t job, const JobCost *cost, GError **error)
{
    sqlite3_stmt *insert =
        store_prepare(store,
                      "INSERT INTO job_cost (job, attempts, wall_s, cpu_s, peak_rss_kib, log) VALUES (?1, 1, "
                      "?2, ?3, ?4, ?5)"
                      " ON CONFLICT (job) DO UPDATE SET attempts = attempts + 1, wall_s = excluded.wall_s,"
                      " cpu_s = excluded.cpu_s, peak_rss_kib = excluded.peak_rss_kib, log = excluded.log",
                      error);
    if (insert == NULL)
        return false;
    sqlite3_bind_int64(insert, 1, job);
    if (cost != NULL) {
        store_bind_number(insert, 2, cost->wall_s);
        store_bind_number(insert, 3, cost->cpu_s);
        sqlite3_bind_int64(insert, 4, cost->peak_rss_kib);
        store_bind_text(insert, 5, cost->log);
    }
    return store_step_done(store, insert, error);
}

bool store_write_job(Store *store, const JobRecord *record, const GPtrArray *looks, const JobCost *cost,
                     GError **error)
{
    if (!store_execute(store, "BEGIN IMMEDIATE", error))
        return false;
    bool ok = update_job(store, record, error) && delete_looks(store, record->index, error);
    for (guint i = 0; ok && looks != NULL && i < looks->len; i++)
        ok = insert_look(store, record->index, g_ptr_array_index(looks, i), error);
    ok = ok && store_write_digest(store, record->index, error) &&
         write_cost(store, record->index, cost, error);
    if (ok && store_execute(store, "COMMIT", error))
        return true;
    store_rollback(store);
    return false;
}

/* ---- reading */

#define JOB_COLUMNS                                                                                  \
    "id, dataset, clip, condition, perception, status, fault, reason, quality, duration_us, aspect," \
    " file_sha256, observations, engine"

static bool fail_content(Store *store, const char *what, GError **error)
{
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INTEGRITY, "%s: the store is damaged (%s)", store->path,
                what);
    return false;
}

static bool find_name(const char *const *names, size_t count, const char *name, guint *out)
{
    for (size_t i = 0; i < count; i++) {
        if (g_strcmp0(names[i], name) == 0) {
            *out = (guint)i;
            return true;
        }
    }
    return false;
}

static JobRecord *read_job(Store *store, sqlite3_stmt *row, GError **error)
{
    g_autoptr(JobRecord) record = g_new0(JobRecord, 1);
    record->index = sqlite3_column_int64(row, 0);
    record->dataset = store_column_text(row, 1);
    record->clip = store_column_text(row, 2);
    record->condition = store_column_text(row, 3);
    record->perception = store_column_text(row, 4);
    guint status = 0, fault = 0;
    const char *fault_name = (const char *)sqlite3_column_text(row, 6);
    if (!find_name(status_names, G_N_ELEMENTS(status_names), (const char *)sqlite3_column_text(row, 5),
                   &status) ||
        (fault_name != NULL && !find_name(fault_names, G_N_ELEMENTS(fault_names), fault_name, &fault))) {
        fail_content(store, "a job's state has no meaning", error);
        return NULL;
    }
    record->status = (JobStatus)status;
    record->fault = (VsauditErrorCode)fault;
    record->reason = store_column_text(row, 7);
    const char *quality = (const char *)sqlite3_column_text(row, 8);
    if (quality != NULL) {
        json_t *json = json_loads(quality, 0, NULL);
        record->quality = json != NULL ? clip_quality_from_json(json, NULL) : NULL;
        json_decref(json);
        if (record->quality == NULL) {
            fail_content(store, "a job's quality record cannot be read", error);
            return NULL;
        }
    }
    record->duration_us = store_column_time(row, 9);
    record->aspect = store_column_number(row, 10);
    record->file_sha256 = store_column_text(row, 11);
    record->observations = store_column_text(row, 12);
    const char *engine = (const char *)sqlite3_column_text(row, 13);
    record->engine = engine != NULL ? json_loads(engine, 0, NULL) : NULL;
    if ((engine != NULL) != (record->engine != NULL)) {
        fail_content(store, "the description of a system cannot be read", error);
        return NULL;
    }
    return g_steal_pointer(&record);
}

GPtrArray *store_list_jobs(Store *store, GError **error)
{
    sqlite3_stmt *select = store_prepare(store, "SELECT " JOB_COLUMNS " FROM job ORDER BY id", error);
    if (select == NULL)
        return NULL;
    g_autoptr(GPtrArray) jobs = g_ptr_array_new_with_free_func((GDestroyNotify)job_record_free);
    int row;
    while ((row = store_step_row(store, select, error)) > 0) {
        JobRecord *record = read_job(store, select, error);
        if (record == NULL) {
            sqlite3_reset(select);
            return NULL;
        }
        g_ptr_array_add(jobs, record);
    }
    return row < 0 ? NULL : g_steal_pointer(&jobs);
}

JobRecord *store_find_job(Store *store, const char *scenario, const char *clip, const char *condition,
                          GError **error)
{
    sqlite3_stmt *select = store_prepare(store,
                                         "SELECT " JOB_COLUMNS " FROM job WHERE clip = ?2 AND condition = ?3"
                                         " AND EXISTS (SELECT 1 FROM job_use WHERE scenario = ?1 AND"
                                         " job = job.id)",
                                         error);
    if (select == NULL)
        return NULL;
    store_bind_text(select, 1, scenario);
    store_bind_text(select, 2, clip);
    store_bind_text(select, 3, condition);
    JobRecord *record = NULL;
    if (store_step_row(store, select, error) > 0)
        record = read_job(store, select, error);
    sqlite3_reset(select);
    return record;
}

JobRecord *store_find_engine(Store *store, const char *scenario, const char *system, const char *clip,
                             const char *condition, GError **error)
{
    sqlite3_stmt *select = store_prepare(store,
                                         "SELECT " JOB_COLUMNS " FROM job WHERE clip = ?3 AND condition = ?4"
                                         " AND EXISTS (SELECT 1 FROM job_engine WHERE scenario = ?1 AND"
                                         " system = ?2 AND job = job.id)",
                                         error);
    if (select == NULL)
        return NULL;
    store_bind_text(select, 1, scenario);
    store_bind_text(select, 2, system);
    store_bind_text(select, 3, clip);
    store_bind_text(select, 4, condition);
    JobRecord *record = NULL;
    if (store_step_row(store, select, error) > 0)
        record = read_job(store, select, error);
    sqlite3_reset(select);
    return record;
}

char *store_job_systems(Store *store, int64_t job, GError **error)
{
    sqlite3_stmt *select =
        store_prepare(store, "SELECT DISTINCT system FROM job_engine WHERE job = ? ORDER BY system", error);
    if (select == NULL)
        return NULL;
    sqlite3_bind_int64(select, 1, job);
    g_autoptr(GString) names = g_string_new(NULL);
    while (store_step_row(store, select, error) > 0)
        g_string_append_printf(names, "%s%s", names->len > 0 ? ", " : "", sqlite3_column_text(select, 0));
    sqlite3_reset(select);
    return names->len > 0 ? g_strdup(names->str) : NULL;
}

static GArray *parse_track_ids(const char *text)
{
    if (text == NULL)
        return NULL;
    json_t *json = json_loads(text, 0, NULL);
    GArray *ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
    size_t i;
    json_t *item;
    json_array_foreach(json, i, item)
    {
        const int64_t id = json_integer_value(item);
        g_array_append_val(ids, id);
    }
    json_decref(json);
    return ids;
}

static bool read_alerts(Store *store, int64_t look, GPtrArray *alerts, GError **error)
{
    sqlite3_stmt *select = store_prepare(
        store,
        "SELECT behaviour, label, onset_us, decided_us, end_us, confidence, x, y, w, h, track_ids, note"
        " FROM alert WHERE look = ? ORDER BY ordinal",
        error);
    if (select == NULL)
        return false;
    sqlite3_bind_int64(select, 1, look);
    int row;
    while ((row = store_step_row(store, select, error)) > 0) {
        Alert *alert = alert_new((const char *)sqlite3_column_text(select, 0),
                                 sqlite3_column_int64(select, 2), sqlite3_column_int64(select, 3));
        alert->label = store_column_text(select, 1);
        alert->end_us = store_column_time(select, 4);
        alert->confidence = store_column_number(select, 5);
        if (sqlite3_column_type(select, 6) != SQLITE_NULL)
            alert->box = (Box){.x = sqlite3_column_double(select, 6),
                               .y = sqlite3_column_double(select, 7),
                               .w = sqlite3_column_double(select, 8),
                               .h = sqlite3_column_double(select, 9)};
        alert->track_ids = parse_track_ids((const char *)sqlite3_column_text(select, 10));
        alert->note = store_column_text(select, 11);
        g_ptr_array_add(alerts, alert);
    }
    return row == 0;
}

LookRecord *store_find_look(Store *store, int64_t job, const char *scenario, const char *system,
                            GError **error)
{
    sqlite3_stmt *select = store_prepare(
        store,
        "SELECT id, reason, counters, series, said FROM look WHERE job = ? AND scenario = ? AND system = ?",
        error);
    if (select == NULL)
        return NULL;
    sqlite3_bind_int64(select, 1, job);
    store_bind_text(select, 2, scenario);
    store_bind_text(select, 3, system);
    if (store_step_row(store, select, error) <= 0)
        return NULL;
    g_autoptr(LookRecord) record = look_record_new(scenario, system);
    const int64_t look = sqlite3_column_int64(select, 0);
    record->reason = store_column_text(select, 1);
    json_decref(record->counters);
    record->counters = json_loads((const char *)sqlite3_column_text(select, 2), 0, NULL);
    const char *text = (const char *)sqlite3_column_text(select, 3);
    json_t *series = text != NULL ? json_loads(text, 0, NULL) : NULL;
    const char *said = (const char *)sqlite3_column_text(select, 4);
    record->said = said != NULL ? json_loads(said, 0, NULL) : NULL;
    const bool sound = (series != NULL) == (text != NULL) &&
                       count_samples_from_json(series, &record->series) &&
                       (record->said != NULL) == (said != NULL);
    json_decref(series);
    sqlite3_reset(select);
    if (record->counters == NULL || !sound) {
        fail_content(store, record->counters == NULL ? "counters cannot be read" : "a look cannot be read",
                     error);
        return NULL;
    }
    return read_alerts(store, look, record->alerts, error) ? g_steal_pointer(&record) : NULL;
}

int64_t store_count_attempts(Store *store, int64_t job, GError **error)
{
    sqlite3_stmt *select = store_prepare(store, "SELECT attempts FROM job_cost WHERE job = ?", error);
    if (select == NULL)
        return -1;
    sqlite3_bind_int64(select, 1, job);
    const int row = store_step_row(store, select, error);
    const int64_t attempts = row > 0 ? sqlite3_column_int64(select, 0) : 0;
    sqlite3_reset(select);
    return row < 0 ? -1 : attempts;
}

bool store_read_cost(Store *store, int64_t job, JobCost *cost, GError **error)
{
    *cost = (JobCost){.wall_s = (double)NAN, .cpu_s = (double)NAN};
    sqlite3_stmt *select =
        store_prepare(store, "SELECT wall_s, cpu_s, peak_rss_kib, log FROM job_cost WHERE job = ?", error);
    if (select == NULL)
        return false;
    sqlite3_bind_int64(select, 1, job);
    const bool found = store_step_row(store, select, error) > 0;
    if (found) {
        cost->wall_s = store_column_number(select, 0);
        cost->cpu_s = store_column_number(select, 1);
        cost->peak_rss_kib = sqlite3_column_int64(select, 2);
        cost->log = store_column_text(select, 3);
    }
    sqlite3_reset(select);
    return found;
}
