/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/rate.h"

#include <glib.h>
#include <math.h>

static Rate undefined_rate(Rate rate, UndefinedReason reason)
{
    rate.value = NAN;
    rate.interval = (Interval){NAN, NAN};
    rate.reason = reason;
    return rate;
}

Rate rate_poisson(int64_t k, double exposure, RateUnit unit, double level, UndefinedReason reason)
{
    Rate rate = {.numerator = k,
                 .denominator = exposure,
                 .unit = unit,
                 .reason = UNDEFINED_NOT,
                 .method = INTERVAL_GARWOOD,
                 .level = level};
    if (!(exposure > 0))
        return undefined_rate(rate, reason);
    const Interval mean = statistics_garwood(k, level);
    rate.value = (double)k / exposure;
    rate.interval = (Interval){mean.low / exposure, mean.high / exposure};
    return rate;
}

Rate rate_proportion(int64_t k, int64_t n, RateUnit unit, double level, UndefinedReason reason)
{
    Rate rate = {.numerator = k,
                 .denominator = (double)n,
                 .unit = unit,
                 .reason = UNDEFINED_NOT,
                 .method = INTERVAL_CLOPPER_PEARSON,
                 .level = level};
    if (n <= 0)
        return undefined_rate(rate, reason);
    rate.value = (double)k / (double)n;
    rate.interval = statistics_clopper_pearson(k, n, level);
    return rate;
}

const char *rate_unit_name(RateUnit unit)
{
    static const char *const names[] = {
        [RATE_PER_CAMERA_HOUR] = "camera_hour",
        [RATE_PER_EVENT] = "event",
        [RATE_PER_ALERT] = "alert",
        [RATE_PER_CLIP] = "clip",
        [RATE_PER_WINDOW] = "window",
        [RATE_PER_PASSAGE] = "passage",
    };
    return names[unit];
}

const char *interval_method_name(IntervalMethod method)
{
    return method == INTERVAL_GARWOOD ? "garwood" : "clopper-pearson";
}

/* Each has a text “reason.NAME”. */
static const char *const reasons[] = {
    [UNDEFINED_NOT] = NULL,
    [UNDEFINED_NO_EXPOSURE] = "no_exposure",
    [UNDEFINED_NO_EVENT] = "no_event",
    [UNDEFINED_NO_ALERT] = "no_alert",
    [UNDEFINED_NO_FALSE_ALERT] = "no_false_alert",
    [UNDEFINED_NO_HIT] = "no_hit",
    [UNDEFINED_NO_CLIP] = "no_event_free_clip",
    [UNDEFINED_NO_WINDOW] = "no_event_free_window",
    [UNDEFINED_NO_PASSAGE] = "no_passage",
    [UNDEFINED_NO_COUNTER] = "not_counted",
    [UNDEFINED_NO_PREVALENCE] = "no_prevalence",
    [UNDEFINED_FEW_CLUSTERS] = "too_few_clusters",
    [UNDEFINED_NO_CONFIDENCE] = "no_confidence",
    [UNDEFINED_TANGLED] = "too_tangled",
    [UNDEFINED_NOT_TESTABLE] = "not_testable_as_worded",
};

const char *undefined_reason_name(UndefinedReason reason)
{
    g_assert((size_t)reason < G_N_ELEMENTS(reasons));
    return reasons[reason];
}
