/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The two halves of “vsaudit capsule”: what each is given, once the command line has been read. */
#ifndef VSAUDIT_CLI_CAPSULE_H
#define VSAUDIT_CLI_CAPSULE_H

#include "capsule/capsule.h"
#include "cli/command.h"

/* In the folder that is kept back. */
#define KEPT_SEAL "sealed.json"
#define KEPT_AUDIT "audit.txt" /* the files that the capsule was made of, a line each, absolute */
/* In the capsule, when it is signed. */
#define CAPSULE_SIGNATURE CAPSULE_SUMS ".sig" /* of the bytes of SHA256SUMS, in base64 */
#define CAPSULE_KEY CAPSULE_SUMS ".pub"

typedef struct {
    const char *const *files; /* the audit or scenarios, NULL-terminated */
    const char *dataset;      /* in place of every scenario's own; NULL = none */
    const char *folder;       /* of the capsule; must not be there */
    const char *kept;         /* of what is kept back; likewise */
    const char *key;          /* to sign with; NULL = none */
    CapsuleSpec spec;
    bool quiet;
} CapsuleMaking;
ExitStatus capsule_make_command(const CapsuleMaking *making, GError **error);

#endif
