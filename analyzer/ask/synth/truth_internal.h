/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shared by the files that calculate a scene's truth. */
#ifndef VSAUDIT_SYNTH_TRUTH_INTERNAL_H
#define VSAUDIT_SYNTH_TRUTH_INTERNAL_H

#include "synth/truth.h"

/* What has no closed form is looked for in steps of this length. */
#define TRUTH_STEP_S 0.02

/* Adds an event cut to the clip; nothing when it lies outside. `label` and `note` may be NULL. */
void truth_add(const Script *script, GPtrArray *events, const char *behaviour, double start_s, double end_s,
               const char *label, const char *note);
const Actor *truth_actor(const Script *script, guint i);

/* Whether something holds at a time of the clip. */
typedef bool (*TruthCondition)(const Script *script, const void *subject, double t_s);
/* The spans in which it holds: those not further apart than gap_s are one, those shorter than least_s are
 * none. Array of Stay, caller unrefs. */
GArray *truth_spans(const Script *script, TruthCondition condition, const void *subject, double gap_s,
                    double least_s);
/* When persons are in the zone, each stay by itself. Array of Stay, by actor; caller unrefs. */
GArray *truth_person_stays(const Script *script, const Polygon *zone);
/* When anybody is: stays of at least `least_s` that begin less than join_s after the one before are one. */
GArray *truth_presences(const Script *script, const Polygon *zone, double least_s, double join_s);
/* The actor's foot as a picture point; false when it is not there or outside the picture. */
bool truth_foot(const Script *script, const Actor *actor, double t_s, PathState *state, Point *foot);

/* Events of single people (synth/truth_people.c), of several (synth/truth_crowd.c), of things and fires
 * (synth/truth_things.c). */
void truth_add_people(const Script *script, GPtrArray *events);
void truth_add_crowds(const Script *script, GPtrArray *events);
void truth_add_things(const Script *script, GPtrArray *events);

#endif
