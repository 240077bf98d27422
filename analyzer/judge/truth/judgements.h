/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One person's judgement of false alerts: the CSV that `vsaudit adjudicate export` writes, with the column
 * class filled: false, nuisance:CAUSE, true_event or unsure. */
#ifndef VSAUDIT_TRUTH_JUDGEMENTS_H
#define VSAUDIT_TRUTH_JUDGEMENTS_H

#include "records/problems.h"

typedef enum { JUDGEMENT_FALSE, JUDGEMENT_NUISANCE, JUDGEMENT_TRUE_EVENT, JUDGEMENT_UNSURE } JudgementClass;
#define JUDGEMENT_CLASSES 4

typedef struct {
    JudgementClass class;
    char *cause; /* of a nuisance; else NULL */
    int line;
} Judgement;

/* char * alert id -> Judgement *; rows without a class are left out. Caller unrefs; NULL when there were
 * problems. `sha256` receives the hash of the file. */
GHashTable *judgements_load(const char *path, char **sha256, Problems *problems);
const char *judgement_name(JudgementClass class); /* "false", "nuisance", "true_event", "unsure" */

#endif
