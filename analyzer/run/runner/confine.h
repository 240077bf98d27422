/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which files a worker may touch: what its job names, and no more. */
#ifndef VSAUDIT_RUNNER_CONFINE_H
#define VSAUDIT_RUNNER_CONFINE_H

#include "config/dataset.h"
#include "sandbox/sandbox.h"

/* A file; of numbered pictures (a pattern) their folder. NULL is fine. */
void confine_file(SandboxSpec *spec, const char *path);
/* All files of the clip. */
void confine_clip(SandboxSpec *spec, const Clip *clip);
/* The network and the names of its classes, where the settings have any. */
void confine_perception(SandboxSpec *spec, const ParamList *perception);

/* PoolSpec.confine of what needs no file, and of a ParamList of perception. */
void confine_to_nothing(gconstpointer job, SandboxSpec *spec);
void confine_to_perception(gconstpointer perception, SandboxSpec *spec);

#endif
