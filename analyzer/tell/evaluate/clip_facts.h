/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of one clip under one condition before it is scored: its job, what the system said, the
 * events of the scenario's behaviour and the time that somebody watched for it. */
#ifndef VSAUDIT_EVALUATE_CLIP_FACTS_H
#define VSAUDIT_EVALUATE_CLIP_FACTS_H

#include "scoring/eval.h"
#include "systems/system.h"

typedef struct {
    const Clip *clip;
    JobRecord *job; /* never NULL */
    SystemOutput output;
    GPtrArray *events; /* of const Event *, of the scenario's behaviour */
    SpanList coverage; /* empty when nobody watched */
    bool annotated;
    SpanList unwatched; /* no sound picture vouches for it: undecoded or unseen */
    int64_t
        not_seen_us; /* of the coverage: what no picture vouches for (pauses), without what was not decoded */
} ClipFacts;

/* Initialises `facts`, also when it fails: false with an error. The audit, and the systems, must outlive
 * them. */
bool clip_facts_collect(ClipFacts *facts, const Scenario *scenario, const SystemSpec *system,
                        const ConditionSpec *condition, const Clip *clip, Systems *systems, Store *store,
                        GError **error);
void clip_facts_clear(gpointer facts);

/* The clip's length (systems/watched.h). */
int64_t clip_facts_duration(const ClipFacts *facts);
/* Whether there is no judgement on this clip: it was not replayed, or the system could not look at it. */
bool clip_facts_failed(const ClipFacts *facts);
/* What scoring takes; points into the facts, which must stay where they are. */
EvalClip clip_facts_scoring_input(const ClipFacts *facts, const char *behaviour);
/* Why something at `t_us` was not scored: "clip_failed", "clip_missing", "clip_not_run", "not_decoded",
 * "no_picture" (a pause between pictures, or before the first), "not_annotated", "doubtful_event". */
const char *clip_facts_reason(const ClipFacts *facts, int64_t t_us);

#endif
