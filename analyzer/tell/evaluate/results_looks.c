/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluate/results_looks.h"

#include "results/document.h"
#include "results/fields.h"
#include "results/results_json.h"
#include "scoring/anytime.h"
#include "scoring/metrics.h"
#include "scoring/scope.h"

#include <math.h>
#include <string.h>

/* ---- what was scored of a clip */

G_GNUC_PRINTF(2, 3)
static void digest(GChecksum *sum, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *line = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_checksum_update(sum, (const guchar *)line, (gssize)strlen(line));
}

static void digest_spans(GChecksum *sum, const char *name, const SpanList *spans)
{
    for (guint i = 0; spans != NULL && i < spans->spans->len; i++) {
        const Span *span = &g_array_index(spans->spans, Span, i);
        digest(sum, "%s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", name, span->start_us, span->end_us);
    }
}

/* Picture and truth; the file's hash where there is one, so that another name is no other clip. */
static char *digest_footage(const ClipFacts *facts, const EvalClip *input)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    const char *sha256 = facts->job->file_sha256 != NULL ? facts->job->file_sha256 : facts->clip->sha256;
    digest(sum, "%s %s\n", sha256 != NULL ? "file" : "clip", sha256 != NULL ? sha256 : facts->clip->id);
    digest(sum, "length %" G_GINT64_FORMAT "\n", input->duration_us);
    digest_spans(sum, "covered", input->coverage);
    digest_spans(sum, "unwatched", input->undecoded);
    for (guint i = 0; i < input->events->len; i++) {
        const Event *event = g_ptr_array_index(input->events, i);
        digest(sum, "event %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %d\n", event->start_us, event->end_us,
               (int)event->certainty);
    }
    return g_strndup(g_checksum_get_string(sum), LOOK_DIGEST);
}

static gint compare_alerts(gconstpointer a, gconstpointer b)
{
    return alert_compare(a, b);
}

/* All that a verdict depends on: when alerts began and were raised, and how sure they were. */
static char *digest_alerts(const EvalClip *input)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_autoptr(GPtrArray) sorted = g_ptr_array_new();
    for (guint i = 0; input->alerts != NULL && i < input->alerts->len; i++)
        g_ptr_array_add(sorted, g_ptr_array_index(input->alerts, i));
    g_ptr_array_sort(sorted, compare_alerts);
    for (guint i = 0; i < sorted->len; i++) {
        const Alert *alert = g_ptr_array_index(sorted, i);
        char confidence[G_ASCII_DTOSTR_BUF_SIZE];
        digest(sum, "alert %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s\n", alert->onset_us, alert->decided_us,
               g_ascii_formatd(confidence, sizeof confidence, "%.9g", alert->confidence));
    }
    digest(sum, "passages %" G_GINT64_FORMAT "\n", input->passages);
    return g_strndup(g_checksum_get_string(sum), LOOK_DIGEST);
}

/* The day on which the clip's last scored picture was taken: what ends at midnight shows nothing of the next. */
static void note_day(LookTaken *look, const Clip *clip, const EvalClipResult *result)
{
    const GArray *spans = result->scored.spans;
    if (clip->recorded_at == NULL || spans->len == 0)
        return;
    const Span *last = &g_array_index(spans, Span, spans->len - 1);
    g_autoptr(GDateTime) end = g_date_time_add(clip->recorded_at, last->end_us - 1);
    g_autofree char *day = g_date_time_format(end, "%Y-%m-%d");
    if (strcmp(day, look->last_day) > 0)
        g_strlcpy(look->last_day, day, sizeof look->last_day);
}

static GHashTable *new_ids(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

LookTaken results_take_look(const LookLog *log, const Scored *scored, const SystemSpec *system,
                            const ConditionSpec *condition)
{
    LookTaken look = {.camera_hours = scored->result->figures.camera_hours,
                      .events = scored->result->figures.events};
    for (guint i = 0; i < scored->facts->len; i++)
        note_day(&look, g_array_index(scored->facts, ClipFacts, i).clip, &scored->result->clips[i]);
    if (log == NULL)
        return look;
    look.clips = json_object();
    for (guint i = 0; i < scored->facts->len; i++) {
        const ClipFacts *facts = &g_array_index(scored->facts, ClipFacts, i);
        const EvalClip *input = &g_array_index(scored->inputs, EvalClip, i);
        if (input->failed || scored->result->clips[i].scored_us == 0)
            continue; /* it was not looked at */
        g_autofree char *footage = digest_footage(facts, input), *alerts = digest_alerts(input);
        json_object_set_new(look.clips, facts->clip->id, json_pack("[s,s]", footage, alerts));
    }
    look.read = new_ids();
    look.history =
        look_log_history(log, scored->scenario->id, system->id, condition->id, look.clips, look.read);
    look.counted = true;
    return look;
}

void results_clear_look(LookTaken *look)
{
    json_decref(look->clips);
    look->clips = NULL;
    g_clear_pointer(&look->read, g_hash_table_unref);
}

LookTaken results_keep_look(const LookTaken *look)
{
    LookTaken kept = *look;
    kept.clips = NULL;
    if (kept.read != NULL)
        g_hash_table_ref(kept.read);
    return kept;
}

static void add_ids(GHashTable *ids, GHashTable *more)
{
    GHashTableIter iter;
    gpointer id;
    if (more == NULL)
        return;
    g_hash_table_iter_init(&iter, more);
    while (g_hash_table_iter_next(&iter, &id, NULL))
        g_hash_table_add(ids, g_strdup(id));
}

LookTaken results_join_looks(const LookTaken *one, const LookTaken *other)
{
    const LooksHistory *first = &one->history, *second = &other->history;
    LookTaken joined = {.read = new_ids(),
                        .history = {.earlier = MAX(first->earlier, second->earlier),
                                    .exchanged = first->exchanged || second->exchanged,
                                    .locked = first->locked || second->locked},
                        .counted = one->counted || other->counted,
                        .camera_hours = fmin(one->camera_hours, other->camera_hours),
                        .events = MIN(one->events, other->events)};
    add_ids(joined.read, one->read);
    add_ids(joined.read, other->read);
    const char *day = strcmp(one->last_day, other->last_day) < 0 ? one->last_day : other->last_day;
    g_strlcpy(joined.last_day, day, sizeof joined.last_day); /* empty, where one of them is not known */
    return joined;
}

/* Whether another evaluation may be compared with this one. */
static bool is_compared(const Scenario *scenario, const SystemSpec *system, const ConditionSpec *condition)
{
    for (guint i = 0; i < scenario->claims->len; i++) {
        const Claim *claim = g_ptr_array_index(scenario->claims, i);
        if (g_strcmp0(claim->against, system->id) == 0 || g_strcmp0(claim->against_condition, condition->id) == 0)
            return true;
    }
    return false;
}

void results_note_look(LookLog *log, const LookTaken *look, const Scenario *scenario,
                       const SystemSpec *system, const ConditionSpec *condition, const json_t *claims)
{
    if (log == NULL || (json_array_size(claims) == 0 && !is_compared(scenario, system, condition)))
        return;
    json_t *said = json_array();
    for (guint i = 0; i < scenario->claims->len; i++) {
        const Claim *claim = g_ptr_array_index(scenario->claims, i);
        const Looks looks = looks_judge(&claim->looks, look->camera_hours, look->events, look->last_day, true,
                                        &look->history);
        /* A comparison is read where it is judged: comparisons_judge(). */
        const bool read = looks.reached && !metric_compares(claim->metric);
        json_array_append_new(said, json_pack("{s:s,s:s,s:b}", "id", claim->id, "plan",
                                              looks_plan_name(claim->looks.plan), "read", read));
    }
    look_log_note(log, scenario->id, system->id, condition->id, look->clips, said);
}

/* ---- what a claim may say */

void results_hold_look(Scope *scope, const Claim *claim, const LookTaken *look, bool has_test)
{
    LooksHistory history = look->history;
    history.read = look->read != NULL && (g_hash_table_contains(look->read, claim->id) ||
                                          g_hash_table_contains(look->read, LOOK_OF_ANY_CLAIM));
    const Looks looks = looks_judge(&claim->looks, look->camera_hours, look->events,
                                    *look->last_day != '\0' ? look->last_day : NULL, has_test,
                                    look->counted ? &history : NULL);
    scope_hold(scope, &looks);
}

void results_put_look(json_t *claim, const Looks *looks)
{
    ResultsLooks said;
    results_blank(&result_looks, &said);
    said.plan = looks_plan_name(looks->plan.plan);
    if (looks->plan.camera_hours > 0)
        said.camera_hours = looks->plan.camera_hours;
    if (looks->plan.events > 0)
        said.events = looks->plan.events;
    said.end = looks->plan.end;
    if (looks->number > 0)
        said.number = looks->number;
    said.reached = results_bool(looks->reached);
    said.lost = looks_loss_name(looks->lost);
    json_object_set_new(claim, "looks", results_dump(&result_looks, &said));
}

void results_put_anytime(json_t *claim, const ClaimResult *result)
{
    const Metric *metric = metric_of(result->reading.metric);
    if (!result->reading.anytime || (metric->kind != METRIC_IS_RATE && metric->kind != METRIC_IS_SHARE))
        return;
    const Rate *rate = &result->observed;
    const double level = 1 - 2 * result->reading.alpha;
    const Interval interval =
        metric->kind == METRIC_IS_SHARE
            ? anytime_share_interval(rate->numerator, (int64_t)rate->denominator, level)
            : anytime_rate_interval(rate->numerator, rate->denominator, level);
    const ResultsAnytime said = {.interval = {.low = interval.low, .high = interval.high}, .level = level};
    json_object_set_new(json_object_get(claim, "looks"), "anytime", results_dump(&result_anytime, &said));
}
