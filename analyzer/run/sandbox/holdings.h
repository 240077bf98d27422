/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the folders that a program writes into hold, in all. Inside sandbox/ only; async-signal-safe. */
#ifndef VSAUDIT_SANDBOX_HOLDINGS_H
#define VSAUDIT_SANDBOX_HOLDINGS_H

#include "sandbox/members.h"

enum {
    HOLDINGS_ENTRY_KIB = 4, /* what a file or folder counts at least */
    HOLDINGS_DEEPEST = 64,  /* folders within folders that are looked into; no program needs more */
    HOLDINGS_GONE = 4096,   /* open files without a name that are told apart */
};

typedef struct {
    uint64_t inode;
    uint64_t device;
} HoldingsFile;

typedef struct {
    int64_t kib;  /* so far */
    int64_t most; /* no need to look on when there is more */
    bool deeper;  /* what some folder holds is not known: it lies below the deepest, or lets nobody read it */
    HoldingsFile gone[HOLDINGS_GONE];
    uint32_t gone_count;
} Holdings;

void holdings_begin(Holdings *holdings, int64_t most_kib);
/* All that the folder holds, links not followed. A folder that is not there, or cannot be read, holds
 * nothing. */
void holdings_add_folder(Holdings *holdings, const char *path);
/* The files on the device of `folder` that a process holds open and that have no name any more. */
void holdings_add_open(Holdings *holdings, const char *folder, pid_t pid);

#endif
