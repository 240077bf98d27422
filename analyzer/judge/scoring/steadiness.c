/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/steadiness.h"

#include "scoring/matching.h"

#include <math.h>
#include <stdlib.h>

void steadiness_init(Steadiness *steadiness, int64_t reach_us, int64_t tolerance_us)
{
    g_assert(reach_us >= tolerance_us && tolerance_us >= 0);
    *steadiness = (Steadiness){.reach_us = reach_us,
                               .tolerance_us = tolerance_us,
                               .differences = g_array_new(FALSE, FALSE, sizeof(double))};
}

void steadiness_clear(Steadiness *steadiness)
{
    g_clear_pointer(&steadiness->differences, g_array_unref);
}

void steadiness_add(Steadiness *steadiness, const int64_t *first, size_t first_count, const int64_t *second,
                    size_t second_count)
{
    g_autofree MatchEvent *events = g_new0(MatchEvent, first_count + 1);
    g_autofree MatchAlert *alerts = g_new0(MatchAlert, second_count + 1);
    g_autofree int64_t *partner = g_new(int64_t, first_count + 1), *back = g_new(int64_t, second_count + 1);
    for (size_t i = 0; i < first_count; i++)
        events[i] = (MatchEvent){first[i], first[i], BOX_NONE};
    for (size_t i = 0; i < second_count; i++)
        alerts[i] = (MatchAlert){second[i], NAN, BOX_NONE, false};
    const MatchRules rules = {steadiness->reach_us, steadiness->reach_us, MATCH_BOXES_IGNORED};
    matching_assign(events, first_count, alerts, second_count, &rules, partner, back);
    steadiness->first += (int64_t)first_count;
    steadiness->second += (int64_t)second_count;
    for (size_t i = 0; i < first_count; i++) {
        if (partner[i] == MATCH_NONE)
            continue;
        const int64_t apart = llabs(second[partner[i]] - first[i]);
        const double seconds = (double)apart / 1e6;
        steadiness->paired++;
        steadiness->equal += apart <= steadiness->tolerance_us;
        g_array_append_val(steadiness->differences, seconds);
    }
}

int64_t steadiness_answers(const Steadiness *steadiness)
{
    return steadiness->first + steadiness->second - steadiness->paired;
}

int64_t steadiness_differing(const Steadiness *steadiness)
{
    return steadiness_answers(steadiness) - steadiness->equal;
}

void steadiness_end_clip(Steadiness *steadiness)
{
    const int64_t differing = steadiness_differing(steadiness);
    steadiness->clips++;
    steadiness->alike += differing == steadiness->differing_before;
    steadiness->differing_before = differing;
}

double steadiness_p(const Steadiness *steadiness)
{
    const int64_t answers = steadiness_answers(steadiness);
    return answers > 0
               ? statistics_binomial_at_least(steadiness_differing(steadiness), answers, STEADINESS_ALLOWED)
               : (double)NAN;
}

Interval steadiness_share(const Steadiness *steadiness)
{
    const int64_t answers = steadiness_answers(steadiness);
    return answers > 0 ? statistics_clopper_pearson(steadiness_differing(steadiness), answers, 0.95)
                       : (Interval){NAN, NAN};
}

static int compare_doubles(gconstpointer a, gconstpointer b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double steadiness_quantile(const Steadiness *steadiness, double fraction)
{
    g_autoptr(GArray) sorted = g_array_copy(steadiness->differences);
    g_array_sort(sorted, compare_doubles);
    return statistics_quantile_sorted((const double *)(void *)sorted->data, sorted->len, fraction);
}
