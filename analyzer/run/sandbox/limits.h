/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kernel's own limits of a process, and the privileges that it gives up. Inside sandbox/ only. All is
 * async-signal-safe. */
#ifndef VSAUDIT_SANDBOX_LIMITS_H
#define VSAUDIT_SANDBOX_LIMITS_H

#include "sandbox/sandbox.h"

/* Whether a limit of memory can be held: not where a sanitizer's shadow is larger than any. */
bool limits_hold_memory(void);
/* Memory, time, files, no core dumps. Never raises one. False with errno. */
bool limits_hold(const SandboxSpec *spec);
/* Of root: all capabilities but that of reading and writing its own people's files, which Landlock holds. */
bool limits_drop_capabilities(void);

#endif
