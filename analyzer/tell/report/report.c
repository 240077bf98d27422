/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/report.h"

#include "evaluate/results.h"
#include "records/error.h"
#include "records/save.h"
#include "report/figures.h"
#include "report/formats.h"
#include "report/html/html.h"
#include "report/pdf.h"
#include "scoring/rate.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

const ReportFormat report_formats[] = {
    {"html", "report.<language>.html"},
    {"csv", "scenarios.csv claims.csv clips.csv alerts.csv events.csv"},
    {"junit", "junit.xml"},
    {"md", "summary.<language>.md"},
    {"pdf", "report.<language>.pdf"},
    {NULL, NULL},
};

static gboolean write_file(const char *folder, const char *name, const char *text, gsize length,
                           GError **error)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    return save_file(path, text, (gssize)length, error);
}

static bool wanted(const char *const *list, const char *name)
{
    return list == NULL || g_strv_contains(list, name);
}

static gboolean check_formats(const char *const *formats, GError **error)
{
    for (; formats != NULL && *formats != NULL; formats++) {
        const ReportFormat *known = report_formats;
        while (known->name != NULL && strcmp(known->name, *formats) != 0)
            known++;
        if (known->name == NULL) {
            g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE,
                        "report format: found \"%s\", expected one of html, csv, junit, md, pdf", *formats);
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean check_schema(const json_t *results, GError **error)
{
    const char *schema = json_string_value(json_object_get(results, "schema"));
    if (g_strcmp0(schema, RESULTS_SCHEMA) == 0)
        return TRUE;
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "results: schema: found %s, expected \"%s\"",
                schema != NULL ? schema : "none", RESULTS_SCHEMA);
    return FALSE;
}

static gboolean write_language(const json_t *results, Exhibits *pictures, const char *out_dir,
                               const char *language, const char *const *languages,
                               const char *const *formats, GError **error)
{
    g_autoptr(Texts) texts = texts_new(language, INTERVAL_LEVEL, error);
    if (texts == NULL)
        return FALSE;
    g_autoptr(Results) read = results_load(results);
    figures_set_level(texts, read);
    if (wanted(formats, "html")) {
        gsize length = 0;
        g_autofree char *html = html_render(results, texts, languages, pictures, &length);
        g_autofree char *name = g_strdup_printf("report.%s.html", language);
        if (!write_file(out_dir, name, html, length, error))
            return FALSE;
    }
    if (formats != NULL && wanted(formats, "pdf")) {
        gsize length = 0;
        g_autofree char *html = html_render_for_paper(results, texts, pictures, &length);
        g_autofree char *name = g_strdup_printf("report.%s.pdf", language);
        g_autofree char *path = g_build_filename(out_dir, name, NULL);
        if (!pdf_write(html, length, path, error))
            return FALSE;
    }
    if (wanted(formats, "md")) {
        g_autofree char *text = markdown_render(results, texts);
        g_autofree char *name = g_strdup_printf("summary.%s.md", language);
        if (!write_file(out_dir, name, text, strlen(text), error))
            return FALSE;
    }
    return TRUE;
}

/* The results with the date of the run beside them: results.json itself holds no clock. */
static json_t *add_date(const json_t *results, const char *run_dir)
{
    json_t *dated = json_copy((json_t *)results);
    g_autofree char *path = run_dir != NULL ? g_build_filename(run_dir, "run.json", NULL) : NULL;
    json_t *facts = path != NULL ? json_load_file(path, 0, NULL) : NULL;
    const char *last = NULL;
    const json_t *sessions = json_object_get(facts, "sessions");
    for (size_t i = 0; i < json_array_size(sessions); i++) {
        const char *finished = json_string_value(json_object_get(json_array_get(sessions, i), "finished"));
        if (finished != NULL && (last == NULL || strcmp(finished, last) > 0))
            last = finished;
    }
    if (last != NULL)
        json_object_set_new(dated, "run_finished", json_string(last));
    json_decref(facts);
    return dated;
}

static bool is_same_folder(const char *a, const char *b)
{
    struct stat x, y;
    return a != NULL && stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

/* Into a file beside it, which then takes the name: a table may be too long to hold in memory. */
static gboolean write_table(const CsvTable *table, const json_t *results, const Detail *detail,
                            const char *folder, GError **error)
{
    g_autofree char *path = g_build_filename(folder, table->file, NULL);
    g_autofree char *part = g_strconcat(path, ".part", NULL);
    FILE *file = fopen(part, "wbe");
    bool fine = file != NULL && csv_write(table, results, detail, file);
    if (file != NULL)
        fine = (fclose(file) == 0) & fine;
    if (fine && g_rename(part, path) == 0)
        return TRUE;
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: cannot be written: %s", path,
                g_strerror(errno));
    g_unlink(part);
    return FALSE;
}

gboolean report_write(const json_t *results, const char *run_dir, const char *out_dir,
                      const char *const *languages, const char *const *formats, GError **error)
{
    return report_write_lean(results, NULL, run_dir, out_dir, languages, formats, error);
}

gboolean report_write_lean(const json_t *results, const Detail *detail, const char *run_dir,
                           const char *out_dir, const char *const *languages, const char *const *formats,
                           GError **error)
{
    if (languages == NULL)
        languages = texts_languages();
    if (!check_schema(results, error) || !check_formats(formats, error))
        return FALSE;
    if (g_mkdir_with_parents(out_dir, 0777) != 0) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: cannot be made: %s", out_dir,
                    g_strerror(errno));
        return FALSE;
    }
    g_autoptr(Exhibits) pictures = exhibits_new(results, detail, run_dir);
    exhibits_set_linked(pictures, is_same_folder(run_dir, out_dir));
    json_t *dated = add_date(results, run_dir);
    gboolean fine = TRUE;
    for (const char *const *language = languages; *language != NULL; language++)
        fine = fine && write_language(dated, pictures, out_dir, *language, languages, formats, error);
    json_decref(dated);
    if (!fine)
        return FALSE;
    if (wanted(formats, "csv")) {
        for (const CsvTable *table = csv_tables; table->file != NULL; table++)
            if (!write_table(table, results, detail, out_dir, error))
                return FALSE;
    }
    if (wanted(formats, "junit")) {
        g_autofree char *text = junit_render(results);
        if (!write_file(out_dir, "junit.xml", text, strlen(text), error))
            return FALSE;
    }
    return TRUE;
}

char *report_terminal(const json_t *results, const char *language, GError **error)
{
    g_autoptr(Texts) texts = texts_new(language, INTERVAL_LEVEL, error);
    if (texts == NULL)
        return NULL;
    g_autoptr(Results) read = results_load(results);
    figures_set_level(texts, read);
    return terminal_render(results, texts);
}
