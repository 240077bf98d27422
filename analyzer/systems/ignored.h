/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Alerts of a log that are not scored, because they are for another behaviour or on a clip that was not
 * chosen. They may be scored elsewhere, or be nobody's business; but they must not vanish in silence. */
#ifndef VSAUDIT_SYSTEMS_IGNORED_H
#define VSAUDIT_SYSTEMS_IGNORED_H

#include "systems/system.h"

/* For one evaluation: null for a system that has no log, else {"alerts": in the log under this condition,
 * "other_behaviours": {behaviour: count}, "other_clips": count}. A new reference. */
json_t *systems_count_ignored(const Systems *systems, const Scenario *scenario, const SystemSpec *system,
                              const ConditionSpec *condition);

/* One sentence for each log of which the audit as a whole leaves alerts out: of char *, caller unrefs. */
GPtrArray *systems_describe_ignored(const Systems *systems, const Audit *audit);

#endif
