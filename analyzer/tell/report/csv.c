/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "records/cell.h"
#include "records/shown.h"
#include "report/csv_internal.h"
#include "results/fields.h"
#include "results/rates.h"

#include <math.h>
#include <string.h>

#define LINE_END "\r\n" /* as spreadsheets want it */

typedef struct Column Column;

/* A level with its columns made out. */
typedef struct {
    const ResultField *list;
    size_t offset;           /* of the list in the row above */
    const ResultRecord *row; /* NULL: CsvEntry */
    GArray *columns;         /* of Column */
} Level;

struct Csv {
    CellWriter cells;
    const Detail *detail;
    FILE *file; /* where what is written goes now and then; NULL: nowhere, it stays in `lines` */
    GString *lines;
    Level levels[CSV_LEVELS];
    size_t depth; /* how many levels */
    /* The rows that the running one stands in, each with its place in its list. */
    const void *rows[CSV_LEVELS];
    size_t places[CSV_LEVELS];
};

struct Column {
    void (*write)(Csv *csv, const Column *column, const void *member);
    size_t offset;
    const char *language; /* of a text; NULL: any */
    void (*own)(Csv *csv, const void *row);
};

static void field(Csv *csv, const char *text)
{
    cell_put(&csv->cells, text);
}

/* The digits of a number before `end`, `least` at least; where they begin. A million lines are written, and
 * printf reads its format each time. */
static char *write_digits(char *end, int64_t number, int least)
{
    uint64_t rest = number < 0 ? -(uint64_t)number : (uint64_t)number;
    *--end = '\0';
    for (; rest > 0 || least > 0; rest /= 10, least--)
        *--end = (char)('0' + rest % 10);
    if (number < 0)
        *--end = '-';
    return end;
}

void csv_words(Csv *csv, const char *text)
{
    /* people open these tables; nothing reads them back */
    g_autofree char *shown = text != NULL ? shown_undirected(text) : NULL;
    cell_put_words(&csv->cells, shown);
}

static void csv_text(Csv *csv, const json_t *text)
{
    const json_t *english = json_is_object(text) ? json_object_get(text, "en") : text;
    csv_words(csv, json_string_value(json_is_null(english) ? json_object_get(text, "fr") : english));
}

static void csv_integer(Csv *csv, int64_t value)
{
    char digits[32];
    field(csv, value != RESULTS_UNKNOWN ? write_digits(digits + sizeof digits, value, 1) : NULL);
}

void csv_number(Csv *csv, double value)
{
    g_autofree char *text = results_format_exact(value);
    field(csv, text);
}

static void csv_flag(Csv *csv, ResultsBool value)
{
    field(csv, !results_given(value) ? NULL : results_true(value) ? "true" : "false");
}

/* Seconds with six decimals. */
static void csv_seconds(Csv *csv, int64_t t_us)
{
    if (t_us == RESULTS_UNKNOWN) {
        field(csv, NULL);
        return;
    }
    const int64_t size = t_us < 0 ? -t_us : t_us;
    char digits[48], *point = write_digits(digits + sizeof digits, size % US_PER_SECOND, 6) - 1;
    char *start = write_digits(point + 1, size / US_PER_SECOND, 1);
    *point = '.'; /* in the place of the end of the whole seconds */
    if (t_us < 0)
        *--start = '-';
    field(csv, start);
}

/* ---- a cell of each kind of member */

#define MEMBER(type) (*(type const *)member)

static void write_string(Csv *csv, const Column *column, const void *member)
{
    (void)column;
    csv_words(csv, MEMBER(const char *));
}

static void write_flag(Csv *csv, const Column *column, const void *member)
{
    (void)column;
    csv_flag(csv, MEMBER(ResultsBool));
}

static void write_integer(Csv *csv, const Column *column, const void *member)
{
    (void)column;
    csv_integer(csv, MEMBER(int64_t));
}

static void write_seconds(Csv *csv, const Column *column, const void *member)
{
    (void)column;
    csv_seconds(csv, MEMBER(int64_t));
}

static void write_number(Csv *csv, const Column *column, const void *member)
{
    (void)column;
    csv_number(csv, MEMBER(double));
}

static void write_text(Csv *csv, const Column *column, const void *member)
{
    const json_t *text = MEMBER(const json_t *);
    csv_text(csv, column->language != NULL ? json_object_get(text, column->language) : text);
}

static void write_box(Csv *csv, const Column *column, const void *member)
{
    (void)column;
    const Box box = MEMBER(Box);
    const bool none = geometry_box_is_none(box);
    const double sides[] = {box.x, box.y, box.w, box.h};
    for (size_t i = 0; i < G_N_ELEMENTS(sides); i++)
        csv_number(csv, none ? (double)NAN : sides[i]);
}

static void write_map(Csv *csv, const Column *column, const void *member)
{
    (void)column;
    g_autoptr(GString) all = g_string_new(NULL);
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)MEMBER(json_t *), name, value)
        g_string_append_printf(all, "%s%s=%s", all->len > 0 ? "; " : "", name, json_string_value(value));
    csv_words(csv, all->str);
}

static void write_own(Csv *csv, const Column *column, const void *member)
{
    column->own(csv, member);
}

static void write_place(Csv *csv, const Column *column, const void *member)
{
    (void)column;
    (void)member;
    csv_integer(csv, (int64_t)csv->places[csv->depth - 1]);
}

/* ---- columns made out */

/* The head of what is being made out; its columns go to the last level so far. */
static void add_column(Csv *csv, Column column, const char *head, const char *ending)
{
    g_autofree char *name = g_strconcat(head, ending, NULL);
    g_string_append_printf(csv->lines, "%s%s", csv->lines->len > 0 ? "," : "", name);
    g_array_append_val(csv->levels[csv->depth - 1].columns, column);
}

static void add_member(Csv *csv, const ResultRecord *record, size_t offset, const char *head,
                       const char *way);

/* A record's own columns, where the column is a record. */
static void add_record(Csv *csv, const ResultRecord *record, size_t offset, const char *head)
{
    const bool is_rate = record == &result_rate;
    g_autofree char *low = g_strconcat(head, "_low", NULL), *high = g_strconcat(head, "_high", NULL);
    if (record != &result_low_high)
        add_member(csv, record, offset, head, "value");
    add_member(csv, record, offset, low, is_rate ? "interval.low" : "low");
    add_member(csv, record, offset, high, is_rate ? "interval.high" : "high");
}

static void add_member(Csv *csv, const ResultRecord *record, size_t offset, const char *head, const char *way)
{
    size_t at = 0;
    const ResultField *field = results_find_field(record, way, &at);
    const char *last = strrchr(way, '.') != NULL ? strrchr(way, '.') + 1 : way;
    const bool in_seconds = g_str_has_suffix(field->key, "_us") && g_str_has_suffix(head, "_s");
    Column column = {.offset = offset + at};
    switch (field->kind) {
    case RESULT_STRING:
    case RESULT_WORD:
        column.write = write_string;
        break;
    case RESULT_BOOL:
        column.write = write_flag;
        break;
    case RESULT_COUNT:
    case RESULT_INTEGER:
    case RESULT_TIME:
        column.write = in_seconds ? write_seconds : write_integer;
        break;
    case RESULT_NUMBER:
        column.write = write_number;
        break;
    case RESULT_TEXT:
        column.write = write_text;
        column.language = strcmp(last, field->key) != 0 ? g_intern_string(last) : NULL;
        break;
    case RESULT_BOX:
        column.write = write_box;
        break;
    case RESULT_MAP:
        column.write = write_map;
        break;
    case RESULT_RECORD:
        add_record(csv, field->of, column.offset, head);
        return;
    default:
        g_assert_not_reached(); /* lists are levels */
    }
    add_column(csv, column, head, "");
}

static void add_rates(Csv *csv, size_t offset)
{
    static const char *const ways[][2] = {
        {"_numerator", "numerator"}, {"_denominator", "denominator"}, {"", "value"},
        {"_low", "interval.low"},    {"_high", "interval.high"},      {"_reason", "reason"}};
    for (const RateRow *row = results_rates; row->name != NULL; row++) {
        for (size_t i = 0; i < G_N_ELEMENTS(ways); i++) {
            g_autofree char *head = g_strconcat(row->csv, ways[i][0], NULL);
            add_member(csv, &result_rate, offset + row->member, head, ways[i][1]);
        }
    }
}

static void add_own(Csv *csv, const CsvOwn *own, const char *head)
{
    while (strcmp(own->head, head) != 0)
        own++;
    add_column(csv, (Column){.write = write_own, .own = own->write}, head, "");
}

static void add_part(Csv *csv, const CsvLevel *level, const CsvColumns *part)
{
    const ResultRecord *record = csv->levels[csv->depth - 1].row;
    size_t offset = 0;
    if (part->of != NULL)
        record = results_find_field(record, part->of, &offset)->of;
    if (strcmp(part->columns, CSV_RATES) == 0) {
        add_rates(csv, offset);
        return;
    }
    g_auto(GStrv) columns = g_strsplit(part->columns, " ", -1);
    for (char **column = columns; *column != NULL; column++) {
        char *equals = strchr(*column, '=');
        const char *way = equals != NULL ? equals + 1 : *column;
        if (equals != NULL)
            *equals = '\0';
        if (strcmp(way, "*") == 0)
            add_own(csv, level->own, *column);
        else if (strcmp(way, "#") == 0)
            add_column(csv, (Column){.write = write_place}, *column, "");
        else
            add_member(csv, record, offset, *column, way);
    }
}

/* Makes out the levels and writes the head. */
static void open_table(Csv *csv, const CsvTable *table)
{
    const ResultRecord *above = &result_results;
    csv->lines = g_string_new(NULL);
    csv->cells = (CellWriter){.out = g_string_new(NULL), .line_end = LINE_END};
    for (const CsvLevel *level = table->levels; level->list != NULL; level++) {
        Level *made = &csv->levels[csv->depth++];
        made->list = results_find_field(above, level->list, &made->offset);
        made->row = above = made->list->of;
        made->columns = g_array_new(FALSE, FALSE, sizeof(Column));
        for (const CsvColumns *part = level->columns; part->columns != NULL; part++)
            add_part(csv, level, part);
    }
    g_string_append(csv->lines, LINE_END);
}

static void close_table(Csv *csv)
{
    for (size_t i = 0; i < csv->depth; i++)
        g_array_unref(csv->levels[i].columns);
    g_string_free(csv->cells.out, TRUE);
    if (csv->lines != NULL)
        g_string_free(csv->lines, TRUE);
}

/* ---- lines */

static void write_list(Csv *csv, size_t depth, const void *above);

/* The cells of a row behind those of the rows that it stands in; a line of the innermost. */
static void write_row(Csv *csv, size_t depth, const void *row, size_t place)
{
    const Level *level = &csv->levels[depth];
    const gsize before = csv->cells.out->len;
    csv->rows[depth] = row;
    csv->places[depth] = place;
    csv->cells.begun = depth > 0;
    for (guint i = 0; i < level->columns->len; i++) {
        const Column *column = &g_array_index(level->columns, Column, i);
        column->write(csv, column, (const char *)row + column->offset);
    }
    if (depth + 1 < csv->depth) {
        write_list(csv, depth + 1, row);
    } else {
        g_string_append_len(csv->lines, csv->cells.out->str, (gssize)csv->cells.out->len);
        g_string_append(csv->lines, LINE_END);
    }
    g_string_truncate(csv->cells.out, before);
}

static void write_rows(Csv *csv, size_t depth, const void *above)
{
    const Level *level = &csv->levels[depth];
    const char *member = (const char *)above + level->offset;
    if (level->row != NULL) {
        ResultsAnyList list;
        memcpy(&list, member, sizeof list);
        for (size_t i = 0; i < list.count; i++)
            write_row(csv, depth, (const char *)list.at + i * level->row->size, i);
        return;
    }
    CsvEntry entry;
    json_t *value;
    size_t place = 0;
    json_object_foreach(*(json_t *const *)(const void *)member, entry.key, value)
    {
        entry.value = value;
        write_row(csv, depth, &entry, place++);
    }
}

static void write_list(Csv *csv, size_t depth, const void *above)
{
    const ResultField *list = csv->levels[depth].list;
    if (list->streamed) { /* of a clip, which stands in an evaluation */
        const ResultsEvaluation *evaluation = csv->rows[depth - 2];
        g_autoptr(ResultsJudgedClip) clip =
            detail_load_list(csv->detail, evaluation->json, csv->places[depth - 1], list->key);
        write_rows(csv, depth, clip);
    } else {
        write_rows(csv, depth, above);
    }
    if (csv->file != NULL && csv->lines->len > 0) {
        fwrite(csv->lines->str, 1, csv->lines->len, csv->file);
        g_string_truncate(csv->lines, 0);
    }
}

char *csv_render(const CsvTable *table, const json_t *document)
{
    g_autoptr(Results) results = results_load(document);
    Csv csv = {.depth = 0};
    open_table(&csv, table);
    write_list(&csv, 0, results);
    char *text = g_string_free(g_steal_pointer(&csv.lines), FALSE);
    close_table(&csv);
    return text;
}

bool csv_write(const CsvTable *table, const json_t *document, const Detail *detail, FILE *file)
{
    g_autoptr(Results) results = results_load(document);
    Csv csv = {.file = file, .detail = detail};
    open_table(&csv, table);
    write_list(&csv, 0, results);
    close_table(&csv);
    return !ferror(file);
}
