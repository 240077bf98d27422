/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What kinds of errors the false alerts are: by rule, and by two people's blind judgement.
 *
 * By rule (evaluations[].false_alert_kinds): a duplicate; a cross-trigger, when the alert matches an event of
 * another behaviour; a near miss, when its onset lies within twice the tolerance of an event of its own; else
 * unlabelled until people have looked. People judge: false (no cause), nuisance with its cause, true_event
 * (the truth lacks it), or unsure. Raw counts are never changed: the judgement stands beside them. */
#ifndef VSAUDIT_REPORT_ADJUDICATION_H
#define VSAUDIT_REPORT_ADJUDICATION_H

#include "config/dataset.h"
#include "scoring/eval1.h"

#include <jansson.h>

#define ADJUDICATION_SCHEMA "vsaudit/adjudication/1"

/* Sets "class" (cross_trigger or near_miss) on a clip's false alerts and adds to the four counts of
 * `classes`. */
void adjudication_classify(json_t *clip_json, const Clip *clip, const char *behaviour,
                           const Eval1Settings *settings, json_t *classes);

/* Writes a blind list of the false alerts of systems under test: no system's name, in an order that depends
 * on the seed alone, with copies of the pictures under names that say nothing. `count` receives their number.
 */
bool adjudication_export(const json_t *results, const char *run_folder, const char *path, guint64 seed,
                         guint *count, GError **error);
/* Reads two people's lists and compares them: what RUN/adjudication.json holds. NULL with an error: INPUT for
 * an alert that the run does not have, or a judgement that is none. Caller owns. */
json_t *adjudication_compare(const json_t *results, const char *first, const char *second, GError **error);
/* Puts FOLDER/adjudication.json, if there is one, into the results: evaluations[].adjudication. */
bool adjudication_apply(json_t *results, const char *folder, GError **error);

#endif
