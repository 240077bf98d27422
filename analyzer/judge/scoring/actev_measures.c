/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/actev_parts.h"

#include <math.h>

ActevSignal actev_reference(const ActevInput *input, size_t index)
{
    return (ActevSignal){&input->references[index],
                         input->reference_spans != NULL ? input->reference_spans[index] : NULL};
}

ActevSignal actev_system(const ActevInput *input, size_t index)
{
    return (ActevSignal){&input->systems[index],
                         input->system_spans != NULL ? input->system_spans[index] : NULL};
}

int64_t actev_frames(const ActevSignal *signal)
{
    return signal->spans != NULL ? span_list_total(signal->spans)
                                 : signal->instance->end - signal->instance->start;
}

static void add_signal(SpanList *list, const ActevSignal *signal)
{
    if (signal->spans == NULL)
        span_list_add(list, signal->instance->start, signal->instance->end);
    for (guint i = 0; signal->spans != NULL && i < signal->spans->spans->len; i++) {
        const Span *span = &g_array_index(signal->spans->spans, Span, i);
        span_list_add(list, span->start_us, span->end_us);
    }
}

int64_t actev_common(const ActevSignal *a, const ActevSignal *b)
{
    if (a->spans == NULL && b->spans == NULL)
        return MAX(0, MIN(a->instance->end, b->instance->end) - MAX(a->instance->start, b->instance->start));
    if (b->spans == NULL)
        return span_list_overlap(a->spans, b->instance->start, b->instance->end);
    int64_t common = 0;
    for (guint i = 0; i < b->spans->spans->len; i++) {
        const Span *span = &g_array_index(b->spans->spans, Span, i);
        const ActevInstance whole = {.start = span->start_us, .end = span->end_us};
        const ActevSignal part = {&whole, NULL};
        common += actev_common(a, &part);
    }
    return common;
}

double actev_iou(const ActevSignal *a, const ActevSignal *b)
{
    const int64_t common = actev_common(a, b);
    const int64_t all = actev_frames(a) + actev_frames(b) - common;
    return all > 0 ? (double)common / (double)all : 0;
}

ActevPair actev_pair(const ActevInput *input, size_t reference, size_t system)
{
    const ActevSignal truth = actev_reference(input, reference), said = actev_system(input, system);
    const int64_t common = actev_common(&truth, &said);
    return (ActevPair){.intersection = common,
                       .total = actev_frames(&truth) + actev_frames(&said) - common,
                       .false_alarm = actev_frames(&said) - common,
                       .miss = actev_frames(&truth) - common,
                       .iou = actev_iou(&truth, &said)};
}

double actev_pair_mide(const ActevInput *input, size_t reference, size_t system)
{
    const ActevSignal truth = actev_reference(input, reference), said = actev_system(input, system);
    g_auto(SpanList) inner, found, outer, collar;
    span_list_init(&inner);
    span_list_init(&found);
    span_list_init(&outer);
    span_list_init(&collar);
    add_signal(&inner, &truth);
    add_signal(&found, &said);
    for (guint i = 0; i < inner.spans->len; i++) {
        const Span *span = &g_array_index(inner.spans, Span, i);
        span_list_add(&collar, span->start_us - input->collar, span->start_us + input->collar);
        span_list_add(&collar, span->end_us - input->collar, span->end_us + input->collar);
    }
    add_signal(&outer, &truth);
    for (guint i = 0; i < collar.spans->len; i++) {
        const Span *span = &g_array_index(collar.spans, Span, i);
        span_list_add(&outer, span->start_us, span->end_us);
    }
    span_list_subtract_list(&inner, &collar);
    span_list_subtract_list(&found, &collar);
    const int64_t reference_frames = span_list_total(&inner);
    const int64_t other_frames = input->files[truth.instance->file].frames - span_list_total(&outer);
    if (reference_frames <= 0 || other_frames <= 0)
        return NAN;
    const int64_t system_frames = span_list_total(&found);
    span_list_intersect_list(&found, &inner);
    const int64_t common = span_list_total(&found);
    return (double)(reference_frames - common) / (double)reference_frames +
           (double)(system_frames - common) / (double)other_frames;
}

void actev_add_mide(ActevMideSum *sum, double mide)
{
    if (isnan(mide)) {
        sum->rejected++;
    } else {
        sum->sum += mide;
        sum->pairs++;
    }
}

double actev_mean_mide(const ActevMideSum *sum)
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

static void add_changes(GArray *changes, const ActevSignal *signal, bool system)
{
    g_auto(SpanList) on;
    span_list_init(&on);
    add_signal(&on, signal);
    for (guint i = 0; i < on.spans->len; i++) {
        const Span *span = &g_array_index(on.spans, Span, i);
        const Change begin = {span->start_us, system, !system};
        const Change end = {span->end_us, -(int)system, -(int)!system};
        g_array_append_val(changes, begin);
        g_array_append_val(changes, end);
    }
}

/* Frames without any reference, from frame 0 to `frames`; a gap that begins later counts whole. */
static void find_free_time(const ActevInput *input, int activity, int file, SpanList *free_time)
{
    g_auto(SpanList) covered;
    span_list_init(&covered);
    for (size_t i = 0; i < input->reference_count; i++) {
        const ActevSignal reference = actev_reference(input, i);
        if (reference.instance->activity == activity && reference.instance->file == file)
            add_signal(&covered, &reference);
    }
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
            const ActevSignal system = actev_system(input, i);
            if (system.instance->activity != activity || system.instance->file != file ||
                system.instance->confidence < threshold)
                continue;
            const ActevSignal free = {NULL, &free_time};
            if (input->protocol->tfa == ACTEV_TFA_OUTSIDE)
                point->tfa_numerator += actev_common(&free, &system);
            else
                add_changes(changes, &system, true);
        }
        if (input->protocol->tfa == ACTEV_TFA_OUTSIDE)
            continue;
        for (size_t i = 0; i < input->reference_count; i++) {
            const ActevSignal reference = actev_reference(input, i);
            if (reference.instance->activity == activity && reference.instance->file == file)
                add_changes(changes, &reference, false);
        }
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

/* The activity's different confidences, from the highest down; of more than `points` as many, evenly taken,
 * the first and the last among them (an index halfway between two goes to the even one). */
static GArray *find_thresholds(const ActevInput *input, int activity)
{
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(double));
    GArray *thresholds = g_array_new(FALSE, FALSE, sizeof(double));
    for (size_t i = 0; i < input->system_count; i++)
        if (input->systems[i].activity == activity)
            g_array_append_val(all, input->systems[i].confidence);
    g_array_sort(all, compare_descending);
    guint different = 0;
    for (guint i = 0; i < all->len; i++) {
        const double confidence = g_array_index(all, double, i);
        if (different == 0 || confidence != g_array_index(all, double, different - 1))
            g_array_index(all, double, different++) = confidence;
    }
    g_array_set_size(all, different);
    const guint count = input->points > 0 ? MIN(all->len, (guint)input->points) : all->len;
    const double step = count > 1 ? (double)(all->len - 1) / (double)(count - 1) : 0;
    for (guint i = 0; i < count; i++) {
        const double threshold = g_array_index(all, double, (guint)nearbyint(i * step));
        g_array_append_val(thresholds, threshold);
    }
    return thresholds;
}

void actev_sweep(const ActevInput *input, const ActevResult *result, int activity, ActevActivity *measures)
{
    double minutes = 0;
    for (int i = 0; i < input->file_count; i++)
        minutes += (double)input->files[i].frames / input->files[i].rate / 60;
    int64_t references = 0;
    for (size_t i = 0; i < input->reference_count; i++)
        references += input->references[i].activity == activity;
    g_autoptr(GArray) thresholds = find_thresholds(input, activity);
    for (guint t = 0; t < thresholds->len; t++) {
        const double threshold = g_array_index(thresholds, double, t);
        ActevPoint point = {.threshold = threshold, .t_fa = NAN};
        int64_t found = 0, false_alarms = 0;
        ActevMideSum mide = {0, 0, 0};
        for (size_t i = 0; i < input->system_count; i++) {
            if (input->systems[i].activity != activity || input->systems[i].confidence < threshold)
                continue;
            const int64_t reference = result->reference_of_system[i];
            if (reference < 0) {
                false_alarms++;
                continue;
            }
            found++;
            actev_add_mide(&mide, actev_pair_mide(input, (size_t)reference, i));
        }
        const double missed = (double)(references - found);
        point.r_fa = (double)false_alarms / minutes;
        point.p_miss = references > 0 ? missed / (double)references : (double)NAN;
        point.w_p_miss =
            references > 0 ? (missed + input->miss_numerator) / ((double)references + input->miss_denominator)
                           : (double)NAN;
        point.n_mide = actev_mean_mide(&mide);
        if (input->protocol->tfa != ACTEV_TFA_NONE)
            measure_time(input, activity, threshold, &point);
        g_array_append_val(measures->points, point);
    }
}
