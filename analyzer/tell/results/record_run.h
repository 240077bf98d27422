/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is kept beside results.json: run.json, the facts of its sessions, and replays.jsonl, a line a replay.
 * Members have the names of the keys; fields_run.c says of each its unit and what it means when it is not
 * there. */
#ifndef VSAUDIT_RESULTS_RECORD_RUN_H
#define VSAUDIT_RESULTS_RECORD_RUN_H

#include "results/record_clip.h"

/* one call of the program */
typedef struct result_session {
    const json_t *json;
    const char *started, *finished;
    double jobs, footage_s, wall_s, speed;
} ResultsSession;

/* the facts of a run */
typedef struct result_run {
    const json_t *json;
    RESULTS_LIST(ResultsSession) sessions;
} ResultsRun;

/* the alerts of one built-in behaviour */
typedef struct result_look {
    const json_t *json;
    const char *scenario, *system;
    RESULTS_LIST(ResultsAlert) alerts;
} ResultsLook;

/* what a replay that is done found */
typedef struct result_measured {
    const json_t *json;
    int64_t duration_us;
    ResultsQuality quality;
    RESULTS_LIST(ResultsLook) looks;
} ResultsMeasured;

/* a replay */
typedef struct result_replayed {
    const json_t *json;
    const char *dataset, *clip, *condition, *status, *reason, *fault, *perception;
    ResultsBool observations, engine;
    ResultsMeasured measured;
} ResultsReplayed;

#endif
