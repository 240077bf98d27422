/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ground truth of a scene script, calculated from the same paths that are drawn, by the written rules of
 * behaviours/ with their default parameters (an event begins when the rule says that it begins, not when it
 * could first be noticed). A clip is complete for every behaviour that it covers: what the script does not
 * say does not happen. Places have fixed names: zones "carriageway", "forbidden" (intrusion), "waiting"
 * (loitering), "noparking" (stopped vehicles), "oneway" (wrong way; the whole picture without it), lines
 * "gate", "fence" (line crossing), "way" (the allowed direction). */
#ifndef VSAUDIT_SYNTH_TRUTH_H
#define VSAUDIT_SYNTH_TRUTH_H

#include "records/count.h"
#include "records/event.h"
#include "synth/script.h"

/* All events of all behaviours, sorted (event_compare): array of Event *, caller unrefs. NULL with an INPUT
 * error when the script contradicts itself, e.g. an act that never comes to pass. */
GPtrArray *synth_events(const Script *script, GError **error);
/* Whether the script says all there is to say about the behaviour: not when the place that its rule is about
 * is not on the picture. */
bool synth_covers(const Script *script, const char *behaviour);
/* How many persons are in the crowd's zone, from the clip's beginning to its end: array of CountSpan, caller
 * unrefs. NULL when the script has no crowd. */
GArray *synth_counts(const Script *script);
/* When tickets are validated: array of int64_t µs, sorted, caller unrefs. */
GArray *synth_validations(const Script *script);
/* Persons whose foot is in the zone at a time. */
int64_t synth_count_in_zone(const Script *script, const Polygon *zone, double t_s);
/* The first crossing of the line "gate" by the actor; false when there is none (or no such line). */
bool synth_gate_crossing(const Script *script, const Actor *actor, Crossing *crossing);

/* A ticket is validated so long before the gate is crossed. */
#define SYNTH_VALIDATION_LEAD_S 1.4

#endif
