/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A plug-in's library, loaded and found to be one. Inside systems/ only. */
#ifndef VSAUDIT_SYSTEMS_PLUGIN_LIBRARY_H
#define VSAUDIT_SYSTEMS_PLUGIN_LIBRARY_H

#include "vsaudit/system.h"

#include <glib.h>
#include <stdbool.h>

/* Whether the file is a library for this kind of processor, by its first bytes; nothing of it is run. False
 * with an INPUT error "PATH: found …, expected …". */
bool plugin_library_check(const char *path, GError **error);
/* What the library exports, of the version of this program and complete; it stays loaded for good. NULL with
 * an INPUT error likewise. */
const VsauditSystem *plugin_library_load(const char *path, GError **error);

#endif
