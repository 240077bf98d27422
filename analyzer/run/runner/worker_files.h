/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which files a worker may read: what its job names, and no more. */
#ifndef VSAUDIT_RUNNER_WORKER_FILES_H
#define VSAUDIT_RUNNER_WORKER_FILES_H

#include "config/dataset.h"
#include "sandbox/sandbox.h"

/* A file; of numbered pictures their folder, and where links in it lead. NULL is fine. */
void worker_files_add(SandboxSpec *spec, const char *path);
/* All files of the clip. */
void worker_files_add_clip(SandboxSpec *spec, const Clip *clip);

/* PoolSpec.confine of what needs no file, and of a ParamList of perception: its network and the names of its
 * classes, where it has any. */
void worker_files_none(gconstpointer job, SandboxSpec *spec);
void worker_files_perception(gconstpointer perception, SandboxSpec *spec);

#endif
