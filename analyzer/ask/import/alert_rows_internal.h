/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the forms of rows share. Inside import/ only. */
#ifndef VSAUDIT_IMPORT_ALERT_ROWS_INTERNAL_H
#define VSAUDIT_IMPORT_ALERT_ROWS_INTERNAL_H

#include "import/alert_rows.h"
#include "import/json_path.h"

#include <libxml/xpath.h>

struct RowReader {
    RowForm form;
    char delimiter;
    size_t count;
    RowField *fields;        /* paths are the reader's */
    Column *columns;         /* named by the paths */
    JsonPath *rows, **paths; /* JSON; paths NULL where a field asks for the envelope or is not there */
    xmlXPathCompExpr *xml_rows, **exprs; /* XML */
};

/* One reading of a text. */
typedef struct {
    const RowReader *reader;
    Table table;
    const RowEnvelope *envelope;
    RowFunction each;
    void *user;
    GStringChunk *texts; /* of the row's cells */
    Cell *cells;
} RowReading;

/* Adds a value to the cell; false, reported, where it may have only one and this is another. */
bool rows_add_value(RowReading *reading, const Row *row, size_t field, const char *text);
/* The envelope's value of a field “$topic” or “$topic[1]”; NULL: there is none. Caller frees. */
char *rows_envelope_value(const RowEnvelope *envelope, const char *path);
/* Whether a JSON path asks for the envelope. */
bool rows_is_of_envelope(const char *path);
void rows_begin(RowReading *reading);

guint rows_read_json(RowReading *reading);
guint rows_read_ndjson(RowReading *reading);
guint rows_read_xml(RowReading *reading);

#endif
