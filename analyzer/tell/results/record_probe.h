/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a system was put through besides. Members have the names of the keys; fields_probe.c says of each what
 * it means. */
#ifndef VSAUDIT_RESULTS_RECORD_PROBE_H
#define VSAUDIT_RESULTS_RECORD_PROBE_H

#include "results/record_parts.h"

/* a probe on one clip */
typedef struct result_probe_clip {
    const json_t *json;
    const char *clip, *state, *failure;
    int64_t recorded, probed, matched, left_out, left_recorded;
} ResultsProbeClip;

/* a probe of a system */
typedef struct result_probe {
    const json_t *json;
    const char *id, *state, *reason;
    ResultsBool exact;
    int64_t clips, failed, recorded, probed, matched, left_out, left_recorded, written_anew;
    double moved_s, apart_s, expected_s, tolerance_s, agreement, hours;
    const json_t *sentence, *meaning;
    RESULTS_LIST(ResultsProbeClip) details;
} ResultsProbe;

#endif
