/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one model that every report format is rendered from: results.json, schema "vsaudit/results/1"
 * (reports/README.md documents every key).
 *
 * It holds what must be the same on every run: numbers, alerts, verdicts. Host, dates and speed are in
 * run.json. A value that is not defined is null and has a reason beside it. */
#ifndef VSAUDIT_EVALUATE_RESULTS_H
#define VSAUDIT_EVALUATE_RESULTS_H

#include "config/look_log.h"
#include "evaluate/detail.h"
#include "results/fields.h"
#include "store/store.h"

#include <jansson.h>

/* Scores every system of every scenario under every condition, from the stored alerts, the alert logs that
 * have been read and the ground truth; the events and alerts of the clips are put beside the document
 * (evaluate/detail.h). `looks` (NULL: nobody counts) says what was looked at before, and is told of this look.
 * Takes the systems. NULL with an error (INPUT: an alert log or truth that does not fit
 * the clips). Caller owns. */
json_t *results_build_lean(const Audit *audit, Systems *systems, Store *store, LookLog *looks,
                           Detail **detail, GError **error);
/* Writes the document (UTF-8, one-space indent, 12 significant digits, atomically). */
gboolean results_write(const json_t *results, const char *path, GError **error);
/* The same bytes as of a document with all lists; one clip at a time is held in memory. */
gboolean results_write_detail(const json_t *results, const Detail *detail, const char *path, GError **error);
/* Rounds all numbers to what the file holds: then the document in memory and the one read back are the same.
 */
void results_round(json_t *json);
/* Reads a results.json of any version. NULL with INPUT when its schema has another name, or a value is of
 * another kind than its table says. */
json_t *results_read(const char *path, GError **error);
/* Host, dates and speed of the store's sessions, schema "vsaudit/run/1". Caller owns. */
json_t *results_run_facts(Store *store, GError **error);
/* Verdicts of that name ("refuted") over all claims. */
json_int_t results_count_verdicts(const json_t *results, const char *verdict);

#endif
