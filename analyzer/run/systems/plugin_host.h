/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The process that holds a plug-in (vsaudit/system.h): loads the library and speaks system/1 for it on
 * standard input and output, so that a plug-in is a program whose command is this host. What goes wrong in
 * the library takes this process alone. */
#ifndef VSAUDIT_SYSTEMS_PLUGIN_HOST_H
#define VSAUDIT_SYSTEMS_PLUGIN_HOST_H

#include "records/error.h"

#include <stdbool.h>

/* Serves until its input ends. From the first moment on standard output leads to standard error, and standard
 * input is empty: what the library prints or reads is no part of the talk. False with an INPUT error, in one
 * sentence, that names the library where it is at fault. */
bool plugin_host_serve(const char *library, GError **error);

#endif
