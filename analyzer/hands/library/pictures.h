/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A program's observations and scenes as records of the house. */
#ifndef VSAUDIT_LIBRARY_PICTURES_H
#define VSAUDIT_LIBRARY_PICTURES_H

#include "records/observation.h"
#include "records/scene.h"

#include <vsaudit/rule.h>

/* Checks all of it. `out` must be cleared by the caller, also after a failure. `last_us`: the time of the
 * observation before, TIME_UNKNOWN for the first. */
VsauditStatus pictures_carry(const VsauditObservation *given, int64_t last_us, Observation *out,
                             VsauditError *error);
/* `given` NULL: an empty scene. Caller frees *out. */
VsauditStatus pictures_carry_scene(const VsauditScene *given, size_t size, Scene **out, VsauditError *error);

#endif
