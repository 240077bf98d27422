/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of named cells with places, whether they stand in CSV or in JSON. Inside truth/ only. */
#ifndef VSAUDIT_TRUTH_TABLE_H
#define VSAUDIT_TRUTH_TABLE_H

#include "records/geometry.h"
#include "records/problems.h"

#include <stdint.h>

typedef struct {
    const char *name;
    bool required;
} Column;

typedef struct {
    const char *text; /* NULL = not written, or written empty; NUL-terminated */
    bool is_number;   /* JSON number: `number` holds it, `text` is "" */
    double number;
    int line;          /* CSV: of the cell */
    size_t line_start; /* CSV: offset of that line's first byte */
    size_t at;         /* CSV: offset of the cell's first byte */
} Cell;

typedef struct {
    const char *file;
    const char *bytes;
    size_t length;
    const Column *columns;
    size_t count;
    Problems *problems;
    char delimiter;     /* CSV: between the cells; 0 = comma */
    bool guarded;       /* CSV: of a format of our own: words are read by the rule of records/cell.h */
    bool others_passed; /* CSV: columns that are not among `columns` are passed over, not refused */
} Table;

typedef struct {
    const Table *table;
    const Cell *cells; /* one per column */
    const char *list;  /* JSON: the list it stands in; CSV: NULL */
    size_t index;      /* JSON: place in the list */
    int line;          /* where the row begins; JSON: 0 */
    size_t at, length; /* its bytes in the table's text, CSV: without the line's end; of table_read_json: 0 */
    const char *where; /* which row of several in one line or message it is, "events[3]"; NULL: CSV, or one */
} Row;

typedef void (*RowFunction)(const Row *row, void *user);

/* Calls `each` for every sound row; what is wrong is reported. */
void table_read_csv(const Table *table, RowFunction each, void *user);
/* The objects of the list `list` (an array of the root object), keys as columns; a list that is absent gives
 * no row. `root` is a json_t *. */
void table_read_json(const Table *table, const void *root, const char *list, RowFunction each, void *user);
/* Parses the text and checks its schema and that it has only `keys` (NULL-terminated) beside "schema". A
 * json_t * that the caller decrefs, or NULL after having reported. */
void *table_parse_json(const Table *table, const char *schema, const char *const *keys);
/* Whether the text is UTF-8 without control characters; reports. */
bool table_check_text(const Table *table);

/* Reports "found <the cell>, expected <format>" at the cell; or a whole sentence. */
void table_expected(const Row *row, size_t column, const char *format, ...) G_GNUC_PRINTF(3, 4);
void table_problem(const Row *row, size_t column, const char *format, ...) G_GNUC_PRINTF(3, 4);

/* Where in a JSON text that was parsed without error a value stands: `key` of the object list[index], of the
 * object itself when `list` is NULL; the object's own place when the key is not there or NULL. 1-based. */
void table_place_json(const char *bytes, const char *list, size_t index, const char *key, int *line,
                      int *column);
/* CSV: the cell's column in characters, 1-based, when it begins on the row's first line; else 0 = not known.
 */
int table_cell_column(const Row *row, size_t column);

/* Cells, checked; false after having reported. The cell must not be empty. */
bool table_get_text(const Row *row, size_t column, const char **out);
bool table_get_seconds(const Row *row, size_t column, int64_t *out_us);
bool table_get_number(const Row *row, size_t column, double min, double max, double *out);
/* All four cells from `column` on, or none (BOX_NONE). */
bool table_get_box(const Row *row, size_t column, Box *out);

#endif
