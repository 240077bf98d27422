/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a run has to do: jobs = clip × condition × perception settings, in an order that depends on the audit
 * alone. A clip is replayed once per condition and perception, whatever the number of scenarios, behaviours
 * and systems that look at it (a network sees by settings of its own); and once more for each engine, a
 * system that runs (systems/engine.h) with what it is told. */
#ifndef VSAUDIT_RUNNER_PLAN_H
#define VSAUDIT_RUNNER_PLAN_H

#include "config/scenario.h"
#include "store/store.h"

/* One behaviour run of a job. All pointers belong to the audit. */
typedef struct {
    const Scenario *scenario;
    const SystemSpec *system; /* one that replays; in an engine's job one that runs, or its variant */
} PlanLook;

typedef struct {
    int64_t index;
    const Dataset *dataset;
    const Clip *clip;
    const ConditionSpec *condition;
    const ParamList *perception;
    char *perception_digest;  /* of an engine's job: the digest of what it is */
    const SystemSpec *engine; /* the first of those that run as this engine; NULL: our own eyes look */
    /* Of a job that tells nothing of the clip itself, since it is some system's own: what that is (of a
     * network, its kind). Else NULL. Owned. */
    json_t *engine_description;
    bool chained;       /* one process works through all jobs of this engine, which stand beside each other */
    const Probe *probe; /* what the clip is put through (plan_probes.h); NULL: nothing. Then `clip` may be
                           another than the dataset's: drawn on otherwise, or as long as its empty scene */
    int64_t probe_us;   /* PROBE_EMPTY_HOUR: its length; PROBE_INTERRUPTED: from where on pictures come later;
                           else 0 */
    guint lane, lanes;  /* of a live system: at which of its addresses, from 0, and how many it has; else 0 */
    char *label;        /* by which a system that runs is told the clip; NULL: its place in the order */
    GPtrArray *scenarios; /* of const Scenario *: those that count this clip; never empty, each once */
    GPtrArray *owners;    /* of const Scenario *: those for which it tells of the clip, each once */
    GArray *looks;        /* of PlanLook; empty = nobody looks, the clip is replayed for its quality only */
} PlanJob;

typedef struct {
    GPtrArray *jobs;               /* of PlanJob * */
    GPtrArray *parts;              /* of PlanPart *: what the jobs' results depend on, for the store */
    GPtrArray *conditions, *clips; /* of ConditionSpec *, Clip *: those of probes, to which jobs point */
} Plan;

/* The audit must outlive the plan. Fails (INPUT) when one id stands for two things (a condition with two
 * filters, a dataset with two contents), a parameter is wrong, a behaviour cannot open on a clip (a zone that
 * it lacks). */
Plan *plan_new(const Audit *audit, GError **error);
/* The same with every problem collected: NULL when there were any. */
Plan *plan_read(const Audit *audit, Problems *problems);
void plan_free(Plan *plan); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Plan, plan_free)
/* The distinct filter graphs, of const char *, in order of first use; caller unrefs. */
GPtrArray *plan_filters(const Plan *plan);
/* Whether a system has jobs of its own, though they may be the same as its scenario's. */
bool plan_sees_by_itself(const Scenario *scenario, const SystemSpec *system);
/* What a condition's filter graph is, in a digest, as in the parts. Caller frees. */
char *plan_condition_digest(const ConditionSpec *condition);
/* What the manifest states of a clip's times (rate, where its files begin), in a digest, as in the parts;
 * NULL: nothing. Caller frees. */
char *plan_times_digest(const Clip *clip);
/* Who uses a job, as store_create asks for it: of char *; caller unrefs. */
GPtrArray *plan_uses(const PlanJob *job);
/* The digest of all parts: two runs with one digest have the same alerts. Caller frees. */
char *plan_digest(const Plan *plan);

#endif
