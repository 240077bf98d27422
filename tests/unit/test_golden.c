/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reports of fixed results, cell by cell: tests/golden/NAME has results.json (and run.json, evidence/) as
 * a run left them, and beside them what every format must say, as golden.h writes it. After a change that is
 * wanted, tests/golden-renew writes them again and prints what changed; it sets GOLDEN_RENEW. sample
 * hand-made: what a run may leave, failed and cut jobs, words that look like markup scored    `vsaudit score`
 * of vendors' logs on long clips: every verdict, other protocols, people, strata, a lock that was broken
 *   replayed  `vsaudit run` of tiny clips: a clock put right, a pause, a cut and a missing clip, two
 * conditions, wordings, a sweep, pictures */
/* clang-format off */
#include "unit.h"
/* clang-format on */

#include "golden.h"

#include "evaluate/results.h"
#include "records/save.h"
#include "report/compare.h"
#include "report/report.h"

#include <glib/gstdio.h>
#include <libxml/parser.h>
#include <stdio.h>
#include <string.h>

#define FOLDER "tests/golden"

static char *read_file(const char *folder, const char *name)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    char *text = NULL;
    g_file_get_contents(path, &text, NULL, NULL);
    return text;
}

/* What a file of a report says, by its kind. */
static char *cells_of(const char *name, const char *text)
{
    if (g_str_has_suffix(name, ".html"))
        return golden_of_html(text);
    if (g_str_has_suffix(name, ".xml"))
        return golden_of_xml(text);
    if (g_str_has_suffix(name, ".md"))
        return golden_of_markdown(text);
    return g_str_has_suffix(name, ".csv") ? golden_of_csv(text) : golden_of_lines(text);
}

/* Compares and tells; renews where that is asked for. False when they differ and are not renewed. */
static bool hold_cells(const char *golden, const char *name, const char *cells)
{
    g_autofree char *file = g_strconcat(name, ".txt", NULL);
    g_autofree char *place = g_build_filename("expected", file, NULL), *packed = read_file(golden, place);
    g_autofree char *expected = golden_unpack(packed != NULL ? packed : "");
    g_autofree char *full = g_strconcat(golden, ": ", name, NULL);
    g_autofree char *said = golden_difference(full, expected, cells);
    if (said != NULL)
        fputs(said, stdout);
    if (said == NULL || g_getenv("GOLDEN_RENEW") == NULL)
        return said == NULL;
    g_autofree char *path = g_build_filename(golden, place, NULL), *renewed = golden_pack(cells);
    return save_file(path, renewed, -1, NULL);
}

static bool hold(const char *golden, const char *name, const char *text)
{
    g_autofree char *cells = cells_of(name, text);
    return hold_cells(golden, name, cells);
}

static int compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static GPtrArray *list_folder(const char *path)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    GDir *folder = g_dir_open(path, 0, NULL);
    for (const char *name; folder != NULL && (name = g_dir_read_name(folder)) != NULL;)
        if (*name != '.')
            g_ptr_array_add(names, g_strdup(name));
    if (folder != NULL)
        g_dir_close(folder);
    g_ptr_array_sort(names, compare_names);
    return names;
}

static unsigned hold_files(const char *golden, const char *written)
{
    unsigned wrong = 0;
    g_autoptr(GPtrArray) names = list_folder(written);
    for (guint i = 0; i < names->len; i++) {
        const char *name = names->pdata[i];
        g_autofree char *path = g_build_filename(written, name, NULL);
        g_autofree char *text = read_file(written, name);
        assert_non_null(text);
        wrong += !hold(golden, name, text);
        assert_int_equal(g_unlink(path), 0);
    }
    assert_int_equal(g_rmdir(written), 0);
    return wrong;
}

static void check_golden(const char *name, const char *path)
{
    g_autofree char *golden = g_build_filename(FOLDER, name, NULL);
    g_autofree char *expected = g_build_filename(golden, "expected", NULL);
    g_autofree char *written = g_dir_make_tmp("golden-XXXXXX", NULL);
    GError *error = NULL;
    json_t *results = results_read(path, &error);
    if (results == NULL)
        fail_msg("%s", error->message);
    static const char *const formats[] = {"html", "md", "csv", "junit", NULL};
    if (g_getenv("GOLDEN_RENEW") != NULL)
        g_mkdir_with_parents(expected, 0777);
    static const char *const languages[] = {"en", "fr", NULL}; /* whatever others there are texts for */
    assert_true(report_write(results, golden, written, languages, formats, NULL));
    unsigned wrong = hold_files(golden, written);
    for (size_t i = 0; languages[i] != NULL; i++) {
        g_autofree char *terminal = report_terminal(results, languages[i], NULL);
        g_autofree char *file = g_strdup_printf("terminal.%s", languages[i]);
        wrong += !hold(golden, file, terminal);
    }
    json_decref(results);
    g_autoptr(GPtrArray) all = list_folder(expected);
    assert_int_equal(all->len,
                     5 + 12 + 2); /* two pages, two summaries, junit.xml; the tables; the terminal */
    if (wrong > 0)
        fail_msg("%u files of the report of %s differ; when that is wanted: tests/golden-renew", wrong,
                 golden);
}

TEST(sample_results)
{
    check_golden("sample", "tests/data/results-sample.json");
}

TEST(results_of_alert_logs)
{
    check_golden("scored", FOLDER "/scored/results.json");
}

TEST(results_of_a_replay)
{
    check_golden("replayed", FOLDER "/replayed/results.json");
}

/* Two versions of a product: one system of the scored results against another, with an alert that is put
 * otherwise. */
TEST(two_systems_compared)
{
    json_t *a = results_read(FOLDER "/scored/results.json", NULL), *b = json_deep_copy(a);
    json_t *scenario = json_array_get(json_object_get(b, "scenarios"), 0);
    json_t *evaluation = json_array_get(json_object_get(scenario, "evaluations"), 0);
    json_t *clip = json_array_get(json_object_get(evaluation, "clips"), 0);
    size_t i, changed = 0;
    json_t *alert;
    json_array_foreach(json_object_get(clip, "alerts"), i, alert)
    {
        const json_int_t onset_us = json_integer_value(json_object_get(alert, "onset_us"));
        const json_int_t later_us = (json_int_t)++changed * 300000;
        json_object_set_new(alert, "onset_us", json_integer(onset_us + later_us));
        json_object_set_new(alert, "decided_us", json_integer(onset_us + later_us + 1000));
        json_object_set_new(alert, "label", json_string(changed % 2 == 0 ? "dark" : "bright"));
    }
    assert_true(changed > 4);
    static const char *const pairs[] = {"old=vendor", "person-A=person-B", NULL};
    const CompareOptions options[] = {{1200000, NULL}, {2000000, pairs}};
    unsigned wrong = 0;
    for (size_t k = 0; k < G_N_ELEMENTS(options); k++) {
        json_t *comparison = compare_results(a, b, &options[k]);
        g_autofree char *cells = golden_of_json(comparison);
        wrong += !hold_cells(FOLDER "/compared", k == 0 ? "changed" : "pairs", cells);
        json_decref(comparison);
    }
    json_decref(a);
    json_decref(b);
    assert_int_equal(wrong, 0);
}

/* ---- what the comparison itself notices */

#define TABLE(head, row)                                                                  \
    "<html lang=\"en\"><head><title>t</title></head><body><section "                      \
    "id=\"s\"><table><caption>c</caption><thead><tr>" head "</tr></thead><tbody><tr>" row \
    "</tr></tbody></table></section></body></html>"
#define HEAD "<th>Rate</th><th>Low</th>"

static void expect_difference(const char *other, const char *told)
{
    g_autofree char *expected = golden_of_html(TABLE(HEAD, "<td>1.5 †</td><td>0.2 h</td>")),
                    *found = golden_of_html(other);
    g_autofree char *said = golden_difference("page", expected, found);
    if (told == NULL) {
        assert_null(said);
    } else {
        assert_non_null(said);
        if (strstr(said, told) == NULL)
            fail_msg("\"%s\" is missing in:\n%s", told, said);
    }
}

TEST(a_changed_cell_is_told_with_its_place)
{
    expect_difference(TABLE(HEAD, "<td>1.5 †</td>\n  <td>0.2   h</td>"), NULL);
    expect_difference(TABLE(HEAD, "<td>1.5</td><td>0.2 h</td>"),
                      "s · table 1 · row 1 · column 1 “Rate”:\n#     expected “1.5 †”\n#     found    “1.5”");
    expect_difference(TABLE(HEAD, "<td>0.2 h</td><td>1.5 †</td>"),
                      "column 2 “Low”:\n#     expected “0.2 h”\n#     found    “1.5 †”");
    expect_difference(TABLE("<th>Low</th><th>Rate</th>", "<td>1.5 †</td><td>0.2 h</td>"),
                      "head · column 1:\n#     expected “Rate”");
    expect_difference(TABLE(HEAD, "<td>1.5 †</td><td>0.2 s</td>"), "found    “0.2 s”");
    expect_difference(TABLE(HEAD, "<td>1.5 †</td><td>0.2&#xA0;h</td>"), "found    “0.2\u00a0h”");
    expect_difference(TABLE(HEAD, "<td class=\"num\">1.5 †</td><td>0.2 h</td>"), "found    “1.5 † {num}”");
    expect_difference(TABLE(HEAD, "<td>1.5 †</td>"), "found    no such place");
    expect_difference(TABLE(HEAD, "<td>1.5 †</td><td>0.2 h</td></tr><tr><td>x</td>"),
                      "row 2 · column 1 “Rate”:\n#     expected no such place");
}

TEST(tables_of_text_are_read_by_cell)
{
    g_autofree char *md = golden_of_markdown("# T\n\n| a | b |\n|---|---|\n| 1 \\| 2 | 3 |\n");
    assert_string_equal(md,
                        "paragraph 1 = # T\ntable 1 · head · column 1 = a\ntable 1 · head · column 2 = b\n"
                        "table 1 · row 1 · column 1 “a” = 1 \\| 2\ntable 1 · row 1 · column 2 “b” = 3\n");
    g_autofree char *csv = golden_of_csv("a,b\r\n\"x,\"\"y\"\"\",\r\n");
    assert_string_equal(csv, "head · column 1 = a\nhead · column 2 = b\nrow 1 · column 1 “a” = x,\"y\"\nrow "
                             "1 · column 2 “b” = \n");
    g_autofree char *xml = golden_of_xml("<x n=\"1\"><y>t</y></x>");
    assert_string_equal(xml, "file · x 1 = n=1 \nfile · x 1 · y 1 = t\n");
    g_autofree char *packed = golden_pack(csv), *unpacked = golden_unpack(packed);
    assert_string_equal(unpacked, csv);
    assert_non_null(strstr(packed, "\n  column 2 “b” = \n"));
}

static int tear_down(void **state)
{
    (void)state;
    xmlCleanupParser();
    return 0;
}

UNIT_TESTS(NULL, tear_down)
