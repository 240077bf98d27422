/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A clip that is handed over as a file (input: path): a copy under a number, without the date of the
 * original, so that neither its name nor its place tells which clip it is, and what becomes of it harms
 * nothing. */
#ifndef VSAUDIT_RUNNER_ENGINE_PATH_H
#define VSAUDIT_RUNNER_ENGINE_PATH_H

#include "runner/plan.h"

/* Whether the clip is one file; an INPUT error else. */
bool engine_path_fits(const PlanJob *job, GError **error);
/* Copies it into the folder, which the caller may write, under that name and its ending. Under the probe
 * `renamed` the file is written anew (*anew), so that neither its bytes nor its size tell it: the same coded
 * pictures at the same times in a fresh container (media/remux.h), of YUV4MPEG2 with a comment in its head;
 * where nothing holds them exactly it is a copy all the same. Caller frees the path; NULL with a HARNESS
 * error (the disk), or an INTEGRITY error when it is not the file of that hash. */
char *engine_path_give(const PlanJob *job, const char *sha256, const char *folder, const char *name,
                       bool *anew, GError **error);
void engine_path_take_back(const char *path); /* NULL is fine */

#endif
