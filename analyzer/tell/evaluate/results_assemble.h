/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole of results.json but its pictures, from what is stored: the one way, for a run, a score, and for
 * whoever checks one. */
#ifndef VSAUDIT_EVALUATE_RESULTS_ASSEMBLE_H
#define VSAUDIT_EVALUATE_RESULTS_ASSEMBLE_H

#include "config/look_log.h"
#include "evaluate/detail.h"
#include "scoring/panel.h"
#include "store/store.h"

#include <jansson.h>

typedef struct {
    const Audit *audit;
    Store *store;
    const PanelChoices *choices; /* protocols to judge by beside the scenario's; or NULL */
    const char *folder;          /* FOLDER/adjudication.json, if it is there, is what two people judged;
                                    FOLDER/capsule.json what was handed over, and came back */
    const char *lock;            /* file; or NULL */
    const char *first_replay;    /* see lock_compare */
    LookLog *looks;              /* the log of looks, which is told of this one; NULL: that of the folder */
} AssembleSpec;

/* Scores, judges by the protocols chosen, puts in what two people judged, rounds, and says how the audit
 * stands to its lock. Caller owns; NULL with an error. */
json_t *results_assemble(const AssembleSpec *spec, GError **error);
/* The same from alert logs that have been read, with the events and alerts of the clips beside the document.
 * Takes the systems. */
json_t *results_assemble_lean(const AssembleSpec *spec, Systems *systems, Detail **detail, GError **error);

#endif
