/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a clip's file is on this machine: beside the manifest, or anywhere under the folders of VSAUDIT_DATA
 * (separated by colons, searched recursively) by its SHA-256. Hashes are remembered in
 * $XDG_CACHE_HOME/vsaudit/hashes by path, size and times of change, so that big folders are read once. */
#ifndef VSAUDIT_CONFIG_CLIP_FILES_H
#define VSAUDIT_CONFIG_CLIP_FILES_H

#include <glib.h>
#include <stdbool.h>

typedef struct ClipFiles ClipFiles;

ClipFiles *clip_files_new(void);
/* Writes new hashes to the cache (a failure to write costs only time) and frees; NULL is fine. */
void clip_files_free(ClipFiles *files);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ClipFiles, clip_files_free)

/* The clip's file, caller frees; or NULL and in `reason` a sentence for people (caller frees). With a file
 * too there is a reason when the one beside the manifest was passed over for its hash. `beside` is
 * the path beside the manifest, `sha256` in lower case; either may be NULL. A path with “%” names a series of
 * pictures and is not hashed. `altered`: there is a file beside the manifest, it has another hash, and the
 * right one is nowhere. */
char *clip_files_find(ClipFiles *files, const char *beside, const char *sha256, bool *altered, char **reason);

/* SHA-256 of a file in hex, from the cache when it did not change; NULL when it cannot be read. Caller frees.
 */
char *clip_files_hash(ClipFiles *files, const char *path);
/* The same of several files, parted by blanks, in the form of clip_stated_sha256; NULL when one cannot be
 * read. `paths` is NULL-terminated; NULL gives NULL. */
char *clip_files_hash_all(ClipFiles *files, const char *const *paths);
/* The first file that is there and could not be hashed, as it was named; NULL: none. */
const char *clip_files_unread(const ClipFiles *files);

#endif
