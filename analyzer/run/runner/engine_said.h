/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a system that runs told of itself, for its look's record; see systems/engine.h. */
#ifndef VSAUDIT_RUNNER_ENGINE_SAID_H
#define VSAUDIT_RUNNER_ENGINE_SAID_H

#include "runner/plan.h"
#include "systems/engine.h"

/* Caller owns; more may be put into it. */
json_t *engine_said(const TalkHello *hello, const TalkCounts *counts, int width, int height);
/* Looks (of LookRecord *) at a clip that a process failed on before its last: nothing but the reason, and that
 * the clips behind it are shown to a new process. Caller unrefs. */
GPtrArray *engine_said_restarted(const PlanJob *job, const char *reason);
/* "python3 detector.py", from a description. Caller frees. */
char *engine_said_command(const json_t *description);

#endif
