/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From scene scripts to a data set: clips, truth, validation logs, manifest. */
#ifndef VSAUDIT_SYNTH_RENDER_H
#define VSAUDIT_SYNTH_RENDER_H

#include "synth/script.h"

#include <stdatomic.h>

/* Draws and encodes the clip as FOLDER/<id>.mp4, whole or not at all. The same script gives the same bytes.
 * `done_us` (may be NULL) tells how far it is. Returns the file's SHA-256 in hex (caller frees), NULL with an
 * error. */
char *render_clip(const Script *script, const char *folder, _Atomic int64_t *done_us, GError **error);

/* Writes FOLDER/dataset.yaml, truth.csv and, for scripts with a log, <id>.validations.csv. `hashes`: of each
 * script's clip, in the same order. `id` names the data set. */
bool render_manifest(const Script *const *scripts, const char *const *hashes, guint count, const char *id,
                     const char *folder, GError **error);

#endif
