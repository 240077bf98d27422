/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether those who look through a network look for what its labels name: a rule about persons, behind a
 * network that knows only dogs, would never alert and be found without fault. Inside runner/ only. */
#ifndef VSAUDIT_RUNNER_TRIAL_CLASSES_H
#define VSAUDIT_RUNNER_TRIAL_CLASSES_H

#include "runner/plan.h"

/* `digest`: of the perception with the network, as in PlanJob; `classes`, `labels`: perception_classes().
 * Adds a problem for each system of the plan that looks through it and whose rule is about none of these
 * classes. */
void trial_classes(const Plan *plan, const char *digest, unsigned classes, const char *labels,
                   Problems *problems);

#endif
