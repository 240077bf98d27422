/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/compare.h"

#include "results/model.h"
#include "scoring/statistics.h"

#include <string.h>

/* What has been collected about one pair of evaluations. */
typedef struct {
    const CompareOptions *options;
    json_t *left_out;
    json_t *new_misses, *gone_misses;
    json_t *new_alerts, *gone_alerts, *changed_alerts;
    int64_t clips, events, missed_a, missed_b, only_a, only_b; /* events that only one truth has */
    int64_t false_a, false_b, clips_more, clips_fewer;
    int64_t scored_a_us, scored_b_us;
} Pairing;

/* ---- finding */

static bool same_string(const json_t *a, const json_t *b, const char *key)
{
    return g_strcmp0(model_string(a, key), model_string(b, key)) == 0;
}

static const json_t *find_clip(const json_t *evaluation, const json_t *like)
{
    for (size_t i = 0; i < model_count(evaluation, "clips"); i++) {
        const json_t *clip = model_member(evaluation, "clips", i);
        if (same_string(clip, like, "clip") && same_string(clip, like, "dataset"))
            return clip;
    }
    return NULL;
}

/* The id in the second run of a system of the first. Caller frees. */
static char *paired_id(const CompareOptions *options, const char *system)
{
    for (size_t i = 0; options->pairs != NULL && options->pairs[i] != NULL; i++) {
        const char *sign = strchr(options->pairs[i], '=');
        const size_t length = sign != NULL ? (size_t)(sign - options->pairs[i]) : 0;
        if (sign != NULL && strlen(system) == length && strncmp(options->pairs[i], system, length) == 0)
            return g_strdup(sign + 1);
    }
    return g_strdup(system);
}

static const json_t *find_scenario(const json_t *results, const char *id)
{
    for (size_t i = 0; i < model_count(results, "scenarios"); i++) {
        const json_t *scenario = model_member(results, "scenarios", i);
        if (g_strcmp0(model_string(scenario, "id"), id) == 0)
            return scenario;
    }
    return NULL;
}

static const json_t *find_evaluation(const json_t *results, const char *scenario, const char *system,
                                     const char *condition)
{
    for (size_t i = 0; i < model_count(results, "scenarios"); i++) {
        const json_t *one = model_member(results, "scenarios", i);
        if (g_strcmp0(model_string(one, "id"), scenario) != 0)
            continue;
        for (size_t j = 0; j < model_count(one, "evaluations"); j++) {
            const json_t *evaluation = model_member(one, "evaluations", j);
            if (g_strcmp0(model_string(evaluation, "system"), system) == 0 &&
                g_strcmp0(model_string(evaluation, "condition"), condition) == 0)
                return evaluation;
        }
    }
    return NULL;
}

/* ---- events */

static json_t *place(const json_t *clip)
{
    json_t *object = json_object();
    json_object_set(object, "dataset", json_object_get(clip, "dataset"));
    json_object_set(object, "clip", json_object_get(clip, "clip"));
    return object;
}

static json_t *describe_event(const json_t *clip, const json_t *event)
{
    static const char *const keys[] = {"start_us", "end_us", "label"};
    json_t *object = place(clip);
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++)
        json_object_set(object, keys[i], json_object_get(event, keys[i]));
    return object;
}

static bool is_alike(const json_t *event, const json_t *other)
{
    static const char *const keys[] = {"start_us", "end_us", "label", "track", "box"};
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
        const json_t *x = json_object_get(event, keys[i]), *y = json_object_get(other, keys[i]);
        if ((x != NULL || y != NULL) && !json_equal(x, y))
            return false;
    }
    return true;
}

/* The event of the clip that is the i-th one of `of`: of several that are alike the one in the same place
 * among them, as both lists are sorted alike. */
static const json_t *find_event(const json_t *clip, const json_t *of, size_t i)
{
    const json_t *like = model_member(of, "events", i);
    size_t before = 0;
    for (size_t k = 0; k < i; k++)
        before += is_alike(model_member(of, "events", k), like);
    for (size_t k = 0; k < model_count(clip, "events"); k++) {
        const json_t *event = model_member(clip, "events", k);
        if (is_alike(event, like) && before-- == 0)
            return event;
    }
    return NULL;
}

static bool has_outcome(const json_t *record, const char *outcome)
{
    return g_strcmp0(model_string(record, "outcome"), outcome) == 0;
}

static bool is_scored(const json_t *event)
{
    return event != NULL && !has_outcome(event, "not_scored");
}

static void compare_events(Pairing *pairing, const json_t *a, const json_t *b)
{
    for (size_t i = 0; i < model_count(a, "events"); i++) {
        const json_t *event = model_member(a, "events", i), *other = find_event(b, a, i);
        if (is_scored(event) && !is_scored(other))
            pairing->only_a++;
        if (!is_scored(event) || !is_scored(other))
            continue;
        const bool missed_a = has_outcome(event, "miss"), missed_b = has_outcome(other, "miss");
        pairing->events++;
        pairing->missed_a += missed_a;
        pairing->missed_b += missed_b;
        if (missed_a != missed_b)
            json_array_append_new(missed_b ? pairing->new_misses : pairing->gone_misses,
                                  describe_event(a, event));
    }
    for (size_t i = 0; i < model_count(b, "events"); i++) {
        const json_t *event = model_member(b, "events", i);
        pairing->only_b += is_scored(event) && !is_scored(find_event(a, b, i));
    }
}

/* ---- false alerts */

static int compare_onsets(const void *x, const void *y)
{
    const int64_t a = model_integer(*(const json_t *const *)x, "onset_us", 0);
    const int64_t b = model_integer(*(const json_t *const *)y, "onset_us", 0);
    return (a > b) - (a < b);
}

/* The clip's false alerts, repeated ones included, in order of time. */
static GPtrArray *list_false(const json_t *clip)
{
    GPtrArray *list = g_ptr_array_new();
    for (size_t i = 0; i < model_count(clip, "alerts"); i++) {
        const json_t *alert = model_member(clip, "alerts", i);
        if (has_outcome(alert, "false") || has_outcome(alert, "duplicate"))
            g_ptr_array_add(list, (gpointer)alert);
    }
    if (list->len > 1)
        qsort(list->pdata, list->len, sizeof *list->pdata, compare_onsets);
    return list;
}

static json_t *describe_alert(const json_t *clip, const json_t *alert)
{
    static const char *const keys[] = {"onset_us", "decided_us", "label", "outcome", "note"};
    json_t *object = place(clip);
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++)
        json_object_set(object, keys[i], json_object_get(alert, keys[i]));
    return object;
}

static json_t *describe_change(const json_t *clip, const json_t *a, const json_t *b)
{
    json_t *object = describe_alert(clip, a);
    json_object_set(object, "onset_us_now", json_object_get(b, "onset_us"));
    json_object_set(object, "decided_us_now", json_object_get(b, "decided_us"));
    json_object_set(object, "label_now", json_object_get(b, "label"));
    return object;
}

static bool is_changed(const json_t *a, const json_t *b)
{
    static const char *const keys[] = {"onset_us", "decided_us", "label", "outcome"};
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
        /* A key without a value may be left out of the document. */
        const json_t *x = model_get(a, keys[i]), *y = model_get(b, keys[i]);
        if (x != y && !json_equal(x, y))
            return true;
    }
    return false;
}

/* Both lists rise with time: taking the earliest pair that fits leaves as few as possible alone. */
static void compare_alerts(Pairing *pairing, const json_t *a, const json_t *b)
{
    g_autoptr(GPtrArray) before = list_false(a);
    g_autoptr(GPtrArray) after = list_false(b);
    guint i = 0, j = 0;
    while (i < before->len || j < after->len) {
        const json_t *x = i < before->len ? g_ptr_array_index(before, i) : NULL;
        const json_t *y = j < after->len ? g_ptr_array_index(after, j) : NULL;
        const int64_t step = x == NULL   ? INT64_MIN
                             : y == NULL ? INT64_MAX
                                         : model_integer(y, "onset_us", 0) - model_integer(x, "onset_us", 0);
        if (x != NULL && y != NULL && ABS(step) <= pairing->options->within_us) {
            if (is_changed(x, y))
                json_array_append_new(pairing->changed_alerts, describe_change(a, x, y));
            i++;
            j++;
        } else if (step > 0) {
            json_array_append_new(pairing->gone_alerts, describe_alert(a, x));
            i++;
        } else {
            json_array_append_new(pairing->new_alerts, describe_alert(b, y));
            j++;
        }
    }
    pairing->false_a += before->len;
    pairing->false_b += after->len;
    pairing->clips_more += after->len > before->len;
    pairing->clips_fewer += after->len < before->len;
}

/* ---- one pair of evaluations */

static void leave_out(Pairing *pairing, const json_t *clip, const char *why)
{
    json_t *object = place(clip);
    json_object_set_new(object, "why", json_string(why));
    json_array_append_new(pairing->left_out, object);
}

static bool is_done(const json_t *clip)
{
    return g_strcmp0(model_string(clip, "status"), "done") == 0;
}

static void compare_clips(Pairing *pairing, const json_t *a, const json_t *b)
{
    for (size_t i = 0; i < model_count(a, "clips"); i++) {
        const json_t *clip = model_member(a, "clips", i), *other = find_clip(b, clip);
        if (other == NULL) {
            leave_out(pairing, clip, "only_in_a");
        } else if (!is_done(clip) || !is_done(other)) {
            leave_out(pairing, clip, is_done(clip) ? "not_done_in_b" : "not_done_in_a");
        } else {
            pairing->clips++;
            pairing->scored_a_us += model_integer(clip, "scored_us", 0);
            pairing->scored_b_us += model_integer(other, "scored_us", 0);
            compare_events(pairing, clip, other);
            compare_alerts(pairing, clip, other);
        }
    }
    for (size_t i = 0; i < model_count(b, "clips"); i++) {
        const json_t *clip = model_member(b, "clips", i);
        if (find_clip(a, clip) == NULL)
            leave_out(pairing, clip, "only_in_b");
    }
}

static json_t *compare_evaluations(const json_t *scenario, const json_t *a, const json_t *b,
                                   const CompareOptions *options)
{
    Pairing p = {.options = options,
                 .left_out = json_array(),
                 .new_misses = json_array(),
                 .gone_misses = json_array(),
                 .new_alerts = json_array(),
                 .gone_alerts = json_array(),
                 .changed_alerts = json_array()};
    compare_clips(&p, a, b);
    const double p_events =
        statistics_mcnemar((int64_t)json_array_size(p.new_misses), (int64_t)json_array_size(p.gone_misses));
    /* The exact sign test is McNemar's on the clips that differ. */
    const double p_alerts = statistics_mcnemar(p.clips_more, p.clips_fewer);
    json_t *events =
        json_pack("{s:I,s:I,s:I,s:I,s:I,s:o,s:o,s:f}", "common", (json_int_t)p.events, "missed_a",
                  (json_int_t)p.missed_a, "missed_b", (json_int_t)p.missed_b, "only_in_a",
                  (json_int_t)p.only_a, "only_in_b", (json_int_t)p.only_b, "new_misses", p.new_misses,
                  "gone_misses", p.gone_misses, "p_mcnemar", p_events);
    json_t *alerts = json_pack("{s:I,s:I,s:o,s:o,s:o,s:I,s:I,s:f}", "a", (json_int_t)p.false_a, "b",
                               (json_int_t)p.false_b, "new", p.new_alerts, "gone", p.gone_alerts, "changed",
                               p.changed_alerts, "clips_with_more", (json_int_t)p.clips_more,
                               "clips_with_fewer", (json_int_t)p.clips_fewer, "p_sign", p_alerts);
    return json_pack("{s:O,s:O,s:O,s:O,s:I,s:I,s:I,s:o,s:o,s:o}", "scenario", json_object_get(scenario, "id"),
                     "system_a", json_object_get(a, "system"), "system_b", json_object_get(b, "system"),
                     "condition", json_object_get(a, "condition"), "clips", (json_int_t)p.clips,
                     "scored_a_us", (json_int_t)p.scored_a_us, "scored_b_us", (json_int_t)p.scored_b_us,
                     "left_out", p.left_out, "events", events, "false_alerts", alerts);
}

/* By which protocol each was judged, and whether that and its parameters are the same: where they are not, a
 * difference may come from the rules alone. */
static void add_protocols(json_t *pair, const json_t *scenario, const json_t *other)
{
    const json_t *a = json_object_get(scenario, "protocol"), *b = json_object_get(other, "protocol");
    const bool same = same_string(a, b, "id") &&
                      json_equal(json_object_get(a, "parameters"), json_object_get(b, "parameters"));
    json_object_set(pair, "protocol_a", json_object_get(a, "id"));
    json_object_set(pair, "protocol_b", json_object_get(b, "id"));
    json_object_set_new(pair, "same_rules", json_boolean(same));
}

/* ---- the whole */

static json_t *describe_run(const json_t *results)
{
    json_t *object = json_object();
    json_object_set(object, "audit", json_object_get(json_object_get(results, "audit"), "id"));
    json_object_set(object, "program", json_object_get(json_object_get(results, "program"), "version"));
    return object;
}

static void note_alone(json_t *list, const json_t *scenario, const json_t *evaluation)
{
    json_array_append_new(list, json_pack("{s:O,s:O,s:O}", "scenario", json_object_get(scenario, "id"),
                                          "system", json_object_get(evaluation, "system"), "condition",
                                          json_object_get(evaluation, "condition")));
}

json_t *compare_results(const json_t *a, const json_t *b, const CompareOptions *options)
{
    json_t *pairs = json_array(), *only_a = json_array(), *only_b = json_array();
    g_autoptr(GHashTable) used = g_hash_table_new(NULL, NULL);
    for (size_t i = 0; i < model_count(a, "scenarios"); i++) {
        const json_t *scenario = model_member(a, "scenarios", i);
        for (size_t j = 0; j < model_count(scenario, "evaluations"); j++) {
            const json_t *evaluation = model_member(scenario, "evaluations", j);
            if (g_strcmp0(model_string(evaluation, "system_kind"), "null") == 0)
                continue; /* never alerts, in any version */
            g_autofree char *system = paired_id(options, model_string(evaluation, "system"));
            const json_t *other = find_evaluation(b, model_string(scenario, "id"), system,
                                                  model_string(evaluation, "condition"));
            if (other == NULL) {
                note_alone(only_a, scenario, evaluation);
                continue;
            }
            g_hash_table_add(used, (gpointer)other);
            json_t *pair = compare_evaluations(scenario, evaluation, other, options);
            add_protocols(pair, scenario, find_scenario(b, model_string(scenario, "id")));
            json_array_append_new(pairs, pair);
        }
    }
    for (size_t i = 0; i < model_count(b, "scenarios"); i++) {
        const json_t *scenario = model_member(b, "scenarios", i);
        for (size_t j = 0; j < model_count(scenario, "evaluations"); j++) {
            const json_t *evaluation = model_member(scenario, "evaluations", j);
            if (!g_hash_table_contains(used, evaluation) &&
                g_strcmp0(model_string(evaluation, "system_kind"), "null") != 0)
                note_alone(only_b, scenario, evaluation);
        }
    }
    return json_pack("{s:s,s:o,s:o,s:f,s:o,s:o,s:o}", "schema", COMPARE_SCHEMA, "a", describe_run(a), "b",
                     describe_run(b), "within_s", (double)options->within_us / 1e6, "evaluations", pairs,
                     "only_in_a", only_a, "only_in_b", only_b);
}
