/* SPDX-License-Identifier: GPL-3.0-or-later */
/* seccomp: which calls of the system a process may make. Made by libseccomp before the fork, put in force by
 * one call after it. Inside sandbox/ only. */
#ifndef VSAUDIT_SANDBOX_FILTER_H
#define VSAUDIT_SANDBOX_FILTER_H

#include "sandbox/sandbox.h"

#include <linux/filter.h>

/* Whether this kernel takes filters. False under valgrind, whose own calls would be judged. */
bool filter_is_offered(void);
/* Fills `program`, whose instructions the caller frees with g_free. A HARNESS error else. */
bool filter_make(const SandboxSpec *spec, struct sock_fprog *program, GError **error);
/* Async-signal-safe; needs no-new-privileges. False with errno. */
bool filter_hold(const struct sock_fprog *program);

#endif
