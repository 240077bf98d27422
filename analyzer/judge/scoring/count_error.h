/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far the number of people that a system counted is from the true number.
 *
 * One reading a second, as the system made it. It is judged when it lies in the scored time and the true
 * number is known at that moment; then its error is counted - true. All readings of all clips weigh the same.
 */
#ifndef VSAUDIT_SCORING_COUNT_ERROR_H
#define VSAUDIT_SCORING_COUNT_ERROR_H

#include "records/count.h"

typedef struct {
    const GArray *samples;  /* of CountSample, sorted; NULL: the system did not count on this clip */
    const GArray *truth;    /* of CountSpan, sorted and disjoint; NULL: not known on this clip */
    const SpanList *scored; /* never NULL */
} CountClip;

typedef struct {
    int64_t n;
    double bias, mae;   /* mean of the errors, and of their absolute values; NAN when n is 0 */
    int64_t largest;    /* largest absolute error; 0 when n is 0 */
    const char *reason; /* when n is 0, else NULL: no_count_truth (no true number is known of any clip),
                           no_count (the system counted nowhere where it is known) */
} CountError;

CountError count_error_measure(const CountClip *clips, size_t count);

#endif
