/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reference as a plug-in (vsaudit/system.h). The program exports this one function to the libraries that
 * it loads, so that a library of one line is the reference: its vsaudit_system returns what this returns. */
#ifndef VSAUDIT_RUNNER_REFERENCE_PLUGIN_H
#define VSAUDIT_RUNNER_REFERENCE_PLUGIN_H

#include "vsaudit/system.h"

/* One instance at a time. Its settings are those of runner/reference_eyes.h. */
VSAUDIT_SYSTEM_EXPORT const VsauditSystem *vsaudit_reference_system(void);

#endif
