/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How somebody else's alert log, or a live system's messages, are to be read: which columns or paths hold
 * what, how it writes times, what its words for kinds of alert mean here, and how its names of cameras and
 * clips go with a dataset's.
 *
 * The map is a YAML file (vsaudit/alert-map/1), so that the step from a vendor's own file to the alerts that
 * are scored is written down, can be checked by the other side, and is the same on every run. Nothing is
 * guessed: a kind of alert, a camera or a clip that neither the map nor the dataset names is an error, and so
 * is a log of which nothing lies in any clip. Every row is accounted for:
 *     rows = alerts + repeated (log->repeats) + ignored + ignored_places + elsewhere + joined + alone
 * A log may be a table (CSV), JSON, one JSON document a line, or XML: all give rows of the same fields. */
#ifndef VSAUDIT_IMPORT_ALERT_MAP_H
#define VSAUDIT_IMPORT_ALERT_MAP_H

#include "config/dataset.h"
#include "scoring/shift.h"
#include "truth/truth.h"
#include "yaml/yaml_table.h"

typedef struct {
    guint rows;               /* that were read */
    guint taken;              /* became alerts, each counted once */
    guint ignored;            /* of a kind that the map says to ignore */
    guint ignored_places;     /* of a clip or a camera that the map says to ignore */
    guint elsewhere;          /* outside of every clip of the dataset, by their time */
    guint shown_twice;        /* at a time that a change of clocks repeats */
    guint joined;             /* that go on with an alert, or end it, which an earlier row began */
    guint alone;              /* ends of alerts that no row began */
    guint doubled;            /* of these two: that say the same state of the same alert once more */
    guint disordered;         /* of the joined: earlier than a row of the same alert before them */
    guint endless;            /* alerts that a row began, and none ended */
    guint barren;             /* documents (JSON, XML, lines of NDJSON) in which no row was found */
    GPtrArray *notes;         /* of char *: the first few that lie elsewhere, as sentences */
    ShiftSuspicion suspicion; /* whether the log's clock looks shifted */
} AlertMapCount;

/* Reads `log` with the map at `path` into alerts on the dataset's clips, sorted by clip and time, repeated
 * rows collapsed. NULL when there were problems. `count` is filled in any case; the caller clears it. */
AlertLog *alert_map_read(const char *path, const char *log, const Dataset *dataset, AlertMapCount *count,
                         Problems *problems);
/* Reads the map alone: false when something in it is wrong. */
bool alert_map_check(const char *path, Problems *problems);
void alert_map_count_clear(AlertMapCount *count);

extern const YamlTable alert_map_table, alert_columns_table;

#endif
