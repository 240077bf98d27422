/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/store.h"

#include <glib/gstdio.h>
#include <math.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "unit.h"

typedef struct {
    char *folder, *path;
} Place;

static int setup(void **state)
{
    Place *place = g_new0(Place, 1);
    place->folder = g_dir_make_tmp("vsaudit-store-XXXXXX", NULL);
    place->path = g_build_filename(place->folder, "store.sqlite", NULL);
    *state = place;
    return place->folder == NULL;
}

static int teardown(void **state)
{
    Place *place = *state;
    g_autoptr(GDir) dir = g_dir_open(place->folder, 0, NULL);
    const char *name;
    while ((name = g_dir_read_name(dir)) != NULL) {
        g_autofree char *path = g_build_filename(place->folder, name, NULL);
        g_unlink(path);
    }
    g_rmdir(place->folder);
    g_free(place->folder);
    g_free(place->path);
    g_free(place);
    return 0;
}

static GPtrArray *make_parts(const char *version, const char *scenario_digest)
{
    GPtrArray *parts = g_ptr_array_new_with_free_func((GDestroyNotify)plan_part_free);
    g_ptr_array_add(parts, plan_part_new("program", "vsaudit", version));
    g_ptr_array_add(parts, plan_part_new("scenario", "s1", scenario_digest));
    return parts;
}

/* Two jobs, both used by s1; the second by s2 too. */
static Store *make_store(const char *path, GError **error)
{
    g_autoptr(GPtrArray) parts = make_parts("0.1.0", "aa");
    g_autoptr(GPtrArray) jobs = g_ptr_array_new_with_free_func((GDestroyNotify)job_record_free);
    g_ptr_array_add(jobs, job_record_new(0, "set", "one", "as-recorded", "p"));
    g_ptr_array_add(jobs, job_record_new(1, "set", "two", "as-recorded", "p"));
    g_autoptr(GPtrArray) uses = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    for (int i = 0; i < 2; i++) {
        GPtrArray *scenarios = g_ptr_array_new_with_free_func(g_free);
        g_ptr_array_add(scenarios, g_strdup("s1"));
        if (i == 1)
            g_ptr_array_add(scenarios, g_strdup("s2"));
        g_ptr_array_add(uses, scenarios);
    }
    return store_create(path, parts, jobs, uses, error);
}

static JobRecord *make_done(int64_t index)
{
    JobRecord *record = job_record_new(index, "set", "one", "as-recorded", "p");
    record->status = JOB_DONE;
    record->quality = clip_quality_new();
    record->quality->frames = 100;
    span_list_add(&record->quality->undecoded, 5, 9);
    record->duration_us = 4000000;
    record->aspect = 4.0 / 3.0;
    record->file_sha256 = g_strdup("f00d");
    record->observations = g_strdup("observations/x.gz");
    return record;
}

/* One alert with every field, one with none that may be unknown, in the wrong order. */
static GPtrArray *make_looks(void)
{
    LookRecord *look = look_record_new("s1", "reference");
    Alert *bare = alert_new("camera-tampering", 2000000, 2500000);
    Alert *full = alert_new("camera-tampering", 0, 0);
    full->label = g_strdup("covered");
    full->end_us = 0;
    full->confidence = 0.0;
    full->box = (Box){.x = 0, .y = 0.1, .w = 1.0 / 3.0, .h = 0};
    full->track_ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
    const int64_t ids[] = {7, INT64_C(9007199254740993)};
    g_array_append_vals(full->track_ids, ids, 2);
    full->note = g_strdup("a “note”,\nwith lines");
    g_ptr_array_add(look->alerts, bare);
    g_ptr_array_add(look->alerts, full);
    json_object_set_new(look->counters, "passages", json_integer(0));
    look->series = count_samples_new();
    const CountSample counted[] = {{40000, 0}, {INT64_C(86399000000), 12}};
    g_array_append_vals(look->series, counted, 2);
    GPtrArray *looks = g_ptr_array_new_with_free_func((GDestroyNotify)look_record_free);
    g_ptr_array_add(looks, look);
    return looks;
}

TEST_BETWEEN(test_round_trip, setup, teardown)
{
    const Place *place = *state;
    g_autoptr(GError) error = NULL;
    Store *store = make_store(place->path, &error);
    assert_null(error);
    g_autoptr(JobRecord) done = make_done(0);
    g_autoptr(GPtrArray) looks = make_looks();
    const JobCost cost = {.wall_s = 1.5, .cpu_s = 1.25, .peak_rss_kib = 1000, .log = NULL};
    assert_true(store_write_job(store, done, looks, &cost, &error));
    store_close(store);

    store = store_open(place->path, &error);
    assert_null(error);
    g_autoptr(GPtrArray) jobs = store_list_jobs(store, &error);
    assert_int_equal(jobs->len, 2);
    const JobRecord *first = g_ptr_array_index(jobs, 0), *second = g_ptr_array_index(jobs, 1);
    assert_int_equal(first->status, JOB_DONE);
    assert_string_equal(first->clip, "one");
    assert_true(first->duration_us == 4000000);
    assert_true(first->aspect == 4.0 / 3.0);
    assert_string_equal(first->file_sha256, "f00d");
    assert_string_equal(first->observations, "observations/x.gz");
    assert_true(first->quality->frames == 100);
    assert_true(span_list_total(&first->quality->undecoded) == 4);
    assert_true(first->quality->duration_promised_us == done->quality->duration_promised_us);
    assert_int_equal(second->status, JOB_PENDING);
    assert_true(second->duration_us == TIME_UNKNOWN);
    assert_true(isnan(second->aspect));
    assert_null(second->quality);
    assert_null(second->reason);

    g_autoptr(LookRecord) look = store_find_look(store, 0, "s1", "reference", &error);
    assert_int_equal(look->alerts->len, 2);
    assert_int_equal(look->series->len, 2);
    assert_true(g_array_index(look->series, CountSample, 0).value == 0);
    assert_true(g_array_index(look->series, CountSample, 1).t_us == INT64_C(86399000000));
    assert_true(g_array_index(look->series, CountSample, 1).value == 12);
    assert_true(json_integer_value(json_object_get(look->counters, "passages")) == 0);
    assert_true(json_is_integer(json_object_get(look->counters, "passages")));
    const Alert *full = g_ptr_array_index(look->alerts, 0), *bare = g_ptr_array_index(look->alerts, 1);
    assert_string_equal(full->label, "covered");
    assert_true(full->onset_us == 0 && full->decided_us == 0 && full->end_us == 0);
    assert_true(full->confidence == 0.0);
    assert_true(full->box.x == 0 && full->box.y == 0.1 && full->box.w == 1.0 / 3.0 && full->box.h == 0);
    assert_int_equal(full->track_ids->len, 2);
    assert_true(g_array_index(full->track_ids, int64_t, 1) == INT64_C(9007199254740993));
    assert_string_equal(full->note, "a “note”,\nwith lines");
    assert_true(bare->onset_us == 2000000 && bare->decided_us == 2500000);
    assert_true(bare->end_us == TIME_UNKNOWN);
    assert_true(isnan(bare->confidence));
    assert_true(geometry_box_is_none(bare->box));
    assert_null(bare->label);
    assert_null(bare->track_ids);
    assert_null(bare->note);

    assert_null(store_find_look(store, 0, "s2", "reference", &error));
    assert_null(error);
    store_close(store);
}

TEST_BETWEEN(test_find_job_by_use, setup, teardown)
{
    const Place *place = *state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Store) store = make_store(place->path, &error);
    assert_null(error);
    g_autoptr(JobRecord) two = store_find_job(store, "s2", "two", "as-recorded", &error);
    assert_non_null(two);
    assert_true(two->index == 1);
    assert_null(store_find_job(store, "s2", "one", "as-recorded", &error));
    assert_null(store_find_job(store, "s1", "one", "rain", &error));
    assert_null(error);
}

TEST_BETWEEN(test_attempts_replace_each_other, setup, teardown)
{
    const Place *place = *state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Store) store = make_store(place->path, &error);
    g_autoptr(JobRecord) failed = job_record_new(0, "set", "one", "as-recorded", "p");
    failed->status = JOB_FAILED;
    failed->fault = VSAUDIT_ERROR_INTEGRITY;
    failed->reason = g_strdup("not the file");
    const JobCost cost = {.wall_s = 1, .cpu_s = 1, .peak_rss_kib = 5, .log = (char *)"last words"};
    assert_true(store_count_attempts(store, 0, &error) == 0);
    assert_true(store_write_job(store, failed, NULL, &cost, &error));
    g_autoptr(GPtrArray) before = store_list_jobs(store, &error);
    const JobRecord *then = g_ptr_array_index(before, 0);
    assert_int_equal(then->status, JOB_FAILED);
    assert_int_equal(then->fault, VSAUDIT_ERROR_INTEGRITY);
    assert_string_equal(then->reason, "not the file");
    JobCost read = {0};
    assert_true(store_read_cost(store, 0, &read, &error));
    assert_string_equal(read.log, "last words");
    g_free(read.log);

    g_autoptr(JobRecord) done = make_done(0);
    g_autoptr(GPtrArray) looks = make_looks();
    assert_true(store_write_job(store, done, looks, NULL, &error));
    assert_true(store_write_job(store, done, looks, NULL, &error));
    assert_true(store_count_attempts(store, 0, &error) == 3);
    g_autoptr(LookRecord) look = store_find_look(store, 0, "s1", "reference", &error);
    assert_int_equal(look->alerts->len, 2);
    g_autoptr(GPtrArray) after = store_list_jobs(store, &error);
    assert_null(((const JobRecord *)g_ptr_array_index(after, 0))->reason);
}

/* A job that cannot be written in full is not written at all. */
TEST_BETWEEN(test_job_is_all_or_nothing, setup, teardown)
{
    const Place *place = *state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Store) store = make_store(place->path, &error);
    g_autoptr(JobRecord) done = make_done(0);
    g_autoptr(GPtrArray) looks = make_looks();
    LookRecord *wrong = look_record_new("s1", "other");
    g_ptr_array_add(wrong->alerts, alert_new("camera-tampering", 10, 9)); /* decided before it began */
    g_ptr_array_add(looks, wrong);
    assert_false(store_write_job(store, done, looks, NULL, &error));
    assert_true(g_error_matches(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS));
    g_clear_error(&error);
    g_autoptr(GPtrArray) jobs = store_list_jobs(store, &error);
    assert_int_equal(((const JobRecord *)g_ptr_array_index(jobs, 0))->status, JOB_PENDING);
    assert_null(store_find_look(store, 0, "s1", "reference", &error));
    g_ptr_array_set_size(looks, 1);
    assert_true(store_write_job(store, done, looks, NULL, &error));
    g_autoptr(JobRecord) nowhere = make_done(99);
    assert_false(store_write_job(store, nowhere, NULL, NULL, &error));
    assert_non_null(error);
}

/* What was committed is there after the writer was killed in the middle of the next job. */
TEST_BETWEEN(test_survives_kill, setup, teardown)
{
    const Place *place = *state;
    g_autoptr(GError) error = NULL;
    store_close(make_store(place->path, &error));
    fflush(NULL);
    const pid_t pid = fork();
    if (pid == 0) {
        Store *store = store_open(place->path, NULL);
        JobRecord *done = make_done(0);
        GPtrArray *looks = make_looks();
        if (store != NULL && store_write_job(store, done, looks, NULL, NULL))
            kill(getpid(), SIGKILL);
        _exit(1);
    }
    int status = 0;
    waitpid(pid, &status, 0);
    assert_true(WIFSIGNALED(status));
    g_autoptr(Store) store = store_open(place->path, &error);
    assert_null(error);
    g_autoptr(GPtrArray) jobs = store_list_jobs(store, &error);
    assert_int_equal(((const JobRecord *)g_ptr_array_index(jobs, 0))->status, JOB_DONE);
    g_autoptr(LookRecord) look = store_find_look(store, 0, "s1", "reference", &error);
    assert_int_equal(look->alerts->len, 2);
}

/* ---- a store of which a part cannot be read or written */

typedef bool (*StoreCall)(Store *store, GError **error); /* whether it gave what it is asked for */

static bool call_parts(Store *store, GError **error)
{
    g_autoptr(GPtrArray) parts = store_list_parts(store, error);
    return parts != NULL;
}

static bool call_difference(Store *store, GError **error)
{
    g_autoptr(GPtrArray) parts = make_parts("0.1.0", "aa");
    g_autofree char *text = store_explain_difference(store, parts, error);
    return text == NULL && (error == NULL || *error == NULL);
}

static bool call_jobs(Store *store, GError **error)
{
    g_autoptr(GPtrArray) jobs = store_list_jobs(store, error);
    return jobs != NULL;
}

static bool call_job(Store *store, GError **error)
{
    g_autoptr(JobRecord) job = store_find_job(store, "s1", "one", "as-recorded", error);
    return job != NULL;
}

static bool call_look(Store *store, GError **error)
{
    g_autoptr(LookRecord) look = store_find_look(store, 0, "s1", "reference", error);
    return look != NULL;
}

static bool call_attempts(Store *store, GError **error)
{
    return store_count_attempts(store, 0, error) >= 0;
}

static bool call_cost(Store *store, GError **error)
{
    JobCost cost = {0};
    const bool found = store_read_cost(store, 0, &cost, error);
    g_free(cost.log);
    return found;
}

static bool call_sessions(Store *store, GError **error)
{
    g_autoptr(GPtrArray) sessions = store_list_sessions(store, error);
    return sessions != NULL;
}

static bool call_begin(Store *store, GError **error)
{
    return store_begin_session(store, 1, NULL, error) > 0;
}

static bool call_end(Store *store, GError **error)
{
    return store_end_session(store, 1, 1, 5, 0.5, error);
}

static bool call_note(Store *store, GError **error)
{
    return store_note_environment(store, 1, "{}", error);
}

static bool call_write(Store *store, GError **error)
{
    g_autoptr(JobRecord) done = make_done(0);
    g_autoptr(GPtrArray) looks = make_looks();
    const JobCost cost = {.wall_s = 1, .cpu_s = 1, .peak_rss_kib = 1};
    return store_write_job(store, done, looks, &cost, error);
}

static const struct {
    StoreCall call;
    const char *tables; /* without which it cannot do it */
} calls[] = {
    {call_parts, "plan_part"}, {call_difference, "plan_part"}, {call_jobs, "job"},
    {call_job, "job job_use"}, {call_look, "look alert"},      {call_attempts, "job_cost"},
    {call_cost, "job_cost"},   {call_sessions, "session"},     {call_begin, "session"},
    {call_end, "session"},     {call_note, "session"},         {call_write, "job look alert job_cost"},
};

static void change_behind(const char *path, const char *words)
{
    sqlite3 *direct = NULL;
    assert_int_equal(sqlite3_open(path, &direct), SQLITE_OK);
    sqlite3_exec(direct, "PRAGMA ignore_check_constraints = ON; PRAGMA legacy_alter_table = ON", NULL, NULL,
                 NULL);
    assert_int_equal(sqlite3_exec(direct, words, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(direct);
}

/* Each table in turn is taken from under an open store: who needs it says so, everybody else goes on. */
TEST_BETWEEN(test_a_table_that_is_gone, setup, teardown)
{
    const Place *place = *state;
    static const char *const tables[] = {"plan_part", "job",      "job_use", "look",
                                         "alert",     "job_cost", "session"};
    g_autoptr(GError) error = NULL;
    g_autoptr(Store) store = make_store(place->path, &error);
    assert_true(call_write(store, &error) && call_begin(store, &error));
    for (size_t t = 0; t < G_N_ELEMENTS(tables); t++) {
        g_autofree char *away = g_strdup_printf("ALTER TABLE %s RENAME TO gone", tables[t]);
        g_autofree char *back = g_strdup_printf("ALTER TABLE gone RENAME TO %s", tables[t]);
        for (size_t i = 0; i < G_N_ELEMENTS(calls); i++) {
            g_auto(GStrv) needed = g_strsplit(calls[i].tables, " ", -1);
            const bool needs = g_strv_contains((const char *const *)needed, tables[t]);
            change_behind(place->path, away);
            const bool fine = calls[i].call(store, &error);
            if (fine != (error == NULL) || (needs && fine))
                fail_msg("call %zu without %s: %s", i, tables[t],
                         error != NULL ? error->message : "no error");
            if (error != NULL)
                assert_true(g_str_has_prefix(error->message, place->path));
            g_clear_error(&error);
            change_behind(place->path, back);
            assert_true(calls[i].call(store, &error) && error == NULL);
        }
    }
}

/* What a row cannot mean is told, not taken for something else. */
TEST_BETWEEN(test_rows_that_mean_nothing, setup, teardown)
{
    const Place *place = *state;
    static const struct {
        const char *words, *back, *expected;
        StoreCall call;
    } wrong[] = {
        {"UPDATE job SET status = 'ended' WHERE id = 0", "UPDATE job SET status = 'done' WHERE id = 0",
         "the store is damaged (a job's state has no meaning)", call_jobs},
        {"UPDATE job SET quality = '{' WHERE id = 0", NULL,
         "the store is damaged (a job's quality record cannot be read)", call_jobs},
    };
    g_autoptr(GError) error = NULL;
    g_autoptr(Store) store = make_store(place->path, &error);
    assert_true(call_write(store, &error));
    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        change_behind(place->path, wrong[i].words);
        assert_false(wrong[i].call(store, &error));
        assert_true(g_error_matches(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INTEGRITY));
        assert_non_null(strstr(error->message, wrong[i].expected));
        g_clear_error(&error);
        if (wrong[i].back != NULL)
            change_behind(place->path, wrong[i].back);
    }
}

TEST_BETWEEN(test_differences, setup, teardown)
{
    const Place *place = *state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Store) store = make_store(place->path, &error);
    g_autoptr(GPtrArray) same = make_parts("0.1.0", "aa");
    assert_null(store_explain_difference(store, same, &error));
    assert_null(error);
    g_autoptr(GPtrArray) changed = make_parts("0.2.0", "bb");
    g_ptr_array_add(changed, plan_part_new("dataset", "d", "cc"));
    g_autofree char *all = store_explain_difference(store, changed, &error);
    assert_string_equal(all, "it was made by vsaudit 0.1.0, this is 0.2.0, scenario “s1” has changed since, "
                             "dataset “d” was not part of it");
    g_ptr_array_set_size(same, 1);
    g_autofree char *less = store_explain_difference(store, same, &error);
    assert_string_equal(less, "scenario “s1” is no longer part of it");
}

TEST_BETWEEN(test_sessions, setup, teardown)
{
    const Place *place = *state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Store) store = make_store(place->path, &error);
    assert_true(store_begin_session(store, 2, NULL, &error) == 1);
    const int64_t second = store_begin_session(store, 4, "/runs/one", &error);
    assert_true(store_end_session(store, second, 3, 5000000, 2.5, &error));
    g_autoptr(GPtrArray) sessions = store_list_sessions(store, &error);
    assert_int_equal(sessions->len, 2);
    const RunSession *killed = g_ptr_array_index(sessions, 0), *ended = g_ptr_array_index(sessions, 1);
    assert_null(killed->finished);
    assert_non_null(ended->finished);
    assert_true(ended->workers == 4 && ended->jobs == 3 && ended->footage_us == 5000000);
    assert_true(ended->wall_s == 2.5);
    assert_null(killed->observations_of);
    assert_string_equal(ended->observations_of, "/runs/one");
    assert_null(killed->environment);
    assert_true(store_note_environment(store, 1, "{\"libavcodec\": \"59.37.100\"}", &error));
    g_autoptr(GPtrArray) again = store_list_sessions(store, &error);
    assert_string_equal(((const RunSession *)g_ptr_array_index(again, 0))->environment,
                        "{\"libavcodec\": \"59.37.100\"}");
}

static void expect_refused(const char *path, VsauditErrorCode code, const char *words)
{
    g_autoptr(GError) error = NULL;
    assert_null(store_open(path, &error));
    assert_true(g_error_matches(error, VSAUDIT_ERROR, (gint)code));
    if (strstr(error->message, words) == NULL || !g_str_has_prefix(error->message, path))
        fail_msg("unexpected message: %s", error->message);
}

/* A job of a system that runs, which two systems ask for. */
static Store *make_engine_store(const char *path, GError **error)
{
    g_autoptr(GPtrArray) parts = make_parts("0.1.0", "aa");
    g_autoptr(GPtrArray) jobs = g_ptr_array_new_with_free_func((GDestroyNotify)job_record_free);
    JobRecord *job = job_record_new(0, "set", "one", "as-recorded", "p");
    job->engine = json_pack("{s:s,s:s}", "kind", "program", "sha256", "beef");
    g_ptr_array_add(jobs, job);
    g_autoptr(GPtrArray) uses = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    GPtrArray *asking = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(asking, g_strdup("s1\treference"));
    g_ptr_array_add(asking, g_strdup("s1\tmine"));
    g_ptr_array_add(uses, asking);
    return store_create(path, parts, jobs, uses, error);
}

/* What was edited by hand is told, whatever it was; a job of an older program has no digest. */
TEST_BETWEEN(test_digest, setup, teardown)
{
    const Place *place = *state;
    static const struct {
        const char *edit;
        bool told;
        Store *(*make)(const char *path, GError **error);
    } cases[] = {
        {"DELETE FROM alert", true, make_store},
        {"DELETE FROM look", true, make_store},
        {"UPDATE alert SET confidence = 0.125", true, make_store},
        {"UPDATE job SET duration_us = 1 WHERE id = 0", true, make_store},
        {"UPDATE job SET digest = NULL", true, make_store},
        {"UPDATE job_cost SET wall_s = 9", false, make_store},
        {"UPDATE job SET digest = ''", false, make_store},
        {"UPDATE job SET engine = '{\"kind\":\"program\",\"sha256\":\"f00d\"}'", true, make_engine_store},
        {"UPDATE job SET engine = NULL", true, make_engine_store},
        {"UPDATE job_engine SET system = 'other' WHERE system = 'mine'", true, make_engine_store},
        {"DELETE FROM job_engine WHERE system = 'mine'", true, make_engine_store},
        {"UPDATE job_cost SET wall_s = 9", false, make_engine_store},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_unlink(place->path);
        Store *store = cases[i].make(place->path, &error);
        g_autoptr(JobRecord) record = make_done(0);
        g_autoptr(GPtrArray) looks = g_ptr_array_new_with_free_func((GDestroyNotify)look_record_free);
        LookRecord *look = look_record_new("s1", "reference");
        Alert *alert = alert_new("intrusion", 1000, 2000);
        alert->confidence = 0.5;
        g_ptr_array_add(look->alerts, alert);
        g_ptr_array_add(looks, look);
        assert_true(store_write_job(store, record, looks, NULL, &error));
        store_close(store);
        store = store_open(place->path, &error);
        assert_non_null(store);
        store_close(store);
        sqlite3 *database = NULL;
        sqlite3_open(place->path, &database);
        assert_int_equal(sqlite3_exec(database, cases[i].edit, NULL, NULL, NULL), SQLITE_OK);
        sqlite3_close(database);
        if (cases[i].told) {
            expect_refused(place->path, VSAUDIT_ERROR_INTEGRITY, "is not what its replay gave");
        } else {
            store = store_open(place->path, &error);
            assert_non_null(store);
            store_close(store);
        }
    }
}

TEST_BETWEEN(test_refuses_what_is_no_store, setup, teardown)
{
    const Place *place = *state;
    expect_refused(place->path, VSAUDIT_ERROR_INPUT, "No such file");
    g_file_set_contents(place->path, "", 0, NULL);
    expect_refused(place->path, VSAUDIT_ERROR_INTEGRITY, "empty file");
    g_autofree char *text = g_strnfill(5000, 'x');
    g_file_set_contents(place->path, text, -1, NULL);
    expect_refused(place->path, VSAUDIT_ERROR_INTEGRITY, "no SQLite database");
    g_unlink(place->path);
    sqlite3 *foreign = NULL;
    sqlite3_open(place->path, &foreign);
    sqlite3_exec(foreign, "CREATE TABLE t (a)", NULL, NULL, NULL);
    sqlite3_close(foreign);
    expect_refused(place->path, VSAUDIT_ERROR_INPUT, "another program");
}

TEST_BETWEEN(test_refuses_damaged_and_newer, setup, teardown)
{
    const Place *place = *state;
    g_autoptr(GError) error = NULL;
    Store *store = make_store(place->path, &error);
    g_autoptr(JobRecord) done = make_done(0);
    g_autoptr(GPtrArray) looks = make_looks();
    assert_true(store_write_job(store, done, looks, NULL, &error));
    store_close(store);
    g_autofree char *bytes = NULL;
    gsize size = 0;
    assert_true(g_file_get_contents(place->path, &bytes, &size, NULL));
    assert_true(size > 8192);
    g_autofree char *damaged = g_memdup2(bytes, size);
    memset(damaged + 4096, 0x5a, 4096);
    g_file_set_contents(place->path, damaged, (gssize)size, NULL);
    expect_refused(place->path, VSAUDIT_ERROR_INTEGRITY, "damaged");
    g_file_set_contents(place->path, bytes, (gssize)size / 2, NULL);
    expect_refused(place->path, VSAUDIT_ERROR_INTEGRITY, "damaged");
    g_file_set_contents(place->path, bytes, (gssize)size, NULL);
    sqlite3 *database = NULL;
    sqlite3_open(place->path, &database);
    sqlite3_exec(database, "PRAGMA user_version = 1000", NULL, NULL, NULL);
    sqlite3_close(database);
    expect_refused(place->path, VSAUDIT_ERROR_INPUT, "newer program");
}

TEST_BETWEEN(test_create_refuses_existing, setup, teardown)
{
    const Place *place = *state;
    g_autoptr(GError) error = NULL;
    store_close(make_store(place->path, &error));
    assert_null(error);
    assert_null(make_store(place->path, &error));
    assert_non_null(error);
    g_autofree char *draft = g_strconcat(place->path, ".new", NULL);
    assert_int_not_equal(g_access(draft, F_OK), 0);
}

static void edit(const char *path, const char *sql)
{
    sqlite3 *database = NULL;
    sqlite3_open(path, &database);
    assert_int_equal(sqlite3_exec(database, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(database);
}

/* A row that does not go in is an error, whichever it is, and takes the whole job back with it. */
TEST_BETWEEN(test_a_job_that_cannot_be_written, setup, teardown)
{
    const Place *place = *state;
    static const char *const tables[] = {"look", "alert", "job_cost"};
    g_autoptr(GError) error = NULL;
    g_autoptr(Store) store = make_store(place->path, &error);
    g_autoptr(JobRecord) done = make_done(0);
    g_autoptr(GPtrArray) looks = make_looks();
    const JobCost cost = {.wall_s = 1, .cpu_s = 1, .peak_rss_kib = 5};
    for (size_t i = 0; i < G_N_ELEMENTS(tables); i++) {
        g_autofree char *trigger = g_strdup_printf(
            "CREATE TRIGGER full BEFORE INSERT ON %s BEGIN SELECT RAISE(ABORT, 'no room'); END", tables[i]);
        edit(place->path, trigger);
        assert_false(store_write_job(store, done, looks, &cost, &error));
        assert_true(error != NULL && strstr(error->message, "no room") != NULL);
        g_clear_error(&error);
        edit(place->path, "DROP TRIGGER full");
        g_autoptr(GPtrArray) jobs = store_list_jobs(store, &error);
        assert_non_null(jobs);
        assert_int_equal(((const JobRecord *)g_ptr_array_index(jobs, 0))->status, JOB_PENDING);
    }
    assert_true(store_write_job(store, done, looks, &cost, &error));
    g_autoptr(GPtrArray) jobs = store_list_jobs(store, &error);
    assert_int_equal(((const JobRecord *)g_ptr_array_index(jobs, 0))->status, JOB_DONE);
}

UNIT_TESTS(NULL, NULL)
