/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CSV by RFC 4180, row by row, each cell with its place: the one reader of the house. Of the libraries at
 * hand, libcsv gives fields without places, takes broken quoting in silence or stops without saying where.
 * Lines end with CRLF, LF or, where there is no LF in the text, CR alone, as old Macs wrote them. */
#ifndef VSAUDIT_RECORDS_CELL_READER_H
#define VSAUDIT_RECORDS_CELL_READER_H

#include <glib.h>
#include <stdbool.h>

typedef struct {
    const char *text;     /* unescaped, "" for an empty cell; the reader's, until the next row is read */
    int line;             /* 1-based, where it begins */
    gsize line_start, at; /* offsets of that line's and of the cell's first byte */
} CellRead;

/* What is wrong with the quoting at the byte `at` of a line. */
typedef void (*CellFault)(void *user, int line, gsize line_start, gsize at, const char *message);

typedef struct {
    const char *bytes; /* the caller's, these three; a mark of the byte order is passed over */
    gsize length;
    char delimiter;
    CellFault fault; /* NULL: nobody wants to know */
    void *user;
    /* the reader's */
    GArray *cells;    /* of CellRead: the row that was read; an empty line gives none */
    GArray *starts;   /* of gsize: where each cell's text starts in the arena */
    GString *arena;   /* unescaped texts of the row, each with its NUL */
    bool broken;      /* the row's quoting is wrong; its cells hold all that is there */
    bool old_ends;    /* lines end with CR alone */
    bool begun;       /* a row was read */
    int line;         /* where the row begins */
    gsize row_at;     /* and its first byte */
    int at_line;      /* the line of the next byte */
    gsize line_start; /* and where that begins */
    gsize at;         /* the next byte */
} CellReader;

void cell_reader_init(CellReader *reader, const char *bytes, gsize length, char delimiter);
void cell_reader_clear(CellReader *reader);
/* False at the end of the text. */
bool cell_reader_next(CellReader *reader);
/* In characters, 1-based, of the byte `at` of its line. */
int cell_reader_column(const CellReader *reader, gsize line_start, gsize at);

#endif
