/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/trecvid.h"

#include "assignment/assignment.h"

#include <math.h>

#define SCORE_WEIGHT 1e-6
#define OVERLAP_WEIGHT 1e-8
#define SHORTEST_S (1.0 / 25) /* reference durations below one frame count as one */

typedef struct {
    double low, range;
} Scale;

static bool is_comparable(const TrecvidEvent *reference, const TrecvidEvent *system, double tolerance_s)
{
    const double middle = (system->begin_s + system->end_s) / 2;
    return reference->file == system->file && middle >= reference->begin_s - tolerance_s &&
           middle <= reference->end_s + tolerance_s;
}

/* Beyond the 1 that every match is worth. */
static double bonus(const TrecvidEvent *reference, const TrecvidEvent *system, const Scale *scale)
{
    const double common = fmin(reference->end_s, system->end_s) - fmax(reference->begin_s, system->begin_s);
    const double congruence = common / fmax(SHORTEST_S, reference->end_s - reference->begin_s);
    const double score = scale->range > 0 ? (system->score - scale->low) / scale->range : 1;
    return SCORE_WEIGHT * score + OVERLAP_WEIGHT * congruence;
}

/* As the bonuses of any sensible number of events sum to less than 1, the most matches come first. */
static void match(const TrecvidEvent *references, size_t reference_count, const TrecvidEvent *systems,
                  size_t system_count, double tolerance_s, size_t *column_of_row)
{
    Scale scale = {0, 0};
    for (size_t i = 0; i < system_count; i++) {
        const double high = i == 0 ? systems[i].score : fmax(scale.low + scale.range, systems[i].score);
        scale.low = i == 0 ? systems[i].score : fmin(scale.low, systems[i].score);
        scale.range = high - scale.low;
    }
    g_autoptr(GArray) edges = g_array_new(FALSE, FALSE, sizeof(AssignmentEdge));
    g_autofree size_t *first = g_new(size_t, reference_count + 1);
    for (size_t i = 0; i < reference_count; i++) {
        first[i] = edges->len;
        for (size_t j = 0; j < system_count; j++) {
            if (!is_comparable(&references[i], &systems[j], tolerance_s))
                continue;
            const double loss = 1e-3 - bonus(&references[i], &systems[j], &scale);
            const AssignmentEdge edge = {.column = j, .error = (int64_t)llround(loss * 1e15)};
            g_array_append_val(edges, edge);
        }
    }
    first[reference_count] = edges->len;
    assignment_solve((const AssignmentEdge *)(const void *)edges->data, first, reference_count, system_count,
                     column_of_row);
}

static double detection_cost(const TrecvidSettings *settings, double p_miss, double r_fa)
{
    return p_miss + settings->cost_fa / (settings->cost_miss * settings->target_rate) * r_fa;
}

static double miss_share(int64_t targets, int64_t detected)
{
    return targets > 0 ? (double)(targets - detected) / (double)targets : (double)NAN;
}

static double find_decision_threshold(const TrecvidEvent *systems, size_t count)
{
    double lowest_yes = INFINITY, highest_no = -INFINITY;
    for (size_t i = 0; i < count; i++) {
        if (systems[i].decision)
            lowest_yes = fmin(lowest_yes, systems[i].score);
        else
            highest_no = fmax(highest_no, systems[i].score);
    }
    if (isinf(lowest_yes))
        return isinf(highest_no) ? (double)NAN : highest_no;
    return isinf(highest_no) ? lowest_yes : (lowest_yes + highest_no) / 2;
}

/* Takes every score as a threshold; the lowest cost wins, of equal ones the highest threshold. Without target
 * no cost is defined and nothing wins over the lowest score, at which F4DE begins. */
static void find_minimum(const TrecvidEvent *systems, size_t count, const bool *matched,
                         const TrecvidSettings *settings, TrecvidResult *result)
{
    const double hours = settings->duration_s / 3600;
    result->min_r_fa = 0;
    result->min_p_miss = miss_share(result->targets, 0);
    result->min_cost = detection_cost(settings, result->min_p_miss, 0);
    result->min_threshold = NAN;
    double best = INFINITY;
    for (size_t i = 0; i < count; i++) {
        int64_t detected = 0, false_alarms = 0;
        for (size_t j = 0; j < count; j++) {
            detected += matched[j] && systems[j].score >= systems[i].score;
            false_alarms += !matched[j] && systems[j].score >= systems[i].score;
        }
        const double r_fa = (double)false_alarms / hours;
        const double p_miss = miss_share(result->targets, detected);
        const double cost = result->targets > 0 ? detection_cost(settings, p_miss, r_fa) : systems[i].score;
        if (cost < best || (cost == best && systems[i].score > result->min_threshold)) {
            best = cost;
            result->min_r_fa = r_fa;
            result->min_p_miss = p_miss;
            result->min_cost = detection_cost(settings, p_miss, r_fa);
            result->min_threshold = systems[i].score;
        }
    }
}

TrecvidResult trecvid_evaluate(const TrecvidEvent *references, size_t reference_count,
                               const TrecvidEvent *systems, size_t system_count,
                               const TrecvidSettings *settings, int64_t *system_of_reference)
{
    g_assert(settings->duration_s > 0);
    TrecvidResult result = {.targets = (int64_t)reference_count, .systems = (int64_t)system_count};
    g_autofree size_t *column_of_row = g_new(size_t, reference_count + 1);
    g_autofree bool *matched = g_new0(bool, system_count + 1);
    match(references, reference_count, systems, system_count, settings->tolerance_s, column_of_row);
    for (size_t i = 0; i < reference_count; i++) {
        const size_t system = column_of_row[i];
        if (system_of_reference != NULL)
            system_of_reference[i] = system == ASSIGNMENT_NONE ? -1 : (int64_t)system;
        if (system == ASSIGNMENT_NONE)
            continue;
        matched[system] = true;
        result.detected += systems[system].decision;
    }
    for (size_t i = 0; i < system_count; i++) {
        result.unmatched_systems += !matched[i];
        result.false_alarms += !matched[i] && systems[i].decision;
        result.correct_rejections += !matched[i] && !systems[i].decision;
    }
    result.missed = result.targets - result.detected;
    result.r_fa = (double)result.false_alarms / (settings->duration_s / 3600);
    result.p_miss = miss_share(result.targets, result.detected);
    result.cost = detection_cost(settings, result.p_miss, result.r_fa);
    result.decision_threshold = find_decision_threshold(systems, system_count);
    find_minimum(systems, system_count, matched, settings, &result);
    return result;
}
