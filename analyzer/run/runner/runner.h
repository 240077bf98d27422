/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs an audit: plans, replays every clip in a worker process, and stores what came of it.
 *
 * A run lives in a folder: store.sqlite (results), observations/ (one file a job, can be replayed through the
 * behaviours without video), run.lock. One process at a time uses a folder. Whatever happens to a worker
 * (crash, hang, too much memory) costs its job and is told; it never costs the run. */
#ifndef VSAUDIT_RUNNER_RUNNER_H
#define VSAUDIT_RUNNER_RUNNER_H

#include "config/scenario.h"
#include "store/store.h"

#include <signal.h>

typedef struct {
    int64_t jobs, jobs_ended, jobs_failed; /* of the whole run, with those ended by earlier sessions; failed
                                              counts the missing ones too */
    int64_t footage_us, footage_done_us;   /* of this session; the total grows when a clip turns out longer
                                              than its manifest says */
    bool footage_known;                    /* every clip's length is known */
    double elapsed_s;                      /* of this session */
} RunProgress;

typedef enum {
    RUN_FRESH,  /* a new run; a finished one of the same plan is taken as it is, an unfinished one is an error
                 */
    RUN_RESUME, /* goes on: jobs that are done are kept, all others are run; a new run when there is none */
    RUN_AGAIN,  /* throws away whatever run is in the folder and starts anew */
} RunMode;

typedef struct {
    const char *folder; /* made when it is not there */
    RunMode mode;
    int64_t workers;     /* >= 1 */
    double time_factor;  /* a job may take so many times its clip's length … */
    double time_floor_s; /* … and always this long */
    int64_t memory_mib;  /* a worker's limit; 0 = none */
    bool save_observations;
    const char *from; /* folder of an earlier run: its saved observations are looked at in place of the video;
                         NULL = replay the video */
    volatile sig_atomic_t *cancel; /* set by a signal handler: stop, keep what is done; NULL = never */
    /* Called a few times a second and at the end; NULL = not. */
    void (*progress)(const RunProgress *progress, void *user);
    /* Called before a system that is live is shown the first clip: it is waited for. NULL = not. */
    void (*waits)(const SystemSpec *system, void *user);
    void *user;
} RunOptions;

typedef struct {
    int64_t jobs, done, failed, missing, pending;
    int64_t failed_input;     /* of the failed and missing: by bad input, */
    int64_t failed_harness;   /* … by the harness, */
    int64_t failed_integrity; /* … because a file is not what its hash says */
    int64_t looks_failed;     /* rules that could not run on a clip that was otherwise replayed (bad input) */
    int64_t truncated;        /* clips that were replayed but end before what their file promises */
    int64_t kept;             /* jobs done by an earlier session and not repeated */
    int64_t probe_jobs;       /* of the jobs: those of probes, … */
    int64_t probe_us;         /* … and what they showed of this run in all */
    int64_t footage_us;       /* replayed by this session */
    double wall_s;
    bool cancelled;
} RunSummary;

void run_options_init(RunOptions *options); /* fresh, one worker a processor, the default limits */

/* A run that has ended, with its folder still locked. */
typedef struct Run Run;

/* Runs the audit. A run with failed jobs, or a cancelled one, is a success: see the summary. NULL with an
 * error: bad input found before any job was started, a folder that is in use or holds another run, a disk
 * that is full. */
Run *runner_run(const Audit *audit, const RunOptions *options, RunSummary *summary, GError **error);
Store *run_store(Run *run); /* belongs to the run */
void run_close(Run *run);   /* closes the store, unlocks the folder; NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Run, run_close)

#endif
