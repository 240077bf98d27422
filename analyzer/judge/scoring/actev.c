/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assignment/assignment.h"
#include "records/free.h"
#include "scoring/actev_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const ActevProtocol actev_protocols[] = {
    {"actev18-ad", ACTEV_COMPARE_IOU, 0.2, 1e-6, 1e-8, ACTEV_TFA_NONE},
    {"actev18-ad-1secol", ACTEV_COMPARE_SECOND, 0, 1e-6, 0, ACTEV_TFA_NONE},
    {"actev18-ad-tfa", ACTEV_COMPARE_IOU, 0.2, 1e-6, 1e-8, ACTEV_TFA_OUTSIDE},
    {"actev19-ad", ACTEV_COMPARE_SECOND, 0, 1, 0, ACTEV_TFA_OUTSIDE},
    {"actev19-ad-v2", ACTEV_COMPARE_SHORT_SYS, 0.5, 1, 0, ACTEV_TFA_OUTSIDE},
    {"actev-sdl-v1", ACTEV_COMPARE_SHORT_SYS, 0.5, 1, 0, ACTEV_TFA_EXCESS},
    {"actev-sdl-v2", ACTEV_COMPARE_SHORT_REF, 0.5, 1, 0, ACTEV_TFA_EXCESS},
    {"srl-ad-v1", ACTEV_COMPARE_IOU, 0.2, 1e-6, 1e-8, ACTEV_TFA_NONE},
    {"srl-ad-v2", ACTEV_COMPARE_IOU, 0.1, 1e-6, 1e-8, ACTEV_TFA_NONE},
    {"srl-ad-v3", ACTEV_COMPARE_IOU, 0.4, 1e-6, 1e-8, ACTEV_TFA_NONE},
    {NULL, ACTEV_COMPARE_IOU, 0, 0, 0, ACTEV_TFA_NONE},
};

const ActevProtocol *actev_protocol_find(const char *id)
{
    for (const ActevProtocol *protocol = actev_protocols; protocol->id != NULL; protocol++)
        if (strcmp(protocol->id, id) == 0)
            return protocol;
    return NULL;
}

static bool is_comparable(const ActevInput *input, const ActevSignal *reference, const ActevSignal *system)
{
    const ActevProtocol *protocol = input->protocol;
    const double rate = input->files[0].rate;
    const double common = (double)actev_common(reference, system);
    const double length = (double)actev_frames(reference);
    switch (protocol->comparison) {
    case ACTEV_COMPARE_IOU:
        return actev_iou(reference, system) > protocol->threshold;
    case ACTEV_COMPARE_SECOND:
        return common >= rate;
    case ACTEV_COMPARE_SHORT_SYS:
        if ((double)actev_frames(system) < rate)
            return common / length >= protocol->threshold;
        return common >= rate;
    case ACTEV_COMPARE_SHORT_REF:
        if (length < rate)
            return common / length >= protocol->threshold;
        return common >= rate;
    }
    g_assert_not_reached();
}

/* ---- matching */

typedef struct {
    double low, range; /* of all system confidences */
} Scale;

static double kernel(const ActevInput *input, const Scale *scale, const ActevSignal *reference,
                     const ActevSignal *system)
{
    const double congruence =
        scale->range > 0 ? (system->instance->confidence - scale->low) / scale->range : 1;
    double value = 1 + input->protocol->confidence_weight * congruence;
    if (input->protocol->iou_weight > 0)
        value += input->protocol->iou_weight * actev_iou(reference, system);
    return value;
}

/* Largest sum of kernels: every row also has a column of its own that stands for "no partner" and costs what
 * a kernel of 0 would; so the solver matches all rows and minimises the sum of the losses. */
static void match_group(const ActevInput *input, const Scale *scale, const GArray *references,
                        const GArray *systems, ActevResult *result)
{
    const size_t rows = systems->len, columns = references->len;
    if (rows == 0 || columns == 0)
        return;
    const double largest = 1 + input->protocol->confidence_weight + input->protocol->iou_weight;
    const double steps = fmin(1e15, 1e18 / (double)rows); /* the sum of all losses stays below 2^63 */
    g_autoptr(GArray) edges = g_array_new(FALSE, FALSE, sizeof(AssignmentEdge));
    g_autofree size_t *first = g_new(size_t, rows + 1), *column_of_row = g_new(size_t, rows);
    for (size_t i = 0; i < rows; i++) {
        const ActevSignal system = actev_system(input, g_array_index(systems, size_t, (guint)i));
        first[i] = edges->len;
        for (size_t j = 0; j < columns; j++) {
            const ActevSignal reference = actev_reference(input, g_array_index(references, size_t, (guint)j));
            if (!is_comparable(input, &reference, &system))
                continue;
            const double loss = largest - kernel(input, scale, &reference, &system);
            const AssignmentEdge edge = {.column = j, .error = (int64_t)llround(loss * steps)};
            g_array_append_val(edges, edge);
        }
        const AssignmentEdge alone = {.column = columns + i, .error = (int64_t)llround(largest * steps)};
        g_array_append_val(edges, alone);
    }
    first[rows] = edges->len;
    assignment_solve((const AssignmentEdge *)(const void *)edges->data, first, rows, columns + rows,
                     column_of_row);
    for (size_t i = 0; i < rows; i++) {
        if (column_of_row[i] >= columns)
            continue;
        const size_t system = g_array_index(systems, size_t, (guint)i);
        const size_t reference = g_array_index(references, size_t, (guint)column_of_row[i]);
        result->system_of_reference[reference] = (int64_t)system;
        result->reference_of_system[system] = (int64_t)reference;
        const ActevSignal pair[] = {actev_reference(input, reference), actev_system(input, system)};
        result->kernel[reference] = kernel(input, scale, &pair[0], &pair[1]);
    }
}

/* Equal sums are decided in favour of the system instance that begins first, then of the first listed. */
static gint compare_begins(gconstpointer a, gconstpointer b, gpointer data)
{
    const ActevInstance *instances = data;
    const size_t left = *(const size_t *)a, right = *(const size_t *)b;
    if (instances[left].start != instances[right].start)
        return instances[left].start < instances[right].start ? -1 : 1;
    return left < right ? -1 : left > right;
}

/* The instances' indices by activity and file: groups[activity * files + file]. */
static GArray **group_instances(const ActevInput *input, const ActevInstance *instances, size_t count)
{
    const size_t cells = (size_t)input->activities * (size_t)input->file_count;
    GArray **groups = g_new(GArray *, cells + 1);
    for (size_t i = 0; i < cells; i++)
        groups[i] = g_array_new(FALSE, FALSE, sizeof(size_t));
    for (size_t i = 0; i < count; i++)
        g_array_append_val(groups[instances[i].activity * input->file_count + instances[i].file], i);
    return groups;
}

static void match_all(const ActevInput *input, ActevResult *result)
{
    Scale scale = {0, 0};
    for (size_t i = 0; i < input->system_count; i++) {
        const double confidence = input->systems[i].confidence;
        const double high = i == 0 ? confidence : fmax(scale.low + scale.range, confidence);
        scale.low = i == 0 ? confidence : fmin(scale.low, confidence);
        scale.range = high - scale.low;
    }
    GArray **references = group_instances(input, input->references, input->reference_count);
    GArray **systems = group_instances(input, input->systems, input->system_count);
    for (size_t i = 0; i < (size_t)input->activities * (size_t)input->file_count; i++) {
        g_array_sort_with_data(systems[i], compare_begins, (gpointer)(uintptr_t)input->systems);
        match_group(input, &scale, references[i], systems[i], result);
        g_array_unref(references[i]);
        g_array_unref(systems[i]);
    }
    g_free(references);
    g_free(systems);
}

ActevResult *actev_match(const ActevInput *input)
{
    ActevResult *result = g_new0(ActevResult, 1);
    result->system_of_reference = g_new(int64_t, input->reference_count);
    result->reference_of_system = g_new(int64_t, input->system_count);
    result->kernel = g_new(double, input->reference_count);
    for (size_t i = 0; i < input->reference_count; i++) {
        result->system_of_reference[i] = -1;
        result->kernel[i] = NAN;
    }
    for (size_t i = 0; i < input->system_count; i++)
        result->reference_of_system[i] = -1;
    match_all(input, result);
    return result;
}

ActevResult *actev_evaluate(const ActevInput *input)
{
    ActevResult *result = actev_match(input);
    result->activity_count = input->activities;
    result->activities = g_new0(ActevActivity, (size_t)input->activities);
    ActevMideSum all = {0, 0, 0};
    for (int i = 0; i < input->activities; i++) {
        ActevActivity *measures = &result->activities[i];
        measures->points = g_array_new(FALSE, FALSE, sizeof(ActevPoint));
        ActevMideSum own = {0, 0, 0};
        for (size_t j = 0; j < input->reference_count; j++) {
            const int64_t system = result->system_of_reference[j];
            if (input->references[j].activity != i || system < 0)
                continue;
            const double mide = actev_pair_mide(input, j, (size_t)system);
            actev_add_mide(&own, mide);
            actev_add_mide(&all, mide);
        }
        measures->n_mide = actev_mean_mide(&own);
        measures->n_mide_rejected = own.rejected;
        actev_sweep(input, result, i, measures);
        actev_measure_precision(input, i, measures);
    }
    result->n_mide = actev_mean_mide(&all);
    result->n_mide_rejected = all.rejected;
    return result;
}

static void clear_actev_result(ActevResult *result)
{
    for (int i = 0; i < result->activity_count; i++)
        g_array_unref(result->activities[i].points);
    g_free(result->activities);
    g_free(result->system_of_reference);
    g_free(result->reference_of_system);
    g_free(result->kernel);
}

DEFINE_FREE(actev_result_free, ActevResult, result, clear_actev_result(result))
