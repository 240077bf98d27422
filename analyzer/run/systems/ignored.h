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

/* What became of every row of the log, for one evaluation; null for a system that has no log. {"rows": in the
 * file, "used": alerts that are scored here, each once, "repeated": rows that repeat another,
 * "repeated_here": of them those of alerts that are used, "alike": see AlertRepeats, "other_conditions",
 * "other_behaviours", "unwatched_clips" (that nobody watched for the behaviour), "other_clips" (that the
 * scenario does not choose): alerts that are not scored here}; rows = used + repeated + other_… +
 * unwatched_clips. A new reference. */
json_t *systems_account_log(const Systems *systems, const Scenario *scenario, const SystemSpec *system,
                            const ConditionSpec *condition);

/* The first system of the scenario, before this one, whose log holds the very same alerts; NULL: none. */
const SystemSpec *systems_find_twin(const Systems *systems, const Scenario *scenario,
                                    const SystemSpec *system);

/* Sentences on each log: what the audit as a whole leaves out of it, rows that repeat another, that it is
 * empty, that it is another's: of char *, caller unrefs. */
GPtrArray *systems_describe_ignored(const Systems *systems, const Audit *audit);

#endif
