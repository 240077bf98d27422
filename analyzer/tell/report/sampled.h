/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The report of a judged sample of alerts (vsaudit/sample/1), made of its document alone. */
#ifndef VSAUDIT_REPORT_SAMPLED_H
#define VSAUDIT_REPORT_SAMPLED_H

#include "language/texts.h"
#include "results/record_survey.h"

#include <glib.h>
#include <stdbool.h>

/* One static page; caller frees. */
char *sampled_html(const ResultsSurvey *survey, const Texts *texts, gsize *length);
/* A summary for a letter or a ticket; caller frees. */
char *sampled_markdown(const ResultsSurvey *survey, const Texts *texts);
/* Tables, numbers as programs read them; callers free. */
char *sampled_strata_csv(const ResultsSurvey *survey);
char *sampled_alerts_csv(const ResultsSurvey *survey);
/* Writes into the folder: report.<language>.html and summary.<language>.md in each of the languages (ended by
 * NULL), strata.csv, alerts.csv. HARNESS error. */
bool sampled_write(const ResultsSurvey *survey, const char *folder, const char *const *languages,
                   GError **error);

#endif
