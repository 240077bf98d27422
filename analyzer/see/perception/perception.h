/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Turns pictures into observations: foreground, blobs, tracks, classes, static objects, picture quality,
 * motion. Deterministic: the same pictures and settings give the same observations on every run (one thread,
 * seeded). */
#ifndef VSAUDIT_PERCEPTION_PERCEPTION_H
#define VSAUDIT_PERCEPTION_PERCEPTION_H

#include "media/replay.h"
#include "records/observation.h"
#include "records/option.h"

typedef struct PerceptionSettings PerceptionSettings;
extern const OptionRow perception_options[]; /* for YAML `perception:` and `vsaudit list` */

/* Settings from params (may be NULL); NULL with an INPUT error. */
PerceptionSettings *perception_settings_new(const ParamList *params, GError **error);
void perception_settings_free(PerceptionSettings *settings); /* NULL is fine */
/* The files of its network, and of the names of its classes; NULL = none. Borrowed. */
const char *perception_model(const PerceptionSettings *settings);
const char *perception_labels(const PerceptionSettings *settings);
/* What to ask of the replay for these settings (condition left NULL). */
ReplayRequest perception_request(const PerceptionSettings *settings);
/* Hex digest of the settings' values and the perception's own version: two runs with one digest see alike.
 * Caller frees. */
char *perception_digest(const PerceptionSettings *settings);

/* The version of the perception by which these settings have that digest: the present one, or one before it; 0:
 * none, they are other settings. */
int perception_version_of(const PerceptionSettings *settings, const char *digest);

/* The version of OpenCV that is loaded. */
const char *perception_library(void);

typedef struct Perception Perception;
Perception *perception_new(const PerceptionSettings *settings, GError **error);
/* Measures one picture. The observation is initialised here; the caller clears it. */
bool perception_observe(Perception *perception, const ReplayFrame *frame, Observation *observation,
                        GError **error);
/* Objects of which classes it can tell apart: bits 1 << ObjectClass. Where a network does so, `labels` is set
 * to the first of its labels, in a line, which the perception keeps; else to NULL. */
unsigned perception_classes(const Perception *perception, const char **labels);
/* The labels of networks that stand for a class, of persons or vehicles; NULL-terminated. */
const char *const *perception_class_words(ObjectClass class);
void perception_free(Perception *perception); /* NULL is fine */
/* Boxes (of Box, normalised) that may hold a person on one still picture, appended to `boxes`: a detector set
 * to miss few rather than to be right, for blurring people in evidence pictures. Looks at nothing else than
 * this picture; it may be of any size. HARNESS error when the detector fails. */
bool perception_find_people(const ReplayFrame *frame, GArray *boxes, GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Perception, perception_free)

#endif
