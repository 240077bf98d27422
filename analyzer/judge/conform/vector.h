/* SPDX-License-Identifier: GPL-3.0-or-later */
/* clang-format off */
/* Conformance vectors: a behaviour's norm as cases that anybody can run, without pixels.
 *
 * A vector is a JSON file that scripts what perception would see over time, and says which alerts must
 * follow. It is sampled at any picture rate; the alerts must be the same at each but for one picture's step.
 *
 *   schema       "vsaudit/vector/1"
 *   behaviour    id
 *   semantics    whose words the rule follows (behaviours/semantics.h), default "vsaudit-1"
 *   title        what the case shows, one sentence
 *   aspect       picture width / height, default 1.5
 *   duration_s   length of the script
 *   rates        pictures per second at which the case holds, for words that count pictures; default all
 *   params       {name: value}
 *   scene        {"zones": {name: [[x, y], …]}, "lines": {name: [[ax, ay], [bx, by]]}, "validations": [s, …]}
 *   tracks       [{"id", "class", "path": [[t, x, y, w, h], …], "count": n or [[t, n], …],
 *                  "coasting": [[from, to], …], "absent": [[from, to], …], "tentative": [[from, to], …]}]
 *                x, y: the foot point; straight lines between the key points; not there before the first and
 *                after the last; "count" holds until its next key point
 *   statics      [{"id", "box": [x, y, w, h], "from", "to", "removed": bool}]
 *   fires        [{"id", "kind", "path": [[t, x, y, w, h, area], …], "share", "flicker": value or [[t, value], …],
 *                  "absent": [[from, to], …]}]; x, y: the middle of the lower edge; what is not named is not
 *                measured; without "fires" nobody looked for fire
 *   quality      {measure: value or [[t, value], …]}, straight lines between; null: not measured. The measures
 *                that are not named are those of a sound view; without "quality" nothing is measured
 *   motion       {measure: value or [[t, value], …]}; what is not named is not measured
 *   no_signal    [[from, to], …]
 *   flicker      [{"t", "track", "foot": [x, y]} or {"t", "track", "count"} or {"t", "quality": {…}}]: holds on
 *                the first picture at or after t alone, whatever the rate
 *   expected     [{"label", "onset_s", "decided_s", "end_s", "tolerance_s" (default 0.15; a picture's step is
 *                added), "exact": true in its place: to the millisecond, for products that count pictures}]
 *   counters     {name: value}; those that are named must be so
 *   refused      part of the sentence with which the behaviour must refuse to start; then nothing else is
 *                expected */
/* clang-format on */
#ifndef VSAUDIT_CONFORM_VECTOR_H
#define VSAUDIT_CONFORM_VECTOR_H

#include "behaviours/semantics.h"

typedef struct Vector Vector;

/* NULL with an INPUT error that names the file and the key. */
Vector *vector_load(const char *path, GError **error);
void vector_free(Vector *vector); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Vector, vector_free)

const char *vector_name(const Vector *vector); /* the file's name without ".json" */
const char *vector_title(const Vector *vector);
/* The rule under test: the behaviour, or a product's wording of it; its id is that of the behaviour. */
const Behaviour *vector_behaviour(const Vector *vector);
const char *vector_semantics(const Vector *vector); /* "vsaudit-1", "onvif" … */
double vector_duration_s(const Vector *vector);
double vector_aspect(const Vector *vector);
/* What the sentence with which the behaviour must refuse to start contains; NULL: it must start. */
const char *vector_refusal(const Vector *vector);
/* The parameters and the scene of the case; owned by the vector. */
const ParamList *vector_params(const Vector *vector);
const Scene *vector_scene(const Vector *vector);
/* The scene as the file has it; {} when it has none. New reference. */
json_t *vector_scene_json(const Vector *vector);

/* How a script is looked at. */
typedef struct {
    double rate;    /* pictures per second */
    int64_t height; /* lines of the picture to whose whole pixels all places are rounded; 0: as scripted */
} VectorSampling;

/* 5, 12.5, 25 and 50 pictures per second, as scripted; and two sizes of picture at 25. */
extern const VectorSampling vector_samplings[];
extern const size_t vector_sampling_count;
/* Whether the case holds at this rate. */
bool vector_holds_at(const Vector *vector, double rate);
/* The pictures of the vector, of Observation *; caller unrefs. */
GPtrArray *vector_sample(const Vector *vector, const VectorSampling *sampling);

/* Runs the vector's behaviour with `params` (NULL: the vector's own); NULL with an INPUT error when the
 * parameters are refused. The caller frees. The vector must outlive the run. */
BehaviourRun *vector_run(const Vector *vector, const VectorSampling *sampling, const ParamList *params,
                         GError **error);
/* Whether alerts (of Alert *, in order) and counters (NULL: not compared) are what the vector expects; else
 * says in one sentence what differs, which the caller frees. */
bool vector_check(const Vector *vector, const VectorSampling *sampling, const GPtrArray *alerts,
                  const json_t *counters, char **difference);
/* Runs the vector and checks all that it expects; false with what differs, which the caller frees. */
bool vector_verify(const Vector *vector, const VectorSampling *sampling, char **difference);
/* All vectors in the folder's subfolders that are named after behaviours, and in those of these that are
 * named after a semantics, sorted by path; of Vector *. A vector must lie in the folder of its behaviour and
 * semantics. */
GPtrArray *vector_load_folder(const char *folder, GError **error);

#endif
