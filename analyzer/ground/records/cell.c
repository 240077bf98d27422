/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "records/cell.h"

#include "records/span.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

void cell_put(CellWriter *writer, const char *text)
{
    GString *out = writer->out;
    const char delimiter[] = {writer->delimiter != '\0' ? writer->delimiter : ',', '\0'};
    if (writer->begun)
        g_string_append(out, delimiter);
    writer->begun = true;
    if (text == NULL)
        return;
    if (strpbrk(text, ",\"\r\n") == NULL && strpbrk(text, delimiter) == NULL) {
        g_string_append(out, text);
        return;
    }
    g_string_append_c(out, '"');
    for (; *text != '\0'; text++) {
        if (*text == '"')
            g_string_append_c(out, '"');
        g_string_append_c(out, *text);
    }
    g_string_append_c(out, '"');
}

bool cell_needs_guard(const char *text)
{
    static const char *const wide[] = {"＝", "＋", "－", "＠"}; /* read as the others where such are typed */
    const char *first = text + strspn(text, "'");
    if (*first != '\0' && strchr("=+-@\t\r", *first) != NULL)
        return true;
    for (size_t i = 0; i < G_N_ELEMENTS(wide); i++)
        if (g_str_has_prefix(first, wide[i]))
            return true;
    return false;
}

const char *cell_read_words(const char *text)
{
    return *text == '\'' && cell_needs_guard(text) ? text + 1 : text;
}

void cell_put_words(CellWriter *writer, const char *text)
{
    if (text == NULL || !cell_needs_guard(text)) {
        cell_put(writer, text);
        return;
    }
    g_autofree char *harmless = g_strconcat("'", text, NULL);
    cell_put(writer, harmless);
}

void cell_put_seconds(CellWriter *writer, int64_t t_us)
{
    g_autofree char *text = time_format_seconds(t_us);
    cell_put(writer, text);
}

void cell_put_number(CellWriter *writer, double value)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    static const char *const formats[] = {"%.15g", "%.16g", "%.17g"};
    for (size_t i = 0; i < G_N_ELEMENTS(formats) && !isnan(value); i++) {
        g_ascii_formatd(text, sizeof text, formats[i], value);
        if (g_ascii_strtod(text, NULL) == value)
            break;
    }
    cell_put(writer, isnan(value) ? NULL : text);
}

void cell_put_count(CellWriter *writer, int64_t count)
{
    g_autofree char *text = g_strdup_printf("%" PRId64, count);
    cell_put(writer, text);
}

void cell_put_empty(CellWriter *writer, unsigned cells)
{
    for (; cells > 0; cells--)
        cell_put(writer, NULL);
}

void cell_end_line(CellWriter *writer)
{
    g_string_append(writer->out, writer->line_end);
    writer->begun = false;
}
