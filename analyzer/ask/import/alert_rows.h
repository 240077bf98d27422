/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of what others write, whatever its form: a table, JSON, JSON by lines, XML. All come as rows of named
 * cells with a place (truth/table.h), so that one logic reads them. Inside import/ only. */
#ifndef VSAUDIT_IMPORT_ALERT_ROWS_H
#define VSAUDIT_IMPORT_ALERT_ROWS_H

#include "truth/table.h"

typedef enum { ROWS_TABLE, ROWS_JSON, ROWS_NDJSON, ROWS_XML } RowForm;
extern const char *const row_form_names[]; /* as in YAML, ended by NULL */

/* Between several values in one cell. */
#define ROWS_BETWEEN '\x1f'

typedef struct {
    const char *path; /* NULL: the map does not name it; the cell is empty then */
    bool required;    /* TABLE: the heading must be there */
    bool many; /* several values are kept, with ROWS_BETWEEN between; else they are a problem, unless they
                  are all the same */
} RowField;

/* What is known of a message beside its bytes: fields may ask for it as $topic, $path, $method, $sink, $from
 * and $query.KEY; $topic[1] is its second part between slashes. Members may be NULL. */
typedef struct {
    const char *topic, *path, *method, *sink, *from, *query;
} RowEnvelope;

typedef struct RowReader RowReader;

/* `rows`: the path of the rows; NULL: the whole (JSON), the root (XML). Fields as in `fields`, of which each
 * row's cells hold one each, in this order. NULL with *fault (caller frees) and *which: the field that is
 * wrong, `count` for rows. All is copied. */
RowReader *row_reader_new(RowForm form, const char *rows, const RowField *fields, size_t count,
                          char delimiter, char **fault, size_t *which);
void row_reader_free(RowReader *reader); /* NULL is fine */

/* Calls `each` for every row of the text, which has a NUL behind it; what is wrong is reported under `name`.
 * Gives how many documents (a file, a line of NDJSON, a message) held no row. `envelope` NULL: none. */
guint row_reader_read(const RowReader *reader, const char *bytes, size_t length, const char *name,
                      const RowEnvelope *envelope, Problems *problems, RowFunction each, void *user);

#endif
