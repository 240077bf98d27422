/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules of eval-2 once more, in whole seconds, every matching tried: what the program is held against. */
#ifndef VSAUDIT_TESTS_EVAL2_ORACLE_H
#define VSAUDIT_TESTS_EVAL2_ORACLE_H

#include "draw_clips.h"

enum { ORACLE_MOST = 6, ORACLE_SECONDS = 80, ORACLE_BEFORE = 10 }; /* times from -10 s */

typedef struct {
    const EvalClip *clip;
    const EvalSettings *settings;
    double threshold; /* alerts below it are not there; -1: all are, those without confidence too */
    bool watched[ORACLE_SECONDS], scored[ORACLE_SECONDS];
    bool event_scored[ORACLE_MOST];
    size_t event_order[ORACLE_MOST], alert_order[ORACLE_MOST], event_count, alert_count;
    int64_t choice[ORACLE_MOST], best[ORACLE_MOST]; /* place in alert_order, or -1; by place in event_order */
    int64_t best_score[5];
    bool used[ORACLE_MOST], any;
    AlertOutcome outcomes[ORACLE_MOST];
    int64_t event_of[ORACLE_MOST];
    int64_t hits, false_strict, elsewhere;
} Eval2Oracle;

/* Judges the clip of an oracle of which clip, settings and threshold alone are set. */
void eval2_oracle_judge(Eval2Oracle *oracle);

#endif
