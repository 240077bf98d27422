/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Worker processes: runs a list of jobs, each in a process of its own, a few at a time.
 *
 * A worker is forked from the parent before anything heavy has run there, has its own memory limit, dies with
 * the parent, and sends one message back: a length (4 bytes, host order) and a JSON object. Whatever else
 * happens to it becomes a sentence. The pool knows nothing of video. */
#ifndef VSAUDIT_RUNNER_POOL_H
#define VSAUDIT_RUNNER_POOL_H

#include "sandbox/sandbox.h"
#include "store/store.h"

#include <jansson.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/* Shared between a worker and the parent: how far it is. */
typedef struct {
    _Atomic int64_t done_us;  /* footage replayed */
    _Atomic int64_t total_us; /* footage to replay as far as the worker knows; 0 = it does not */
    _Atomic int64_t pictures; /* that were delivered: what no clip can claim */
} PoolPulse;

/* In the worker: one more picture, at done_us. */
void pool_pulse_step(PoolPulse *pulse, int64_t done_us);

/* In the worker, for a job of several parts: what came of one that is not the last; takes `result`, NULL: it
 * failed with `failure`. */
void pool_send_part(json_t *result, const GError *failure);

/* Runs in the worker. Returns what to send to the parent, or NULL with an error, whose message becomes the
 * job's reason. */
typedef json_t *(*PoolWork)(gconstpointer job, PoolPulse *pulse, GError **error);

typedef struct {
    json_t *result;         /* what the worker returned; NULL when the job failed */
    VsauditErrorCode fault; /* of a failed job: the worker's own error, else HARNESS */
    char *reason;           /* a sentence without the job's name; NULL when there is a result */
} PoolPart;

typedef struct {
    GArray *parts; /* of PoolPart: those that were sent before; the last part follows */
    json_t *result;
    VsauditErrorCode fault;
    char *reason;
    JobCost cost;
    int64_t done_us; /* footage it replayed */
} PoolOutcome;

typedef struct {
    guint index; /* of the job */
    int64_t done_us, total_us;
} PoolRunning;

/* Adds to `spec` what the job may read and write. */
typedef void (*PoolConfine)(gconstpointer job, SandboxSpec *spec);

typedef struct {
    PoolWork work;
    /* In the worker, before `work`: adds to `spec` what the job may read and write; everything else is
     * refused from then on, with the network and all programs. NULL = the work confines itself, or nothing
     * does: it must not read what strangers made. */
    PoolConfine confine;
    int64_t workers;               /* >= 1 */
    double time_factor;            /* time limit of a job: so many times its footage … */
    double time_floor_s;           /* … but never less than this. See pool_time_limit */
    int64_t memory_mib;            /* memory limit of a worker; 0 = none */
    volatile sig_atomic_t *cancel; /* when it becomes true all workers are killed; NULL = never */
    /* How much footage a job has, 0 = not known. NULL = not known for any. */
    int64_t (*length)(gconstpointer job);
    /* How many bytes a job may have to read before its first picture, 0 = few. NULL = few for all. */
    int64_t (*weight)(gconstpointer job);
    /* Seconds that a job has besides, because it goes by the clock; NULL = none for all. */
    double (*grace_s)(gconstpointer job);
    /* In the parent, for each job that ended, in the order in which they end. False with an error stops the
     * pool. */
    bool (*ended)(guint index, const PoolOutcome *outcome, void *user, GError **error);
    /* In the parent, a few times a second: what runs now. NULL = not. */
    void (*tick)(const PoolRunning *running, guint count, void *user);
    void *user;
} PoolSpec;

/* The limit in seconds of a job that says it has `footage_us`, has delivered so many pictures and weighs so
 * many bytes. A clip's word for its length counts for one second a picture at most, which pictures that were
 * decoded and looked at have paid for; a claim alone, or a leap of its clock, buys nothing. To the limit
 * comes one second for every 10 MB, in which a slow disk is read through for the hash. */
double pool_time_limit(const PoolSpec *spec, int64_t footage_us, int64_t pictures, int64_t bytes);
/* What a file holds in bytes, without what is only claimed (holes); 0 when it is no file. */
int64_t pool_weigh_file(const char *path);

/* In the worker: confines it, for a work that has something to do before. False with a HARNESS error: then it
 * must read nothing. */
bool pool_confine(PoolConfine confine, gconstpointer job, GError **error);

/* Starts the jobs in their order. True when all ended or `cancel` was set (jobs not ended are then not
 * reported); false with an error when the parent cannot go on. No worker is left behind in either case. */
bool pool_run(const PoolSpec *spec, const gconstpointer *jobs, guint count, GError **error);

#endif
