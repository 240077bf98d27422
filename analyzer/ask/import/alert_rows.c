/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/alert_rows_internal.h"
#include "records/free.h"

#include <string.h>

#define CELL_BYTES_MAX 4096 /* of several values together */

const char *const row_form_names[] = {"table", "json", "ndjson", "xml", NULL};

/* ---- the envelope */

bool rows_is_of_envelope(const char *path)
{
    return path[0] == '$' && g_ascii_isalpha(path[1]);
}

/* The value of a key in the query “a=1&b=2”. */
static char *query_value(const char *query, const char *key)
{
    g_autoptr(GHashTable) values =
        query != NULL ? g_uri_parse_params(query, -1, "&", G_URI_PARAMS_WWW_FORM, NULL) : NULL;
    return values != NULL ? g_strdup(g_hash_table_lookup(values, key)) : NULL;
}

/* The part [index] between slashes; -1 the last. */
static char *part_of(const char *text, gint64 index)
{
    g_auto(GStrv) parts = g_strsplit(text[0] == '/' ? text + 1 : text, "/", -1);
    const gint64 count = g_strv_length(parts);
    const gint64 at = index < 0 ? index + count : index;
    return at >= 0 && at < count ? g_strdup(parts[at]) : NULL;
}

static const struct {
    const char *name;
    size_t offset;
} known[] = {{"topic", offsetof(RowEnvelope, topic)},
             {"path", offsetof(RowEnvelope, path)},
             {"method", offsetof(RowEnvelope, method)},
             {"sink", offsetof(RowEnvelope, sink)},
             {"from", offsetof(RowEnvelope, from)}};

/* What was expected of a path into the envelope; NULL: it is sound. */
static const char *fault_of(const char *path)
{
    const gsize length = strcspn(path + 1, ".[");
    const char *rest = path + 1 + length;
    if (strncmp(path + 1, "query", length) == 0 && length == 5)
        return rest[0] == '.' && rest[1] != '\0' ? NULL : "a key of the query, $query.KEY";
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
        if (strncmp(known[i].name, path + 1, length) != 0 || known[i].name[length] != '\0')
            continue;
        const char *digits = rest[0] == '[' ? rest + 1 : NULL;
        if (*rest == '\0')
            return NULL;
        const char *end = digits != NULL ? digits + (*digits == '-') : NULL;
        const gsize count = end != NULL ? strspn(end, "0123456789") : 0;
        return count > 0 && count < 6 && strcmp(end + count, "]") == 0 ? NULL : "the number of a part, [0]";
    }
    return "$topic, $path, $method, $sink, $from or $query.KEY (“$.” before a key of the message)";
}

char *rows_envelope_value(const RowEnvelope *envelope, const char *path)
{
    if (envelope == NULL)
        return NULL;
    const gsize length = strcspn(path + 1, ".[");
    const char *rest = path + 1 + length;
    if (length == 5 && strncmp(path + 1, "query", 5) == 0)
        return query_value(envelope->query, rest + 1);
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
        if (strncmp(known[i].name, path + 1, length) != 0 || known[i].name[length] != '\0')
            continue;
        const char *value = *(const char *const *)((const char *)envelope + known[i].offset);
        if (value == NULL)
            return NULL;
        return *rest == '[' ? part_of(value, g_ascii_strtoll(rest + 1, NULL, 10)) : g_strdup(value);
    }
    return NULL;
}

/* ---- paths */

static bool compile_json(RowReader *reader, const char *rows, char **fault, size_t *which)
{
    *which = reader->count;
    reader->rows = json_path_parse(rows != NULL ? rows : "$", fault);
    if (reader->rows == NULL)
        return false;
    reader->paths = g_new0(JsonPath *, reader->count);
    for (size_t i = 0; i < reader->count; i++) {
        const char *path = reader->fields[i].path;
        *which = i;
        if (path != NULL && rows_is_of_envelope(path)) {
            const char *expected = fault_of(path);
            if (expected != NULL)
                *fault = g_strdup_printf("found “%s”, expected %s", path, expected);
            if (expected != NULL)
                return false;
        } else if (path != NULL && (reader->paths[i] = json_path_parse(path, fault)) == NULL) {
            return false;
        }
    }
    return true;
}

static void be_quiet(void *user, const char *format, ...)
{
    (void)user, (void)format;
}

static xmlXPathCompExpr *compile_xpath(const char *text, char **fault)
{
    xmlXPathContext *context = xmlXPathNewContext(NULL);
    xmlSetGenericErrorFunc(NULL, be_quiet);
    xmlXPathCompExpr *expr = xmlXPathCtxtCompile(context, (const xmlChar *)text);
    xmlSetGenericErrorFunc(NULL, NULL);
    xmlXPathFreeContext(context);
    if (expr == NULL)
        *fault = g_strdup_printf("found “%s”, expected an XPath, with names without prefixes", text);
    return expr;
}

static bool compile_xml(RowReader *reader, const char *rows, char **fault, size_t *which)
{
    *which = reader->count;
    reader->xml_rows = compile_xpath(rows != NULL ? rows : "/*", fault);
    if (reader->xml_rows == NULL)
        return false;
    reader->exprs = g_new0(xmlXPathCompExpr *, reader->count);
    for (size_t i = 0; i < reader->count; i++) {
        *which = i;
        if (reader->fields[i].path != NULL &&
            (reader->exprs[i] = compile_xpath(reader->fields[i].path, fault)) == NULL)
            return false;
    }
    return true;
}

RowReader *row_reader_new(RowForm form, const char *rows, const RowField *fields, size_t count,
                          char delimiter, char **fault, size_t *which)
{
    RowReader *reader = g_new0(RowReader, 1);
    reader->form = form;
    reader->delimiter = delimiter;
    reader->count = count;
    reader->fields = g_new0(RowField, count);
    reader->columns = g_new0(Column, count);
    for (size_t i = 0; i < count; i++) {
        reader->fields[i] = fields[i];
        reader->fields[i].path = g_strdup(fields[i].path);
        /* A column that the map does not name has a name that no heading has. */
        const char *name = reader->fields[i].path != NULL ? reader->fields[i].path : "\n";
        reader->columns[i] = (Column){name, form == ROWS_TABLE && fields[i].required};
    }
    const bool good = form == ROWS_TABLE ? true
                      : form == ROWS_XML ? compile_xml(reader, rows, fault, which)
                                         : compile_json(reader, rows, fault, which);
    if (good)
        return reader;
    row_reader_free(reader);
    return NULL;
}

static void clear_row_reader(RowReader *reader)
{
    for (size_t i = 0; i < reader->count; i++) {
        g_free((char *)reader->fields[i].path);
        if (reader->paths != NULL)
            json_path_free(reader->paths[i]);
        if (reader->exprs != NULL && reader->exprs[i] != NULL)
            xmlXPathFreeCompExpr(reader->exprs[i]);
    }
    json_path_free(reader->rows);
    if (reader->xml_rows != NULL)
        xmlXPathFreeCompExpr(reader->xml_rows);
    FREE_EACH(reader->fields, reader->columns, reader->paths, reader->exprs);
}

DEFINE_FREE(row_reader_free, RowReader, reader, clear_row_reader(reader))

/* ---- reading */

void rows_begin(RowReading *reading)
{
    g_string_chunk_clear(reading->texts);
    memset(reading->cells, 0, reading->reader->count * sizeof *reading->cells);
}

bool rows_add_value(RowReading *reading, const Row *row, size_t field, const char *text)
{
    Cell *cell = &reading->cells[field];
    if (*text == '\0')
        return true;
    if (cell->text == NULL) {
        cell->text = g_string_chunk_insert(reading->texts, text);
    } else if (reading->reader->fields[field].many && strlen(cell->text) >= CELL_BYTES_MAX) {
        table_problem(row, field, "found more than %d characters in all, expected less: say which ([0])",
                      CELL_BYTES_MAX);
        return false;
    } else if (reading->reader->fields[field].many) {
        g_autofree char *both = g_strdup_printf("%s%c%s", cell->text, ROWS_BETWEEN, text);
        cell->text = g_string_chunk_insert(reading->texts, both);
    } else if (strcmp(cell->text, text) != 0) {
        g_autofree char *other = g_strdup(cell->text);
        table_problem(row, field, "found several values, “%.60s” and “%.60s”, expected one: say which ([0])",
                      other, text);
        return false;
    }
    return true;
}

guint row_reader_read(const RowReader *reader, const char *bytes, size_t length, const char *name,
                      const RowEnvelope *envelope, Problems *problems, RowFunction each, void *user)
{
    RowReading reading = {.reader = reader,
                          .table = {.file = name,
                                    .bytes = bytes,
                                    .length = length,
                                    .columns = reader->columns,
                                    .count = reader->count,
                                    .problems = problems,
                                    .delimiter = reader->delimiter,
                                    .others_passed = true},
                          .envelope = envelope,
                          .each = each,
                          .user = user,
                          .texts = g_string_chunk_new(1024),
                          .cells = g_new0(Cell, reader->count)};
    guint barren = 0;
    if (reader->form == ROWS_XML) /* which says itself how its letters are written */
        barren = rows_read_xml(&reading);
    else if (!table_check_text(&reading.table))
        barren = 0;
    else if (reader->form == ROWS_TABLE)
        table_read_csv(&reading.table, each, user);
    else
        barren = reader->form == ROWS_JSON ? rows_read_json(&reading) : rows_read_ndjson(&reading);
    g_string_chunk_free(reading.texts);
    g_free(reading.cells);
    return barren;
}
