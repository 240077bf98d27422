/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why a job failed, as results and reports may say it: the same sentence wherever, and however, the audit was
 * called, and without the folders of this machine. */
#ifndef VSAUDIT_RUNNER_TOLD_H
#define VSAUDIT_RUNNER_TOLD_H

#include "runner/plan.h"

/* `reason` with every file named as the manifest or the scenario writes it: a clip's file as written (one
 * that only a hash names, by its hash), what lies in the manifest's, a scenario's or the run's folder
 * (`folder`, may be NULL) from there. Of any other absolute path its last part is left. NULL gives NULL.
 * Caller frees. */
char *told_reason(const PlanJob *job, const char *folder, const char *reason);

#endif
