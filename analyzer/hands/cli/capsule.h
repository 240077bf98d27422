/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The two halves of “vsaudit capsule”: what each is given, once the command line has been read. */
#ifndef VSAUDIT_CLI_CAPSULE_H
#define VSAUDIT_CLI_CAPSULE_H

#include "capsule/capsule.h"
#include "cli/command.h"

/* In the folder that is kept back. */
#define KEPT_SEAL "sealed.json"
#define KEPT_AUDIT "audit.txt" /* the files that the capsule was made of, a line each, absolute */
#define KEPT_DATASET \
    "dataset.txt" /* likewise, the dataset that was given in place of theirs; not there: none was */

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

typedef struct {
    const char *capsule;      /* folder */
    const char *const *logs;  /* [NAME=]FILE, NULL-terminated, at least one */
    const char *const *audit; /* files in place of those that the capsule was made of; NULL = those */
    const char *dataset;      /* as in CapsuleMaking */
    const char *kept;         /* folder that was kept back */
    const char *published;    /* hash of the sealed list that somebody else was given; NULL = none */
    const char *key;          /* public key that must have signed it; NULL = any, or none */
    const char *map;          /* how the logs are to be read; NULL = in a native form */
    double tolerance_s;       /* times no farther apart are the same */
    const char *folder;       /* to write into; NULL = by the audit's id */
    const char *languages, *formats;
    bool quiet;
} CapsuleScoring;
ExitStatus capsule_score_command(const CapsuleScoring *scoring, GError **error);

#endif
