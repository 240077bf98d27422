/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of one clip takes part in the matching of a protocol (scoring/eval.h): its scored events, and the
 * alerts that may be matched, as scoring/matching.h takes them. */
#ifndef VSAUDIT_SCORING_EVAL_POOL_H
#define VSAUDIT_SCORING_EVAL_POOL_H

#include "scoring/eval.h"
#include "scoring/matching.h"

typedef struct {
    MatchEvent *events;  /* by start */
    size_t *event_index; /* of each in the clip */
    int64_t *ends;       /* the latest end among the first i + 1 events */
    size_t event_count;
    MatchAlert *alerts;
    size_t *alert_index; /* of each in the clip */
    size_t alert_count;
    MatchRules rules;
} EvalPool;

/* `result` has its spans and says which events are scored. A protocol that orders by content gives equals the
 * order of event_compare and alert_compare, then the more confident first: the order of a file's rows changes
 * nothing. */
void eval_pool_init(EvalPool *pool, const EvalClip *clip, const EvalClipResult *result,
                    const EvalSettings *settings);
void eval_pool_clear(EvalPool *pool);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(EvalPool, eval_pool_clear)

/* The scored event, by its index in the clip, whose start is nearest among those that the alert could be
 * matched with (the first of equals); -1 if there is none. */
int64_t eval_pool_in_reach(const EvalPool *pool, int64_t onset_us, Box box);

#endif
