/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a table of csv_tables.c is made of: lists within lists, each with its columns. A row of the innermost
 * list is a line, behind the cells of the rows that it stands in. Heads and cells come from one word, so that
 * they cannot part. */
#ifndef VSAUDIT_REPORT_CSV_INTERNAL_H
#define VSAUDIT_REPORT_CSV_INTERNAL_H

#include "report/formats.h"
#include "results/document.h"

/* Columns, parted by blanks: "HEAD=WAY", or one word where both are the same. The way leads through records
 * to a member; what it is says how it is written:
 *
 *     a rate or a figure: three columns, HEAD, HEAD_low and HEAD_high; a span of figures: the latter two
 *     a time in µs under a head in _s: seconds with six decimals
 *     a text: the English one, or what there is; WAY.fr: the French one
 *     a map: "name=value; name=value"
 *     a box: x, y, w and h, which the head names
 *     *: what `own` of the level writes under that head
 *     #: the row's place in its list, from 0 */
typedef struct {
    const char *of;      /* the way to the record whose members they are; NULL: the row itself */
    const char *columns; /* NULL ends them; CSV_RATES: all of results/rates.h, six columns each */
} CsvColumns;

#define CSV_RATES "*"

typedef struct {
    const char *head; /* NULL ends them */
    void (*write)(Csv *csv, const void *row);
} CsvOwn;

enum { CSV_PARTS = 13, CSV_LEVELS = 4 }; /* with the NULL that ends them */

typedef struct CsvLevel {
    const char *list; /* the way to it from the row above, or from the document; NULL ends the levels */
    CsvColumns columns[CSV_PARTS];
    const CsvOwn *own; /* NULL: none */
} CsvLevel;

/* A row of a list that is a map of anything. */
typedef struct {
    const char *key;
    const json_t *value;
} CsvEntry;

/* A cell each; what is not there is empty. */
void csv_words(Csv *csv, const char *text); /* words from outside */
void csv_number(Csv *csv, double value);

#endif
