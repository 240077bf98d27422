/* SPDX-License-Identifier: GPL-3.0-or-later */
/* seccomp: which calls of the system a process may make. Made by libseccomp before the fork, put in force by
 * one call after it. Inside sandbox/ only. */
#ifndef VSAUDIT_SANDBOX_FILTER_H
#define VSAUDIT_SANDBOX_FILTER_H

#include "sandbox/sandbox.h"

#include <linux/filter.h>

/* Whether this kernel takes filters. False under valgrind, whose own calls would be judged. */
bool filter_is_offered(void);
/* Whether it can ask another process as well. */
bool filter_can_ask(void);
/* Fills `program`, whose instructions the caller frees with g_free. A HARNESS error else. One that `asks`
 * leaves it to the keeper who may open a socket or start a process or a thread. */
bool filter_make(const SandboxSpec *spec, bool asks, struct sock_fprog *program, GError **error);
/* Async-signal-safe, as is the next; needs no-new-privileges. False with errno. */
bool filter_hold(const struct sock_fprog *program);
/* Of one that asks: the descriptor where the questions arrive, or -1 with errno: one filter of a process can
 * ask at most (EBUSY). */
int filter_hold_asking(const struct sock_fprog *program);

#endif
