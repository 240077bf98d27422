/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The store of one run, RUN/store.sqlite: sole owner of results. The only place with sqlite3.h.
 *
 * What must be the same on every run (jobs, looks, alerts, counters) is kept apart from what never is (hosts,
 * dates, speed, attempts). Only the parent process writes; a job is written in one transaction, so that a job
 * is there in full or not at all whenever the process is killed. The write-ahead log needs a local disk.
 * Unknown, none and zero stay three different values.
 *
 * A *job* is one replay: (dataset, clip, condition, perception digest). A *use* says that a scenario counts
 * that job in its exposure. A *look* is what one system of one scenario said about it: a reference system, or
 * one that runs and has jobs of its own (the digest is then that of its description), which no scenario
 * counts in its exposure. */
#ifndef VSAUDIT_STORE_STORE_H
#define VSAUDIT_STORE_STORE_H

#include "records/count.h"
#include "records/error.h"
#include "records/event.h"
#include "records/quality.h"

typedef struct Store Store;

/* What a run's alerts depend on; a run is resumed only when all parts are the same. Truth, claims and texts
 * are no such parts: they count when the results are scored. */
typedef struct {
    char *kind;   /* "program", "clip", "condition", "job", "rule" */
    char *name;   /* id or file name; (kind, name) is unique within a plan */
    char *digest; /* SHA-256 in hex, or the program's version */
} PlanPart;

PlanPart *plan_part_new(const char *kind, const char *name, const char *digest);
void plan_part_free(PlanPart *part); /* NULL is fine */

typedef enum {
    JOB_PENDING, /* not run yet */
    JOB_DONE,    /* replayed to the end; single looks may still have failed */
    JOB_FAILED,  /* the reason says why; no look has a result. One of a system that runs says whether it was
                    started anew for the clips behind this one (LookRecord.said) */
    JOB_MISSING, /* the clip has no file on this machine */
} JobStatus;

/* "pending", "done", "failed", "missing". */
const char *job_status_name(JobStatus status);

typedef struct {
    int64_t index; /* place in the plan, from 0 */
    char *dataset, *clip, *condition;
    char *perception; /* digest of the perception settings, or of the engine */
    json_t *engine;   /* of a job that is some system's own, and tells nothing of the clip: what that is
                         (systems/engine.h; a network: its kind alone); NULL: another job */
    JobStatus status;
    VsauditErrorCode fault; /* of a failed job: INPUT (the clip or its truth), INTEGRITY (not the file that
                               its hash says) or HARNESS (crash, time or memory limit). INPUT for a missing
                               one. Meaningless else */
    char *reason;           /* a sentence for people when failed or missing; else NULL */
    ClipQuality *quality;   /* NULL unless done */
    int64_t duration_us;    /* the replay's real duration; TIME_UNKNOWN unless done */
    double aspect;          /* picture width / height; NAN unless done */
    char *file_sha256;  /* of the clip's file as it was replayed (of several all of them, parted by blanks);
                           NULL when it was not read, or is an image  sequence */
    char *observations; /* file with its observations, relative to the run's folder; NULL = none saved */
} JobRecord;

JobRecord *job_record_new(int64_t index, const char *dataset, const char *clip, const char *condition,
                          const char *perception); /* pending, nothing known */
void job_record_free(JobRecord *record);           /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(JobRecord, job_record_free)

/* What one reference system of a scenario said about a job. */
typedef struct {
    char *scenario, *system; /* ids */
    char *reason;      /* a sentence when the rule could not run on this clip (then no alerts); else NULL */
    GPtrArray *alerts; /* of Alert *, sorted; never NULL */
    json_t *counters;  /* {"passages": 12}; never NULL */
    GArray *series;    /* of CountSample: what a rule that counts people counted; NULL = it does not */
    json_t *said;      /* what a system that runs told of itself (systems/engine.h); NULL: another one */
} LookRecord;

LookRecord *look_record_new(const char *scenario, const char *system); /* no alerts, no counters */
void look_record_free(LookRecord *record);                             /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LookRecord, look_record_free)

/* What a job cost, and what its worker said on stderr. Never part of a result. */
typedef struct {
    double wall_s, cpu_s;
    int64_t peak_rss_kib;
    char *log; /* tail of the worker's stderr, or NULL */
} JobCost;

/* One session of `vsaudit run` on this store. */
typedef struct {
    char *host;
    char *started, *finished; /* ISO 8601, UTC; finished is NULL for a session that was killed */
    int64_t workers;
    int64_t jobs;          /* that this session ended */
    int64_t footage_us;    /* that this session replayed */
    double wall_s;         /* 0 when not finished */
    char *observations_of; /* folder of the earlier run whose saved observations it looked at; NULL = video */
    char *environment;     /* libraries and processor, as JSON (runner/environment.h); NULL = not known */
} RunSession;

void run_session_free(RunSession *session); /* NULL is fine */

/* ---- opening. All functions that fail set HARNESS (the disk, a damaged store) or INPUT (not a store, one of
 * a newer program). */

/* Makes a new store at `path`, which must not exist: the plan's parts (of PlanPart *), its jobs (of JobRecord
 * *, index = place in the array), and for each job who uses it (`uses`: of GPtrArray * of char *, same order
 * as jobs): a scenario, to which it tells of the clip, and "scenario<tab>system" for a system that does not
 * see by its scenario's settings. The file appears only when it is complete. */
Store *store_create(const char *path, const GPtrArray *parts, const GPtrArray *jobs, const GPtrArray *uses,
                    GError **error);
/* Opens a store. NULL with INPUT when there is none or it is no store of this program, with INTEGRITY when it
 * is damaged, or when a job's results are no longer those that were written: that tells what was edited by
 * hand, not a forger who knows how the digests are made. */
Store *store_open(const char *path, GError **error);
void store_close(Store *store); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Store, store_close)

/* NULL when the store's plan consists of exactly these parts, else what differs in one sentence for people
 * (caller frees): "scenario “x” has changed, dataset “y” was not part of it". On failure NULL with an error.
 */
char *store_explain_difference(Store *store, const GPtrArray *parts, GError **error);
/* The plan's parts in order, of PlanPart *; caller unrefs. */
GPtrArray *store_list_parts(Store *store, GError **error);

/* ---- writing */

/* Writes what came of a job, in one transaction, over what was there: record's status, fault, reason,
 * quality, duration, aspect, file_sha256, observations (found by index), its looks (of LookRecord *, may be
 * NULL = none) and its cost (or NULL). Counts one attempt. */
bool store_write_job(Store *store, const JobRecord *record, const GPtrArray *looks, const JobCost *cost,
                     GError **error);
/* A session starts; returns its number (> 0), 0 on failure. `observations_of`: see RunSession. */
int64_t store_begin_session(Store *store, int64_t workers, const char *observations_of, GError **error);
/* Says by what a session decodes and looks. */
bool store_note_environment(Store *store, int64_t session, const char *environment, GError **error);
bool store_end_session(Store *store, int64_t session, int64_t jobs, int64_t footage_us, double wall_s,
                       GError **error);

/* ---- reading */

/* All jobs by index, of JobRecord *; caller unrefs. */
GPtrArray *store_list_jobs(Store *store, GError **error);
/* The job that a scenario counts for a clip under a condition; caller frees. NULL without error when the plan
 * has none. */
JobRecord *store_find_job(Store *store, const char *scenario, const char *clip, const char *condition,
                          GError **error);
/* The job in which a system that sees by itself saw a clip under a condition; else as above. */
JobRecord *store_find_engine(Store *store, const char *scenario, const char *system, const char *clip,
                             const char *condition, GError **error);
/* The systems that see by themselves in a job: "a, b"; NULL without error: none does. Caller frees. */
char *store_job_systems(Store *store, int64_t job, GError **error);
/* What a system said about a job; caller frees. NULL without error when there is no such look (the
 * job failed, or was not run); that of a failed job has nothing but `reason` and `said`. */
LookRecord *store_find_look(Store *store, int64_t job, const char *scenario, const char *system,
                            GError **error);
/* How often a job was tried; -1 on failure. */
int64_t store_count_attempts(Store *store, int64_t job, GError **error);
/* The cost of a job's last attempt. False without error when it was never tried. Clear with g_free(log). */
bool store_read_cost(Store *store, int64_t job, JobCost *cost, GError **error);
/* Sessions in order, of RunSession *; caller unrefs. */
GPtrArray *store_list_sessions(Store *store, GError **error);

#endif
