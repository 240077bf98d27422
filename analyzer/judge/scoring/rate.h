/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A rate is never a number alone: numerator, denominator, unit, exact interval, and when it is not defined,
 * the reason. */
#ifndef VSAUDIT_SCORING_RATE_H
#define VSAUDIT_SCORING_RATE_H

#include "scoring/statistics.h"

/* Of every two-sided interval, unless a protocol's parameter “level” says otherwise. Part of eval-1 and
 * eval-2. */
#define INTERVAL_LEVEL 0.95

typedef enum {
    RATE_PER_CAMERA_HOUR,
    RATE_PER_EVENT,
    RATE_PER_ALERT,
    RATE_PER_CLIP,
    RATE_PER_WINDOW,
    RATE_PER_PASSAGE,
} RateUnit;

typedef enum { INTERVAL_GARWOOD, INTERVAL_CLOPPER_PEARSON } IntervalMethod;

/* Why a value is not there. The words are part of results.json and never change. */
typedef enum {
    UNDEFINED_NOT,            /* it is defined */
    UNDEFINED_NO_EXPOSURE,    /* "no_exposure": no camera time was scored */
    UNDEFINED_NO_EVENT,       /* "no_event": no event to miss */
    UNDEFINED_NO_ALERT,       /* "no_alert": nothing to be right or wrong about */
    UNDEFINED_NO_FALSE_ALERT, /* "no_false_alert": neither of two that are compared raised one */
    UNDEFINED_NO_HIT,         /* "no_hit": no latency without a hit */
    UNDEFINED_NO_CLIP,        /* "no_event_free_clip" */
    UNDEFINED_NO_WINDOW,      /* "no_event_free_window" */
    UNDEFINED_NO_PASSAGE,     /* "no_passage": none was counted */
    UNDEFINED_NO_COUNTER,     /* "not_counted": a clip has no such count */
    UNDEFINED_NO_PREVALENCE,  /* "no_prevalence": the scenario states none */
    UNDEFINED_FEW_CLUSTERS,   /* "too_few_clusters": fewer than two cameras */
    UNDEFINED_NO_CONFIDENCE,  /* "no_confidence": not every alert carries one */
    UNDEFINED_TANGLED,        /* "too_tangled": too many events at once to be reckoned */
    UNDEFINED_NOT_TESTABLE,   /* "not_testable_as_worded" */
} UndefinedReason;

typedef struct {
    int64_t numerator;
    double denominator; /* in `unit`; camera-hours are not whole */
    RateUnit unit;
    double value; /* numerator / denominator; NAN when not defined */
    UndefinedReason reason;
    IntervalMethod method;
    double level;      /* two-sided, 0.95 */
    Interval interval; /* NAN, NAN when not defined */
} Rate;

/* k events in an exposure: Garwood. `reason` is used when exposure <= 0. */
Rate rate_poisson(int64_t k, double exposure, RateUnit unit, double level, UndefinedReason reason);
/* k of n: Clopper-Pearson. `reason` is used when n == 0. */
Rate rate_proportion(int64_t k, int64_t n, RateUnit unit, double level, UndefinedReason reason);

const char *rate_unit_name(RateUnit unit);               /* "camera_hour", "event", … */
const char *interval_method_name(IntervalMethod method); /* "garwood", "clopper-pearson" */
/* The stable word, for people the text “reason.WORD”; NULL for UNDEFINED_NOT. */
const char *undefined_reason_name(UndefinedReason reason);

#endif
