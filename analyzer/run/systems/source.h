/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a kind of system is asked, for those who answer: one function a kind, named in system.c. */
#ifndef VSAUDIT_SYSTEMS_SOURCE_H
#define VSAUDIT_SYSTEMS_SOURCE_H

#include "systems/system.h"

/* One question to a system. */
typedef struct {
    Systems *systems;
    Store *store;
    const Scenario *scenario;
    const SystemSpec *system;
    const Clip *clip;
    const ConditionSpec *condition;
    const JobRecord *job;
} SystemQuestion;

/* How often a system alerted, once it has been reckoned: "scenario\1system\1condition" -> double *, alerts
 * per hour of watched time. For the kind random. */
GHashTable *systems_rates(Systems *systems);

/* Adds what the system alerted on the clip to output->alerts, in any order, or says in output->reason why it
 * cannot judge it. False with an error: then nobody reads the output. */
typedef bool (*SystemSource)(const SystemQuestion *question, SystemOutput *output, GError **error);

#endif
