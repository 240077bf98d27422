/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the alert map share. */
#ifndef VSAUDIT_IMPORT_ALERT_MAP_INTERNAL_H
#define VSAUDIT_IMPORT_ALERT_MAP_INTERNAL_H

#include "import/alert_clock.h"
#include "import/alert_map.h"
#include "truth/table.h"

typedef struct {
    char *clip, *camera, *time, *date, *end, *kind, *confidence, *label, *note;
} AlertColumns;

typedef struct {
    AlertColumns columns;
    char *time, *zone, *encoding;
    int delimiter, decimal;
    int64_t shift_us;
    double confidence_max;
    ParamList *kinds, *clips, *cameras;
    GPtrArray *ignore, *ignore_clips, *ignore_cameras;
    char *behaviour;
    GTimeZone *time_zone;
} AlertMap;

enum { AT_CLIP, AT_CAMERA, AT_TIME, AT_DATE, AT_END, AT_KIND, AT_CONFIDENCE, AT_LABEL, AT_NOTE, AT_COLUMNS };

typedef struct MapTimes MapTimes;

/* One reading of a log with its map. */
typedef struct {
    const AlertMap *map;
    const char *path; /* of the map */
    AlertClock clock;
    const Dataset *dataset;
    GPtrArray *clip_ids, *cameras; /* of const char *: the dataset's */
    GHashTable *unknown;           /* words that were reported already */
    MapTimes *times;
    AlertLog *log;
    AlertMapCount *count;
} MapReading;

/* What the map says of a word: the dataset's own name, or NULL when it does not name it. */
const char *map_translate(const ParamList *words, const char *word);
bool map_ignores(const GPtrArray *words, const char *word);
/* Reports a word that nothing knows, once each, with the nearest of `names` (of const char *). */
void map_report_unknown(MapReading *reading, const Row *row, size_t column, const char *what,
                        const GPtrArray *names);
/* The dataset's clips and cameras that a map names are there; reports. */
void map_check_names(const MapReading *reading, Problems *problems);
/* Sets the alert's times and the clip. False when there is none: reported, or counted as passed over or as
 * outside of every clip. */
bool map_place_row(MapReading *reading, const Row *row, Alert *alert, const Clip **clip);

/* ---- when everything was, for what is to be said of the log as a whole (alert_map_times.c) */

MapTimes *map_times_new(void);
void map_times_free(MapTimes *times);
/* A row of interest at a clock's time; `stream`: rows of one name (a camera's) go together. */
void map_times_add(MapTimes *times, const char *stream, GDateTime *when);
/* A row of interest at a time from a clip's first frame. */
void map_times_add_relative(MapTimes *times, int64_t at_us);
/* Whether another clock would suit the log better. */
ShiftSuspicion map_times_suspect(const MapReading *reading);
/* “the log’s times run from … to …, the clips from … to …”. Caller frees. */
char *map_times_describe(const MapReading *reading);

#endif
