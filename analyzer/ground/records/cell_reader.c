/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "records/cell_reader.h"

#include <string.h>

int cell_reader_column(const CellReader *reader, gsize line_start, gsize at)
{
    int column = 1;
    for (gsize i = line_start; i < at; i++)
        column += ((unsigned char)reader->bytes[i] & 0xc0) != 0x80;
    return column;
}

static void report(CellReader *reader, int line, gsize line_start, gsize at, const char *message)
{
    if (reader->fault != NULL)
        reader->fault(reader->user, line, line_start, at, message);
    reader->broken = true;
}

static bool at_row_end(const CellReader *reader)
{
    const char *bytes = reader->bytes;
    return reader->at >= reader->length || bytes[reader->at] == '\n' ||
           (bytes[reader->at] == '\r' && reader->at + 1 < reader->length && bytes[reader->at + 1] == '\n') ||
           (bytes[reader->at] == '\r' && (reader->old_ends || reader->at + 1 == reader->length));
}

static bool at_cell_end(const CellReader *reader)
{
    return at_row_end(reader) || reader->bytes[reader->at] == reader->delimiter;
}

static void read_plain(CellReader *reader)
{
    const gsize start = reader->at;
    for (; !at_cell_end(reader); reader->at++)
        if (reader->bytes[reader->at] == '"' && !reader->broken)
            report(reader, reader->at_line, reader->line_start, reader->at,
                   "found a quotation mark inside a cell, expected the whole cell in quotation marks and "
                   "the one inside doubled");
    g_string_append_len(reader->arena, reader->bytes + start, (gssize)(reader->at - start));
}

static void read_quoted(CellReader *reader)
{
    const char *bytes = reader->bytes;
    const gsize start = reader->at, start_line_start = reader->line_start;
    const int start_line = reader->at_line;
    for (reader->at++; reader->at < reader->length; reader->at++) {
        const char c = bytes[reader->at];
        if (c == '"' && reader->at + 1 < reader->length && bytes[reader->at + 1] == '"') {
            reader->at++;
        } else if (c == '"') {
            const gsize rest = ++reader->at;
            if (!at_cell_end(reader))
                report(reader, reader->at_line, reader->line_start, rest,
                       "found text after a closing quotation mark, expected the next cell or the line's end");
            while (!at_cell_end(reader))
                reader->at++;
            g_string_append_len(reader->arena, bytes + rest, (gssize)(reader->at - rest));
            return;
        } else if (c == '\n' || (c == '\r' && reader->old_ends)) {
            reader->at_line++;
            reader->line_start = reader->at + 1;
        }
        g_string_append_c(reader->arena, c);
    }
    reader->at_line = start_line;
    reader->line_start = start_line_start;
    report(reader, start_line, start_line_start, start,
           "found a quotation mark that is never closed, expected a second one");
}

static void read_cells(CellReader *reader)
{
    while (!(reader->cells->len == 0 && at_row_end(reader))) {
        const CellRead cell = {.line = reader->at_line, .line_start = reader->line_start, .at = reader->at};
        const gsize start = reader->arena->len;
        g_array_append_val(reader->cells, cell);
        g_array_append_val(reader->starts, start);
        if (reader->at < reader->length && reader->bytes[reader->at] == '"')
            read_quoted(reader);
        else
            read_plain(reader);
        g_string_append_c(reader->arena, '\0');
        if (at_row_end(reader))
            return;
        reader->at++; /* the delimiter; a cell follows, if only an empty one */
    }
}

bool cell_reader_next(CellReader *reader)
{
    if (reader->begun) {
        reader->at_line++;
        reader->line_start = reader->at;
    }
    reader->begun = true;
    g_array_set_size(reader->cells, 0);
    g_array_set_size(reader->starts, 0);
    g_string_truncate(reader->arena, 0);
    reader->broken = false;
    reader->line = reader->at_line;
    reader->row_at = reader->at;
    if (reader->at >= reader->length)
        return false;
    read_cells(reader);
    if (reader->at < reader->length && reader->bytes[reader->at] == '\r')
        reader->at++;
    if (reader->at < reader->length && reader->bytes[reader->at] == '\n')
        reader->at++;
    for (guint i = 0; i < reader->cells->len; i++)
        g_array_index(reader->cells, CellRead, i).text =
            reader->arena->str + g_array_index(reader->starts, gsize, i);
    return true;
}

void cell_reader_init(CellReader *reader, const char *bytes, gsize length, char delimiter)
{
    *reader = (CellReader){.bytes = bytes,
                           .length = length,
                           .delimiter = delimiter,
                           .cells = g_array_new(FALSE, FALSE, sizeof(CellRead)),
                           .starts = g_array_new(FALSE, FALSE, sizeof(gsize)),
                           .arena = g_string_new(NULL),
                           .old_ends = length > 0 && memchr(bytes, '\n', length) == NULL,
                           .at_line = 1};
    if (length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0)
        reader->at = reader->line_start = 3;
}

void cell_reader_clear(CellReader *reader)
{
    g_array_unref(reader->cells);
    g_array_unref(reader->starts);
    g_string_free(reader->arena, TRUE);
}
