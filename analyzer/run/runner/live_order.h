/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which clip of a live system is shown at which of its addresses, and in which order clips begin. Pure, and
 * the same on every machine.
 *
 * Clips of one camera of the dataset are shown at one address, one after the other, in their own order. Where
 * there are as many addresses as cameras each has its own, in the order in which the clips name them; where
 * there are fewer, the camera with the longest footage goes first, always to the address that has the least
 * so far. Clips at different addresses are shown at the same time. */
#ifndef VSAUDIT_RUNNER_LIVE_ORDER_H
#define VSAUDIT_RUNNER_LIVE_ORDER_H

#include "config/system_live.h"

/* How many addresses there are for these clips (of const Clip *); at least 1. */
guint live_order_lanes(const LiveOptions *live, const GPtrArray *clips);
/* Of const Clip * -> its address, from 0, as a pointer's number; caller unrefs. */
GHashTable *live_order_assign(const LiveOptions *live, const GPtrArray *clips);
/* The clips in the order in which they begin when each lasts as long as its manifest says (60 s where it does
 * not): those of one address stay in the order in which they are given. `lanes`: of each clip, as above.
 * Caller unrefs. */
GPtrArray *live_order_begin(const LiveOptions *live, const GPtrArray *clips, GHashTable *lanes);

#endif
