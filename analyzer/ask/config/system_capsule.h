/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a scenario says of a system whose clips were handed over in a capsule (vsaudit capsule make), and
 * whose log came back. */
#ifndef VSAUDIT_CONFIG_SYSTEM_CAPSULE_H
#define VSAUDIT_CONFIG_SYSTEM_CAPSULE_H

#include "config/scenario.h"

typedef struct {
    char *seal;           /* the sealed list that was kept back; resolved by the time the scenario is read */
    char *published;      /* its SHA-256, as somebody else was given it; NULL: not stated */
    char *folder;         /* the capsule as it was handed over; resolved likewise; never NULL with a seal */
    char *key;            /* the public key that must have signed it; resolved likewise; NULL: any, or none */
    int64_t tolerance_us; /* answers no farther apart are the same */
} CapsuleOptions;

extern const YamlTable capsule_system_table;

/* NULL for a system of another kind. */
const CapsuleOptions *system_capsule(const SystemSpec *system);
/* The path of its sealed list; NULL as above. */
const char *system_seal(const SystemSpec *system);

#endif
