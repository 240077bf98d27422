/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/figures.h"

#include <string.h>

void figures_set_level(Texts *texts, const Results *results)
{
    g_autoptr(GArray) shares = g_array_new(FALSE, FALSE, sizeof(double));
    for (size_t i = 0; i < results->scenarios.count; i++) {
        const char *level =
            json_string_value(json_object_get(results->scenarios.at[i].protocol.parameters, "level"));
        const double share = level != NULL ? g_ascii_strtod(level, NULL) : 0;
        if (share > 0 && share < 1)
            g_array_append_val(shares, share);
    }
    if (shares->len > 0)
        texts_set_levels(texts, (const double *)(const void *)shares->data, shares->len);
}

void figures_rate(const Texts *texts, const ResultsRate *rate, NumberText *out)
{
    const char *unit = rate->unit;
    /* More than one false alert can fall on a passage: that is no share of a whole. */
    const bool percent = unit != NULL && strstr(unit, "hour") == NULL && strstr(unit, "day") == NULL &&
                         strcmp(unit, "passage") != 0 && strcmp(unit, "ratio") != 0;
    texts_interval(texts, rate->value, rate->interval.low, rate->interval.high, percent, out);
}
