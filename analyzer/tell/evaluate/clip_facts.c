/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluate/clip_facts.h"

#include "behaviours/behaviour.h"
#include "systems/watched.h"

#include <string.h>

void clip_facts_clear(gpointer data)
{
    ClipFacts *facts = data;
    job_record_free(facts->job);
    system_output_clear(&facts->output);
    g_ptr_array_unref(facts->events);
    span_list_clear(&facts->coverage);
    span_list_clear(&facts->unwatched);
}

int64_t clip_facts_duration(const ClipFacts *facts)
{
    return watched_length(facts->clip, facts->job);
}

bool clip_facts_failed(const ClipFacts *facts)
{
    return facts->job->status != JOB_DONE || facts->output.reason != NULL;
}

static void collect_events(ClipFacts *facts, const char *behaviour)
{
    for (guint i = 0; i < facts->clip->events->len; i++) {
        Event *event = g_ptr_array_index(facts->clip->events, i);
        if (strcmp(event->behaviour, behaviour) == 0)
            g_ptr_array_add(facts->events, event);
    }
}

static void collect_coverage(ClipFacts *facts, const Scenario *scenario, const SystemSpec *system)
{
    SpanList coverage;
    const int64_t duration_us = clip_facts_duration(facts);
    const int64_t known_us = duration_us == TIME_UNKNOWN ? 0 : duration_us;
    const TruthReading *reading =
        system_kind(system)->is_person ? dataset_find_annotator(scenario->dataset, system->annotator) : NULL;
    facts->annotated = reading != NULL
                           ? reading_coverage(reading, facts->clip, scenario->behaviour, known_us, &coverage)
                           : clip_coverage(facts->clip, scenario->behaviour, known_us, &coverage);
    if (facts->annotated) {
        span_list_copy(&facts->coverage, &coverage);
        span_list_clear(&coverage);
    }
    const GArray *unseen = facts->job->quality != NULL ? facts->job->quality->unseen.spans : NULL;
    for (guint i = 0; unseen != NULL && i < unseen->len; i++) {
        const Span *span = &g_array_index(unseen, Span, i);
        facts->not_seen_us += span_list_overlap(&facts->coverage, span->start_us, span->end_us);
    }
}

bool clip_facts_collect(ClipFacts *facts, const Scenario *scenario, const SystemSpec *system,
                        const ConditionSpec *condition, const Clip *clip, Systems *systems, Store *store,
                        GError **error)
{
    *facts = (ClipFacts){.clip = clip, .events = g_ptr_array_new()};
    span_list_init(&facts->coverage);
    span_list_init(&facts->unwatched);
    GError *cause = NULL;
    facts->job = store_find_job(store, scenario->id, clip->id, condition->id, &cause);
    if (facts->job == NULL) {
        if (cause != NULL)
            g_propagate_error(error, cause);
        else
            g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS,
                        "the run has no job for clip “%s” of scenario “%s”", clip->id, scenario->id);
        return false;
    }
    if (!systems_collect(systems, store, scenario, system, clip, condition, facts->job, &facts->output,
                         error))
        return false;
    watched_lost(facts->job, &facts->unwatched);
    collect_events(facts, scenario->behaviour);
    collect_coverage(facts, scenario, system);
    return true;
}

/* Passages that people counted; a behaviour that counts people at a time keeps those numbers for their error.
 */
static const GArray *true_passages(const ClipFacts *facts, const char *behaviour)
{
    const Behaviour *rule = behaviour_find(behaviour);
    return rule != NULL && rule->series == NULL ? g_hash_table_lookup(facts->clip->counts, behaviour) : NULL;
}

EvalClip clip_facts_scoring_input(const ClipFacts *facts, const char *behaviour)
{
    const json_t *passages = json_object_get(facts->output.counters, "passages");
    return (EvalClip){
        .id = facts->clip->id,
        .camera = facts->clip->camera,
        .camera_unnamed = facts->clip->camera_unnamed,
        .failed = clip_facts_failed(facts),
        .clock_mended = facts->job->quality != NULL && facts->job->quality->clock_mended,
        .duration_us = clip_facts_duration(facts),
        .coverage = &facts->coverage,
        .undecoded = facts->job->quality != NULL ? &facts->unwatched : NULL,
        .events = facts->events,
        .alerts = facts->output.alerts,
        .passages = json_is_integer(passages) ? json_integer_value(passages) : -1,
        .true_passages = true_passages(facts, behaviour),
    };
}

const char *clip_facts_reason(const ClipFacts *facts, int64_t t_us)
{
    if (facts->job->status == JOB_MISSING)
        return "clip_missing";
    if (facts->job->status == JOB_PENDING)
        return "clip_not_run";
    if (clip_facts_failed(facts))
        return "clip_failed";
    const ClipQuality *quality = facts->job->quality;
    if (quality != NULL && (t_us < 0 || span_list_contains(&quality->unseen, t_us)))
        return "no_picture";
    if (quality != NULL &&
        (span_list_contains(&quality->undecoded, t_us) || t_us >= clip_facts_duration(facts)))
        return "not_decoded";
    return span_list_contains(&facts->coverage, t_us) ? "doubtful_event" : "not_annotated";
}
