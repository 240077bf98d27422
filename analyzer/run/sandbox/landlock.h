/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Landlock, by system call: which files a process may open, which ports it may connect to, whom it may
 * signal. Its numbers are the kernel's own and never change; they are written here because headers older than
 * the kernel do not have all of them. Inside sandbox/ only. All is async-signal-safe. */
#ifndef VSAUDIT_SANDBOX_LANDLOCK_H
#define VSAUDIT_SANDBOX_LANDLOCK_H

#include <stdbool.h>
#include <stdint.h>

/* The kernel's version of Landlock: 0 = none, 1 (5.13), 2 (5.19: moving between folders), 3 (6.2: truncate),
 * 4 (6.7: TCP ports), 5 (6.10: device control), 6 (6.12: signals, abstract sockets) … */
int landlock_abi(void);

typedef enum {
    LANDLOCK_READ = 1,
    LANDLOCK_EXECUTE = 2,
    LANDLOCK_WRITE = 4, /* make, change, remove, of files, folders and links */
} LandlockUse;

/* A set of rules that refuses all files, and, where `ports`, all TCP ports. A descriptor, or -1 with errno.
 */
int landlock_begin(bool ports);
/* Allows the file or the folder with all in it. False with errno; what is not there or may not be reached is
 * no failure: it stays refused. */
bool landlock_allow(int rules, const char *path, int use);
bool landlock_allow_port(int rules, uint16_t port); /* to connect to; true where the kernel has no ports */
/* Holds the calling thread, and all that it starts, to the rules from now on; closes them. */
bool landlock_hold(int rules);

#endif
