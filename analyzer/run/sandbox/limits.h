/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kernel's own limits of a process, and the privileges that it gives up. Inside sandbox/ only. All is
 * async-signal-safe. */
#ifndef VSAUDIT_SANDBOX_LIMITS_H
#define VSAUDIT_SANDBOX_LIMITS_H

#include "sandbox/sandbox.h"

/* Whether a limit of memory can be held: not where the shadow of a sanitizer or of valgrind is larger than
 * any. */
bool limits_hold_memory(void);
/* Valgrind makes calls of its own, which no filter of ours may judge, and knows neither Landlock nor
 * namespaces. */
bool limits_under_valgrind(void);
/* Processes and threads of this person in a namespace of people of its own, where nobody else counts. False
 * with errno. */
bool limits_hold_tasks(int64_t tasks);
/* Memory, time, files, no core dumps. Never raises one. False with errno. */
bool limits_hold(const SandboxSpec *spec);
/* Of root: all capabilities but that of reading and writing its own people's files, which Landlock holds. */
bool limits_drop_capabilities(void);

#endif
