/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "behaviours/smooth.h"

/* The value from `t_us` until the next sample; sorted: for how long it stood. */
typedef struct {
    int64_t t_us;
    double value;
} Sample;

void smooth_init(Smooth *smooth, int64_t window_us)
{
    *smooth = (Smooth){window_us, g_array_new(FALSE, FALSE, sizeof(Sample)),
                       g_array_new(FALSE, FALSE, sizeof(Sample)), 0};
}

void smooth_clear(Smooth *smooth)
{
    g_clear_pointer(&smooth->samples, g_array_unref);
    g_clear_pointer(&smooth->sorted, g_array_unref);
}

static gint compare_values(gconstpointer a, gconstpointer b)
{
    const double left = ((const Sample *)a)->value, right = ((const Sample *)b)->value;
    return (left > right) - (left < right);
}

static double find_median(Smooth *smooth, int64_t t_us, double value)
{
    const int64_t from_us = t_us - smooth->window_us;
    const Sample sample = {t_us, value};
    g_array_append_val(smooth->samples, sample);
    guint old = 0;
    while (old + 1 < smooth->samples->len && g_array_index(smooth->samples, Sample, old + 1).t_us <= from_us)
        old++;
    g_array_remove_range(smooth->samples, 0, old);
    if (smooth->samples->len < 2)
        return value;
    /* The newest has not stood yet. */
    g_array_set_size(smooth->sorted, 0);
    int64_t total_us = 0;
    for (guint i = 0; i + 1 < smooth->samples->len; i++) {
        const Sample *at = &g_array_index(smooth->samples, Sample, i);
        const int64_t stood_us = at[1].t_us - MAX(at->t_us, from_us);
        const Sample weighed = {stood_us, at->value};
        g_array_append_val(smooth->sorted, weighed);
        total_us += stood_us;
    }
    g_array_sort(smooth->sorted, compare_values);
    int64_t passed_us = 0;
    for (guint i = 0; i < smooth->sorted->len; i++) {
        const Sample *weighed = &g_array_index(smooth->sorted, Sample, i);
        passed_us += weighed->t_us;
        if (2 * passed_us >= total_us)
            return weighed->value;
    }
    return value;
}

double smooth_add(Smooth *smooth, int64_t t_us, double value)
{
    smooth->median = find_median(smooth, t_us, value);
    return smooth->median;
}

double smooth_value(const Smooth *smooth)
{
    return smooth->median;
}
