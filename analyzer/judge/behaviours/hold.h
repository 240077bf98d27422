/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The timer that all behaviours share: a condition must hold for a while before an alarm is raised, and must
 * be gone for a while before it is over. All times are presentation times, so the picture rate changes
 * nothing but the sampling. */
#ifndef VSAUDIT_BEHAVIOURS_HOLD_H
#define VSAUDIT_BEHAVIOURS_HOLD_H

#include <stdbool.h>
#include <stdint.h>

typedef struct {
    int64_t on_us;  /* the condition must hold this long to raise */
    int64_t off_us; /* it must be gone this long to clear */
    int64_t gap_us; /* while it is not yet raised: interruptions up to this long are bridged */
} HoldTimes;

/* Zeroed memory is a hold at rest. */
typedef struct {
    bool pending;     /* the condition has begun */
    bool raised;      /* and has held for on_us */
    bool gone;        /* it is false since gone_us */
    int64_t since_us; /* when it began */
    int64_t gone_us;  /* the first picture without it; the end, once it is cleared */
} Hold;

typedef enum { HOLD_SAME, HOLD_RAISED, HOLD_CLEARED } HoldChange;

/* Tells the hold whether the condition is met at t_us; times rise. HOLD_RAISED: the condition began at
 * since_us and is decided now. HOLD_CLEARED: it was over at gone_us. */
HoldChange hold_update(Hold *hold, const HoldTimes *times, bool met, int64_t t_us);

#endif
