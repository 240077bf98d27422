/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conformance vectors: a behaviour's norm as cases that anybody can run, without pixels.
 *
 * A vector is a JSON file that scripts what perception would see over time, and says which alerts must
 * follow. It is sampled at any picture rate; the alerts must be the same at each but for one picture's step.
 *
 *   schema       "vsaudit/vector/1"
 *   behaviour    id
 *   title        what the case shows, one sentence
 *   aspect       picture width / height, default 1.5
 *   duration_s   length of the script
 *   params       {name: value}
 *   scene        {"zones": {name: [[x, y], …]}, "lines": {name: [[ax, ay], [bx, by]]}, "validations": [s, …]}
 *   tracks       [{"id", "class", "path": [[t, x, y, w, h], …], "count": n or [[t, n], …],
 *                  "coasting": [[from, to], …], "absent": [[from, to], …], "tentative": [[from, to], …]}]
 *                x, y: the foot point; straight lines between the key points; not there before the first and
 *                after the last; "count" holds until its next key point
 *   statics      [{"id", "box": [x, y, w, h], "from", "to", "removed": bool}]
 *   fires        [{"id", "kind", "path": [[t, x, y, w, h, area], …], "share", "flicker": value or [[t, value], …],
 *                  "absent": [[from, to], …]}]; x, y: the middle of the lower edge; what is not named is not measured;
 *                without "fires" nobody looked for fire
 *   quality      {measure: value or [[t, value], …]}, straight lines between; null: not measured. The
 * measures that are not named are those of a sound view; without "quality" nothing is measured. motion
 * {measure: value or [[t, value], …]}; what is not named is not measured no_signal    [[from, to], …] flicker
 * [{"t", "track", "foot": [x, y]} or {"t", "track", "count"} or {"t", "quality": {…}}]: holds on the first
 * picture at or after t alone, whatever the rate expected     [{"label", "onset_s", "decided_s", "end_s",
 * "tolerance_s" (default 0.15)}] counters     {name: value}; those that are named must be so refused part of
 * the sentence with which the behaviour must refuse to start; then nothing else is expected */
#ifndef VSAUDIT_BEHAVIOURS_VECTOR_H
#define VSAUDIT_BEHAVIOURS_VECTOR_H

#include "behaviours/behaviour.h"

typedef struct Vector Vector;

/* NULL with an INPUT error that names the file and the key. */
Vector *vector_load(const char *path, GError **error);
void vector_free(Vector *vector); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Vector, vector_free)

const char *vector_name(const Vector *vector); /* the file's name without ".json" */
const char *vector_title(const Vector *vector);
const Behaviour *vector_behaviour(const Vector *vector);
/* What the sentence with which the behaviour must refuse to start contains; NULL: it must start. */
const char *vector_refusal(const Vector *vector);
/* The parameters and the scene of the case; owned by the vector. */
const ParamList *vector_params(const Vector *vector);
const Scene *vector_scene(const Vector *vector);

/* Runs the vector's behaviour at `rate` pictures per second with `params` (NULL: the vector's own); NULL with
 * an INPUT error when the parameters are refused. The caller frees. The vector must outlive the run. */
BehaviourRun *vector_run(const Vector *vector, double rate, const ParamList *params, GError **error);
/* Whether alerts (of Alert *, in order) and counters (NULL: not compared) are what the vector expects at
 * `rate`; else says in one sentence what differs, which the caller frees. */
bool vector_check(const Vector *vector, double rate, const GPtrArray *alerts, const json_t *counters,
                  char **difference);
/* Runs the vector at `rate` and checks all that it expects; false with what differs, which the caller frees.
 */
bool vector_verify(const Vector *vector, double rate, char **difference);
/* All vectors in the folder's subfolders that are named after behaviours, sorted by path; of Vector *. */
GPtrArray *vector_load_folder(const char *folder, GError **error);

#endif
