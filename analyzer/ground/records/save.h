/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that are written whole or not at all. */
#ifndef VSAUDIT_RECORDS_SAVE_H
#define VSAUDIT_RECORDS_SAVE_H

#include <glib.h>
#include <stdbool.h>

/* Writes `length` bytes (-1: up to the NUL) into a file beside `path`, which then takes the name; nothing is
 * left behind when that fails. Into what is there already and no regular file (a device, a pipe, /dev/stdout)
 * they are written as they are. A failure is a HARNESS error: the disk, not the input. */
bool save_file(const char *path, const char *bytes, gssize length, GError **error);

#endif
