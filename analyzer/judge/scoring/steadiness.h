/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The same clip answered twice: does the same come out?
 *
 * Answers are alerts' times. Those of both times are paired one to one (scoring/matching.h: as many pairs as
 * there can be, the smallest sum of differences) when they lie no farther apart than `reach`. An answer
 * differs when it has no partner, or one farther away than the tolerance. A system that gives the same for
 * the same pictures has none that differs; one that drops pictures in real time, or people, have some. */
#ifndef VSAUDIT_SCORING_STEADINESS_H
#define VSAUDIT_SCORING_STEADINESS_H

#include "scoring/statistics.h"

#include <glib.h>

#define STEADINESS_ALLOWED 0.1 /* of what differs: the share that the test below allows */

typedef struct {
    int64_t reach_us, tolerance_us; /* reach >= tolerance >= 0 */
    int64_t first, second;          /* alerts of the first and of the second time */
    int64_t paired, equal;          /* pairs; of them, no farther apart than the tolerance */
    int64_t clips, alike;           /* clips answered twice; of them, those without any answer that differs */
    int64_t differing_before;       /* this clip; private */
    GArray *differences;            /* of double: of each pair, in seconds, 0 or more */
} Steadiness;

void steadiness_init(Steadiness *steadiness, int64_t reach_us, int64_t tolerance_us);
void steadiness_clear(Steadiness *steadiness);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Steadiness, steadiness_clear)
/* The alerts of one behaviour on one clip, of both times. */
void steadiness_add(Steadiness *steadiness, const int64_t *first, size_t first_count, const int64_t *second,
                    size_t second_count);
/* What was added since the last call was one clip. */
void steadiness_end_clip(Steadiness *steadiness);

int64_t steadiness_answers(const Steadiness *steadiness);   /* pairs, and alerts without a partner */
int64_t steadiness_differing(const Steadiness *steadiness); /* of them */
/* P of so many that differ, or more, were it a share of STEADINESS_ALLOWED (binomial, exact). NAN for no
 * answers. */
double steadiness_p(const Steadiness *steadiness);
/* Of all answers, the share that may differ in truth: Clopper-Pearson, two-sided 95 %. NAN for no answers. */
Interval steadiness_share(const Steadiness *steadiness);
/* Of the differences, in seconds, linear between order statistics; NAN when there is no pair. */
double steadiness_quantile(const Steadiness *steadiness, double fraction);

#endif
