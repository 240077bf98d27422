/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a process and all that it has started use together, read from /proc. Inside sandbox/ only;
 * async-signal-safe. */
#ifndef VSAUDIT_SANDBOX_MEMBERS_H
#define VSAUDIT_SANDBOX_MEMBERS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

enum { MEMBERS_MOST = 16384 }; /* processes of the whole machine that are looked at */

typedef struct {
    pid_t pid, parent;
    uint32_t tasks;
    int64_t ticks; /* on the processor, with its children that have ended */
    bool counted;
} Member;

typedef struct {
    Member list[MEMBERS_MOST];
    uint32_t count;    /* of the list: all processes that /proc shows; those that are meant are `counted` */
    uint32_t tasks;    /* their processes and threads, without `root` itself */
    int64_t ticks;     /* on the processor, of all */
    int64_t pages_kib; /* memory of their own; what several share counts for each */
} Members;

/* All that descends from `root`, as /proc numbers it; 0: everything there. False where /proc cannot be read.
 */
bool members_read(Members *members, pid_t root);
/* Their memory with what is shared divided (KiB); slow, for large processes. -1 where the kernel does not
 * say. */
int64_t members_weigh(const Members *members);

#endif
