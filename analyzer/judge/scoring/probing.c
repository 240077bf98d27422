/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/probing.h"

#include "scoring/matching.h"

#include <math.h>
#include <string.h>

static int64_t expected(const ProbingRule *rule, int64_t t_us)
{
    return t_us < rule->from_us ? t_us : t_us + rule->later_us;
}

static bool is_left_out(const ProbingRule *rule, const Alert *alert)
{
    const int64_t end_us = rule->from_us + rule->gap_us;
    return (alert->decided_us >= rule->from_us && alert->decided_us < end_us) ||
           (alert->onset_us >= rule->from_us && alert->onset_us < end_us) ||
           (rule->start_us > 0 && alert->onset_us < rule->start_us + rule->later_us);
}

/* As recorded it was on when the pictures stopped coming, and the probed one is raised while it would be on.
 */
static bool is_raised_again(const ProbingRule *rule, const Alert *recorded, const Alert *probed)
{
    const bool ends = recorded->end_us != TIME_UNKNOWN;
    return recorded->decided_us < rule->from_us && (!ends || recorded->end_us >= rule->from_us) &&
           probed->decided_us >= rule->from_us + rule->gap_us &&
           (!ends || probed->decided_us <= recorded->end_us + rule->gap_us);
}

/* Those of the probe that have no fellow and are others of before, raised again: these are theirs. */
static void leave_out_again(const GPtrArray *recorded, const GPtrArray *probed, int64_t *of_alert,
                            const ProbingRule *rule, Probing *probing)
{
    for (guint i = 0; i < recorded->len && rule->gap_us > 0; i++) {
        for (guint k = 0; k < probed->len; k++) {
            if (of_alert[k] != MATCH_NONE ||
                !is_raised_again(rule, g_ptr_array_index(recorded, i), g_ptr_array_index(probed, k)))
                continue;
            of_alert[k] = i;
            probing->left_out++;
            probing->probed--;
            break;
        }
    }
}

static bool same(const Alert *a, const Alert *b)
{
    return a->onset_us == b->onset_us && a->decided_us == b->decided_us && a->end_us == b->end_us &&
           (a->confidence == b->confidence || (isnan(a->confidence) && isnan(b->confidence))) &&
           g_strcmp0(a->label, b->label) == 0;
}

static void note(Probing *probing, const Alert *recorded, const Alert *probed)
{
    const int64_t move_us = probed->decided_us - recorded->decided_us;
    g_array_append_val(probing->moves, move_us);
    probing->matched++;
}

/* `of_event`, `of_alert`: the fellow of each, or MATCH_NONE. */
static void note_apart(const GPtrArray *recorded, const GPtrArray *probed, const int64_t *of_event,
                       const int64_t *of_alert, const ProbingRule *rule, Probing *probing)
{
    for (guint i = 0; i < recorded->len; i++) {
        int64_t nearest_us = TIME_UNKNOWN;
        for (guint k = 0; k < probed->len && of_event[i] == MATCH_NONE; k++) {
            const int64_t t_us = ((const Alert *)g_ptr_array_index(probed, k))->decided_us;
            const int64_t due_us =
                expected(rule, ((const Alert *)g_ptr_array_index(recorded, i))->decided_us);
            const int64_t apart_us = MAX(t_us, due_us) - MIN(t_us, due_us);
            if (of_alert[k] == MATCH_NONE && (nearest_us == TIME_UNKNOWN || apart_us < nearest_us))
                nearest_us = apart_us;
        }
        if (nearest_us != TIME_UNKNOWN)
            g_array_append_val(probing->apart, nearest_us);
    }
}

/* Equal ones are each other's fellows, whichever is taken. */
static void match_same(const GPtrArray *recorded, const GPtrArray *probed, const ProbingRule *rule,
                       Probing *probing)
{
    g_autofree int64_t *of_event = g_new0(int64_t, recorded->len + 1);
    g_autofree int64_t *of_alert = g_new0(int64_t, probed->len + 1);
    for (guint k = 0; k < probed->len; k++)
        of_alert[k] = MATCH_NONE;
    for (guint i = 0; i < recorded->len; i++) {
        of_event[i] = MATCH_NONE;
        for (guint k = 0; k < probed->len && of_event[i] == MATCH_NONE; k++) {
            if (of_alert[k] != MATCH_NONE ||
                !same(g_ptr_array_index(recorded, i), g_ptr_array_index(probed, k)))
                continue;
            of_event[i] = k;
            of_alert[k] = i;
            note(probing, g_ptr_array_index(recorded, i), g_ptr_array_index(probed, k));
        }
    }
    note_apart(recorded, probed, of_event, of_alert, rule, probing);
}

static void match_near(const GPtrArray *recorded, const GPtrArray *probed, const ProbingRule *rule,
                       Probing *probing)
{
    g_autofree MatchEvent *events = g_new0(MatchEvent, recorded->len + 1);
    g_autofree MatchAlert *alerts = g_new0(MatchAlert, probed->len + 1);
    g_autofree int64_t *of_event = g_new0(int64_t, recorded->len + 1);
    g_autofree int64_t *of_alert = g_new0(int64_t, probed->len + 1);
    for (guint i = 0; i < recorded->len; i++) {
        const int64_t t_us = expected(rule, ((const Alert *)g_ptr_array_index(recorded, i))->decided_us);
        events[i] = (MatchEvent){t_us, t_us, BOX_NONE};
    }
    for (guint k = 0; k < probed->len; k++)
        alerts[k] = (MatchAlert){((const Alert *)g_ptr_array_index(probed, k))->decided_us, (double)NAN,
                                 BOX_NONE, false};
    const MatchRules rules = {rule->tolerance_us, rule->tolerance_us, MATCH_BOXES_IGNORED};
    matching_assign(events, recorded->len, alerts, probed->len, &rules, of_event, of_alert);
    for (guint i = 0; i < recorded->len; i++) {
        if (of_event[i] != MATCH_NONE)
            note(probing, g_ptr_array_index(recorded, i), g_ptr_array_index(probed, (guint)of_event[i]));
    }
    leave_out_again(recorded, probed, of_alert, rule, probing);
    note_apart(recorded, probed, of_event, of_alert, rule, probing);
}

static int compare_times(gconstpointer a, gconstpointer b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

void probing_compare(const GPtrArray *recorded, const GPtrArray *probed, const ProbingRule *rule,
                     Probing *probing)
{
    g_autoptr(GPtrArray) before = g_ptr_array_new(), judged = g_ptr_array_new();
    *probing = (Probing){.moves = g_array_new(FALSE, FALSE, sizeof(int64_t)),
                         .apart = g_array_new(FALSE, FALSE, sizeof(int64_t))};
    for (guint i = 0; i < recorded->len; i++) {
        Alert *alert = g_ptr_array_index(recorded, i);
        if (alert->onset_us < rule->start_us)
            probing->left_recorded++;
        else
            g_ptr_array_add(before, alert);
    }
    for (guint i = 0; i < probed->len; i++) {
        if (is_left_out(rule, g_ptr_array_index(probed, i)))
            probing->left_out++;
        else
            g_ptr_array_add(judged, g_ptr_array_index(probed, i));
    }
    probing->recorded = before->len;
    probing->probed = judged->len;
    if (rule->exact)
        match_same(before, judged, rule, probing);
    else
        match_near(before, judged, rule, probing);
    g_array_sort(probing->moves, compare_times);
    g_array_sort(probing->apart, compare_times);
}

void probing_clear(Probing *probing)
{
    g_clear_pointer(&probing->moves, g_array_unref);
    g_clear_pointer(&probing->apart, g_array_unref);
}

void probing_add(Probing *sum, const Probing *other)
{
    sum->recorded += other->recorded;
    sum->probed += other->probed;
    sum->matched += other->matched;
    sum->left_out += other->left_out;
    sum->left_recorded += other->left_recorded;
    g_array_append_vals(sum->moves, other->moves->data, other->moves->len);
    g_array_append_vals(sum->apart, other->apart->data, other->apart->len);
    g_array_sort(sum->moves, compare_times);
    g_array_sort(sum->apart, compare_times);
}

bool probing_agrees(const Probing *probing, bool exact, double least)
{
    const int64_t most = MAX(probing->recorded, probing->probed);
    if (exact || most == 0)
        return probing->matched == most;
    return (double)probing->matched / (double)most >= least; /* 11 of 20 are 0.55 */
}

int64_t probing_median_us(const GArray *times)
{
    if (times->len == 0)
        return TIME_UNKNOWN;
    const int64_t below = g_array_index(times, int64_t, (times->len - 1) / 2);
    return below + (g_array_index(times, int64_t, times->len / 2) - below) / 2;
}
