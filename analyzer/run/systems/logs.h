/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The alert logs of an audit: read, held against its clips and conditions, repeated rows collapsed. Inside
 * systems/ only. */
#ifndef VSAUDIT_SYSTEMS_LOGS_H
#define VSAUDIT_SYSTEMS_LOGS_H

#include "config/scenario.h"
#include "truth/truth.h"

/* Times in logs are rounded: an alert may begin this much after the clip's end. */
#define LOG_END_SLACK_US (US_PER_SECOND / 2)

/* A log and where its rows are: looking through a million rows for every one of a thousand clips takes long.
 */
typedef struct {
    AlertLog *log;
    GHashTable *rows; /* clip's id (of the log) -> GArray of guint, places in log->rows */
} IndexedLog;

/* NULL when it cannot be read. What does not fit the audit is reported: a clip or a condition that none of
 * its scenarios knows, with the nearest one, and an alert beyond its clip's stated end. */
IndexedLog *indexed_log_read(const Audit *audit, const char *path, Problems *problems);
/* Of a log that was read elsewhere, which it takes. */
IndexedLog *indexed_log_new(AlertLog *log);
void indexed_log_free(IndexedLog *indexed); /* NULL is fine */

#endif
