/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/contrast.h"

#include <glib.h>
#include <math.h>

static double find_detectable(int64_t counts)
{
    double low = 1.0001, high = 100;
    if (counts < statistics_events_for_ratio(high, 0.8, 0.05))
        return NAN;
    for (int i = 0; i < 60; i++) {
        const double middle = (low + high) / 2;
        if (statistics_events_for_ratio(middle, 0.8, 0.05) <= counts)
            high = middle;
        else
            low = middle;
    }
    return high;
}

Contrast contrast_rates(int64_t k, double t, int64_t reference_k, double reference_t, double level)
{
    Contrast contrast = {.ratio = {NAN, {NAN, NAN}, NAN}, .difference = NAN, .detectable_ratio = NAN};
    if (!(t > 0) || !(reference_t > 0))
        return contrast;
    contrast.ratio = statistics_rate_ratio(k, t, reference_k, reference_t, level);
    contrast.difference = (double)k / t - (double)reference_k / reference_t;
    contrast.detectable_ratio = find_detectable(k + reference_k);
    contrast.four_fifths =
        !isnan(contrast.ratio.ratio) && (contrast.ratio.ratio < 0.8 || contrast.ratio.ratio > 1.25);
    return contrast;
}

bool contrast_describes_people(const char *attribute)
{
    static const char *const words[] = {"age",       "gender",   "sex",      "skin",       "skin_tone",
                                        "ethnicity", "origin",   "race",     "disability", "build",
                                        "religion",  "clothing", "language", NULL};
    g_autofree char *lower = g_ascii_strdown(attribute, -1);
    return g_strv_contains(words, g_strdelimit(lower, "-", '_'));
}
