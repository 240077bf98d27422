/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the alert map share. */
#ifndef VSAUDIT_IMPORT_ALERT_MAP_INTERNAL_H
#define VSAUDIT_IMPORT_ALERT_MAP_INTERNAL_H

#include "import/alert_clock.h"
#include "import/alert_join.h"
#include "import/alert_map.h"
#include "import/alert_rows.h"

typedef struct {
    char *clip, *camera, *time, *date, *end, *kind, *confidence, *label, *note, *id, *state;
    char *number, *picture, *treated; /* for a list of alerts alone (import/alert_list.h) */
} AlertColumns;

typedef struct {
    AlertColumns columns;
    char *time, *zone, *encoding, *rows;
    int format, delimiter, decimal;
    int64_t shift_us;
    double confidence_max;
    ParamList *kinds, *clips, *cameras, *states, *only;
    GPtrArray *ignore, *ignore_clips, *ignore_cameras;
    char *behaviour;
    GTimeZone *time_zone;
    RowReader *reader; /* of the rows' fields; NULL when a path is wrong */
} AlertMap;

enum {
    AT_CLIP,
    AT_CAMERA,
    AT_TIME,
    AT_DATE,
    AT_END,
    AT_KIND,
    AT_CONFIDENCE,
    AT_LABEL,
    AT_NOTE,
    AT_ID,
    AT_STATE,
    AT_NUMBER,
    AT_PICTURE,
    AT_TREATED,
    AT_COLUMNS
};
/* Behind them stand the fields that `only` names. */

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
    AlertJoin *join;
    GArray *opened;    /* of Opened: what became of the alerts that join counts, by number */
    int64_t placed_us; /* as map_row_time: when the row was that map_place_row placed last */
} MapReading;

typedef enum { FATE_TAKEN, FATE_ELSEWHERE, FATE_IGNORED_PLACE, FATE_WRONG } AlertFate;

typedef struct {
    AlertFate fate;         /* of the message that began it: the others share it */
    guint row;              /* TAKEN: of the log */
    int64_t at_us, last_us; /* times of that message and of the last, by map_row_time */
} Opened;

/* What a row says, by the map, beside its time and place. */
typedef struct {
    const char *behaviour; /* the map's */
    AlertState state;
    double confidence; /* NAN: not said */
} RowMeaning;

/* The log's text in UTF-8, with a NUL behind it; caller frees. NULL after having reported. */
char *map_read_text(const AlertMap *map, const char *path, size_t *length, Problems *problems);
/* False when the row is to be ignored (counted) or wrong (reported). */
bool map_read_meaning(MapReading *reading, const Row *row, RowMeaning *meaning);
/* By which rows of one alert are joined; caller frees. */
char *map_row_key(const Row *row, const RowMeaning *meaning);
/* A cell in which several values may stand, as words for people; NULL: empty. Caller frees. */
char *map_row_words(const Row *row, size_t column);
/* The time in a cell: µs from the clip's first frame, or of the Unix clock. False: reported. The cell must
 * not be empty. Of a time that was shown twice the second, where the first is before not_before_us. */
bool map_row_time(const MapReading *reading, const Row *row, size_t column, int64_t not_before_us,
                  int64_t *out_us);

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
