/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Native files of ground truth and of alerts, CSV and JSON.
 *
 * CSV: UTF-8 (a byte order mark is fine), a heading with the columns in any order, commas, RFC 4180 quoting,
 * LF or CRLF, decimal points. JSON: {"schema": "vsaudit/truth/1", "events": […], "coverage": […]} and
 * {"schema": "vsaudit/alerts/1", "alerts": […]} with the same names as keys. Times are seconds from the
 * clip's first frame. What is wrong is reported as "file:line:column: column: found …, expected …".
 *
 *   truth:  kind (event | coverage | count; default event), clip*, behaviour*, start_s*, end_s*, label,
 *           certainty (scored | dont_care), annotator, track, note, x, y, w, h, value (of a count: so many
 *           people from start_s to end_s; counts of one clip and behaviour do not overlap; JSON: the list
 *           "counts"). Any number of events may go on at once; two that agree in every cell are refused
 *   alerts: clip*, behaviour*, onset_s*, decided_s (default onset_s), end_s, label, confidence, note,
 *           x, y, w, h, condition (default as-recorded)                                    (* required) */
#ifndef VSAUDIT_TRUTH_TRUTH_H
#define VSAUDIT_TRUTH_TRUTH_H

#include "records/count.h"
#include "records/event.h"
#include "records/problems.h"

#define TRUTH_SCHEMA "vsaudit/truth/1"
#define ALERTS_SCHEMA "vsaudit/alerts/1"
/* Larger files are refused: about ten million rows. */
#define TRUTH_BYTES_MAX (INT64_C(1) << 30)

/* Where the cells of a CSV row begin, in characters, 1-based; 0 = not known (JSON, a row over several lines).
 */
typedef struct {
    int clip, behaviour, start, end, label;
} TruthColumns;

typedef struct {
    const char *clip; /* id; owned by the file's record */
    Event *event;     /* owned; a caller may take it and leave NULL */
    int line;         /* where it stands, 1-based */
    TruthColumns columns;
} TruthEvent;

typedef struct {
    const char *clip, *behaviour; /* owned by the file's record */
    Span span;
    int line;
    TruthColumns columns;
} TruthCoverage;

typedef struct {
    const char *clip, *behaviour; /* owned by the file's record */
    CountSpan count;
    int line;
    TruthColumns columns;
} TruthCount;

typedef struct {
    char *file;       /* path as given */
    char *sha256;     /* of the file's bytes */
    GArray *events;   /* of TruthEvent, in the order written */
    GArray *coverage; /* of TruthCoverage, in the order written */
    GArray *counts;   /* of TruthCount, in the order written */
    GStringChunk *names;
} Truth;

typedef struct {
    const char *clip, *condition; /* owned by the log */
    Alert *alert;                 /* owned; a caller may take it and leave NULL */
    int line;
    int clip_column, onset_column, condition_column; /* as in TruthColumns */
    guint copies; /* later rows that were the same in every cell (alert_log_collapse) */
    guint source; /* a hash of the row as somebody else's file has it, where it was translated; else 0 */
} AlertRow;

/* What became of the rows that repeat another (alert_log_collapse). */
typedef struct {
    guint repeated;  /* rows that say in every cell what an earlier one says; they are no longer in the log */
    guint differing; /* of them: in the file that was translated they differ, in what was passed over */
    guint alike; /* rows that stay, though clip, condition, behaviour and onset are those of an earlier one:
                    they differ in something else */
    int line;    /* of the first repeated row; 0: none, or in JSON */
} AlertRepeats;

typedef struct {
    char *file, *sha256;
    GArray *rows; /* of AlertRow, in the order written */
    GStringChunk *names;
    AlertRepeats repeats;
} AlertLog;

/* Read a file; JSON when its first character is “{”, else CSV. `behaviours` lists the ids that may stand in
 * it (NULL-terminated), NULL = any. NULL when there were problems. */
Truth *truth_load(const char *path, const char *const *behaviours, Problems *problems);
AlertLog *alert_log_load(const char *path, const char *const *behaviours, Problems *problems);
/* The same from memory; `name` stands in messages. The bytes must have a NUL behind them, as
 * g_file_get_contents gives them. */
Truth *truth_parse(const char *bytes, size_t length, const char *name, const char *const *behaviours,
                   Problems *problems);
AlertLog *alert_log_parse(const char *bytes, size_t length, const char *name, const char *const *behaviours,
                          Problems *problems);

Truth *truth_new(void); /* empty, file and hash NULL */
void truth_free(Truth *truth);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Truth, truth_free)
void truth_add_event(Truth *truth, const char *clip, Event *event); /* takes the event */
void truth_add_coverage(Truth *truth, const char *clip, const char *behaviour, Span span);
void truth_add_count(Truth *truth, const char *clip, const char *behaviour, CountSpan count);

AlertLog *alert_log_new(void);
void alert_log_free(AlertLog *log);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AlertLog, alert_log_free)
/* Takes the alert. `condition` NULL = as-recorded. */
void alert_log_add(AlertLog *log, const char *clip, const char *condition, Alert *alert);

/* Rows that are the same in every cell are one alert, written more than once: the first stays. Two alerts of
 * one moment differ in something: label, place, confidence, note. Fills log->repeats. */
void alert_log_collapse(AlertLog *log);
/* “2 rows repeat an earlier row in every cell (the first in line 3): each is counted once”, and what else is
 * to be said of them; NULL when there is nothing. Caller frees. */
char *alert_log_describe_repeats(const AlertLog *log);

/* What is said of a log without alerts. */
#define ALERT_LOG_EMPTY \
    "warning: holds no alert: it says that the system never alerted; is the export complete?"
/* Whether two logs, both collapsed, hold the same alerts, and at least one, in whatever order. */
bool alert_log_same(const AlertLog *a, const AlertLog *b);

/* Write files that truth_load (alert_log_load) reads back to the same records; whole or not at all. */
bool truth_write_csv(const Truth *truth, const char *path, GError **error);
bool truth_write_json(const Truth *truth, const char *path, GError **error);
bool alert_log_write_csv(const AlertLog *log, const char *path, GError **error);
bool alert_log_write_json(const AlertLog *log, const char *path, GError **error);

/* Times of ticket validations, CSV with the columns time_s* and note: array of int64_t µs, sorted; caller
 * unrefs. NULL when there were problems. */
GArray *validations_load(const char *path, Problems *problems);

/* What is wrong when the second of two events is the same as the first (event_same), which stands at `where`
 * ("line 3"). Caller frees. */
char *truth_explain_twice(const Event *first, const Event *second, const char *where);

typedef enum { TRUTH_KIND_NONE, TRUTH_KIND_TRUTH, TRUTH_KIND_ALERTS } TruthKind;
/* What a file is by its schema (JSON) or heading (CSV: start_s makes it truth, onset_s alerts). */
TruthKind truth_guess_kind(const char *bytes, size_t length);

#endif
