/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CSV by RFC 4180: the one writer of the house. Reading it: records/cell_reader.h. */
#ifndef VSAUDIT_RECORDS_CELL_H
#define VSAUDIT_RECORDS_CELL_H

#include <stdbool.h>
#include <stdint.h>

#include <glib.h>

typedef struct {
    GString *out;         /* the caller's */
    const char *line_end; /* "\n"; "\r\n" for tables that people open */
    char delimiter;       /* 0: a comma; a semicolon where spreadsheets want one */
    bool begun;           /* the running line has a cell */
} CellWriter;

/* One cell as it is: numbers, the program's own words. NULL gives an empty one. */
void cell_put(CellWriter *writer, const char *text);
/* Words from outside. The one rule of every CSV that the program writes: what begins with = + - @ (of full
 * width too), a tab or a carriage return, be it behind apostrophes, gets one apostrophe more in front, so
 * that no spreadsheet takes it for a formula; and what the program reads of its own formats loses that one
 * again. So every text comes back as it was: =1 is written '=1, '=1 is written ''=1, 'hall stays 'hall.
 * Numbers are never touched, nor is what stands in a vendor's own table. */
void cell_put_words(CellWriter *writer, const char *text);
void cell_put_seconds(CellWriter *writer, int64_t t_us); /* TIME_UNKNOWN gives an empty cell */
/* The shortest text that reads back to the same double; NAN gives an empty cell. */
void cell_put_number(CellWriter *writer, double value);
void cell_put_count(CellWriter *writer, int64_t count);
void cell_put_empty(CellWriter *writer, unsigned cells); /* so many empty ones */
void cell_end_line(CellWriter *writer);

/* Whether the text gets that apostrophe. */
bool cell_needs_guard(const char *text);
/* The words of a cell that cell_put_words wrote: within the text itself, without the apostrophe of the rule.
 */
const char *cell_read_words(const char *text);

#endif
