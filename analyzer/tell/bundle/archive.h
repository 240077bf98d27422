/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A bag as one tar file (libarchive; the only place with archive.h). The same files give the same bytes:
 * sorted, one fixed time, owner 0, mode 0644. */
#ifndef VSAUDIT_BUNDLE_ARCHIVE_H
#define VSAUDIT_BUNDLE_ARCHIVE_H

#include <glib.h>
#include <stdbool.h>

/* Writes all files of the folder under `top`/ into a new tar file (ustar; pax where a name is too long). The
 * file appears only when it is complete. HARNESS errors. */
bool archive_pack(const char *folder, const char *top, const char *path, GError **error);
/* Name and version of the library. */
const char *archive_library(void);
/* Unpacks into an existing folder and returns the folder of the bag in it (caller frees). Links, devices,
 * sparse files, names that lead out and names that come twice are refused: INTEGRITY. */
char *archive_unpack(const char *path, const char *folder, GError **error);

#endif
