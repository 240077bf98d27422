/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a capsule's repeats and canaries, and the times themselves, show of the logs that came back for it.
 *
 * An event counts as found by an alert of its behaviour that begins from HANDOVER_PRE_US before its beginning
 * to its end, or to HANDOVER_POST_US after its beginning where it is shorter. */
#ifndef VSAUDIT_EVALUATE_HANDOVER_FINDINGS_H
#define VSAUDIT_EVALUATE_HANDOVER_FINDINGS_H

#include "evaluate/handover.h"

#define HANDOVER_PRE_US (2 * US_PER_SECOND)
#define HANDOVER_POST_US (10 * US_PER_SECOND)
#define HANDOVER_REACH_US (5 * US_PER_SECOND) /* answers farther apart are not the same one at another time \
                                               */
/* An alert raised so long before an event is too early to be about it by what the pictures show. */
#define HANDOVER_EARLY_FROM_US (5 * US_PER_SECOND)
#define HANDOVER_EARLY_TO_US (US_PER_SECOND / 2)

/* results.json's `capsule`. New reference. */
json_t *handover_describe(const Handover *handover, const Audit *audit);

#endif
