/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluate/detail.h"

#include "records/free.h"
#include "results/fields.h"
#include "results/results_json.h"

#include <string.h>

struct Detail {
    Systems *systems;
    GHashTable *entries; /* const json_t * (evaluation) -> Entry * */
};

typedef struct {
    Scored *scored;
    json_t **kept; /* of every clip: as detail_keep_clip made it, or NULL */
} Entry;

Scored *scored_new(const Scenario *scenario)
{
    Scored *scored = g_new0(Scored, 1);
    scored->scenario = scenario;
    scored->facts = g_array_new(FALSE, TRUE, sizeof(ClipFacts));
    g_array_set_clear_func(scored->facts, clip_facts_clear);
    scored->inputs = g_array_new(FALSE, TRUE, sizeof(EvalClip));
    return scored;
}

static void clear_scored(Scored *scored)
{
    for (guint i = 0; scored->kinds != NULL && i < scored->facts->len; i++)
        g_free(scored->kinds[i]);
    g_free(scored->kinds);
    eval_result_free(scored->result);
    g_array_unref(scored->inputs);
    g_array_unref(scored->facts);
}

DEFINE_FREE(scored_free, Scored, scored, clear_scored(scored))

static void clear_entry(Entry *entry)
{
    for (guint i = 0; i < entry->scored->facts->len; i++)
        json_decref(entry->kept[i]);
    g_free(entry->kept);
    scored_free(entry->scored);
}

DEFINE_DESTROY(entry_free, Entry, entry, clear_entry(entry))

/* ---- what is said of a clip, an event, an alert */

int64_t scored_not_seen_us(const Scored *scored, size_t i)
{
    const ClipFacts *facts = &g_array_index(scored->facts, ClipFacts, i);
    return clip_facts_failed(facts) ? 0 : facts->not_seen_us;
}

json_t *scored_describe_clip(const Scored *scored, size_t i)
{
    const ClipFacts *facts = &g_array_index(scored->facts, ClipFacts, i);
    static const Span nothing; /* an empty list is a list */
    const EvalClipResult *result = &scored->result->clips[i];
    const GArray *spans = result->scored.spans;
    const ResultsJudgedClip said = {
        .clip = facts->clip->id,
        .dataset = scored->scenario->dataset->id,
        .camera = facts->clip->camera,
        .duration_us = clip_facts_duration(facts),
        .status = clip_facts_failed(facts) && facts->job->status == JOB_DONE
                      ? "failed"
                      : job_status_name(facts->job->status),
        .reason = facts->job->reason != NULL ? facts->job->reason : facts->output.reason,
        .annotated = results_bool(facts->annotated),
        .scored_us = result->scored_us,
        .scored_spans = {spans->len, spans->len > 0 ? (const Span *)(const void *)spans->data : &nothing},
        .not_annotated_us = result->not_annotated_us,
        .not_decoded_us = result->not_decoded_us - scored_not_seen_us(scored, i),
        .not_seen_us = scored_not_seen_us(scored, i),
        .no_score_us = result->no_score_us,
        .counters = facts->output.counters,
    };
    return results_dump(&result_judged_clip, &said);
}

static Box rounded_box(Box box)
{
    return (Box){results_rounded(box.x), results_rounded(box.y), results_rounded(box.w),
                 results_rounded(box.h)};
}

/* `said` has nothing in it: it is blanked once for a list that may have a million members. */
static json_t *describe_event(const Event *event, const EventResult *result, const ClipFacts *facts,
                              ResultsEvent said)
{
    said.start_us = event->start_us;
    said.end_us = event->end_us;
    said.label = event->label;
    said.certainty = event->certainty == CERTAINTY_SCORED ? "scored" : "dont_care";
    said.outcome = event_outcome_name(result->outcome);
    if (result->outcome == EVENT_NOT_SCORED)
        said.reason = event->certainty == CERTAINTY_DONT_CARE && !clip_facts_failed(facts)
                          ? "doubtful_event"
                          : clip_facts_reason(facts, event->start_us);
    if (result->alert >= 0)
        said.alert = result->alert;
    if (json_object_get(facts->output.engine, "input") == NULL) /* else it told the times itself */
        said.latency_us = result->latency_us;
    said.box = rounded_box(event->box);
    said.track = event->track;
    said.note = event->note;
    return results_dump(&result_event, &said);
}

static json_t *describe_alert(const Alert *alert, const AlertResult *result, FalseKind kind,
                              const ClipFacts *facts, ResultsAlert said)
{
    said.onset_us = alert->onset_us;
    said.decided_us = alert->decided_us;
    said.end_us = alert->end_us;
    said.label = alert->label;
    said.confidence = results_rounded(alert->confidence);
    said.box = rounded_box(alert->box);
    said.outcome = alert_outcome_name(result->outcome);
    if (result->outcome == ALERT_NOT_SCORED || result->outcome == ALERT_UNWATCHED)
        said.reason = clip_facts_reason(facts, alert->onset_us);
    if (result->event >= 0)
        said.event = result->event;
    if (result->elsewhere)
        said.elsewhere = results_bool(true);
    said.note = alert->note;
    if (kind == FALSE_CROSS_TRIGGER || kind == FALSE_NEAR_MISS)
        said.class = false_kind_name(kind);
    return results_dump(&result_alert, &said);
}

static json_t *make_events(const Scored *scored, size_t i)
{
    const ClipFacts *facts = &g_array_index(scored->facts, ClipFacts, i);
    ResultsEvent blank;
    results_blank(&result_event, &blank);
    json_t *events = json_array();
    for (guint e = 0; e < facts->events->len; e++)
        json_array_append_new(events, describe_event(g_ptr_array_index(facts->events, e),
                                                     &scored->result->clips[i].events[e], facts, blank));
    return events;
}

static json_t *make_alerts(const Scored *scored, size_t i)
{
    const ClipFacts *facts = &g_array_index(scored->facts, ClipFacts, i);
    ResultsAlert blank;
    results_blank(&result_alert, &blank);
    json_t *alerts = json_array();
    for (guint a = 0; a < facts->output.alerts->len; a++)
        json_array_append_new(alerts, describe_alert(g_ptr_array_index(facts->output.alerts, a),
                                                     &scored->result->clips[i].alerts[a],
                                                     (FalseKind)scored->kinds[i][a], facts, blank));
    return alerts;
}

/* ---- the lists of a clip */

Detail *detail_new(Systems *systems)
{
    Detail *detail = g_new0(Detail, 1);
    detail->systems = systems;
    detail->entries = g_hash_table_new_full(NULL, NULL, NULL, entry_free);
    return detail;
}

DEFINE_FREE(detail_free, Detail, detail, g_hash_table_unref(detail->entries), systems_free(detail->systems))

void detail_add(Detail *detail, const json_t *evaluation, Scored *scored)
{
    Entry *entry = g_new0(Entry, 1);
    entry->scored = scored;
    entry->kept = g_new0(json_t *, scored->facts->len);
    g_hash_table_insert(detail->entries, (gpointer)evaluation, entry);
}

static json_t *clip_of(const json_t *evaluation, size_t i)
{
    return json_array_get(json_object_get(evaluation, "clips"), i);
}

/* What is behind the clip; NULL when the document has its lists. */
static Entry *find_entry(const Detail *detail, const json_t *evaluation, const json_t *clip)
{
    if (detail == NULL || json_object_get(clip, "alerts") == NULL ||
        !json_is_null(json_object_get(clip, "alerts")))
        return NULL;
    return g_hash_table_lookup(detail->entries, evaluation);
}

size_t detail_count(const Detail *detail, const json_t *evaluation, size_t i, const char *list)
{
    const json_t *clip = clip_of(evaluation, i);
    const Entry *entry = find_entry(detail, evaluation, clip);
    if (entry == NULL)
        return json_array_size(json_object_get(clip, list));
    const EvalClipResult *result = &entry->scored->result->clips[i];
    return strcmp(list, "events") == 0 ? result->event_count : result->alert_count;
}

const guint8 *detail_false_kinds(const Detail *detail, const json_t *evaluation, size_t i)
{
    const Entry *entry = find_entry(detail, evaluation, clip_of(evaluation, i));
    return entry != NULL ? entry->scored->kinds[i] : NULL;
}

json_t *detail_open_list(const Detail *detail, const json_t *evaluation, size_t i, const char *list)
{
    const json_t *clip = clip_of(evaluation, i);
    const Entry *entry = find_entry(detail, evaluation, clip);
    if (entry == NULL)
        return json_incref(json_object_get(clip, list));
    return strcmp(list, "events") == 0 ? make_events(entry->scored, i) : make_alerts(entry->scored, i);
}

ResultsJudgedClip *detail_load_list(const Detail *detail, const json_t *evaluation, size_t i,
                                    const char *list)
{
    json_t *clip = json_object();
    json_object_set_new(clip, list, detail_open_list(detail, evaluation, i, list));
    ResultsJudgedClip *records = results_load_clip(clip);
    json_decref(clip);
    return records;
}

json_t *detail_open_clip(const Detail *detail, const json_t *evaluation, size_t i)
{
    json_t *clip = clip_of(evaluation, i);
    const Entry *entry = find_entry(detail, evaluation, clip);
    if (entry == NULL)
        return json_incref(clip);
    json_t *whole = json_copy(clip);
    json_object_set_new(whole, "events", make_events(entry->scored, i));
    json_object_set_new(whole, "alerts", make_alerts(entry->scored, i));
    return whole;
}

const json_t *detail_keep_clip(const Detail *detail, const json_t *evaluation, size_t i)
{
    const json_t *clip = clip_of(evaluation, i);
    const Entry *entry = find_entry(detail, evaluation, clip);
    if (entry == NULL)
        return clip;
    if (entry->kept[i] == NULL)
        entry->kept[i] = detail_open_clip(detail, evaluation, i);
    return entry->kept[i];
}

const json_t *detail_kept_clip(const Detail *detail, const json_t *evaluation, size_t i)
{
    const json_t *clip = clip_of(evaluation, i);
    const Entry *entry = find_entry(detail, evaluation, clip);
    return entry != NULL && entry->kept[i] != NULL ? entry->kept[i] : clip;
}

static void fill(const Detail *detail, const json_t *evaluation)
{
    size_t i;
    json_t *clip;
    json_array_foreach(json_object_get(evaluation, "clips"), i, clip)
    {
        const Entry *entry = find_entry(detail, evaluation, clip);
        if (entry == NULL)
            continue;
        json_object_set_new(clip, "events", make_events(entry->scored, i));
        json_object_set_new(clip, "alerts", make_alerts(entry->scored, i));
    }
}

void detail_fill(const Detail *detail, json_t *results)
{
    size_t i, j;
    json_t *scenario, *evaluation;
    json_array_foreach(json_object_get(results, "scenarios"), i, scenario)
        json_array_foreach(json_object_get(scenario, "evaluations"), j, evaluation) fill(detail, evaluation);
}
