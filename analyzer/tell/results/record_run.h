/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is kept beside results.json: run.json, the facts of its sessions, and replays.jsonl, a line a replay.
 * Members have the names of the keys; fields_run.c says of each its unit and what it means when it is not
 * there. */
#ifndef VSAUDIT_RESULTS_RECORD_RUN_H
#define VSAUDIT_RESULTS_RECORD_RUN_H

#include "results/record_clip.h"

/* one call of the program */
RESULTS_RECORD(session, ResultsSession, {
    const char *started, *finished;
    double jobs, footage_s, wall_s, speed;
});

/* the facts of a run */
RESULTS_RECORD(run, ResultsRun, { RESULTS_LIST(ResultsSession) sessions; });

/* the alerts of one built-in behaviour */
RESULTS_RECORD(look, ResultsLook, {
    const char *scenario, *system;
    RESULTS_LIST(ResultsAlert) alerts;
});

/* what a replay that is done found */
RESULTS_RECORD(measured, ResultsMeasured, {
    int64_t duration_us;
    ResultsQuality quality;
    RESULTS_LIST(ResultsLook) looks;
});

/* a replay */
RESULTS_RECORD(replayed, ResultsReplayed, {
    const char *dataset, *clip, *condition, *status, *reason, *fault, *perception;
    ResultsBool observations, engine, restarted;
    ResultsMeasured measured;
});

#endif
