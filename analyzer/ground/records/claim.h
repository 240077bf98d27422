/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a claim is read as, so that it can be tested. */
#ifndef VSAUDIT_RECORDS_CLAIM_H
#define VSAUDIT_RECORDS_CLAIM_H

#include <stdint.h>

/* What is known of each is in scoring/metrics.c. */
typedef enum {
    METRIC_FALSE_ALERTS_PER_CAMERA_HOUR,
    METRIC_FALSE_ALERTS_PER_PASSAGE, /* needs the behaviour's counter "passages" */
    METRIC_P_MISS,
    METRIC_PRECISION,
    METRIC_PRECISION_AT_PREVALENCE,
    METRIC_ANALYSIS_TIME, /* by how much the time of a person watching is divided; scoring/analysis_time.h */
    METRIC_RATE_RATIO,    /* false alerts against another system's or condition's; scoring/comparison.h */
    METRIC_MISS_DIFFERENCE, /* share missed of the same events, less the other's; likewise */
    METRIC_NONE,            /* not testable as worded */
} ClaimMetric;

/* What a verdict speaks of; scoring/scope.h. */
typedef enum {
    CLAIM_OF_PLACES, /* “places_like_these”: cameras and days like those filmed */
    CLAIM_OF_CLIPS,  /* “these_clips”: this footage and these cameras alone */
    CLAIM_SCOPE_NOT_STATED,
} ClaimScope;

/* When a verdict is read; scoring/looks.h. */
typedef enum {
    LOOKS_AT_HORIZON, /* once, when so much has been filmed */
    LOOKS_ANYTIME,    /* as often as one likes: judged by e-processes */
    LOOKS_NOT_STATED,
} LooksPlan;

/* Of a horizon one bound at least is stated; of several all must be reached. */
typedef struct {
    LooksPlan plan;
    double camera_hours; /* scored; 0: not stated */
    int64_t events;      /* scored; 0: not stated */
    char *end;           /* a day that the footage reaches, "2027-03-31"; NULL: not stated */
} LooksSpec;

#endif
