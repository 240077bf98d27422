/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "records/count.h"

static int compare_spans(gconstpointer a, gconstpointer b)
{
    const CountSpan *x = a, *y = b;
    return (x->span.start_us > y->span.start_us) - (x->span.start_us < y->span.start_us);
}

int64_t count_spans_sort(GArray *spans)
{
    g_array_sort(spans, compare_spans);
    for (guint i = 1; i < spans->len; i++) {
        if (g_array_index(spans, CountSpan, i).span.start_us <
            g_array_index(spans, CountSpan, i - 1).span.end_us)
            return i;
    }
    return -1;
}

GArray *count_samples_new(void)
{
    return g_array_new(FALSE, FALSE, sizeof(CountSample));
}

json_t *count_samples_to_json(const GArray *samples)
{
    if (samples == NULL)
        return json_null();
    json_t *list = json_array();
    for (guint i = 0; i < samples->len; i++) {
        const CountSample *sample = &g_array_index(samples, CountSample, i);
        json_array_append_new(list, json_integer(sample->t_us));
        json_array_append_new(list, json_integer(sample->value));
    }
    return list;
}

bool count_samples_from_json(const json_t *json, GArray **out)
{
    *out = NULL;
    if (json == NULL || json_is_null(json))
        return true;
    if (!json_is_array(json) || json_array_size(json) % 2 != 0)
        return false;
    g_autoptr(GArray) samples = count_samples_new();
    for (size_t i = 0; i < json_array_size(json); i += 2) {
        const json_t *t = json_array_get(json, i), *value = json_array_get(json, i + 1);
        if (!json_is_integer(t) || !json_is_integer(value))
            return false;
        const CountSample sample = {json_integer_value(t), json_integer_value(value)};
        g_array_append_val(samples, sample);
    }
    *out = g_steal_pointer(&samples);
    return true;
}
