/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The logs that came back for the capsule of an audit, opened with its sealed list. All systems of kind
 * capsule of an audit answer one capsule. Inside systems/ only. */
#ifndef VSAUDIT_SYSTEMS_CAPSULES_H
#define VSAUDIT_SYSTEMS_CAPSULES_H

#include "systems/logs.h"
#include "systems/system.h"

typedef struct {
    Seal *seal;           /* NULL: none was read */
    char *path, *sha256;  /* of the sealed list */
    char *folder;         /* of the capsule */
    char *signer;         /* id of the key that signed it; NULL: nobody did */
    GPtrArray *papers;    /* of char *: the capsule's own files that were read */
    int64_t tolerance_us; /* of the first system */
    GPtrArray *returned;  /* of Returned *, each system once, in the order of the audit */
    GPtrArray *paths;     /* of char *: their logs */
    GHashTable *logs;     /* system's id -> IndexedLog *, on the audit's own clips */
} Capsules;

Capsules *capsules_new(void);
void capsules_free(Capsules *capsules); /* NULL is fine */
/* Reads the sealed list, once, and the system's log, once. Reports what is not as it was when the capsule was
 * made: list, sums and signature (capsule/opening.h), with `clips` every clip as well, the scenario's dataset
 * and truth against the list; a second list; a behaviour that the capsule does not ask about; and what is
 * wrong in the log (capsule/returned.h). */
void capsules_read(Capsules *capsules, const Scenario *scenario, const SystemSpec *system, bool clips,
                   Problems *problems);
/* A SystemSource's work (source.h): the first answer to the clip. */
void capsules_collect(const Capsules *capsules, const Scenario *scenario, const SystemSpec *system,
                      const Clip *clip, const ConditionSpec *condition, SystemOutput *output);

#endif
