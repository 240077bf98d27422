/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keeper: a process between who starts a program and the program. It ends as the program ends, takes what
 * that one has started with it, adds up what all of them use, and answers for the kernel where a filter only
 * asks: who wants a network, who wants one more process. Inside sandbox/ only; all is async-signal-safe. */
#ifndef VSAUDIT_SANDBOX_KEEPER_H
#define VSAUDIT_SANDBOX_KEEPER_H

#include "sandbox/namespaces.h"
#include "sandbox/sandbox.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/* Why the keeper ended a program. */
typedef enum {
    KEEPER_ENDED_NOTHING,
    KEEPER_ENDED_MEMORY,    /* all its processes together had more than memory_mib */
    KEEPER_ENDED_PROCESSOR, /* all its processes together had worked longer than processor_s */
    KEEPER_ENDED_FOLDER,    /* what it may write into held more than folder_mib */
} KeeperVerdict;

/* Shared by the keeper and who made the sandbox. */
typedef struct {
    _Atomic int verdict; /* KeeperVerdict */
    _Atomic int status;  /* of the program, as waitpid gives it; -1 as long as it is not known */
    _Atomic bool asked;  /* the keeper answers for the kernel, and counts */
    _Atomic uint32_t network_refused, tasks_refused;
} KeeperPage;

/* Goes apart: the calling process becomes the keeper and never returns, its child returns true. `*door` is
 * then the descriptor by which the child hands over the listener of its filter (keeper_hand_over). False with
 * errno: no process could be started. */
bool keeper_begin(const SandboxSpec *spec, const Namespaces *spaces, KeeperPage *page, int *door);
/* Closes both. False with errno. */
bool keeper_hand_over(int door, int listener);

#endif
