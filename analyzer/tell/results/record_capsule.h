/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a capsule shows of the logs that came back for it. Members have the names of the keys;
 * fields_capsule.c says of each its unit and what it means when it is not there. */
#ifndef VSAUDIT_RESULTS_RECORD_CAPSULE_H
#define VSAUDIT_RESULTS_RECORD_CAPSULE_H

#include "results/values.h"

/* one thing that was looked for in a log */
RESULTS_RECORD(capsule_finding, ResultsCapsuleFinding, {
    const char *id, *state;
    int64_t count, of;
    double expected, p;
    const json_t *sentence, *meaning;
});

/* how far apart the answers to the same clip are */
RESULTS_RECORD(capsule_differences, ResultsCapsuleDifferences, {
    int64_t pairs, equal;
    double median_s, p90_s, largest_s;
});

/* a log that came back */
RESULTS_RECORD(capsule_system, ResultsCapsuleSystem, {
    const char *system, *file, *sha256;
    int64_t alerts;
    ResultsCapsuleDifferences differences;
    RESULTS_LIST(ResultsCapsuleFinding) findings;
});

/* clips that were handed over */
RESULTS_RECORD(capsule, ResultsCapsule, {
    const char *seal_sha256, *signer;
    int64_t clips, repeated, canaries;
    double tolerance_s;
    RESULTS_LIST(ResultsCapsuleSystem) systems;
});

#endif
