/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What two people, blind to the system, make of its false alerts: false (no cause), nuisance with its cause,
 * true_event (the truth lacks it), or unsure. Raw counts are never changed: the judgement stands beside them.
 * What kind of error a false alert is by rule: evaluate/false_kinds.h. */
#ifndef VSAUDIT_EVALUATE_ADJUDICATION_H
#define VSAUDIT_EVALUATE_ADJUDICATION_H

#include <glib.h>
#include <jansson.h>
#include <stdbool.h>

#define ADJUDICATION_SCHEMA "vsaudit/adjudication/1"

/* How many alerts are on the list, and how many are not, by why: they are no false alerts, or none of a system
 * under test. */
typedef struct {
    guint listed, repeated, right, not_scored, unwatched, of_controls;
} AdjudicationCount;
/* Writes a blind list of the false alerts of systems under test: no system's name, in an order that depends
 * on the seed alone, with copies of the pictures under names that say nothing; beside it, at
 * adjudication_left_out_path(), the alerts that are not on it, each with the reason. */
bool adjudication_export(const json_t *results, const char *run_folder, const char *path, guint64 seed,
                         AdjudicationCount *count, GError **error);
/* "list.left-out.csv" for "list.csv". Caller frees. */
char *adjudication_left_out_path(const char *path);
/* Reads two people's lists and compares them: what RUN/adjudication.json holds. NULL with an error: INPUT for
 * an alert that the run does not have, or a judgement that is none. Caller owns. */
json_t *adjudication_compare(const json_t *results, const char *first, const char *second, GError **error);
/* Whether there is FOLDER/adjudication.json. */
bool adjudication_is_there(const char *folder);
/* Puts FOLDER/adjudication.json, if there is one, into the results, which must have all lists of their
 * clips: evaluations[].adjudication. */
bool adjudication_apply(json_t *results, const char *folder, GError **error);

#endif
