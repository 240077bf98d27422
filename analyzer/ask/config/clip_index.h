/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folder of clips with an index.json becomes a dataset manifest for this machine.
 *
 * index.json is a list of objects: id, file, sha256, duration_s, licence, events [{type, start_s, end_s,
 * note}], zone_normalised (a polygon in text, or null), negative_for (words), note, repository, commit, path,
 * derived. Event types are mapped to behaviours by the table in clip_index.c; what is mapped to no behaviour
 * of this program stays behind as a comment. A file of readings (config/clip_readings.h) says the rest. */
#ifndef VSAUDIT_CONFIG_CLIP_INDEX_H
#define VSAUDIT_CONFIG_CLIP_INDEX_H

#include <glib.h>
#include <stdbool.h>

/* The manifest's text; caller frees. `readings_path` may be NULL, `dataset` is its id, `folder_prefix` is put
 * before each file's path (relative to where the manifest will lie). NULL with an INPUT error when the index
 * or the readings cannot be read. */
char *clip_index_to_manifest(const char *index_path, const char *readings_path, const char *dataset,
                             const char *folder_prefix, GError **error);

#endif
