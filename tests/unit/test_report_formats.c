/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pictures of a report, and the formats beside HTML: tables, JUnit, terminal; the files as they are
 * written. */
/* clang-format off */
#include "unit.h"
/* clang-format on */

#include "report_look.h"
#include "report_sample.h"

#include "evaluate/results.h"
#include "records/error.h"
#include "report/figures.h"
#include "report/formats.h"
#include "report/html/html.h"
#include "report/report.h"

#include <glib/gstdio.h>
#include <libxml/parser.h>
#include <string.h>

static int tear_down(void **state)
{
    xmlCleanupParser();
    return report_sample_drop(state);
}

/* ---- pictures */

static void write_jpeg(const char *folder, const char *name, gsize size)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autofree char *bytes = g_malloc0(size);
    memcpy(bytes, "\xff\xd8\xff\xe0", 4);
    assert_true(g_file_set_contents(path, bytes, (gssize)size, NULL));
}

TEST(pictures_stop_at_the_size_limit)
{
    g_autofree char *run = g_dir_make_tmp("vsaudit-report-XXXXXX", NULL);
    g_autofree char *evidence = g_build_filename(run, "evidence", NULL);
    assert_int_equal(g_mkdir(evidence, 0700), 0);
    static const char *const names[] = {"vendor-01.jpg", "vendor-02.jpg", "vendor-04.jpg", "vendor-05.jpg"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        write_jpeg(evidence, names[i], 1300000);
    g_autofree char *text_file = g_build_filename(evidence, "vendor-07.jpg", NULL);
    assert_true(g_file_set_contents(text_file, "no picture", -1, NULL));
    g_autoptr(Exhibits) pictures = exhibits_new(sample, NULL, run);
    assert_int_equal(exhibits_state(pictures, "evidence/vendor-07.jpg"), EXHIBIT_ABSENT);
    gsize length = 0;
    g_autofree char *page = html_render(sample, english, NULL, pictures, &length);
    assert_true(length < HTML_SIZE_LIMIT);
    assert_int_equal(exhibits_count(pictures, EXHIBIT_CHOSEN), 2);
    assert_int_equal(exhibits_count(pictures, EXHIBIT_LEFT_OUT), 2);
    assert_contains(page, "src=\"data:image/jpeg;base64,/9j/4");
    assert_contains(page, "2 pictures are left out");
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *path = g_build_filename(evidence, names[i], NULL);
        g_unlink(path);
    }
    g_unlink(text_file);
    g_rmdir(evidence);
    g_rmdir(run);
}

TEST(no_picture_is_read_from_elsewhere)
{
    g_autofree char *run = g_dir_make_tmp("vsaudit-report-XXXXXX", NULL);
    write_jpeg(run, "secret.jpg", 100);
    g_autofree char *deep = g_build_filename(run, "evidence", "x", NULL);
    assert_int_equal(g_mkdir_with_parents(deep, 0700), 0);
    static const char *const names[] = {"evidence/x/../../secret.jpg", "evidence/../secret.jpg", "secret.jpg",
                                        "/etc/passwd", "evidence/"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        json_t *document = json_pack("{s:[{s:[{s:[{s:[{s:s}]}]}]}]}", "scenarios", "evaluations", "clips",
                                     "alerts", "picture", names[i]);
        assert_non_null(document);
        g_autoptr(Exhibits) pictures = exhibits_new(document, NULL, run);
        assert_int_equal(exhibits_state(pictures, names[i]), EXHIBIT_ABSENT);
        json_decref(document);
    }
    g_autofree char *path = g_build_filename(run, "secret.jpg", NULL);
    g_unlink(path);
    g_rmdir(deep);
    g_autofree char *evidence = g_path_get_dirname(deep);
    g_rmdir(evidence);
    assert_int_equal(g_rmdir(run), 0);
}

/* ---- the other formats */

/* Number of fields of the next record, RFC 4180; 0 at the end. */
static size_t next_record(const char **p)
{
    if (**p == '\0')
        return 0;
    size_t fields = 1;
    bool quoted = false;
    for (; **p != '\0'; (*p)++) {
        if (**p == '"')
            quoted = !quoted;
        else if (**p == ',' && !quoted)
            fields++;
        else if (**p == '\n' && !quoted) {
            (*p)++;
            break;
        }
    }
    return fields;
}

TEST(csv_rows_have_as_many_fields_as_the_head)
{
    static const size_t rows[] = {6, 6, 15, 25, 16, 0, 2, 0, 0, 0, 2, 0, 0};
    for (size_t i = 0; csv_tables[i].file != NULL; i++) {
        assert_true(i < G_N_ELEMENTS(rows));
        g_autofree char *text = csv_render(&csv_tables[i], sample);
        const char *p = text;
        size_t head = next_record(&p), records = 0;
        for (size_t fields; (fields = next_record(&p)) > 0; records++)
            if (fields != head)
                fail_msg("%s, row %zu: %zu fields, head has %zu", csv_tables[i].file, records, fields, head);
        if (records != rows[i])
            fail_msg("%s: %zu rows, expected %zu", csv_tables[i].file, records, rows[i]);
    }
    json_t *formula = json_pack("{s:[{s:s,s:[{s:[{s:s}]}]}]}", "scenarios", "id", "=1+1", "evaluations",
                                "claims", "id", "c");
    g_autofree char *claims = csv_render(&csv_tables[1], formula);
    assert_contains(claims, "\n'=1+1,,,c,");
    json_decref(formula);
    json_t *turned = json_pack("{s:[{s:s,s:[{s:[{s:s}]}]}]}", "scenarios", "id", "\u202egpj.exe",
                               "evaluations", "claims", "id", "c");
    g_autofree char *straight = csv_render(&csv_tables[1], turned);
    assert_contains(straight, "\n\\u202egpj.exe,,,c,");
    json_decref(turned);
}

TEST(junit_counts_what_it_lists)
{
    g_autofree char *xml = junit_render(sample);
    assert_true(fabs(count_nodes(xml, "//testsuite") - 3) < 0.5);
    assert_true(fabs(count_nodes(xml, "//testcase") - 11) < 0.5);
    assert_true(fabs(count_nodes(xml, "//failure") - 1) < 0.5);
    assert_true(fabs(count_nodes(xml, "//error") - 3) < 0.5);
    assert_true(fabs(count_nodes(xml, "//skipped") - 6) < 0.5);
    assert_true(fabs(count_nodes(xml, "/testsuites[@tests=11][@failures=1][@errors=3]") - 1) < 0.5);
    assert_true(fabs(count_nodes(xml, "//testsuite[@tests!=count(testcase)]")) < 0.5);
    assert_true(fabs(count_nodes(xml, "//testsuite[@skipped!=count(testcase/skipped)]")) < 0.5);
    assert_true(fabs(count_nodes(xml, "//error[@message='the worker was ended by signal 11']") - 1) < 0.5);
}

TEST(the_terminal_table_fits)
{
    static const char *const languages[] = {"en", "fr", NULL};
    for (const char *const *language = languages; *language != NULL; language++) {
        g_autofree char *text = report_terminal(sample, *language, NULL);
        g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
        for (char **line = lines; *line != NULL; line++) {
            if (g_utf8_strlen(*line, -1) > 80)
                fail_msg("too wide: %s", *line);
        }
        assert_int_equal(g_utf8_strlen(lines[1], -1), 80); /* the rule below the head */
        /* Words are wrapped, never cut; each claim has its verdict, each failed clip its name. */
        assert_lacks(text, "…");
        assert_contains(text, strcmp(*language, "fr") == 0 ? "Allégation réfutée" : "Claim refuted: “");
        assert_contains(text, strcmp(*language, "fr") == 0 ? "2 séquences sur 9 ont échoué"
                                                           : "2 of 9 clips failed");
        assert_contains(text, strcmp(*language, "fr") == 0 ? "par heure-caméra" : "per camera-hour");
        assert_contains(text, strcmp(*language, "fr") == 0 ? "0,4 [0,01" : "0.4 [0.01");
    }
}

TEST(files_are_written_and_mistakes_named)
{
    g_autofree char *out = g_dir_make_tmp("vsaudit-report-XXXXXX", NULL);
    static const char *const languages[] = {"en", "fr", NULL};
    assert_true(report_write(sample, NULL, out, languages, NULL, NULL));
    static const char *const files[] = {
        "report.fr.html", "report.en.html", "summary.fr.md", "summary.en.md", "junit.xml",    "scenarios.csv",
        "claims.csv",     "clips.csv",      "alerts.csv",    "events.csv",    "wordings.csv", "strata.csv",
        "curve.csv",      "sweep.csv",      "protocols.csv", "datasets.csv",  "certainty.csv"};
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *path = g_build_filename(out, files[i], NULL);
        if (g_unlink(path) != 0)
            fail_msg("%s was not written", files[i]);
    }
    const char *const only_md[] = {"md", NULL}, *const en[] = {"en", NULL};
    assert_true(report_write(sample, NULL, out, en, only_md, NULL));
    g_autofree char *md = g_build_filename(out, "summary.en.md", NULL);
    assert_int_equal(g_unlink(md), 0);
    assert_int_equal(g_rmdir(out), 0); /* nothing else was written */
    g_autoptr(GError) error = NULL;
    const char *const unknown[] = {"docx", NULL};
    assert_false(report_write(sample, NULL, out, NULL, unknown, &error));
    assert_true(g_error_matches(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE));
    g_clear_error(&error);
    const char *const klingon[] = {"tlh", NULL};
    assert_false(report_write(sample, NULL, out, klingon, only_md, &error));
    assert_true(g_error_matches(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE));
    g_clear_error(&error);
    json_t *other = json_pack("{s:s}", "schema", "vsaudit/results/99");
    assert_false(report_write(other, NULL, out, NULL, NULL, &error));
    assert_true(g_error_matches(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT));
    json_decref(other);
    g_rmdir(out);
}

UNIT_TESTS(report_sample_load, tear_down)
