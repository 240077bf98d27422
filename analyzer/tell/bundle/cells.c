/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bundle/cells.h"

#include "bundle/wording.h"
#include "records/cell_reader.h"
#include "records/free.h"

#include <string.h>

/* ---- reading */

typedef struct {
    guint line;       /* 1-based, of its first cell */
    GPtrArray *cells; /* of char * */
} TableRow;

typedef struct {
    GPtrArray *rows;     /* of TableRow *; the head is not among them */
    GPtrArray *head;     /* of char * */
    GHashTable *columns; /* name -> place + 1 */
    GHashTable *groups;  /* key -> GPtrArray of TableRow *, in order */
    GPtrArray *keys;     /* of these, as they come */
} CellTable;

DEFINE_DESTROY(table_row_free, TableRow, row, g_ptr_array_unref(row->cells))

static TableRow *copy_row(const CellReader *reader)
{
    TableRow *row = g_new(TableRow, 1);
    *row = (TableRow){.line = (guint)reader->line, .cells = g_ptr_array_new_with_free_func(g_free)};
    for (guint i = 0; i < reader->cells->len; i++)
        g_ptr_array_add(row->cells, g_strdup(g_array_index(reader->cells, CellRead, i).text));
    return row;
}

/* NULL when the table has no such column, or the row is too short for it. */
static const char *cell_of(const CellTable *table, const TableRow *row, const char *column)
{
    const guint place = GPOINTER_TO_UINT(g_hash_table_lookup(table->columns, column));
    return place > 0 && place <= row->cells->len ? g_ptr_array_index(row->cells, place - 1) : NULL;
}

static bool is_key(const CellTable *table, const char *column)
{
    static const char *const keys[] = {"scenario", "system", "condition", "claim",  "dataset",
                                       "clip",     "index",  "attribute", "family", "semantics",
                                       "protocol", "unit",   "figure",    "values", NULL};
    return g_strv_contains(keys, column) ||
           (strcmp(column, "value") == 0 && g_hash_table_contains(table->columns, "attribute"));
}

/* By the key columns that both tables have. */
static void group_rows(CellTable *table, const CellTable *found, const CellTable *expected)
{
    table->groups = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
    table->keys = g_ptr_array_new();
    for (guint i = 0; i < table->rows->len; i++) {
        TableRow *row = g_ptr_array_index(table->rows, i);
        g_autoptr(GString) key = g_string_new(NULL);
        for (guint c = 0; c < expected->head->len; c++) {
            const char *column = g_ptr_array_index(expected->head, c), *text = cell_of(table, row, column);
            if (is_key(expected, column) && g_hash_table_contains(found->columns, column) && text != NULL)
                g_string_append_printf(key, "%s%s %s", key->len > 0 ? ", " : "", column, text);
        }
        GPtrArray *group = g_hash_table_lookup(table->groups, key->str);
        if (group == NULL) {
            char *name = g_strdup(key->str);
            group = g_ptr_array_new();
            g_hash_table_insert(table->groups, name, group);
            g_ptr_array_add(table->keys, name);
        }
        g_ptr_array_add(group, row);
    }
}

static void table_read(CellTable *table, const char *text)
{
    CellReader reader; /* wrong quoting is not looked at: all that stands there is compared */
    cell_reader_init(&reader, text, strlen(text), ',');
    cell_reader_next(&reader);
    TableRow *head = copy_row(&reader);
    *table = (CellTable){.rows = g_ptr_array_new_with_free_func(table_row_free),
                         .head = g_ptr_array_ref(head->cells),
                         .columns = g_hash_table_new(g_str_hash, g_str_equal)};
    table_row_free(head);
    for (guint i = table->head->len; i > 0; i--) /* of two of one name the first */
        g_hash_table_insert(table->columns, g_ptr_array_index(table->head, i - 1), GUINT_TO_POINTER(i));
    while (cell_reader_next(&reader))
        g_ptr_array_add(table->rows, copy_row(&reader));
    cell_reader_clear(&reader);
}

static void table_clear(CellTable *table)
{
    g_ptr_array_unref(table->rows);
    g_ptr_array_unref(table->head);
    g_hash_table_unref(table->columns);
    g_clear_pointer(&table->keys, g_ptr_array_unref);
    g_clear_pointer(&table->groups, g_hash_table_unref);
}

/* ---- comparing */

typedef struct {
    const CellTable *found, *expected;
    bool known_form;
    CellsDifference *difference;
} CellComparison;

G_GNUC_PRINTF(2, 3)
static void note_other(const CellComparison *comparison, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    if (comparison->difference->others++ == 0)
        comparison->difference->other = g_strdup_vprintf(format, arguments);
    va_end(arguments);
}

/* Ends the comparison. Takes the place. */
static bool accuse(const CellComparison *comparison, char *place, const char *found, const char *expected)
{
    CellsDifference *difference = comparison->difference;
    difference->place = place;
    difference->found = g_strdup(*found != '\0' ? found : "nothing");
    difference->expected = g_strdup(*expected != '\0' ? expected : "nothing");
    return false;
}

static bool is_number(const char *text, double *value)
{
    char *end;
    *value = g_ascii_strtod(text, &end);
    return *text != '\0' && *end == '\0' && strspn(text, "+-.0123456789eE") == strlen(text);
}

static bool is_sentence(const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == ' ' || (unsigned char)*text >= 0x80)
            return true;
    }
    return false;
}

static bool compare_cell(const CellComparison *comparison, const TableRow *row, const char *column,
                         const char *found, const char *expected)
{
    double a, b;
    if (strcmp(found, expected) == 0 || (is_number(found, &a) && is_number(expected, &b) && a == b))
        return true;
    g_autofree char *place = g_strdup_printf("line %u, column %s", row->line, column);
    const bool empty = *found == '\0' || *expected == '\0';
    if (!empty && (is_sentence(found) || is_sentence(expected))) {
        g_autofree char *left = NULL, *right = NULL;
        if (wording_texts_differ(found, expected, false, &left, &right))
            return accuse(comparison, g_steal_pointer(&place), left, right);
        note_other(comparison, "%s", place);
        return true;
    }
    if (!empty || comparison->known_form)
        return accuse(comparison, g_steal_pointer(&place), found, expected);
    note_other(comparison, "%s", place);
    return true;
}

static bool compare_row(const CellComparison *comparison, const TableRow *found, const TableRow *expected)
{
    const GPtrArray *head = comparison->expected->head;
    for (guint c = 0; c < head->len && c < expected->cells->len; c++) {
        const char *column = g_ptr_array_index(head, c);
        if (!g_hash_table_contains(comparison->found->columns, column))
            continue;
        const char *text = cell_of(comparison->found, found, column);
        if (!compare_cell(comparison, found, column, text != NULL ? text : "",
                          g_ptr_array_index(expected->cells, c)))
            return false;
    }
    if (found->cells->len != comparison->found->head->len)
        return accuse(comparison, g_strdup_printf("line %u", found->line), "another number of cells",
                      "as many as columns");
    return true;
}

/* Tables with a row for each member of a list of results.json: none is more or less by version. */
static bool is_of_audit(const char *name)
{
    static const char *const tables[] = {"scenarios.csv", "claims.csv", "clips.csv",
                                         "alerts.csv",    "events.csv", NULL};
    return g_strv_contains(tables, name);
}

static bool compare_group(const CellComparison *comparison, const char *name, const char *key,
                          const GPtrArray *found, const GPtrArray *expected)
{
    const guint count = found != NULL ? found->len : 0, other = expected != NULL ? expected->len : 0;
    const char *shown = *key != '\0' ? key : "rows";
    if (count != other && is_of_audit(name) && comparison->known_form) {
        g_autofree char *left = g_strdup_printf("%u %s", count, count == 1 ? "row" : "rows");
        g_autofree char *right = g_strdup_printf("%u", other);
        return accuse(comparison, g_strdup(shown), left, right);
    }
    if (count != other)
        note_other(comparison, "%s", shown);
    for (guint i = 0; i < count && count == other; i++) {
        if (!compare_row(comparison, g_ptr_array_index(found, i), g_ptr_array_index(expected, i)))
            return false;
    }
    return true;
}

static bool compare_head(const CellComparison *comparison)
{
    const GPtrArray *found = comparison->found->head, *expected = comparison->expected->head;
    for (guint i = 0; i < found->len; i++) {
        const char *column = g_ptr_array_index(found, i);
        if (GPOINTER_TO_UINT(g_hash_table_lookup(comparison->found->columns, column)) != i + 1)
            return accuse(comparison, g_strdup("line 1"), column, "each column once");
        if (!g_hash_table_contains(comparison->expected->columns, column))
            note_other(comparison, "column %s", column);
    }
    for (guint i = 0; i < expected->len; i++) {
        const char *column = g_ptr_array_index(expected, i);
        if (!g_hash_table_contains(comparison->found->columns, column))
            note_other(comparison, "column %s", column);
    }
    return true;
}

static bool compare_rows(const CellComparison *comparison, const char *name)
{
    GHashTable *found = comparison->found->groups, *expected = comparison->expected->groups;
    g_assert(comparison->expected->keys != NULL); /* both were grouped */
    for (guint i = 0; i < comparison->found->keys->len; i++) {
        const char *key = g_ptr_array_index(comparison->found->keys, i);
        if (!compare_group(comparison, name, key, g_hash_table_lookup(found, key),
                           g_hash_table_lookup(expected, key)))
            return false;
    }
    for (guint i = 0; i < comparison->expected->keys->len; i++) {
        const char *key = g_ptr_array_index(comparison->expected->keys, i);
        if (!g_hash_table_contains(found, key) &&
            !compare_group(comparison, name, key, NULL, g_hash_table_lookup(expected, key)))
            return false;
    }
    return true;
}

void cells_compare(const char *name, const char *found, const char *expected, bool known_form,
                   CellsDifference *difference)
{
    CellTable left, right;
    *difference = (CellsDifference){0};
    table_read(&left, found);
    table_read(&right, expected);
    const CellComparison comparison = {&left, &right, known_form, difference};
    if (compare_head(&comparison)) {
        group_rows(&left, &left, &right);
        group_rows(&right, &left, &right);
        compare_rows(&comparison, name);
    }
    table_clear(&left);
    table_clear(&right);
}

void cells_difference_clear(CellsDifference *difference)
{
    g_free(difference->place);
    g_free(difference->found);
    g_free(difference->expected);
    g_free(difference->other);
    *difference = (CellsDifference){0};
}
