/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/actev.h"

#include "records/span.h"
#include "scoring/sparse_assignment.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const ActevProtocol actev_protocols[] = {
    {"actev18-ad", ACTEV_COMPARE_IOU, 0.2, 1e-6, 1e-8, ACTEV_TFA_NONE},
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

static int64_t overlap(const ActevInstance *a, const ActevInstance *b)
{
    return MAX(0, MIN(a->end, b->end) - MAX(a->start, b->start));
}

static double temporal_iou(const ActevInstance *a, const ActevInstance *b)
{
    const int64_t common = overlap(a, b);
    const int64_t all = a->end - a->start + b->end - b->start - common;
    return all > 0 ? (double)common / (double)all : 0;
}

static bool is_comparable(const ActevProtocol *protocol, double rate, const ActevInstance *reference,
                          const ActevInstance *system)
{
    const double common = (double)overlap(reference, system);
    const double length = (double)(reference->end - reference->start);
    switch (protocol->comparison) {
    case ACTEV_COMPARE_IOU:
        return temporal_iou(reference, system) > protocol->threshold;
    case ACTEV_COMPARE_SECOND:
        return common >= rate;
    case ACTEV_COMPARE_SHORT_SYS:
        if ((double)(system->end - system->start) < rate)
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

static double kernel(const ActevInput *input, const Scale *scale, const ActevInstance *reference,
                     const ActevInstance *system)
{
    const double congruence = scale->range > 0 ? (system->confidence - scale->low) / scale->range : 1;
    double value = 1 + input->protocol->confidence_weight * congruence;
    if (input->protocol->iou_weight > 0)
        value += input->protocol->iou_weight * temporal_iou(reference, system);
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
    g_autoptr(GArray) edges = g_array_new(FALSE, FALSE, sizeof(SparseEdge));
    g_autofree size_t *first = g_new(size_t, rows + 1), *column_of_row = g_new(size_t, rows);
    for (size_t i = 0; i < rows; i++) {
        const ActevInstance *system = &input->systems[g_array_index(systems, size_t, (guint)i)];
        first[i] = edges->len;
        for (size_t j = 0; j < columns; j++) {
            const ActevInstance *reference = &input->references[g_array_index(references, size_t, (guint)j)];
            if (!is_comparable(input->protocol, input->files[0].rate, reference, system))
                continue;
            const double loss = largest - kernel(input, scale, reference, system);
            const SparseEdge edge = {.column = j, .error = (int64_t)llround(loss * steps)};
            g_array_append_val(edges, edge);
        }
        const SparseEdge alone = {.column = columns + i, .error = (int64_t)llround(largest * steps)};
        g_array_append_val(edges, alone);
    }
    first[rows] = edges->len;
    sparse_assignment_solve((const SparseEdge *)(const void *)edges->data, first, rows, columns + rows,
                            column_of_row);
    for (size_t i = 0; i < rows; i++) {
        if (column_of_row[i] >= columns)
            continue;
        const size_t system = g_array_index(systems, size_t, (guint)i);
        const size_t reference = g_array_index(references, size_t, (guint)column_of_row[i]);
        result->system_of_reference[reference] = (int64_t)system;
        result->reference_of_system[system] = (int64_t)reference;
        result->kernel[reference] =
            kernel(input, scale, &input->references[reference], &input->systems[system]);
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

/* ---- measures */

/* Localisation error of a matched pair; NAN when one of its denominators is not positive. */
static double pair_mide(const ActevInput *input, const ActevInstance *reference, const ActevInstance *system)
{
    g_auto(SpanList) inner, found, outer, collar;
    span_list_init(&inner);
    span_list_init(&found);
    span_list_init(&outer);
    span_list_init(&collar);
    span_list_add(&inner, reference->start, reference->end);
    span_list_add(&found, system->start, system->end);
    span_list_add(&outer, reference->start, reference->end);
    const int64_t ends[] = {reference->start, reference->end};
    for (size_t i = 0; i < 2; i++) {
        span_list_add(&collar, ends[i] - input->collar, ends[i] + input->collar);
        span_list_add(&outer, ends[i] - input->collar, ends[i] + input->collar);
    }
    span_list_subtract_list(&inner, &collar);
    span_list_subtract_list(&found, &collar);
    const int64_t reference_frames = span_list_total(&inner);
    const int64_t other_frames = input->files[reference->file].frames - span_list_total(&outer);
    if (reference_frames <= 0 || other_frames <= 0)
        return NAN;
    const int64_t system_frames = span_list_total(&found);
    span_list_intersect_list(&found, &inner);
    const int64_t common = span_list_total(&found);
    return (double)(reference_frames - common) / (double)reference_frames +
           (double)(system_frames - common) / (double)other_frames;
}

typedef struct {
    double sum;
    int64_t pairs, rejected;
} MideSum;

static void add_mide(MideSum *sum, double mide)
{
    if (isnan(mide)) {
        sum->rejected++;
    } else {
        sum->sum += mide;
        sum->pairs++;
    }
}

static double mean_mide(const MideSum *sum)
{
    return sum->pairs > 0 ? sum->sum / (double)sum->pairs : (double)NAN;
}

typedef struct {
    int64_t frame;
    int system, reference; /* change of the number of instances */
} Change;

static int compare_changes(gconstpointer a, gconstpointer b)
{
    const Change *left = a, *right = b;
    return left->frame < right->frame ? -1 : left->frame > right->frame;
}

static void add_change(GArray *changes, const ActevInstance *instance, bool system)
{
    const Change begin = {instance->start, system, !system};
    const Change end = {instance->end, -(int)system, -(int)!system};
    g_array_append_val(changes, begin);
    g_array_append_val(changes, end);
}

/* Frames without any reference, from frame 0 to `frames`; a gap that begins later counts whole. */
static void find_free_time(const ActevInput *input, int activity, int file, SpanList *free_time)
{
    g_auto(SpanList) covered;
    span_list_init(&covered);
    for (size_t i = 0; i < input->reference_count; i++)
        if (input->references[i].activity == activity && input->references[i].file == file)
            span_list_add(&covered, input->references[i].start, input->references[i].end);
    const int64_t frames = input->files[file].frames;
    int64_t at = 0;
    for (guint i = 0; i < covered.spans->len; i++) {
        const Span *span = &g_array_index(covered.spans, Span, i);
        const bool inside = i > 0 && at <= frames && frames < span->start_us;
        span_list_add(free_time, at, inside ? frames : span->start_us);
        at = span->end_us;
    }
    span_list_add(free_time, at, frames);
}

/* False-alarm time of the system's instances with at least `threshold`. */
static void measure_time(const ActevInput *input, int activity, double threshold, ActevPoint *point)
{
    for (int file = 0; file < input->file_count; file++) {
        g_auto(SpanList) free_time;
        span_list_init(&free_time);
        find_free_time(input, activity, file, &free_time);
        point->tfa_denominator += span_list_total(&free_time);
        g_autoptr(GArray) changes = g_array_new(FALSE, FALSE, sizeof(Change));
        for (size_t i = 0; i < input->system_count; i++) {
            const ActevInstance *system = &input->systems[i];
            if (system->activity != activity || system->file != file || system->confidence < threshold)
                continue;
            if (input->protocol->tfa == ACTEV_TFA_OUTSIDE)
                point->tfa_numerator += span_list_overlap(&free_time, system->start, system->end);
            else
                add_change(changes, system, true);
        }
        if (input->protocol->tfa == ACTEV_TFA_OUTSIDE)
            continue;
        for (size_t i = 0; i < input->reference_count; i++)
            if (input->references[i].activity == activity && input->references[i].file == file)
                add_change(changes, &input->references[i], false);
        g_array_sort(changes, compare_changes);
        int64_t systems = 0, references = 0;
        for (guint i = 0; i < changes->len; i++) {
            const Change *change = &g_array_index(changes, Change, i);
            systems += change->system;
            references += change->reference;
            if (i + 1 < changes->len)
                point->tfa_numerator += MAX(0, systems - references) *
                                        (g_array_index(changes, Change, i + 1).frame - change->frame);
        }
    }
    point->t_fa = point->tfa_denominator > 0 ? (double)point->tfa_numerator / (double)point->tfa_denominator
                                             : (double)NAN;
}

static int compare_descending(gconstpointer a, gconstpointer b)
{
    const double left = *(const double *)a, right = *(const double *)b;
    return left > right ? -1 : left < right;
}

static void sweep(const ActevInput *input, const ActevResult *result, int activity, ActevActivity *measures)
{
    double minutes = 0;
    for (int i = 0; i < input->file_count; i++)
        minutes += (double)input->files[i].frames / input->files[i].rate / 60;
    int64_t references = 0;
    for (size_t i = 0; i < input->reference_count; i++)
        references += input->references[i].activity == activity;
    g_autoptr(GArray) thresholds = g_array_new(FALSE, FALSE, sizeof(double));
    for (size_t i = 0; i < input->system_count; i++)
        if (input->systems[i].activity == activity)
            g_array_append_val(thresholds, input->systems[i].confidence);
    g_array_sort(thresholds, compare_descending);
    for (guint t = 0; t < thresholds->len; t++) {
        const double threshold = g_array_index(thresholds, double, t);
        if (t > 0 && threshold == g_array_index(thresholds, double, t - 1))
            continue;
        ActevPoint point = {.threshold = threshold, .t_fa = NAN};
        int64_t found = 0, false_alarms = 0;
        MideSum mide = {0, 0, 0};
        for (size_t i = 0; i < input->system_count; i++) {
            if (input->systems[i].activity != activity || input->systems[i].confidence < threshold)
                continue;
            const int64_t reference = result->reference_of_system[i];
            if (reference < 0) {
                false_alarms++;
                continue;
            }
            found++;
            add_mide(&mide, pair_mide(input, &input->references[reference], &input->systems[i]));
        }
        const double missed = (double)(references - found);
        point.r_fa = (double)false_alarms / minutes;
        point.p_miss = references > 0 ? missed / (double)references : (double)NAN;
        point.w_p_miss =
            references > 0 ? (missed + input->miss_numerator) / ((double)references + input->miss_denominator)
                           : (double)NAN;
        point.n_mide = mean_mide(&mide);
        if (input->protocol->tfa != ACTEV_TFA_NONE)
            measure_time(input, activity, threshold, &point);
        g_array_append_val(measures->points, point);
    }
}

/* ---- average precision: each system instance, the surest first, takes the free reference of its file that
 * it overlaps best */

typedef struct {
    double confidence;
    size_t index;
} RankedInstance;

static int compare_ranked(gconstpointer a, gconstpointer b)
{
    const RankedInstance *left = a, *right = b;
    if (left->confidence != right->confidence)
        return left->confidence > right->confidence ? -1 : 1;
    return left->index > right->index ? -1 : left->index < right->index;
}

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
        const ActevInstance *system = &input->systems[g_array_index(ranked, RankedInstance, i).index];
        double best = -1;
        size_t choice = 0;
        for (size_t j = 0; j < input->reference_count; j++) {
            const ActevInstance *reference = &input->references[j];
            if (taken[j] || reference->activity != activity || reference->file != system->file)
                continue;
            const double iou = temporal_iou(reference, system);
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

static void measure_precision(const ActevInput *input, int activity, ActevActivity *measures)
{
    g_autoptr(GArray) ranked = g_array_new(FALSE, FALSE, sizeof(RankedInstance));
    for (size_t i = 0; i < input->system_count; i++) {
        const RankedInstance entry = {input->systems[i].confidence, i};
        if (input->systems[i].activity == activity)
            g_array_append_val(ranked, entry);
    }
    g_array_sort(ranked, compare_ranked);
    for (size_t i = 0; i < G_N_ELEMENTS(measures->average_precision); i++)
        measures->average_precision[i] =
            average_precision(input, activity, ranked, (double)(5 * (i + 1)) / 100);
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
    MideSum all = {0, 0, 0};
    for (int i = 0; i < input->activities; i++) {
        ActevActivity *measures = &result->activities[i];
        measures->points = g_array_new(FALSE, FALSE, sizeof(ActevPoint));
        MideSum own = {0, 0, 0};
        for (size_t j = 0; j < input->reference_count; j++) {
            const int64_t system = result->system_of_reference[j];
            if (input->references[j].activity != i || system < 0)
                continue;
            const double mide = pair_mide(input, &input->references[j], &input->systems[system]);
            add_mide(&own, mide);
            add_mide(&all, mide);
        }
        measures->n_mide = mean_mide(&own);
        measures->n_mide_rejected = own.rejected;
        sweep(input, result, i, measures);
        measure_precision(input, i, measures);
    }
    result->n_mide = mean_mide(&all);
    result->n_mide_rejected = all.rejected;
    return result;
}

void actev_result_free(ActevResult *result)
{
    if (result == NULL)
        return;
    for (int i = 0; i < result->activity_count; i++)
        g_array_unref(result->activities[i].points);
    g_free(result->activities);
    g_free(result->system_of_reference);
    g_free(result->reference_of_system);
    g_free(result->kernel);
    g_free(result);
}

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
