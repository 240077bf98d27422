/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The writer and the reader of CSV, by themselves and against each other. */
#include "records/cell.h"
#include "records/cell_reader.h"
#include "records/span.h"

#include <math.h>
#include <string.h>

#include "unit.h"

TEST(cells_are_written_as_they_are_meant)
{
    g_autoptr(GString) out = g_string_new(NULL);
    CellWriter cells = {.out = out, .line_end = "\r\n"};
    cell_put(&cells, NULL);
    cell_put(&cells, "-1");
    cell_put(&cells, "a,b");
    cell_put(&cells, "say \"no\"");
    cell_end_line(&cells);
    cell_put_words(&cells, "-1");
    cell_put_words(&cells, "'=1");
    cell_put_words(&cells, "'hall");
    cell_put_words(&cells, "＝1, 2");
    cell_end_line(&cells);
    cell_put_seconds(&cells, 1500000);
    cell_put_seconds(&cells, TIME_UNKNOWN);
    cell_put_number(&cells, 0.1);
    cell_put_number(&cells, 1 / 3.0);
    cell_put_number(&cells, NAN);
    cell_put_count(&cells, INT64_MIN);
    cell_put_empty(&cells, 2);
    cell_end_line(&cells);
    assert_string_equal(out->str, ",-1,\"a,b\",\"say \"\"no\"\"\"\r\n"
                                  "'-1,''=1,'hall,\"'＝1, 2\"\r\n"
                                  "1.500,,0.1,0.3333333333333333,,-9223372036854775808,,\r\n");
}

TEST(what_was_written_is_read)
{
    static const char *const words[] = {"=1",   "'=1",        "''", "two\nlines", "a\r\nb", "\"",
                                        "a\"b", "  spaces  ", "é,", "@",          "\t",     ""};
    g_autoptr(GString) out = g_string_new(NULL);
    CellWriter writer = {.out = out, .line_end = "\n"};
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        cell_put_words(&writer, words[i]);
        cell_put(&writer, "x");
        cell_end_line(&writer);
    }
    CellReader reader;
    cell_reader_init(&reader, out->str, out->len, ',');
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        assert_true(cell_reader_next(&reader));
        assert_int_equal(reader.cells->len, 2);
        assert_false(reader.broken);
        assert_string_equal(cell_read_words(g_array_index(reader.cells, CellRead, 0).text), words[i]);
    }
    assert_false(cell_reader_next(&reader));
    cell_reader_clear(&reader);
}

typedef struct {
    CellReader reader;
    GString *told;
} Listener;

static void listen(void *user, int line, gsize line_start, gsize at, const char *message)
{
    Listener *listener = user;
    g_string_append_printf(listener->told, "%d:%d %.30s|", line,
                           cell_reader_column(&listener->reader, line_start, at), message);
}

/* All cells in brackets, a row a line, with the row's number; and what was found wrong. */
static char *read_all(const char *text, char delimiter)
{
    g_autoptr(GString) out = g_string_new(NULL), told = g_string_new(NULL);
    Listener listener = {.told = told};
    cell_reader_init(&listener.reader, text, strlen(text), delimiter);
    listener.reader.fault = listen;
    listener.reader.user = &listener;
    while (cell_reader_next(&listener.reader)) {
        g_string_append_printf(out, "%d", listener.reader.line);
        for (guint i = 0; i < listener.reader.cells->len; i++)
            g_string_append_printf(out, "[%s]", g_array_index(listener.reader.cells, CellRead, i).text);
        g_string_append_c(out, listener.reader.broken ? '!' : '.');
    }
    cell_reader_clear(&listener.reader);
    return g_strconcat(out->str, told->str, NULL);
}

TEST(places_and_faults_are_told)
{
    static const struct {
        const char *text, *expected;
        char delimiter;
    } cases[] = {
        {"", "", ','},
        {"a,b\n1,2", "1[a][b].2[1][2].", ','},
        {"\xef\xbb\xbf"
         "a;b,c\r\n;\r\n",
         "1[a][b,c].2[][].", ';'},
        {"a\rb\r", "1[a].2[b].", ','}, /* an old Mac's */
        {"a\rb\n", "1[a\rb].", ','},   /* no end of a line beside another kind of ends */
        {"a\n\n\"x\ny\",z\nb\n", "1[a].2.3[x\ny][z].5[b].", ','}, /* an empty line; a cell of two lines */
        {"é\"x\n", "1[é\"x]!1:2 found a quotation mark inside |", ','},
        {"\"a\"b,c\n", "1[ab][c]!1:4 found text after a closing quo|", ','},
        {"a\nb,\"x\ny\n", "1[a].2[b][x\ny\n]!2:3 found a quotation mark that is|", ','},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *found = read_all(cases[i].text, cases[i].delimiter);
        assert_string_equal(found, cases[i].expected);
    }
}

UNIT_TESTS(NULL, NULL)
