/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/compare.h"

#include "config/system_kind.h"
#include "results/document.h"
#include "results/fields.h"
#include "scoring/statistics.h"

#include <string.h>

/* What has been collected about one pair of evaluations. */
typedef struct {
    const CompareOptions *options;
    GArray *left_out;                                  /* of ResultsLeftOut */
    GArray *new_misses, *gone_misses;                  /* of ResultsComparedEvent */
    GArray *new_alerts, *gone_alerts, *changed_alerts; /* of ResultsComparedAlert */
    ResultsPair pair;                                  /* the counts */
} Pairing;

/* The document being made, and the lists that it points into. */
typedef struct {
    const CompareOptions *options;
    GPtrArray *lists; /* of GArray * */
    GArray *pairs;    /* of ResultsPair */
} Comparing;

static GArray *list_new(Comparing *comparing, guint size)
{
    GArray *list = g_array_new(FALSE, FALSE, size);
    g_ptr_array_add(comparing->lists, list);
    return list;
}

/* A list of a record: what an array holds by now. Of an empty one, too, it must not point to nothing. */
#define SET_LIST(list, array)                        \
    do {                                             \
        g_array_set_size((array), (array)->len + 1); \
        (list).count = (array)->len - 1;             \
        (list).at = (const void *)(array)->data;     \
    } while (0)

/* ---- finding */

static const ResultsJudgedClip *find_clip(const ResultsEvaluation *evaluation, const ResultsJudgedClip *like)
{
    for (size_t i = 0; i < evaluation->clips.count; i++) {
        const ResultsJudgedClip *clip = &evaluation->clips.at[i];
        if (g_strcmp0(clip->clip, like->clip) == 0 && g_strcmp0(clip->dataset, like->dataset) == 0)
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

static const ResultsScenario *find_scenario(const Results *results, const char *id)
{
    for (size_t i = 0; i < results->scenarios.count; i++)
        if (g_strcmp0(results->scenarios.at[i].id, id) == 0)
            return &results->scenarios.at[i];
    return NULL;
}

static const ResultsEvaluation *find_evaluation(const Results *results, const char *scenario,
                                                const char *system, const char *condition)
{
    const ResultsScenario *one = find_scenario(results, scenario);
    return one != NULL ? results_find_evaluation(one, system, condition) : NULL;
}

/* ---- events */

static ResultsComparedEvent describe_event(const ResultsJudgedClip *clip, const ResultsEvent *event)
{
    return (ResultsComparedEvent){.dataset = clip->dataset,
                                  .clip = clip->clip,
                                  .start_us = event->start_us,
                                  .end_us = event->end_us,
                                  .label = event->label};
}

static bool same_box(Box a, Box b)
{
    if (geometry_box_is_none(a) || geometry_box_is_none(b))
        return geometry_box_is_none(a) && geometry_box_is_none(b);
    return a.x == b.x && a.y == b.y && a.w == b.w && a.h == b.h;
}

static bool is_alike(const ResultsEvent *event, const ResultsEvent *other)
{
    return event->start_us == other->start_us && event->end_us == other->end_us &&
           g_strcmp0(event->label, other->label) == 0 && g_strcmp0(event->track, other->track) == 0 &&
           same_box(event->box, other->box);
}

/* The event of the clip that is the i-th one of `of`: of several that are alike the one in the same place
 * among them, as both lists are sorted alike. */
static const ResultsEvent *find_event(const ResultsJudgedClip *clip, const ResultsJudgedClip *of, size_t i)
{
    const ResultsEvent *like = &of->events.at[i];
    size_t before = 0;
    for (size_t k = 0; k < i; k++)
        before += is_alike(&of->events.at[k], like);
    for (size_t k = 0; k < clip->events.count; k++) {
        const ResultsEvent *event = &clip->events.at[k];
        if (is_alike(event, like) && before-- == 0)
            return event;
    }
    return NULL;
}

static bool is_scored(const ResultsEvent *event)
{
    return event != NULL && g_strcmp0(event->outcome, "not_scored") != 0;
}

static void compare_events(Pairing *pairing, const ResultsJudgedClip *a, const ResultsJudgedClip *b)
{
    ResultsComparedEvents *counts = &pairing->pair.events;
    for (size_t i = 0; i < a->events.count; i++) {
        const ResultsEvent *event = &a->events.at[i], *other = find_event(b, a, i);
        if (is_scored(event) && !is_scored(other))
            counts->only_in_a++;
        if (!is_scored(event) || !is_scored(other))
            continue;
        const bool missed_a = g_strcmp0(event->outcome, "miss") == 0,
                   missed_b = g_strcmp0(other->outcome, "miss") == 0;
        counts->common++;
        counts->missed_a += missed_a;
        counts->missed_b += missed_b;
        const ResultsComparedEvent told = describe_event(a, event);
        if (missed_a != missed_b)
            g_array_append_val(missed_b ? pairing->new_misses : pairing->gone_misses, told);
    }
    for (size_t i = 0; i < b->events.count; i++)
        counts->only_in_b += is_scored(&b->events.at[i]) && !is_scored(find_event(a, b, i));
}

/* ---- false alerts */

static int compare_onsets(const void *x, const void *y)
{
    const int64_t a = (*(const ResultsAlert *const *)x)->onset_us;
    const int64_t b = (*(const ResultsAlert *const *)y)->onset_us;
    return (a > b) - (a < b);
}

/* The clip's false alerts, repeated ones included, in order of time. */
static GPtrArray *list_false(const ResultsJudgedClip *clip)
{
    GPtrArray *list = g_ptr_array_new();
    for (size_t i = 0; i < clip->alerts.count; i++) {
        const ResultsAlert *alert = &clip->alerts.at[i];
        if (g_strcmp0(alert->outcome, "false") == 0 || g_strcmp0(alert->outcome, "duplicate") == 0)
            g_ptr_array_add(list, (gpointer)alert);
    }
    if (list->len > 1)
        qsort(list->pdata, list->len, sizeof *list->pdata, compare_onsets);
    return list;
}

static ResultsComparedAlert describe_alert(const ResultsJudgedClip *clip, const ResultsAlert *alert)
{
    return (ResultsComparedAlert){.dataset = clip->dataset,
                                  .clip = clip->clip,
                                  .onset_us = alert->onset_us,
                                  .decided_us = alert->decided_us,
                                  .label = alert->label,
                                  .outcome = alert->outcome,
                                  .note = alert->note,
                                  .onset_us_now = RESULTS_UNKNOWN,
                                  .decided_us_now = RESULTS_UNKNOWN};
}

static ResultsComparedAlert describe_change(const ResultsJudgedClip *clip, const ResultsAlert *a,
                                            const ResultsAlert *b)
{
    ResultsComparedAlert told = describe_alert(clip, a);
    told.onset_us_now = b->onset_us;
    told.decided_us_now = b->decided_us;
    told.label_now = b->label;
    return told;
}

static bool is_changed(const ResultsAlert *a, const ResultsAlert *b)
{
    return a->onset_us != b->onset_us || a->decided_us != b->decided_us ||
           g_strcmp0(a->label, b->label) != 0 || g_strcmp0(a->outcome, b->outcome) != 0;
}

/* Both lists rise with time: taking the earliest pair that fits leaves as few as possible alone. */
static void compare_alerts(Pairing *pairing, const ResultsJudgedClip *a, const ResultsJudgedClip *b)
{
    g_autoptr(GPtrArray) before = list_false(a);
    g_autoptr(GPtrArray) after = list_false(b);
    guint i = 0, j = 0;
    while (i < before->len || j < after->len) {
        const ResultsAlert *x = i < before->len ? g_ptr_array_index(before, i) : NULL;
        const ResultsAlert *y = j < after->len ? g_ptr_array_index(after, j) : NULL;
        const int64_t step =
            x != NULL && y != NULL ? results_or(y->onset_us, 0) - results_or(x->onset_us, 0) : 0;
        if (x != NULL && y != NULL && ABS(step) <= pairing->options->within_us) {
            const ResultsComparedAlert told = describe_change(a, x, y);
            if (is_changed(x, y))
                g_array_append_val(pairing->changed_alerts, told);
            i++;
            j++;
        } else if (x != NULL && (y == NULL || step > 0)) {
            const ResultsComparedAlert told = describe_alert(a, x);
            g_array_append_val(pairing->gone_alerts, told);
            i++;
        } else if (y != NULL) {
            const ResultsComparedAlert told = describe_alert(b, y);
            g_array_append_val(pairing->new_alerts, told);
            j++;
        }
    }
    ResultsComparedAlerts *counts = &pairing->pair.false_alerts;
    counts->a += before->len;
    counts->b += after->len;
    counts->clips_with_more += after->len > before->len;
    counts->clips_with_fewer += after->len < before->len;
}

/* ---- one pair of evaluations */

static void leave_out(Pairing *pairing, const ResultsJudgedClip *clip, const char *why)
{
    const ResultsLeftOut told = {.dataset = clip->dataset, .clip = clip->clip, .why = why};
    g_array_append_val(pairing->left_out, told);
}

static bool is_done(const ResultsJudgedClip *clip)
{
    return g_strcmp0(clip->status, "done") == 0;
}

static void compare_clips(Pairing *pairing, const ResultsEvaluation *a, const ResultsEvaluation *b)
{
    for (size_t i = 0; i < a->clips.count; i++) {
        const ResultsJudgedClip *clip = &a->clips.at[i], *other = find_clip(b, clip);
        if (other == NULL) {
            leave_out(pairing, clip, "only_in_a");
        } else if (!is_done(clip) || !is_done(other)) {
            leave_out(pairing, clip, is_done(clip) ? "not_done_in_b" : "not_done_in_a");
        } else {
            g_autoptr(ResultsJudgedClip) one = results_load_clip(clip->json);
            g_autoptr(ResultsJudgedClip) two = results_load_clip(other->json);
            pairing->pair.clips++;
            pairing->pair.scored_a_us += results_or(one->scored_us, 0);
            pairing->pair.scored_b_us += results_or(two->scored_us, 0);
            compare_events(pairing, one, two);
            compare_alerts(pairing, one, two);
        }
    }
    for (size_t i = 0; i < b->clips.count; i++) {
        const ResultsJudgedClip *clip = &b->clips.at[i];
        if (find_clip(a, clip) == NULL)
            leave_out(pairing, clip, "only_in_b");
    }
}

static ResultsPair compare_evaluations(Comparing *comparing, const ResultsScenario *scenario,
                                       const ResultsEvaluation *a, const ResultsEvaluation *b)
{
    Pairing p = {.options = comparing->options,
                 .left_out = list_new(comparing, sizeof(ResultsLeftOut)),
                 .new_misses = list_new(comparing, sizeof(ResultsComparedEvent)),
                 .gone_misses = list_new(comparing, sizeof(ResultsComparedEvent)),
                 .new_alerts = list_new(comparing, sizeof(ResultsComparedAlert)),
                 .gone_alerts = list_new(comparing, sizeof(ResultsComparedAlert)),
                 .changed_alerts = list_new(comparing, sizeof(ResultsComparedAlert)),
                 .pair = {.scenario = scenario->id,
                          .system_a = a->system,
                          .system_b = b->system,
                          .condition = a->condition}};
    compare_clips(&p, a, b);
    ResultsComparedEvents *events = &p.pair.events;
    ResultsComparedAlerts *alerts = &p.pair.false_alerts;
    events->p_mcnemar = statistics_mcnemar((int64_t)p.new_misses->len, (int64_t)p.gone_misses->len);
    /* The exact sign test is McNemar's on the clips that differ. */
    alerts->p_sign = statistics_mcnemar(alerts->clips_with_more, alerts->clips_with_fewer);
    SET_LIST(p.pair.left_out, p.left_out);
    SET_LIST(events->new_misses, p.new_misses);
    SET_LIST(events->gone_misses, p.gone_misses);
    SET_LIST(alerts->new_ones, p.new_alerts);
    SET_LIST(alerts->gone, p.gone_alerts);
    SET_LIST(alerts->changed, p.changed_alerts);
    return p.pair;
}

/* By which protocol each was judged, and whether that and its parameters are the same: where they are not, a
 * difference may come from the rules alone. */
static void add_protocols(ResultsPair *pair, const ResultsScenario *scenario, const ResultsScenario *other)
{
    const ResultsProtocol *a = &scenario->protocol, *b = &other->protocol;
    const bool same = g_strcmp0(a->id, b->id) == 0 && json_equal(a->parameters, b->parameters);
    pair->protocol_a = a->id;
    pair->protocol_b = b->id;
    pair->same_rules = results_bool(same);
}

/* ---- the whole */

static void note_alone(GArray *list, const ResultsScenario *scenario, const ResultsEvaluation *evaluation)
{
    const ResultsAlone told = {
        .scenario = scenario->id, .system = evaluation->system, .condition = evaluation->condition};
    g_array_append_val(list, told);
}

static void compare_scenario(Comparing *comparing, const ResultsScenario *scenario, const Results *b,
                             GHashTable *used, GArray *only_a)
{
    for (size_t j = 0; j < scenario->evaluations.count; j++) {
        const ResultsEvaluation *evaluation = &scenario->evaluations.at[j];
        if (system_kind_is_control(evaluation->system_kind) || evaluation->system == NULL)
            continue;
        g_autofree char *system = paired_id(comparing->options, evaluation->system);
        const ResultsEvaluation *other = find_evaluation(b, scenario->id, system, evaluation->condition);
        if (other == NULL) {
            note_alone(only_a, scenario, evaluation);
            continue;
        }
        g_hash_table_add(used, (gpointer)other);
        ResultsPair pair = compare_evaluations(comparing, scenario, evaluation, other);
        const ResultsScenario *theirs = find_scenario(b, scenario->id);
        if (theirs != NULL)
            add_protocols(&pair, scenario, theirs);
        g_array_append_val(comparing->pairs, pair);
    }
}

json_t *compare_results(const json_t *first, const json_t *second, const CompareOptions *options)
{
    g_autoptr(Results) a = results_load(first);
    g_autoptr(Results) b = results_load(second);
    Comparing comparing = {.options = options,
                           .lists = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref)};
    comparing.pairs = list_new(&comparing, sizeof(ResultsPair));
    GArray *only_a = list_new(&comparing, sizeof(ResultsAlone)),
           *only_b = list_new(&comparing, sizeof(ResultsAlone));
    g_autoptr(GHashTable) used = g_hash_table_new(NULL, NULL);
    for (size_t i = 0; i < a->scenarios.count; i++)
        compare_scenario(&comparing, &a->scenarios.at[i], b, used, only_a);
    for (size_t i = 0; i < b->scenarios.count; i++) {
        const ResultsScenario *scenario = &b->scenarios.at[i];
        for (size_t j = 0; j < scenario->evaluations.count; j++) {
            const ResultsEvaluation *evaluation = &scenario->evaluations.at[j];
            if (!g_hash_table_contains(used, evaluation) && !system_kind_is_control(evaluation->system_kind))
                note_alone(only_b, scenario, evaluation);
        }
    }
    ResultsComparison comparison = {.schema = COMPARE_SCHEMA,
                                    .a = {.audit = a->audit.id, .program = a->program.version},
                                    .b = {.audit = b->audit.id, .program = b->program.version},
                                    .within_s = (double)options->within_us / 1e6};
    SET_LIST(comparison.evaluations, comparing.pairs);
    SET_LIST(comparison.only_in_a, only_a);
    SET_LIST(comparison.only_in_b, only_b);
    json_t *document = results_dump(&result_comparison, &comparison);
    g_ptr_array_unref(comparing.lists);
    return document;
}
