/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/charts/rows.h"

#include "records/free.h"

#include <math.h>

enum { ROW_HEIGHT = 34, ROW_MIDDLE = 17 };

typedef struct {
    char *head, *minor, *count; /* minor and count may be NULL */
    double value, low, high;
    GArray *limits; /* of ChartLimit */
} Row;

struct ChartRows {
    bool share;
    bool limited; /* a row has a limit */
    ChartScale scale;
    GPtrArray *rows; /* of Row * */
};

DEFINE_DESTROY(row_free, Row, row, g_free(row->head), g_free(row->minor), g_free(row->count),
               g_array_unref(row->limits))

ChartRows *chart_rows_new(bool share)
{
    ChartRows *rows = g_new0(ChartRows, 1);
    rows->share = share;
    rows->scale = chart_scale_new(!share);
    rows->rows = g_ptr_array_new_with_free_func(row_free);
    return rows;
}

DEFINE_FREE(chart_rows_free, ChartRows, rows, g_ptr_array_unref(rows->rows))

guint chart_rows_count(const ChartRows *rows)
{
    return rows->rows->len;
}

void chart_rows_add(ChartRows *rows, const char *head, const char *minor, double value, double low,
                    double high)
{
    if (isnan(value))
        return;
    Row *row = g_new0(Row, 1);
    *row = (Row){.head = g_strdup(head),
                 .minor = g_strdup(minor),
                 .value = value,
                 .low = low,
                 .high = high,
                 .limits = g_array_new(FALSE, FALSE, sizeof(ChartLimit))};
    chart_scale_widen(&rows->scale, value);
    chart_scale_widen(&rows->scale, low);
    chart_scale_widen(&rows->scale, high);
    g_ptr_array_add(rows->rows, row);
}

static Row *last_row(const ChartRows *rows)
{
    return rows->rows->len > 0 ? g_ptr_array_index(rows->rows, rows->rows->len - 1) : NULL;
}

void chart_rows_count_of(ChartRows *rows, const char *count)
{
    Row *row = last_row(rows);
    if (row == NULL)
        return;
    g_free(row->count);
    row->count = g_strdup(count);
}

void chart_rows_limit(ChartRows *rows, ChartLimit limit)
{
    const Row *row = last_row(rows);
    if (row == NULL || isnan(limit.value))
        return;
    chart_scale_widen(&rows->scale, limit.value);
    g_array_append_val(row->limits, limit);
    rows->limited = true;
}

/* Marks at either end of the scale stay whole: a printer cuts what leaves a drawing. */
static double inset(double at)
{
    return 0.02 + 0.96 * at;
}

static const char *limit_sign(const ChartLimit *limit)
{
    return limit->at_most ? "≤" : "≥";
}

static void draw(Page *page, const ChartRows *rows, const Row *row, const char *title)
{
    const ChartScale *scale = &rows->scale;
    svg_open(page, ROW_HEIGHT, title, NULL);
    double at;
    for (int i = 0;; i++) {
        g_autofree char *label = NULL;
        if (!chart_scale_tick(page, scale, i, &at, &label))
            break;
        svg_line(page, inset(at), 0, inset(at), ROW_HEIGHT, "grid");
        svg_text(page, inset(at), ROW_HEIGHT + 13, svg_anchor(at), "tick own", label);
    }
    if (!isnan(row->low) && !isnan(row->high)) {
        const double from = inset(chart_scale_place(scale, row->low));
        const double to = inset(chart_scale_place(scale, row->high));
        svg_line(page, from, ROW_MIDDLE, to, ROW_MIDDLE, "interval");
        if (scale->logarithmic && !(row->low > 0))
            svg_text(page, 0, ROW_MIDDLE + 5, "start", "arrow", "◂");
        else
            svg_line(page, from, ROW_MIDDLE - 5, from, ROW_MIDDLE + 5, "interval");
        svg_line(page, to, ROW_MIDDLE - 5, to, ROW_MIDDLE + 5, "interval");
    }
    for (guint i = 0; i < row->limits->len; i++) {
        const ChartLimit *limit = &g_array_index(row->limits, ChartLimit, i);
        at = inset(chart_scale_place(scale, limit->value));
        svg_line(page, at, 1, at, ROW_HEIGHT - 1, "limit");
        g_autofree char *x = svg_percent(at);
        page_element(page, "text", limit_sign(limit), "x", x, "y", "10", "dx", at > 0.8 ? "-4" : "4",
                     "text-anchor", at > 0.8 ? "end" : "start", "class", "limit-text", NULL);
    }
    svg_circle(page, inset(chart_scale_place(scale, row->value)), ROW_MIDDLE, "5",
               row->value > 0 ? "estimate" : "estimate-zero");
    page_close(page);
}

static void limits_cell(Page *page, const ChartRows *rows, const Row *row)
{
    g_autoptr(GString) out = g_string_new(NULL);
    for (guint i = 0; i < row->limits->len; i++) {
        const ChartLimit *limit = &g_array_index(row->limits, ChartLimit, i);
        g_auto(NumberText) text = {NULL};
        texts_interval(page->texts, limit->value, (double)NAN, (double)NAN, rows->share, &text);
        g_string_append_printf(out, "%s%s\u00a0%s", out->len > 0 ? ", " : "", limit_sign(limit), text.value);
    }
    page_cell(page, "column.claim_limit", "num", out->len > 0 ? out->str : "—");
}

static void write_row(Page *page, const ChartRows *rows, const Row *row, const char *numbers)
{
    g_auto(NumberText) text = {NULL};
    texts_interval(page->texts, row->value, row->low, row->high, rows->share, &text);
    const char *both = text.both != NULL ? text.both : text.value;
    g_autofree char *title = g_strdup_printf("%s%s%s: %s", row->head, row->minor != NULL ? " · " : "",
                                             row->minor != NULL ? row->minor : "", both);
    page_open(page, "tr", NULL);
    page_cell_open(page, NULL, "head");
    page_text(page, row->head);
    if (row->minor != NULL) {
        page_void(page, "br", NULL);
        page_element(page, "span", row->minor, "class", "minor", NULL);
    }
    page_close(page);
    page_cell_open(page, NULL, "plot");
    draw(page, rows, row, title);
    page_close(page);
    page_cell_open(page, numbers, "num");
    page_text(page, both);
    if (row->count != NULL) {
        page_void(page, "br", NULL);
        page_element(page, "span", row->count, "class", "minor", NULL);
    }
    page_close(page);
    if (rows->limited)
        limits_cell(page, rows, row);
    page_close(page);
}

static void write_axis(Page *page, const ChartRows *rows)
{
    page_open(page, "tr", "class", "axis-row", "aria-hidden", "true", NULL);
    page_element(page, "td", NULL, NULL);
    page_open(page, "td", "class", "plot", NULL);
    page_open(page, "svg", "xmlns", "http://www.w3.org/2000/svg", "width", "100%", "height", "18", NULL);
    for (int i = 0;; i++) {
        double at;
        g_autofree char *label = NULL;
        if (!chart_scale_tick(page, &rows->scale, i, &at, &label))
            break;
        svg_text(page, inset(at), 13, svg_anchor(at), "tick", label);
    }
    page_close_many(page, 2);
    page_element(page, "td", NULL, NULL);
    if (rows->limited)
        page_element(page, "td", NULL, NULL);
    page_close(page);
}

void chart_rows_write(Page *page, ChartRows *rows, const char *caption, const char *head, const char *numbers)
{
    if (rows->rows->len == 0)
        return;
    chart_scale_finish(&rows->scale);
    const char *const columns[] = {head, rows->limited ? "column.plot" : "column.plot_interval", numbers,
                                   rows->limited ? "column.claim_limit" : NULL, NULL};
    page_table_open(page, caption, "forest cards");
    page_table_head(page, columns);
    for (guint i = 0; i < rows->rows->len; i++)
        write_row(page, rows, g_ptr_array_index(rows->rows, i), numbers);
    write_axis(page, rows);
    page_table_close(page);
}
