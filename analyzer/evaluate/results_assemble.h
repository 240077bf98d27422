/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole of results.json but its pictures, from what is stored: the one way, for a run, a score, and for
 * whoever checks one. */
#ifndef VSAUDIT_EVALUATE_RESULTS_ASSEMBLE_H
#define VSAUDIT_EVALUATE_RESULTS_ASSEMBLE_H

#include "config/scenario.h"
#include "scoring/panel.h"
#include "store/store.h"

#include <jansson.h>

/* Scores, judges by the protocols chosen (or NULL), puts in what two people judged (FOLDER/adjudication.json,
 * if it is there), rounds, and says how the audit stands to its lock (or NULL); `first_replay`: see
 * lock_compare. Caller owns; NULL with an error. */
json_t *results_assemble(const Audit *audit, Store *store, const PanelChoices *choices, const char *folder,
                         const char *lock, const char *first_replay, GError **error);

#endif
