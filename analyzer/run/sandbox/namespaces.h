/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Namespaces: a program that sees no process but its own, and whose processes all end with the first of them.
 * Inside sandbox/ only. */
#ifndef VSAUDIT_SANDBOX_NAMESPACES_H
#define VSAUDIT_SANDBOX_NAMESPACES_H

#include <stdbool.h>
#include <stdint.h>

typedef struct {
    bool processes; /* a namespace of processes may be made … */
    bool as_user;   /* … within one of people only (root needs none, but where it is root of a container) */
    bool proc, shm; /* /proc and /dev/shm of its own may be mounted */
    bool network;   /* a namespace of networks may be made, and its loopback be used */
    char shm_options[32];
} Namespaces;

/* Tries in a child what this kernel, its settings and a container let this process do. Forks. */
Namespaces namespaces_try(void);
/* Moves the calling process, and for processes its next child, into namespaces of its own. False with errno.
 * Async-signal-safe, as is the next. */
bool namespaces_leave(const Namespaces *spaces);
/* Into a network with a loopback and nothing else; `as_user` as in Namespaces. */
bool namespaces_leave_network(bool as_user);
/* In that child: mounts what may be mounted, over what is there. */
bool namespaces_mount(const Namespaces *spaces);

#endif
