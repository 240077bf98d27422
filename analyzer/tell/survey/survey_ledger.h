/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The record of draws beside a log, LOG.draws: one line of JSON for each draw, which holds the SHA-256 of all
 * that stands before it. So a sample cannot be drawn until it suits without leaving a trace, unless somebody
 * takes the file away or copies the log elsewhere; that is why the SHA-256 of a draw is given to a third
 * person before anybody judges. */
#ifndef VSAUDIT_SURVEY_SURVEY_LEDGER_H
#define VSAUDIT_SURVEY_SURVEY_LEDGER_H

#include "results/document.h"

#include <glib.h>

/* Its path; caller frees. */
char *survey_ledger_path(const char *log);
typedef struct {
    GArray *draws;    /* of ResultsSurveyEarlier, the first first */
    GPtrArray *lines; /* of json_t *, which the draws point into */
    char *text;       /* the whole as it is */
} SurveyLedger;
/* Empty where there is none. NULL: INTEGRITY where a line is not what the next one says that it was; INPUT
 * where it is none of draws. */
SurveyLedger *survey_ledger_read(const char *log, GError **error);
void survey_ledger_free(SurveyLedger *ledger); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SurveyLedger, survey_ledger_free)
/* Adds a draw. HARNESS error. */
bool survey_ledger_add(const SurveyLedger *ledger, const char *log, const ResultsSurveyEarlier *draw,
                       GError **error);
/* How many follow the draw of that SHA-256; -1: it is not there. */
int64_t survey_ledger_later(const SurveyLedger *ledger, const char *sha256);

#endif
