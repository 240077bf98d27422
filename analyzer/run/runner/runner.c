/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/runner.h"

#include "media/replay.h"
#include "records/free.h"
#include "runner/chain.h"
#include "runner/earlier.h"
#include "runner/engine_said.h"
#include "runner/environment.h"
#include "runner/folder.h"
#include "runner/message.h"
#include "runner/plan.h"
#include "runner/pool.h"
#include "runner/told.h"
#include "runner/trial.h"
#include "runner/worker.h"
#include "sandbox/layers.h"
#include "systems/engine.h"

#include <string.h>
#include <unistd.h>

struct Run {
    Store *store;
    int lock;
};

typedef struct {
    const RunOptions *options;
    Plan *plan;
    Store *store;
    Earlier *earlier;   /* NULL: from video */
    GPtrArray *records; /* of JobRecord *: what is known of each job */
    GArray *todo;       /* of WorkerJob: for the pool */
    GArray *rest;       /* of WorkerJob: what workers did not come to */
    GPtrArray *live;    /* of const PlanJob *: of systems that are live; they run alone, after all others */
    GPtrArray *heads;   /* of const WorkerJob *, in todo: the first of each chain */
    int64_t *lengths;   /* footage of each of the chains, 0 = not known */
    int64_t ended, footage_us, kept;
    int64_t started_us;
} Session;

void run_options_init(RunOptions *options)
{
    *options = (RunOptions){
        .mode = RUN_FRESH,
        .workers = g_get_num_processors(),
        .time_factor = 60,
        .time_floor_s = 600,
        .memory_mib = 4096,
        .save_observations = true,
    };
}

Store *run_store(Run *run)
{
    return run->store;
}

static void clear_run(Run *run)
{
    store_close(run->store);
    if (run->lock >= 0)
        close(run->lock);
}

DEFINE_FREE(run_close, Run, run, clear_run(run))

/* ---- the store */

/* Opens the folder's store or makes a new one, as the mode says. */
static bool open_session(Session *session, GError **error)
{
    const RunOptions *options = session->options;
    g_autofree char *path = g_build_filename(options->folder, "store.sqlite", NULL);
    if (options->mode == RUN_AGAIN && !folder_discard_run(options->folder, error))
        return false;
    const bool exists = g_file_test(path, G_FILE_TEST_EXISTS);
    session->store = exists ? store_open(path, error) : folder_create_store(session->plan, path, error);
    if (session->store == NULL || !folder_check_plan(session->store, session->plan, options->folder, error))
        return false;
    session->records = store_list_jobs(session->store, error);
    if (session->records == NULL)
        return false;
    return !exists || options->mode == RUN_RESUME ||
           folder_check_finished(session->records, options->folder, error);
}

/* ---- filter graphs and networks */

static bool try_inputs(const Session *session, GError **error)
{
    g_autoptr(Problems) problems = problems_new();
    return trial_read(session->plan, session->options->memory_mib, session->options->cancel, problems) ||
           problems_to_error(problems, error);
}

/* ---- jobs */

static int64_t length_of(gconstpointer data)
{
    return chain_length_us(data);
}

static int64_t weigh_clip(const Clip *clip)
{
    int64_t bytes = clip->files->len == 0 && clip->path != NULL ? pool_weigh_file(clip->path) : 0;
    for (guint i = 0; i < clip->files->len; i++) {
        const ClipFile *file = g_ptr_array_index(clip->files, i);
        bytes += file->path != NULL ? pool_weigh_file(file->path) : 0;
    }
    return bytes;
}

static int64_t weight_of(gconstpointer data)
{
    const WorkerJob *orders = data;
    int64_t bytes = 0;
    for (guint i = 0; i < orders->chain_length; i++)
        bytes += weigh_clip(orders[i].job->clip);
    return bytes;
}

/* A record like `record` in which nothing is known yet. */
static JobRecord *blank_copy(const JobRecord *record)
{
    return job_record_new(record->index, record->dataset, record->clip, record->condition,
                          record->perception);
}

/* Everything that is told of a job goes through here, so that no path of this machine gets into the store. */
static void tell(const Session *session, JobRecord *record, const GPtrArray *looks)
{
    const PlanJob *job = g_ptr_array_index(session->plan->jobs, record->index);
    char *told = told_reason(job, session->options->folder, record->reason);
    g_free(record->reason);
    record->reason = told;
    for (guint i = 0; looks != NULL && i < looks->len; i++) {
        LookRecord *look = g_ptr_array_index(looks, i);
        told = told_reason(job, session->options->folder, look->reason);
        g_free(look->reason);
        look->reason = told;
    }
}

static bool keep(Session *session, JobRecord *record, const GPtrArray *looks, const JobCost *cost,
                 GError **error)
{
    tell(session, record, looks);
    if (!store_write_job(session->store, record, looks, cost, error)) {
        job_record_free(record);
        return false;
    }
    JobRecord **place = (JobRecord **)&g_ptr_array_index(session->records, record->index);
    job_record_free(*place);
    *place = record;
    return true;
}

static void mark(JobRecord *record, JobStatus status, VsauditErrorCode fault, const char *reason)
{
    record->status = status;
    record->fault = fault;
    record->reason = g_strdup(reason);
}

/* Truth may have been mended or spoilt since the clip was replayed. */
static bool keep_or_fail(Session *session, const PlanJob *job, const JobRecord *known, GError **error)
{
    g_autoptr(GError) cause = NULL;
    if (known->status != JOB_DONE || worker_check_truth(job, known->quality, &cause)) {
        session->kept += known->status == JOB_DONE;
        return true;
    }
    JobRecord *record = blank_copy(known);
    mark(record, JOB_FAILED, VSAUDIT_ERROR_INPUT, cause->message);
    return keep(session, record, NULL, NULL, error);
}

/* What can be said of a job without a worker: true when that is all. */
static bool settle(const Session *session, const PlanJob *job, JobRecord *record)
{
    const JobRecord *earlier = session->earlier != NULL ? earlier_record(session->earlier, job) : NULL;
    if (earlier != NULL && earlier->status != JOB_DONE) {
        mark(record, earlier->status, earlier->fault, earlier->reason);
        return true;
    }
    if (earlier != NULL || job->clip->path != NULL)
        return false;
    mark(record, job->clip->altered ? JOB_FAILED : JOB_MISSING,
         job->clip->altered ? VSAUDIT_ERROR_INTEGRITY : VSAUDIT_ERROR_INPUT,
         job->clip->missing_reason != NULL ? job->clip->missing_reason : "the clip has no file here");
    return true;
}

static WorkerJob order_of(const Session *session, const PlanJob *job)
{
    WorkerJob order = {.job = job,
                       .chain_length = 1,
                       .folder = session->options->folder,
                       .save_observations = session->options->save_observations};
    if (session->earlier != NULL) {
        order.known = earlier_record(session->earlier, job);
        order.earlier = earlier_folder(session->earlier);
    }
    return order;
}

/* What is kept must be told of the files that are here. Observations stand for clips that are not. */
static bool check_clips(const Session *session, GError **error)
{
    if (session->earlier != NULL)
        return true;
    g_autoptr(ClipFiles) files = clip_files_new();
    for (guint i = 0; i < session->plan->jobs->len; i++) {
        if (!folder_check_clip(g_ptr_array_index(session->plan->jobs, i),
                               g_ptr_array_index(session->records, i), files, session->options->folder,
                               error))
            return false;
    }
    return true;
}

/* Decides what is left to do; clips without a file are told at once. */
static bool collect_todo(Session *session, GError **error)
{
    if (!check_clips(session, error))
        return false;
    for (guint i = 0; i < session->plan->jobs->len; i++) {
        const PlanJob *job = g_ptr_array_index(session->plan->jobs, i);
        const JobRecord *known = g_ptr_array_index(session->records, i);
        const bool again = session->options->mode == RUN_RESUME;
        if (!chain_is_open(session->plan, session->records, job, again)) {
            if (!keep_or_fail(session, job, known, error))
                return false;
            continue;
        }
        JobRecord *record = blank_copy(known);
        if (settle(session, job, record)) {
            if (!keep(session, record, NULL, NULL, error))
                return false;
            continue;
        }
        job_record_free(record);
        if (job->engine != NULL && engine_of(job->engine)->is_live) {
            g_ptr_array_add(session->live, (gpointer)job);
            continue;
        }
        const WorkerJob order = order_of(session, job);
        g_array_append_val(session->todo, order);
    }
    return true;
}

/* A probe's is that of the clip as recorded. One manifest may have been read from two places: ids tell. */
static bool is_seen_by(const PlanJob *job, const PlanJob *other)
{
    return other->engine == NULL && other->probe == NULL &&
           strcmp(other->dataset->id, job->dataset->id) == 0 && strcmp(other->clip->id, job->clip->id) == 0 &&
           (job->probe != NULL ? other->condition->filter == NULL
                               : strcmp(other->condition->id, job->condition->id) == 0);
}

/* What our own eyes' job knows of the clip: by that the camera plays it, and its length is known. */
static const JobRecord *find_seen(const Session *session, const PlanJob *job)
{
    const JobRecord *found = NULL;
    for (guint i = 0; i < session->plan->jobs->len && (found == NULL || found->status != JOB_DONE); i++) {
        const PlanJob *other = g_ptr_array_index(session->plan->jobs, i);
        if (is_seen_by(job, other))
            found = g_ptr_array_index(session->records, i);
    }
    return found;
}

/* The orders of systems that are live, once all others have ended. */
static bool collect_live(Session *session, GError **error)
{
    g_array_set_size(session->todo, 0);
    for (guint i = 0; i < session->live->len; i++) {
        const PlanJob *job = g_ptr_array_index(session->live, i);
        WorkerJob order = order_of(session, job);
        order.seen = find_seen(session, job);
        g_assert(order.seen != NULL); /* each scenario has its own job beside an engine's */
        if (order.seen->status == JOB_DONE) {
            g_array_append_val(session->todo, order);
            continue;
        }
        JobRecord *record = blank_copy(g_ptr_array_index(session->records, job->index));
        mark(record, JOB_FAILED, order.seen->fault, order.seen->reason);
        session->ended++;
        if (!keep(session, record, NULL, NULL, error))
            return false;
    }
    g_ptr_array_set_size(session->live, 0);
    return true;
}

/* What came of one order; its footage is counted. `restarted`: the process ended, and the rest of the chain
 * goes on in a new one. */
static bool note_order(Session *session, const WorkerJob *order, const PoolPart *part, bool restarted,
                       const JobCost *cost, GError **error)
{
    const PlanJob *job = order->job;
    JobRecord *record = blank_copy(g_ptr_array_index(session->records, job->index));
    g_autoptr(GPtrArray) looks = g_ptr_array_new_with_free_func((GDestroyNotify)look_record_free);
    g_autoptr(GError) unreadable = NULL;
    if (part->result == NULL)
        mark(record, JOB_FAILED, part->fault, part->reason);
    else if (!message_parse(part->result, record, looks, &unreadable) ||
             !earlier_take_over(order, record, &unreadable))
        mark(record, JOB_FAILED, VSAUDIT_ERROR_HARNESS, unreadable->message);
    if (record->status == JOB_FAILED) {
        g_ptr_array_unref(looks);
        looks = restarted ? engine_said_restarted(job, record->reason)
                          : g_ptr_array_new_with_free_func((GDestroyNotify)look_record_free);
    }
    session->ended++;
    session->footage_us += record->status == JOB_DONE ? record->duration_us : 0;
    return keep(session, record, looks, cost, error);
}

/* Those that a chain's worker did not come to go on in a new one. */
static void put_back(Session *session, const WorkerJob *orders, guint count)
{
    if (count > 0)
        g_array_append_vals(session->rest, orders, count);
}

/* A process said something about a clip after its end: that is the one that fails, and what it was being
 * shown goes on in a new one. */
static bool note_late(Session *session, const WorkerJob *orders, const PoolOutcome *outcome, guint place,
                      const char *reason, GError **error)
{
    const guint parts = outcome->parts->len;
    const PoolPart late = {.fault = VSAUDIT_ERROR_INPUT, .reason = (char *)(uintptr_t)reason};
    put_back(session, &orders[parts], orders->chain_length - parts);
    for (guint i = 0; i < parts; i++) {
        const PoolPart *part = &g_array_index(outcome->parts, PoolPart, i);
        const bool blamed = i == place;
        if (!note_order(session, &orders[i], blamed && part->result != NULL ? &late : part, blamed,
                        blamed ? &outcome->cost : NULL, error))
            return false;
    }
    return true;
}

static bool note_job(guint index, const PoolOutcome *outcome, void *user, GError **error)
{
    Session *session = user;
    const WorkerJob *orders = g_ptr_array_index(session->heads, index);
    const int64_t before_us = session->footage_us;
    if (orders->job->engine != NULL)
        folder_remove_scratch(session->options->folder, orders->job->index);
    guint place;
    const char *late = message_late(outcome->result, &place);
    if (late != NULL && place < outcome->parts->len && outcome->parts->len < orders->chain_length) {
        const bool noted = note_late(session, orders, outcome, place, late, error);
        session->lengths[index] = session->footage_us - before_us;
        return noted;
    }
    const guint parts = MIN(outcome->parts->len, orders->chain_length - 1);
    for (guint i = 0; i < parts; i++) {
        if (!note_order(session, &orders[i], &g_array_index(outcome->parts, PoolPart, i), false, NULL, error))
            return false;
    }
    const PoolPart last = {outcome->result, outcome->fault, outcome->reason};
    const guint rest = orders->chain_length - parts - 1;
    put_back(session, &orders[parts + 1], rest);
    if (!note_order(session, &orders[parts], &last, rest > 0, &outcome->cost, error))
        return false;
    if (outcome->result == NULL)
        session->footage_us = MAX(session->footage_us, before_us + outcome->done_us);
    session->lengths[index] = session->footage_us - before_us;
    return true;
}

static void tick(const PoolRunning *running, guint count, void *user)
{
    Session *session = user;
    if (session->options->progress == NULL)
        return;
    RunProgress progress = {
        .jobs = session->records->len,
        .footage_done_us = session->footage_us,
        .footage_known = true,
        .elapsed_s = (double)(g_get_monotonic_time() - session->started_us) / 1e6,
    };
    for (guint i = 0; i < count; i++) {
        session->lengths[running[i].index] = running[i].total_us;
        progress.footage_done_us += running[i].done_us;
    }
    for (guint i = 0; i < session->heads->len; i++) {
        progress.footage_us += session->lengths[i];
        progress.footage_known = progress.footage_known && session->lengths[i] > 0;
    }
    for (guint i = 0; i < session->records->len; i++) {
        const JobRecord *record = g_ptr_array_index(session->records, i);
        progress.jobs_failed += record->status == JOB_FAILED || record->status == JOB_MISSING;
        progress.jobs_ended += record->status != JOB_PENDING;
    }
    session->options->progress(&progress, session->options->user);
}

static bool note_environment(Store *store, int64_t session, GError **error)
{
    json_t *environment = environment_describe();
    json_object_set_new(environment, "sandbox", sandbox_describe());
    char *text = json_dumps(environment, JSON_COMPACT);
    const bool noted = store_note_environment(store, session, text, error);
    free(text);
    json_decref(environment);
    return noted;
}

/* Runs all orders of `todo`; what is left of chains is in `rest`. */
static bool run_round(Session *session, int64_t workers, GError **error)
{
    g_ptr_array_set_size(session->heads, 0);
    g_array_set_size(session->rest, 0);
    chain_join(session->plan, session->todo, session->heads);
    g_free(session->lengths);
    session->lengths = g_new0(int64_t, MAX(session->heads->len, 1));
    for (guint i = 0; i < session->heads->len; i++)
        session->lengths[i] = length_of(g_ptr_array_index(session->heads, i));
    const PoolSpec spec = {.work = session->earlier != NULL ? earlier_run : worker_run,
                           .confine = session->earlier != NULL ? earlier_confine : NULL, /* it does itself */
                           .workers = workers,
                           .time_factor = session->options->time_factor,
                           .time_floor_s = session->options->time_floor_s,
                           .memory_mib = session->options->memory_mib,
                           .cancel = session->options->cancel,
                           .length = length_of,
                           .weight = weight_of,
                           .grace_s = chain_grace_s,
                           .ended = note_job,
                           .tick = tick,
                           .user = session};
    return pool_run(&spec, (const gconstpointer *)session->heads->pdata, session->heads->len, error);
}

static bool is_cancelled(const Session *session)
{
    return session->options->cancel != NULL && *session->options->cancel != 0;
}

/* All orders of `todo`, and what is left of their chains. */
static bool run_rounds(Session *session, int64_t workers, GError **error)
{
    bool ran = true;
    while (ran && session->todo->len > 0 && !is_cancelled(session)) {
        ran = run_round(session, workers, error);
        GArray *rest = session->rest;
        session->rest = session->todo;
        session->todo = rest;
    }
    return ran;
}

/* Says whom it waits for: it may be somebody else who has to start it. */
static void announce_live(const Session *session)
{
    for (guint i = 0; i < session->todo->len && session->options->waits != NULL; i++) {
        const PlanJob *job = g_array_index(session->todo, WorkerJob, i).job;
        if (i == 0 || job->engine != g_array_index(session->todo, WorkerJob, i - 1).job->engine)
            session->options->waits(job->engine, session->options->user);
    }
}

static bool run_jobs(Session *session, GError **error)
{
    const int64_t workers = CLAMP(session->options->workers, 1, MAX((int64_t)session->todo->len, 1));
    const int64_t number = store_begin_session(session->store, workers, session->options->from, error);
    if (number == 0 || !note_environment(session->store, number, error))
        return false;
    bool ran = run_rounds(session, workers, error);
    if (ran && session->live->len > 0 && !is_cancelled(session)) {
        ran = collect_live(session, error);
        announce_live(session);
        ran = ran && run_rounds(session, 1, error);
    }
    folder_sweep(session->options->folder);
    if (!ran)
        return false;
    if (!is_cancelled(session))
        tick(NULL, 0, session);
    const double wall_s = (double)(g_get_monotonic_time() - session->started_us) / 1e6;
    return store_end_session(session->store, number, session->ended, session->footage_us, wall_s, error);
}

/* ---- the run */

static bool count_looks_failed(Session *session, RunSummary *summary, GError **error)
{
    for (guint i = 0; i < session->plan->jobs->len; i++) {
        const PlanJob *job = g_ptr_array_index(session->plan->jobs, i);
        if (((const JobRecord *)g_ptr_array_index(session->records, i))->status != JOB_DONE)
            continue;
        for (guint l = 0; l < job->looks->len; l++) {
            const PlanLook *look = &g_array_index(job->looks, PlanLook, l);
            g_autoptr(GError) cause = NULL;
            g_autoptr(LookRecord) record =
                store_find_look(session->store, job->index, look->scenario->id, look->system->id, &cause);
            if (cause != NULL) {
                g_propagate_error(error, g_steal_pointer(&cause));
                return false;
            }
            summary->looks_failed += record != NULL && record->reason != NULL;
        }
    }
    return true;
}

static bool summarise(Session *session, RunSummary *summary, GError **error)
{
    *summary = (RunSummary){
        .jobs = session->records->len,
        .footage_us = session->footage_us,
        .kept = session->kept,
        .wall_s = (double)(g_get_monotonic_time() - session->started_us) / 1e6,
        .cancelled = session->options->cancel != NULL && *session->options->cancel != 0,
    };
    for (guint i = 0; i < session->records->len; i++) {
        const JobRecord *record = g_ptr_array_index(session->records, i);
        summary->done += record->status == JOB_DONE;
        summary->failed += record->status == JOB_FAILED;
        summary->missing += record->status == JOB_MISSING;
        summary->pending += record->status == JOB_PENDING;
        const bool probe = ((const PlanJob *)g_ptr_array_index(session->plan->jobs, i))->probe != NULL;
        summary->truncated += record->quality != NULL && record->quality->truncated && !probe;
        summary->probe_jobs += probe;
        summary->probe_us += probe && record->status == JOB_DONE ? record->duration_us : 0;
        if (record->status != JOB_FAILED && record->status != JOB_MISSING)
            continue;
        summary->failed_input += record->fault == VSAUDIT_ERROR_INPUT;
        summary->failed_integrity += record->fault == VSAUDIT_ERROR_INTEGRITY;
        summary->failed_harness += record->fault == VSAUDIT_ERROR_HARNESS;
    }
    return count_looks_failed(session, summary, error);
}

static bool run_whole_session(Session *session, RunSummary *summary, GError **error)
{
    const RunOptions *options = session->options;
    if (options->from != NULL) {
        /* Its filter graphs have been tried by the run that used them. */
        session->earlier = earlier_open(options->from, session->plan, error);
        if (session->earlier == NULL)
            return false;
    } else if (!try_inputs(session, error)) {
        return false;
    }
    if (!open_session(session, error) || !collect_todo(session, error))
        return false;
    if (session->todo->len + session->live->len > 0 && !run_jobs(session, error))
        return false;
    return summarise(session, summary, error);
}

Run *runner_run(const Audit *audit, const RunOptions *options, RunSummary *summary, GError **error)
{
    g_autoptr(Plan) plan = plan_new(audit, error);
    if (plan == NULL)
        return NULL;
    g_autoptr(Run) run = g_new0(Run, 1);
    run->lock = folder_lock(options->folder, error);
    if (run->lock < 0)
        return NULL;
    folder_sweep(options->folder);
    Session session = {.options = options,
                       .plan = plan,
                       .todo = g_array_new(FALSE, FALSE, sizeof(WorkerJob)),
                       .rest = g_array_new(FALSE, FALSE, sizeof(WorkerJob)),
                       .heads = g_ptr_array_new(),
                       .live = g_ptr_array_new(),
                       .started_us = g_get_monotonic_time()};
    const bool ok = run_whole_session(&session, summary, error);
    run->store = session.store;
    g_clear_pointer(&session.records, g_ptr_array_unref);
    g_clear_pointer(&session.earlier, earlier_free);
    g_array_unref(session.todo);
    g_array_unref(session.rest);
    g_ptr_array_unref(session.heads);
    g_ptr_array_unref(session.live);
    g_free(session.lengths);
    return ok ? g_steal_pointer(&run) : NULL;
}
