/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CSV by RFC 4180. Of the libraries at hand, libcsv gives fields without places, takes broken quoting in
 * silence or stops without saying where; places are what this reader is for. */
#include "records/option.h"
#include "truth/table.h"

#include <string.h>

typedef struct {
    const Table *table;
    size_t at; /* the next byte */
    int line;
    size_t line_start;
    GArray *fields; /* of Cell; texts are offsets into `arena` until the row is complete */
    GArray *starts; /* of size_t: where each field's text starts in the arena */
    GString *arena; /* unescaped texts of the row, each with its NUL */
    bool broken;    /* the row's quoting is wrong (reported) */
    bool old_ends;  /* lines end with a carriage return alone, as old Macs wrote them */
} Reader;

static void report_here(Reader *reader, size_t at, const char *message)
{
    int column = 1;
    for (size_t i = reader->line_start; i < at; i++)
        column += ((unsigned char)reader->table->bytes[i] & 0xc0) != 0x80;
    problems_add(reader->table->problems, reader->table->file, reader->line, column, NULL, "%s", message);
    reader->broken = true;
}

static char delimiter_of(const Table *table)
{
    return table->delimiter != '\0' ? table->delimiter : ',';
}

static bool at_row_end(const Reader *reader)
{
    const Table *table = reader->table;
    const char *bytes = table->bytes;
    return reader->at >= table->length || bytes[reader->at] == '\n' ||
           (bytes[reader->at] == '\r' && reader->at + 1 < table->length && bytes[reader->at + 1] == '\n') ||
           (bytes[reader->at] == '\r' && (reader->old_ends || reader->at + 1 == table->length));
}

static void read_plain(Reader *reader)
{
    const char *bytes = reader->table->bytes;
    const size_t start = reader->at;
    const char delimiter = delimiter_of(reader->table);
    while (!at_row_end(reader) && bytes[reader->at] != delimiter) {
        if (bytes[reader->at] == '"' && !reader->broken)
            report_here(
                reader, reader->at,
                "found a quotation mark inside a cell, expected the whole cell in quotation marks and "
                "the one inside doubled");
        reader->at++;
    }
    g_string_append_len(reader->arena, bytes + start, (gssize)(reader->at - start));
}

static void read_quoted(Reader *reader)
{
    const char *bytes = reader->table->bytes;
    const size_t length = reader->table->length;
    const size_t start = reader->at;
    const int start_line = reader->line;
    const size_t start_line_start = reader->line_start;
    for (reader->at++; reader->at < length; reader->at++) {
        const char c = bytes[reader->at];
        if (c == '"' && reader->at + 1 < length && bytes[reader->at + 1] == '"') {
            reader->at++;
        } else if (c == '"') {
            reader->at++;
            if (!at_row_end(reader) && bytes[reader->at] != delimiter_of(reader->table)) {
                report_here(
                    reader, reader->at,
                    "found text after a closing quotation mark, expected the next cell or the line's end");
                while (!at_row_end(reader) && bytes[reader->at] != delimiter_of(reader->table))
                    reader->at++;
            }
            return;
        } else if (c == '\n' || (c == '\r' && reader->old_ends)) {
            reader->line++;
            reader->line_start = reader->at + 1;
        }
        g_string_append_c(reader->arena, c);
    }
    reader->line = start_line;
    reader->line_start = start_line_start;
    report_here(reader, start, "found a quotation mark that is never closed, expected a second one");
}

/* False at the end of the file. An empty line gives a row without fields. */
static bool read_row(Reader *reader)
{
    const Table *table = reader->table;
    g_array_set_size(reader->fields, 0);
    g_array_set_size(reader->starts, 0);
    g_string_truncate(reader->arena, 0);
    reader->broken = false;
    if (reader->at >= table->length)
        return false;
    while (!(reader->fields->len == 0 && at_row_end(reader))) {
        const Cell cell = {.line = reader->line, .line_start = reader->line_start, .at = reader->at};
        const size_t start = reader->arena->len;
        g_array_append_val(reader->fields, cell);
        g_array_append_val(reader->starts, start);
        if (reader->at < table->length && table->bytes[reader->at] == '"')
            read_quoted(reader);
        else
            read_plain(reader);
        g_string_append_c(reader->arena, '\0');
        if (at_row_end(reader))
            break;
        reader->at++; /* the delimiter; a cell follows, if only an empty one */
    }
    if (reader->at < table->length && table->bytes[reader->at] == '\r')
        reader->at++;
    if (reader->at < table->length && table->bytes[reader->at] == '\n')
        reader->at++;
    for (guint i = 0; i < reader->fields->len; i++) {
        const char *text = reader->arena->str + g_array_index(reader->starts, size_t, i);
        g_array_index(reader->fields, Cell, i).text = *text != '\0' ? text : NULL;
    }
    return true;
}

static void next_line(Reader *reader)
{
    reader->line++;
    reader->line_start = reader->at;
}

static void report_cell(const Reader *reader, const Cell *cell, const char *path, const char *message)
{
    int column = 1;
    for (size_t i = cell->line_start; i < cell->at; i++)
        column += ((unsigned char)reader->table->bytes[i] & 0xc0) != 0x80;
    problems_add(reader->table->problems, reader->table->file, cell->line, column, path, "%s", message);
}

static void report_unknown_column(const Reader *reader, const Cell *cell)
{
    const Table *table = reader->table;
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (size_t i = 0; i < table->count; i++)
        g_ptr_array_add(names, (gpointer)table->columns[i].name);
    const char *text = cell->text != NULL ? cell->text : "";
    const char *nearest = option_nearest_name(text, (const char *const *)names->pdata, names->len);
    g_ptr_array_add(names, NULL);
    g_autofree char *all = g_strjoinv(", ", (char **)names->pdata);
    g_autofree char *message =
        nearest != NULL
            ? g_strdup_printf("found the unknown column “%s”, expected perhaps “%s”", text, nearest)
            : g_strdup_printf("found the unknown column “%s”, expected one of %s", text, all);
    report_cell(reader, cell, NULL, message);
}

/* Which column each field of the heading is; NULL after having reported. */
static size_t *read_heading(Reader *reader)
{
    const Table *table = reader->table;
    if (!read_row(reader) || reader->fields->len == 0) {
        problems_add(table->problems, table->file, 1, 1, NULL,
                     "found no heading, expected the columns' names");
        return NULL;
    }
    const Cell *first = &g_array_index(reader->fields, Cell, 0);
    if (table->delimiter == '\0' && reader->fields->len == 1 && first->text != NULL &&
        strpbrk(first->text, ";\t") != NULL) {
        report_cell(reader, first, NULL,
                    strchr(first->text, ';') != NULL
                        ? "found semicolons between the columns, expected commas (and decimal points)"
                        : "found tabs between the columns, expected commas");
        return NULL;
    }
    bool good = !reader->broken;
    size_t *map = g_new(size_t, reader->fields->len);
    g_autofree bool *seen = g_new0(bool, table->count);
    for (guint i = 0; i < reader->fields->len; i++) {
        const Cell *cell = &g_array_index(reader->fields, Cell, i);
        size_t column = 0;
        while (column < table->count && g_strcmp0(table->columns[column].name, cell->text) != 0)
            column++;
        map[i] = column;
        if (column == table->count && table->others_passed) {
            continue;
        } else if (column == table->count) {
            report_unknown_column(reader, cell);
            good = false;
        } else if (seen[column]) {
            report_cell(reader, cell, cell->text, "found the column a second time, expected it once");
            good = false;
        } else {
            seen[column] = true;
        }
    }
    for (size_t i = 0; i < table->count && good; i++) {
        if (table->columns[i].required && !seen[i]) {
            problems_add(table->problems, table->file, first->line, 1, table->columns[i].name,
                         "found no such column, expected it in the heading");
            good = false;
        }
    }
    if (!good)
        g_clear_pointer(&map, g_free);
    return map;
}

static void read_rows(Reader *reader, const size_t *map, RowFunction each, void *user)
{
    const Table *table = reader->table;
    const guint width = reader->fields->len;
    g_autofree Cell *cells = g_new0(Cell, table->count + 1); /* the last takes what is passed over */
    int line = reader->line;
    size_t start = reader->at;
    while (read_row(reader)) {
        const guint count = reader->fields->len;
        if (count == width && !reader->broken) {
            for (guint i = 0; i < count; i++)
                cells[map[i]] = g_array_index(reader->fields, Cell, i);
            size_t length = reader->at - start;
            while (length > 0 && strchr("\r\n", table->bytes[start + length - 1]) != NULL)
                length--;
            const Row row = {.table = table, .cells = cells, .line = line, .at = start, .length = length};
            each(&row, user);
        } else if (count > 0 && !reader->broken) {
            g_autofree char *message =
                g_strdup_printf("found %u cells, expected %u as in the heading", count, width);
            report_cell(reader, &g_array_index(reader->fields, Cell, 0), NULL, message);
        }
        next_line(reader);
        line = reader->line;
        start = reader->at;
    }
}

void table_read_csv(const Table *table, RowFunction each, void *user)
{
    Reader reader = {.table = table, .line = 1};
    if (table->length >= 3 && memcmp(table->bytes, "\xef\xbb\xbf", 3) == 0)
        reader.at = reader.line_start = 3;
    reader.old_ends = memchr(table->bytes, '\n', table->length) == NULL;
    reader.fields = g_array_new(FALSE, FALSE, sizeof(Cell));
    reader.starts = g_array_new(FALSE, FALSE, sizeof(size_t));
    reader.arena = g_string_new(NULL);
    g_autofree size_t *map = read_heading(&reader);
    if (map != NULL) {
        next_line(&reader);
        read_rows(&reader, map, each, user);
    }
    g_array_unref(reader.fields);
    g_array_unref(reader.starts);
    g_string_free(reader.arena, TRUE);
}
