/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "truth/table.h"

#include "records/cell.h"
#include "records/json_text.h"
#include "records/option.h"
#include "records/span.h"

#include <math.h>
#include <string.h>

#include <jansson.h>

/* ---- places */

/* Characters between two offsets: bytes that do not continue a UTF-8 sequence. */
static int count_characters(const char *bytes, size_t from, size_t to)
{
    int count = 0;
    for (size_t i = from; i < to; i++)
        count += ((unsigned char)bytes[i] & 0xc0) != 0x80;
    return count;
}

/* The value of `key` in the object that begins at `at`; NULL when it is not there. Keys with escapes are not
 * recognised: the place is then the object's. */
static const char *find_member(const char *at, const char *key)
{
    const size_t length = strlen(key);
    at = json_text_skip_blank(at + 1);
    while (*at == '"') {
        const char *name = at + 1;
        at = json_text_skip_blank(json_text_skip_string(at));
        const char *value = json_text_skip_blank(at + 1);
        if (strncmp(name, key, length) == 0 && name[length] == '"')
            return value;
        at = json_text_skip_blank(json_text_skip_value(value));
        if (*at == ',')
            at = json_text_skip_blank(at + 1);
    }
    return NULL;
}

static const char *find_json(const char *bytes, const char *list, size_t index, const char *key)
{
    const char *object = json_text_skip_blank(bytes);
    if (list == NULL) {
        g_assert(key != NULL);
        const char *value = find_member(object, key);
        return value != NULL ? value : object;
    }
    const char *at = find_member(object, list);
    if (at == NULL || *at != '[')
        return at != NULL ? at : object;
    at = json_text_skip_blank(at + 1);
    for (size_t i = 0; i < index; i++)
        at = json_text_skip_blank(json_text_skip_blank(json_text_skip_value(at)) + 1);
    const char *value = *at == '{' && key != NULL ? find_member(at, key) : NULL;
    return value != NULL ? value : at;
}

static void place_in_text(const char *bytes, const char *at, int *line, int *column)
{
    size_t start = 0;
    *line = 1;
    const size_t offset = (size_t)(at - bytes);
    for (size_t i = 0; i < offset; i++) {
        if (bytes[i] == '\n') {
            (*line)++;
            start = i + 1;
        }
    }
    *column = count_characters(bytes, start, offset) + 1;
}

void table_place_json(const char *bytes, const char *list, size_t index, const char *key, int *line,
                      int *column)
{
    place_in_text(bytes, find_json(bytes, list, index, key), line, column);
}

void table_problem(const Row *row, size_t column, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    const Table *table = row->table;
    const char *name = table->columns[column].name;
    if (row->list != NULL) {
        int line = 0, at = 0;
        if (!problems_full(table->problems))
            place_in_text(table->bytes, find_json(table->bytes, row->list, row->index, name), &line, &at);
        g_autofree char *path = g_strdup_printf("%s[%zu].%s", row->list, row->index, name);
        problems_add(table->problems, table->file, line, at, path, "%s", message);
        return;
    }
    const Cell *cell = &row->cells[column];
    g_autofree char *path = row->where != NULL ? g_strdup_printf("%s: %s", row->where, name) : g_strdup(name);
    if (cell->line == 0) /* the file has no such column, or no columns */
        problems_add(table->problems, table->file, row->line, 0, path, "%s", message);
    else
        problems_add(table->problems, table->file, cell->line,
                     count_characters(table->bytes, cell->line_start, cell->at) + 1, name, "%s", message);
}

void table_expected(const Row *row, size_t column, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *expected = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    const Cell *cell = &row->cells[column];
    if (cell->text == NULL) {
        table_problem(row, column, "found nothing, expected %s", expected);
    } else if (cell->is_number) {
        char text[G_ASCII_DTOSTR_BUF_SIZE];
        table_problem(row, column, "found %s, expected %s",
                      g_ascii_formatd(text, sizeof text, "%.15g", cell->number), expected);
    } else if (g_utf8_strlen(cell->text, -1) > 60) {
        g_autofree char *start = g_utf8_substring(cell->text, 0, 60);
        table_problem(row, column, "found “%s…”, expected %s", start, expected);
    } else {
        table_problem(row, column, "found “%s”, expected %s", cell->text, expected);
    }
}

int table_cell_column(const Row *row, size_t column)
{
    const Cell *cell = &row->cells[column];
    if (row->list != NULL || cell->line == 0 || cell->line != row->line)
        return 0;
    return count_characters(row->table->bytes, cell->line_start, cell->at) + 1;
}

/* ---- text */

bool table_check_text(const Table *table)
{
    const char *bad = NULL;
    unsigned char byte = 0;
    if (!g_utf8_validate(table->bytes, (gssize)table->length, &bad)) {
        byte = (unsigned char)*bad;
    } else {
        bad = NULL;
        for (const char *at = table->bytes; at < table->bytes + table->length && bad == NULL; at++) {
            const unsigned char c = (unsigned char)*at;
            if ((c < 0x20 && c != '\n' && c != '\r' && c != '\t') || c == 0x7f)
                bad = at;
        }
        if (bad == NULL)
            return true;
        byte = (unsigned char)*bad;
    }
    int line = 0, column = 0;
    place_in_text(table->bytes, bad, &line, &column);
    if (table->length >= 2 && bad == table->bytes && (byte == 0xff || byte == 0xfe))
        problems_add(table->problems, table->file, 1, 1, NULL, "found text in UTF-16, expected UTF-8");
    else
        problems_add(table->problems, table->file, line, column, NULL,
                     "found the byte 0x%02x, expected text in UTF-8", (unsigned)byte);
    return false;
}

/* ---- cells */

bool table_get_text(const Row *row, size_t column, const char **out)
{
    const Cell *cell = &row->cells[column];
    if (cell->text == NULL || cell->is_number) {
        table_expected(row, column, "text");
        return false;
    }
    *out = row->table->guarded && row->list == NULL ? cell_read_words(cell->text) : cell->text;
    return true;
}

static const char *comma_hint(const Cell *cell)
{
    if (cell->text == NULL || cell->is_number || strchr(cell->text, ',') == NULL ||
        strspn(cell->text, "+-0123456789,") != strlen(cell->text))
        return "";
    return " (with a decimal point, not a comma)";
}

bool table_get_seconds(const Row *row, size_t column, int64_t *out_us)
{
    const Cell *cell = &row->cells[column];
    if (cell->text != NULL && cell->is_number && fabs(cell->number) < 1e9) {
        *out_us = time_from_seconds(cell->number);
        return true;
    }
    if (cell->text != NULL && !cell->is_number && row->list == NULL &&
        time_parse_seconds(cell->text, out_us) && *out_us < US_PER_SECOND * 1000000000 &&
        *out_us > -US_PER_SECOND * 1000000000)
        return true;
    table_expected(row, column, "seconds with at most six decimals%s", comma_hint(cell));
    return false;
}

bool table_get_number(const Row *row, size_t column, double min, double max, double *out)
{
    const Cell *cell = &row->cells[column];
    double value = (double)NAN;
    if (cell->text != NULL && cell->is_number) {
        value = cell->number;
    } else if (cell->text != NULL && row->list == NULL && *cell->text != '\0' &&
               strspn(cell->text, "+-.0123456789eE") == strlen(cell->text)) {
        char *end = NULL;
        value = g_ascii_strtod(cell->text, &end);
        if (*end != '\0')
            value = (double)NAN;
    }
    if (value >= min && value <= max) {
        *out = value;
        return true;
    }
    table_expected(row, column, "a number from %g to %g%s", min, max, comma_hint(cell));
    return false;
}

bool table_get_box(const Row *row, size_t column, Box *out)
{
    size_t written = 0;
    for (size_t i = 0; i < 4; i++)
        written += row->cells[column + i].text != NULL;
    *out = BOX_NONE;
    if (written == 0)
        return true;
    double values[4] = {0, 0, 0, 0};
    for (size_t i = 0; i < 4; i++) {
        if (row->cells[column + i].text == NULL) {
            table_problem(row, column + i, "found nothing, expected all of x, y, w, h or none of them");
            return false;
        }
        if (!table_get_number(row, column + i, 0, 1, &values[i]))
            return false;
    }
    const Box box = {values[0], values[1], values[2], values[3]};
    if (box.w <= 0 || box.h <= 0 || box.x + box.w > 1 + 1e-6 || box.y + box.h > 1 + 1e-6) {
        table_problem(
            row, column + 2,
            "found a box that is empty or leaves the picture, expected x + w and y + h of at most 1");
        return false;
    }
    *out = box;
    return true;
}

/* ---- JSON */

void *table_parse_json(const Table *table, const char *schema, const char *const *keys)
{
    json_error_t fault;
    json_t *root = json_loadb(table->bytes, table->length, JSON_REJECT_DUPLICATES, &fault);
    if (root == NULL) {
        problems_add(table->problems, table->file, fault.line, fault.column, NULL,
                     "found broken JSON (%s), expected well-formed JSON", fault.text);
        return NULL;
    }
    const char *found = json_string_value(json_object_get(root, "schema"));
    int line = 1, column = 1;
    if (found == NULL || strcmp(found, schema) != 0) {
        place_in_text(table->bytes, find_json(table->bytes, NULL, 0, "schema"), &line, &column);
        problems_add(table->problems, table->file, line, column, "schema", "found “%s”, expected “%s”",
                     found != NULL ? found : "", schema);
        json_decref(root);
        return NULL;
    }
    const char *key = NULL;
    json_t *value = NULL;
    json_object_foreach(root, key, value)
    {
        if (strcmp(key, "schema") == 0)
            continue;
        place_in_text(table->bytes, find_json(table->bytes, NULL, 0, key), &line, &column);
        if (!g_strv_contains(keys, key)) {
            g_autofree char *list = g_strjoinv(", ", (char **)(void *)keys);
            problems_add(table->problems, table->file, line, column, key,
                         "found an unknown key, expected one of schema, %s", list);
        } else if (!json_is_array(value)) {
            problems_add(table->problems, table->file, line, column, key,
                         "found something else, expected a list of objects");
        }
    }
    return root;
}

static void report_json(const Table *table, const char *list, size_t index, const char *key,
                        const char *message)
{
    if (problems_full(table->problems))
        return; /* finding the place walks the text */
    int line = 0, column = 0;
    place_in_text(table->bytes, find_json(table->bytes, list, index, key), &line, &column);
    g_autofree char *path =
        g_strdup_printf("%s[%zu]%s%s", list, index, key != NULL ? "." : "", key != NULL ? key : "");
    problems_add(table->problems, table->file, line, column, path, "%s", message);
}

static bool fill_cells(const Table *table, json_t *object, const char *list, size_t index, Cell *cells)
{
    bool good = true;
    memset(cells, 0, table->count * sizeof *cells);
    const char *key = NULL;
    json_t *value = NULL;
    json_object_foreach(object, key, value)
    {
        size_t column = 0;
        while (column < table->count && strcmp(table->columns[column].name, key) != 0)
            column++;
        if (column == table->count) {
            g_autoptr(GPtrArray) names = g_ptr_array_new();
            for (size_t i = 0; i < table->count; i++)
                g_ptr_array_add(names, (gpointer)table->columns[i].name);
            const char *nearest = option_nearest_name(key, (const char *const *)names->pdata, names->len);
            g_ptr_array_add(names, NULL);
            g_autofree char *all = g_strjoinv(", ", (char **)names->pdata);
            g_autofree char *message =
                nearest != NULL ? g_strdup_printf("found an unknown key, expected perhaps “%s”", nearest)
                                : g_strdup_printf("found an unknown key, expected one of %s", all);
            report_json(table, list, index, key, message);
            good = false;
        } else if (json_is_number(value)) {
            cells[column].text = "";
            cells[column].is_number = true;
            cells[column].number = json_number_value(value);
        } else if (json_is_string(value)) {
            cells[column].text = *json_string_value(value) != '\0' ? json_string_value(value) : NULL;
        } else if (!json_is_null(value)) {
            report_json(table, list, index, key, "found something else, expected text or a number");
            good = false;
        }
    }
    for (size_t i = 0; i < table->count; i++) {
        if (table->columns[i].required && good && json_object_get(object, table->columns[i].name) == NULL) {
            report_json(table, list, index, table->columns[i].name, "found no such key, expected it here");
            good = false;
        }
    }
    return good;
}

void table_read_json(const Table *table, const void *root, const char *list, RowFunction each, void *user)
{
    const json_t *array = json_object_get(root, list);
    g_autofree Cell *cells = g_new0(Cell, table->count);
    for (size_t i = 0; i < json_array_size(array); i++) {
        json_t *object = json_array_get(array, i);
        if (!json_is_object(object)) {
            report_json(table, list, i, NULL, "found something else, expected an object");
            continue;
        }
        if (!fill_cells(table, object, list, i, cells))
            continue;
        const Row row = {.table = table, .cells = cells, .list = list, .index = i, .line = 0};
        each(&row, user);
    }
}
