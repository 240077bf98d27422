/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was counted, summed by day: a storm, a night or a fair troubles all cameras at once, so days are
 * clusters as cameras are. */
#ifndef VSAUDIT_EVALUATE_DAYS_H
#define VSAUDIT_EVALUATE_DAYS_H

#include "evaluate/detail.h"
#include "scoring/cameras.h"

/* A day runs from 6 h to 6 h by the camera's clock, so that a night is one. */
#define DAY_BEGINS_H 6

/* Array of CameraTotals without names, by date; passages are -1 where a clip lies in two days. Events belong
 * to the day on which they begin, alerts to that of their onset. NULL when a clip with scored time does
 * not say when it was recorded. Caller unrefs. */
GArray *days_sum(const Scored *scored);

#endif
