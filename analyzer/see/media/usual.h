/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Private to media/: the usual step between pictures around one place of a clip. See media/timeline.h. */
#ifndef VSAUDIT_MEDIA_USUAL_H
#define VSAUDIT_MEDIA_USUAL_H

#include <stdbool.h>
#include <stdint.h>

#define USUAL_BEFORE 15
#define USUAL_NEAR_US INT64_C(3000) /* no camera films so fast: stamps of arrival, or of a slow clock */
#define USUAL_MOST (USUAL_BEFORE + 24)

typedef struct {
    int64_t steps[USUAL_BEFORE]; /* the last ones, a ring */
    int count, at;
} UsualHistory;

void usual_remember(UsualHistory *history, int64_t step_us);

typedef struct {
    int64_t quartile_us; /* the upper one; what a picture vouches for */
    int64_t median_us;
} Usual;

/* Of the history and `count` steps from here on (at most 24; those that do not advance are left out). A step
 * above most_us is never usual, nor is one that is more than eight times as long as both beside it; where all
 * are, most_us is. fallback_us: where there is none, and where a single one says more. */
Usual usual_step(const UsualHistory *history, const int64_t *after_us, int count, int64_t most_us,
                 int64_t fallback_us);

#endif
