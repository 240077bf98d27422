/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One stratum's false-alert rate against another's. */
#ifndef VSAUDIT_SCORING_CONTRAST_H
#define VSAUDIT_SCORING_CONTRAST_H

#include "scoring/statistics.h"

typedef struct {
    RateRatio ratio;         /* with exact interval and two-sided p */
    double difference;       /* per hour; NAN without exposure */
    double detectable_ratio; /* the smallest that so many counts would show with 80 % power at 5 %, had both
                                equal hours; NAN when even a hundredfold would not be seen */
    bool four_fifths;        /* the ratio lies outside 0.8 to 1.25: a flag, never a verdict */
} Contrast;

/* k counts in t hours against the reference's. */
Contrast contrast_rates(int64_t k, double t, int64_t reference_k, double reference_t, double level);
/* Whether an attribute's name says that it describes people ("age", "skin_tone"). */
bool contrast_describes_people(const char *attribute);

#endif
