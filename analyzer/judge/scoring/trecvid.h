/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TRECVID surveillance event detection, as NIST's F4DE scores it.
 *
 * A pair is comparable when the middle of the system's event lies within the reference event widened by the
 * tolerance. One-to-one matching maximises the sum of 1 + 1e-6 * (score, scaled to 0..1 over the system's
 * events of that kind) + 1e-8 * (overlap / reference duration): so the number of matches comes first. Times
 * are seconds. R_FA counts per hour of scored signal; the detection cost is
 * P_miss + cost_fa / (cost_miss * target_rate) * R_FA, 1 for a system that says nothing. */
#ifndef VSAUDIT_SCORING_TRECVID_H
#define VSAUDIT_SCORING_TRECVID_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct {
    int file;
    double begin_s, end_s; /* end > begin */
    double score;          /* system only */
    bool decision;         /* system only: would it have raised the alarm */
} TrecvidEvent;

typedef struct {
    double tolerance_s;                     /* delta t; no default, part of every published run */
    double duration_s;                      /* of the scored signal, from the experiment's control file */
    double cost_miss, cost_fa, target_rate; /* 10, 1 and 1.8 per hour in the scorer's defaults */
} TrecvidSettings;

typedef struct {
    int64_t targets, systems, unmatched_systems;
    int64_t detected;           /* matched, decision yes */
    int64_t false_alarms;       /* unmatched, decision yes */
    int64_t correct_rejections; /* unmatched, decision no */
    int64_t missed;             /* targets that were not detected */
    double r_fa, p_miss, cost;  /* at the system's own decisions; p_miss and cost NAN without target */
    double decision_threshold;  /* midway between the lowest yes and the highest no; NAN without events */
    double min_r_fa, min_p_miss, min_cost, min_threshold; /* at the best threshold in hindsight; without
                                                              target at the lowest score */
} TrecvidResult;

/* All events of one kind. Fills system_of_reference[reference_count] with indices or -1 unless it is NULL. */
TrecvidResult trecvid_evaluate(const TrecvidEvent *references, size_t reference_count,
                               const TrecvidEvent *systems, size_t system_count,
                               const TrecvidSettings *settings, int64_t *system_of_reference);

#endif
