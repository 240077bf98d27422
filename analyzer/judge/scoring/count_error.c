/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/count_error.h"

#include <math.h>

typedef struct {
    int64_t n, sum, absolute, largest;
} Sums;

static void add_clip(const CountClip *clip, Sums *sums)
{
    guint at = 0;
    for (guint i = 0; i < clip->samples->len; i++) {
        const CountSample *sample = &g_array_index(clip->samples, CountSample, i);
        while (at < clip->truth->len && g_array_index(clip->truth, CountSpan, at).span.end_us <= sample->t_us)
            at++;
        if (at == clip->truth->len)
            return;
        const CountSpan *truth = &g_array_index(clip->truth, CountSpan, at);
        if (truth->span.start_us > sample->t_us || !span_list_contains(clip->scored, sample->t_us))
            continue;
        const int64_t error = sample->value - truth->value;
        sums->n++;
        sums->sum += error;
        sums->absolute += ABS(error);
        sums->largest = MAX(sums->largest, ABS(error));
    }
}

CountError count_error_measure(const CountClip *clips, size_t count)
{
    Sums sums = {0, 0, 0, 0};
    bool known = false;
    for (size_t i = 0; i < count; i++) {
        known |= clips[i].truth != NULL && clips[i].truth->len > 0;
        if (clips[i].samples != NULL && clips[i].truth != NULL)
            add_clip(&clips[i], &sums);
    }
    if (sums.n == 0)
        return (CountError){0, (double)NAN, (double)NAN, 0, known ? "no_count" : "no_count_truth"};
    return (CountError){sums.n, (double)sums.sum / (double)sums.n, (double)sums.absolute / (double)sums.n,
                        sums.largest, NULL};
}
