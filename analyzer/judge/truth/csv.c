/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of a CSV file by the columns that its heading names. */
#include "records/cell_reader.h"
#include "records/option.h"
#include "truth/table.h"

#include <string.h>

typedef struct {
    const Table *table;
    CellReader cells;
} Reader;

static void report_fault(void *user, int line, gsize line_start, gsize at, const char *message)
{
    const Reader *reader = user;
    problems_add(reader->table->problems, reader->table->file, line,
                 cell_reader_column(&reader->cells, line_start, at), NULL, "%s", message);
}

static void report_cell(const Reader *reader, const CellRead *cell, const char *path, const char *message)
{
    problems_add(reader->table->problems, reader->table->file, cell->line,
                 cell_reader_column(&reader->cells, cell->line_start, cell->at), path, "%s", message);
}

static void report_unknown_column(const Reader *reader, const CellRead *cell)
{
    const Table *table = reader->table;
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (size_t i = 0; i < table->count; i++)
        g_ptr_array_add(names, (gpointer)table->columns[i].name);
    const char *text = cell->text;
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
    const GArray *names = reader->cells.cells;
    if (!cell_reader_next(&reader->cells) || names->len == 0) {
        problems_add(table->problems, table->file, 1, 1, NULL,
                     "found no heading, expected the columns' names");
        return NULL;
    }
    const CellRead *first = &g_array_index(names, CellRead, 0);
    if (table->delimiter == '\0' && names->len == 1 && strpbrk(first->text, ";\t") != NULL) {
        report_cell(reader, first, NULL,
                    strchr(first->text, ';') != NULL
                        ? "found semicolons between the columns, expected commas (and decimal points)"
                        : "found tabs between the columns, expected commas");
        return NULL;
    }
    bool good = !reader->cells.broken;
    size_t *map = g_new(size_t, names->len);
    g_autofree bool *seen = g_new0(bool, table->count);
    for (guint i = 0; i < names->len; i++) {
        const CellRead *cell = &g_array_index(names, CellRead, i);
        size_t column = 0;
        while (column < table->count && strcmp(table->columns[column].name, cell->text) != 0)
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
    const GArray *found = reader->cells.cells;
    const guint width = found->len;
    g_autofree Cell *cells = g_new0(Cell, table->count + 1); /* the last takes what is passed over */
    while (cell_reader_next(&reader->cells)) {
        if (found->len == width && !reader->cells.broken) {
            for (guint i = 0; i < width; i++) {
                const CellRead *cell = &g_array_index(found, CellRead, i);
                cells[map[i]] = (Cell){.text = *cell->text != '\0' ? cell->text : NULL,
                                       .line = cell->line,
                                       .line_start = cell->line_start,
                                       .at = cell->at};
            }
            const size_t start = reader->cells.row_at;
            size_t length = reader->cells.at - start;
            while (length > 0 && strchr("\r\n", table->bytes[start + length - 1]) != NULL)
                length--;
            const Row row = {
                .table = table, .cells = cells, .line = reader->cells.line, .at = start, .length = length};
            each(&row, user);
        } else if (found->len > 0 && !reader->cells.broken) {
            g_autofree char *message =
                g_strdup_printf("found %u cells, expected %u as in the heading", found->len, width);
            report_cell(reader, &g_array_index(found, CellRead, 0), NULL, message);
        }
    }
}

void table_read_csv(const Table *table, RowFunction each, void *user)
{
    Reader reader = {.table = table};
    char delimiter = ',';
    if (table->delimiter != '\0')
        delimiter = table->delimiter;
    cell_reader_init(&reader.cells, table->bytes, table->length, delimiter);
    reader.cells.fault = report_fault;
    reader.cells.user = &reader;
    g_autofree size_t *map = read_heading(&reader);
    if (map != NULL)
        read_rows(&reader, map, each, user);
    cell_reader_clear(&reader.cells);
}
