/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a system that runs is asked to look for on a clip. */
#ifndef VSAUDIT_RUNNER_ENGINE_ASKED_H
#define VSAUDIT_RUNNER_ENGINE_ASKED_H

#include "runner/plan.h"

typedef struct {
    GPtrArray *ids; /* of char *, the scenarios' own: the behaviours, each once, ended by NULL */
    json_t *json;   /* [{"id": …, "zones": …, "lines": …}], the same in the same order */
} EngineAsked;

/* In the order of their names: which scenario asked first is no matter of the system. */
void engine_asked_init(EngineAsked *asked, const PlanJob *job);
void engine_asked_clear(EngineAsked *asked);

#endif
