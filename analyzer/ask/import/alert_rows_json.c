/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of JSON: of one document, or of one a line. */
#include "import/alert_rows_internal.h"

#include "records/json_text.h"

#include <math.h>
#include <string.h>

/* One document in the text, and where it begins there. */
typedef struct {
    const json_t *root;
    const char *text;
    int line, column;
    bool by_lines;       /* the document is a line */
    const char *counted; /* up to here lines were counted, and it is in this one: rows come in order */
    int counted_line;
} Document;

/* The number as few digits say it. */
static char *number_text(const json_t *value)
{
    if (json_is_integer(value))
        return g_strdup_printf("%" JSON_INTEGER_FORMAT, json_integer_value(value));
    const double number = json_real_value(value);
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd(text, sizeof text, "%.15g", number);
    const double back = g_ascii_strtod(text, NULL);
    if (back < number || back > number)
        g_ascii_formatd(text, sizeof text, "%.17g", number);
    return g_strdup(text);
}

static bool add_json(RowReading *reading, const Row *row, size_t field, const json_t *value)
{
    if (json_is_null(value))
        return true;
    if (json_is_string(value))
        return rows_add_value(reading, row, field, json_string_value(value));
    if (json_is_boolean(value))
        return rows_add_value(reading, row, field, json_is_true(value) ? "true" : "false");
    if (json_is_number(value)) {
        g_autofree char *text = number_text(value);
        return rows_add_value(reading, row, field, text);
    }
    table_problem(row, field, "found %s, expected text, a number, true or false: the path may go on",
                  json_is_array(value) ? "a list" : "an object");
    return false;
}

static bool fill(RowReading *reading, const Row *row, const Document *document, const json_t *value)
{
    const RowReader *reader = reading->reader;
    bool good = true;
    for (size_t i = 0; good && i < reader->count; i++) {
        const char *path = reader->fields[i].path;
        if (path == NULL)
            continue;
        if (reader->paths[i] == NULL) {
            g_autofree char *said = rows_envelope_value(reading->envelope, path);
            good = said == NULL || rows_add_value(reading, row, i, said);
            continue;
        }
        g_autoptr(GArray) found = json_path_found_new();
        json_path_find(reader->paths[i], json_path_is_from_root(reader->paths[i]) ? document->root : value,
                       NULL, found);
        for (guint j = 0; good && j < found->len; j++)
            good = add_json(reading, row, i, g_array_index(found, JsonFound, j).value);
    }
    return good;
}

static int line_of(Document *document, const char *at)
{
    for (; document->counted < at; document->counted++)
        document->counted_line += *document->counted == '\n';
    return document->counted_line;
}

/* False: it holds no row. */
static bool read_document(RowReading *reading, Document *document)
{
    const RowReader *reader = reading->reader;
    g_autoptr(GArray) found = json_path_found_new();
    json_path_find(reader->rows, document->root, document->text, found);
    document->counted = document->text;
    document->counted_line = document->line;
    for (guint i = 0; i < found->len; i++) {
        const JsonFound *each = &g_array_index(found, JsonFound, i);
        const char *at = document->text + each->at;
        const Row row = {.table = &reading->table,
                         .cells = reading->cells,
                         .line = document->by_lines ? document->line : line_of(document, at),
                         .at = (size_t)(at - reading->table.bytes),
                         .length = (size_t)(json_text_skip_value(at) - at),
                         .where = each->name};
        rows_begin(reading);
        if (fill(reading, &row, document, each->value))
            reading->each(&row, reading->user);
    }
    return found->len > 0;
}

static json_t *parse(const RowReading *reading, const char *text, size_t length, int line)
{
    json_error_t fault;
    json_t *root = json_loadb(text, length, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &fault);
    if (root == NULL)
        problems_add(reading->table.problems, reading->table.file, line + fault.line - 1, fault.column, NULL,
                     "found broken JSON (%s), expected well-formed JSON%s", fault.text,
                     reading->reader->form == ROWS_JSON && fault.position > 0 &&
                             strstr(fault.text, "end of file expected")
                         ? " (one document a line: format: ndjson)"
                         : "");
    return root;
}

static const char *after_mark(const char *bytes, size_t length)
{
    return length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? bytes + 3 : bytes;
}

guint rows_read_json(RowReading *reading)
{
    const Table *table = &reading->table;
    const char *text = after_mark(table->bytes, table->length);
    json_t *root = parse(reading, text, table->length - (size_t)(text - table->bytes), 1);
    if (root == NULL)
        return 0;
    Document document = {.root = root, .text = text, .line = 1};
    const bool any = read_document(reading, &document);
    json_decref(root);
    return any ? 0 : 1;
}

guint rows_read_ndjson(RowReading *reading)
{
    const Table *table = &reading->table;
    const char *end = table->bytes + table->length;
    guint barren = 0;
    int line = 1;
    for (const char *at = after_mark(table->bytes, table->length); at < end; line++) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        const size_t length = (size_t)((stop != NULL ? stop : end) - at);
        g_autofree char *text = g_strndup(at, length);
        if (text[strspn(text, " \t\r")] != '\0') {
            json_t *root = parse(reading, text, length, line);
            /* Places are told in the whole text, in which what follows a value is no part of it either. */
            Document document = {.root = root, .text = at, .line = line, .by_lines = true};
            if (root != NULL && !read_document(reading, &document))
                barren++;
            json_decref(root);
        }
        at += length + 1;
    }
    return barren;
}
