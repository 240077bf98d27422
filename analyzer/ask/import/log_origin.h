/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where an alert log comes from: who translated a vendor's own table into it, by which map, and what became
 * of every row.
 *
 * “vsaudit import alert-log” leaves a record beside the log that it writes, LOG.origin.json (schema
 * vsaudit/log-origin/1): the table, the map and the log by name and SHA-256, and the count of rows. Whoever
 * scores the log reads it again. Names are relative to the record's folder. */
#ifndef VSAUDIT_IMPORT_LOG_ORIGIN_H
#define VSAUDIT_IMPORT_LOG_ORIGIN_H

#include "config/scenario.h"
#include "import/alert_map.h"

typedef struct {
    char *file;   /* base name */
    char *sha256; /* as it was when the log was imported */
    char *path;   /* where it is now, with that very hash; NULL: not at hand, or another file */
} OriginFile;

typedef struct {
    char *record, *record_sha256; /* the record itself */
    OriginFile table, map;        /* the vendor's own, and how it was read */
    bool unchanged;               /* the log is the one that was written then */
    /* rows = alerts + repeated + ignored + ignored_places + elsewhere + joined + alone */
    int64_t rows, alerts, repeated, ignored, ignored_places, elsewhere, joined, alone;
} LogOrigin;

/* Writes the record beside `log_path`. */
bool log_origin_write(const char *log_path, const char *table, const char *map, const AlertMapCount *count,
                      const AlertLog *log, GError **error);
/* Of a log; NULL when there is no record beside it, or none that can be read. Caller frees. */
LogOrigin *log_origin_read(const char *log_path);
void log_origin_free(LogOrigin *origin); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LogOrigin, log_origin_free)

/* ---- logs that nobody uses */

typedef struct {
    char *path;   /* of the map: map-NAME.yaml beside the audit or a scenario of it */
    char *system; /* NAME */
} UnusedMap;

/* Maps of the draft (map-NAME.yaml) by which no log of the audit was read, and whose NAME is no system of it:
 * somebody's log was to be judged, and is not. Of UnusedMap *, in order of paths; caller unrefs. */
GPtrArray *log_origin_unused_maps(const Audit *audit);

#endif
