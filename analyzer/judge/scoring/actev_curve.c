/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is read off an activity's curve, and its average precision. */
#include "scoring/actev_parts.h"
#include "scoring/ranked.h"

#include <math.h>

static double point_measure(const ActevPoint *point, ActevMeasure measure)
{
    switch (measure) {
    case ACTEV_P_MISS:
        return point->p_miss;
    case ACTEV_W_P_MISS:
        return point->w_p_miss;
    case ACTEV_N_MIDE:
        return point->n_mide;
    }
    g_assert_not_reached();
}

double actev_value_at(const ActevActivity *activity, ActevMeasure measure, bool by_time, double target)
{
    const double missing = measure == ACTEV_N_MIDE ? (double)NAN : 1;
    double x = NAN, y = NAN;
    for (guint i = 0; i < activity->points->len; i++) {
        const ActevPoint *point = &g_array_index(activity->points, ActevPoint, i);
        const double next = by_time ? point->t_fa : point->r_fa;
        if (next > target && !(fabs(next - target) < 1e-10)) {
            if (isnan(y))
                return missing;
            if (fabs(x - target) < 1e-10)
                return y;
            return y + (point_measure(point, measure) - y) * (target - x) / (next - x);
        }
        x = next;
        y = point_measure(point, measure);
    }
    return isnan(y) ? missing : y;
}

double actev_audc(const ActevActivity *activity, bool by_time, double limit)
{
    double x = 0, y = 1, area = 0;
    for (guint i = 0; i < activity->points->len; i++) {
        const ActevPoint *point = &g_array_index(activity->points, ActevPoint, i);
        const double next = by_time ? point->t_fa : point->r_fa;
        if (isnan(point->p_miss) || isnan(next))
            return NAN;
        if (next > limit) {
            const double cut = y + (point->p_miss - y) * (limit - x) / (next - x);
            return area + (y + cut) / 2 * (limit - x);
        }
        area += (y + point->p_miss) / 2 * (next - x);
        x = next;
        y = point->p_miss;
    }
    return area + y * (limit - x);
}

/* Average precision: each system instance, the surest first, takes the free reference of its file that
 * it overlaps best */

static double average_precision(const ActevInput *input, int activity, const GArray *ranked, double threshold)
{
    g_autofree bool *taken = g_new0(bool, input->reference_count + 1);
    g_autofree double *precision = g_new(double, ranked->len + 1), *recall = g_new(double, ranked->len + 1);
    int64_t references = 0, right = 0;
    for (size_t i = 0; i < input->reference_count; i++)
        references += input->references[i].activity == activity;
    if (references == 0)
        return 0;
    for (guint i = 0; i < ranked->len; i++) {
        const ActevSignal system = actev_system(input, g_array_index(ranked, Ranked, i).index);
        double best = -1;
        size_t choice = 0;
        for (size_t j = 0; j < input->reference_count; j++) {
            const ActevSignal reference = actev_reference(input, j);
            if (taken[j] || reference.instance->activity != activity ||
                reference.instance->file != system.instance->file)
                continue;
            const double iou = actev_iou(&reference, &system);
            if (iou >= threshold && iou > best) {
                best = iou;
                choice = j;
            }
        }
        if (best >= 0) {
            taken[choice] = true;
            right++;
        }
        precision[i] = (double)right / (double)(i + 1);
        recall[i] = (double)right / (double)references;
    }
    double area = 0, highest = 0;
    for (guint i = ranked->len; i-- > 0;) {
        highest = fmax(highest, precision[i]);
        area += highest * (recall[i] - (i > 0 ? recall[i - 1] : 0));
    }
    return area;
}

void actev_measure_precision(const ActevInput *input, int activity, ActevActivity *measures)
{
    g_autoptr(GArray) ranked = g_array_new(FALSE, FALSE, sizeof(Ranked));
    for (size_t i = 0; i < input->system_count; i++) {
        const Ranked entry = {input->systems[i].confidence, i};
        if (input->systems[i].activity == activity)
            g_array_append_val(ranked, entry);
    }
    g_array_sort(ranked, ranked_falling);
    for (size_t i = 0; i < G_N_ELEMENTS(measures->average_precision); i++)
        measures->average_precision[i] =
            average_precision(input, activity, ranked, (double)(5 * (i + 1)) / 100);
}
