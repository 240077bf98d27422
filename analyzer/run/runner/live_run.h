/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a worker does for a system that is live: plays its clips to it in real time, on one camera, one after
 * the other, hears what it tells, and says which alert belongs to which picture (live/arrival.h). What is
 * known of the clips themselves is that of our own eyes' job, which has been done before.
 *
 * What it said of a clip (engine.h) has as "live": the counts of AlarmCounts by their names, "delay_us" (from
 * the first black picture of the flashes to the message that they caused; null: not measured) and "own_us"
 * (the time that this message said itself, minus the black picture's; null: it said none), "away_us" and
 * "losses" (of the connection, while the clip was shown), "late_most_us" (that a picture was sent after its
 * time), "recoded" (why the clip was coded anew; null: sent as recorded), "cut", "dropped", "refused",
 * "broken", "sink_losses", "deaf_us" of the sinks so far, and "clock_offset_us" (of the product, where a sink
 * asked it; null), "early": alarms that began before the flashes, after which no delay is measured. */
#ifndef VSAUDIT_RUNNER_LIVE_RUN_H
#define VSAUDIT_RUNNER_LIVE_RUN_H

#include "runner/worker.h"

/* As engine_run, for a chain of a live system. Each order has what is known of its clip (`seen`). */
json_t *live_run(const WorkerJob *orders, PoolPulse *pulse, GError **error);

#endif
