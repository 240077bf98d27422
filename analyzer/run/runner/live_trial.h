/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of a live system can be tried before anything is played: its map is read, the ports that it names are
 * free. */
#ifndef VSAUDIT_RUNNER_LIVE_TRIAL_H
#define VSAUDIT_RUNNER_LIVE_TRIAL_H

#include "runner/plan.h"

/* Of each live system of the plan once; adds what is wrong. */
void live_trial(const Plan *plan, Problems *problems);

#endif
